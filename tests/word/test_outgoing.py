"""What leaves is looked at again: each kind of leak is found, and our own files have none."""

import shutil
import zipfile
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import UnreadableError
from agreements.word.outgoing import leaks

TEMPLATE = '<R xmlns="x"><r TargetMode="External" Target="file:///C:\\Users\\a\\t.dotx"/></R>'
HIDDEN = "<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>"
PERSON = "<dc:creator>A. Person</dc:creator></cp:coreProperties>"
EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("out") / "draft.docx"
    library.assemble_file(EXAMPLES / "flights-marena.yaml", file)
    return file


def with_part(clean: Path, target: Path, part: str, content: str, old: str = "") -> Path:
    """A copy of `clean` with `part` added, or with `old` in it replaced by `content`."""
    with zipfile.ZipFile(clean) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            body = source.read(name).decode() if name == part else None
            copy.writestr(name, body.replace(old, content, 1) if body is not None else source.read(name))
        if part not in source.namelist():
            copy.writestr(part, content)
    return target


@pytest.mark.parametrize("signing", [False, True])
def test_our_own_files_may_leave(tmp_path: Path, signing: bool) -> None:
    report = library.assemble_file(
        EXAMPLES / "transit-karuzhan.yaml", tmp_path / "x.docx", copies=library.CopyOptions(signing=signing)
    )
    assert [leaks(file) for file in report.files] == [()]


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("word/comments.xml", ("<a/>", ""), "leak-comments"),
        ("word/people.xml", ("<a/>", ""), "leak-people"),
        ("customXml/item1.xml", ("<a/>", ""), "leak-custom-xml"),
        ("docProps/custom.xml", ("<a/>", ""), "leak-properties"),
        ("word/embeddings/x.bin", ("x", ""), "leak-embedded"),
        ("word/document.xml", ('<w:body><w:ins w:id="1" w:author="A"/>', "<w:body>"), "leak-revisions"),
        ("word/document.xml", (HIDDEN, "<w:body>"), "leak-hidden-text"),
        ("docProps/core.xml", (PERSON, "</cp:coreProperties>"), "leak-properties"),
        ("word/_rels/settings.xml.rels", (TEMPLATE, ""), "leak-path"),
    ],
    ids=lambda v: v[:24] if isinstance(v, str) else "",
)  # fmt: skip
def test_each_leak_is_found(clean: Path, tmp_path: Path, part: str, change: tuple[str, str], code: str) -> None:
    found = leaks(with_part(clean, tmp_path / "leaky.docx", part, *change))
    assert [(f.code, f.where, f.severity) for f in found] == [(code, part, "error")]


def test_hidden_text_that_is_switched_off_is_none(clean: Path, tmp_path: Path) -> None:
    shown = '<w:body><w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr></w:r></w:p>'
    assert leaks(with_part(clean, tmp_path / "a.docx", "word/document.xml", shown, "<w:body>")) == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"plain text"])
def test_what_is_no_word_file_is_said(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(content)
    with pytest.raises(UnreadableError, match=r"x\.docx"):
        leaks(file)


def test_a_file_cut_short_is_said(clean: Path, tmp_path: Path) -> None:
    file = tmp_path / "short.docx"
    shutil.copy(clean, file)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(UnreadableError, match=r"short\.docx"):
        leaks(file)
