"""Paragraphs of ours that come back into their file, in whole, where their neighbours stand in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from agreements.ooxml import walk
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import highest_id
from agreements.ooxml.schema import local, name
from agreements.word.revising.atoms import content
from agreements.word.revising.carrying import Carrier
from agreements.word.revising.differences import Difference, Spot
from agreements.word.revising.rewording import NEVER_EMPTY
from agreements.word.revising.settle import settle
from agreements.word.revising.stories import NoteCarrier, notes, references, referred, without_orphans

PLACE = "place"  # where a paragraph stood in their file; taken off before the file is written
WHOLE = (name("tr"), name("tbl"))
NOTES = ("footnote", "endnote")
_NOTE = tuple(map(name, NOTES))
_ENDS = tuple(map(name, ("bookmarkEnd", "commentRangeEnd")))
_MARKS = (*map(name, ("bookmarkStart", "commentRangeStart")), *_ENDS)
_KEPT = (name("pPr"), *_MARKS)


@dataclass(slots=True)
class Files:
    """The files of an answer: theirs as it came, ours without tracked changes, and which of our paragraphs theirs has.

    `pairs` lead from paragraphs of ours to those of theirs without their tracked changes; `is_theirs` tells by author
    and date whether a tracked change is theirs. `names` are for messages, ours first.
    """

    theirs: bytes
    ours: bytes
    pairs: Mapping[Spot, Spot]
    is_theirs: Callable[[str, str], bool]
    names: tuple[str, str]


@dataclass(slots=True)
class Returning:
    """Their file, in which paragraphs of ours come back.

    `parts` is theirs, `base` the place in it of each paragraph as it is without their changes, `said` its words there;
    `now` has the paragraphs by these places. `back` are those of ours that came back as new ones, `whole` those of ours
    of which theirs holds all again; `put_in` and `taken_out` the lines of notes that came and went with these.
    """

    files: Files
    parts: Package = field(init=False)
    ours: Package = field(init=False)
    base: dict[Spot, str] = field(default_factory=dict)
    said: dict[Spot, str] = field(default_factory=dict)
    now: dict[str, etree._Element] = field(default_factory=dict)
    back: dict[Spot, etree._Element] = field(default_factory=dict)
    whole: set[etree._Element] = field(default_factory=set)
    put_in: list[str] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)
    _referred: set[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.ours = Package.of(self.files.names[0], self.files.ours)
        self.parts = Package.of(self.files.names[1], self.files.theirs)
        self._referred = referred(self.parts)
        for path, root in self.parts.stories().items():
            for index, paragraph in enumerate(walk.paragraphs(root)):
                paragraph.set(PLACE, f"{path}#{index}")
        for path, root in self.parts.stories().items():
            copy = deepcopy(root)
            settle(copy, self.by_them, accepting=False)
            settle(copy, lambda _: True, accepting=True)
            for index, paragraph in enumerate(walk.paragraphs(copy)):
                self.base[Spot(path, index)] = paragraph.get(PLACE, "")
                self.said[Spot(path, index)] = content(paragraph).said

    def by_them(self, change: etree._Element) -> bool:
        """Say whether a tracked change is theirs."""
        return self.files.is_theirs(change.get(name("author"), ""), change.get(name("date"), ""))

    def settled(self) -> None:
        """Take note of the paragraphs that stand when tracked changes are settled."""
        self.now = {p.get(PLACE, ""): p for root in self.parts.stories().values() for p in walk.paragraphs(root)}

    def ours_at(self, spot: Spot) -> etree._Element:
        """Return the paragraph of ours at `spot`."""
        root = self.ours.part(spot.part)
        if root is None:
            raise ValueError(f"{spot.part} is no part of our file")
        return list(walk.paragraphs(root))[spot.index]

    def is_back(self, spot: Spot) -> bool:
        """Say whether a paragraph of ours came back with the one whose box or note it stands in."""
        paragraph = self.ours_at(spot)
        note = note_of(paragraph)
        in_box = not self.whole.isdisjoint(paragraph.iterancestors())
        return in_box or (note is not None and any(_refers(each, note) for each in self.whole))

    def went_with_its_note(self, difference: Difference) -> bool:
        """Say whether a line stands in a note that came back, or went, with the paragraph that refers to it."""
        if difference.a is not None and note_of(self.ours_at(difference.a)) is not None:
            return self.is_back(difference.a)
        here = None if difference.b is None else self.now.get(self.base[difference.b])
        note = None if here is None else note_of(here)
        return note is not None and (local(note), note.get(name("id"), "")) in self._referred - referred(self.parts)

    def put_back_whole(self, difference: Difference, here: etree._Element, ours: etree._Element) -> bool:
        """Give a paragraph all that ours holds, fields, formulas, links and notes too; return whether it could be.

        It cannot where a tracked change meets it, or where it holds what cannot be brought over.
        """
        if difference.a is None or difference.b is None or self.said[difference.b] != content(here).said:
            return False
        carrier = self.carrier(difference.a.part)
        made = carrier.copied(ours)
        if carrier.lost:
            return False
        self.put_in += _note_lines(ours, self.ours)
        self.taken_out += _note_lines(here, self.parts)
        for mark in [each for each in here.iter(*_MARKS) if each.getparent() is not here]:
            here.append(mark)
        for child in list(here):
            if child.tag not in _KEPT and child.find(name("commentReference")) is None:
                here.remove(child)
        first = next((each for each in here if each.tag in _ENDS or each.tag == name("r")), None)
        for child in [each for each in made if each.tag != name("pPr")]:
            here.append(child) if first is None else first.addprevious(child)
        self.whole.add(ours)
        return True

    def bring_back(self, spots: Sequence[Spot]) -> None:
        """Put paragraphs of ours back to where their neighbours are, rows and tables that went whole as such."""
        root = self.ours.part(spots[0].part)
        paragraphs = [] if root is None else list(walk.paragraphs(root))
        wanted = {paragraphs[spot.index]: spot for spot in spots}
        carrier = self.carrier(spots[0].part)
        places = {p: Spot(spots[0].part, index) for index, p in enumerate(paragraphs)}
        done: set[etree._Element] = set()
        for paragraph in wanted:
            if paragraph in done:
                continue
            whole = paragraph
            for around in paragraph.iterancestors(*WHOLE):
                if all(p in wanted or not content(p).said.strip() for p in walk.paragraphs(around)):
                    whole = around
            made = carrier.copied(whole)
            self._place(made, whole, places)
            copies = [made] if made.tag == name("p") else walk.paragraphs(made)
            originals = [whole] if whole is paragraph else list(walk.paragraphs(whole))
            self.back |= {places[p]: copy for p, copy in zip(originals, copies, strict=True)}
            done |= set(originals)
            for original in originals:
                self.put_in += _note_lines(original, self.ours)
        self.whole |= done

    def carrier(self, part: str) -> Carrier:
        """Return what brings over paragraphs of a part of ours, with their notes, links and objects."""
        roots = list(self.parts.stories().values())
        first = highest_id(roots) + 1
        ids = iter(range(first, first + 10**6))
        carrier = Carrier(self.parts, self.ours, lambda: next(ids))
        carrier.place = self.part_in_theirs(part), part
        noted = NoteCarrier(self.parts, self.ours, notes(self.parts, self.ours), carrier.copied)
        carrier.bring_note = noted.bring
        body = walk.paragraphs(self.ours.body())
        paired = ((self.now_at(Spot(self.ours.main, index)), p) for index, p in enumerate(body))
        carrier.learn((here, p) for here, p in paired if here is not None)
        return carrier

    def now_at(self, spot: Spot) -> etree._Element | None:
        """Return the paragraph of the answer that answers the one of ours at `spot`."""
        if spot in self.back:
            return self.back[spot]
        there = self.files.pairs.get(spot)
        found = self.now.get(self.base[there]) if there else None
        return found if found is not None and found.getparent() is not None else None

    def _place(self, made: etree._Element, whole: etree._Element, places: Mapping[etree._Element, Spot]) -> None:
        """Put `made` where `whole` stood among its neighbours in ours: after the nearest before it, else before one."""
        for neighbours, after in ((_siblings(whole, before=True), True), (_siblings(whole, before=False), False)):
            for neighbour in neighbours:
                here = self._answering(neighbour, places)
                if here is not None:
                    here.addnext(made) if after else here.addprevious(made)
                    return
        cell = self._cell(whole, places)
        if cell is not None:
            self._fill(cell, len(cell), made)
            return
        first = whole if whole.tag == name("p") else next(walk.paragraphs(whole))
        part = self.part_in_theirs(places[first].part)
        root = None if part == self.parts.main else self.parts.part(part)
        self._fill(self.parts.body() if root is None else root, 0, made)

    def _fill(self, around: etree._Element, index: int, made: etree._Element) -> None:
        """Put `made` into a cell, header, footer or the body, in place of empty paragraphs where it holds no others."""
        left = around.findall(name("p")) if around.tag in NEVER_EMPTY and made.tag == name("p") else []
        around.insert(index, made)
        if not any(content(each).atoms for each in left):
            for each in left:
                around.remove(each)

    def part_in_theirs(self, part: str) -> str:
        """Return the part of their file that answers a part of ours, `""` where none is known."""
        paired = next((b.part for a, b in self.files.pairs.items() if a.part == part), "")
        if paired or part == self.ours.main:
            return paired or self.parts.main
        places = {path: place for place, path in references(self.ours).items()}
        return references(self.parts).get(places[part], "") if part in places else ""

    def _answering(self, neighbour: etree._Element, places: Mapping[etree._Element, Spot]) -> etree._Element | None:
        own = [neighbour] if neighbour.tag == name("p") else walk.paragraphs(neighbour)
        for paragraph in own:
            here = self.now_at(places[paragraph])
            around = here
            while around is not None and around.tag != neighbour.tag:
                around = around.getparent()
            if around is None and here is not None and neighbour.tag == name("sdt"):
                around = here  # they took the words out of the content control
            if around is not None:
                return around
        return None

    def _cell(self, whole: etree._Element, places: Mapping[etree._Element, Spot]) -> etree._Element | None:
        """Return the cell of the answer at the place of the one that `whole` stood in, found by the rest of its row."""
        cell = whole.getparent()
        row = None if cell is None or cell.tag != name("tc") else cell.getparent()
        here = None if row is None else self._answering(row, places)
        cells = [] if here is None else here.findall(name("tc"))
        index = row.findall(name("tc")).index(cell) if row is not None and cell is not None else 0
        return cells[index] if index < len(cells) else None

    def content(self) -> bytes:
        """Return the file, without the marks of places and without notes that nothing refers to any more."""
        without_orphans(self.parts, self._referred)
        for root in self.parts.stories().values():
            for paragraph in root.iter(name("p")):
                paragraph.attrib.pop(PLACE, "")
        return self.parts.content()


def note_of(paragraph: etree._Element) -> etree._Element | None:
    """Return the note that a paragraph stands in, None for none."""
    return next(paragraph.iterancestors(*_NOTE), None)


def _note_lines(paragraph: etree._Element, package: Package) -> list[str]:
    """Return the lines of the notes that a paragraph refers to."""
    roots = [root for kind in NOTES if (root := package.first(f"{kind}s")) is not None]
    found = (note for root in roots for note in root if _refers(paragraph, note))
    return [content(line).said for note in found for line in walk.paragraphs(note)]


def _refers(paragraph: etree._Element, note: etree._Element) -> bool:
    found = paragraph.iter(name(f"{local(note)}Reference"))
    return any(each.get(name("id")) == note.get(name("id")) for each in found)


def _siblings(element: etree._Element, *, before: bool) -> Iterator[etree._Element]:
    """Yield what stands beside `element`, the nearest first, and then what stands beside its content control."""
    around: etree._Element | None = element
    while around is not None:
        yield from around.itersiblings(preceding=before)
        around = around.getparent()
        around = around.getparent() if around is not None and around.tag == name("sdtContent") else None
