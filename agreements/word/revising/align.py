"""The paragraphs and tables of two Word files in pairs: which answers which, which moved, which is new or gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from agreements.comparing.matching import MOVE_LIKENESS, MatchItem, match
from agreements.comparing.words import likeness
from agreements.ooxml import walk
from agreements.ooxml.revisions import RANGES, REMOVING
from agreements.ooxml.schema import child_of, local, name
from agreements.word.revising.atoms import content, plain_text

_BLOCKS = frozenset(name(tag) for tag in ("p", "tbl"))
_SHORT = 12  # words of a line that may be a heading: of longer ones with no words in common each is told whole


@dataclass
class BlockElement:
    """A paragraph, table or row.

    `before` are paragraphs whose end somebody else deleted, so that they run on into this one; `around` are the content
    controls and other containers between it and the body or cell that it stands in, outermost first.
    """

    element: etree._Element
    before: tuple[etree._Element, ...] = ()
    around: tuple[etree._Element, ...] = ()

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph."""
        return bool(self.element.tag == name("p"))

    @cached_property
    def text(self) -> str:
        """The words that a reader sees, those of all its paragraphs."""
        if self.is_paragraph:
            own = content(self.element).said if self._plain is None else self._plain
            return "".join((*map(_said, self.before), own))
        return "\n".join(_said(paragraph) for paragraph in walk.paragraphs(self.element))

    @cached_property
    def is_plain(self) -> bool:
        """Whether it is a paragraph that holds nothing but words."""
        return self.is_paragraph and not self.before and self._plain is not None

    @cached_property
    def _plain(self) -> str | None:
        return plain_text(self.element)

    @cached_property
    def item(self) -> MatchItem:
        """What it is matched by."""
        return MatchItem(self.text, sort=local(self.element), shape=self._shape)

    @property
    def _shape(self) -> str:
        """How many cells its rows have, empty for a paragraph."""
        if self.is_paragraph:
            return ""
        own = walk.rows(self.element) if self.element.tag == name("tbl") else [self.element]
        return " ".join(str(len(walk.cells(row))) for row in own)


def _said(paragraph: etree._Element) -> str:
    plain = plain_text(paragraph)
    return content(paragraph).said if plain is None else plain


@dataclass(frozen=True, slots=True)
class Arrival:
    """A `block` of the second file that is to stand before the block `before` of the first (None: at the end).

    `source` is where it was in the first file, if it moved.
    """

    block: BlockElement
    before: BlockElement | None
    source: BlockElement | None = None


@dataclass(slots=True)
class BlockPlan:
    """What is to be done in one container of the first file (the body, a cell) so that it holds what the second has.

    `pairs` answer each other in place, `gone` are only in the first, `arrivals` are new or come from elsewhere, in
    order; `moves` are the stretches of neighbours among those. `inner` are the plans of cells and controls.
    """

    container: etree._Element
    pairs: list[tuple[BlockElement, BlockElement]] = field(default_factory=list)
    gone: list[BlockElement] = field(default_factory=list)
    arrivals: list[Arrival] = field(default_factory=list)
    moves: list[list[Arrival]] = field(default_factory=list)
    inner: list["BlockPlan"] = field(default_factory=list)

    def walk(self) -> Iterator["BlockPlan"]:
        """Yield this plan and those in it."""
        yield self
        for plan in self.inner:
            yield from plan.walk()


def plan(a: etree._Element, b: etree._Element) -> BlockPlan:
    """Return how the blocks of the container `a` become those of `b`."""
    return _planned(a, _blocks(a), _blocks(b))


def _blocks(container: etree._Element) -> list[BlockElement]:
    """Return what a reader sees in `container` with others' changes accepted: not what they took out whole."""
    found: list[BlockElement] = []
    run_on: list[etree._Element] = []
    some_go = next(container.iter(*REMOVING), None) is not None
    for element, around in walk.blocks(container):
        if element.tag not in _BLOCKS or any(each.tag in REMOVING for each in around):
            continue
        if some_go and element.tag == name("p") and is_gone(element, "pPr", "rPr"):
            run_on += [element] if _said(element) else []
            continue
        if run_on and element.tag != name("p"):  # a paragraph runs on into no table: it stays
            found.append(BlockElement(run_on[-1], tuple(run_on[:-1])))
            run_on = []
        if element.tag != name("tbl") or rows(BlockElement(element)):
            found.append(BlockElement(element, tuple(run_on), around))
        run_on = []
    return [*found, BlockElement(run_on[-1], tuple(run_on[:-1]))] if run_on else found


