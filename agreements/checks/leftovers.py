"""Checks for what another text left behind: names of States that are no party, parties by a name not their own."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from agreements import states
from agreements.checks.passages import is_english, is_operative
from agreements.findings import Finding, warning
from agreements.language import named_parties
from agreements.language.sentences import clauses
from agreements.model import Agreement
from agreements.reference import Place, places

_BILATERAL = 3  # more parties than these name each other in many ways
# What makes a State an actor of this text and not one that is merely mentioned.
_ACTS = re.compile(
    r"\b(?:Governments?|Ministr(?:y|ies)[\w\s,]{0,30}|Departments?[\w\s,]{0,30}|(?:armed )?forces|authorit(?:y|ies)"
    r"|courts?|territor(?:y|ies)|laws?(?: and regulations)?|legislation|nationals?|citizens|Embassy|personnel|airspace)"
    r" of (?:the )?$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"\b(?P<word>[A-Z][a-z]+) (?:Government|authorit(?:y|ies)|(?:[Aa]rmed )?[Ff]orces|laws?|legislation|territory"
    r"|courts?"
    r"|nationals|personnel|Ministry|Embassy|airspace)\b"
)
_DOES = re.compile(
    r"^(?:,? in accordance with [^,]{1,80},)? (?:shall|may|agrees|undertakes|waives|authorizes|grants)\b"
)
# What is done to a party, and who stands with one: `shall be returned to X`, `in the United States and X`.
_ACTED_ON = re.compile(
    r"\b(?:returned|handed over|paid|reimbursed|belongs?|notif(?:y|ies)|informs?)(?: to)? (?:the )?$"
    r"|\b(?:in|between|both) the United States(?: of America)? and (?:the )?$"
)
_OTHER_TEXT = re.compile(
    r"\b(?:Treaty|Convention|Protocol|Charter|Agreement between|Agreement of|Memorandum of|Arrangement between"
    r"|Depositary|deposit|signed at|done at)\b"
)
_AS_A_STATE = re.compile(
    r"\b(?:(?:Government|territory|laws?|courts|nationals|airspace|airfields|ports|roads|(?:armed )?forces"
    r"|authorities) of"
    r"|(?:imposed|levied|charged|resident|nationals|established) in|[A-Z][\w ,]{2,60} of the (?:Republic|Kingdom"
    r"|State|Principality"
    r"|Federation) of(?: the)?) (?P<name>[A-Z][a-z]{3,})\b(?! (?:State|Part(?:y|ies)|City|Base|Airport|Station"
    r"|Air|Harbor|Port|[A-Z]))"
)
_AS_A_PEOPLE = re.compile(
    r"\b(?P<name>[A-Z][a-z]{2,}(?:ian|ean|ish|ese|ani|nan))s? (?:[Aa]rmed [Ff]orces|[Dd]efen[sc]e [Ff]orces"
    r"|Forces|Air Force|Army|Navy"
    r"|[Gg]overnment"
    r"|authorities|Ministry)\b"
)
_TONGUES = re.compile(r"\bin the (?:[A-Z][a-z]+(?:, | and | and the ))*(?P<name>[A-Z][a-z]+) languages?\b")
_SHARED = frozenset(
    (
        *("English", "French", "Spanish", "Arabic", "Portuguese", "German", "Dutch", "Russian", "Italian", "Chinese"),
        *("Swedish", "Serbian", "Croatian", "Albanian", "Romanian", "Persian", "Malay", "Tamil", "Turkish", "Greek"),
    )
)
_NO_STATES = frozenset(
    ("United", "Europe", "Parties", "Party", "Participants", "Side", "Sides", "International", "Europ")
)
_ALIKE = 4  # letters at which the name of a State and its adjective are alike
_STYLES = (
    "Kingdom",
    "Republic",
    "Federation",
    "Commonwealth",
    "Principality",
    "Sultanate",
    "State",
    "Union",
    "Emirate",
)
_STYLED = re.compile(rf"\b(?P<style>{'|'.join(_STYLES)}) of (?P<name>[A-Z]\w+(?: [A-Z]\w+)?)")
_STATES_OWN = re.compile(
    r"\b(?P<thing>Governments?|territor(?:y|ies)|territorial (?:sea|waters)|nationals|citizens|airspace|Embassy)"
    r" of (?:the )?(?!(?:member )?(?:parties|states|members)\b)",
    re.IGNORECASE,
)
_ORGANISED = re.compile(r"\b(?:Organi[sz]ation|Alliance)\b")
_OF_MEMBERS = re.compile(r"['’]?s?[ -](?:member|State|part(?:y|ies)|countr|allies|nation)", re.IGNORECASE)
_NAME = 120  # characters that the name of an organisation may have
_WITH_LAW = frozenset(("EU",))
_SILENT = ("preamble", "testimonium")
# Where a party stands by its short name: `X shall`, `in X`, `territory of X`; and words that are no names of States.
_BY_ITS_NAME = re.compile(
    r"(?:(?<=^)|(?<=[.;] ))(?P<acts>[A-Z][a-z]{3,})"
    r" (?=(?:shall|may|recogni[sz]es|grants|waives|permits|authori[sz]es)\b)"
    r"|(?<=[a-z] )(?:in|of|to|from|by|leave|enter|inform|notify|ask|assist|consult|with)"
    r" (?P<lies>[A-Z][a-z]{3,})(?= [a-z]|[,.;]|$)(?!,? [A-Z]| [ivxl0-9])"
)
_OTHER_NAMES = re.compile(
    r"(?:January|February|March|April|June|July|August|September|October|November|December|Monday|Congress|English"
    r"|Part(?:y|ies)|Participants?|Sides?|Government|Annex(?:es)?|Articles?|Section|Agreement|Protocol|Memorandum|Arrangement"
    r"|Chapter|Title|Appendix|Convention|Treaty|Washington|They|Both|Neither|Either|Each|Nothing|These|Those|Such|Nobody"
    r"|Whoever|Everyone|Others|Only|Nor|There|Where|When)"
)
_LOWER_WORD, _CAPITAL_WORD = re.compile(r"\b[a-z]{4,}"), re.compile(r"\b[A-Z][a-z]{3,}")
_AFTER_A_NAME = re.compile(r"\b[A-Z][a-z]+ $")
_COMMON_NOUN = re.compile(r"(?:tion|ment|ness|ance|ence|ship|ice|ings?|ers|ism|ure|age|ity)$")
_PAIR, _STEM = 2, 5
_SELDOM = 2  # how often a slip stands at most, and less often than the name of the party


def leftover_names(agreement: Agreement) -> Iterator[Finding]:
    """Say where a text of two or three parties lets a State act that is no party, or styles a party as another.

    A State that is merely mentioned (in the title of a treaty, as a place) is not a leftover.
    """
    known = named_parties.of(agreement)
    if not 1 < len(known) <= _BILATERAL:
        return
    named = " ".join([agreement.title, *(party.printed for party in known), *(p.body for p in agreement.parties)])
    codes = {party.code for party in agreement.parties} | {name.code for name in states.find_in(named)}
    told: set[str] = set()
    for place in places(agreement):
        if place.chain and place.chain[0].kind not in _SILENT:
            for code, words in _strangers(place, codes):
                if code not in told:
                    told.add(code)
                    message = f"“{words}” acts here, and {states.name_of(code)} is not a party to this text."
                    fix = "Write the party that is meant, or say why another State is named."
                    yield warning("leftover-name", place.path, message, fix)
        yield from _unknown(place, named)


def leftover_styles(agreement: Agreement) -> Iterator[Finding]:
    """Say where a party is styled otherwise (Republic of ..., Kingdom of ...) than where it is named."""
    own: dict[str, set[str]] = {}
    named = [f"{party.name} {party.body}" for party in agreement.parties]
    printed = (*named_parties.of(agreement), *named_parties.in_preamble(agreement)[1])
    for words in (*named, *(party.printed for party in printed)):
        for found in _STYLED.finditer(words):
            own.setdefault(found["name"], set()).add(found["style"])
    told: set[tuple[str, str]] = set()
    for place in places(agreement):
        for found in _STYLED.finditer(place.provision.text):
            key = (found["style"], found["name"])
            if found["name"] in own and found["style"] not in own[found["name"]] and key not in told:
                told.add(key)
                right = " or ".join(f"{style} of {found['name']}" for style in sorted(own[found["name"]]))
                message = f"“{found.group()}” stands here; the party is the {right}."
                yield warning("leftover-style", place.path, message, "Write the name as the title has it.")


def strangers_by_name(agreement: Agreement) -> Iterator[Finding]:
    """Say where a name that no table has stands as the party does by its short name: one that another draft left."""
    known = named_parties.of(agreement)
    others = (party.short for party in known if "united states" not in party.state.lower())
    ours = {name for name in others if name and " " not in name}
    rows = [
        place for place in places(agreement) if place.document.role not in ("annex", "appendix") and is_english(place)
    ]
    found: dict[str, list[tuple[Place, str]]] = {}
    for place in rows if len(known) == _PAIR else ():
        for match in _BY_ITS_NAME.finditer(place.provision.text) if is_operative(place) else ():
            if match["acts"] or not _AFTER_A_NAME.search(
                place.provision.text, max(0, match.start() - 30), match.start()
            ):
                found.setdefault(match["acts"] or match["lies"], []).append((place, match.group().strip()))
    often = sum(len(found.get(name, ())) for name in ours)
    settled = " ".join(
        [agreement.title, *(p.provision.text for p in rows if not is_operative(p)), *_headings(agreement)]
    )
    written = Counter(word for place in rows for word in _CAPITAL_WORD.findall(place.provision.text))
    lower = {word for place in places(agreement) for word in _LOWER_WORD.findall(place.provision.text)}
    begins = {word[:_ALIKE].lower() for word in re.findall(r"\w{4,}", settled)} | {word[:_STEM] for word in lower}
    for name, where in found.items():
        place, words = where[0]
        if written[name] > min(_SELDOM, often - 1) or not _may_be_a_state(name, begins):
            continue
        message = f"“{words}” stands here as {min(ours)} does elsewhere; {name} is named nowhere else."
        fix = f"Write {min(ours)}, if that State is meant."
        yield warning("leftover-name", place.path, f"{message} Not proven: read it.", fix)


def organisations_as_states(agreement: Agreement) -> Iterator[Finding]:
    """Say where an organisation has what a State alone has: a Government, territory, nationals, airspace.

    An organisation is what the table of names has for one, or a party whose name says that it is one. The territory,
    the nationals and the courts of the European Union are terms of its law.
    """
    parties = [party.name for party in agreement.parties if _ORGANISED.search(party.name)]
    told: set[str] = set()
    for place in places(agreement):
        for found in _STATES_OWN.finditer(place.provision.text):
            name = _organisation_at(place.provision.text, found.end(), parties)
            thing = found["thing"].lower().rstrip("s")
            if not name or name in told or (states.code_of(name) in _WITH_LAW and thing != "government"):
                continue
            told.add(name)
            message = f"“{found.group()}{name}”: an organization has none; only its members are States."
            fix = "Name the organization itself, or the members that are meant."
            yield warning("organization-as-state", place.path, message, fix)


def _organisation_at(text: str, start: int, parties: Collection[str]) -> str:
    """Return the organisation whose name begins at `start`; nothing where its members are named or it is none."""
    own = next((name for name in parties if text.startswith(name, start)), "")
    if not own:
        table = next((n for n in states.find_in(text[start : start + _NAME]) if n.start == 0), None)
        if table is None or not states.is_organisation(table.code):
            return ""
        own = text[start : start + table.end]
    return "" if _OF_MEMBERS.match(text, start + len(own)) else own


def _may_be_a_state(name: str, begins: Collection[str]) -> bool:
    """Whether a word in capitals may be the name of a State: no table has it, and the text has no word like it."""
    low = name.lower()
    is_plural = low.endswith("s") and not low.endswith(("is", "us", "as", "os", "ess"))
    is_like = low[:_ALIKE] in begins or low[:_STEM] in begins
    return not (is_plural or is_like or _COMMON_NOUN.search(low) or _OTHER_NAMES.fullmatch(name) or _is_known(name))


def _headings(agreement: Agreement) -> Iterator[str]:
    for document in agreement.documents:
        yield document.title or ""
        yield from (provision.heading or "" for provision in document.walk())


def _unknown(place: Place, named: str) -> Iterator[Finding]:
    """Yield what stands as a State or its people does, in a name that is no party's and that no table has."""
    if not is_english(place) or any(provision.kind in ("preamble", "signature") for provision in place.chain):
        return
    signs = [sign for sign in (_AS_A_STATE, _AS_A_PEOPLE, _TONGUES) if sign.search(place.provision.text)]
    low = named.lower()
    for sentence in (clause.words for clause in clauses(place.provision.text)) if signs else ():
        of_another = _OTHER_TEXT.search(sentence) is not None  # what it cites may name other States
        for found in (found for sign in signs for found in sign.finditer(sentence)):
            name = found["name"]
            if of_another and not (name.lower()[:_ALIKE] in low and _is_misnamed(found, low)):
                continue
            if (
                (name.lower()[:_ALIKE] in low and not _is_misnamed(found, low))
                or (found.re is not _TONGUES and _is_known(name))
                or name in _NO_STATES
                or _is_shared(found, name)
            ):
                continue
            message = f"“{found.group()}”: {name} is no part of a party’s name."
            yield warning(
                "leftover-name", place.path, message, "Write the party that is meant, or say why it is named."
            )
            return


