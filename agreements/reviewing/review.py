"""A review: what the other side's file changes in ours, clause by clause, against positions and precedents."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.classifying import topics_at, topics_by_path
from agreements.comparing import WORDS_STAND
from agreements.display import shown_short
from agreements.drafting import clauses_by_mark, has_record
from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.language.party_order import by_order
from agreements.marking import highest
from agreements.model import Agreement
from agreements.negotiation.positions import Positions, texts_of
from agreements.reference import places
from agreements.reviewing.clauses import TouchedClause, clauses_of, fold_moves
from agreements.reviewing.consequences import find_consequences
from agreements.reviewing.kinds import WordReplacement, find_kinds, find_replacements
from agreements.reviewing.precedents import precedents_of
from agreements.reviewing.reading_order import ground_of
from agreements.reviewing.texts import Texts, load_texts
from agreements.word import Unlike, sentences

if TYPE_CHECKING:
    from agreements.search.precedents import OpenPrecedents, PrecedentSearch

_OUR_STATE = "USA"
_NUMBER_ALONE = re.compile(r"(?:note\s+)?(?:no|nr|n[°ºr])\.?\s*\S{1,12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """What a negotiation records that their words are held against.

    The review bears its `marking` at least. `agreed` are the paths in our text of what was agreed before; `partner`
    and `title` are what the papers call the other side and the matter. `tabled` says in words which text of ours a file
    is, by its hash. `limits` are those of the authority, which nothing here examines.
    """

    positions: Positions = field(default_factory=Positions)
    marking: str = ""
    agreed: tuple[str, ...] = ()
    partner: str = ""
    title: str = ""
    tabled: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[str, ...] = ()


@shown_short
@dataclass
class Review:
    """What `theirs` changes in `ours` (names of the files), clause by clause in reading order.

    `likeness` (0 to 1) is that of their file without tracked changes to ours; `renumbered` are (our path, their path)
    of provisions with the same words under another number, `replaced` words that others took the place of throughout.
    `texts` are what it was made from.
    """

    ours: str
    theirs: str
    likeness: float
    clauses: list[TouchedClause]
    renumbered: list[tuple[str, str]]
    texts: Texts
    marking: str = ""
    findings: tuple[Finding, ...] = ()
    replaced: tuple[WordReplacement, ...] = ()
    record: HeldAgainst = field(default_factory=HeldAgainst)
    files: list[Path] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title of what is negotiated: as our text has it, else the record, else their text; may be empty.

        A note bears a number (`No. 47`), which is no title of the agreement that it constitutes: the record comes first
        there, and without one it is an exchange of notes with the partner.
        """
        ours, theirs = (_titled(text.agreement) for text in (self.texts.ours, self.texts.theirs))
        main = self.texts.ours.agreement.main
        is_note = main is None or main.role.endswith("-note")
        with_partner = f"Exchange of notes with {self.partner}" if is_note and self.partner else ""
        return (is_note and self.record.title) or ours or self.record.title or theirs or with_partner

    @property
    def partner(self) -> str:
        """The other side: as recorded, else the one party beside the United States in our text; else empty."""
        named = self.texts.ours.agreement.parties
        others = [party.name for party in named if party.code != _OUR_STATE]
        is_told = len(others) == 1 and len(named) > 1
        return self.record.partner or (others[0] if is_told else "")

    @property
    def sha256(self) -> str:
        """The hash of their file as it came."""
        return hashlib.sha256(self.texts.file).hexdigest()

    @property
    def tracked(self) -> int:
        """How many tracked changes of theirs there are."""
        return sum(len(clause.tracked) for clause in self.clauses)

    @property
    def untracked(self) -> int:
        """How many places their file has otherwise than ours without a tracked change, in words or objects."""
        return sum(len(clause.untracked_words) for clause in self.clauses)

    @property
    def second_words(self) -> list[str]:
        """What a second reading of the raw files finds changed without tracking beside that, in sentences."""
        deleted = (Unlike("words", "words that we deleted", words, was) for words, was in self.texts.own.altered)
        return sentences([*(each for each in self.texts.second if not each.is_typography), *deleted])

    @property
    def struck(self) -> tuple[str, ...]:
        """The places with words that are struck out, hidden, faint or tiny by their look, and were not in ours."""
        return tuple(where for where, _ in _struck_words(self.texts))

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of those whose text it is."""
        return _parties(self.texts)

    @property
    def typography(self) -> int:
        """How many places differ, untracked, in variants of the same marks alone."""
        second = sum(each.is_typography for each in self.texts.second)
        told = [each for clause in self.clauses for each in clause.untracked if each.what == "typography"]
        return second + sum(not each.is_set_otherwise for each in told)

    @property
    def typed_numbers(self) -> int:
        """How many numbers are typed, untracked, that a list shows in the other file: the same numbers."""
        return sum(each.types_a_number for clause in self.clauses for each in clause.untracked)

    @property
    def set_otherwise(self) -> int:
        """How many paragraphs say, untracked, the very same in another place, as in the cells of a table."""
        return sum(each.is_set_otherwise for clause in self.clauses for each in clause.untracked)

    @property
    def authors(self) -> dict[str, int]:
        """How many tracked changes each of their authors made."""
        found: dict[str, int] = {}
        for clause in self.clauses:
            for tracked in clause.tracked:
                found[tracked.change.author] = found.get(tracked.change.author, 0) + 1
        return found

    def as_json(self) -> dict[str, Any]:
        """Return `{ours, theirs, likeness, counts, clauses, renumbered, findings, files}` of the JSON contract."""
        return {
            "ours": self.ours,
            "theirs": self.theirs,
            "sha256": self.sha256,
            "likeness": round(self.likeness, 3),
            "marking": self.marking,
            "tracked": self.tracked,
            "untracked": self.untracked,
            "typography": self.typography,
            "typed_numbers": self.typed_numbers,
            "set_otherwise": self.set_otherwise,
            "alternat": self.texts.is_alternat,
            "as_read": list(self.texts.as_read),
            "second_reading": self.second_words,
            "settled_of_ours": self.texts.own.settled,
            "struck": list(self.struck),
            "authors": self.authors,
            "clauses": [clause.as_json() for clause in self.clauses],
            "replaced": [each.as_json() for each in self.replaced],
            "renumbered": [list(pair) for pair in self.renumbered],
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }


def review(
    ours: Path,
    theirs: Path,
    *,
    record: HeldAgainst | None = None,
    precedents: "OpenPrecedents | None" = None,
) -> Review:
    """Return what the file `theirs` changes in the file `ours` that was sent, clause by clause.

    Of a file that is no Word file, the words as read are compared (`Review.texts.as_read`).

    Their words are held against `record`. `precedents` opens the search for texts that say the words that changed
    (None: they are not looked for). Raises `NoCommonAncestorError` when theirs was not made from ours,
    `UnreadableError` for what cannot be read.
    """
    record = record or HeldAgainst()
    texts = load_texts(ours, theirs)
    clauses, renumbered = clauses_of(texts)
    find_consequences(texts, clauses)
    find_kinds(clauses)
    touched = [clause for clause in clauses if clause.is_touched]
    beside = _assess(texts, touched, record.positions, ours)
    touched = fold_moves(touched)
    replaced = find_replacements(touched, {p.b.path: f"{p.b.heading} {p.b.text}" for p in texts.pairs if p.b})
    if precedents is not None:
        parties = _parties(texts)
        with precedents((texts.ours.agreement.id,)) as search:
            for clause in touched:
                find_precedents(clause, search, parties)
    ours_of = {pair.b.path: pair.a.path for pair in texts.pairs if pair.a and pair.b}
    for clause in touched:
        clause.ground = ground_of(clause, record.agreed, ours_of, can_track=not texts.as_read)
    marking = highest([record.marking, texts.ours.agreement.marking, texts.theirs.agreement.marking])
    swapped = _may_be_swapped(texts, ours, theirs, record)
    told = (*_numbers(texts), *_struck(texts), *_resting_on_order(texts), *_unexamined(record, theirs))
    findings = (*texts.taken, *swapped, *beside, *_without_changes(texts.theirs.findings), *told)
    names = ours.name, theirs.name
    return Review(*names, texts.likeness, touched, renumbered, texts, marking, findings, replaced, record)


def _unexamined(record: HeldAgainst, theirs: Path) -> Iterator[Finding]:
    """Yield that the limits of the authority were not held against their words."""
    if record.limits:
        message = f"Not examined: whether it keeps to the limits of the authority: {'; '.join(record.limits)}."
        yield info("limits-not-examined", theirs.name, message, "Read them beside what changed.")


def _titled(agreement: Agreement) -> str:
    """Return the title of `agreement`, empty where it is the number of a note alone (`Nr. I`)."""
    return "" if _NUMBER_ALONE.fullmatch(agreement.title) else agreement.title


def _may_be_swapped(texts: Texts, ours: Path, theirs: Path, record: HeldAgainst) -> Iterator[Finding]:
    """Yield a warning where the file called theirs looks like ours, and ours like theirs."""
    why = next(_signs_of_exchange(texts, ours, theirs, record), "")
    if why:
        message = f"The two files may be swapped: {why}. The first one named is ours, as we sent it."
        yield warning("may-be-swapped", theirs.name, message, f"`agreements review {theirs.name} {ours.name}` if so.")


def _signs_of_exchange(texts: Texts, ours: Path, theirs: Path, record: HeldAgainst) -> Iterator[str]:
    """Yield what speaks for it, the surest first: what is recorded, who tracked changes, which file was saved later."""
    tabled = record.tabled.get(hashlib.sha256(texts.file).hexdigest())
    if tabled is not None:
        yield f"{theirs.name} is {tabled}"
    if has_record(theirs) and not has_record(ours):
        yield f"the record of a draft of ours lies beside {theirs.name}"
    hands = sorted({author or "an unnamed author" for author, _ in texts.sent_by})
    if any(texts.is_theirs(c.author, c.date) for c in texts.marked.changes):
        return
    if hands:
        yield f"{ours.name} has tracked changes by {', '.join(hands)}, {theirs.name} has none of its own"
    sent, answered = (each.saved for each in (texts.ours, texts.base))
    if sent and answered and sent[:10] > answered[:10] and not texts.as_read:
        yield f"{ours.name} was saved on {sent[:10]}, and {theirs.name} before, on {answered[:10]}"


def _assess(texts: Texts, clauses: Sequence[TouchedClause], positions: Positions, ours: Path) -> tuple[Finding, ...]:
    """Write into each of `clauses` its topics and how its words stand to the `positions` that it falls under.

    A clause that they dropped has no words to assess; a position on it is named all the same. `ours` is our file:
    where the record of its clauses lies beside it, positions on a clause of the library apply too. A record that
    cannot be read is returned as a finding.
    """
    topics = (
        topics_by_path(texts.ours.agreement, [clause.ours for clause in clauses if clause.ours]),
        topics_by_path(texts.theirs.agreement, [clause.theirs for clause in clauses if clause.theirs]),
    )
    found_beside, told = _clauses_beside(ours, texts.own_marks.values())
    origins = {mark.lstrip("_"): clause for mark, clause in found_beside.items()}
    for clause in clauses:
        own = topics_at(topics[1], clause.theirs or "") or topics_at(topics[0], clause.ours or "")
        clause.topics = tuple(own)
        if clause.provision is None:
            continue
        mark = texts.own_marks.get(clause.ours or "", "") if texts.as_read else clause.provision.id or ""
        origin = origins.get(mark.lstrip("_"), "")
        found = positions.for_provision(path=clause.ours or clause.path, clause=origin, topics=own)
        words = texts_of(clause.provision) if clause.theirs else ()
        clause.assessments = tuple(position.assess(*words) for position in found)
    return told


def _clauses_beside(ours: Path, marks: Iterable[str]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the clauses of our draft by hidden mark from the record beside it, and what is wrong with that record."""
    unplaced = "Positions on a clause of the templates could not be placed by it."
    try:
        found = clauses_by_mark(ours)
    except UnreadableError as problem:
        return {}, (warning("record-unreadable", ours.name, f"{problem} {unplaced}", problem.hint),)
    if found and not found.keys() & set(marks):
        message = f"The record beside {ours.name} is of another draft, or its marks are gone: none is in it. {unplaced}"
        fix = "Put the record that was written with this draft beside it."
        return {}, (warning("record-foreign", ours.name, message, fix),)
    return found, ()


