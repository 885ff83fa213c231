"""What comes in: files read and parsed before anything is stored."""

__all__ = [
    "files",
    "garbage",
    "tracked_changes",
]
