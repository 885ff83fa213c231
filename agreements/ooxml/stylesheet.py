"""What the styles of a Word file say of a paragraph and its runs: heads, centring, bold, italic, hidden, struck out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9  # the outline level of text that is no head


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
    return None if found is None else found.get(f"{W}val", "1").lower() not in _OFF


class Stylesheet:
    """The styles of one Word file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        for style in [] if root is None else root.iter(f"{W}style"):
            identifier = style.get(f"{W}styleId", "")
            self._styles[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = identifier
        self._cached_toggle = lru_cache(maxsize=4096)(self._toggle)

    def of_paragraph(self, paragraph: etree._Element) -> str:
        """Return the id of the paragraph's style."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._default if style is None else style.get(f"{W}val", "")

    def name(self, style: str) -> str:
        """Return the name of a style as Word shows it, its id when it has none."""
        found = self._styles.get(style)
        name = None if found is None else found.find(f"{W}name")
        return style if name is None else name.get(f"{W}val", style)

    def head_level(self, paragraph: etree._Element) -> int:
        """Return the level of a head, 1 to 6, 0 for other paragraphs. A title is a head of level 1."""
        level = _outline(paragraph.find(f"{W}pPr"))
        style = self.of_paragraph(paragraph)
        for element in self._chain(style):
            level = _outline(element.find(f"{W}pPr")) if level is None else level
        if level is None:
            return 1 if self.name(style).lower() in ("title", "subtitle") else 0
        return 0 if level >= _BODY_LEVEL else min(level + 1, 6)

    def is_centred(self, paragraph: etree._Element) -> bool:
        """Return whether the paragraph stands in the middle of the line."""
        chain = (e.find(f"{W}pPr") for e in self._chain(self.of_paragraph(paragraph)))
        for properties in (paragraph.find(f"{W}pPr"), *chain):
            justified = None if properties is None else properties.find(f"{W}jc")
            if justified is not None:
                return justified.get(f"{W}val") == "center"
        return False

    def of_run(self, run: etree._Element, paragraph_style: str) -> RunLook:
        """Return how a run looks: by itself, else by its style, else by the style of its paragraph."""
        own = run.find(f"{W}rPr")
        style = None if own is None else own.find(f"{W}rStyle")
        character = "" if style is None else style.get(f"{W}val", "")

        def toggle(name: str) -> bool:
            direct = is_on(own, name)
            if direct is None:
                return bool(self._cached_toggle(character, name) or self._cached_toggle(paragraph_style, name))
            return direct

        return RunLook(toggle("b"), toggle("i"), toggle("vanish"), toggle("strike") or toggle("dstrike"))

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


def _outline(properties: etree._Element | None) -> int | None:
    level = None if properties is None else properties.find(f"{W}outlineLvl")
    value = "" if level is None else level.get(f"{W}val", "")
    return int(value) if value.isdigit() else None
