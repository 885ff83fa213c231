"""Writing an agreement in another format; the formats are the rows of `registry.FORMATS`, an `Exporter` each."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import AgreementsError, PluginError
from agreements.language.typesetting import Quotes, typeset
from agreements.marking import refuse_name
from agreements.model import Agreement
from agreements.platform import save
from agreements.reading import refuse_agreement
from agreements.registry import FORMATS


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: the suffix of its files, and how an agreement becomes text or, for `docx` and `pdf`, files."""

    suffix: str
    text: Callable[[Agreement], str] | None = None
    files: Callable[[Agreement, Path], list[Path]] | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gave: the `text` when no file was named, else the `files` written."""

    text: str | None = None
    files: tuple[Path, ...] = ()


def _word(agreement: Agreement, path: Path) -> list[Path]:
    from agreements.word import WordOptions, write

    return write(agreement, path, options=WordOptions(separate_notes=False))


def _pdf(agreement: Agreement, path: Path) -> list[Path]:
    from agreements.export.pdf import to_pdf
    from agreements.word import WordOptions, write

    if path.suffix.lower() != ".pdf":
        raise AgreementsError(f"{path.name} is no name for a PDF file.", hint="Let the name end in .pdf")
    with tempfile.TemporaryDirectory() as scratch:
        (made,) = write(
            agreement, Path(scratch) / "text.docx", options=WordOptions(separate_notes=False, page_numbers=True)
        )
        to_pdf(made, path)
    return [path]


WORD = Exporter(".docx", files=_word)
PDF = Exporter(".pdf", files=_pdf)


def export(agreement: Agreement, form: str, path: Path | None = None, *, quotes: Quotes = "as-held") -> Exported:
    """Return `agreement` in the format `form` (a name of `registry.FORMATS`), or write it to `path`, replaced whole.

    `quotes` says how quotation marks are set: as the text has them, unless a person wants them otherwise.

    Raises `NotFoundError` for an unknown format, and `AgreementsError` when `path` cannot be written or the format
    needs one and none is given, `ClassifiedError` when the agreement bears a marking in use.
    """
    exporter = FORMATS[form]
    refuse_agreement(agreement)
    if path is not None:
        refuse_name(path.name)
    if not isinstance(exporter, Exporter):
        raise PluginError(f"The format {form!r} of {FORMATS.row(form).package} is no agreements.export.Exporter.")
    agreement = typeset(agreement, quotes)
    if exporter.text is not None:
        text = exporter.text(agreement)
        if path is None:
            return Exported(text=text)
        save(path, text.encode("utf-8"))
        return Exported(files=(path,))
    if path is None or exporter.files is None:
        raise AgreementsError(
            f"{form} is a file, not text to print.", hint=f"Name the file: -o {agreement.id}{exporter.suffix}"
        )
    return Exported(files=tuple(exporter.files(agreement, path)))
