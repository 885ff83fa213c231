"""What a stretch of a treaty states that every language text of it must state alike: numbers, dates, sums, references.

Each language has its words in its pack (`agreements.languages`). What is stated is compared by its value: `dix (10)
jours`, `ten (10) days` and `10 days` are one, and so are `paragraphe 2 de l'article 4` and `Article 4(2)`. What may be
read in two ways has both values (`12.500`); what a translator may leave out or say otherwise (`two Parties`, `first`)
is `weak`: it answers to something, and is never missed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from agreements.language import money, numbers
from agreements.languages import Folded, LanguagePack, authentic, calendar, fold, folded, languages, ordinals
from agreements.languages.names import states_in, tongues_in
from agreements.states import Named

StatementKind = Literal["date", "sum", "percentage", "period", "number", "article", "part", "letter", "annex"]
REFERENCES: tuple[StatementKind, ...] = ("article", "part", "letter", "annex")

_FIGURES = r"\d{1,3}(?:(?P<gap#>[.,' ])\d{3})(?:(?P=gap#)\d{3})*(?:[.,]\d{1,4})?(?!\d)|\d+(?:[.,]\d{1,4})?(?!\d)"
_NTH = r"(?:\s?[º°ª]|(?:st|nd|rd|th|er|ere|re|eme|ieme|e|ste|de)\b)?"
_QUOTED = re.compile(r"[“„«‟\"「]\s?(?P<term>[^“”„«»\"「」\n]{2,70}?)\s?[”“»\"」]")
_DIGITS = re.compile(r"\d")
_SHARE = re.compile(
    r"[\s-](?:thirds?|fourths?|quarters?|fifths?|tiers|quarts?|cinquiemes?|tercios|cuart[oa]s|drittel|viertel|derden?|vierden?"
    r"|terzi|quarti|tercos|quartos)(?!\w)"
)
_OPENING = 32  # characters before the term of a definition: the expression, der Ausdruck
_SECTION = "section"
# words of numbers that are other words too: new, heed, second(s), you are
_OTHER_WORDS = {
    "neuf",
    "acht",
    "second",
    "seconde",
    "sei",
    "elf",
    "segundo",
    "segunda",
    "quarto",
    "quarta",
    "quinta",
    "six-mois",
}
# languages whose words of numbers do not change with the sentence, so that all of a number is read
_MANY_NUMBERS = 15  # rows of larger numbers of a pack that has them all
_LONGEST_NUMBER = 30  # characters of a word of a number
_STEADY = ("en", "fr", "es", "de", "nl", "it", "pt")
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрст",
    "αβγδεζηθικλμνξο",
    "ابجدهوزحطيكلمنسعفصقرشت",
    "אבגדהוזחטיכלמ",
)
_MOST_LETTER = 12  # a letter of a list beyond the twelfth is a word rather
_HALF = r"\sand\s(?:an?|one)[\s-]half|\set\sdemie?|\sy\smedi[oa]|\se\smezz[oa]|\se\smei[oa]|½|\s1/2"
_EQUAL_PERIODS = {("years", "months"): 12, ("weeks", "days"): 7}

_NAME = re.compile(
    r"\b(?=(?:(?i:of|for|de|du|des|del|della|dei|di|da|do|dos|das|von|van|für|pour|por|per|para|voor|z|ze|w|we|dla"
    r"|between|entre|zwischen|tra|fra|między|tussen|and|et|y|e|und|i|en|republi\w+|königreich\w*|koninkrijk))"
    r"(?:['’]|\s+)(?:the\s+|la\s+|le\s+|les\s+|l['’]|der\s+|het\s+)?(?P<name>[A-ZÀ-ÖØ-ÝŁŚŻ][^\W\d_]{3,}))"
)
_LAST_TONGUE = re.compile(r"\s(?P<joint>[^\W\d_]{1,4})\s(?:[^\W\d_]{1,3}\s){0,3}(?P<word>[^\W\d_]{4,})")
_LISTED = 40  # characters between two languages of one list with one between them
_INITIALS = 4  # letters of a name that is written in capitals always: США, NATO
_NAME_ROOT = 6  # more, and names that change with the sentence are lost: Valdoria, Valdorii


@dataclass(frozen=True, slots=True)
class Statement:
    """Something stated from character `start` to `end` of a text: its `kind`, the values it may have, what it is of.

    `amounts` are the readings of a number (more than one where figures can be read in two ways), `unit` the unit of a
    period or the currency of a sum, `day` the ISO date of a date. `is_in_words` says that no figure stands there,
    `disagrees` that words and figures say two numbers, `is_unsure` that they may, where not all of the words were read.
    """

    kind: StatementKind
    words: str
    start: int
    end: int
    amounts: frozenset[Decimal] = frozenset()
    unit: str = ""
    day: str = ""
    is_weak: bool = False
    is_in_words: bool = False
    disagrees: bool = False
    is_unsure: bool = False

    def same(self, other: "Statement") -> bool:
        """Whether both state the same in the same way of being stated."""
        if self.kind != other.kind:
            return False
        if self.kind == "date":
            return self.day == other.day
        return bool(self.amounts & other.amounts) and self._units_go(other)

    def answers(self, other: "Statement") -> bool:
        """Whether both may state the same though read otherwise: a period beside a number, a year beside months."""
        if self.kind == "date" or other.kind == "date":
            return False
        if self.kind == other.kind == "period":
            return self.amounts_in(other.unit, other) or other.amounts_in(self.unit, self)
        plain = "number" in (self.kind, other.kind) or _SECTION in (self.unit, other.unit)
        letters = {self.kind, other.kind} == {"part", "letter"}
        return (plain or letters) and bool(self.amounts & other.amounts)

    def amounts_in(self, unit: str, other: "Statement") -> bool:
        """Whether this period is `other`, which is in the smaller `unit`: a year and twelve months."""
        times = _EQUAL_PERIODS.get((self.unit, unit))
        return times is not None and bool({amount * times for amount in self.amounts} & other.amounts)

    def _units_go(self, other: "Statement") -> bool:
        if self.kind != "sum":
            return self.unit == other.unit or self.kind in REFERENCES
        known = {self.unit, other.unit}
        return len(known) == 1 or any(not unit.isupper() for unit in known)


def stated(text: str, code: str, *, weak: bool = False) -> list[Statement]:
    """Return what `text`, in the language `code`, states, in order. `weak` makes all of it weak (a closing formula)."""
    low = folded(text)
    plain = re.sub(r"\d", lambda digit: str(int(digit.group())), low.text)
    low = Folded(plain, low.source, low.at)
    found = [
        Statement("date", text[dated.start : dated.end], dated.start, dated.end, day=dated.iso)
        for dated in calendar.find(text, code)
    ]
    taken = [(each.start, each.end) for each in found]
    for reader in (_references, _ordinal_references, _numbers):
        new = [each for each in reader(low, code) if not any(each.start < e and s < each.end for s, e in taken)]
        taken += [(each.start, each.end) for each in new]
        found += new
    if weak:
        found = [_weakened(each) if each.kind != "date" else each for each in found]
    return sorted(found, key=lambda each: (each.start, each.end))


def terms(text: str) -> list[str]:
    """Return what stands in quotation marks of any language in `text`, in order."""
    return [found["term"].strip() for found in _QUOTED.finditer(text)]


def begins_with_term(text: str) -> bool:
    """Whether `text` opens with a term in quotation marks, as a definition does (`(a) the term “force” means`)."""
    found = _QUOTED.search(text)
    return found is not None and found.start() <= _OPENING


def reads_number_words(code: str) -> bool:
    """Whether numbers in words of a language are read beyond the first few."""
    return code == "en" or code in ("ja", "zh") or bool(code in languages() and languages()[code].larger)


def refers_by_words(text: str, code: str) -> bool:
    """Whether `text` refers to a place without a number: `the preceding paragraph`, `het vorige lid`."""
    pack = languages().get(code)
    stems = _either(pack.cites.get("relative", ())) if pack else r"(?!)"
    return re.search(rf"(?<!\w)(?:{stems})", folded(text).text) is not None


def letter_place(letter: str) -> int | None:
    """Return the place in its alphabet of a letter of a list (`b`, `б`, `ب`: 2), None for what is none."""
    bare = fold(letter).replace("ـ", "")
    return next((alphabet.index(bare) + 1 for alphabet in _ALPHABETS if len(bare) == 1 and bare in alphabet), None)


def _weakened(each: Statement) -> Statement:
    return replace(each, is_weak=True, disagrees=False, is_unsure=False)


# ---------------------------------------------------------------------- numbers, periods, sums


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The patterns of a language: a number with all that may stand around it, and what its words are worth."""

    number: re.Pattern[str]
    units: dict[str, tuple[str, int]]
    duals: re.Pattern[str]
    currencies: dict[str, str]
    ordinals: frozenset[str]


