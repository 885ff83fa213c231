"""Who the parties are, as far as the title, the preamble or the notes say it plainly."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from agreements import states
from agreements.languages import folded, languages, names
from agreements.model import Document, Party, Provision
from agreements.parsing.party_names import listed_in
from agreements.parsing.phrases import any_of, contains, words

_BETWEEN = words("between|among|amongst")
_ABOUT_ANOTHER = words(
    r"supplement\w*|implement\w*|amend\w*|revis\w*|extend\w*|modify\w*|terminat\w*|prolong\w*",
    r"appl(?:y|ication)|interpret\w*",
    r"(?:agreement|convention|treaty|protocol)\b.*\b(?:agreement|convention|treaty)",
)
_TOPIC = words(
    "concerning|regarding|relating|relative|respecting|governing|pertaining|about|on|for(?: the)?",
    "with (?:respect|regard)|as to|in the field|to facilitate",
    "extending|amending|supplementing|establishing|signed|done",
    r"of \d",
)
_PARTIES_END = words(
    "hereinafter|hereafter|referred|represented|duly|acting|through|their|whose|parties to|have agreed",
    "desiring|desirous|wishing|seeking|intending|determined|resolved|anxious|being|having|taking|bearing",
    "considering|recogni[sz]ing|recalling|noting|convinced|aware|conscious|mindful|inspired|guided",
    "reaffirming|affirming|confirming|whereas|in view|on the basis",
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
_DOMINANT = 0.15  # of the mentions of the second State at most may be of a third one


_PRESENT = 0.5  # and its mentions anywhere may be at most this share


def from_title(title: str, code: str = "en") -> tuple[Party, ...]:
    """Return the parties that a title names after `between` or `among`, or nothing where they are not States.

    `code` is the language of the title.
    """
    if code != "en":
        return _from_title_in(title, code)
    between = _BETWEEN.search(title)
    if not between or _ABOUT_ANOTHER.search(title[: between.start()]):
        return ()
    rest = title[between.end() :]
    topic = _topic(rest)
    return listed_in(rest[: topic.start()] if topic else rest)


def _from_title_in(title: str, code: str) -> tuple[Party, ...]:
    """Return the parties of a title in another language: behind its `between`, before the words of its subject."""
    pack, words = languages()[code], folded(title)
    start = 0
    if pack.between:
        between = re.search(rf"\b(?:{'|'.join(folded(w).text for w in pack.between)})\b", words.text)
        if not between:
            return ()
        start = words.end(between.end())
    rest = title[start:]
    found, words = names.states_in(rest, code), folded(rest)
    topics = "|".join(folded(word).text for word in pack.topic)
    edge = r"" if code in _UNSPACED else r"\b"
    subject = None
    if topics and len(found) > 1:
        at = next((i for i in range(len(words.text)) if words.start(i) >= found[1].end), len(words.text))
        subject = re.compile(rf"{edge}(?:{topics}){edge}").search(words.text, at)
    return listed_in(rest[: words.start(subject.start())] if subject else rest, code)


def from_preamble(provision: Provision, code: str = "en") -> tuple[tuple[Party, ...], Provision] | None:
    """Return the parties that the first words of a preamble list, and the recital that lists them."""
    for recital in provision.children[:2]:
        text = recital.text
        if code == "en" and not _OPENS.match(text):
            continue
        end = _PARTIES_END.search(text) if code == "en" else None
        parties = listed_in(text[: end.start()] if end else text[:400], code)
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
    start = found[1].end if len(found) > 1 else 0
    every = _TOPIC.finditer(text, start)
    return next((topic for topic in every if not _PURPOSE_OF.search(text[: topic.end()])), None)
