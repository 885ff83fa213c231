"""The verb `export_file`: a file that is in no repository, in another form."""

from pathlib import Path

from agreements.errors import AgreementsError
from agreements.export import Exported, export
from agreements.export.pdf import to_pdf
from agreements.intake.files import parse_file
from agreements.reading import source


def export_file(file: Path, form: str, target: Path | None = None) -> Exported:
    """Return the text of `file` (Word, PDF, HTML, text) in the format `form`, or write it to `target`.

    A Word file becomes PDF as it stands, with its headers; any other way leads through what was read of it. Raises
    `NotFoundError` for an unknown format, `AgreementsError` when `target` cannot be written, and as `parse_file`.
    """
    if form == "pdf" and target is not None and source.kind_of(source.load(file)) == "word":
        if target.suffix.lower() != ".pdf":
            raise AgreementsError(f"{target.name} is no name for a PDF file.", hint="Let the name end in .pdf")
        to_pdf(file, target)
        return Exported(files=(target,))
    return export(parse_file(file).agreement, form, target)
