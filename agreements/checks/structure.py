"""Checks of the tree: numbers rise by one, articles have a body, no provision is oddly short or long."""

from collections.abc import Iterator

from agreements.findings import Finding, info, warning
from agreements.model import Agreement
from agreements.parsing import articles, rising, where_in
from agreements.reference import Place, component, places

_SHORTEST, _LONGEST = 3, 3000  # words (docs/practice.md, "What an imported text is held against")
_ENOUGH_WORDS = 10  # words of a provision that are no form of speech when they stand twice
_COUNTED = ("paragraph", "subparagraph", "item")
_HEADED = ("article", "paragraph")  # a lower series may begin in words of the provision above it


def numbering(agreement: Agreement) -> Iterator[Finding]:
    """Say where the articles of a document, or what stands under a provision, do not rise by one."""
    for document in agreement.documents:
        yield from rising(list(articles(document.provisions)), "article", where_in(document))
    for place in places(agreement):
        for kind in _COUNTED:
            numbered = [child for child in place.provision.children if child.kind == kind and child.number]
            yield from rising(numbered, kind, place.path)
            if len(numbered) == 1 and _is_first(numbered[0].number or ""):
                yield info(
                    "lone-number",
                    f"{place.path}.{component(numbered[0].number or '')}",
                    f"This {kind} bears the number {numbered[0].number} and none of its kind stands beside it.",
                    "See whether one beside it was struck; a provision that stands alone needs no number.",
                )


def repeated(agreement: Agreement) -> Iterator[Finding]:
    """Say which provisions of a document have the very words of an earlier one: one of the two was to be another."""
    for document in agreement.documents:
        first: dict[tuple[int, str], str] = {}
        for place in places(agreement):
            if place.document is not document or not place.provision.number or place.provision.children:
                continue
            words = place.provision.text.lower().split()
            key = (id(place.chain[0]), " ".join(words))  # what two articles say alike may be meant for each
            if len(words) < _ENOUGH_WORDS:
                continue
            if key in first:
                message = f"This provision has the words of {first[key]}."
                yield info("repeated-provision", place.path, message, "Strike one of them, or say what was meant.")
            first.setdefault(key, place.path)


def _is_first(number: str) -> bool:
    return number.strip("().").casefold() in ("1", "a", "i")


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
