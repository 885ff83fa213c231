"""When and where an agreement was signed, and in which languages: read from its testimonium or from its notes."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from agreements.language import dates, treaties
from agreements.languages import authentic, calendar, folded, names
from agreements.languages import languages as languages_of
from agreements.model import Document, Provision, Signing
from agreements.parsing.evidence import Passage
from agreements.parsing.phrases import any_of, words

_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x587)) if letter.isupper())
_NAME = rf"[{_CAPITALS}\u0590-\u10ff][\w.'’-]*"
_PLACE_WORDS = rf"(?:[Tt]he\s+)?{_NAME}(?:[\s,]+(?:(?:de|la|el|of|del|do|da)\s+)?{_NAME}(?:,(?=\s*[A-Z]\.))?){{0,5}}"
_ONE_WORD = r"[^\W\d_]+(?:[ -](?!في|يوم|بتاريخ|من|签)[^\W\d_]+)?"
_OF_SIGNS = r"[^\W\d_]{1,12}?(?=[签簽订訂举舉]|[，,。、\s]|$)"
_UNSPACED = r"[^\s、，。,に日年于在]{1,14}?"
_BEFORE_DATE = re.compile(
    r"((?:\b[Tt]he\s++)?(?<![\w'’-])[A-Z][\w'’-]++(?:\s[A-Z][\w'’-]++){0,2}),?\s*+(?:the |this )?$"
)
_PLACE_ALONE = re.compile(  # of two words only where the second says that it is a place, and no name
    r"\s*((?:The |New |San |Port |Fort |Saint |Camp |Mount )?[A-Z][a-zà-ÿ]{2,}"
    r"(?: (?:Bay|City|Town|Island|Islands|Springs|Beach|Harbou?r|Base|Airfield|Field|Heights|Lake|Falls|Hills?))?)"
    r"(?: [A-Z]\.(?:[A-Z]\.)?)?,\s*(?:(?:on |this |the ){1,2})?"
)
_PLACE_BEHIND = re.compile(rf",? ?(?:at |in )?({_NAME}(?: {_NAME}){{0,2}})\s*+")
_PLACE_LINE = re.compile(rf"\b(?:Place|PLACE|Location)\s?: ?({_NAME}(?: (?!Place|PLACE|Date|DATE|Name){_NAME}){{0,3}})")
_TWO_PLACES = re.compile(
    rf"\b(?:at|in) ({_NAME}(?: {_NAME}){{0,2}}) and (?:at |in )?({_NAME}(?: {_NAME}){{0,2}}),? (?:on |this |the )"
)
_AND_PLACE = re.compile(rf",? (?:and|et|y|und|e) ({_NAME}(?: {_NAME}){{0,3}}),? (?:on|the|le|el|am|il)? ?(?:the )?")
_RUN_INTO = re.compile(r"(?:(?<=\d)(?P<first>New|San|Port)|(?P<the>The)) $")
_ARTICLE_OF_NAME = re.compile(r"(?:La|El|Los|Las|Le|Il) [A-Z]")
_SMALL_AFTER = frozenset(("ON", "THE", "THIS", "IN"))
_NUMBER = words("date|dated|done|signed|duplicate|english|french|the")
_OF_OTHERS = any_of(  # days of their own: `opened for acceptance on`, `States Members of the Conference on`
    r"\bopened for (?:acceptance|accession|approval|ratification)\b[^,;.]{0,20}$",
    r"\b(?:members?|parties)(?: (?:of|to) the)?\b[^,;.]{0,80}\bon(?: the)? $",
)
_SESSION = words("sessions?")
_DONE = any_of(r"\W*(?:done|signed|in \w+ (?:whereof|thereof))\b")
_INITIAL = re.compile(r"\b[A-Z]\.$")
_OFFICE = words(
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "court|tribunal|commission|organi[sz]ation|secretariat|division|unit|mission",
    "embassy|ministry|ministerie|departments?|office|affairs|section|zaken|legation",
    "excellency|sir|america|government|republic|kingdom|state|union|council|communities|bank",
)
_COURTESY = any_of(
    "presents? (?:its|his|her) compliments",
    r"\bha(?:ve|s) the hono",
    r"\bExcellen",
    r"\bDear ",
    r"\bSir,",
    r"\bI (?:hereby )?acknowledge",
    case=True,
)
_IS_STATEMENT = words("minutes?", "statement", "declaration", r"communiqu[eé]", "record of discussions?")
_LAST_LINES = 3
_OPENING = 700  # characters
_CLOSING = 420


def read(documents: Sequence[Document]) -> tuple[tuple[Signing, ...], list[Passage]]:
    """Return the signings and the passages that state them: of the main text, else one for each note."""
    main = next((d for d in documents if d.role == "main" and d.provisions), None)  # a title over notes has none
    if main is not None:
        stated = _from_testimonium(main)
        return stated if stated[0] else _alone_at_end(main)
    signings: list[Signing] = []
    passages: list[Passage] = []
    for document in documents:
        if document.role in ("offer-note", "reply-note") and (found := _from_note(document)):
            signings.append(found[0])
            passages.append(found[1])
    return tuple(dict.fromkeys(signings)), passages  # notes of one day and place are one signing


def _alone_at_end(document: Document) -> tuple[tuple[Signing, ...], list[Passage]]:
    """Return the place and day that stand alone in a line at the end of minutes or of a statement."""
    if not _IS_STATEMENT.search(document.title or ""):
        return (), []
    for line in reversed([p for p in document.walk() if p.text][-_LAST_LINES:]):
        found = calendar.find(line.text, document.language)
        place = _alone(line.text[: found[0].start]) if len(found) == 1 else ""
        if place and not line.text[found[0].end :].strip(" ."):
            return (Signing(date=found[0].iso, place=place),), [Passage("signings", line, line.text)]
    return (), []


def replied(documents: Sequence[Document]) -> str | None:
    """Return the day of the note in reply; None where it states none, or there are more notes than an offer and it."""
    roles = [d.role for d in documents if d.provisions and d.role in ("main", "offer-note", "reply-note")]
    if roles != ["offer-note", "reply-note"]:
        return None
    found = next(_from_note(document) for document in documents if document.role == "reply-note")
    day = found[0].date if found else None
    return day if day and len(day) == len("2000-01-01") else None


def _from_testimonium(document: Document) -> tuple[tuple[Signing, ...], list[Passage]]:
    for kind in ("testimonium", "signature"):
        signings: list[Signing] = []
        passages: list[Passage] = []
        done = False
        for line in _lines(document, kind):
            if _SESSION.search(line.text) and not _DONE.match(line.text):
                continue  # dates of the conference that adopted the text
            previous, follows = 0, False  # whether places stand behind their dates
            found = _of_signing(line.text, document.language)
            says = bool(found) and 0 <= _done_at(line.text, found, document.language) < found[0].start
            if says and not done and kind == "testimonium":
                signings, passages, done = [], [], True  # what stands before are dates of full powers and the like
            for dated, following in zip_longest(found, found[1:]):
                after = line.text[dated.end : following.start if following else None]
                before = "" if follows else _place(line.text[previous : dated.end], document.language)
                before = before or _second_place(line.text[previous : dated.start])
                before = before or _alone(line.text[previous : dated.start])
                place = before or _place(after, document.language, at_once=True)
                place = place or (_behind(after) if kind == "signature" else "")
                follows = follows or bool(place and not before)
                signings.append(Signing(date=dated.iso, place=place or (signings[-1].place if signings else "")))
                passages.append(Passage("signings", line, line.text[previous : dated.end].strip()))
                previous = dated.end
            if both := _both_places(line.text, found):
                first, second = both
                days = [each.iso for each in found]
                paired = (
                    [(days[0], first), (days[1], second)] if len(days) == 2 else [(days[0], f"{first} and {second}")]
                )
                signings[-len(found) :] = [Signing(date=day, place=place) for day, place in paired]
        if signings:
            named = _places_apart(document, kind) if len(signings) > 1 or kind == "signature" else []
            if len(named) == len(signings) and not any(signing.place for signing in signings):
                signings = [Signing(date=each.date, place=at) for each, at in zip(signings, named, strict=True)]
            return tuple(dict.fromkeys(signings)), passages
    return (), []


def _places_apart(document: Document, kind: str) -> list[str]:
    """Return the places that signatures name on lines of their own: `Place: Lorn`."""
    found = (match for line in _lines(document, kind) for match in _PLACE_LINE.finditer(line.text))
    return [match[1].strip(" .,") for match in found]


def _behind(after: str) -> str:
    """Return the place that alone stands behind the day of a signature: `5 June 2002, Lorn`."""
    found = _PLACE_BEHIND.fullmatch(after)
    place = found[1] if found else ""
    place = place if _INITIAL.search(place) else place.rstrip(".")
    return "" if _OFFICE.search(place) or _NUMBER.search(place) else place


def _both_places(text: str, found: Sequence[dates.Dated]) -> tuple[str, str] | None:
    """Return the two places that a closing names together before one day or two: `at Lorn and Orl on 5 and 9 May`."""
    if not 1 <= len(found) <= 2:
        return None
    named = _TWO_PLACES.search(text, 0, found[0].start)
    if not named or any(_OFFICE.search(place) or _NUMBER.search(place) for place in named.groups()):
        return None
    return named[1], named[2]


def _second_place(text: str) -> str:
    """Return the place that stands between two dates without its own `at`: ` and Brussels on `."""
    found = _AND_PLACE.fullmatch(text)
    return found[1] if found and not _OFFICE.search(found[1]) and not _NUMBER.search(found[1]) else ""


def _of_signing(text: str, code: str) -> list[dates.Dated]:
    """Return the dates of a closing but those of other instruments that it names."""
    found = calendar.find(text, code)
    named = [*treaties.names(text)] if code == "en" and len(found) > 1 else []
    at = _done_at(text, found, code) if len(found) > 1 else -1
    found = [day for day in found if day.start > at]
    if code == "en" and len(found) > 1:
        found = [day for day in found if not _OF_OTHERS.search(text, 0, day.start)]
    return [day for day in found if not any(name.start <= day.start < name.end for name in named)]


def _lines(document: Document, kind: str) -> Iterator[Provision]:
    for provision in document.walk():
        if provision.kind == kind:
            yield from provision.children


def _done_at(text: str, days: Sequence[dates.Dated], code: str) -> int:
    """Return where a closing says that it is done or signed before one of its `days`, -1 where it does not."""
    words = folded(text)
    said = (words.start(found.start()) for found in _done(code).finditer(words.text))
    return next((at for at in said if any(day.start > at for day in days)), -1)


@cache
def _done(code: str) -> re.Pattern[str]:
    phrases = [folded(way).text for way in languages_of()[code].done if not way.startswith("…")]
    return (
        re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)") if phrases else re.compile(r"(?!)")
    )


def _alone(text: str) -> str:
    """Return the place that stands alone before the date of a signature: `Oslo, 2 March 2011`."""
    found = _PLACE_ALONE.fullmatch(text)
    return found[1] if found and not _OFFICE.search(found[1]) and not _NUMBER.search(found[1]) else ""


def _place(text: str, code: str, *, at_once: bool = False) -> str:
    """Return the place that `text` names last as its language says `at Lorn`; `at_once` only one at its beginning."""
    for pattern in _places(code):
        found = pattern.match(text) if at_once else None
        for match in [found] if at_once else reversed(list(pattern.finditer(text))):
            if match and (place := _place_of(match, code)):
                return place
    return ""


def _place_of(match: re.Match[str], code: str) -> str:
    """Return the words of a place, empty where they are none: a language, a number of copies, a date."""
    pack = languages_of()[code]
    place = match["place"].strip(" ,،")
    place = place if _INITIAL.search(place) else place.rstrip(".")
    while place.rpartition(" ")[2] in _SMALL_AFTER and " " in place:  # `DONE AT LORN ON THE`
        place = place.rpartition(" ")[0].rstrip(" ,")
    last = place.rpartition(" ")[2]
    if last != place and code == "en" and calendar.find(f"{last} 1, 2000", "en"):
        place = place[: -len(last)].rstrip(" ,")  # `Lorn, May 3, 1999`
    bare = re.sub(r"^[Tt]he ", "", place)
    words = re.split(r"[\s,،]+", folded(bare).text)
    none = {folded(word).text for word in (*pack.no_place, *pack.date_words)}
    named = code != "en" and _ARTICLE_OF_NAME.match(bare) is not None  # `La Paz`
    if not bare or bare[0].islower() or (words[0] in none and not named) or calendar.find(f"{place} 1, 2000", "en"):
        return ""
    if code != "en":  # the words run on: `Roma il tre maggio`
        stop = next(
            (
                i
                for i, word in enumerate(words)
                if (word in none and not (named and not i)) or bare.split()[i : i + 1] == []
            ),
            len(words),
        )
        printed = bare.split()[:stop]
        while printed and printed[-1][0].islower():
            printed.pop()
        bare = place = " ".join(printed).strip(" ,،")
    if names.tongues_in(bare, code):
        return ""
    return re.sub(r"^the ", "The ", place)


@cache
def _places(code: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a language for a place of signing: what stands before it, or what is written onto it."""
    before: list[str] = []
    behind: list[str] = []
    for template in languages_of()[code].place:
        lead, _, tail = template.partition("{place}")
        (before if lead else behind).append(lead or tail)
    made = []
    if before:
        longest = sorted(before, key=len, reverse=True)
        ways = "|".join(re.escape(way.strip()) + (r"\s+" if way.endswith(" ") else "") for way in longest)
        name = _OF_SIGNS if code == "zh" else _ONE_WORD if code in ("ar", "fa") else _PLACE_WORDS
        made.append(re.compile(rf"[\s,]{{0,2}}(?<!\w)(?i:{ways})(?P<place>{name})"))
    if behind:
        made.append(re.compile(rf"[に\s、,]{{0,2}}(?P<place>{_UNSPACED})(?:{'|'.join(map(re.escape, behind))})"))
    return tuple(made)


