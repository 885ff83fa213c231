"""Where two Word files without tracked changes differ, paragraph by paragraph, in all their stories.

This is how a change that nobody tracked is found: what a file says with every tracked change rejected is held against
what was sent. Blanks are no difference; nor are the results of fields, which Word computes anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from agreements.comparing.words import Piece, differences
from agreements.ooxml.schema import name
from agreements.word.atoms import content
from agreements.word.blocks import Block, Plan, plan
from agreements.word.changes import Story, stories
from agreements.word.edges import edges, notes
from agreements.word.parts import Parts

How = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that differs: `a` and `b` are its places in the `story` of either file, None where it has none.

    `pieces` lead from its words in the first file to those in the second.
    """

    how: How
    story: Story
    a: int | None
    b: int | None
    pieces: tuple[Piece, ...]


def file_differences(a: bytes, b: bytes, *, names: tuple[str, str]) -> tuple[Difference, ...]:
    """Return where the Word file `b` differs from `a`, in the reading order of `b`; `names` are for messages.

    Both are read as if they held no tracked changes: settle these before. Raises `UnreadableError`.
    """
    one, other = Parts.of(names[0], a), Parts.of(names[1], b)
    found: list[Difference] = []
    paired: set[etree._Element] = set()
    kinds = {root: story for parts in (one, other) for story, root in stories(parts)}
    for here, there in [(one.body(), other.body()), *notes(one, other), *edges(one, other)]:
        paired |= {here, there}
        found += _Finder(kinds[here.getroottree().getroot()], here, there).over(plan(here, there))
    for parts in (one, other):
        for root in _unpaired(parts, paired):
            found += _alone(kinds[root.getroottree().getroot()], root, added=parts is other)
    return tuple(found)


def _unpaired(parts: Parts, paired: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield the headers, footers and notes of `parts` that nothing in the other file answers."""
    for story, root in stories(parts):
        if story in ("header", "footer"):
            if root not in paired:
                yield root
        elif story != "body":
            yield from (note for note in root if note not in paired and not note.get(name("type")))


def _alone(story: Story, root: etree._Element, *, added: bool) -> Iterator[Difference]:
    for index, paragraph in enumerate(root.iter(name("p"))):
        if text := _line(Block(paragraph).text):
            if added:
                yield Difference("added", story, None, index, differences("", text))
            else:
                yield Difference("removed", story, index, None, differences(text, ""))


class _Finder:
    """Turns the plan that makes one container of words into another into differences."""

    def __init__(self, story: Story, a: etree._Element, b: etree._Element) -> None:
        self._story = story
        self._a = {p: index for index, p in enumerate(a.iter(name("p")))}
        self._b = {p: index for index, p in enumerate(b.iter(name("p")))}

    def over(self, whole: Plan) -> list[Difference]:
        """Return the differences that `whole` speaks of, in the order of the second file."""
        found = [each for part in whole.walk() for each in self._of(part)]
        return sorted(found, key=lambda d: (d.b if d.b is not None else self._near(d.a), d.b is None))

    def _near(self, a: int | None) -> int:
        """Return about where the paragraph `a`, which only the first file has, would stand in the second."""
        return (a or 0) * len(self._b) // max(len(self._a), 1)

    def _of(self, part: Plan) -> Iterator[Difference]:
        for a, b in part.pairs:
            if a.is_paragraph and _line(a.text) != _line(b.text) and not _same_but_fields(a, b):
                yield self._difference("changed", a, b)
        for arrival in part.arrivals:
            if arrival.source is not None:
                yield self._difference("moved", arrival.source, arrival.block)
            else:
                yield from (self._difference("added", None, p) for p in _paragraphs(arrival.block))
        for block in part.gone:
            yield from (self._difference("removed", p, None) for p in _paragraphs(block))

    def _difference(self, how: How, a: Block | None, b: Block | None) -> Difference:
        pieces = differences(_line(a.text) if a else "", _line(b.text) if b else "")
        here, there = self._a[a.element] if a else None, self._b[b.element] if b else None
        return Difference(how, self._story, here, there, pieces)


def _paragraphs(block: Block) -> Iterable[Block]:
    found = [block.element] if block.is_paragraph else block.element.iter(name("p"))
    return (each for each in map(Block, found) if _line(each.text))


def _same_but_fields(a: Block, b: Block) -> bool:
    """Whether two paragraphs differ in nothing but what their fields show."""
    if a.is_plain and b.is_plain:
        return False
    one, other = (["".join(k.split()) or " " for k in content(block.element).keys] for block in (a, b))
    return one == other


def _line(text: str) -> str:
    return " ".join(text.split())
