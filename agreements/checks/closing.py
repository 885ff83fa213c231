"""Checks of the names and the closing: title, preamble and signatures agree; copies, languages and texts fit.

What each original holds is that of docs/practice.md: as many originals as parties, every language in each; the keeper
of a copy stands first in its title, its preamble and its signatures (the alternat).
"""

import re
from collections.abc import Iterator

from agreements.checks.passages import closing, is_english, shortened, spoken
from agreements.findings import Finding, warning
from agreements.language import named_parties
from agreements.language.named_parties import NamedParty
from agreements.model import Agreement, Document
from agreements.reference import Place

_NOUNS = r"Agreement|Memorandum|Protocol|Treaty|Convention|Arrangement|Understanding"
_INSTRUMENT = re.compile(rf"(?P<noun>{_NOUNS})\b(?! (?:and|on the Extension))", re.IGNORECASE)
_SIGNED = re.compile(rf"\b(?:signed|initial(?:l)?ed) (?:the |this |the present )(?P<noun>{_NOUNS})\b", re.IGNORECASE)
_COPIES = re.compile(
    r"\bin (?P<word>duplicate|triplicate|quadruplicate|quintuplicate)\b"
    r"|\bin (?:a |an )?(?P<count>single|one|two|three|four|five|six)(?: \(\d\))?(?: signed| original)? "
    r"(?:copy|copies|originals?|counterparts?)\b",
    re.IGNORECASE,
)
_COUNTS = {
    "single": 1, "one": 1, "duplicate": 2, "two": 2, "triplicate": 3, "three": 3, "quadruplicate": 4, "four": 4,
    "quintuplicate": 5, "five": 5, "six": 6,
}  # fmt: skip
_IN_EACH = re.compile(
    r"\b(?:in|of) each (?:of the )?languages?\b|\btwo in \w+\b|\beach (?:in|of which)\b", re.IGNORECASE
)
_NAME = r"[A-Z][A-Za-zÀ-ÿ-]+"
_LISTED = rf"{_NAME}(?:, {_NAME})*(?:,? (?:and|or) (?:the )?{_NAME})?"
_LANGUAGES = re.compile(
    rf"\bin (?:both )?(?:the )?(?P<names>{_LISTED}) languages?\b|\bin (?P<bare>{_LISTED})(?=,|;|\.|$)"
)
_TEXTS = re.compile(
    r"\b(?P<number>both|all|the two|the three|the four|two|three)(?: of which| of them|(?: \w+){0,2}"
    r" (?:texts?|versions?))?"
    r"\b(?= (?:being|are|shall be|having|equally|have))",
    re.IGNORECASE,
)
_NAMED_TEXTS = re.compile(rf"\bthe (?P<names>{_LISTED}) (?:texts?|versions?)\b")
_AUTHENTIC = re.compile(r"\b(?:authentic|authoritative|valid(?:ity)?|value|force|prevails?|govern)\b", re.IGNORECASE)
_SPLIT = re.compile(r"(?:,| and | or )\s*(?:and |the )?")
_NO_LANGUAGES = frozenset(
    ["Witness", "Washington", "Duplicate", "Triplicate", "Brussels", "London", "Paris", "Force", "Accordance"]
)


