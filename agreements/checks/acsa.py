"""The checklist of 10 U.S.C. 2341 to 2350 over the text of an acquisition and cross-servicing agreement.

The questions are `data/acsa_rules.toml`, each with its source and the day of its check.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from agreements.checks.passages import operative, shortened
from agreements.findings import Finding, error, info, warning
from agreements.language.negation import affirmed
from agreements.language.periods import periods
from agreements.language.sentences import Sentence, clauses, sentences
from agreements.model import Agreement
from agreements.reference import Place
from agreements.resources import data

ChecklistKind = Literal["says", "forbids", "within", "fact"]
Partner = Literal["nato", "organization", "other", "unknown"]
ChecklistState = Literal["met", "departs", "not-found", "to-establish", "not-applicable"]

_MONTH = 30.4  # days
_SLACK = 5  # days: twelve months, a year and 365 days are the same time
_ELIGIBLE = {
    "nato": "The partner is a member of NATO, or a body of it.",
    "organization": "The partner is an international organization.",
}


@dataclass(frozen=True, slots=True)
class ChecklistRule:
    """A question of the checklist, how the text answers it, and its source (`checked` is an ISO 8601 day)."""

    id: str
    kind: ChecklistKind
    question: str
    reason: str
    fix: str
    citation: str
    checked: str
    verified: bool
    basis: str
    finds: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    months: int = 0
    denied: bool = False
    when: tuple[Partner, ...] = ()

    @property
    def source(self) -> str:
        """The source in a few words, with the day of its check; an unverified one says so."""
        return f"{self.citation}, as of {self.checked}{'' if self.verified else '; not verified'}"


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """What the text says to a question: the state, the place and the words it rests on, and why."""

    rule: ChecklistRule
    state: ChecklistState
    where: str = ""
    words: str = ""
    why: str = ""

    def finding(self) -> Finding | None:
        """Return the finding that a person should look at; None where the question is met or does not arise."""
        if self.state in ("met", "not-applicable"):
            return None
        told = self.why or self.rule.reason
        message = f"{self.rule.question} {told} Source: {self.rule.source}."
        make = {"departs": error if self.rule.verified else warning, "not-found": warning}.get(self.state, info)
        return make(f"acsa-{self.rule.id}", self.where or "main", message, self.rule.fix)

    def as_json(self) -> dict[str, Any]:
        """Return the answer as a row for a program."""
        rule = self.rule
        return {
            "id": rule.id, "question": rule.question, "state": self.state, "where": self.where, "words": self.words,
            "why": self.why or rule.reason, "fix": rule.fix, "citation": rule.citation, "checked": rule.checked,
            "verified": rule.verified, "basis": rule.basis,
        }  # fmt: skip


@cache
def rules() -> tuple[ChecklistRule, ...]:
    """Return the questions of the data file."""
    rows = tomllib.loads(data("acsa_rules.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(ChecklistRule(**{**row, **_patterns(row), "when": tuple(row.get("when", ()))}) for row in rows)


def checklist(agreement: Agreement, partner: Partner = "unknown") -> tuple[ChecklistAnswer, ...]:
    """Return the answer of `agreement` to each question; `partner` is what the other side is."""
    return tuple(_answer(rule, agreement, partner) for rule in rules())


def statute(agreement: Agreement) -> Iterator[Finding]:
    """Say where an acquisition and cross-servicing agreement departs from the statute in its own words."""
    codes = {party.code for party in agreement.parties if party.code}
    if agreement.family != "acsa" or agreement.form == "protocol" or (codes and "USA" not in codes):
        return
    for answer in checklist(agreement):
        if answer.state == "departs" and (found := answer.finding()):
            yield found


def _answer(rule: ChecklistRule, agreement: Agreement, partner: Partner) -> ChecklistAnswer:
    if rule.kind == "fact":
        return _fact(rule, partner)
    cut = sentences if rule.kind == "says" else clauses  # a list defines over all its points; a time is of one
    hits = [(place, found.words) for place, found in operative(agreement, cut) if _matches(rule, place, found)]
    if rule.kind == "within":
        return _within(rule, hits)
    if not hits:
        return (
            ChecklistAnswer(rule, "met", why="The text has no such words.")
            if rule.kind == "forbids"
            else ChecklistAnswer(rule, "not-found")
        )
    place, sentence = hits[0]
    state: ChecklistState = "departs" if rule.kind == "forbids" else "met"
    return ChecklistAnswer(rule, state, place.path, shortened(sentence, 300))


def _fact(rule: ChecklistRule, partner: Partner) -> ChecklistAnswer:
    if rule.when and partner not in (*rule.when, "unknown"):
        return ChecklistAnswer(rule, "not-applicable", why=_ELIGIBLE[partner])
    if rule.id == "partner" and partner in _ELIGIBLE:
        return ChecklistAnswer(rule, "met", why=_ELIGIBLE[partner])
    return ChecklistAnswer(rule, "to-establish")


def _within(rule: ChecklistRule, hits: list[tuple[Place, str]]) -> ChecklistAnswer:
    """Answer by the longest period in the sentences that the rule is about."""
    timed = [(found.days, place, sentence) for place, sentence in hits for found in periods(sentence)]
    known = [(days, place, sentence) for days, place, sentence in timed if days]
    if not known:
        return ChecklistAnswer(rule, "not-found", why=f"The text sets no time for it. {rule.reason}")
    longest, place, sentence = max(known, key=lambda row: row[0])
    state: ChecklistState = "departs" if longest > rule.months * _MONTH + _SLACK else "met"
    return ChecklistAnswer(rule, state, place.path, shortened(sentence, 300))


def _matches(rule: ChecklistRule, place: Place, sentence: Sentence) -> bool:
    """Whether a sentence has the words of `rule`; what stands near them may open the list that it is a point of."""
    if rule.finds is None or not sentence.search(rule.finds) or (rule.unless and sentence.search(rule.unless)):
        return False
    if rule.kind == "forbids" and (next(affirmed(sentence, rule.finds), None) is None) != rule.denied:
        return False
    above = " ".join(provision.text for provision in place.chain[1:-1])
    return rule.near is None or rule.near.search(f"{above} {sentence.words}") is not None


def _patterns(row: dict[str, str]) -> dict[str, re.Pattern[str] | None]:
    found = {key: row.get(key, "") for key in ("finds", "unless", "near")}
    return {key: re.compile(words, re.IGNORECASE) if words else None for key, words in found.items()}
