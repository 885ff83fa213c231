"""What depends on whose original it is: the order of the Parties and of the languages. And the other functions
that clause templates call.

A cited agreement is one thing (title, parties, place and date, amendments): each original names its parties in its own
order, as the text does. Words in which both Parties stand after `between` are put in order too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from agreements.drafting.crossrefs import pending_target
from agreements.drafting.glossary import Glossary
from agreements.drafting.held import HeldLookup, reference_words
from agreements.drafting.phrases import date_words, listed
from agreements.drafting.templates import RenderedWords, escape, template_function
from agreements.drafting.values import CitedInstrument, CompoundValue, DraftParty, Language, Signer

Original = Literal["us", "partner"]
_PENDING_WORDS = "reference"
# What clauses can call or name beside parameters; `definitions` only in the clause that collects them.
FUNCTIONS = frozenset(
    {
        "pair", "party_name", "term", "has", "ref", "refs", "blank", "parties", "note", "this_article", "definitions",
        "instrument", "amendments", "amended_place", "implemented_place", "amended_term",
    }
)  # fmt: skip


class SignatureSide(CompoundValue):
    """One side of the signatures: the Party, its name as this draft has it, and who signs."""

    party: DraftParty
    name: str
    signer: Signer


class Parties(CompoundValue):
    """Both Parties in the order of one original: its holder comes first."""

    first: DraftParty
    second: DraftParty
    style: str = "governments"
    languages: tuple[Language, ...] = ()
    signers: tuple[Signer, Signer] = (Signer(), Signer())

    @classmethod
    def of(cls, values: Mapping[str, Any], original: Original) -> "Parties":
        """Return the Parties of a draft in the order of `original`."""
        sending, receiving = values["sending"], values["receiving"]
        languages = tuple(values.get("languages") or ())
        signers = (values.get("sending_signer") or Signer(), values.get("receiving_signer") or Signer())
        if original == "partner":
            sending, receiving = receiving, sending
            signers = (signers[1], signers[0])
            languages = (*languages[1:2], *languages[:1], *languages[2:])
        style = values.get("party_names") or "governments"
        return cls(first=sending, second=receiving, style=style, languages=languages, signers=signers)

    @property
    def ordered(self) -> tuple[DraftParty, DraftParty]:
        """The holder of the original, then the other."""
        return (self.first, self.second)

    @property
    def sides(self) -> tuple[SignatureSide, SignatureSide]:
        """Both sides as they sign: the holder of the original first."""
        first, second = (
            SignatureSide(party=party, name=self.name(party), signer=signer)
            for party, signer in zip(self.ordered, self.signers, strict=True)
        )
        return (first, second)

    @property
    def language_names(self) -> tuple[str, ...]:
        """The languages of the original in its order: the first language of the draft is the sending State's."""
        return tuple(language.name for language in self.languages)

    @property
    def both(self) -> str:
        """Both as the text names them: `the Government of X and the Government of Y`."""
        return f"{self.name(self.first)} and {self.name(self.second)}"

    @property
    def organization(self) -> DraftParty | None:
        """The Party that is an organisation, if one is."""
        return next((party for party in self.ordered if party.is_organization), None)

    @property
    def state(self) -> DraftParty:
        """The Party beside an organisation; of two States, the holder of the original."""
        return next((party for party in self.ordered if not party.is_organization), self.first)

    def name(self, party: DraftParty) -> str:
        """Return a Party as the text names it: its government, its department of defense, or the State."""
        names = {"governments": party.the_government, "departments": party.the_department}
        return names.get(self.style, party.the_long)


@dataclass(frozen=True, slots=True)
class _Functions:
    """The functions of one draft that need to know something about it."""

    parties: Parties
    glossary: Glossary
    chosen: frozenset[str]
    original_order: tuple[DraftParty, DraftParty]
    held: HeldLookup | None

    def pair(self, first: Any, second: Any) -> RenderedWords:
        """Two things of the sending and the receiving State, joined in the order of the original."""
        swapped = self.parties.first != self.original_order[0]
        both = [str(x) if isinstance(x, RenderedWords) else str(escape(x)) for x in (first, second)]
        return RenderedWords(" and ".join(reversed(both) if swapped else both))

    def party_name(self, party: DraftParty) -> str:
        """A Party as this draft names it."""
        return self.parties.name(party)

    def term(self, wanted: str, words: str = "") -> RenderedWords:
        """A defined term; its definition is taken into the draft."""
        return self.glossary.use(str(wanted), words)

    def has(self, clause: str) -> bool:
        """Whether a clause stands in this draft."""
        return clause in self.chosen

    def ref(self, target: str, words: str = "", *, article: bool = False, bare: bool = False) -> RenderedWords:
        """A reference to a provision of the draft by its id, or to another agreement (`nato-sofa-1951#VII.3`).

        The words for another agreement come from the repository where none are given. `article` names the whole
        article that holds a provision of the draft, `bare` leaves out "of Article XII".
        """
        if "#" in target:
            if not words and self.held is None:
                raise ValueError(f"a reference to another agreement ({target}) needs its words, or a repository")
            shown = words if words or self.held is None else reference_words(target, self.held)
            return RenderedWords.mark(shown, "reference", target.removesuffix("#"))
        option = "article" if article else "bare" if bare else ""
        return RenderedWords.mark(_PENDING_WORDS, "reference", pending_target([target], option, words))


