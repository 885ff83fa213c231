"""Checks of the tree: numbers rise by one, articles have a body, no provision is oddly short or long."""

from collections.abc import Iterator, Sequence

from agreements.findings import Finding, info, warning
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, component, places

_SHORTEST, _LONGEST = 3, 3000  # words (docs/practice.md, "What an imported text is held against")
_COUNTED = ("paragraph", "subparagraph", "item")
_HEADED = ("article", "paragraph")  # a lower series may begin in words of the provision above it
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def numbering(agreement: Agreement) -> Iterator[Finding]:
    """Say where the articles of a document, or what stands under a provision, do not rise by one."""
    for document in agreement.documents:
        yield from _rising(list(_articles(document.provisions)), "article", _where(document, ""))
    for place in places(agreement):
        for kind in _COUNTED:
            numbered = [child for child in place.provision.children if child.kind == kind and child.number]
            yield from _rising(numbered, kind, place.path)


def bodies(agreement: Agreement) -> Iterator[Finding]:
    """Say which articles have a head and no words."""
    for place in places(agreement):
        article = place.provision
        if article.kind == "article" and not article.text and not article.children:
            yield warning("empty-article", place.path, "This article has a head and no words.", "Look at the source.")


def lengths(agreement: Agreement) -> Iterator[Finding]:
    """Say which paragraphs are shorter than three words or longer than three thousand."""
    for place in places(agreement):
        if place.provision.kind in _HEADED:  # a point of a list may be one word
            below = (child.words() for child in place.provision.children)
            count = len(" ".join([place.provision.text, *below]).split())
            if _has_words(place) and count < _SHORTEST:
                yield info("short", place.path, f"This provision has {count} words.")
            elif count > _LONGEST:
                yield info("long", place.path, f"This provision has {count} words; heads may have been missed.")


def _has_words(place: Place) -> bool:
    return bool(place.provision.text or place.provision.children)


def _articles(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the articles of a document in order, through its parts and chapters."""
    for provision in provisions:
        if provision.kind == "article" and provision.number:
            yield provision
        elif provision.kind in ("part", "chapter"):
            yield from _articles(provision.children)


def _rising(provisions: Sequence[Provision], kind: str, where: str) -> Iterator[Finding]:
    before, printed = 0, ""
    numbers = [component(provision.number or "") for provision in provisions]
    for number, value in zip(numbers, _values(numbers), strict=True):
        if value and value not in (before + 1, 1) and (printed or kind in _HEADED):
            after = f"follows {kind} {printed}" if printed else "is the first"
            message = f"{kind.capitalize()} {number} {after}."
            yield warning("numbering", where or number, message, "Look for a missed head, or number anew.")
        before, printed = value or before, number if value else printed


def _values(numbers: Sequence[str]) -> list[int]:
    """Return the values of printed numbers, 0 for what has none (`VII-bis`); the series tells letters from Roman."""
    if all(len(number) == 1 and number.isalpha() for number in numbers) and numbers[:1] not in (["I"], ["i"]):
        return [ord(number.lower()) - ord("a") + 1 for number in numbers]
    roman = any(len(number) > 1 for number in numbers) or numbers[:1] in (["I"], ["i"])
    return [int(n) if n.isdecimal() else _roman(n.upper()) if roman else 0 for n in numbers]


def _roman(number: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in number]
    if not values or 0 in values:
        return 0
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _where(document: Document, path: str) -> str:
    return path if document.role == "main" else document.role
