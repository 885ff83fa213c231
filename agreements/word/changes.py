"""What others did to a Word file: tracked changes and comments, by author, date and place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from agreements.ooxml import revisions
from agreements.ooxml.schema import name
from agreements.word.atoms import content
from agreements.word.parts import Parts

Kind = Literal["inserted", "deleted", "moved-from", "moved-to", "formatted"]
_KINDS: dict[str, Kind] = {
    name("ins"): "inserted",
    name("del"): "deleted",
    name("moveFrom"): "moved-from",
    name("moveTo"): "moved-to",
}
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SHOWN = (name("t"), name("delText"))


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: who did what to which words, when (as the file says), in which paragraph of the body.

    `paragraph` counts from 0. An empty `text` is a change of the paragraph itself: its end, its row or its look.
    """

    kind: Kind
    author: str
    date: str
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on the words `about`; `reply_to` is the id of the comment it answers, `done` whether it is settled."""

    id: str
    author: str
    date: str
    text: str
    about: str
    paragraph: int
    reply_to: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A Word file's changes and comments in reading order, and what each paragraph says with all changes accepted."""

    changes: tuple[Change, ...]
    comments: tuple[Comment, ...]
    paragraphs: tuple[str, ...]


def read_changes(file: bytes, *, file_name: str = "the Word file") -> Marked:
    """Return the tracked changes and comments of the body of a Word file; raises `UnreadableError`.

    Neighbouring changes of one author, kind and date in a paragraph are one.
    """
    parts = Parts.of(file_name, file)
    paragraphs = list(parts.body().iter(name("p")))
    changes = tuple(change for index, p in enumerate(paragraphs) for change in _joined(_changes(p, index)))
    return Marked(changes, _comments(parts, paragraphs), tuple(content(p).said for p in paragraphs))


def _changes(paragraph: etree._Element, index: int) -> Iterator[tuple[Change, etree._Element]]:
    """Yield the changes of a paragraph with their elements; of nested ones, each with the words that it is about."""
    for element in paragraph.iter(*_KINDS, *revisions.PROPERTY_CHANGES):
        holder = element.getparent()
        if next(element.iterancestors(name("p")), None) is not paragraph or holder is None:
            continue
        kind = _KINDS.get(element.tag, "formatted")
        text = "" if kind == "formatted" else "".join(t.text or "" for t in element.iter(*_SHOWN))
        yield _change(element, kind, text, index), element
    row = next(paragraph.iterancestors(name("tr")), None)
    first = None if row is None else next(row.iter(name("p")), None)
    for element in row.iterfind(f"{name('trPr')}/*") if row is not None and first is paragraph else ():
        if element.tag in _KINDS:
            yield _change(element, _KINDS[element.tag], "", index), element


def _change(element: etree._Element, kind: Kind, text: str, index: int) -> Change:
    return Change(kind, element.get(name("author"), ""), element.get(name("date"), ""), text, index)


def _joined(found: Iterable[tuple[Change, etree._Element]]) -> list[Change]:
    """Return the changes, neighbours of one hand as one; that of a paragraph's end goes with its words."""
    joined: list[Change] = []
    silent: list[Change] = []
    last: etree._Element | None = None
    for change, element in found:
        if not change.text:
            silent.append(change)
            continue
        beside = last is not None and element.getprevious() is last
        if beside and joined and _hand(joined[-1]) == _hand(change):
            joined[-1] = replace(joined[-1], text=joined[-1].text + change.text)
        else:
            joined.append(change)
        last = element
    hands = {_hand(change) for change in joined}
    return joined + [c for c in dict.fromkeys(silent) if _hand(c) not in hands]


def _hand(change: Change) -> tuple[str, str, str]:
    return (change.kind, change.author, change.date)


def _comments(parts: Parts, paragraphs: list[etree._Element]) -> tuple[Comment, ...]:
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


def _anchors(paragraphs: list[etree._Element]) -> dict[str, tuple[int, str]]:
    """Return for each comment the paragraph where it begins and the words that it is about."""
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
            else:
                for each in open_ranges:
                    found[each] = (found[each][0], found[each][1] + (element.text or ""))
    return found
