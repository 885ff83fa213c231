"""Entry into force, duration and termination, as far as the operative words say them.

The formulas are those of docs/practice.md, "Entry into force".
"""

import re
from collections.abc import Sequence

from agreements.language import dates
from agreements.language.periods import PERIOD, period_at
from agreements.language.sentences import clauses
from agreements.model import Document, EntryIntoForce, Formula, Provision
from agreements.parsing.evidence import Passage
from agreements.parsing.phrases import any_of, contains, standing_in, words

_RELEVANT = (
    *("nto force", "nto effect", "nto operation", "in force", "in effect", "effective", "rovisional"),
    *("erminat", "enounc", "enuncia", "ithdraw", "extended", "renewed"),
)
_ENTERS = words(
    "(?:enters?|entered|comes?|put) (?:finally )?into (?:force|effect|operation)",
    "becomes? (?:effective|operative)",
    "takes? effect",
)
_ENTRIES = ("into", "effect", "operative")
_INSTRUMENT = "(?:agreement|convention|protocol|treaty|memorandum|mou|arrangement|exchange|compact)"
_THIS = words(
    rf"(?:this|the present|the) (?:\w+ )?{_INSTRUMENT}",
    r"constitut\w+ (?:\w+ ){0,4}agreement",
)
_DURATION = rf"(?P<duration>{PERIOD})['’]?(?:s['’])?"
_ENDS = any_of(r"\b(?:terminat|denounc|denunciation|withdraw)")
_ENDINGS = ("terminat", "denounc", "denunciation", "withdraw")
_UNITS = ("day", "month", "year")
_WHOLE = words(
    _INSTRUMENT,
    "denunciation|denounced|such termination",
    "notes?|such notice|notice of termination",
    "either (?:party|government)",
    "it",
)
_NOT_SINCE = r"(?!.{0,60}\binto force)"  # a time that runs from the entry into force is no notice
_NOTICE = (
    any_of(rf"{_DURATION}\s*(?:of )?(?:prior |advance |previous |formal |written |in )*(?:notice|notification)\b"),
    any_of(
        r"\b(?:notice|notification)\b.{0,60}?\b(?:of|at least|not less than|minimum of) "
        rf"(?:at least |not less than )?{_DURATION}"
    ),
    any_of(rf"(?<!after ){_DURATION}\s+(?:after|from|following|before|prior to|subsequent to)\b{_NOT_SINCE}"),
    any_of(rf"\b(?:notice|notif\w+|writing)\b.{{0,80}}?{_DURATION}\s+(?:in advance|beforehand)"),
    any_of(rf"(?:\bexpir\w++|end) of (?:a period of )?{_DURATION}{_NOT_SINCE}"),
)
_NO_NOTICE = words("claim|dispute|staff|contract|employee", "depositary shall")
_MONTHS_OF_DAYS = {30: 1, 60: 2, 90: 3, 120: 4, 180: 6, 365: 12}
_REPLY = r"(?:[\w’']+ ){0,3}(?:reply|note in reply|affirmative)"
# Tried in this order: a sentence on notifications also speaks of dates, one on ratification also of notifications.
_FORMULAS: tuple[tuple[Formula, re.Pattern[str]], ...] = (
    ("5b", any_of(r"first day of the (?:\w+ )?(?:calendar )?month (?:following|after|next|which)")),
    (
        "8",
        any_of(
            "instruments? of (?:ratification|acceptance|approval|accession)",
            "exchange of ratifications",
            "ratifications? (?:have|has) been",
        ),
    ),
    ("3", any_of(r"receipt of.{0,80}\breply\b")),
    ("2", any_of("(?:last|later|final|second) signature")),
    (
        "5a",
        any_of(rf"{_DURATION}\s+(?:after|following|from)\b.{{0,160}}\b(?:notif|inform|receipt|received|written)"),
    ),
    (
        "4",
        any_of(
            r"\bnotif\w+",
            r"\binformed (?:each|one) ",
            "written (?:communication|note)",
            "diplomatic notes",
            "date of receipt of",
        ),
    ),
    (
        "3",
        any_of(
            rf"\bdate of (?:the |this |your |his |her |its )?{_REPLY}",
            r"\bdate of the (?:embassy|ministry)[’']s note",
            "date of (?:this|your) (?:excellency[’']s )?(?:note|letter)",
            r"receipt of (?:your |the )?(?:\w+ ){0,3}(?:reply|confirmation)",
        ),
    ),
    (
        "7",
        words(
            "same (?:date|day|time)",
            "simultaneously",
            "date of (?:the )?entry into force of",
            "upon the entry into force of",
            "as soon as the",
        ),
    ),
    (
        "1",
        any_of(
            r"\b(?:upon|on|at) (?:the )?(?:date of (?:its |the )?)?(?:its |the )?(?:signature|signing)\b",
            "date of signature",
        ),
    ),
)
_TERM = any_of(
    r"\b(?:remain|continue|be|is|stay)\w* in (?:force|effect).{0,40}?\bfor (?:an? )?"
    rf"(?:initial )?(?:(?:period|term|duration) )?(?:of )?(?P<found>{_DURATION})"
)
_RENEWAL = any_of(
    r"\b(?:extended|renewed|continued|prolonged)\b.{0,60}?\b"
    r"(?P<found>(?:successive|further|additional|subsequent|consecutive|equal)[\w\s-]{0,20}(?:periods?|terms?)[^,]{0,30})"
)
_LASTING = ("day", "month", "year", "extended", "renewed", "continued", "prolonged", "provisional")
_NEAR = 120  # characters between an agreement and the words that it enters into force
_ON = any_of(r" (?:on|from|as of|with effect from)(?: the)? ")
_OTHERS = words("amendments?|modifications?|acceding|accession|each state|such state")
_PERFECT = any_of(r"\b(?:has|have|had) (?:\w+ )?$")
_TOGETHER = any_of(r"\s+(?:simultaneously|together) with (?:this|the present)\b")
_PROVISIONAL = words("applied provisionally", "provisional application", r"provisionally appl\w+")

