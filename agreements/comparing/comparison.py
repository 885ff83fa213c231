"""A comparison: two texts, each a file, an agreement or a provision, in pairs of provisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from agreements import reading
from agreements.bookmarks import marks_of
from agreements.classifying import topics_at, topics_by_path
from agreements.comparing.alignment import AlignedProvision, Pair, align
from agreements.comparing.one_draft import identified, read_as_foreign, strange
from agreements.comparing.words import DiffSegment
from agreements.display import shown_short
from agreements.findings import Finding
from agreements.model import Agreement
from agreements.reading import source
from agreements.reference import Place
from agreements.topics import NOT_FOUND, fine_of
from agreements.topics import topic as known_topic


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
    """Where two Word files differ and no pair of provisions says so: the story, how and what, what leads there."""

    story: str
    how: str
    what: str
    pieces: tuple[DiffSegment, ...]


@shown_short
@dataclass(slots=True)
class Comparison:
    """Two texts compared: their provisions in pairs, what a person should know, the files written.

    `elsewhere` is what differs between two Word files and stands in no pair (headers, notes, objects, titles);
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


def compared(a: Compared, b: Compared, *, topic: str = "") -> Comparison:
    """Return the provisions of `a` and `b` in pairs; `topic` (fine or core id) keeps those about it.

    Raises `NotFoundError` for an unknown topic.
    """
    first, second, pairs = _paired(a, b)
    if topic:
        pairs = _about(topic, pairs, first.agreement, second.agreement)
    sides = (("a", first), ("b", second)) if topic else ()
    not_seen = {name: NOT_FOUND for name, side in sides if not _is_about(topic, side)}
    return Comparison(first, second, pairs, (*first.findings, *second.findings), not_seen=not_seen)


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
