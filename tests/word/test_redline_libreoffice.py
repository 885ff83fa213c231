"""LibreOffice as an independent reader of redlines: it opens them, saves them again, and nothing is lost."""

import shutil
import subprocess

import pytest

from agreements import word
from tests.word import editing
from tests.word.test_redline import FILES, US

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")

ODD = FILES[2]  # without references, which LibreOffice computes anew with deleted and inserted articles both counted
EDITS = [
    [("word", 11, 4, "shall"), ("paragraph", 6, 3, "of this Agreement"), ("drop", 9, 0, "")],
    [("move", 5, 9, ""), ("cut", 30, 5, "x")],
    [("row", 1, 2, "at all times"), ("paragraph", 2, 2, "& others")],
]


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """(first file, second file, the redline as LibreOffice saved it) for each of the edits."""
    folder = tmp_path_factory.mktemp("redlines")
    cases = []
    for index, (a, made) in enumerate(zip((ODD, ODD, FILES[4]), EDITS, strict=True)):
        b = editing.edited(a, made)
        path = folder / f"{index}.docx"
        path.write_bytes(word.redline(a, b, US).content)
        cases.append((a, b, path))
    first = word.redline(ODD, editing.edited(ODD, EDITS[0]), word.RedlineOptions("Ana Partner", "2026-11-20")).content
    last = editing.edited(word.accept(first), EDITS[1])
    path = folder / "both.docx"
    path.write_bytes(word.redline(first, last, word.RedlineOptions("U.S.", "2026-11-22", prior="keep")).content)
    cases.append((ODD, last, path))
    out = folder / "again"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", str(out)]
    subprocess.run([*command, *[str(p) for _, _, p in cases]], check=True, capture_output=True, timeout=180)
    return [(a, b, (out / path.name).read_bytes()) for a, b, path in cases]


@pytest.mark.parametrize("index", range(len(EDITS)))
def test_a_redline_saved_again_gives_the_same_two_texts(again, index):
    a, b, made = again[index]
    assert _words(word.reject(made)) == _words(a)
    assert _words(word.accept(made)) == _words(b)


def test_a_redline_on_top_of_anothers_opens_and_reads_the_same(again):
    """LibreOffice keeps one author of words that two have changed, so that only what comes out is the same."""
    _, wanted, made = again[-1]
    assert _words(word.accept(made)) == _words(wanted)


def _words(file):
    """The texts that are not empty, with the kinds of blanks that LibreOffice writes otherwise made one."""
    return [" ".join(text.split()) for text in editing.paragraphs(file) if text.strip()]


def test_a_draft_saved_by_libreoffice_can_be_compared_with_what_was_sent(again):
    a, _, made = again[0]
    resaved = word.reject(made)
    options = word.RedlineOptions(author="U.S.", date="2026-11-22", edges=False)
    found = word.redline(a, resaved, options)
    assert _words(word.reject(found.content)) == _words(a)
    assert _words(word.accept(found.content)) == _words(resaved)
