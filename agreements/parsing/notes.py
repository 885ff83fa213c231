"""Exchanges of notes or letters: where each note begins, whether it offers or replies, and what the reply accepts.

The note that offers and the one that accepts are the agreement together (11 FAM 731.1). A reply that changes a term is
a counter-offer, and no agreement (docs/practice.md, "Exchanges of notes"). The words of each language stand in its pack
(`reply`). What a reply only repeats is none of its own terms; a change is told where it says that it makes one or has a
number that the note has not; that the notes are an agreement only confirms. Of what neither is shown it is said, and no
day of entry into force is taken from such notes.

A note by which one side gives notice of termination is an act of one side and no agreement: which agreement it ends is
kept as the note names it, and the day of the end only where it names that, or a period that runs from its own date.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import takewhile
from typing import Any, Literal, cast

from agreements.findings import Finding, warning
from agreements.isodates import PeriodUnit, shifted
from agreements.language import dates, numbers
from agreements.language.periods import PERIOD, period_at
from agreements.language.sentences import clauses, sentences
from agreements.language.treaties import names
from agreements.languages import calendar, fold, folded, folded_pattern, languages
from agreements.model import Document, EntryIntoForce, Form, Provision, Relation, Role, Signing
from agreements.parsing.heads import head_of, styled
from agreements.parsing.phrases import any_of, contains
from agreements.parsing.titles import leading_title
from agreements.reading.blocks import Block

_HEAD = re.compile(
    r"[*_\s]*(?:(?:(?:nr|no|n°|nº|note|letter|brief|nota)\b\.?\s*)(?:no\.?\s?)?(?P<named>[IVX]{1,5}|\d{1,2})"
    r"|(?P<bare>[IVX]{1,4}))[.*_\s]*",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:Ambassador|Minister|Secretary|Charg[ée]|Embassy|Ministry|Department|President|Chief|Envoy|Consul|Legation"
    r"|Commissioner|Representative|Counsel\w+|Government|Commander|Chancellor)"
)
_TO_WHOM = re.compile(  # the line over a note that says who writes to whom
    rf"[*_\s]*(?:From )?[Tt]he [^.:;]{{0,60}}\b{_OFFICE}\b[^.:;]{{0,80}} to (?:the|His|Her) [^.:;]{{0,60}}\b{_OFFICE}\b"
    r"[^.:;]{0,80}[*_\s]*"
)
_RUNS_ON = re.compile(r"\b(?:has|have|had|shall|will|is|are|was|presents?|refers?|proposes?|agrees?)\b")
_CLOSES = any_of(  # the courtesies at the end of a note
    r"assurances? of (?:my|its|our|their|his|her) (?:\w+ ){0,3}(?:consideration|esteem|regard)",
    r"^\W*Accept,? (?:Your )?(?:Sir|Madam|Excellency|Mr)",
    r"^\W*(?:I remain|Yours (?:sincerely|faithfully|truly|very truly)|Very truly yours|Sincerely(?: yours)?,)",
)
_CLOSING_SIGNS = ("assurance", "accept", "yours", "sincerely", "i remain")
_SALUTES = any_of(
    r"^\W*(?:(?:Your )?Excellency|Sir|Madam|(?:My )?Dear (?:Sir|Madam|Mr|Mrs|Ms|Minister|Ambassador|Dr|Colleague)\b"
    r"[^.;]{0,60}|Mr\.? (?:Minister|Ambassador|Secretary))\s?[:,]",
    r"^\W*(?:The )?[^.;]{3,120}\bpresents? (?:its|his|her|their) compliments\b",
)
_NUMBER_LINE = re.compile(r"\W*(?:no|nr|n°|nº|note|ref)\b\.?(?: no\.?)? ?[\w./-]*\d[\w./-]*\W*", re.IGNORECASE)
_REPLY_HEAD = re.compile(r"\W*(?:(?:note|letter) (?:in|of) reply|(?:the )?reply(?: note| letter)?)\W*", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"\W*(?:the )?(?:(?:royal|imperial) )?(?:embassy|ministry|department|legation|mission|foreign office)"
    r"\b[^.;:]{0,80}",
    re.IGNORECASE,
)
_DATE_LINE = 60  # characters that a line with place and date may have
_FAR = 16  # blocks between the end of a note and the salutation of the next
_NOTE = any_of(
    "presents? (?:its|his|her|their) compliments",
    r"\b(?:I|it|he|she|we) ha(?:ve|s) the honou?r\b",
    r"\bha(?:s|ve) the honou?r(?: to\b|,)",
    r"(?<!his )(?<!her )(?<!your )\bExcellenc(?:y|ies)\s?[:,]",
    r"\bthis (?:letter|note) refers to\b",
    r"\bI refer to\b",
    r"\bDear (?:Sir|Mr|Minister|Ambassador|Madam)",
    r"\b(?:Sir|Madam),",
    r"\bI (?:hereby )?acknowledge receipt",
    r"\bnote verbale\b",
)
_SIGNS = ("compliments", "hono", "excellenc", "refers", "i refer to", "dear", "sir", "madam", "acknowledge", "verbale")
_REPLY = any_of(
    r"\b(?:confirm|acknowledg)\w*+ (?:the )?(?:receipt|reception)",
    "receipt of (?:your|the)",
    "in reply(?: to|,)",
    "received your (?:note|letter)",
    "with reference to your",
    r"\backnowledg\w+ (?:(?:your|the \w+[’']s|the) )?(?:note|letter)",
    r"\b(?:that|,) the (?:foregoing|above|proposals?)\b[^.;]{0,60} (?:is|are) acceptable",
    r"thank(?:s| you) for your (?:note|letter)",
    r"\bthat (?:the (?:terms|contents?|proposals?) (?:of|in|contained in) )?your (?:note|letter|proposals?)"
    r"\b[^.;]{0,80}\bacceptable",
    r"in (?:response|answer) to (?:your|the)",
    r"\b(?:accepts?|agrees? (?:to|with)|approves?) (?:its|the) (?:foregoing|above|proposals?|contents?|terms)",
    r"your (?:excellency[’']s )?(?:note|letter) (?:of|dated|no)[^.]{0,80}(?:reads|reading|as follows)",
    r"refer to (?:your|the (?:embassy|ministry)[’']s) (?:note|letter)",
)
_CORRECTS = any_of(r"\b(?:correct(?:s|ing|ion)|rectif\w+|clerical error)\b[^.]{0,100}\bnote\b")
_RUN = 3  # words of a run by which words are known again
_REPEATED = 0.8  # of the runs of a sentence that stand in the note
_LEAST = 8  # words of a repeated sentence whose numbers are compared
_LONGEST = 400  # characters of what is quoted
_WORD = re.compile(r"[^\W_]+")
_MARKER = re.compile(r"^\W*(?:\d{1,2}|\w)[.)]\s*")
_COURTESY = re.compile(r"assuranc|considerat|compliment|hochachtung|hoogachting")
_PLACE = re.compile(
    r"\b(?:paragraph|article|point|item|section)s? \(?\w{1,4}\)?[^.;]{0,60}\b(?:note|letter|proposal)\b"
)
_OPENING_WORDS = 1500  # characters of a note within which it says what it is
_HEADS_WITHIN = 8  # blocks of letterhead, place, date and number before the courtesies


@dataclass(frozen=True, slots=True)
class Start:
    """Where a note begins: its role, and whether the first block is a head (`No. II`) and none of its words."""

    role: Role
    headed: bool


def starts(blocks: Sequence[Block]) -> dict[int, Start]:
    """Return the notes among `blocks` by the index of the first block of each."""
    every = [i for i, block in enumerate(blocks) if is_head(block)]
    heads = [i for i in every if i - 1 not in every or not says_to_whom(blocks[i])]  # a number, then who writes to whom
    begin = [i for i in heads if _opens_note(blocks, i + 1)]
    if any(_is_named(blocks[i]) for i in begin):  # where `Nr. II` is a note, so is `Nr. I`
        begin = [i for i in heads if i in begin or _is_named(blocks[i])]
    begin += [i for i in _unheaded(blocks) if not any(_overlap(blocks, i, other) for other in begin)]
    begin.sort()
    headed = {i for i in begin if i in heads}
    first = blocks[: begin[0]] if begin else blocks
    title = leading_title(first)
    if len(first) > title and _opens_note(first, title):
        begin.insert(0, title)
    ranges = zip(begin, [*begin[1:], len(blocks)], strict=False)
    alone = len(begin) == 1
    return {i: Start(_role(blocks[i:stop], order, alone=alone), i in headed) for order, (i, stop) in enumerate(ranges)}


def is_head(block: Block) -> bool:
    """Return whether `block` is nothing but the head of a note, such as `No. II`."""
    head = None if block.number else _HEAD.fullmatch(block.text)
    return (head is not None and (head["named"] is not None or styled(block))) or says_to_whom(block)


def says_to_whom(block: Block) -> bool:
    """Return whether `block` is the line over a note that says who writes to whom."""
    text = block.text
    if " to " not in text or len(text) > 240 or block.number or not _TO_WHOM.fullmatch(text):
        return False
    return _RUNS_ON.search(text) is None


def _unheaded(blocks: Sequence[Block]) -> list[int]:
    """Return where notes begin that have no head: behind the courtesies of one, before the salutation of the next."""
    found: list[int] = []
    closed = -1
    for at, block in enumerate(blocks):
        lower = block.text.lower()
        if closed >= 0 and at - closed <= _FAR and at > closed and _SALUTES.search(block.text):
            found.append(_first_of(blocks, closed, at, found[-1] if found else 0))
            closed = -1
        if contains(lower, _CLOSING_SIGNS) and _CLOSES.search(block.text):
            closed = at
    return found


def _first_of(blocks: Sequence[Block], closed: int, salutation: int, start: int) -> int:
    """Return the first block of a note between the end of the one before, which began at `start`, and its salutation.

    A place and date there are those of the note that has none yet.
    """
    head = takewhile(lambda block: not _NOTE.search(block.text), blocks[start:closed])
    dated = any(map(_is_date_line, head))
    for at in range(closed + 1, salutation):
        block = blocks[at]
        if _NUMBER_LINE.fullmatch(block.text) or _REPLY_HEAD.fullmatch(block.text) or says_to_whom(block):
            return at
        if _is_date_line(block):
            if dated:
                return at - (at - 1 > closed and _LETTERHEAD.fullmatch(blocks[at - 1].text) is not None)
            dated = True
    return salutation


def _is_date_line(block: Block) -> bool:
    return len(block.text) <= _DATE_LINE and bool(dates.find(block.text))


def _overlap(blocks: Sequence[Block], start: int, head: int) -> bool:
    """Whether a note that seems to begin at `start` is the one that begins at `head`."""
    return head - _FAR <= start <= head + _FAR and not any(
        _CLOSES.search(block.text) for block in blocks[min(start, head) : max(start, head)]
    )


def _is_named(block: Block) -> bool:
    head = _HEAD.fullmatch(block.text)
    return head is not None and head["named"] is not None


def _opens_note(blocks: Sequence[Block], start: int) -> bool:
    """Whether the blocks from `start` on, before any article, begin as notes do."""
    opening = ""
    for block in blocks[start : start + _HEADS_WITHIN]:
        head = head_of(block)
        if len(opening) > _OPENING_WORDS or (opening and is_head(block)) or (head and head.kind == "article"):
            break
        opening += " " + block.text[:_OPENING_WORDS]
    opening = opening[:_OPENING_WORDS]
    return contains(opening.lower(), _SIGNS) and _NOTE.search(opening) is not None


def _role(blocks: Sequence[Block], order: int, *, alone: bool) -> Role:
    """Return the role of a note; one that stands `alone` replies where it says so before it proposes anything."""
    opening = " ".join(block.text for block in blocks[:_HEADS_WITHIN])[: 2 * _OPENING_WORDS]
    if _CORRECTS.search(opening):
        return "correcting-note"
    replies = _REPLY.search(opening)
    if replies and (order or (alone and "propos" not in opening[: replies.start()].casefold())):
        return "reply-note"
    return "offer-note"


# ---------------------------------------------------------------------- what a reply accepts


@dataclass(frozen=True, slots=True)
class Qualified:
    """A reply that does not simply accept: the `words` that say so, their `provision`, and whether they change a term.

    `how` is `changes` where that is shown, `open` where it could not be told, `none` where no word accepts.
    """

    how: Literal["changes", "open", "none"]
    provision: Provision
    words: str

    def finding(self, path: str) -> Finding:
        """Return what a person should know of it, at `path`."""
        if self.how == "changes":
            message = (
                f"The reply changes a term of the note: “{self.words}”. That is a counter-offer, and no agreement."
            )
            fix = "Held as a draft, without entry into force. If the other side accepted it, add that note."
            return warning("reply-changes", path, message, fix)
        if self.how == "none":
            message = f"In the reply no words that accept the note were read; it says “{self.words}”."
            fix = "Read it: without acceptance there is no agreement. No day of entry into force is taken."
            return warning("reply-open", path, message, fix)
        message = f"The reply accepts with words of its own, “{self.words}”: whether they change a term was not told."
        fix = "Read both notes: if a term is changed, it is a counter-offer. No day of entry into force is taken."
        return warning("reply-open", path, message, fix)

    def on(self, entry: EntryIntoForce | None) -> EntryIntoForce | None:
        """Return an entry into force as far as it may be claimed: without a day, and with what it depends on."""
        if entry is None:
            return None
        return entry.model_copy(update={"date": None, "condition": entry.condition or self.words, "basis": "the text"})


def qualified(documents: Sequence[Document], form: Form | None) -> Qualified | None:
    """Return by what words the reply of an exchange of notes departs from the note; None where nothing says so."""
    told = [d for d in documents if d.provisions and d.role in ("main", "offer-note", "reply-note")]
    roles = [d.role for d in told]
    if roles[:1] == ["offer-note"] and "reply-note" in roles:
        reply = told[roles.index("reply-note")]
        offer = _words(told[: roles.index("reply-note")])
        later = told[roles.index("reply-note") + 1 :]
        if any(note.role in ("offer-note", "reply-note") for note in later):
            return None  # who answers a counter-offer may have accepted it
        found = [*_departures(reply, offer, apart=True)]
    elif roles == ["main"] and form == "exchange-of-notes":
        found = [*_departures(told[0], _words(told), apart=False)]
    else:
        return None
    return next((each for each in found if each.how == "changes"), found[0] if found else None)


def _words(documents: Sequence[Document]) -> str:
    return "\n".join(provision.words() for document in documents for provision in document.provisions)


def _departures(reply: Document, offer: str, *, apart: bool) -> Iterator[Qualified]:
    """Yield what a reply says of its own that is more than acceptance; not `apart` from the note it may repeat it."""
    rules = _rules(reply.language)
    if rules is None:
        return
    runs = _runs(offer, reply.language) if apart else Counter[tuple[str, ...]]()
    known = _values(offer, reply.language)
    pieces = [(p, s.words) for p in reply.walk() if p.text for s in sentences(p.text)]
    own: list[tuple[Provision, str]] = []
    for provision, words in pieces:
        if apart and _repeats(words, runs, reply.language):
            if other := _other_values(words, offer, reply.language):
                yield Qualified("open", provision, other)
            continue
        if _COURTESY.search(fold(words)):
            continue
        own.append((provision, words))
        there = known if apart else _values(offer.replace(words, " "), reply.language)
        told = _how(words, rules, there, reply.language, apart=apart)
        if apart and not told and (_adds(words, rules, reply.language) or _dates(words, rules, known, reply.language)):
            told = "open", _line(words)
        if told and not _repeats(told[1], runs, reply.language):
            yield Qualified(told[0], provision, told[1])
    if apart and own and not any(_accepts(words, rules, offer) for _, words in pieces):
        provision, words = max(own, key=lambda each: len(each[1]))
        yield Qualified("none", provision, _line(words))


def _how(
    words: str, rules: "_ReplyRules", known: frozenset[object], code: str, *, apart: bool
) -> tuple[Literal["changes", "open"], str] | None:
    """Return how a sentence of a reply departs from a note whose numbers and days are `known`, and by which words."""
    low = folded(words)
    accepts = rules.accepts.search(low.text)
    if (accepts and rules.supposed.search(low.text, 0, accepts.start())) or not (accepts or apart):
        return None
    whole = _line(words)
    understands = rules.understands.search(low.text)
    after = understands and (not accepts or understands.start() > accepts.start())
    said = _line(words[low.start(understands.start()) :]) if understands and after else whole
    if rules.changed.search(low.text):
        return "changes", whole
    if rules.changes.search(low.text) and (understands or (apart and _PLACE.search(low.text))):
        return "changes", said
    if not understands or not (accepts or rules.understood.search(low.text)):
        return None
    rest = low.text[understands.end() if after else 0 :]
    if _values(said, code) - known:
        return "changes", said
    return None if rules.confirms.fullmatch(rest.strip(" .,;:")) else ("open", said)


_OF_A_PART = re.compile(r"\b(?:paragraph|article|point|item|section)s? \(?\w{1,4}\)?")
_SETS = re.compile(
    r"\b(?:shall|will|may|must|(?:is|are) to) (?:not |only |also )?(?:be |apply|remain|extend|include|have)\b"
)


def _adds(words: str, rules: "_ReplyRules", code: str) -> bool:
    """Whether a sentence of a reply sets something for a provision of the note and accepts nothing (English)."""
    low = folded(words).text
    sets = _SETS.search(low) and _OF_A_PART.search(low) and not rules.confirms.search(low)
    return code == "en" and bool(sets) and not rules.accepts.search(low)


_FROM = re.compile(r"\b(?:as of|as from|with effect from|with effect as of|until|not before|only from)\b")


def _dates(words: str, rules: "_ReplyRules", known: frozenset[object], code: str) -> bool:
    """Whether a sentence accepts from or until a day that the note does not name (English)."""
    low = folded(words)
    accepts, since = rules.accepts.search(low.text), _FROM.search(low.text)
    if code != "en" or not accepts or not since or since.start() < accepts.start():
        return False
    days = {day.iso for day in calendar.find(words[low.start(since.start()) :], code)}
    return bool(days - known)


def _accepts(words: str, rules: "_ReplyRules", offer: str) -> bool:
    """Whether a sentence of a reply accepts, and is not one of the note that it repeats to the letter."""
    low = folded(words)
    found = rules.accepts.search(low.text)
    if not found or rules.supposed.search(low.text, 0, found.start()):
        return False
    return " ".join(words.split()).strip(" “”\"'") not in " ".join(offer.split())


def _line(words: str) -> str:
    line = " ".join(words.split()).rstrip(" .;")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rpartition(' ')[0]} ..."


def _plain(words: str, code: str) -> list[str]:
    """Return the words of a stretch, with a sign for each number."""
    low = _spelled(code).sub("0", folded(words).text)
    return ["#" if word.isdigit() else word for word in _WORD.findall(low)]


def _runs(text: str, code: str) -> Counter[tuple[str, ...]]:
    """Return the runs of words of `text`, numbers as signs."""
    plain = _plain(text, code)
    return Counter(tuple(plain[at : at + _RUN]) for at in range(len(plain) - _RUN + 1))


def _repeats(words: str, runs: Counter[tuple[str, ...]], code: str) -> bool:
    """Whether most runs of `words` are among `runs`, those of the note."""
    own = _runs(words, code)
    return bool(own) and sum(run in runs for run in own) >= _REPEATED * len(own)


def _other_values(words: str, offer: str, code: str) -> str:
    """Return what a reply repeats word for word but for its numbers, and the note's words; empty where nothing."""
    own, there = _skeleton(words, code), [s.words for s in sentences(offer)]
    if len(own) < _LEAST:
        return ""
    same = [sentence for sentence in there if _skeleton(sentence, code) == own]
    mine = _numbers(_MARKER.sub("", words), code)
    if not same or any(_numbers(_MARKER.sub("", sentence), code) == mine for sentence in same):
        return ""
    return f"{_line(words)} [the note: {_line(same[0])}]"


