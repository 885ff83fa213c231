"""Automatic numbers as Word shows them, computed from `numbering.xml` and `styles.xml` (ISO/IEC 29500-1, 17.9).

Numbers are not stored in a Word file: each numbered paragraph names a list and a level, directly or through its
style, and the reader counts. Lists that share an abstract list count on together; a start override restarts the
count where its list is first used.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from agreements.ooxml.numerals import LARGEST_ROMAN, numeral, whole
from agreements.ooxml.stylesheet import is_on, look_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE, _LIST_LOOK, _LIST, _LEVEL, _VALUE = (f"{W}{tag}" for tag in ("pStyle", "numPr", "numId", "ilvl", "val"))
_PLACE = re.compile(r"%([1-9])")
_FORMATS = frozenset(("lowerLetter", "upperLetter", "lowerRoman", "upperRoman"))
_ONES: tuple[str, ...] = tuple(
    re.findall(
        r"\w+",
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
    )
)
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LARGEST_WORD = 99
_LARGEST_LETTER = 780  # aaa... thirty letters wide: a list that says more means something else
_SEQUENCES: dict[str, str] = {  # ISO/IEC 29500-1, 17.18.59: the signs of a form that counts by a sign for each number
    "decimalEnclosedCircle": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedCircleChinese": "".join(map(chr, range(0x2460, 0x2474))),
    "decimalEnclosedParen": "".join(map(chr, range(0x2474, 0x2488))),
    "decimalEnclosedFullstop": "".join(map(chr, range(0x2488, 0x249C))),
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "ganada": "가나다라마바사아자차카타파하",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "chicago": "*†‡§",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "aiueo": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
}
_DIGITS: dict[str, str] = {  # those that write each figure in signs of their own
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
}
_HAN = "〇一二三四五六七八九十"
_COUNTED: dict[str, str] = {  # figures, and the sign for ten: 十二 is twelve
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting"), _HAN),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand"), _HAN),
    **dict.fromkeys(("koreanCounting", "koreanDigital2"), "영일이삼사오육칠팔구십"),
}
_DECIMAL = frozenset(("", "decimal", "decimalHalfWidth"))


@dataclass(frozen=True, slots=True)
class Numbered:
    """What Word shows before a paragraph: its number (empty for a bullet or a hidden one), the level, 0 outermost."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    restart: int | None  # after which level (1 outermost) counting starts again; None: after any higher one
    legal: bool
    style: str
    hidden: bool


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    abstract: _Abstract
    levels: dict[int, _Level]  # those that the list replaces
    starts: dict[int, int]
    used: set[int] = field(default_factory=set)


