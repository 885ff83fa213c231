"""A Word file as a program writes it to plain text: a line for each paragraph, its number before it.

Text that somebody pasted has lost what a Word file says of itself: what is a title, a heading, an annex. Where our file
is read in the same way, what such a reading misses is missed on both sides, and is no difference.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lxml import etree

from agreements.language.typography import plain
from agreements.ooxml.schema import name
from agreements.reading import Block

_TEXT, _BREAKS = name("t"), (name("br"), name("cr"))
_TAB = name("tab")


def as_lines(paragraphs: Iterable[etree._Element], blocks: Iterable[Block]) -> str:
    """Return the words of the `paragraphs` of a Word file as plain text, with the numbers that its `blocks` have."""
    numbers: dict[str, list[str]] = defaultdict(list)
    for block in blocks:
        numbers[_key(block.text)].append(block.number or "")
    return "\n".join(line for paragraph in paragraphs for line in _lines(paragraph, numbers))


def _key(words: str) -> str:
    return " ".join(plain(words).split())


def _lines(paragraph: etree._Element, numbers: dict[str, list[str]]) -> Iterator[str]:
    lines = _broken(paragraph)
    waiting = numbers.get(_key(" ".join(lines)), [])
    number = waiting.pop(0) if waiting else ""
    if number and not lines[0].strip():
        yield number
        lines = lines[1:]
    elif number:
        lines = [f"{number} {lines[0]}", *lines[1:]]
    yield from (line for line in lines if line.strip())


def _broken(paragraph: etree._Element) -> list[str]:
    """Return the words of a paragraph, parted where a line is broken by hand."""
    lines = [""]
    for element in paragraph.iter(_TEXT, _TAB, *_BREAKS):
        if element.tag in _BREAKS:
            lines.append("")
        elif element.tag == _TEXT:
            lines[-1] += element.text or ""
        elif (above := element.getparent()) is not None and above.tag == name("r"):
            lines[-1] += "\t"
    return lines
