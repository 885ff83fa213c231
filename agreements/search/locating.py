"""The place that a person types: `Article VII paragraph 3`, `art. 7(3)(a)`, `VII.3`, `sec. 323`, `annex B, para. 2`.

Looser than `parsing.locators`, which reads the printed text of treaties: levels come in any order and any case, with
any marks, in words or figures. Which agreement is meant is not decided here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agreements.language.numbers import ORDINALS, roman, spelled
from agreements.search.elsewhere import in_signs
from agreements.search.fields import ANY_DOCUMENT, place_key

_LETTERS = r"(?:\s?\([0-9a-z]{1,4}\)|\.(?:\d{1,3}|[a-z]|[ivx]{1,4})(?!\w)){0,5}"
_SPELLED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty)"
)
_NUMBER = rf"(?:\d{{1,4}}[a-z]?|[ivxlc]{{1,8}}|{_SPELLED})(?!\w)(?:\s?(?:bis|ter|quater)\b)?"
_FURTHER = rf"(?P<more>(?:\s?(?:[,&–-]|\band\b|\bto\b|\bor\b)\s?(?:and\s)?(?:{_NUMBER})(?!\s?\()){{0,8}})"
_ARTICLE = re.compile(
    rf"(?:\b(?:articles?|art|arts|sections?|sect?|secs)\b\.?|§§?)\s*(?P<number>{_NUMBER})(?P<below>{_LETTERS}){_FURTHER}",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    rf"(?:(?:(?P<sub>\bsub-?\s?)|\b)para(?:graph)?s?\b\.?|¶)\s*(?P<number>{_NUMBER}|\([0-9a-z]{{1,4}}\)|[a-z](?!\w))"
    rf"(?P<below>{_LETTERS}){_FURTHER}",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"(?:\bthe\s)?\b(?P<number>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s(?P<sub>sub-?\s?)?para(?:graph)?s?\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?:articles|arts|sections|secs|paragraphs|paras|§§)", re.IGNORECASE)
_JOINED = re.compile(rf"(?P<to>[–-]|\bto\b)?\s?(?:and\s)?(?P<number>{_NUMBER})", re.IGNORECASE)
_MOST_APART = 12  # numbers of a range: a longer one names no places to go to
_ITEM = re.compile(
    r"\b(?:item|point|clause|letter|indent|lit)\b\.?\s*\(?(?P<number>[0-9]{1,2}|[a-z]{1,4})\)?(?!\w)", re.IGNORECASE
)
_BARE = re.compile(
    r"(?<![\w.#-])(?:(?P<number>[IVX]{1,6})(?P<below>(?:\s?\([0-9a-z]{1,4}\)|\.\d{1,2}(?![\w.])){1,5})"
    r"|(?P<figure>\d{1,2})(?P<under>(?:\([0-9a-z]{1,4}\)){1,5}))"
)
_DOCUMENT = re.compile(
    r"\b(?:(?P<annex>annex|appendix|attachment|schedule|enclosure)\b(?:\s+(?P<mark>[A-Z0-9]|[IVX]{1,4})(?![\w(.]))?"
    r"|(?P<other>protocol of signature|signature protocol|implementing arrangement|reply note|agreed minutes?)\b)",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(r"\bpreamble\b", re.IGNORECASE)
_PARTS = re.compile(r"[0-9a-z]+", re.IGNORECASE)
_OTHERS = {"protocol of signature": "protocol", "signature protocol": "protocol"}
_BLANK = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class SoughtPlace:
    """A place in an agreement: the characters of the query that say it, and keys of it, the narrowest first.

    A provision that is held only with what stands around it is found by a wider key.
    """

    spans: tuple[tuple[int, int], ...]
    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A provision or agreement that the query asks for: `words` say it; `keys` are those of its place, none for all.

    `agreement` is the id of what is likely meant; `held` says whether its text is. `ref` is what was found of it, empty
    where nothing is; `narrow` the key that was asked for where only what holds it was.
    """

    agreement: str
    words: str
    keys: tuple[str, ...] = ()
    held: bool = True
    ref: str = ""
    narrow: str = ""


def sought_places(text: str) -> list[SoughtPlace]:
    """Return the places that a query says, the first first, in any language; they may be in any agreement."""
    query = in_signs(text)
    documents = list(_DOCUMENT.finditer(query))
    articles = [*_ARTICLE.finditer(query)] or [
        found for found in _BARE.finditer(query) if not any(d.start() <= found.start() < d.end() for d in documents)
    ][:1]
    nth = _NTH.finditer(query) if articles else ()
    below = sorted([*_PARAGRAPH.finditer(query), *nth, *_ITEM.finditer(query)], key=_rank)
    if len({_is_section(article) for article in articles}) == 2 and len(articles) == 2:  # a section of an article
        articles.sort(key=_is_section)
        articles, below = articles[:1], [articles[1], *below]
    if articles:
        more = below if len(articles) == 1 else []
        return [place for article in articles for place in _places(text, documents, article, more)]
    if below and below[0].re is _PARAGRAPH:
        return _places(text, documents, below[0], below[1:])
    if documents and (documents[0]["mark"] or documents[0]["other"]):
        return _places(text, documents, None, ())
    if found := _PREAMBLE.search(query):
        return [SoughtPlace((found.span(),), found.group(), ("preamble",))]
    return []


