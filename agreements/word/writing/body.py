"""The documents of an agreement as the paragraphs of a Word file, from the lines of the title to the signatures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from agreements.citation import document_words
from agreements.model import Document, Provision
from agreements.ooxml import styles
from agreements.ooxml.fields import bookmarked
from agreements.ooxml.lists import indent, numbered
from agreements.ooxml.schema import insert
from agreements.ooxml.xml import Properties, XmlValue, make, paragraph, run
from agreements.word.writing.drafting_notes import Remarks
from agreements.word.writing.numbering import ARTICLE_WORD, Slot
from agreements.word.writing.runs import Anchor, Link, links, words
from agreements.word.writing.signatures import (
    SignatureLine,
    SignatureStages,
    keep_on,
    signature_stages,
    signature_table,
    stacked_signatures,
    stand_side_by_side,
)

_HEADS = {
    "part": (styles.DIVISION, styles.DIVISION_HEADING),
    "chapter": (styles.DIVISION, styles.DIVISION_HEADING),
    "section": (styles.SECTION, styles.SECTION_HEADING),
    "article": (styles.ARTICLE, styles.ARTICLE_HEADING),
}
_FRAMES = {"preamble": styles.PREAMBLE, "testimonium": styles.TESTIMONIUM}
_ENCLOSURES = ("annex", "appendix")
_NOTES = {
    "offer-note": styles.NOTE_TEXT,
    "reply-note": styles.REPLY_TEXT,
    "correcting-note": styles.NOTE_TEXT,
}
RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "ur"))
_BOLD: Properties = {"b": True, "bCs": True}
_LOOKS = len(styles.LEVELS)
_NARROW = 420  # what a level of a list is indented in a column, in twentieths of a point
_RUNNING = (styles.PREAMBLE, styles.ARTICLE_TEXT, styles.TESTIMONIUM, styles.BODY_TEXT, styles.NOTE_TEXT)


@dataclass(frozen=True, slots=True)
class Placed:
    """A provision's numbering and the anchor by which references point to it."""

    slot: Slot
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class ProvisionElements:
    """The own paragraphs of one `provision`, or of a document's title (None); those of signature blocks by stages."""

    provision: Provision | None
    elements: list[etree._Element]
    stages: Sequence[SignatureStages] = ()


