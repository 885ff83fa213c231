"""Checks of the texts in several languages: what one language has, the other has too."""

from collections.abc import Iterator

from agreements.findings import Finding, warning
from agreements.model import Agreement, Document, Provision

_COUNTED = ("article", "section", "paragraph", "subparagraph", "item")


def language_counts(agreement: Agreement) -> Iterator[Finding]:
    """Say where two language texts of one document differ in the number of articles, or of paragraphs in an article."""
    for first, *others in _texts(agreement):
        for other in others:
            yield from _compared(first, other)


def _texts(agreement: Agreement) -> Iterator[list[Document]]:
    """Yield the texts of each document that stands in more than one language, the first language first."""
    groups: dict[tuple[str, str | None, int], list[Document]] = {}
    seen: dict[tuple[str, str | None, str], int] = {}
    for document in agreement.documents:
        key = (document.role, document.number, document.language)
        seen[key] = seen.get(key, 0) + 1
        groups.setdefault((document.role, document.number, seen[key]), []).append(document)
    yield from (texts for texts in groups.values() if len(texts) > 1)


def _compared(first: Document, other: Document) -> Iterator[Finding]:
    ours, theirs = _heads(first), _heads(other)
    between = f"{first.language} and {other.language}"
    if len(ours) != len(theirs):
        kind = "articles" if any(p.kind == "article" for p in (*ours, *theirs)) else "provisions"
        message = f"The {first.language} text has {len(ours)} {kind}, the {other.language} text has {len(theirs)}."
        fix = "Compare the two texts; a head may be missing in one of them."
        yield warning("language-counts", first.role, message, fix)
        return
    for left, right in zip(ours, theirs, strict=True):
        counts = _count(left), _count(right)
        if counts[0] != counts[1]:
            where = (left.number or right.number or left.kind).strip(".()")
            message = f"It has {counts[0]} and {counts[1]} numbered parts in the texts in {between}."
            yield warning("language-counts", where, message, "Compare the two texts here.")


def _heads(document: Document) -> list[Provision]:
    articles = [p for p in document.walk() if p.kind == "article"]
    return articles or [p for p in document.provisions if p.kind in _COUNTED]


def _count(provision: Provision) -> int:
    return sum(p.kind in _COUNTED for p in provision.walk()) - 1