@cache
def _grammar(code: str) -> _Grammar:
    pack = languages().get(code) or languages()["en"]
    units: dict[str, tuple[str, int]] = {}
    for unit, ways in pack.periods.items():
        count, _, name = unit.rpartition(" ")
        units |= {fold(way): (name, int(count or 0)) for way in ways}
    currencies = {fold(way): currency for currency, ways in pack.money.items() for way in ways}
    currencies |= money.names() if code == "en" else {}
    words = _words_pattern(pack)
    first, inner = _FIGURES.replace("#", "1"), _FIGURES.replace("#", "2")
    unit = _either(way for way, (_, count) in units.items() if not count)
    adjective = r"(?:e[nrms]?)?" if code == "de" else ""
    signs = "|".join(re.escape(fold(sign)) for sign in sorted(money.signs(), key=len, reverse=True))
    scale = _either(way for way, value in _amounts(pack).items() if value >= 1000)
    percent = _either(pack.percent)
    ends = rf"(?=\W|$|(?:{unit}))" if code in ("de", "nl") else r"(?!\w)"  # dreißigtägig
    number = re.compile(
        rf"(?:(?<!\w)(?P<sign>{signs})\s?)?"
        rf"(?:(?<![\w.,/])(?P<figures>{first})(?P<nth>{_NTH})(?:\s(?P<scale>{scale})(?!\w))?|(?<!\w)(?P<spelled>{words}){ends})(?P<half>{_HALF})?"
        rf"(?:\s?\(\s?(?P<inner>{inner}|{words})(?:\s(?P<scale2>{scale})(?!\w))?\s?(?P<within>{percent}|%)?\s?\))?"
        rf"(?:\s?(?P<percent>%|٪|(?:{percent})(?!\w))"
        rf"|(?:[\s-]*|[\s-]+[^\W\d]{{3,14}}\s)(?P<unit>{unit}){adjective}(?!\w)"
        rf"|\s?(?:d'|de |des |of |von |di |in )?(?P<money>(?:{_either(currencies)})(?!\w)|{signs}))?"
        rf"(?(spelled)(?!\w)|(?!\d))"
    )
    duals = re.compile(rf"(?<!\w)(?:{_either(way for way, (_, count) in units.items() if count)})(?!\w)")
    ordinals = frozenset(pack.ordered()) | (frozenset(numbers.ORDINALS) if code == "en" else frozenset())
    return _Grammar(number, units, duals, currencies, ordinals)


