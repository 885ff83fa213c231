"""How long an instrument is to last, where a sentence of its own says so: a period, or the day up to which it runs."""

import re

from agreements.language import dates
from agreements.language.periods import PERIOD

INSTRUMENT = "(?:agreement|convention|protocol|treaty|memorandum|mou|arrangement|exchange|compact)"
"""A pattern for the nouns by which an instrument calls itself, without groups."""

_THIS = re.compile(
    rf"\b(?:this|the present|the) (?:\w+ )?{INSTRUMENT}\b"
    r"|\bconstitut\w+ (?:\w+ ){0,4}agreement\b"
    r"|\b(?:regarded|considered|treated|deemed)(?: as| to be)? (?:\w+ ){0,4}(?:agreement|arrangement|understanding)\b",
    re.IGNORECASE,
)
_IT = ("It shall ", "It will ", "It is concluded ", "It has been concluded ")
_THEREAFTER = re.compile(
    r"(?:and )?(?:thereafter|after that|subsequently|afterwards),? (?:it|this|the)\b", re.IGNORECASE
)
_DURATION = rf"(?:{PERIOD})(?:['’]s\b|['’]?(?:s['’])?)"
_FIRST = r"(?:(?:initial|first) )?"
_CALLED_FIRST = re.compile(r"\b(?:initial|first)\b", re.IGNORECASE)
_FOR = re.compile(
    r"\b(?:(?:remains?|continues?|stays?|(?:shall|will) (?:\w+ )?be)(?: to be)? in (?:force|effect).{0,40}?"
    rf"\bfor (?:an? |the )?{_FIRST}(?:(?:period|term|duration) )?(?:of )?"
    rf"|shall have an? {_FIRST}(?:term|duration|period) of (?:an? )?"
    rf"|(?:\b(?:this|the present) \w+|^It) (?:is|has been|shall be) concluded for (?:an? )?"
    rf"{_FIRST}(?:(?:period|term|duration) of )?)"
    rf"(?P<found>{_DURATION})".replace(" ", "[ \u00a0]"),
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:remain|continue|stay)\w*[ \u00a0]in[ \u00a0](?:force|effect)[ \u00a0](?:until|through|up to and including)"
    r"[ \u00a0]|\b(?:expires?|terminates|shall[ \u00a0](?:terminate|end))[ \u00a0]on[ \u00a0]",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b(?P<own>this|the present|the|that|said) (?:\w+ )?{INSTRUMENT}\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:unless|provided|if|until|except)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|neither|nor)\b(?: \w+)?\s*$", re.IGNORECASE)

_ENDED = r"(?:terminat|denounc|denunciation|withdraw|cancel|abrogat|notice of)\w*"
_ON = r"(?:thereafter|after that|afterwards|subsequently|beyond that|after which|upon (?:its|such) expir\w+)"
_ON_AND_ON = (
    rf"\b{_ON}\b[^.;]{{0,100}}?\b(?:until|unless|subject to)\b[^.;]{{0,100}}?\b{_ENDED}"
    rf"|\b{_ON}\b[^.;]{{0,60}}?\bmay\b[^.;]{{0,60}}?\b{_ENDED}|\bmay,? {_ON}\b[^.;]{{0,40}}?\b{_ENDED}"
    rf"|\b(?:until|unless)\b[^.;]{{0,80}}?\b{_ENDED}[^.;]{{0,60}}?\b{_ON}\b"
    r"|\b(?:continue|remain|stay|extend|renew|prolong)(?:s|ed)?\b[^.;]{0,60}?"
    r"\b(?:indefinite(?:ly)?|without limit|unlimited)"
    rf"|\bcontinues? (?:to be )?in (?:force|effect)\b[^.;]{{0,40}}?\b(?:until|unless)\b[^.;]{{0,80}}?\b{_ENDED}"
)
_OPEN = re.compile(_ON_AND_ON, re.IGNORECASE)
_OWN = rf"(?:it|(?:this|the present|the) (?:\w+ )?{INSTRUMENT})"
_SUBJECT = re.compile(
    rf"(?:{_ON}[^,;]{{0,40}},? |(?:unless|if)\b[^,;]{{0,160}}, )?(?:{_OWN} (?:shall|will|may|is|continues?|remains?)\b"
    rf"|(?:either|each|any|both|the) [^,;]{{0,40}}\bmay\b[^,;]{{0,60}}\b(?:terminate|denounce|withdraw from) {_OWN}\b)",
    re.IGNORECASE,
)
_OF_PERIODS = re.compile(  # it goes on, but for a time that has an end of its own
    rf"\bfor (?:[\w-]+ ){{0,4}}?(?:periods?|terms?)\b|\bfor (?:another |further |an? )?{PERIOD}", re.IGNORECASE
)
_NO_LESS = re.compile(
    r"\b(?:at least|not less than|no less than|no fewer than|more than|minimum(?: (?:period|term|duration) of)?"
    r"|up to|at most|no more than|not more than|not exceeding|maximum(?: (?:period|term|duration) of)?)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r",? ?(?:\(\w{1,12}\) ?(?:days|weeks|months|years)?,? ?)?"
    r"(?:at (?:the )?(?:very )?(?:most|least|latest|longest|earliest)|or (?:less|more|longer|shorter|fewer)"
    r"|as a (?:maximum|minimum)|(?:maximum|minimum|or over)\b|or (?:until|upon|on|at) [^.;]{1,120}?\bwhichever\b)",
    re.IGNORECASE,
)


