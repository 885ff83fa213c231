"""Hits as rows: what a spreadsheet, or another program, gets of a search."""

from collections.abc import Iterable

from agreements.export.tables import csv_text
from agreements.search import Hit

COLUMNS = (
    "reference", "agreement", "title", "family", "parties", "signed", "status", "authority", "place", "heading",
    "topics", "changed", "citation", "text",
)  # fmt: skip
"""The columns of a row, in order; the text is the whole provision, letter for letter."""


def hit_row(hit: Hit) -> tuple[str, ...]:
    """Return `hit` as a row of `COLUMNS`."""
    return (
        hit.ref, hit.agreement, hit.title, hit.family, ", ".join(hit.parties), ", ".join(hit.signed),
        hit.said_status(),
        hit.authority, hit.article, hit.heading, ", ".join(hit.topics), "; ".join(c.words() for c in hit.changes),
        hit.citation, hit.text,
    )  # fmt: skip


def hits_csv(hits: Iterable[Hit]) -> str:
    """Return `hits` as CSV with a head; a cell that a spreadsheet would run as a formula gets an apostrophe."""
    return csv_text(COLUMNS, (hit_row(hit) for hit in hits))
