"""Where a value was read from: the passage of a provision, and its place in the source."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from agreements.model import Provision
from agreements.reading import Line

PageBox = tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value was read from: offsets into `Reading.text`, and the path of the provision.

    `field` is the field of the agreement (`signings`, `termination_notice_months`), `path` is empty for a title.
    `boxes` are where the words stand on pages, of a text layer and of recognised pages alike: the number of the page,
    then left, top, right and bottom in points from its top left corner; `page` is the first of them (0: no pages).
    """

    field: str
    path: str
    start: int
    end: int
    words: str
    page: int = 0
    boxes: tuple[PageBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one provision that state a fact."""

    field: str
    provision: Provision
    words: str

    def placed(self, path: str, source: str) -> Evidence:
        """Return the evidence with its place in `source`: of the whole provision where the words are not found."""
        span = self.provision.provenance
        start, end = (span.start or 0, span.end or 0) if span else (0, 0)
        at = source.find(self.words, start, end)
        if at >= 0:
            return Evidence(self.field, path, at, at + len(self.words), self.words)
        loose = r"[\s-]*".join(re.escape(word) for word in self.words.split())
        found = re.compile(loose).search(source, start, end) if self.words else None
        if found:
            start, end = found.span()
        return Evidence(self.field, path, start, end, self.words)


def with_boxes(evidence: Sequence[Evidence], lines: Sequence[Line]) -> tuple[Evidence, ...]:
    """Return `evidence` with the places on the pages that its words stand on, as the `lines` of the reading give them.

    A part of a line gets its share of it by its letters.
    """
    starts = [line.start for line in lines]
    return tuple(_with_boxes(each, lines, starts) for each in evidence) if lines else tuple(evidence)


def _with_boxes(each: Evidence, lines: Sequence[Line], starts: Sequence[int]) -> Evidence:
    first = max(0, bisect_right(starts, each.start) - 1)
    last = bisect_left(starts, each.end)
    over = [line for line in lines[first:last] if line.start < each.end and line.end > each.start]
    boxes = tuple(box for line in over if (box := _box(line, each.start, each.end)))
    return replace(each, page=over[0].page if over else 0, boxes=boxes)


def _box(line: Line, start: int, end: int) -> PageBox | None:
    if line.top is None or line.left is None or line.right is None or line.size is None:
        return None
    step = (line.right - line.left) / max(1, line.end - line.start)
    left = line.left + max(0, start - line.start) * step
    right = line.right - max(0, line.end - end) * step
    return line.page, round(left, 1), round(line.top, 1), round(right, 1), round(line.top + line.size, 1)