def path_keys(path: str) -> tuple[str, ...]:
    """Return the keys of the `path` of a reference (`VII.3`, `annex-a.2`), the narrowest first."""
    parts = [part.partition("~")[0] for part in path.partition("@")[0].split(".") if part]
    if parts and re.match(r"[a-z]{3,}", parts[0]) and parts[0] != "preamble":
        return _keys(parts[1:], parts[0])
    return _keys(parts, "")


def _is_section(found: re.Match[str]) -> bool:
    return found.group().lower().startswith(("sec", "§"))


def _rank(found: re.Match[str]) -> int:
    if found.re is _ITEM:
        return 2
    return 1 if found["sub"] else 0


def _places(
    query: str, documents: Sequence[re.Match[str]], first: re.Match[str] | None, below: Sequence[re.Match[str]]
) -> list[SoughtPlace]:
    """Return the place that matches say, or each of several: of articles, or of paragraphs of one article."""
    found = [each for each in (first, *below) if each is not None]
    document = _document(documents[0]) if documents else ""
    spans = tuple(sorted((*(each.span() for each in documents[:1]), *map(_span, found))))
    words = _BLANK.sub(" ", " ".join(query[start:end] for start, end in spans)).strip()
    runs: list[tuple[str, ...]] = [()]
    for each in found:
        own = _numbers(each)
        several = own if len(runs) == 1 else own[:1]
        runs = [(*run, *numbers) for run in runs for numbers in several]
    return [SoughtPlace(spans, words, _keys(run, document)) for run in runs]


def _span(found: re.Match[str]) -> tuple[int, int]:
    """Return the characters of a match, without further numbers that name no further place (`Article 7 and 2 days`)."""
    is_one = "more" in found.groupdict() and not list(_further(found, found["number"]))
    return found.start(), found.start("more") if is_one else found.end()


def _numbers(found: re.Match[str]) -> list[tuple[str, ...]]:
    """Return the numbers of a match, outermost first; several runs of them where it names several places."""
    groups = found.groupdict()
    first = (groups["number"] or groups.get("figure") or "").strip("()")
    below = tuple(_PARTS.findall(groups.get("below") or groups.get("under") or ""))
    return [(_plain(first), *below), *((number,) for number in _further(found, first))]


def _further(found: re.Match[str], first: str) -> Iterator[str]:
    """Yield the numbers after the first: `17, 18 and 20`, which the plural announces, and those of a range, `3-5`."""
    more = found.groupdict().get("more") or ""
    joined = list(_JOINED.finditer(more))
    is_several = _SEVERAL.match(found.group()) is not None
    numbers = [first, *(each["number"] for each in joined)]
    for each, (low, high) in zip(joined, pairwise(numbers), strict=True):
        if each["to"]:
            yield from _between(low, high)
        elif is_several:
            yield _plain(high)


def _between(low: str, high: str) -> Iterator[str]:
    start, end = _value(low), _value(high)
    if start is not None and end is not None and 0 < end - start <= _MOST_APART:
        yield from map(str, range(start + 1, end + 1))


def _value(number: str) -> int | None:
    plain = _plain(number)
    return int(plain) if plain.isdigit() else roman(plain)


def _plain(number: str) -> str:
    """Return a number as a path has it: `seven` and `second` are figures, `3 bis` is `3-bis`."""
    if number[:1].isdigit() and number[-2:].lower() in ("st", "nd", "rd", "th"):
        return number[:-2]
    value = spelled(number) if number.isalpha() and len(number) > 2 else None
    return str(value) if value is not None else re.sub(r"\s?(bis|ter|quater)$", r"-\1", number, flags=re.IGNORECASE)


def _document(found: re.Match[str]) -> str:
    if found["other"]:
        name = _BLANK.sub(" ", found["other"].lower())
        return _OTHERS.get(name, name.replace(" ", "-"))
    return "-".join(x.lower() for x in (found["annex"], found["mark"]) if x)


def _keys(numbers: Sequence[str], document: str) -> tuple[str, ...]:
    """Return the keys of a place by its `numbers`; where no document is said, one beside the main one comes last."""
    runs = [numbers[:end] for end in range(len(numbers), 0, -1)]
    if document:
        return (*(place_key(run, document) for run in runs), f"{document}/")
    return (*(place_key(run) for run in runs), *(place_key(run, ANY_DOCUMENT) for run in runs))
