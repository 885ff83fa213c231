"""Entry into force, duration and termination, as far as the operative words say them (DOMAIN.md 4.5)."""

import re
from collections.abc import Sequence

from agreements.model import Document, EntryIntoForce, Formula, Provision
from agreements.parsing import dates, numerals
from agreements.parsing.evidence import Passage

_RELEVANT = re.compile(r"into (?:force|effect|operation)|in (?:force|effect)|[Tt]erminat|enounc|enuncia|ithdraw|rovisional|ffective|xtended")
_SENTENCE = re.compile(r"[^.;]+(?:\.(?=\d|[a-z]\.)[^.;]*)*[.;]?")
_ENTERS = re.compile(
    r"\b(?:enters?|entered|come|comes|put) (?:finally )?into (?:force|effect|operation)\b|\bbecomes? (?:effective|operative)\b|\btakes? effect\b",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?:(?:this|the present|the) (?:\w+ )?(?:agreement|convention|protocol|treaty|memorandum|mou|arrangement|exchange|compact)"
    r"|constitut\w+ (?:\w+ ){0,4}agreement)\b",
    re.IGNORECASE,
)
_NUMBER = rf"(?:(?P<digits>\d{{1,3}})|(?P<words>(?:{numerals.SPELLED})(?:[- ](?:{numerals.SPELLED}))?))(?:\s*\(\s*\w+(?:[- ]\w+)?\s*\))?"
_DURATION = rf"{_NUMBER}[\s\u00a0-]+(?:calendar |consecutive )?(?P<unit>days?|months?|years?)\b['’]?(?:s['’])?"
_ENDS = re.compile(r"\b(?:terminat|denounc|denunciation|withdraw)", re.IGNORECASE)
_WHOLE = re.compile(
    r"\b(?:agreement|convention|protocol|treaty|memorandum|mou|arrangement|compact|denunciation|denounced|note|notes|such termination"
    r"|such notice|notice of termination|either (?:party|government)|it)\b",
    re.IGNORECASE,
)
_NOTICE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_DURATION}\s*(?:of\s+)?(?:prior |advance |previous |formal |written |in )*(?:notice|notification)\b",
        rf"\b(?:notice|notification)\b[^.;]{{0,60}}?\b(?:of|at least|not less than|minimum of)\s+(?:at least |not less than )?{_DURATION}",
        rf"{_DURATION}\s+(?:after|from|following|before|prior to|subsequent to)\b",
        rf"\b(?:notice|notif\w+|writing)\b[^.;]{{0,80}}?{_DURATION}\s+(?:in advance|beforehand)",
        rf"(?:expir\w+|end) of (?:a period of )?{_DURATION}",
    )
)
_NO_NOTICE = re.compile(r"\b(?:claim|dispute|staff|contract|employee|depositary shall)\b", re.IGNORECASE)
_MONTHS_OF_DAYS = {30: 1, 60: 2, 90: 3, 120: 4, 180: 6, 365: 12}
_FORMULAS: tuple[tuple[Formula, re.Pattern[str]], ...] = tuple(
    (formula, re.compile(pattern, re.IGNORECASE))
    for formula, pattern in (
        ("5b", r"first day of the (?:\w+ )?(?:calendar )?month (?:following|after|next|which)"),
        ("8", r"instruments? of (?:ratification|acceptance|approval|accession)|exchange of ratifications|ratifications? (?:have|has) been"),
        ("2", r"(?:date of (?:the )?)?(?:last|later|final|second) signature"),
        ("5a", rf"{_DURATION}\s+(?:after|following|from)\b[^.;]{{0,160}}\b(?:notif|inform|receipt|received|written)"),
        ("4", r"\b(?:notif\w+|informed (?:each|one) |written (?:communication|note)|diplomatic notes)\b[^.;]{0,220}|date of receipt of"),
        ("3", r"\bdate of (?:the |this |your |his |her |its )?(?:[\w’']+ ){0,3}(?:reply|note in reply|affirmative)|\bdate of the (?:embassy|ministry)[’']s note"
              r"|date of (?:this|your) (?:excellency[’']s )?(?:note|letter)|receipt of (?:your |the )?(?:\w+ ){0,3}(?:reply|confirmation)"),
        ("7", r"(?:same (?:date|day|time)|simultaneously|date of (?:the )?entry into force of|upon the entry into force of|as soon as the)\b"),
        ("1", r"\b(?:upon|on|at) (?:the )?(?:date of (?:its |the )?)?(?:its |the )?(?:signature|signing)\b|date of signature"),
    )
)  # fmt: skip
_TERM = re.compile(rf"\b(?:remain|continue|be|is|stay)\w* in (?:force|effect)[^.;]{{0,40}}?\bfor (?:a|an)?\s*(?:initial )?(?:period|term|duration)? ?(?:of )?(?P<term>{_DURATION})", re.IGNORECASE)
_RENEWAL = re.compile(
    rf"\b(?:extended|renewed|continued|prolonged)\b[^.;]{{0,60}}?\b(?P<renewal>(?:(?:successive|further|additional|subsequent|consecutive|equal)[\w ]{{0,20}}(?:periods?|terms?)[^.;,]{{0,30}}))", re.IGNORECASE
)
_OTHERS = re.compile(r"\b(?:amendments?|modifications?|acceding|accession|each state|such state)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\s+(?:simultaneously|together) with (?:this|the present)\b", re.IGNORECASE)
_PROVISIONAL = re.compile(r"\b(?:applied provisionally|provisional application|provisionally appl\w+)\b", re.IGNORECASE)


