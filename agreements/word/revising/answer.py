"""The text that we propose in answer to a marked-up file: their changes accepted, rejected or worded otherwise.

It is built in a copy of their file, so that everything nobody touched stays as it was; a redline on top of their file
then shows our answer beside their changes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits, marked_as
from agreements.errors import AgreementsError
from agreements.language.typesetting import is_set, set_text
from agreements.ooxml import revisions, walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import Tracker, highest_id, holder
from agreements.ooxml.schema import name
from agreements.ooxml.xml import clean, make
from agreements.word.revising.atoms import Atom, Content, content
from agreements.word.revising.carrying import Carrier
from agreements.word.revising.changes import find_changes
from agreements.word.revising.differences import Difference, Spot, list_place
from agreements.word.revising.markup import RevisionWriter
from agreements.word.revising.settle import settle
from agreements.word.revising.stories import references

_PLACE = "place"  # where a paragraph stood in their file; taken off before the file is written
_WHOLE = (name("tr"), name("tbl"))
_NEVER_EMPTY = (name("tc"), name("hdr"), name("ftr"))
_BESIDE = ("header", "footer")


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words of ours for a provision: one line for each paragraph.

    `paragraphs` are its paragraphs among those of the body of their file, `restored` those of ours that come back;
    `old` are its words now, before which a typed number may stand.
    """

    paragraphs: tuple[int, ...]
    restored: tuple[Spot, ...]
    old: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of their changes: numbers of tracked ones, and untracked ones that are undone.

    What is in neither `accepted` nor `rejected` is left: neither agreed nor refused.
    """

    accepted: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()
    undone: tuple[Difference, ...] = ()
    rewordings: tuple[Rewording, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Answered:
    """The `content` of their file as we answer it, and what of headers and footers is `still` theirs there."""

    content: bytes
    still: tuple[Difference, ...] = ()


def answered(files: Files, answer: Disposition, *, with_left: bool) -> Answered:
    """Return their file as we answer it, without tracked changes; what is left counts as accepted if `with_left`.

    No change of a header or footer stops the answer: one that cannot be undone stands. Raises `AgreementsError` where
    another untracked change cannot be undone, naming all of these.
    """
    work = _Work(files)
    work.settle(answer, with_left=with_left)
    work.undo(answer.undone)
    problems = [*work.problems, *work.reword(answer.rewordings)]
    if problems:
        raise AgreementsError(" ".join(problems), hint="Accept these changes, or counter them with words of yours.")
    return Answered(work.content(), tuple(work.still))


@dataclass(slots=True)
class _Work:
    files: Files
    _parts: Package = field(init=False)
    _ours: Package = field(init=False)
    _base: dict[Spot, str] = field(init=False)  # the place in their file of each paragraph without their changes
    _said: dict[Spot, str] = field(init=False)
    _now: dict[str, etree._Element] = field(init=False)
    _back: dict[Spot, etree._Element] = field(default_factory=dict)
    _given: set[etree._Element] = field(default_factory=set)  # paragraphs that have the look of ours
    problems: list[str] = field(default_factory=list)  # a sentence for each change that cannot be undone
    still: list[Difference] = field(default_factory=list)  # those of headers and footers, which stop nothing

    def __post_init__(self) -> None:
        self._ours = Package.of(self.files.names[0], self.files.ours)
        self._parts = Package.of(self.files.names[1], self.files.theirs)
        for path, root in self._parts.stories().items():
            for index, paragraph in enumerate(walk.paragraphs(root)):
                paragraph.set(_PLACE, f"{path}#{index}")
        self._base, self._said = {}, {}
        for path, root in self._parts.stories().items():
            copy = deepcopy(root)
            settle(copy, self._by_them, accepting=False)
            settle(copy, lambda _: True, accepting=True)
            for index, paragraph in enumerate(walk.paragraphs(copy)):
                self._base[Spot(path, index)] = paragraph.get(_PLACE, "")
                self._said[Spot(path, index)] = content(paragraph).said

    def _by_them(self, change: etree._Element) -> bool:
        return self.files.is_theirs(change.get(name("author"), ""), change.get(name("date"), ""))

    # ------------------------------------------------------------------ tracked changes

    def settle(self, answer: Disposition, *, with_left: bool) -> None:
        """Settle every tracked change; those that we had sent count as accepted."""
        dropped: set[etree._Element] = set()
        for number, found in enumerate(find_changes(self._parts), 1):
            left = number not in answer.accepted and not with_left
            theirs = self._by_them(found.elements[0])
            if number in answer.rejected or (left and theirs):
                dropped |= set(found.elements)
        for root in self._parts.stories().values():
            settle(root, lambda change: change.tag not in revisions.RANGES and change not in dropped, accepting=True)
            settle(root, lambda _: True, accepting=False)
        roots = self._parts.stories().values()
        self._now = {p.get(_PLACE, ""): p for root in roots for p in walk.paragraphs(root)}

    # ------------------------------------------------------------------ untracked changes

    def undo(self, differences: Sequence[Difference]) -> None:
        """Undo the untracked `differences`, and note those that cannot be."""
        back: dict[str, list[Difference]] = {}
        numbers: list[Difference] = []
        for difference in differences:
            if difference.what == "number" and not self._number_again(difference):
                numbers.append(difference)  # it may follow from another: known when all the others are undone
                continue
            problem = self._undo(difference)
            if problem:
                self._refuse(difference, problem)
            elif difference.a and difference.how in ("removed", "moved"):
                back.setdefault(difference.a.part, []).append(difference)
        for part, wanted in back.items():
            if self._part_in_theirs(part):
                self._bring_back([each.a for each in wanted if each.a])
                continue
            for each in wanted:
                self._refuse(each, _cannot(each, f"{each.how} in the {each.story}"))
        for each in numbers:
            if not self._shows_our_number(each):
                self._refuse(each, _cannot(each, each.what))

    def _refuse(self, difference: Difference, problem: str) -> None:
        if difference.story in _BESIDE:
            self.still.append(difference)
        else:
            self.problems.append(problem)

    def _undo(self, difference: Difference) -> str:
        """Undo what can be undone of a difference in place; return a sentence where it cannot be."""
        if difference.what == "number":
            return ""
        if difference.what not in ("words", "typography", "alternat"):
            return _cannot(difference, difference.what)
        if difference.how == "changed":
            return self._put_words_back(difference)
        if difference.story != "body" and difference.story not in _BESIDE:
            return _cannot(difference, f"{difference.how} in the {difference.story}")
        if difference.b is not None:
            self._take_out(self._now.get(self._base[difference.b]))
            self._number_below(difference)
        return ""

    def _number_again(self, difference: Difference) -> bool:
        """Give a paragraph the list and level that it has in ours; return whether that was what made its number."""
        if difference.a is None or difference.b is None:
            return False
        here, ours = self._now.get(self._base[difference.b]), self._ours_at(difference.a)
        if here is None or here in self._given or list_place(here) == list_place(ours):
            return here is None or here in self._given
        self._give_look(here, ours)
        return True

    def _shows_our_number(self, difference: Difference) -> bool:
        """Say whether the paragraph shows the number that it has in ours, now that the others are undone."""
        if difference.a is None or difference.b is None:
            return False
        here, ours = self._now.get(self._base[difference.b]), self._ours_at(difference.a)
        return here is not None and _shown(self._parts, difference.b, here) == _shown(self._ours, difference.a, ours)

    def _give_look(self, here: etree._Element, ours: etree._Element) -> None:
        fresh, own = self._carrier().properties(ours), here.find(name("pPr"))
        if own is not None:
            fresh.extend(deepcopy(each) for each in own.findall(name("sectPr")))
            here.remove(own)
        here.insert(0, fresh)
        self._given.add(here)

    def _number_as_ours(self, here: etree._Element, ours: etree._Element) -> bool:
        """Give a paragraph the number of a list that it has in ours, where theirs has typed it; say whether it was."""
        form = _counter(self._ours).form(ours)
        if not form or form == _counter(self._parts).form(here):
            return False
        self._give_look(here, ours)
        return True

    def _number_below(self, taken: Difference) -> None:
        """Give the paragraph under a typed number that went (`ARTICLE VII`) its own number back, if that was it."""
        if taken.b is None or taken.story != "body":
            return
        below = Spot(taken.b.part, taken.b.index + 1)
        spot = next((a for a, b in self.files.pairs.items() if b == below), None)
        here = self._now.get(self._base.get(below, ""))
        if spot is None or here is None:
            return
        ours = self._ours_at(spot)
        shown = _shown(self._ours, spot, ours)
        if shown and shown.casefold().split() == taken.after.casefold().split():
            self._number_as_ours(here, ours)

    def _put_words_back(self, difference: Difference) -> str:
        if difference.a is None or difference.b is None:
            return ""
        here = self._now.get(self._base[difference.b])
        if here is None:
            return ""
        ours = self._ours_at(difference.a)
        try:
            reword(here, merged(self._said[difference.b], content(ours).said, content(here).said))
        except Conflict:
            return f"The untracked change u{difference.number} cannot be undone: a tracked change meets the same words."
        if difference.story == "body":
            self._number_as_ours(here, ours)
        return ""

    def _ours_at(self, spot: Spot) -> etree._Element:
        root = self._ours.part(spot.part)
        if root is None:
            raise ValueError(f"{spot.part} is no part of our file")
        return list(walk.paragraphs(root))[spot.index]

    def _take_out(self, paragraph: etree._Element | None) -> None:
        """Remove a paragraph, with its row or table where nothing else is in it."""
        if paragraph is None or paragraph.getparent() is None:
            return
        for around in reversed(list(paragraph.iterancestors(*_WHOLE))):
            if not any(content(p).said.strip() for p in walk.paragraphs(around) if p is not paragraph):
                holder(around).remove(around)
                return
        parent = holder(paragraph)
        if parent.tag in _NEVER_EMPTY and len(parent.findall(name("p"))) == 1:
            reword(paragraph, "")
        else:
            parent.remove(paragraph)

    def _bring_back(self, spots: Sequence[Spot]) -> None:
        """Put paragraphs of ours back to where their neighbours are, rows and tables that went whole as such."""
        root = self._ours.part(spots[0].part)
        paragraphs = [] if root is None else list(walk.paragraphs(root))
        wanted = {paragraphs[spot.index]: spot for spot in spots}
        carrier = self._carrier()
        places = {p: Spot(spots[0].part, index) for index, p in enumerate(paragraphs)}
        done: set[etree._Element] = set()
        for paragraph in wanted:
            if paragraph in done:
                continue
            whole = paragraph
            for around in paragraph.iterancestors(*_WHOLE):
                if all(p in wanted or not content(p).said.strip() for p in walk.paragraphs(around)):
                    whole = around
            made = carrier.copied(whole)
            self._place(made, whole, places)
            copies = [made] if made.tag == name("p") else walk.paragraphs(made)
            originals = [whole] if whole is paragraph else list(walk.paragraphs(whole))
            self._back |= {places[p]: copy for p, copy in zip(originals, copies, strict=True)}
            done |= set(originals)

    def _carrier(self) -> Carrier:
        roots = list(self._parts.stories().values())
        first = highest_id(roots) + 1
        ids = iter(range(first, first + 10**6))
        carrier = Carrier(self._parts, self._ours, lambda: next(ids))
        body = walk.paragraphs(self._ours.body())
        part = self._ours.main
        paired = ((self._now_at(Spot(part, index)), p) for index, p in enumerate(body))
        carrier.learn((here, p) for here, p in paired if here is not None)
        return carrier

    def _now_at(self, spot: Spot) -> etree._Element | None:
        """Return the paragraph of the answer that answers the one of ours at `spot`."""
        if spot in self._back:
            return self._back[spot]
        there = self.files.pairs.get(spot)
        found = self._now.get(self._base[there]) if there else None
        return found if found is not None and found.getparent() is not None else None

    def _place(self, made: etree._Element, whole: etree._Element, places: Mapping[etree._Element, Spot]) -> None:
        """Put `made` where `whole` stood among its neighbours in ours: after the nearest before it, else before one."""
        for neighbours, after in ((whole.itersiblings(preceding=True), True), (whole.itersiblings(), False)):
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
        part = self._part_in_theirs(places[first].part)
        root = None if part == self._parts.main else self._parts.part(part)
        self._fill(self._parts.body() if root is None else root, 0, made)

    def _fill(self, around: etree._Element, index: int, made: etree._Element) -> None:
        """Put `made` into a cell, header, footer or the body, in place of the empty paragraphs that are all it holds."""
        left = around.findall(name("p")) if around.tag in _NEVER_EMPTY and made.tag == name("p") else []
        around.insert(index, made)
        if not any(content(each).atoms for each in left):
            for each in left:
                around.remove(each)

    def _part_in_theirs(self, part: str) -> str:
        """Return the part of their file that answers a part of ours, `""` where none is known."""
        paired = next((b.part for a, b in self.files.pairs.items() if a.part == part), "")
        if paired or part == self._ours.main:
            return paired or self._parts.main
        places = {path: place for place, path in references(self._ours).items()}
        return references(self._parts).get(places[part], "") if part in places else ""

    def _answering(self, neighbour: etree._Element, places: Mapping[etree._Element, Spot]) -> etree._Element | None:
        own = [neighbour] if neighbour.tag == name("p") else walk.paragraphs(neighbour)
        for paragraph in own:
            here = self._now_at(places[paragraph])
            while here is not None and here.tag != neighbour.tag:
                here = here.getparent()
            if here is not None:
                return here
        return None

    def _cell(self, whole: etree._Element, places: Mapping[etree._Element, Spot]) -> etree._Element | None:
        """Return the cell of the answer at the place of the one that `whole` stood in, found by the rest of its row."""
        cell = whole.getparent()
        row = None if cell is None or cell.tag != name("tc") else cell.getparent()
        here = None if row is None else self._answering(row, places)
        cells = [] if here is None else here.findall(name("tc"))
        index = row.findall(name("tc")).index(cell) if row is not None and cell is not None else 0
        return cells[index] if index < len(cells) else None

    # ------------------------------------------------------------------ words of ours

    def reword(self, rewordings: Iterable[Rewording]) -> Iterator[str]:
        """Put words of ours in; yield a sentence for each place that is gone."""
        for each in rewordings:
            places = [self._now.get(f"{self._parts.main}#{index}") for index in each.paragraphs]
            places += [self._back.get(spot) for spot in each.restored]
            here = [place for place in places if place is not None and place.getparent() is not None]
            if not here:
                yield f"There is no paragraph left for “{each.lines[0]}”."
                continue
            self._reword(here, each)

    def _reword(self, here: list[etree._Element], each: Rewording) -> None:
        said = content(here[0]).said
        before = said.removesuffix(each.old) if each.old and said.endswith(each.old) else ""
        ours = self._answer_of(here[0])
        if ours is not None and self._number_as_ours(here[0], ours):
            before = ""  # the number that theirs has typed
        for paragraph in here[len(each.lines) :]:
            self._take_out(paragraph)
        while len(here) < len(each.lines):
            copy = deepcopy(here[-1])
            for mark in list(copy.iter(name("bookmarkStart"), name("bookmarkEnd"))):
                holder(mark).remove(mark)
            here[-1].addnext(copy)
            here.append(copy)
        for index, (paragraph, line) in enumerate(zip(here, each.lines, strict=False)):
            wanted = line if index else before + line
            said = content(paragraph).said
            reword(paragraph, marked_as(said, set_text(wanted, "curly") if is_set(said) else wanted))

    def _answer_of(self, here: etree._Element) -> etree._Element | None:
        """Return the paragraph of ours in the body that `here` answers."""
        place = here.get(_PLACE, "")
        found = (a for a, b in self.files.pairs.items() if a.part == self._ours.main and self._base.get(b) == place)
        spot = next(found, None) if place else None
        return None if spot is None else self._ours_at(spot)

    def content(self) -> bytes:
        """Return the file, without the marks of places."""
        for root in self._parts.stories().values():
            for paragraph in root.iter(name("p")):
                paragraph.attrib.pop(_PLACE, "")
        return self._parts.content()


def _cannot(difference: Difference, what: str) -> str:
    return f"The untracked change u{difference.number} ({what}) cannot be undone here; do it in Word."


def _counter(package: Package) -> ListCounter:
    return ListCounter(package.first("numbering"), package.first("styles"))


class Conflict(Exception):  # noqa: N818 - a sign between two functions, not an error for people
    """Two sets of changes to one text meet at the same words."""


def reword(paragraph: etree._Element, text: str) -> None:
    """Make `paragraph`, which holds no tracked changes, say `text`."""
    before = content(paragraph)
    marker = RevisionWriter(Tracker("", "", 0), lambda run: run)
    marker.change(paragraph, before, _wanted(before, clean(text), paragraph))
    settle(paragraph, lambda _: True, accepting=True)


def _wanted(before: Content, text: str, paragraph: etree._Element) -> Content:
    """Return the content that says `text` with the atoms of `before` where the words are the same."""
    source = next((run for run in paragraph.iter(name("r")) if run.find(name("t")) is not None), make("r"))
    said = [(token, index) for index, atom in enumerate(before.atoms) for token in tokens(atom.said) or [""]]
    flat, wanted = [token for token, _ in said], tokens(text)
    found = Content()
    kept: set[int] = set()

    def put(atom: Atom) -> None:
        found.atoms.append(atom)

    at = 0
    for edit in [*edits(flat, wanted), Edit(len(flat), len(flat), len(wanted), len(wanted))]:
        for place in range(at, edit.a1):
            token, index = said[place]
            own = [k for k in range(at, edit.a0) if said[k][1] == index]
            whole = len(own) == max(len(tokens(before.atoms[index].said)), 1)
            if not token or (place < edit.a0 and whole):  # what says nothing (a note's sign, a picture) always stays
                if index not in kept:
                    put(before.atoms[index])
                kept.add(index)
            elif place < edit.a0:
                put(Atom(token, source, token, said=token))
        for token in wanted[edit.b0 : edit.b1]:
            put(Atom(token, source, token, said=token))
        at = edit.a1
    return found


def merged(base: str, one: str, other: str) -> str:
    """Return `base` with the changes that lead to `one` and those that lead to `other`.

    Raises `Conflict` where both change the same words to something else.
    """
    start, left, right = tokens(base), tokens(one), tokens(other)
    changes = [(edit, left[edit.b0 : edit.b1]) for edit in edits(start, left)]
    for edit in edits(start, right):
        new = right[edit.b0 : edit.b1]
        if any((known.a0, known.a1, words) == (edit.a0, edit.a1, new) for known, words in changes):
            continue
        if any(known.a0 <= edit.a1 and edit.a0 <= known.a1 for known, _ in changes):
            raise Conflict
        changes.append((edit, new))
    return "".join(applied(start, sorted(changes, key=lambda change: change[0].a0)))


def applied(start: Sequence[str], changes: Sequence[tuple[Edit, Sequence[str]]]) -> list[str]:
    """Return the tokens `start` with `changes` made, which are in order and meet nowhere."""
    found: list[str] = []
    at = 0
    for edit, words in changes:
        found += [*start[at : edit.a0], *words]
        at = edit.a1
    return [*found, *start[at:]]


def _shown(package: Package, spot: Spot, paragraph: etree._Element) -> str:
    """Return the number that `paragraph` of the part of `spot` shows, `""` where it has none."""
    counter, root = _counter(package), package.part(spot.part)
    numbers = {} if root is None else {each: counter.number(each) for each in walk.paragraphs(root)}
    found = numbers.get(paragraph)
    return found.text if found else ""
