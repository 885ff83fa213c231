"""Which markings are in use in a text: what the grammar finds, weighed by its place and by what stands around it.

Not in use are tables and lists of levels, definitions, struck banners, letters of lists. A declassified print is let
in by its own declassification line (Executive Order 13526, part 3; 32 CFR 2001.25): the line says that the text is
declassified, its date is past, and every banner is struck or replaced; it never frees what others own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from agreements.marking import grammar
from agreements.marking.grammar import Recognised
from agreements.marking.passages import PlacedText
from agreements.marking.words import BARE, LEVELS, WORD, MarkingLevel, keys_of, lexicon, names_marking, plain

_STRUCK_SIGNS = re.compile(r"[\u0335\u0336\u0337\u0338]")
_STRUCK_SPAN = re.compile(r"~~[^~]{1,240}~~")
_ENOUGH = 2  # portion marks that could be letters of a list must come in more than one kind, or again and again
_NEAR = 2  # pieces within which a stamp stands at a banner
_STAMP = 200  # characters of a declassification line at the most
_ANY_CASE = ("edge", "entry")
_HEAD = 60
_LETTER = re.compile(r"\W{0,3}\(([A-Z])\)")
_CLOSING, _AFTER = (")", "]", "}"), ".;,:!? "
_PAIR = re.compile(r"\W{0,3}[A-Z]{1,3} ?[/-] ?[A-Z]{2}")
_IN_PART = re.compile(  # what was declassified is not all of it
    r"\b(?:in part|in parts|part(?:ial(?:ly)?|ly)|portions?|excerpts?|except|excised|redacted|sanitized|pending)\b",
    re.IGNORECASE,
)
_FEW = 4  # words among which a short form is looked for
# Letters that every reader writes in one way, so that words need no other form before they are compared.
_SIMPLE = re.compile(r"[\x00-\u00ac\u00ae-\u02ff\u0370-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20cf]*")
_BRACKET = re.compile(r"[\[({]([^\[\](){}]{1,60})[\])}]")
_BROKEN = re.compile(r"[^\W\d_][-\u2010\u2011]\s?[^\W\d_]")
_APART = re.compile(r"(?<![^\W_])(?:[^\W\d_][\W_]{1,3}){2}[^\W\d_](?![^\W_])")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
    for name in (names,)
}
_WORDED = re.compile(r"\b(\d{1,2})\s{0,3}([A-Za-z]{3,9})\.?,?\s{0,3}((?:19|20)\d\d)\b")
_WORDED_US = re.compile(r"\b([A-Za-z]{3,9})\.?\s{0,3}(\d{1,2}),?\s{0,3}((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_CLOSE = re.compile(r"\b((?:19|20)\d\d)([01]\d)([0-3]\d)\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d\d)\b")
_YEAR_ALONE = re.compile(r"\b((?:19|20)\d\d)\b")
_CENTURY = 50  # a year of two digits from here on is of the last century


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking in use: its `name` made of known words alone, whose it is, its `level`, and where it stands."""

    name: str
    owner: str
    level: MarkingLevel
    where: str
    other: bool


