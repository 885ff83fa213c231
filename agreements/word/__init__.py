"""Agreements as Word files: `write(agreement, path, options=WordOptions(...))`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.word.options import WordOptions as WordOptions
    from agreements.word.writing import render as render
    from agreements.word.writing import write as write

__all__ = ["WordOptions", "render", "write"]


def __getattr__(name: str) -> Any:
    """Load the writer, and python-docx with it, when it is first asked for."""
    if name == "WordOptions":
        from agreements.word.options import WordOptions

        return WordOptions
    if name in ("render", "write"):
        from agreements.word import writing

        return getattr(writing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