class ListCounter:
    """Counts the numbered paragraphs of one story (body, notes) in reading order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        for style in [] if styles is None else styles.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = identifier
        self._lists: dict[str, _List] = {}
        self._places: dict[tuple[str, str, str], tuple[_List, int] | None] = {}
        if numbering is not None:
            self._load(numbering)

    def number(self, paragraph: etree._Element) -> Numbered | None:
        """Count `paragraph` and return what is shown before it, None when it is not numbered."""
        where = self._place(paragraph)
        if where is None:
            return None
        current, level = where
        form = self._level(current, level)
        if form is None:
            return None
        self._count(current, level)
        if form.form in ("bullet", "none") or form.hidden or not form.pattern:
            return Numbered("", level)
        return Numbered(self._shown(current, form), level)

    def level(self, paragraph: etree._Element) -> int | None:
        """Return the level of `paragraph` in its list without counting it, None when it is not numbered."""
        where = self._place(paragraph)
        return None if where is None or self._level(*where) is None else where[1]

    def form(self, paragraph: etree._Element) -> str:
        """Return how the numbers at the level of `paragraph` are written and where they begin, empty for no number.

        Two paragraphs of two files with the same form and the same paragraphs before them show the same number.
        """
        where = self._place(paragraph)
        found = None if where is None else self._level(*where)
        if where is None or found is None or found.hidden or found.form in ("bullet", "none"):
            return ""
        return f"{found.form} {found.pattern} {self._start(*where)} {found.restart} {found.legal}"

    # ------------------------------------------------------------------ which list

    def _place(self, paragraph: etree._Element) -> tuple[_List, int] | None:
        said = self._said(look_of(paragraph))
        if said not in self._places:  # a text has a few dozen at most
            self._places[said] = self._placed(*said)
        return self._places[said]

    def _said(self, own: etree._Element | None) -> tuple[str, str, str]:
        """Return style, list and level that a paragraph itself names, in one pass: it is asked of every paragraph."""
        style, identifier, level = self._default, "", ""
        for child in () if own is None else own:
            tag = child.tag
            if tag == _STYLE:
                style = child.get(_VALUE) or self._default
            elif tag == _LIST_LOOK:
                for each in child:
                    if each.tag == _LIST:
                        identifier = each.get(_VALUE, "")
                    elif each.tag == _LEVEL:
                        level = each.get(_VALUE, "")
        return style, identifier, level

    def _placed(self, style: str, list_id: str, level: str) -> tuple[_List, int] | None:
        if not list_id:
            list_id, of_style, holder = self._of_style(style)
            level = level or of_style or self._tied_level(list_id, holder)
        found = self._lists.get(list_id)
        if found is None:  # list 0 takes the number of a style away
            return None
        return found, whole(level)

    def _of_style(self, style: str) -> tuple[str, str, str]:
        """Return list and level that a style or those it is based on give, and which style gives them."""
        seen: set[str] = set()
        level = ""
        while style and style not in seen and style in self._styles:
            seen.add(style)
            element = self._styles[style]
            level = level or _value(element, "pPr/numPr/ilvl")
            if list_id := _value(element, "pPr/numPr/numId"):
                return list_id, level, style
            style = _value(element, "basedOn")
        return "", "", ""

    def _tied_level(self, list_id: str, style: str) -> str:
        found = self._lists.get(list_id)
        if found is None:
            return "0"
        tied = (n for n, level in found.abstract.levels.items() if level.style == style)
        return str(next(tied, 0))

    # ------------------------------------------------------------------ counting

    def _level(self, current: _List, level: int) -> _Level | None:
        return current.levels.get(level) or current.abstract.levels.get(level)

    def _count(self, current: _List, level: int) -> None:
        counts = current.abstract.counts
        if level in current.starts and level not in current.used:
            counts[level] = current.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = self._start(current, level)
        current.used.add(level)
        if len(counts) == 1:  # nothing stands below it, as in most lists
            return
        for below in [n for n in counts if n > level]:
            form = self._level(current, below)
            if form is None or form.restart is None or form.restart == level + 1:
                del counts[below]

    def _start(self, current: _List, level: int) -> int:
        form = self._level(current, level)
        return current.starts.get(level, form.start if form else 1)

    def _shown(self, current: _List, form: _Level) -> str:
        pieces = list(_pieces(form.pattern))
        for at in range(1, len(pieces), 2):
            level = int(pieces[at]) - 1
            other = self._level(current, level)
            count = current.abstract.counts.get(level)
            count = self._start(current, level) if count is None else count
            pieces[at] = formatted(count, "decimal" if form.legal or other is None else other.form)
        return "".join(pieces).strip()

    # ------------------------------------------------------------------ loading

    def _load(self, numbering: etree._Element) -> None:
        abstracts: dict[str, _Abstract] = {}
        links: dict[str, str] = {}
        for element in numbering.iter(f"{W}abstractNum"):
            identifier = element.get(f"{W}abstractNumId", "")
            abstracts[identifier] = _Abstract(_levels(element))
            links[identifier] = _value(element, "numStyleLink")
        targets: dict[str, str] = {}
        nums = list(numbering.iter(f"{W}num"))
        for num in nums:
            targets[num.get(f"{W}numId", "")] = _value(num, "abstractNumId")
        for num in nums:
            identifier = num.get(f"{W}numId", "")
            target = targets[identifier]
            if link := links.get(target):
                target = targets.get(self._of_style(link)[0], target)
            if target in abstracts:
                self._lists[identifier] = _list(num, abstracts[target])


@lru_cache
def _pieces(pattern: str) -> tuple[str, ...]:
    """Return what stands in a pattern such as `Article %1.%2`: words and levels in turn, words first."""
    return tuple(_PLACE.split(pattern))


def _list(num: etree._Element, abstract: _Abstract) -> _List:
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for override in num.iter(f"{W}lvlOverride"):
        at = whole(override.get(f"{W}ilvl"), 0)
        if start := _value(override, "startOverride"):
            starts[at] = whole(start, 1)
        levels.update({n: level for n, level in _levels(override).items() if n == at})
    return _List(abstract, levels, starts)


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {
        whole(level.get(f"{W}ilvl"), 0): _Level(
            form=_value(level, "numFmt") or "decimal",
            pattern=_value(level, "lvlText"),
            start=whole(_value(level, "start"), 1),
            restart=whole(restart, 0) if (restart := _value(level, "lvlRestart")) else None,
            legal=level.find(f"{W}isLgl") is not None and _value(level, "isLgl") not in ("0", "false", "off"),
            style=_value(level, "pStyle"),
            hidden=bool(is_on(level.find(f"{W}rPr"), "vanish")),
        )
        for level in element.findall(f"{W}lvl")
    }


def _value(element: etree._Element, path: str) -> str:
    """Return the `w:val` of the element at `path` (names without prefix), empty when there is none."""
    found = element.find("/".join(W + step for step in path.split("/")))
    return "" if found is None else str(found.get(f"{W}val", ""))


@lru_cache(maxsize=16384)  # the files of one run show the same numbers again and again
def formatted(value: int, form: str) -> str:
    """Return `value` in the `w:numFmt` named `form`.

    A form that is not known here, or too large a number in letters, is in digits with the name of its form: another
    form never looks the same.
    """
    if value > 0 and form in _FORMATS and value <= (LARGEST_ROMAN if form.endswith("Roman") else _LARGEST_LETTER):
        return numeral(value, form)
    if form in ("none", "bullet"):
        return ""
    if form in _DECIMAL or (value <= 0 and form != "decimalZero"):
        return str(value)
    return _in_words(value, form) or _in_signs(value, form) or f"{value} ({form})"


def _in_words(value: int, form: str) -> str:
    """Return a number in the forms that English documents use beside letters and figures, empty for other forms."""
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "ordinal":
        return f"{value}{_suffix(value)}"
    if form in ("cardinalText", "ordinalText") and 0 < value <= _LARGEST_WORD:
        words = _words(value)
        return (words if form == "cardinalText" else _ordinal(words)).capitalize()
    return {"numberInDash": f"- {value} -", "hex": f"{value:X}"}.get(form, "")


def _in_signs(value: int, form: str) -> str:
    """Return a number in the signs of another script, empty where the form or so large a number of it is not known."""
    if 0 < value <= len(signs := _SEQUENCES.get(form, "")):
        return signs[value - 1]
    if form in _DIGITS:
        return str(value).translate(dict(zip(map(ord, "0123456789"), _DIGITS[form], strict=True)))
    if form in _COUNTED and 0 < value <= _LARGEST_WORD:
        figures, (tens, ones) = _COUNTED[form], divmod(value, 10)
        return (figures[tens] if tens > 1 else "") + (figures[10] if tens else "") + (figures[ones] if ones else "")
    return ""


def _suffix(value: int) -> str:
    if 10 < value % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def _words(value: int) -> str:
    if value < len(_ONES):
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")


def _ordinal(words: str) -> str:
    head, hyphen, last = words.rpartition("-")
    if last in _IRREGULAR:
        return head + hyphen + _IRREGULAR[last]
    if last.endswith("y"):
        return head + hyphen + last[:-1] + "ieth"
    return f"{head}{hyphen}{last}th"
