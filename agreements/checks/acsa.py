"""The items of 10 U.S.C. 2341 to 2350 that the text of an acquisition and cross-servicing agreement is read for.

A text states an item, does not state it, or differs from it, which is for a lawyer; the statute binds whatever the
text leaves out. Times are added up beside those of the statute, without a verdict. The items are
`data/acsa_rules.toml`, each with its source and the day of its check.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from agreements.checks.passages import operative, operative_places, shortened
from agreements.findings import Finding, error, info, warning
from agreements.language.negation import affirmed
from agreements.language.periods import StatedPeriod, periods
from agreements.language.sentences import Sentence, sentences
from agreements.model import Agreement
from agreements.reference import Place
from agreements.resources import data

ChecklistKind = Literal["says", "within", "fact"]
Partner = Literal["nato", "organization", "other", "unknown"]
ChecklistState = Literal["stated", "stated-in-part", "not-stated", "differs", "to-establish", "not-applicable"]

_MONTH = 365 / 12  # days
_SHOWN, _BEFORE = 300, 60  # characters of the words that an answer rests on
_SLACK = 5  # days: twelve months, a year and 365 days are the same time
_SAID = {
    "not-stated": "Not stated",
    "stated-in-part": "Stated in part",
    "differs": "Differs, for L",
    "to-establish": "To be established",
}
_SENDS = re.compile(
    r"\b(?:shall (?:invoice|bill)|invoiced|billed|(?:send|sent|issued?|submit\w*|render\w*"
    r"|present\w*)\b.{0,40}\binvoices?"
    r"|invoices?\b.{0,40}\b(?:sent|issued|submitted|rendered|presented))\b",
    re.IGNORECASE,
)
_PAYS = re.compile(r"\b(?:pay|pays|paid|payments? (?:shall|is|are|must))\b", re.IGNORECASE)
_BECOMES_CASH = re.compile(
    r"\b(?:not|fails?)\b.{0,100}\b(?:complet\w+|replac\w+|return\w*|ma[dk]e|perform\w*)\b.{0,300}\b(?:cash|pa(?:y|id|yment)|invoice|reimbursable)\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(r"\W{0,3}[“\"]?[\w ,-]{1,60}[”\"] (?:means|has the meaning)\b")
_IN_KIND = re.compile(r"\b(?:replac\w+|exchange\w*|in[- ]kind|equal[- ]value|returned?)\b", re.IGNORECASE)
# Times within which support is replaced or exchanged are none between an invoice and its payment.
_PAYS_IN_KIND = re.compile(
    r"\bpay\w*[- ]in[- ]?[‘'“\"]?(?:kind|equal)|\b(?:replacement|exchange) schedule\b", re.IGNORECASE
)
_RHYTHM = re.compile(
    r"\b(?:pay|paid|liquidat\w+|settled?|balances?)\b[^;]{0,90}?"
    r"\b(?P<how>monthly|quarterly|semi-?annually|annually|yearly|every (?:month|quarter|year))\b",
    re.IGNORECASE,
)
_MONTHS_OF = {"month": 1, "quarter": 3, "semi": 6, "annual": 12, "year": 12}
_DISPUTES = re.compile(r"\b(?:disput\w+|say so|record\w*)\b", re.IGNORECASE)
_ELIGIBLE = {
    "nato": "The partner is a member of NATO, or a body of it.",
    "organization": "The partner is an international organization.",
}


@dataclass(frozen=True, slots=True)
class ChecklistRule:
    """A rule of the statute as a sentence (`item`), how a text states it or differs, and its source.

    `checked` is the ISO 8601 day of the check.
    """

    id: str
    kind: ChecklistKind
    item: str
    reason: str
    fix: str
    citation: str
    checked: str
    verified: bool
    basis: str
    finds: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    differs: re.Pattern[str] | None = None
    months: int = 0
    denied: bool = False
    when: tuple[Partner, ...] = ()
    parts: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The source in a few words, with the day of its check; an unverified one says so."""
        return f"{self.citation}, as of {self.checked}{'' if self.verified else '; not verified'}"