Sentences = Sequence[tuple[Provision, str]]


def sentences(documents: Sequence[Document]) -> Sentences:
    """Return the sentences that may speak of entry into force, duration or termination, with their provisions.

    Annexes and arrangements of lower rank are left out: they have terms of their own.
    """
    found: list[tuple[Provision, str]] = []
    for document in documents:
        if document.role in ("annex", "appendix", "implementing-arrangement"):
            continue
        provisions = [provision for provision in document.walk() if provision.text]
        relevant = standing_in("\n".join(provision.text for provision in provisions), _RELEVANT)
        for provision in provisions:
            if contains(provision.text, relevant):
                found += [(provision, clause.words) for clause in clauses(provision.text)]
    return [(p, s) for p, s in found if p.kind not in ("preamble", "testimonium", "signature")]


def notice(stated: Sentences) -> tuple[int | None, list[Passage]]:
    """Return the notice of termination in months where the text states exactly one, with the passage."""
    found: dict[int, Passage] = {}
    for provision, sentence in stated:
        low = sentence.lower()
        if not contains(low, _ENDINGS) or not contains(low, _UNITS) or not _ENDS.search(sentence):
            continue
        if not _WHOLE.search(sentence) or _NO_NOTICE.search(sentence):
            continue
        for pattern in _NOTICE:
            if (match := pattern.search(sentence)) and (months := _months(match)):
                found.setdefault(months, Passage("termination_notice_months", provision, sentence))
                break
    if len(found) != 1:
        return None, []
    return next(iter(found.items()))[0], list(found.values())


def _months(match: re.Match[str]) -> int | None:
    stated = period_at(match.string, match.start("duration"))
    if stated is None or stated.number is None:
        return None
    return _MONTHS_OF_DAYS.get(stated.number) if stated.unit == "days" else stated.months


def entry_into_force(stated: Sentences) -> tuple[EntryIntoForce | None, list[Passage]]:
    """Return the formula of entry into force (and the date where it is fixed), if one sentence states it."""
    for provision, whole in stated:
        if not contains(whole.lower(), _ENTRIES) or not _ENTERS.search(whole) or not _THIS.search(whole):
            continue
        sentence = _finally(whole)
        enters = _ENTERS.search(sentence)
        if not enters or _of_others(sentence, enters) or not _subject(sentence, enters, cut=sentence != whole):
            continue
        fixed = [d for d in dates.find(sentence) if _ON.fullmatch(sentence[enters.end() : d.start])]
        formula: Formula | None = "6" if fixed else next((f for f, p in _FORMULAS if p.search(sentence)), None)
        if formula is None:
            continue
        entry = EntryIntoForce(
            date=fixed[0].iso if fixed else None, formula=formula, evidence=sentence, basis="the text"
        )
        return entry, [Passage("entry_into_force", provision, sentence)]
    return None, []


def _of_others(sentence: str, enters: re.Match[str]) -> bool:
    """Whether the words are on amendments, accessions, what enters into force with this, or what has long done so."""
    before = sentence[max(0, enters.start() - 30) : enters.start()]
    return bool(_OTHERS.search(sentence) or _TOGETHER.match(sentence, enters.end()) or _PERFECT.search(before))


def _subject(sentence: str, enters: re.Match[str], *, cut: bool) -> bool:
    """Whether it is this agreement that enters into force; `cut` says that the subject may have been cut off."""
    before = sentence[max(0, enters.start() - _NEAR) : enters.start()]
    return cut or _THIS.search(before) is not None or "constitut" in sentence


def _finally(sentence: str) -> str:
    """Return the clauses of a sentence without those on provisional application."""
    if not _PROVISIONAL.search(sentence):
        return sentence
    clauses = re.split(r"(?<=,)|(?=\band (?:shall|will|finally|enters?)\b)", sentence)
    return "".join(clause for clause in clauses if not _PROVISIONAL.search(clause))


def duration(stated: Sentences) -> tuple[dict[str, str], list[Passage]]:
    """Return `term`, `renewal` and `provisional_application` in the words of the text."""
    facts: dict[str, str] = {}
    passages: list[Passage] = []
    for provision, sentence in stated:
        if not contains(sentence.lower(), _LASTING) or not _THIS.search(sentence):
            continue
        for field, pattern in (("term", _TERM), ("renewal", _RENEWAL)):
            if field not in facts and (match := pattern.search(sentence)):
                facts[field] = match["found"].strip(" .;")
                passages.append(Passage(field, provision, match.group()))
        if "provisional_application" not in facts and _PROVISIONAL.search(sentence):
            facts["provisional_application"] = sentence
            passages.append(Passage("provisional_application", provision, sentence))
    return facts, passages
