"""Comments of a Word file: threads, the words they are about, and whether they are settled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml import etree

from agreements.ooxml.package import Package
from agreements.ooxml.revisions import REMOVING
from agreements.ooxml.schema import name
from agreements.word.atoms import content

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
    reply_to: str = ""
    done: bool = False


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