def _from_note(document: Document) -> tuple[Signing, Passage] | None:
    """Return the date of a note: before its courtesies, else at its very end."""
    provisions = [p for p in document.walk() if p.text]
    for provision in provisions[:6]:
        courtesy = _COURTESY.search(provision.text)
        head = provision.text[: courtesy.start() if courtesy else _OPENING]
        if found := dates.find(head[:_OPENING]):
            return _noted(provision, found[0])
        if courtesy:
            break
    for provision in reversed(provisions[-4:]):
        found = [d for d in dates.find(provision.text) if d.start > len(provision.text) - _CLOSING]
        if found and _BEFORE_DATE.search(provision.text[: found[-1].start]):
            return _noted(provision, found[-1])
    return None


def _noted(provision: Provision, dated: dates.Dated) -> tuple[Signing, Passage]:
    before = _BEFORE_DATE.search(provision.text[: dated.start])
    place = _without_letterhead(before.group(1) if before else "")
    lead = _RUN_INTO.search(provision.text, 0, before.start(1)) if before and place == before.group(1) else None
    if lead:
        place = f"{lead['first'] or lead['the']} {place}"  # the number of the note runs into it: `No 107The Hague`
    start = dated.start - (len(before.group()) if before else 0)
    return Signing(date=dated.iso, place=place), Passage("signings", provision, provision.text[start : dated.end])