def boxes(body: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in boxes that float beside the text; not copies for older programs, nor deleted ones."""
    hidden = walk.hidden_branches(body)
    for box in body.iter(walk.BOX):
        around = list(box.iterancestors(walk.CHOICE, walk.FALLBACK, *REMOVING))
        if hidden.isdisjoint(around) and not any(each.tag in REMOVING for each in around):
            yield box


def is_gone(element: etree._Element, *properties: str) -> bool:
    """Whether the mark in the `properties` of a paragraph or row says that its end, or the row, was taken out."""
    own: etree._Element | None = element
    for each in properties:
        own = None if own is None else child_of(own, name(each))
    return own is not None and any(child.tag in REMOVING for child in own)


def _planned(container: etree._Element, left: Sequence[BlockElement], right: Sequence[BlockElement]) -> BlockPlan:
    found = match([x.item for x in left], [x.item for x in right])
    kept = {j: i for i, j in found.in_order if _can_pair(left[i], right[j])}
    moved = _with_neighbours(
        {j: i for i, j in found.moved if left[i].is_paragraph and not left[i].before}, kept, left, right
    )
    kept |= _emptied(left, right, kept, moved)
    kept |= _renamed(left, right, kept, moved)
    made = _arranged(container, left, right, kept, moved)
    for one, other in made.pairs:
        made.inner += _inner(one, other)
    return made


def _emptied(
    left: Sequence[BlockElement], right: Sequence[BlockElement], kept: Mapping[int, int], moved: Mapping[int, int]
) -> dict[int, int]:
    """Return the paragraphs of which one alone has words, that stand between the same neighbours in the same style.

    Its words were taken out and it stays, as an empty line that may show a number, or words were typed in it.
    """
    found: dict[int, int] = {}
    taken, stays = set(moved.values()), sorted(kept.items())
    start = (-1, -1)
    for j1, i1 in [*stays, (len(right), len(left))]:
        here = [i for i in range(start[1] + 1, i1) if i not in taken]
        there = [j for j in range(start[0] + 1, j1) if j not in moved]
        start = (j1, i1)
        for j in there:
            i = next((i for i in here if _is_emptied(left[i], right[j])), None)
            if i is not None:
                found[j] = i
                here = [each for each in here if each > i]
    return found


def _renamed(
    left: Sequence[BlockElement], right: Sequence[BlockElement], kept: Mapping[int, int], moved: Mapping[int, int]
) -> dict[int, int]:
    """Return the short lines in one style that stand alone between the same two neighbours: a heading in other words.

    It keeps its place and its number, so that it is one change and not a line gone and another come.
    """
    found: dict[int, int] = {}
    last = (-1, -1)
    for j, i in [*sorted(kept.items()), (len(right), len(left))]:
        alone = (j - last[0], i - last[1]) == (2, 2) and j - 1 not in moved and i - 1 not in moved.values()
        if alone and _is_renamed(left[i - 1], right[j - 1]):
            found[j - 1] = i - 1
        last = (j, i)
    return found


def _is_renamed(a: BlockElement, b: BlockElement) -> bool:
    if not (a.is_paragraph and b.is_paragraph) or a.before or b.before:
        return False
    if not (0 < len(a.item.words) <= _SHORT and 0 < len(b.item.words) <= _SHORT):
        return False
    return _in_style(a.element) == _in_style(b.element)


def _is_emptied(a: BlockElement, b: BlockElement) -> bool:
    if not (a.is_paragraph and b.is_paragraph) or a.before or b.before or a.item.has_words == b.item.has_words:
        return False
    return _in_style(a.element) == _in_style(b.element)


def _in_style(paragraph: etree._Element) -> tuple[str, bool]:
    """Return the style that a paragraph names, and whether it is put in a list by itself."""
    own = child_of(paragraph, name("pPr"))
    style = None if own is None else child_of(own, name("pStyle"))
    listed = own is not None and child_of(own, name("numPr")) is not None
    return "" if style is None else str(style.get(name("val"), "")), listed


def _arranged(
    container: etree._Element,
    left: Sequence[BlockElement],
    right: Sequence[BlockElement],
    kept: Mapping[int, int],
    moved: Mapping[int, int],
) -> BlockPlan:
    """Return the plan for blocks of which `kept` (second index to first) stay and `moved` come from elsewhere."""
    made = BlockPlan(container)
    following: BlockElement | None = None
    for j in range(len(right) - 1, -1, -1):
        if j in kept:
            following = left[kept[j]]
            made.pairs.insert(0, (following, right[j]))
        else:
            source = left[moved[j]] if j in moved else None
            made.arrivals.insert(0, Arrival(right[j], following, source))
    stays = {*kept.values(), *moved.values()}
    made.gone = [block for i, block in enumerate(left) if i not in stays]
    made.moves = _stretches(made.arrivals)
    return made


def _can_pair(a: BlockElement, b: BlockElement) -> bool:
    """Whether the one can become the other in place.

    A table has to have a row in common with it; paragraphs that run on into each other are left or replaced whole.
    """
    if a.before and a.text != b.text:
        return False
    if a.element.tag != name("tbl"):
        return True
    return bool(match([x.item for x in rows(a)], [x.item for x in rows(b)]).in_order)


def _with_neighbours(
    moved: dict[int, int], kept: dict[int, int], left: Sequence[BlockElement], right: Sequence[BlockElement]
) -> dict[int, int]:
    """Return `moved` with the short paragraphs (headings) before and after each that moved along with it."""
    found = dict(moved)
    for step in (1, -1):
        for start in sorted(moved)[::step]:
            i, j = found[start] + step, start + step
            while 0 <= i < len(left) and 0 <= j < len(right) and _moves_along(left[i], right[j]):
                if i in found.values() or i in kept.values() or j in found or j in kept:
                    break
                found[j] = i
                i, j = i + step, j + step
    return found


def _moves_along(a: BlockElement, b: BlockElement) -> bool:
    if not (a.is_paragraph and b.is_paragraph) or a.before:
        return False
    return a.text == b.text or likeness(a.item.words, b.item.words) >= MOVE_LIKENESS


def _stretches(arrivals: Sequence[Arrival]) -> list[list[Arrival]]:
    """Return the moves among `arrivals`: neighbours here that were neighbours there go as one."""
    found: list[list[Arrival]] = []
    last: Arrival | None = None
    for arrival in arrivals:
        if arrival.source is not None:
            joins = last is not None and last.source is not None and last.before is arrival.before
            if joins and last and last.source and arrival.source.element.getprevious() is last.source.element:
                found[-1].append(arrival)
            else:
                found.append([arrival])
        last = arrival
    return found


def rows(table: BlockElement) -> list[BlockElement]:
    """Return the rows of a table, without those that somebody else took out."""
    return [BlockElement(row) for row in walk.rows(table.element) if not is_gone(row, "trPr")]


def _inner(a: BlockElement, b: BlockElement) -> list[BlockPlan]:
    """Return the plans for what stands in a table that both files have."""
    if a.element.tag != name("tbl"):
        return []
    made = _row_plan(a, b)
    for one_row, other_row in made.pairs:
        made.inner += [plan(x, y) for x, y in zip(_cells(one_row), _cells(other_row), strict=True)]
    return [made]


def _row_plan(a: BlockElement, b: BlockElement) -> BlockPlan:
    left, right = rows(a), rows(b)
    found = match([x.item for x in left], [x.item for x in right])
    kept = {j: i for i, j in found.in_order if len(_cells(left[i])) == len(_cells(right[j]))}
    return _arranged(a.element, left, right, kept, {})


def _cells(row: BlockElement) -> list[etree._Element]:
    return walk.cells(row.element)


def row_shape(row: BlockElement) -> str:
    """Return how the cells of a row are joined: for each the columns it spans, `+` where it goes on from above."""
    return " ".join(map(_cell_shape, _cells(row)))


def _cell_shape(cell: etree._Element) -> str:
    own = cell.find(name("tcPr"))
    span = None if own is None else own.find(name("gridSpan"))
    merged = None if own is None else own.find(name("vMerge"))
    goes_on = merged is not None and merged.get(name("val")) != "restart"
    return ("1" if span is None else span.get(name("val"), "1")) + ("" if merged is None else "+" if goes_on else "^")


def put_before(container: etree._Element, made: etree._Element, following: BlockElement | None, depth: int) -> None:
    """Put a new block before `following`, or at the end of `container` (before the properties of its section).

    `depth` is in how many containers it stood where it comes from: before the first paragraph of a control it stands
    in the control only if it did there.
    """
    if following is not None:
        place = following.before[0] if following.before else following.element
        for around in reversed(following.around[depth:]):
            if place.getprevious() is not None:
                break
            place = around
        while (start := place.getprevious()) is not None and start.tag in RANGES and start.tag.endswith("Start"):
            place = start  # what is new is no part of another's move
        place.addprevious(made)
        return
    last = container.find(name("sectPr"))
    if last is not None and container.tag == name("body"):
        last.addprevious(made)
    else:
        container.append(made)
