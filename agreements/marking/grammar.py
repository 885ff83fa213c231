"""The grammar of a marking: what one line, one bracket, one notice or one block of authority says.

    slashed   = level "/" word { "/" word }, without a blank
    line      = { lead | owner | trail | number } level { ["//" | "/" | "-" | ","] control } { trail | number }
    control   = a known control | after "//" words in capitals | after "REL TO" names in capitals
    portion   = [number] "(" line ")" words
    notice    = subject { words of notices } (level | control)
    authority = words of authority, what must follow them

Every function looks at a bounded part of the text (`LINE`, `HEAD`) and goes over its tokens once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from agreements.marking.words import BARE, LEVELS, Lexicon, MarkingLevel, MarkingTerm, fold, key, lexicon, plain

LINE = 240
"""Characters beyond which a text is no line of a marking."""
HEAD = 200
"""Characters at the head of a text in which a portion mark, a notice or a block of authority ends."""

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")
_SPACED, _SURELY_SPACED = 3, 4  # single letters in a row that can be, and that are, one word
_TORN = 6  # letters of a word of the data that a blank may have torn
_SIGNS = 8  # words and signs that may be one term of a script without capitals
_SEGMENTS = 120  # letters of spaced words that are taken apart
_JOINERS = frozenset("-‐‑‒–—.·_'’")
_DASHES = frozenset("-‐‑‒–—")
_QUOTES = frozenset("\"“”„«»‘’'")
_OPEN, _CLOSE, _STOPS = {"(": ")", "[": "]", "{": "}"}, frozenset(")]}"), frozenset(".!?;")
_NUMBER = 4  # signs of a number or letter of a list at the most
_LEVELS_OF_NUMBERS = 4  # bullets and parts of a number before a portion mark
_NAMES = 16  # words that may follow a release list
_CODES = 8  # words that may follow two slashes and are not in the data
_LONGEST_CODE = 20
_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october")
) | frozenset(("november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_EXEMPTIONS = re.compile(r"(?:x\d{1,2}|25x\d|50x\d|75x\d|oadr|mr|source|never|event|completion)")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A marking that was recognised in one text.

    `name` is made of the entries of the data alone, so it quotes nothing of the text around. `full` says that a level
    was written in full or with a control, `caps` that it stood in capitals, `listed` that several levels stood side
    by side as in a table, `quoted` that it stood in quotation marks, `item` that it was an item of a list, `other`
    that a U.S. date of declassification does not free it, `certain` that it can be no letter of a list and no name,
    `controlled` that controls stand with it.
    """

    level: MarkingLevel
    name: str
    certain: bool
    controlled: bool
    owner: str = ""
    full: bool = True
    caps: bool = True
    listed: bool = False
    quoted: bool = False
    item: bool = False
    other: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it says that something is classified, and neither a level nor a control."""
        return self.level == "control" and self.name == BARE.upper()


class MarkingWord(NamedTuple):
    """A word or sign of a text: `key` as it is compared, `gap` before it (empty, a blank, or `wide`)."""

    text: str
    key: str
    gap: str = ""
    spaced: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number, not a sign."""
        return self.text[0].isalnum()


class MarkingItem(NamedTuple):
    """A term of the data, or a token that is none, with the signs that stand before it."""

    token: MarkingWord
    term: MarkingTerm | None = None
    signs: str = ""
    words: tuple[MarkingWord, ...] = ()

    @property
    def caps(self) -> bool:
        """Whether it holds no small letter, or none but those that its users write (`VS-NfD`)."""
        text = "".join(word.text for word in (self.words or (self.token,)))
        written = self.term is not None and not self.term.name.isupper() and _alone(text) == _alone(self.term.name)
        return written or not any(c.islower() for c in text)

    @property
    def kind(self) -> str:
        """The kind of its term, empty for a token that is none."""
        return self.term.kind if self.term else ""


def _alone(text: str) -> str:
    return "".join(filter(str.isalnum, text))


# ---------------------------------------------------------------------- tokens


def tokens_of(text: str) -> list[MarkingWord]:
    """Return the words and signs of `text`; letters that were set apart are one word again."""
    return list(_taken_apart(text))


