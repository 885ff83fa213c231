"""What a reader gives back: the characters of a file as lines or as blocks, with their places.

Formats that know their paragraphs (HTML, Word, Markdown) give blocks; formats that only know printed lines
(plain text, PDF) give lines, which `parsing.paragraphs` joins to blocks.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from agreements.findings import Finding
from agreements.marking import PlacedText
from agreements.model import Mark

BlockKind = Literal["paragraph", "heading", "list", "table", "footnote"]


@dataclass(slots=True, unsafe_hash=True)
class Line:
    """One printed line. `start` and `end` are offsets into `Reading.text`. As a `Block` it is never changed.

    `page` counts from 1 (0 where there are no pages). `top`, `left`, `right` and `size` are points from the top
    left corner of the page, None where the format has none; plain text gives the leading blanks as `left`.
    `column` counts from 1 on pages set in columns; lines across the whole page have 0. `raised` are the places in
    `text` of numbers and signs that are set smaller than the words, as the marks of footnotes are.
    """

    text: str
    start: int
    end: int
    page: int = 0
    top: float | None = None
    left: float | None = None
    right: float | None = None
    size: float | None = None
    bold: bool = False
    column: int = 0
    raised: tuple[tuple[int, int], ...] = ()


class BlockRole(StrEnum):
    """What a block is in its document."""

    TITLE = "title"
    COVER = "cover line"
    FURNITURE = "furniture"
    RECITAL = "recital"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RoleFound:
    """The role of a block, what speaks for it, and how sure that is (0 to 1)."""

    role: BlockRole
    evidence: tuple[str, ...] = ()
    confidence: float = 0.0


@dataclass(slots=True, unsafe_hash=True)
class Block:
    """One paragraph of a document: canonical text on a single line, and how it looked; `replace` it, never change it.

    It is not frozen, since Python takes three times as long to make what is frozen, and blocks are made by the
    ten thousand.

    `start` and `end` are offsets into `Reading.text`. `number` is an automatic number (Word numbering, an HTML
    list) as shown, `1.`, `(a)`, `Article I`, and no part of `text`. `level` is the level of a heading (1 to 6)
    or the depth of a list (0 outermost). `style` is the Word style or HTML tag; `marks` lie over `text`. `language` is
    the ISO 639-1 code where the document holds several languages and this one was told apart, else empty.
    `anchors` are the names of the bookmarks that begin in a Word paragraph. `struck` says that all words are struck
    out, `struck_at` where those stand that are; they stay in `text`, since striking out is no tracked change. It stands
    `beside` others where it is from a cell of a table with several columns. `role` is what parsing took the block for,
    once it has.
    """

    text: str
    start: int = 0
    end: int = 0
    kind: BlockKind = "paragraph"
    number: str | None = None
    level: int = 0
    page: int = 0
    centred: bool = False
    bold: bool = False
    italic: bool = False
    caps: bool = False
    style: str = ""
    marks: tuple[Mark, ...] = ()
    language: str = ""
    anchors: tuple[str, ...] = ()
    struck: bool = False
    struck_at: tuple[tuple[int, int], ...] = ()
    beside: bool = False
    role: RoleFound | None = field(default=None, init=False, compare=False, repr=False)
    # What parsing reads off a block, each in a row of one once it was looked for: patterns run once over a line.
    head: tuple[Any] | None = field(default=None, init=False, compare=False, repr=False)
    marker: tuple[Any] | None = field(default=None, init=False, compare=False, repr=False)

    def rest(self, text: str, start: int, marks: tuple[Mark, ...]) -> "Block":
        """Return what is left of the block from the offset `start` on, without its number.

        Blocks are cut by the thousand, and `dataclasses.replace` takes twice as long.
        """
        return Block(
            text,
            start,
            self.end,
            self.kind,
            None,
            self.level,
            self.page,
            self.centred,
            self.bold,
            self.italic,
            self.caps,
            self.style,
            marks,
            self.language,
            self.anchors,
            self.struck,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read.

    `text` is the stream of characters that all offsets refer to; `page_edges` holds the first and last lines of
    pages and Word's headers and footers, where markings stand; `title` is what the file says of itself, a hint.
    `recognised` are the pages that were read from pictures, whose letters may be wrong. `asides` are words of the file
    that are no part of its text (properties, alternative texts, what was left out), for the gate alone.
    """

    name: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()
    lines: tuple[Line, ...] = ()
    page_edges: tuple[str, ...] = ()
    title: str = ""
    findings: tuple[Finding, ...] = ()
    recognised: frozenset[int] = frozenset()
    asides: tuple[PlacedText, ...] = ()
