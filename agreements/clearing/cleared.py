"""What is to leave held against what each office cleared, word for word, and against the authority as recorded.

Three lists, as the check before handing over has them: what was found, what was looked for and not found, what was not
examined. Whether a text leaves is a person's decision.
"""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.classifying import topics_by_path
from agreements.comparing import DiffSegment, same_words
from agreements.comparing.tokens import words
from agreements.display import shown_short
from agreements.errors import AgreementsError
from agreements.language.typography import plain
from agreements.model import Agreement
from agreements.negotiation.clearance import OfficeClearance, office_clearances
from agreements.negotiation.file import NegotiatedText, NegotiatingAuthority, Negotiation
from agreements.negotiation.language_texts import language_standings
from agreements.negotiation.positions import texts_of
from agreements.negotiation.store import Negotiations
from agreements.parsing import parse
from agreements.reading import read_source, refuse_word_file, source
from agreements.reference import places
from agreements.word import (
    Difference,
    accept,
    file_differences,
    language_columns,
    paths_of,
    read_changes,
    second_reading,
    tell_retyped,
)

_BEFORE_AGREEMENT = frozenset(("concept", "cleared-to-negotiate", "text-tabled", "in-negotiation"))
_SHOWN = 70  # characters of a difference
_PLACES = 6  # of paragraphs that stand elsewhere
_LITTLE = 0.4  # of the words: two languages share names and numbers, a column and its text nearly all