def _either(words: Iterable[str]) -> str:
    found = sorted({fold(word) for word in words if word}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in found) or r"(?!)"


def _amounts(pack: LanguagePack) -> dict[str, int]:
    if pack.code == "en":
        return {"thousand": 1000, "million": 10**6, "billion": 10**9, "mn": 10**6, "bn": 10**9}
    return dict(pack.amounts())


def _words_pattern(pack: LanguagePack) -> str:
    """Return a pattern for a number in folded words; what it matches may be worth nothing."""
    if pack.code == "en":
        return rf"(?:{numbers.IN_WORDS}(?:[\s-](?:{'|'.join(numbers.ORDINALS)}))?|(?:{'|'.join(numbers.ORDINALS)}))"
    if pack.code in ("ja", "zh"):
        return rf"[{numbers.HAN}]+"
    atom = _either(pack.amounts())
    joint = r"(?:[\s-]+(?:(?:et|und|y|e|og|och|i|si|en)[\s-]+)?|und|en|e|\s+و|-)?"
    one = _either(way for way, value in pack.amounts().items() if value == 1)
    small = _either(way for way, value in pack.amounts().items() if 1 < value < 100)
    return rf"(?!(?:{one})\s(?:{small}))(?:{atom})(?:{joint}(?:{atom})){{0,9}}"  # `eine dreißigtägige` is no 31


def _numbers(low: Folded, code: str) -> Iterator[Statement]:
    grammar = _grammar(code)
    for found in grammar.number.finditer(low.text):
        if made := _number(found, low, code, grammar):
            yield made
    for found in grammar.duals.finditer(low.text):
        unit, count = grammar.units[found.group()]
        start, end = low.start(found.start()), low.end(found.end())
        yield Statement(
            "period", low.source[start:end], start, end, frozenset({Decimal(count)}), unit, is_in_words=True
        )


