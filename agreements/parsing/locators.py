"""The words by which a text refers to a place: `paragraph 2(b) of Article VII of the X Agreement`, in any order.

Pure reading of words: which provision they mean is decided by `references` for this agreement, and by
`agreements.lineage.citations` for others.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from agreements.language import numbers
from agreements.language.numbers import by_first_letter
from agreements.language.treaties import Name, after_reference, before_reference
from agreements.ooxml.numerals import numeral
from agreements.parsing.phrases import any_of, contains

_IN_WORDS = by_first_letter(
    ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
)
NUMBER = (
    rf"(?:[IVXLC]+(?:\.\d{{1,2}}){{0,3}}(?!\w)|\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[A-Z]?(?!\w)|(?:{_IN_WORDS})(?!\w))"
    r"(?:\s?(?:bis|ter|quater)\b)?"
)
_UP_TO = re.compile(r" (?:to|through|up to and including) |\s?[-–]\s?")
_LONGEST_RUN = 60  # places of a run
_POINT = r"(?:\.[a-z](?!\w))"
_LETTERS = r"(?:\s?\((?:\d{1,2}|[a-z]{1,4})\))"
_LOCATOR = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*\b{_POINT}?{_LETTERS}*|{_LETTERS}+|[a-z]\)|[a-z](?= of\b|[,.;)]))"
_AND = r"(?:\s?,\s?(?:and |or )?| and | or | and/or | to | through |\s?[-–]\s?(?=[\dIVXLC(]))"
_HOLDER = r"(?P<own>this|the present|that|the same) (?:[Aa]rticle|[Ss]ection|[Pp]aragraph|[Nn]ote|[Aa]nnex)"
_LEVEL = r"(?:[Ss]ub-?)?(?:[Pp]aragraphs?|[Pp]aras?\b\.?|[Ii]tems?|[Pp]oints?|[Ss]ections?)"
_ANNEX = r"(?: (?:of|to|in) (?:the )?(?P<annex>(?:[Aa]nnex|[Aa]ppendix)(?: (?:[A-Z]|[IVX]+|\d{1,2})\b)?))"
_LIST = rf"(?P<list>{_LOCATOR}(?:{_AND}{_LOCATOR})*)"
_REVERSED = any_of(
    rf"\b(?:[Aa]rticle|Art\.) (?P<article>{NUMBER}),? {_LEVEL} {_LIST}(?:,? {_LEVEL} (?P<sub>{_LETTERS}+))?{_ANNEX}?",
    case=True,
)
_PARAGRAPHS = any_of(
    rf"\b{_LEVEL} {_LIST}"
    rf"(?: of (?:[Ss]ub-?)?[Pp]aragraph (?P<middle>{_LOCATOR}))?"
    rf"(?:,? (?:of|in|under) (?P<holder>{_HOLDER}|(?:[Aa]rticle|[Ss]ection|Art\.) (?P<article>{NUMBER})))?"
    rf"{_ANNEX}?",
    case=True,
)
_ELEMENTS = rf"(?:{NUMBER}{_POINT}?{_LETTERS}*|{_LETTERS}+)"
_ARTICLES = any_of(
    rf"\b(?:[Aa]rticles?|[Ss]ections?|Arts?\.) (?P<list>{NUMBER}{_POINT}?{_LETTERS}*(?:{_AND}{_ELEMENTS})*)(?!\w)"
    rf"{_ANNEX}?",
    case=True,
)
_LAW = r"(?:law|laws|act|statute|decree|decision|regulations?|ordinance|constitution|code|directive|rules|title \d+)"
_ELSEWHERE = re.compile(
    r",? thereof\b|,? common to\b"
    r"|,? of (?:(?:the|that|said|the said|its|their|both|all|each of the) )?(?!(?:present|this)\b)[A-Z“][\w.”-]*"
    rf"|,? of (?:(?!this\b|the present\b)[a-z]+ ){{0,3}}?{_LAW}\b"
)
_ASIDE = re.compile(  # what may stand between a reference and what it belongs to
    r"(?:,? (?:respectively|inclusive|(?:first|second|third|last|introductory) (?:sentence|indent|phrase|part)s?),?"
    r"|,? et seq(?:\.|uentes)?,?|,? (?:and )?(?:following|ff\.)| \([^()]{1,80}\),?)"
    r"(?= of (?!(?:[Aa]rticle|[Aa]nnex|[Ss]ection|(?:[Ss]ub-?)?[Pp]ara)))"
)
_OWNER = re.compile(
    r"(?P<own>\b(?:this|the present|our) \w+)?(?:(?<=\w)[’']s|\b(?:its|their))(?: own)? $", re.IGNORECASE
)
_OWNER_BEFORE = 48  # characters before a reference in which its owner stands
_ELEMENT = re.compile(rf"(?:^|{_AND})(?P<element>{_LOCATOR})")
_ARTICLE_ELEMENT = re.compile(
    rf"(?:^|{_AND})(?P<element>(?P<number>{NUMBER})(?P<below>{_POINT}?{_LETTERS}*)|(?P<again>{_LETTERS}+))"
)
_PARTS = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_THAT = ("that", "the same")


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that is referred to, one for each member of a list; `start` and `end` are its characters.

    `article` is the number of the article or section that is named, `parts` the numbers below it, outermost first.
    `holder` is `this` or `that` where the article is named so. `instrument` is the other instrument that is named,
    `elsewhere` says that the words lead to something else than an agreement (a law, a document), `is_section` that
    the numbers are those of sections, which may hold articles or be held by them. `annex` is the annex that is named
    (`Annex A`). `among` is where the list begins that it is a member of, -1 where that was not looked for.
    """

    start: int
    end: int
    article: str = ""
    parts: tuple[str, ...] = ()
    holder: str = ""
    instrument: Name | None = None
    elsewhere: bool = False
    is_section: bool = False
    annex: str = ""
    among: int = -1

    def ways(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the article and the parts below it, in each way that they can be read: `2.1` is one, or 1 of 2."""
        article, *below = self.article.split(".")
        whole = (self.article, self.parts)
        return (whole, (article, (".".join(below), *self.parts))) if below else (whole,)


def cited(text: str) -> list[Cited]:
    """Return the places that `text` refers to by paragraph, article or section, in order; they never overlap."""
    found: list[Cited] = []
    for finder, hints in _FINDERS:
        if all(contains(text, either) for either in hints):
            found += [c for c in finder(text) if not any(c.start < f.end and f.start < c.end for f in found)]
    found.sort(key=lambda c: c.start)
    return [_that(c, found[:position]) if c.holder == "that" else c for position, c in enumerate(found)]


def _that(reference: Cited, before: list[Cited]) -> Cited:
    """Return `reference` to `that Article` as one to the article named last; to nothing here where none is."""
    last = next((c for c in reversed(before) if c.article), None)
    if last is None:
        return replace(reference, elsewhere=True)
    return replace(reference, article=last.article, instrument=last.instrument, elsewhere=last.elsewhere, holder="")


def _reversed(text: str) -> Iterator[Cited]:
    for match in _REVERSED.finditer(text):
        for place in _listed(text, match, match["article"], "", ()):
            below = _PARTS.findall(match["sub"] or "") if place.end == match.end() else []
            yield replace(place, parts=(*place.parts, *below))


def _paragraphs(text: str) -> Iterator[Cited]:
    for match in _PARAGRAPHS.finditer(text):
        own = (match["own"] or "") if (match["holder"] or "").lower().endswith(("article", "section")) else ""
        holder = ("that" if own in _THAT else "this") if own else ""
        yield from _listed(text, match, match["article"] or "", holder, tuple(_PARTS.findall(match["middle"] or "")))


def _listed(text: str, match: re.Match[str], article: str, holder: str, above: tuple[str, ...]) -> Iterator[Cited]:
    """Yield each member of a list of paragraphs; all stand in the same article and instrument."""
    elements = list(_ELEMENT.finditer(match["list"]))
    instrument, elsewhere = _whose(text, match)
    parts: tuple[str, ...] = ()
    for position, element in enumerate(elements):
        own = tuple(_PARTS.findall(element["element"]))
        # in `paragraph 5 (e) (i), (ii)` the second goes on under what the first stands under
        parts = own if own[0][0].isdigit() or not parts or not parts[0][0].isdigit() else (*parts[: -len(own)], *own)
        last = position == len(elements) - 1
        start = match.start() if position == 0 else match.start("list") + element.start("element")
        end = match.end() if last else match.start("list") + element.end("element")
        is_section = match.group().lower().startswith("section")
        annex = match["annex"] or ""
        yield Cited(start, end, article, (*above, *parts), holder, instrument, elsewhere, is_section, annex)


def _articles(text: str) -> Iterator[Cited]:
    for match in _ARTICLES.finditer(text):
        instrument, elsewhere = _whose(text, match)
        number, elements = "", list(_ARTICLE_ELEMENT.finditer(match["list"]))
        for position, element in enumerate(elements):
            start = match.start() if position == 0 else match.start("list") + element.start("element")
            end = match.end() if element is elements[-1] else match.start("list") + element.end("element")
            number = element["number"] or number  # in `Article 2(1) and (3)` the second stands in the same article
            below = tuple(_PARTS.findall(element["below"] or element["again"] or ""))
            annex = match["annex"] or ""
            yield Cited(start, end, number, below, "", instrument, elsewhere, annex=annex, among=match.start())


def _whose(text: str, match: re.Match[str]) -> tuple[Name | None, bool]:
    """Return the other instrument that is named after a reference, or right before it; and whether a law is."""
    aside = _ASIDE.match(text, match.end())
    end = aside.end() if aside else match.end()
    if name := after_reference(text, end) or before_reference(text, match.start()):
        return name, False
    owner = _OWNER.search(text, max(0, match.start() - _OWNER_BEFORE), match.start())
    return None, _ELSEWHERE.match(text, end) is not None or (owner is not None and not owner["own"])


_Finder = Callable[[str], Iterator[Cited]]
_OF_ARTICLES, _OF_PARTS = ("rticle", "Art"), ("ara", "ection", "item", "Item", "point", "Point")
# In this order, each with what has to stand in a text: one of every row of words.
_FINDERS: tuple[tuple[_Finder, tuple[tuple[str, ...], ...]], ...] = (
    (_reversed, (_OF_ARTICLES, _OF_PARTS)),
    (_paragraphs, (_OF_PARTS,)),
    (_articles, ((*_OF_ARTICLES, "ection"),)),
)


def with_between(words: str, places: Iterable[Cited]) -> Iterator[Cited]:
    """Yield the `places` that `words` cite, and those that a run of them means between the two that it names.

    `Articles 12 to 14` are three; places of different depth, or that are no numbers, make no run. One in between has
    the characters of the one that ends the run.
    """
    before: Cited | None = None
    for place in places:
        if before is not None and _UP_TO.fullmatch(words, before.end, place.start):
            yield from _between(before, place)
        yield place
        before = place


def _between(first: Cited, last: Cited) -> Iterator[Cited]:
    a, b = ((*filter(None, (each.article,)), *each.parts) for each in (first, last))
    if not a or len(a) != len(b) or a[:-1] != b[:-1] or first.instrument != last.instrument:
        return
    low, high = numbers.number(a[-1]), numbers.number(b[-1])
    for value in range(low + 1, high) if low and high and high - low <= _LONGEST_RUN else ():
        number = str(value) if a[-1].isdigit() else numeral(value, "upperRoman")
        yield replace(last, parts=(*last.parts[:-1], number)) if last.parts else replace(last, article=number)
