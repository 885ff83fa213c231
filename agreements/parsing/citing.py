"""References in other languages than English: `paragraphe 2 de l'article 3`, `Artikel 3 Absatz 2`, `第三条2`.

The nouns and small words stand in the packs (`cites`); which provision is meant is decided by `references`, as for
English (`locators`). What another instrument or law is named behind leads nowhere here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from agreements.language import numbers
from agreements.languages import Folded, LanguagePack, PackTable, fold, folded, folded_pattern, languages
from agreements.parsing.locators import Cited

_LETTERS = r"(?:\s?\((?:\d{1,2}|[a-z]{1,3})\)|\s?[a-z]\)(?!\w))"
_ROMAN = r"[ivxlc]{1,6}(?!\w)"
_FIGURE = r"\d{1,3}(?:\.\d{1,2})*(?:er|re|\.?[oº°ª])?(?!\w)"
_HAN_TONGUES = ("ja", "zh")
_BEFORE = 16  # characters of a noun that stands right before its article
_PARTS = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_NEVER = re.compile(r"(?!)")
_OWNER = 12  # characters before a reference in which its owner stands


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of a language: references in either order, a member of a list, what the text calls itself.

    A reference has the groups `parts` (a list below an article), `middle` (what those stand under) and `articles`;
    `of` joins a reference to what it belongs to, `instruments` are the nouns for agreements, `named` those that begin
    the name of another where there are no capitals, `qualified` what stands behind one that says which it is. `own`
    is how the text calls itself, `in_signs` whether what a reference belongs to stands before it: `この協定の第一条`.
    `aside` may stand before `of`, `elsewhere` belongs to another text though no capital says so, `its` says so before
    a reference.
    """

    orders: tuple[re.Pattern[str], ...]
    member: re.Pattern[str]
    of: re.Pattern[str]
    this: re.Pattern[str]
    instruments: re.Pattern[str]
    qualified: re.Pattern[str]
    own: re.Pattern[str]
    named: re.Pattern[str]
    aside: re.Pattern[str] = _NEVER
    elsewhere: re.Pattern[str] = _NEVER
    its: re.Pattern[str] = _NEVER
    in_signs: bool = False


def cited_in(text: str, code: str) -> list[Cited]:
    """Return the places that `text`, in the language `code`, refers to, in order; they never overlap."""
    words = _words(code)
    if words is None:
        return []
    low = folded(text)
    found: list[Cited] = []
    for order in words.orders:
        for match in order.finditer(low.text):
            _add(found, _places(match, low, words, languages()[code]))
    for match in words.this.finditer(low.text):
        _add(found, [Cited(low.start(match.start()), low.end(match.end()), holder="this")])
    return sorted(found, key=lambda reference: reference.start)


def _add(found: list[Cited], new: Iterable[Cited]) -> None:
    """Add what does not overlap with what was found before."""
    free = [n for n in new if not any(n.start < other.end and other.start < n.end for other in found)]
    found += free


def _places(match: re.Match[str], low: Folded, words: _Words, pack: LanguagePack) -> Iterator[Cited]:
    """Yield the places of one reference: each member of its list, in the article and below the part that it names."""
    groups = match.groupdict()
    elsewhere = _is_elsewhere(match, low, words)
    if not groups.get("parts"):
        for start, end, member in _members(match, "articles", low, words):
            number, below = _number(member, pack)
            yield Cited(start, end, number, below, elsewhere=elsewhere)
        return
    articles = [*_members(match, "articles", low, words)] if groups.get("articles") else []
    article = _number(articles[0][2], pack)[0] if articles else ""
    above = _parts(_number(groups["middle"], pack)) if groups.get("middle") else ()
    members = [*_members(match, "parts", low, words)]
    for position, (start, end, member) in enumerate(members):
        parts = (*above, *_parts(_number(member, pack)))
        last = position == len(members) - 1
        yield Cited(start, low.end(match.end()) if last else end, article, parts, elsewhere=elsewhere)


