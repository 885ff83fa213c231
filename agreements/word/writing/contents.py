"""The table of contents of a long text: a field that Word can renew, with its entries already written.

Each entry is a link to its article. Its page is known to a layout alone: LibreOffice is asked for it, where it is
installed and a caller wants that. Else the entries have no numbers, as wrong ones are worse than none, and the field is
marked as out of date, so that Word fills it when the file is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docx.document import Document as WordFile
from lxml import etree

from agreements.citation import document_words
from agreements.errors import AgreementsError
from agreements.libreoffice import converted, converter
from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.fields import field, page_reference
from agreements.ooxml.schema import name
from agreements.ooxml.xml import XmlValue, make, paragraph, run
from agreements.reading import outline
from agreements.word.writing.base import style_element
from agreements.word.writing.numbering import ARTICLE_WORD
from agreements.word.writing.styles import CONTENTS_LOOKS, contents_tabs

LONG = 20
"""Articles from which on a draft has a table of contents without being asked."""

_INSTRUCTION = r'TOC \o "1-2" \h \z \u'  # outline levels 1 and 2, as links
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


def pages(content: bytes, lines: Sequence[ContentsEntry]) -> list[int]:
    """Return the page on which each of `lines` begins where LibreOffice lays the Word file `content` out.

    Empty where it is not installed or fails, or where its layout does not show all of them in their order.
    """
    program = converter()
    if program is None:
        return []
    try:
        headings = iter(outline(converted(program, content, ".docx", "pdf")))
    except AgreementsError:
        return []
    found: list[int] = []
    for entry in lines:
        known = {_letters(entry.number), _letters(entry.number + entry.heading)}
        page = next((page for title, page in headings if _letters(title) in known), None)
        if page is None:
            return []
        found.append(page)
    return found


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def table(lines: Sequence[ContentsEntry], pages: Sequence[int] = (), *, frozen: bool = False) -> list[etree._Element]:
    """Return the table of contents: its heading and `lines`, as a field, or as plain words in a `frozen` copy.

    `pages` are those of the lines; without them the field is marked as out of date.
    """
    heading = paragraph({"pStyle": styles.style_id(styles.CONTENTS_HEADING)}, [run("Contents")])
    numbers = [*map(str, pages)] or [""] * len(lines)
    shown = [_line(entry, page, linked=not frozen) for entry, page in zip(lines, numbers, strict=True)]
    if frozen:
        return [heading, *shown]
    begin, code, separate, end = field(_INSTRUCTION, [])
    if not pages:
        begin[-1].set(name("dirty"), "1")
    shown[0][1:1] = [begin, code, separate]
    shown[-1].append(end)
    gallery = make("docPartObj", make("docPartGallery", val="Table of Contents"), make("docPartUnique"))
    return [make("sdt", make("sdtPr", gallery), make("sdtContent", heading, *shown))]


def _line(entry: ContentsEntry, page: str, *, linked: bool) -> etree._Element:
    linked = linked and bool(entry.mark)
    content = [run("\t".join(x for x in (entry.number, entry.heading) if x))]
    if page:
        number = run(page)
        content = [run(f"{entry.number}\t{entry.heading}\t")]
        content += field(page_reference(entry.mark), [number]) if linked else [number]
    values: dict[str, XmlValue] = {"pStyle": styles.style_id(styles.CONTENTS[entry.level - 1])}
    if linked:
        link = make("hyperlink", *content)
        link.set(name("anchor"), entry.mark)
        link.set(name("history"), "1")
        content = [link]
    return paragraph(values, content)


def add_styles(file: WordFile, width: int) -> None:
    """Put the styles of a table of contents into `file`, whose text is `width` wide; files without one lack them."""
    for label, look in CONTENTS_LOOKS.items():
        tabs = {"tabs": contents_tabs(width)} if label in styles.CONTENTS else {}
        file.styles.element.append(style_element(label, replace(look, paragraph={**look.paragraph, **tabs})))
