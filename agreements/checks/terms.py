"""Checks of defined terms: each is defined once, used, and written as it is defined; nothing passes for one unmet."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from agreements.checks.passages import is_english, operative_places
from agreements.findings import Finding, error, info, warning
from agreements.language import terms
from agreements.language.sentences import clauses
from agreements.model import Agreement
from agreements.reference import Place, Same, document_name, places

# The last words of things that agreements define or set up: an expression in capitals that ends so is a term.
_NOUNS = (
    *("Agent", "Authority", "Area", "Arrangement", "Body", "Cargo", "Commission", "Committee", "Component"),
    *("Contractor", "Contribution", "Contributor", "Cost", "Dependent", "Equipment", "Facility", "Flight", "Force"),
    *("Information", "Item", "Location", "Material", "Materiel", "Nation", "Order", "Organization", "Participant"),
    *("Personnel", "Point", "Program", "Programme", "Project", "Representative", "Request", "Route", "Service"),
    *("Commander", "Goods", "Office", "Person", "Unit", "Vehicle", "Vessel", "Aircraft", "Zone", "Property"),
    *("Board", "Center", "Centre", "Coordinator", "Council", "Group", "Inspector", "Observer", "Officer", "Panel"),
    *("Secretariat", "Team", "Fund", "Register", "Registry"),
    *("Site", "State", "Supply", "Support", "Transaction", "Transfer", "Year"),
)
_WORD = r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*"
_LAST = "|".join(f"{noun[:-1]}(?:y|ies)" if noun.endswith("y") else f"{noun}s?" for noun in _NOUNS)
_EXPRESSION = re.compile(rf"(?<=[a-z,;] )(?:{_WORD} (?:and )?){{1,3}}(?:{_LAST})\b(?! of [A-Z])")
_ACTING = re.compile(  # a body that owes or may something
    rf"\b[Tt]he (?P<name>(?:{_WORD} ){{1,3}}(?:Board|Coordinator|Council|Inspector|Observer|Panel|Secretariat|Team))"
    r"(?: of the \w+ \w+)? (?:shall|may)\b"
)
_KNOWN_NAMES = (
    *("member", "contracting", "united", "nations", "nato", "national", "international", "european", "world", "north"),
    *("supreme", "general", "federal"),
)
_SET_UP = r"(?:establish|constitut|creat|appoint|designat|set(?:ting)? up|call|refer|serve as|act as|form)"
_OFTEN = 3  # a name in capitals that stands less often may be one that everybody knows
_PARTY = re.compile(r"\b(?:[Ee]ach|[Ee]ither|[Nn]either|the other|[Bb]oth) part(?:y|ies)\b")
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_MORE = 2  # how many times more often a term stands as it is defined before other capitals are a slip
_OURS = re.compile(  # a text that defines `U.S. personnel` defines its other such names too
    r"\bU\.S\. (?!Government|Embassy|Navy|Army|Air|Armed|Marine|Coast|Congress|Department"
    r"|Munitions|Code|Secretary|Side|Part)[A-Z][a-z]+"
)
_MEANT_AS_TERM = re.compile(
    r"^(?:U\.S\.|Restricted|Designated|Authori[sz]ed|Protected|Covered|Excluded|Eligible|Qualified|Host|Approved) "
)


def definitions(agreement: Agreement) -> Sequence[tuple[str, Place]]:
    """Return every term that `agreement` says the meaning of (“X” means ...), with its place."""
    return _definitions(Same(agreement))


@lru_cache(maxsize=4)  # half a dozen checks ask for the terms of the same text
def _definitions(of: Same[Agreement]) -> tuple[tuple[str, Place], ...]:
    return tuple(
        (meaning.term, place) for place in places(of.thing) for meaning in terms.meanings(place.provision.text)
    )


def defined_terms(agreement: Agreement) -> Iterator[Finding]:
    """Say which terms one document defines twice, and which are defined and stand nowhere else."""
    defined: dict[tuple[str, str, str], Place] = {}
    text = "\n".join(_own_words(place) for place in places(agreement))
    for term, place in definitions(agreement):
        key = (document_name(place.document), place.document.language, terms.key(term))
        if key in defined and defined[key].path != place.path:
            message = f"“{term}” is defined here and in {defined[key].path}."
            yield warning("term-twice", place.path, message, "Define a term once.")
        elif key not in defined and len(list(islice(terms.forms(term).finditer(text), 2))) < 2:
            yield warning("term-unused", place.path, f"“{term}” is defined and never used.", "Drop it, or use it.")
        defined.setdefault(key, place)


def undefined(agreement: Agreement) -> Iterator[Finding]:
    """Say which words pass for defined terms (marked as such in a draft, or in capitals throughout) and are not."""
    known = {terms.key(term) for term, _ in definitions(agreement)} | {terms.key(term) for term in _named(agreement)}
    missing: dict[str, Place] = {}
    for place in places(agreement):
        for mark in place.provision.marks:
            if mark.kind == "term" and mark.target and terms.key(mark.target) not in known:
                missing.setdefault(mark.target, place)
    for term, place in missing.items():
        message = f"“{term}” is used as a defined term, and no definition says what it means."
        yield error("term-undefined", place.path, message, "Define it, or use the words that are defined.")
    if known:  # a text without any definition uses capitals in other ways
        yield from _capitalised(agreement, known | {terms.key(term) for term in missing})


def capitals(agreement: Agreement) -> Iterator[Finding]:
    """Say where a term that is defined in capitals, and mostly written so, stands in small letters."""
    rows = [(place, place.provision.text) for place in operative_places(agreement)]
    for term in sorted({t for t, _ in definitions(agreement)} | set(_named(agreement))):
        if " " in _ARTICLE.sub("", term):
            yield from _otherwise(term, rows)
    yield from _in_small_letters({t for t, _ in definitions(agreement)}, rows)
    if any(terms.key(name) == "party" for name in _named(agreement)):
        for place, text in rows:
            if found := _PARTY.search(text):
                message = f"“{found.group()}”: the text names its Parties in capitals."
                yield info("term-capitals", place.path, message, "Write Party, or other words for somebody else.")


# What the sides of a text may be called, each by its own name throughout.
_SELVES = {
    "Parties": re.compile(r"\bthe Part(?:y|ies)\b"),
    "Contracting Parties": re.compile(r"\b(?:High )?Contracting Part(?:y|ies)\b"),
    "Participants": re.compile(r"\b(?:the|each|either|both|other) Participants?\b", re.IGNORECASE),
    "Sides": re.compile(r"\b(?:the|each|either|both|other) Sides?\b"),
    "Signatories": re.compile(r"\bthe Signator(?:y|ies)\b"),
}
_OF_ANOTHER_TEXT = re.compile(r"\b(?:Treaty|Convention|Charter|of the NATO|defined (?:in|by))\b")


def selves(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text that names its sides by one word calls them by another that it does not define."""
    named = {terms.key(name) for name in (*_named(agreement), *(term for term, _ in definitions(agreement)))}
    own = next((name for name in _SELVES if terms.key(name) in named), "")
    others = [name for name in _SELVES if terms.key(name) not in named and name not in own] if own else []
    cues = [name.split()[-1][:5] if name != "Contracting Parties" else "Contracting" for name in others]
    for place in operative_places(agreement) if others else ():
        text = place.provision.text
        if place.document is not agreement.main or not any(cue in text for cue in cues):
            continue
        if not is_english(place) or _OF_ANOTHER_TEXT.search(text):
            continue
        found = next((match for other in others for match in _SELVES[other].finditer(text) if _is_name(match)), None)
        if found:
            message = f"“{found.group()}” stands here; the text names its sides “the {own}”."
            yield info("term-undefined", place.path, message, f"Write {own}, or define the other name.")


