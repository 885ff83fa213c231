"""The text that we propose in answer to a marked-up file: their changes accepted, rejected or worded otherwise.

It is built in a copy of their file, so that everything nobody touched stays as it was; a redline on top of their file
then shows our answer beside their changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from agreements.comparing.words import marked_as
from agreements.errors import AgreementsError
from agreements.language.typesetting import is_set, set_text
from agreements.ooxml import revisions, walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import holder
from agreements.ooxml.schema import name
from agreements.word.revising.atoms import content
from agreements.word.revising.changes import find_changes
from agreements.word.revising.differences import Difference, Spot, list_place, says_number
from agreements.word.revising.returning import NOTES, PLACE, WHOLE, Files, Returning, note_of
from agreements.word.revising.rewording import NEVER_EMPTY, Conflict, merged, remove, reword
from agreements.word.revising.settle import settle

_BESIDE = ("header", "footer")
_STANDS_ONCE = tuple(map(name, ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"))) + tuple(
    map(name, ("commentReference", "footnoteReference", "endnoteReference", "drawing", "pict", "object"))
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words of ours for a provision: one line for each paragraph.

    `paragraphs` are its paragraphs among those of the body of their file, `restored` those of ours that come back, or
    whose words do;
    `old` are its words now, before which a typed number may stand.
    """

    paragraphs: tuple[int, ...]
    restored: tuple[Spot, ...]
    old: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of their changes: numbers of tracked ones, and untracked ones that are undone.

    What is in neither `accepted` nor `rejected` is left: neither agreed nor refused. `kept` are untracked changes whose
    words stand in a paragraph that goes back to its place, or to its list.
    """

    accepted: frozenset[int] = frozenset()
    rejected: frozenset[int] = frozenset()
    undone: tuple[Difference, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    kept: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The `content` of their file as we answer it, and what of headers and footers is `still` theirs there.

    `put_in` and `taken_out` are the lines of notes that came back or went with the paragraphs that refer to them.
    """

    content: bytes
    still: tuple[Difference, ...] = ()
    put_in: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()


def answered(files: Files, answer: Disposition, *, with_left: bool) -> Answered:
    """Return their file as we answer it, without tracked changes; what is left counts as accepted if `with_left`.

    No change of a header or footer stops the answer: one that cannot be undone stands. Raises `AgreementsError` where
    another untracked change cannot be undone, naming all of these.
    """
    work = _Work(files)
    work.settle(answer, with_left=with_left)
    work.undo(answer.undone, answer.kept)
    problems = [*work.problems, *work.reword(answer.rewordings)]
    if problems:
        raise AgreementsError(" ".join(problems), hint="Accept these changes, or counter them with words of yours.")
    return Answered(work.text.content(), tuple(work.still), tuple(work.text.put_in), tuple(work.text.taken_out))


