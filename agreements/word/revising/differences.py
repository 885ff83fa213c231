"""Where two Word files without tracked changes differ, paragraph by paragraph, in all their stories.

This is how a change that nobody tracked is found: what a file says with every tracked change rejected is held against
what was sent. Objects (pictures, links, formulas, symbols, instructions of fields), the numbers that lists show and the
shape of tables are compared like words. Blanks are no difference. Another number that a field shows is told apart where
Word would compute that number in the second file; a number that it would not compute there was typed over the field's,
and is a difference of words as any.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from lxml import etree

from agreements.comparing import DiffSegment, differences, same_words
from agreements.language.typography import plain
from agreements.ooxml import walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.numerals import numeral, readings
from agreements.ooxml.package import Package
from agreements.ooxml.schema import child_of, local, name
from agreements.ooxml.stylesheet import Stylesheet, look_of
from agreements.ooxml.unseen import is_faint, is_unseen_row
from agreements.word.revising.align import BlockElement, BlockPlan, boxes, plan, row_shape
from agreements.word.revising.atoms import REFERRING, Atom, Content, Context, content
from agreements.word.revising.changes import Story, stories
from agreements.word.revising.comments import facts, stored
from agreements.word.revising.objects import Objects
from agreements.word.revising.settle import accept, authors
from agreements.word.revising.stories import NoteCarrier, NotePair, edges, notes, references, referred

_NUMBER = re.compile(r"\b(?:\d+|[ivxlcdm]+|[IVXLCDM]+|[A-Za-z])\b")
_NUMERALS = ("decimal", "lowerRoman")  # in which the number of a head is written, in small letters
_NUMBERING = frozenset(("\\n", "\\r", "\\w"))  # switches of a reference that shows the number of a paragraph
EMPTY_NUMBERED = "[an empty paragraph with the number {}]"
_EMPTY_NUMBERED = re.compile(r"\[an empty paragraph with the number ([^\]]+)\]")
_ROUND = ".:()[]\u2013\u2014- "  # what may stand around a number that is typed
_NUMBERS = 5  # differing numbers that are told where two files have their numbering from different hands
_STRIKING = frozenset(map(name, ("strike", "dstrike", "vanish")))
_TELLING = _STRIKING | frozenset(map(name, ("sz", "w", "color", "rStyle")))  # what may keep words from being read
_LIST_PLACE = tuple(map(name, ("pStyle", "numId", "ilvl")))
_NUMBERED, _VAL, _RUN, _RUN_LOOK, _WORDS = map(name, ("numPr", "val", "r", "rPr", "t"))
DifferenceKind = Literal["changed", "added", "removed", "moved"]
DifferentThing = Literal["words", "typography", "alternat", "typed-number", "object", "number", "cells"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a file: the path of its part and its place among the paragraphs there, from 0."""

    part: str
    index: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that differs, in the `story` of both files; `a` or `b` is None where one file lacks it.

    `pieces` lead from its words in the first file to those in the second; `number` counts from 1. `what` differs: its
    words, variants of the same marks alone, the order of the parties alone, that one file has typed the number which a
    list shows in the other, an object in it, the number before it, or the shape of the table row that it begins.
    `ordered` are the words of the first file with the parties in the order of the second, where that is the other
    original; `typed` is the number that the second has typed before its words, where the first has it in a list;
    `listed` is what a list shows before a paragraph that only one file has, or for a number that the other has typed;
    `with_number` is the number that a list shows in one of the files alone, told with the words that changed behind it.
    """

    how: DifferenceKind
    story: Story
    a: Spot | None
    b: Spot | None
    pieces: tuple[DiffSegment, ...]
    number: int = 0
    what: DifferentThing = "words"
    ordered: str | None = None
    typed: str = ""
    listed: str = ""
    with_number: DiffSegment | None = None

    @property
    def before(self) -> str:
        """The words of the first file."""
        return "".join(piece.in_first for piece in self.pieces)

    @property
    def after(self) -> str:
        """The words of the second file."""
        return "".join(piece.text for piece in self.pieces if piece.kind != "deleted")

    @property
    def changes_words(self) -> bool:
        """Whether more differs than variants of the same marks, the order of the parties and how a number is made."""
        return self.what not in ("typography", "alternat", "typed-number")

    @property
    def types_a_number(self) -> bool:
        """Whether it is where one file has typed the number that a list shows in the other, whatever else differs."""
        return (self.what == "typed-number" or bool(self.typed)) and bool(self.listed)

    @property
    def in_other_numerals(self) -> bool:
        """Whether it is a number that is typed in other numerals than the list has it: `Article 5`, `Article V`."""
        number = plain(self.listed).strip(_ROUND).casefold()
        typed = (self.typed,) if self.typed else (self.before, self.after)
        said = (plain(words).lstrip(_ROUND).casefold() for words in typed)
        return self.types_a_number and not any(words.startswith(number) for words in said)

    @property
    def is_set_otherwise(self) -> bool:
        """Whether it is one paragraph of the very same words, gone in one place and come in another."""
        return self.what == "typography" and self.before == self.after

    @property
    def empty_number(self) -> str:
        """The number that an empty paragraph shows which the second file has more; empty for anything else."""
        found = _EMPTY_NUMBERED.fullmatch(self.after) if self.how == "added" else None
        return found[1] if found else ""

    @property
    def to_read(self) -> tuple[DiffSegment, ...]:
        """What leads from the first to the second for a reader: without what is no change of words."""
        if self.how != "changed" or self.what != "words":
            return self.pieces
        after = self.after.removeprefix(self.typed)
        number = (self.with_number,) if self.with_number else ()
        return (*number, *differences(self.before if self.ordered is None else self.ordered, after, by_words=True))


@dataclass(slots=True)
class FileDifferences:
    """What differs, in the reading order of the second file, and which paragraphs answer each other (first: second).

    `numbers` are paragraphs in which nothing but numbers that Word computes for fields is another; `struck` are places
    in the second file with words that are struck out, hidden, faint or tiny there by their look, and were not in the
    first.
    `unknown` are the names of elements in either file that the program does not know, so that nothing is said of them.
    """

    differences: list[Difference] = field(default_factory=list)
    numbers: list[Difference] = field(default_factory=list)
    struck: list[tuple[Spot, str]] = field(default_factory=list)
    pairs: dict[Spot, Spot] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def file_differences(a: bytes, b: bytes, *, names: tuple[str, str], states: Sequence[bytes] = ()) -> FileDifferences:
    """Return where the Word file `b` differs from `a`; `names` are for messages.

    Both are read as if they held no tracked changes: settle these before. `states` are the second file as it came and
    with its changes accepted: fields may show the numbers that Word computes in these. Raises `UnreadableError`.
    """
    one, other = Package.looked_at(names[0], a), Package.looked_at(names[1], b)
    noted = notes(one, other)
    finder = _Finder(one, other, noted, [other, *(Package.looked_at(names[1], each) for each in states)])
    paired: set[etree._Element] = set()
    for here, there in [(one.body(), other.body()), *noted, *edges(one, other)]:
        paired |= {here, there}
        finder.over(plan(here, there))
        finder.beside(list(boxes(here)), list(boxes(there)))
    for package in (one, other):
        for root in _unpaired(package, paired):
            finder.alone(root, added=package is other)
    made = finder.finished()
    made.differences = [replace(each, number=number) for number, each in enumerate(made.differences, 1)]
    made.unknown = tuple(
        sorted({local(e) for p in (one, other) for r in p.stories().values() for e in walk.unknown(r)})
    )
    return made


def elsewhere(a: bytes, b: bytes, *, names: tuple[str, str]) -> tuple[tuple[Difference, ...], tuple[str, ...]]:
    """Return where two Word files differ, with tracked changes accepted, few of the numbers that are others.

    That is in body, headers, footers, notes, objects, shown numbers, shapes of tables; and the comments that only one
    file has, each with a sign before it (`-`: only the first, `+`: only the second). Raises `UnreadableError`.
    """
    found = file_differences(_final(a, names[0]), _final(b, names[1]), names=names)
    said = [Counter(map(facts, stored(Package.looked_at(n, c)).values())) for n, c in zip(names, (a, b), strict=True)]
    gone, new = said[0] - said[1], said[1] - said[0]
    comments = (*(f"-{author}: {text}" for author, _, text in gone), *(f"+{author}: {text}" for author, _, text in new))
    numbers = [d for d in found.differences if d.what == "number"]
    return tuple(d for d in found.differences if d.what != "number" or d in numbers[:_NUMBERS]), comments


def _final(content: bytes, file_name: str) -> bytes:
    return accept(content, file_name=file_name) if authors(Package.looked_at(file_name, content)) else content


def _unpaired(package: Package, paired: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield the headers, footers and notes of `package` that are shown and that nothing in the other file answers."""
    shown = referred(package)
    headers = {package.part(path) for path in references(package).values()}
    for story, root in stories(package):
        if story in ("header", "footer"):
            if root not in paired and root in headers:
                yield root
        elif story != "body":
            ids = {identifier for kind, identifier in shown if kind == story}
            yield from (note for note in root if note not in paired and note.get(name("id")) in ids)


