"""The raw WordprocessingML that python-docx lacks, read and written in one place. Its modules are its door, by name."""

__all__ = [
    "fields",
    "graphics",
    "lists",
    "notes",
    "numbering",
    "numerals",
    "package",
    "revisions",
    "schema",
    "styles",
    "stylesheet",
    "symbols",
    "unseen",
    "walk",
    "xml",
]
