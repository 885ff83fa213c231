"""What the styles of a Word file say of a paragraph and its runs: heads, centring, bold, italic, hidden, struck out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from agreements.ooxml.numerals import whole
from agreements.ooxml.schema import child_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9  # the outline level of text that is no head
_LOOK, _RUN_LOOK, _STYLE, _VALUE = f"{W}pPr", f"{W}rPr", f"{W}pStyle", f"{W}val"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How the words of a run look."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Return whether a toggle such as `w:b` is on, None where nothing is said."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else _on(found)


def _on(toggle: etree._Element) -> bool:
    return toggle.get(_VALUE, "1").lower() not in _OFF


def look_of(paragraph: etree._Element) -> etree._Element | None:
    """Return the properties of a paragraph, None where it has none."""
    return child_of(paragraph, _LOOK)


def aligned(properties: etree._Element | None) -> str:
    """Return how the properties of a paragraph align its lines; empty where they do not say it.

    `start` and `end` are the later names of `left` and `right` (ISO/IEC 29500-1, 17.18.44).
    """
    found = None if properties is None else properties.find(f"{W}jc")
    said = "" if found is None else found.get(_VALUE, "")
    return {"start": "left", "end": "right"}.get(said, said)


class Stylesheet:
    """The styles of one Word file; `default` is the id of that which paragraphs have that name none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self.default = ""
        for style in [] if root is None else root.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default = identifier
        self._cached_toggle = cache(self._toggle)
        self._cached_look = cache(self._look)
        self._cached_name = cache(self._name)
        self._cached_level = cache(self._level)
        self._cached_centred = cache(self._centred)
        self._cached_alignment = cache(self._alignment)

    def of_paragraph(self, paragraph: etree._Element) -> str:
        """Return the id of the paragraph's style."""
        own = look_of(paragraph)
        for child in () if own is None else own:
            if child.tag == _STYLE:
                return str(child.get(_VALUE, ""))
        return self.default

    def name(self, style: str) -> str:
        """Return the name of a style as Word shows it, its id when it has none."""
        return self._cached_name(style)

    def _name(self, style: str) -> str:
        found = self._styles.get(style)
        name = None if found is None else found.find(f"{W}name")
        return style if name is None else name.get(f"{W}val", style)

    def head_level(self, paragraph: etree._Element) -> int:
        """Return the level of a head, 1 to 6, 0 for other paragraphs. A title is a head of level 1."""
        level = _outline(look_of(paragraph))
        style = self.of_paragraph(paragraph)
        if level is None:
            level = self._cached_level(style)
        if level is None:
            return 1 if self.name(style).lower() in ("title", "subtitle") else 0
        return 0 if level >= _BODY_LEVEL else min(level + 1, 6)

    def _level(self, style: str) -> int | None:
        levels = (_outline(element.find(_LOOK)) for element in self._chain(style))
        return next((level for level in levels if level is not None), None)

    def is_centred(self, paragraph: etree._Element) -> bool:
        """Return whether the paragraph stands in the middle of the line."""
        own = _is_in_the_middle(look_of(paragraph))
        return self._cached_centred(self.of_paragraph(paragraph)) if own is None else own

    def _centred(self, style: str) -> bool:
        found = (_is_in_the_middle(element.find(_LOOK)) for element in self._chain(style))
        return next((each for each in found if each is not None), False)

    def alignment(self, style: str) -> str:
        """Return how a style and those it is based on align lines: `left`, `center`, `right`, `both` and the like."""
        return self._cached_alignment(style)

    def _alignment(self, style: str) -> str:
        found = (aligned(element.find(_LOOK)) for element in self._chain(style))
        return next((each for each in found if each), "left")

    def is_on(self, style: str, name: str) -> bool:
        """Return whether a style or one that it is based on turns a toggle such as `b` on."""
        return self._cached_toggle(style, name)

    def of_run(self, run: etree._Element, paragraph_style: str) -> RunLook:
        """Return how a run looks: by itself, else by its style, else by the style of its paragraph."""
        own = child_of(run, _RUN_LOOK)
        said = {} if own is None else {str(child.tag): child for child in reversed(own)}
        if not said:
            return self._cached_look(paragraph_style)
        style = said.get(f"{W}rStyle")
        character = "" if style is None else style.get(_VALUE, "")

        def toggle(name: str) -> bool:
            direct = said.get(W + name)
            if direct is None:
                return bool(self._cached_toggle(character, name) or self._cached_toggle(paragraph_style, name))
            return _on(direct)

        return RunLook(toggle("b"), toggle("i"), toggle("vanish"), toggle("strike") or toggle("dstrike"))

    def _look(self, style: str) -> RunLook:
        """Return how words look of which nothing but the style of their paragraph says it."""
        bold, italic, hidden, *struck = (
            self._toggle(style, name) for name in ("b", "i", "vanish", "strike", "dstrike")
        )
        return RunLook(bold, italic, hidden, any(struck))

    def _toggle(self, style: str, name: str) -> bool:
        values = (is_on(element.find(f"{W}rPr"), name) for element in self._chain(style))
        return next((value for value in values if value is not None), False)

    def _chain(self, style: str) -> Iterator[etree._Element]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            based = element.find(f"{W}basedOn")
            style = "" if based is None else based.get(f"{W}val", "")


def _is_in_the_middle(properties: etree._Element | None) -> bool | None:
    justified = None if properties is None else properties.find(f"{W}jc")
    return None if justified is None else justified.get(_VALUE) == "center"


def _outline(properties: etree._Element | None) -> int | None:
    level = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if level is None else level.get(f"{W}val", "")
    return whole(value, _BODY_LEVEL) if value.isdecimal() else None