class _Looks:
    """What the words of one file look like: struck out, hidden, or such that nobody reads them."""

    def __init__(self, package: Package) -> None:
        root = package.first("styles")
        self._styles = Stylesheet(root)
        self._by_style = root is not None and any(True for _ in root.iter(*_STRIKING))

    def struck(self, paragraph: etree._Element) -> str:
        """Return the words of `paragraph` that are struck out or not to be seen by their look."""
        style = self._styles.of_paragraph(paragraph) if self._by_style else ""
        runs = (run for run in paragraph.iter(_RUN) if self._strikes(run, style))
        return " ".join("".join(t.text or "" for run in runs for t in run.iter(_WORDS)).split())

    def _strikes(self, run: etree._Element, style: str) -> bool:
        own = child_of(run, _RUN_LOOK)
        if not self._by_style and (own is None or not any(each.tag in _TELLING for each in own)):
            return False
        look = self._styles.of_run(run, style)
        return look.hidden or look.struck or is_faint(run)


class _Finder:
    """Turns the plans that make one file's words into another's into differences."""

    def __init__(self, a: Package, b: Package, noted: list[NotePair], states: Sequence[Package]) -> None:
        self._found = FileDifferences()
        self._states = states
        self._spots: dict[etree._Element, Spot] = {}
        self._stories: dict[str, Story] = {}
        carrier = NoteCarrier(a, b, noted, lambda paragraph: paragraph)
        self._a = Context(noting=carrier.own, objects=Objects(a))
        self._b = Context(noting=carrier.other, objects=Objects(b))
        self._lists = _Lists(a), _Lists(b)
        self._looks = _Looks(a), _Looks(b)
        self._referring: list[tuple[BlockElement, BlockElement, str, str]] = []  # with the bookmarks they refer to
        self._bookmarks = _bookmarks(a), _bookmarks(b)
        self._paragraphs: list[tuple[BlockElement, BlockElement]] = []  # those of the body that answer each other
        for package in (a, b):
            kinds = {root: story for story, root in stories(package)}
            for path, root in package.stories().items():
                self._stories[path] = kinds[root]
                self._spots |= {p: Spot(path, index) for index, p in enumerate(walk.paragraphs(root))}

    def over(self, whole: BlockPlan) -> None:
        """Add the differences that `whole` speaks of, in the order of the second file."""
        found = [each for part in whole.walk() for each in self._of(part)]
        self._found.differences += sorted(found, key=lambda d: (d.b.index, 0) if d.b else (self._after(d.a), 1))

    def beside(self, here: list[etree._Element], there: list[etree._Element]) -> None:
        """Add what differs between the boxes beside two stories, those of the same place in their order."""
        for one, other in zip(here, there, strict=False):
            self.over(plan(one, other))
        for box in here[len(there) :]:
            self.alone(box, added=False)
        for box in there[len(here) :]:
            self.alone(box, added=True)

    def _after(self, a: Spot | None) -> int:
        """Return the place of the paragraph in the second file after which `a`, which it lacks, would stand."""
        before = (Spot(a.part, index) for index in range(a.index - 1, -1, -1)) if a else ()
        return next((self._found.pairs[spot].index for spot in before if spot in self._found.pairs), -1)

    def alone(self, root: etree._Element, *, added: bool) -> None:
        """Add the paragraphs of `root`, which only one of the files has."""
        for block in self._saying(root):
            difference = self._difference("added", None, block) if added else self._difference("removed", block, None)
            self._found.differences.append(difference)

    def _of(self, part: BlockPlan) -> Iterator[Difference]:
        replaced = _replaced(part)
        for a, b in [*part.pairs, *replaced]:
            if a.is_paragraph:
                yield from self._of_pair(a, b)
            elif a.element.tag == name("tr"):
                self._note_unseen_row(a.element, b.element)
                if row_shape(a) != row_shape(b):
                    yield from self._of_row(a, b)
        if replaced:
            return
        for arrival in part.arrivals:
            if arrival.source is not None:
                self._note_struck(arrival.source.element, arrival.block.element)
                yield self._difference("moved", arrival.source, arrival.block)
            else:
                yield from (self._difference("added", None, p) for p in self._saying(arrival.block.element))
        for block in part.gone:
            yield from (self._difference("removed", p, None) for p in self._saying(block.element))

    def _note_struck(self, a: etree._Element, b: etree._Element) -> None:
        before, now = self._looks
        if b in self._spots and (words := now.struck(b)) and words != before.struck(a):
            self._found.struck.append((self._spots[b], words))

    def _note_unseen_row(self, a: etree._Element, b: etree._Element) -> None:
        if is_unseen_row(b) and not is_unseen_row(a):
            for paragraph in walk.paragraphs(b):
                if words := _line(BlockElement(paragraph).text):
                    self._found.struck.append((self._spots[paragraph], words))

    def _of_pair(self, a: BlockElement, b: BlockElement) -> Iterator[Difference]:
        self._found.pairs[self._spots[a.element]] = self._spots[b.element]
        self._paragraphs.append((a, b))
        self._note_struck(a.element, b.element)
        same_words = _line(a.text) == _line(b.text)
        if a.is_plain and b.is_plain:
            if not same_words:
                yield self._with_typed(self._difference("changed", a, b), a, b)
            return
        one, other = content(a.element, self._a), content(b.element, self._b)
        if one.signs != other.signs:
            found = self._with_typed(replace(self._difference("changed", a, b), what="words"), a, b)
            pieces = differences(_line(one.labelled), _line(other.labelled).removeprefix(found.typed))
            if all(piece.kind == "equal" for piece in pieces):  # a formula with the same letters, say
                pieces = (*pieces, *_exchanged(one, other))
            what: DifferentThing = "object" if same_words or found.what == "typed-number" else "words"
            yield replace(found, pieces=pieces, what=what)
            return
        references = zip(_targets(one), _targets(other), strict=True)
        self._referring += [(a, b, *labels) for labels in references if labels != ("", "")]
        if not same_words:
            found = self._difference("changed", a, b)
            if _same_but_numbers(one, other) and self._are_computed(one, other):
                self._found.numbers.append(found)
            else:
                yield self._with_typed(found, a, b)

    def _with_typed(self, found: Difference, a: BlockElement, b: BlockElement) -> Difference:
        """Return a changed paragraph with the number that the second file has typed where the first has it in a list.

        It is that number alone where no word differs, also where the first file has typed what the second lists.
        """
        one, other = self._lists[0].of(a.element).shown, self._lists[1].of(b.element).shown
        if bool(one) == bool(other) or found.what != "words":
            return found
        shown, bare, typed = (one, _line(a.text), _line(b.text)) if one else (other, _line(b.text), _line(a.text))
        number = typed_before(typed, shown)
        is_alone = number and plain(typed[len(number) :]) == plain(bare).lstrip(_ROUND)
        what: DifferentThing = "typed-number" if is_alone else found.what
        return replace(found, what=what, typed=number if one else "", listed=shown if number else "")

    def _are_computed(self, one: Content, other: Content) -> bool:
        """Whether Word would compute in the second file the numbers that its fields show otherwise."""
        fields = zip(_solid(one), _solid(other), strict=True)
        shown = [b for a, b in fields if b.is_field and _line(a.said) != _line(b.said)]
        return all(any(state.computes(atom) for state in self._computing) for atom in shown)

    @cached_property
    def _computing(self) -> list["_References"]:
        return [_References(package) for package in self._states]

    def _of_row(self, a: BlockElement, b: BlockElement) -> Iterator[Difference]:
        here, there = (next(map(BlockElement, walk.paragraphs(row.element)), None) for row in (a, b))
        if here and there:
            found = self._difference("changed", here, there)
            said = DiffSegment("deleted", f"[{row_shape(a)}]"), DiffSegment("inserted", f"[{row_shape(b)}]")
            yield replace(found, pieces=(DiffSegment("equal", "cells of the row: "), *said), what="cells")

    def _saying(self, element: etree._Element) -> Iterator[BlockElement]:
        """Yield the paragraphs that `element` is or holds with words or objects, or a number that a list shows."""
        found = [element] if element.tag == name("p") else walk.paragraphs(element)
        for each in map(BlockElement, found):
            if _line(each.text) or _holds_objects(each) or self._number(each):
                yield each

    def _number(self, block: BlockElement) -> str:
        return next((shown for lists in self._lists if (shown := lists.of(block.element).shown)), "")

    def _difference(self, how: DifferenceKind, a: BlockElement | None, b: BlockElement | None) -> Difference:
        one, other = self._said(a, self._a), self._said(b, self._b)
        here, there = self._spots[a.element] if a else None, self._spots[b.element] if b else None
        either = here or there
        story = self._stories[either.part] if either else "body"
        what: DifferentThing = "typography" if how == "changed" and same_words(one, other) else "words"
        alone = (a or b) if how in ("added", "removed") else None
        if alone and not (one or other) and (number := self._number(alone)):  # of which nothing else is to be said
            said = DiffSegment("inserted" if how == "added" else "deleted", EMPTY_NUMBERED.format(number))
            return Difference(how, story, here, there, (said,), what="number")
        listed = self._number(alone) if alone else ""
        return Difference(how, story, here, there, differences(one, other), what=what, listed=listed)

    def _said(self, block: BlockElement | None, context: Context) -> str:
        """Return the words of `block`; the names of what it holds where it has no words."""
        if block is None:
            return ""
        return _line(block.text) or _line(content(block.element, context).labelled)

    # ------------------------------------------------------------------ numbers that lists show

    def finished(self) -> FileDifferences:
        """Return what was found, with the numbers that lists show otherwise and references that lead elsewhere.

        Where numbered paragraphs came or went, later numbers follow from that: only another form of the numbers is
        told then. What the list itself makes other is told once for each list.
        """
        self._found.differences += self._led_elsewhere()
        paired = [{pair[side].element for pair in self._paragraphs} for side in (0, 1)]
        came_or_went = any(not lists.numbered <= known for lists, known in zip(self._lists, paired, strict=True))
        told: set[tuple[str, str]] = set()
        before: tuple[str, str] | None = None
        for a, b in self._paragraphs:
            one, other = self._lists[0].of(a.element), self._lists[1].of(b.element)
            forms = (one.form, other.form)
            differs = forms[0] != forms[1] if came_or_went else one.shown != other.shown
            differs = differs and not _is_now_typed((one.shown, _line(a.text)), (other.shown, _line(b.text)))
            by_itself = list_place(a.element) != list_place(b.element)
            if differs and one.shown and not other.shown and self._tell_with_words(a, b, one.shown):
                before = forms
                continue
            if differs and not other.shown and self._is_typed_above(b, one.shown):
                before = forms
                found = self._of_numbers(a, b, one.shown, other.shown)
                self._found.differences.append(replace(found, what="typed-number"))
                continue
            if differs and (by_itself or (forms not in told and before != forms)):
                told |= set() if by_itself else {forms}
                self._found.differences.append(self._of_numbers(a, b, one.shown, other.shown))
            before = forms if differs else None
        return self._found

    def _tell_with_words(self, a: BlockElement, b: BlockElement, shown: str) -> bool:
        """Tell a number that the first file alone shows with the words changed there, as one change; say if any.

        One that the second alone shows is a change of its own: rejecting words does not take a paragraph out of a list.
        """
        here, there = self._spots[a.element], self._spots[b.element]
        for at, each in enumerate(self._found.differences):
            if (each.how, each.what, each.a, each.b) == ("changed", "words", here, there) and not each.typed:
                self._found.differences[at] = replace(each, with_number=DiffSegment("deleted", f"{shown} "))
                return True
        return False

    def _is_typed_above(self, b: BlockElement, shown: str) -> bool:
        """Tell a paragraph that came above `b` and says the number that was shown there as a typed number."""
        spot = self._spots[b.element]
        for at, each in enumerate(self._found.differences):
            is_above = each.how == "added" and each.b == Spot(spot.part, spot.index - 1)
            if is_above and says_number(each.after, shown):
                self._found.differences[at] = replace(each, what="typed-number", listed=shown)
                return True
        return False

    def _of_numbers(self, a: BlockElement, b: BlockElement, one: str, other: str) -> Difference:
        pieces = [DiffSegment("deleted", f"{one} ")] if one else []
        pieces += [DiffSegment("inserted", f"{other} ")] if other else []
        words = DiffSegment("equal", _line(b.text))
        return replace(self._difference("changed", a, b), pieces=(*pieces, words), what="number")

    def _led_elsewhere(self) -> Iterator[Difference]:
        """Yield the references that name the bookmark of another paragraph, whatever number they show now."""
        moved = {d.a: d.b for d in self._found.differences if d.how == "moved"}
        for a, b, here, there in self._referring:
            one, other = self._bookmarks[0].get(here), self._bookmarks[1].get(there)
            spot = None if one is None else self._spots.get(one)
            answer = None if spot is None else self._found.pairs.get(spot, moved.get(spot))
            if answer and other is not None and answer != self._spots.get(other):
                said = DiffSegment("deleted", " [reference]"), DiffSegment("inserted", " [reference to another place]")
                words = DiffSegment("equal", _line(b.text))
                yield replace(self._difference("changed", a, b), pieces=(words, *said), what="object")


