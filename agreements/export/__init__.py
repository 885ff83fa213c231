"""Agreements in other forms: `export(agreement, "json" | "html" | "docx" ..., path)`."""

from agreements.export.formats import EXPORTERS, Exported, Exporter, export

__all__ = ["EXPORTERS", "Exported", "Exporter", "export"]
