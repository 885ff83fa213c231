"""Blocks of a format that knows its paragraphs, put one after the other into one stream of characters."""

from dataclasses import dataclass, field

from agreements.errors import UnreadableError
from agreements.findings import Finding
from agreements.marking import PlacedText
from agreements.reading.blocks import Block, BlockKind, Reading
from agreements.reading.markup import Runs

_EDGE = 2  # blocks at the start and end of the document that may hold a marking


@dataclass(slots=True)
class Gathering:
    """Collects the blocks of one document and gives each its place in the stream, one block to a line."""

    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    language: str = ""  # of what is added from now on, where the document says it
    beside: bool = False  # whether what is added from now on is from a cell with others beside it
    _texts: list[str] = field(default_factory=list)
    _length: int = 0

    def add(
        self,
        runs: Runs,
        *,
        kind: BlockKind = "paragraph",
        number: str | None = None,
        level: int = 0,
        centred: bool = False,
        bold: bool = False,
        style: str = "",
        anchors: tuple[str, ...] = (),
        struck: bool = False,
    ) -> None:
        """Add a paragraph; one without words and number leaves nothing."""
        text, marks = runs.line()
        if not text and not number:
            return
        start = self._length
        end = start + len(text)
        block = Block(
            *(text, start, end, kind, number, level, 0, centred, bold, runs.emphasised, text.isupper(), style, marks),
            anchors=anchors,
            language=self.language,
            struck=struck,
            struck_at=runs.struck_at(text),
            beside=self.beside,
        )
        self.blocks.append(block)
        self._texts.append(text)
        self._length = end + 1

    def reading(
        self,
        name: str,
        sha256: str,
        *,
        edges: tuple[str, ...] = (),
        title: str = "",
        asides: tuple[PlacedText, ...] = (),
    ) -> Reading:
        """Return what was gathered. Raises `UnreadableError` when no block has words."""
        if not any(block.text for block in self.blocks):
            raise UnreadableError(f"{name} is empty: it holds no words.")
        ends = (*self.blocks[:_EDGE], *self.blocks[-_EDGE:])
        own = [struck_out(block.text) if block.struck else block.text for block in ends]
        return Reading(
            name,
            sha256,
            "\n".join(self._texts),
            blocks=tuple(self.blocks),
            page_edges=tuple(dict.fromkeys((*edges, *own))),
            title=title,
            findings=tuple(self.findings),
            asides=asides,
        )


def struck_out(words: str) -> str:
    """Return `words` at the edge of a page so that it shows that they are struck out, as Markdown writes it."""
    return f"~~{words}~~" if words else words
