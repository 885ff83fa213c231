"""The verbs of a review: what their file changes in ours, against our positions, and our answer to it."""
