"""A comparison: two texts, each a file, an agreement or a provision, in pairs of provisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from agreements import reading
from agreements.bookmarks import marks_of
from agreements.classifying import topics_at, topics_by_path
from agreements.comparing.alignment import (
    WORDS_STAND,
    AlignedProvision,
    ChangeKind,
    Pair,
    align,
    other_original,
    paired_documents,
    put_in_order,
)
from agreements.comparing.one_draft import identified, read_as_foreign, strange
from agreements.comparing.tokens import words
from agreements.comparing.words import DiffSegment, differences, same_words
from agreements.display import shown_short
from agreements.findings import Finding
from agreements.languages import not_read
from agreements.model import Agreement, Document
from agreements.reading import source
from agreements.reference import Place, document_name, places
from agreements.topics import NOT_FOUND, fine_of
from agreements.topics import topic as known_topic

_HEADED = frozenset(("article", "section"))  # what stands under a word and a number
_BY_WHAT = ("title", "place", "note", "label")  # what is counted by what it is, wherever it stands
_MANY = 12  # provisions without a changed word that are named
_NO_WORDS: tuple[tuple[ChangeKind, str], ...] = (
    ("typography", "Typography alone differs, no word"),
    ("alternat", "B is the other original: the parties are named in its order, and no word changed"),
)
_OUTCOMES = {
    "proven": "Proven: with all changes accepted the redline is B, with all rejected A, in all that was examined.",
    "named": "Proven for all words; what Word cannot track is named below.",
    "unexplained": "NOT PROVEN: words differ that no tracked change explains.",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: the agreement, the one `place` of it that was named, the file it was read from.

    `marks` are the hidden marks of a file of ours, by the paths of the provisions; `by_styles` says that it was read by
    its styles, as a file of ours is.
    """

    agreement: Agreement
    place: Place | None = None
    file: Path | None = None
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)
    by_styles: bool = False

    @property
    def name(self) -> str:
        """Return how it is called: the file's name, or the reference."""
        if self.file:
            return self.file.name
        return f"{self.agreement.id}#{self.place.path}" if self.place else self.agreement.id

    @property
    def content(self) -> Agreement | Place:
        """Return what of it is compared."""
        return self.place or self.agreement

    def word_file(self) -> bytes | None:
        """Return the bytes of the Word file that it was read from, None where it was not."""
        if self.file is None:
            return None
        loaded = source.load(self.file)
        return loaded.data if source.kind_of(loaded) == "word" else None

    def ref(self, side: AlignedProvision | None) -> str | None:
        """Return the reference of a provision of this side, None where it has none."""
        return f"{self.agreement.id}#{side.path}" if side else None


@dataclass(frozen=True, slots=True)
class OtherDifference:
    """Where two texts differ and no pair of provisions says so: the story, how and what, what leads there."""

    story: str
    how: str
    what: str
    pieces: tuple[DiffSegment, ...]


