"""The inside of an article, section or note: numbered paragraphs to any depth, and the words between them."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from agreements.languages import head_words
from agreements.model import ProvisionKind
from agreements.parsing.explaining import explains_article
from agreements.parsing.heads import is_heading
from agreements.parsing.markers import Marker, marker_of, number_marker
from agreements.parsing.nodes import ProvisionDraft, automatic_number, text_node
from agreements.parsing.numbering import OpenLists
from agreements.parsing.run_in import run_in
from agreements.parsing.spans import cut, without
from agreements.reading import Block

_KINDS: tuple[ProvisionKind, ...] = ("paragraph", "subparagraph", "item")
_LEADS = re.compile(
    r"(?:where|when|if|provided|unless|in|for|subject|as|such|any|all|each|no)\b|.*[-–]$", re.IGNORECASE
)
_SHORT_HEADING = 10  # words of a heading behind a number
_AHEAD = 40  # numbers that are looked at to tell letters from Roman numbers
_BULLETS = ("-", "–", "—", "•", "·", "*", "\u2022", "\uf0b7")
_QUOTES, _QUOTES_END = ("“", '"', "„", "«"), ("”", '"', "“", "»")
_NAME = re.compile(
    r"[A-Z]\.(?P<more>(?:[ \u00a0]?[A-Z]\.)*+)[ \u00a0]?[A-Z][^\W\d_]++(?:[-’' ][A-Z][^\W\d_]*+){0,2}(?:, [A-Z.]{2,8})?"
)
_Marked = tuple[Block, Marker | None]  # a block, and the number it opens with


class _Row(NamedTuple):
    """A block, the number it opens with, how deep that stands, and whether numbering starts anew with it.

    `runs_in` says that the block was cut from the paragraph before it.
    """

    block: Block
    marker: Marker | None = None
    depth: int | None = None
    anew: bool = False
    runs_in: bool = False

    @property
    def numbered(self) -> bool:
        return self.depth is not None


def fill(
    holder: ProvisionDraft, blocks: Sequence[Block], source: str, *, own_text: bool = True, repeats: bool = False
) -> None:
    """Put `blocks` under `holder`: its own text (where `own_text` allows), paragraphs, lists, and closing words.

    `repeats` says that what is quoted repeats another text of the same agreement, as a reply repeats a note.
    """
    heads = [i for i, block in enumerate(blocks) if explains_article(block.text) and not block.number]
    if heads:
        fill(holder, blocks[: heads[0]], source, own_text=own_text, repeats=repeats)
        for at, end in pairwise([*heads, len(blocks)]):
            node = text_node(blocks[at])
            holder.children.append(node)
            fill(node, blocks[at + 1 : end], source, own_text=False, repeats=repeats)
        return
    quoted = _quoted(blocks, repeats=repeats)
    marked = [
        pair for i, block in enumerate(blocks) for pair in ([(block, None)] if i in quoted else _stacked(block, source))
    ]
    rows = _spread(_rows(marked), source)
    following = _following(rows)
    titled = _all_titled(rows)
    open_nodes: list[ProvisionDraft] = []  # the numbered provisions open, outermost first
    headed = False  # whether a heading without a number stands above
    gap: ProvisionDraft | None = None  # what took the last words between two numbers: what follows is in it or below
    for index, row in enumerate(rows):
        block = row.block
        if row.marker is not None and row.depth is not None:
            below = row.depth + (row.runs_in and not row.depth)  # what is cut from a paragraph is no paragraph
            node = _numbered_node(
                block, row.marker, below, source, over=titled or _is_over(row, rows[index + 1 : index + 2])
            )
            (open_nodes[row.depth - 1] if row.depth else holder).children.append(node)
            open_nodes[row.depth :] = [node]
            headed, gap = False, None
            continue
        ahead = following[index]
        noted = next((node for node in (*reversed(open_nodes), holder, *holder.children[-1:]) if node.own), None)
        if block.kind == "footnote" and noted:
            noted.note(block)
            continue
        last = open_nodes[-1] if open_nodes and not headed else None
        if automatic_number(block):  # a number of no known shape
            (gap or _place(block, holder, open_nodes, ahead)).children.append(_odd_number(block))
        elif last and _takes_heading(last, block):
            last.heading, last.end = block.text, block.end
        elif last and not last.own and not last.children:
            last.give(block)
        elif (block.kind == "heading" and _begins_anew(ahead)) or headed:
            holder.children.append(text_node(block))
            headed = True
        elif own_text and not last and not holder.own and not holder.children and block.kind != "table":
            holder.give(block)
        else:
            place = gap or (open_nodes[0] if titled and open_nodes[1:] == [] and open_nodes else None)
            place = place or _place(block, holder, open_nodes, ahead)
            place.children.append(text_node(block))
            gap = gap if block.text.startswith(_BULLETS) else place


def _quoted(blocks: Sequence[Block], *, repeats: bool) -> frozenset[int]:
    """Return the indexes of the blocks that are paragraphs quoted from another text, as an amendment quotes them.

    Each opens with a quotation mark before its number, and closes it or is followed by the next one that does. A text
    that is quoted whole, from before its first number on, as a note quotes a memorandum, keeps its own points, unless
    it `repeats` what stands in its own place.
    """
    opens = [bool(not b.number and b.text.startswith(_QUOTES) and number_marker(b)) for b in blocks]
    closes = [b.text.rstrip(" .;,").endswith(_QUOTES_END) for b in blocks]
    quoted = frozenset(i for i in range(len(blocks)) if opens[i] and (closes[i] or any(opens[i + 1 : i + 2])))
    return frozenset() if quoted and not repeats and _is_quoted_whole(blocks[: min(quoted)], closes) else quoted


def _is_quoted_whole(before: Sequence[Block], closes: Sequence[bool]) -> bool:
    """Whether the words `before` the first quoted number are those with which the quoted text itself begins.

    The quotation is open there already, at words without a number of any kind (a quoted `Article 5` is what an
    amendment replaces), and nothing outside it is numbered.
    """
    last = before[-1] if before else None
    if last is None or not last.text.startswith(_QUOTES) or closes[len(before) - 1] or any(map(number_marker, before)):
        return False
    return not any(each.number or head_words(each.text.lstrip("".join(_QUOTES))) for each in before)


def _following(rows: Sequence[_Row]) -> list[_Row | None]:
    """Return for each row the next one after it that is numbered."""
    out: list[_Row | None] = []
    ahead: _Row | None = None
    for row in reversed(rows):
        out.append(ahead)
        ahead = row if row.numbered else ahead
    return out[::-1]


def _begins_anew(ahead: _Row | None) -> bool:
    """Whether numbering starts anew after a heading (or there is none), so that the heading ends the open lists."""
    return ahead is None or ahead.anew


def _takes_heading(node: ProvisionDraft, block: Block) -> bool:
    """Whether `block` is the heading of `node`, a point whose number stood alone on the line above."""
    return block.kind == "heading" and node.heading is None and not node.own and not node.children


def _stacked(block: Block, source: str) -> list[_Marked]:
    """Cut a block that opens with two markers (`1. (a) words`) into one block for each; return each with its marker."""
    marker = number_marker(block)
    if marker is None:
        return [(block, None)]
    second = marker_of(block.text[marker.at :])
    if second is None or not any(value == 1 for _, value in second.readings):
        return [(block, marker)]
    if second.shape == marker.shape and ("roman", 1) not in second.readings:  # `(a) (i)` is a list, `(1) (1)` is none
        return [(block, marker)]
    if second.shape in ("1", "a.", "A.", "1."):  # `1. A. Smith` and `1. 1` are no lists
        return [(block, marker)]
    first, rest = cut(block, marker.at, source)
    return [(first, number_marker(first)), *_stacked(rest, source)]


def _spread(rows: list[_Row], source: str) -> list[_Row]:
    """Cut the lists that run on inside a paragraph; the rows as they are where there is none."""
    open_shapes: list[str] = []
    spread: list[tuple[Block, Marker | None, bool]] = []
    for row in rows:
        if row.marker is not None and row.depth is not None:
            open_shapes[row.depth :] = [row.marker.shape]
        pieces = run_in(row.block, source, open_shapes)
        whole = len(pieces) == 1
        spread += [(piece, row.marker if whole else number_marker(piece), i > 0) for i, piece in enumerate(pieces)]
    if len(spread) == len(rows):
        return rows
    again = _rows([(block, marker) for block, marker, _ in spread])
    return [row._replace(runs_in=cut_off) for row, (_, _, cut_off) in zip(again, spread, strict=True)]


def _rows(marked: Sequence[_Marked]) -> list[_Row]:
    """Return a row for each block with the marker it opens with."""
    following = [marker for _, marker in marked if marker is not None]
    numbering = OpenLists()
    rows: list[_Row] = []
    seen, headed = 0, False
    for block, marker in marked:
        going_on = marker is not None and numbering.continues(marker)
        if marker is None or _is_name(block, marker, following[seen + 1 : seen + 1 + _AHEAD], going_on=going_on):
            seen += marker is not None
            if block.kind == "heading":
                headed = not (rows and _is_bare(rows[-1]))
            rows.append(_Row(block))
            continue
        seen += 1
        anew = headed and any(value == 1 for _, value in marker.readings) and not going_on
        if anew:
            numbering = OpenLists()
        headed = False
        depth = numbering.place(marker, following[seen : seen + _AHEAD])
        if depth is None and block.number:  # Word or HTML says that it is a number
            depth = numbering.open_below(marker)
        rows.append(_Row(block, marker, depth, anew))
    return rows


def _is_name(block: Block, marker: Marker, following: Sequence[Marker], *, going_on: bool) -> bool:
    """Whether the letter that `block` opens with is the initial of who signs: `A. B. Carter`, or a lone `A. Carter`."""
    name = None if block.number or marker.shape != "A." else _NAME.fullmatch(block.text.strip("*_ "))
    if name is None or name["more"] or going_on:
        return name is not None and bool(name["more"])
    goes_on = {(system, value + 1) for system, value in marker.readings}
    return not any(each.shape == "A." and goes_on & {*each.readings} for each in following)


def _is_bare(row: _Row) -> bool:
    """Whether a number stands alone in its block, so that the heading below is its own."""
    return row.marker is not None and row.marker.at >= len(row.block.text)


def _is_over(row: _Row, following: Sequence[_Row]) -> bool:
    """Whether a number at the lowest depth stands directly over numbers of its own: `2. Entry` over `2.1`."""
    return row.depth == 0 and any(each.depth == 1 and not each.runs_in for each in following)


def _all_titled(rows: Sequence[_Row]) -> bool:
    """Whether every number at the lowest depth stands over words of its own, as in memoranda: `2. Costs`, a sentence.

    What follows the last one is then of that one too.
    """
    tops = [i for i, row in enumerate(rows) if row.depth == 0 and row.marker is not None]
    return len(tops) > 1 and all(map(partial(_is_titled, rows), tops))


def _is_titled(rows: Sequence[_Row], at: int) -> bool:
    """Whether the number at `at` has a heading behind it, and a sentence or numbers of its own in the next row."""
    row, below = rows[at], rows[at + 1] if at + 1 < len(rows) else None
    if row.marker is None or below is None or row.block.kind == "table":
        return False
    words = row.block.text[row.marker.at :].strip("*_ ")
    heads = bool(words) and words[0].isupper() and len(words.split()) <= _SHORT_HEADING and is_heading(words)
    said = below.marker is None and below.block.text.rstrip("”\"' ").endswith((".", ";", ":"))
    return heads and not _LEADS.match(words) and (said or (below.depth or 0) > 0)


def _numbered_node(block: Block, marker: Marker, depth: int, source: str, *, over: bool) -> ProvisionDraft:
    """Return the provision that a number opens; `over` says that it stands directly over numbers below it."""
    node = ProvisionDraft(_KINDS[min(depth, 2)], number=marker.printed, start=block.start, end=block.end)
    rest = without(block, marker.at, source)
    if rest.text and (block.kind == "heading" or _heads(rest.text, depth, over=over)):
        node.heading = rest.text
    elif rest.text:
        node.give(rest)
    return node


def _heads(words: str, depth: int, *, over: bool) -> bool:
    """Whether the words behind a number are a heading: `II. SCOPE`, and `2. Entry` over its own numbers."""
    short = not depth and len(words.split()) <= _SHORT_HEADING
    titled = over and words[0].isupper() and not _LEADS.match(words)
    return short and (words.isupper() or titled) and is_heading(words)


def _odd_number(block: Block) -> ProvisionDraft:
    node = text_node(block)
    node.kind = "item"
    return node


def _place(
    block: Block, holder: ProvisionDraft, open_nodes: list[ProvisionDraft], ahead: _Row | None
) -> ProvisionDraft:
    """Return the provision that the unnumbered `block` stands under.

    Before the next number of a list it belongs to the item that the number follows; after the last it closes the
    list and belongs to the provision that holds it.
    """
    if not open_nodes:
        return holder
    innermost = len(open_nodes) - 1
    if block.text.startswith(_BULLETS):
        return open_nodes[innermost]
    if ahead is None or ahead.marker is None or ahead.depth is None or ahead.anew:
        return open_nodes[innermost - 1] if innermost else holder
    if ahead.depth > innermost:
        return open_nodes[innermost]
    restarts = any(value == 1 for _, value in ahead.marker.readings) and len(ahead.marker.readings) == 1
    if restarts:
        return open_nodes[ahead.depth - 1] if ahead.depth else holder
    return open_nodes[ahead.depth]