def _number(found: re.Match[str], low: Folded, code: str, grammar: _Grammar) -> Statement | None:
    spelled, figures = found["spelled"], found["figures"]
    scale = _scale(found["scale"], code)
    amounts = _figures(figures, code, scale) if figures else _spelled(spelled, code)
    inner = frozenset[Decimal]()
    if found["inner"]:
        way = _figures(found["inner"], code, _scale(found["scale2"], code)) if found["inner"][0].isdigit() else None
        inner = way if way is not None else _spelled(found["inner"], code)
        inner = inner | {value * scale for value in inner if scale != 1}
    if not amounts and not inner:
        return None
    if found["half"]:
        amounts = frozenset(value + Decimal("0.5") for value in amounts)
    otherwise = bool(amounts and inner and not amounts & inner)
    all_read = code in _STEADY or not spelled or _is_all_read(low.text[: found.start()], code)
    both = amounts & inner or (inner if spelled and inner else amounts) or inner
    kind, unit = _kind(found, grammar)
    end = found.end()
    in_words = not _DIGITS.search(found.group())
    is_ordinal = bool(found["nth"]) or bool(spelled and re.split(r"[\s-]", spelled.strip())[-1] in grammar.ordinals)
    few = in_words and max(both) <= (1 if unit else 2)
    is_share = _SHARE.match(low.text, found.end()) is not None
    is_joined = not spelled and low.text[found.end() : found.end() + 1].isalpha()  # $ 1.400Any other Party
    weak = (
        few
        or is_ordinal
        or is_share
        or is_joined
        or bool(in_words and spelled and spelled.strip() in _OTHER_WORDS and not unit)
    )
    start, end = low.start(found.start()), low.end(end)
    words = low.source[start:end].strip()
    made = Statement(kind, words, start, start + len(words), both, unit)
    return replace(
        made,
        is_weak=weak,
        is_in_words=in_words,
        disagrees=otherwise and all_read,
        is_unsure=otherwise and not all_read,
    )


def _is_all_read(before: str, code: str) -> bool:
    """Whether no part of a number in words can stand unread before it: `двумястами` before `сорока`.

    A language that changes its numbers with the sentence may have forms that its pack has not; they begin alike.
    """
    pack = languages().get(code)
    if pack is None or len(pack.larger) < _MANY_NUMBERS:
        return False
    last = re.search(r"([^\W\d_]+)[\s-]*$", before[-_LONGEST_NUMBER:])
    starts = {word[:3] for word in pack.amounts() if len(word) > 2}
    return last is None or last[1].removeprefix("و" if code == "ar" else "")[:3] not in starts


def _kind(found: re.Match[str], grammar: _Grammar) -> tuple[StatementKind, str]:
    if found["percent"] or found["within"]:
        return "percentage", ""
    if found["unit"]:
        return "period", grammar.units[found["unit"].replace("\u00a0", " ")][0]
    if name := found["money"]:
        return "sum", grammar.currencies.get(name) or money.code_of(name) or name
    if sign := found["sign"]:
        return "sum", money.code_of(sign) or sign
    return "number", ""


def _scale(word: str | None, code: str) -> int:
    return _amounts(languages().get(code) or languages()["en"]).get(word, 1) if word else 1


def _spelled(words: str, code: str) -> frozenset[Decimal]:
    plain = words.strip(" -")
    if code == "en" or code not in languages():
        value = numbers.spelled(plain)
    elif code in ("ja", "zh"):
        value = numbers.han(plain)
    else:
        value = calendar.spelled(plain, languages()[code])
    return frozenset({Decimal(value)}) if value else frozenset()


def _figures(token: str, code: str, scale: int) -> frozenset[Decimal]:
    """Return the values that figures may have: `1.500` is fifteen hundred in most languages, or one and a half."""
    bare = token.replace(" ", "").replace("'", "")
    signs = [sign for sign in bare if sign in ".,"]
    found: set[str] = set()
    if not signs:
        found.add(bare)
    elif len(set(signs)) == 2:  # the last one is the decimal point
        found.add(bare.replace(signs[0], "").replace(signs[-1], "."))
    elif len(signs) > 1:
        found.add(bare.replace(signs[0], ""))
    else:
        whole, _, rest = bare.partition(signs[0])
        if len(rest) == 3:
            found.add(whole + rest)
        if len(rest) != 3 or not (code == "en" and signs[0] == ","):
            found.add(f"{whole}.{rest}")
    return frozenset(Decimal(each) * scale for each in found)


