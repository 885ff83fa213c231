"""The one walk over a Word document: what stands in it, in reading order, with whatever is around it.

Reading, redlining, reviewing, the check before a hand-over and the search for markings all see a document through this
module, so that none of them misses what another sees. It goes through content controls at every level (block, row,
cell, run), custom XML, smart tags, links, tracked changes and `mc:AlternateContent`: of that the branch that Word
shows, which is the first `Choice` that it understands, else the `Fallback` (29500-3, 9.3). Deleted words come too, with
the deletion around them: what a reader sees is for the caller to say. What it does not know is `unknown`, never left
out in silence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from agreements.ooxml.fields import form_shown
from agreements.ooxml.revisions import MARKS, RANGES, REMOVING
from agreements.ooxml.schema import name
from agreements.ooxml.symbols import character

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE = f"{MC}AlternateContent"
CHOICE, FALLBACK = f"{MC}Choice", f"{MC}Fallback"
FORMULAS = frozenset((f"{MATH}oMath", f"{MATH}oMathPara"))
OBJECTS = frozenset(name(tag) for tag in ("drawing", "pict", "object", "contentPart"))
NOTES = frozenset(name(tag) for tag in ("footnoteReference", "endnoteReference"))
BOX = name("txbxContent")

InlineKind = Literal[
    "text", "deleted", "tab", "break", "hyphen", "symbol", "formula", "ruby", "field", "code", "simple-field", "note",
    "object", "mark", "unknown",
]  # fmt: skip
Around = tuple[etree._Element, ...]
"""What is around something, outermost first: controls, links, tracked changes, alternatives."""

_P, _R, _TBL, _TR, _TC = (name(tag) for tag in ("p", "r", "tbl", "tr", "tc"))
_SDT, _SDT_CONTENT = name("sdt"), name("sdtContent")
_SIMPLE, _FIELD = name("fldSimple"), name("fldChar")
_WRAPPERS = frozenset(name(tag) for tag in ("hyperlink", "smartTag", "customXml", "dir", "bdo")) | MARKS
_PROPERTIES = frozenset(
    name(f"{tag}Pr")
    for tag in ("p", "r", "sdt", "sdtEnd", "smartTag", "customXml", "tbl", "tblEx", "tr", "tc", "sect", "ruby")
) | {name("tblGrid"), name("tblPrEx")}
_MARKS = (
    frozenset(
        name(tag)
        for tag in (
            *("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak"),
            *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "footnoteRef"),
            *("endnoteRef", "separator", "continuationSeparator", "softHyphen"),
        )
    )
    | RANGES
)
_KINDS: dict[str, tuple[InlineKind, str]] = {
    name("t"): ("text", ""),
    name("delText"): ("deleted", ""),
    name("sym"): ("symbol", ""),
    name("ruby"): ("ruby", ""),
    name("tab"): ("tab", "\t"),
    name("ptab"): ("tab", "\t"),
    name("br"): ("break", "\n"),
    name("cr"): ("break", "\n"),
    name("noBreakHyphen"): ("hyphen", "\u2011"),
    name("fldChar"): ("field", ""),
    **dict.fromkeys((name("instrText"), name("delInstrText")), ("code", "")),
    **dict.fromkeys(NOTES, ("note", "")),
    **dict.fromkeys(OBJECTS, ("object", "")),
    **dict.fromkeys(_MARKS, ("mark", "")),
}
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")


@dataclass(slots=True)
class Inline:
    """Something in a paragraph: its kind, the `text` that a reader sees of it, and its `element`.

    `run` is the run that it stands in (None: between the runs), `child` that child of the run, or of the paragraph,
    which it is or is in. `text` of a formula or of ruby is that of all its letters; of a field's mark, a note's sign, a
    picture it is empty.
    """

    kind: InlineKind
    text: str
    element: etree._Element
    run: etree._Element | None
    child: etree._Element
    around: Around = ()


# ---------------------------------------------------------------------- containers


def shown(alternate: etree._Element) -> etree._Element | None:
    """Return the branch of an `mc:AlternateContent` that Word shows, None where it shows nothing."""
    for branch in alternate:
        if branch.tag == CHOICE and _understood(branch):
            return branch
    return alternate.find(FALLBACK)


def _understood(choice: etree._Element) -> bool:
    """Whether Word knows the namespaces that a choice needs, which it names by their prefixes."""
    needed = choice.get("Requires", "").split()
    return all(choice.nsmap.get(prefix, "").startswith(_UNDERSTOOD) for prefix in needed)


def _inside(wrapper: etree._Element) -> etree._Element | None:
    """Return what a control or an alternative holds, the element itself for other wrappers."""
    if wrapper.tag == _SDT:
        return wrapper.find(_SDT_CONTENT)
    return shown(wrapper) if wrapper.tag == ALTERNATE else wrapper


def _through(
    container: etree._Element, wanted: frozenset[str], around: Around
) -> Iterator[tuple[etree._Element, Around]]:
    """Yield the elements `wanted` in `container` through every wrapper, and those that are not known."""
    for child in container:
        tag = child.tag
        if tag in wanted:
            yield child, around
        elif tag in (_SDT, ALTERNATE) or tag in _WRAPPERS:
            inside = _inside(child)
            if inside is not None:
                yield from _through(inside, wanted, (*around, child))
        elif tag not in _PROPERTIES and tag not in _MARKS:
            yield child, around


_BLOCKS = frozenset((_P, _TBL, name("altChunk"), *FORMULAS))
_ROWS, _CELLS = frozenset((_TR,)), frozenset((_TC,))


def blocks(container: etree._Element) -> Iterator[tuple[etree._Element, Around]]:
    """Yield the paragraphs and tables of a body, cell, note, header or box, each with what is around it.

    An element of another name is an embedded document (`w:altChunk`), a formula by itself, or not known.
    """
    return _through(container, _BLOCKS, ())


def rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table, also those in controls."""
    return [row for row, _ in _through(table, _ROWS, ()) if row.tag == _TR]


def cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row, also those in controls."""
    return [cell for cell, _ in _through(row, _CELLS, ()) if cell.tag == _TC]


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """Yield every paragraph under `root`, in tables and boxes too, but not in branches that Word does not show."""
    hidden = hidden_branches(root)
    if not hidden:
        yield from root.iter(_P)
        return
    for paragraph in root.iter(_P):
        if hidden.isdisjoint(paragraph.iterancestors(CHOICE, FALLBACK)):
            yield paragraph


def hidden_branches(root: etree._Element) -> frozenset[etree._Element]:
    """Return the branches of alternatives under `root` that Word does not show: old forms for older programs."""
    found: set[etree._Element] = set()
    for alternate in root.iter(ALTERNATE):
        kept = shown(alternate)
        found.update(branch for branch in alternate if branch is not kept)
    return frozenset(found)


def boxes(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in the outermost text boxes under `root`, of the new form and the old (VML)."""
    hidden = hidden_branches(root)
    for box in root.iter(BOX):
        around = list(box.iterancestors(CHOICE, FALLBACK, BOX))
        inner = any(each.tag == BOX and each is not root for each in around)
        if not inner and hidden.isdisjoint(around):
            yield box


def unknown(root: etree._Element) -> Iterator[etree._Element]:
    """Yield each element under `root` that stands where words stand and that the walk does not know."""
    yield from root.findall(name("body"))[1:]  # Word shows the first
    for container in _containers(root):
        found = _through(container, _WANTED.get(container.tag, _BLOCKS), ())
        yield from (each for each, _ in found if each.tag not in _KNOWN)
    for paragraph in paragraphs(root):
        if not _is_known_at_a_glance(paragraph):
            yield from (each.element for each in inlines(paragraph) if each.kind == "unknown")


def _is_known_at_a_glance(paragraph: etree._Element) -> bool:
    """Whether it holds runs of what the walk knows and marks between them, and nothing that is to be looked into."""
    for child in paragraph:
        tag = child.tag
        if tag == _R:
            for piece in child:
                if piece.tag not in _KINDS and piece.tag not in _PROPERTIES:
                    return False
        elif tag not in _MARKS and tag not in _PROPERTIES:
            return False
    return True


_WANTED = {_TBL: _ROWS, _TR: _CELLS}
_KNOWN = _BLOCKS | _ROWS | _CELLS
_CONTAINERS = tuple(
    name(tag) for tag in ("body", "tbl", "tr", "tc", "txbxContent", "footnote", "endnote", "hdr", "ftr")
)


def _containers(root: etree._Element) -> Iterator[etree._Element]:
    hidden = hidden_branches(root)
    for container in root.iter(*_CONTAINERS):
        if hidden.isdisjoint(container.iterancestors(CHOICE, FALLBACK)):
            yield container


# ---------------------------------------------------------------------- what stands in a paragraph


def inlines(container: etree._Element) -> Iterator[Inline]:
    """Yield what stands in a paragraph, or in a wrapper inside one, in reading order."""
    return _inlines(container, ())


