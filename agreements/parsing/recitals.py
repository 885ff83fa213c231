"""Recitals that run on in one paragraph, as some prints have them: cut where a new one plainly begins."""

import re

from agreements.parsing.spans import cut
from agreements.reading import Block

_PARTICIPLE = (
    r"(?:[A-Z][a-z]{2,12}ing|Aware|Convinced|Determined|Resolved|Mindful|Conscious|Desirous|Cognizant|Concerned|Guided"
    r"|Anxious|Whereas|Inspired|Alarmed)"
)
_START = re.compile(
    rf"(?<=[,;:.]) ?(?:and |AND )?(?={_PARTICIPLE}\b[ ,])|(?<=[a-z,;:.)”\"]) ?(?=(?:Have|HAVE|Has) (?:agreed|AGREED)\b)"
)


def recitals(block: Block, source: str) -> list[Block]:
    """Return `block` cut before each recital and before `Have agreed as follows`; usually one block."""
    if len(block.text) < 60 or block.kind in ("table", "heading"):
        return [block]
    pieces: list[Block] = []
    rest = block
    while found := _START.search(rest.text, 1):
        first, rest = cut(rest, found.end(), source)
        pieces.append(first)
    return [*pieces, rest]
