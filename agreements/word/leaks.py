"""What in a Word package is not text of the draft: the tables that the check and the cleaning share."""

import re
from collections.abc import Iterator

from lxml import etree

from agreements.ooxml.schema import W

# Parts that are no text: pattern of the name, and what it is.
DROPPED_PARTS = (
    (r"word/comments|word/documenttasks", "comments"),
    (r"word/people\.xml", "the list of those who commented or revised"),
    (r"customXml/", "data behind the text (custom XML)"),
    (r"docProps/(?!core\.xml)", "document properties"),
    (r"word/glossary/", "building blocks"),
    (r"(?:word/)?printerSettings", "the name of a printer"),
    (r"customUI/|userCustomization/", "changes of the ribbon"),
)
# Parts that are more than text, and that only a person can take out: pattern, code, what it is.
BARRED_PARTS = (
    (r"word/embeddings/|word/vba|word/activeX|word/ctrlProps", "embedded", "embedded files or macros"),
    (r".*altChunk|word/afchunk", "embedded", "another file inside it"),
)
REVISIONS = frozenset(
    (
        *("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange"),
        *("tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange", "numberingChange"),
        *("cellIns", "cellDel", "cellMerge"),
    )
)
# Fields whose result is a name or a path.
TELLING_FIELDS = re.compile(
    r"^\s*(AUTHOR|LASTSAVEDBY|USERNAME|USERINITIALS|USERADDRESS|FILENAME|TEMPLATE|DOCPROPERTY|INCLUDETEXT|"
    r"INCLUDEPICTURE|LINK|DDE|DDEAUTO|DATABASE)\b",
    re.IGNORECASE,
)
ABOUT_PEOPLE = frozenset(
    (
        *("creator", "lastModifiedBy", "Manager", "Company", "HyperlinkBase", "category", "keywords", "description"),
        *("subject", "contentStatus", "Template", "identifier", "version"),
    )
)
PATH = re.compile(r"\bfile:|\b[A-Za-z]:\\|\\\\[\w.-]+\\|(?<![\w.])/(?:home|Users|root)/", re.IGNORECASE)
# Numbers that tie a paragraph to the session in which, or the file for which, it was written.
SESSION_ATTRIBUTES = re.compile(
    rf"\{{{re.escape(W)}\}}rsid\w*|\{{http://schemas\.microsoft\.com/office/word/2010/wordml\}}(?:paraId|textId)"
)

_AUTHOR = f"{{{W}}}author"


def parsed(content: bytes) -> etree._Element:
    """Return the root of a part, read without entities or network; raises `lxml.etree.XMLSyntaxError`."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def is_on(element: etree._Element) -> bool:
    """Whether a switch such as `w:vanish` is on."""
    return element.get(f"{{{W}}}val") not in ("0", "false", "off")


def revision_authors(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what bears an author's name: tracked changes of every sort."""
    yield from (element for element in root.iter(etree.Element) if _AUTHOR in element.attrib)
