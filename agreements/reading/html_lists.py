"""The numbers that a browser shows before the items of an ordered list."""

import re
from dataclasses import dataclass, field

from lxml import etree

from agreements.ooxml.numerals import numeral, whole
from agreements.reading.html_page import characters_of
from agreements.reading.wrapping import is_item

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
    "none": "",
}


_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(slots=True)
class _List:
    element: etree._Element
    sort: str  # "1", "a", "A", "i", "I", or "" for a list without numbers
    value: int
    step: int


@dataclass(slots=True)
class Lists:
    """The lists that are open while a page is walked through."""

    _open: list[_List] = field(default_factory=list)

    @property
    def inside(self) -> bool:
        """Whether a list is open."""
        return bool(self._open)

    @property
    def depth(self) -> int:
        """The depth of the innermost list, 0 for the outermost and outside of lists."""
        return max(0, len(self._open) - 1)

    def enter(self, element: etree._Element) -> str | None:
        """Open a list, or return the number of the item that `element` opens, `1.`, `a.`, `iv.`."""
        if element.tag in ("ol", "ul"):
            self._open.append(_list(element))
        if element.tag != "li" or not self._open or not self._open[-1].sort:
            return None
        current = self._open[-1]
        value = element.get("value", "")
        current.value = whole(value, current.value)
        shown = _shown(current.sort, current.value)
        current.value += current.step
        return f"{shown}."

    def leave(self, element: etree._Element) -> None:
        """Close the list that ends with `element`."""
        if self._open and self._open[-1].element is element:
            self._open.pop()


def _list(element: etree._Element) -> _List:
    items = [child for child in element if child.tag == "li"]
    sort = element.get("type", "1") if element.tag == "ol" else ""
    style = _STYLE.search(element.get("style", ""))
    if style and element.tag == "ol":
        sort = _STYLES.get(style[1].lower(), sort)
    if items and all(is_item(characters_of(item)) for item in items):
        sort = ""  # the items carry their numbers in their words; the page hides the browser's
    start, backwards = element.get("start", ""), "reversed" in element.attrib
    first = whole(start, len(items) if backwards else 1)
    return _List(element, sort if sort in ("1", "a", "A", "i", "I") or not sort else "1", first, -1 if backwards else 1)


def _shown(sort: str, value: int) -> str:
    form = _FORMATS.get(sort)
    return numeral(value, form) if form and 0 < value < 4000 else str(value)
