"""Reviews: what their file changes in ours, against our positions, and our answer to it."""
