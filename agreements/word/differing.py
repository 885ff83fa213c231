"""Where two Word files without tracked changes differ, paragraph by paragraph, in all their stories.

This is how a change that nobody tracked is found: what a file says with every tracked change rejected is held against
what was sent. Blanks are no difference. Other numbers that fields show, as Word computes these anew, are told apart;
other words there are differences as any.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from lxml import etree

from agreements.comparing.words import Piece, differences
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.word.atoms import Atom, Content, content
from agreements.word.blocks import BlockElement, BlockPlan, boxes, plan
from agreements.word.changes import Story, stories
from agreements.word.edges import edges
from agreements.word.notes import notes

_NUMBER = re.compile(r"\b(?:\d+|[ivxlcdm]+|[IVXLCDM]+|[A-Za-z])\b")
_STRIKING = ("strike", "dstrike", "vanish")
DifferenceKind = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a file: the path of its part and its place among the paragraphs there, from 0."""

    part: str
    index: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that differs, in the `story` of both files; `a` or `b` is None where one file lacks it.

    `pieces` lead from its words in the first file to those in the second; `number` counts from 1.
    """

    how: DifferenceKind
    story: Story
    a: Spot | None
    b: Spot | None
    pieces: tuple[Piece, ...]
    number: int = 0


@dataclass(slots=True)
class FileDifferences:
    """What differs, in the reading order of the second file, and which paragraphs answer each other (first: second).

    `numbers` are paragraphs in which nothing but the numbers that fields show is another; `struck` are places in the
    second file with words that are struck out or hidden there by their look, and were not in the first.
    """

    differences: list[Difference] = field(default_factory=list)
    numbers: list[Difference] = field(default_factory=list)
    struck: list[tuple[Spot, str]] = field(default_factory=list)
    pairs: dict[Spot, Spot] = field(default_factory=dict)


def file_differences(a: bytes, b: bytes, *, names: tuple[str, str]) -> FileDifferences:
    """Return where the Word file `b` differs from `a`; `names` are for messages.

    Both are read as if they held no tracked changes: settle these before. Raises `UnreadableError`.
    """
    one, other = Package.of(names[0], a), Package.of(names[1], b)
    finder = _Finder(one, other)
    paired: set[etree._Element] = set()
    beside_text = [list(boxes(parts.body())) for parts in (one, other)]
    beside = list(zip(*beside_text, strict=False))
    for here, there in [(one.body(), other.body()), *notes(one, other), *edges(one, other), *beside]:
        paired |= {here, there}
        finder.over(plan(here, there))
    for own in beside_text:
        for box in own[len(beside) :]:
            finder.alone(box, added=own is beside_text[1])
    for parts in (one, other):
        for root in _unpaired(parts, paired):
            finder.alone(root, added=parts is other)
    made = finder.found
    made.differences = [replace(each, number=number) for number, each in enumerate(made.differences, 1)]
    return made


def _unpaired(parts: Package, paired: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield the headers, footers and notes of `parts` that nothing in the other file answers."""
    for story, root in stories(parts):
        if story in ("header", "footer"):
            if root not in paired:
                yield root
        elif story != "body":
            yield from (note for note in root if note not in paired and not note.get(name("type")))


