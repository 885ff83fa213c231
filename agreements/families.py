"""The families of agreements: what kind of instrument an agreement is, by its substance and not by its title.

To add one, add a table to `data/families.toml`; import, drafting, search and checks take its words from there.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from agreements.errors import unknown
from agreements.resources import data


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its id (as in references and filters), its short and full name, and the dossier's code.

    `title` are words (regular expressions) of a title that make the family certain, unless words of `unless` stand in
    it too, which say that it is about something else; `abroad` are those of titles in other languages. `topics` are the
    core topics that a full agreement settles, `aliases` other names that a person may give. `says` are words of a text
    that agreements of this family use and others seldom do, `marks` the topics that set it apart from its neighbours.
    """

    id: str
    short: str
    label: str
    code: str
    aliases: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


_LISTS = ("aliases", "title", "abroad", "unless", "topics", "says", "marks")
_UNSPACED = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def _load() -> dict[str, Family]:
    rows = tomllib.loads(data("families.toml").read_text(encoding="utf-8"))
    return {name: _family(name, row) for name, row in rows.items()}


def _family(name: str, row: Mapping[str, Any]) -> Family:
    if strange := row.keys() - {"short", "label", "code", *_LISTS}:
        raise ValueError(f"families.toml, {name}: there is no {', '.join(sorted(strange))}")
    return Family(name, row["short"], row["label"], row["code"], **{key: tuple(row.get(key, ())) for key in _LISTS})


FAMILIES: dict[str, Family] = _load()
_IDS = {
    name.lower().replace("-", "_").replace(" ", "_"): each.id
    for each in FAMILIES.values()
    for name in (*each.aliases, each.code, each.id)
}


def id_of(name: str) -> str | None:
    """Return the id of the family of that id, code or alias, in any writing; None when there is none."""
    return _IDS.get(name.strip().lower().replace("-", "_").replace(" ", "_"))


def family(name: str) -> Family:
    """Return the family of that id, code or alias, in any case; raises `NotFoundError` listing the known ids."""
    found = id_of(name)
    if found is None:
        raise unknown("family", name, FAMILIES)
    return FAMILIES[found]


def whole_words(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that matches any of `phrases` as whole words, whatever the case and the kind of blank."""
    return re.compile("|".join(rf"\b(?:{phrase})\b" for phrase in phrases).replace(" ", r"\s"), re.IGNORECASE)


@cache
def _of_titles() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    rows = (each for each in FAMILIES.values() if each.title)
    english = [(each.id, whole_words(each.title), whole_words(each.unless) if each.unless else None) for each in rows]
    abroad = [(each.id, _abroad(each.abroad), None) for each in FAMILIES.values() if each.abroad]
    return (*english, *abroad)


def _abroad(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern of `phrases` as whole words, but of those in scripts that part no words."""
    spaced = [phrase for phrase in phrases if not _UNSPACED.search(phrase)]
    whole = whole_words(spaced).pattern if spaced else r"(?!)"
    return re.compile("|".join((whole, *(p for p in phrases if p not in spaced))), re.IGNORECASE)


def by_title(title: str) -> str:
    """Return the id of the family where the words of a title make it certain, else `other`.

    What explains a title in brackets (`(status provisions)`) stands before the rest of it. Of several families the one
    whose words come first has it: `on Defense Cooperation, the Status of Forces, and Access to Facilities`.
    """
    for words_of in (" ; ".join(_IN_BRACKETS.findall(title)), title):
        met = [
            (found.start(), -found.end(), name)
            for name, words, unless in _of_titles()
            if (found := words.search(words_of)) and not (unless and unless.search(title))
        ]
        if met:
            return min(met)[2]
    return "other"