@lru_cache(maxsize=16)  # each rule asks for the words of the same line
def _taken_apart(text: str) -> tuple[MarkingWord, ...]:
    words = lexicon()
    out: list[MarkingWord] = []
    end = 0
    normal = plain(text)
    for found in _TOKEN.finditer(normal):
        between = normal[end : found.start()]
        gap = "" if not between else "wide" if "\t" in between or len(between) > 1 else " "
        end = found.end()
        out.append(MarkingWord(found[0], key(found[0]), gap))
    return tuple(_mended(_joined(out, words), words))


def _joined(tokens: list[MarkingWord], words: Lexicon) -> list[MarkingWord]:
    """Make words of single letters that stand apart by blanks, or by the same sign each."""
    out: list[MarkingWord] = []
    at = 0
    while at < len(tokens):
        end, terms = _set_apart(tokens, at, words)
        if terms:
            spaced = all(len(token.text) == 1 for token in tokens[at:end])
            small = any(sign.islower() for token in tokens[at:end] for sign in token.text)
            gaps = [tokens[at].gap, *(" " for _ in terms[1:])]
            out += (
                MarkingWord(part if small else part.upper(), part, gap, spaced)
                for part, gap in zip(terms, gaps, strict=True)
            )
            at = end
            continue
        alone = len(tokens[at].text) == 1  # most words are longer, and need no look at what follows
        end, letters = _letters(tokens, at) if alone else (at, [])
        if len(letters) < _SPACED:
            out.append(tokens[at])
            at += 1
            continue
        whole = "".join(token.text for token in letters)
        gap = tokens[at].gap
        parts = _segments(fold(whole), words)
        if len(parts) == 1 and parts[0] not in words.known:  # letters of other scripts that look like these
            parts = _segments("".join(token.key for token in letters), words)
        if len(letters) < _SURELY_SPACED and parts[0] not in words.known:
            out.append(tokens[at])
            at += 1
            continue
        for part in parts:
            shown = part.upper() if whole.isupper() else part
            out.append(MarkingWord(shown, part, gap, spaced=True))
            gap = " "
        at = end
    return out


def _set_apart(tokens: Sequence[MarkingWord], at: int, words: Lexicon) -> tuple[int, tuple[str, ...]]:
    """Return where a term ends whose signs blanks set apart at `at`, and its words; 0 for none.

    In scripts without capitals, where a blank between signs says nothing: `極 秘`, and `1 급 비밀`.
    """
    longest, whole = 0, ""
    for end, token in enumerate(tokens[at : at + _SIGNS], at + 1):
        if not token.is_word or (whole and (token.gap != " " or (whole + token.text).isascii())):
            break
        whole += token.text
        if _without_capitals(whole[-1]) and fold(whole) in words.compact:
            longest, parts = end, words.compact[fold(whole)]
    return (longest, parts) if longest and parts != tuple(t.key for t in tokens[at:longest]) else (0, ())


def _without_capitals(sign: str) -> bool:
    return sign.isalpha() and sign.lower() == sign.upper()


def _letters(tokens: Sequence[MarkingWord], at: int) -> tuple[int, list[MarkingWord]]:
    """Return where the letters that begin at `at` end, and those letters; a wide gap ends a word."""
    letters: list[MarkingWord] = []
    sign = ""
    while at < len(tokens) and len(tokens[at].text) == 1 and tokens[at].text.isalpha():
        if letters and tokens[at].gap == "wide":
            break
        letters.append(tokens[at])
        at += 1
        follows = at + 1 < len(tokens) and len(tokens[at + 1].text) == 1 and tokens[at + 1].text.isalpha()
        if at < len(tokens) and follows and tokens[at].text in _JOINERS and sign in ("", tokens[at].text):
            sign = tokens[at].text
            at += 1
        elif sign:
            break
    return at, letters


