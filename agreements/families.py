"""The families of agreements: what kind of instrument an agreement is, by its substance and not by its title.

To add one, add a table to `data/families.toml`; import, drafting, search and checks take its words from there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agreements.errors import unknown
from agreements.resources import data


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its id (as in references and filters), its short and full name, and the dossier's code.

    `title` are words (regular expressions) of a title that make the family certain, `topics` the core topics that a
    full agreement settles, `aliases` other names that a person may give.
    """

    id: str
    short: str
    label: str
    code: str
    aliases: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def _load() -> dict[str, Family]:
    rows = tomllib.loads(data("families.toml").read_text(encoding="utf-8"))
    return {name: _family(name, row) for name, row in rows.items()}


def _family(name: str, row: Mapping[str, Any]) -> Family:
    if strange := row.keys() - {"short", "label", "code", "aliases", "title", "topics"}:
        raise ValueError(f"families.toml, {name}: there is no {', '.join(sorted(strange))}")
    aliases, title, topics = (tuple(row.get(key, ())) for key in ("aliases", "title", "topics"))
    return Family(name, row["short"], row["label"], row["code"], aliases, title, topics)


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