def _exchanged(one: Content, other: Content) -> tuple[DiffSegment, DiffSegment]:
    """Return what stands for objects that are others among the same words: a field that became typed words, say."""
    fields = [sum(atom.is_field for atom in side.atoms) for side in (one, other)]
    said = (" [an object]", " [another one]")
    if fields[0] != fields[1]:
        said = (" [a field]", " [typed words]") if fields[0] > fields[1] else (" [typed words]", " [a field]")
    return DiffSegment("deleted", said[0]), DiffSegment("inserted", said[1])


@dataclass(frozen=True, slots=True)
class _ListNumber:
    shown: str = ""
    form: str = ""


class _Lists:
    """The numbers that the lists of a file show in its body, whatever blank stands in them."""

    def __init__(self, package: Package) -> None:
        counter = ListCounter(package.first("numbering"), package.first("styles"))
        self._found: dict[etree._Element, _ListNumber] = {}
        for paragraph in walk.paragraphs(package.body()):
            number = counter.number(paragraph)
            if number is not None and number.text:
                self._found[paragraph] = _ListNumber(plain(number.text), plain(counter.form(paragraph)))
        self.numbered = set(self._found)

    def of(self, paragraph: etree._Element) -> _ListNumber:
        """Return the number of a paragraph, an empty one where it has none."""
        return self._found.get(paragraph, _ListNumber())