@shown_short
@dataclass(slots=True)
class Comparison:
    """Two texts compared: their provisions in pairs, what a person should know, the files written.

    `elsewhere` is what differs and stands in no pair: titles, annexes that changed places and, between two Word files,
    headers, notes and objects;
    `comments` are those that only one of them has, with a sign before each (`-`: only A, `+`: only B).
    `not_seen` is what is known of the topic asked for on a side where no provision is about it.
    `second_reading` is what a reading of the raw files by other code finds where nothing else differs (None: not made);
    `proof` is what came of that of a redline (`proven`, `named`, `unexplained`; empty: none was made). `not_examined`
    is what neither looked at.
    """

    a: Compared
    b: Compared
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)
    elsewhere: tuple[OtherDifference, ...] = ()
    comments: tuple[str, ...] = ()
    not_seen: dict[str, str] = field(default_factory=dict)
    second_reading: tuple[str, ...] | None = None
    proof: str = ""
    not_examined: str = ""

    def shown(self, *, everything: bool = False) -> tuple[Pair, ...]:
        """Return the pairs that have words to show: those in which a word changed, or `everything`.

        What a provision was split into or merged from stands in the pair of that provision.
        """
        return tuple(p for p in self.pairs if not p.part_of and (everything or p.change not in WORDS_STAND))

    def runs(self) -> tuple[tuple[bool, tuple[Pair, ...]], ...]:
        """Return all pairs that have words to show in reading order, neighbours in which every word stands together.

        Each run comes with whether every word stands; a pair in which one changed is a run of its own.
        """
        found: list[tuple[bool, tuple[Pair, ...]]] = []
        for stands, neighbours in groupby(self.shown(everything=True), lambda pair: pair.change in WORDS_STAND):
            pairs = tuple(neighbours)
            found += [(True, pairs)] if stands else [(False, (pair,)) for pair in pairs]
        return tuple(found)

    def said(self, *, where_shown: str = "") -> tuple[str, ...]:
        """Return in sentences what came of the comparison: what bears another number, what differs in no word, the sum.

        Then what a second reading and a proof showed, and what nobody looked at. `where_shown` says where those without
        a changed word can be read.
        """
        return (*self._renumbered(), *self._no_words(where_shown), self._sum(), *self._proof())

    def _renumbered(self) -> Iterator[str]:
        if pairs := [pair for pair in self.pairs if pair.change == "renumbered"]:
            yield f"Renumbered: {', '.join(map(_renumbered, pairs[:_MANY]))}{_and_more(len(pairs))}."

    def _no_words(self, where_shown: str) -> Iterator[str]:
        """Yield where no word changed and something did, one line for each kind."""
        for kind, said in _NO_WORDS:
            if paths := [pair.names[1] for pair in self.pairs if pair.change == kind]:
                yield f"{said}, in {', '.join(paths[:_MANY])}{_and_more(len(paths))}{where_shown}."

    def _sum(self) -> str:
        counts: dict[str, int] = {}
        for pair in self.pairs:
            counts[pair.change] = counts.get(pair.change, 0) + 1
        if not self.pairs:
            return f"No provision to compare.{self._besides()}"
        deleted = sum(pair.words_deleted for pair in self.pairs)
        inserted = sum(pair.words_inserted for pair in self.pairs)
        kinds = ", ".join(f"{count} {change.replace('-', ' and ')}" for change, count in counts.items())
        said = f"{len(self.pairs)} provisions: {kinds}. {deleted} words deleted, {inserted} inserted."
        return f"{said}{self._besides()}"

    def _besides(self) -> str:
        """Return how many differences there are beside the words of provisions, by where or what they are."""
        counts: dict[str, int] = {}
        for difference in self.elsewhere:
            by_what = difference.story == "body" or difference.what in _BY_WHAT
            what = difference.what if by_what else difference.story
            counts[what] = counts.get(what, 0) + 1
        if self.comments:
            counts["comments"] = len(self.comments)
        return f" Besides: {', '.join(f'{what} {count}' for what, count in counts.items())}." if counts else ""

    def _proof(self) -> Iterator[str]:
        """Yield what a reading of the raw files by other code has shown."""
        if self.proof:
            yield _OUTCOMES[self.proof]
        elif self.second_reading:
            yield "A second reading, of the raw files, finds: " + " ".join(self.second_reading)
        elif self.second_reading is not None:
            yield "A second reading, of the raw files by other code, finds no difference either."
        if self.not_examined:
            yield f"Not examined: {self.not_examined}."

    def as_json(self) -> dict[str, Any]:
        """Return all of it as the JSON contract has it; `second_reading` and `proof` are null where none was made."""
        return {
            "a": self.a.name,
            "b": self.b.name,
            "pairs": [self._row(pair) for pair in self.pairs],
            "elsewhere": [
                {"in": d.story, "change": d.how, "what": d.what, "differences": [[p.kind, p.text] for p in d.pieces]}
                for d in self.elsewhere
            ],
            "comments": list(self.comments),
            "not_seen": self.not_seen,
            "second_reading": None if self.second_reading is None else list(self.second_reading),
            "proof": self.proof or None,
            "not_examined": self.not_examined,
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }

    def _row(self, pair: Pair) -> dict[str, Any]:
        row: dict[str, Any] = {
            "a": self.a.ref(pair.a),
            "b": self.b.ref(pair.b),
            "change": pair.change,
            "similarity": round(pair.similarity, 3),
            "words_deleted": pair.words_deleted,
            "words_inserted": pair.words_inserted,
        }
        if pair.a and pair.b and pair.a.number != pair.b.number:
            row["number"] = [pair.a.number, pair.b.number]
        for name, pieces in (("heading", pair.heading), ("text", pair.text)):
            if any(piece.kind != "equal" for piece in pieces):
                row[name] = [[piece.kind, piece.text] for piece in pieces]
        return row


