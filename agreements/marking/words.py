"""The words of markings: `data/markings.toml`, its rules, and how a word is compared whatever it is typed with.

A word is compared without accents and capitals; letters that look like others (Cyrillic, Greek, full-width, digits
read for letters) stand for those, but only where that makes a word of a marking.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal

from agreements.resources import data

MarkingLevel = Literal["top secret", "secret", "confidential", "restricted", "control", "authority"]
LEVELS: tuple[MarkingLevel, ...] = ("top secret", "secret", "confidential", "restricted", "control", "authority")
"""From the highest on; `control` (no level is named) and `authority` (a block of authority) come last."""

MarkingWordKind = Literal[
    "level", "control", "list", "owner", "lead", "trail", "carried", "authority", "subject", "done"
]
_KEYS = {
    "level": {"owner", "level", "words", "short", "alone"},
    "control": {"words", "short", "alone", "other"},
    "list": {"words", "alone", "other"},
    "owner": {"words", "name", "other"},
    "authority": {"words", "with"},
}
_SINGLE = {
    "around": {"leads", "trails"},
    "carried": {"words"},
    "notices": {"subjects", "words"},
    "declassified": {"done", "not"},
}
_FOLLOWED = ("colon", "date", "nothing")
WORD = re.compile(r"[^\W_]+")
BARE = "classified"
"""The word that says, alone and in capitals, that something is classified, and not at which level."""
_ACCENTED = re.compile(r"(?<![^\W_])(M ?Ậ ?T)(?![^\W_])", re.IGNORECASE)  # words that without accents are common ones
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХЅІЈԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧСᏚᎬᏟᎡᎢꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴᎠᎪᎫᎳᎷᎻᎽᏀᏃᏕᏞᏢᏦᏴᏙՏՕՍᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "ABEKMHOPCTYXSIJGQWABEZHIKMNOPTYXCSECRTBPDTGKJCZFNLSRVHWXYAEIOUDAJWMHYGZSLPKBVSOUABCDEFGHIJKLMNOPRSTUVWYZ",
)
_DIGITS = str.maketrans("015378$", "OISETBS")
_MIXED = re.compile(r"[a-z]\d|\d[a-z]")
_LEAST_MIXED = 4  # letters and digits of a word in which a digit may have been read for a letter


@dataclass(frozen=True, slots=True)
class MarkingTerm:
    """One entry of the data: `words` folded, `name` as it is written, and what it means.

    `short` entries count in capitals only; `alone` says that it means nothing else on a line; `other` that it names
    information of others or under another law than that on U.S. classified information.
    """

    kind: MarkingWordKind
    words: tuple[str, ...]
    name: str
    level: MarkingLevel | None = None
    owner: str = ""
    short: bool = False
    alone: bool = False
    other: bool = False
    followed: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms by their first words, the longest first: `full` forms and `short` ones.

    `known` are all words of all terms, `triggers` the rarest word of each term that
    says something by itself, with the words that must stand beside it; `starters` are the words that such a text
    begins with, `marks` those of levels and of what is carried, and `BARE`. `compact` gives the
    words of terms that are written without blanks; `notice` are the words that a notice goes on with, `denied` those
    that take a declassification back.
    """

    full: Mapping[str, tuple[MarkingTerm, ...]]
    short: Mapping[str, tuple[MarkingTerm, ...]]
    known: frozenset[str]
    triggers: Mapping[str, tuple[frozenset[str], ...]]
    starters: frozenset[str]
    marks: frozenset[str]
    compact: Mapping[str, tuple[str, ...]]
    notice: frozenset[str]
    denied: frozenset[str]