Sentences = Sequence[tuple[Provision, str]]


def sentences(documents: Sequence[Document]) -> Sentences:
    """Return the sentences that may speak of entry into force, duration or termination, with their provisions.

    Annexes and arrangements of lower rank are left out: they have terms of their own.
    """
    found: list[tuple[Provision, str]] = []
    for document in documents:
        if document.role in ("annex", "appendix", "implementing-arrangement"):
            continue
        for provision in document.walk():
            if _RELEVANT.search(provision.text):
                found += [(provision, s.group().strip()) for s in _SENTENCE.finditer(provision.text)]
    return [(p, s) for p, s in found if p.kind not in ("preamble", "testimonium", "signature")]


def notice(stated: Sentences) -> tuple[int | None, list[Passage]]:
    """Return the notice of termination in months where the text states exactly one, with the passage."""
    found: dict[int, Passage] = {}
    for provision, sentence in stated:
        if not _ENDS.search(sentence) or not _WHOLE.search(sentence) or _NO_NOTICE.search(sentence):
            continue
        for pattern in _NOTICE:
            if (match := pattern.search(sentence)) and (months := _months(match)):
                found.setdefault(months, Passage("termination_notice_months", provision, sentence))
                break
    if len(found) != 1:
        return None, []
    return next(iter(found.items()))[0], list(found.values())


def _months(match: re.Match[str]) -> int | None:
    count = int(match["digits"]) if match["digits"] else numerals.spelled(match["words"])
    if not count:
        return None
    unit = match["unit"].lower()
    if unit.startswith("day"):
        return _MONTHS_OF_DAYS.get(count)
    return count * 12 if unit.startswith("year") else count


def entry_into_force(stated: Sentences) -> tuple[EntryIntoForce | None, list[Passage]]:
    """Return the formula of entry into force (and the date where it is fixed), if one sentence states it."""
    for provision, sentence in stated:
        if not _THIS.search(sentence) or not (enters := _ENTERS.search(sentence)) or _of_others(sentence, enters):
            continue
        if _PROVISIONAL.search(sentence):
            sentence = _finally(sentence)
            if not (enters := _ENTERS.search(sentence)):
                continue
        fixed = [d for d in dates.find(sentence) if 0 <= d.start - enters.end() < 12]
        formula: Formula | None = "6" if fixed else next((f for f, p in _FORMULAS if p.search(sentence)), None)
        if formula is None:
            continue
        entry = EntryIntoForce(
            date=fixed[0].iso if fixed else None, formula=formula, evidence=sentence, basis="the text"
        )
        return entry, [Passage("entry_into_force", provision, sentence)]
    return None, []


def _of_others(sentence: str, enters: re.Match[str]) -> bool:
    """Whether what enters into force is an amendment, an accession, or something that does so together with this."""
    return bool(_OTHERS.search(sentence) or _TOGETHER.match(sentence, enters.end()))


def _finally(sentence: str) -> str:
    """Return the clauses of a sentence without those on provisional application."""
    clauses = re.split(r"(?<=,)|(?=\band (?:shall|will|finally|enters?)\b)", sentence)
    return "".join(clause for clause in clauses if not _PROVISIONAL.search(clause))


def duration(stated: Sentences) -> tuple[dict[str, str], list[Passage]]:
    """Return `term`, `renewal` and `provisional_application` in the words of the text."""
    facts: dict[str, str] = {}
    passages: list[Passage] = []
    for provision, sentence in stated:
        for field, pattern, group in (("term", _TERM, "term"), ("renewal", _RENEWAL, "renewal")):
            if field not in facts and _THIS.search(sentence) and (match := pattern.search(sentence)):
                facts[field] = match[group].strip()
                passages.append(Passage(field, provision, match.group()))
        if "provisional_application" not in facts and _PROVISIONAL.search(sentence) and _THIS.search(sentence):
            facts["provisional_application"] = sentence
            passages.append(Passage("provisional_application", provision, sentence))
    return facts, passages
