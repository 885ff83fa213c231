"""Words gathered piece by piece into one canonical line, with the emphasis that lies over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agreements.model import Mark
from agreements.reading.characters import canonical

_SPLIT = re.compile(r"\s+")
_SOLID = re.compile(r"\S+")


@dataclass(slots=True)
class Runs:
    """Pieces of one paragraph in reading order, each plain or emphasised (`add`), put together by `line`."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    strokes: list[bool] = field(default_factory=list)  # whether each piece is struck out

    def add(self, text: str, *, emphasis: bool = False, struck: bool = False) -> None:
        """Add the next piece of the paragraph, with its blanks as they stand."""
        if text:
            self.pieces.append((text, emphasis))
            self.strokes.append(struck)

    def struck_at(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return the places in `text`, which is that of the line, of the words that are struck out."""
        if not any(self.strokes):
            return ()
        stretches = _together([(words, struck) for (words, _), struck in zip(self.pieces, self.strokes, strict=True)])
        return tuple((mark.start, mark.end) for mark in self._marks(stretches, text))

    def line(self) -> tuple[str, tuple[Mark, ...]]:
        """Return the canonical text and a mark for each emphasised stretch, none when all of it is."""
        if not any(emphasis for _, emphasis in self.pieces):
            return canonical("".join(text for text, _ in self.pieces)), ()
        stretches = _together(self.pieces)
        text = canonical("".join(words for words, _ in stretches))
        if all(emphasis or not canonical(words) for words, emphasis in stretches):
            return text, ()
        return text, tuple(self._marks(stretches, text))

    @property
    def emphasised(self) -> bool:
        """Whether every word is emphasised."""
        if not any(emphasis for _, emphasis in self.pieces):
            return False
        wordy = [emphasis for text, emphasis in self.pieces if canonical(text)]
        return bool(wordy) and all(wordy)

    def _marks(self, stretches: list[tuple[str, bool]], text: str) -> list[Mark]:
        """Find each stretch again in the canonical line: blanks aside, the characters are the same."""
        marks: list[Mark] = []
        position = 0
        for words, emphasis in stretches:
            solid = _SPLIT.sub("", canonical(words))
            if not solid:
                continue
            start = _past_blanks(text, position)
            position = _past(text, start, len(solid))
            if emphasis:
                marks.append(Mark(start=start, end=position, kind="emphasis"))
        return marks


def _together(pieces: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Return `pieces` with those that follow each other and are alike put together."""
    out: list[tuple[str, bool]] = []
    for text, flag in pieces:
        if out and out[-1][1] == flag:
            out[-1] = (out[-1][0] + text, flag)
        else:
            out.append((text, flag))
    return out


def _past_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _past(text: str, position: int, solid: int) -> int:
    """Return the offset after the next `solid` characters that are no blanks."""
    for run in _SOLID.finditer(text, position):
        if solid <= run.end() - run.start():
            return run.start() + solid
        solid -= run.end() - run.start()
    return len(text)