def _members(match: re.Match[str], group: str, low: Folded, words: _Words) -> Iterator[tuple[int, int, str]]:
    """Yield the members of a list with their characters; the first takes the words before the list with it."""
    at, end = match.span(group)
    first = match.start()
    while member := words.member.match(low.text, at, end):
        whole = member.end() == match.end(group) and group == "articles" and not match.groupdict().get("parts")
        yield low.start(first), low.end(match.end() if whole else member.end()), member["member"]
        following = words.member.match(low.text, member.end(), end)
        at, first = member.end(), following.start("member") if following else end


def _parts(number: tuple[str, tuple[str, ...]]) -> tuple[str, ...]:
    first, below = number
    return (first.lower(), *below) if first else below


def _number(member: str, pack: LanguagePack) -> tuple[str, tuple[str, ...]]:
    """Return the number of a member, in figures where it is in words, and the letters below it."""
    lead = re.match(rf"{_FIGURE}|{_ROMAN}|[{numbers.HAN}]+|[^\W\d_]{{3,}}(?:[ -][^\W\d_]+)?", member)
    first = lead.group() if lead else ""
    below = tuple(_PARTS.findall(member[len(first) :]))
    if first and pack.code in _HAN_TONGUES and (han := numbers.han(first)):
        return str(han), below
    if value := pack.counted().get(first):
        return str(value), below
    figures = re.match(r"\d[\d.]*", first)
    return (figures.group().rstrip(".") if figures else first.upper()), below


def _is_elsewhere(match: re.Match[str], low: Folded, words: _Words) -> bool:
    """Whether a law or another instrument is named right behind a reference, or right before one without blanks."""
    if words.in_signs:
        before = low.text[max(0, match.start() - _BEFORE) : match.start()].rstrip()
        named = any(m.end() == len(before) for m in words.instruments.finditer(before))
        return named and not any(m.end() == len(before) for m in words.own.finditer(before))
    if words.its.search(low.text, max(0, match.start() - _OWNER), match.start()):
        return True
    aside = words.aside.match(low.text, match.end())
    end = aside.end() if aside else match.end()
    of = words.of.match(low.text, end)
    if of is None or words.own.match(low.text, end) or words.own.match(low.text, of.end()):
        return False
    return words.elsewhere.match(low.text, of.end()) is not None or _names_another(of.end(), low, words)


def _names_another(at: int, low: Folded, words: _Words) -> bool:
    """Whether the words from the folded character `at` on name an instrument or a law, by a capital or a noun."""
    first = low.source[low.start(at) :][:1]
    if first.lower() == first.upper():  # no capitals, or no letter at all
        return words.named.match(low.text, at) is not None
    if not first.isupper():
        return False
    noun = words.instruments.match(low.text, at)
    if noun is None:
        return True
    rest = low.source[low.end(noun.end()) :].lstrip()
    return words.qualified.match(low.text, noun.end()) is not None or rest[:1].isupper() or rest[:1] in '“"«„'