def _parties(texts: Texts) -> tuple[str, ...]:
    named = (party.code for text in (texts.ours, texts.theirs) for party in text.agreement.parties)
    return tuple(dict.fromkeys(code for code in named if code))


def find_precedents(clause: TouchedClause, search: "PrecedentSearch", parties: Iterable[str] = ()) -> None:
    """Write into `clause`, where words of it changed, the precedents that `search` finds for them.

    `parties` are the codes of those who negotiate. Of a clause where nothing changed but words that were replaced
    throughout, which has no row of its own, nothing is looked for.
    """
    if clause.provision is None or clause.change in (*WORDS_STAND, "moved", "split", "merged"):
        return
    if not clause.is_told_elsewhere and any(piece.kind != "equal" for piece in clause.pieces):
        clause.precedents = precedents_of(
            search, clause.pieces, topics=clause.topics, kind=clause.provision.kind, parties=parties
        )


def _numbers(texts: Texts) -> Iterator[Finding]:
    """Yield what is known of references that show other numbers than ours do: Word computes these."""
    for each in texts.untracked.numbers:
        if each.b is not None and each.story == "body":
            words = " ".join(piece.text.strip() for piece in each.pieces if piece.kind == "inserted")
            message = f"A reference shows another number than in ours, without tracking: {words}"
            yield info("reference-number", texts.base.places[each.b.index], message, "Word computes it; update fields.")


