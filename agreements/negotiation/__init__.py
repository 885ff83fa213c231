"""Negotiations: positions and how a text stands to them, rounds and texts, the joint text, papers, deadlines."""

__all__ = [
    "brackets",
    "brief",
    "calendar",
    "days",
    "deadlines",
    "export",
    "file",
    "history",
    "ics",
    "joint",
    "joint_report",
    "keeping",
    "paper_writing",
    "papers",
    "positions",
    "records",
    "sides",
    "status",
    "store",
    "texts",
]
