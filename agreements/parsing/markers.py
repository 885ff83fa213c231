"""The numbers that open paragraphs: `1.`, `(1)`, `1)`, `a.`, `(a)`, `(i)`, `1.1`, `A.`, `(aa)`; `б)`, `①`, `一、`.

What a marker means is decided by its place in the sequence (`numbering.py`): `(i)` is the ninth letter after
`(h)` and a Roman one before `(ii)`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from agreements.language import numbers
from agreements.reading import Block

_QUOTE = r"[“„\"‘'*_]*"
_SUFFIX = r"(?:[ \u00a0]?(?:bis|ter|quater|quinquies)|(?<=\d)[A-Za-z](?=[.)*_]))?"
_ADDED = r"(?:[A-Z](?=[.)]?[\s\u00a0])|[ \u00a0]?(?:bis|ter|quater)(?=[.)]?[\s\u00a0]))?"
_BRACKETED = re.compile(rf"{_QUOTE}\([*_]*(?P<value>\d{{1,3}}|[a-z]{{1,5}}|[A-Z]{{1,5}}){_SUFFIX}[*_]*\)\.?")
_DOTTED = re.compile(
    rf"{_QUOTE}(?P<value>\d{{1,3}}|[a-z]|[ivx]{{2,5}}|[A-Z]|[IVX]{{2,5}}|([a-z])\2){_SUFFIX}[*_]*"
    r"(?P<end>[.)])(?:(?<=\))\.|(?<=\.)\.(?!\.))?(?!\w?\.\w|[A-Za-z]\.)"
    r"(?=$|[\s\u00a0]|[A-Z“„\"‘'(\[*_]|[a-z]{2}|(?<=\))[a-z][ \u00a0])"
)
_COMPOUND = re.compile(
    rf"{_QUOTE}(?P<value>\d{{1,2}}(?:\.\d{{1,2}}){{1,5}}){_ADDED}(?P<end>[.)]?)"
    r"(?=$|[\s\u00a0]+[A-Z“„\"‘'(\[]|[A-Z]|(?<=[.)])[a-z][a-z \u00a0])"
)
_ORDINALS = re.compile(  # `2. veya 3. maddeye`, `2. und 3. Absatz`: numbers of what the sentence speaks of
    r"\d{1,3}\.(?:[\s\u00a0]+[^\W\d_A-Z]{1,5}|,(?:[\s\u00a0]+\d{1,3}\.,){0,8})[\s\u00a0]+\d{1,3}\.[\s\u00a0]+[^\W\d_]"
)
_BARE = re.compile(r"(?P<value>\d{1,2})(?=[\s\u00a0]+[A-Z“\"‘(]|[\u3000 ][\u3040-\u9fff])")
_OTHER = re.compile(  # letters of other alphabets and signs of the East
    rf"{_QUOTE}(?:\((?P<in>[{numbers.LETTERS}]|[{numbers.HAN}]{{1,3}})\)|（(?P<wide>\w{{1,3}})）"
    rf"|(?P<letter>[{numbers.LETTERS}])(?:[)]|[ \u00a0]?[-–](?=\s?[\u0600-\u06ff]))"
    r"|(?P<dashed>\d{1,2})[ \u00a0]?[-–—](?=\s?[\u0600-\u06ff]|[\s\u00a0][A-ZÀ-Þ])"
    rf"|(?P<han>[{numbers.HAN}]{{1,3}})(?:[、．]|(?=\u3000\S))"
    r"|(?P<ring>[①-⑳]))"
)
_SHAPES = ("in", "wide", "letter", "dashed", "han", "ring")
_RING = ord("①") - 1
_OPENING = "*_“„\"‘'"
_LETTERED = re.compile(rf"{_QUOTE}(?P<value>[A-Z](?:\.\d{{1,2}}){{1,3}})(?P<end>[.)]?)(?=$|[\s\u00a0]*[A-Z“\"‘'(\[])")
BARE = "1"
"""The shape of a number without any sign after it (`1 The Parties ...`), believed only where the list goes on."""
_LOWER = re.compile(r"[a-z]{2,5}[.)]")
_ALONE = re.compile(r"(?P<value>\d{1,3}|[IVX]{1,6})")


class Marker(NamedTuple):
    """A number that may open a paragraph.

    `printed` is the number as printed, `at` where the words after it begin, `shape` its typography (`(1)`, `1.`,
    `a)`), `readings` the values it may have in each system of counting (`digit`, `alpha`, `roman`, `compound`).
    """

    printed: str
    at: int
    shape: str
    readings: tuple[tuple[str, int], ...]

    @property
    def parts(self) -> int:
        """How many numbers a compound number has: 2 for `3.1`; 1 for every other."""
        return self.shape.count("n")


def marker_of(text: str) -> Marker | None:
    """Return the marker that `text` opens with, or None."""
    if not text or _is_word(text):
        return None
    if found := _BRACKETED.match(text):
        return _marker(found, text, "({})")
    if found := _COMPOUND.match(text) or _LETTERED.match(text):
        count = found["value"].count(".") + 1
        value = int(found["value"].rpartition(".")[2])
        shape = ".".join("n" * count) + found["end"]
        return Marker(found.group().lstrip("*_"), _after(text, found.end()), shape, (("compound", value),))
    if (found := _DOTTED.match(text)) and not _ORDINALS.match(text):
        return _marker(found, text, "{}" + found["end"])
    if found := _BARE.match(text):
        return _marker(found, text, "{}")
    return None if text.isascii() and not text[0].isdigit() else _other(text)


def _other(text: str) -> Marker | None:
    """Return the marker of another script that `text` opens with, or None."""
    found = _OTHER.match(text)
    if found is None:
        return None
    shape = next(name for name in _SHAPES if found[name])
    value = found[shape]
    readings: tuple[tuple[str, int], ...]
    if shape == "ring":
        readings = (("digit", ord(value) - _RING),)
    elif number := numbers.han(value):
        readings = (("digit", number),)
    else:
        readings = _readings(value)
    return Marker(found.group().lstrip(_OPENING), _after(text, found.end()), shape, readings) if readings else None


def _is_word(text: str) -> bool:
    """Whether `text` plainly opens with a word, as most does."""
    if text[0].islower():
        return text[1:2] not in (".", ")") and not _LOWER.match(text)
    return text[0].isupper() and text[1:2].islower() and text[1] not in "btq"  # `A bis` may be written `Abis`


def number_marker(block: Block) -> Marker | None:
    """Return the marker of `block`: its automatic number, else what its text opens with.

    A heading that is nothing but a number (`3`, `IV`) is a marker too. It is looked for once.
    """
    if block.marker is None:
        block.marker = (_read(block),)
    found: Marker | None = block.marker[0]
    return found


def _read(block: Block) -> Marker | None:
    if block.kind in ("table", "footnote"):
        return None
    if block.number:
        found = marker_of(block.number.strip()) or _alone(block.number.strip())
        return Marker(block.number, 0, found.shape, found.readings) if found else None
    found = marker_of(block.text)
    if block.kind == "heading" and (found is None or found.shape == BARE):
        alone = _alone(block.text.strip("*_ ")) if found is None else None
        return alone or (Marker(found.printed, found.at, BARE + ":", found.readings) if found else None)
    return found


def _alone(text: str) -> Marker | None:
    found = _ALONE.fullmatch(text)
    return _marker(found, text, "{}:") if found else None


def _marker(found: re.Match[str], text: str, shape: str) -> Marker | None:
    value = found["value"]
    readings = _readings(value)
    if not readings:
        return None
    kind = "1" if value.isdigit() else "a" if value.islower() else "A"
    printed = found.group().replace("*", "").replace("_", "")
    return Marker(printed, _after(text, found.end()), shape.format(kind), readings)


@lru_cache(maxsize=1024)  # the same few numbers over and over
def _readings(value: str) -> tuple[tuple[str, int], ...]:
    if value.isdigit():
        return (("digit", int(value)),)
    pairs = (("alpha", numbers.letters(value)), ("roman", numbers.roman(value)))
    return tuple((system, number) for system, number in pairs if number)


def _after(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \u00a0\u3000":
        end += 1
    return end
