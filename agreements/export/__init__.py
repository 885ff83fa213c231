"""Agreements in other forms: `export(agreement, "json" | "html" | "docx" ..., path)`."""

from agreements.export.formats import Exported, Exporter, export

__all__ = ["Exported", "Exporter", "drafts", "export", "tables"]
