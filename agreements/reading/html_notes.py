"""Footnotes of a web page: a sign that is a link, and the words further down that it leads to.

A link is the mark of a footnote where it is raised or in brackets (or is an asterisk or dagger), stands behind other
words, and leads to a short paragraph or list item after it that opens with the same sign. All else is a link.

Where pages set no links, as those made from the volumes of a treaty series, a raised sign behind a word is a mark if a
later paragraph opens with the same sign, raised. A figure behind a unit of measure or another figure is its power.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from agreements.reading.html_page import characters_of

_SIGN = re.compile(r"[\[(]?\s?(?P<sign>\d{1,3}|[a-z]|\*{1,4}|[†‡§])\s?[\])]?")
_SURE_SIGN = re.compile(r"\[.*\]|\(.*\)|[*†‡§]+")
_BACK = re.compile(r"^[\s^↑↩⏎]+|[\s^↑↩⏎\ufe0e]+$")  # links back to the mark
_HOMES = frozenset(("p", "li", "div", "dd", "td", "aside", "section", "blockquote"))
_POWER = re.compile(r"(?:\d|\b(?:m|km|cm|mm|dm|ft|in|yd|mi|sq|hm)\.?)$")  # what a raised 2 or 3 behind it multiplies
_LONGEST = 2000  # characters


@dataclass(frozen=True, slots=True)
class PageNote:
    """A footnote: its sign, its words without the sign, and the element that they stand in."""

    sign: str
    text: str
    body: etree._Element


def notes_of(root: etree._Element) -> dict[etree._Element, PageNote]:
    """Return the footnotes under `root` by the elements of their marks."""
    order = {element: place for place, element in enumerate(root.iter(etree.Element))}
    named = {name: e for e in order for name in (e.get("id"), e.get("name") if e.tag == "a" else None) if name}
    found: dict[etree._Element, PageNote] = {}
    for link in root.iter("a"):
        target = named.get(link.get("href", "").removeprefix("#")) if link.get("href", "").startswith("#") else None
        words = characters_of(link) if target is not None else ""
        sign = _SIGN.fullmatch(words)
        if target is None or not sign:
            continue
        mark = _whole_mark(link, words)
        body = _home(target)
        if body is None or order[body] < order[mark] or not (_is_raised(link) or _SURE_SIGN.fullmatch(words)):
            continue
        text = _text_of(body, sign["sign"])
        if text and _stands_behind_words(mark):
            found[mark] = PageNote(sign["sign"], text, body)
    return found | _unlinked(root, found)


def _unlinked(root: etree._Element, linked: Mapping[etree._Element, PageNote]) -> dict[etree._Element, PageNote]:
    """Return the footnotes whose marks are no links, by their marks; those of each page may count anew."""
    taken = {note.body for note in linked.values()}
    waiting: dict[str, list[etree._Element]] = {}
    found: dict[etree._Element, PageNote] = {}
    for raised in root.iter("sup"):
        words = characters_of(raised)
        sign = _SIGN.fullmatch(words)
        if not sign or raised in linked or raised.find(".//a") is not None or _is_raised_in(raised):
            continue
        if _stands_behind_words(raised):
            if not _POWER.search(_just_before(raised)):
                waiting.setdefault(sign["sign"], []).append(raised)
            continue
        body = _home(raised)
        marks = waiting.pop(sign["sign"], [])
        text = _text_of(body, sign["sign"]) if body is not None and body not in taken and marks else ""
        if body is not None and text:
            taken.add(body)
            found |= {mark: PageNote(sign["sign"], text, body) for mark in marks}
    return found


def _is_raised_in(element: etree._Element) -> bool:
    return any(around.tag in ("sup", "a") for around in element.iterancestors())


def _just_before(mark: etree._Element) -> str:
    """Return the words that stand directly before `mark`."""
    return next((words.rstrip() for words in _words_before(mark) if words.strip()), "")


def _whole_mark(link: etree._Element, words: str) -> etree._Element:
    """Return the raised element around `link` where there is nothing else in it, else the link."""
    parent = link.getparent()
    return parent if parent is not None and parent.tag == "sup" and characters_of(parent) == words else link


def _is_raised(link: etree._Element) -> bool:
    return link.find(".//sup") is not None or any(e.tag == "sup" for e in link.iterancestors())


def _home(target: etree._Element) -> etree._Element | None:
    """Return the paragraph or item that `target` is or stands in."""
    around = (target, *target.iterancestors())
    return next((element for element in around if element.tag in _HOMES), None)


def _text_of(body: etree._Element, sign: str) -> str:
    """Return the words of a footnote without its sign, empty where it cannot be that of the mark."""
    words = _BACK.sub("", characters_of(body))
    opened = _SIGN.match(words)
    if len(words) > _LONGEST:
        return ""
    if opened and opened["sign"] == sign:
        return _BACK.sub("", words[opened.end() :].lstrip(".:) "))
    return words if body.tag == "li" else ""  # the list itself shows the number


def _stands_behind_words(mark: etree._Element) -> bool:
    """Whether words stand before `mark` in its paragraph; a link that opens one is an entry of a list."""
    return any(words.strip() for words in _words_before(mark))


def _words_before(mark: etree._Element) -> Iterator[str]:
    element = mark
    while True:
        for before in element.itersiblings(preceding=True):
            yield before.tail or ""
            yield characters_of(before)
        parent = element.getparent()
        if parent is None:
            return
        yield parent.text or ""
        if parent.tag in _HOMES:
            return
        element = parent