@dataclass(slots=True)
class _Work:
    files: Files
    text: Returning = field(init=False)
    _given: set[etree._Element] = field(default_factory=set)  # paragraphs that have the look of ours
    problems: list[str] = field(default_factory=list)  # a sentence for each change that cannot be undone
    still: list[Difference] = field(default_factory=list)  # those of headers and footers, which stop nothing
    _kept: set[Spot] = field(default_factory=set)
    _said_there: dict[Spot, str] = field(default_factory=dict)  # words of what moves back, with what was tracked in it

    def __post_init__(self) -> None:
        self.text = Returning(self.files)

    # ------------------------------------------------------------------ tracked changes

    def settle(self, answer: Disposition, *, with_left: bool) -> None:
        """Settle every tracked change; those that we had sent count as accepted."""
        dropped: set[etree._Element] = set()
        for number, found in enumerate(find_changes(self.text.parts), 1):
            left = number not in answer.accepted and not with_left
            theirs = self.text.by_them(found.elements[0])
            if number in answer.rejected or (left and theirs):
                dropped |= set(found.elements)
        for root in self.text.parts.stories().values():
            settle(root, lambda change: change.tag not in revisions.RANGES and change not in dropped, accepting=True)
            settle(root, lambda _: True, accepting=False)
        self.text.settled()

    # ------------------------------------------------------------------ untracked changes

    def undo(self, differences: Sequence[Difference], kept: Sequence[Difference] = ()) -> None:
        """Undo the untracked `differences`, and note those that cannot be; the words of those `kept` stand."""
        self._kept = {each.a for each in kept if each.a}
        shown = [each for each in differences if each.what == "number" and each.how == "changed"]
        numbers = [each for each in shown if not self._number_again(each)]
        others = [each for each in differences if each not in shown]
        self._undo_all(each for each in others if each.story not in NOTES)
        self._undo_all(each for each in others if each.story in NOTES)  # a note may come and go with what refers to it
        for each in numbers:  # it may follow from another: known when all the others are undone
            if not self._shows_our_number(each):
                self._refuse(each, _cannot(each, each.what))
        for each in kept:
            self._list_again(each)

    def _list_again(self, kept: Difference) -> None:
        """Give a paragraph whose words stand the number of the list for the one that is typed before them."""
        here = self.text.now_at(kept.a) if kept.a else None
        if kept.a is None or here is None or not kept.typed:
            return
        said = content(here).said
        if said.startswith(kept.typed) and self._number_as_ours(here, self.text.ours_at(kept.a)):
            reword(here, said.removeprefix(kept.typed))

    def _undo_all(self, differences: Iterable[Difference]) -> None:
        back: dict[str, list[Difference]] = {}
        for difference in differences:
            problem = self._undo(difference)
            if problem:
                self._refuse(difference, problem)
            elif difference.a and difference.how in ("removed", "moved") and not self.text.is_back(difference.a):
                back.setdefault(difference.a.part, []).append(difference)
        for part, wanted in back.items():
            if self.text.part_in_theirs(part):
                self.text.bring_back([each.a for each in wanted if each.a])
                for spot in [each.a for each in wanted if each.a in self._said_there]:
                    if spot in self.text.back:
                        reword(self.text.back[spot], self._said_there[spot])
                continue
            for each in wanted:
                self._refuse(each, _cannot(each, f"{each.how} in the {each.story}"))

    def _refuse(self, difference: Difference, problem: str) -> None:
        if difference.story in _BESIDE:
            self.still.append(difference)
        else:
            self.problems.append(problem)

    def _undo(self, difference: Difference) -> str:
        """Undo what can be undone of a difference in place; return a sentence where it cannot be."""
        is_line = difference.what == "number" and difference.how in ("added", "removed")  # empty, with a number
        if not is_line and difference.what not in ("words", "typography", "alternat", "typed-number", "object"):
            return _cannot(difference, difference.what)
        if difference.how == "changed":
            return self._put_words_back(difference)
        if difference.story in NOTES and self.text.went_with_its_note(difference):
            return ""
        if difference.story != "body" and difference.story not in _BESIDE and not self._is_in_note(difference):
            return _cannot(difference, f"{difference.how} in the {difference.story}")
        if difference.b is not None:
            here = self.text.now.get(self.text.base[difference.b])
            if difference.how == "moved" and difference.a and here is not None and here.getparent() is not None:
                try:  # what was tracked in it goes back with it
                    said = merged(self.text.said[difference.b], difference.before, content(here).said)
                except Conflict:
                    return _met(difference)
                if difference.a in self._kept:
                    said = content(here).said
                if said != difference.before and (difference.a in self._kept or difference.before == difference.after):
                    self._said_there[difference.a] = said
            self._take_out(here)
            self._number_below(difference)
        return ""

    def _is_in_note(self, difference: Difference) -> bool:
        """Say whether it is one paragraph of several of a note that both files hold."""
        if difference.story not in NOTES:
            return False
        if difference.b is not None:
            here = self.text.now.get(self.text.base[difference.b])
            note = None if here is None else note_of(here)
            return note is not None and len(note.findall(name("p"))) > 1
        if difference.a is None:
            return False
        root, note = self.text.ours.part(difference.a.part), note_of(self.text.ours_at(difference.a))
        places = enumerate(() if root is None else walk.paragraphs(root))
        spots = (Spot(difference.a.part, index) for index, p in places if note in [*p.iterancestors()])
        return any(self.text.now_at(spot) is not None for spot in spots)

    def _number_again(self, difference: Difference) -> bool:
        """Give a paragraph the list and level that it has in ours; return whether that was what made its number."""
        if difference.a is None or difference.b is None:
            return False
        here, ours = self.text.now.get(self.text.base[difference.b]), self.text.ours_at(difference.a)
        if here is None or here in self._given or list_place(here) == list_place(ours):
            return here is None or here in self._given
        self._give_look(here, ours)
        return True

    def _shows_our_number(self, difference: Difference) -> bool:
        """Say whether the paragraph shows the number that it has in ours, now that the others are undone."""
        if difference.a is None or difference.b is None:
            return False
        text, a, b = self.text, difference.a, difference.b
        here = text.now.get(text.base[b])
        return here is not None and _shown(text.parts, b, here) == _shown(text.ours, a, text.ours_at(a))

    def _give_look(self, here: etree._Element, ours: etree._Element) -> None:
        fresh, own = self.text.carrier(self.text.ours.main).properties(ours), here.find(name("pPr"))
        if own is not None:
            fresh.extend(deepcopy(each) for each in own.findall(name("sectPr")))
            here.remove(own)
        here.insert(0, fresh)
        self._given.add(here)

    def _number_as_ours(self, here: etree._Element, ours: etree._Element) -> bool:
        """Give a paragraph the number of a list that it has in ours, where theirs has typed it; say whether it was."""
        form = _counter(self.text.ours).form(ours)
        if not form or form == _counter(self.text.parts).form(here):
            return False
        self._give_look(here, ours)
        return True

    def _number_below(self, taken: Difference) -> None:
        """Give the paragraph under a typed number that went (`ARTICLE VII`) its own number back, if that was it."""
        if taken.b is None or taken.story != "body":
            return
        below = Spot(taken.b.part, taken.b.index + 1)
        spot = next((a for a, b in self.files.pairs.items() if b == below), None)
        here = self.text.now.get(self.text.base.get(below, ""))
        if spot is None or here is None:
            return
        ours = self.text.ours_at(spot)
        shown = _shown(self.text.ours, spot, ours)
        if shown and says_number(taken.after, shown):
            self._number_as_ours(here, ours)

    def _put_words_back(self, difference: Difference) -> str:
        if difference.a is None or difference.b is None:
            return ""
        here = self.text.now.get(self.text.base[difference.b])
        if here is None:
            return ""
        ours = self.text.ours_at(difference.a)
        others = difference.what == "object" or _signs(ours) != _signs(here)
        if not others or not self.text.put_back_whole(difference, here, ours):
            if difference.what == "object":
                return _cannot(difference, difference.what)
            try:
                reword(here, merged(self.text.said[difference.b], content(ours).said, content(here).said))
            except Conflict:
                return _met(difference)
        if difference.story == "body":
            self._number_as_ours(here, ours)
        return ""

    def _take_out(self, paragraph: etree._Element | None) -> None:
        """Remove a paragraph, with its row or table where nothing else is in it."""
        if paragraph is None or paragraph.getparent() is None:
            return
        for around in reversed(list(paragraph.iterancestors(*WHOLE))):
            if not any(content(p).said.strip() for p in walk.paragraphs(around) if p is not paragraph):
                holder(around).remove(around)
                return
        parent = holder(paragraph)
        if parent.tag in NEVER_EMPTY and len(parent.findall(name("p"))) == 1:
            reword(paragraph, "")
        else:
            remove(paragraph)

    # ------------------------------------------------------------------ words of ours

    def reword(self, rewordings: Iterable[Rewording]) -> Iterator[str]:
        """Put words of ours in; yield a sentence for each place that is gone."""
        for each in rewordings:
            places = [self.text.now.get(f"{self.text.parts.main}#{index}") for index in each.paragraphs]
            places += [self.text.back.get(spot, self.text.now_at(spot)) for spot in each.restored]
            here = [place for place in dict.fromkeys(places) if place is not None and place.getparent() is not None]
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
            for mark in list(copy.iter(*_STANDS_ONCE)):
                holder(mark).remove(mark)
            here[-1].addnext(copy)
            here.append(copy)
        for index, (paragraph, line) in enumerate(zip(here, each.lines, strict=False)):
            wanted = line if index else before + line
            said = content(paragraph).said
            reword(paragraph, marked_as(said, set_text(wanted, "curly") if is_set(said) else wanted))

    def _answer_of(self, here: etree._Element) -> etree._Element | None:
        """Return the paragraph of ours in the body that `here` answers."""
        place = here.get(PLACE, "")
        found = (
            a for a, b in self.files.pairs.items() if a.part == self.text.ours.main and self.text.base.get(b) == place
        )
        spot = next(found, None) if place else None
        return None if spot is None else self.text.ours_at(spot)


def _signs(paragraph: etree._Element) -> list[tuple[str, str]]:
    """Return what stands among the words of a paragraph: fields, symbols, formulas, notes, objects."""
    return [(each.key, each.said) for each in content(paragraph).atoms if each.key.startswith(("\x02", "\x03"))]


def _met(difference: Difference) -> str:
    return f"The untracked change u{difference.number} cannot be undone: a tracked change meets the same words."


def _cannot(difference: Difference, what: str) -> str:
    return f"The untracked change u{difference.number} ({what}) cannot be undone here; do it in Word."


def _counter(package: Package) -> ListCounter:
    return ListCounter(package.first("numbering"), package.first("styles"))


def _shown(package: Package, spot: Spot, paragraph: etree._Element) -> str:
    """Return the number that `paragraph` of the part of `spot` shows, `""` where it has none."""
    counter, root = _counter(package), package.part(spot.part)
    numbers = {} if root is None else {each: counter.number(each) for each in walk.paragraphs(root)}
    found = numbers.get(paragraph)
    return found.text if found else ""