# ---------------------------------------------------------------------- ordinals


def unanswered_ordinals(
    a: Sequence[ordinals.Ordinal],
    b: Sequence[ordinals.Ordinal],
    a_states: Sequence[Statement],
    b_states: Sequence[Statement],
) -> tuple[list[ordinals.Ordinal], list[ordinals.Ordinal]]:
    """Return what is left of both when those of one value are taken away.

    An ordinal answers to a period of the same number too: `thirty days after` and `the thirtieth day after`.
    """
    left, right = list(a), list(b)
    for one in a:
        other = next((each for each in right if (each.value, each.unit) == (one.value, one.unit)), None)
        if other:
            left.remove(one)
            right.remove(other)
    return (
        [one for one in left if not _is_period(one, b_states)],
        [other for other in right if not _is_period(other, a_states)],
    )


def _is_period(one: ordinals.Ordinal, states: Sequence[Statement]) -> bool:
    return any(
        each.kind == "period" and each.unit == one.unit and Decimal(one.value) in each.amounts for each in states
    )


def pairs_of_ordinals(
    left: Sequence[ordinals.Ordinal], right: Sequence[ordinals.Ordinal]
) -> list[tuple[ordinals.Ordinal, ordinals.Ordinal]]:
    """Return those of one unit that stand in one place and have two values: as many are left on both sides."""
    pairs: list[tuple[ordinals.Ordinal, ordinals.Ordinal]] = []
    for unit in dict.fromkeys(each.unit for each in left):
        ours, theirs = ([each for each in side if each.unit == unit] for side in (left, right))
        if len(ours) == len(theirs):
            pairs += zip(ours, theirs, strict=True)
    return pairs


# ---------------------------------------------------------------------- references


@cache
def _nouns(code: str) -> tuple[tuple[StatementKind, str], ...]:
    pack = languages().get(code)
    cites = pack.cites if pack and pack.cites else {}
    kinds: tuple[tuple[StatementKind, str], ...] = (("article", "article"), ("part", "part"), ("annex", "annex"))
    if not pack or any("#" in word for word in cites.get("article", ())):
        return ()
    return tuple((kind, _either(_prefixed(cites[field], code))) for kind, field in kinds if cites.get(field))


def _prefixed(words: Iterable[str], code: str) -> list[str]:
    """Return nouns with what Arabic writes onto the front of them: `للفقرة`, `والمادة`."""
    if code != "ar":
        return [*words]
    bare = [word.removeprefix("ال") for word in words]
    return [before + word for word in dict.fromkeys(bare) for before in ("", "ال", "لل", "وال", "بال", "فال", "ولل")]


_ELEMENT = (
    r"(?:\d{1,3}(?:\.\d{1,2})*(?:er|bis|ter|quater|[a-z])?(?![\w%])|[ivxlc]{1,6}(?![\w']|\.\w)|[^\W\d](?![\w'’]))"
)
_BELOW = r"(?:\s?\(\s?(?:\d{1,2}|[^\W\d]{1,4})\s?\))*"


@cache
def _reference_pattern(code: str) -> re.Pattern[str]:
    pack = languages()[code]
    small = _either([*pack.cites.get("and", ()), *pack.cites.get("to", ())])
    joint = rf"(?:\s?[,،]\s?(?:(?:{small})\s)?|\s?[-–]\s?|\s(?:{small})\s?|\s)"
    noun = "|".join(f"(?P<{kind}>{words})" for kind, words in _nouns(code))
    ordered = pack.ordered()
    counted = _either(word for word, value in pack.counted().items() if 1 < value <= 60 or word in ordered)
    more = f"|{numbers.SPELLED}" if code == "en" else ""
    listed = rf"(?:\s?[,،]\s?|\s(?:{small})\s|\s)(?:{_either(ordered)})"
    nouns = "|".join(words for _, words in _nouns(code))
    percent = _either(pack.percent)
    spelled = rf"(?:{counted}{more})(?!\w|(?:{listed})*\s(?:{nouns})(?!\w))"
    element = rf"(?:{spelled}|(?!\d+(?:,\d+)?\s?(?:%|{percent})){_ELEMENT}\)?)"
    first = rf"(?:{element}{_BELOW}|{_BELOW.replace('*', '+')})"
    return re.compile(rf"(?<!\w)(?:{noun})(?![^\W\d])\s?(?:n[º°r]\.?\s?)?(?P<list>{first}(?:{joint}{first})*)")


