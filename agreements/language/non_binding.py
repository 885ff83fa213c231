"""What a text says of its own legal force: `this Memorandum is not intended to be legally binding`.

Only what is said of the whole instrument counts: not of a section, an annex or a matter, and not where something is
excepted. Whether an instrument that does not bind must be reported all the same, its words do not say.
"""

import re
from collections.abc import Iterable

from agreements.language.sentences import clauses

_NOUN = (
    r"(?:memorand(?:um|a)|MOU|MoU|statements?|declarations?|arrangements?|understandings?|documents?|texts?|instruments?"
    r"|agreements?|letters?|notes?|roadmap|framework|plan|communiqu[eé]|minutes|record|non-paper)"
)
_THIS = rf"(?:this|the present|these)\b[^.;]{{0,60}}?\b{_NOUN}\b"
_DENIED = (
    r"(?:(?:is|are|will|shall|should) not(?: be)?(?: intended)?(?: to)?(?: be)?(?: an?)? legally[\s-]binding"
    r"|(?:is|are|be)(?: an?)? (?:non-legally[\s-]binding|legally non-?binding)"
    r"|not (?:legally )?binding (?:under|in) international law"
    r"|(?:do|does|shall|will|should) not (?:be )?(?:intended? to )?(?:be|constitute|create|establish|impose"
    r"|give rise to)"
    r"(?: an?| any)?(?: legal(?:ly[\s-]binding)?)?(?: international agreement| rights?| obligations?| commitments?"
    r"| or| and|,){1,6}(?: that (?:is|are) legally binding)?"
    r"(?: (?:under|in|governed by) (?:\w+ or )?international law)?"
    r"|(?:is|are) not (?:an? )?(?:\w+ )?international agreements?"
    r"|creates? no (?:legal(?:ly binding)? )?(?:rights?|obligations?|commitments?)[^.;]{0,40}international law)"
)
_SAYS = re.compile(rf"\b(?P<this>{_THIS}|It)\b[^.;]{{0,160}}?\b(?P<denied>{_DENIED})\b", re.IGNORECASE)
_NOTHING = re.compile(
    rf"\b(?:nothing in|no (?:provision|part|paragraph|section) of) {_THIS}[^.;]{{0,40}}?"
    r"\b(?:is|are|shall be|will be|creates?|constitutes?|should be)\b[^.;]{0,60}?\blegally[\s-]binding\b"
    rf"|\bdo(?:es)? not intend\b[^.;]{{0,30}}?\b{_THIS} (?:to be legally[\s-]binding|to create legally[\s-]binding)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(  # what may stand before the name of the instrument that is said not to bind
    r"(?:.*\bthat |.*[;,:] )?\W*(?:\w{1,3}[.)] )?(?:(?:the )?(?:understandings?|provisions|intentions|commitments|terms"
    r"|contents?|arrangements)(?: (?:set (?:out|forth)|contained|expressed|recorded|stated))? (?:in|of) )?",
    re.IGNORECASE | re.DOTALL,
)
_DECISIVE = re.compile(r"legally[\s-](?:non-?)?binding|international (?:agreement|law)", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:this|these|the present) (?:section|paragraph|article|annex|appendix|provision|chapter|part|sentence)s?\b"
    r"|\b(?:sections?|paragraphs?|articles?|annex(?:es)?|appendi(?:x|ces)|attachments?) (?:\w{1,4}\b[^.;]{0,40})?"
    r"(?:of|to|in) (?:this|the present)\b",
    re.IGNORECASE,
)
_EXCEPTS = re.compile(
    r"\b(?:except(?:ing|ion)?s?|other than|save (?:for|as|that)|apart from|aside from|unless|until|if"
    r"|with (?:respect|regard) to|as regards|insofar|in so far|to the extent)\b",
    re.IGNORECASE,
)
_AFFIRMED = re.compile(
    r"(?<!not )(?<!non-)\b(?:is|are|shall be|will be|become|remain)(?: intended to be)? (?:legally )?binding\b"
    r"(?! (?:copy|copies|text))",
    re.IGNORECASE,
)


def says_not_binding(texts: Iterable[str]) -> tuple[int, str] | None:
    """Return which of `texts` (provisions of one instrument) says that it does not bind, and the sentence that does.

    None where none does, or where another sentence says that something of it binds.
    """
    found: tuple[int, str] | None = None
    for place, text in enumerate(texts):
        if "bind" not in text and "international" not in text:
            continue
        before = ""
        for clause in clauses(text):
            if found is None and _denies(clause.words, before):
                found = place, clause.words
            elif _AFFIRMED.search(clause.words):
                return None
            before = clause.words
    return found


def _denies(words: str, before: str) -> bool:
    """Whether a sentence says of the whole instrument that it does not bind; `It` is what the sentence before names."""
    if _PART.search(words) or _EXCEPTS.search(words):
        return False
    if _NOTHING.search(words):
        return True
    match = _SAYS.search(words)
    if match is None or not _DECISIVE.search(match["denied"]):
        return False
    if match["this"].lower() != "it":
        return _OPENS.fullmatch(words, 0, match.start()) is not None
    opens = not words[: match.start()].strip(" ,")
    return opens and re.search(rf"\b{_THIS}", before, re.IGNORECASE) is not None and not _PART.search(before)
