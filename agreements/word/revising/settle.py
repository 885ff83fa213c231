"""Tracked changes settled: a Word file with all, or one author's, accepted or rejected, before a redline or after it.

Body, headers, footers, notes, tables, comments, styles and lists alike. A paragraph whose end goes runs on into the
next one, as in Word; a paragraph of which nothing is left goes whole.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from copy import deepcopy
from typing import Literal

from lxml import etree

from agreements.errors import AgreementsError
from agreements.findings import Finding, info
from agreements.ooxml import revisions
from agreements.ooxml.fields import page_results
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import holder
from agreements.ooxml.schema import name
from agreements.ooxml.xml import make
from agreements.word.revising.changes import find_changes
from agreements.word.revising.stories import referred, without_orphans

_BETWEEN = frozenset(
    name(tag)
    for tag in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
_TRANSPARENT = frozenset(name(tag) for tag in ("sdt", "sdtContent", "customXml"))
"""What stands around paragraphs and ends none: a paragraph runs on into it and out of it."""
_PROPERTIES = frozenset(name(tag) for tag in ("sdtPr", "sdtEndPr", "customXmlPr"))
_SHELLS = tuple(name(tag) for tag in ("hyperlink", "smartTag"))
_KEPT = {
    name("pPr"): frozenset(name(tag) for tag in ("rPr", "sectPr")),
    name("rPr"): revisions.MARKS,
    name("sectPr"): frozenset(name(tag) for tag in ("headerReference", "footerReference")),
    name("tcPr"): revisions.CELLS,
    name("trPr"): revisions.MARKS,
}
"""What the old properties do not speak of, by where they stand."""

Chosen = Callable[[etree._Element], bool]
"""Says of a change, or of the marker that begins a move, whether it is to be settled."""


def accept(content: bytes, *, authors: Collection[str] | None = None, file_name: str = "the Word file") -> bytes:
    """Return the Word file `content` with the changes of `authors` (None: of all) accepted.

    Raises `UnreadableError` when it is no Word file.
    """
    return settled(content, _by(authors), file_name=file_name, accepting=True)


def reject(content: bytes, *, authors: Collection[str] | None = None, file_name: str = "the Word file") -> bytes:
    """Return the Word file `content` with the changes of `authors` (None: of all) rejected; raises as `accept`."""
    return settled(content, _by(authors), file_name=file_name, accepting=False)


def settled(content: bytes, chosen: Chosen, *, accepting: bool, file_name: str = "the Word file") -> bytes:
    """Return the Word file `content` with the changes that are `chosen` accepted or rejected; raises as `accept`."""
    if not _holds_any(Package.looked_at(file_name, content), chosen):
        return content
    parts = Package.of(file_name, content)
    before = referred(parts)
    for root in _marked(parts):
        settle(root, chosen, accepting=accepting)
    without_orphans(parts, before)
    return parts.finished()


def without_page_numbers(content: bytes, *, file_name: str = "the Word file") -> bytes:
    """Return the Word file `content` with `1` in each field of a page number: what it shows is computed, no word of it.

    Raises `UnreadableError` when it is no Word file.
    """
    looked = Package.looked_at(file_name, content)
    if all(text.text == "1" for root in looked.stories().values() for text in page_results(root)):
        return content
    parts = Package.of(file_name, content)
    for root in parts.stories().values():
        for text in page_results(root):
            text.text = "1"
    return parts.finished()


def _marked(parts: Package) -> list[etree._Element]:
    """Return the trees of a file in which tracked changes stand."""
    definitions = (parts.first(kind) for kind in ("styles", "numbering", "comments"))
    return [root for root in (*parts.stories().values(), *definitions) if root is not None]


def _holds_any(parts: Package, chosen: Chosen) -> bool:
    """Whether a file holds a tracked change that is `chosen`, or the marker of a move."""
    roots = _marked(parts)
    return any(chosen(change) for root in roots for change in root.iter(*revisions.CHANGES, *revisions.RANGES))


def _by(authors: Collection[str] | None) -> Chosen:
    return lambda change: authors is None or change.get(name("author"), "") in authors


def settle(root: etree._Element, chosen: Chosen, *, accepting: bool) -> None:
    """Accept or reject the changes under `root` that are `chosen`, in place."""
    dropped = revisions.REMOVING if accepting else revisions.ADDING
    empty = {control for control in root.iter(name("sdt")) if _is_empty(control)}
    ours = [e for e in root.iter(*revisions.CHANGES) if chosen(e)]
    starts = [e for e in root.iter(*revisions.RANGES) if e.tag.endswith("Start") and chosen(e)]
    _properties([e for e in ours if e.tag in revisions.PROPERTY_CHANGES], accepting=accepting)
    _cells([e for e in ours if e.tag in revisions.CELLS], accepting=accepting)
    going: list[etree._Element] = []
    for element in ours:
        parent = element.getparent()
        if parent is None or element.tag not in revisions.MARKS:
            continue
        place = parent.tag
        if place == name("rPr"):  # the mark of a paragraph
            if element.tag in dropped:
                going.append(holder(holder(parent)))
            parent.remove(element)
        elif place == name("trPr"):
            _row(element, parent, drop=element.tag in dropped)
        elif place == name("numPr"):
            parent.remove(element)
        elif element.tag in dropped:
            _take_out(element)
        else:
            _unwrap(element)
    _without_ranges(root, starts)
    for paragraph in going:
        _run_on(paragraph)
    for shell in [s for s in root.iter(*_SHELLS) if len(s) == 0]:
        _take_out(shell)
    for control in [c for c in root.iter(name("sdt")) if c not in empty and _is_empty(c)]:
        _take_out(control)


def _is_empty(control: etree._Element) -> bool:
    """Whether nothing is left in a content control."""
    inside = control.find(name("sdtContent"))
    return inside is not None and len(inside) == 0


def _properties(changes: Iterable[etree._Element], *, accepting: bool) -> None:
    """Keep the new properties, or put the old ones back."""
    for change in changes:
        own = holder(change)
        own.remove(change)
        if accepting or change.tag == name("numberingChange"):
            continue
        keeps = _KEPT.get(own.tag, frozenset())
        for now in [c for c in own if c.tag not in keeps]:
            own.remove(now)
        before = change[0] if len(change) else make("pPr")
        at = len(own) if own.tag in (name("rPr"), name("sectPr")) else 0
        for offset, old in enumerate(before):
            own.insert(at + offset, deepcopy(old))


def _cells(changes: Iterable[etree._Element], *, accepting: bool) -> None:
    for change in changes:
        own = holder(change)
        own.remove(change)
        if change.tag == name("cellDel" if accepting else "cellIns"):
            cell = holder(own)
            row = holder(cell)
            row.remove(cell)
            if row.find(name("tc")) is None:
                _remove_row(row)


def _row(change: etree._Element, own: etree._Element, *, drop: bool) -> None:
    own.remove(change)
    row = holder(own)
    if drop and row.getparent() is not None:
        _remove_row(row)


def _remove_row(row: etree._Element) -> None:
    table = holder(row)
    table.remove(row)
    if table.find(name("tr")) is None and table.getparent() is not None:
        around = holder(table)
        alone = around.tag == name("tc") and len(around.findall(name("p"))) == 0
        if alone:  # a cell ends with a paragraph
            table.addnext(make("p"))
        around.remove(table)


def _take_out(element: etree._Element) -> None:
    """Remove `element`; comment and bookmark ends inside it stay, so that none is left open."""
    parent = holder(element)
    at = parent.index(element)
    for inner in [e for e in element.iter(*_BETWEEN) if e.tag not in revisions.RANGES]:
        parent.insert(at, inner)
        at += 1
    parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    if element.tag in revisions.DELETIONS:
        revisions.rename(element, deleted=False)
    parent = holder(element)
    at = parent.index(element)
    for offset, inner in enumerate(list(element)):
        parent.insert(at + offset, inner)
    parent.remove(element)


def _without_ranges(root: etree._Element, starts: Collection[etree._Element]) -> None:
    """Remove the markers `starts` of moves and the ends that belong to them."""
    ended = {(e.tag.replace("Start", "End"), e.get(name("id"))) for e in starts}
    ends = [e for e in root.iter(*revisions.RANGES) if (e.tag, e.get(name("id"))) in ended]
    for marker in (*starts, *ends):
        if marker.getparent() is not None:
            holder(marker).remove(marker)


def _run_on(paragraph: etree._Element) -> None:
    """Take the end of `paragraph` away: what is left of it stands at the beginning of the next one."""
    parent = paragraph.getparent()
    if parent is None:
        return
    left = [e for e in paragraph if e.tag != name("pPr")]
    if all(e.tag in _BETWEEN or _comment_of(e) for e in left):
        left = _without_whole_comments(left)
    empty = all(e.tag in _BETWEEN for e in left)
    after = _following(paragraph)
    if empty:
        if _is_needed(paragraph, parent):
            return
        _carry_over(_without_whole_bookmarks(left), paragraph, after)
        parent.remove(paragraph)
    elif after is not None:
        _carry_over(left, paragraph, after)
        parent.remove(paragraph)


def _following(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph that `paragraph` runs on into: the next one, into or out of a content control too.

    None where a table or the end of a cell, a note or a story follows.
    """
    after, around = paragraph.getnext(), paragraph.getparent()
    while True:
        if after is None:
            if around is None or around.tag not in _TRANSPARENT:
                return None
            after, around = around.getnext(), around.getparent()
        elif after.tag in _TRANSPARENT:
            around, after = after, next(iter(after), None)
        elif after.tag == name("p"):
            return after
        elif after.tag in _BETWEEN or after.tag in revisions.RANGES or after.tag in _PROPERTIES:
            after = after.getnext()
        else:
            return None