def _references(low: Folded, code: str) -> Iterator[Statement]:
    if not _nouns(code):
        return
    for found in _reference_pattern(code).finditer(low.text):
        kind: StatementKind = "article" if found["article"] else "annex" if found.groupdict().get("annex") else "part"
        start, end = low.start(found.start()), low.end(found.end())
        words = low.source[start:end]
        shouted = words.isupper()
        for piece in re.finditer(r"\(?\s?(?P<piece>\d+(?:\.\d+)*|[^\W\d_]+)\s?\)?", found["list"]):
            at = low.start(found.start("list") + piece.start("piece"))
            capital = not shouted and len(piece["piece"]) == 1 and low.source[at : at + 1].isupper()
            yield from _member(piece, kind, (words, start, start + len(words)), code, is_capital=capital)


def _member(
    piece: re.Match[str], kind: StatementKind, whole: tuple[str, int, int], code: str, *, is_capital: bool = False
) -> Iterator[Statement]:
    """Yield the statements of one member of a list: `4.2` is an article and a paragraph, `(a)` a letter.

    A capital among small letters is a letter, not a word of one: `Anexo A`, where `a` is a preposition.
    """
    token = piece["piece"]
    bracketed = piece.group().startswith("(") or piece.group().rstrip().endswith(")")
    if token[0].isdigit():
        first, *below = token.split(".")
        own: StatementKind = "part" if bracketed and kind == "article" else kind
        yield _pointed(own, Decimal(first), whole)
        for each in below:
            yield _pointed("part", Decimal(each), whole)
        return
    pack = languages()[code]
    if not (bracketed or is_capital) and token in _small_words(code):
        return
    spelled = pack.counted().get(token) or (numbers.spelled(token) if code == "en" else None)
    if spelled:
        yield _pointed(kind, Decimal(spelled), whole)
    elif kind == "article" and not bracketed and (roman := numbers.roman(token)):
        yield _pointed(kind, Decimal(roman), whole)
    elif (place := letter_place(token)) and (place <= _MOST_LETTER or kind == "annex"):
        yield _pointed("annex" if kind == "annex" else "letter", Decimal(place), whole, weak=kind != "annex")
    elif kind in ("annex", "part") and (roman := numbers.roman(token)):
        yield _pointed("annex" if kind == "annex" else "letter", Decimal(roman), whole, weak=True)


@cache
def _small_words(code: str) -> frozenset[str]:
    cites = languages()[code].cites
    return frozenset(fold(word) for field in ("and", "to", "of") for word in cites.get(field, ()))


def _pointed(kind: StatementKind, value: Decimal, whole: tuple[str, int, int], *, weak: bool = False) -> Statement:
    return Statement(kind, *whole, frozenset({value}), is_weak=weak)


def _ordinal_references(low: Folded, code: str) -> Iterator[Statement]:
    """Yield references whose number stands before their noun: `het tweede lid`, `the second paragraph`."""
    if not _nouns(code):
        return
    for found in _before_noun(code).finditer(low.text):
        kind: StatementKind = "article" if found["article"] else "part"
        start, end = low.start(found.start()), low.end(found.end())
        for word in re.findall(r"\d+|[^\W\d]+", found["list"]):
            value = languages()[code].counted().get(word) or (numbers.spelled(word) if code == "en" else None)
            value = int(word) if word.isdigit() else value
            if value:
                yield _pointed(kind, Decimal(value), (low.source[start:end], start, end), weak=code == "en")


@cache
def _before_noun(code: str) -> re.Pattern[str]:
    pack = languages()[code]
    nouns = dict(_nouns(code))
    ordered = _either([*pack.ordered(), *(numbers.ORDINALS if code == "en" else ())])
    element = rf"(?:(?:{ordered})(?!\w)|\d{{1,2}}{_NTH[:-1]})"
    small = _either([*pack.cites.get("and", ()), *pack.cites.get("to", ())])
    joint = rf"(?:\s?,\s?|\s(?:{small})\s(?:het\s|de\s|la\s|le\s|the\s)?)"
    return re.compile(
        rf"(?<!\w)(?P<list>{element}(?:{joint}{element})*)\s"
        rf"(?:(?P<article>{nouns['article']})|(?:{nouns.get('part', '(?!)')}))(?!\w)"
    )


