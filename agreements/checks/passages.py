"""What checks of words read: the clauses of the operative provisions, and what stands apart from them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from agreements.classifying import ClassifiedProvision, classify_agreement
from agreements.language.sentences import Sentence, clauses
from agreements.model import Agreement
from agreements.reference import Place, Same, places

_SILENT = frozenset(("preamble", "testimonium", "signature"))


def is_operative(place: Place) -> bool:
    """Whether a provision says what is owed: it stands in no preamble, testimonium or signature."""
    return bool(place.chain) and _SILENT.isdisjoint([provision.kind for provision in place.chain])


def operative_places(agreement: Agreement) -> Sequence[Place]:
    """Return the places of `agreement` that say what is owed, in reading order; walked once for all checks."""
    return _operative(Same(agreement))


def spoken(agreement: Agreement) -> Sequence[Place]:
    """Return the operative places of `agreement` that are English and have words: what rules of words are held to."""
    return _spoken(Same(agreement))


@lru_cache(maxsize=4)  # every check walks the same text
def _operative(of: Same[Agreement]) -> tuple[Place, ...]:
    return tuple(place for place in places(of.thing) if is_operative(place))


@lru_cache(maxsize=4)
def _spoken(of: Same[Agreement]) -> tuple[Place, ...]:
    return tuple(place for place in _operative(of) if place.provision.text and is_english(place))


def classified(agreement: Agreement) -> Sequence[ClassifiedProvision]:
    """Return the clauses of `agreement` with their topics, read once for all checks."""
    return _classified(Same(agreement))


@lru_cache(maxsize=4)
def _classified(of: Same[Agreement]) -> tuple[ClassifiedProvision, ...]:
    return tuple(classify_agreement(of.thing))


def closing(agreement: Agreement, kind: str) -> Iterator[Place]:
    """Yield the provisions of the testimonium or the signature (`kind`), those under it included."""
    for place in places(agreement):
        if any(provision.kind == kind for provision in place.chain):
            yield place


def operative(
    agreement: Agreement, *, having: re.Pattern[str] | None = None, cues: Sequence[str] = ()
) -> Iterator[tuple[Place, Sentence]]:
    """Yield the clauses of the operative provisions of `agreement` with their places.

    `having`: of the provisions alone in which this stands somewhere; `cues`: of those in which one of these words, or
    parts of words, stands in small or capital letters.
    """
    for place in operative_places(agreement):
        text = place.provision.text
        if (not cues or is_cued(text, cues)) and (having is None or having.search(text)):
            for clause in clauses(text):
                yield place, clause


def is_cued(text: str, cues: Iterable[str]) -> bool:
    """Whether one of `cues`, in small letters, stands in `text`: what no pattern needs to be tried on has none."""
    low = text.lower()
    return any(cue in low for cue in cues)


def is_english(place: Place) -> bool:
    """Whether the words of a place are English: rules of words say nothing of others."""
    return place.document.language == "en"


def shortened(words: str, most: int = 120) -> str:
    """Return `words`, with an ellipsis in place of what goes beyond `most` characters."""
    return words if len(words) <= most else f"{words[: most - 30].rsplit(' ', 1)[0]} … {words[-25:].split(' ', 1)[-1]}"