def _inlines(container: etree._Element, around: Around) -> Iterator[Inline]:
    for each in container:
        tag = each.tag
        if tag == _R:
            yield from of_run(each, around)
        elif tag in _WRAPPERS:
            yield from _inlines(each, (*around, each))
        elif tag in (_SDT, ALTERNATE):
            inside = _inside(each)
            if inside is not None:
                yield from _inlines(inside, (*around, each))
        elif tag == _SIMPLE:
            yield Inline("simple-field", "", each, None, each, around)
            yield from _inlines(each, (*around, each))
        elif tag in FORMULAS:
            yield Inline("formula", formula_text(each), each, None, each, around)
        elif tag in _MARKS:
            yield Inline("mark", "", each, None, each, around)
        elif tag not in _PROPERTIES and isinstance(tag, str):
            yield Inline("unknown", "", each, None, each, around)


def of_run(run: etree._Element, around: Around = ()) -> Iterator[Inline]:
    """Yield what stands in a run, which lies in the wrappers `around`."""
    for child in run:
        if child.tag == ALTERNATE:
            branch = shown(child)
            inner = [_leaf(each, run, child, around) for each in (() if branch is None else branch)]
            yield from inner or [Inline("mark", "", child, run, child, around)]
        elif child.tag not in _PROPERTIES:
            if child.tag == _FIELD and (chosen := form_shown(child)):  # before the field: it is no part of its code
                yield Inline("symbol", chosen, child, run, child, around)
            yield _leaf(child, run, child, around)


def _leaf(element: etree._Element, run: etree._Element, child: etree._Element, around: Around) -> Inline:
    kind, text = _KINDS.get(element.tag, ("unknown", ""))
    if kind in ("text", "deleted"):
        text = element.text or ""
    elif kind in _SAID:
        text = _SAID[kind](element)
    elif kind == "unknown" and str(element.tag).endswith("}symEx"):
        kind, text = "symbol", _extended(element)
    return Inline(kind, text, element, run, child, around)


def _ruby_text(element: etree._Element) -> str:
    base = element.find(name("rubyBase"))
    return "" if base is None else said(base)


def symbol_text(element: etree._Element) -> str:
    """Return the character that a `w:sym` shows."""
    try:
        code = int(element.get(name("char"), "") or "20", 16)
    except ValueError:
        return "\ufffd"
    return character(element.get(name("font"), ""), code)


def _extended(element: etree._Element) -> str:
    """Return the character of a `symEx`, by which newer Word writes signs beyond the first plane."""
    code = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}char")), "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


_SAID: dict[InlineKind, Callable[[etree._Element], str]] = {"symbol": symbol_text, "ruby": _ruby_text}


def formula_text(formula: etree._Element) -> str:
    """Return the letters of a formula, one after the other; those that were deleted are left out."""
    return "".join(
        t.text or ""
        for t in formula.iter(f"{MATH}t", name("t"))
        if not any(up.tag in REMOVING for up in t.iterancestors())
    )


# ---------------------------------------------------------------------- fields


class FieldState:
    """Follows fields through a story, where one may begin in a paragraph and end in a later one."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # for each open field, whether its result has begun

    def shows(self, each: Inline) -> bool:
        """Take `each` in, and return whether a reader sees it: results of fields, and not their instructions."""
        if each.kind != "field":
            return all(self._open)
        sort = each.element.get(name("fldCharType"), "")
        if sort == "begin":
            self._open.append(False)
        elif sort == "separate" and self._open:
            self._open[-1] = True
        elif sort == "end" and self._open:
            self._open.pop()
        return False


def loose_field_marks(found: list[Inline]) -> set[etree._Element]:
    """Return the marks of fields (`w:fldChar`) of a paragraph whose field begins or ends in another one."""
    open_fields: list[list[etree._Element]] = []
    loose: set[etree._Element] = set()
    for each in found:
        if each.kind != "field":
            continue
        sort = each.element.get(name("fldCharType"), "")
        if sort == "begin":
            open_fields.append([each.element])
        elif not open_fields:
            loose.add(each.element)
        elif sort == "end":
            open_fields.pop()
        else:
            open_fields[-1].append(each.element)
    return loose.union(*open_fields) if open_fields else loose


def is_removed(each: Inline) -> bool:
    """Whether a tracked change took `each` out."""
    return each.kind == "deleted" or any(around.tag in REMOVING for around in each.around)


def said(container: etree._Element, *, deleted: bool = True) -> str:
    """Return the words of a paragraph or wrapper, with `deleted` ones or without; codes of fields are none."""
    return "".join(each.text for each in inlines(container) if deleted or not is_removed(each))
