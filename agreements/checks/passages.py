"""What checks of words read: the clauses of the operative provisions, and what stands apart from them."""

import re
from collections.abc import Callable, Iterable, Iterator

from agreements.language.sentences import Sentence, clauses
from agreements.model import Agreement
from agreements.reference import Place, places

_SILENT = ("preamble", "testimonium", "signature")


def is_operative(place: Place) -> bool:
    """Whether a provision says what is owed: it stands in no preamble, testimonium or signature."""
    return bool(place.chain) and not any(provision.kind in _SILENT for provision in place.chain)


def closing(agreement: Agreement, kind: str) -> Iterator[Place]:
    """Yield the provisions of the testimonium or the signature (`kind`), those under it included."""
    for place in places(agreement):
        if any(provision.kind == kind for provision in place.chain):
            yield place


def operative(
    agreement: Agreement, cut: Callable[[str], Iterable[Sentence]] = clauses, *, having: re.Pattern[str] | None = None
) -> Iterator[tuple[Place, Sentence]]:
    """Yield the clauses of the operative provisions of `agreement` (or what else `cut` makes) with their places.

    `having`: of the provisions alone in which this stands somewhere.
    """
    for place in places(agreement):
        if is_operative(place) and (having is None or having.search(place.provision.text)):
            yield from ((place, clause) for clause in cut(place.provision.text))


def is_english(place: Place) -> bool:
    """Whether the words of a place are English: rules of words say nothing of others."""
    return place.document.language == "en"


def shortened(words: str, most: int = 120) -> str:
    """Return `words`, with an ellipsis in place of what goes beyond `most` characters."""
    return words if len(words) <= most else f"{words[: most - 30].rsplit(' ', 1)[0]} … {words[-25:].split(' ', 1)[-1]}"
