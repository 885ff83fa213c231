"""Tables of a web page that set one text in two languages side by side: read column by column."""

from lxml import etree

from agreements.reading.html_page import characters_of
from agreements.reading.tables import holds_data, is_parallel, reading_order


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """Return the cells of each row of `table`."""
    return [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def column_by_column(root: etree._Element) -> None:
    """Put plain divisions in reading order in the place of each table that sets a text, or signatures, in columns."""
    for table in list(root.iter("table")):
        if table.find(".//table") is not None or table is root:
            continue
        rows = rows_of(table)
        texts = [[characters_of(cell) for cell in row] for row in rows]
        if is_parallel(texts):
            _replace(table, rows)
        elif not holds_data(texts) and (order := reading_order(texts)) != sorted(order):
            _replace(table, [[rows[row][column]] for row, column in order])


def _replace(table: etree._Element, rows: list[list[etree._Element]]) -> None:
    """Rows with one cell stand across both columns: they stay where they are between the columns around them."""
    whole = etree.Element("div")
    left, right = etree.SubElement(whole, "div"), etree.SubElement(whole, "div")
    for row in rows:
        if len(row) < 2:
            for cell in row:
                _move(cell, whole)
            left, right = etree.SubElement(whole, "div"), etree.SubElement(whole, "div")
            continue
        _move(row[0], left)
        for cell in row[1:]:
            _move(cell, right)
    parent = table.getparent()
    if parent is None:
        return
    whole.tail = table.tail
    parent.replace(table, whole)


def _move(cell: etree._Element, to: etree._Element) -> None:
    cell.tag = "div"
    cell.tail = None
    to.append(cell)
