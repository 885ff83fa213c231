"""No words are lost in silence: what goes in comes out as blocks, or stands in a finding."""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read, read_text
from agreements.reading.blocks import Reading

_WORD = re.compile(r"\w+")


def words(*texts: str) -> Counter[str]:
    return Counter(word for text in texts for word in _WORD.findall(text))


def out(reading: Reading) -> Counter[str]:
    """Return the words that a reader of the result can see."""
    blocks, found = blocks_of(reading)
    text = [x for block in blocks for x in (block.number or "", block.text)]
    for finding in (*reading.findings, *found):
        times = re.search(r"\((\d+) times\)", finding.message) if finding.code == "running-head" else None
        text += [finding.message] * (int(times[1]) if times else 1)
    return words(*text)


def text_of(path: Path) -> list[str]:
    """Return the words of a file by another way than the readers'."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("word/document.xml"))
        return ["".join(p.itertext("{*}t")) for p in root.iter("{*}p")]
    if path.suffix == ".html":
        root = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
        return [
            t
            for e in root.find("body").iter()
            if e.tag not in ("script", "style")
            for t in (e.text or "", e.tail or "")
        ]
    with pypdfium2.PdfDocument(path) as document:
        return [document[n].get_textpage().get_text_range() for n in range(len(document))]


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_real_treaties_keep_their_words_in_every_format(shared: Path, suffix: str) -> None:
    for path in sorted(shared.glob(f"fixtures/*.{suffix}"))[::4]:
        if path.suffixes == [".scan", ".pdf"]:
            continue
        missing = words(*text_of(path)) - out(read(path))
        assert not missing, f"{path.name}: {missing.most_common(5)}"


def test_real_treaties_keep_their_letters_in_markdown(shared: Path) -> None:
    for path in sorted(shared.glob("treaties/security/*.md")):
        blocks = read(path).blocks
        kept = Counter(c for block in blocks for c in (block.number or "") + block.text if c.isalnum())
        given_in = Counter(c for c in path.read_text(encoding="utf-8") if c.isalnum())
        assert kept == given_in, path.name


@given(st.text(alphabet=st.sampled_from("ab1 .-*#_[]()|>\\<\n\u00a0é")))
def test_any_text_keeps_its_letters(text: str) -> None:
    if not _WORD.search(text):
        return
    blocks, _ = blocks_of(read_text(text))
    kept = Counter(c for b in blocks for c in (b.number or "") + b.text if c.isalnum())
    assert kept == Counter(c for c in text if c.isalnum())
