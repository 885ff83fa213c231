"""The parties that a title or a preamble lists, those too that no table knows: their names as written, without a code.

A list is cut where a new party begins: at a joint before `the`, a body (`Government`), a form of State or a name of the
table. What no table knows keeps its name (`the Free City of Orlen`); a name of the table that only belongs to another
one (`the Institute in Norway`, `the Federation of Rhodesia and Nyasaland`) gives no code.
"""

import re
from collections.abc import Sequence

from agreements import states
from agreements.language.named_parties import is_name, named_party
from agreements.languages import names
from agreements.model import Party
from agreements.parsing.phrases import any_of

_RESPECT = any_of(r"\b(?:in respect of|on behalf of|for)\s*+$")
_SPOKEN_FOR = any_of(r"\([^()]*\bauthori[sz]ed by\b[^()]*$")  # whose leave a party has is no party
_NORTHERN = any_of(r"\bGreat Britain and \w+ern\s*+$")  # misprints of the United Kingdom's name
_BODY = (
    r"(?:Governments?|Department|Ministry|Minister|Secretary|Armed Forces|Chief|Commander|General Staff|Headquarters"
    r"|Royal|Imperial|Provisional|President|Council|Executive|Head|Supreme|His|Her|Their|Federal)"
)
_STYLE = (
    r"(?:Kingdom|Republic|Federation|Confederation|Commonwealth|Principality|Sultanate|State|States|Union|Emirates?"
    r"|Democratic|Islamic|Grand Duchy|People[’']?s|United|Hashemite|Free (?:City|State)|Territory|Trust Territory"
    r"|Empire|Duchy|Dominion|Organi[sz]ation|Protectorate|Autonomous)"
)
_JOINT = re.compile(rf"(?:[,;] ?and|[,;]| and) (?=(?:the |its )?(?:{_BODY}|{_STYLE})\b|the )", re.IGNORECASE)
_PLAIN_JOINT = re.compile(r"(?:,? and|,) (?=\w)", re.IGNORECASE)
_LED = re.compile(r"^(?:(?:on the one (?:part|hand),?|and|the|its) )+", re.IGNORECASE)
_ON_ONE_HAND = re.compile(r",? on the (?:one|other) (?:hand|part|side)$", re.IGNORECASE)
_OF_GOVERNMENT = re.compile(r"^(?:the )?Governments? of (?:the )?", re.IGNORECASE)
_ANOTHER_BODY = re.compile(  # before a State's name: not the State, but what is called after it or lies in it
    r"\b(?:federation|confederation|union|free (?:city|state|territory)|(?:trust )?territor(?:y|ies)|order|institute"
    r"|offices?|organi[sz]ation|association|league|commission(?:er)?|authority|administration|bank|university|agency"
    r"|fund|society|company|corporation|protectorates?|province|state|city|council|congress|church|saar)"
    r" (?:of|in|for|on) (?:the )?$",
    re.IGNORECASE,
)
_OWN_BODY = re.compile(r"\b(?:federal|privy|executive|state|ministers|national|military) council of (?:the )?$", re.I)
_FEDERATION = re.compile(r"^(?:the )?(?:Federation|Confederation|Union|Kingdom|Empire|Protectorates?) of\b", re.I)
_OFFICE = re.compile(
    r"\b(?:Government|Council|Ministry|Ministers?|Embassy|Legation|Department|Republic|Kingdom)\b", re.I
)
_NOBODY = re.compile(
    r"^(?:(?:states )?parties|high contracting|contracting|signator|member states|both|two|undersigned|competent"
    r"|parts?\b|states of|people"
    r"|governments?$|authorities|states$|party\b|each|other|said|present|it\b|them\b|annex|article)",
    re.IGNORECASE,
)
_MOST_WORDS = 16  # of a name
_STYLED = re.compile(rf"{_STYLE}\b", re.IGNORECASE)
_TAIL = re.compile(r"[\s,;:.(\[–—-]+$")


