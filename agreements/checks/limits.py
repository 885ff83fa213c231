"""Checks against standing limits: indemnities, unfunded promises, tribunals, State aircraft and warships.

The limits are `data/limits.toml`, each with its source and the day on which it was checked: to add one, add it there.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from agreements.checks.passages import operative, shortened
from agreements.findings import Finding, Severity
from agreements.language.actors import subject
from agreements.language.negation import affirmed
from agreements.language.sentences import Sentence
from agreements.model import Agreement
from agreements.reference import Place
from agreements.resources import data

_US = "USA"
_BOTH = ("party", "government", "sending")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: the words that breach it, the words that make them good, and where the rule comes from.

    `verified` says whether the source itself was seen; `checked` is the day (ISO 8601) as of which it holds.
    """

    id: str
    cues: tuple[str, ...]
    finds: re.Pattern[str]
    unless: re.Pattern[str] | None
    unless_text: re.Pattern[str] | None
    severity: Severity
    says: str
    fix: str
    citation: str
    checked: str
    verified: bool
    basis: str
    by_us: bool = False
    once: bool = False
    near: re.Pattern[str] | None = None
    own: bool = False

    @property
    def source(self) -> str:
        """The source in a few words, with the day of its check; an unverified one says so."""
        return f"{self.citation}, as of {self.checked}{'' if self.verified else '; not verified'}"


@cache
def limits() -> tuple[Limit, ...]:
    """Return the limits of the data file."""
    rows = tomllib.loads(data("limits.toml").read_text(encoding="utf-8"))["limit"]
    return tuple(Limit(**{**row, "cues": tuple(row["cues"]), **_patterns(row)}) for row in rows)


def standing_limits(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text to which the United States is party (or the parties are unknown) breaches a standing limit."""
    codes = {party.code for party in agreement.parties if party.code}
    if codes and _US not in codes:
        return
    text = " ".join(p.text for document in agreement.documents for p in document.walk())
    for limit in limits():
        if limit.unless_text and limit.unless_text.search(text):
            continue
        for place, words in _breaches(operative(agreement, cues=limit.cues), limit):
            message = f"“{words}”: {limit.says} Source: {limit.source}."
            yield Finding(f"limit-{limit.id}", limit.severity, place.path, message, limit.fix)
            if limit.once:
                break


def _breaches(clauses: Iterable[tuple[Place, Sentence]], limit: Limit) -> Iterator[tuple[Place, str]]:
    """Yield the first breach of `limit` in each provision of `clauses`, with its words."""
    last = None
    for place, clause in clauses:
        if place.path == last or not _concerns(clause, limit):
            continue
        for found in affirmed(clause, limit.finds, own=limit.own):
            if not limit.by_us or _binds_us(clause, found.start()):
                last = place.path
                yield place, shortened(found.group())
                break


def _concerns(clause: Sentence, limit: Limit) -> bool:
    """Whether nothing in the clause makes it good, and what must stand near does."""
    if limit.near and not clause.search(limit.near):
        return False
    return limit.unless is None or not clause.search(limit.unless)


def _binds_us(clause: Sentence, verb: int) -> bool:
    """Whether the subject of the verb is, or includes, the United States; a subject of both sides does."""
    return any(actor.code == _US if actor.code else actor.kind in _BOTH for actor in subject(clause, verb))


def _patterns(row: dict[str, str]) -> dict[str, re.Pattern[str] | None]:
    found = {key: row.get(key, "") for key in ("finds", "unless", "unless_text", "near")}
    return {key: re.compile(words, re.IGNORECASE) if words else None for key, words in found.items()}
