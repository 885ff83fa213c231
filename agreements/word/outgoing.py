"""What a Word file would tell the other side beside its text: the check before a file leaves."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from agreements.bookmarks import is_mark
from agreements.errors import UnreadableError
from agreements.findings import Finding, error
from agreements.ooxml.package import Package
from agreements.ooxml.schema import W, local
from agreements.word.leaks import (
    ABOUT_PEOPLE,
    BARRED_PARTS,
    DROPPED_PARTS,
    PATH,
    REVISIONS,
    SESSION_ATTRIBUTES,
    TELLING_FIELDS,
    is_on,
)
from agreements.word.pictures import bare

_W = f"{{{W}}}"
_WORKING = re.compile(r"working copy", re.IGNORECASE)
_OF_WORD = re.compile(r"_(?:Toc|Ref|Hlk|GoBack)\w*")
_CODES = {
    "comments": "comments",
    "the list of those who commented or revised": "people",
    "data behind the text (custom XML)": "custom-xml",
    "building blocks": "building-blocks",
    "the name of a printer": "printer",
    "changes of the ribbon": "ribbon",
}
# Elements that must not be there: local names, code, what they are.
_ELEMENTS = {
    **dict.fromkeys(REVISIONS, ("revisions", "a tracked change")),
    "trackRevisions": ("revisions", "the switch that tracks changes"),
    "vanish": ("hidden-text", "hidden text"),
    "commentReference": ("comments", "a comment"),
    "attachedTemplate": ("path", "the path of a template"),
    "mailMerge": ("path", "the source of a mail merge"),
    "docVar": ("properties", "a document variable"),
    "docId": ("sessions", "the identity of the file it was made from"),
    "rsidRoot": ("sessions", "numbers of the editing sessions"),
    "permStart": ("people", "the names of those who may edit a part"),
    "customXml": ("custom-xml", "data tags around words"),
    "smartTag": ("custom-xml", "data tags around words"),
    "altChunk": ("embedded", "another file inside it"),
    "object": ("embedded", "an embedded object"),
    "control": ("embedded", "an embedded object"),
}
_FIXES = {
    "revisions": "Say what becomes of them: --revisions accept, reject or keep.",
    "working-copy": "Hand over the clean copy that was written beside it.",
    "embedded": "Take it out in Word; what it shows is part of the text.",
    "path": "Take the link or field out in Word.",
    "field": "Make it plain words in Word (Ctrl+Shift+F9).",
    "bookmark": "Give it a name that says nothing, in Word.",
}
_FIX = "`agreements handover FILE -o OUT.docx` takes it out."


def leaks(file: Path) -> tuple[Finding, ...]:
    """Return an error for each thing in the Word file that must not leave with it; empty when it may go.

    `where` names the part of the package. Raises `UnreadableError` when `file` is no Word file.
    """
    try:
        content = file.read_bytes()
    except OSError as failure:
        raise UnreadableError(f"{file.name} cannot be read: {failure.strerror}.") from failure
    return leaks_in(content, file.name)


def leaks_in(content: bytes, file_name: str, *, with_revisions: bool = False) -> tuple[Finding, ...]:
    """Return as `leaks` for the Word file `content`; `with_revisions` lets tracked changes pass, as in a redline."""
    found = dict.fromkeys(_of_package(Package.of(file_name, content)))
    return tuple(f for f in found if not (with_revisions and f.code == "leak-revisions"))


def _of_package(package: Package) -> Iterator[Finding]:
    for part in package.paths():
        yield from _of_name(part)
        root = package.part(part) if part.endswith((".xml", ".rels")) else None
        if root is not None:
            yield from _of_elements(part, root)
            yield from _of_attributes(part, root)
            yield from _of_words(part, root)
        elif part.startswith("word/media/") and bare(picture := package.data(part) or b"") != picture:
            yield _found("picture", part, "The picture says when, where or by what it was made.")


def _of_name(part: str) -> Iterator[Finding]:
    for pattern, what in DROPPED_PARTS:
        if re.match(pattern, part) and part != "docProps/app.xml":  # that one is judged by what it says
            yield _found(_CODES.get(what, "properties"), part, f"The file holds {what}.")
    for pattern, code, what in BARRED_PARTS:
        if re.match(pattern, part):
            yield _found(code, part, f"The file holds {what}.")


def _of_elements(part: str, root: etree._Element) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        tag = local(element)
        known = tag in _ELEMENTS and (element.tag == _W + tag or tag == "docId")
        if known and is_on(element):
            yield _found(_ELEMENTS[tag][0], part, f"The file holds {_ELEMENTS[tag][1]}.")
        elif part.startswith("docProps/") and tag in ABOUT_PEOPLE and (element.text or "").strip():
            yield _found("properties", part, f"The property {tag} says {element.text!r}.")
        elif element.tag == f"{_W}bookmarkStart" and not _says_nothing(element.get(f"{_W}name", "")):
            yield _found("bookmark", part, f"A bookmark is called {element.get(f'{_W}name')!r}.")
        elif element.tag in (f"{_W}tag", f"{_W}alias"):
            yield _found("control", part, f"A content control is called {element.get(f'{_W}val')!r}.")


def _says_nothing(bookmark: str) -> bool:
    return is_mark(bookmark) or bool(_OF_WORD.fullmatch(bookmark))


def _of_attributes(part: str, root: etree._Element) -> Iterator[Finding]:
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if SESSION_ATTRIBUTES.fullmatch(str(key)):
                yield _found("sessions", part, "The file holds numbers of the editing sessions.")
            elif PATH.search(str(value)):
                yield _found("path", part, f"It leads to {value!s}.")


def _of_words(part: str, root: etree._Element) -> Iterator[Finding]:
    codes = [code.text or "" for code in root.iter(f"{_W}instrText")]
    codes += [field.get(f"{_W}instr", "") for field in root.iter(f"{_W}fldSimple")]
    for code in codes:
        if TELLING_FIELDS.match(code) or PATH.search(code):
            yield _found("field", part, f"A field shows what it should not: {' '.join(code.split())}.")
    if part.startswith(("word/header", "word/footer")):
        words = "".join(text.text or "" for text in root.iter(f"{_W}t"))
        if _WORKING.search(words):
            yield _found("working-copy", part, "The file is a working copy of ours.")


def _found(code: str, part: str, message: str) -> Finding:
    return error(f"leak-{code}", part, message, _FIXES.get(code, _FIX))