def listed_in(text: str, code: str = "en") -> tuple[Party, ...]:
    """Return the parties that `text`, a list of names in the language `code`, names; none where it lists no two."""
    known = _known(text, code)
    if code != "en":
        return known
    pieces = _pieces(text)
    read = [_party(piece) for piece in pieces]
    every = {party.code or party.name.casefold(): party for party in reversed(read) if party}
    if len(pieces) < 2 or not all(read) or len(every) < 2 or len(every) < len(known) - _merged(pieces):
        return known
    return tuple(reversed(every.values()))


def _known(text: str, code: str) -> tuple[Party, ...]:
    """Return the States and organisations of the table that `text` lists."""
    parties: dict[str, Party] = {}
    for named in names.states_in(text, code):
        if _SPOKEN_FOR.search(text, 0, named.start) or (named.code == "IRL" and _NORTHERN.search(text[: named.start])):
            continue
        if states.is_territory(named.code) and _RESPECT.search(text[: named.start].rstrip(" the")):
            continue
        if named.code not in parties:
            parties[named.code] = Party(code=named.code, name=text[named.start : named.end])
    group = any(party.name.lower().startswith(("parties", "states parties")) for party in parties.values())
    return tuple(parties.values()) if len(parties) >= 2 or group else ()


def _pieces(text: str) -> list[str]:
    """Return the names that a list is made of: cut at each joint that a new party follows, within no name."""
    found = states.find_in(text)
    inside = {at for name in found for at in range(name.start + 1, name.end)}
    starts = {name.start for name in found}
    joints = [
        joint
        for joint in _PLAIN_JOINT.finditer(text)
        if joint.start() not in inside and (joint.end() in starts or _JOINT.match(text, joint.start()))
    ]
    if not joints:
        plain = [joint for joint in _PLAIN_JOINT.finditer(text) if joint.start() not in inside]
        joints = plain if len(plain) == 1 else []
    cuts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    pieces = [_TAIL.sub("", text[start:end]).strip() for start, end in zip(cuts, ends, strict=True)]
    if len(pieces) == 3 and "," not in text and _is_part(pieces[1]):  # `A and the Federation of B and C`
        return [pieces[0], _TAIL.sub("", text[cuts[1] :]).strip()]
    return [piece for piece in pieces if piece]


def _is_part(piece: str) -> bool:
    """Whether a name goes on behind `and`: a federation of which one part is named."""
    return bool(_FEDERATION.match(piece)) and states.code_of(piece) is None


def _merged(pieces: Sequence[str]) -> int:
    """Return how many names of the table `pieces` have beyond one each: they belong to the names that hold them."""
    return sum(max(len(states.find_in(piece)) - 1, 0) + _is_another_body(piece) for piece in pieces)


def _is_another_body(piece: str) -> bool:
    found = states.find_in(piece)
    return bool(found) and _belongs(piece, found[0])


def _belongs(piece: str, named: states.Named) -> bool:
    """Whether a name of the table is only part of another one in `piece`."""
    before = piece[: named.start]
    return bool(_ANOTHER_BODY.search(before)) and not _OWN_BODY.search(before)


def _party(piece: str) -> Party | None:
    """Return the party that `piece` names, None where it names none for certain."""
    if _SPOKEN_FOR.search(piece) or len(piece.split()) > _MOST_WORDS:
        return None
    found = states.find_in(piece)
    name = _ON_ONE_HAND.sub("", _LED.sub("", piece))
    if found and not _belongs(piece, found[0]):
        first = found[0]
        return Party(code=first.code, name=piece[first.start : first.end])
    if _NOBODY.match(name) or not is_name(name):
        return None
    code = next((c for word in name.split() if (c := states.of_adjective(word.title()))), "") if not found else ""
    if code and _OFFICE.search(name):
        return Party(code=code, name=name)
    short = _OF_GOVERNMENT.sub("", name)
    state = named_party(short).state
    return Party(name=state if not found and _STYLED.match(state) else short)