def _carry_over(left: Iterable[etree._Element], paragraph: etree._Element, after: etree._Element | None) -> None:
    if after is None:
        for element in left:
            paragraph.addprevious(element)
        return
    at = 1 if after.find(name("pPr")) is not None else 0
    for offset, element in enumerate(left):
        after.insert(at + offset, element)


def _comment_of(run: etree._Element) -> str | None:
    """Return the id of the comment whose sign a run is, None for a run that holds anything else."""
    held = [e for e in run if e.tag != name("rPr")] if run.tag == name("r") else []
    return held[0].get(name("id")) if len(held) == 1 and held[0].tag == name("commentReference") else None


def _without_whole_comments(left: Iterable[etree._Element]) -> list[etree._Element]:
    """Return what is left of a paragraph without words, without the comments that were on its words alone.

    As in Word, a comment goes with all the words that it is on.
    """
    left = list(left)
    begun, ended = (
        {e.get(name("id")) for e in left if e.tag == name(tag)} for tag in ("commentRangeStart", "commentRangeEnd")
    )
    whole = begun & ended
    ranges = (name("commentRangeStart"), name("commentRangeEnd"))
    return [e for e in left if (e.get(name("id")) if e.tag in ranges else _comment_of(e)) not in whole]


def _without_whole_bookmarks(left: Iterable[etree._Element]) -> list[etree._Element]:
    """Return what is left of a paragraph that goes, without the bookmarks that lie in it whole."""
    left = list(left)
    starts = {e.get(name("id")) for e in left if e.tag == name("bookmarkStart")}
    whole = {e.get(name("id")) for e in left if e.tag == name("bookmarkEnd")} & starts
    marks = (name("bookmarkStart"), name("bookmarkEnd"))
    return [e for e in left if not (e.tag in marks and e.get(name("id")) in whole)]


