"""Comments of a Word file: threads, the words they are about, whether they are settled; carried into a redline."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from agreements.findings import Finding, info
from agreements.ooxml import notes, revisions, walk
from agreements.ooxml.numerals import whole
from agreements.ooxml.package import Package
from agreements.ooxml.revisions import REMOVING
from agreements.ooxml.schema import name
from agreements.ooxml.xml import make
from agreements.word.revising.atoms import content
from agreements.word.revising.carrying import Carrier

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SHOWN = (name("t"), name("delText"))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the words `about`; `reply_to` is the id of the comment it answers, `done` whether it is settled.

    `paragraph` counts the paragraphs of the body from 0; -1 where the comment is anchored nowhere in it.
    """

    id: str
    author: str
    date: str
    text: str
    about: str
    paragraph: int
    reply_to: str
    done: bool


def read_comments(parts: Package, paragraphs: Sequence[etree._Element]) -> tuple[Comment, ...]:
    """Return the comments of a file whose body has `paragraphs`, in the order of their places, replies after theirs."""
    root = parts.first("comments")
    if root is None:
        return ()
    anchors = _anchors(paragraphs)
    threads = parts.first("commentsExtended")
    extra = {e.get(f"{_W15}paraId"): e for e in threads} if threads is not None else {}
    last_paragraphs = {c.get(name("id"), ""): _last_paragraph(c) for c in root.iter(name("comment"))}
    by_paragraph = {label: identifier for identifier, label in last_paragraphs.items() if label}
    found = []
    for comment in root.iter(name("comment")):
        identifier = comment.get(name("id"), "")
        more = extra.get(last_paragraphs[identifier])
        index, about = anchors.get(identifier, (-1, ""))
        found.append(
            Comment(
                id=identifier,
                author=comment.get(name("author"), ""),
                date=comment.get(name("date"), ""),
                text="\n".join(content(p).said for p in comment.iter(name("p"))),
                about=about,
                paragraph=index,
                reply_to="" if more is None else by_paragraph.get(more.get(f"{_W15}paraIdParent", ""), ""),
                done=more is not None and more.get(f"{_W15}done") in ("1", "true"),
            )
        )
    return tuple(sorted(found, key=lambda c: c.paragraph))


def _last_paragraph(comment: etree._Element) -> str:
    labels = [p.get(f"{_W14}paraId", "") for p in comment.iter(name("p"))]
    return labels[-1] if labels else ""


def _anchors(paragraphs: Sequence[etree._Element]) -> dict[str, tuple[int, str]]:
    """Return for each comment the paragraph where it begins and the words that it is about, as they would be.

    Where all of them were taken out, it is these.
    """
    final = _found(paragraphs, lambda words: next(words.iterancestors(*REMOVING), None) is None)
    marked = _found(paragraphs, lambda _: True)
    return {identifier: (index, about or marked[identifier][1]) for identifier, (index, about) in final.items()}


def _found(paragraphs: Sequence[etree._Element], shows: Callable[[etree._Element], bool]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    open_ranges: set[str] = set()
    marks = (name("commentRangeStart"), name("commentRangeEnd"), name("commentReference"))
    for index, paragraph in enumerate(paragraphs):
        for element in paragraph.iter(*marks, *_SHOWN):
            identifier = element.get(name("id"), "")
            if element.tag == marks[0]:
                open_ranges.add(identifier)
                found[identifier] = (index, "")
            elif element.tag == marks[1]:
                open_ranges.discard(identifier)
            elif element.tag == marks[2]:
                found.setdefault(identifier, (index, ""))
            elif open_ranges and shows(element):
                for each in open_ranges:
                    found[each] = (found[each][0], found[each][1] + (element.text or ""))
    return found


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
    for here, there in pairs.items() if theirs else ():
        for identifier, tag, offset in _marks(there):
            if identifier in theirs:
                fresh = placed.get(identifier) or _copied(a, b, theirs[identifier], carrier)
                placed[identifier] = fresh
                _anchor(here, tag, fresh, offset)
    if placed:
        message = f"Comments of this file that were carried over into the redline: {len(placed)}."
        yield info("comments-carried", names[1], message)
    if left := len(theirs) - len(placed):
        yield info("comments-left", names[1], f"Comments of this file that have no place in the redline: {left}.")
    others = {facts(each) for each in stored(b).values()}
    if only := sum(facts(each) not in others for each in stored(a).values()):
        yield info("comments-only-here", names[0], f"Comments of this file not in {names[1]}, which stay: {only}.")


def add_comment(parts: Package, paragraph: etree._Element, lines: Sequence[str], *, author: str, date: str) -> None:
    """Put a comment of `author` at `date` (as Word writes it) on a whole `paragraph` of the body of a file."""
    root = parts.first("comments")
    if root is None:
        root = make("comments")
        parts.add("comments", root)
    used = [whole(each.get(name("id")), -1) for each in root]
    identifier = max([-1, *used]) + 1
    root.append(notes.comment(identifier, lines, author=author, initials=author[:1], date=date))
    start, *_, end, reference = notes.commented(identifier, [])
    own = paragraph.find(name("pPr"))
    paragraph.insert(0 if own is None else 1, start)
    paragraph.extend((end, reference))


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
    used = [whole(each.get(name("id")), -1) for each in root]
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