def _segments(letters: str, words: Lexicon) -> list[str]:
    """Return the words of the data that `letters` are made of, `letters` themselves where they are not."""
    if letters in words.compact:
        return list(words.compact[letters])
    best: list[tuple[str, ...] | None] = [None] * (len(letters) + 1)
    best[0] = ()
    if len(letters) <= _SEGMENTS:
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - 40), end):
                before, part = best[start], letters[start:end]
                if before is not None and part in words.compact:
                    best[end] = (*before, *words.compact[part])
                    break
    return list(best[-1] or (letters,))


def _mended(tokens: list[MarkingWord], words: Lexicon) -> list[MarkingWord]:
    """Join the halves of a word of the data that a hyphen or the end of a line broke; part words written as one."""
    out: list[MarkingWord] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.is_word and token.key not in words.known and at + 2 < len(tokens) and tokens[at + 1].text in _DASHES:
            whole = key(token.text + tokens[at + 2].text)
            if whole in words.compact:
                out.append(MarkingWord(token.text + tokens[at + 2].text, whole, token.gap))
                at += 3
                continue
        if whole := _torn(tokens, at, words):
            out.append(MarkingWord(token.text + tokens[at + 1].text, whole, token.gap))
            at += 2
            continue
        if token.key not in words.known and len(words.compact.get(token.key, ())) > 1:
            shown = str.upper if token.text.isupper() else str.lower
            parts = words.compact[token.key]
            out += (MarkingWord(shown(part), part, token.gap if n == 0 else " ") for n, part in enumerate(parts))
        else:
            out.append(token)
        at += 1
    return out


def _torn(tokens: Sequence[MarkingWord], at: int, words: Lexicon) -> str:
    """Return the word of the data whose halves a blank set apart at `at`, both in capitals; empty for none."""
    if at + 1 >= len(tokens) or not (tokens[at].text.isupper() and tokens[at + 1].text.isupper()):
        return ""
    whole = key(tokens[at].text + tokens[at + 1].text)
    torn = tokens[at + 1].gap == " " and len(whole) >= _TORN and tokens[at].key not in words.known
    return whole if torn and words.compact.get(whole) == (whole,) else ""


@lru_cache(maxsize=16)  # as the words of a line
def items_in(text: str) -> tuple[MarkingItem, ...]:
    """Return the terms in `text`."""
    return tuple(items_of(_taken_apart(text)))


def items_of(tokens: Sequence[MarkingWord], *, short: bool = False) -> list[MarkingItem]:
    """Return the terms in `tokens`, the longest at each place; `short` forms first where that is said."""
    out: list[MarkingItem] = []
    signs = ""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.is_word:
            signs += token.text
            at += 1
            continue
        term, end = _term_at(tokens, at, short_first=short)
        out.append(MarkingItem(token, term, signs, tuple(t for t in tokens[at:end] if t.is_word)))
        signs = ""
        at = end
    if signs:
        out.append(MarkingItem(MarkingWord("", ""), None, signs))
    return out


def _term_at(tokens: Sequence[MarkingWord], at: int, *, short_first: bool) -> tuple[MarkingTerm | None, int]:
    """Return the longest term that begins at `at`, and where it ends."""
    words = lexicon()
    first = tokens[at].key
    full, short = words.full.get(first, ()), words.short.get(first, ())
    if not (full or short):
        return None, at + 1
    for term in (*short, *full) if short_first else sorted((*full, *short), key=lambda t: -len(t.words)):
        end = _end_of(tokens, at, term)
        if end and not (term.short and any(c.islower() for t in tokens[at:end] for c in t.text)):
            return term, end
    return None, at + 1


def _end_of(tokens: Sequence[MarkingWord], at: int, term: MarkingTerm) -> int:
    """Return where `term` ends that begins at `at`, 0 where its words do not stand there."""
    joiners = _JOINERS | {":", "("} if term.kind == "authority" else _JOINERS
    for number, word in enumerate(term.words):
        while number and at < len(tokens) and tokens[at].text in joiners:
            at += 1
        if at >= len(tokens) or tokens[at].key != word:
            return 0
        at += 1
    return at


# ---------------------------------------------------------------------- lines


