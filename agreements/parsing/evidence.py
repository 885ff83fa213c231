"""Where a value was read from: the passage of a provision, and its place in the source."""

import re
from dataclasses import dataclass

from agreements.model import Provision


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a value was read from: offsets into `Reading.text`, and the path of the provision.

    `field` is the field of the agreement (`signings`, `termination_notice_months`), `path` is empty for a title.
    """

    field: str
    path: str
    start: int
    end: int
    words: str


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