def _skeleton(words: str, code: str) -> list[str]:
    """Return the words of a sentence with a sign for each number, without the number that it stands under."""
    return _plain(_MARKER.sub("", words), code)


def _values(text: str, code: str) -> frozenset[object]:
    return frozenset(_numbers(text, code))


def _numbers(text: str, code: str) -> Counter[object]:
    """Return the days and numbers of `text`, in figures or words; of words that may be none (`one`) nothing."""
    found: Counter[object] = Counter()
    for day in reversed(calendar.find(text, code)):
        found[day.iso] += 1
        text = f"{text[: day.start]} {text[day.end :]}"
    low = folded(text).text
    found.update(int(figures) for figures in re.findall(r"(?<![\d.,/-])\d{1,6}(?![\d/-])", low))
    pattern = _spelled(code)
    for each in pattern.finditer(low):
        value = numbers.spelled(each.group()) if code == "en" else calendar.spelled(each.group(), languages()[code])
        if value and value > 1:
            found[value] += 1
    return found


@cache
def _spelled(code: str) -> re.Pattern[str]:
    if code == "en":
        return re.compile(rf"(?<!\w){numbers.IN_WORDS}(?!\w)")
    amounts = sorted(languages()[code].amounts(), key=len, reverse=True) if code in languages() else []
    if not amounts or code in ("ja", "ko", "zh"):
        return re.compile(r"(?!)")
    one = "|".join(map(re.escape, amounts))
    return re.compile(rf"(?<!\w)(?:{one})(?:(?:[\s-](?:et|und|y|e|en)[\s-]|und|en|[\s-])?(?:{one})){{0,5}}(?!\w)")


