"""The words of one Word paragraph as a reader sees them: insertions kept, deletions, hidden text and codes dropped."""

from dataclasses import dataclass, field

from lxml import etree

from agreements.reading.characters import canonical
from agreements.reading.markup import Runs
from agreements.reading.word_styles import Styles, W

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = frozenset((f"{W}del", f"{W}moveFrom"))
_INSERTED = frozenset((f"{W}ins", f"{W}moveTo"))
# Containers whose content is part of the line.
_TRANSPARENT = frozenset(
    W + tag
    for tag in ("hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "rubyBase")
) | {f"{W}ruby", f"{_MC}AlternateContent", f"{_MC}Choice", f"{_M}oMath", f"{_M}oMathPara"}
_SIGNS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: its kind, `deleted` or `inserted`, its author and day."""

    kind: str
    author: str
    day: str


@dataclass(slots=True)
class Dropped:
    """What one document's paragraphs hold besides the words that are read, for the findings."""

    changes: dict[Change, list[str]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id of notes, as they are referred to
    boxes: list[etree._Element] = field(default_factory=list)  # text boxes met, read after their paragraph

    def change(self, element: etree._Element, words: str) -> None:
        """Keep the words of a tracked change."""
        kind = "deleted" if element.tag in _DELETED else "inserted"
        change = Change(kind, element.get(f"{W}author", ""), element.get(f"{W}date", "")[:10])
        self.changes.setdefault(change, []).append(words)


@dataclass(slots=True)
class Paragraph:
    """The words of one paragraph (`runs`), and whether all of them are bold, and all of them struck out."""

    runs: Runs = field(default_factory=Runs)
    bold: list[bool] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)

    @property
    def is_bold(self) -> bool:
        """Whether there are words and all are bold."""
        return bool(self.bold) and all(self.bold)

    @property
    def is_struck(self) -> bool:
        """Whether there are words and all are struck out."""
        return bool(self.struck) and all(self.struck)


class RunReader:
    """Reads paragraphs one after the other; complex fields may begin in one and end in another."""

    def __init__(self, styles: Styles, dropped: Dropped) -> None:
        self._styles = styles
        self._dropped = dropped
        self._fields: list[bool] = []  # for each open field, whether its result has begun

    def read(self, paragraph: etree._Element, into: Paragraph) -> None:
        """Add the words of `paragraph` to `into`."""
        self._children(paragraph, into, self._styles.of_paragraph(paragraph))

    def _children(self, element: etree._Element, into: Paragraph, style: str) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, into, style)
            elif tag in _DELETED:
                self._dropped.change(child, _plain(child))
            elif tag in _INSERTED:
                if words := _plain(child):
                    self._dropped.change(child, words)
                self._children(child, into, style)
            elif tag in _TRANSPARENT:
                self._children(child, into, style)
            elif isinstance(tag, str) and tag.startswith(_M):
                into.runs.add("".join(t.text or "" for t in child.iter(f"{_M}t")))

    def _run(self, run: etree._Element, into: Paragraph, style: str) -> None:
        look = self._styles.of_run(run, style)
        for child in run:
            tag = str(child.tag)
            name = tag.removeprefix(W)
            if name == "fldChar":
                self._field(child.get(f"{W}fldCharType", ""))
            elif name == "delText":
                self._dropped.changes.setdefault(Change("deleted", "", ""), []).append(child.text or "")
            elif name in ("footnoteReference", "endnoteReference"):
                self._dropped.notes.append((name.removesuffix("Reference"), child.get(f"{W}id", "")))
            elif name in ("drawing", "pict", "object") or tag == f"{_MC}AlternateContent":
                self._dropped.boxes += _boxes(child)
            elif name in ("t", "sym", *_SIGNS) and all(self._fields):
                text = _text(child, name)
                if look.hidden:
                    self._dropped.hidden.append(text)
                    continue
                into.runs.add(text, emphasis=look.italic)
                if canonical(text):
                    into.bold.append(look.bold)
                    into.struck.append(look.struck)

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._fields.append(False)
        elif sort == "separate" and self._fields:
            self._fields[-1] = True
        elif sort == "end" and self._fields:
            self._fields.pop()


def _text(element: etree._Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "sym":  # symbol fonts put their signs in the private area, by the codes of Latin letters
        code = int(element.get(f"{W}char", "") or "20", 16)
        return chr(code - 0xF000) if 0xF020 <= code <= 0xF0FF else chr(code)
    return _SIGNS[name]


def _plain(element: etree._Element) -> str:
    """Return all words under a tracked change, kept or deleted."""
    return canonical("".join(t.text or "" for t in element.iter(f"{W}t", f"{W}delText")))


def _boxes(element: etree._Element) -> list[etree._Element]:
    """Return the contents of text boxes under a drawing, each once: old and new form hold the same words."""
    choice = element.find(f"{_MC}Choice") if element.tag == f"{_MC}AlternateContent" else element
    return [] if choice is None else list(choice.iter(f"{W}txbxContent"))


def is_deleted_mark(paragraph: etree._Element) -> bool:
    """Return whether the end of the paragraph is deleted, so that its words run on into the next one."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in _DELETED)
