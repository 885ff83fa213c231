"""The words of a marked-up paragraph, piece by piece: who put each in or took it out, and how it reads either way."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from lxml import etree

from agreements.ooxml import revisions, walk
from agreements.ooxml.schema import name

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
        if text := "".join(each.text for each in found):
            yield Said(text, (*marks, *(each for each in found[0].around if each.tag in revisions.MARKS)))


def _around(paragraph: etree._Element) -> list[etree._Element]:
    """Return the changes that a whole paragraph stands in, outermost first."""
    found = paragraph.iterancestors(*revisions.MARKS)
    return [each for each in reversed(list(found)) if next(each.iterancestors(name("p")), None) is None]


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