def _is_needed(paragraph: etree._Element, parent: etree._Element) -> bool:
    """Whether a container would be left without the paragraph that it has to end with."""
    if parent.tag in (name("body"), name("sdtContent")):
        return False
    others = [e for e in parent if e is not paragraph and e.tag in (name("p"), name("tbl"))]
    return not others or (parent.tag == name("tc") and others[-1].tag == name("tbl") and parent[-1] is paragraph)


Prior = Literal["refuse", "keep", "final", "original"]
_HINT = (
    "Settle them in Word, or choose --prior final (compare with all accepted), --prior original (with all rejected) or "
    "--prior keep (ours on top of theirs)."
)


def authors(parts: Package) -> Counter[str]:
    """Return how many tracked changes each author has in a file, as `changes` and `review` count them."""
    raw = Counter(
        change.get(name("author"), "") or "an unnamed author"
        for root in parts.stories().values()
        for change in root.iter(*revisions.CHANGES)
    )
    if not raw:
        return raw
    found = Counter(located.change.author or "an unnamed author" for located in find_changes(parts))
    return found if found.keys() >= raw.keys() else raw  # one that is told nowhere is not left out here


def before_redline(a: bytes, b: bytes, how: Prior, names: tuple[str, str]) -> tuple[bytes, bytes, tuple[Finding, ...]]:
    """Return both files as they are to be compared, and what a person should know about it.

    Raises `AgreementsError` for tracked changes that are to be refused, or that cannot be kept.
    """
    contents, findings = [a, b], []
    for index, file_name in enumerate(names):
        parts = Package.looked_at(file_name, contents[index])
        found = authors(parts)
        if not found:
            continue
        who = ", ".join(f"{count} by {author}" for author, count in found.most_common())
        if how == "refuse":
            raise AgreementsError(f"{file_name} already has tracked changes: {who}.", hint=_HINT)
        if how == "keep" and index == 0:
            _refuse_cells(parts)
            message = f"Its tracked changes are kept: {who}."
        elif how == "original":
            contents[index] = reject(contents[index], file_name=file_name)
            message = f"Its tracked changes were left out: {who}."
        else:
            contents[index] = accept(contents[index], file_name=file_name)
            message = f"Its tracked changes were read as accepted: {who}."
        findings.append(info("prior-changes", file_name, message))
    return contents[0], contents[1], tuple(findings)


def _refuse_cells(parts: Package) -> None:
    """Raise `AgreementsError` where others put single cells in or took them out: nothing can go on top of that."""
    for root in parts.stories().values():
        for change in root.iter(*revisions.CELLS):
            raise AgreementsError(
                f"{parts.name} has single cells of a table put in, taken out or joined by "
                f"{change.get(name('author'), '') or 'another author'}, on top of which no redline can be made.",
                hint="Choose --prior final or --prior original, or settle these changes in Word.",
            )