@dataclass(slots=True)
class Body:
    """The body of one file, as far as it is written: `elements` are its paragraphs and tables, in order.

    `chains` are the anchors of every path that references may name, `documents` those of annexes by their names in
    paths, `parties` the parties' names as printed, `width` that of the text in twentieths of a point. `marked` says
    whether every provision gets its hidden bookmark; a copy for signature, which holds no reference, has none.
    `narrow` is for a column of a table: small indents, no page breaks, signatures one under the other. `pieces` are
    the same elements by the provisions that they belong to.
    """

    chains: Mapping[str, tuple[Anchor, ...]]
    documents: Mapping[str, Anchor]
    parties: Sequence[str] = ()
    width: int = 9360
    marked: bool = True
    remarks: Remarks = field(default_factory=Remarks)
    narrow: bool = False
    pieces: list[ProvisionElements] = field(default_factory=list)
    elements: list[etree._Element] = field(default_factory=list)
    _placed: Iterator[Placed] = field(default_factory=lambda: iter(()))
    _bookmarks: int = 0
    _look: Properties = field(default_factory=dict)
    _direction: Properties = field(default_factory=dict)
    _new_page: bool = False
    _primary: int = 0

    def add(
        self,
        document: Document,
        placed: Sequence[Placed],
        anchor: Anchor | None,
        *,
        primary: bool,
        contents: Sequence[etree._Element] = (),
    ) -> None:
        """Write `document`; `placed` holds one entry for each of its provisions in reading order.

        `primary` says that its list is the one tied to the styles, so that its paragraphs need no numbering of
        their own; other documents begin on a new page. `contents` stand between its title and its words.
        """
        self._placed = iter(placed)
        self._new_page = not primary
        self._primary = 1 if primary else 0
        self._set_language(document.language)
        begin = len(self.elements)
        self._title(document, anchor)
        self.pieces.append(ProvisionElements(None, self.elements[begin:]))
        if contents:
            self.elements += contents
            self._new_page = True
        style = _NOTES.get(document.role, styles.BODY_TEXT)
        for provision in document.provisions:
            self._provision(provision, style)

    def _set_language(self, language: str) -> None:
        mirrored = language in RIGHT_TO_LEFT
        self._direction = {"bidi": True} if mirrored else {}
        if mirrored:
            self._look = {"rtl": True, "lang": {"bidi": language}}
        else:
            self._look = {} if language == "en" else {"lang": {"val": language}}

    def _title(self, document: Document, anchor: Anchor | None) -> None:
        title = document.title
        if document.role in _ENCLOSURES:
            label = words(anchor.shown if anchor else document_words(document), look=self._look)
            self._paragraph(styles.ANNEX, label, anchor=anchor)
            if own := document.own_title:
                self._paragraph(styles.ANNEX_TITLE, words(own, look=self._look))
        elif title and document.role in _NOTES:
            style = styles.REPLY_TITLE if document.role == "reply-note" else styles.NOTE_TITLE
            self._paragraph(style, words(title, look=self._look))
        elif title:
            shown = list(title)
            for place in () if self.narrow else title_breaks(title, self.parties, self.width):
                shown[place] = "\n"
            self._paragraph(styles.TITLE, [run("".join(shown), self._look, breaks=True)])

    def _provision(self, provision: Provision, style: str) -> None:
        """Write `provision` and all under it; `style` is that of unnumbered words at this place."""
        placed = next(self._placed)
        begin = len(self.elements)
        if provision.kind == "signature":
            stages = self._signature(provision, placed)
            self.pieces.append(ProvisionElements(provision, self.elements[begin:], stages))
            return
        if provision.kind in _FRAMES:
            below = self._frame(provision, placed)
        elif provision.kind in _HEADS:
            below = self._head(provision, placed)
        elif provision.kind == "text":
            below = style
            self._unnumbered(provision, placed, style)
        else:
            below = self._numbered(provision, placed)
        self.pieces.append(ProvisionElements(provision, self.elements[begin:]))
        for child in provision.children:
            self._provision(child, below)

    def _frame(self, provision: Provision, placed: Placed) -> str:
        """Write the heading and own words of a preamble or testimonium; return the style of the words in it."""
        style = _FRAMES[provision.kind]
        if provision.kind == "testimonium":
            self._keep_last()
        if provision.kind == "preamble" and provision.heading:
            self._paragraph(styles.PREAMBLE_HEADING, words(_label(provision), look=self._look), anchor=placed.anchor)
            if provision.text:
                self._paragraph(style, self._words(provision), holds=provision.text)
        else:
            self._unnumbered(provision, placed, style)
        return style

    def _unnumbered(self, provision: Provision, placed: Placed, style: str) -> None:
        shown = _label(provision)
        if shown:
            self._paragraph(style, words(shown, look={**self._look, **_BOLD}), anchor=placed.anchor)
        if provision.text:
            anchor = None if shown else placed.anchor
            self._paragraph(style, self._words(provision), anchor=anchor, holds=provision.text)

    def _head(self, provision: Provision, placed: Placed) -> str:
        """Write the head of an article, part or section; return the style of the words under it."""
        head, heading = _HEADS[provision.kind]
        anchor: Anchor | None = placed.anchor
        if placed.slot.list_id:
            content = [run("\n", self._look, breaks=True)] if provision.heading else []
            content += words(provision.heading or "", look=self._look)
            self._paragraph(head, content, slot=placed.slot, anchor=anchor)
        else:
            usual = ARTICLE_WORD if provision.kind == "article" else provision.kind.capitalize()
            if provision.number is not None:
                shown = provision.labelled(usual)
                typed = styles.TYPED[0] if provision.kind == "article" else head
                self._paragraph(typed, words(shown, look=self._look), anchor=anchor)
                if provision.heading:
                    insert(self.elements[-1][0], make("spacing", after=0))  # one head of two lines
                anchor = None
            if provision.heading:
                self._paragraph(heading, words(provision.heading, look=self._look), anchor=anchor)
        if provision.text:
            self._paragraph(styles.ARTICLE_TEXT, self._words(provision), holds=provision.text)
        return styles.ARTICLE_TEXT

    def _numbered(self, provision: Provision, placed: Placed) -> str:
        """Write a paragraph, subparagraph or item; return the style of unnumbered words under it."""
        slot = placed.slot
        level = min(max(slot.level or 1, 1), _LOOKS - 1)
        names: tuple[str, ...] = styles.TYPED
        if slot.list_id:
            names = styles.LETTERED if slot.is_lettered else styles.LEVELS
        if provision.heading:
            names = styles.HEADED
        content: list[etree._Element] = []
        if not slot.list_id and provision.number is not None:
            content.append(run(f"{provision.labelled()}\t", self._look))
        if provision.heading:
            content += words(provision.heading, look=self._look)
        else:
            content += self._words(provision)
        self._paragraph(names[level], content, slot=slot, anchor=placed.anchor, holds=provision.text)
        if provision.heading and provision.text:
            self._paragraph(styles.FOLLOWING[level], self._words(provision), holds=provision.text)
        return styles.FOLLOWING[level]

    def _signature(self, provision: Provision, placed: Placed) -> list[SignatureStages]:
        """Write the signature blocks, which stay on one page with the words before them; return their stages."""
        self._keep_last()
        lines: list[SignatureLine] = []
        for index, line in enumerate(provision.walk()):
            anchor = (placed if index == 0 else next(self._placed)).anchor
            if label := _label(line):
                self._paragraph(styles.SIGNATURE, words(label, look=self._look))
                lines.append(SignatureLine(label, self.elements[-1]))
            if line.text:
                self._paragraph(styles.SIGNATURE, self._words(line), anchor=anchor)
                lines.append(SignatureLine(line.text, self.elements[-1], line.id or ""))
        if not stand_side_by_side([line.text for line in lines]):
            if lines:
                keep_on(self.elements[-1], keep=False)
            return []
        stages = signature_stages(lines)
        made = stacked_signatures(stages) if self.narrow else [signature_table(stages, self.width)]
        self.elements[len(self.elements) - len(lines) :] = made
        return stages

    def _keep_last(self) -> None:
        """Keep what was written last with what comes: no signature stands on a page without words of the text."""
        if self.elements and self.elements[-1].tag.endswith("}p"):
            keep_on(self.elements[-1])

    def _words(self, provision: Provision) -> list[etree._Element]:
        found: list[Link] = []
        for mark in provision.marks:
            if mark.kind == "reference" and mark.target:
                found += links(provision.text, mark, self._chain(mark.target))
        found.sort(key=lambda link: link.start)
        apart = [x for i, x in enumerate(found) if i == 0 or x.start >= found[i - 1].end]
        return words(provision.text, provision.marks, apart, self._look)

    def _chain(self, target: str) -> tuple[Anchor, ...]:
        if target in self.documents:
            return (self.documents[target],)
        document = self.documents.get(target.partition(".")[0])
        above = (document,) if document else ()
        return (*self.chains.get(target, ()), *above)

    def _paragraph(
        self,
        style: str,
        content: list[etree._Element],
        *,
        slot: Slot | None = None,
        anchor: Anchor | None = None,
        holds: str = "",
    ) -> None:
        """Append a paragraph; `holds` are its words where they may introduce a list, which then stays with them."""
        values: dict[str, XmlValue] = {"pStyle": styles.style_id(style), **self._direction}
        if slot is not None:
            values.update(self._numbering(style, slot))
        if self.narrow:
            values.update(_narrowed(style))
        elif self._new_page or style == styles.ANNEX:
            values["pageBreakBefore"] = bool(self.elements)
            self._new_page = False
        if holds.endswith(":"):
            values["keepNext"] = True
        if anchor is not None:
            content = self.remarks.attach(anchor.bookmark, content)
        if anchor is not None and self.marked:
            self._bookmarks += 1
            content = bookmarked(self._bookmarks, anchor.bookmark, content)
        self.elements.append(paragraph(values, content))

    def _numbering(self, style: str, slot: Slot) -> dict[str, XmlValue]:
        """Return the numbering that the style alone would not give, and the indentation of deep levels."""
        level = slot.level or 0
        values: dict[str, XmlValue] = {}
        if slot.list_id == self._primary and slot.list_id:
            given = level < _LOOKS and not slot.is_lettered and style in (styles.LEVELS[level], styles.HEADED[level])
            tied = given or (slot.is_lettered and style in styles.LETTERED)
        else:
            tied = not slot.list_id and style not in styles.HEADED
        if not tied:
            values["numPr"] = numbered(slot.list_id, slot.at)
        if level >= _LOOKS:
            values["ind"] = indent(level)
        return values


