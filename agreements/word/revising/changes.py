"""What others did to a Word file: tracked changes and comments, by author, date and place.

Body, headers, footers and notes. Nothing is flattened: a change inside another's change says whose it stands in, and
each paragraph can be read as it was, as it would be, and as it is marked up (`pieces`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Literal

from lxml import etree
from rapidfuzz import fuzz

from agreements.ooxml import revisions, walk
from agreements.ooxml.package import Package
from agreements.ooxml.schema import local, name
from agreements.word.revising.comments import Comment, read_comments

RevisionKind = Literal["inserted", "deleted", "moved-from", "moved-to", "formatted"]
View = Literal["original", "final", "markup"]


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of text and the elements of the changes around it, outermost first; none: it is as it was."""

    text: str
    around: tuple[etree._Element, ...] = ()

    def stands(self, without: Collection[str]) -> bool:
        """Whether it is there for a reader to whom what stands in changes with these tags is not."""
        return not any(element.tag in without for element in self.around)


def pieces(paragraph: etree._Element) -> Iterator[Said]:
    """Yield the words of `paragraph` in order, those of boxes that float beside it left out."""
    row = next(paragraph.iterancestors(name("tr")), None)
    own = () if row is None else row.iterfind(f"{name('trPr')}/*")
    marks = (*(mark for mark in own if mark.tag in revisions.MARKS), *_around(paragraph))
    for _, group in groupby(walk.inlines(paragraph), key=lambda each: each.element if each.run is None else each.run):
        found = list(group)
        if found[0].kind == "formula":
            yield from _in_formula(found[0], marks)
        elif text := "".join(each.text for each in found):
            yield Said(text, (*marks, *(each for each in found[0].around if each.tag in revisions.MARKS)))


def _in_formula(each: walk.Inline, marks: tuple[etree._Element, ...]) -> Iterator[Said]:
    """Yield the letters of a formula, inside which Word tracks changes too."""
    for letters in each.element.iter(f"{walk.MATH}t", name("t"), name("delText")):
        around = [up for up in reversed(list(letters.iterancestors())) if up.tag in revisions.MARKS]
        if letters.text:
            yield Said(letters.text, tuple(dict.fromkeys((*marks, *around))))


def _around(paragraph: etree._Element) -> list[etree._Element]:
    """Return the changes that a whole paragraph stands in, with that of the box it may be in, outermost first."""
    return [*paragraph.iterancestors(*revisions.MARKS)][::-1]


def text_without(paragraph: etree._Element, tags: Collection[str]) -> str:
    """Return what `paragraph` says when what stands in changes with these `tags` is gone."""
    return "".join(said.text for said in pieces(paragraph) if said.stands(tags))


def logical(paragraphs: Sequence[etree._Element], gone: Collection[str]) -> list[str]:
    """Return what each paragraph says when the changes with the tags `gone` are.

    Paragraphs whose end is gone run on: each that has words left says all of them together.
    """
    texts = [text_without(p, gone) for p in paragraphs]
    start = 0
    for index, paragraph in enumerate(paragraphs):
        if _runs_on(paragraph, gone) and index + 1 < len(paragraphs):
            continue
        if index > start:
            whole = "".join(texts[start : index + 1])
            texts[start : index + 1] = [whole if text else "" for text in texts[start : index + 1]]
        start = index + 1
    return texts


def _runs_on(paragraph: etree._Element, gone: Collection[str]) -> bool:
    mark = paragraph.find(f"{name('pPr')}/{name('rPr')}")
    return mark is not None and any(child.tag in gone for child in mark)


