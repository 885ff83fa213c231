"""Lines that open with a head, in every language: `Article VII`, `5. cikk`, `Artículo primero`, `第一条`, `§ 3`.

Only words are looked at here; whether a line is a head or running text is decided where its look and its place among
others are known (`agreements.parsing.heads`). Most lines are told by their first word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from agreements.language import numbers
from agreements.languages.packs import KINDS, fold, languages

_MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0e31-\u0e3a\u0e47-\u0e4e"  # written over or under letters
_LETTER = rf"[^\W\d_{_MARKS}]"
_WORD = re.compile(rf"(?:{_LETTER}[’'{_MARKS}]*)+|§{{1,2}}")
_BIS = r"(?i:bis|ter|quater|quinquies|sexies|septies|octies|novies|decies)"
_ENDING = rf"(?:[ \u00a0-]?{_BIS}\b|(?:st|nd|rd|th|er|re|e|ste|de)\b|\.?[º°ª]|-?[а-я]{{1,2}}\b|[A-Za-z])?(?!\w)"
_FIGURE = (
    rf"(?:\d{{1,4}}(?:[./-]\d{{1,3}})*{_ENDING}|[IVXLCDM]{{1,8}}(?:[./-]\d{{1,3}})*{_ENDING}|[ivxl]{{1,7}}(?![\w'’]))"
)
_NUMBER = re.compile(rf"(?P<open>[(\[]?)(?P<figure>{_FIGURE}|[A-Z](?![\w.]\w))[)\]]?(?!\w)")
_BEFORE_NUMBER = re.compile(r"\.?[*_\s\u00a0]*+(?:[–—-][\s\u00a0]*+)?(?:(?:[Nn][Oo]\.|[Nn][º°r]\.?|№)[\s\u00a0]*+)?")
_FIRST = re.compile(
    r"(?P<number>(?:\d{1,4}|[IVXLCDM]{1,8}))(?P<nth>(?:st|nd|rd|th|er|re|e)\b|\.?[º°ª])?\.?[ \u00a0]{0,2}"
    rf"(?P<word>(?:{_LETTER}[{_MARKS}]*)+|§)"
)
_DIGITS = re.compile(r"\d+")
_ADDED = re.compile(rf"[ \u00a0-]?{_BIS}$")  # to the number of what stood before it
_GEORGIAN = re.compile("[\u10d0-\u10ff]")  # small letters all
_ROMAN = frozenset("IVXLCDM")
_LONGEST = 3  # words of a spelled number


@dataclass(frozen=True, slots=True)
class HeadWords:
    """A head at the start of a line: its kind, and its number as printed, with its value where it has one.

    `label` is the word (`Art.`) or, where the number does not follow it, the form with `#` in place of the number
    (`#. cikk`, `第#条`, `# Article`); None where it is the usual word of the kind. `word` are the characters of the
    word, `at` is where what follows the head begins. `codes` are the languages that print such a head. `capital` says
    that the word opens with a capital letter, or is of a script that has none.
    """

    kind: str
    number: str | None
    value: int | None
    label: str | None
    word: str
    at: int
    codes: frozenset[str]
    capital: bool = True


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The words of heads of all languages, folded: word -> kind, and word -> languages that have it.

    `after` are words that stand behind their number (`cikk`), `signs` a pattern of forms that hold their number, with
    the kind of each (`第#条`), `counted` the numbers in words of each language, `ordered` the ordinal ones, `first` the
    first words of those.
    """

    kinds: dict[str, str]
    codes: dict[str, frozenset[str]]
    after: dict[str, str]
    signs: re.Pattern[str]
    sign_kinds: dict[tuple[str, str], str]
    sign_codes: dict[str, set[str]]
    sign_first: frozenset[str]
    counted: dict[str, Mapping[str, int]]
    ordered: dict[str, Mapping[str, int]]
    first: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    kinds: dict[str, str] = {}
    codes: dict[str, set[str]] = {}
    after: dict[str, str] = {}
    signs: dict[tuple[str, str], str] = {}
    sign_codes: dict[str, set[str]] = {}
    for code, kind, form in _forms():
        before, place, behind = form.partition("#")
        if not place:
            kinds.setdefault(fold(form), kind)
            codes.setdefault(fold(form), set()).add(code)
        elif before.strip():
            signs.setdefault((before.strip(), behind.strip()), kind)
            sign_codes.setdefault(before.strip(), set()).add(code)
        else:
            after.setdefault(fold(behind.lstrip(". ")), kind)
            codes.setdefault(fold(behind.lstrip(". ")), set()).add(code)
    counted = {code: language.counted() for code, language in languages().items()}
    ordered = {code: language.ordered() for code, language in languages().items()}
    first = frozenset(re.split(r"[ -]", way)[0] for ways in ordered.values() for way in ways)
    openings = "|".join(sorted({re.escape(a) for a, _ in signs}))
    closings = "|".join(sorted({re.escape(b) for _, b in signs}, key=lambda b: (-len(b), b)))
    pattern = re.compile(
        rf"(?P<open>{openings})[ \u00a0\u3000]?(?P<number>[{numbers.HAN}]+|\d{{1,4}})[ \u00a0\u3000]?"
        rf"(?P<close>{closings})(?P<bis>[の之][{numbers.HAN}\d]{{1,3}})?"
    )
    sealed = {word: frozenset(found) for word, found in codes.items()}
    starts = frozenset(before[0] for before, _ in signs)
    return _Lexicon(kinds, sealed, after, pattern, signs, sign_codes, starts, counted, ordered, first)


