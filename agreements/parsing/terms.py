"""Duration and termination, as far as the operative words say them, and the sentences that may speak of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from agreements.language.lasting import INSTRUMENT, goes_on, is_its_subject, is_of_this, own_term, without_condition
from agreements.language.periods import PERIOD, StatedPeriod, period_at
from agreements.language.sentences import clauses
from agreements.languages.lengths import Length
from agreements.model import Document, Provision
from agreements.parsing import lasting
from agreements.parsing.entry import is_provisional
from agreements.parsing.evidence import Passage
from agreements.parsing.phrases import any_of, contains, standing_in, words

_RELEVANT = (
    *("nto force", "nto effect", "nto operation", "in force", "in effect", "effective", "rovisional", "operative"),
    *("ake effect", "akes effect", "ave effect", "ith effect"),
    *("erminat", "xpire", "enounc", "enuncia", "ithdraw", "extended", "renewed", "initial term", "oncluded for"),
)
_DURATION = rf"(?P<duration>{PERIOD})(?:['’]s\b|['’]?(?:s['’])?)"
_ENDS = any_of(r"\b(?:terminat|denounc|denunciation|withdraw)")
_ENDINGS = ("terminat", "denounc", "denunciation", "withdraw")
_UNITS = ("day", "week", "month", "year")
_WHOLE = words(
    INSTRUMENT,
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
_NO_NOTICE = words(
    "claim|dispute|staff|contract|employee|investments?|declaration|reservations?", "depositary shall",
    "continue to (?:be effective|apply|have effect)",
)  # fmt: skip
_OWN_TERMINATION = re.compile(
    rf"(?:the |such |a |any )?termination (?:of (?:this|the) {INSTRUMENT} )?(?:(?:shall|will) )?"
    r"(?:take|takes|become|becomes|be|is) (?:effect\b|effective\b)",
    re.IGNORECASE,
)
_MAY_TERMINATE = words(rf"(?:terminate|denounce) (?:this|the present) {INSTRUMENT}")
_GOES_ON = any_of(r"\b(?:extended|renewed|prolonged|continued|extend|renew|prolong|continue|terminat\w+|denounc\w+)\b")
_BEFORE_THE_END = any_of(
    rf"{_DURATION}[’']?\s+(?:before|prior to|in advance of) (?:the )?"
    r"(?:(?:end|expiry|expiration|close|date of expir\w+) of (?:the|its|such|that|any|each|this|said) "
    rf"(?:[\w-]+ ){{0,3}}?(?:periods?|terms?|validity|duration|{INSTRUMENT})\b"
    r"|(?:its|such) (?:end|expiry|expiration)\b"
    r"|(?:[\w-]+ ){1,3}?(?:period|term|validity|duration) (?:ends|expires|is to end|would (?:end|expire))\b)"
)
_PRONOUN = words("it")
_UNLESS = words("unless", "if (?:neither|no|none)", "except (?:if|where|when)", "in the absence of", "fails? to")
_BY_ITSELF = any_of(
    r"\b(?:automatic\w*|tacit\w*)\b",
    r"\b(?:extended|renewed|continued|prolonged|continues?|extends?|renews?)\b.{0,160}\b(?:unless|if neither|if no)\b",
    r"\bunless\b.{0,200}\b(?:extended|renewed|continued|prolonged)\b",
    r"\b(?:thereafter|from year to year|and so forth|subsequently)\b",
)
_OF_WORK = words("(?:working|business) days?")
_OTHER_END = words(
    "(?:fiscal|financial|calendar|tax|school) year", "contract|lease|employment|exercise|movement|permit|permission"
)
_ENTERS = any_of(r"\b(?:enters?|comes?|brought|put) into (?:force|effect|operation)\b")
_LONGEST_NOTICE = 3 * 365  # days
_HEAD_OF = re.compile(  # up to which the head of a subject stands: `the period | of office of the members`
    r" (?:of|in|under|for|by|to|from|on|with|at|made|concluded|between|among|which|who|that|whose|duly|referred|set)\b"
)
_SHALL_END = re.compile(
    r" (?:shall|will|may|must|can|is|are)\b(?: (?:not|also|then|thereupon|automatically|be|only|at any time)){0,4},?"
    r" (?:terminated?|denounced|withdrawn|expire|end)\b",
    re.IGNORECASE,
)
_SUBJECT_BEGINS = re.compile(
    r"[,;:]|\b(?:and|or|but|that|if|when|where|after|before|unless|until|case)\b", re.IGNORECASE
)
_SUBJECTS = words(
    INSTRUMENT,
    "agreements?|conventions?|part(?:y|ies)|governments?|states?|sides?|members?|signator(?:y|ies)|participants?",
    "it|they|either|each|any|both|one|he|validity|force|effect|operation|duration|term|notes?|understanding",
    "denunciation|termination|withdrawal|notice|notification|provisions?|annex|letters?|council|kingdom|republic|union",
    "obligations|application",
)
_MONTHS_OF_DAYS = {30: 1, 60: 2, 90: 3, 120: 4, 180: 6, 365: 12}
_RENEWAL = any_of(
    r"\b(?:extended|renewed|continued|prolonged)\b.{0,60}?\b"
    r"(?P<found>(?:successive|further|additional|subsequent|consecutive|equal)[\w\s-]{0,20}(?:periods?|terms?)[^,]{0,30})"
)
_ITSELF_AGAIN = any_of(
    r"\b(?:automatically|tacitly) (?:\w+ )?(?:extended|renewed|continued|prolonged|extends?|renews?|continues?)\b",
    r"\b(?:extended|renewed|continued|prolonged|extends?|renews?|continues?) (?:itself )?(?:automatically|tacitly)\b",
)
_CAPITAL = re.compile(r"(?<!^)\b[A-Z]")
_LASTING = (
    *("until", "through", "up to", "expire", "terminate", "end on", "day", "month", "year"),
    *("extended", "renewed", "continued", "prolonged", "provisional"),
    *("thereafter", "indefinite", "unlimited", "after which", "automatic", "tacit"),
)
_PROVISIONAL = words("applied provisionally", "provisional application", r"provisionally appl\w+")


_MAY_GO_ON = re.compile(r"(?:^|[\s(])(?:\d{1,2}|[^\W\d_]{1,4})\.$")


_QUOTES, _QUOTES_END = ("“", '"', "„", "«"), ("”", '"', "»", "“")


class Stated(NamedTuple):
    """A sentence that may state a fact: its provision, its words, the language of its text, and what stands `before`.

    That is the sentence before, or, where it opens its provision, the text of the provision before.
    """

    provision: Provision
    words: str
    language: str
    before: str = ""


class NoticeOfEnd(NamedTuple):
    """A notice that is given before the end of the term; `is_counted_back` where the text counts it from that end."""

    period: StatedPeriod
    passage: Passage
    is_counted_back: bool

    @property
    def months(self) -> int | None:
        """The notice in months, as the facts of an agreement have it; None for days that make none."""
        return _months(self.period)


class TermNotices(NamedTuple):
    """The notices before the end of a term: by which it ends then, and by which it is extended.

    `goes_on` says that words were read by which it goes on after its term where nobody gives notice.
    """

    end: NoticeOfEnd | None
    extension: NoticeOfEnd | None
    goes_on: bool


def sentences(documents: Sequence[Document]) -> list[Stated]:
    """Return the sentences that may speak of entry into force, duration or termination, with their provisions.

    Annexes and arrangements of lower rank are left out: they have terms of their own.
    """
    found: list[Stated] = []
    for document in documents:
        if document.role in ("annex", "appendix", "implementing-arrangement"):
            continue
        provisions = [provision for provision in document.walk() if provision.text]
        relevant = standing_in("\n".join(provision.text for provision in provisions), _RELEVANT)
        before = ""
        quoted = _quoted(provisions) if document.role in ("main", "protocol") else frozenset()
        for provision in provisions:
            if id(provision) in quoted:
                continue
            if document.language != "en" or contains(provision.text, relevant):
                words = (each.words for each in clauses(provision.text))
                for each in words if document.language == "en" else _joined(words):
                    found.append(Stated(provision, each, document.language, before))
                    before = each
            before = provision.text
    return [each for each in found if each.provision.kind not in ("preamble", "testimonium", "signature")]


def _quoted(provisions: Sequence[Provision]) -> frozenset[int]:
    """Return the identities of the provisions that are words quoted for another text, as an amendment quotes them.

    A quotation opens at the first word of a provision and goes on to its closing mark, which stands before the next
    article; a term in quotation marks that opens a definition is none.
    """
    found: set[int] = set()
    within: list[int] = []
    for provision in provisions:
        text = provision.text.strip()
        if provision.kind in ("article", "section") and not text.startswith(_QUOTES):
            within = []
        opens = sum(map(text.count, "“„«")) - sum(map(text.count, "”»")) + text.count('"') % 2
        ends = text.rstrip(" .;,").endswith(_QUOTES_END)
        if within or (text.startswith(_QUOTES) and (opens > 0 or ends)):
            within.append(id(provision))
        if within and ends and (opens <= 0 or text.count('"') % 2):
            found |= {*within}
            within = []
    return frozenset(found)


def _joined(sentences: Iterable[str]) -> Iterator[str]:
    """Yield sentences of another language, joined where a date or an abbreviation parted them: `am 1. Juli`."""
    before = ""
    for sentence in sentences:
        before = f"{before} {sentence}".strip()
        if not _MAY_GO_ON.search(before):
            yield before
            before = ""
    if before:
        yield before


class StatedNotice(NamedTuple):
    """A notice of termination: its days where it is told in days, else its months; `months` is near where both are."""

    months: int | None
    days: int | None = None


def notice(stated: Sequence[Stated]) -> tuple[StatedNotice | None, list[Passage]]:
    """Return the notice of termination where the text states exactly one, with the passage."""
    found: dict[StatedNotice, Passage] = {}
    for each in (each for each in stated if each.language != "en"):
        for value in lasting.notices_in(each.words, each.before, each.language):
            found.setdefault(_of_length(value), Passage("termination_notice_months", each.provision, each.words))
    for period, passage in _terminations(stated):
        if told := _told(period, passage.words):
            found.setdefault(told, passage)
    if len(found) != 1:
        return None, []
    return next(iter(found.items()))[0], list(found.values())


def _of_length(value: Length) -> StatedNotice:
    if value.unit in ("months", "years"):
        return StatedNotice(value.number * (12 if value.unit == "years" else 1))
    days = value.number * (7 if value.unit == "weeks" else 1)
    return StatedNotice(_MONTHS_OF_DAYS.get(days), days)


def term_notices(documents: Sequence[Document]) -> TermNotices:
    """Return the notices that are given before the end of the term, as the text counts them.

    The notice by which an agreement ends with its term is the one that the text counts back from that end; where none
    is, the only notice of termination, if it goes on by itself otherwise: of one that ends by itself no notice is
    asked. None stands where two are stated, or none, and for days of work, whose day cannot be told.
    """
    stated = sentences(documents)
    ends: list[NoticeOfEnd] = []
    extends: list[NoticeOfEnd] = []
    for each in stated:
        for period, passage in _back(each):
            own = ends if _UNLESS.search(each.words) or _ENDS.search(each.words) else extends
            own.append(NoticeOfEnd(period, passage, is_counted_back=True))
    goes_on = any(_speaks_of_this(each) and _BY_ITSELF.search(each.words) for each in stated)
    if not ends and goes_on:
        ends = [NoticeOfEnd(period, passage, is_counted_back=False) for period, passage in _terminations(stated)]
    return TermNotices(_only(ends), _only(extends), goes_on)


def _only(found: Sequence[NoticeOfEnd]) -> NoticeOfEnd | None:
    """Return the one notice that all of `found` are; None where they differ, and for days of work."""
    if len({(each.period.number, each.period.unit) for each in found}) != 1:
        return None
    return None if _OF_WORK.search(found[0].passage.words) else found[0]


def _speaks_of_this(each: Stated) -> bool:
    """Whether a sentence is on the instrument that it stands in: by its words, or as `it` behind a sentence that is."""
    return is_of_this(each.words) or (_PRONOUN.search(each.words) is not None and is_of_this(each.before))


def _back(each: Stated) -> Iterator[tuple[StatedPeriod, Passage]]:
    """Yield a notice that is counted back from the end of the term: `ninety days before the current period ends`."""
    sentence = each.words
    if not contains(sentence.lower(), _UNITS) or not _GOES_ON.search(sentence) or _OTHER_END.search(sentence):
        return
    if not _speaks_of_this(each):
        return
    for match in _BEFORE_THE_END.finditer(sentence):
        period = period_at(sentence, match.start("duration"))
        if period is not None:
            yield period, Passage("termination_notice_months", each.provision, sentence)


def _terminations(stated: Sequence[Stated]) -> Iterator[tuple[StatedPeriod, Passage]]:
    """Yield the notices of termination of this agreement, one for a sentence, with their passages."""
    for provision, sentence, _, before in stated:
        low = sentence.lower()
        if not contains(low, _ENDINGS) or not contains(low, _UNITS) or not _ENDS.search(sentence):
            continue
        own = _OWN_TERMINATION.match(sentence) and _MAY_TERMINATE.search(before)
        if not (own or _WHOLE.search(sentence)) or _NO_NOTICE.search(sentence) or _ends_another_thing(sentence):
            continue
        for pattern in _NOTICE:
            match = next((m for m in pattern.finditer(sentence) if not _is_of_entry(m)), None)
            period = period_at(sentence, match.start("duration")) if match else None
            if period and period.unit != "hours" and 0 < (period.days or 0) <= _LONGEST_NOTICE:
                yield period, Passage("termination_notice_months", provision, sentence)
                break


def _is_of_entry(match: re.Match[str]) -> bool:
    """Whether a period runs to the entry into force: that is named before it, and no end is."""
    before = match.string[: match.start("duration")]
    return "into force" in before and _ENTERS.search(before) is not None and _ENDS.search(before) is None


def _told(period: StatedPeriod, words: str) -> StatedNotice | None:
    """Return the notice that a period is; None for one of working days, whose day cannot be told."""
    if not period.number or _OF_WORK.search(words):
        return None
    if period.unit in ("days", "weeks"):
        return StatedNotice(_months(period), period.number * (7 if period.unit == "weeks" else 1))
    return StatedNotice(period.months)


def _months(stated: StatedPeriod) -> int | None:
    """Return a period in months, as far as it is one of months or of days that are usually told so."""
    if stated.number is None:
        return None
    return _MONTHS_OF_DAYS.get(stated.number) if stated.unit == "days" else stated.months


def _ends_another_thing(sentence: str) -> bool:
    """Whether all that a sentence says to end is something else than an agreement: a term of office, a lease.

    What ends is the noun at the head of the subject; what an agreement is only named behind (`the arrangements made
    under this Agreement`) is another thing. A subject with a capital may be the name of a party.
    """
    heads = [_head_before(sentence, match.start()) for match in _SHALL_END.finditer(sentence)]
    return bool(heads) and all(head and not _SUBJECTS.search(head) and not _CAPITAL.search(head) for head in heads)


def _head_before(sentence: str, verb: int) -> str:
    """Return the head of the subject of the verb at `verb`: its words up to the first that hangs on it."""
    opens = [match.end() for match in _SUBJECT_BEGINS.finditer(sentence, 0, verb)]
    subject = sentence[opens[-1] if opens else 0 : verb].strip()
    return _HEAD_OF.split(f"{subject} ", maxsplit=1)[0].strip()


def _going_on(sentence: str) -> str:
    """Return the words by which an agreement goes on after its term, for no time that is told; empty for others."""
    if not is_its_subject(sentence):
        return ""
    by_itself = _ITSELF_AGAIN.search(sentence)
    return goes_on(sentence) or (by_itself.group() if by_itself else "")


def _add_of_another_language(each: Stated, facts: dict[str, str], passages: list[Passage]) -> None:
    """Add what a sentence in another language than English states. A first term of which no renewal is read is none."""
    own = (each.words, each.before, each.language)
    renewal = lasting.renewal_in(*own)
    term = lasting.term_in(*own)
    if "term" not in facts and term and not term.is_first:
        facts["term"] = term.said
        passages.append(Passage("term", each.provision, each.words))
    if "renewal" not in facts and renewal:
        facts["renewal"] = renewal.said
        passages.append(Passage("renewal", each.provision, renewal.said))
    if "provisional_application" not in facts and is_provisional(each.words, each.language):
        facts["provisional_application"] = each.words
        passages.append(Passage("provisional_application", each.provision, each.words))


def duration(stated: Sequence[Stated]) -> tuple[dict[str, str], list[Passage]]:
    """Return `term`, `renewal` and `provisional_application` in the words of the text."""
    facts: dict[str, str] = {}
    passages: list[Passage] = []
    for each in (each for each in stated if each.language != "en"):
        _add_of_another_language(each, facts, passages)
    if "renewal" not in facts and any(lasting.may_go_on(each.words, each.language) for each in stated):
        facts.pop("term", None)  # it may go on by words that were not read: no day may be counted from it
        passages = [each for each in passages if each.field != "term"]
    for provision, sentence, language, before in stated:
        if language != "en" or not contains(sentence.lower(), _LASTING):
            continue
        if not is_of_this(sentence) and not (_PRONOUN.search(sentence) and is_of_this(before)):
            continue
        if "term" not in facts and (stated_term := own_term(sentence)):
            facts["term"] = stated_term[0]
            passages.append(Passage("term", provision, stated_term[1]))
        if "renewal" not in facts and (match := _RENEWAL.search(sentence)):
            facts["renewal"] = without_condition(match)
            passages.append(Passage("renewal", provision, match.group()))
        if "renewal" not in facts and (words := _going_on(sentence)):
            facts["renewal"] = words
            passages.append(Passage("renewal", provision, words))
        if "provisional_application" not in facts and _PROVISIONAL.search(sentence):
            facts["provisional_application"] = sentence
            passages.append(Passage("provisional_application", provision, sentence))
    return facts, passages