Story = Literal["body", "header", "footer", "footnote", "endnote"]
KINDS: Mapping[str, RevisionKind] = {
    **dict.fromkeys(revisions.ADDING, "inserted"),
    **dict.fromkeys(revisions.REMOVING, "deleted"),
    name("moveFrom"): "moved-from",
    name("moveTo"): "moved-to",
}
_STORIES: Mapping[str, Story] = {
    "document": "body", "hdr": "header", "ftr": "footer", "footnotes": "footnote", "endnotes": "endnote",
}  # fmt: skip
_HOLDERS = (name("tc"), name("tr"), name("tbl"))


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change: who did what to which words, when (as the file says), and where.

    `paragraph` counts from 0 in its `story`. An empty `text` is a change of the paragraph itself: its end, its row or
    its look. `inside` is the author in whose own insertion, not settled yet, the change was made.
    """

    kind: RevisionKind
    author: str
    date: str
    text: str
    paragraph: int
    story: Story = "body"
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A Word file's changes and comments in reading order, and what each paragraph of the body says.

    `paragraphs` are with all changes accepted, `originals` with all rejected; where the end of a paragraph was
    deleted (or put in), all of them that run on say the whole. `said` are the paragraphs of all stories piece by piece,
    those of the body first; `elsewhere` is how many changes stand in none of these: in styles, lists, comments.
    """

    changes: tuple[TrackedChange, ...]
    comments: tuple[Comment, ...]
    paragraphs: tuple[str, ...]
    originals: tuple[str, ...] = ()
    said: tuple[tuple[Story, tuple[Said, ...]], ...] = ()
    elsewhere: int = 0


@dataclass(slots=True)
class LocatedChange:
    """A change with the elements that make it."""

    change: TrackedChange
    elements: list[etree._Element] = field(default_factory=list)


def read_changes(file: bytes, *, file_name: str = "the Word file") -> Marked:
    """Return the tracked changes and comments of a Word file; raises `UnreadableError`.

    Neighbouring changes of one author, kind and date in a paragraph are one.
    """
    parts = Package.looked_at(file_name, file)
    main = parts.part(parts.main)
    body = [] if main is None else list(walk.paragraphs(main))
    return Marked(
        changes=tuple(found.change for found in find_changes(parts)),
        comments=read_comments(parts, body),
        paragraphs=tuple(logical(body, revisions.REMOVING)),
        originals=tuple(logical(body, revisions.ADDING)),
        said=tuple(
            (story, tuple(pieces(p))) for story, root in stories(parts) for p in walk.paragraphs(root)
        ),
        elsewhere=sum(1 for kind in _BESIDE for _ in _all_changes(parts.first(kind))),
    )  # fmt: skip


_BESIDE = ("styles", "numbering", "comments")


