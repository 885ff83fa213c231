"""Two texts that differ in the order of the parties alone, as the originals of one agreement do (the alternat).

Each State's own original names that State first: in the title and the preamble, wherever both are named together
("A and B"), and in the signatures. Any other difference, a "not" or an amount, makes them two texts; so do words on
which the order bears ("respectively", "A and B pay 60 and 40 per cent").
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agreements.errors import NotFoundError
from agreements.language.numbers import spelled
from agreements.language.typography import plain
from agreements.states import find_in, name_of

if TYPE_CHECKING:
    from agreements.model import Agreement, Document, Provision

_REFERRED = re.compile(r"(?:article|section|(?:sub)?paragraph|annex|part)", re.IGNORECASE)  # `paragraphs 1 and 2`
_TOKEN = re.compile(r"\w+(?:[.’'-]\w+)*|[^\w\s]")
_JOINTS = frozenset(("and", "&", "et", "y", "e", "und", "en", ",", "/", "-"))
# What may stand between two parties that are named together, besides the word that joins them.
_BETWEEN_WORDS = """the of government governments republic kingdom state states federal united people democratic islamic
    commonwealth principality federation department ministry minister secretary defense defence between le la les du de
    des l gouvernement république el gobierno del república der die das regierung"""
_BETWEEN = _JOINTS | frozenset(_BETWEEN_WORDS.split())
_ORDER_WORDS = "respectively respective former latter first second firstly secondly order sequence turn turns"
_RESPECTIVELY = frozenset(_ORDER_WORDS.split())  # who comes first matters
_BY_ORDER = re.compile(
    r"\b(?:the )?(?:(?:(?:first|second|last)[ -](?:named|mentioned)|former|latter) (?:contracting )?"
    r"(?:party|state|government|country|participant)|(?:first|second) (?:contracting )?party)\b",
    re.IGNORECASE,
)
_NAME_WORDS = "the of and government republic kingdom state states federal united people democratic"
_IN_NAMES = frozenset(_NAME_WORDS.split())
_MOST = 80  # words in which a pair of parties stands
_CLOSING = ("testimonium", "signature")
_LONGEST = 24  # words of the name of a party with those of its office
_NEAR = 6  # words after a pair that show what it belongs to
_RELATIVE = frozenset(("which", "who", "whose", "that", "where", "whereas", "while"))
_FOLLOWING = """on of for in to at under regarding concerning relating with respect as hereinafter hereafter from have
    desiring recalling considering recognizing recognising wishing and or"""
_GOES_WITH_BOTH = frozenset(_FOLLOWING.split())  # `A and B have agreed`, `between A and B on transit`
_VERB_WORDS = "shall may will must should can could is are was were be been has have had does do by"
_VERBS = frozenset(_VERB_WORDS.split())  # before a pair: another clause, to which the first of it may belong
_BEFORE = 6  # words with which both names may begin ("the United ...")


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party by its code, where it has one, and the words that stand in its name alone."""

    code: str
    words: frozenset[str]

    def is_named(self, tokens: Sequence[str], codes: frozenset[str]) -> bool:
        """Whether `tokens`, in which States of these `codes` are named, name this party."""
        return self.code in codes or bool(self.words and self.words <= set(tokens))


def signs_of(text: str) -> list[str]:
    """Return words and signs of `text` as they count: neither typography, case nor spaces make another text."""
    return _TOKEN.findall(_as_counts(text))


def _as_counts(text: str) -> str:
    return plain(unicodedata.normalize("NFKC", text)).casefold()


# ---------------------------------------------------------------------- the parties


