"""What a caller chooses about a Word file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agreements.model import Document, Role

SPECIMEN_LINE = "SPECIMEN - NOT AN AGREEMENT OF ANY STATE"
"""What every page of a specimen bears, whatever else its header says."""

PaperSize = Literal["letter", "a4"]
Spacing = Literal["single", "one-and-a-half", "double"]
PageLayout = Literal["plain", "negotiating"]
"""`negotiating` numbers the lines of every page and leaves a wide margin to write in."""
Contents = Literal["auto", "always", "never"]
NotesAs = Literal["comments", "footnotes"]


@dataclass(frozen=True, slots=True)
class Columns:
    """A second language beside the first: its ISO 639-1 code, and its `documents` where its text is there already.

    `names` stand above the columns: the agreement's language, then the other. `first` puts the other on the left, as
    the original of its State has it.
    """

    language: str
    documents: tuple[Document, ...] = ()
    names: tuple[str, str] = ("", "")
    first: bool = False

    def answer(self, document: Document) -> Document | None:
        """Return the document of the second language that answers `document`: the next of its role and number."""
        alike = [d for d in self.documents if d.role == document.role]
        if document.number is None:
            return next(iter(alike), None)
        return next((d for d in alike if d.number == document.number), None)


@dataclass(frozen=True, slots=True)
class WordOptions:
    """How the file is to look, and which of the agreement's documents it holds.

    `marking` is the line at the top and bottom of every page (None: the agreement's own), `draft_line` the status
    under it, such as `DRAFT - 22 November 2026 - U.S. proposal`; a signing copy has neither. `date` (ISO 8601) is
    the only date in the file's properties. `roles` limits the documents written; `separate_notes` puts the reply
    of an exchange of notes in a file of its own. `frozen` writes numbers and references as typed text, as the copy
    for signature has them. `key` is the draft's own secret, from which its hidden marks are made (`identity.py`).

    `contents` says whether there is a table of contents; `auto` gives drafts of many articles one. `page_numbers` asks
    LibreOffice for the pages in it, where it is installed; without them Word fills them in.
    `columns` sets the text in two columns, a language in each. A working copy has
    a `banner` on every page, and `remarks`, each the lines about the provision with that path, as comments or notes.
    """

    marking: str | None = None
    draft_line: str = ""
    date: str = ""
    paper: PaperSize = "letter"
    spacing: Spacing = "single"
    roles: tuple[Role, ...] = ()
    separate_notes: bool = True
    frozen: bool = False
    key: str = ""
    layout: PageLayout = "plain"
    contents: Contents = "auto"
    page_numbers: bool = False
    columns: Columns | None = None
    banner: str = ""
    remarks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    remarks_as: NotesAs = "comments"