def _forms() -> Iterator[tuple[str, str, str]]:
    for code, language in languages().items():
        for kind in KINDS:
            for form in language.heads(kind):
                yield code, kind, form


@lru_cache(maxsize=4096)  # lines open with the same words over and over
def _known(word: str) -> tuple[str, bool]:
    """Return `word` folded, and whether a head may open with it."""
    lexicon, low = _lexicon(), fold(word)
    return low, low in lexicon.kinds or low in lexicon.first


def head_words(text: str, start: int = 0) -> HeadWords | None:
    """Return the head that stands in `text` at `start`, or None. Asterisks and blanks before it do not count."""
    while text[start : start + 1] in ("*", "_", " ", "\u00a0", "\t"):
        start += 1
    first, lexicon = text[start : start + 1], _lexicon()
    if first in lexicon.sign_first:
        return _sign(text, start)
    if first.isdigit() or first in _ROMAN:
        found = _number_first(text, start)
        if found or first.isdigit():
            return found
    word = _WORD.match(text, start)
    if not word:
        return None
    low, known = _known(word.group())
    found = _after_word(text, word, low) if known and low in lexicon.kinds else None
    return found or (_spelled_first(text, start) if known and low in lexicon.first else None)


def _after_word(text: str, word: re.Match[str], low: str) -> HeadWords | None:
    """Return the head whose word is followed by its number: in figures, in letters or in words."""
    lexicon, kind, between = _lexicon(), _lexicon().kinds[low], _BEFORE_NUMBER.match(text, word.end())
    at = between.end() if between else word.end()
    stop = "." if text[word.end() : word.end() + 1] == "." else ""
    label = None if low == kind else word.group() + stop
    capital = not word.group()[0].islower() or _GEORGIAN.match(word.group()) is not None
    for code in sorted(lexicon.codes[low]):
        if at > word.end() and (spelled := _spelled(text, at, code)):
            end, value = spelled
            spoken = frozenset(c for c in lexicon.codes[low] if _key_value(text[at:end], c) == value)
            return HeadWords(kind, text[at:end], value, label, word.group(), end, spoken, capital)
    number = _NUMBER.match(text, at)
    if not number or (at == word.end() and low != "§"):
        return None
    figure = number["figure"]
    closed = number.group()[-1:] in ")]" and not number["open"]
    end = number.end() - closed
    if figure.isalpha() and figure.islower() and numbers.roman(figure) is None:
        return None
    return HeadWords(kind, text[at:end], value_of(figure), label, word.group(), end, lexicon.codes[low], capital)