def _all_changes(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if root is None else root.iter(*revisions.CHANGES)


def stories(parts: Package) -> Iterator[tuple[Story, etree._Element]]:
    """Yield the trees of `parts` that hold words with what each is, the body first."""
    for root in parts.stories().values():
        yield _STORIES.get(local(root), "body"), root


def find_changes(parts: Package) -> list[LocatedChange]:
    """Return the changes of all stories of `parts` in reading order, each with its elements."""
    found: list[LocatedChange] = []
    for story, root in stories(parts):
        paragraphs = list(walk.paragraphs(root))
        outside = _outside(root, paragraphs)
        for index, paragraph in enumerate(paragraphs):
            changes = [*_changes(paragraph, index, story), *(_of(e, index, story) for e in outside.get(index, ()))]
            found += _joined(changes)
    return found


@dataclass(frozen=True, slots=True)
class OwnChanges:
    """What became of tracked changes of ours in a file that came back, where its words do not show it.

    `altered` are the words that stand in our deletions there, with those that stood there as they were sent; `settled`
    is in how many paragraphs a change of ours is none any more.
    """

    altered: tuple[tuple[str, str], ...] = ()
    settled: int = 0


def own_changes(sent: Iterable[TrackedChange], back: Iterable[TrackedChange]) -> OwnChanges:
    """Return what became of the changes that were `sent`; `back` are those that are still ours in the file."""
    sent, back = list(sent), list(back)
    before, after = _in_paragraphs(sent, _TAKEN_OUT), _in_paragraphs(back, _TAKEN_OUT)
    gone, altered = before - after, []
    for words in (after - before).elements():
        was = max(gone, key=partial(fuzz.ratio, words), default="")
        altered.append((words, was))
        gone -= Counter([was])
    settled = gone + (_in_paragraphs(sent, _PUT_IN) - _in_paragraphs(back, _PUT_IN))
    return OwnChanges(tuple(altered), settled.total())


_PUT_IN: tuple[RevisionKind, ...] = ("inserted", "moved-to")
_TAKEN_OUT: tuple[RevisionKind, ...] = ("deleted", "moved-from")


def _in_paragraphs(changes: Iterable[TrackedChange], kinds: Collection[RevisionKind]) -> Counter[str]:
    """Return the words of changes of these `kinds`, those of one paragraph together."""
    found: dict[tuple[Story, int], str] = {}
    for each in changes:
        if each.kind in kinds and each.text:
            found[each.story, each.paragraph] = found.get((each.story, each.paragraph), "") + each.text
    return Counter(found.values())


def change_places(file: bytes) -> list[tuple[TrackedChange, frozenset[tuple[str, int]]]]:
    """Return the changes of a Word file in reading order, each with the places of its elements.

    A place is the path of a part, and the count from 0 among all elements there that are tracked changes.
    """
    parts = Package.of("the Word file", file)
    places = {
        change: (path, place)
        for path, root in parts.stories().items()
        for place, change in enumerate(root.iter(*revisions.CHANGES))
    }
    return [(found.change, frozenset(places[e] for e in found.elements)) for found in find_changes(parts)]


def _changes(paragraph: etree._Element, index: int, story: Story) -> Iterator[LocatedChange]:
    """Yield the changes of a paragraph; of nested ones, each with the words that it is about."""
    for element in paragraph.iter(*KINDS, *revisions.PROPERTY_CHANGES):
        if next(element.iterancestors(name("p")), None) is paragraph:
            yield _of(element, index, story)
    row = next(paragraph.iterancestors(name("tr")), None)
    if row is not None and next(row.iter(name("p")), None) is paragraph:
        yield from (_of(e, index, story) for e in row.iterfind(f"{name('trPr')}/*") if e.tag in KINDS)


def _outside(root: etree._Element, paragraphs: Sequence[etree._Element]) -> dict[int, list[etree._Element]]:
    """Return, by the paragraph they are told with, the changes that stand in none: of cells, tables, sections."""
    places = {paragraph: index for index, paragraph in enumerate(paragraphs)}
    found: dict[int, list[etree._Element]] = {}
    for element in root.iter(*revisions.CELLS, *revisions.PROPERTY_CHANGES, *revisions.MARKS):
        if next(element.iterancestors(name("p")), None) is not None or _is_mark(element):
            continue
        around = element if element.tag in revisions.MARKS else next(element.iterancestors(*_HOLDERS), None)
        first = None if around is None else next(walk.paragraphs(around), None)
        index = len(paragraphs) - 1 if first is None else places.get(first, -1)
        if index >= 0:
            found.setdefault(index, []).append(element)
    return found


def _is_mark(element: etree._Element) -> bool:
    """Whether it says of a row, a paragraph's end or a number that it was put in or taken out."""
    return element.tag in revisions.MARKS and local(revisions.holder(element)).endswith("Pr")


def _of(element: etree._Element, index: int, story: Story) -> LocatedChange:
    kind = KINDS.get(element.tag, "formatted")
    text = "" if kind == "formatted" or _is_mark(element) else _words(element)
    around = next(element.iterancestors(*KINDS), None)
    inside = "" if around is None else around.get(name("author"), "")
    author, date = element.get(name("author"), ""), element.get(name("date"), "")
    return LocatedChange(TrackedChange(kind, author, date, text, index, story, inside), [element])


def _words(change: etree._Element) -> str:
    """Return the words of a change in a paragraph, or around whole paragraphs."""
    if next(change.iterancestors(*walk.FORMULAS), None) is not None:
        return "".join(letters.text or "" for letters in change.iter(f"{walk.MATH}t", name("t"), name("delText")))
    inside = list(walk.paragraphs(change)) if change.find(name("p")) is not None else [change]
    return " ".join("".join(e.text for e in walk.inlines(each) if e.kind not in ("tab", "break")) for each in inside)


def _joined(changes: Iterable[LocatedChange]) -> list[LocatedChange]:
    """Return the changes, neighbours of one hand as one; that of a paragraph's end goes with its words."""
    joined: list[LocatedChange] = []
    silent: list[LocatedChange] = []
    for found in changes:
        if not found.change.text:
            silent.append(found)
            continue
        last = joined[-1] if joined else None
        beside = last is not None and found.elements[0].getprevious() is last.elements[-1]
        if last and beside and _hand(last.change) == _hand(found.change):
            last.change = replace(last.change, text=last.change.text + found.change.text)
            last.elements += found.elements
        else:
            joined.append(found)
    for found in silent:
        own = next((each for each in joined if _hand(each.change) == _hand(found.change)), None)
        if own is None:
            joined.append(found)
        else:
            own.elements += found.elements
    return joined


def _hand(change: TrackedChange) -> tuple[str, str, str]:
    return (change.kind, change.author, change.date)
