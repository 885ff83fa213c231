"""docxodus (of python-redlines) as an independent reader: it accepts and rejects our redlines to the same two texts.

It reads a file with tracked changes as if all were accepted; with insertions and deletions swapped, as if all were
rejected. What it reads is what it finds no difference to.
"""

import subprocess

import pytest

from agreements import word
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from tests.word import editing
from tests.word.test_redline import FILES, US

engines = pytest.importorskip("python_redlines.engines", reason="python-redlines is not installed")

CASES = [
    (2, [("word", 11, 4, "shall"), ("paragraph", 6, 3, "of this Agreement"), ("drop", 9, 0, "")]),
    (2, [("move", 5, 9, ""), ("cut", 30, 5, "x")]),
    (4, [("row", 1, 2, "at all times"), ("paragraph", 2, 2, "& others"), ("merge", 1, 0, "")]),
    (0, [("word", 3, 2, "shall"), ("drop", 14, 0, ""), ("split", 4, 0, "")]),
]
_SWAPPED = {"ins": "del", "del": "ins", "moveFrom": "moveTo", "moveTo": "moveFrom"}


@pytest.fixture(scope="module")
def differences(tmp_path_factory):
    """A function that gives the words docxodus marks between two files."""
    folder = tmp_path_factory.mktemp("docxodus")
    try:
        binary = engines.DocxodusEngine(str(folder / "binary")).extracted_binaries_path
    except (engines.EngineNotInstalledError, OSError) as error:
        pytest.skip(f"docxodus cannot be used here: {error}")

    def compare(a, b):
        for stem, content in (("a", a), ("b", b)):
            (folder / f"{stem}.docx").write_bytes(content)
        made = folder / "made.docx"
        command = [binary, str(folder / "a.docx"), str(folder / "b.docx"), str(made), "--no-detect-format-changes"]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        body = Package.of("made", made.read_bytes()).body()
        tags = [name(kind) for kind in _SWAPPED]
        words = ("".join(t.text or "" for t in e.iter(name("t"), name("delText"))) for e in body.iter(*tags))
        return [text for text in words if text.strip()]

    return compare


def _inverted(file):
    """The redline with what was put in as taken out, and the other way round."""

    def swap(body):
        for element in list(body.iter(*(name(kind) for kind in _SWAPPED))):
            element.tag = name(_SWAPPED[element.tag.rpartition("}")[2]])
        for plain, deleted in (("t", "delText"), ("instrText", "delInstrText")):
            for text in list(body.iter(name(plain), name(deleted))):
                gone = next(text.iterancestors(name("del")), None) is not None
                text.tag = name(deleted if gone else plain)
        for mark in list(
            body.iter(*(name(f"move{way}Range{end}") for way in ("From", "To") for end in ("Start", "End")))
        ):
            mark.getparent().remove(mark)

    return editing.changed(file, swap)


@pytest.mark.parametrize(("index", "edits"), CASES)
def test_another_reader_accepts_and_rejects_to_the_same_texts(differences, index, edits):
    a = FILES[index]
    b = editing.edited(a, edits)
    made = word.redline(a, b, US).content
    assert differences(a, b) != []
    assert differences(made, b) == []
    assert differences(_inverted(made), a) == []