class _References:
    """What Word computes for the references of one file, in the state that it is in."""

    def __init__(self, package: Package) -> None:
        self._lists, self._bookmarks = _Lists(package), _bookmarks(package)

    def computes(self, shown: Atom) -> bool:
        """Whether a field shows what Word would compute; what a layout counts (pages, notes) is not known."""
        kind, *code = shown.key.split("\x02")[1].split() or [""]
        if kind.upper() != "REF" or not code:
            return True
        target, said = self._bookmarks.get(code[0]), plain(_line(shown.said)).rstrip(".")
        if target is None:
            return False
        switches, number = {each.lower() for each in code[1:]}, self._lists.of(target).shown.rstrip(".")
        if switches.isdisjoint(_NUMBERING):
            return said in plain(_line(content(target).said))
        if "\\t" in switches:  # the number without its words
            return said != "" and number.endswith(said)
        return said == number if "\\n" in switches else number != "" and said.endswith(number)


def list_place(paragraph: etree._Element) -> tuple[str, ...]:
    """Return what a paragraph itself says of its number: its style, its list and the level in it."""
    own = look_of(paragraph)
    found = dict.fromkeys(_LIST_PLACE, "")
    for child in () if own is None else own:
        if child.tag == _NUMBERED:
            found |= {each.tag: each.get(_VAL, "") for each in child if each.tag in found}
        elif child.tag in found:
            found[child.tag] = child.get(_VAL, "")
    return tuple(found.values())