def copies(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text of two parties is made out in another number of originals than two."""
    for place, text in _testimonium(agreement):
        lines = ((p.path, p.provision.text) for p in closing(agreement, "signature") if p.document is place.document)
        signers = [*named_parties.in_signatures(lines)]
        found = _COPIES.search(text)
        if found is None or len(signers) != len(named_parties.of(agreement)) or _IN_EACH.search(text):
            continue
        count = _COUNTS[(found["word"] or found["count"]).lower()]
        if len(signers) > 1 and count != len(signers):
            message = f"“{found.group()}”: {len(signers)} parties sign, and each keeps an original. {_PRACTICE}"
            yield warning("testimonium-copies", place.path, message, "Name as many originals as there are parties.")


_PRACTICE = "Source: practice of originals (docs/practice.md)."


def texts(agreement: Agreement) -> Iterator[Finding]:
    """Say where the languages of the closing, and the texts that are to count, are not the same ones."""
    for place, text in _testimonium(agreement):
        named = next((found for found in _LANGUAGES.finditer(text) if _names(found)), None)
        if named is None:
            continue
        languages = _names(named)
        after = text[named.end() :]
        number, listed = _TEXTS.search(after), _NAMED_TEXTS.search(after)
        why = ""
        if len(languages) > 1 and not _AUTHENTIC.search(text[named.start() :]):
            why = f"{len(languages)} languages are named, and nothing says which text counts"
        elif number and not _fits(number["number"].lower(), len(languages)):
            why = f"“{number.group().strip()}” does not fit the {len(languages)} named before it"
        elif listed and len(languages) > 1 and not set(_SPLIT.split(listed["names"])) <= set(languages):
            why = f"“{listed.group()}” names other languages than “{named.group()}”"
        if why:
            fix = "Name every language, and say of all of them whether they are equally authentic."
            yield warning("testimonium-languages", place.path, f"{why}. {_PRACTICE}", fix)


def instruments(agreement: Agreement) -> Iterator[Finding]:
    """Say where the closing has another instrument signed than the one that the title names."""
    main = agreement.main
    titled = _INSTRUMENT.match((main.title if main else "") or "")
    for place, text in _testimonium(agreement) if titled and not agreement.effects else ():
        found = _SIGNED.search(text)
        in_main = place.document is main and place.path.startswith("testimonium")
        if found and titled and in_main and found["noun"].lower() != titled["noun"].lower():
            message = f"“{found.group()}”: the title calls this text {_an(titled['noun'])}."
            yield warning("testimonium-instrument", place.path, message, "Name the text as its title does.")
    if titled and main and not agreement.effects:
        yield from _called_otherwise(agreement, main, titled["noun"])


_CALLED = re.compile(rf"\b(?:[Tt]his|[Tt]he present) (?P<noun>{_NOUNS})\b")
_FEW = 3  # times a text calls itself as its title does, from which another noun is a slip


def _called_otherwise(agreement: Agreement, main: Document, noun: str) -> Iterator[Finding]:
    """Say where the main text calls itself another instrument than its title, and mostly calls itself as that does."""
    own = 0
    others: dict[str, str] = {}
    for place in spoken(agreement):
        if place.document is main:
            for found in _CALLED.finditer(place.provision.text):
                if found["noun"].lower() == noun.lower():
                    own += 1
                elif not _is_quoted(place.provision.text[: found.start()]):
                    others.setdefault(place.path, found.group())
    for path, words in others.items() if own >= _FEW and own > 2 * len(others) else ():
        message = f"“{words}”: the title calls this text {_an(noun)}, and so do the other provisions."
        yield warning("testimonium-instrument", path, message, "Name the text as its title does.")


def _is_quoted(before: str) -> bool:
    """Whether quotation marks that were opened in `before` are not closed there."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _an(noun: str) -> str:
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun.capitalize()}"


def _testimonium(agreement: Agreement) -> Iterator[tuple[Place, str]]:
    for place in closing(agreement, "testimonium"):
        if is_english(place) and place.document.role == "main":
            yield place, place.provision.text


def _names(found: re.Match[str]) -> tuple[str, ...]:
    names = tuple(_SPLIT.split(found["names"] or found["bare"]))
    alone = found["bare"] and (len(names) < 2 or not {"English", "French"} & set(names))
    return () if alone or _NO_LANGUAGES & set(names) else names


def _fits(number: str, languages: int) -> bool:
    exact = {"both": 2, "the two": 2, "two": 2, "the three": 3, "three": 3, "the four": 4}
    return languages == exact[number] if number in exact else languages > 2


# ---------------------------------------------------------------------- names


