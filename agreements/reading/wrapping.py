"""Where a paragraph ends in text that was wrapped by hand: the signs that a printed line opens a new one."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from agreements.language.numbers import spelled
from agreements.language.sentences import sentences
from agreements.languages import head_words

_NARROWEST, _WIDEST = 40, 140  # characters; shorter lines are heads or verse, longer ones were not wrapped by hand
_ITEM = re.compile(
    r"""[“"„«‘(\[]?(?:
        \d{1,3}(?:\.\d{1,3})*[.)](?!\d) | \d{1,2}(?:\.\d{1,2})+\s | \(\d{1,3}[a-z]?\)
      | \(?[a-zA-Z]{1,2}\)  | [a-z]\.(?=\s|\w{2}) | [A-Z]\.\s(?=\w{2}) | \(?[ivxl]{1,6}[.)] | [IVXL]{1,6}[.)](?=\s)
      | [–—•▪·*-]\s | §\s?\d
    )""",
    re.VERBOSE,
)
_ANNEX = re.compile(
    r"(?:annex|appendix|attachment|schedule|protocol)"
    r"\s+(?:\(?(?:[ivxlc]+|\d{1,3}|[a-z])\)?|one|two|three|four|five|six|seven|eight|nine|ten)\s?[.:]?",
    re.IGNORECASE,
)
_NOTHING_MORE = re.compile(r"[*_\s.:]*")
# The end of a line that goes on with a number: "in accordance with Article" / "paragraphs 1 and".
_REFERS_ON = re.compile(
    r"\b(?:articles?|art\.|(?:sub-?)?paragraphs?|paras?\.?|(?:sub-?)?sections?|nos?\.|annex(?:es)?|items?|points?"
    r"|chapters?|clauses?|rules?|regulations?|appendix|appendices|pages?|pp?\.|vol\.|schedules?)"
    r"(?:\s++[\dIVXLivxla-z(),.–-]{0,9}(?:\s*+(?:and|or|to|through|,))?)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.:;!?…。；：！？][”\"’'»)\]」』）]*$|[.:;][\s–-]*(?:and|or)$|[–—]$")
_ABBREVIATED = re.compile(r"\b\w\.\w+\.$")  # such as `U.S.`: it may end a line, and no sentence
_IN_BRACKETS = re.compile(r"\((\d{1,6})\)")
_WORDS_OF_NUMBER = 4  # `one hundred and eighty`
_LONGEST_HEAD = 40  # characters
_TAIL = 8  # characters that show how a line ends
_FEWEST_QUOTED = 5  # lines
_SAMPLE = 3000  # lines that show at which width a text was wrapped
_REMEMBERED = 8192  # lines: several steps ask the same of a line
_GOES_ON = re.compile(r"\s*(?:of|and|or|above|below|to|hereof|thereof)\b|\s*,")


@lru_cache(maxsize=_REMEMBERED)
def is_head(text: str) -> bool:
    """Return whether `text` is nothing but a head such as `Article VII` or `ANNEX A`."""
    text = text.strip()
    if not 1 < len(text) < _LONGEST_HEAD:
        return False
    head = head_words(text)
    if head:
        return _NOTHING_MORE.fullmatch(text, head.at) is not None
    return _ANNEX.fullmatch(text) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_item(text: str) -> bool:
    """Return whether `text` opens with the number or bullet of a list item or numbered paragraph."""
    return _ITEM.match(text) is not None


def ends_sentence(text: str) -> bool:
    """Return whether `text` stops where a paragraph or list item may stop."""
    return _ENDS.search(text[-_TAIL:]) is not None


def ends_before(text: str, following: str) -> bool:
    """Return whether the line `text` stops where a paragraph may, before `following`: `the U.S. / forces` does not."""
    if not ends_sentence(text):
        return False
    if not text.endswith(".") or not _ABBREVIATED.search(text):
        return True
    whole = f"{text} {following}"
    return any(sentence.end == len(text) for sentence in sentences(whole))


def opens_item(before: str, text: str, *, full: bool) -> bool:
    """Return whether `text` opens a list item after the line `before`.

    Not where the number belongs to a reference that was wrapped (`in accordance with paragraph / 2. of this
    Article`), which only a `full` line can be.
    """
    if not is_item(text) or _repeats(before, text):
        return False
    if not full or ends_sentence(before):
        return True
    item = _ITEM.match(text)
    return not (_REFERS_ON.search(before) or (item and _GOES_ON.match(text, item.end())))


def _repeats(before: str, text: str) -> bool:
    """Whether `text` opens with the figures of the number in words that the line `before` ends with: `sixty / (60)`."""
    figures = _IN_BRACKETS.match(text)
    if figures is None:
        return False
    last = before.casefold().split()[-_WORDS_OF_NUMBER:]
    return any(spelled(" ".join(last[at:])) == int(figures[1]) for at in range(len(last)))


def first_word(text: str) -> str:
    """Return the characters up to the first blank."""
    return text.split(" ", 1)[0]


def wrap_width(lines: Sequence[str]) -> int:
    """Return the width in characters at which `lines` were wrapped by hand, 0 where each is a paragraph.

    They were when no line is very long and the lines that another one follows come near the longest.
    """
    lines = lines[:_SAMPLE]
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths:
        return 0
    width = lengths[-1 - len(lengths) // 50]
    followed = [(a.rstrip(), first_word(b.strip())) for a, b in pairwise(lines) if a.strip() and b.strip()]
    prose = [(a, word) for a, word in followed if not (is_item(word) or is_head(a.strip()))]
    full = sum(_is_full(a, word, width) for a, word in prose)
    return width if _NARROWEST <= width <= _WIDEST and full * 10 > len(prose) * 7 else 0


def is_quoted(text: str) -> bool:
    """Whether most lines of a text have the mark before them with which programs for mail quote a message."""
    if text.count("\n>") + text.startswith(">") < _FEWEST_QUOTED:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(line.startswith(">") for line in lines) * 2 > len(lines)


def _is_full(line: str, word: str, width: int) -> bool:
    """Return whether `word` had no room on `line`; hyphenation makes some lines longer than the usual width."""
    return len(line) + 1 + len(word) > width * 0.88


def opens_paragraph(before: str, line: str, width: int) -> bool:
    """Return whether `line` opens a paragraph after the adjacent line `before` in text wrapped at `width`."""
    before, text = before.rstrip(), line.strip()
    full = _is_full(before, first_word(text), width)
    if is_head(before.strip()) or is_head(text) or opens_item(before, text, full=full):
        return True
    return ends_sentence(before) and len(before) < width * 0.7 and not text[:1].islower()
