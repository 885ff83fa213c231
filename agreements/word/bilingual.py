"""A Word file that sets one text in two languages side by side, taken apart into a Word file for each language.

What stands in a cell cannot be held, paragraph by paragraph, against the same text without columns: every paragraph
would be gone in one place and new in another. A column set as running text can. Which tables set a text in two
languages is what the reader of Word files goes by: the style of our own column heads, else the words of the cells.
"""

from dataclasses import dataclass

from lxml import etree

from agreements.ooxml import walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.ooxml.styles import COLUMN_HEADING
from agreements.ooxml.stylesheet import Stylesheet
from agreements.reading import is_parallel
from agreements.word.revising.settle import accept
from agreements.word.revising.stories import referred, without_orphans

_COLUMNS = ("left", "right")
_PROPERTIES = name("tcPr")


@dataclass(frozen=True, slots=True)
class LanguageColumn:
    """One column of a text in two languages: `called` by its head, else by its side, and a Word file of it alone."""

    called: str
    content: bytes
    words: int


def language_columns(content: bytes, *, file_name: str = "the Word file") -> tuple[LanguageColumn, ...]:
    """Return the two columns of the Word file `content`; none where no table of it sets a text in two languages.

    Tracked changes count as accepted. What stands outside such tables is in the file of either column. Raises
    `UnreadableError`.
    """
    final = accept(content, file_name=file_name)
    looked = Package.looked_at(file_name, final)
    if not (found := _parallel(looked)):
        return ()
    heads = next((heads for _, heads in found if heads), ("", ""))
    return tuple(
        _column(final, file_name, column, heads[column] or f"the {_COLUMNS[column]} column") for column in (0, 1)
    )


def _parallel(package: Package) -> list[tuple[etree._Element, tuple[str, ...]]]:
    """Return the tables of the body that set a text in two languages, each with the heads of its columns, if it has."""
    styles = Stylesheet(package.first("styles"))
    tables = [element for element, _ in walk.blocks(package.body()) if element.tag == name("tbl")]
    return [(table, heads) for table in tables if (heads := _heads(table, styles)) is not None]


def _heads(table: etree._Element, styles: Stylesheet) -> tuple[str, ...] | None:
    """Return the heads of two columns of languages, empty where such a table has none; None of another table."""
    rows = [walk.cells(row) for row in walk.rows(table)]
    if rows and len(rows[0]) == 2 and all(_is_head(cell, styles) for cell in rows[0]):
        return tuple(_said(cell) for cell in rows[0])
    nested = table.find(f".//{name('tbl')}") is not None
    return () if not nested and is_parallel([[_said(cell) for cell in row] for row in rows]) else None


def _is_head(cell: etree._Element, styles: Stylesheet) -> bool:
    first = next(walk.paragraphs(cell), None)
    return first is not None and styles.name(styles.of_paragraph(first)) == COLUMN_HEADING


def _said(cell: etree._Element) -> str:
    return " ".join(" ".join(walk.said(each, deleted=False) for each in walk.paragraphs(cell)).split())


def _column(content: bytes, file_name: str, column: int, called: str) -> LanguageColumn:
    package = Package.of(file_name, content)
    before = referred(package)
    count = 0
    for table, heads in _parallel(package):
        rows = [walk.cells(row) for row in walk.rows(table)][1 if heads else 0 :]
        cells = [cell for row in rows for cell in (row[:1] if column == 0 else row[1:])]
        count += sum(len(_said(cell).split()) for cell in cells)
        blocks = [block for cell in cells for block in cell if block.tag != _PROPERTIES]
        holder = table.getparent()
        assert holder is not None  # what `walk.blocks` gives stands in the body
        at = holder.index(table)
        holder.remove(table)
        for offset, block in enumerate(blocks):
            holder.insert(at + offset, block)
    without_orphans(package, before)
    return LanguageColumn(called, package.finished(), count)