@dataclass(frozen=True, slots=True)
class ChecklistAnswer:
    """What the text says of an item: the state, the place and the words it rests on, and why.

    It is stated in part where a sentence is about it and not every element of it is said; `why` names those that are
    not.
    """

    rule: ChecklistRule
    state: ChecklistState
    where: str = ""
    words: str = ""
    why: str = ""

    def finding(self) -> Finding | None:
        """Return the finding that a person should look at; None where the item is stated or does not arise."""
        if self.state in ("stated", "not-applicable"):
            return None
        told = self.why or self.rule.reason
        message = f"{_SAID[self.state]}: {self.rule.item} {told} Source: {self.rule.source}."
        make = warning if self.state == "differs" else info
        return make(f"acsa-{self.rule.id}", self.where or "main", message, self.rule.fix)

    def as_json(self) -> dict[str, Any]:
        """Return the answer as a row for a program."""
        rule = self.rule
        return {
            "id": rule.id, "item": rule.item, "state": self.state, "where": self.where, "words": self.words,
            "why": self.why or rule.reason, "fix": rule.fix, "citation": rule.citation, "checked": rule.checked,
            "verified": rule.verified, "basis": rule.basis,
        }  # fmt: skip


_PARENT = re.compile(r"\bAcquisition and Cross-Servicing Agreement\b", re.IGNORECASE)


@cache
def rules() -> tuple[ChecklistRule, ...]:
    """Return the items of the data file."""
    rows = tomllib.loads(data("acsa_rules.toml").read_text(encoding="utf-8"))["rule"]
    return tuple(
        ChecklistRule(**{**row, **_patterns(row), "when": tuple(row.get("when", ())), "parts": _parts(row)})
        for row in rows
    )


def checklist(agreement: Agreement, partner: Partner = "unknown") -> tuple[ChecklistAnswer, ...]:
    """Return what `agreement` says of each item; `partner` is what the other side is."""
    return tuple(_answer(rule, agreement, partner) for rule in rules())


def statute(agreement: Agreement) -> Iterator[Finding]:
    """Say where an acquisition and cross-servicing agreement differs from the statute, or its times add up to more."""
    codes = {party.code for party in agreement.parties if party.code}
    if not _is_of_the_kind(agreement) or agreement.form == "protocol" or (codes and "USA" not in codes):
        return
    for answer in checklist(agreement):
        if answer.state == "differs" and (found := answer.finding()):
            yield found
    for rule in rules():
        if rule.kind == "within":
            yield from _too_long(rule, agreement)


def _is_of_the_kind(agreement: Agreement) -> bool:
    """Whether a text is such an agreement, or an arrangement that implements the one that it refers to."""
    if agreement.family == "acsa" or agreement.form != "implementing-arrangement" or agreement.main is None:
        return agreement.family == "acsa"
    opening = [agreement.main.title or ""]
    opening += [p.words() for p in agreement.main.provisions if p.kind == "preamble"]
    return any(_PARENT.search(words) for words in opening)


def _answer(rule: ChecklistRule, agreement: Agreement, partner: Partner) -> ChecklistAnswer:
    if rule.kind == "fact":
        return _fact(rule, partner)
    if rule.kind == "within":
        return _added_up(rule, agreement)
    for place, clause in operative(agreement):
        if rule.differs and _differs(rule, clause, place):
            return ChecklistAnswer(rule, "differs", place.path, shortened(clause.words, 300))
    said = [
        (place, sentence)
        for place in operative_places(agreement)
        for sentence in sentences(place.provision.text)  # a list defines over all its points
        if _states(rule, place, sentence)
    ]
    return _as_far_as_stated(rule, said) if said else ChecklistAnswer(rule, "not-stated")


def _as_far_as_stated(rule: ChecklistRule, said: Sequence[tuple[Place, Sentence]]) -> ChecklistAnswer:
    """Return the answer of the sentences that are about an item: the place that says most of its elements, and which
    elements none of them says."""
    in_each = [{name for name, words in rule.parts.items() if sentence.search(words)} for _, sentence in said]
    most = max(range(len(said)), key=lambda at: (len(in_each[at]), _DEFINES.match(said[at][1].words) is None))
    place, sentence = said[most]
    others = [
        f"{', '.join(sorted(new))}: {said[at][0].path}"
        for at, own in enumerate(in_each)
        if (new := own - in_each[most].union(*in_each[:at]))
    ]
    missing = [name for name in rule.parts if not any(name in own for own in in_each)]
    told = [f"Also {'; '.join(others)}."] if others else []
    told += [f"Not: {', '.join(missing)}."] if missing else []
    words = _around(rule, sentence, in_each[most])
    return ChecklistAnswer(rule, "stated-in-part" if missing else "stated", place.path, words, " ".join(told))


