"""The drafts of several hands combined: what each proposes in one Word file, where proposals meet, one file with all.

Each draft is held against the same base, so that whether a hand tracked its changes makes no difference. A proposal
that meets no other can be made; where two meet, none is made before a person chooses, and both stand in a comment. Each
hand signs its own in the combined file. What no proposal can say (a picture, a format) is named, not lost in silence.
"""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from lxml import etree

from agreements.comparing.tokens import tokens
from agreements.comparing.words import Edit, edits
from agreements.findings import Finding
from agreements.language.typography import says_the_same
from agreements.ooxml import walk
from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import highest_id, holder
from agreements.ooxml.schema import name
from agreements.word.revising.align import Arrival, BlockElement, BlockPlan, boxes, plan, put_before
from agreements.word.revising.carrying import Carrier
from agreements.word.revising.changes import stories
from agreements.word.revising.comments import Comment, add_comment, read_comments
from agreements.word.revising.differences import EMPTY_NUMBERED, Difference, file_differences
from agreements.word.revising.proof import Proof
from agreements.word.revising.redline import RedlineOptions, moment, redline
from agreements.word.revising.rewording import NEVER_EMPTY, applied, remove, reword
from agreements.word.revising.stories import edges, notes

ProposalKind = Literal["changed", "added", "removed", "moved"]

_LAST = sys.maxsize  # after every element
_CONTEXT = 8  # tokens before and after a change by which a reader finds it
_BESIDE = ("object", "cells")
_ANCESTORS = tuple(name(tag) for tag in ("tbl", "tr", "tc", "p", "footnote", "endnote"))


@dataclass(frozen=True, slots=True)
class HandDraft:
    """The draft of one hand (an office) without tracked changes, and the `file_name` for messages."""

    hand: str
    content: bytes
    file_name: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Where words are put in: before the `paragraph` of the body of the base, or `after` it, where none follows."""

    paragraph: int
    after: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit of the base, by whom it is proposed, and the numbers of those that it cannot stand beside (`meets`).

    `paragraph` counts those of the body of the base from 0: what it changes, takes out or moves; None elsewhere, then
    `story` says where. `into` is where it puts words in or moves them to. `before` and `after` are its words, `lead`
    and `tail` those around a change in a paragraph.
    """

    number: int
    hands: tuple[str, ...]
    kind: ProposalKind
    before: str
    after: str
    paragraph: int | None
    story: str = "body"
    lead: str = ""
    tail: str = ""
    meets: tuple[int, ...] = ()
    into: Gap | None = None