def _renumbered(pair: Pair) -> str:
    """Return a provision with its numbers; one that came or went without any other change is told in full."""
    here, there = pair.names
    numbers = (pair.a.number if pair.a else "", pair.b.number if pair.b else "")
    if all(numbers):
        return f"{here} is {there}"
    return f"{there} has no number, and had {numbers[0]}" if numbers[0] else f"{there} has the number {numbers[1]} now"


def _and_more(count: int) -> str:
    return f" and {count - _MANY} more" if count > _MANY else ""


def compared(a: Compared, b: Compared, *, topic: str = "") -> Comparison:
    """Return the provisions of `a` and `b` in pairs; `topic` (fine or core id) keeps those about it.

    Raises `NotFoundError` for an unknown topic.
    """
    first, second, pairs = _paired(a, b)
    if topic:
        pairs = _about(topic, pairs, first.agreement, second.agreement)
    sides = (("a", first), ("b", second)) if topic else ()
    not_seen = {name: _not_seen(side) for name, side in sides if not _is_about(topic, side)}
    words.cache_clear()  # of two long texts they fill the memory, and no other comparison asks for the same
    whole = first.place is None and second.place is None and not topic
    heads = _heads(first.agreement, second.agreement, pairs) if whole else ()
    beside = (*heads, *_beside(first.agreement, second.agreement, pairs))
    return Comparison(first, second, pairs, (*first.findings, *second.findings), elsewhere=beside, not_seen=not_seen)


def _heads(a: Agreement, b: Agreement, pairs: Sequence[Pair]) -> Iterator[OtherDifference]:
    """Yield where documents have other titles, and which annexes changed places: no provision says so.

    Titles that differ in the order of the parties alone, as in the other original of one agreement, are the same.
    """
    parties = other_original(pairs, a, b)
    for one, other in paired_documents(a, b):
        if one is None or other is None:
            alone = one or other
            if alone and alone.title:
                piece = DiffSegment("deleted" if one else "inserted", alone.title)
                yield OtherDifference(document_name(alone), "removed" if one else "added", "title", (piece,))
            continue
        story = document_name(other)
        if one.number != other.number and one.number and other.number:
            named = (f"{each.role.replace('-', ' ').capitalize()} {each.number}" for each in (one, other))
            yield OtherDifference(story, "moved", "place", differences(*named))
        before, after = (_designator(each) for each in (one, other))
        if before and after and before.casefold() != after.casefold():
            yield OtherDifference(story, "changed", "title", differences(before, after))
        before, after = _title(one, a), _title(other, b)
        before = put_in_order(before, after, parties) if parties else before
        if not same_words(before.casefold(), after.casefold()):
            yield OtherDifference(story, "changed", "title", differences(before, after, by_words=True))


def _designator(document: Document) -> str:
    """Return the word by which an annex is called: `Schedule` of `SCHEDULE B Sites`; nothing where it has no number."""
    title = document.title or ""
    return title.removesuffix(document.own_title).strip().partition(" ")[0] if document.number else ""