def _without_letterhead(place: str) -> str:
    """Return the place at the end of words that may run on from the letterhead (`AFFAIRSThe Hague`)."""
    place = re.split(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", place)[-1]
    words = place.split()
    if words and not words[-1].isupper():
        while words and (words[0].isupper() or any(c.isdigit() for c in words[0])):
            words.pop(0)
    return "" if _OFFICE.search(" ".join(words)) else " ".join(words)


def languages(documents: Sequence[Document]) -> tuple[tuple[str, ...], str, list[Passage]]:
    """Return the languages that the testimonium says the texts are in, the one that prevails if it says so."""
    main = next((d for d in documents if d.role == "main"), None)
    codes: tuple[str, ...] = ()
    prevailing = ""
    passages: list[Passage] = []
    pack = languages_of().get(main.language) if main else None
    for line in _lines(main, "testimonium") if main and pack else ():
        if not codes and (said := _texts_said(line.text, main.language if main else "en")):
            codes, words = said
            passages.append(Passage("languages", line, words))
        if found := _prevailing(line.text, main.language if main else "en"):
            prevailing, words = found
            passages.append(Passage("prevailing_language", line, words))
    return codes, prevailing, passages


def _texts_said(text: str, code: str) -> tuple[tuple[str, ...], str] | None:
    """Return the languages that a closing names for its texts, and its words that do."""
    patterns = languages_of()[code].texts
    words = folded(text)
    spans = [(m.start("list"), m.end("list"), m) for p in patterns for m in re.finditer(p, words.text)]
    for start, end, match in spans:
        if found := names.tongues_in(text[words.start(start) : words.end(end)], code):
            return tuple(dict.fromkeys(n.code for n in found)), words.words(match)
    found = [] if patterns else names.tongues_in(text, code)
    return (tuple(dict.fromkeys(n.code for n in found)), text[found[0].start : found[-1].end]) if found else None


def _prevailing(text: str, code: str) -> tuple[str, str] | None:
    """Return the one language whose text a closing says to prevail, and the words that say it."""
    said = authentic.said_in(text, code)
    if len(said.prevailing) != 1:
        return None
    start, end = said.spans[0]
    return next(iter(said.prevailing)), text[start:end]
