"""Verbs over a file that is only looked at: parse it, classify it. Nothing is stored."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements import parsing, reading
from agreements.errors import UnreadableError
from agreements.findings import Finding
from agreements.library.collecting import collecting_rarely
from agreements.library.pages import telling_pages
from agreements.model import Agreement
from agreements.platform import printable
from agreements.reference import places
from agreements.word.identity import is_mark


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as it was understood: the agreement, what a person should know, and where each value stands.

    `marks` are the hidden marks of a Word file that was made from a draft of ours, by the paths of the provisions.
    """

    agreement: Agreement
    findings: tuple[Finding, ...]
    evidence: tuple[parsing.Evidence, ...]
    marks: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the `parse` shape of the JSON contract."""
        from agreements.export import view

        return view.parsed(self.agreement, self.findings)


def parse_file(
    path: Path, *, agreement_id: str | None = None, family: str = "", tell: Callable[[str], None] | None = None
) -> ParsedFile:
    """Read and parse the file at `path`; its id is `agreement_id`, else made from the file's name.

    `tell` gets a line now and then while pages are recognised, which takes seconds for each. Raises `UnreadableError`
    when it is not a document that can be read, `ClassifiedError` when it bears classification markings in use.
    """
    if not path.is_file():
        raise UnreadableError(f"{printable(path)}: there is no such file.", hint="Check the name and the folder.")
    with collecting_rarely(), telling_pages(tell):
        read = reading.read(path)
        parsed = parsing.parse(read, id=agreement_id or id_from(path.name), family=family)
    return ParsedFile(parsed.agreement, parsed.findings, parsed.evidence, marks_of(parsed.agreement, read))


def marks_of(agreement: Agreement, read: reading.Reading) -> dict[str, str]:
    """Return the marks of provisions by their paths: that of the paragraph in which each begins."""
    at = {block.start: found for block in read.blocks if (found := _own_mark(block.anchors))}
    if not at:
        return {}
    begins = ((place.path, place.provision.provenance) for place in places(agreement))
    return {path: at[made.start] for path, made in begins if made and made.start is not None and made.start in at}


def _own_mark(anchors: tuple[str, ...]) -> str:
    return next((anchor for anchor in anchors if is_mark(anchor)), "")


def classify_file(path: Path) -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of the file at `path`; raises as `parse_file`."""
    return classify_agreement(parse_file(path).agreement)


def classify_agreement(agreement: Agreement, *, under: str = "") -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of `agreement` (of the one at path `under`)."""
    from agreements.classifying import classify_agreement as classify

    return [
        {
            "path": row.path,
            "text": row.text,
            "topics": [{"id": t.id, "core": t.core, "confidence": round(t.confidence, 2)} for t in row.topics],
        }
        for row in classify(agreement)
        if not under or row.path == under or row.path.startswith(f"{under}.")
    ]


def id_from(name: str) -> str:
    """Return the id that a file or record called `name` gets: its stem in lower case, other signs as hyphens."""
    plain = unicodedata.normalize("NFKD", Path(name).stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "agreement"
