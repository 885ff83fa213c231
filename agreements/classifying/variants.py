"""Which variant of a clause a text has: the code or value, and the words it rests on. Pure; nothing is guessed.

`registry.VARIANTS` is the table: what is read, from the clauses of which topics, by which function. A function
returns None when the words do not settle it; a wrong code is worse than none. The codes J0 to J7 and C1 to C5 are
those that `CODES` explains.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from agreements.language import lasting
from agreements.language.negation import affirmed
from agreements.language.periods import PERIOD, period, period_at
from agreements.language.sentences import around, clauses
from agreements.registry import VARIANTS

CODES = {
    "J0": "no rule on jurisdiction",
    "J1": "exclusive jurisdiction of the sending State",
    "J2": "immunity like that of administrative and technical staff, or jurisdiction given to the sending State",
    "J3": "concurrent, primary right divided, requests for waiver considered with sympathy",
    "J4": "concurrent, with a standing waiver that can be recalled or has exceptions",
    "J5": "concurrent, primary right divided, no duty to consider a waiver",
    "J6": "host has the primary right for a list of grave offences",
    "J7": "reciprocal",
    "C1": "full mutual waiver but for contractual claims",
    "C2": "waiver for military property; third parties paid by the host, the cost shared or reimbursed",
    "C3": "waiver limited: not for grave fault (gross negligence, wilful misconduct, or one of them)",
    "C4": "consultation only",
    "C5": "each bears its own; talks",
}


_NAMES = {"recall_window": "recall_", "termination_notice": "notice_", "term": "term_"}  # of values, before the unit


@dataclass(frozen=True, slots=True)
class Variant:
    """What was read: `kind`, `code` for people (`J4`, `6 months`), the number and unit where it has them.

    `words` are letter for letter in the text, from `start` on.
    """

    kind: str
    code: str
    words: str
    start: int
    number: int | None = None
    unit: str = ""


VariantReader = Callable[[str], "Variant | None"]


@dataclass(frozen=True, slots=True)
class VariantKind:
    """A kind of variant: the topics whose clauses settle it, and how they are read."""

    topics: tuple[str, ...]
    read: VariantReader


def variants_in(text: str, topics: Sequence[str], kinds: Sequence[str] = ()) -> tuple[Variant, ...]:
    """Return the variants that a clause with these `topics` settles, of the `kinds` named or of all."""
    asked = (VARIANTS[name] for name in (kinds or VARIANTS))
    found = (kind.read(text) for kind in asked if any(topic in kind.topics for topic in topics))
    return tuple(variant for variant in found if variant)


_ANY = re.IGNORECASE | re.DOTALL  # a clause may stand on several lines; where it ends, `language.sentences` knows

# ---------------------------------------------------------------------- criminal jurisdiction

_STAFF = re.compile(
    r"\b(?:equivalent|equal|same|similar|accorded|identical)\b.{0,80}?"
    r"\badministrative and technical (?:staff|personnel).{0,140}?Vienna Convention",
    _ANY,
)
_LIMITED_STAFF = re.compile(r"\bimmunity from (?:criminal )?jurisdiction\b.{0,80}?\bshall not extend", _ANY)
_GIVEN = re.compile(r"\bauthori[sz]es\b.{0,80}?\bto exercise\b.{0,40}?\bcriminal jurisdiction", _ANY)
_EXCLUSIVE = re.compile(
    r"(?:\bsubject(?:ed)? to|\bsubmitted to|\bunder|\bhave|\bexercise|\bretain)\b.{0,60}?\bexclusive(?: criminal)?"
    r"(?: and disciplinary)? jurisdiction of (?:the authorities of )?(?:the|their) "
    r"(?:sending|United States|contributing)",
    _ANY,
)
_CONCURRENT = re.compile(r"\bconcurrent\b|\bprimary (?:right|jurisdiction)\b", _ANY)
_SYMPATHY = re.compile(r"\bsympathetic consideration to a request.{0,120}?\bwaiver", _ANY)
_PRIMARY = re.compile(r"\bprimary right to exercise(?: criminal)? jurisdiction", _ANY)
_STANDING = re.compile(
    r"(?:\bwaives?\b.{0,120}?\bprimary right|\bwaive in favou?r of\b.{0,60}?\bprimary right"
    r"|\bprimary right\b.{0,80}?\b(?:is|are) (?:hereby )?waived)",
    _ANY,
)
_RECALLED = re.compile(
    r"\b(?:recall|withdraw|revoke)s?\b.{0,60}?\bwaiver|\bof particular importance\b|\bexcept (?:where|in|for)\b",
    _ANY,
)
_ASKED_TO_WAIVE = re.compile(
    r"\b(?:asks?|requests?)\b.{0,80}?\bauthorities\b.{0,80}?\bto waive\b.{0,60}?\bjurisdiction",
    _ANY,
)
_GRAVE = re.compile(r"\bgrave premeditated felon|\bprimary right.{0,80}?\bgrave\b", _ANY)


def _jurisdiction(text: str) -> Variant | None:
    kind = "criminal_jurisdiction"
    if grave := _as(kind, "J6", _GRAVE, text):
        return grave
    if (waived := _said(_STANDING, text)) and _said(_RECALLED, text):
        return _of(kind, "J4", waived)
    if (asked := _said(_ASKED_TO_WAIVE, text)) and not _PRIMARY.search(text):
        return _of(kind, "J7", asked)  # what the sending State does for those that it receives in return
    if _said(_CONCURRENT, text):
        return _divided(kind, text)
    staff = None if _said(_LIMITED_STAFF, text) else _as(kind, "J2", _STAFF, text)
    return _as(kind, "J1", _EXCLUSIVE, text) or staff or _as(kind, "J2", _GIVEN, text)


def _divided(kind: str, text: str) -> Variant | None:
    if sympathy := _as(kind, "J3", _SYMPATHY, text):
        return sympathy
    divided = len(_PRIMARY.findall(text)) > 1 and not re.search(r"\bwaive", text, _ANY)
    return _as(kind, "J5", _PRIMARY, text) if divided else None


_RECALL = re.compile(
    rf"\b(?:recall|withdraw|revoke)\b.{{0,240}}?\bwithin (?:a period of )?(?:not more than )?(?P<a>{PERIOD})"
    rf"|\bwithin (?:a period of )?(?P<b>{PERIOD}).{{0,200}}?\b(?:recall|withdraw|revoke)\b.{{0,40}}?\bwaiver",
    _ANY,
)


def _recall(text: str) -> Variant | None:
    found = list(_affirmed(_RECALL, text))
    if not found or "waive" not in text.lower():
        return None
    return _one_period("recall_window", found)


# ---------------------------------------------------------------------- claims

_WAIVER = re.compile(
    r"\bwaives?\b.{0,60}?\bclaims?\b|\bclaims?\b.{0,60}?\b(?:is|are|shall be) (?:hereby )?waived\b",
    _ANY,
)
_LIMITED = re.compile(
    r"(?<!including )(?<!even )(?<!even for )(?<!including for )"
    r"\b(?:gross negligence|wilful misconduct|willful misconduct|wilful act)\b(?! included)",
    _ANY,
)
_CONTRACTUAL = re.compile(
    r"\b(?:other than|except(?:ing)?(?: for)?|not including).{0,20}?contract(?:ual)?(?: claims)?", _ANY
)
_PERSONS = re.compile(r"\b(?:injury|death)\b", _ANY)
_PROPERTY = re.compile(r"\b(?:damage|loss|destruction)\b", _ANY)
_SHARES = re.compile(r"\b75 per ?cent\b|\bseventy-five per ?cent\b", _ANY)
_SERVICES = re.compile(
    r"\bwaives? all (?:its|their) claims\b.{0,120}?\bowned by (?:it|them)\b.{0,60}?\b(?:land, sea|armed) ",
    _ANY,
)
_AS_NATO = re.compile(
    r"\bclaims?\b.{0,200}?\b(?:in accordance with|governed by)\b.{0,60}?"
    r"\bArticle VIII of the (?:NATO|Agreement between the Parties to the North Atlantic)",
    _ANY,
)
_CONSULT = re.compile(
    r"\b(?:claims|(?:any|each|every|a) claim)\b.{0,120}?\b(?:shall|will) be (?:settled|resolved|dealt with)"
    r".{0,40}?\b(?:consultations?|negotiations?)\b",
    _ANY,
)
_OWN_COST = re.compile(
    r"\beach (?:Party|Participant)\b.{0,60}?\bbear\b.{0,40}?\b(?:its|their) own\b.{0,60}?"
    r"\b(?:loss|damage|claim)",
    _ANY,
)


def _claims(text: str) -> Variant | None:
    kind = "claims"
    if (services := _said(_SERVICES, text)) and _SHARES.search(text):
        return _of(kind, "C2", services)
    if found := _said(_AS_NATO, text):
        return _of(kind, "C2", found)
    if waived := _said(_WAIVER, text):
        if limit := _LIMITED.search(text):
            return _of(kind, "C3", limit)
        carved, both = _CONTRACTUAL.search(text), _PERSONS.search(text) and _PROPERTY.search(text)
        return _of(kind, "C1", waived) if carved and both else None
    return _as(kind, "C5", _OWN_COST, text) or _as(kind, "C4", _CONSULT, text)


# ---------------------------------------------------------------------- termination and term

_END = r"(?:terminat\w+|denounc\w+|denunciation|withdraw\w*|cease\w*|expir\w+)"
_NOTICE = re.compile(
    rf"\b(?:giving|giv(?:e|en)|by|upon|on|with|subject to|serving|a)\b.{{0,30}}?(?P<a>{PERIOD})(?:[’']s?)?"
    r"(?: (?:prior|advance|previous|written|formal|in|writing|diplomatic))*,? (?:notice|notification)\b"
    r"|\b(?:notice|notif(?:y|ying|ied|ication)|inform\w*)\b.{0,200}?\b(?:at least |not less than |no later than )?"
    rf"(?P<b>{PERIOD})(?: in advance| before| prior to| beforehand)"
    rf"|\b{_END}\b.{{0,90}}?\b(?P<c>{PERIOD}) (?:after|from|following).{{0,80}}?"
    r"\b(?:receipt|received|notice|notification|notified|date of (?:the |such |its )?(?:notice|denunciation|deposit))"
    rf"|\b(?P<d>{PERIOD}) (?:after|from|following).{{0,60}}?\b(?:receipt|notice|notification|denunciation)\b"
    rf".{{0,120}}?\b{_END}",
    _ANY,
)
_DENOUNCED = re.compile(r"\bterminat|\bdenounc|\bdenunciation shall\b", _ANY)
_ENDS = re.compile(r"\bterminat|\bdenounc|\bdenunc|\bwithdraw|\bcease", _ANY)  # what expires is often a delay
_RECEIVED = re.compile(r"\bdeemed to (?:be|have been) received\b", _ANY)
_UNSAID = re.compile(r"\b(?:reservation|declaration|objection|session|meeting|tariff)", _ANY)  # these are withdrawn too
_FORBIDDEN = re.compile(r"\bamend\w*|\bsuspen\w+|\bnegotiat\w+", _ANY)


def _notice(text: str) -> Variant | None:
    if not _ENDS.search(text):
        return None
    found = []
    for match in _affirmed(_NOTICE, text):
        sentence = _sentence(text, match.start(), match.end())
        ends = None if _RECEIVED.search(sentence) else _ENDS.search(sentence)
        if ends and not (
            _FORBIDDEN.search(sentence) and not re.search(r"\bterminat|\bdenounc|\bdenunc", sentence, _ANY)
        ):
            found.append(match)
    if _UNSAID.search(text) and not any(_DENOUNCED.search(_sentence(text, m.start(), m.end())) for m in found):
        return None
    return _in_months(_one_period("termination_notice", found)) if found else None


def _in_months(notice: Variant | None) -> Variant | None:
    """Return a notice of years in months, so that equal notices are equal."""
    if notice is None or notice.number is None or notice.unit != "years":
        return notice
    months = 12 * notice.number
    return replace(notice, code=f"{months} months", number=months, unit="months")


_TERM = re.compile(
    r"\b(?:remain|continue|be|is|are|stay)\b.{0,40}?\b(?:in force|in effect|valid|effective|binding)\b.{0,70}?"
    r"\bfor (?:an initial |a |an )?(?:initial |first |minimum )?(?:period|term|duration) of (?:at least )?"
    rf"(?P<a>{PERIOD})"
    rf"|(?<!been )\b(?:in force|in effect|valid|concluded)\b (?:initially )?for (?:an? )?(?:period of )?(?P<b>{PERIOD})"
    r"(?! (?:after|from) the termination)"
    rf"|\b(?:have|has) an? (?:initial )?(?:term|duration|period) of (?P<c>{PERIOD})"
    rf"|\binitial (?:term|period|duration) of (?P<d>{PERIOD})",
    _ANY,
)
_INDEFINITE = re.compile(
    r"\b(?:indefinite(?:ly)?(?: period| duration| term)?|unlimited (?:period|duration|term)|without limit of time)\b"
    r"|\bremain in force until (?:it is )?terminated\b",
    _ANY,
)
_EXTENDED = re.compile(r"\bextended (?:\w+ )?(?:for an unlimited|indefinitely)", _ANY)
_EXISTS = re.compile(r"\b(?:agreement|convention|protocol|treaty|mou|memorandum|arrangement|compact|title)\b", _ANY)


def _term(text: str) -> Variant | None:
    found = [m for m in _affirmed(_TERM, text) if _EXISTS.search(_sentence(text, m.start(), m.end()))]
    found = [m for m in found if not lasting.is_bound(text, m.end()) and not lasting.is_told_bound(m.group())]
    if found:
        return _one_period("term", found[:1])
    if stated := _stated_term(text):
        return stated
    unlimited = None if _EXTENDED.search(text) else _said(_INDEFINITE, text)
    if not unlimited or not _EXISTS.search(_sentence(text, unlimited.start(), unlimited.end())):
        return None
    return _of("term", "indefinite", unlimited)


def _stated_term(text: str) -> Variant | None:
    """Return the term as the facts of an agreement are read from the same words: `It shall remain in force for ...`."""
    for clause in clauses(text):
        if (found := lasting.own_term(clause.words)) is None:
            continue
        term, words = found
        at = text.find(words, clause.start)
        stated = None if term.startswith("until ") else period(term)
        if stated is None or stated.number is None:
            return Variant("term", term, words, at) if term.startswith("until ") else None
        unit = stated.unit if stated.number != 1 else stated.unit.rstrip("s")
        return Variant("term", f"{stated.number} {unit}", words, at, stated.number, stated.unit)
    return None


# ---------------------------------------------------------------------- fees, taxes, licences

_FEE = r"(?:fees?|charges?|dues|tolls)"
_OF_RELIEF = (  # "no exemption from", "no tax shall be refunded": the denial takes the relief away
    r"(?![^,;.]{0,60}\b(?:exempt|relie[fv]|refund|reimburs|waive|remit|remission|rebate|privilege|concession))"
)
_NO_FEES = re.compile(
    r"\b(?:free (?:of|from)|exempt(?:ed)? from"
    rf"|(?:without(?: payment of)?|not be (?:subject to|required to pay)|no)\b{_OF_RELIEF})\b.{{0,80}}?"
    rf"\b(?:landing|parking|navigation|overflight|port|harbou?r|pilotage|berthing|tonnage)\b.{{0,80}}?\b{_FEE}"
    rf"|\b(?:landing|parking|navigation|overflight|port|harbou?r)\b.{{0,60}}?\b{_FEE}\b.{{0,40}}?"
    r"\b(?:shall not be (?:levied|imposed|payable|charged)|are waived)",
    _ANY,
)
_PAID = re.compile(
    r"\b(?:shall|will) pay\b.{0,60}?\b(?:landing|parking|navigation|overflight|port|harbou?r)\b.{0,40}?"
    rf"\b{_FEE}",
    _ANY,
)
_REFUND = re.compile(
    r"(?<!upon )\b(?:refund|reimburse|repay|restitution)\w*\b.{0,80}?\b(?:tax|duty|duties|VAT|excise)", re.I
)
_AT_SALE = re.compile(
    r"\b(?:at (?:the )?(?:point|time|source) of (?:sale|purchase|acquisition|supply)|at source)\b", _ANY
)
_NOT = re.compile(r"\b(?:cannot|shall not|may not|no) ", _ANY)  # a refund is said of much that is none
_RELIEF = re.compile(r"\b(?:exempt\w*|relief|relieved|free of|without)\b(?!.{0,400}\bsubject to)", _ANY)
_EXEMPT = re.compile(
    rf"\b(?:exempt(?:ed|ion)?s? from|free (?:of|from)|(?:not be (?:subject|liable) to|no(?= tax))\b{_OF_RELIEF})\b"
    r".{0,60}?\b(?:tax(?:es|ation)?|VAT|excise)\b",
    _ANY,
)
_LICENCE = r"(?:driv\w+ )?(?:permits?|licen[cs]es?)"
_ACCEPTED = re.compile(
    rf"\baccept(?:ed)? as valid\b.{{0,60}}?\bwithout\b.{{0,40}}?\b(?:test|fee)s?\b.{{0,40}}?\b{_LICENCE}"
    rf"|\baccept(?:ed)? as valid\b.{{0,80}}?\b{_LICENCE}",
    _ANY,
)


_DENYING = (_NO_FEES, _EXEMPT, _ACCEPTED, _LIMITED_STAFF)  # a denial is part of what they look for
_BEFORE = 120  # characters before what is looked for
_LEFT_OPEN = re.compile(  # what is asked, talked of, only possible, or said of persons of whom something else is ruled
    r"\b(?:whether|the question (?:of|if)|(?:talks?|negotiations?|discussions?) (?:on|about)|discuss|study)\b[^.;:]*$"
    r"|\b(?:who|which|that) (?:is|are|was|were)(?: \w+ly)? $|\b(?:may|might|could) be (?:\w+ly )?$",
    re.IGNORECASE,
)
_SUPPOSED = (_NOTICE, _TERM)  # how long, where a text says it of a case that it supposes


def _fees(text: str) -> Variant | None:
    waived, paid = _said(_NO_FEES, text), _said(_PAID, text)
    if waived and paid:
        return None
    return _of("fees", "waived", waived) if waived else _of("fees", "paid", paid) if paid else None


def _taxes(text: str) -> Variant | None:
    refund, at_sale, exempt = _said(_REFUND, text), _said(_AT_SALE, text), _said(_EXEMPT, text)
    if at_sale and not _RELIEF.search(_sentence(text, at_sale.start(), at_sale.end())):
        at_sale = None
    if refund and _NOT.search(_sentence(text, refund.start(), refund.end())):
        refund = None
    if refund and (at_sale or exempt):  # each for something else: the text must be read
        return None
    if refund:
        return _of("tax_method", "refund", refund)
    if at_sale:
        return _of("tax_method", "relief at the point of sale", at_sale)
    return _of("tax_method", "exempt", exempt) if exempt else None


def _licences(text: str) -> Variant | None:
    return _as("driving_licences", "accepted", _ACCEPTED, text)


# ---------------------------------------------------------------------- the parts


def _as(kind: str, code: str, pattern: re.Pattern[str], text: str) -> Variant | None:
    found = _said(pattern, text)
    return _of(kind, code, found) if found else None


def _said(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first match of `pattern` within a clause of `text` that the clause does not deny."""
    return next(_affirmed(pattern, text), None)