def _is_misnamed(found: re.Match[str], named: str) -> bool:
    """Whether a name that is like a party's stands whole (`of the Republic of X`) and no party bears it."""
    return found.re is _AS_A_STATE and " of the " in found.group() and found["name"].lower() not in named


def _is_known(name: str) -> bool:
    """Whether a table has the name, as a State's or as an adjective: `_strangers` looks at those."""
    return bool(states.code_of(name) or states.of_adjective(name))


def _is_shared(found: re.Match[str], name: str) -> bool:
    """Whether the name of a language is one that several States speak."""
    return found.re is _TONGUES and name in _SHARED


def _strangers(place: Place, parties: set[str]) -> Iterator[tuple[str, str]]:
    for sentence in (clause.words for clause in clauses(place.provision.text)):
        if _OTHER_TEXT.search(sentence):
            continue
        for named in states.find_in(sentence):
            if named.code in parties or states.is_organisation(named.code) or states.is_territory(named.code):
                continue
            before, after = sentence[: named.start], sentence[named.end :]
            if (acts := _ACTS.search(before) or _ACTED_ON.search(before)) or _DOES.match(after):
                yield named.code, (acts.group() if acts else "") + sentence[named.start : named.end]
        for adjective in _ADJECTIVE.finditer(sentence):
            code = states.of_adjective(adjective["word"])
            if code and code not in parties:
                yield code, adjective.group()
