"""HTML to blocks: the document's paragraphs, heads, lists with their numbers, and tables as readable rows."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from lxml import etree

from agreements.errors import UnreadableError
from agreements.findings import info
from agreements.marking import MARKING_FIELDS, PlacedText, label_pieces, values
from agreements.reading.blocks import BlockKind, Reading
from agreements.reading.characters import canonical, decode, newlines
from agreements.reading.gathering import Gathering
from agreements.reading.html_lists import Lists
from agreements.reading.html_notes import PageNote, notes_of
from agreements.reading.html_page import characters_of, document_part, hidden_elements, lines_of, words_above
from agreements.reading.html_tables import column_by_column, rows_of
from agreements.reading.marked import comment_pieces
from agreements.reading.markup import Runs
from agreements.reading.source import SourceFile
from agreements.reading.tables import holds_data
from agreements.reading.wrapping import is_head, is_item

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_SUBSET = re.compile(r"[^>\[]*+\[[^\]]*+(?:\](?!\s*+>)[^\]]*+)*+\]\s*+>")
_BLOCK = re.compile(
    r"address|article|blockquote|body|caption|center|d[dlt]|details|div|fieldset|figcaption|figure|footer|h[1-6]|header"
    r"|hr|legend|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_SPOKEN = frozenset(("alt", "title", "placeholder", "label", "summary", "value", "author", "content"))  # attributes
_NO_WORDS = frozenset(("style", "class", "id", "src", "srcset", "lang", "rel", "type", "name", "property", "charset"))
_LABELS = frozenset(("class", "id", "name", "href", "src", "property"))
_SHORTEST = 3  # characters of an attribute that may bear a marking
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "cite", "var", "dfn"))
_STRUCK = frozenset(("s", "strike", "del"))
_STRUCK_STYLE = re.compile(r"text-decoration[a-z-]{0,20}\s{0,9}:[^;]{0,100}line-through", re.IGNORECASE)
_RULE = re.compile(r"(?<![^{}])(?P<selectors>[^{}]++)\{(?P<body>[^{}]*+)\}")
_SELECTOR = re.compile(r"(?:^|[\s>+~])[a-z]*(\.[\w-]+|(?<![\w.-])[a-z]+)\s*$", re.IGNORECASE)
_CONTENT = re.compile(r"content\s{0,9}:\s{0,9}[\"']([^\"'\n]{1,240})[\"']", re.IGNORECASE)
_CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)


def read(source: SourceFile) -> Reading:
    """Return the blocks of an HTML page. Raises `UnreadableError` when there is no text in it."""
    root = _tree(source)
    title = root.find(".//title")
    asides = list(_asides(root, source))
    asides += (PlacedText(words, "words above others", "aside") for words in words_above(root))
    striking = frozenset(_striking(root))
    part, dropped = document_part(root)
    column_by_column(part)
    walk = _Walk(notes=notes_of(part), striking=striking)
    walk.over(part)
    gathering = walk.gathering
    for item in dropped:
        gathering.findings.append(info("web-furniture", source.name, f"Left out ({item.what}): {item.text}"))
    if walk.marks:
        message = f"{len(walk.marks)} footnote marks taken out of the text: {' '.join(walk.marks)}"
        gathering.findings.append(info("footnote-marks", source.name, message))
    asides += (PlacedText(line, "left out of the text", "aside") for item in dropped for line in item.lines)
    name = "" if title is None else characters_of(title)
    return gathering.reading(source.name, source.sha256, title=name, asides=tuple(asides))


def _asides(root: etree._Element, source: SourceFile) -> Iterator[PlacedText]:
    """Yield the words of the page that are no part of its text: title, meta, alternative text, comments, hidden."""
    met: set[str] = set()
    for element in root.iter(etree.Element):
        if element.tag == "title":
            yield PlacedText(characters_of(element), "the title of the page", "entry")
        elif element.tag == "meta":
            named = element.get("name", "") or element.get("property", "")
            marks = named.lower().rpartition(".")[2] in MARKING_FIELDS
            yield PlacedText(element.get("content", ""), "a meta element", "marking" if marks else "entry")
        elif element.tag == "script" and "json" in element.get("type", ""):
            with suppress(ValueError, RecursionError):
                yield from values(json.loads(element.text or ""), "data in the page", kind="aside")
        elif element.tag == "style":
            said = (found[1] for found in _CONTENT.finditer(element.text or ""))
            yield from (PlacedText(words, "words of a style sheet", "aside") for words in said)
        elif element.tag in ("noscript", "template"):
            yield from (PlacedText(line, "hidden words", "aside") for line in lines_of(element))
        yield from _attributes(element, met)
    for element in hidden_elements(root):
        yield from (PlacedText(line, "hidden words", "aside") for line in lines_of(element))
    yield from comment_pieces(_characters(source.data))


def _striking(root: etree._Element) -> Iterator[str]:
    """Yield the tags and `.classes` that the style sheets in the page strike out."""
    for sheet in root.iter("style"):
        for rule in _RULE.finditer(sheet.text or ""):
            if _STRUCK_STYLE.search(rule["body"]):
                yield from (found[1] for each in rule["selectors"].split(",") if (found := _SELECTOR.search(each)))


def _attributes(element: etree._Element, met: set[str]) -> Iterator[PlacedText]:
    """Yield the attributes of an element that were not `met` before: those that hold words for people, and others."""
    for attribute, given in element.attrib.items():
        name, value = str(attribute), str(given)
        if len(value) < _SHORTEST or value in met:
            continue
        met.add(value)
        if name in _LABELS:
            yield from label_pieces(value, "the name or address of an element")
        if name in _NO_WORDS:
            continue
        if name in _SPOKEN or name.startswith("aria-"):
            yield PlacedText(canonical(value), "the alternative text or title of an element", "entry")
        else:
            yield PlacedText(value, "an attribute of an element", "aside")


def _tree(source: SourceFile) -> etree._Element:
    """Parse without network, external entities or document types, which HTML parsing never follows."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    text = _without_subset(newlines(_characters(source.data)).replace("\x00", ""))
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"{source.name} is damaged: it does not read as HTML ({error}).") from error
    if root is None:
        raise UnreadableError(f"{source.name} is empty: it holds no words.")
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableError(f"{source.name} is not read: its elements are nested beyond the limit of the parser.")
    return root


