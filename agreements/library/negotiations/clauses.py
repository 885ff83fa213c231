"""Which clause of our templates a provision of a text of ours comes from, as far as its record was kept."""

from pathlib import Path

from agreements.drafting.provenance import SUFFIX, read_provenance
from agreements.errors import AgreementsError
from agreements.intake.files import parse_file
from agreements.library.negotiations.keeping import negotiations_in
from agreements.negotiation.file import Text


def clauses_by_path(folder: Path, negotiation: str, text: Text | None) -> dict[str, str]:
    """Return the id of the clause by path for a `text` that we tabled; empty where no record was kept with it."""
    if text is None or text.side != "us":
        return {}
    return clauses_in(negotiations_in(folder).path(negotiation, text))


def clauses_in(file: Path) -> dict[str, str]:
    """Return the id of the clause by path for the Word file `file` of a draft.

    The record is the file `*.provenance.json` beside it; where there is none, or one of another version, nothing is
    known and the text itself is whole. Raises as `parse_file`.
    """
    record = file.with_name(f"{file.stem}{SUFFIX}")
    if not record.is_file():
        return {}
    try:
        origins = {origin.mark: origin.clause for origin in read_provenance(record).origins if origin.clause}
    except AgreementsError:
        return {}
    return {path: origins[mark] for path, mark in parse_file(file).marks.items() if mark in origins}
