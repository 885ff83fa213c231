"""Which provision of an agreement each paragraph of its Word file belongs to."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from agreements.citation import document_words
from agreements.model import Agreement
from agreements.reference import document_name, places

TITLE = "title"
"""The path given to what stands before the first provision."""

_TYPED_NUMBER = re.compile(r"(?:\(?[\w.]{1,6}[.)]|[^\W\d_]+[ \u00a0][\w.]+[.:]?)\s*")  # `1.`, `(a)`, `Article VII`
_FURTHEST_BACK = 5  # words that a paragraph must have to be looked for behind the last place


def paths_of(agreement: Agreement, paragraphs: Sequence[str]) -> list[str]:
    """Return the path of the provision that each of `paragraphs` (in reading order) belongs to.

    It is the next provision with the same words (a heading, a text, the cell of a row), with or without a number typed
    before them; a paragraph without such belongs to the provision of the one before it, at first to `TITLE`.
    """
    said = list(_said(agreement))
    index: dict[str, list[int]] = defaultdict(list)
    for at, (_, words) in enumerate(said):
        index[words].append(at)
    found: list[str] = []
    at = -1
    for paragraph in paragraphs:
        at = _next(index, _plain(paragraph), at)
        found.append(said[at][0] if at >= 0 else TITLE)
    return found


def _next(index: dict[str, list[int]], words: str, at: int) -> int:
    """Return the place of `words` at or after `at`, else before it, else `at` itself."""
    if not words:
        return at
    for text in _wordings(words):
        if spots := index.get(text):
            ahead = bisect_left(spots, at)
            if ahead < len(spots):
                return spots[ahead]
            if len(text.split()) >= _FURTHEST_BACK:  # the columns of a table are read one after the other
                return spots[-1]
    return at


def _wordings(words: str) -> Iterator[str]:
    yield words
    if number := _TYPED_NUMBER.match(words):
        yield words[number.end() :]


def _said(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Yield the path and each heading, text and cell of every provision, and the titles, in reading order."""
    last: object = None
    first = True
    for place in places(agreement):
        if place.document is not last:
            last = place.document
            name = TITLE if first else f"{document_name(place.document)}.{TITLE}"
            label = document_words(place.document) if place.document.number else None
            yield from ((name, words) for words in _worded((label, place.document.title)))
            first = False
        for words in _worded((place.provision.heading, place.provision.text)):
            yield place.path, words
            yield from ((place.path, cell) for cell in words.split(" | ") if cell != words)


def _worded(texts: Iterable[str | None]) -> Iterator[str]:
    return (_plain(text) for text in texts if text)


def _plain(words: str) -> str:
    return " ".join(words.split())
