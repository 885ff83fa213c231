"""Two languages side by side: a table of two columns, one row for each provision, so that the texts stay level.

The column of the other language is empty until somebody writes into it, or holds a text of it: its provisions stand
beside those that they answer, by their place among those of their kind.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, XmlValue, make, paragraph, properties, run
from agreements.word.writing.body import RIGHT_TO_LEFT, Body, ProvisionElements
from agreements.word.writing.options import Columns
from agreements.word.writing.signatures import SignatureStages, level

_SIDES = ("top", "left", "bottom", "right", "insideH")
_GAP = 120  # between the words and the line between the columns, in twentieths of a point
_SIGNS = tuple(map(styles.style_id, (styles.SIGNATURE, styles.SIGNATURE_LINE)))
_WHOLE = ("signature",)  # kinds whose words stay in one cell


def side_by_side(body: Body, document: Document, other: Body | None, columns: Columns) -> etree._Element:
    """Return the table of what `body` wrote of `document` beside what `other` wrote of the text that answers it.

    Without `other` the second column is empty. Both bodies hold the pieces of that document alone.
    """
    answer = columns.answer(document)
    if other is None or answer is None:
        rows = [(piece.elements, _empty(columns.language)) for piece in body.pieces if piece.elements]
    else:
        rows = _rows(body.pieces, document, other.pieces, answer, columns.language)
    if columns.first:
        rows = [(there, here) for here, there in rows]
    codes = (document.language, columns.language)
    heads = [_head(label or code, code) for label, code in zip(columns.names, codes, strict=True)]
    return _table([(heads[1], heads[0]) if columns.first else (heads[0], heads[1]), *rows], body.width)


def _head(label: str, language: str) -> list[etree._Element]:
    """Return the name of a language above its column, the language itself told by its tag."""
    return [paragraph({"pStyle": styles.style_id(styles.COLUMN_HEADING)}, [run(label, {"lang": {"val": language}})])]


def _rows(
    pieces: Sequence[ProvisionElements],
    document: Document,
    others: Sequence[ProvisionElements],
    answer: Document,
    language: str,
) -> list[tuple[list[etree._Element], list[etree._Element]]]:
    here = {id(piece.provision): piece.elements for piece in pieces}
    there = {id(piece.provision): piece.elements for piece in others}
    ends = {id(piece.provision): piece.stages for piece in (*pieces, *others) if piece.stages}
    pairs = [(None, None), *_pairs(document.provisions, answer.provisions)]
    rows = []
    for one, two in pairs:
        left = here.get(id(one), []) if one or not two else []
        right = there.get(id(two), []) if two or not one else []
        if left or right:
            rows += _level(ends.get(id(one)), ends.get(id(two))) or [
                (left or _empty(document.language), right or _empty(language))
            ]
    return rows


def _level(
    left: Sequence[SignatureStages] | None, right: Sequence[SignatureStages] | None
) -> list[tuple[list[etree._Element], list[etree._Element]]]:
    """Return the rows in which the signature blocks of both texts stand level; none where they are not as many.

    A block has as few rows as it can: not every program keeps rows of one table on one page.
    """
    if not left or not right or len(left) != len(right):
        return []
    rows: list[tuple[list[etree._Element], list[etree._Element]]] = []
    for one, two in zip(left, right, strict=True):
        head, *under = [([here], [there]) for here, there in level((one, two))]
        whole = [element for part in under for element in part[0]], [element for part in under for element in part[1]]
        rows += [head, whole] if one.keys() == two.keys() else [head, *under]
    return rows


def _pairs(
    left: Sequence[Provision], right: Sequence[Provision]
) -> Iterator[tuple[Provision | None, Provision | None]]:
    """Yield the provisions of both sides in reading order, each with the one that answers it."""
    answering = dict(zip(_places(right), right, strict=True))
    waiting = list(_places(right))
    for place, provision in zip(_places(left), left, strict=True):
        answer = answering.get(place)
        while answer is not None and waiting and waiting[0] != place and waiting[0] not in set(_places(left)):
            yield from _alone(answering[waiting.pop(0)])
        if place in waiting:
            waiting.remove(place)
        yield provision, answer
        if provision.kind not in _WHOLE:
            yield from _pairs(provision.children, answer.children if answer else ())
    for place in waiting:
        yield from _alone(answering[place])


def _alone(provision: Provision) -> Iterator[tuple[None, Provision]]:
    yield None, provision
    if provision.kind not in _WHOLE:
        for child in provision.children:
            yield from _alone(child)


def _places(siblings: Sequence[Provision]) -> list[tuple[str, int]]:
    """Return for each provision its kind and which one of that kind it is."""
    counted: Counter[str] = Counter()
    found: list[tuple[str, int]] = []
    for provision in siblings:
        counted[provision.kind] += 1
        found.append((provision.kind, counted[provision.kind]))
    return found


def _empty(language: str) -> list[etree._Element]:
    """Return the paragraph of an empty cell, in which words will be of that language."""
    mirrored = language in RIGHT_TO_LEFT
    look: Properties = {"lang": {"bidi" if mirrored else "val": language}} if language else {}
    if mirrored:
        look = {**look, "rtl": True}
    values: dict[str, XmlValue] = {"pStyle": styles.style_id(styles.ARTICLE_TEXT), "rPr": properties("rPr", look)}
    if mirrored:
        values["bidi"] = True
    return [paragraph(values)]


def _table(rows: Sequence[tuple[list[etree._Element], list[etree._Element]]], width: int) -> etree._Element:
    """Return the table of `rows`, the first of which is repeated on every page."""
    column = width // 2
    borders = make("tblBorders", *(make(side, val="nil") for side in _SIDES), make("insideV", val="single", sz=4))
    look: Properties = {
        "tblW": {"w": column * 2, "type": "dxa"},
        "tblBorders": borders,
        "tblLayout": {"type": "fixed"},
        "tblCellMar": make("tblCellMar", make("left", w=_GAP, type="dxa"), make("right", w=_GAP, type="dxa")),
        "tblCaption": "The text in two languages side by side",  # for screen readers
    }
    grid = make("tblGrid", make("gridCol", w=column), make("gridCol", w=column))
    made = (_row(cells, column, heading=index == 0) for index, cells in enumerate(rows))
    return make("tbl", properties("tblPr", look), grid, *made)


def _row(cells: Sequence[Sequence[etree._Element]], width: int, *, heading: bool = False) -> etree._Element:
    made = [make("tc", make("tcPr", make("tcW", w=width, type="dxa")), *cell) for cell in cells]
    signs = [element for cell in cells for element in cell if _is_signature(element)]
    own = [make("cantSplit")] if signs or heading else []
    if heading:
        own.append(make("tblHeader"))
    return make("tr", *([make("trPr", *own)] if own else []), *made)


def _is_signature(element: etree._Element) -> bool:
    style = element.find(f"{name('pPr')}/{name('pStyle')}")
    return style is not None and style.get(name("val"), "") in _SIGNS


def between(*, new_page: bool) -> etree._Element:
    """Return the small paragraph between two tables, without which Word would make them one."""
    values: dict[str, XmlValue] = {"spacing": {"before": 0, "after": 0, "line": 20, "lineRule": "exact"}}
    if new_page:
        values["pageBreakBefore"] = True
    return paragraph(values)
