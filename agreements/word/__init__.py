"""Agreements as Word files, and what becomes of them: `write` and `render`, `redline`, `accept` and `reject`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.word.options import WordOptions as WordOptions
    from agreements.word.prior import Prior as Prior
    from agreements.word.redlining import Redline as Redline
    from agreements.word.redlining import RedlineOptions as RedlineOptions
    from agreements.word.redlining import redline as redline
    from agreements.word.revisions import accept as accept
    from agreements.word.revisions import reject as reject
    from agreements.word.writing import render as render
    from agreements.word.writing import write as write

_HOMES = {
    "Prior": "prior",
    "Redline": "redlining",
    "RedlineOptions": "redlining",
    "WordOptions": "options",
    "accept": "revisions",
    "redline": "redlining",
    "reject": "revisions",
    "render": "writing",
    "write": "writing",
}
__all__ = ["Prior", "Redline", "RedlineOptions", "WordOptions", "accept", "redline", "reject", "render", "write"]


def __getattr__(name: str) -> Any:
    """Load the writer, and python-docx with it, when it is first asked for."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