@cache
def _words(code: str) -> _Words | None:
    pack = languages().get(code)
    if pack is None or code == "en":
        return None
    cites = pack.cites or _cites_of(pack)
    if not cites["article"]:
        return None
    nouns = re.compile(rf"(?:{_either(pack.instruments)})\w{{0,3}}")
    this = re.compile(rf"(?<!\w)(?:{_either(cites.get('this', ())) or '(?!)'})(?!\w)")
    own = re.compile(rf"\W*(?:{_own(pack)})(?!\w)")
    named = re.compile(rf"(?:{_either(cites.get('named', ())) or '(?!)'})\s+\w")
    if "#" in cites["article"][0]:
        number = rf"(?:\d{{1,3}}|[{numbers.HAN}]{{1,5}})"
        member = re.compile(rf"\W*(?:第|{fold('제')})?\s?(?P<member>{number})")
        rest = (_NEVER, _signs_this(cites), nouns, nouns, own, named)
        return _Words((_signs(cites, number),), member, *rest, in_signs=True)
    counted, aside = _either(pack.counted()), _patterns_of(cites, "aside")
    number = rf"(?!{aside or '(?!)'})(?:{_FIGURE}|{_ROMAN}|(?:{counted or '(?!)'})(?!\w))"
    behind = _either([*cites.get("of", ()), *pack.topic, *pack.between])
    qualified = re.compile(rf"\s+(?:(?:{behind})(?!\w)|\d)" if behind else r"(?!)")
    orders, member, of = _spaced(cites, rf"(?:{number}{_LETTERS}*|{_LETTERS}+|[a-z](?!\w))")
    beside = re.compile(rf",? \(?(?:{aside})(?!\w)\)?,?(?= )" if aside else r"(?!)")
    elsewhere = re.compile(rf"(?:{_patterns_of(cites, 'elsewhere') or '(?!)'})(?!\w)")
    its = re.compile(rf"(?<!\w)(?:{_patterns_of(cites, 'its') or '(?!)'}) $")
    return _Words(orders, member, of, this, nouns, qualified, own, named, beside, elsewhere, its)


def _patterns_of(cites: PackTable, name: str) -> str:
    return "|".join(folded_pattern(way) for way in cites.get(name, ()))


def _own(pack: LanguagePack) -> str:
    """Return how texts of a language call themselves; where its pack says nothing, how those of all others do."""
    packs = (pack,) if pack.cites.get("own") else languages().values()
    return "|".join(folded_pattern(way) for each in packs for way in each.cites.get("own", ()))


def _spaced(cites: PackTable, element: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str], re.Pattern[str]]:
    """Return the orders, the member and the `of` of a language with blanks between its words."""
    small, of = _either([*cites.get("and", ()), *cites.get("to", ())]), _either(cites.get("of", ()))
    joint = rf"(?:\s?,\s?|\s?[-–]\s?|,? (?:{small or '(?!)'})(?: |(?=\d)))"
    listed = rf"{element}(?:{joint}{element})*"
    link = rf"(?: (?:{of})\s?| )" if of else " "
    article, part = _either(cites["article"]), _either(cites.get("part", ())) or r"(?!)"
    articles = rf"(?:{article}) (?P<articles>{listed})"
    inner = rf"(?<!\w)(?:{part}) (?P<parts>{listed})(?:{link}(?:{part}) (?P<middle>{element}))?(?:,?{link}{articles})?"
    outer = rf"(?<!\w){articles}(?:,? (?:{part}) (?P<parts>{listed}))?"
    orders = (re.compile(rf"(?<!\w){articles},? (?:{part}) (?P<parts>{listed})"), re.compile(inner), re.compile(outer))
    member = re.compile(rf"(?:{joint})?(?P<member>{element})")
    return orders, member, re.compile(rf",?{link}")


def _signs(cites: PackTable, number: str) -> re.Pattern[str]:
    """Return the pattern of a language whose signs hold their numbers: `第三条2`, `제3조제2항`."""
    article = _either(cites["article"]).replace(r"\#", rf" ?(?P<articles>{number}) ?")
    parts = [re.escape(folded(each).text).replace(r"\#", f" ?{number} ?") for each in cites.get("part", ())]
    below = "|".join(sorted(parts, key=len, reverse=True))
    return re.compile(rf"{article}(?P<parts> ?(?:{below})(?![年月日]))?")


def _signs_this(cites: PackTable) -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(cites.get('this', ())) or '(?!)'})(?!\w*[約約])")


def _cites_of(pack: LanguagePack) -> PackTable:
    """Return the nouns for articles among the references of a pack: those that begin as its heads do."""
    heads = {fold(form.strip("#. "))[:4] for form in pack.article if len(form.strip("#. ")) > 2}
    return {"article": tuple(word for word in pack.references if fold(word)[:4] in heads)}


def _either(words: Iterable[str]) -> str:
    found = sorted({folded(word).text for word in words if word}, key=len, reverse=True)
    return "|".join(map(re.escape, found))