class _Finder:
    """Turns the plans that make one file's words into another's into differences."""

    def __init__(self, a: Package, b: Package) -> None:
        self.found = FileDifferences()
        self._spots: dict[etree._Element, Spot] = {}
        self._stories: dict[str, Story] = {}
        for parts in (a, b):
            kinds = {root: story for story, root in stories(parts)}
            for path, root in parts.stories().items():
                self._stories[path] = kinds[root]
                self._spots |= {p: Spot(path, index) for index, p in enumerate(root.iter(name("p")))}

    def over(self, whole: BlockPlan) -> None:
        """Add the differences that `whole` speaks of, in the order of the second file."""
        found = [each for part in whole.walk() for each in self._of(part)]
        self.found.differences += sorted(found, key=lambda d: (d.b.index, 0) if d.b else (self._after(d.a), 1))

    def _after(self, a: Spot | None) -> int:
        """Return the place of the paragraph in the second file after which `a`, which it lacks, would stand."""
        before = (Spot(a.part, index) for index in range(a.index - 1, -1, -1)) if a else ()
        return next((self.found.pairs[spot].index for spot in before if spot in self.found.pairs), -1)

    def alone(self, root: etree._Element, *, added: bool) -> None:
        """Add the paragraphs of `root`, which only one of the files has."""
        for block in _paragraphs(root):
            difference = self._difference("added", None, block) if added else self._difference("removed", block, None)
            self.found.differences.append(difference)

    def _of(self, part: BlockPlan) -> Iterator[Difference]:
        replaced = _replaced(part)
        for a, b in [*part.pairs, *replaced]:
            if a.is_paragraph:
                self.found.pairs[self._spots[a.element]] = self._spots[b.element]
                if (words := _struck(b.element)) and words != _struck(a.element):
                    self.found.struck.append((self._spots[b.element], words))
                if _line(a.text) != _line(b.text):
                    found = self._difference("changed", a, b)
                    if _same_but_numbers(a, b):
                        self.found.numbers.append(found)
                    else:
                        yield found
        if replaced:
            return
        for arrival in part.arrivals:
            if arrival.source is not None:
                yield self._difference("moved", arrival.source, arrival.block)
            else:
                yield from (self._difference("added", None, p) for p in _paragraphs(arrival.block.element))
        for block in part.gone:
            yield from (self._difference("removed", p, None) for p in _paragraphs(block.element))

    def _difference(self, how: DifferenceKind, a: BlockElement | None, b: BlockElement | None) -> Difference:
        pieces = differences(_line(a.text) if a else "", _line(b.text) if b else "")
        here, there = self._spots[a.element] if a else None, self._spots[b.element] if b else None
        either = here or there
        return Difference(how, self._stories[either.part] if either else "body", here, there, pieces)


def _paragraphs(element: etree._Element) -> Iterator[BlockElement]:
    """Yield the paragraphs with words that `element` is or holds."""
    found = [element] if element.tag == name("p") else element.iter(name("p"))
    return (each for each in map(BlockElement, found) if _line(each.text))


def _replaced(part: BlockPlan) -> list[tuple[BlockElement, BlockElement]]:
    """Return the paragraphs of a cell of which every one was replaced: those at the same place answer each other."""
    here, there = part.gone, [arrival.block for arrival in part.arrivals if arrival.source is None]
    alone = part.container.tag == name("tc") and not part.pairs and len(here) == len(there) == len(part.arrivals)
    plain = all(block.is_paragraph for block in (*here, *there))
    return list(zip(here, there, strict=True)) if alone and plain else []


def _struck(paragraph: etree._Element) -> str:
    """Return the words of `paragraph` that its runs strike out or hide by their look."""
    runs = (run for run in paragraph.iter(name("r")) if any(_is_on(run, look) for look in _STRIKING))
    return " ".join("".join(t.text or "" for run in runs for t in run.iter(name("t"))).split())


def _is_on(run: etree._Element, look: str) -> bool:
    found = run.find(f"{name('rPr')}/{name(look)}")
    return found is not None and found.get(name("val")) not in ("0", "false", "off")


def _same_but_numbers(a: BlockElement, b: BlockElement) -> bool:
    """Whether two paragraphs differ in nothing but numbers that their fields show."""
    if a.is_plain and b.is_plain:
        return False
    one, other = content(a.element), content(b.element)
    return _keys(one) == _keys(other) and all(
        _unnumbered(x.said) == _unnumbered(y.said)
        for x, y in zip(_solid(one), _solid(other), strict=True)
        if x.is_field
    )


def _keys(found: Content) -> list[str]:
    return ["".join(atom.key.split()) for atom in _solid(found)]


def _solid(found: Content) -> list[Atom]:
    return [atom for atom in found.atoms if atom.key.strip()]


def _unnumbered(text: str) -> str:
    return _NUMBER.sub("#", " ".join(text.split()))


def _line(text: str) -> str:
    return " ".join(text.split())
