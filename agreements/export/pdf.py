"""PDF by LibreOffice, where it is installed: the Word file of an agreement, printed."""

from pathlib import Path

from agreements.errors import AgreementsError
from agreements.libreoffice import converted, converter

__all__ = ["converter", "to_pdf"]


def to_pdf(word_file: Path, output: Path) -> None:
    """Write the Word file `word_file` to `output` as PDF, replaced whole.

    Raises `AgreementsError` when LibreOffice is missing, fails or takes longer than three minutes.
    """
    from agreements.platform import save

    program = converter()
    if program is None:
        raise AgreementsError(
            "PDF needs LibreOffice, which is not installed here.",
            hint="Install it, or export to docx and print that from Word.",
        )
    try:
        made = converted(program, word_file.read_bytes(), word_file.suffix, "pdf")
    except AgreementsError as error:
        raise AgreementsError(f"LibreOffice could not write {output.name}. {error}", hint=error.hint) from error
    save(output, made)