def _bookmarks(package: Package) -> dict[str, etree._Element]:
    """Return the paragraphs in which bookmarks begin, by their names."""
    found = ((each.get(name("name"), ""), next(each.iterancestors(name("p")), None)) for each in _starts(package))
    return {label: paragraph for label, paragraph in found if paragraph is not None}


def _starts(package: Package) -> Iterator[etree._Element]:
    for root in package.stories().values():
        yield from root.iter(name("bookmarkStart"))


def _targets(found: Content) -> list[str]:
    """Return the bookmarks that the fields of a paragraph refer to, empty for each field that refers to none."""
    codes = (atom.key.split("\x02")[1].split() for atom in found.atoms if atom.is_field)
    return [code[1] if len(code) > 1 and code[0].upper() in REFERRING else "" for code in codes]


def _holds_objects(block: BlockElement) -> bool:
    return not block.is_plain and bool(content(block.element).signs)


def _replaced(part: BlockPlan) -> list[tuple[BlockElement, BlockElement]]:
    """Return the paragraphs of a cell of which every one was replaced: those at the same place answer each other."""
    here, there = part.gone, [arrival.block for arrival in part.arrivals if arrival.source is None]
    alone = part.container.tag == name("tc") and not part.pairs and len(here) == len(there) == len(part.arrivals)
    plain = all(block.is_paragraph for block in (*here, *there))
    return list(zip(here, there, strict=True)) if alone and plain else []


