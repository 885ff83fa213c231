"""Differences of two files in which no word differs: numbers of heads, contents made anew.

Each is told once for the file, so that it does not stand between the changes of words. What is not one of these for
certain stays what it was.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from agreements.findings import Finding, info
from agreements.language.typography import plain
from agreements.ooxml.schema import name
from agreements.word import Difference, FileDifferences

if TYPE_CHECKING:
    from agreements.reviewing.texts import ReviewedText

CONTENTS_ANEW = "contents-anew"  # the code of its finding
_HEAD = re.compile(r"(?:Article|Section|ARTICLE|SECTION) (?:[IVXLC]{1,9}|[0-9]{1,3})\.?")
_CONTENTS_STYLE = re.compile(r"(?:TOC|Contents)[ -]?(?:Heading|[1-9])?", re.IGNORECASE)
_PICTURES = (name("drawing"), name("pict"), name("object"))
_CONTENTS_FIELD = re.compile(r"\[field TOC [^\[\]]{0,80}\] ?")


def settle(found: FileDifferences, ours: "ReviewedText", base: "ReviewedText", *, typed: bool) -> tuple[Finding, ...]:
    """Tell in `found` what changes no word as such, and return what is told of the whole file instead.

    `typed` says that both files were written with typed numbers: the numbers of heads are then told as renumbered.
    """
    kept: list[Difference] = []
    fields = 0
    for each in found.differences:
        if _is_contents(each, ours, base):
            fields += 1
        elif not (typed and _is_head_alone(each)):
            kept.append(each)
    found.differences = kept
    return tuple(_made_anew(fields))


def _made_anew(count: int) -> Sequence[Finding]:
    if not count:
        return ()
    lines = f"{count} lines" if count > 1 else "one line"
    message = f"The table of contents was made anew in {lines}: its fields are others, its words are the same."
    return (info("contents-anew", "contents", message, "Nothing to do: Word makes it from the headings."),)


def _is_contents(each: Difference, ours: "ReviewedText", base: "ReviewedText") -> bool:
    """Whether a line of the contents differs in its fields alone."""
    if each.how != "changed" or each.a is None or each.b is None or each.story != "body":
        return False
    if each.what != "object" and _without_field(each.before) != _without_field(each.after):
        return False
    lines = (ours.paragraphs[each.a.index], base.paragraphs[each.b.index])
    return all(_CONTENTS_STYLE.fullmatch(_style(line)) and next(line.iter(*_PICTURES), None) is None for line in lines)


def _without_field(words: str) -> str:
    return plain(_CONTENTS_FIELD.sub("", words))


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
    return "" if found is None else str(found.get(name("val"), ""))


def _is_head_alone(each: Difference) -> bool:
    return each.how == "changed" and all(_HEAD.fullmatch(plain(w).strip()) for w in (each.before, each.after))
