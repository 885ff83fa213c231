"""Clearance inside: drafts of several offices as one text and one matrix, and what leaves against what was cleared."""

__all__ = ["cleared", "dispositions", "matrix", "merging"]