def _is_now_typed(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the number that one file shows by a list is typed before the words of the other; each: shown, words."""
    (shown, _), (_, words) = (one, other) if one[0] else (other, one)
    return bool(one[0]) != bool(other[0]) and bool(typed_before(words, shown))


def typed_before(words: str, shown: str) -> str:
    """Return what `words` begin with where that is the number `shown`, with the marks and blanks around it.

    That of a head may stand in other numerals: `Article 5` for `Article V`.
    """
    said = plain(words)
    start = len(said) - len(said.lstrip(_ROUND))
    for number in _spelled(shown) if len(said) == len(words) else ():
        end = start + len(number)
        if number and said[start:end].casefold() == number and not said[end : end + 1].isalnum():
            return words[: end + len(said[end:]) - len(said[end:].lstrip(_ROUND))]
    return ""


def says_number(line: str, shown: str) -> bool:
    """Whether a line says the number `shown` and nothing else, that of a head in whatever numerals."""
    return bool(line) and typed_before(line, shown) == line


def _spelled(shown: str) -> Iterator[str]:
    """Yield a number as shown, then that of a head in figures and in Roman numerals, all in small letters."""
    number = plain(shown).strip(_ROUND).casefold()
    yield number
    word, _, figure = number.rpartition(" ")
    for form, value in readings(figure) if word.isalpha() else ():
        if form.numeral in _NUMERALS:
            yield from (f"{word} {numeral(value, other)}" for other in _NUMERALS if other != form.numeral)


def _same_but_numbers(one: Content, other: Content) -> bool:
    """Whether two paragraphs differ in nothing but numbers that their fields show."""
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
