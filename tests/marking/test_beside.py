"""What stands beside the text of a file, what a person wrote into the repository, and what is written out."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from agreements import library
from agreements.errors import ClassifiedError
from agreements.export.tables import write_table
from agreements.negotiation.calendar import calendar, write_calendar
from agreements.negotiation.store import Negotiations
from agreements.parsing import gate_text, parse
from agreements.reading import save_checked
from agreements.reading.readers import read_source
from agreements.reading.source import SourceFile
from agreements.repository import Repository
from tests.marking import doors
from tests.marking.test_doors import CANARY, PLAIN, _left, places

__all__ = ["places"]

MARK = f"(S//NF) The {CANARY} is small."


def _word(**parts: str | bytes) -> bytes:
    """Return a Word file with more parts, a double underscore standing for the stroke of their paths."""
    out = io.BytesIO(doors.word_file("", ""))
    with zipfile.ZipFile(out, "a") as archive:
        for name, content in parts.items():
            path = name.replace("__", "/")
            archive.writestr(f"{path}.docx" if isinstance(content, bytes) else f"{path}.xml", content)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD = {
    "author of a comment": _word(
        word__comments=f'<w:comments {_W}><w:comment w:id="1" w:author="{MARK}"><w:p/></w:comment></w:comments>'
    ),
    "list number": _word(
        word__numbering=f'<w:numbering {_W}><w:abstractNum><w:lvl><w:lvlText w:val="(S//NF) %1"/></w:lvl>'
        "</w:abstractNum></w:numbering>"
    ),
    "entry of a list to choose from": _word(
        word__more=f'<w:glossaryDocument {_W}><w:listItem w:displayText="{MARK}"/></w:glossaryDocument>'
    ),
    "file in the file": _word(word__embeddings__more=doors.word_file("comment", MARK)),
}


@pytest.mark.parametrize("content", WORD.values(), ids=WORD.keys())
def test_a_word_file_is_asked_in_all_its_parts(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(ClassifiedError) as caught:
        parse(read_source(SourceFile.of("paper.docx", content)), id="paper")
    assert CANARY not in f"{caught.value}{caught.value.hint}"
    with pytest.raises(ClassifiedError):
        save_checked(tmp_path / "out.docx", content)
    assert not list(tmp_path.iterdir())


def _pdf(*, more: bytes = b"", catalog: bytes = b"", page: bytes = b"") -> bytes:
    data = doors.pdf_bytes([doors._lines(*doors.BODY)])
    data = data.replace(b"%PDF-1.4\n", b"%PDF-1.4\n" + more, 1)
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + catalog, 1)
    return data.replace(b"/Type /Page /Parent", b"/Type /Page " + page + b" /Parent", 1)


def _attached() -> bytes:
    document = pypdfium2.PdfDocument(doors.pdf_bytes([doors._lines(*doors.BODY)]))
    document.new_attachment("more.txt").set_data(f"A list.\n\n{MARK}\n".encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_FIELD = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (%s) /Rect [9 9 99 99] >>"
_VALUE = MARK.replace("(", r"\(").replace(")", r"\)").encode()
PDF = {
    "form field": _pdf(
        more=b"90 0 obj\n" + _FIELD % _VALUE + b"\nendobj\n",
        catalog=b"/AcroForm << /Fields [90 0 R] >>",
        page=b"/Annots [90 0 R]",
    ),
    "note": _pdf(
        more=b"90 0 obj\n<< /Type /Annot /Subtype /Text /Contents (" + _VALUE + b") /Rect [9 9 99 99] >>\nendobj\n",
        page=b"/Annots [90 0 R]",
    ),
    "outline": _pdf(
        more=b"90 0 obj\n<< /First 91 0 R /Last 91 0 R /Count 1 >>\nendobj\n91 0 obj\n<< /Title (" + _VALUE
        + b") /Parent 90 0 R >>\nendobj\n",
        catalog=b"/Outlines 90 0 R",
    ),
    "label of a page": _pdf(catalog=b"/PageLabels << /Nums [0 << /P (SECRET//NOFORN ) /S /D >>] >>"),
    "XMP": _pdf(more=f"90 0 obj\n<< >>\n<x:xmpmeta><a>{MARK}</a></x:xmpmeta>\nendobj\n".encode()),
    "attachment": _attached(),
}  # fmt: skip


@pytest.mark.parametrize("content", PDF.values(), ids=PDF.keys())
def test_a_pdf_is_asked_beside_its_pages(content: bytes) -> None:
    with pytest.raises(ClassifiedError):
        parse(read_source(SourceFile.of("paper.pdf", content)), id="paper")


PAGES = {
    "value": f'<input type="hidden" value="{MARK}">',
    "attribute": f'<p data-note="{MARK}">The map.</p>',
    "data": f'<script type="application/ld+json">{{"about": {{"text": "{MARK}"}}}}</script>',
    "noscript": f"<noscript>{MARK}</noscript>",
}


@pytest.mark.parametrize("more", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_asked_beside_its_text(more: str) -> None:
    words = "".join(f"<p>{line}</p>" for line in doors.BODY)
    source = SourceFile.of("paper.html", f"<!doctype html><html><body>{words}{more}</body></html>".encode())
    with pytest.raises(ClassifiedError):
        parse(read_source(source), id="paper")


# ---------------------------------------------------------------------- written into the repository

EDITS: dict[str, Callable[[str], str]] = {
    "text": lambda text: f"{text}\n\n{MARK}\n",
    "comment": lambda text: f"{text}\n<!-- {MARK} -->\n",
    "fact": lambda text: text.replace("\n---", f'\nnotes: "{MARK}"\n---', 1),
    "comment in the facts": lambda text: text.replace("---\n", f"---\n# {MARK}\n", 1),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_what_a_person_wrote_into_the_folder_goes_nowhere(edit: Callable[[str], str], places: Path) -> None:
    source = places.parent / "good.txt"
    source.write_text(PLAIN, encoding="utf-8")
    repository = places / "repo"
    library.import_files(repository, [source])
    own = next(repository.rglob("agreement.md"))
    own.write_text(edit(own.read_text(encoding="utf-8")), encoding="utf-8")
    assert not library.search(repository, CANARY).hits
    assert not Repository(repository).list()
    assert [finding.code for finding in Repository(repository).problems()] == ["classified"]
    for asked in (Repository(repository).get, Repository(repository).edit):
        with pytest.raises(ClassifiedError) as caught:
            asked("good")
        assert CANARY not in str(caught.value)
    assert _left(places) == [str(own)]
    library.purge(repository, "good", "a spill", spill="S-1")
    assert not _left(places)


def test_facts_without_a_text_are_asked_too() -> None:
    with pytest.raises(ClassifiedError):
        gate_text("---\nid: good\nmarking: SECRET\n---\n", "agreement.md")
    gate_text("---\nid: good\nmarking: CUI\n---\n", "agreement.md")


# ---------------------------------------------------------------------- written out


@pytest.mark.parametrize("suffix", [".csv", ".html", ".xlsx"])
def test_a_table_is_asked_before_it_is_written(suffix: str, tmp_path: Path) -> None:
    with pytest.raises(ClassifiedError):
        write_table(tmp_path / f"out{suffix}", "Topics", ("id", "note"), [("a", MARK)])
    assert not list(tmp_path.iterdir())
    write_table(tmp_path / f"out{suffix}", "Topics", ("id", "note"), [("a", doors.HARBOUR)])


@pytest.mark.parametrize("name", ["out.txt", "out.md", "out.html", "out.json", "out.yaml", "out.zip", "(S) a.txt"])
def test_a_file_is_asked_before_it_is_written(name: str, tmp_path: Path) -> None:
    content = {".json": f'{{"note": "{MARK}"}}', ".yaml": f"a: b  # {MARK}\n"}.get(
        Path(name).suffix, f"{PLAIN}\n\n{MARK}"
    )
    if name.endswith(".zip"):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a/b.txt", content)
        data = packed.getvalue()
    else:
        data = (PLAIN if name.startswith("(") else content).encode()
    with pytest.raises(ClassifiedError):
        save_checked(tmp_path / name, data)
    assert not list(tmp_path.iterdir())


def test_the_file_of_a_negotiation_is_asked_whole(tmp_path: Path) -> None:
    repository = tmp_path / "repo"
    library.begin_negotiation(repository, "talks", {"partner": "EST", "family": "sofa"})
    library.export_negotiation(repository, "talks", tmp_path / "out.zip")
    (tmp_path / "out.zip").unlink()
    (Negotiations(Repository(repository)).folder("talks") / "minutes.txt").write_text(
        f"Minutes\n{MARK}\n", encoding="utf-8"
    )
    with pytest.raises(ClassifiedError):
        library.export_negotiation(repository, "talks", tmp_path / "out.zip")
    assert not (tmp_path / "out.zip").exists()


def test_a_calendar_is_written_where_nothing_is_marked(tmp_path: Path) -> None:
    repository = tmp_path / "repo"
    source = tmp_path / "good.txt"
    source.write_text(PLAIN, encoding="utf-8")
    library.import_files(repository, [source])
    found = calendar(Repository(repository), events={"delivery": "2026-05-31"}, today=date(2026, 1, 1))
    write_calendar(found, tmp_path / "out.ics", today=date(2026, 1, 1))
    with pytest.raises(ClassifiedError):
        write_calendar(found, tmp_path / "(S) out.ics", today=date(2026, 1, 1))
