"""Putting a finished file in place: a reader sees the old file or the new one, never a part."""

from pathlib import Path

from agreements import platform
from agreements.errors import AgreementsError


def save(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically.

    Raises `AgreementsError` that says why it cannot (no such folder, the file is open in Word, the disk is full).
    """
    try:
        platform.replace_file(path, content)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        name = platform.printable(path)
        raise AgreementsError(f"{name} cannot be written: {reason}.", hint=_advice(error)) from error


def _advice(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Make the folder first, or choose another."
    if isinstance(error, IsADirectoryError):
        return "That is a folder; name a file in it."
    if isinstance(error, PermissionError):
        return "If the file is open in Word, close it there and try again; else choose a folder you may write to."
    return "Choose another place or free some space, and try again."
