"""Checks of figures and times: numbers printed twice, two times for one act, notices that no term is long enough for.

The acts that a text settles once are `_ACTS`; beside them two sentences that say the same in nearly the same words are
held to say the same time. Days and months are compared near enough: a year, twelve months and 365 days are one time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from agreements.checks.passages import closing, is_english, is_operative, shortened
from agreements.findings import Finding, error, warning
from agreements.language import dates, named_parties
from agreements.language.actors import Actor, actors
from agreements.language.modality import modals
from agreements.language.money import sums
from agreements.language.numbers import quantities
from agreements.language.periods import StatedPeriod, periods
from agreements.language.sentences import Sentence, around, sentences
from agreements.model import Agreement
from agreements.reference import Place, places

_LETTERS = re.compile(r"[A-Za-z]")
_DIGITS = re.compile(r"\d")
_UNIT = re.compile(r"\b(?:hour|day|week|month|year)s?\b")
# The acts that a text settles once, each with what stands between its verb and the time, and what stands near.
_ACTS = {
    "the notice of termination": (
        re.compile(r"\b(?:terminat|denounc|withdraw|discontinu)\w*\b[^;]{0,110}$", re.IGNORECASE),
        re.compile(r"\b(?:notif|notice|receiv|inform|advance)", re.IGNORECASE),
    ),
    "the payment of an invoice": (
        re.compile(r"\b(?:pay|paid|payments?)\b[^;]{0,60}$", re.IGNORECASE),
        re.compile(r"\b(?:invoices?|bills?|their (?:date|receipt))\b", re.IGNORECASE),
    ),
    "the presentation of a claim": (
        re.compile(
            r"\b(?:claims?|it|they)\b[^;]{0,60}\b(?:presented|submitted|filed|lodged|brought)\b[^;]{0,80}$", re.I
        ),
        re.compile(r"\b(?:event|incident|damage|accident|injury|arose|occurr\w+|gave rise|after|knowledge)\b", re.I),
    ),
    "how long a permission is valid": (
        re.compile(
            r"\b(?:permissions?|clearances?|permits?|authori[sz]ations?|approvals?)\b[^;]{0,60}\bvalid\b[^;]{0,80}$",
            re.I,
        ),
        re.compile(r"\bvalid\b"),
    ),
    "how long the text remains in force": (
        re.compile(
            r"\b[Tt]his (?:Agreement|Memorandum|Arrangement|Protocol|Understanding)\b[^;]{0,60}"
            r"\b(?:remains?|stays?|is|be)\b[^;]{0,20}\bin force\b[^;]{0,50}$"
        ),
        re.compile(r"\bin force\b"),
    ),
    "the recall of the waiver": (
        re.compile(r"\brecall\w*\b[^;]{0,110}$", re.IGNORECASE),
        re.compile(r"\b(?:recei\w+|notification|notified)\b", re.IGNORECASE),
    ),
}
# Acts that the text settles once whoever is named in the sentence, within one article.
_OF_NOBODY = ("the presentation of a claim", "how long the text remains in force")
_OTHER_END = re.compile(  # another end than that of the text by notice, or something that happens besides
    r"\b(?:initial period|wish|breach|employ\w*|contracts?|labor|labour|visits?|complet\w+|return\w*|following|upon"
    r"|continue|leases?|persons?|orders?|extend\w*|renew\w*)\b",
    re.IGNORECASE,
)
_RENEWAL = re.compile(r"\b(?:renew|exten[ds]|prolong|continu)")
_INITIAL_PERIOD = re.compile(r"\bin force for an initial period\b")  # it is the term of the text itself
_CONDITION = re.compile(
    r"\b(?:if|where|when|whenever|unless|except|in case|in the event|urgent|emergenc\w+|crisis)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLURAL = re.compile(r"(?<=[a-rt-z]{3})s$")
_LITTLE = frozenset(
    [
        "the",
        "and",
        "for",
        "that",
        "this",
        "with",
        "from",
        "than",
        "not",
        "later",
        "less",
        "more",
        "least",
        "within",
        "before",
        "after",
        "shall",
        "may",
        "will",
        "should",
        "must",
        "each",
        "its",
        "their",
        "any",
        "such",
        "other",
        "has",
        "have",
        "been",
        "are",
        "was",
        "were",
        "who",
        "which",
        "party",
        "parties",
        "agreement",
        "participant",
        "participants",
        "either",
        "both",
        "all",
    ]
)
_ALIKE, _ENOUGH = 0.75, 4  # the share of words that two sentences have in common, and how many there must be
_WORDS_OF_A_SUM = 16  # words of a sum in words and in figures at the most
_SAME = 0.03  # the share by which two times may differ and be one
_LIVES = re.compile(
    r"\b(?:in force|in effect|terminat\w+|end|ends|expires?|discontinue|denounce\w*|withdraw\w*)\b", re.I
)
_REMAINS = re.compile(
    r"\b(?:remains?|continues?|valid|be|is)\b[^.;]{0,40}\b(?:in force|in effect|valid)\b[^.;]{0,40} ?$"
    r"|\binitial (?:period|term) of $",
    re.IGNORECASE,
)
_RENEWED = re.compile(
    r"\b(?:extend|renew|continu|prolong)\w*\b[^.;]{0,60}\b(?:periods?|terms?) of (?:a )?(?:further )?$"
    r"|\b(?:extend|renew|continu|prolong)\w*\b[^.;]{0,30} for (?:an? |another )?(?:further |additional |successive )*$",
    re.IGNORECASE,
)
_TEXT_ITSELF = re.compile(r"\b(?:Agreement|Memorandum|Arrangement|Protocol|Convention|Treaty|[Ii]t)\b")
_BEFORE_END = re.compile(
    r"[’']?s?,? (?:(?:prior )?notice )?(?:before|prior to|preceding|in advance of) (?:the"
    r" (?:date|end|expiry|expiration|close) of )?"
    r"(?:(?:the|a|an|any|each|its|that|this|such|such a|their)\s)?"
    r"(?:\w+[ -]){0,2}?(?:period|term|expir\w+|end|validity)\b",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\binitial\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:terminat\w+|denounce\w*|discontinue|withdraw\w*|end (?:it|this))\b", re.IGNORECASE)
_NOTICE_BEFORE = re.compile(
    r"\b(?:(?:terminat\w+|denounce\w*|discontinue|withdraw\w*|end (?:it|this))\b[^.;]{0,80}\bnotice of (?:at least )?"
    r"|terminat(?:ion|ed?)\b[^.;]{0,30}\b(?:takes?|have|has|shall have|become) effect(?:ive)? )$",
    re.IGNORECASE,
)
_NOTICE_AFTER = re.compile(r"[’']s?,? (?:prior |advance )?(?:written |prior )*notice\b", re.IGNORECASE)
_THEREAFTER = re.compile(
    r"\b(?:thereafter|and (?:shall )?then) (?:shall )?(?:continues?|remains?)\b|\b(?:extend|renew)\w*\b", re.IGNORECASE
)
_ENTERS = re.compile(
    r"\b(?:enters? into force|comes? into (?:force|effect|operation)|takes? effect|becomes? effective)\b", re.IGNORECASE
)
_OF_ANOTHER = re.compile(
    r"\b(?:amend\w*|termination|changes?|modif\w+|annex\w*|extension|notice|waiver|exemption|withdrawal|denunciation|it"
    r"|revis\w+|accession|should|after|until|when|before|if|procedures|year|upon its)\b",
    re.IGNORECASE,
)
_EVENTS = (
    ("reply", re.compile(r"\b(?:reply|present note|date of (?:this|your) (?:note|letter))\b", re.IGNORECASE)),
    ("ratification", re.compile(r"\binstruments? of (?:ratification|approval|acceptance)\b", re.IGNORECASE)),
    (
        "note",
        re.compile(
            r"\b(?:later|last|latter|second) (?:of the )?(?:two )?(?:\w+ )?(?:note|notification)s?\b", re.IGNORECASE
        ),
    ),
    (
        "signature",
        re.compile(
            r"\b(?:up)?on (?:the (?:date|day) of )?(?:its |the )?(?:last |later )?(?:signature|signing)\b"
            r"|\b(?:date|day) (?:up)?on which (?:it|they|(?:both |the )?(?:Part|part|sign)\w+|both)"
            r" (?:is|are|ha(?:s|ve) (?:been )?)?(?: ?)(?:both )?sign(?:ed)?\b",
            re.IGNORECASE,
        ),
    ),
)
_INFORMS = re.compile(
    r"\b(?:inform|notif|advis)\w*\b[^.;]{0,200}\b(?:procedur|requirement|complet|fulfil|approv|constitution|domestic|formalit"
    r"|condition|necessary)"
    r"|\b(?:procedur|requirement|complet|fulfil|approv|formalit)\w*\b[^.;]{0,200}\b(?:inform|notif)"
    r"|\bexchange of (?:notes|letters)\b",
    re.IGNORECASE,
)
_PROCEDURES = re.compile(
    r"\b(?:inform|notify|notified)\b[^.;]{0,120}\b(?:procedures?|requirements?)\b[^.;]{0,120}"
    r"\b(?:complet\w+|fulfil\w*|met|satisfied)\b",
    re.IGNORECASE,
)


def figures(agreement: Agreement) -> Iterator[Finding]:
    """Say where a number in words and the figure beside it differ, and which dates no calendar has."""
    for place in places(agreement):
        text = place.provision.text
        if not is_english(place) or not _DIGITS.search(text):
            continue
        for found in quantities(text) if "(" in text else ():
            words = text[found.start : found.end]
            if found.disagrees and _LETTERS.search(words):
                message = f"“{words}”: the words say {found.in_words:f}, the figure {found.in_figures:f}."
                yield error("number-words", place.path, message, "Write the same number twice.")
        for words, said in _other_sums(text) if "(" in text else ():
            message = f"“{words}”: the two sums are not alike ({said})."
            yield error("number-words", place.path, message, "Write the same sum twice.")
        for words in dates.impossible(text):
            yield error("impossible-date", place.path, f"“{words}”: no calendar has this day.", "Correct the date.")


_BRACKETS = re.compile(r"[^(;.]{0,120}?\((?P<inside>[^()]{3,80})\)")


_BEFORE_A_SUM = re.compile(r"(?:the )?(?:(?:sum|amount) of )?(?:[A-Z]{3} |U\.S\. ?|US)?[$€£¥₩]? ?")
_AFTER_A_SUM = 3  # words of the name of a currency


def _other_sums(text: str) -> Iterator[tuple[str, str]]:
    """Yield each sum of money that brackets behind it print again, once in words and once in figures, not alike."""
    for stated in sums(text):
        found = _BRACKETS.match(text, stated.start)
        if found is None or text[stated.start : found.end()].count(" ") > _WORDS_OF_A_SUM:
            continue
        before, inside = text[stated.start : found.start("inside") - 1], found["inside"]
        one, other = next(iter(quantities(before)), None), next(iter(quantities(inside)), None)
        if one is None or other is None or one.value == other.value or None in (one.value, other.value):
            continue
        alone = _BEFORE_A_SUM.fullmatch(inside, 0, other.start) and len(inside[other.end :].split()) <= _AFTER_A_SUM
        if alone and (one.in_words is None) != (other.in_words is None):
            yield found.group(), f"{one.value:,f} and {other.value:,f}"


# ---------------------------------------------------------------------- two times for one act


@dataclass(frozen=True, slots=True)
class _Timed:
    """A time in a sentence: its place, the States that act before it, and the words that it is the time of."""

    place: Place
    sentence: Sentence
    period: StatedPeriod
    who: frozenset[str]
    content: frozenset[str]

    @property
    def days(self) -> float:
        return self.period.days or 0.0

    @property
    def printed(self) -> str:
        return self.sentence.text[self.period.start : self.period.end]


def differing(agreement: Agreement) -> Iterator[Finding]:
    """Say where one act has two times: acts that a text settles once, and clauses of nearly the same words."""
    times = [*_times(agreement)]
    told: set[str] = set()
    pairs = [
        (one, other, act)
        for act in _ACTS
        for one, other in combinations([time for time in times if _is_of(time, act)], 2)
        if one.who == other.who or (act in _OF_NOBODY and one.place.chain[0] is other.place.chain[0])
    ]
    pairs += [(one, other, "the same act") for one, other in combinations(times, 2) if _say_the_same(one, other)]
    for one, other, act in pairs:
        if abs(one.days - other.days) > _SAME * max(one.days, other.days) and other.place.path not in told:
            told.add(other.place.path)
            there = f"in {one.place.path}" if one.place.path != other.place.path else "before it"
            message = f"Two times for {act}: “{one.printed}” {there}, “{other.printed}” here."
            yield warning("periods-differ", other.place.path, message, "Keep one of the two, or say when each applies.")


def _times(agreement: Agreement) -> Iterator[_Timed]:
    """Yield the times of sentences that set no condition: what holds in a case apart may have a time of its own."""
    names = named_parties.as_terms(agreement)
    for place in places(agreement):
        text = place.provision.text
        if not is_english(place) or not is_operative(place) or not _UNIT.search(text):
            continue
        for found in periods(text):
            sentence = around(text, found.start, found.end)
            if found.days is None or _CONDITION.search(sentence.words):
                continue
            modal = next((m.start for m in modals(sentence)), found.start)
            acting = actors(Sentence(text, sentence.start, min(modal, found.start)), names)
            who = frozenset(actor.code or text[actor.start : actor.end] for actor in acting if _is_of_a_state(actor))
            without = f"{text[sentence.start : found.start]} {text[found.end : sentence.end]}".lower()
            content = {_PLURAL.sub("", word) for word in _WORD.findall(without)} - _LITTLE
            yield _Timed(place, sentence, found, who, frozenset(content))


def _is_of_a_state(actor: Actor) -> bool:
    return bool(actor.code) or actor.kind == "state"


def _say_the_same(one: _Timed, other: _Timed) -> bool:
    both, either = one.content & other.content, one.content | other.content
    apart = one.place.path != other.place.path or one.sentence.start != other.sentence.start
    return apart and len(both) >= _ENOUGH and len(both) >= _ALIKE * len(either)


def _is_of(time: _Timed, act: str) -> bool:
    """Whether the time is that of `act`: its verb stands before it, behind other times of the sentence."""
    before, behind = _ACTS[act]
    text, start, end = time.sentence.text, time.period.start, time.period.end
    begins = max([time.sentence.start, *(p.end for p in periods(text) if p.end <= start)])
    found = before.search(text, begins, start)
    after = text[end : min(end + 80, time.sentence.end)]
    if found is None or _OTHER_END.search(_INITIAL_PERIOD.sub("", found.group())):
        return False
    if "claim" in act and "laim" not in time.place.provision.text:
        return False  # `it` is something else
    if "in force" in act and _RENEWAL.search(after):
        return False
    return behind.search(f"{text[begins:start]} {after}") is not None


# ---------------------------------------------------------------------- bounds that exclude each other

_OTHER_ACT = re.compile(
    r"\b(?:shall|may|will|should|must|is|are|be|to|for|or|if|where|when|unless|except|which|who|that|any|each|every"
    r"|period|paid|sent|made|given|taken|brought|begun|held|kept|\w{3,}ed)\b"
)
_EARLIER = ("before", "prior to", "in advance of", "preceding", "ahead of")
_ASKS = re.compile(r"\b(?:request\w*|notif\w+|notice|submit\w*|appl(?:y|ication)\w*|planned)\b", re.IGNORECASE)
_ANSWERS = re.compile(
    r"\b(?:answer\w*|decid\w+|decision|repl(?:y|ied)|respon[ds]\w*|approv\w+|grant\w*)\b", re.IGNORECASE
)
_RECEIPT = re.compile(r"\b(?:recei\w+|request|submission|application|notification)\b", re.IGNORECASE)


def bounds(agreement: Agreement) -> Iterator[Finding]:
    """Say where one act has two bounds in one sentence: two that differ, or a least that is more than the most."""
    for place in _with_periods(agreement):
        text = place.provision.text
        for one, other in pairwise(found for found in periods(text) if found.bound and found.days is not None):
            if _bound_one_act(text, one, other) and _exclude_each_other(one, other):
                words = [text[p.start : p.end] for p in (one, other)]
                message = f"“{words[0]}” (at {one.bound}) and “{words[1]}” (at {other.bound}) bound one act."
                yield warning("bounds-differ", place.path, message, "Keep one of the two, or say what each is for.")
                break


def _with_periods(agreement: Agreement) -> Iterator[Place]:
    for place in places(agreement):
        if is_english(place) and is_operative(place) and _UNIT.search(place.provision.text):
            yield place


def _bound_one_act(text: str, one: StatedPeriod, other: StatedPeriod) -> bool:
    """Whether nothing between two periods of a sentence begins another act, and both run from one event."""
    if around(text, one.start, one.end).end < other.end or _OTHER_ACT.search(text, one.end, other.start):
        return False
    if (one.relation in _EARLIER) != (other.relation in _EARLIER) and one.relation and other.relation:
        return False
    events = [{*_WORD.findall(found.event.lower())} - _LITTLE for found in (one, other)]
    return not all(events) or bool(events[0] & events[1])


def _exclude_each_other(one: StatedPeriod, other: StatedPeriod) -> bool:
    first, second = one.days or 0.0, other.days or 0.0
    if one.bound == other.bound:
        return abs(first - second) > _SAME * max(first, second)
    least, most = (first, second) if one.bound == "least" else (second, first)
    return least > most * (1 + _SAME)


def late_answers(agreement: Agreement) -> Iterator[Finding]:
    """Say where an answer may come after the act for which it was asked: asked 72 hours before, answered within 96."""
    for place in _with_periods(agreement):
        text = place.provision.text
        found = [p for p in periods(text) if p.days is not None]
        asked = next((p for p in found if _is_asked(text, p)), None)
        late = next((p for p in found if asked and _is_answered(text, p) and (p.days or 0) >= (asked.days or 0)), None)
        if asked and late:
            words = [text[p.start : p.end] for p in (asked, late)]
            message = f"What is asked for “{words[0]}” before may be answered within “{words[1]}”: after the act."
            yield warning("answer-too-late", place.path, message, "Shorten the time to answer, or ask earlier.")


def _is_asked(text: str, found: StatedPeriod) -> bool:
    begins = around(text, found.start, found.end).start
    return found.bound == "least" and found.relation in _EARLIER and bool(_ASKS.search(text, begins, found.start))


def _is_answered(text: str, found: StatedPeriod) -> bool:
    before = max(around(text, found.start, found.end).start, found.start - 60)
    runs = found.bound == "most" and found.relation not in _EARLIER
    return runs and bool(_ANSWERS.search(text, before, found.start)) and bool(_RECEIPT.search(found.event))


# ---------------------------------------------------------------------- notices and terms


def notices(agreement: Agreement) -> Iterator[Finding]:
    """Say where a notice must be given before the period began at whose end it works, or outlasts the whole term."""
    stated = [(place, found) for place, found in _stated(agreement) if found.days is not None]
    terms = {_role(place, found): (place, found) for place, found in reversed(stated)}
    term, renewed = terms.get("term"), terms.get("renewal")
    for place, found in stated:
        text, role = place.provision.text, _role(place, found)
        against = None
        if role == "before-end":
            against = term if _INITIAL.search(text[found.end : found.end + 60]) else renewed or term
        elif role == "notice":
            against = renewed or (term if not _goes_on(text_of(agreement)) else None)
        if against and (found.days or 0) > (against[1].days or 0) * (1 - (role == "before-end") * _SAME):
            printed = [where.provision.text[p.start : p.end] for where, p in ((place, found), against)]
            message = f"Notice of “{printed[0]}” cannot be given within a period of “{printed[1]}” ({against[0].path})."
            yield warning("notice-exceeds-term", place.path, message, "Shorten the notice, or lengthen the period.")


def text_of(agreement: Agreement) -> str:
    """Return the words of the operative provisions of the main text."""
    return " ".join(place.provision.text for place in places(agreement) if is_operative(place))


def _goes_on(text: str) -> bool:
    """Whether the text goes on after its first term until somebody ends it."""
    return _THEREAFTER.search(text) is not None


def _stated(agreement: Agreement) -> Iterator[tuple[Place, StatedPeriod]]:
    for place in places(agreement):
        text = place.provision.text
        if is_english(place) and is_operative(place) and _UNIT.search(text) and _LIVES.search(text):
            yield from ((place, found) for found in periods(text))


def _role(place: Place, found: StatedPeriod) -> str:
    """Return what a period is to the life of the text: its `term`, a `renewal`, a `notice`, one `before-end`."""
    text = place.provision.text
    sentence = around(text, found.start, found.end)
    before, after = text[sentence.start : found.start], text[found.end : min(found.end + 90, sentence.end)]
    if _BEFORE_END.match(after):
        return "before-end"
    if _TEXT_ITSELF.search(before) and _RENEWED.search(before):
        return "renewal"
    if _TEXT_ITSELF.search(before) and _REMAINS.search(before):
        return "term"
    if _NOTICE_BEFORE.search(before) and not _OTHER_END.search(before) and not _CONDITION.search(before):
        return "notice"
    if _NOTICE_AFTER.match(after) and _ENDS.search(before) and not _CONDITION.search(before):
        return "notice"
    return ""


# ---------------------------------------------------------------------- entry into force


def entry(agreement: Agreement) -> Iterator[Finding]:
    """Say where the text enters into force by an event that it does not provide for, or by two different ones."""
    said = [(place, kind, words) for place, kind, words in _entries(agreement)]
    whole = text_of(agreement)
    kinds = {kind for _, kind, _ in said}
    for place, kind, words in said:
        why = ""
        if kind == "note" and not _INFORMS.search(place.chain[0].words().replace(words, "")):
            why = "No provision says that the Parties inform each other by note, so that there is no such note"
        elif kind in ("signature", "ratification") and _PROCEDURES.search(whole) and "note" not in kinds:
            why = "The Parties also inform each other that their procedures are completed, which then has no effect"
        elif kind == "reply" and agreement.form == "agreement" and any(closing(agreement, "signature")):
            why = "A text that both sides sign has no reply"
        elif kind == "signature" and agreement.form == "exchange-of-notes":
            why = "Notes that are exchanged are not signed as one text"
        elif kind != said[0][1]:
            why = f"{said[0][0].path} says otherwise (“{said[0][2]}”)"
        if why:
            fix = "Let the event of entry into force be the one that the text provides for."
            yield warning("entry-formula", place.path, f"“{words}”: {why}.", fix)


def _entries(agreement: Agreement) -> Iterator[tuple[Place, str, str]]:
    for place in places(agreement):
        text = place.provision.text
        if not is_english(place) or ("force" not in text and "effect" not in text):
            continue
        aside = place.document.role not in ("main", "offer-note", "reply-note")
        if aside or any(p.kind in ("testimonium", "signature") for p in place.chain):
            continue
        for sentence in sentences(text):
            if (found := sentence.search(_ENTERS)) and not _OF_ANOTHER.search(text, sentence.start, found.start()):
                words = text[found.start() : min(found.end() + 160, sentence.end)]
                kind = next((kind for kind, sign in _EVENTS if sign.search(words)), "")
                if kind:
                    yield place, kind, shortened(words)