def is_bound(text: str, end: int) -> bool:
    """Whether a length of time or a day that ends at `end` is only the most or the least: `one year at most`."""
    return bool(_BOUND.match(text, end))


def is_told_bound(words: str) -> bool:
    """Whether words that state a length of time call it the most or the least: `a minimum period of five years`."""
    return bool(_NO_LESS.search(words))


def goes_on(sentence: str) -> str:
    """Return the words by which an instrument goes on after its first term until somebody ends it; empty for others.

    Such a term is no day on which it ends. One that is renewed for periods has a day on which each of them does.
    """
    for found in _OPEN.finditer(sentence):
        before = sentence[max(0, found.start() - 30) : found.start()]
        clause = re.split(r"[.;]", sentence[found.start() :], maxsplit=1)[0]
        if not _DENIED.search(before) and not _OF_PERIODS.search(clause):
            return found.group()
    return ""


def is_its_subject(sentence: str) -> bool:
    """Whether a sentence says first of its own instrument what happens to it, or states its term."""
    return bool(_SUBJECT.match(sentence)) or own_term(sentence) is not None


def is_first(term: str) -> bool:
    """Whether a term is called the first: by its own words something follows it."""
    return bool(_CALLED_FIRST.search(term))


def is_of_this(sentence: str) -> bool:
    """Whether a sentence speaks of the instrument that it stands in, as far as its own words tell."""
    return bool(_THIS.search(sentence)) or sentence.startswith(_IT) or bool(_THEREAFTER.match(sentence))


def own_term(sentence: str) -> tuple[str, str] | None:
    """Return the term that a sentence states for its own instrument, and the words that state it, letter for letter.

    The term is a period as printed (`five (5) years`, `initial term of ten years`), or `until` and the day as printed;
    None where it states none, or only the most or the least.
    """
    if not is_of_this(sentence):
        return None
    found = _FOR.search(sentence)
    if found and not _is_denied(found) and not is_bound(sentence, found.end()):
        first = _CALLED_FIRST.search(found.group(), 0, found.start("found") - found.start())
        before = found.group()[first.start() : found.start("found") - found.start()] if first else ""
        return before + without_condition(found), found.group()
    ends = _end(sentence)
    return (f"until {ends}", sentence) if ends else None


def without_condition(match: re.Match[str]) -> str:
    """Return what was `found` by a match, without a word that is cut at its end and a condition that begins in it."""
    found, after = match["found"], match.string[match.end("found") : match.end("found") + 1]
    if after.isalnum() and found[-1:].isalnum():
        found = found.rpartition(" ")[0]
    return _CONDITION.split(found, maxsplit=1)[0].strip(" .;")


def _is_denied(found: re.Match[str]) -> bool:
    """Whether what states a term is denied before it, or between its verb and what is in force."""
    before = found.string[max(0, found.start() - 30) : found.start()]
    return bool(_DENIED.search(before)) or " not " in found.group().lower()


def _end(sentence: str) -> str:
    """Return the day on which a sentence lets this instrument end, as printed; empty where it names none to the day."""
    for match in _UNTIL.finditer(sentence):
        named = [each["own"].casefold() for each in _NAMED.finditer(sentence[: match.start()])]
        if (named[-1] if named else "") not in ("this", "the present") and not (not named and sentence.startswith(_IT)):
            continue
        if _is_denied(match):
            continue
        for day in dates.find(sentence):
            if day.start == match.end() and not is_bound(sentence, day.end):
                return sentence[day.start : day.end]
    return ""
