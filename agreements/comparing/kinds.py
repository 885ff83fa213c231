"""What a change does, in a lawyer's words: a number, a duty, a denial, an exception, an actor that is another now.

These are kinds, never how grave a change is: who negotiates judges that. What fits no kind is told by its words alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from agreements.comparing.tokens import words
from agreements.comparing.words import DiffSegment, same_words
from agreements.language.actors import actors
from agreements.language.modality import Modal, modals
from agreements.language.money import sums
from agreements.language.negation import Denial, Exclusion, denials, exclusions
from agreements.language.numbers import Quantity, quantities
from agreements.language.periods import StatedPeriod, periods
from agreements.language.sentences import Sentence, clauses, sentences

_LEAD = 80  # characters before a number in which the word of its reference stands
_LONG = 8  # words of a stretch up to which it is put in another's place as a term is


class _Stretch(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Found = TypeVar("_Found", bound=_Stretch)


@dataclass(frozen=True, slots=True)
class WordEdit:
    """One place where words changed: from character `a0` to `a1` of the text before, `b0` to `b1` of the one after."""

    before: str
    after: str
    a0: int
    a1: int
    b0: int
    b1: int

    @property
    def gone(self) -> str:
        """The words that went."""
        return self.before[self.a0 : self.a1].strip()

    @property
    def come(self) -> str:
        """The words that came."""
        return self.after[self.b0 : self.b1].strip()

    @property
    def is_replacement(self) -> bool:
        """Whether a few words took the place of others, as one term does of another."""
        return 0 < len(words(self.gone)) <= _LONG and 0 < len(words(self.come)) <= _LONG


def edits_of(pieces: Sequence[DiffSegment]) -> tuple[WordEdit, ...]:
    """Return the places where words changed among `pieces`, in order."""
    before = "".join(piece.text for piece in pieces if piece.kind != "inserted")
    after = "".join(piece.text for piece in pieces if piece.kind != "deleted")
    found: list[WordEdit] = []
    at = there = 0
    open_at: tuple[int, int] | None = None
    for piece in (*pieces, DiffSegment("equal", "")):
        if piece.kind == "equal":
            if open_at is not None:
                found.append(WordEdit(before, after, open_at[0], at, open_at[1], there))
            open_at = None
        elif open_at is None:
            open_at = at, there
        at += len(piece.text) * (piece.kind != "inserted")
        there += len(piece.text) * (piece.kind != "deleted")
    return tuple(found)


def kinds(pieces: Sequence[DiffSegment]) -> tuple[str, ...]:
    """Return what the changes among `pieces` do, in words, each once.

    Such as `“shall” becomes “may”: a duty becomes a right`.
    """
    return tuple(dict.fromkeys(said for _, said in _told(edits_of(pieces))))


def kinds_by_subject(pieces: Sequence[DiffSegment]) -> dict[str, tuple[str, ...]]:
    """Return what the changes among `pieces` do, by what they touch (`period`, `right`, `exception`, `actor`, `form`).

    Numbers stand under `period`, duties, rights and denials under `right`, whole sentences under `form`.
    """
    found: dict[str, list[str]] = {}
    for subject, said in _told(edits_of(pieces)):
        if said not in found.setdefault(subject, []):
            found[subject].append(said)
    return {subject: tuple(rows) for subject, rows in found.items()}


def kinds_of(edit: WordEdit) -> Iterator[str]:
    """Yield what one change does, in words."""
    return (said for _, said in _by_subject(edit))


def _told(edits: Sequence[WordEdit]) -> Iterator[tuple[str, str]]:
    """Yield what all edits of a provision do, each under its subject.

    Where a denial or an exception goes in one place of a sentence and one comes in another, neither is lost nor added:
    `shall make no claim` and `shall not make any claim` deny the same.
    """
    rows = [(edit, subject, said) for edit in edits for subject, said in _by_subject(edit)]
    lost = {at: found for at, (_, _, said) in enumerate(rows) if (found := _LOST.match(said))}
    added = {at: found for at, (_, _, said) in enumerate(rows) if (found := _ADDED.match(said))}
    instead: dict[int, str] = {}
    for at, gone in lost.items():
        for other, come in added.items():
            alike = gone["what"] == come["what"] and _sentence_at(rows[at][0]) == _sentence_at(rows[other][0])
            if alike and at not in instead and other not in instead:
                words_of_it = f"“{gone['word']}”, now “{come['word']}”"
                instead[at] = instead[other] = f"{gone['what']} in other words or elsewhere: {words_of_it}"
    yield from ((subject, instead.get(at, said)) for at, (_, subject, said) in enumerate(rows))


_LOST = re.compile(r"(?P<what>a denial|an exception) is lost: “(?P<word>[^”]*)”")
_ADDED = re.compile(r"(?P<what>a denial|an exception) is added: “(?P<word>[^”]*)”")


def _sentence_at(edit: WordEdit) -> int:
    """Return where the sentence of the text after begins in which an edit stands."""
    return max((s.start for s in sentences(edit.after) if s.start <= edit.b0), default=0)


def _by_subject(edit: WordEdit) -> Iterator[tuple[str, str]]:
    if whole := _whole_sentences(edit):
        yield "form", whole
        return
    for subject, read in _SUBJECTS:
        for said in read(edit):
            yield subject, said


def _whole_sentences(edit: WordEdit) -> str:
    """Say that whole sentences came or went, where nothing else changed there."""
    if bool(edit.gone) == bool(edit.come):
        return ""
    text, start, end = (edit.before, edit.a0, edit.a1) if edit.gone else (edit.after, edit.b0, edit.b1)
    inside = [s for s in sentences(text) if start <= s.start and s.end <= end]
    if not inside or sum(len(s.words) for s in inside) < len((edit.gone or edit.come).strip()) - len(inside):
        return ""
    many = "a sentence is" if len(inside) == 1 else f"{len(inside)} sentences are"
    return f"{many} {'dropped' if edit.gone else 'added'}"


# ---------------------------------------------------------------------- numbers


def _numbers(edit: WordEdit) -> Iterator[str]:
    here = _touched(quantities(edit.before), edit.a0, edit.a1)
    there = _touched(quantities(edit.after), edit.b0, edit.b1)
    if len(here) == len(there) and _refers(edit):
        return
    for quantity in there:
        if quantity.disagrees:
            yield f"a number is printed twice, not alike: “{_said(edit.after, quantity)}”"
    if not here or len(here) != len(there):
        yield from _times(edit)
        return
    for one, other in zip(here, there, strict=True):
        if one.value is not None and other.value is not None and one.value != other.value:
            what, more, less = _measure(edit, one, other)
            names = _said(edit.before, one), _said(edit.after, other)
            yield f"{what} “{names[0]}” becomes “{names[1]}”: {more if other.value > one.value else less}"


_PLACE = (
    r"(?:[Ss]ub-?)?[Pp]aragraphs?|[Aa]rticles?|[Ss]ections?|[Aa]nnex(?:es)?|[Aa]ppendix|[Pp]arts?|[Cc]hapters?"
    r"|[Pp]oints?"
)
_REFERS = re.compile(rf"\b(?P<place>{_PLACE}) (?:[\w().]{{1,12}}(?:, | and | or | to )){{0,4}}\(?$")
_NUMBER_OF_A_PLACE = re.compile(
    r"\(?(?:\d{1,4}[A-Za-z]{0,2}|[IVXLC]{1,8}|[ivxlc]{1,8}|[A-Za-z])\)?(?:[.(][\d.()a-z]{1,8})?"
)


def _refers(edit: WordEdit) -> re.Match[str] | None:
    """Return the word of a reference before a number that changed: `paragraph` before `1`, which is now `2`."""
    numbers = _is_of_a_place(edit.gone) and _is_of_a_place(edit.come)
    start = len(edit.before[: edit.a1].rstrip()) - len(edit.gone)
    return _REFERS.search(edit.before[max(0, start - _LEAD) : start]) if numbers else None


def _is_of_a_place(written: str) -> bool:
    """Whether `4`, `IV`, `(b)`, `two` may number a place; `shall` after its word (`the Annex shall`) does not."""
    return bool(_NUMBER_OF_A_PLACE.fullmatch(written)) or (written.isalpha() and any(quantities(written)))


def _references(edit: WordEdit) -> Iterator[str]:
    if found := _refers(edit):
        place = found["place"]
        yield f"the reference “{place} {edit.gone}” becomes “{place} {edit.come}”"


def _times(edit: WordEdit) -> Iterator[str]:
    """Yield that a period came where none was, or went; one that is only written in another way did neither.

    `48 hours` is what `forty-eight (48) hours` was: as many periods of that length stand before and after.
    """
    before, after = _lengths(edit.before), _lengths(edit.after)
    gone, come = before - after, after - before
    if come and not gone:
        new = (each for each in _touched(periods(edit.after), edit.b0, edit.b1) if _length(each) in come)
        yield from (f"a period is added: “{_said(edit.after, each)}”" for each in islice(new, 1))
    elif gone and not come:
        old = (each for each in _touched(periods(edit.before), edit.a0, edit.a1) if _length(each) in gone)
        yield from (f"a period is dropped: “{_said(edit.before, each)}”" for each in islice(old, 1))


_BEFORE = 24  # characters before a period in which it says whether it is the most or the least


def _counted(edit: WordEdit) -> Iterator[str]:
    """Yield that a period of the same number counts other units or days, or that the least of it became the most."""
    here, there = list(periods(edit.before)), list(periods(edit.after))
    if len(here) != len(there):
        return
    for one, other in zip(here, there, strict=True):
        touched = one.start - _BEFORE <= edit.a1 and edit.a0 <= one.end
        if not touched or one.number is None or one.number != other.number:
            continue
        names = f"“{_said(edit.before, one)}” becomes “{_said(edit.after, other)}”"
        if one.unit != other.unit:
            yield f"a period {names}: {'longer' if (other.days or 0) > (one.days or 0) else 'shorter'}"
        elif one.kind != other.kind:
            yield f"a period {names}: other days are counted"
        elif one.bound != other.bound:
            was, now = (f"at {bound}" if bound else "neither least nor most" for bound in (one.bound, other.bound))
            yield f"a period “{_said(edit.after, other)}” was {was} and is {now}"


def _lengths(text: str) -> Counter[tuple[int | None, str, str]]:
    return Counter(map(_length, periods(text)))


def _length(period: StatedPeriod) -> tuple[int | None, str, str]:
    return period.number, period.unit, period.kind


def _measure(edit: WordEdit, one: Quantity, other: Quantity) -> tuple[str, str, str]:
    """Return what two numbers count, and the words for more and less of it."""
    sides = (edit.before, one), (edit.after, other)
    if all(any(p.start <= q.start < p.end for p in periods(text)) for text, q in sides):
        units = [next(p.unit for p in periods(text) if p.start <= q.start < p.end) for text, q in sides]
        if units[0] == units[1]:
            return f"the number of {units[0]}", "longer", "shorter"
        return "a period", "another unit", "another unit"
    if all(any(s.start <= q.start < s.end for s in sums(text)) for text, q in sides):
        return "a sum", "more", "less"
    return "a number", "more", "less"


def _said(text: str, found: _Stretch) -> str:
    return text[found.start : found.end].strip()


# ---------------------------------------------------------------------- verbs


def _modality(edit: WordEdit) -> Iterator[str]:
    # a modal right before the words that changed may mean something else by them: `shall [endeavour to]`
    here = _in_clauses(edit.before, edit.a0 - 2, edit.a1, modals)
    there = _in_clauses(edit.after, edit.b0 - 2, edit.b1, modals)
    for one, other in zip(here, there, strict=False):
        if one.kind == other.kind or "prohibition" in (one.kind, other.kind):
            continue
        if one.words == other.words:
            yield f"“{one.words}”: {_a(one)} becomes {_a(other)}"
        else:
            yield f"“{one.words}” becomes “{other.words}”: {_a(one)} becomes {_a(other)}"


def _a(modal: Modal) -> str:
    if modal.kind == "advice":
        return "advice"
    return f"an {modal.kind}" if modal.kind[0] in "aeiou" else f"a {modal.kind}"


def _denials(edit: WordEdit) -> Iterator[str]:
    here, there = _denied(edit.before, edit.a0, edit.a1), _denied(edit.after, edit.b0, edit.b1)
    if len(here) < len(there):
        yield f"a denial is added: “{there[-1].word}”"
    elif len(there) < len(here):
        yield f"a denial is lost: “{here[-1].word}”"


def _denied(text: str, start: int, end: int) -> list[Denial]:
    found = (d for clause in clauses(text) for d in denials(clause))
    return [d for d in found if d.at < end and start < d.at + len(d.word)]


def _exceptions(edit: WordEdit) -> Iterator[str]:
    here, there = _excepted(edit.before, edit.a0, edit.a1), _excepted(edit.after, edit.b0, edit.b1)
    if len(here) < len(there):
        yield f"an exception is added: “{there[-1].word}”"
    elif len(there) < len(here):
        yield f"an exception is lost: “{here[-1].word}”"
    elif bool(edit.gone) != bool(edit.come):
        sides = (edit.before, edit.a0, edit.a1), (edit.after, edit.b0, edit.b1)
        around = [_around(text, start, end) for text, start, end in sides]
        if around[0] and around[1]:
            how = "taken out of" if edit.gone else "put into"
            yield f"words are {how} an exception: “{around[1].word}”"


def _around(text: str, start: int, end: int) -> Exclusion | None:
    """Return the exception within which the characters `start` to `end` stand."""
    found = (e for clause in clauses(text) for e in exclusions(clause))
    return next((e for e in found if e.start < start and end <= e.end), None)


def _excepted(text: str, start: int, end: int) -> list[Exclusion]:
    return [e for clause in clauses(text) for e in exclusions(clause) if start <= e.start < end]


def _actors(edit: WordEdit) -> Iterator[str]:
    here, there = _in_clauses(edit.before, edit.a0, edit.a1, actors), _in_clauses(edit.after, edit.b0, edit.b1, actors)
    if len(here) != len(there) or not here:
        yield from _named_otherwise(edit)
        return
    for one, other in zip(here, there, strict=True):
        names = _said(edit.before, one), _said(edit.after, other)
        if (one.kind, one.code) != (other.kind, other.code) and not same_words(*(n.casefold() for n in names)):
            yield f"the actor “{names[0]}” becomes “{names[1]}”"


_DUTY = re.compile(r"\s?(?:shall|may|must|will|waives?|grants?|agrees?|undertakes?|recogni[sz]es?|authori[sz]es?)\b")
_SMALL = frozenset(("of", "and", "the"))


def _named_otherwise(edit: WordEdit) -> Iterator[str]:
    """Yield that the name before a verb is another: a State that is in no list stands where one acted, or leaves."""
    names = edit.gone.removeprefix("The "), edit.come.removeprefix("The ")
    acts = _DUTY.match(edit.before, len(edit.before[: edit.a1].rstrip()))
    if acts and _DUTY.match(edit.after, len(edit.after[: edit.b1].rstrip())) and all(map(_is_name, names)):
        yield f"the actor “{names[0]}” becomes “{names[1]}”"


def _is_name(words_of_it: str) -> bool:
    """Whether words are a name alone: a few in capitals, with small ones between them."""
    parts = words_of_it.split()
    capitals = [part[:1].isupper() for part in parts]
    between = (part for part in parts if not part[:1].isupper())
    return 0 < len(parts) <= _LONG and capitals[0] and capitals[-1] and _SMALL.issuperset(between)


# ---------------------------------------------------------------------- what an edit touches


def _in_clauses(text: str, start: int, end: int, find: Callable[[Sentence], Iterator[_Found]]) -> list[_Found]:
    return _touched((found for clause in clauses(text) for found in find(clause)), start, end)


def _touched(found: Iterator[_Found], start: int, end: int) -> list[_Found]:
    return [each for each in found if each.start < end and start < each.end]


__all__ = ["WordEdit", "edits_of", "kinds", "kinds_of"]


_SUBJECTS: tuple[tuple[str, Callable[[WordEdit], Iterator[str]]], ...] = (
    ("period", _numbers),
    ("period", _counted),
    ("form", _references),
    ("right", _modality),
    ("right", _denials),
    ("exception", _exceptions),
    ("actor", _actors),
)