@dataclass(slots=True)
class _Gathered:
    full: dict[str, list[MarkingTerm]] = field(default_factory=dict)
    short: dict[str, list[MarkingTerm]] = field(default_factory=dict)

    def add(self, term: MarkingTerm) -> None:
        into = self.short if term.short else self.full
        into.setdefault(term.words[0], []).append(term)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` as it is compared: without accents, vowel signs and capitals."""
    return word.lower() if word.isascii() else plain(word).casefold().translate(_PLAIN)


@cache
def lexicon() -> Lexicon:
    """Return the words of markings. Raises `ValueError` that names the entry where the data breaks its rules."""
    with data("markings.toml").open("rb") as file:
        return lexicon_of(tomllib.load(file))


def lexicon_of(rows: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon of `rows` in the form of `markings.toml`; raises `ValueError` that names a wrong entry."""
    _check(rows)
    held = _Gathered()
    for term in _terms(rows):
        held.add(term)
    terms = [term for by_first in (held.full, held.short) for found in by_first.values() for term in found]
    denied = frozenset(word for phrase in rows["declassified"]["not"] for word in words_of(phrase)[-1:])
    telling = [t for t in terms if t.alone or (not t.short and t.kind in ("level", "authority", "done"))]
    return Lexicon(
        full=_longest_first(held.full),
        short=_longest_first(held.short),
        known=frozenset(word for term in terms for word in term.words) | denied,
        triggers=_triggers(telling),
        starters=frozenset(t.words[0] for t in terms if t.kind in ("level", "control", "list", "authority", "subject"))
        | frozenset(term.words[0] for term in terms if term.kind in ("owner", "lead", "done")),
        marks=frozenset(term.words[0] for term in terms if term.kind in ("level", "carried")) | {BARE},
        compact={"".join(t.words): t.words for t in terms if t.kind in ("level", "control", "owner") and not t.short}
        | {word: (word,) for term in terms if term.kind == "level" and not term.short for word in term.words},
        notice=frozenset(word for phrase in rows["notices"]["words"] for word in words_of(phrase)),
        denied=denied,
    )


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the words of `phrase` as they are compared."""
    return tuple(map(fold, WORD.findall(plain(phrase))))


def plain(text: str) -> str:
    """Return `text` with one form for each letter and without signs that show nothing; ASCII comes back as it is.

    So are accents taken off, but not off words that are common ones without them: `MẬT` is no `MAT`.
    """
    if text.isascii():
        return text
    parts = _ACCENTED.split(unicodedata.normalize("NFKC", text))
    return "".join(part if number % 2 else _bared(part) for number, part in enumerate(parts))


def _bared(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return `word` folded; where it is no word of a marking, but its look-alike is, that one."""
    folded = fold(word)
    known = lexicon().known
    if folded in known:
        return folded
    if not word.isascii():
        latin = word.translate(_LOOK_ALIKE).upper().translate(_LOOK_ALIKE)
        if latin.isascii() and latin.lower() in known:
            return latin.lower()
    elif len(word) >= _LEAST_MIXED and not word.isalpha() and not word.isdigit():
        letters = word.upper().translate(_DIGITS).lower()
        return letters if letters in known else folded
    return folded


def keys_of(text: str) -> list[str]:
    """Return the words of `text`, each as `key` has it; most texts are plain, and need no look at each word."""
    if text.isascii():
        low = text.lower()
        if not _MIXED.search(low):
            return WORD.findall(low)
    return [key(word) for word in WORD.findall(text)]


def names_marking(words: Sequence[str]) -> bool:
    """Whether `words`, as they are compared, hold all words of a term that says something by itself."""
    triggers = lexicon().triggers
    if triggers.keys().isdisjoint(words):
        return False
    found = [needed for word in words if word in triggers for needed in triggers[word]]
    there = frozenset(words)
    return any(needed <= there for needed in found)


def _triggers(terms: Iterable[MarkingTerm]) -> dict[str, tuple[frozenset[str], ...]]:
    held: dict[str, set[frozenset[str]]] = {}
    for term in terms:
        held.setdefault(max(term.words, key=len), set()).add(frozenset(term.words))
        if term.kind == "level":
            compact = "".join(term.words)
            held.setdefault(compact, set()).add(frozenset((compact,)))
    return {word: tuple(needed) for word, needed in held.items()}


def _longest_first(found: Mapping[str, Sequence[MarkingTerm]]) -> dict[str, tuple[MarkingTerm, ...]]:
    return {first: tuple(sorted(terms, key=lambda t: -len(t.words))) for first, terms in found.items()}


def _terms(rows: Mapping[str, Any]) -> Iterator[MarkingTerm]:
    for row in rows["level"]:
        facts = {"level": row["level"], "owner": row["owner"]}
        yield from (MarkingTerm("level", words_of(w), w, **facts, other=bool(row["owner"])) for w in row["words"])
        for short in row.get("short", ()):
            alone = short in row.get("alone", ())
            yield MarkingTerm(
                "level", words_of(short), short, **facts, short=True, alone=alone, other=bool(row["owner"])
            )
    for row in rows["control"]:
        marks = {"alone": row.get("alone", False), "other": row.get("other", False)}
        yield from (MarkingTerm("control", words_of(w), w, **marks) for w in row["words"])
        yield from (
            MarkingTerm("control", words_of(w), w, short=True, other=marks["other"]) for w in row.get("short", ())
        )
    for row in rows["list"]:
        marks = {"alone": row.get("alone", False), "other": row.get("other", False)}
        yield from (MarkingTerm("list", words_of(w), w, **marks) for w in row["words"])
    for row in rows["owner"]:
        other = row.get("other", False)
        yield from (MarkingTerm("owner", words_of(w), w, owner=row["name"], other=other) for w in row["words"])
    for row in rows["authority"]:
        yield from (MarkingTerm("authority", words_of(w), w, followed=row["with"]) for w in row["words"])
    around = (("lead", "around", "leads"), ("trail", "around", "trails"), ("carried", "carried", "words"))
    for kind, table, entry in (*around, ("subject", "notices", "subjects"), ("done", "declassified", "done")):
        yield from (MarkingTerm(_kind(kind), words_of(w), w) for w in rows[table][entry])


def _kind(name: str) -> MarkingWordKind:
    kinds: dict[str, MarkingWordKind] = {
        "lead": "lead", "trail": "trail", "carried": "carried", "subject": "subject", "done": "done"
    }  # fmt: skip
    return kinds[name]


# ---------------------------------------------------------------------- the rules of the data


def _check(rows: Mapping[str, Any]) -> None:
    """Raise `ValueError` that names the first entry of `rows` that is unknown, incomplete or of a wrong kind."""
    wrong = set(rows) ^ {*_KEYS, *_SINGLE}
    if wrong:
        raise ValueError(f"markings.toml: {sorted(wrong)[0]} is unknown or missing.")
    for table, keys in _KEYS.items():
        for number, row in enumerate(rows[table], 1):
            _check_row(f"markings.toml: {table} {number}", row, keys)
    for table, keys in _SINGLE.items():
        if set(rows[table]) != keys:
            raise ValueError(f"markings.toml: {table} needs {', '.join(sorted(keys))} and nothing else.")
        for entry in keys:
            _check_words(f"markings.toml: {table}.{entry}", rows[table][entry])


def _check_row(place: str, row: Mapping[str, Any], keys: Iterable[str]) -> None:
    if unknown := set(row) - set(keys):
        raise ValueError(f"{place}: {sorted(unknown)[0]} is not a field.")
    _check_words(f"{place}.words", row.get("words"))
    if "level" in keys and (row.get("level") not in LEVELS or not isinstance(row.get("owner"), str)):
        raise ValueError(f"{place}: needs an owner and a level: {', '.join(LEVELS[:4])}.")
    if "with" in keys and row.get("with") not in _FOLLOWED:
        raise ValueError(f"{place}: with is one of {', '.join(_FOLLOWED)}.")
    if "short" in row:
        _check_words(f"{place}.short", row["short"])
    if "level" in keys and not set(row.get("alone", ())) <= set(row.get("short", ())):
        raise ValueError(f"{place}: alone names what is not among its short forms.")


def _check_words(place: str, value: object) -> None:
    if not isinstance(value, list) or not value:
        raise ValueError(f"{place}: needs a list of words.")
    if bad := [word for word in value if not isinstance(word, str) or not words_of(word)]:
        raise ValueError(f"{place}: {bad[0]!r} holds no word.")
    if len(set(map(words_of, value))) < len(value):
        raise ValueError(f"{place}: names the same words twice.")