def line(text: str) -> Recognised | None:
    """Return the marking that `text` is from its first sign to its last, None where it says anything else."""
    if len(text) > LINE:
        return None
    tokens = tokens_of(text)
    found = _whole(items_in(text), bracketed=_in_brackets(tokens))
    if found is None:
        return None
    signs = [token.text for token in tokens if not token.is_word]
    first, last = tokens[0].text, tokens[-1].text
    numbered = (first.isdigit() and tokens[1].text in ".)") or (first == "(" and tokens[1].text.isdigit())
    return replace(
        found,
        quoted=first in _QUOTES and bool(signs),
        item=bool(last in ";,:") or numbered,
    )


def slashed(text: str) -> Recognised | None:
    """Return the level in capitals that words of no control follow by strokes alone, as in `SECRET/ALPHA/BRAVO`.

    So are the caveats of systems written that the data does not know; a sentence has blanks. National words, which
    are words of every day too, are not read so.
    """
    first, stroke, rest = text.strip().partition("/")
    if not stroke or not rest or len(first) > LINE or any(sign.isspace() for sign in rest):
        return None
    items = items_in(first)
    found = _whole(items)
    national = any(i.kind == "level" and i.term and i.term.owner and not i.term.other for i in items)
    return replace(found, certain=True) if found and found.caps and found.full and not national else None


def segments(text: str) -> Iterator[str]:
    """Yield the parts of a line that tabulators, strokes or wide gaps set apart, where there are several."""
    parts = [part for part in re.split(r"[\t\u3000]+| {3,}|\s?[|•·]\s?", text[:LINE]) if part.strip()]
    if len(parts) > 1 and not any(token.spaced for token in tokens_of(text[:LINE])):
        yield from parts


def _in_brackets(tokens: Sequence[MarkingWord]) -> bool:
    return len(tokens) > 2 and tokens[0].text in _OPEN and tokens[-1].text == _OPEN[tokens[0].text]


def _whole(items: Sequence[MarkingItem], *, bracketed: bool = False, portion: bool = False) -> Recognised | None:
    """Return what `items` mark together, None where one of them belongs to no marking."""
    state = _State(portion=portion)
    for number, item in enumerate(items):
        if not state.take(item, items[number + 1] if number + 1 < len(items) else None):
            return None
    return state.found(bracketed=bracketed)


