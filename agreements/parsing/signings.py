"""When and where an agreement was signed, and in which languages: read from its testimonium or from its notes."""

import re
from collections.abc import Iterator, Sequence

from agreements.language import dates
from agreements.model import Document, Provision, Signing
from agreements.parsing.evidence import Passage
from agreements.parsing.phrases import any_of, words

_NAME = r"[A-Z][\w.'’-]*"
_PLACE = re.compile(
    rf"\b(?:at|in|AT|IN)\s+((?:[Tt]he\s+)?[A-Z][\w.'’-]+(?:[\s,]+(?:(?:de|la|el|of|del)\s+)?{_NAME}(?:,(?=\s*[A-Z]\.))?){{0,3}})"
)
_NO_PLACE = words(
    "duplicate|triplicate|witness|faith|testimony|two|three|four|both|the|[a-z]+ originals?",
    "english|french|german|dutch|spanish",
)
_BEFORE_DATE = re.compile(
    r"((?:\b[Tt]he\s++)?(?<![\w'’-])[A-Z][\w'’-]++(?:\s[A-Z][\w'’-]++){0,2}),?\s*+(?:the |this )?$"
)
_SESSION = words("sessions?")
_DONE = any_of(r"\W*(?:done|signed|in \w+ (?:whereof|thereof))\b")
_INITIAL = re.compile(r"\b[A-Z]\.$")
_OFFICE = words(
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "court|tribunal|commission|organi[sz]ation|secretariat|division|unit|mission",
    "embassy|ministry|ministerie|departments?|office|affairs|section|zaken|legation",
    "excellency|sir|america|government|republic|kingdom|state",
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
_OPENING = 700  # characters
_CLOSING = 420
LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "dutch": "nl", "netherlands": "nl", "spanish": "es",
    "italian": "it", "portuguese": "pt", "russian": "ru", "arabic": "ar", "chinese": "zh", "japanese": "ja",
    "korean": "ko", "polish": "pl", "czech": "cs", "slovak": "sk", "hungarian": "hu", "romanian": "ro",
    "bulgarian": "bg", "greek": "el", "turkish": "tr", "swedish": "sv", "norwegian": "no", "danish": "da",
    "finnish": "fi", "icelandic": "is", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "ukrainian": "uk",
    "belarusian": "be", "georgian": "ka", "armenian": "hy", "azerbaijani": "az", "kazakh": "kk", "kyrgyz": "ky",
    "uzbek": "uz", "tajik": "tg", "turkmen": "tk", "mongolian": "mn", "hebrew": "he", "persian": "fa",
    "dari": "prs", "pashto": "ps", "urdu": "ur", "hindi": "hi", "bengali": "bn", "thai": "th",
    "vietnamese": "vi", "indonesian": "id", "malay": "ms", "filipino": "fil", "slovenian": "sl", "slovene": "sl",
    "croatian": "hr", "serbian": "sr", "bosnian": "bs", "macedonian": "mk", "albanian": "sq", "montenegrin": "cnr",
    "afrikaans": "af", "swahili": "sw", "amharic": "am", "somali": "so", "luxembourgish": "lb", "maltese": "mt",
    "papiamento": "pap", "catalan": "ca",
}  # fmt: skip
_LANGUAGE = re.compile(rf"\b({'|'.join(LANGUAGES)})\b", re.IGNORECASE)
_LANGUAGES_SAID = any_of(
    r"\bin\b(?P<list>[^.;]{0,160}?)\b"
    r"(?:languages?\b|(?:both|all|each|the two|the three|these) (?:\w+ )?texts?\b|texts? (?:being|which))"
)
_PREVAILS = any_of(r"\bthe (?P<language>[a-z]+) (?:text|version|language(?: text| version)?) (?:shall|will) prevail")


def read(documents: Sequence[Document]) -> tuple[tuple[Signing, ...], list[Passage]]:
    """Return the signings and the passages that state them: of the main text, else one for each note."""
    main = next((d for d in documents if d.role == "main"), None)
    if main is not None:
        return _from_testimonium(main)
    signings: list[Signing] = []
    passages: list[Passage] = []
    for document in documents:
        if document.role in ("offer-note", "reply-note") and (found := _from_note(document)):
            signings.append(found[0])
            passages.append(found[1])
    return tuple(signings), passages


def _from_testimonium(document: Document) -> tuple[tuple[Signing, ...], list[Passage]]:
    for kind in ("testimonium", "signature"):
        signings: list[Signing] = []
        passages: list[Passage] = []
        for line in _lines(document, kind):
            if _SESSION.search(line.text) and not _DONE.match(line.text):
                continue  # dates of the conference that adopted the text
            previous = 0
            for dated in dates.find(line.text):
                place = _place(line.text[previous : dated.end])
                signings.append(Signing(date=dated.iso, place=place or (signings[-1].place if signings else "")))
                passages.append(Passage("signings", line, line.text[previous : dated.end].strip()))
                previous = dated.end
        if signings:
            return tuple(dict.fromkeys(signings)), passages
    return (), []


def _lines(document: Document, kind: str) -> Iterator[Provision]:
    for provision in document.walk():
        if provision.kind == kind:
            yield from provision.children


def _place(text: str) -> str:
    for found in reversed(list(_PLACE.finditer(text))):
        place = found.group(1).strip(" ,")
        place = place if _INITIAL.search(place) else place.rstrip(".")
        if not _NO_PLACE.match(place.removeprefix("the ").removeprefix("The ")) and not dates.find(place + " 1, 2000"):
            return re.sub(r"^the ", "The ", place)
    return ""


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
    place = before.group(1) if before else ""
    place = _without_letterhead(place)
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
    for line in _lines(main, "testimonium") if main else ():
        if not codes and (said := _LANGUAGES_SAID.search(line.text)):
            codes = tuple(dict.fromkeys(LANGUAGES[x.lower()] for x in _LANGUAGE.findall(said["list"])))
            if codes:
                passages.append(Passage("languages", line, said.group()))
        found = _PREVAILS.search(line.text)
        if found and found["language"].lower() in LANGUAGES:
            prevailing = LANGUAGES[found["language"].lower()]
            passages.append(Passage("prevailing_language", line, found.group()))
    return codes, prevailing, passages
