"""Names of States and organisations as treaties print them, and their codes.

The table is `data/states.csv`: a code (ISO 3166 alpha-3, for former States the code they last had, for
organisations their usual acronym), a kind, and the names in use today or once, the usual short name first. The
adjectives of `data/nationalities.csv` are kept apart: they are no names.
"""

import csv
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from agreements.errors import unknown
from agreements.resources import data

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_GOVERNMENT_OF = re.compile(r"^(?:the )?(?:governments? of (?:the )?)?", re.IGNORECASE)
_CLAUSE = 1000  # characters: a longer text is asked about once
_FoldedName = tuple[tuple[str, ...], str]  # the words of a name, and its code


class Named(NamedTuple):
    """A name found in a text: character offsets (end exclusive) and the code it stands for."""

    start: int
    end: int
    code: str


class _Table(NamedTuple):
    names: dict[str, tuple[str, ...]]  # code -> names, the usual one first
    kinds: dict[str, str]  # code -> state, territory, former, organisation
    first_words: dict[str, list[_FoldedName]]  # folded first word -> folded names, longest first


def code_of(name: str) -> str | None:
    """Return the code of the State or organisation that `name` names, or None when it is not known.

    Case, accents, a leading "the" and "the Government of" do not matter.
    """
    words = _folded(name)
    if words[:2] == ["government", "of"] or words[:3] == ["the", "government", "of"]:
        words = words[words.index("of") + 1 :]
    if words[:1] == ["the"]:
        words = words[1:]
    if not words:
        return None
    wanted = tuple(words)
    return next((code for folded, code in _table().first_words.get(words[0], ()) if folded == wanted), None)


@lru_cache(maxsize=8192)
def party_key(name: str) -> str:
    """Return by what a party is told and looked for: its code, else its name in capitals without "the Government of".

    `name` is a code or a name; a name that no table knows is kept, so that it is found as it is written.
    """
    if is_code(name):
        return name
    plain = " ".join(name.split())
    return code_of(plain) or _GOVERNMENT_OF.sub("", plain).upper()


def find_in(text: str) -> list[Named]:
    """Return the names that stand in `text`, in order, the longest at each place.

    A name begins with a capital letter; words in lower case (`turkey`, `china`) are no names.
    """
    return list(_found_in_clause(text) if len(text) < _CLAUSE else _found_in(text))


@lru_cache(maxsize=2048)  # the checks of a text all ask who acts in the same clauses
def _found_in_clause(text: str) -> tuple[Named, ...]:
    return tuple(_found_in(text))


def _found_in(text: str) -> list[Named]:
    words = _WORD.findall(text)
    opening = [at for at, word in enumerate(words) if (word[0].isupper() or word == "former") and _beginning(word)]
    if not opening:
        return []
    tokens = list(_WORD.finditer(text))
    found: list[Named] = []
    free = 0  # the first token after the name found last
    for index in opening:
        if index < free:
            continue
        following = _forms(words[index + 1]) if index + 1 < len(words) else ()
        match = next((x for x in _beginning(words[index]) if _stands(x[0], words, index, following)), None)
        if match and _runs_on(text, tokens, index, len(match[0])):
            last = tokens[index + len(match[0]) - 1]
            end = last.end() - (last.group().endswith(".") and not match[0][-1].endswith("."))
            end -= 2 * (last.group()[-2:] in ("'s", "’s") and not match[0][-1].endswith("s"))
            found.append(Named(tokens[index].start(), end, match[1]))
            free = index + len(match[0])
    return found


def of_adjective(word: str) -> str | None:
    """Return the code of the State that an adjective of nationality (`Canadian`) goes with, None where it is none.

    People and languages are named so too: only before a word for an office does it stand for the State.
    """
    return _adjectives().get(word)


def name_of(code: str) -> str:
    """Return the usual short name for `code`. Raises `NotFoundError` for a code that is not in the table."""
    names = _table().names
    if code not in names:
        raise unknown("State or organisation", code, names)
    return names[code][0]