@dataclass(slots=True)
class _State:
    """What was met so far on one line."""

    portion: bool
    levels: list[MarkingItem]
    controls: list[MarkingItem]
    separators: list[str]
    leads: list[MarkingItem]
    owner: str = ""
    other: bool = False
    led: bool = False
    trailed: bool = False
    carried: bool = False
    slashes: bool = False
    listing: int = 0
    codes: int = 0
    since: str = ""
    posted: bool = False

    def __init__(self, *, portion: bool) -> None:
        self.portion = portion
        self.levels, self.controls, self.separators, self.leads = [], [], [], []
        self.trailed = False
        self.owner, self.since = "", ""
        self.other = self.led = self.carried = self.slashes = self.posted = False
        self.listing = self.codes = 0

    def take(self, item: MarkingItem, following: MarkingItem | None) -> bool:
        """Take the next item; False where it belongs to no marking."""
        self.since += item.signs
        if "//" in item.signs:
            self.slashes, self.codes, self.listing = True, _CODES, 0
        if item.term is None:
            return self._unknown(item, following)
        return self._term(item, item.term)

    def _term(self, item: MarkingItem, term: MarkingTerm) -> bool:
        if term.kind == "level":
            if self.levels:
                self.separators.append(self.since or item.token.gap)
            self.levels.append(item)
            self.since = ""
            self.other |= term.other
        elif term.kind in ("control", "list"):
            self.controls.append(item)
            self.other |= term.other
            self.listing = _NAMES if term.kind == "list" else self.listing
        elif term.kind == "owner":
            self.owner = self.owner or term.owner
            self.other |= term.other and not self.listing and not self.slashes
            self.other |= term.other and not self.levels
        elif term.kind == "lead":
            self.led = True
            self.leads.append(item)
        elif term.kind == "trail":
            self.trailed = True
        elif term.kind in ("carried", "done"):
            self.carried = True
        return term.kind not in ("authority", "subject")

    def _unknown(self, item: MarkingItem, following: MarkingItem | None) -> bool:
        token = item.token
        if not token.text or token.text.isdigit():
            return not (self.portion and token.text)
        if self.listing and item.caps:
            self.listing -= 1
            return True
        if self.codes and item.caps and len(token.text) <= _LONGEST_CODE:
            self.codes -= 1
            return True
        return self._post(item, following)

    def _post(self, item: MarkingItem, following: MarkingItem | None) -> bool:
        """Whether a cable's post and number stand here: two words in capitals at most, and a number."""
        if self.posted or self.portion or not self.levels or not item.caps:
            return False
        if following and following.token.text.isdigit() and len(following.token.text) > 2:
            self.posted = not following.signs  # R-4001 is the name of an area
            return self.posted
        return bool(following and following.caps and following.token.text.isalpha())

    def found(self, *, bracketed: bool) -> Recognised | None:
        """Return the marking, None where nothing of the line says a level or a control by itself."""
        strong = [item for item in self.levels if self._counts(item, bracketed=bracketed)]
        if strong:
            return self._marking(strong)
        alone = [item for item in self.controls if item.term and item.term.alone and not item.term.short]
        if not alone or self.carried or self.portion:
            return self._bare()
        name = "//".join(item.term.name for item in alone if item.term)
        caps = all(item.caps for item in alone)
        return Recognised("control", name, caps=caps, other=self.other, controlled=caps, certain=caps)

    def _bare(self) -> Recognised | None:
        """Return the marking that names no level: `CLASSIFIED` in capitals, alone on the line or with a number."""
        others = self.levels or self.controls or self.owner or self.trailed or self.carried or self.portion
        if others or len(self.leads) != 1 or not self.leads[0].caps or self.leads[0].token.key != BARE:
            return None
        if len(self.leads[0].words) > 1:
            return None
        return Recognised("control", BARE.upper(), controlled=False, certain=True)

    def _counts(self, item: MarkingItem, *, bracketed: bool) -> bool:
        """Whether a level stands as a marking: a short form needs a bracket, a control, two slashes or a lead."""
        term = item.term
        if term is None or not term.short or self.portion or term.alone:
            return True
        return bracketed or self.led or self.slashes or bool(self.controls) or bool(self.owner)

    def _marking(self, levels: Sequence[MarkingItem]) -> Recognised:
        told = self.led and ":" in levels[0].signs  # Classification: Secret
        top = min(levels, key=lambda item: LEVELS.index(_level(item)))
        term = top.term
        assert term is not None
        names = list(dict.fromkeys(item.term.name for item in (*levels, *self.controls) if item.term))
        plain_gaps = [s for s in self.separators if not set(s) & (_DASHES | {"/", *_OPEN})]  # SECRET (GEHEIM) are one
        full = told or not term.short or bool(self.controls) or self.slashes
        return Recognised(
            _level(top),
            "//".join(names),
            owner=term.owner or self.owner,
            full=full,
            caps=told or all(item.caps for item in levels),
            listed=len(levels) > 1 and bool(plain_gaps),
            other=self.other,
            certain=bool(self.controls) or self.slashes or len(term.words[0]) > 1 or len(term.words) > 1,
            controlled=bool(self.controls) or self.slashes,
        )


def _level(item: MarkingItem) -> MarkingLevel:
    return (item.term and item.term.level) or "control"


# ---------------------------------------------------------------------- the head of a text


