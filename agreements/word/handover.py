"""Handing a Word file over: a copy of a Word file from which all that is not its text was taken, checked once more."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agreements import platform
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding
from agreements.platform import save
from agreements.reading import source
from agreements.word.handing import authors_of, cleaned
from agreements.word.outgoing import leaks_in
from agreements.word.revisions import accept, reject

Revisions = Literal["refuse", "accept", "reject", "keep"]


@dataclass(frozen=True, slots=True)
class Handover:
    """What became of a file that is to leave.

    `removed` says what was taken out, `findings` what must still not leave; only when there is none was `output`
    written.
    """

    file: Path
    output: Path | None
    removed: tuple[Finding, ...]
    findings: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON shape of one file."""
        return {
            "file": str(self.file),
            "output": str(self.output) if self.output else None,
            "removed": [finding.as_json() for finding in self.removed],
            "findings": [finding.as_json() for finding in self.findings],
        }


def make_handover(
    file: Path, output: Path, *, revisions: Revisions = "refuse", authors: Mapping[str, str] | None = None
) -> Handover:
    """Write to `output` a copy of the Word file `file` that may leave, or say what stands in its way.

    Comments, properties, data behind the text, names, paths, hidden text and numbers of editing sessions are taken
    out; the words that a reader sees stay as they are. `revisions` says what becomes of tracked changes: a file that
    has any is refused, or they are accepted, rejected, or kept without times. Those that are kept bear the names that
    `authors` gives for the names in the file (sides, no persons); the name `""` gives one for all where there is only
    one author: changes of two sides never become those of one. The result is read again, and written only when nothing
    in it must stay here. Raises `UnreadableError` when `file` is no Word file, `AgreementsError` when `output` cannot
    be written or is `file` itself, or when an author has no name to bear.
    """
    _refuse_names(file, output)
    if not file.is_file():
        raise UnreadableError(f"{platform.printable(file)}: there is no such file.", hint="Check name and folder.")
    loaded = source.load(file)
    content = loaded.data
    before = leaks_in(content, file.name)  # refuses what is no Word file
    working = tuple(finding for finding in before if finding.code == "leak-working-copy")
    if working:
        return Handover(file, None, (), working)
    if revisions in ("accept", "reject"):
        content = (accept if revisions == "accept" else reject)(content, file_name=file.name)
    made = cleaned(content, authors=_sides(content, authors or {}) if revisions == "keep" else None)
    found = leaks_in(made.content, file.name, with_revisions=revisions == "keep")
    if found:
        return Handover(file, None, made.removed, found)
    save(output, made.content)
    return Handover(file, output, made.removed, ())


def _sides(content: bytes, authors: Mapping[str, str]) -> dict[str, str]:
    """Return the name of a side for every author in `content`."""
    there = authors_of(content)
    one = authors.get("", "") if len(there) == 1 else ""
    sides = {author: authors.get(author, "") or one for author in there}
    if unnamed := [author for author, side in sides.items() if not side]:
        example = " ".join(f"--author '{author}=SIDE'" for author in unnamed)
        raise AgreementsError(
            f"Changes that are kept need the name of a side; there are changes of {', '.join(unnamed)}.",
            hint=f"Say for each: --revisions keep {example}.",
        )
    return sides


def _refuse_names(file: Path, output: Path) -> None:
    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    if output.resolve() == file.resolve():
        raise AgreementsError(f"{output.name} would replace the file itself.", hint="Name another file with -o.")