def _around(rule: ChecklistRule, sentence: Sentence, parts: Collection[str]) -> str:
    """Return a sentence, a long one from before the first words that state the item to behind the last."""
    patterns = [rule.parts[name] for name in parts] or [rule.finds or re.compile("")]
    found = [match for pattern in patterns if (match := pattern.search(sentence.words))]
    if len(sentence.words) <= _SHOWN or not found:
        return shortened(sentence.words, _SHOWN)
    first = sentence.words.rfind(" ", 0, max(0, min(match.start() for match in found) - _BEFORE)) + 1
    cut = shortened(sentence.words[first:], _SHOWN)
    return f"… {cut}" if first else cut


def _fact(rule: ChecklistRule, partner: Partner) -> ChecklistAnswer:
    if rule.when and partner not in (*rule.when, "unknown"):
        return ChecklistAnswer(rule, "not-applicable", why=_ELIGIBLE[partner])
    if rule.id == "partner" and partner in _ELIGIBLE:
        return ChecklistAnswer(rule, "stated", why=_ELIGIBLE[partner])
    return ChecklistAnswer(rule, "to-establish")


def _states(rule: ChecklistRule, place: Place, sentence: Sentence) -> bool:
    """Whether a sentence has the words of `rule`; what stands near them may open the list that it is a point of."""
    if rule.finds is None or not sentence.search(rule.finds):
        return False
    above = " ".join(provision.text for provision in place.chain[:-1])
    return rule.near is None or rule.near.search(f"{above} {sentence.words}") is not None


def _differs(rule: ChecklistRule, clause: Sentence, place: Place) -> bool:
    if rule.differs is None or not clause.search(rule.differs) or (rule.unless and clause.search(rule.unless)):
        return False
    above = " ".join(provision.text for provision in place.chain[:-1])
    if rule.near and rule.unless and rule.unless.search(above):
        return False  # a point of a list that bars
    return (next(affirmed(clause, rule.differs), None) is None) == rule.denied


# ---------------------------------------------------------------------- times, added up


@dataclass(frozen=True, slots=True)
class _Step:
    """A time that the text sets: its place, from what it runs, and how long it is."""

    where: str
    runs: str
    printed: str
    days: float
    sentence: str


def _added_up(rule: ChecklistRule, agreement: Agreement) -> ChecklistAnswer:
    """Return the times of the text beside the statute's; what they mean for it, a lawyer says."""
    sums = _sums(rule, agreement)
    if not sums:
        return ChecklistAnswer(rule, "not-stated", why=f"The text sets no time for it. {rule.reason}")
    told = "; ".join(_as_words(steps) for steps in sums)
    limit = f"the statute: {rule.months} months ({rule.months * _MONTH:.0f} days)"
    longest = max(sums, key=_days)
    left_out = tuple(_not_counted(rule, agreement, sums))
    state: ChecklistState = "stated-in-part" if left_out else "stated"
    why = " ".join((f"{told}; {limit}.", *left_out))
    return ChecklistAnswer(rule, state, longest[0].where, longest[-1].sentence, why)


def _not_counted(rule: ChecklistRule, agreement: Agreement, sums: Sequence[tuple[_Step, ...]]) -> Iterator[str]:
    """Say by which other way an account of `rule` is closed, one that these sums leave out: support that is not
    replaced or returned in time, and is then paid for."""
    in_kind = next((other for other in rules() if other.id == "in-kind-period"), None)
    if rule.id != "liquidation" or in_kind is None:
        return
    counted = {step.where for steps in sums for step in steps}
    for place in operative_places(agreement):
        words = place.provision.text
        if not (_BECOMES_CASH.search(words) and _IN_KIND.search(words)):
            continue
        kinds = _sums(in_kind, agreement)
        first = max(kinds, key=_days, default=())
        own = {step.printed for steps in kinds for step in steps if step.where == place.path}  # the time in kind itself
        then = [period for period in periods(words) if period.days and words[period.start : period.end] not in own]
        if not first or (place.path in counted and len(sums) > 1):
            continue
        days = _days(first) + sum(period.days or 0.0 for period in then)
        steps = " + ".join([_as_words(first), *(f"{words[p.start : p.end]} to pay ({place.path})" for p in then)])
        total = f"{steps} = {days:.0f} days, and the time to the invoice" if then else f"{steps}, and the time to pay"
        told = "by which support that is not replaced or returned in time is paid for"
        yield f"Not counted: {place.path}, {told}: {total}."


