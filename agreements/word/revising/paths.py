"""To which provision of an agreement each paragraph of its Word file belongs."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agreements.citation import document_words
from agreements.model import Agreement, Provision
from agreements.reference import document_name, places

TITLE = "title"
"""The path given to what stands before the first provision."""

_TYPED_NUMBER = re.compile(
    r"(?:[^\W\d_]{3,}\.[ \u00a0][\w.]+|\(?[\w.]{1,6}[.)]|[^\W\d_]+[ \u00a0][\w.]+(?:[ \u00a0]?[.:\u2013\u2014-])?)\s*"
)  # `1.`, `Article VII`, `Art. 7`
_HEADED = frozenset(("part", "chapter", "article", "section"))
_HEAD_WORDS = 2
_ROUND = ".:;,()[]-\u2013\u2014 "  # what may stand around the number of a head
_AHEAD = 4  # texts after the last place among which a paragraph with other words is looked for
_MOSTLY = 0.5  # of the words of the longer text: what both have more than this of is one paragraph
_FURTHEST_BACK = 5  # words that a paragraph must have to be looked for behind the last place


def paths_of(agreement: Agreement, paragraphs: Sequence[str]) -> list[str]:
    """Return the path of the provision that each of `paragraphs` (in reading order) belongs to.

    It is the next provision with the same words (a heading, a text, the cell of a row), with or without a number typed
    before them; else the next one whose head is its number alone (`ARTICLE VII`); else one of those that come next,
    where most words are its own (the others may be hidden). Of two that say the same, one after the other, each has its
    own. A paragraph without such belongs to the provision of the one before it, at first to `TITLE`.
    """
    said = list(_said(agreement))
    index: dict[str, list[int]] = defaultdict(list)
    heads: dict[str, list[int]] = defaultdict(list)
    for at, (_, words) in enumerate(said):
        index[words].append(at)
    for at, number in _heads(agreement, [path for path, _ in said]):
        heads[number].append(at)
    found: list[str] = []
    at, before = -1, ""
    for paragraph in paragraphs:
        last, words = before, _plain(paragraph)
        before = words
        if words not in index and (head := _head(heads, words, at)) is not None:
            at = head
            found.append(said[at][0])
            continue
        known = not words or any(text in index for text in _wordings(words))
        at += _is_repeated(said, at, last, words)
        at = _next(index, words, at) if known else _near(said, words, at)
        found.append(said[at][0] if at >= 0 else TITLE)
    return found


def is_head(words: str, provision: Provision) -> bool:
    """Return whether a paragraph is the head of `provision`: its number, its heading, or both."""
    plain, heading = _plain(words), _plain(provision.heading or "")
    number = (provision.number or "").strip(_ROUND).casefold()
    if provision.kind in _HEADED and number and number in list(_numbers(plain)):
        return True
    return heading != "" and heading in list(_wordings(plain))


def _heads(agreement: Agreement, paths: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the first place of each provision that has a head with a number, and the number."""
    first = {path: at for at, path in reversed(list(enumerate(paths)))}
    for place in places(agreement):
        number = (place.provision.number or "").strip(_ROUND)
        if place.provision.kind in _HEADED and number and place.path in first:
            yield first[place.path], number.casefold()


def _head(heads: Mapping[str, Sequence[int]], words: str, at: int) -> int | None:
    """Return the next place after `at` of a provision whose number is all that `words` say beside a word for it."""
    for number in _numbers(words):
        spots = heads.get(number, ())
        ahead = bisect_right(spots, at)
        if ahead < len(spots):
            return spots[ahead]
    return None


def _numbers(words: str) -> Iterator[str]:
    """Yield what may be the number of a head of few words: `ARTICLE VII`, `2. cikk`, `§ 4`."""
    parts = [part for each in words.split() if (part := each.strip(_ROUND).casefold())]
    if len(parts) <= _HEAD_WORDS:
        yield from reversed(parts)


def _near(said: Sequence[tuple[str, str]], words: str, at: int) -> int:
    """Return the place after `at`, of the next few, whose text shares the most of `words`; else `at` itself."""
    own = Counter(words.split())
    best, most = at, _MOSTLY
    for spot in range(at + 1, min(at + 1 + _AHEAD, len(said))):
        other = Counter(said[spot][1].split())
        if other.total() < _FURTHEST_BACK:
            continue
        shared = 1.0 if other <= own else (own & other).total() / max(own.total(), other.total())
        if shared > most:
            best, most = spot, shared
    return best


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


def _is_repeated(said: Sequence[tuple[str, str]], at: int, last: str, words: str) -> bool:
    """Whether the place after `at` says what `at` says, and this and the last paragraph both do."""
    if not words or not 0 <= at < len(said) - 1 or said[at][1] != said[at + 1][1]:
        return False
    return all(said[at][1] in _wordings(each) for each in (last, words))


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