def _without_subset(text: str) -> str:
    """Return `text` without a document type that declares entities of its own."""
    declared = _DOCTYPE.search(text)
    subset = _SUBSET.match(text, declared.end()) if declared else None
    return text[: declared.start()] + text[subset.end() :] if declared and subset else text


def _characters(data: bytes) -> str:
    decoded = decode(data)
    declared = _CHARSET.search(data[:4096])
    if decoded.encoding == "cp1252" and declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            return decoded.text
    return decoded.text


@dataclass(slots=True)
class _Walk:
    """Goes through the elements in reading order and closes a block wherever a block element starts or ends."""

    gathering: Gathering = field(default_factory=Gathering)
    notes: dict[etree._Element, PageNote] = field(default_factory=dict)  # by their marks
    met: list[PageNote] = field(default_factory=list)  # whose marks were passed, to be put after the open block
    bodies: set[etree._Element] = field(default_factory=set)  # of notes that have their place
    marks: list[str] = field(default_factory=list)  # without a footnote on the page
    lists: Lists = field(default_factory=Lists)
    runs: Runs = field(default_factory=Runs)
    bold: list[bool] = field(default_factory=list)  # of the pieces with words
    struck: list[bool] = field(default_factory=list)
    striking: frozenset[str] = frozenset()  # tags and classes whose words the page strikes out
    depth_bold: int = 0
    depth_struck: int = 0
    depth_italic: int = 0
    breaks: int = 0
    number: str | None = None

    def over(self, root: etree._Element) -> None:
        """Gather the blocks under `root`."""
        skipping: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start" and skipping is None:
                if self._takes_whole(element):
                    skipping = element
                else:
                    self._enter(element)
            elif event == "end" and (skipping is None or skipping is element):
                if skipping is None:
                    self._leave(element)
                skipping = None
                if element is not root and element.tail:
                    self._words(element.tail, element.getparent())
        self._close(root)
        self._place_notes()

    def _takes_whole(self, element: etree._Element) -> bool:
        """Deal at once with elements that are not walked through: data tables and footnote marks."""
        if element.tag == "table" and _holds_data(element):
            self._close(element)
            for row in element.iter("tr"):
                self._row(row)
            return True
        if element in self.bodies:
            self._close(element.getparent())
            return True
        if note := self.notes.get(element):
            self.met += [] if note.body in self.bodies else [note]
            self.bodies.add(note.body)
            return True
        if element.tag == "sup" and _is_note_mark(element):
            self.marks.append(characters_of(element))
            return True
        return False

    def _enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if _is_block(element):
            parent = element.getparent()
            self._close(element if parent is None else parent)
            self.number = self.lists.enter(element) or self.number
        elif tag == "br":
            self.breaks += 1
        style = element.get("style", "")
        self.depth_bold += tag in _BOLD or bool(_BOLD_STYLE.search(style))
        self.depth_struck += self._strikes(element, style)
        self.depth_italic += tag in _ITALIC or bool(_ITALIC_STYLE.search(style))
        if element.text:
            self._words(element.text, element)

    def _leave(self, element: etree._Element) -> None:
        tag = str(element.tag)
        style = element.get("style", "")
        if _is_block(element):
            self._close(element)
            self.lists.leave(element)
        self.depth_bold -= tag in _BOLD or bool(_BOLD_STYLE.search(style))
        self.depth_struck -= self._strikes(element, style)
        self.depth_italic -= tag in _ITALIC or bool(_ITALIC_STYLE.search(style))

    def _strikes(self, element: etree._Element, style: str) -> bool:
        """Whether an element strikes its words out: by its name, its style, or a rule of the page for its class."""
        if element.tag in _STRUCK or _STRUCK_STYLE.search(style):
            return True
        named = {f".{name}" for name in element.get("class", "").split()} if self.striking else set()
        return bool(self.striking) and not self.striking.isdisjoint({str(element.tag), *named})

    def _words(self, text: str, element: etree._Element | None) -> None:
        if self.breaks:
            words = canonical(text)
            if not words:
                return
            if self.breaks > 1 or is_item(words) or is_head(words) or is_head(self.runs.line()[0]):
                self._close(element)
            else:
                self.runs.add(" ")
            self.breaks = 0
        self.runs.add(text, emphasis=self.depth_italic > 0, struck=self.depth_struck > 0)
        if canonical(text):
            self.bold.append(self.depth_bold > 0)
            self.struck.append(self.depth_struck > 0)

    def _close(self, element: etree._Element | None) -> None:
        """End the block that is being gathered; `element` is the one its words stand in."""
        runs, bold, struck = self.runs, bool(self.bold) and all(self.bold), bool(self.struck) and all(self.struck)
        self.runs, self.bold, self.struck, self.breaks = Runs(), [], [], 0
        if element is None or not runs.line()[0]:
            return
        home = _home(element)
        tag = str(home.tag)
        kind: BlockKind = "paragraph"
        level = self.lists.depth
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            kind, level = "heading", int(tag[1])
        elif self.lists.inside:
            kind = "list"
        number, self.number = self.number, None
        centred = _is_centred(home)
        self.gathering.add(
            runs, kind=kind, number=number, level=level, centred=centred, bold=bold, style=tag, struck=struck
        )
        self._place_notes()

    def _place_notes(self) -> None:
        """Put the footnotes whose marks were passed after the block that holds the marks."""
        for note in self.met:
            runs = Runs()
            runs.add(note.text)
            self.gathering.add(runs, kind="footnote", number=note.sign, style="footnote")
            said = f"Footnote {note.sign} kept apart: {note.text}"
            self.gathering.findings.append(info("footnote", "", said))
        self.met.clear()

    def _row(self, row: etree._Element) -> None:
        cells = [c for c in row if c.tag in ("td", "th")]
        runs = Runs()
        runs.add(" | ".join(text for text in map(characters_of, cells) if text))
        bold = bool(cells) and all(c.tag == "th" for c in cells)
        self.gathering.add(runs, kind="table", bold=bold, style="tr")


def _is_block(element: etree._Element) -> bool:
    return _BLOCK.fullmatch(str(element.tag)) is not None


def _home(element: etree._Element) -> etree._Element:
    """Return the nearest block element around words."""
    while not _is_block(element):
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _is_centred(element: etree._Element) -> bool:
    for around in (element, *element.iterancestors()):
        style, align = around.get("style", ""), around.get("align", "").lower()
        if around.tag == "center" or align == "center" or _CENTRE.search(style):
            return True
        if align or "text-align" in style or around.tag in ("td", "body"):
            return False
    return False


def _holds_data(table: etree._Element) -> bool:
    """Return whether a table shows data in rows, and is not a frame around running text."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return False
    return holds_data([[characters_of(cell) for cell in row] for row in rows_of(table)])


def _is_note_mark(element: etree._Element) -> bool:
    link = element.find(".//a")
    return link is not None and "#" in link.get("href", "") and len(characters_of(element)) <= 5