def _label(provision: Provision) -> str:
    """Return what introduces an unnumbered provision, where anything does: its label, number and heading."""
    return " ".join(x for x in (provision.labelled(), provision.heading) if x)


def _narrowed(style: str) -> dict[str, XmlValue]:
    """Return what a paragraph of that style has otherwise in a narrow column."""
    values: dict[str, XmlValue] = {"pageBreakBefore": False} if style == styles.ANNEX else {}
    for names in (styles.LEVELS, styles.LETTERED, styles.TYPED, styles.HEADED, styles.FOLLOWING):
        level = names.index(style) if style in names else 0
        if level and names is styles.FOLLOWING:
            values |= {"ind": {"left": _NARROW * level}, "jc": "left"}
        elif level:
            values |= {"ind": {"left": _NARROW * level, "hanging": _NARROW}, "jc": "left"}
    return values or {"jc": "left"} if style in _RUNNING else values


_CAPITAL = 187  # the width of a bold capital at 12 points on average, in twentieths of a point
_WIDTH = 9360  # between the margins of letter paper
_SUBJECT = (
    r"on|concerning|regarding|relating to|with respect to|in respect of|pursuant to|for|"
    r"amending|extending|supplementing|implementing|terminating"
)
_SMALL = frozenset(("of", "the", "and", "on", "at", "in", "to", "for", "by", "with", "through", "from", "a"))
_NEAR = 8  # characters by which a line may be longer or shorter so that it ends where the sense does
_BETWEEN = re.compile(r" (between|among) ", re.IGNORECASE)
_NEXT_PARTY = re.compile(r" (and) (?=the (?:government|ministry|department|secretary)\b)", re.IGNORECASE)
_AND = re.compile(r" (and) (?=the )| (and) ", re.IGNORECASE)
_ON = re.compile(rf" (?=(?:{_SUBJECT}) )", re.IGNORECASE)