def names(agreement: Agreement) -> Iterator[Finding]:
    """Say where title, preamble and signatures name the parties otherwise than each other, or in another order."""
    main = agreement.main
    if main is None or main.language != "en" or main.role != "main":
        return
    path, preamble = named_parties.in_preamble(agreement)
    lines = ((p.path, p.provision.text) for p in closing(agreement, "signature") if p.document is main)
    signed = [*named_parties.in_signatures(lines)]
    rows: list[tuple[tuple[str, str], tuple[NamedParty, ...]]] = [
        (("title", "title"), named_parties.in_title(agreement)),
        (("preamble", path), preamble),
        (("signature block", signed[-1][0] if signed else ""), tuple(party for _, party in signed)),
    ]
    held = [row for row in rows if len(row[1]) == 2]
    if len(held) > 1:
        yield from _order(held)
        own = held[1:] if held[0][0][0] == "title" and _OF_A_CITED.match(main.title or "") else held
        yield from _spelling(own, {party: where for where, party in signed}) if len(own) > 1 else ()


# A title whose pair of parties is that of the text it serves: `Change of Annex A to the Agreement between ...`.
_OF_A_CITED = re.compile(
    r"(?:(?!\bbetween\b).)*\b(?:to|under|of|for) the (?:[\w-]+ ){0,6}?"
    r"(?:Agreement|Arrangement|Treaty|Convention|Memorandum|Protocol)(?: \([^()]{0,40}\))? between\b"
)


def _order(held: list[tuple[tuple[str, str], tuple[NamedParty, ...]]]) -> Iterator[Finding]:
    """Say which of the places names the parties in another order than the first, or the first where it stands alone."""
    first = held[0][1]
    turned = [row for row in held[1:] if _is_turned(first, row[1])]
    if not turned:
        return
    alone = held[:1] if len(turned) == len(held) - 1 and len(turned) > 1 else turned
    rest = "the rest" if len(held) > 2 else f"the {held[0][0][0]}"
    for (name, path), parties in alone:
        message = f"The {name} names {parties[0].printed} first, {rest} {parties[1].printed}. {_ALTERNAT}"
        fix = "Name the keeper of the original first everywhere."
        yield warning("party-order", path, shortened(message, 260), fix)


_ALTERNAT = "Source: the alternat (docs/practice.md)."


def _is_turned(ours: tuple[NamedParty, ...], theirs: tuple[NamedParty, ...]) -> bool:
    crosswise = ours[0].is_same_state(theirs[1]) and ours[1].is_same_state(theirs[0])
    return crosswise and not ours[0].is_same_state(theirs[0])


def _spelling(
    held: list[tuple[tuple[str, str], tuple[NamedParty, ...]]], signed: dict[NamedParty, str]
) -> Iterator[Finding]:
    """Say where a party bears another name or body than elsewhere: the place that stands alone, else the later."""
    for index in range(2):
        column = [(where, _counterpart(parties, held[0][1], index)) for where, parties in held]
        odd = next((pair for pair in _disagreeing(column)), None)
        if odd is None:
            continue
        (name, path), party, other = odd
        path = signed.get(party, path)
        message = f"The {name} names {party.printed or party.state}, another place {other.printed or other.state}."
        yield warning("party-names", path, shortened(message, 300), "Give a party one name in all places.")


def _counterpart(parties: tuple[NamedParty, ...], first: tuple[NamedParty, ...], index: int) -> NamedParty:
    return parties[1 - index] if _is_turned(first, parties) else parties[index]


def _disagreeing(
    column: list[tuple[tuple[str, str], NamedParty]],
) -> Iterator[tuple[tuple[str, str], NamedParty, NamedParty]]:
    if len(column) == 2:
        (where, party), (_, other) = column[::-1] if column[0][0][0] == "title" else column
        if not _agree(party, other):
            yield where, party, other
        return
    for at, (where, party) in reversed([*enumerate(column)]):
        others = [other for number, (_, other) in enumerate(column) if number != at]
        apart = [other for other in others if not _agree(party, other)]
        if len(apart) == len(others) and apart:
            yield where, party, apart[0]


def _agree(one: NamedParty, other: NamedParty) -> bool:
    if not one.is_same_state(other):
        return False
    bodies = [body.lower() for body in (one.body, other.body)]
    return not all(bodies) or bodies[0] == bodies[1] or bodies[0] in bodies[1] or bodies[1] in bodies[0]
