"""What an agreement was read from: its files as they lie, the words that facts rest on, and pages to look at."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.errors import NotFoundError, UnreadableError
from agreements.model import Agreement, Provision
from agreements.parsing import PageBox
from agreements.reading import DrawnPage, Line, draw_page, read
from agreements.reference import resolve
from agreements.repository import Repository

_FOLDER, _EDGES = "source", 4
_PAGES_KEPT = 12
_ENOUGH = 0.98  # of the letters of a provision: what is less is not its place


@shown_short
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


@shown_short
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
    boxes: tuple[PageBox, ...]


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


def provision_in_source(repository: Repository, agreement: str, path: str) -> tuple[FactEvidence | None, str]:
    """Return where the words of the provision at `path` stand on the pages, or None and the reason in a sentence.

    The file is read again. A line is boxed only where its letters are letters of the provision, and the place is given
    only where the lines together have nearly all of them; so a reading that has changed since never leads astray.
    Pages that were read from pictures are not recognised again. Raises `NotFoundError`, `RepositoryError`.
    """
    record = source_record(repository, agreement)
    place = resolve(repository.get(agreement), *path.partition("@")[::2])
    if record.read is None or not record.read.is_pdf:
        return None, "The text was not read from a PDF."
    kept = repository.reading(agreement)
    if kept is None or any(finding.code.startswith("recognised") for finding in kept.findings):
        return None, "Pages were read from pictures, and the places of provisions are not kept for these."
    lines = repository.once_for("source lines", agreement, lambda: _lines(record), most=2)
    boxes, missing = _boxes_of(place.provision, lines)
    if not boxes or missing:
        return None, "Its words could not be found line by line in the file, so no place is shown."
    return FactEvidence(path, path, place.provision.words(), boxes[0][0], boxes), ""


def _lines(record: SourceRecord) -> tuple[Line, ...]:
    assert record.read is not None
    try:
        return read(record.read.path).lines
    except UnreadableError:
        return ()


def _boxes_of(provision: Provision, lines: Sequence[Line]) -> tuple[tuple[PageBox, ...], bool]:
    """Return the places of the lines that have the words of `provision`, and whether words of it lack."""
    found: dict[int, PageBox] = {}
    missing = False
    starts = [line.start for line in lines]
    for node in provision.walk():
        head, text, span = _letters(f"{node.number or ''}{node.heading or ''}"), _letters(node.text), node.provenance
        if not head + text or span is None or span.start is None or span.end is None:
            missing = missing or bool(text)
            continue
        seen = 0  # letters of head and text that the lines so far have, in their order: a running head has others
        for at in range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)):
            letters = _letters(
                lines[at].text[max(0, span.start - lines[at].start) : max(0, span.end - lines[at].start)]
            )
            begins = [place for place in (seen, len(head)) if (head + text).startswith(letters, place)]
            if letters and begins and begins[0] >= seen and (box := _box_of(lines[at])):
                found[at], seen = box, begins[0] + len(letters)
        missing = missing or (bool(text) and seen - len(head) < _ENOUGH * len(text))
    return tuple(found[at] for at in sorted(found)), missing


def _box_of(line: Line) -> PageBox | None:
    if line.top is None or line.left is None or line.right is None or line.size is None:
        return None
    return line.page, line.left, line.top, line.right, line.top + line.size


def _letters(words: str) -> str:
    return "".join(character for character in words if character.isalnum())


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
