"""Checks of the register: binding words in a text that does not bind, and words that bind nobody in one that does."""

import re
from collections.abc import Iterator, Mapping

from agreements.checks.passages import is_english, is_operative, shortened
from agreements.findings import Finding, info, warning
from agreements.language import named_parties
from agreements.language.actors import ActorKind, subject
from agreements.language.modality import modals
from agreements.language.sentences import Sentence, clauses
from agreements.model import Agreement
from agreements.reference import Place, places

# Whether a text binds is a matter of intent and words (22 CFR 181.2(a)); each with what a text that does not bind
# says instead (docs/practice.md, "Words that bind").
_BINDING = (
    (re.compile(r"\b(?:shall|must)\b"), "intends to, or should"),
    (re.compile(r"\b(?:is|are) (?:obliged|bound|required) to\b"), "intends to, or is expected to"),
    (re.compile(r"\b[Tt]his (?:Agreement|Treaty|Convention)\b"), "{this}"),
    (re.compile(r"(?<!\bto )(?<!\bas )\bagrees? to\b"), "intends to"),
    (re.compile(r"\b(?:have|has)? ?agreed? (?:to|that|as follows|upon)\b|\b(?:Participants|Parties|sides) agree\b"),
     "have reached the following understandings, or intend to"),
    (re.compile(r"\bundertakes?\b(?! (?:work|construction|an? |the |activit))"), "intends to"),
    (re.compile(r"\b(?:Contracting )?Part(?:y|ies)\b(?! to (?:the|that|an?|this)\b)"), "Participant"),
    (re.compile(r"\b(?:this|of this|these) Articles?\b|(?<![A-Z] )\bArticles? (?:[IVX]+|\d+)\b(?! of)"),
     "Section, or paragraph"),
    (re.compile(r"\b(?:enters?|entry|entered) into force\b|\bin force until\b", re.I),
     "comes into effect"),
    (re.compile(r"\b(?:DONE|Done) (?:at|in)\b"), "Signed at"),
    (re.compile(r"\bin duplicate\b", re.I), "in two copies"),
    (re.compile(r"\bhereby (?:commits?|grants?|waives?|consents?|undertakes?)\b|\bcommits? (?:itself|themselves) to\b"),
     "intends to"),
    (re.compile(r"(?<!not )(?<!be )\b(?:is|are|shall be) (?:legally )?binding\b"), "is not legally binding"),
    (re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]hese|[Ff]ollowing) (?:rights and )?(?:obligations|duties)"
                r" of (?:the Participants|each|either|both|\w+ under this)\b"), "intentions"),
    (re.compile(r"\bequally (?:authentic|authoritative|valid)\b", re.I), "of equal validity as texts"),
)  # fmt: skip
_NOUNS = re.compile(  # what a text that does not bind calls itself in its title
    r"\b(?:memorand(?:um|a)|(?:joint |political )?(?:statement|declaration|communiqu[eé])(?: of intent)?"
    r"|letter of intent|arrangement|(?:agreed |joint )?minutes|understandings?|guidelines|programme|program|plan"
    r"|roadmap|terms of reference|side letter|exchange of (?:notes|letters))\b",
    re.IGNORECASE,
)
_MANY = ("minutes", "guidelines", "understandings", "terms of reference")
_QUERIED = re.compile(r"(?<!of their own )(?<!free )(?<!good )(?<!political )\bwill\b(?! of the\b)")
_WEAK_KINDS = ("intention", "advice")
_EXPECTED = re.compile(
    r"\b(?:is|are)(?: not)? expected to\b|\bwill (?:try|seek|strive|endeavou?r|attempt)\b", re.IGNORECASE
)
_NOT_BINDING = re.compile(
    r"\bnot (?:(?:intended to be|be|a) )?legally binding\b|\bis not an? (?:international agreement|treaty)\b"
    r"|\b(?:creates?|constitutes?|gives? rise to)\b[^.;]{0,40}\b(?:no|neither|not"
    r" any)\b[^.;]{0,60}\bobligations?\b[^.;]{0,30}\blaw\b"
    r"|\b(?:does|do) not (?:create|constitute|give rise to)\b[^.;]{0,60}\bobligations?\b[^.;]{0,30}\blaw\b",
    re.IGNORECASE,
)
_FEW = 4  # words of duty that a memorandum may have by mistake
_OWES, _WISHES = re.compile(r"\bshall\b"), re.compile(r"\b(?:intends?|should|expected)\b")
_MAY_BE_WEAK = re.compile(r"\b(?:should|ought|will|expected|(?:intend|expect|plan|aim|hope|wish|desir)\w*)\b")
# What is to be done to a thing, said as an intention: `carriage is intended to be paid for`.
_INTENDED = re.compile(
    r"(?:[A-Z]|\([a-z]\) )(?:(?!\b(?:that|which|who|whose|if|where|whether|Nothing|Agreement|Article|provisions?|as)\b)"
    r"[^,;:.]){3,110}? (?:is|are) (?:not )?(?:expected|intended|meant) to be [a-z]+(?:ed|en|id|de|ld|nt|pt)\b"
)
_SHOULD = re.compile(
    r"\b(?:should|ought to)(?: not)? (?:also |be )?(?!(?:the|it|an?|any|this|that|either"
    r"|one|be|such|its|their|grateful|pleased|obliged|glad|like|they|he|there|no)\b)[a-z]+"
)
_SUPPOSES = re.compile(
    r"\b(?:if|unless|lest|that|whether|which|who|whom|when|whenever|where|wherever|case|event|until|than|as|how|what)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(r"[”\"’'] (?:shall )?means?\b")
_THAT = re.compile(r"\bthat (?:(?:its|their|the|such|own|any) ){0,2}$")
_STANDS_BESIDE = re.compile(r"(?:,? (?:also|jointly|both|each|therefore|further|not|respectively),?)? *")
_TREATY_FORMS = ("agreement", "treaty", "protocol")


def register(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text that is not to bind speaks in binding words, or one that binds in words that bind nobody.

    Which of the two a text is, it says itself (22 CFR 181.2): by its clause on its own force, and where it has none and
    is a memorandum by the words that it mostly uses. Preambles and definitions of an agreement are left alone: what is
    wished or intended may stand there.
    """
    binds = is_binding(agreement)
    if binds is False:
        noun = _noun_of(agreement)
        for place in places(agreement):
            yield from _in_memorandum(place, noun)
    elif binds and agreement.form in (*_TREATY_FORMS, "exchange-of-notes"):
        names = named_parties.as_terms(agreement)
        for place in places(agreement):
            yield from _in_agreement(place, names)


def is_binding(agreement: Agreement) -> bool | None:
    """Return what a text says of itself; None where it says nothing and its form does not settle it."""
    text = " ".join(p.text for document in agreement.documents for p in document.walk() if document.language == "en")
    if _NOT_BINDING.search(text) or agreement.binding is False:
        return False
    if agreement.form != "mou" or agreement.binding:
        return True
    return len(_OWES.findall(text)) > max(_FEW, len(_WISHES.findall(text)))


def _noun_of(agreement: Agreement) -> str:
    """Return what a text calls itself, with its pronoun: `this joint statement`, `these minutes`; else `this text`."""
    found = _NOUNS.search(agreement.title or "")
    noun = (
        found.group().lower() if found else "memorandum" if agreement.form == "mou" and not agreement.title else "text"
    )
    return f"these {noun}" if noun.endswith(_MANY) else f"this {noun}"


def _in_memorandum(place: Place, noun: str) -> Iterator[Finding]:
    """Yield what binds in a provision of a text that is not to bind, which is called `noun` (`this memorandum`)."""
    text = place.provision.text
    if place.provision.kind == "article" and place.provision.label in (None, "Article"):
        message = "A text that does not bind has sections or paragraphs, not articles."
        yield warning("register-treaty", place.path, message, "Number it as a section or a paragraph.")
    for pattern, instead in _BINDING:
        if found := pattern.search(text):
            is_to = "are" if noun.startswith("these") else "is"
            message = f"“{found.group().strip()}” is the language of a treaty; {noun} {is_to} not to bind."
            own = noun[:6] + re.sub(r"\b(?!of\b)[a-z]", lambda letter: letter.group().upper(), noun[6:])
            yield warning("register-treaty", place.path, message, f"Write: {instead.format(this=own)}.")
    if found := _QUERIED.search(text):
        message = "“will” can be read as a promise."
        yield info("register-will", place.path, message, "Write intends to or should, unless a mere future is meant.")


def _in_agreement(place: Place, names: Mapping[str, ActorKind]) -> Iterator[Finding]:
    if not is_operative(place) or not is_english(place) or _defines(place):
        return
    for clause in clauses(place.provision.text) if _MAY_BE_WEAK.search(place.provision.text) else ():
        if found := next((each for each in clause.finditer(_SHOULD) if _is_advice(clause, each.start())), None):
            message = (
                f"“{found.group()}” advises, and binds nobody in an agreement. Source: docs/practice.md, words that"
            )
            yield info("register-weak", place.path, f"{message} bind.", "Write shall or may, as it is meant.")
            return
        if found := _INTENDED.match(clause.text, clause.start, clause.end):
            message = f"“{shortened(found.group())}” binds nobody in an agreement. Source: docs/practice.md, words that"
            yield info("register-weak", place.path, f"{message} bind.", "Write shall or may, if a duty is meant.")
            return
        weak = [modal for modal in modals(clause) if modal.kind in _WEAK_KINDS]
        spans = [(modal.start, modal.end) for modal in weak] + [found.span() for found in clause.finditer(_EXPECTED)]
        for start, end in spans:
            who = subject(clause, start, names)
            before = clause.text[max(clause.start, who[0].start - 30) : who[0].start] if who else "that "
            if not _THAT.search(before) and _STANDS_BESIDE.fullmatch(clause.text, who[-1].end, start):
                words = clause.text[who[0].start : end]
                message = f"“{words}” binds nobody in an agreement. Source: docs/practice.md, words that bind."
                yield info("register-weak", place.path, message, "Write shall or may, if a duty or a right is meant.")
                return


def _is_advice(clause: Sentence, at: int) -> bool:
    """Whether `should` says what is advised: it supposes nothing (`if it should`, `should it`) and quotes nobody."""
    before = clause.text[clause.start : at]
    return before.strip() != "" and _SUPPOSES.search(before[before.rfind(",") + 1 :]) is None


def _defines(place: Place) -> bool:
    headings = " ".join(p.heading or "" for p in place.chain).lower()
    return "definition" in headings or "interpretation" in headings or _MEANS.search(place.provision.text) is not None
