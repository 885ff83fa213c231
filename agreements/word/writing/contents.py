"""The table of contents of a long text: a field that Word can renew, with its entries already written.

The entries bear no page numbers: nothing but Word's own layout knows them, and a number that is wrong until somebody
presses F9 is worse than none. Each is a link to its article.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as WordFile
from lxml import etree

from agreements.citation import document_words
from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.fields import field
from agreements.ooxml.schema import name
from agreements.ooxml.xml import XmlValue, make, paragraph, run
from agreements.word.writing.base import style_element
from agreements.word.writing.numbering import ARTICLE_WORD
from agreements.word.writing.styles import CONTENTS_LOOKS

LONG = 20
"""Articles from which on a draft has a table of contents without being asked."""

_INSTRUCTION = r'TOC \o "1-2" \n \h \z \u'  # outline levels 1 and 2, without page numbers, as links
_ENCLOSED = ("annex", "appendix")


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line: `level` 1 (part, annex) or 2 (article), its number and heading, the hidden mark it leads to."""

    level: int
    number: str
    heading: str
    mark: str


def article_count(document: Document) -> int:
    """Return how many articles `document` has."""
    return sum(provision.kind == "article" for provision in document.walk())


def entries(document: Document, marks: Sequence[str], head: str = "") -> list[ContentsEntry]:
    """Return the lines for `document`; `marks` are those of its provisions, `head` that of an annex's head."""
    found = (
        [ContentsEntry(1, document_words(document), document.title or "", head)] if document.role in _ENCLOSED else []
    )
    for provision, mark in zip(document.walk(), marks, strict=True):
        level = {"part": 1, "chapter": 1, "article": 2}.get(provision.kind, 0)
        if level and document.role not in _ENCLOSED:
            found.append(ContentsEntry(level, _number(provision), provision.heading or "", mark))
    return found


def _number(provision: Provision) -> str:
    usual = ARTICLE_WORD if provision.kind == "article" else provision.kind.capitalize()
    return provision.labelled(usual) if provision.number else ""


def table(lines: Sequence[ContentsEntry], *, frozen: bool = False) -> list[etree._Element]:
    """Return the table of contents: its heading and `lines`, as a field, or as plain words in a `frozen` copy."""
    heading = paragraph({"pStyle": styles.style_id(styles.CONTENTS_HEADING)}, [run("Contents")])
    shown = [_line(entry, linked=not frozen) for entry in lines]
    if frozen:
        return [heading, *shown]
    begin, code, separate, end = field(_INSTRUCTION, [])
    shown[0][1:1] = [begin, code, separate]
    shown[-1].append(end)
    gallery = make("docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique"))
    return [make("sdt", make("sdtPr", gallery), make("sdtContent", heading, *shown))]


def _line(entry: ContentsEntry, *, linked: bool) -> etree._Element:
    words = "\t".join(x for x in (entry.number, entry.heading) if x)
    content = run(words)
    values: dict[str, XmlValue] = {"pStyle": styles.style_id(styles.CONTENTS[entry.level - 1])}
    if linked and entry.mark:
        content = make("hyperlink", content)
        content.set(name("anchor"), entry.mark)
        content.set(name("history"), "1")
    return paragraph(values, [content])


def add_styles(file: WordFile) -> None:
    """Put the styles of a table of contents into `file`; files without one do not hold them."""
    file.styles.element.extend(style_element(label, look) for label, look in CONTENTS_LOOKS.items())
