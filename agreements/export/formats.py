"""The formats that an agreement can be written in: `EXPORTERS`, one row each."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import AgreementsError, unknown
from agreements.model import Agreement
from agreements.word.files import save


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


def to_json(agreement: Agreement) -> str:
    """Return the whole agreement as JSON, in the shape of `export.view`."""
    from agreements.export import view

    return json.dumps(view.shown(agreement), ensure_ascii=False, indent=2) + "\n"


def _markdown(agreement: Agreement) -> str:
    from agreements.export.markdown import to_markdown

    return to_markdown(agreement)


def _html(agreement: Agreement) -> str:
    from agreements.export.html import to_html

    return to_html(agreement)


def _word(agreement: Agreement, path: Path) -> list[Path]:
    from agreements.word import WordOptions, write

    return write(agreement, path, options=WordOptions(separate_notes=False))


def _akn(agreement: Agreement) -> str:
    from agreements.export.akn import to_akn

    return to_akn(agreement)


def _pdf(agreement: Agreement, path: Path) -> list[Path]:
    from agreements.export.pdf import to_pdf
    from agreements.word import WordOptions, write

    if path.suffix.lower() != ".pdf":
        raise AgreementsError(f"{path.name} is no name for a PDF file.", hint="Let the name end in .pdf")
    with tempfile.TemporaryDirectory() as scratch:
        (made,) = write(agreement, Path(scratch) / "text.docx", options=WordOptions(separate_notes=False))
        to_pdf(made, path)
    return [path]


EXPORTERS: dict[str, Exporter] = {
    "json": Exporter(".json", text=to_json),
    "markdown": Exporter(".md", text=_markdown),
    "html": Exporter(".html", text=_html),
    "akn": Exporter(".xml", text=_akn),
    "pdf": Exporter(".pdf", files=_pdf),
    "docx": Exporter(".docx", files=_word),
}


def export(agreement: Agreement, form: str, path: Path | None = None) -> Exported:
    """Return `agreement` in the format `form` (a name of `EXPORTERS`), or write it to `path`, replaced whole.

    Raises `NotFoundError` for an unknown format, and `AgreementsError` when `path` cannot be written or the format
    needs one and none is given.
    """
    exporter = EXPORTERS.get(form)
    if exporter is None:
        raise unknown("format", form, EXPORTERS)
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