@dataclass(frozen=True, slots=True)
class HandRemark:
    """A comment that a hand wrote, on the paragraph of the base (None: on one that it put in, or on none)."""

    hand: str
    comment: Comment
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What a hand changed that no proposal says, in words."""

    hand: str
    what: str


@dataclass(frozen=True, slots=True)
class CombinedFile:
    """The Word file with the proposals of each hand under its name, and the proofs of how it was made."""

    content: bytes
    proofs: tuple[Proof, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """What hands propose for the Word file `base`."""

    base: bytes
    base_name: str
    drafts: tuple[HandDraft, ...]
    proposals: tuple[Proposal, ...]
    remarks: tuple[HandRemark, ...]
    unmerged: tuple[Unmerged, ...]
    typography: Mapping[str, int]
    _made: tuple["_Made", ...] = field(repr=False)

    @property
    def undisputed(self) -> frozenset[int]:
        """The numbers of the proposals that meet no other."""
        return frozenset(each.number for each in self.proposals if not each.meets)

    def shared_with(self, other: "Combination") -> frozenset[int]:
        """Return the numbers of the proposals of which `other`, on the same base, holds one or a part of one."""
        return frozenset(one.number for one in self._made if any(_is_of(each, one) for each in other._made))

    def text(self, chosen: Collection[int]) -> bytes:
        """Return the base with the proposals of the numbers `chosen` made, without tracked changes."""
        return _Builder(self, chosen).content()

    def marked_up(self, chosen: Collection[int], *, date: str, clerk: str) -> CombinedFile:
        """Return the base with the `chosen` proposals as tracked changes, each signed by the first hand that made it.

        Proposals that meet and are not chosen, and the remarks of hands, stand in comments; those on proposals are
        signed by `clerk`, who combines. Raises as `redline`.
        """
        content, proofs, findings = self.base, list[Proof](), list[Finding]()
        hands = [draft.hand for draft in self.drafts]
        for number, hand in enumerate(hands):
            earlier = hands[: number + 1]
            numbers = {p.number for p in self.proposals if p.number in chosen and p.hands[0] in earlier}
            is_last = number + 1 == len(hands)
            own = {p.number for p in self.proposals if p.number in numbers and p.hands[0] == hand}
            if not own and not is_last:
                continue
            builder = _Builder(self, numbers)
            if is_last:
                builder.comment(chosen, date=moment(date), clerk=clerk)
            options = RedlineOptions(hand if own else clerk, date, prior="keep")
            made = redline(content, builder.content(), options, names=(self.base_name, f"the text with {hand}"))
            content = made.content
            proofs.append(made.proof)
            findings += made.findings
        return CombinedFile(content, tuple(proofs), tuple(dict.fromkeys(findings)))


def combine(base: bytes, drafts: Sequence[HandDraft], *, base_name: str = "the base") -> Combination:
    """Return what the `drafts` propose for `base`; none of these files holds tracked changes.

    Two hands that propose the same are one proposal of both. Raises `UnreadableError`.
    """
    found: list[_Made] = []
    remarks: list[HandRemark] = []
    unmerged: list[Unmerged] = []
    typography: dict[str, int] = {}
    for draft in drafts:
        reading = _DraftReading(base, draft, base_name)
        for made in reading.proposals():
            same = next((known for known in found if known.key == made.key), None)
            if same is None:
                found.append(made)
            elif draft.hand not in same.hands:
                same.hands.append(draft.hand)
        remarks += reading.remarks()
        unmerged += reading.unmerged()
        typography[draft.hand] = reading.typography
    found = _joined(sorted(found, key=lambda made: made.order))
    for number, made in enumerate(found, 1):
        made.number = number
    _tell_meetings(found)
    proposals = tuple(_told(base, base_name, found))
    return Combination(
        base, base_name, tuple(drafts), proposals, tuple(remarks), tuple(unmerged), typography, tuple(found)
    )


# ---------------------------------------------------------------------- one proposal, with its elements


@dataclass(slots=True, eq=False)
class _Made:
    """A proposal with its places: numbers of elements of a part of the base, in document order.

    `places` are what it changes, removes or moves; `anchor` is before what it puts in (None: at the end of the
    `container`). `edit` is where in the words, `new` what stands there then; `sources` are the elements put in.
    """

    kind: ProposalKind
    part: str
    hands: list[str]
    places: tuple[int, ...] = ()
    around: frozenset[int] = frozenset()
    container: int = 0
    anchor: int | None = None
    depth: int = 0
    edit: Edit | None = None
    base_words: str = ""
    new: tuple[str, ...] = ()
    sources: tuple[etree._Element, ...] = ()
    texts: tuple[str, ...] = ()
    sequence: int = 0  # among what the hand puts in there
    following: int | None = None  # the block after what it takes out
    number: int = 0
    meets: set[int] = field(default_factory=set)

    @property
    def key(self) -> tuple[object, ...]:
        """What it is the same by, whoever proposes it."""
        span = (self.edit.a0, self.edit.a1) if self.edit else ()
        return self.kind, self.part, self.places, self.container, self.anchor, span, self.new, self.texts

    @property
    def order(self) -> tuple[str, int, int, int]:
        """Where it is told."""
        put_in = self.kind in ("added", "moved")
        place = self.anchor if put_in else self.places[0]
        start = self.edit.a0 if self.edit else self.sequence
        return self.part, _LAST if place is None else place, int(not put_in), start


def _joined(found: Sequence[_Made]) -> list[_Made]:
    """Return the proposals, neighbours that the same hands take out as one, whatever others put in between."""
    out: list[_Made] = []
    for made in found:
        above = (each for each in out if each.kind == made.kind == "removed" and each.places[-1] == made.anchor)
        last = next((each for each in above if (each.hands, each.part) == (made.hands, made.part)), None)
        if last:
            last.places += made.places
            last.texts += made.texts
            last.following = made.following
        else:
            out.append(made)
    for made in out:
        if made.kind == "removed":
            made.anchor = None
    return out


def _tell_meetings(found: Sequence[_Made]) -> None:
    for index, one in enumerate(found):
        for other in found[index + 1 :]:
            if one.part == other.part and one.hands != other.hands and _meet(one, other):
                one.meets.add(other.number)
                other.meets.add(one.number)
    _tell_replacements(found)


def _tell_replacements(found: Sequence[_Made]) -> None:
    """Let what a hand takes out meet what its own words in that place meet: the one is not made without the other."""
    replaced = [
        (gone, come)
        for gone in found
        for come in found
        if (gone.kind, come.kind) == ("removed", "added")
        and _is_at(come, gone)
        and not set(gone.hands).isdisjoint(come.hands)
    ]
    numbers = {made.number: made for made in found}
    for gone, come in replaced:
        for number in (gone.meets | come.meets) - {gone.number, come.number}:
            for each in (gone, come):
                each.meets.add(number)
                numbers[number].meets.add(each.number)


def _is_at(come: _Made, gone: _Made) -> bool:
    """Whether what is put in stands after what is taken out, or among it."""
    if come.part != gone.part:
        return False
    return come.anchor in gone.places[1:] or (come.anchor == gone.following and _ends(come, gone))


def _ends(come: _Made, gone: _Made) -> bool:
    """Whether both are at the end of one container, where nothing follows in either."""
    return come.anchor is not None or come.container in gone.around or not gone.around


def _meet(one: _Made, other: _Made) -> bool:
    """Whether two proposals of different hands cannot both be made as they are."""
    kinds = {one.kind, other.kind}
    if kinds == {"added", "removed"}:
        come, gone = (one, other) if one.kind == "added" else (other, one)
        strangers = set(come.hands).isdisjoint(gone.hands)
        return _is_in(come, gone) or (strangers and come.anchor in gone.places[1:])
    if "removed" in kinds:
        return any(_is_in(a, b) for a, b in ((one, other), (other, one)) if b.kind == "removed")
    if kinds == {"changed"} and one.edit and other.edit:
        return one.places == other.places and one.edit.a0 <= other.edit.a1 and other.edit.a0 <= one.edit.a1
    if kinds == {"added"}:
        return (one.container, one.anchor) == (other.container, other.anchor)
    return kinds == {"moved"} and not set(one.places).isdisjoint(other.places)


def _is_of(part: _Made, whole: _Made) -> bool:
    """Whether `part` proposes in the same place what `whole` proposes, or some of it."""
    if part.part != whole.part or set(part.hands).isdisjoint(whole.hands):
        return False
    if part.edit and whole.edit:
        return part.places == whole.places and part.edit.a0 <= whole.edit.a1 and whole.edit.a0 <= part.edit.a1
    if part.edit or whole.edit:
        return False
    return not set(part.places).isdisjoint(whole.places) or not {*part.texts}.isdisjoint({*whole.texts})


def _is_in(one: _Made, gone: _Made) -> bool:
    return not {*one.places, *one.around}.isdisjoint(gone.places)


def _told(base: bytes, base_name: str, found: Sequence[_Made]) -> Iterator[Proposal]:
    parts = Package.looked_at(base_name, base)
    kinds = {parts.path_of(root): story for story, root in stories(parts)}
    body = {p: index for index, p in enumerate(walk.paragraphs(parts.body()))}
    elements = {path: list(root.iter()) for path, root in parts.stories().items()}

    def paragraph_at(part: str, place: int) -> int | None:
        element = elements[part][place]
        first = element if element.tag == name("p") else next(walk.paragraphs(element), None)
        return None if first is None else body.get(first)

    def into(made: _Made) -> Gap | None:
        if made.kind not in ("added", "moved") or made.part != parts.main:
            return None
        if made.anchor is not None:
            before = paragraph_at(made.part, made.anchor)
            return None if before is None else Gap(before)
        last = [body[p] for p in walk.paragraphs(elements[made.part][made.container]) if p in body]
        return Gap(last[-1], after=True) if last else None

    for made in found:
        before, after, lead, tail = _words_of(made)
        place = paragraph_at(made.part, made.places[0]) if made.places and made.part == parts.main else None
        yield Proposal(
            made.number,
            tuple(made.hands),
            made.kind,
            before,
            after,
            place,
            kinds[made.part],
            lead,
            tail,
            tuple(sorted(made.meets)),
            into(made),
        )


def _words_of(made: _Made) -> tuple[str, str, str, str]:
    """Return the words before and after, and those around."""
    whole = "\n".join(made.texts)
    if made.edit is None:
        return ("" if made.kind == "added" else whole, "" if made.kind == "removed" else whole, "", "")
    said = tokens(made.base_words)
    start, end = made.edit.a0, made.edit.a1
    lead = "".join(said[max(0, start - _CONTEXT) : start])
    tail = "".join(said[end : end + _CONTEXT])
    return "".join(said[start:end]), "".join(made.new), lead, tail


# ---------------------------------------------------------------------- reading a draft


class _DraftReading:
    """What one draft proposes for the base."""

    def __init__(self, base: bytes, draft: HandDraft, base_name: str) -> None:
        self._base, self._draft, self._base_name = base, draft, base_name
        self._a = Package.looked_at(base_name, base)
        self._b = Package.looked_at(draft.file_name, draft.content)
        self._places = {e: (path, n) for path, root in self._a.stories().items() for n, e in enumerate(root.iter())}
        self._answers: dict[etree._Element, etree._Element] = {}  # paragraphs of the draft to those of the base
        self.typography = 0
        self._found = [made for whole in self._plans() for each in whole.walk() for made in self._of(each)]

    def _plans(self) -> Iterator[BlockPlan]:
        for here, there in [
            (self._a.body(), self._b.body()),
            *notes(self._a, self._b),
            *edges(self._a, self._b),
        ]:
            yield plan(here, there)
            floating = list(boxes(here)), list(boxes(there))
            if len(floating[0]) == len(floating[1]):
                yield from (plan(one, other) for one, other in zip(*floating, strict=True))

    def proposals(self) -> list[_Made]:
        """Return what the draft proposes."""
        return self._found

    def _of(self, each: BlockPlan) -> Iterator[_Made]:
        for a, b in each.pairs:
            if a.is_paragraph:
                self._answers[b.element] = a.element
                yield from self._changed(a, b)
        for _, group in groupby(each.arrivals, key=lambda x: (x.source is None, x.before and id(x.before.element))):
            arrivals = list(group)
            if arrivals[0].source is None:
                yield self._added(each, arrivals)
        for move in each.moves:
            yield self._moved(each, move)
            for arrival in move:
                if arrival.source is not None:
                    self._answers[arrival.block.element] = arrival.source.element
                    yield from self._changed(arrival.source, arrival.block)
        for block in each.gone:
            yield self._removed(block)

    def _changed(self, a: BlockElement, b: BlockElement) -> Iterator[_Made]:
        if a.text == b.text:
            return
        before, after = tokens(a.text), tokens(b.text)
        part, place = self._places[a.element]
        for edit in edits(before, after):
            new = after[edit.b0 : edit.b1]
            if says_the_same("".join(before[edit.a0 : edit.a1]), "".join(new)):
                self.typography += 1
                continue
            around = self._around(a.element)
            made = _Made("changed", part, [self._draft.hand], (place,), around)
            made.edit, made.base_words, made.new = Edit(edit.a0, edit.a1, 0, 0), a.text, tuple(new)
            yield made

    def _added(self, each: BlockPlan, arrivals: Sequence[Arrival]) -> _Made:
        part, container = self._places[each.container]
        anchor = self._anchor(arrivals[0])
        return _Made(
            "added",
            part,
            [self._draft.hand],
            around=frozenset({container, *self._around(each.container)}),
            container=container,
            anchor=anchor,
            depth=min(len(arrival.block.around) for arrival in arrivals),
            sequence=each.arrivals.index(arrivals[0]),
            sources=tuple(arrival.block.element for arrival in arrivals),
            texts=tuple(arrival.block.text or self._empty(arrival.block, self._b) for arrival in arrivals),
        )

    def _moved(self, each: BlockPlan, move: Sequence[Arrival]) -> _Made:
        part, container = self._places[each.container]
        sources = [arrival.source for arrival in move if arrival.source is not None]
        return _Made(
            "moved",
            part,
            [self._draft.hand],
            tuple(self._places[source.element][1] for source in sources),
            frozenset({container, *self._around(each.container)}).union(*(self._around(x.element) for x in sources)),
            container,
            self._anchor(move[0]),
            texts=tuple(source.text for source in sources),
            sequence=each.arrivals.index(move[0]),
        )

    def _removed(self, block: BlockElement) -> _Made:
        part, place = self._places[block.element]
        before = block.element.getprevious()
        anchor = self._places[before][1] if before is not None and before in self._places else None
        around = self._around(block.element)
        after = block.element.getnext()
        following = self._places[after][1] if after is not None and after.tag != name("sectPr") else None
        said = (block.text or self._empty(block, self._a),)
        made = _Made("removed", part, [self._draft.hand], (place,), around, anchor=anchor, texts=said)
        made.following = following
        return made

    def _empty(self, block: BlockElement, package: Package) -> str:
        """Return in words what a paragraph without words is: it may show a number, and those after it count on."""
        if block.text or not block.is_paragraph:
            return ""
        counter = ListCounter(package.first("numbering"), package.first("styles"))
        numbers = {each: counter.number(each) for each in walk.paragraphs(package.body())}
        shown = numbers.get(block.element)
        return EMPTY_NUMBERED.format(shown.text) if shown and shown.text else "[an empty paragraph]"

    def _anchor(self, arrival: Arrival) -> int | None:
        before = arrival.before
        return None if before is None else self._places[before.element][1]

    def _around(self, element: etree._Element) -> frozenset[int]:
        return frozenset(self._places[e][1] for e in element.iterancestors(*_ANCESTORS))

    def remarks(self) -> Iterator[HandRemark]:
        """Yield the comments of the draft that the base has not."""
        known = {(c.author, c.date, c.text) for c in _comments(self._a)}
        body = list(walk.paragraphs(self._b.body()))
        ours = {p: index for index, p in enumerate(walk.paragraphs(self._a.body()))}
        for comment in _comments(self._b):
            if (comment.author, comment.date, comment.text) in known:
                continue
            there = body[comment.paragraph] if 0 <= comment.paragraph < len(body) else None
            here = None if there is None else self._answers.get(there)
            yield HandRemark(self._draft.hand, comment, None if here is None else ours.get(here))

    def unmerged(self) -> Iterator[Unmerged]:
        """Yield what differs in the draft and stands in no proposal."""
        found = file_differences(self._base, self._draft.content, names=(self._base_name, self._draft.file_name))
        for each in found.differences:
            if each.what in _BESIDE:
                yield Unmerged(self._draft.hand, f"{_THINGS[each.what]}: {_short(each)}")
        numbers = [each for each in found.differences if each.what == "number" and each.how == "changed"]
        if numbers:
            yield Unmerged(
                self._draft.hand, f"the numbers of {len(numbers)} paragraphs, first of “{_short(numbers[0])}”"
            )
        paired = {path for path, _ in (self._places[p] for p in self._answers.values())} | {self._a.main}
        for each in found.differences:
            if each.what == "words" and self._is_alone(each, paired):
                yield Unmerged(self._draft.hand, f"a {each.story} was {each.how}: {_short(each)}")
        for there, here in self._answers.items():
            one, other = _formulas(here), _formulas(there)
            if one != other and "".join(one) != "".join(other):
                yield Unmerged(self._draft.hand, f"a formula, whose letters alone are merged: “{' '.join(other)}”")
        for element in found.unknown:
            yield Unmerged(self._draft.hand, f"nothing is said of <{element}>, which the program does not know")

    def _is_alone(self, each: Difference, paired: Collection[str]) -> bool:
        """Whether a difference stands in a header, footer or note that only one of the files has."""
        if each.story == "body" or each.how not in ("added", "removed"):
            return False
        texts = {text for made in self._found for text in made.texts}
        return (each.after or each.before) not in texts


_THINGS = {"object": "a picture, link or other object", "cells": "the cells of a row"}


def _formulas(paragraph: etree._Element) -> list[str]:
    """Return the letters of the formulas in a paragraph."""
    return [walk.formula_text(each) for each in paragraph.iter(f"{walk.MATH}oMath")]


def _short(each: Difference) -> str:
    said = " ".join((each.after or each.before).split())
    return said if len(said) <= 60 else f"{said[:59]}…"


def _comments(package: Package) -> tuple[Comment, ...]:
    return read_comments(package, list(walk.paragraphs(package.body())))


# ---------------------------------------------------------------------- making the text


class _Builder:
    """Makes chosen proposals in a copy of the base."""

    def __init__(self, combination: Combination, chosen: Collection[int]) -> None:
        self._of = combination
        self._parts = Package.of(combination.base_name, combination.base)
        self._elements = {path: list(root.iter()) for path, root in self._parts.stories().items()}
        self._paragraphs = list(walk.paragraphs(self._parts.body()))
        made = [each for each in combination._made if each.number in chosen]
        self._carriers: dict[str, Carrier] = {}
        first = highest_id(self._parts.stories().values()) + 1
        self._ids = iter(range(first, first + 10**6))
        for each in made:
            if each.kind in ("added", "moved"):
                self._put(each)
        for _, group in groupby(
            sorted((m for m in made if m.kind == "changed"), key=lambda m: (m.part, m.places)),
            key=lambda m: (m.part, m.places),
        ):
            self._reword(list(group))
        for each in made:
            if each.kind == "removed":
                for place in each.places:
                    self._take_out(self._elements[each.part][place])

    def _put(self, made: _Made) -> None:
        there = self._elements[made.part]
        container = there[made.container]
        following = None if made.anchor is None else BlockElement(there[made.anchor], (), self._held(there, made))
        if made.kind == "moved":
            blocks = [there[place] for place in made.places]
        else:
            carrier = self._carrier(made)
            blocks = [carrier.copied(source) for source in made.sources]
        for block in blocks:
            put_before(container, block, following, made.depth)

    def _held(self, there: Sequence[etree._Element], made: _Made) -> tuple[etree._Element, ...]:
        """Return what stands between the container and the element that `made` is put before, outermost first."""
        if made.anchor is None:
            return ()
        found: list[etree._Element] = []
        for around in there[made.anchor].iterancestors():
            if around is there[made.container]:
                break
            found.insert(0, around)
        return tuple(found)

    def _carrier(self, made: _Made) -> Carrier:
        """Return what brings the elements of the draft of the first hand over."""
        hand = made.hands[0]
        draft = next(each for each in self._of.drafts if each.hand == hand)
        if hand not in self._carriers:
            other = Package.of(draft.file_name, draft.content)
            carrier = Carrier(self._parts, other, lambda: next(self._ids))
            pairs = [p for whole in plan(self._parts.body(), other.body()).walk() for p in whole.pairs]
            carrier.learn((a.element, b.element) for a, b in pairs if a.is_paragraph)
            self._carriers[hand] = carrier
        self._carriers[hand].place = made.part, self._carriers[hand].place[1]
        return self._carriers[hand]

    def _reword(self, group: Sequence[_Made]) -> None:
        said = tokens(group[0].base_words)
        changes = [(each.edit, each.new) for each in group if each.edit]
        paragraph = self._elements[group[0].part][group[0].places[0]]
        reword(paragraph, "".join(applied(said, sorted(changes, key=lambda change: (change[0].a0, change[0].a1)))))

    def _take_out(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None:
            return
        section = element.find(f"{name('pPr')}/{name('sectPr')}") if element.tag == name("p") else None
        alone = parent.tag in NEVER_EMPTY and len(parent.findall(name("p"))) == 1 and element.tag == name("p")
        if section is not None or alone:
            reword(element, "")
            return
        remove(element)
        if parent.tag == name("tbl") and parent.find(name("tr")) is None:
            holder(parent).remove(parent)

    def comment(self, chosen: Collection[int], *, date: str, clerk: str) -> None:
        """Put in comments where proposals meet, who else made one, and what hands remarked."""
        done: set[int] = set()
        for each in self._of.proposals:
            if each.number in done or not each.meets:
                continue
            group = self._meeting(each.number)
            done |= group
            if group & set(chosen):
                continue
            met = [p for p in self._of.proposals if p.number in group]
            lines = [
                "These proposals meet; none is made:",
                *(f"{p.number}. {', '.join(p.hands)}: {_said(p)}" for p in met),
            ]
            self._say(each.paragraph, lines, clerk, date)
        for each in self._of.proposals:
            if each.number in chosen and len(each.hands) > 1:
                self._say(each.paragraph, [f"{each.number}. Also {', '.join(each.hands[1:])}."], clerk, date)
        for remark in self._of.remarks:
            self._say(remark.paragraph, remark.comment.text.splitlines() or [""], remark.hand, date)

    def _meeting(self, number: int) -> set[int]:
        """Return the numbers of the proposals that meet, directly or through others, the one with `number`."""
        by_number = {each.number: each for each in self._of.proposals}
        found, pending = set[int](), [number]
        while pending:
            at = pending.pop()
            if at not in found:
                found.add(at)
                pending += by_number[at].meets
        return found

    def _say(self, paragraph: int | None, lines: Sequence[str], author: str, date: str) -> None:
        here = None if paragraph is None else self._paragraphs[paragraph]
        if here is None or here.getparent() is None:
            here = next((p for p in self._paragraphs if p.getparent() is not None), None)
        if here is not None:
            add_comment(self._parts, here, list(lines), author=author, date=date)

    def content(self) -> bytes:
        """Return the file."""
        return self._parts.content()


def _said(proposal: Proposal) -> str:
    match proposal.kind:
        case "changed" if not proposal.before:
            return f"put in “{proposal.after.strip()}” after “{proposal.lead.strip()}”"
        case "changed" if not proposal.after:
            return f"strike “{proposal.before.strip()}”"
        case "changed":
            return f"“{proposal.after.strip()}” in the place of “{proposal.before.strip()}”"
        case "added":
            return f"put in “{proposal.after}”"
        case "removed":
            return f"strike “{proposal.before}”"
    return f"move “{proposal.before}”"
