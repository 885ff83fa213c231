"""Signature blocks on a page: the heads of both sides level, and so their rules, their names and their titles.

Each block is divided into stages: its head (`For the Government of ...:`), the rule to sign on, the name, the title,
and lines after it. A stage is a row of the table, so that it stays level with that of the other side however many
lines the words before it take, and whether or not the other side has words of that kind.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.schema import insert, name
from agreements.ooxml.xml import Properties, make, paragraph, properties
from agreements.reading import opens_signature

_COLUMNS = 2
_ROOM = 720  # above the second and later rows of blocks, in twentieths of a point
_GAP = 720  # between the columns, so that no reader takes two lines for one, in twentieths of a point
_HEAD, _RULE, _NAME, _TITLE = range(4)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_OFFICE = re.compile(
    r"\b(?:(?:vice|under|deputy)[- ]?)?(?:minist|secretar|secr[ée]t|ambass?ad|embaj|embaix|botschaft|charg[ée]|"
    r"direct|direkt|chief|chef|jefe|head|leiter|command|commissi|president|pr[ée]sident|präsident|represent|repr[ée]sent|attach|deputy|"
    r"envoy|consul|chairm|governor|legal adviser|ministr|guvern|министр|посол|секретар|директор|начальник|президент|"
    r"представитель|وزير|سفير|مدير|رئيس|قائد)",
    re.IGNORECASE,
)  # no verdict rests on it: it says in which row a line stands whose part nobody has told

SignatureStages = Mapping[int, etree._Element]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line of signature blocks: its words, its paragraph, and its id, which for our own drafts ends with its part."""

    text: str
    written: etree._Element
    id: str = ""


def signature_blocks(lines: Sequence[str]) -> list[list[int]]:
    """Return the signature blocks that `lines` make: indexes of a `For ...:` line and of what follows it.

    Lines before the first such line, and lines of which none is one, stand alone.
    """
    found: list[list[int]] = []
    for index, line in enumerate(lines):
        if found and not opens_signature(line) and opens_signature(lines[found[-1][0]]):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def stand_side_by_side(lines: Sequence[str]) -> bool:
    """Whether the lines are signature blocks that can stand beside each other."""
    return len(lines) > 1 and all(opens_signature(lines[block[0]]) for block in signature_blocks(lines))


def signature_stages(lines: Sequence[SignatureLine]) -> list[SignatureStages]:
    """Return the blocks that `lines` make, each as the paragraphs of its stages; a rule follows every head."""
    blocks = signature_blocks([line.text for line in lines])
    return [{_HEAD: lines[b[0]].written, _RULE: _rule(), **_under([lines[i] for i in b[1:]])} for b in blocks]


def _under(lines: Sequence[SignatureLine]) -> dict[int, etree._Element]:
    """Return the lines under a rule by their stages: the name first, the title and what follows it after that."""
    if not lines:
        return {}
    first = lines[0]
    named = first.id.endswith(".name") if first.id else len(lines) > 1 or not _OFFICE.search(first.text)
    return {stage: line.written for stage, line in enumerate(lines, _NAME if named else _TITLE)}


def signature_table(blocks: Sequence[SignatureStages], width: int) -> etree._Element:
    """Return the signature blocks as a table without borders: two beside each other, each stage a row.

    `width` is that between the margins in twentieths of a point. The rows stay together on one page.
    """
    column = width // _COLUMNS
    rows: list[etree._Element] = []
    for first in range(0, len(blocks), _COLUMNS):
        pair = blocks[first : first + _COLUMNS]
        for block in pair if first else ():
            insert(block[_HEAD][0], make("spacing", before=_ROOM))
        rows += [_row(cells, column) for cells in level(pair)]
    for last in rows[-1].iter(name("p")):
        keep_on(last, keep=False)
    borders = make("tblBorders", *(make(side, val="nil") for side in _SIDES))
    look: Properties = {
        "tblW": {"w": column * _COLUMNS, "type": "dxa"},
        "tblBorders": borders,
        "tblLayout": {"type": "fixed"},
        "tblCellMar": make("tblCellMar", make("left", w=0, type="dxa"), make("right", w=_GAP, type="dxa")),
        "tblCaption": "Signatures",  # for screen readers
    }
    grid = make("tblGrid", *(make("gridCol", w=column) for _ in range(_COLUMNS)))
    return make("tbl", properties("tblPr", look), grid, *rows)


def level(blocks: Sequence[SignatureStages]) -> Iterator[list[etree._Element]]:
    """Yield the rows in which `blocks` stand level: what each has at a stage, a blank line where it has nothing."""
    for stage in sorted({stage for block in blocks for stage in block}):
        yield [block[stage] if stage in block else _blank() for block in blocks]


def stacked_signatures(blocks: Sequence[SignatureStages]) -> list[etree._Element]:
    """Return the signature blocks one under the other, each with its rule, as a narrow column has them."""
    for block in blocks[1:]:
        insert(block[_HEAD][0], make("spacing", before=_ROOM))
    return [element for block in blocks for _, element in sorted(block.items())]


def keep_on(element: etree._Element, *, keep: bool = True) -> None:
    """Keep the paragraph `element` on one page with what follows it, or not."""
    own = element[0]
    for old in own.findall(name("keepNext")):
        own.remove(old)
    insert(own, make("keepNext") if keep else make("keepNext", val=0))


def _row(cells: Sequence[etree._Element], width: int) -> etree._Element:
    filled = [*cells, *(_blank() for _ in range(_COLUMNS - len(cells)))]
    made = [make("tc", make("tcPr", make("tcW", w=width, type="dxa")), cell) for cell in filled]
    return make("tr", make("trPr", make("cantSplit")), *made)


def _rule() -> etree._Element:
    line = make("pBdr", make("bottom", val="single", sz=4, space=1, color="auto"))
    return paragraph({"pStyle": styles.style_id(styles.SIGNATURE_LINE), "keepNext": True, "pBdr": line})


def _blank() -> etree._Element:
    return paragraph({"pStyle": styles.style_id(styles.SIGNATURE), "keepNext": True})
