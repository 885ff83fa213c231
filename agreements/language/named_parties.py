"""The parties as a text names them: in its title, in the words before its preamble, in its signatures.

A name is split into its body (`Government`, `Ministry of Defence`) and its State (`Republic of Orlenia`), so that
`Norlandia` and `the Government of the Kingdom of Norlandia` are one, and the Kingdom and the Republic of X are two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from agreements.language.actors import ActorKind
from agreements.model import Agreement

_BETWEEN = re.compile(
    r"\bbetween (?P<pair>.{8,400}?)(?=$| (?:on|concerning|regarding|relating|for|about|with"
    r"|amending|extending|supplementing|modifying|replacing|implementing|terminating|renewing)\b)",
    re.I,
)
_REPRESENTED = re.compile(r"^The (?:undersigned )?(?:representatives|delegations|plenipotentiaries) of (?=the )")
_CALLED = re.compile(r" ?[,(]{1,2} ?(?:herein(?:after)?|hereafter|each|called|referred|collectively|the \W)", re.I)
_FOR = re.compile(r"^(?:for|on behalf of) (?:and on behalf of )?(?:the )?(?P<name>.{2,200}?)[\s:,.]*$", re.I)
_BODIES = r"Governments?|Department|Ministry|Minister|Secretary|Armed Forces|Chief|Office|Federal"
_STYLES = (
    r"Kingdom|Republic|Federation|Commonwealth|Principality|Sultanate|State|States|Union|Emirates?|Democratic|Federal"
    r"|Islamic|Grand|People|United|Hashemite|Co-operative|Federated|Independent|Plurinational|Bolivarian"
)
_JOINT = re.compile(rf"(?:,? and|,) (?=(?:the )?(?:{_BODIES}|{_STYLES})\b)", re.IGNORECASE)
_PLAIN_JOINT = re.compile(r" and ", re.IGNORECASE)
_BODY = re.compile(rf"(?:the )?(?P<body>(?:{_BODIES})\b.{{0,80}}?) of (?:the )?(?P<state>[^,]*)", re.IGNORECASE)
_STATE = re.compile(rf"(?P<body>.*?) of (?:the )?(?P<state>(?:{_STYLES})\b.*)", re.IGNORECASE)
_WORDS = re.compile(r"[^\W_]+")
_SMALL = frozenset(("the", "of", "and", "for", "a"))
_SHORT = re.compile(rf"^(?:(?:the|of|{_STYLES})\b ?)+(?:’s |'s )?", re.IGNORECASE)
_INSIDE = frozenset(
    ["the", "of", "and", "for", "on", "in", "de", "la", "le", "du", "des", "del", "der", "und", "et", "y", "e"]
)
_FIRST = 4  # recitals among which the parties are named
_MOST = 300  # characters of a name


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party as printed: its body (`Government`, empty where the State itself is named) and its State."""

    printed: str
    body: str
    state: str

    @property
    def words(self) -> frozenset[str]:
        """The words of the State's name that count, in small letters."""
        return frozenset(w for w in _WORDS.findall(self.state.lower()) if w not in _SMALL)

    @property
    def short(self) -> str:
        """The name of the State without its style: `Orlenia`."""
        return _SHORT.sub("", self.state).strip()

    def is_same_state(self, other: "NamedParty") -> bool:
        """Whether both names can be those of one State: one of them has no word that the other lacks."""
        return self.words <= other.words or other.words <= self.words


@lru_cache(maxsize=64)
def named_party(printed: str) -> NamedParty:
    """Return the parts of the name of a party."""
    name = re.sub(r"^(?:the )", "", " ".join(printed.split()).strip(" ,.:;"), flags=re.IGNORECASE)
    found = _STATE.fullmatch(name) or _BODY.fullmatch(name)
    if found is None:
        return NamedParty(name, "", name)
    return NamedParty(name, found["body"].strip(), found["state"].strip())


def pair(words: str) -> tuple[NamedParty, ...]:
    """Return the two parties that `A and B` names; empty where it does not name two for certain."""
    joints = [*_JOINT.finditer(words)] or [*_PLAIN_JOINT.finditer(words)]
    if len(joints) != 1 or len(words) > 2 * _MOST:
        return ()
    first, second = words[: joints[0].start()], words[joints[0].end() :]
    return (named_party(first), named_party(second)) if is_name(first) and is_name(second) else ()


def is_name(words: str) -> bool:
    """Return whether every word begins with a capital but those that stand inside names."""
    every = words.split()
    return bool(every) and all(word[:1].isupper() or word.lower() in _INSIDE for word in every)


def in_title(agreement: Agreement) -> tuple[NamedParty, ...]:
    """Return the two parties that the title of the main text names, in its order."""
    main = agreement.main
    found = _BETWEEN.search((main.title if main else "") or agreement.title)
    return pair(found["pair"]) if found else ()


def in_preamble(agreement: Agreement) -> tuple[str, tuple[NamedParty, ...]]:
    """Return the two parties that the first recitals name, in their order, with the path of the recital."""
    main = agreement.main
    heads = [p for p in main.provisions if p.kind == "preamble"][:1] if main else []
    for head in heads:
        for number, recital in enumerate([head, *head.children][: _FIRST + 2]):
            text = recital.text
            called = _CALLED.search(text)
            words = text[: called.start()] if called else text.rstrip(",") if text.endswith(",") else ""
            words = _REPRESENTED.sub("", words)
            words = words[:1].upper() + words[1:] if words != text else words
            if words and words[:1].isupper() and len(words) < 2 * _MOST and (found := pair(words)):
                return (f"preamble.{number}" if number else "preamble"), found
    return "", ()


def in_signatures(lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, NamedParty]]:
    """Yield the parties that signature lines (path and words) name: `FOR THE GOVERNMENT OF X:`."""
    for path, words in lines:
        if found := _FOR.match(words.strip()):
            yield path, named_party(found["name"])


def of(agreement: Agreement) -> tuple[NamedParty, ...]:
    """Return the parties as the facts name them, else as the title or the preamble does."""
    if len(agreement.parties) > 1:
        return tuple(named_party(party.name or party.body) for party in agreement.parties)
    return in_title(agreement) or in_preamble(agreement)[1]


def as_terms(agreement: Agreement) -> dict[str, ActorKind]:
    """Return the short names of the parties as words for actors, so that States that no table knows count too."""
    return {name: "state" for party in of(agreement) if (name := party.short) and name[:1].isupper()}
