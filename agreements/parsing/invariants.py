"""What holds of every text that was read right, asked of each; where it does not hold, a finding says so.

Provisions stand in the order of the source. The numbers of articles, and of the paragraphs of one article, follow
each other. Every word of the source stands in exactly one place.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from agreements.findings import Finding, warning
from agreements.language import numbers as figures
from agreements.languages import fold, languages, value_of
from agreements.model import Document, Provision
from agreements.reading import Block
from agreements.reference import Place, component

_HEADS = ("article", "section", "chapter", "part")
_WORD = re.compile(r"\w+")
_SHOWN = 6  # words or places that a finding names
_MOST = 12  # findings on numbers; more of them say that the text counts in a way of its own
_FIX = "Look for a missed head, or number anew."
_HEADED = ("article", "paragraph")  # a lower series may begin in words of the provision above it
_HUNDRED = 100
_NTH = re.compile(r"(\d{1,4})(?:st|nd|rd|th|er|re|e|ste|de)")


def broken(places: Sequence[Place], documents: Sequence[Document], blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Return a finding for each invariant that the provisions at `places` break.

    `blocks` are the paragraphs from which the `documents` were made.
    """
    return (*_order(places), *_numbers(places, documents), *_words(documents, blocks))


# ---------------------------------------------------------------------- order


def _order(places: Sequence[Place]) -> Iterator[Finding]:
    """Yield a finding on the provisions that stand before what precedes them in the source."""
    furthest: dict[int, int] = {}
    wrong = []
    for place in places:
        made = place.provision.provenance
        if made is None or made.start is None or not (place.provision.text or place.provision.heading):
            continue
        document = id(place.document)
        if made.start < furthest.get(document, 0):
            wrong.append(place.path)
        furthest[document] = max(furthest.get(document, 0), made.start)
    if wrong:
        shown = ", ".join(wrong[:_SHOWN])
        message = f"{len(wrong)} provisions do not stand in the order of the source: {shown}."
        yield warning("order-broken", wrong[0], message, "Compare their places with the source.")


# ---------------------------------------------------------------------- numbers


def _numbers(places: Sequence[Place], documents: Sequence[Document]) -> list[Finding]:
    """Return findings on the articles of each document, and on the paragraphs of each of these."""
    found = [f for d in documents for f in rising(list(articles(d.provisions)), "article", where_in(d))]
    found += [f for d in documents for f in _again(d)]
    for place in places:
        if place.provision.kind in _HEADS:
            own = [child for child in place.provision.children if child.kind == "paragraph" and child.number]
            found += rising(own, "paragraph", place.path)
    if len(found) > _MOST:
        message = f"{len(found)} numbers of provisions do not follow each other; the first: {found[0].message}"
        return [warning("numbering", found[0].where, message, _FIX)]
    return found


def _again(document: Document) -> Iterator[Finding]:
    """Yield a finding where the articles of a document begin anew with 1 and no part or chapter stands between them.

    A law around the agreement has articles of its own, and so has an annex whose head was not seen.
    """
    own = [p for p in document.provisions if p.number or p.kind in ("part", "chapter", "section")]
    numbers = [component(p.number or "") if p.kind == "article" else "" for p in own]
    values = _values(numbers)
    for before, value, number in zip(values, values[1:], numbers[1:], strict=False):
        if before and value == 1:
            message = f"Article {number} stands again behind other articles: another instrument may stand in this text."
            yield warning("numbering", where_in(document) or number, message, _FIX)


def articles(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the articles of a document in order, through its parts and chapters."""
    for provision in provisions:
        if provision.kind == "article" and provision.number:
            yield provision
        elif provision.kind in ("part", "chapter"):
            yield from articles(provision.children)


def where_in(document: Document) -> str:
    """Return the place of a finding on a whole document: empty for the main one."""
    return "" if document.role == "main" else document.role


def rising(provisions: Sequence[Provision], kind: str, where: str) -> Iterator[Finding]:
    """Yield a finding for each of the numbered `provisions`, of one `kind` in order, that does not follow the last.

    A series may begin anew with 1, or with 101, 1001 in each chapter; what has no value (`VII-bis`) is passed over.
    """
    before, printed = 0, ""
    numbers = [component(provision.number or "") for provision in provisions]
    for number, value in zip(numbers, _values(numbers), strict=True):
        anew = value == 1 or (value > _HUNDRED and value % _HUNDRED == 1)
        if value and not anew and value != before + 1 and (printed or kind in _HEADED):
            after = f"follows {kind} {printed}" if printed else "is the first"
            yield warning("numbering", where or number, f"{kind.capitalize()} {number} {after}.", _FIX)
        before, printed = value or before, number if value else printed


def _values(numbers: Sequence[str]) -> list[int]:
    """Return the values of printed numbers, 0 for what has none; the series tells letters from Roman."""
    if all(len(number) == 1 and number.isascii() and number.isalpha() for number in numbers) and numbers[:1] not in (
        ["I"],
        ["i"],
    ):
        return [ord(number.lower()) - ord("a") + 1 for number in numbers]
    roman = any(len(number) > 1 for number in numbers) or numbers[:1] in (["I"], ["i"])
    return [_value(number, roman=roman) for number in numbers]


def _value(number: str, *, roman: bool) -> int:
    if number.isdecimal():
        return int(number)
    if nth := _NTH.fullmatch(number):
        return int(nth[1])
    if value := _spelled().get(fold(number)):
        return value
    if not number.isascii():
        return value_of(number) or 0
    return (figures.roman(number.upper()) or 0) if roman and number.isalpha() else 0


@cache
def _spelled() -> Mapping[str, int]:
    """Return the numbers in words of all languages (`premier`), but for those that are Roman numbers too."""
    rows = (row for pack in languages().values() for row in pack.counted().items())
    return {word: value for word, value in rows if figures.roman(word.upper()) is None}


# ---------------------------------------------------------------------- words


def _words(documents: Sequence[Document], blocks: Sequence[Block]) -> Iterator[Finding]:
    """Yield a finding on the words of the source that stand nowhere."""
    source = Counter(_WORD.findall("\n".join([f"{block.number or ''} {block.text}" for block in blocks])))
    printed = [document.title or "" for document in documents]
    printed += [_printed(provision) for document in documents for provision in document.walk()]
    placed = Counter(_WORD.findall("\n".join(printed)))
    if source == placed:
        return
    more = {word for word, count in placed.items() if count > source[word]}
    lost = [word for word, count in source.items() if count > placed[word] and not _is_said(word, more)]
    if lost:
        message = f"{len(lost)} words of the source stand in no provision: {', '.join(lost[:_SHOWN])}."
        yield warning("words-unplaced", "text", message, "Compare the text with the source.")


def _is_said(word: str, more: set[str]) -> bool:
    """Whether `word` is that of a head, which its kind says, or two words that the source printed without a blank."""
    if word.lower() in _HEADS:
        return True
    return any(word[:cut] in more and word[cut:] in more for cut in range(1, len(word)))


def _printed(provision: Provision) -> str:
    notes = [mark.target for mark in provision.marks if mark.kind == "note"]
    return " ".join(x for x in (provision.labelled(), provision.heading, provision.text, *notes) if x)