def _is_name(found: re.Match[str]) -> bool:
    """Whether what a side is called is written as a name: `the Participants`, not `the participants`."""
    return found.group().rpartition(" ")[2][:1].isupper()


_TURNS = re.compile(r"(?P<first>[\w-]+) (?:in|of|for|under) (?P<second>[\w-]+)")


def variants(agreement: Agreement) -> Iterator[Finding]:
    """Say where the words of a term stand in another order: `supplies in transit`, and then `transit supplies`."""
    turned: dict[str, re.Pattern[str]] = {}
    for term, _ in definitions(agreement):
        if found := _TURNS.fullmatch(_ARTICLE.sub("", term)):
            first, second = terms.singular(found["first"]), found["second"]
            turned[term] = re.compile(
                rf"\b{re.escape(second)} (?:{re.escape(first)}s?|{re.escape(found['first'])})\b", re.I
            )
    words = {place.path: place for place in operative_places(agreement)} if turned else {}
    for term, pattern in turned.items():
        for path, place in words.items():
            if found := pattern.search(place.provision.text):
                message = f"“{term}” is defined, and “{found.group()}” stands here."
                yield info("term-variant", path, message, f"Write {term}, if that is meant.")


def _otherwise(term: str, rows: Sequence[tuple[Place, str]]) -> Iterator[Finding]:
    """Say where a term stands in other capitals than those of its definition, if it mostly stands as defined."""
    bare, stem = _ARTICLE.sub("", term), terms.stem(term)
    near = [(place, text) for place, text in rows if stem in text.lower()]
    used = [(place, found) for place, text in near for found in terms.forms(term).finditer(text)]
    slips = [(place, found) for place, found in used if not (_is_as_defined(found, bare) or _is_in_a_title(found))]
    if slips and len(used) - len(slips) >= _MORE * len(slips):
        for path, printed in {place.path: found.group() for place, found in reversed(slips)}.items():
            message = f"“{bare}” is defined so, and “{printed}” stands here."
            fix = f"Write {term}, or other words where something else is meant."
            yield info("term-capitals", path, message, fix)