def _beside(a: Agreement, b: Agreement, pairs: Sequence[Pair]) -> Iterator[OtherDifference]:
    """Yield where provisions that answer each other have other notes, or are called otherwise (`Section 2`)."""
    here, there = ({place.path: place.provision for place in places(each)} for each in (a, b))
    for pair in pairs:
        one, other = here.get(pair.a.path) if pair.a else None, there.get(pair.b.path) if pair.b else None
        if one is None or other is None or pair.a is None or pair.b is None:
            continue
        notes = ["\n".join(mark.target for mark in each.marks if mark.kind == "note") for each in (one, other)]
        if not same_words(*notes):
            how = "changed" if all(notes) else "removed" if notes[0] else "added"
            yield OtherDifference(f"at {pair.b.path}", how, "note", differences(*notes, by_words=True))
        labels = [(each.label or each.kind).replace("#", "").strip().capitalize() for each in (one, other)]
        if {one.kind, other.kind} <= _HEADED and labels[0] != labels[1]:
            yield OtherDifference(f"at {pair.b.path}", "changed", "label", differences(*labels))


def _title(document: Document, agreement: Agreement) -> str:
    return document.own_title or (agreement.title if document is agreement.documents[0] else "")


def _not_seen(side: Compared) -> str:
    """Return what is said of a side on which no clause about a topic was seen."""
    return not_read("clauses", (d.language for d in side.agreement.documents if d.provisions)) or NOT_FOUND


def _paired(a: Compared, b: Compared) -> tuple[Compared, Compared, tuple[Pair, ...]]:
    """Return both sides, read alike where both are Word files, and their provisions in pairs."""
    found = _aligned(a, b)
    if not (a.by_styles or b.by_styles) or not strange(found[2]):
        return found
    if a.word_file() is None or b.word_file() is None:
        return found
    others = [_aligned(_foreign(a), b)] if a.by_styles else []
    others += [_aligned(a, _foreign(b))] if b.by_styles else []
    return min(found, *others, key=lambda each: strange(each[2]))


def _aligned(a: Compared, b: Compared) -> tuple[Compared, Compared, tuple[Pair, ...]]:
    one, other = _by_marks(a, b)
    return one, other, align(one.content, other.content)


def _foreign(side: Compared) -> Compared:
    if side.file is None:
        return side
    found = reading.read(side.file)
    agreement = read_as_foreign(found, id=side.agreement.id).agreement
    return replace(side, agreement=agreement, marks=marks_of(agreement, found.blocks))


def _by_marks(a: Compared, b: Compared) -> tuple[Compared, Compared]:
    """Return both sides with the hidden marks that they share, as two files of one draft do, as ids to match by."""
    one, other = identified(a.agreement, a.marks, b.agreement, b.marks)
    return replace(a, agreement=one), replace(b, agreement=other)


def _about(topic: str, pairs: Sequence[Pair], a: Agreement, b: Agreement) -> tuple[Pair, ...]:
    """Return the pairs of which a side is about `topic`."""
    wanted = {known_topic(topic).id, *fine_of(topic)}
    first, second = topics_by_path(a), topics_by_path(b)
    return tuple(p for p in pairs if wanted & {*_topics(first, p.a), *_topics(second, p.b)})


def _is_about(topic: str, side: Compared) -> bool:
    """Whether a provision of `side` is about `topic` (fine or core id); raises `NotFoundError` for an unknown one."""
    wanted = {known_topic(topic).id, *fine_of(topic)}
    by_path = topics_by_path(side.agreement)
    within = (each for path, each in by_path.items() if side.place is None or path.startswith(side.place.path))
    return any(wanted.intersection(each) for each in within)


def _topics(by_path: Mapping[str, Sequence[str]], side: AlignedProvision | None) -> Sequence[str]:
    return topics_at(by_path, side.path) if side else ()
