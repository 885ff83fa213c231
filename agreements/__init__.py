"""Repository and drafting library for security agreements."""
