"""The words of a marked-up paragraph, piece by piece: who put each in or took it out, and how it reads either way."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from agreements.ooxml import revisions
from agreements.ooxml.schema import name

RevisionKind = Literal["inserted", "deleted", "moved-from", "moved-to", "formatted"]
View = Literal["original", "final", "markup"]

_WORDS = (name("t"), name("delText"))
_SIGNS = {name("tab"): "\t", name("ptab"): "\t", name("br"): "\n", name("cr"): "\n", name("noBreakHyphen"): "\u2011"}
_SKIPPED = frozenset((name("p"), name("pPr"), name("sdtPr"), name("sdtEndPr"), name("smartTagPr"), name("customXmlPr")))
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


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
    marks = () if row is None else row.iterfind(f"{name('trPr')}/*")
    yield from _over(paragraph, tuple(mark for mark in marks if mark.tag in revisions.MARKS))


def _over(element: etree._Element, around: tuple[etree._Element, ...]) -> Iterator[Said]:
    for child in element:
        tag = child.tag
        if tag in revisions.MARKS:
            yield from _over(child, (*around, child))
        elif tag == name("r"):
            if text := "".join(_word(each) for each in child):
                yield Said(text, around)
        elif tag == _MATH_TEXT:
            yield Said(child.text or "", around)
        elif tag not in _SKIPPED:
            yield from _over(child, around)


def _word(element: etree._Element) -> str:
    return element.text or "" if element.tag in _WORDS else _SIGNS.get(element.tag, "")


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