@dataclass(frozen=True, slots=True)
class Declassification:
    """The declassification line of a print, as it stands there, and the date that is past."""

    line: str
    day: date
    where: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was recognised. No marking in use means `no marking recognised`; it says nothing about the content.

    `declassified` is set where markings were there and the text's own declassification line freed them.
    """

    markings: tuple[Marking, ...] = ()
    declassified: Declassification | None = None

    @property
    def highest(self) -> Marking | None:
        """The marking of the highest level, the first of several."""
        return min(self.markings, key=lambda m: LEVELS.index(m.level), default=None)


@dataclass(slots=True)
class _Examined:
    """What was found on the way through the pieces."""

    banners: list[tuple[int, Recognised]] = field(default_factory=list)
    listed: list[tuple[int, Recognised]] = field(default_factory=list)  # plain levels alone in the text, perhaps a list
    cells: dict[int, list[tuple[int, Recognised]]] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    inside: list[tuple[int, Recognised]] = field(default_factory=list)  # portion marks, notices, blocks of authority
    letters: dict[str, tuple[int, Recognised]] = field(
        default_factory=dict
    )  # marks that may be letters of a list, by text
    unclassified: int = 0
    replaced: bool = False  # a banner is struck, or says UNCLASSIFIED
    stamps: dict[int, Declassification] = field(default_factory=dict)
    previous: str = ""


def examine(pieces: Sequence[PlacedText], *, today: date | None = None) -> Verdict:
    """Return the markings in use in `pieces`, which are in reading order; linear in their length."""
    seen = _Examined()
    for number, piece in enumerate(pieces):
        if piece.kind == "cell":
            seen.widths[piece.group] = seen.widths.get(piece.group, 0) + 1
        if _may_bear(piece.text, piece.kind):
            _look(seen, number, piece, today or date.today())
        elif letter := _LETTER.match(piece.text):
            seen.previous = letter[1]
    return _verdict(seen, pieces)


@lru_cache(maxsize=4096)  # files of one draft have most of their words in common
def _may_bear(text: str, kind: str) -> bool:
    """Whether a text holds anything of which a marking is made; most texts do not, and are not taken apart."""
    if kind == "marking" or "//" in text:
        return True
    head = text[: grammar.LINE]
    head = head if _SIMPLE.fullmatch(head) else plain(head)
    words = keys_of(head)
    whole = len(text) <= grammar.LINE
    leads = whole or kind == "entry" or (words[:1] and words[0] in lexicon().starters)
    if (leads and names_marking(words)) or _opens_short(head, words):
        return True
    if (bracket := _BRACKET.search(head[:_HEAD])) and _is_short(bracket[1]):
        return True
    broken = whole and (_BROKEN.search(head) or _APART.search(head) or (len(words) <= _FEW and text == text.upper()))
    if broken and _names_when_joined(head):
        return True
    return text.rstrip(_AFTER)[-1:] in _CLOSING and (kind == "entry" or "//" in text[-_HEAD:])


def _opens_short(head: str, words: Sequence[str]) -> bool:
    """Whether a short form stands among a few words, or opens the words with another one behind it, as in `C/NF`."""
    known = lexicon()
    if len(words) <= _FEW and not known.marks.isdisjoint(words):
        return True
    return _PAIR.match(head) is not None and words[0] in known.marks and words[1] in known.short


def _is_short(inside: str) -> bool:
    """Whether a bracket may hold a portion mark: a short form, or a word of a level."""
    words = keys_of(inside)
    return not lexicon().marks.isdisjoint(words) or names_marking(words)


def _names_when_joined(head: str) -> bool:
    joined = [token.key for token in grammar.tokens_of(head)]
    return names_marking(joined) or joined[:1] == [BARE]


# ---------------------------------------------------------------------- one piece


def _look(seen: _Examined, number: int, piece: PlacedText, today: date) -> None:
    text, struck = _unstruck(piece)
    if piece.kind == "marking":
        if found := grammar.anywhere(text):
            seen.inside.append((number, found))
        return
    if stamp := _stamp(piece, text, today):
        seen.stamps[number] = stamp
    banner = _banner(piece, text)
    if banner and struck:
        seen.replaced = True
    elif banner:
        _weigh(seen, number, piece, banner)
    elif not struck:
        _inside(seen, number, piece, text)
    if piece.kind in ("edge", "line") and _says_unclassified(text):
        seen.replaced = True


def _unstruck(piece: PlacedText) -> tuple[str, bool]:
    """Return the words of `piece` without the signs that strike them, and whether all of them are struck."""
    text = piece.text
    marked = bool(_STRUCK_SIGNS.search(text)) and not WORD.search(re.sub(r"[^\W_][\u0335-\u0338]", "", text))
    spanned = "~~" in text and not WORD.search(_STRUCK_SPAN.sub("", text))
    return text.replace("~~", ""), piece.struck or marked or spanned


def _banner(piece: PlacedText, text: str) -> Recognised | None:
    """Return the marking that `text` is as a whole, or one of its parts that wide gaps set apart."""
    if found := grammar.line(text) or (None if piece.kind == "cell" else grammar.slashed(text)):
        return found
    if piece.kind in ("edge", "line", "entry"):
        parts = (grammar.line(part) for part in grammar.segments(text))
        found = next((found for found in parts if found and found.caps and not found.listed), None)
        return found or grammar.conditional(text)
    return None


def _weigh(seen: _Examined, number: int, piece: PlacedText, found: Recognised) -> None:
    """Put a whole line where it is judged: in use at once, or by the other levels of its list or table."""
    if piece.kind == "cell":
        if found.controlled or (found.caps and found.full):
            seen.cells.setdefault(piece.group, []).append((number, found))
        return
    if found.listed and not found.controlled:
        return
    if piece.kind == "edge" or (piece.kind == "entry" and not found.quoted):
        if found.full or found.caps:
            seen.banners.append((number, found))
        return
    if found.item or found.quoted or not (found.caps or found.controlled):
        return
    if piece.kind == "line" or found.controlled:
        seen.banners.append((number, found))
    elif found.full or found.certain:
        seen.listed.append((number, found))


def _inside(seen: _Examined, number: int, piece: PlacedText, text: str) -> None:
    """Look for what opens a text: a portion mark, a marking that runs into it, a notice, a block of authority."""
    typed = piece.kind == "entry"
    found = grammar.run_in(text) or grammar.notice(text) or grammar.authority(text) or grammar.inner_portion(text)
    if found is None:
        found = (
            (grammar.led_text(text) or grammar.tail(text) or grammar.stroked(text))
            if typed
            else grammar.closing_portion(text)
        )
    if found is None:
        found, letter = grammar.portion(text, typed=typed)
        if found and not found.certain and not typed:
            _letter(seen, number, piece, found, letter)
            found = None
        elif grammar.unclassified_portion(text):
            seen.unclassified += 1
        seen.previous = letter or seen.previous
    if found is not None:
        seen.inside.append((number, found))


def _letter(seen: _Examined, number: int, piece: PlacedText, found: Recognised, letter: str) -> None:
    """Keep a mark that may be a letter of a list, unless the letter before it in the alphabet came before it."""
    follows = seen.previous and letter and ord(letter) == ord(seen.previous) + 1
    if not follows and piece.kind in ("paragraph", "cell", "field", "aside"):
        seen.letters.setdefault(piece.text, (number, found))


def _stamp(piece: PlacedText, text: str, today: date) -> Declassification | None:
    """Return the declassification line that `text` is: it says that it is done, with a date that is past."""
    if len(text) > _STAMP:
        return None
    items = grammar.items_in(text)
    done = next((n for n, item in enumerate(items) if item.kind == "done" or item.token.key == "declassified"), None)
    if done is None or (done and items[done - 1].token.key in lexicon().denied):
        return None
    if _IN_PART.search(text):
        return None
    day = _latest_date(text)
    return Declassification(text.strip(), day, piece.where) if day and day < today else None


def _says_unclassified(text: str) -> bool:
    items = grammar.items_in(text[:_HEAD])
    return bool(items) and items[0].kind == "carried" and "unclas" in items[0].token.key


# ---------------------------------------------------------------------- all pieces


def _verdict(seen: _Examined, pieces: Sequence[PlacedText]) -> Verdict:
    banners = [*seen.banners, *_alone(seen), *_in_tables(seen)]
    inside = [*seen.inside, *_portions(seen)]
    freed = [one for one in banners if _is_freed(seen, one)]
    live = [one for one in banners if one not in freed]
    stamp = next(iter(seen.stamps.values()), None)
    if stamp and not live and (freed or seen.replaced):
        kept = [(number, found) for number, found in inside if found.other or _ahead(pieces[number], found)]
        freed += [one for one in inside if one not in kept]
        inside = kept
    markings = tuple(_marking(pieces[number], found) for number, found in sorted(live + inside, key=lambda one: one[0]))
    return Verdict(markings, stamp if not markings and (freed or seen.replaced) else None)


def _marking(piece: PlacedText, found: Recognised) -> Marking:
    return Marking(found.name, found.owner, found.level, piece.where, found.other)


def _alone(seen: _Examined) -> Iterator[tuple[int, Recognised]]:
    """Yield plain levels that stand alone in the text, unless there are several: then they are heads of a list."""
    if len({found.name for _, found in seen.listed if not found.is_bare}) <= 1:
        yield from seen.listed


def _in_tables(seen: _Examined) -> Iterator[tuple[int, Recognised]]:
    """Yield the markings in cells of tables that are no tables of levels."""
    for group, marked in seen.cells.items():
        found = [one for one in marked if not one[1].is_bare or seen.widths[group] == 1]  # else the head of a column
        controlled = [one for one in found if one[1].controlled]
        if controlled or len({one.name for _, one in found}) == 1:
            yield from controlled or found


def _portions(seen: _Examined) -> Iterator[tuple[int, Recognised]]:
    """Yield marks that could be letters of a list, where they come again and again or beside unclassified ones."""
    if len(seen.letters) >= _ENOUGH or (seen.letters and seen.unclassified):
        yield from seen.letters.values()


def _is_freed(seen: _Examined, one: tuple[int, Recognised]) -> bool:
    """Whether a stamp stands at a banner, so that it replaces it; never for what others own."""
    number, found = one
    near = any(place in seen.stamps for place in range(number - _NEAR, number + _NEAR + 1))
    return near and not found.other


def _ahead(piece: PlacedText, found: Recognised) -> bool:
    """Whether a block of authority names a day that lies ahead, or an event, so that it is not yet freed."""
    if found.level != "authority":
        return False
    day = _latest_date(piece.text)
    return day is not None and day >= date.today()


# ---------------------------------------------------------------------- dates


def _latest_date(text: str) -> date | None:
    """Return the latest day that `text` names, None where it names none; a year alone is its last day."""
    return max(_dates(text[:400]), default=None)


def _dates(text: str) -> Iterator[date]:
    for day, month, year in _WORDED.findall(text):
        yield from _day(year, _MONTHS.get(month[:3].lower(), 0), day)
    for month, day, year in _WORDED_US.findall(text):
        yield from _day(year, _MONTHS.get(month[:3].lower(), 0), day)
    for year, month, day in (*_ISO.findall(text), *_CLOSE.findall(text)):
        yield from _day(year, int(month), day)
    for first, second, year in _SLASHED.findall(text):
        whole = int(year) if len(year) > 2 else int(year) + (1900 if int(year) >= _CENTURY else 2000)
        yield from _day(str(whole), int(first), second)
        yield from _day(str(whole), int(second), first)
    rest = text
    for pattern in (_WORDED, _WORDED_US, _ISO, _CLOSE, _SLASHED):
        rest = pattern.sub(" ", rest)
    for year in _YEAR_ALONE.findall(rest):
        yield date(int(year), 12, 31)


def _day(year: str, month: int, day: str) -> Iterator[date]:
    try:
        yield date(int(year), month, int(day))
    except ValueError:
        return
