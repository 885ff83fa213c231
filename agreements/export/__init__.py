"""Agreements in other forms: `export(agreement, "json" | "html" | "docx" ..., path)`."""

from agreements.export.formats import Exported, Exporter, export
from agreements.export.html import HtmlText, html_texts

__all__ = [
    "Exported",
    "Exporter",
    "HtmlText",
    "binder",
    "drafts",
    "export",
    "hits",
    "html_texts",
    "named_binders",
    "tables",
]