def _too_long(rule: ChecklistRule, agreement: Agreement) -> Iterator[Finding]:
    """Yield the times that add up to more than the statute's, each with its arithmetic."""
    for steps in _sums(rule, agreement):
        if _days(steps) > rule.months * _MONTH + _SLACK:
            limit = f"{rule.months} months ({rule.months * _MONTH:.0f} days)"
            message = f"{_as_words(steps)}, more than {limit}. {rule.item} Source: {rule.source}."
            make = error if len(steps) == 1 and rule.verified else warning
            yield make(f"acsa-{rule.id}", steps[-1].where, message, rule.fix)


def _days(steps: Sequence[_Step]) -> float:
    return sum(step.days for step in steps)


def _as_words(steps: Sequence[_Step]) -> str:
    each = " + ".join(f"{step.printed} {step.runs} ({step.where})" for step in steps)
    return f"{each} = {_days(steps):.0f} days"


def _sums(rule: ChecklistRule, agreement: Agreement) -> list[tuple[_Step, ...]]:
    """Return the times that `rule` is about, each alone; those to the invoice and from it to the payment together."""
    found = [
        (place, clause, period)
        for place, clause in operative(agreement)
        if _is_timed(rule, clause)
        for period in periods(clause.words)
        if period.days
    ]
    if rule.id != "liquidation":
        return [(_step(place, clause, period, "from delivery"),) for place, clause, period in found]
    invoiced = [
        _step(*row, "from delivery to invoice") for row in found if _SENDS.search(_window(*row)) and not _pays(*row)
    ]
    paid = [_step(*row, "from invoice to payment") for row in found if _pays(*row)]
    balanced = [(step,) for step in _regular(rule, agreement)]
    if invoiced and paid:
        return [(max(invoiced, key=lambda step: step.days), max(paid, key=lambda step: step.days)), *balanced]
    return [*((step,) for step in (*invoiced, *paid)), *balanced]


def _regular(rule: ChecklistRule, agreement: Agreement) -> Iterator[_Step]:
    """Yield the intervals at which balances are paid, whatever each invoice says: `not less than quarterly`."""
    for place, clause in operative(agreement):
        if rule.finds and clause.search(rule.finds) and (found := clause.search(_RHYTHM)):
            months = next(count for word, count in _MONTHS_OF.items() if word in found["how"].lower())
            yield _Step(place.path, "between payments", found["how"], months * _MONTH, shortened(clause.words, 300))


def _is_timed(rule: ChecklistRule, clause: Sentence) -> bool:
    return bool(rule.finds and clause.search(rule.finds) and (rule.near is None or clause.search(rule.near)))


def _step(place: Place, clause: Sentence, period: StatedPeriod, runs: str) -> _Step:
    printed = clause.words[period.start : period.end]
    return _Step(place.path, runs, printed, period.days or 0.0, shortened(clause.words, 300))


def _window(_: Place, clause: Sentence, period: StatedPeriod) -> str:
    """Return the words between the time before and this one: they hold the verb that it belongs to."""
    ends = [other.end for other in periods(clause.words) if other.end <= period.start]
    return clause.words[max([0, *ends]) : period.start]


def _pays(place: Place, clause: Sentence, period: StatedPeriod) -> bool:
    window = _window(place, clause, period)
    in_cash = _DISPUTES.search(window) is None and _PAYS_IN_KIND.search(window) is None
    return _PAYS.search(window) is not None and in_cash


def _patterns(row: dict[str, str]) -> dict[str, re.Pattern[str] | None]:
    found = {key: row.get(key, "") for key in ("finds", "unless", "near", "differs")}
    return {key: re.compile(words, re.IGNORECASE) if words else None for key, words in found.items()}


def _parts(row: Mapping[str, Any]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words, re.IGNORECASE) for name, words in row.get("parts", {}).items()}