def functions(
    values: Mapping[str, Any],
    parties: Parties,
    glossary: Glossary,
    chosen: frozenset[str],
    *,
    note: bool,
    instrument: str = "Agreement",
    held: HeldLookup | None = None,
) -> dict[str, Any]:
    """Return all names that assembly adds to the parameters: functions and the words that fit the form."""
    own = _Functions(parties, glossary, chosen, (values["sending"], values["receiving"]), held)
    called = (own.pair, own.party_name, own.term, own.has, own.ref)
    names: dict[str, Any] = {method.__name__: _callable(method) for method in called}
    return names | {
        "refs": refs,
        "blank": blank,
        "parties": parties,
        "note": note,
        "instrument": instrument,
        "amended_term": "Agreement",
        "this_article": "this paragraph" if note else "this Article",
    }


def _callable(method: Any) -> Any:
    @template_function
    def call(*args: Any, **kwargs: Any) -> Any:
        return method(*args, **kwargs)

    return call


@template_function
def refs(*targets: str) -> RenderedWords:
    """A reference to several provisions: `paragraphs 1 and 2 of this Article`, `Articles X and XI`."""
    if len(targets) < 2:
        raise ValueError("refs names two or more provisions")
    return RenderedWords.mark(_PENDING_WORDS, "reference", pending_target(targets))


@template_function
def blank(length: int = 10) -> str:
    """A line to be filled in by hand."""
    return "_" * min(length, 60)


# ---------------------------------------------------------------------- cited agreements

_KIND = re.compile(
    r"(?:the )?(?P<kind>.*?\b(?:Agreement|Treaty|Convention|Protocol|Arrangement|Exchange of (?:Notes|Letters)"
    r"|Memorandum(?: of (?:Understanding|Agreement))?)\b)(?P<rest>.*)",
    re.IGNORECASE,
)


def in_order(values: Mapping[str, Any], original: Original) -> dict[str, Any]:
    """Return the values of a draft with each cited agreement in words, in the order of `original`."""
    parties = values.get("sending"), values.get("receiving")
    return {name: _worded(value, parties, original) for name, value in values.items()}


def _worded(value: Any, parties: tuple[Any, Any], original: Original) -> Any:
    if isinstance(value, tuple) and any(isinstance(item, CitedInstrument) for item in value):
        return tuple(_worded(item, parties, original) for item in value)
    if not isinstance(value, CitedInstrument):
        return value
    sending, receiving = parties
    if not isinstance(sending, DraftParty) or not isinstance(receiving, DraftParty):
        return value.plain  # the Parties are missing, which is said elsewhere
    holders = (receiving, sending) if original == "partner" else (sending, receiving)
    return named(value, holders)


def named(instrument: CitedInstrument, holders: tuple[DraftParty, DraftParty]) -> str:
    """Return `instrument` in words, the first of `holders` named first."""
    if instrument.words:
        return _reordered(instrument.words, holders)
    found = _KIND.fullmatch(instrument.title)
    kind, rest = (found["kind"], found["rest"]) if found else (instrument.title.removeprefix("the "), "")
    pair = (
        f" between {' and '.join(_name(party, instrument.between) for party in holders)}" if instrument.between else ""
    )
    return f"the {kind}{pair}{rest}{_concluded(instrument)}{_as_amended(instrument)}"


def _name(party: DraftParty, style: str) -> str:
    return {"governments": party.the_government, "departments": party.the_department}.get(style, party.the_long)


def _concluded(instrument: CitedInstrument) -> str:
    day = date_words(instrument.date) if instrument.date else ""
    if instrument.effected == "notes":
        of = f" of {day}" if day else ""
        return f", effected by the exchange of notes{f' at {instrument.place}' if instrument.place else ''}{of}"
    said = [f"at {instrument.place}" if instrument.place else "", f"on {day}" if day else ""]
    return f", signed {' '.join(x for x in said if x)}" if any(said) else ""


def _as_amended(instrument: CitedInstrument) -> str:
    """Return how the agreement was amended, as far as it is given: by which instruments, or on which days."""
    by = [
        f"{each.title}{f' of {date_words(each.date)}' if each.date else ''}"
        for each in instrument.amended_by
        if each.title
    ]
    on = [date_words(each.date) for each in instrument.amended_by if each.date and not each.title]
    said = [f"by {listed(by)}" if by else "", f"on {listed(on)}" if on else ""]
    return f", as amended {' and '.join(x for x in said if x)}" if any(said) else ""


def _reordered(words: str, holders: tuple[DraftParty, DraftParty]) -> str:
    """Return `words` with both Parties after `between` in the order of `holders`."""
    return _pair(*holders).sub(lambda found: _swapped(found, holders[0]), words)


def _swapped(found: re.Match[str], first: DraftParty) -> str:
    one, other = found["one"], found["other"]
    if one.lower() in {name.lower() for name in _names(first)}:
        return found.group()
    return f"{found['lead']}{other}{found['joint']}{one}"


@lru_cache(maxsize=64)
def _pair(a: DraftParty, b: DraftParty) -> re.Pattern[str]:
    """Return what finds `between A and B` and `between B and A`, by any name of the two Parties."""
    either = "|".join(sorted(map(re.escape, {*_names(a), *_names(b)}), key=len, reverse=True))
    return re.compile(
        rf"(?P<lead>\bbetween )(?P<one>{either})(?P<joint>,? and )(?P<other>{either})(?![\w-])", re.IGNORECASE
    )


def _names(party: DraftParty) -> Iterator[str]:
    for name in (party.the_government, party.the_department, party.the_ministry, party.the_long, party.the_short):
        yield name
        yield name.removeprefix("the ")
