"""What of a web page is the document: navigation, forms and the like are taken out by general rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from agreements.reading.characters import canonical

_SILENT = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "audio", "video", "canvas", "map")
)
_AROUND = frozenset(
    ("nav", "header", "footer", "aside", "form", "menu", "dialog", "button", "select", "input", "label")
)
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "font", "i", "img", "kbd", "mark", "small", "span")
) | frozenset(("strong", "sub", "sup", "tt", "u", "wbr"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog"))
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|side-?bar|footer|cookies?|share|sharing|social|skip|pager"
    r"|pagination|related|comments?|toolbar|advert\w*|newsletter|masthead|print-?only|no-?print)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.4  # nothing that holds more of the page's characters than this is furniture, whatever it is called
_LINKED = 0.8  # a list with this share of its characters in links is navigation


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that were on the page and are no part of the document, whole and by its smallest elements."""

    what: str
    text: str
    lines: tuple[str, ...] = ()


def characters_of(element: etree._Element) -> str:
    """Return all words under `element` as one line."""
    return canonical(" ".join(t for t in element.itertext() if isinstance(t, str)))


def lines_of(element: etree._Element) -> tuple[str, ...]:
    """Return the words of the elements below `element` (and of itself) that hold no further elements with words."""
    leaves = (e for e in element.iter(etree.Element) if len(e) == 0 or all(_is_inline(child) for child in e))
    return tuple(dict.fromkeys(text for leaf in leaves if (text := characters_of(leaf))))


def _is_inline(element: etree._Element) -> bool:
    return not isinstance(element.tag, str) or element.tag in _INLINE


def hidden_elements(root: etree._Element) -> list[etree._Element]:
    """Return the elements that are not shown though they hold words for people."""
    return [e for e in root.iter(etree.Element) if _is_silent(e) and e.tag not in ("script", "style", "head")]


def words_above(root: etree._Element) -> Iterator[str]:
    """Yield how signs are read, which stands in small type above them, and take it out of the page."""
    for element in list(root.iter("rt", "rp")):
        yield characters_of(element)
        _remove(element)


def document_part(root: etree._Element) -> tuple[etree._Element, list[Dropped]]:
    """Return the element that holds the document, with what is not part of it removed, and what that said."""
    for element in [e for e in root.iter() if _is_silent(e)]:
        _remove(element)
    body = root.find(".//body")
    body = root if body is None else body
    whole = max(1, len(characters_of(body)))
    dropped: list[Dropped] = []
    main = _main(body, whole)
    if main is not body:
        outside = [(text, lines) for text, lines in _texts_outside(body, main) if text]
        dropped += [Dropped("around the document", text, lines) for text, lines in outside]
    for element in list(main.iter(etree.Element)):
        if element is main or not _alive(element, main):
            continue
        what = _furniture(element)
        text = characters_of(element) if what else ""
        if what and len(text) <= whole * _MOST:
            lines = lines_of(element)
            _remove(element)
            if text:
                dropped.append(Dropped(what, text, lines))
    return main, dropped


def _main(body: etree._Element, whole: int) -> etree._Element:
    """Return the one element that the page declares as its content, if that holds most of the words."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and len(characters_of(found[0])) > whole * 0.5:
            return found[0]
    return body


def _texts_outside(body: etree._Element, main: etree._Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the words of `body` before and after `main`."""
    tail, parent = main.tail, main.getparent()
    if parent is None:
        return
    at = parent.index(main)
    placeholder = etree.Element("span")
    placeholder.tail = tail
    parent[at] = placeholder
    main.tail = None
    yield characters_of(body), lines_of(body)


def _is_silent(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in _SILENT or "hidden" in element.attrib:
        return element.tag != "head"
    return bool(_HIDDEN.search(element.get("style", "")))


def _alive(element: etree._Element, main: etree._Element) -> bool:
    """Return whether `element` is still in the page: its ancestors may have been removed before it."""
    return any(ancestor is main for ancestor in element.iterancestors())


def _furniture(element: etree._Element) -> str:
    """Return what kind of furniture `element` is, empty when it is none."""
    tag = str(element.tag)
    if tag in _AROUND and not (tag == "header" and _has_head(element)):
        return "navigation and forms"
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if element.get("role", "").lower() in _ROLES or (names.strip() and _NAMES.search(names)):
        return "navigation and forms"
    if tag in ("ul", "ol", "div", "td", "p", "table", "center") and _is_links(element):
        return "list of links"
    return ""


def _has_head(element: etree._Element) -> bool:
    return any(element.find(f".//h{level}") is not None for level in range(1, 4))


def _is_links(element: etree._Element) -> bool:
    links = [a for a in element.iter("a") if a.get("href")]
    if len(links) < 3:
        return False
    texts = [characters_of(a) for a in links]
    linked = sum(map(len, texts))
    return linked > _LINKED * len(characters_of(element)) and linked < 60 * len(links)


def _remove(element: etree._Element) -> None:
    """Take `element` out of the tree and keep the words after it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