def _affirmed(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `pattern` within the clauses of `text` that those neither deny nor leave open."""
    own, supposed = pattern in _DENYING, pattern in _SUPPOSED
    found = (m for clause in clauses(text) for m in affirmed(clause, pattern, own=own, supposed=supposed))
    return (m for m in found if not _LEFT_OPEN.search(text, max(0, m.start() - _BEFORE), m.start()))


def _of(kind: str, code: str, found: re.Match[str]) -> Variant:
    return Variant(kind, code, found.group(), found.start())


def _one_period(kind: str, found: Sequence[re.Match[str]]) -> Variant | None:
    """Return the one period that all of `found` name; None when they differ."""
    values = {_how_long(match) for match in found}
    if len(values) != 1 or None in (one := values.pop()):
        return None
    number, unit = one
    assert number is not None
    code = f"{number} {unit if number != 1 else unit.rstrip('s')}"
    return Variant(kind, code, found[0].group(), found[0].start(), number, unit)


def _how_long(match: re.Match[str]) -> tuple[int | None, str]:
    stated = period_at(match.string, match.start(match.lastgroup or 0))
    return (stated.number, stated.unit) if stated else (None, "")


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence of `text` around the characters from `start` to `end`."""
    return around(text, start, end).words


JURISDICTION = VariantKind(("criminal_jurisdiction", "jurisdiction_waiver_recall", "status_at"), _jurisdiction)
RECALL = VariantKind(("jurisdiction_waiver_recall", "criminal_jurisdiction"), _recall)
CLAIMS = VariantKind(("claims_government", "claims_third_party"), _claims)
NOTICE = VariantKind(("termination", "duration_renewal", "entry_into_force"), _notice)
TERM = VariantKind(("duration_renewal", "termination", "entry_into_force"), _term)
FEES = VariantKind(("fees_navigation", "movement_vehicles_vessels_aircraft", "overflight_clearance"), _fees)
TAXES = VariantKind(("official_tax",), _taxes)
LICENCES = VariantKind(("driving_professional_licenses",), _licences)


def facts_of(found: Sequence[Variant], ref: str) -> list[dict[str, object]]:
    """Return variants as rows for a program: `evidence`, and a value under its own name (`recall_days`)."""
    return [
        {
            "kind": variant.kind,
            **({_NAMES[variant.kind] + variant.unit: variant.number} if variant.number is not None else {}),
            "code": variant.code,
            "evidence": ref,
            "words": variant.words,
        }
        for variant in found
    ]