def portion(text: str, *, typed: bool = False) -> tuple[Recognised | None, str]:
    """Return the portion mark at the head of `text`, and the letter of a bracket there (for lists), empty if none.

    A mark that could be a letter of a list is not `certain`; one that is not classified gives its letter alone. In
    words that were `typed` in, small letters may follow a mark.
    """
    tokens = tokens_of(text[:HEAD])
    at = _skip_number(tokens)
    while at < len(tokens) and tokens[at].text in _OPEN:
        close = _closing(tokens, at)
        if not close:
            break
        inside = tokens[at + 1 : close]
        numbers = len(inside) == 1 and inside[0].is_word and len(inside[0].text) <= _NUMBER
        letter = inside[0].text if numbers and len(inside[0].text) == 1 and inside[0].text.isalpha() else ""
        found = _whole(items_of(inside, short=True), portion=True) if inside else None
        if found is not None and _opens_text(tokens, close + 1, found, typed=typed):
            return found, letter
        further = _skip_number(tokens, close + 1)
        if not numbers or further >= len(tokens) or tokens[further].text not in _OPEN:
            return None, letter
        at = further
    return None, ""


def _skip_number(tokens: Sequence[MarkingWord], at: int = 0) -> int:
    """Return where the number, bullet or quotation mark at `at` ends, `at` where there is none."""
    start = at
    for _ in range(_LEVELS_OF_NUMBERS):
        if at < len(tokens) and (tokens[at].text in _QUOTES or tokens[at].text in "-*•–>"):
            at += 1
        elif at + 1 < len(tokens) and len(tokens[at].text) <= _NUMBER and tokens[at + 1].text in (".", ")"):
            at += 2
    if start < at and at + 1 < len(tokens) and tokens[at].text.isdigit() and tokens[at + 1].text in _OPEN:
        at += 1  # 1.1 (S)
    return at


def _closing(tokens: Sequence[MarkingWord], at: int) -> int:
    """Return where the bracket that opens at `at` closes, 0 where it does not soon."""
    wanted = _OPEN[tokens[at].text]
    near = range(at + 1, min(len(tokens), at + 40))
    return next((place for place in near if tokens[place].text == wanted), 0)


def _opens_text(tokens: Sequence[MarkingWord], at: int, found: Recognised, *, typed: bool) -> bool:
    """Whether words of a paragraph follow a portion mark, not the name of something or the year of a copyright."""
    while at < len(tokens) and not tokens[at].is_word:
        at += 1
    if at >= len(tokens):
        return found.controlled
    following = tokens[at].text
    if found.controlled:
        return True
    if _YEAR.fullmatch(following) or tokens[at].key == "copyright" or (following[0].isdigit() and not found.certain):
        return False
    return (typed and found.caps) or not following[0].islower()


def unclassified_portion(text: str) -> bool:
    """Whether `text` opens with a portion mark that is not classified, `(U)` or `(SBU)`."""
    tokens = tokens_of(text[:40])
    at = _skip_number(tokens)
    if at >= len(tokens) or tokens[at].text not in _OPEN or not (close := _closing(tokens, at)):
        return False
    items = items_of(tokens[at + 1 : close])
    return bool(items) and items[0].kind == "carried" and items[0].caps


def run_in(text: str) -> Recognised | None:
    """Return the marking that runs into the words at the head of `text`: `SECRET//NOFORN The Parties ...`."""
    items = items_in(text[:HEAD])
    at = 0
    while at < len(items) and items[at].kind == "owner":
        at += 1
    if at >= len(items) or items[at].kind != "level" or set(items[0].signs) & (_QUOTES | set(_OPEN)):
        return None
    level = items[at]
    following = items[at + 1] if at + 1 < len(items) else None
    spaced = level.token.spaced and not (following and following.token.spaced and following.term is None)
    signs = following.signs if following else ""
    controlled = following is not None and following.kind in ("control", "list") and bool(set(signs) & {"/", "-"})
    slashes = (
        "//" in signs and following is not None and (controlled or (bool(following.token.text) and following.caps))
    )
    if not (spaced or slashes or controlled) or (level.term and level.term.short and not controlled and not slashes):
        return None
    ends = next((n for n, i in enumerate(items[at + 1 :], at + 1) if i.term is None and not _code(i)), len(items))
    return _certain(_whole([*items[:ends]]) or _whole(items[: at + 1]))


def _code(item: MarkingItem) -> bool:
    return item.caps and ("//" in item.signs or not item.token.text)


def _certain(found: Recognised | None) -> Recognised | None:
    return replace(found, certain=True, controlled=True) if found else None