def party_names(named: Iterable[object], *titles: str) -> tuple[PartyName, ...]:
    """Return the parties that the facts name, and the two whose places are exchanged between the titles."""
    names = [(getattr(party, "code", ""), getattr(party, "name", "")) for party in named]
    ours, theirs = (signs_of(title) for title in titles)
    start = next((at for at, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    if start is not None and (pair := next(_exchanged(ours, theirs, start), None)):
        names += [(_code(words), " ".join(words)) for words in pair[1:]]
    found = dict.fromkeys(
        PartyName(code, frozenset(signs_of(name or _usual(code))) - _IN_NAMES) for code, name in names
    )
    return tuple(party for party in found if party.code or party.words)


def _code(words: Sequence[str]) -> str:
    codes = _codes(words)
    return next(iter(codes)) if len(codes) == 1 else ""


def _codes(words: Sequence[str]) -> frozenset[str]:
    """Return the codes of the States that folded `words` name."""
    return frozenset(name.code for name in find_in(" ".join("of" if w == "of" else w.title() for w in words)))


def _usual(code: str) -> str:
    try:
        return name_of(code) if code else ""
    except NotFoundError:
        return ""


def _are_parties(first: Sequence[str], second: Sequence[str], parties: Sequence[PartyName]) -> bool:
    """Whether the two phrases name two parties, one each."""
    found = []
    for phrase in (first, second):
        codes = _codes(phrase)
        found.append({party.code or party.words for party in parties if party.is_named(phrase, codes)})
    return bool(found[0] and found[1]) and not found[0] & found[1]


# ---------------------------------------------------------------------- the words


def _rests_on_order(words: Sequence[str]) -> bool:
    """Whether parties in another order would say another thing: `respectively`, or two values side by side.

    `A and B pay 60 and 40 per cent`, `areas A and B`: such a pair goes with the pair of the parties.
    """
    if _RESPECTIVELY & set(words):
        return True
    return any(
        words[at] in ("and", "or", "/")
        and words[at - 1] != words[at + 1]
        and _is_value(words[at - 1])
        and _is_value(words[at + 1])
        and not _REFERRED.match(words[at - 2] if at > 1 else "")
        for at in range(1, len(words) - 1)
    )


def _stand_together(words: Sequence[str], start: int, end: int) -> bool:
    """Whether what follows the pair from `start` to `end` belongs to both parties, so that their order says nothing.

    In `borne by A and B provides the guards`, `A and B, which provides` and `A and B in its territory` it belongs to B.
    """
    after = [*words[end : end + _NEAR], "."]
    if "its" in after or (after[0] == "," and after[1] in _RELATIVE):
        return False
    if not after[0][0].isalnum() or after[0] in _GOES_WITH_BOTH:
        return True
    opening = max((at + 1 for at in range(start) if words[at] in (".", ";", ":")), default=0)
    return _VERBS.isdisjoint(words[opening:start])  # they are the subject of what follows, together


def _is_value(word: str) -> bool:
    return word.isdecimal() or len(word) == 1 or spelled(word) is not None


def closes_alike(ours: Iterable[str], theirs: Iterable[str], parties: Sequence[PartyName]) -> bool:
    """Whether both closings have the same lines: each State signs first in its own, and names its language first."""
    lines, lines_there = ([" ".join(signs_of(line)) for line in side] for side in (ours, theirs))
    left = Counter(lines) - Counter(lines_there)
    right = Counter(lines_there) - Counter(lines)
    return left.total() == right.total() and all(
        in_other_order(here.split(" "), there.split(" "), parties, languages=True)
        for here, there in zip(left.elements(), right.elements(), strict=True)
    )


def by_order(text: str) -> list[str]:
    """Return the words of `text` that mean a party by its place among the two: `the first-named Party`."""
    return [found.group() for found in _BY_ORDER.finditer(plain(text))]


def in_other_order(
    ours: Sequence[str], theirs: Sequence[str], parties: Sequence[PartyName], *, languages: bool = False
) -> bool:
    """Whether the words are equal but for parties that are named together in another order."""
    if ours == theirs:
        return True
    if len(ours) != len(theirs) or Counter(ours) != Counter(theirs) or _rests_on_order(ours):
        return False
    at = free = 0
    while at < len(ours):
        if ours[at] == theirs[at]:
            at += 1
            continue
        end = next(
            (
                start + length
                for start in range(at, max(free, at - _BEFORE) - 1, -1)
                for length, first, second in _exchanged(ours, theirs, start)
                if (_are_parties(first, second, parties) and _stand_together(ours, start, start + length))
                or (languages and len(first) == len(second) == 1)
            ),
            None,
        )
        if end is None:
            return False
        at = free = end
    return True


def _exchanged(
    ours: Sequence[str], theirs: Sequence[str], at: int
) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    """Yield length and phrases of each `X and Y` at `at` of `ours` that is `Y and X` in `theirs`, the short first."""
    left: Counter[str] = Counter()
    for length in range(1, min(_MOST, len(ours) - at, len(theirs) - at) + 1):
        left[ours[at + length - 1]] += 1
        left[theirs[at + length - 1]] -= 1
        if length > 2 and not any(left.values()):
            yield from _splits(ours[at : at + length], theirs[at : at + length])


def _splits(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, Sequence[str], Sequence[str]]]:
    length = len(ours)
    for size in range(1, length - 1):
        second = theirs[:size]
        if ours[length - size :] != second:
            continue
        for most in range(1, length - size):
            first, between = ours[:most], ours[most : length - size]
            if theirs[length - most :] == first and theirs[size : length - most] == between and _joins(between):
                yield length, first, second


def _joins(between: Sequence[str]) -> bool:
    return bool(_JOINTS & set(between)) and set(between) <= _BETWEEN


def reordered(ours: str, theirs: str, parties: Sequence[PartyName]) -> str:
    """Return `ours` with the parties named in the order of `theirs`, wherever that names both beside each other.

    `A and B shall meet` is `B and A shall meet` where their text has the words `B and A`, whatever else it says.
    """
    if _rests_on_order(signs_of(ours)):
        return ours
    found = [(m.start(), m.end(), _as_counts(m.group())) for m in _TOKEN.finditer(ours)]
    there = f" {' '.join(signs_of(theirs))} "
    for at, (_, _, word) in enumerate(found):
        if word in _JOINTS and (stretch := _exchangeable([w for _, _, w in found], at, there, parties)):
            begin, first, second, end = stretch
            a, b, c, d = found[begin][0], found[first][1], found[second][0], found[end][1]
            return ours[:a] + ours[c:d] + ours[b:c] + ours[a:b] + reordered(ours[d:], theirs, parties)
    return ours


def _exchangeable(
    words: Sequence[str], at: int, there: str, parties: Sequence[PartyName]
) -> tuple[int, int, int, int] | None:
    """Return where two parties begin and end around the joint `at` of `words`, the longest that `there` exchanges."""
    second = at + 1
    while second < len(words) and words[second] in ("the", "of"):
        second += 1
    between = " ".join(words[at:second])
    best = None
    for begin in range(at - 1, max(-1, at - _LONGEST), -1):
        first = " ".join(words[begin:at])
        if f" {between} {first} " not in there:
            continue
        for end in range(second, min(len(words), second + _LONGEST)):
            phrase = words[second : end + 1]
            exchanged = f" {' '.join(phrase)} {between} {first} " in there
            together = exchanged and _stand_together(words, begin, end + 1)
            if together and _are_parties(words[begin:at], phrase, parties):
                best = (begin, at - 1, second, end)
    if best is None or f" {' '.join(words[best[0] : best[3] + 1])} " in there:
        return None
    return best


# ---------------------------------------------------------------------- whole agreements


def are_two_originals(one: "Agreement", other: "Agreement") -> bool:
    """Whether the texts of `one` and `other` align provision by provision and differ in the parties' order alone.

    Texts without any difference do so too.
    """
    ours, theirs = _by_name(one), _by_name(other)
    if not ours or ours.keys() != theirs.keys():
        return False
    parties = party_names((*one.parties, *other.parties), one.title, other.title)
    return all(_align(document, theirs[name], parties) for name, document in ours.items())


def _by_name(agreement: "Agreement") -> "dict[tuple[str, str, str], Document]":
    """Return the texts by role, number and language; the languages stand in another order in the other original."""
    held = [d for d in agreement.documents if d.provisions]
    found = {(str(d.role), d.number or "", d.language): d for d in held}
    return found if len(found) == len(held) else {}


def _align(one: "Document", other: "Document", parties: Sequence[PartyName]) -> bool:
    if not in_other_order(signs_of(one.title or ""), signs_of(other.title or ""), parties):
        return False
    ours, theirs = (_parted(document.provisions) for document in (one, other))
    return (
        closes_alike(map(_line, ours[1]), map(_line, theirs[1]), parties)
        and len(ours[0]) == len(theirs[0])
        and all(
            depth == depth_there and _alike(here, there, parties)
            for (depth, here), (depth_there, there) in zip(ours[0], theirs[0], strict=True)
        )
    )


def _parted(provisions: "Iterable[Provision]") -> "tuple[list[tuple[int, Provision]], list[Provision]]":
    """Return the provisions with their depths, and apart from them those of the closing, which the States sign."""
    body: list[tuple[int, Provision]] = []
    closing: list[Provision] = []
    for depth, provision, signed in _walk(provisions):
        if signed:
            closing.append(provision)
        else:
            body.append((depth, provision))
    return body, closing


def _walk(
    provisions: "Iterable[Provision]", depth: int = 0, *, signed: bool = False
) -> "Iterator[tuple[int, Provision, bool]]":
    for provision in provisions:
        closes = signed or provision.kind in _CLOSING
        yield depth, provision, closes
        yield from _walk(provision.children, depth + 1, signed=closes)


def _alike(here: "Provision", there: "Provision", parties: Sequence[PartyName]) -> bool:
    return (here.kind, here.number) == (there.kind, there.number) and all(
        in_other_order(signs_of(ours or ""), signs_of(theirs or ""), parties)
        for ours, theirs in ((here.heading, there.heading), (here.text, there.text))
    )


def _line(provision: "Provision") -> str:
    return f"{provision.heading or ''} {provision.text}"
