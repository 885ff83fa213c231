"""What holds of every text that was read right, asked of each; where it does not hold, a finding says so.

Provisions stand in the order of the source. The numbers of articles, and of the paragraphs of one article, leave no
number out and give none twice. Every word of the source stands in exactly one place.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from agreements.findings import Finding, warning
from agreements.languages import value_of
from agreements.model import Document, Provision
from agreements.reading import Block
from agreements.reference import Place

_HEADS = ("article", "section", "chapter", "part")
_PLAIN = re.compile(r"[(\[]?(?P<figure>\d{1,4}|[IVXLC]{1,8})[.)\]]{0,2}")
_WORD = re.compile(r"\w+")
_SHOWN = 6  # words or places that a finding names
_MOST = 12  # findings on numbers; more of them say that the text counts in a way of its own
_NUMBERS = "Look for a missed head or a misprint."


def broken(places: Sequence[Place], documents: Sequence[Document], blocks: Sequence[Block]) -> tuple[Finding, ...]:
    """Return a finding for each invariant that the provisions at `places` break.

    `blocks` are the paragraphs from which the `documents` were made.
    """
    numbers = [finding for document in documents for finding in _numbers(document, places)]
    if len(numbers) > _MOST:
        message = f"{len(numbers)} numbers of provisions leave one out or stand twice; the first: {numbers[0].message}"
        numbers = [warning("number-hole", numbers[0].where, message, _NUMBERS)]
    return (*_order(places), *numbers, *_words(documents, blocks))


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


def _numbers(document: Document, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield findings on holes and twins among the articles of `document`, and among the paragraphs of each."""
    paths = {id(place.provision): place.path for place in places}
    articles = [(parent, each) for parent, each in _walk(document.provisions, None) if each.kind == "article"]
    yield from _sequence(articles, paths)
    for _, holder in _walk(document.provisions, None):
        if holder.kind in _HEADS:
            yield from _sequence([(holder, child) for child in holder.children if child.kind == "paragraph"], paths)


def _walk(provisions: Iterable[Provision], parent: Provision | None) -> Iterator[tuple[Provision | None, Provision]]:
    for each in provisions:
        yield parent, each
        if each.kind in _HEADS:
            yield from _walk(each.children, each)


def _sequence(rows: Sequence[tuple[Provision | None, Provision]], paths: dict[int, str]) -> Iterator[Finding]:
    before: tuple[Provision | None, Provision, int] | None = None
    for parent, each in rows:
        value = _value(each)
        if value is None:
            before = None  # letters, `12A`, `3 bis`: nothing is known of what follows
            continue
        where = paths.get(id(each), each.number or "")
        if before and not (parent is not before[0] and value % 100 == 1):  # numbers start again, as 1 or as 1001
            last, number = before[2], before[1].number
            if value > last + 1:
                left = f"{last + 1}" if value == last + 2 else f"{last + 1} to {value - 1}"
                message = f"{each.kind.capitalize()} {each.number} follows {number}: {left} was not found."
                yield warning("number-hole", where, message, _NUMBERS)
            elif value == last:
                message = f"{each.kind.capitalize()} {each.number} stands twice in succession."
                yield warning("number-twin", where, message, _NUMBERS)
        before = (parent, each, value)


def _value(provision: Provision) -> int | None:
    found = _PLAIN.fullmatch(provision.number or "")
    return value_of(found["figure"]) if found else None


# ---------------------------------------------------------------------- words


def _words(documents: Sequence[Document], blocks: Sequence[Block]) -> Iterator[Finding]:
    """Yield a finding on the words of the source that stand nowhere."""
    source = Counter(_WORD.findall("\n".join([f"{block.number or ''} {block.text}" for block in blocks])))
    printed = [document.title or "" for document in documents]
    printed += [_printed(provision) for document in documents for provision in document.walk()]
    source.subtract(_WORD.findall("\n".join(printed)))
    more = {word for word, count in source.items() if count < 0}
    lost = [word for word, count in source.items() if count > 0 and not _is_said(word, more)]
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
