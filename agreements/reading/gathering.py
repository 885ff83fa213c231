"""Blocks of a format that knows its paragraphs, put one after the other into one stream of characters."""

from dataclasses import dataclass, field

from agreements.errors import UnreadableError
from agreements.findings import Finding
from agreements.reading.blocks import Block, BlockKind, Reading
from agreements.reading.markup import Runs

_EDGE = 2  # blocks at the start and end of the document that may hold a marking


@dataclass(slots=True)
class Gathering:
    """Collects the blocks of one document and gives each its place in the stream, one block to a line."""

    blocks: list[Block] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
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
        )
        self.blocks.append(block)
        self._texts.append(text)
        self._length = end + 1

    def reading(self, name: str, sha256: str, *, edges: tuple[str, ...] = (), title: str = "") -> Reading:
        """Return what was gathered. Raises `UnreadableError` when no block has words."""
        if not any(block.text for block in self.blocks):
            raise UnreadableError(f"{name} is empty: it holds no words.")
        own = [block.text for block in (*self.blocks[:_EDGE], *self.blocks[-_EDGE:])]
        return Reading(
            name,
            sha256,
            "\n".join(self._texts),
            blocks=tuple(self.blocks),
            page_edges=tuple(dict.fromkeys((*edges, *own))),
            title=title,
            findings=tuple(self.findings),
        )
