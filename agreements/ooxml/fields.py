"""Fields and bookmarks: cross-references and page numbers that Word keeps up to date."""

from collections.abc import Iterable

from lxml import etree

from agreements.ooxml.numerals import whole
from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, make, properties, run


def field(instruction: str, result: Iterable[etree._Element], look: Properties | None = None) -> list[etree._Element]:
    """Return the runs of a field: its `instruction` and the `result` that shows until it is next updated."""

    def mark(kind: str) -> etree._Element:
        own = [properties("rPr", look)] if look else []
        return make("r", *own, make("fldChar", fldCharType=kind))

    code = make("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    head = [properties("rPr", look)] if look else []
    return [mark("begin"), make("r", *head, code), mark("separate"), *result, mark("end")]


def form_shown(mark: etree._Element) -> str:
    """Return what a box or list of a form shows, of which `mark` begins the field: `☐`, `☒`, the entry that is chosen.

    Such a field has no result: what it shows stands in the `w:ffData` of its beginning (ISO/IEC 29500-1, 17.16.17).
    Empty for every other field.
    """
    held = mark.find(name("ffData")) if len(mark) else None
    if held is None:
        return ""
    box, entries = held.find(name("checkBox")), held.find(name("ddList"))
    if box is not None:
        given = box.find(name("checked"))
        return "☒" if _is_on(box.find(name("default")) if given is None else given) else "☐"
    chosen = [] if entries is None else [each.get(name("val"), "") for each in entries.findall(name("listEntry"))]
    at = whole(_value(entries, "result"), whole(_value(entries, "default"), 0))
    return chosen[at] if 0 <= at < len(chosen) else ""


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(name("val"), "1") not in ("0", "false", "off")


def _value(element: etree._Element | None, tag: str) -> str | None:
    found = None if element is None else element.find(name(tag))
    return None if found is None else found.get(name("val"))


def number_reference(bookmark: str) -> str:
    """Return the instruction that shows the automatic number of the paragraph at `bookmark`, as a link.

    `\\n` is the number of that paragraph alone, without a closing full stop; the levels above it are words of
    the sentence (`paragraph 2 of Article XII` holds two fields), so no other context is asked for.
    """
    return rf"REF {bookmark} \n \h"


def text_reference(bookmark: str) -> str:
    """Return the instruction that repeats the words inside `bookmark`, as a link."""
    return rf"REF {bookmark} \h"


def page_reference(bookmark: str) -> str:
    """Return the instruction that shows the page on which `bookmark` stands, as a link."""
    return rf"PAGEREF {bookmark} \h"


def page_number() -> list[etree._Element]:
    """Return the runs of the page number; Word and LibreOffice compute it on every page."""
    return field("PAGE", [run("1")])


def bookmarked(identifier: int, bookmark: str, content: Iterable[etree._Element]) -> list[etree._Element]:
    """Return `content` inside a bookmark; a name that begins with `_` is hidden from Word's dialog."""
    start = make("bookmarkStart", id=identifier)
    start.set(name("name"), bookmark)
    return [start, *content, make("bookmarkEnd", id=identifier)]


_PAGES = ("PAGE", "NUMPAGES", "SECTIONPAGES")


def page_results(root: etree._Element) -> list[etree._Element]:
    """Return the `w:t` in which the fields of page numbers under `root` show what Word computed when it was saved."""
    found = [
        text
        for simple in root.iter(name("fldSimple"))
        if simple.get(name("instr"), "").split()[:1] in [[code] for code in _PAGES]
        for text in simple.iter(name("t"))
    ]
    for paragraph in root.iter(name("p")):
        code, shown, open_fields = "", False, 0
        for each in paragraph.iter(name("fldChar"), name("instrText"), name("t")):
            if each.tag == name("instrText"):
                code += (each.text or "") if open_fields == 1 else "?"  # a field within a field is no page number
            elif each.tag == name("t"):
                found += [each] if shown and code.split()[:1] in [[page] for page in _PAGES] else []
            else:
                kind = each.get(name("fldCharType"))
                open_fields += (kind == "begin") - (kind == "end")
                code = "" if kind == "begin" and open_fields == 1 else code
                shown = kind == "separate" and open_fields == 1
    return found
