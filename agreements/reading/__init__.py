"""Reading: a file becomes blocks or lines with their places, whatever its format."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.reading.blocks import Block, Line, Reading
    from agreements.reading.collection import Record, is_collection, records
    from agreements.reading.readers import READERS, read, read_text

_HOMES = {
    "Block": "blocks",
    "Line": "blocks",
    "Reading": "blocks",
    "READERS": "readers",
    "read": "readers",
    "read_text": "readers",
    "Record": "collection",
    "is_collection": "collection",
    "records": "collection",
}
__all__ = ["READERS", "Block", "Line", "Reading", "Record", "is_collection", "read", "read_text", "records"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the libraries of a format are heavy."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
