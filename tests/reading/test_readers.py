"""Files by content: what is read, what is refused, and what the refusal says."""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from agreements.errors import UnreadableError
from agreements.reading import READERS, read, read_text, source
from agreements.reading.source import SourceFile

Write = Callable[[str, bytes], Path]
_PARAGRAPH = "<w:p><w:r><w:t>The Parties agree.</w:t></w:r></w:p>"


def _zip(**entries: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSED = [
    ("empty.txt", b"", "is empty"),
    ("blanks.txt", b" \n\t\n ", "is empty"),
    ("photo.pdf", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64), "is a JPEG image"),
    ("scan.docx", b"\x89PNG\r\n\x1a\n" + bytes(64), "is a PNG image"),
    ("noise.txt", bytes(range(256)) * 8, "binary data"),
    ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "does not open as PDF"),
    ("cut.docx", b"PK\x03\x04" + bytes(64), "its archive does not open"),
    ("archive.docx", _zip(readme=b"hello"), "is a zip archive, not a Word file"),
    ("text.odt", _zip(**{"content.xml": b"<a/>"}), "OpenDocument"),
    ("sheet.docx", _zip(xl__workbookx=b"", **{"xl/workbook.xml": b"<a/>"}), "Excel"),
    ("locked.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    ("old.doc", _OLE, "old Word"),
    ("rich.txt", b"{\\rtf1 }", "no words"),
    ("bare.html", b"<html><body><script>var home</script></body></html>", "is empty"),
]


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_document_is_refused_by_name_and_reason(write: Write, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(write(name, data))
    assert str(caught.value).startswith(name)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"nothing\.txt cannot be opened"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(UnreadableError, match="is a folder"):
        read(tmp_path)


def test_a_text_above_the_limit_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.write(b"Article 1")
        file.seek(300 * source.MEBI)
        file.write(b".")
    with pytest.raises(UnreadableError, match=r"300 MB, the limit for this kind of file is 64 MB"):
        read(path)


def test_a_web_page_of_fifty_megabytes_is_refused_by_a_named_limit(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as file:
        file.write(b"<!doctype html><html><body><p>The Parties agree.</p>")
        file.truncate(50 * source.MEBI)
    with pytest.raises(UnreadableError, match=r"page.html is too large: 50 MB, the limit .* is 24 MB"):
        read(path)


def test_a_small_limit_holds_for_every_way_in(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    monkeypatch.setitem(source.LIMITS, "html", 10)
    with pytest.raises(UnreadableError, match="the limit"):
        read(write("page.txt", b"<html><body><p>The Parties agree.</p></body></html>"))


@pytest.mark.parametrize(
    ("name", "kind"), [("a.pdf", "word"), ("a.txt", "html"), ("a.docx", "pdf"), ("a.html", "text"), ("a", "text")]
)
def test_content_decides_and_a_wrong_name_is_said(
    write: Write, word: Callable[..., SourceFile], pdf: Callable[..., SourceFile], name: str, kind: str
) -> None:
    contents = {
        "word": word(_PARAGRAPH).data,
        "pdf": pdf([(72, 72, "The Parties agree.")]).data,
        "html": b"<!doctype html><html><body><p>The Parties agree.</p></body></html>",
        "text": b"The Parties agree.",
    }
    reading = read(write(name, contents[kind]))
    assert [x.text for x in reading.blocks or reading.lines] == ["The Parties agree."]
    said = [f.code for f in reading.findings]
    assert said == ([] if name == "a" else ["format-by-content"])


def test_each_format_has_a_reader_and_a_limit() -> None:
    assert set(READERS) == set(source.LIMITS) == set(source.SUFFIXES.values()) == set(source.KINDS)


def test_the_hash_is_that_of_the_bytes(write: Write) -> None:
    reading = read(write("a.txt", b"abc"))
    assert reading.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert read_text("abc").sha256 == reading.sha256


def test_text_at_hand_is_markdown_where_it_has_heads() -> None:
    assert read_text("### Article 1\n\nThe Parties agree.").blocks[0].kind == "heading"
    assert read_text("Article 1\n\nThe Parties agree.").lines[0].text == "Article 1"


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(b"")
    with pytest.raises(UnreadableError) as caught:
        read(path)
    assert str(caught.value).encode("utf-8").startswith(b"caf?.txt")