# ---------------------------------------------------------------------- names


def states_named(text: str, code: str, *, doubtful: bool = False) -> list[Named]:
    """Return the States that `text` names, but for those in the name of a currency: `dollars des États-Unis`.

    With `doubtful` those too whose name may be a common word where it stands (see `languages.names.states_in`).
    """
    sums = [(each.start, each.end) for each in stated(text, code) if each.kind == "sum"]
    found = states_in(text, code, doubtful=doubtful)
    return [n for n in found if not any(s <= n.start < e for s, e in sums)]


def is_proven_name(words: str) -> bool:
    """Whether `words` taken for a State are no common word in capitals: they have a small letter, or are several.

    Where a script has no capitals all are as they are written.
    """
    return not words.isupper() or len(words.split()) > 1 or len(words) <= _INITIALS


def tongues_named(text: str, code: str) -> set[str]:
    """Return the languages that a closing names as those of its texts.

    The name of a State is none (`Kingdom of the Netherlands`), nor is the text that prevails (`the English text shall
    prevail`) one of a list.
    """
    apart = [*((n.start, n.end) for n in states_in(text, code)), *authentic.said_in(text, code).spans]
    found = [n for n in tongues_in(text, code) if not any(s <= n.start < e for s, e in apart)]
    return {n.code for n in found or tongues_in(text, code)}


def unread_tongue(text: str, code: str) -> str:
    """Return the word in a list of languages that stands where one is named and is none that is known, else nothing."""
    named = tongues_in(text, code)
    nouns = [fold(word) for word in languages()[code].tongue_nouns]
    if not nouns:
        return ""
    for before, after in pairwise(named):
        gap = text[before.end : after.start]
        words = re.findall(r"[^\W\d_]{4,}", gap)
        if len(gap) <= _LISTED and len(words) == 1 and not re.search(r"[.;:\n]", gap) and not _is_noun(words[0], nouns):
            return str(words[0])
    for last in named:
        found = _LAST_TONGUE.match(text, last.end)
        if found and fold(found["joint"]) in _joints(code) and not _is_noun(found["word"], nouns):
            ends = text[found.end() :].lstrip()
            if not tongues_in(found["word"], code) and (not ends or ends[0] in ",.;)" or _is_noun(ends, nouns)):
                return str(found["word"])
    return ""


@cache
def _joints(code: str) -> frozenset[str]:
    pack = languages()[code]
    return frozenset(fold(word) for word in (*pack.joins, *pack.cites.get("and", ()), *(("and",) * (code == "en"))))


def _is_noun(word: str, nouns: Iterable[str]) -> bool:
    return any(fold(word).startswith(noun) for noun in nouns)


def roots(text: str) -> frozenset[str]:
    """Return the first letters of all longer words of `text`."""
    return frozenset(fold(word)[:_NAME_ROOT] for word in re.findall(r"[^\W\d_]{4,}", text))


def name_roots(text: str) -> dict[str, str]:
    """Return the names that stand behind a preposition, by their first letters, which translations keep."""
    return {fold(found["name"])[:_NAME_ROOT]: found["name"] for found in _NAME.finditer(text)}


@cache
def _common_roots() -> frozenset[str]:
    """Return the first letters of what is no name though it has a capital: nouns for agreements, forms of State."""
    words = (word for pack in languages().values() for word in (*pack.instruments, *pack.realms))
    return frozenset(fold(part)[:_NAME_ROOT] for word in words for part in word.split())


def is_common(word: str) -> bool:
    """Whether a word with a capital is a noun for agreements or a form of State, and no name."""
    return fold(word)[:_NAME_ROOT] in _common_roots()


def shared_names(a: str, b: str, a_words: str, b_words: str) -> frozenset[str]:
    """Return the first letters of names that both texts have, and neither has as a common word."""
    common = {
        fold(word)[:_NAME_ROOT]
        for text in (a_words, b_words)
        for word in re.findall(r"\b[^\W\d_A-Z][^\W\d_]{3,}", text)
    }
    return frozenset((name_roots(a).keys() & roots(b)) | (name_roots(b).keys() & roots(a))) - common - _common_roots()
