"""Reviews: what their file changes in ours, against our positions, and our answer to it."""

__all__ = [
    "acsa",
    "answer",
    "clauses",
    "comparison",
    "deciding",
    "decisions",
    "memo",
    "precedents",
    "reading_order",
    "review",
    "sheet",
    "words",
]