def title_breaks(title: str, parties: Sequence[str] = (), width: int = _WIDTH) -> tuple[int, ...]:
    """Return the places of the blanks of `title` at which its lines end.

    The lines are those of a title between two parties, where it is one; a line that would not fit in capitals is
    broken into lines of about equal length. `parties` are the names of the parties as printed, where they are
    known: `and` inside one ends no line. `width` is that of the page's text, in twentieths of a point.
    """
    found = _party_breaks(title, parties)
    edges = [-1, *found, len(title)]
    for start, end in pairwise(edges):
        found += _even_breaks(title, start + 1, end, width // _CAPITAL)
    return tuple(sorted(found))


def _party_breaks(title: str, parties: Sequence[str]) -> list[int]:
    between = _BETWEEN.search(title)
    if not between:
        return []
    closed = _name_spans(title, parties)
    start = between.end() - 1
    conjunction = _first_free(_NEXT_PARTY, title, start, closed) or _first_free(_AND, title, start, closed)
    if not conjunction:
        return []
    subject = _first_free(_ON, title, conjunction.end() - 1, closed)
    places = [between.start(), start, conjunction.start(), conjunction.end() - 1]
    return [*places, subject.start()] if subject else places


def _even_breaks(title: str, start: int, end: int, longest: int) -> list[int]:
    """Return the blanks at which the line from `start` to `end` is broken so that each part fits."""
    count = -(-(end - start) // longest)
    found: list[int] = []
    for part in range(1, count):
        wanted = start + (end - start) * part // count
        blanks = [i for i in range(max(found, default=start) + 1, end) if title[i] == " "]
        if blanks:
            found.append(min(blanks, key=lambda i: abs(i - wanted) + _NEAR * _sense(title, i)))
    return found


def _sense(title: str, blank: int) -> int:
    """Return how ill a line would end at `blank`: best after a comma, well before a small word, badly after one."""
    before = title[:blank].rpartition(" ")[2].lower()
    after = title[blank + 1 :].partition(" ")[0].lower()
    return (before in _SMALL) - (after in _SMALL and before not in _SMALL) - before.endswith(",")


def _name_spans(title: str, parties: Sequence[str]) -> list[tuple[int, int]]:
    low = title.lower()
    found = [(low.find(name.lower()), len(name)) for name in parties if name]
    return [(at, at + length) for at, length in found if at >= 0]


def _first_free(
    pattern: re.Pattern[str], title: str, start: int, closed: Sequence[tuple[int, int]]
) -> re.Match[str] | None:
    for match in pattern.finditer(title, start):
        if not any(a <= match.start() < b for a, b in closed):
            return match
    return None
