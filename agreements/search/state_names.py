"""Names of States as a person types them: in any language, or with a slip at the keyboard.

`states.find_in` reads the names that treaties print. The names in other languages are those of the packs in
`data/languages` and of `data/state_names.csv` (of the Unicode Common Locale Data Repository; `scripts/state_names.py`).
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from agreements.resources import data
from agreements.search.analysis import STOP_WORDS, fold
from agreements.search.matching import edits
from agreements.states import all_names, code_of, is_organisation

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word of a query, with what joins its parts: `Zuid-Afrika`."""

_MOST_WORDS = 4
_SHORTEST = 4
_LONG = 6  # letters of a word that is taken for a slip in a name


class StateAsked(NamedTuple):
    """A State that a query names: the characters that name it, and its code."""

    start: int
    end: int
    code: str


def states_in(query: str, taken: Sequence[tuple[int, int]], held: Callable[[str], bool]) -> Iterator[StateAsked]:
    """Yield the States that `query` names in another language or with a slip, outside what is `taken`.

    `held` says whether a text has a word: what texts have in every word is words and no name.
    """
    words = [found for found in WORD.finditer(query) if not any(s <= found.start() < e for s, e in taken)]
    at = 0
    while at < len(words):
        for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            run = words[at : at + count]
            if code := _code(run, held):
                yield StateAsked(run[0].start(), run[-1].end(), code)
                at += count
                break
        else:
            at += 1


def _code(run: Sequence[re.Match[str]], held: Callable[[str], bool]) -> str | None:
    folded = [fold(word.group()) for word in run]
    name = " ".join(folded)
    if (len(name) < _SHORTEST and name.isascii()) or name in STOP_WORDS:
        return None
    is_name = run[0].group()[:1].isupper()
    if all(map(held, folded)):
        return _slipped(folded) if is_name and len(folded) > 1 else None
    return _foreign().get(name) or (_slipped(folded) if is_name else None)


def _slipped(words: Sequence[str]) -> str | None:
    """Return the one State whose usual name differs from `words` in one letter of one word."""
    found = set()
    for name in _usual().get((len(words), words[0][:1]), ()):  # a first letter is seldom wrong
        other = [(typed, known) for typed, known in zip(words, name, strict=True) if typed != known]
        if len(other) == 1 and _is_slip(*other[0]):
            found.add(code_of(" ".join(name)))
    return found.pop() if len(found) == 1 else None


def _is_slip(typed: str, known: str) -> bool:
    return min(len(typed), len(known)) >= _LONG and edits(typed, known, 1, swaps=True) == 1


@cache
def _usual() -> Mapping[tuple[int, str], Sequence[tuple[str, ...]]]:
    """Return the usual names of States by how many words they have and their first letter."""
    names: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
    for name in (tuple(fold(name).split()) for name in all_names() if not is_organisation(code_of(name) or "")):
        names[len(name), name[0][:1]].append(name)
    return names


@cache
def _foreign() -> Mapping[str, str]:
    """Return the names of States in all languages but English, folded, one blank between words, and their codes."""
    from agreements.languages import languages

    names: dict[str, str] = {}
    packs = [(code, name) for pack in languages().values() for code, ways in pack.states.items() for name in ways]
    with data("state_names.csv").open(encoding="utf-8", newline="") as rows:
        more = [(row["code"], name) for row in csv.DictReader(rows) for name in row["names"].split("|")]
    for code, name in packs + more:
        names.setdefault(" ".join(WORD.findall(fold(name))), code)
    return names
