"""What a text in another language than English applies of another instrument, by the words of its pack (`applies`).

`Les Parties appliquent les articles II à V de la Convention X`, `das X-Abkommen findet Anwendung`: a verb with the name
of an instrument behind or before it. A denial applies nothing, and neither does a supposition. English, whose sentences
are known better, is `agreements.lineage.incorporation`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agreements.languages import Folded, LanguagePack, folded, folded_pattern, languages
from agreements.lineage.graph import Incorporation
from agreements.parsing import Cited, cited_in
from agreements.reference import component

_NAME = 300  # characters that a name may have
_FAR = 24  # characters around a verb in which its denial stands
_NEVER = ("(?!)",)
_OWN = 24  # characters before a name in which the text says that it means itself


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language; `forward` and `backward` have the groups `verb` and `name`."""

    forward: re.Pattern[str]
    backward: re.Pattern[str]
    excepts: re.Pattern[str]
    denied: re.Pattern[str]
    supposed: re.Pattern[str]
    own: re.Pattern[str]


def applied_in_words_of(code: str, path: str, text: str) -> Iterator[Incorporation]:
    """Yield the instruments that the provision at `path` with this `text` in the language `code` applies, in order."""
    words = _words(code)
    if words is None:
        return
    low = folded(" ".join(text.split()))
    at = 0
    for sentence in re.split(r"(?<=[.;]) (?=\S)", low.text):
        end = at + len(sentence)
        cited = cited_in(low.source[low.start(at) : low.end(end)], code)
        yield from (_incorporation(found, path, low, words, cited) for found in _found(words, low, at, end))
        at = end + 1


def _found(words: _Words, low: Folded, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what a sentence applies: the verb and the name; each name once."""
    taken: set[int] = set()
    for pattern in (words.backward, words.forward):
        for match in pattern.finditer(low.text, start, end):
            name = match.start("name")
            if name not in taken and _counts(match, words, low, start):
                taken.add(name)
                yield match


def _counts(match: re.Match[str], words: _Words, low: Folded, start: int) -> bool:
    verb, name = match.span("verb"), match.start("name")
    around = low.text[max(start, verb[0] - _FAR) : verb[0]].rpartition(",")[2] + low.text[slice(*verb)]
    behind = low.text[verb[1] : verb[1] + _FAR] if verb[1] <= name else ""
    if words.denied.search(around) or words.denied.match(behind.lstrip()):
        return False
    if words.supposed.search(low.text, start, min(verb[0], name)):
        return False
    if any(own.end() == name for own in words.own.finditer(low.text, max(start, name - _OWN), name)):
        return False
    rest = low.words(match, "name").split()[1:]
    return any(word[:1].isupper() or word[:1].isdigit() for word in rest) or "-" in low.words(match, "name").split()[0]


def _incorporation(
    match: re.Match[str], path: str, low: Folded, words: _Words, cited: Sequence[Cited]
) -> Incorporation:
    """Return what `match` applies in its sentence, of which `cited` are the references."""
    start, end = match.pos, match.endpos
    first = low.start(start)
    outside = words.excepts.search(low.text, min(match.end(), match.end("name")), end)
    limit = low.start(outside.start() if outside else end) - first
    last = low.end(match.end("name")) - first
    return Incorporation(
        path,
        low.source[first : low.end(end)].strip(),
        low.words(match, "name").strip(" ,"),
        _paths(c for c in cited if c.end <= last and c.start < limit),
        _paths(c for c in cited if c.start >= limit),
        low.source[low.start(outside.start()) : low.end(end)].strip(" ,.;") if outside else "",
    )


def _paths(places: Iterable[Cited]) -> tuple[str, ...]:
    found = (".".join([component(place.article), *place.parts]) for place in places if place.article)
    return tuple(dict.fromkeys(found))


@cache
def _words(code: str) -> _Words | None:
    pack = languages().get(code)
    if pack is None or not pack.applies:
        return None
    verbs, behind = _any(pack.applies["before"]), _any(pack.applies["after"])
    name = _name(pack, behind)
    between = _any(pack.applies["between"])
    small = rf"(?:,? (?:{between}|{_cited(pack)})(?:(?<=')|(?!\w)))*+"
    return _Words(
        re.compile(rf"(?<!\w)(?P<verb>{verbs})(?!\w){small},? ?(?P<name>{name})"),
        re.compile(rf"(?<![\w-])(?P<name>{name}),? ?(?:mutatis mutandis,? )?(?P<verb>{behind})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{_any(pack.applies['except'])})"),
        re.compile(_any(pack.applies["denied"])),
        re.compile(_any(pack.applies.get("supposed", _NEVER))),
        re.compile(rf"(?<!\w)(?:{_any(pack.cites.get('own', _NEVER))})\s*"),
    )


def _name(pack: LanguagePack, behind: str) -> str:
    """Return the pattern of a name: its noun, and what goes on with it up to a verb, an exception or a comma."""
    nouns = "|".join(sorted((re.escape(folded(noun).text) for noun in pack.instruments), key=len, reverse=True))
    ends = _any((*pack.applies["except"], *pack.applies.get("ends", ()), "mutatis mutandis"))
    stop = rf"(?<!\w)(?:{behind}|{ends})"
    signed = _any(pack.applies.get("signed", _NEVER))
    qualifier = _any(pack.applies.get("qualifier", _NEVER))
    return (
        rf"(?:(?:{qualifier}) )?[\w-]*(?:{nouns})\w{{0,3}}(?!\w)(?:(?!{stop})[^,.;:]|,(?= (?:{signed}))){{0,{_NAME}}}"
    )


def _cited(pack: LanguagePack) -> str:
    """Return the pattern of the articles that are named before an instrument: `articles II à V`."""
    nouns = "|".join(re.escape(folded(noun).text) for noun in pack.cites["article"])
    small = "|".join(re.escape(folded(word).text) for word in (*pack.cites.get("and", ()), *pack.cites.get("to", ())))
    number = r"(?:\d{1,3}[.ºª°o]*|[ivxlc]{1,6})"
    return rf"(?:{nouns}) {number}(?:(?:,| (?:{small})| ?[-–]) ?{number}(?!\w))*"


def _any(patterns: Sequence[str]) -> str:
    return "|".join(folded_pattern(pattern) for pattern in patterns)
