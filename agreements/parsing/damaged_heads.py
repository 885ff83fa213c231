"""Heads and numbers that a scan or a misprint has damaged, set right by the sequence that they stand in.

Three kinds: a number misread (`Article II1`), where the cheapest way through all heads of a kind wins; a head that is
missing where the numbers leave one out (`| ARTICLE XII`, `ARTIICLE IV`), sought between its neighbours alone; the first
number of a list read as a letter (`l.` before `2.`). Each is told with what was printed; no stored words are touched
but those of a line that is a head.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from agreements.findings import Finding, info, warning
from agreements.language import numbers
from agreements.ooxml.numerals import numeral
from agreements.parsing.heads import Head, head_of, is_heading
from agreements.parsing.markers import number_marker
from agreements.parsing.spans import without
from agreements.reading import Block

_WORDS = ("article", "section", "chapter", "part")
_LINE = re.compile(r"(?P<word>[^\W\d_][\w|!]{3,8})\.?[ \u00a0]+(?P<rest>\S.{0,120})")
_SIGN = r"[0-9IVXLCDMOQTYUHNJSZBGEFivxlcdmtjoszbgqrfy|!\[\]()/\\]"
_TOKEN = re.compile(rf"{_SIGN}{{1,7}}")
_NTH = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_LIKELY = frozenset("0123456789IVXLil|!")
_AS_ROMAN = str.maketrans(
    {
        **dict.fromkeys("l1|!i[]()/\\JjTtrfF", "I"),
        "v": "V",
        "x": "X",
        "y": "V",
        "Y": "V",
        "H": "II",
        "U": "II",
        "N": "II",
    }
)
_AS_DIGITS = str.maketrans(
    {**dict.fromkeys("lI|!i[]()/\\", "1"), **dict.fromkeys("OoQ", "0"), **dict.fromkeys("Ss", "5"), "B": "8",
     **dict.fromkeys("Zz", "2"), **dict.fromkeys("Gb", "6"), **dict.fromkeys("gq", "9")}
)  # fmt: skip
_LIKE_A_WORD = 0.75  # share of the letters of the word for a head that are as they should be
_PARTS = 4  # pieces that a sign may be broken into
_FEW_LETTERS = 4  # at most one head in so many can be a digit misread as a letter
_LARGEST = 400
# What it costs to believe that ...
_MISREAD = 1.1  # a well-formed number is another one, for each letter that differs
_NOISE, _NOISE_LETTER = 0.1, 0.5  # a sign that is no number is this one, and for each letter that differs besides
_JUMP = 1.0  # the numbers start again, or leave one out
_BACK = 2.0  # they go back
_NO_HEAD = 2.0  # the line is no head at all
_MISSPELT = 1.5  # the word is one for a head, where letters are not known to be wrong: only where the numbers go on
_FURTHEST = 2  # letters that may differ


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be a head: its block, word, the sign after it, the heading after that, and the sign's value."""

    index: int
    word: str
    token: str
    heading: str
    value: int | None
    exact: bool  # whether the word is as it should be
    free: bool  # whether the value may be another one than it says


def repaired(blocks: Sequence[Block], recognised: frozenset[int]) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with the numbers of misread heads as automatic numbers, and a finding for each.

    On the pages in `recognised` also well-formed numbers are set right where the sequence shows that they were
    misread; elsewhere only signs that are no numbers are: treaties have misprints, and these are kept.
    """
    out = list(blocks)
    findings = []
    found = [c for i, block in enumerate(blocks) if (c := _candidate(i, block, recognised)) is not None]
    for word in _WORDS:
        same = _without_letters([c for c in found if c.word == word])
        if not any(c.free or c.value is None for c in same):
            continue
        roman = sum(not c.token.isdigit() for c in same) * 2 > len(same)
        for candidate, value in zip(same, _best(same, roman=roman), strict=True):
            if value is None or (value == candidate.value and candidate.exact):
                continue
            block = blocks[candidate.index]
            head = f"{candidate.word.capitalize()} {numeral(value, 'upperRoman') if roman else value}"
            out[candidate.index] = replace(block, number=head, text=candidate.heading, marks=())
            where = f"page {block.page}" if block.page else head
            findings.append(info("number-misread", where, f"“{block.text}” is taken for {head}, by the sequence."))
    return out, tuple(findings)


def _without_letters(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Leave out heads with letters where these are many or follow each other: `Part B` goes on `Part A`."""
    lettered = [c.value is None and len(c.token) == 1 and c.token.isupper() for c in candidates]
    if sum(lettered) * _FEW_LETTERS >= len(candidates):
        return [c for c, letter in zip(candidates, lettered, strict=True) if not letter]
    around = zip([False, *lettered[:-1]], [*lettered[1:], False], strict=True)
    alone = [not (letter and any(sides)) for letter, sides in zip(lettered, around, strict=True)]
    return [c for c, keep in zip(candidates, alone, strict=True) if keep]


