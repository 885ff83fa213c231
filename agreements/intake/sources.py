"""What an agreement was read from: its files as they lie, the words that facts rest on, and pages to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.errors import NotFoundError, UnreadableError
from agreements.model import Agreement
from agreements.reading import DrawnPage, draw_page
from agreements.repository import Repository

_FOLDER, _EDGES = "source", 4
_PAGES_KEPT = 12


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A file that an agreement was read from, as it lies in the repository, untouched.

    `number` counts from 1, `is_read` says that the text and the places of facts come from this one, `is_pdf` that its
    pages can be drawn.
    """

    number: int
    name: str
    path: Path
    is_read: bool
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """The `words` of the source that a fact rests on: its `field`, the `path` of the provision, and where they stand.

    `boxes` are places on pages: the page, then left, top, right and bottom in points from its top left corner. There
    are none where the source has no pages; `page` is 0 then.
    """

    field: str
    path: str
    words: str
    page: int
    boxes: tuple[tuple[int, float, float, float, float], ...]


@shown_short
@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What is known of where an agreement was read from: its `files`, and the `evidence` of its facts."""

    agreement: Agreement
    files: tuple[HeldSource, ...]
    evidence: tuple[FactEvidence, ...]

    @property
    def read(self) -> HeldSource | None:
        """The file that was read, None where none is held."""
        return next((file for file in self.files if file.is_read), None)

    def on(self, page: int) -> tuple[FactEvidence, ...]:
        """Return the evidence that stands on a page."""
        return tuple(each for each in self.evidence if any(box[0] == page for box in each.boxes))


def source_record(repository: Repository, agreement: str) -> SourceRecord:
    """Return where `agreement` was read from; raises `NotFoundError`, `RepositoryError`."""
    held = repository.get(agreement, places=False)
    record = repository.reading(agreement)
    folder = repository.folder(agreement) / _FOLDER
    files = sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
    named = record.source if record else ""
    found = tuple(_file(number, file, named, alone=len(files) == 1) for number, file in enumerate(files, 1))
    return SourceRecord(held, found, tuple(map(_evidence, record.evidence)) if record else ())


def _file(number: int, file: Path, named: str, *, alone: bool) -> HeldSource:
    is_read = file.name == named or (alone and bool(named))
    return HeldSource(number, file.name, file, is_read, file.suffix.lower() == ".pdf")


def _evidence(row: Mapping[str, Any]) -> FactEvidence:
    boxes = tuple((int(page), *map(float, edges)) for page, *edges in row.get("boxes", ()) if len(edges) == _EDGES)
    return FactEvidence(row["field"], row["path"], row["words"], int(row.get("page", 0)), boxes)  # type: ignore[arg-type]


def source_file(record: SourceRecord, number: int) -> HeldSource:
    """Return the file `number` of a record; raises `NotFoundError`."""
    for file in record.files:
        if file.number == number:
            return file
    raise NotFoundError(f"There is no source file {number}.", hint=f"{len(record.files)} are held.")


def source_page(repository: Repository, agreement: str, page: int) -> DrawnPage:
    """Return a page of the file that `agreement` was read from, as a picture.

    Raises `UnreadableError` where it has no pages to draw, `NotFoundError` for a page that it does not have.
    """
    file = source_record(repository, agreement).read
    if file is None or not file.is_pdf:
        raise UnreadableError("The text was not read from a PDF, so there is no page to show.", hint="Open the file.")
    drawn = lambda: draw_page(file.path.read_bytes(), page)  # noqa: E731
    return repository.once_for("source pages", (agreement, page), drawn, most=_PAGES_KEPT)