def _resting_on_order(texts: Texts) -> Iterator[Finding]:
    """Yield a warning for words that mean the other party in their original, where the order of the two is another."""
    before = {pair.b.path: pair.a.text for pair in texts.pairs if pair.a and pair.b}
    for place in places(texts.theirs.agreement) if texts.is_alternat else ():
        for words in by_order(place.provision.text):
            if words in by_order(before.get(place.path, "")):
                message = f"“{words}” goes by the order of the parties, which is the other one in this original."
                yield warning("order-of-parties", place.path, message, "Name the party, in both originals.")


def _struck(texts: Texts) -> Iterator[Finding]:
    """Yield a warning for words that look deleted or are not seen and stand all the same."""
    for where, words in _struck_words(texts):
        message = f"Words are struck out, hidden, faint or tiny by their look alone, without tracking: {words}"
        yield warning("struck", where, message, "Ask what is meant; the words still stand.")


def _struck_words(texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield the places with such words, and the words."""
    for spot, words in texts.untracked.struck:
        yield texts.base.places[spot.index] if spot.part == texts.main_part else spot.part, words


def _without_changes(findings: Iterable[Finding]) -> list[Finding]:
    """Return `findings` without those that tell tracked changes, which a review tells itself."""
    return [finding for finding in findings if not finding.code.startswith("tracked-")]