def _candidate(index: int, block: Block, recognised: frozenset[int]) -> _Candidate | None:
    if block.number or block.kind in ("table", "footnote", "list") or len(block.text) > 160:
        return None
    line = _LINE.fullmatch(block.text)
    word = _word(line["word"]) if line else None
    if not line or word is None:
        return None
    found = _split(line["rest"].replace("\u00a0", " "))
    if found is None:
        return None
    token, heading = found
    bare = token.strip("()[]") if token[0] + token[-1] in ("()", "[]") else token
    nth = _NTH.fullmatch(bare)
    well_formed = bare.isdigit() or (
        not nth and bare.isalpha() and (bare.isupper() or (bare.islower() and bare != "l"))
    )
    value = int(nth[1]) if nth else numbers.number(bare) if well_formed else None
    exact, free = line["word"].lower() == word, block.page in recognised
    if not free and not (value or _LIKELY & set(token)):
        return None
    if not (free or exact) and (line["word"][0].lower() != word[0] or line["word"].lower().endswith("s")):
        return None  # `Articles 5`
    return _Candidate(index, word, token, heading, value, exact=exact, free=free)


def _word(printed: str) -> str | None:
    low = printed.lower()
    if low in _WORDS:
        return low
    near = [w for w in _WORDS if len(w) > 5 and Levenshtein.normalized_similarity(low, w) >= _LIKE_A_WORD]
    return near[0] if near and printed[0].isupper() else None


def _split(rest: str) -> tuple[str, str] | None:
    """Return the sign that `rest` opens with (`XVlI l` may be one) and the heading after it, None where neither is."""
    words = rest.split(" ")
    for count in range(min(_PARTS, len(words)), 0, -1):
        parts = " ".join(words[:count]).rstrip(".:,").split(" ")
        after = " ".join(words[count:]).lstrip(".:,–— ")
        if all(_TOKEN.fullmatch(part) for part in parts) and _stands_alone(after):
            return " ".join(parts), after
    return None


def _stands_alone(after: str) -> bool:
    return not after or (is_heading(after) and after[0].isupper())


# ---------------------------------------------------------------------- the sequence


def _best(candidates: Sequence[_Candidate], *, roman: bool) -> list[int | None]:
    """Return the value of each candidate on the cheapest way through all of them, None where one is no head."""
    ways: dict[int, tuple[float, list[int | None]]] = {0: (0.0, [])}
    for candidate in candidates:
        following: dict[int, tuple[float, list[int | None]]] = {}
        for last, (cost, values) in ways.items():
            for value, price in _options(candidate, last, roman=roman).items():
                total = cost + price + (0.0 if value is None else _step(last, value))
                here = last if value is None else value
                if here not in following or total < following[here][0]:
                    following[here] = (total, [*values, value])
        ways = following
    return min(ways.values(), key=lambda way: way[0])[1]


def _step(last: int, value: int) -> float:
    if value == last + 1:
        return 0.0
    return _JUMP if value > last or value == 1 else _BACK


def _options(candidate: _Candidate, last: int, *, roman: bool) -> dict[int | None, float]:
    """Return the values that a head may have after `last`, and what it costs to believe them."""
    options: dict[int | None, float] = {None: _NO_HEAD}
    word = 0.0 if candidate.exact or candidate.free else _MISSPELT
    if candidate.value is None or candidate.free:
        for value in {last + 1, last + 2, 1}:
            differs = _difference(candidate.token, value, roman=roman)
            if value <= _LARGEST and differs <= min(_FURTHEST, len(candidate.token.replace(" ", ""))):
                known = candidate.value is not None
                options[value] = word + (_MISREAD * differs if known else _NOISE + _NOISE_LETTER * differs)
    if candidate.value is not None:
        options[candidate.value] = word
    return options


def _difference(token: str, value: int, *, roman: bool) -> int:
    """Return in how many letters `token` differs from `value`, signs that look alike taken for the same."""
    bare = token.replace(" ", "")
    if roman:
        return Levenshtein.distance(bare.translate(_AS_ROMAN), numeral(value, "upperRoman"))
    digits = bare.translate(_AS_DIGITS)
    return Levenshtein.distance(digits, str(value)) if len(digits) == len(str(value)) else _FURTHEST + 1


# ---------------------------------------------------------------------- heads that are missing


_DAMAGED = re.compile(
    r"(?P<before>[^\w]{0,4}(?:\w{1,3}[^\w]{1,3}){0,3})(?P<word>[^\W\d_][\w|!]{2,11}+)[.,:;]?(?P<gap>[ \u00a0]*)"
    r"(?P<number>[0-9IVXLCDMivxlcdm|!l1]{1,8})[.,:;)\]”\"']{0,3}(?![\w])(?P<rest>.{0,120})"
)
_LONGEST = 160  # characters of a line that may be a head
_AS_NUMBER = str.maketrans({"|": "I", "!": "I"})
_AS_ROMAN_HEAD = str.maketrans({"|": "I", "!": "I", "l": "I", "1": "I"})


@dataclass(frozen=True, slots=True)
class _Known:
    """A head that was read: the block it stands on, the word as printed and its value; whether figures are Roman."""

    index: int
    word: str
    value: int
    roman: bool