def spelled(code: str, printed: str) -> str:
    """Return `printed`, a name of `code`; one in capitals throughout (`KINGDOM OF THE NETHERLANDS`) as tables spell it.

    A name that the table does not have stays as it is, since which of its words bear a capital is not known.
    """
    if not printed.isupper() or " " not in printed:
        return printed
    return next((name for name in _table().names.get(code, ()) if name.upper() == printed), printed)


def is_code(code: str) -> bool:
    """Whether `code` stands for a State or organisation in the table, in capitals."""
    return code in _table().names


def all_names() -> list[str]:
    """Return the usual short name of every State and organisation."""
    return [names[0] for names in _table().names.values()]


def is_organisation(code: str) -> bool:
    """Return whether `code` stands for an organisation and not for a State or territory."""
    return _table().kinds.get(code) == "organisation"


def is_territory(code: str) -> bool:
    """Return whether `code` stands for a territory that is party only through its State (`Aruba`)."""
    return _table().kinds.get(code) == "territory"


@lru_cache(maxsize=8192)  # texts use the same words over and over
def _beginning(word: str) -> Sequence[_FoldedName]:
    """Return the names that may begin with a printed `word`, folded, and their codes, longest first."""
    first_words, folded = _table().first_words, _fold(word)
    return first_words.get(folded) or first_words.get(folded.rstrip(".")) or first_words.get(_owner(folded)) or ()


def _stands(name: tuple[str, ...], words: Sequence[str], at: int, following: Sequence[str]) -> bool:
    """Whether `name` stands at the word `at`, which is known to be its first; `following` are the forms of the next."""
    if len(name) > 1 and name[1] not in following:  # most names fail here
        return False
    return len(words) - at >= len(name) and all(name[i] in _forms(words[at + i]) for i in range(2, len(name)))


@lru_cache(maxsize=8192)
def _forms(word: str) -> tuple[str, ...]:
    """Return what a printed `word` may be in a name, folded: itself, without its stop, without the possessive."""
    folded = _fold(word)
    return folded, folded.removesuffix("."), _owner(folded)


def _owner(word: str) -> str:
    """Return a folded word without the ending of the possessive (`finland's`)."""
    return word.removesuffix("'s")


def _runs_on(text: str, tokens: list[re.Match[str]], at: int, count: int) -> bool:
    """Whether only blanks, commas and brackets stand between the words of a name."""
    gaps = (text[tokens[i].end() : tokens[i + 1].start()] for i in range(at, at + count - 1))
    return all(not gap.strip(" \u00a0,()-") for gap in gaps)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def _folded(name: str) -> list[str]:
    return [_fold(word.group()) for word in _WORD.finditer(name)]


@cache
def _table() -> _Table:
    names: dict[str, tuple[str, ...]] = {}
    kinds: dict[str, str] = {}
    first_words: dict[str, list[_FoldedName]] = {}
    with data("states.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, all_names = row["code"], tuple(row["names"].split("|"))
            names[code], kinds[code] = all_names, row["kind"]
            for name in all_names:
                folded = tuple(_folded(name))
                first_words.setdefault(folded[0], []).append((folded, code))
    for candidates in first_words.values():
        candidates.sort(key=lambda x: -len(x[0]))
    return _Table(names, kinds, first_words)


def is_predecessor(name: str) -> bool:
    """Return whether `name` is that of a State or body to which the State of its code may be the successor alone.

    Renamed States are none: they are the same. What was united, divided or not yet independent is
    (`data/predecessors.csv`).
    """
    return tuple(_folded(name)) in _predecessors()


@cache
def _predecessors() -> frozenset[tuple[str, ...]]:
    with data("predecessors.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(tuple(_folded(name)) for row in csv.DictReader(file) for name in row["names"].split("|"))


@cache
def _adjectives() -> dict[str, str]:
    with data("nationalities.csv").open(encoding="utf-8", newline="") as file:
        return {word: row["code"] for row in csv.DictReader(file) for word in row["adjectives"].split("|")}


def may_bind(parties: Sequence[str], code: str) -> bool:
    """Whether an agreement may bind the State of a code that its `parties` (codes or names) do not name.

    No party is known, an organisation alone is, or one that no table knows has the State in its name.
    """
    if not parties or all(is_organisation(party) for party in parties):
        return True
    return any(named.code == code for party in parties if not is_code(party) for named in find_in(party))
