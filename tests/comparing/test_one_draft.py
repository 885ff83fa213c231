"""Files of one draft are compared by the hidden marks in them, whatever has become of number and words."""

import re
import zipfile
from pathlib import Path

import pytest

from agreements import library

TREATY = Path(__file__).resolve().parents[2] / "docs/examples/drafts/transit-karuzhan.yaml"
PARAGRAPH = re.compile(r'<w:p><w:pPr><w:pStyle w:val="Paragraph"/>.*?</w:p>', re.DOTALL)


def said(paragraph: str) -> str:
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)", paragraph))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, str]:
    """A draft, the same with one paragraph in quite other words and places, and the words that it had."""
    ours, theirs = tmp_path / "ours.docx", tmp_path / "theirs.docx"
    library.assemble_file(TREATY, ours)
    with zipfile.ZipFile(ours) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    body = parts["word/document.xml"].decode()
    found = PARAGRAPH.findall(body)
    one = next(p for p in found if "departure from the route" in p)
    after = next(p for p in found if "Dangerous goods shall" in p)
    start = re.search(r"<w:bookmarkStart[^>]*/>", one)
    end = re.search(r"<w:bookmarkEnd[^>]*/>", one)
    assert start
    assert end
    new = (
        f'<w:p><w:pPr><w:pStyle w:val="Paragraph"/></w:pPr>{start[0]}'
        f"<w:r><w:t>Quite another rule, which nobody had thought of before.</w:t></w:r>{end[0]}</w:p>"
    )
    parts["word/document.xml"] = body.replace(one, "").replace(after, after + new).encode()
    with zipfile.ZipFile(theirs, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return ours, theirs, said(one)


def test_a_provision_that_moved_and_reads_otherwise_is_still_itself(pair: tuple[Path, Path, str]) -> None:
    ours, theirs, words = pair
    pairs = library.compare(None, str(ours), str(theirs)).pairs
    (moved,) = [p for p in pairs if p.a and p.a.text == words]
    assert moved.b
    assert moved.b.text.startswith("Quite another rule")
    assert moved.change == "moved-changed"


def test_without_marks_in_common_it_is_gone_and_new(pair: tuple[Path, Path, str], tmp_path: Path) -> None:
    ours, theirs, words = pair
    bare = tmp_path / "bare.docx"
    with zipfile.ZipFile(theirs) as package, zipfile.ZipFile(bare, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", content)
            copy.writestr(name, content)
    pairs = library.compare(None, str(ours), str(bare)).pairs
    assert [p.change for p in pairs if p.a and p.a.text == words] == ["removed"]