def _number_first(text: str, start: int) -> HeadWords | None:
    """Return the head whose number stands before its word: `5. cikk`, `1st Article`, `2 §`."""
    found = _FIRST.match(text, start)
    if not found:
        return None
    lexicon, low = _lexicon(), fold(found["word"])
    kind = lexicon.after.get(low) or (lexicon.kinds.get(low) if found["nth"] else None)
    if kind is None or text[found.end() : found.end() + 1].isalnum():
        return None
    number = found["number"] + (found["nth"] or "")
    label = f"#{text[found.start() + len(number) : found.end()]}"
    return HeadWords(kind, number, value_of(found["number"]), label, found["word"], found.end(), lexicon.codes[low])


def _spelled_first(text: str, start: int) -> HeadWords | None:
    """Return the head whose number stands before its word, in words: `First Article`, `Harmadik cikk`."""
    lexicon = _lexicon()
    words = _words(text, start, _LONGEST)
    for count in range(1, len(words)):
        low = fold(words[count].group())
        if low not in lexicon.codes:
            continue
        number = text[start : words[count - 1].end()]
        spelled = fold(number.replace("\u00a0", " "))
        for code in sorted(lexicon.codes[low]):
            if value := lexicon.ordered[code].get(spelled):
                kind = lexicon.kinds.get(low) or lexicon.after[low]
                end = words[count].end()
                label = f"#{text[words[count - 1].end() : end]}"
                return HeadWords(
                    kind, number, value, label, words[count].group(), end, frozenset((code,)), not number[0].islower()
                )
    return None


def _spelled(text: str, at: int, code: str) -> tuple[int, int] | None:
    """Return where the number in words at `at` ends and its value, None where none stands there."""
    words = _words(text, at, _LONGEST)
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        if value := _key_value(text[at:end], code):
            return end, value
    return None


def _key_value(spelled: str, code: str) -> int | None:
    key = fold(spelled.replace("\u00a0", " "))
    return _lexicon().counted[code].get(key) or (numbers.spelled(key) if code == "en" else None)


def _words(text: str, start: int, most: int) -> list[re.Match[str]]:
    """Return up to `most` words that follow each other from `start` on, with a blank or a hyphen between."""
    found: list[re.Match[str]] = []
    at = start
    while len(found) < most and (word := _WORD.match(text, at)):
        found.append(word)
        at = word.end()
        if text[at : at + 1] not in (" ", "\u00a0", "-"):
            break
        at += 1
    return found


def _sign(text: str, start: int) -> HeadWords | None:
    lexicon = _lexicon()
    found = lexicon.signs.match(text, start)
    if not found:
        return None
    kind = lexicon.sign_kinds.get((found["open"], found["close"]))
    if kind is None:
        return None
    end = found.end() if found["bis"] else found.end("number")  # `第二条の二` is another article than `第二条`
    number, label = (
        text[found.start("number") : end],
        f"{text[start : found.start('number')]}#{text[end : found.end()]}",
    )
    return HeadWords(
        kind,
        number,
        value_of(found["number"]),
        label,
        found["close"],
        found.end(),
        frozenset(lexicon.sign_codes[found["open"]]),
    )


def value_of(number: str) -> int | None:
    """Return the value of a number in figures of any script, Roman or Chinese; that of its last part (`7.2`: 2)."""
    if number and all(c in numbers.HAN for c in number):
        return numbers.han(number)
    last = re.split(r"[./-](?=\d)", number)[-1]
    digits = _DIGITS.match(last)
    if digits:
        return int(digits.group())
    bare = _ADDED.sub("", last)
    return numbers.roman(bare) or numbers.roman(bare[:-1])
