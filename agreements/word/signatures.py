"""Signature blocks: side by side, in the order of the text, never torn apart by the end of a page."""

import re
from collections.abc import Sequence

from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.schema import insert, name
from agreements.ooxml.xml import Properties, make, paragraph, properties

_BLOCK_START = re.compile(r"(?:for|pour|por|per|für|pelo|pela|за|عن)\b", re.IGNORECASE)
_COLUMNS = 2
_ROOM = 720  # above the second and later rows, in twentieths of a point
_GAP = 360  # between the columns, in twentieths of a point


def blocks(lines: Sequence[str]) -> list[list[int]]:
    """Return the signature blocks that `lines` make: indexes of a `For ...:` line and of what follows it.

    Lines before the first such line, and lines of which none is one, stand alone.
    """
    found: list[list[int]] = []
    for index, line in enumerate(lines):
        if found and not _BLOCK_START.match(line) and _BLOCK_START.match(lines[found[-1][0]]):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def side_by_side(lines: Sequence[str]) -> bool:
    """Whether the lines are signature blocks that can stand beside each other."""
    return len(lines) > 1 and all(_BLOCK_START.match(lines[block[0]]) for block in blocks(lines))


def table(lines: Sequence[str], paragraphs: Sequence[etree._Element], width: int) -> list[etree._Element]:
    """Return the signature blocks as a table: two to a row, without borders.

    `paragraphs` are those of `lines`, `width` is that between the margins in twentieths of a point. A rule to sign on
    follows the words `For ...:` of each block; where no block has a name under it, the rules have a row of their
    own, so that they are level.
    """
    grouped = blocks(lines)
    bare = all(len(block) == 1 for block in grouped)
    column = width // _COLUMNS
    rows: list[etree._Element] = []
    for first in range(0, len(grouped), _COLUMNS):
        pair = grouped[first : first + _COLUMNS]
        if first:
            for block in pair:
                insert(paragraphs[block[0]][0], make("spacing", before=_ROOM))
        cells = [[paragraphs[i] for i in block] for block in pair]
        if bare:
            rows += [_row(cells, column), _row([[_rule()] for _ in pair], column)]
        else:
            rows.append(_row([[cell[0], _rule(), *cell[1:]] for cell in cells], column))
    for last in rows[-1].iter(name("keepNext")):
        last.set(name("val"), "0")
    borders = make("tblBorders", *(make(side, val="nil") for side in _SIDES))
    look: Properties = {
        "tblW": {"w": column * _COLUMNS, "type": "dxa"},
        "tblBorders": borders,
        "tblLayout": {"type": "fixed"},
        "tblCellMar": make("tblCellMar", make("left", w=0, type="dxa"), make("right", w=_GAP, type="dxa")),
        "tblCaption": "Signatures",  # for screen readers
    }
    grid = make("tblGrid", *(make("gridCol", w=column) for _ in range(_COLUMNS)))
    return [make("tbl", properties("tblPr", look), grid, *rows)]


def stacked(lines: Sequence[str], paragraphs: Sequence[etree._Element], _width: int) -> list[etree._Element]:
    """Return the signature blocks one under the other, each with its rule, as a narrow column has them."""
    found: list[etree._Element] = []
    for block in blocks(lines):
        if found:
            insert(paragraphs[block[0]][0], make("spacing", before=_ROOM))
        found += [paragraphs[block[0]], _rule(), *(paragraphs[i] for i in block[1:])]
    return found


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _row(cells: Sequence[Sequence[etree._Element]], width: int) -> etree._Element:
    filled = [*cells, *[[_blank()] for _ in range(_COLUMNS - len(cells))]]
    made = [make("tc", make("tcPr", make("tcW", w=width, type="dxa")), *cell) for cell in filled]
    return make("tr", make("trPr", make("cantSplit")), *made)


def _rule() -> etree._Element:
    line = make("pBdr", make("bottom", val="single", sz=4, space=1, color="auto"))
    return paragraph({"pStyle": styles.style_id(styles.SIGNATURE_LINE), "keepNext": True, "pBdr": line})


def _blank() -> etree._Element:
    return paragraph({"pStyle": styles.style_id(styles.SIGNATURE), "keepNext": True})