@shown_short
@dataclass(frozen=True, slots=True)
class ClearanceCheck:
    """What was found against a file leaving, what was looked for and not found, what was not examined: in sentences."""

    file: str
    negotiation: str
    found: tuple[str, ...]
    not_found: tuple[str, ...]
    not_examined: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return `{file, negotiation, found, not_found, not_examined}`."""
        lists = {name: list(getattr(self, name)) for name in ("found", "not_found", "not_examined")}
        return {"file": self.file, "negotiation": self.negotiation, **lists}


def check_clearance(store: Negotiations, negotiation: str, file: Path, *, day: str) -> ClearanceCheck:
    """Hold the Word file `file` against the clearances and the authority of a negotiation, as of `day` (ISO).

    Tracked changes in it count as accepted: it is what the other side reads. Raises `NotFoundError`, `RecordError`,
    `UnreadableError`, `ClassifiedError`.
    """
    held = store.get(negotiation)
    loaded = source.load(file)
    refuse_word_file(file.name, loaded.data)
    final = accept(loaded.data, file_name=file.name)
    work = _Check(store, held, final, file.name)
    if final != loaded.data:
        work.not_examined.append(
            "words that its tracked changes strike, which its reader can see: they count as accepted"
        )
    work.authority(day)
    required = office_clearances(held, day)
    if not required:
        work.found.append("no office was asked to clear a text")
    for each in required:
        work.office(each)
    work.refusals({each.office.casefold() for each in required})
    work.positions()
    work.found += [standing.said for standing in language_standings(store, held) if standing.void]
    work.not_examined.append(
        "how words are set (struck, raised, hidden, white), and boxes in the form of older programs"
    )
    work.not_examined.append("what an office said by word of mouth or in papers that are not kept here")
    return ClearanceCheck(file.name, negotiation, tuple(work.found), tuple(work.not_found), tuple(work.not_examined))


class _Check:
    """The three lists, as they grow."""

    def __init__(self, store: Negotiations, held: Negotiation, content: bytes, file_name: str) -> None:
        self._store, self._held = store, held
        self._content, self._name = content, file_name
        self._agreement = _agreement(content)
        self._columns = language_columns(content, file_name=file_name)
        self.found: list[str] = []
        self.not_found: list[str] = []
        self.not_examined: list[str] = []
        self._said_of: dict[tuple[str, str], list[str]] = {}

    def authority(self, day: str) -> None:
        """Say whether an authority is recorded, given and not expired on `day`."""
        own = self._held.authority
        if own.held_elsewhere and not own.approved:
            self.not_examined.append(f"the authority, which is held elsewhere ({own.held_elsewhere})")
        elif not own.approved:
            said = "was asked for and is not recorded as given" if own.requested else "is recorded"
            self.found.append(f"the authority {said}" if own.requested else "no authority is recorded")
        elif own.approved > day[: len(own.approved)]:
            self.found.append(f"the authority is given as of {own.approved}, which is later than {day}")
        elif own.doubt:
            self.found.append(own.doubt)
        elif own.expires and own.expires < day[: len(own.expires)]:
            self.found.append(f"the authority expired on {own.expires}")
        elif not any(
            each.expires and each.expires < day[: len(each.expires)] for each in self._held.authorities_before
        ):
            self.not_found.append("an authority that is absent or expired")
        self._scope(own, day)
        if limits := self._held.limits:
            self.not_examined.append(f"whether it keeps within the limits of the authority: {'; '.join(limits)}")

    def _scope(self, own: NegotiatingAuthority, day: str) -> None:
        """Say where the authority as recorded is for another act than to negotiate, while the text is negotiated."""
        if not own.approved:
            return
        if not own.scope:
            self.not_examined.append("what the authority is for: no scope of it is recorded")
        elif "negotiate" not in own.scope:
            before = [each for each in self._held.authorities_before if "negotiate" in (each.scope or "")]
            if before and before[-1].expires and before[-1].expires < day[: len(before[-1].expires)]:
                self.found.append(f"the authority to {before[-1].scope} expired on {before[-1].expires}")
                return
            if before:
                days = f"given {before[-1].approved}" + (f", to {before[-1].expires}" if before[-1].expires else "")
                self.not_examined.append(
                    f"whether the authority to {before[-1].scope} ({days}), recorded before the one to {own.scope}, "
                    "covers this text"
                )
                return
            said = f"the authority as recorded is to {own.scope}, and none to negotiate is recorded"
            if own.scope == "conclude" and self._held.stage in _BEFORE_AGREEMENT:
                self.found.append(said)
            else:
                self.not_examined.append(f"whether it covers this text: {said}")

    def office(self, each: OfficeClearance) -> None:
        """Say what an office has not cleared, word by word."""
        approval = each.approval
        text = self._held.text(approval.text) if approval and approval.clears and approval.text else None
        if approval is None or not approval.clears:
            self.found.append(f"{each.office} has not cleared: {each.said}")
        elif text is None:
            self.found.append(f"{each.office} cleared, but which text is not recorded")
        else:
            day = approval.date or ""
            early = bool(day) and day < text.date[: len(day)]
            if each.state == "cleared-earlier":
                self.found.append(
                    f"{each.office} was asked about text {each.asked.text} and has cleared text {text.number}"
                )
            if each.returned and not approval.date:
                self.found.append(
                    f"{each.office} returned {each.returned.name} on {each.returned.date}, and when it cleared text "
                    f"{text.number} is not recorded: which is its last word is not known"
                )
            elif each.returned and approval.date and each.returned.date > approval.date:
                self.found.append(
                    f"{each.office} returned {each.returned.name} after it had cleared text {text.number}"
                )
            if early:
                self.found.append(
                    f"{each.office} is recorded to have cleared text {text.number} on {approval.date}, which is before "
                    f"the day of that text ({text.date})"
                )
            if approval.condition:
                self.found.append(f"{each.office} cleared text {text.number} on a condition: {approval.condition}")
            self._against(each.office, text, approval.sha256, doubtful=early or bool(each.doubts))

    def refusals(self, asked: Collection[str]) -> None:
        """Say what was refused, or cleared on a condition, beside the last word of the offices that were asked."""
        for each in self._held.last_approvals:
            beside = bool(each.about) or each.office.casefold() not in asked
            about = f" ({each.about})" if each.about else ""
            if beside and each.state == "refused":
                self.found.append(f"{each.office} refused{about}{f' on {each.date}' if each.date else ''}")
            elif beside and each.state == "cleared-with-condition":
                self.found.append(f"{each.office} cleared{about} on a condition: {each.condition or 'not recorded'}")

    def _against(self, office: str, text: NegotiatedText, sha256: str, *, doubtful: bool) -> None:
        """Hold the file against what `office` cleared; `doubtful`: that it cleared it is, and is told already."""
        try:
            kept = source.load(self._store.path(self._held.id, text))
        except AgreementsError as problem:
            self.found.append(f"what {office} cleared is not there to be held against it: {problem}")
            return
        if sha256 and sha256 != text.sha256:
            self.found.append(f"text {text.number} is another file than {office} cleared")
        elif source.kind_of(kept) != "word":
            self.found.append(
                f"what {office} cleared (text {text.number}) is no Word file: no word was held against it"
            )
        else:
            self._held_against(office, text, accept(kept.data, file_name=text.name), doubtful=doubtful)

    def _held_against(self, office: str, text: NegotiatedText, kept: bytes, *, doubtful: bool) -> None:
        """Say every word that differs, of a text in two languages in the column that answers what was cleared."""
        here, there = self._columns, language_columns(kept, file_name=text.name)
        mine, other = self._content, kept
        if bool(here) != bool(there):
            single, many = (kept, here) if here else (self._content, there)
            column, second = sorted(many, key=lambda each: _shared(each.content, single), reverse=True)
            mine, other = (column.content, kept) if here else (self._content, column.content)
            if _shared(column.content, single) < _LITTLE:
                self.found.append(f"what {office} cleared (text {text.number}) is in neither column of languages")
                return
            if second.words and here:
                self.found.append(
                    f"{office} cleared one language (text {text.number}): {second.called}, of {second.words} words, "
                    "was held against nothing that it cleared"
                )
            elif second.words:
                self.found.append(
                    f"{office} cleared two languages (text {text.number}): {second.called} of it, of {second.words} "
                    "words, is not in this file"
                )
        if said := list(self._differing(other, mine, text.name)):
            for each in said:
                self._say_of(office, self.found, f"not as {{}} cleared it (text {text.number})", f": {each}")
            return
        if doubtful:  # whether it cleared these words is not known
            return
        only = f" in {column.called}" if mine is not self._content else ""
        self._say_of(
            office,
            self.not_found,
            f"words{only} that {{}} {{has}} not cleared",
            f" (text {text.number} of {text.date})",
        )

    def _say_of(self, office: str, told: list[str], head: str, rest: str) -> None:
        """Say of an office what may hold of others too: once, with the names of all."""
        offices = self._said_of.setdefault((head, rest), [])
        if office in offices:  # the same of another place
            told.append(_said_of(head, [office]) + rest)
            return
        before = _said_of(head, offices) + rest
        offices.append(office)
        at = told.index(before) if before in told else len(told)
        told[at : at + 1] = [_said_of(head, offices) + rest]

    def _differing(self, kept: bytes, mine: bytes, name_of_kept: str) -> Iterator[str]:
        """Yield in words where the file differs from what was cleared; a second reading has the last word on none."""
        found = file_differences(kept, mine, names=(name_of_kept, self._name))
        tell_retyped(found)
        told = [each for each in found.differences if each.changes_words]
        set_otherwise = [each for each in found.differences if each.is_set_otherwise]
        places, earlier = (_paths(mine), _paths(kept)) if told or set_otherwise else ([], [])
        same = list(_same_elsewhere(told))
        if here := [*set_otherwise, *(each for _, each in same)]:
            at = [places[each.b.index] if each.b and each.b.index < len(places) else each.story for each in here]
            yield (
                f"{len(here)} paragraph{'s' * (len(here) > 1)} of the same words stand in another place or are set "
                f"otherwise, as in a table: {_first(dict.fromkeys(at))}"
            )
        alike = {each.number for pair in same for each in pair}
        for each in (each for each in told if each.number not in alike):
            paths, spot = (places, each.b) if each.b else (earlier, each.a)
            inside = each.story == "body" and spot is not None and spot.index < len(paths)
            where = paths[spot.index] if inside and spot else f"the {each.story}"
            yield f"{where}: {_words(each)}"
        if not told:
            read = (each for each in second_reading(kept, mine) if each.what == "words")
            yield from (each.words() for each in read if not _in_capitals(each.one, each.other))
        yield from _unseen(kept, mine)
        for element in found.unknown:
            yield f"nothing can be said of <{element}>, which the program does not know"

    def positions(self) -> None:
        """Say where the text holds words that are recorded as beyond the authority."""
        recorded = self._store.recorded(self._held.id)
        if not recorded.positions:
            self.not_examined.append("whether it departs from positions: none is recorded")
            return
        topics = topics_by_path(self._agreement)
        beyond = {
            f"{place.path} holds words recorded as beyond the authority (position on {position.key})"
            for place in places(self._agreement)
            for position in recorded.for_provision(path=place.path, topics=topics.get(place.path, ()))
            if position.assess(*texts_of(place.provision)).level == "beyond"
        }
        self.found += sorted(beyond)
        if not beyond:
            self.not_found.append("words that are recorded as beyond the authority")
        if elsewhere := [position.key for position in recorded.positions if position.held_elsewhere]:
            self.not_examined.append(f"positions that are held elsewhere: {', '.join(elsewhere)}")


def _said_of(head: str, offices: Sequence[str]) -> str:
    named = " and ".join(filter(None, (", ".join(offices[:-1]), *offices[-1:])))
    return head.format(named, has="have" if len(offices) > 1 else "has")


def _paths(content: bytes) -> list[str]:
    """Return for each paragraph of a Word file the provision that it stands in."""
    return paths_of(_agreement(content), read_changes(content).paragraphs)


def _shared(one: bytes, other: bytes) -> float:
    """Return which part of the words of the file that has fewer stands in the other as well."""
    here, there = (Counter(words(plain(" ".join(read_changes(each).paragraphs)))) for each in (one, other))
    return (here & there).total() / max(1, min(here.total(), there.total()))


def _unseen(kept: bytes, mine: bytes) -> Iterator[str]:
    """Yield where the file has more characters that show nothing than what was cleared: words are compared without.

    Such are blanks of no width, joiners, marks of direction and soft hyphens (Unicode: format characters).
    """
    before = Counter(c for line in read_changes(kept).paragraphs for c in line if _shows_nothing(c))
    paths = _paths(mine)
    for index, line in enumerate(read_changes(mine).paragraphs):
        more = Counter(c for c in line if _shows_nothing(c)) - before
        before -= Counter(c for c in line if _shows_nothing(c))
        if more:
            named = ", ".join(f"U+{ord(c):04X}" + f" ({count} times)" * (count > 1) for c, count in more.items())
            where = paths[index] if index < len(paths) else "the text"
            yield f"{where}: put in what nobody sees: {named}"


def _shows_nothing(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) == "Cf"


def _same_elsewhere(told: Sequence[Difference]) -> Iterator[tuple[Difference, Difference]]:
    """Yield each paragraph that went with one that came elsewhere with its very words: neither is gone or new."""
    gone: dict[str, list[Difference]] = {}
    for each in told:
        if each.how == "removed" and each.what == "words":
            gone.setdefault(plain(each.before), []).append(each)
    for each in told:
        if each.how == "added" and each.what == "words" and (waiting := gone.get(plain(each.after))):
            yield waiting.pop(0), each


def _first(places: Collection[str]) -> str:
    shown = list(places)[:_PLACES]
    return ", ".join(shown) + (f" and {len(places) - _PLACES} places more" if len(places) > _PLACES else "")


def _agreement(content: bytes) -> Agreement:
    return parse(read_source(source.SourceFile.of("text.docx", content)), id="text").agreement


def _words(each: Difference) -> str:
    if each.what == "object":
        return _other_object(each)
    if each.how in ("added", "removed", "moved") or each.what != "words":
        what = "" if each.what in ("words", "number") else f" ({each.what})"
        return f"{each.how}{what} {_short(each.after or each.before)}"
    gone, come = (
        " … ".join(p.text.strip() for p in each.to_read if p.kind == kind) for kind in ("deleted", "inserted")
    )
    if gone and come:
        return f"{_short(come)} in the place of {_short(gone)}"
    return f"put in {_short(come)}" if come else f"struck {_short(gone)}"


def _in_capitals(one: str, other: str) -> bool:
    """Whether two lines are one, the one of them all in capitals, as a title may be set or typed."""
    return (one.isupper() or other.isupper()) and same_words(one.casefold(), other.casefold())


def _other_object(each: Difference) -> str:
    """Return what differs among words that are the same: a field that became its words, another picture."""
    pieces = (piece for piece in each.pieces if piece.kind != "equal" and piece.text.strip())
    gone, come = (" and ".join(p.text.strip(" []") for p in own) for own in _sides(pieces))
    what = f"{come or 'nothing'} in the place of {gone or 'nothing'}"
    return f"no word differs, {what}, in {_short(each.after or each.before)}"


def _sides(pieces: Iterable[DiffSegment]) -> tuple[list[DiffSegment], list[DiffSegment]]:
    own = list(pieces)
    return [p for p in own if p.kind == "deleted"], [p for p in own if p.kind == "inserted"]


def _short(said: str) -> str:
    line = " ".join(said.split())
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"
