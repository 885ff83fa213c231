"""Building WordprocessingML: elements, property lists in schema order, and runs of text.

Text only ever enters a tree as text, never as markup, so no word of an agreement can become structure.
"""

import re
from collections.abc import Iterable, Mapping

from docx.oxml.parser import oxml_parser
from lxml import etree

from agreements.ooxml.schema import W, local, name, rank

XmlValue = str | int | bool | Mapping[str, str | int] | etree._Element
Properties = Mapping[str, XmlValue]

_PREFIX = {"w": W}
# A name of another namespace gets the prefix that Word writes, whatever other packages have registered in this process:
# the same draft has the same bytes.
for _prefix, _namespace in (
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("w15", "http://schemas.microsoft.com/office/word/2012/wordml"),
):
    etree.register_namespace(_prefix, _namespace)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def figure(text: str) -> float:
    """Return the figure that an attribute holds, 0 where it holds none."""
    try:
        return float(text)
    except ValueError:
        return 0.0


def make(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """Return the element `w:tag` with `attributes` (in the `w:` namespace) and `children`."""
    element: etree._Element = oxml_parser.makeelement(name(tag), nsmap=_PREFIX)
    for key, value in attributes.items():
        element.set(name(key), str(value))
    element.extend(children)
    return element


def properties(tag: str, values: Properties) -> etree._Element:
    """Return a property list such as `w:pPr`, its children in schema order.

    A value is True for an element that stands alone, False for one that is switched off, a string or number
    for its `w:val`, a mapping for several attributes, or the element itself.
    """
    children = [_property(key, value) for key, value in values.items()]
    return make(tag, *sorted(children, key=lambda child: rank(tag, local(child))))


def _property(tag: str, value: XmlValue) -> etree._Element:
    if isinstance(value, etree._Element):
        return value
    if isinstance(value, Mapping):
        return make(tag, **value)
    if isinstance(value, bool):
        return make(tag) if value else make(tag, val=0)
    return make(tag, val=value)


def clean(text: str) -> str:
    """Return `text` with the few characters that no XML file can hold shown as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)


def run(text: str, look: Properties | None = None, *, breaks: bool = False) -> etree._Element:
    """Return a run of `text` with the run properties `look`.

    A tab becomes `w:tab`, and with `breaks` a newline becomes a line break.
    """
    parts: list[etree._Element] = [properties("rPr", look)] if look else []
    for piece in re.split(r"([\t\n])" if breaks else r"(\t)", clean(text)):
        if piece == "\t":
            parts.append(make("tab"))
        elif piece == "\n":
            parts.append(make("br"))
        elif piece:
            words = make("t")
            words.text = piece
            words.set(_XML_SPACE, "preserve")
            parts.append(words)
    return make("r", *parts)


def paragraph(values: Properties, content: Iterable[etree._Element] = ()) -> etree._Element:
    """Return a paragraph with the paragraph properties `values` and `content` (runs, bookmarks)."""
    return make("p", properties("pPr", values), *content)
