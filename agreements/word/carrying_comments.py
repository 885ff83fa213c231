"""Comments of the second file brought into a redline of the first, each on the words that it was about."""

from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree

from agreements.findings import Finding, info
from agreements.ooxml import revisions, walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.ooxml.xml import make
from agreements.word.carrying import Carrier

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_START, _END, _REFERENCE = (name(tag) for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CommentFacts = tuple[str, str, str]
"""Author, date and words of a comment, by which it is the same in two files."""


def stored(package: Package) -> dict[str, etree._Element]:
    """Return the comments of a file by their ids."""
    root = package.first("comments")
    return {} if root is None else {each.get(name("id"), ""): each for each in root.iter(name("comment"))}


def facts(comment: etree._Element) -> CommentFacts:
    """Return author, date and words of a comment."""
    words = "\n".join(walk.said(paragraph) for paragraph in walk.paragraphs(comment))
    return comment.get(name("author"), ""), comment.get(name("date"), ""), words


def carry_comments(
    a: Package, b: Package, pairs: Mapping[etree._Element, etree._Element], carrier: Carrier, names: tuple[str, str]
) -> Iterator[Finding]:
    """Bring the comments that only `b` has into `a`; yield what a person should know of them.

    `pairs` are the paragraphs of `a` as they are now with those of `b` that they say the words of.
    """
    known = {facts(each) for each in stored(a).values()}
    theirs = {identifier: each for identifier, each in stored(b).items() if facts(each) not in known}
    placed: dict[str, str] = {}
    for here, there in pairs.items():
        for identifier, tag, offset in _marks(there):
            if identifier in theirs:
                fresh = placed.get(identifier) or _copied(a, b, theirs[identifier], carrier)
                placed[identifier] = fresh
                _anchor(here, tag, fresh, offset)
    if placed:
        message = f"{len(placed)} comments of this file were carried over into the redline."
        yield info("comments-carried", names[1], message)
    if left := len(theirs) - len(placed):
        yield info("comments-left", names[1], f"{left} comments of this file have no place in the redline.")
    others = {facts(each) for each in stored(b).values()}
    if only := sum(facts(each) not in others for each in stored(a).values()):
        yield info("comments-only-here", names[0], f"{only} comments of this file are not in {names[1]}; they stay.")


def _marks(paragraph: etree._Element) -> Iterator[tuple[str, str, int]]:
    """Yield id, tag and offset among the words of the marks of comments in a paragraph."""
    offset = 0
    for each in walk.inlines(paragraph):
        if each.element.tag in (_START, _END, _REFERENCE):
            yield each.element.get(name("id"), ""), each.element.tag, offset
        elif not walk.is_removed(each):
            offset += len(each.text)


def _copied(a: Package, b: Package, comment: etree._Element, carrier: Carrier) -> str:
    """Put a copy of a comment of the second file among those of the first, and return its id there."""
    root = a.first("comments")
    if root is None:
        root = make("comments")
        a.add("comments", root)
    carrier.place = a.related["comments"][0], b.related["comments"][0]
    used = [int(n) for each in root if (n := each.get(name("id"), "")).lstrip("-").isdigit()]
    made = deepcopy(comment)
    made.set(name("id"), str(max([-1, *used]) + 1))
    for paragraph in list(made.iter(name("p"))):
        for key in [key for key in paragraph.attrib if str(key).startswith(_W14)]:
            del paragraph.attrib[key]
        own = paragraph.find(name("pPr"))
        if own is not None:
            paragraph.replace(own, carrier.properties(paragraph))
    for run in list(made.iter(name("r"))):
        if run.find(name("annotationRef")) is None and carrier.run(run) is None and run.getparent() is not None:
            revisions.holder(run).remove(run)
    root.append(made)
    return str(made.get(name("id"), ""))


def _anchor(paragraph: etree._Element, tag: str, identifier: str, offset: int) -> None:
    """Put a mark of the comment `identifier` where the words of `paragraph`, as they will be, reach `offset`."""
    mark: etree._Element = make("commentReference", id=identifier)
    if tag == _REFERENCE:
        mark = make("r", mark)
    else:
        mark = make("commentRangeStart" if tag == _START else "commentRangeEnd", id=identifier)
    at = 0
    for child in [each for each in paragraph if each.tag != name("pPr")]:
        length = _length(child)
        if tag == _START and at + length > offset:
            _split(child, offset - at).addprevious(mark)
            return
        if tag != _START and length and at + length >= offset:
            rest = _split(child, offset - at) if at + length > offset else None
            if rest is None or rest is child:
                child.addnext(mark)
            else:
                rest.addprevious(mark)
            _after_marks(mark)
            return
        at += length
    paragraph.append(mark)


def _after_marks(mark: etree._Element) -> None:
    """Let `mark` stand after those of comments that were put there before it: an end before its reference."""
    while (after := mark.getnext()) is not None and (after.tag == _END or after.find(_REFERENCE) is not None):
        after.addnext(mark)


def _length(child: etree._Element) -> int:
    """Return how many characters a child of a paragraph adds to its words as they will be."""
    if child.tag in revisions.REMOVING:
        return 0
    if child.tag == name("r"):
        return sum(len(each.text) for each in walk.of_run(child) if each.kind != "deleted")
    alone = etree.Element(name("p"))
    alone.append(deepcopy(child))
    return len(walk.said(alone, deleted=False))


def _split(child: etree._Element, at: int) -> etree._Element:
    """Cut a run of words in two after `at` characters and return the second; what is no such run is returned whole."""
    text = child.find(name("t"))
    simple = child.tag == name("r") and text is not None and sum(each.tag != name("rPr") for each in child) == 1
    if not simple or text is None or not 0 < at < len(text.text or ""):
        return child
    words = text.text or ""
    rest = deepcopy(child)
    for run, part in ((child, words[:at]), (rest, words[at:])):
        own = run.find(name("t"))
        if own is not None:
            own.text = part
            own.set(_SPACE, "preserve")
    child.addnext(rest)
    return rest
