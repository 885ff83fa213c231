"""What a Word file would tell the other side beside its text: the check before a file leaves.

`LEAKS` is the table; a row is a pattern over the names of parts or over their XML, and what is said of it.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from agreements.errors import UnreadableError
from agreements.findings import Finding, error

_LIMIT = 200_000_000  # bytes of all parts together, against a zip bomb
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Parts that must not be there: pattern of the name, code, what it is.
_PARTS = (
    (r"word/comments", "comments", "comments"),
    (r"word/people\.xml", "people", "the list of those who commented or revised"),
    (r"customXml/", "custom-xml", "data behind the text (custom XML)"),
    (r"docProps/custom\.xml", "properties", "custom document properties"),
    (r"word/embeddings/|word/vbaProject|word/activeX", "embedded", "embedded files or macros"),
    (r"docProps/thumbnail", "thumbnail", "a picture of an earlier state"),
)
# Elements that must not be there: local names, code, what they are.
_ELEMENTS = {
    **dict.fromkeys(
        (
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "rPrChange",
            "pPrChange",
            "sectPrChange",
            "tblPrChange",
            "numberingChange",
        ),
        ("revisions", "a tracked change"),
    ),
    "trackRevisions": ("revisions", "the switch that tracks changes"),
    "vanish": ("hidden-text", "hidden text"),
    "webHidden": ("hidden-text", "hidden text"),
    "commentReference": ("comments", "a comment"),
    "attachedTemplate": ("path", "the path of a template"),
    "docVar": ("properties", "a document variable"),
    "rsidRoot": ("sessions", "numbers of the editing sessions"),
}
_PEOPLE = {"creator", "lastModifiedBy", "Manager", "Company", "HyperlinkBase", "category", "keywords", "description"}
_PATH = re.compile(r"file:|[A-Za-z]:\\|\\\\[\w.-]+\\|/(?:home|Users|root)/")


def leaks(file: Path) -> tuple[Finding, ...]:
    """Return an error for each thing in the Word file that must not leave with it; empty when it may go.

    `where` names the part of the package. Raises `UnreadableError` when `file` is no Word file.
    """
    try:
        with zipfile.ZipFile(file) as package:
            if sum(item.file_size for item in package.infolist()) > _LIMIT:
                raise UnreadableError(f"{file.name} holds more than {_LIMIT // 1_000_000} MB.")
            if "word/document.xml" not in package.namelist():
                raise UnreadableError(f"{file.name} is not a Word file.", hint="It must end in .docx.")
            return tuple(_of_package(package))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, OSError) as failure:
        raise UnreadableError(f"{file.name} cannot be read as a Word file: {failure}.") from failure


def _of_package(package: zipfile.ZipFile) -> Iterator[Finding]:
    for part in sorted(package.namelist()):
        for pattern, code, what in _PARTS:
            if re.match(pattern, part):
                yield _found(code, part, f"The file holds {what}.")
        if part.endswith((".xml", ".rels")):
            yield from _of_part(part, package.read(part))


def _of_part(part: str, content: bytes) -> Iterator[Finding]:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    told = set()
    for element in root.iter(etree.Element):
        local = etree.QName(element).localname
        if element.tag == _W + local and local in _ELEMENTS and _ELEMENTS[local] not in told and _is_on(element):
            told.add(_ELEMENTS[local])
            yield _found(_ELEMENTS[local][0], part, f"The file holds {_ELEMENTS[local][1]}.")
        if part.startswith("docProps/") and local in _PEOPLE and (element.text or "").strip():
            yield _found("properties", part, f"The property {local} says {element.text!r}.")
        if element.get("TargetMode") == "External" and _PATH.search(element.get("Target", "")):
            yield _found("path", part, f"A link leads to {element.get('Target')}.")


def _is_on(element: etree._Element) -> bool:
    return element.get(_W + "val") not in ("0", "false", "off")


def _found(code: str, part: str, message: str) -> Finding:
    return error(f"leak-{code}", part, message, "Take it out, or write the file anew from its parameters.")