def led_text(text: str) -> Recognised | None:
    """Return the level that leads words in an entry: `SECRET: their minister ...`, `Confidential - keep the pier`."""
    items = items_in(text[:HEAD])
    at = next((n for n, item in enumerate(items) if item.kind != "owner"), len(items))
    lone = at < len(items) and items[at].term
    leads = lone and (lone.kind == "level" or (lone.alone and items[at].caps))
    if at + 1 >= len(items) or not leads or set(items[0].signs) & _QUOTES:
        return None
    term, signs = items[at].term, items[at + 1].signs
    initial = items[at].token.text[:1]
    if term is None or term.short or not (signs[:1] == ":" or (_apart(items[at + 1]) and not initial.islower())):
        return None
    return _certain(_whole(items[: at + 1]))


def _apart(item: MarkingItem) -> bool:
    return item.signs[:1] in _DASHES and item.signs != "" and item.token.gap != ""


def stroked(text: str) -> Recognised | None:
    """Return the marking in capitals that stands as one word with two strokes anywhere in an entry."""
    for word in text.split() if "//" in text else ():
        found = line(word.strip(_AROUND_A_WORD))
        if found and found.caps and found.controlled and not found.quoted and word[:1] not in _QUOTES:
            return _certain(found)
    return None


def tail(text: str) -> Recognised | None:
    """Return the marking at the end of an entry: in a last bracket, or after a last dash."""
    end = text[-HEAD:].rstrip()
    if found := closing_portion(text, typed=True):
        return found
    parts = re.split(r"\s[-–—]+\s|\s{3,}|\t", end)
    found = line(parts[-1]) if len(parts) > 1 else None
    return found if found and found.caps and (found.full or found.controlled) else None


def closing_portion(text: str, *, typed: bool = False) -> Recognised | None:
    """Return the portion mark in the bracket that ends `text`: with controls, or, `typed` in, behind a sentence."""
    end = text[-HEAD:].rstrip().rstrip(_ENDS)
    opening = max(end.rfind(sign) for sign in _OPEN)
    if opening <= 0 or end[-1:] not in _CLOSE:
        return None
    found = _whole(items_of(tokens_of(end[opening + 1 : -1]), short=True), portion=True)
    closes = typed and end[:opening].rstrip()[-1:] in _STOPS
    return _certain(found) if found and (found.controlled or (closes and found.caps)) else None


_BETWEEN = re.compile(r"[.;:!?][\"”’']?[ \u00a0]{1,3}[\[({]([^\[\](){}]{1,60})[\])}] {0,3}[A-Z\d\"“]")
_ENDS = ".;,:!?"


def inner_portion(text: str) -> Recognised | None:
    """Return the portion mark, with controls after two strokes, that opens a sentence inside `text`."""
    if "//" not in text:
        return None
    for bracket in _BETWEEN.finditer(text):
        if "//" in bracket[1]:
            found = _whole(items_of(tokens_of(bracket[1]), short=True), portion=True)
            if found and found.controlled:
                return _certain(found)
    return None


_AROUND_A_WORD = ".,;:!?()[]{}"
_CONDITIONS = frozenset(("when", "until", "unless", "if", "pending", "upon", "once", "except"))
_ASIDE = re.compile(r"\([^()]{1,60}\)")


def conditional(text: str) -> Recognised | None:
    """Return the marking in capitals that a line bears up to a condition, whatever this is: `SECRET until ...`.

    So too a line that says in brackets without capitals what each of its markings is for, or how it is read.
    """
    if len(text) > LINE:
        return None
    if "(" in text and (found := line(_ASIDE.sub(_small, text))) and found.caps and found.full:
        return found
    items = items_in(text)
    at = next((n for n, item in enumerate(items) if item.token.key in _CONDITIONS and n), 0)
    marked = items[:at]
    if not marked or not all(item.caps for item in marked) or items[0].kind not in ("level", "owner", "lead"):
        return None
    found = _whole(marked)
    return _certain(found) if found and found.full else None


def _small(aside: re.Match[str]) -> str:
    return aside[0] if any(sign.isupper() for sign in aside[0]) else " "


