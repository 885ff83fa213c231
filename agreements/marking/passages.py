"""A text with its place: what a door hands to the service that recognises markings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["edge", "line", "inner", "paragraph", "cell", "aside", "entry", "field", "marking"]
"""How a text stands, which decides what counts as a marking in use there:

- `edge`: the first or last line of a document, a header, footer, watermark or text box: any case;
- `line`: a printed line at the top or foot of a page, which may belong to a sentence: capitals;
- `inner`: a printed line beside those: capitals, and levels that follow each other are a list;
- `paragraph`: words of the document: capitals alone on a line, portion marks, notices, blocks of authority;
- `cell`: a cell of a table, whose other cells say whether it is a table of levels;
- `aside`: words that are no part of the text (left out, hidden, data): as a paragraph;
- `entry`: what a person typed, comments, titles, properties: any case, and a level that leads or ends the words;
- `field`: one value of an entry that is words of a treaty (a counter text): as a paragraph, but of one's own hand;
- `marking`: a field whose business is the marking: a level anywhere in it.
"""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Words that stand together; `where` names their place in words of ours, `group` the table that they are in."""

    text: str
    where: str
    kind: PassageKind = "paragraph"
    struck: bool = False
    group: int = 0


def entries(text: str, where: str, kind: PassageKind = "entry") -> Iterator[PlacedText]:
    """Yield a piece for every line of words that were typed in."""
    lines = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        place = where if len(lines) == 1 else f"{where}, line {number}"
        yield PlacedText(line, place, kind)


def remarks(source: str, where: str = "a comment") -> Iterator[PlacedText]:
    """Yield the words after a number sign on each line of `source`, as YAML has its comments; one in quotes as well."""
    for number, line in enumerate(source.splitlines(), 1):
        before, sign, words = line.partition("#")
        if sign and words.strip("# \t") and (not before or before[-1].isspace()):
            yield PlacedText(words.strip("# \t"), f"{where}, line {number}", "entry")


def name_pieces(name: str) -> list[PlacedText]:
    """Return the pieces of the name of a file: an underscore sets a marking apart where it begins in capitals."""
    stem = name.rpartition(".")[0] or name
    first = stem.replace("-", "_").split("_")[0].strip()
    sign = " - " if first.isupper() else " "
    if stem.islower():
        return []
    return [PlacedText(stem.replace("_", sign), "the name of the file", "entry"), *label_pieces(stem)]


_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,40}(?:[-_/]{1,2}[A-Z]{2,40}){0,8}(?![^\W_])")


_FIGURES, _CODE = re.compile(r"[-_ ]?\d"), 4


def label_pieces(label: str, where: str = "the name of the file") -> list[PlacedText]:
    """Return the pieces of a label that no sentence is: what stands in capitals among other words, or all of it."""
    runs = [] if label.islower() else _CAPITALS.finditer(label)
    told = (run[0] for run in runs if len(run[0]) >= _CODE or not _FIGURES.match(label, run.end()))  # TS-110: a crane
    return [PlacedText(run.replace("_", "//"), where, "entry") for run in told]


def values(value: object, where: str, *, kind: PassageKind = "entry") -> Iterator[PlacedText]:
    """Yield the pieces of all words in `value`, what a YAML or JSON file holds; its keys are named as places.

    A field that is called marking or classification is one.
    """
    waiting: list[tuple[object, str, PassageKind]] = [(value, where, kind)]
    while waiting:
        own, place, as_kind = waiting.pop()
        if isinstance(own, Mapping):
            for name in own:
                yield PlacedText(str(name), f"the name of a field of {place or 'it'}", "aside")
            waiting += reversed([_field(str(name), below, place, as_kind) for name, below in own.items()])
        elif isinstance(own, list | tuple):
            waiting += ((below, place, as_kind) for below in reversed(own))
        elif isinstance(own, str):
            yield from entries(own, place, as_kind)


def _field(name: str, value: object, where: str, kind: PassageKind) -> tuple[object, str, PassageKind]:
    inner = "marking" if name.lower() in MARKING_FIELDS else _KINDS.get(name.lower(), kind)
    return value, f"{where}.{_shown(name)}" if where else _shown(name), inner


MARKING_FIELDS = frozenset(("marking", "markings", "classification", "security", "security_marking", "caveat"))
_KINDS: dict[str, PassageKind] = {"text": "field"}  # words of a treaty, in which a level may lead a sentence
_SHOWN = 40


def _shown(name: str) -> str:
    """Return the name of a field as a place; one that is no plain name is not shown, it may hold words."""
    return name if len(name) <= _SHOWN and name.replace("_", "").replace("-", "").isalnum() else "field"
