"""Agreements in other forms: `export(agreement, "json" | "markdown" | "html" | "docx", path)`."""

from agreements.export.formats import EXPORTERS, Exported, Exporter, export

__all__ = ["EXPORTERS", "Exported", "Exporter", "export"]