def notice(text: str) -> Recognised | None:
    """Return what a notice at the head of `text` says: `This document is classified SECRET.`"""
    items = items_in(text[:HEAD])
    if not items or not (items[0].kind == "subject" or items[0].words[-1].key == "classification"):
        return None
    if (
        len(items) > 1
        and items[1].kind == "level"
        and not items[1].signs
        and items[0].words[-1].key == "classification"
    ):
        return None  # the classification SECRET corresponds to ...
    words = lexicon().notice
    said = False
    for number, item in enumerate(items[1:], 1):
        if item.kind in ("level", "control", "list") and item.term and not item.term.short:
            caps = item.caps or (said and item.kind == "level") or item.term.other
            found = _whole(_noticed(items, number)) if caps else None
            return replace(found, caps=True, certain=True, controlled=True) if found else None
        said |= item.token.key in ("classified", "classification")
        if item.kind != "owner" and not all(word.key in words for word in item.words):
            return None
    return None


def _noticed(items: Sequence[MarkingItem], at: int) -> list[MarkingItem]:
    """Return the items of the marking itself that a notice names at `at`."""
    before = [items[at - 1]] if items[at - 1].kind == "owner" else []
    end = at + 1
    while end < len(items) and items[end].kind in ("level", "control", "list") and items[end].signs:
        end += 1
    return [*before, *items[at:end]]


def authority(text: str) -> Recognised | None:
    """Return the block of authority that begins `text`: `Classified by: ...`, `Declassify on: ...`."""
    tokens = tokens_of(text[:HEAD])
    at = 0
    while at < len(tokens) and not tokens[at].is_word:
        at += 1
    if at >= len(tokens) or tokens[at].text[0].islower():
        return None
    for term in lexicon().full.get(tokens[at].key, ()):
        if term.kind == "authority" and (end := _end_of(tokens, at, term)) and _follows(tokens, end, term):
            return Recognised("authority", term.name, certain=True, controlled=True)
    return None


def _follows(tokens: Sequence[MarkingWord], at: int, term: MarkingTerm) -> bool:
    following = tokens[at] if at < len(tokens) else None
    if term.followed == "nothing":
        return True
    if following is None:
        return False
    if following.text == ":" or term.followed == "colon":
        return following.text == ":" or _says_authority(tokens, at)
    word = following.key
    return word.isdigit() or word in _MONTHS or _EXEMPTIONS.fullmatch(word) is not None


def _says_authority(tokens: Sequence[MarkingWord], at: int) -> bool:
    """Whether a number of a person follows, or later the paragraph of the order that gives the reason: 1.4(d)."""
    if tokens[at].text.isdigit() and len(tokens[at].text) > 2:
        return True
    said = [token.text.casefold() for token in tokens[at:]]
    return any(said[n : n + 4] in (["reason", "1", ".", "4"], ["reasons", "1", ".", "4"]) for n in range(len(said)))


def anywhere(text: str) -> Recognised | None:
    """Return the highest level that the words of a marking field name, whatever stands around it."""
    tokens = tokens_of(text[: 4 * LINE])
    items = items_of(tokens)
    levels = [item for item in items if item.kind == "level" and item.term and not item.term.short]
    carried = any(item.kind == "carried" for item in items)
    if levels:
        found = _whole(levels)
        return replace(found, certain=True, full=True, listed=False) if found else None
    letters = "".join(token.text for token in tokens if token.is_word).upper()
    short = _whole(items_of(tokens_of(letters), short=True), portion=True) if letters else None
    whole = short or _whole(items, bracketed=True)
    if whole is not None:
        return replace(whole, certain=True, listed=False)
    if carried:
        return None
    if opened := run_in(text) or portion(text, typed=True)[0] or tail(text):
        return opened
    named = [item for item in items if item.kind in ("control", "list") and item.term and item.term.alone]
    if named or any(fold(token.text) == "classified" for token in tokens):
        name = named[0].term.name if named and named[0].term else "CLASSIFIED"
        return Recognised("control", name, certain=True, controlled=True)
    return None
