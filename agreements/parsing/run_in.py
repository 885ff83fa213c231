"""Lists that run on inside one paragraph: `... the following: (a) one; (b) two: (i) three; (ii) four; and (c) five.`

They are cut only where the sequence is certain: a list opens after a colon or dash with its first number, goes on
with the next one after a sign that ends an item, and has two items at least. Numbers that refer to something
(`paragraphs (a) and (b)`) are left in the words.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from agreements.language.sentences import sentences
from agreements.parsing.markers import Marker, marker_of
from agreements.parsing.spans import cut
from agreements.reading import Block

_NUMBER = re.compile(
    r"(?P<before>(?:[:;,.–—]|\s-)[\s\u00a0]*(?:(?:and/or|and|or)[\s\u00a0]+)?|\s(?:and/or|and|or)[\s\u00a0]+)"
    r"(?P<number>\((?:[a-z]{1,5}|\d{1,2})\)|(?:[a-z]|[ivx]{2,4}|\d{1,2})\))(?=[\s\u00a0]*[^\s,;.)])"
)
_OPENS = re.compile(r"[:–—]|\s-")
_REFERS = re.compile(
    r"(?:paragraphs?|items?|points?|[Aa]rticles?|[Ss]ections?|clauses?|\(\w{1,4}\))[\s\u00a0]*+[,;]?[\s\u00a0]*+$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[\s\u00a0]*(?:of|above|below|and|or|to|hereof|thereof)\b")
_OPENS_ONE = re.compile(r"[A-Z][a-z]+ ")
_FEWEST = 2
_FIRST_TWO = (("a)", "b)"), ("1)", "2)"), ("i)", "ii)"))


@dataclass(slots=True)
class _Item:
    """An item of a run-on list: where its number begins, how deep it stands (0 outermost), and its list."""

    at: int
    depth: int
    of: "_List"


@dataclass(slots=True)
class _List:
    system: str
    last: int
    shape: str
    count: int = 1


def run_in(block: Block, source: str, taken: Collection[str]) -> list[Block]:
    """Return `block` cut before each item of the lists that run on in it, and before the words that close them.

    `taken` are the shapes of the lists that are open where the block stands: a list of such a shape would not be
    told from those, and is left in its words.
    """
    if block.kind in ("table", "footnote", "heading") or not _may_hold_list(block.text):
        return [block]
    items = _items(block.text, taken)
    if not items:
        return [block]
    places = [item.at for item in items]
    if items[-1].depth == 0 and (end := _closing(block.text, places)):
        places.append(end)
    pieces: list[Block] = []
    rest, done = block, 0
    for place in places:
        first, rest = cut(rest, place - done, source)
        pieces.append(first)
        done = place
        done += len(block.text[done:]) - len(block.text[done:].lstrip())
    return [*pieces, rest]


def _may_hold_list(text: str) -> bool:
    """Whether the first two numbers of any list stand in `text`: a first look."""
    return any(first in text and second in text for first, second in _FIRST_TWO)


def _items(text: str, taken: Collection[str]) -> list[_Item]:
    """Return the items of all certain lists in `text`, in order; none where a list breaks off or restarts."""
    found = [(match, marker) for match in _NUMBER.finditer(text) if (marker := marker_of(match["number"]))]
    open_lists: list[_List] = []
    items: list[_Item] = []
    for position, (match, marker) in enumerate(found):
        if marker.shape in taken or _is_reference(text, match):
            continue
        following = found[position + 1][1] if position + 1 < len(found) else None
        opens = _OPENS.match(match["before"]) is not None
        if opens and (system := _first(marker, following)):
            if any(held.shape == marker.shape and held.system == system for held in open_lists):
                return []
            open_lists.append(_List(system, 1, marker.shape))
        elif (depth := _continued(marker, open_lists)) is not None:
            del open_lists[depth + 1 :]
            open_lists[depth].last += 1
            open_lists[depth].count += 1
        else:
            continue
        items.append(_Item(match.start("number"), len(open_lists) - 1, open_lists[-1]))
    if any(item.depth == 0 and item.of.count < _FEWEST for item in items):
        return []
    return [item for item in items if item.of.count >= _FEWEST]


def _first(marker: Marker, following: Marker | None) -> str:
    """Return the system of counting in which `marker` is the first number, by what follows it; else nothing."""
    systems = [system for system, value in marker.readings if value == 1]
    if following is None or not systems:
        return ""
    return next((s for s in systems if (s, 2) in following.readings), systems[0])


def _continued(marker: Marker, open_lists: list[_List]) -> int | None:
    for depth in range(len(open_lists) - 1, -1, -1):
        here = open_lists[depth]
        if here.shape == marker.shape and (here.system, here.last + 1) in marker.readings:
            return depth
    return None


def _is_reference(text: str, match: re.Match[str]) -> bool:
    """Whether a number refers to a provision: after `paragraph`, or before `of` and the like."""
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_GOES_ON.match(text, match.end()) or (not _OPENS.match(match["before"]) and _REFERS.search(before)))


def _closing(text: str, places: list[int]) -> int:
    """Return where the words that close the list begin: a sentence after the one that the items are parts of.

    Nothing (0) where an item before the last holds a full stop itself, so that it is not known what a sentence closes.
    """
    ends = [*places[1:], len(text)]
    for place, end in zip(places[:-1], ends[:-1], strict=True):
        if text[place:end].rstrip(" andor\u00a0")[-1:] not in (";", ",") or _sentence(text, place, end):
            return 0
    return _sentence(text, places[-1], len(text))


def _sentence(text: str, start: int, end: int) -> int:
    """Return where the second sentence of the characters `start` to `end` begins, 0 where there is one only."""
    following = (start + sentence.start for sentence in sentences(text[start:end])[1:])
    return next((at for at in following if _OPENS_ONE.match(text, at)), 0)
