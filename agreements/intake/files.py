"""One file read and parsed, whatever its format; nothing is stored."""

import hashlib
import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements import parsing, reading
from agreements.bookmarks import marks_of
from agreements.display import shown_short
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding
from agreements.garbage import collecting_rarely
from agreements.model import Agreement
from agreements.platform import printable
from agreements.reading.watching import watched

_LONGEST = 80  # characters of an id that is made of a name
_SELDOM = 5.0  # seconds between two lines that say how far the recognition of a scan is


@shown_short
@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file as it was understood: the agreement, what a person should know, and where each value stands.

    `marks` are the hidden marks of a Word file that was made from a draft of ours, by the paths of the provisions;
    `by_styles` is as in `agreements.parsing.Parsed`.
    """

    agreement: Agreement
    findings: tuple[Finding, ...]
    evidence: tuple[parsing.Evidence, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    by_styles: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the `parse` shape of the JSON contract."""
        from agreements.export import view

        return view.parsed(self.agreement, self.findings)


def parse_file(
    path: Path,
    *,
    agreement_id: str | None = None,
    family: str = "",
    tell: Callable[[str], None] | None = None,
    struck: bool = False,
    password: str = "",
) -> ParsedFile:
    """Read and parse the file at `path`; its id is `agreement_id`, else made from the file's name.

    `tell` gets a line now and then while pages are recognised, which takes seconds for each. `struck` is as in
    `agreements.parsing.parse`. `password` opens a protected PDF; it is kept nowhere. Raises `UnreadableError`
    when it is not a document that can be read, `ClassifiedError` when it bears classification markings in use.
    """
    if not path.is_file():
        raise UnreadableError(f"{printable(path)}: there is no such file.", hint="Check the name and the folder.")
    own = asked_id(agreement_id) if agreement_id else id_from(path.name)
    with collecting_rarely(), telling_pages(tell):
        read = reading.read(path, password=password)
        parsed = parsing.parse(read, id=own, family=family, struck=struck)
    marks = marks_of(parsed.agreement, read.blocks)
    return ParsedFile(parsed.agreement, parsed.findings, parsed.evidence, marks, parsed.by_styles)


def asked_id(agreement_id: str) -> str:
    """Return the id that a person gave; raises `AgreementsError` that does not repeat one that can be none."""
    try:
        return Agreement(id=agreement_id).id
    except ValueError as error:
        hint = "Use lower-case letters, digits and single hyphens."
        raise AgreementsError("The id that was given can be none.", hint=hint) from error


def id_from(name: str) -> str:
    """Return the id that a file or record called `name` gets: its stem in lower case, other signs as hyphens.

    Names in any script are written in Latin letters. Two names may come to one id: `spare_id` is for the second.
    """
    return _slug(name)[:_LONGEST].strip("-") or "agreement"


def spare_id(name: str) -> str:
    """Return the id of a file or record called `name` where `id_from` gives what is held under another name.

    It ends in a number made of the name, so the same name always comes to the same id.
    """
    stem = unicodedata.normalize("NFC", Path(name).stem)
    number = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_slug(name)[: _LONGEST - 9].strip('-') or 'agreement'}-{number}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKC", Path(name).stem)
    if not plain.isascii():
        from anyascii import anyascii

        plain = anyascii(plain)
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def telling_pages(tell: Callable[[str], None] | None) -> AbstractContextManager[None]:
    """Return a block in which `tell` gets a line every few seconds: `scan.pdf: page 12 of 300 recognised`."""
    last = time.monotonic()

    def watch(name: str, done: int, total: int) -> None:
        nonlocal last
        if tell and time.monotonic() - last >= _SELDOM:
            last = time.monotonic()
            tell(f"{name}: page {done:,} of {total:,} recognised")

    return watched(watch if tell else None)
