"""Agreements in other forms: `export(agreement, "json" | "html" | "docx" ..., path)`."""

from agreements.export.formats import Exported, Exporter, export
from agreements.export.html import PART_WEIGHT, HtmlText, TextPart, html_texts, text_parts

__all__ = [
    "PART_WEIGHT",
    "Exported",
    "Exporter",
    "HtmlText",
    "TextPart",
    "binder",
    "drafts",
    "export",
    "hits",
    "html_texts",
    "named_binders",
    "tables",
    "text_parts",
    "wordings",
]