def filled(blocks: Sequence[Block]) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with the damaged heads that fill a hole as automatic numbers, and a finding for each."""
    out = list(blocks)
    findings = []
    for at, line, known, value in _missing(blocks):
        block = blocks[at]
        number = numeral(value, "upperRoman") if known.roman else str(value)
        head = f"{known.word} {number}"
        out[at] = replace(block, number=head, text=line["rest"].strip(' .:–—-*_”"'), marks=())
        where = f"page {block.page}" if block.page else head
        message = f"“{block.text}” is taken for {head}, which the numbers of the heads ask for here."
        findings.append(warning("head-damaged", where, message, "Compare it with the source."))
    return out, tuple(findings)


def _missing(blocks: Sequence[Block]) -> Iterator[tuple[int, re.Match[str], _Known, int]]:
    """Yield each line that fills a hole, with the head before or after the hole and the number it is taken for."""
    heads = {i: head for i, block in enumerate(blocks) if (head := head_of(block)) and head.certain}
    for kind in ("article", "section", "chapter"):
        known = [_known(i, blocks[i], head) for i, head in heads.items() if head.kind == kind and head.value]
        if len(known) < 2:
            continue
        roman = sum(each.roman for each in known) * 2 > len(known)
        sequence = [each for each in known if each.roman == roman]
        for before, after in zip([None, *sequence], [*sequence, None], strict=True):
            yield from _between(blocks, before, after, heads)


def _known(index: int, block: Block, head: Head) -> _Known:
    words = (block.number or block.text).lstrip(" *_").split(" ")
    return _Known(index, words[0].rstrip("."), head.value or 0, not any(map(str.isdigit, head.number or "")))


def _between(
    blocks: Sequence[Block], before: _Known | None, after: _Known | None, heads: dict[int, Head]
) -> Iterator[tuple[int, re.Match[str], _Known, int]]:
    near = before or after
    if near is None:
        return
    wanted, last = (before.value + 1 if before else 1), (after.value - 1 if after else _LARGEST)
    for i in range(before.index + 1 if before else 0, after.index if after else len(blocks)):
        if wanted > last:
            return
        block = blocks[i]
        if i in heads or block.number or len(block.text) > _LONGEST or block.kind in ("table", "footnote"):
            continue
        found = _DAMAGED.match(block.text)
        if found and _is_like(found, near, wanted):
            yield i, found, near, wanted
            wanted += 1


def _is_like(found: re.Match[str], near: _Known, value: int) -> bool:
    """Whether the line is a head like `near` with the number `value`, but for a few letters."""
    word, rest = found["word"], found["rest"].strip(' .:–—-*_”"')
    broken = "".join(filter(str.isalpha, found["before"])) + word  # a blank stands in the word: `AR TICLE`
    if broken.lower() == near.word.lower():
        word = broken
    if word[0].islower() or _in_capitals(word) != _in_capitals(near.word) or any(c.islower() for c in found["before"]):
        return False
    if Levenshtein.normalized_similarity(word.lower(), near.word.lower()) < _LIKE_A_WORD:
        return False
    if rest and not (is_heading(rest) and rest[0].isupper()):
        return False
    number = found["number"]
    if near.roman:
        return numbers.roman(number.translate(_AS_ROMAN_HEAD)) == value
    return str(value) == number.translate(_AS_NUMBER)


def _in_capitals(word: str) -> bool:
    return sum(map(str.isupper, word)) * 2 > len(word)


# ---------------------------------------------------------------------- the first number of a list


_LIKE_ONE = re.compile(r"(?P<open>\(?)(?P<letter>[lI|!])(?P<close>[.)])[ \u00a0]+(?=[A-Z“\"(])")


def set_right(blocks: Sequence[Block], source: str) -> tuple[list[Block], tuple[Finding, ...]]:
    """Return `blocks` with such numbers as automatic ones, and a finding for each.

    A letter is a misread one only where the next number of the same article is two, in the same brackets, and no
    letter or Roman number stands before or after it.
    """
    out = list(blocks)
    findings = []
    for i, block in enumerate(blocks):
        found = _LIKE_ONE.match(block.text) if not block.number and block.kind == "paragraph" else None
        if not found or not _before_two(blocks, i, found["open"] + "2" + found["close"]):
            continue
        number = f"{found['open']}1{found['close']}"
        out[i] = replace(without(block, found.end(), source), number=number, start=block.start)
        where = f"page {block.page}" if block.page else number
        message = f"“{found.group().strip()}” is taken for {number}, by the sequence."
        findings.append(info("number-misread", where, message))
    return out, tuple(findings)


def _before_two(blocks: Sequence[Block], at: int, two: str) -> bool:
    for block in blocks[at + 1 :]:
        if head_of(block):
            return False
        if marker := number_marker(block):
            if marker.printed == two:
                return True
            if marker.readings[0][1] != 1 and marker.shape[0] != "(":  # a list of its own may stand between
                return False
    return False