@dataclass(frozen=True, slots=True)
class _ReplyRules:
    """The patterns of a language for folded sentences of a reply."""

    accepts: re.Pattern[str]
    supposed: re.Pattern[str]
    understands: re.Pattern[str]
    understood: re.Pattern[str]
    changes: re.Pattern[str]
    changed: re.Pattern[str]
    confirms: re.Pattern[str]


@cache
def _rules(code: str) -> _ReplyRules | None:
    table = languages()[code].reply if code in languages() else {}
    if not table:
        return None
    names = ("accepts", "supposed", "understands", "understood", "changes", "changed", "confirms")
    return _ReplyRules(*(_joined(table.get(name, ())) for name in names))


def _joined(ways: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(folded_pattern("|".join(f"(?:{way})" for way in ways)) or r"(?!)")


# ---------------------------------------------------------------------- a note that ends an agreement

_END = r"(?:terminat(?:e|es|ed|ing|ion)|denounc(?:e|es|ing)|denunciation|withdraw(?:s|al)?)"
_GIVES = any_of(
    rf"\b(?:gives?|giving|serves?|serving)\b[^.;]{{0,60}}?\bnotice\b[^.;]{{0,160}}?\b{_END}\b",
    rf"\b(?:this|the present) (?:note|letter) (?:constitutes?|is|serves as)\b[^.;]{{0,60}}?\bnotice\b"
    rf"[^.;]{{0,80}}?\b{_END}\b",
    rf"\b(?:decision|decided|intention|intends?|wish(?:es)?) (?:\w+ )?to (?:\w+ )?{_END}\b",
    r"\b(?:hereby|formally) (?:terminates?|denounces?|withdraws?)\b",
    rf"\bnotif(?:y|ies)\b[^.;]{{0,120}}?\bof (?:the|its) {_END}\b",
)
_NO_NOTICE = any_of(r"\b(?:propos(?:e|es|al)|if the (?:foregoing|above)|would be grateful|may give|shall give)\b")
_ENDS = any_of(r"\b(?:cease|terminat|end|expire|effect|force|denunciation|withdrawal)")
_ON = re.compile(r"\b(?:on|from|as of|as from|until|with effect from|effective)(?: the)? $", re.IGNORECASE)
_FROM_NOTE = re.compile(
    rf"(?P<period>{PERIOD})[’']?s?,? (?:after|from|following) (?:the )?(?:date|day) of (?:this|the present)"
    r" (?:note|letter|notice|notification)\b",
    re.IGNORECASE,
)
_FULL_DATE = 10


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice of termination: the agreement as the note names it, the passage, and the day (ISO) of the end or ''."""

    named: str
    provision: Provision
    words: str
    ends: str = ""

    def facts(self) -> dict[str, Any]:
        """Return what the notice makes of the facts of its file: a note that ends another, from a day on."""
        found: dict[str, Any] = {"form": "note-of-termination", "entry_into_force": None}
        if self.ends:
            basis = "the day on which the notice says that the agreement ends"
            found["entry_into_force"] = EntryIntoForce(date=self.ends, evidence=self.words, basis=basis)
        if self.named:
            found["relations"] = (Relation(kind="terminates", title=self.named, note="notice of termination"),)
        return found


def notice_given(documents: Sequence[Document], signings: Sequence[Signing]) -> NoticeGiven | None:
    """Return the notice of termination that a single note gives; None for other texts, and for notes that propose one.

    `signings` are the days of the note.
    """
    told = [d for d in documents if d.provisions and d.role in ("main", "offer-note", "reply-note")]
    if len(told) != 1 or told[0].role == "main":
        return None
    sentences = [*_sentences(told[0])]
    if any(_NO_NOTICE.search(words) for _, words in sentences):
        return None
    given = next(((provision, words) for provision, words in sentences if _GIVES.search(words)), None)
    if given is None:
        return None
    named = [name.words for name in names(given[1])] or [n.words for _, words in sentences for n in names(words)]
    day = next((s.date for s in signings if s.date and len(s.date) == _FULL_DATE), "")
    for provision, words in sentences:
        if _ENDS.search(words) and (ends := _end_in(words, day)):
            return NoticeGiven(named[0] if named else "", provision, words, ends)
    return NoticeGiven(named[0] if named else "", *given)


def _sentences(document: Document) -> Iterator[tuple[Provision, str]]:
    for provision in document.walk():
        if provision.text:
            yield from ((provision, clause.words) for clause in clauses(provision.text))


def _end_in(words: str, day: str) -> str:
    """Return the day on which a sentence lets the agreement end: the one it names, or a period after the note's own."""
    named = [*names(words)]
    for dated in dates.find(words):
        outside = not any(name.start <= dated.start < name.end for name in named)
        if outside and len(dated.iso) == _FULL_DATE and _ON.search(words, 0, dated.start) and _ENDS.search(words):
            return dated.iso
    found = _FROM_NOTE.search(words)
    period = period_at(words, found.start("period")) if found and day else None
    if period is None or period.number is None or period.unit == "hours" or "working" in words or "business" in words:
        return ""
    count, unit = (7 * period.number, "days") if period.unit == "weeks" else (period.number, period.unit)
    return shifted(date.fromisoformat(day), count, cast("PeriodUnit", unit)).isoformat()