def _in_small_letters(defined: Iterable[str], rows: Sequence[tuple[Place, str]]) -> Iterator[Finding]:
    """Say where a term of one word, defined in a capital and mostly written so, stands small behind `the`."""
    for term in sorted(term for term in defined if re.fullmatch(r"[A-Z][a-z]{4,}", term)):
        small = re.compile(rf"\b(?:[Tt]he|[Tt]his|[Tt]hat) {term.lower()}\b(?=[.,;:)]| (?:shall|may|is|was)\b)")
        used = sum(len(re.findall(rf"\b{term}\b", text)) for _, text in rows)
        slips = [(place, found) for place, text in rows for found in small.finditer(text)]
        for place, found in slips if used >= _MORE * (len(slips) + 1) else ():
            message = f"“{term}” is defined so, and “{found.group()}” stands here."
            fix = f"Write {term}, or other words where something else is meant."
            yield info("term-capitals", place.path, message, fix)


_TITLE_BEFORE = re.compile(
    r"\b(?:Agreement|Treaty|Convention|Protocol|Memorandum|Arrangement)\b"
    r"(?:[^.;,()“”\"]{0,120}\b(?:Status|Position) of| (?:on|concerning|regarding)) (?:the )?$"
)


def _is_in_a_title(found: re.Match[str]) -> bool:
    """Whether a form stands in the title of another instrument: `the Agreement on the Status of U.S. Personnel`."""
    before = found.string[max(0, found.start() - 160) : found.start()]
    return found.group()[:1].isupper() and _TITLE_BEFORE.search(before) is not None


_POINT_NUMBER = re.compile(r"(?:^|(?<=[.:;\"“] )|(?<=[\"“]))\(?\w{1,4}[.)]$")  # `"(b) This Agreement` opens a line


def _is_as_defined(found: re.Match[str], term: str) -> bool:
    """Whether a form of `term` has its capitals; the first letter is free at the beginning of a sentence."""
    words = found.group()
    apart = [at for at, (a, b) in enumerate(zip(words, term, strict=False)) if a != b and a.lower() == b.lower()]
    if not apart:
        return True
    before = _POINT_NUMBER.sub("", found.string[: found.start()].rstrip(' "“(')).rstrip(' "“(')
    opens = not before or before[-1] in ".:;"
    return opens and apart == [0]


def _named(agreement: Agreement) -> Iterator[str]:
    """Yield the names that the text gives in passing: (hereinafter "the Parties")."""
    for place in places(agreement):
        yield from (name.term for name in terms.names(place.provision.text))


def _capitalised(agreement: Agreement, known: Iterable[str]) -> Iterator[Finding]:
    seen: dict[str, list[Place]] = defaultdict(list)
    for place in places(agreement):
        if place.chain and place.chain[0].kind not in ("preamble", "testimonium", "signature"):
            for match in _EXPRESSION.finditer(place.provision.text):
                seen[terms.singular(match.group())].append(place)
            for match in _ACTING.finditer(place.provision.text) if known else ():
                seen[match["name"]].append(place)
            for match in _OURS.finditer(place.provision.text) if any(key.startswith("u.s. ") for key in known) else ():
                if not any(terms.forms(key).fullmatch(match.group()) for key in known):
                    seen[terms.singular(match.group())].append(place)
    lines = [_own_words(place) for place in places(agreement)]
    names, covered = (
        _proper(agreement),
        {*known, *(document.role.replace("-", " ") for document in agreement.documents)},
    )
    for term, found in seen.items():
        is_acting = any(_acts(term, place) for place in found)
        enough = 1 if is_acting or _MEANT_AS_TERM.search(term) else _OFTEN
        if len(found) < enough or names & set(term.lower().split()) or _is_set_up(term, lines):
            continue
        key = terms.key(term)
        if key in covered or (not is_acting and any(each in key or key in each for each in covered)):
            continue
        message = f"“{term}” stands in capitals ({len(found)}), and no definition says what it means."
        yield info("term-undefined", found[0].path, message, "Define it, or write it in small letters.")


def _acts(term: str, place: Place) -> bool:
    """Whether what passes for a term is a body that owes or may something there: `the Transit Coordinator shall`."""
    return any(found["name"] == term for found in _ACTING.finditer(place.provision.text))


def _is_set_up(term: str, lines: Iterable[str]) -> bool:
    """Whether the text sets the thing up or says what it is, which serves as its definition."""
    stem = terms.stem(term)
    name = terms.forms(term).pattern
    near = re.compile(
        rf"{_SET_UP}\w*.{{0,80}}?{name}|{name}.{{0,60}}?(?:{_SET_UP}|shall be|is the|are those|consist)|[“\"‘']{name}",
        re.IGNORECASE,
    )
    return any(clause.search(near) for line in lines if stem in line.lower() for clause in clauses(line))


def _proper(agreement: Agreement) -> set[str]:
    """Return the words of names that are no terms: those of the parties and of bodies known to everybody."""
    names = " ".join(word for party in agreement.parties for word in (party.name, party.body)).lower().split()
    return {w for w in names if len(w) > 3} | {*_KNOWN_NAMES}


def _own_words(place: Place) -> str:
    return " ".join(x for x in (place.provision.heading, place.provision.text) if x)
