"""Who the parties are, as far as the title, the preamble or the notes say it plainly.

A list of names is cut where a new party begins: at a joint before `the`, a body (`Government`), a form of State or a
name of the table. What no table knows keeps its name (`the Free City of Orlen`), without a code; a name of the table
that only belongs to another one (`the Institute in Norway`, `the Federation of Rhodesia and Nyasaland`) gives none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from agreements import states
from agreements.language.named_parties import is_name, named_party
from agreements.languages import folded, languages, names
from agreements.model import Document, Party, Provision
from agreements.parsing.phrases import any_of, contains, words

_BETWEEN = words("between|among|amongst")
_ABOUT_ANOTHER = words(
    r"supplement\w*|implement\w*|amend\w*|revis\w*|extend\w*|modify\w*|terminat\w*|prolong\w*",
    r"appl(?:y|ication)|interpret\w*",
    r"(?:agreement|convention|treaty|protocol)\b.*\b(?:agreement|convention|treaty)",
)
_AMENDMENT = any_of(r"\W*amendments?\b")  # of those who concluded what it amends
_NOTES_AMENDING = any_of(r"\W*exchange of (?:diplomatic )?(?:notes|letters) (?:to amend|amending|modifying) the\b")
_OF_ITS_KIND = any_of(  # what it is, and not what it is about: `Implementing Arrangement between`
    r"\W*(?:implementing|supplementa(?:ry|l)) (?:arrangement|agreement|protocol|memorandum of (?:understanding"
    r"|agreement))\W*"
)
_TOPIC = words(
    "concerning|regarding|relating|relative|respecting|governing|pertaining|about|on|for(?: the)?",
    "with (?:respect|regard)|as to|in the field|to facilitate|pursuant to|under the|in implementation|to implement",
    "extending|amending|supplementing|establishing|signed|done",
    r"of \d",
)
_PARTIES_END = words(
    "hereinafter|hereafter|referred|represented|duly|acting|through|their|whose|parties to|have agreed",
    "desiring|desirous|wishing|seeking|intending|determined|resolved|anxious|being|having|taking|bearing",
    "considering|recogni[sz]ing|recalling|noting|convinced|aware|conscious|mindful|inspired|guided",
    "reaffirming|affirming|confirming|whereas|in view|on the basis",
    "conclude|concluded|agree|agreed|hereby|enter into|have (?:reached|decided|concluded|determined)|solemnly",
)
_PURPOSE_OF = any_of(  # `Bank for`, `Conference on`: part of a name
    r"\b(?:organi[sz]ation|bank|agency|association|commission|conference|committee|office|authority|centre|center|fund"
    r"|institute|council|high commissioner|ministry|department|corporation) (?:for|on)(?: the)?$"
)
_OPENS = any_of(r"[“\"*\s]*(?:[Tt]he |[Tt]heir )?[A-Z]", case=True)
_OFFICE_OF = any_of(
    r"\b(?:governments?|embassy|ambassador|foreign affairs|behalf|minister|ministry|legation) (?:of|for) (?:the )?$"
)
_OFFICE_AFTER = any_of(r"\s+(?:Government|Embassy|Ambassador)\b", case=True)
_OFFICE_OF_UNKNOWN = any_of(
    r"\b(?:Governments?|Embassy|Ministry of Foreign Affairs|Minister of Foreign Affairs|Ambassador) of (?:the )?"
    r"(?P<name>[A-Z][\w’'-]+(?: (?:of (?:the )?|and )?(?!Government|Embassy|Ministry|Minister|Ambassador|Excellency)"
    r"[A-Z][\w’'-]+){0,6})",
    case=True,
)
_ADJECTIVE_OFFICE = any_of(
    r"\b(?P<word>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:Government|Embassy|Legation|Ambassador|Ministry|Minister|Mission)\b",
    case=True,
)
_COMPLIMENTS = any_of(r"\bpresents? (?:its|his|her|their) compliments to\b")
_UNSPACED = ("ja", "ko", "zh")
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
_GOVERNMENTS = re.compile(r"(?:The |the )?Governments of (?:the )?(?P<list>[A-Z][^;:()]*)$")
_FEW = 4  # words of a name in a plain list
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
_ARTICLE = 4  # characters of an article before a name: more are a government
_OF_A_GOVERNMENT = re.compile(  # and its articles, in the languages of the packs
    r"^(?:(?:the|le|la|les|el|los|o|a|il|lo|der|die|das|de|het)\b ?|l['’])?"
    r"(?:(?:Gouvernement|Gobierno|Governo|Regierung|Regering|Rząd\w*|Правительств\w*|Уряд\w*|Guvern\w*|Vlád\w*) "
    r"(?:(?:de|du|des|del|della|dello|do|da|dos|das|der|van)\b ?|dell['’])?(?:(?:la|el|het|de|der)\b ?|l['’])?)?",
    re.IGNORECASE,
)
_STYLED = re.compile(rf"{_STYLE}\b", re.IGNORECASE)
_TAIL = " \t\n\u00a0,;:.([–—-"
_DOMINANT = 0.15  # of the mentions of the second State at most may be of a third one


_PRESENT = 0.5  # and its mentions anywhere may be at most this share


def from_title(title: str, code: str = "en") -> tuple[Party, ...]:
    """Return the parties that a title names after `between` or `among`, or nothing where they are not States.

    `code` is the language of the title.
    """
    if code != "en":
        return _from_title_in(title, code)
    between = _BETWEEN.search(title)
    if not between:
        return ()
    before, rest = title[: between.start()], title[between.end() :]
    of_another = _ABOUT_ANOTHER.search(before) and not _AMENDMENT.match(title) and not _OF_ITS_KIND.fullmatch(before)
    if of_another and not _NOTES_AMENDING.match(before):
        return ()
    topic = _topic(rest)
    found = _listed_in(rest[: topic.start()] if topic else rest)
    return () if of_another and len(found) != len(("one", "other")) else found


def _from_title_in(title: str, code: str) -> tuple[Party, ...]:
    """Return the parties of a title in another language: behind its `between`, before the words of its subject."""
    pack, words = languages()[code], folded(title)
    start = 0
    if pack.between:
        between = re.search(rf"\b(?:{'|'.join(folded(w).text for w in pack.between)})\b", words.text)
        if not between:
            return ()
        start = words.end(between.end())
    elif pack.behind and not any(folded(word).text in words.text for word in pack.behind):
        return ()
    rest = title[start:]
    found, words = names.states_in(rest, code), folded(rest)
    topics = "|".join(folded(word).text for word in pack.topic)
    edge = r"" if code in _UNSPACED else r"\b"
    subject = None
    if topics and len(found) > 1:
        at = next((i for i in range(len(words.text)) if words.start(i) >= found[1].end), len(words.text))
        subject = re.compile(rf"{edge}(?:{topics}){edge}").search(words.text, at)
    return _listed_in(rest[: words.start(subject.start())] if subject else rest, code)


def from_preamble(provision: Provision, code: str = "en") -> tuple[tuple[Party, ...], Provision] | None:
    """Return the parties that the first words of a preamble list, and the recital that lists them."""
    for recital in provision.children[:2]:
        text = recital.text
        if code == "en" and not _OPENS.match(text):
            continue
        end = _PARTIES_END.search(text) if code == "en" else None
        parties = _listed_in(text[: end.start()] if end else text[:400], code)
        if len(parties) >= 2:
            return parties, recital
    return None


def from_mentions(documents: Sequence[Document]) -> tuple[Party, ...]:
    """Return the two States that notes (or a text without title and preamble) speak of, where no third one counts.

    Governments and embassies speak first (`the Government of X`, `the X Government`); then any mention counts.
    """
    official: Counter[str] = Counter()
    all_mentions: Counter[str] = Counter()
    printed: dict[str, str] = {}
    unknown: Counter[str] = Counter()
    heads = [document.title for document in documents if document.title]
    for head in heads:  # `The American Ambassador to the Minister of Foreign Affairs of X`
        for code, name in _by_adjective(head):
            all_mentions[code] += 1
            official[code] += 1
            printed.setdefault(code, name)
    for text in [*heads, *(p.text for document in documents for p in document.walk())]:
        for found in _OFFICE_OF_UNKNOWN.finditer(text):
            if not states.find_in(found["name"]):
                unknown[found["name"]] += 1
        for named in states.find_in(text):
            if states.is_organisation(named.code) or states.is_territory(named.code):
                continue
            all_mentions[named.code] += 1
            official[named.code] += _is_official(text, named)
            printed[named.code] = max(printed.get(named.code, ""), text[named.start : named.end], key=len)
        if "compliments" in text.lower() and _COMPLIMENTS.search(
            text
        ):  # who speaks to whom: an adjective names a State here (`the Canadian Embassy`)
            for code, name in _by_adjective(text):
                all_mentions[code] += 1
                official[code] += 1
                printed.setdefault(code, name)
    if len(official := +official) == 1 and unknown and not _two(all_mentions, 3):
        ((code, _),) = official.items()
        ((name, _),) = unknown.most_common(1)
        return (Party(code=code, name=printed[code]), Party(name=name))
    codes = _two(official, 2) or _two(all_mentions, 3)
    others = [count for code, count in all_mentions.items() if code not in codes]
    if not codes or max(others, default=0) > _PRESENT * min(all_mentions[code] for code in codes):
        return ()
    return tuple(Party(code=code, name=printed[code]) for code in codes)


def _is_official(text: str, named: states.Named) -> bool:
    """Whether a State is named for its government or embassy."""
    before = text[max(0, named.start - 40) : named.start]
    is_office = contains(before[-8:].lower(), ("of", "for")) and _OFFICE_OF.search(before) is not None
    return is_office or _OFFICE_AFTER.match(text[named.end : named.end + 14]) is not None


def _by_adjective(text: str) -> Iterator[tuple[str, str]]:
    """Yield the States whose offices are named by an adjective of nationality, each with its usual name."""
    for found in _ADJECTIVE_OFFICE.finditer(text):
        if code := states.of_adjective(found["word"]) or states.of_adjective(found["word"].rpartition(" ")[2]):
            yield code, states.name_of(code)


def _two(counts: Counter[str], least: int) -> list[str]:
    """The two that are counted most, if each is counted `least` times and a third one hardly at all."""
    ranked = [(code, count) for code, count in counts.most_common(3) if count]
    if len(ranked) < 2 or ranked[1][1] < least or (len(ranked) == 3 and ranked[2][1] > _DOMINANT * ranked[1][1]):
        return []
    return [code for code, _ in ranked[:2]]


def _topic(text: str) -> re.Match[str] | None:
    """Where the subject of a title begins: after the second party at the earliest."""
    found = states.find_in(text)
    second = next((named for named in found if named.code != found[0].code), None)
    start = second.end if second else 0
    every = _TOPIC.finditer(text, start)
    return next((topic for topic in every if not _PURPOSE_OF.search(text[: topic.end()])), None)


# ---------------------------------------------------------------------- a list of names


def _listed_in(text: str, code: str = "en") -> tuple[Party, ...]:
    """Return the parties that `text`, a list of names in the language `code`, names; none where it lists no two."""
    known = _known(text, code)
    if code != "en":
        return known or _one_of_two(text, code) or _two_unknown(text, code)
    pieces = _governed(text) or _pieces(text)
    read = [_party(piece) for piece in pieces]
    every = {party.code or party.name.casefold(): party for party in reversed(read) if party}
    if len(pieces) < 2 or not all(read) or len(every) < 2 or len(every) < len(known) - _merged(pieces):
        return known
    return tuple(reversed(every.values()))


def _one_of_two(text: str, code: str) -> tuple[Party, ...]:
    """Return the two parties of a list in another language of which the table knows one; none where it is another."""
    pack = languages()[code]
    found = names.states_in(text, code)
    spaced = [re.escape(join) for join in pack.joins if not join.endswith("-")]
    if len(found) != 1 or not spaced:
        return ()
    joints = [
        joint
        for joint in re.finditer(rf" (?:{'|'.join(spaced)}) ", text)
        if not found[0].start <= joint.start() < found[0].end
    ]
    if len(joints) != 1 or "," in text.strip(" ,"):
        return ()
    first, second = text[: joints[0].start()], text[joints[0].end() :]
    party = Party(code=found[0].code, name=text[found[0].start : found[0].end])
    is_first = found[0].end <= joints[0].start()
    topics = "|".join(re.escape(folded(word).text) for word in pack.topic) or r"(?!)"
    rest = folded(second if is_first else first)
    subject = re.search(rf" (?:{topics})(?!\w)", rest.text)
    other = rest.source[: rest.start(subject.start())] if subject else rest.source
    other = _OF_A_GOVERNMENT.sub("", other.strip(_TAIL))
    if not other or len(other.split()) > _MOST_WORDS or other[0].islower():
        return ()
    return (party, Party(name=other)) if is_first else (Party(name=other), party)


def _two_unknown(text: str, code: str) -> tuple[Party, ...]:
    """Return the two parties of a list in another language that no table knows, where it is plain who they are.

    Each is a government or a form of State (`la République de Corvie`), and one joint stands between them.
    """
    pack, spaced = languages()[code], [join for join in languages()[code].joins if not join.endswith("-")]
    if not (spaced and pack.states) or names.states_in(text, code):
        return ()  # of a pack that names no States nobody knows whether the table has them
    topics = "|".join(re.escape(folded(word).text) for word in pack.topic) or r"(?!)"
    sides = [
        (text[: joint.start()], text[joint.end() :])
        for joint in re.finditer(rf" (?:{'|'.join(map(re.escape, spaced))}) ", text, re.IGNORECASE)
    ]
    found = set()
    for first, second in sides:
        one, rest = _styled_name(first, code), folded(second)
        subject = re.search(rf"[ ,](?:{topics})(?!\w)", rest.text)
        other = _styled_name(second[: rest.start(subject.start())] if subject else second, code)
        if one and other:
            found.add((one, other))
    return tuple(Party(name=name) for name in found.pop()) if len(found) == 1 else ()


def _styled_name(text: str, code: str) -> str:
    """Return the State that `text` is the name of, with a form of State or after its government; nothing for others."""
    whole = text.strip(_TAIL)
    name = _OF_A_GOVERNMENT.sub("", whole)
    realms = "|".join(re.escape(folded(realm).text) for realm in languages()[code].realms) or r"(?!)"
    styled = re.match(rf"(?:{realms})(?!\w)", folded(name).text) is not None
    governed = len(whole) - len(name) > _ARTICLE
    plain = bool(name) and "," not in name and len(name.split()) <= _MOST_WORDS and name[:1].isupper()
    return name if plain and (styled or governed) else ""


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
    pieces = [text[start:end].rstrip(_TAIL).strip() for start, end in zip(cuts, ends, strict=True)]
    if len(pieces) == 3 and "," not in text and _is_part(pieces[1]):  # `A and the Federation of B and C`
        return [pieces[0], text[cuts[1] :].rstrip(_TAIL).strip()]
    return [piece for piece in pieces if piece]


def _governed(text: str) -> list[str]:
    """Return the names in `the Governments of A, B and C`, where each is plainly one; nothing for other lists."""
    found = _GOVERNMENTS.match(text.rstrip(_TAIL))
    names_of = re.split(r", (?:and )?(?:the )?| and (?:the )?", found["list"]) if found else []
    plain = all(name[:1].isupper() and len(name.split()) <= _FEW and not _OFFICE.search(name) for name in names_of)
    return names_of if len(names_of) > 1 and plain else []


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
