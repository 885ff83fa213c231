"""`agreements compare` as a person runs it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from agreements import word
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from tests.word import samples

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"


def run(*arguments, cwd=None):
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "agreements", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd or ROOT, check=False)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    ours = samples.visiting_forces()
    changed = samples.MAIN.replace("Each Party waives", "Either Party shall waive").replace("one year's", "six months'")
    theirs = ours.model_copy(update={"documents": (samples.document(changed), ours.documents[1])})
    word.write(ours, folder / "ours.docx")
    word.write(theirs, folder / "theirs.docx")
    return folder


def test_the_json_contract(files):
    found = run("compare", files / "ours.docx", files / "theirs.docx", "--json")
    assert (found.returncode, found.stderr) == (0, "")
    pairs = json.loads(found.stdout)["pairs"]
    keys = {"a", "b", "change", "similarity", "words_deleted", "words_inserted"}
    assert all(keys <= pair.keys() for pair in pairs)
    touched = {pair["a"]: (pair["b"], pair["change"], pair["words_deleted"], pair["words_inserted"]) for pair in pairs}
    assert touched["ours#IV.1"] == ("theirs#IV.1", "changed", 2, 3)
    assert sum(1 for pair in pairs if pair["change"] != "same") == 2


@pytest.mark.parametrize("options", [(), ("--side-by-side",), ("--all",)])
def test_the_terminal_shows_the_words_that_differ_within_80_columns(files, options):
    found = run("compare", files / "ours.docx", files / "theirs.docx", *options)
    assert found.returncode == 0
    assert max(len(line) for line in found.stdout.splitlines()) <= 80
    assert "[-Each-]" in found.stdout
    assert "{+Either+}" in found.stdout
    assert ("II.1.a" in found.stdout) == ("--all" in options)
    assert re.search(r"2 words|deleted", found.stdout.splitlines()[-1] + found.stdout.splitlines()[-2])


def test_a_redline_is_written_with_the_author_and_date_given(files, tmp_path):
    target = tmp_path / "redline.docx"
    options = ("-o", target, "--author", "U.S. delegation", "--date", "2026-11-22")
    found = run("compare", files / "ours.docx", files / "theirs.docx", *options, "--json")
    assert found.returncode == 0
    assert json.loads(found.stdout)["files"] == [str(target)]
    changes = list(Package.of("r", target.read_bytes()).body().iter(name("ins"), name("del")))
    assert {(c.get(name("author")), c.get(name("date"))) for c in changes} == {
        ("U.S. delegation", "2026-11-22T00:00:00Z")
    }


def test_two_agreements_and_two_provisions_of_a_repository(tmp_path):
    one, other = "specimen-sofa-aurelia-sarnovia", "specimen-dca-averland-lusenia"
    found = run("--repo", CORPUS, "compare", one, other, "--topic", "official_tax", "--json")
    assert found.returncode == 0, found.stderr
    whole = run("--repo", CORPUS, "compare", one, other, "--json")
    assert 0 < len(json.loads(found.stdout)["pairs"]) < len(json.loads(whole.stdout)["pairs"])
    target = tmp_path / "claims.docx"
    pair = run("--repo", CORPUS, "compare", f"{one}#4", f"{other}#V", "-o", target, "--author", "X", "--json")
    rows = json.loads(pair.stdout)["pairs"]
    assert (rows[0]["a"], rows[0]["b"]) == (f"{one}#4", f"{other}#V")
    assert target.stat().st_size > 1000


WRONG = [
    (("missing.docx", "missing.txt"), 1, "there is no such file"),
    (("nothing-of-the-sort", "missing.txt"), 1, "nothing-of-the-sort"),
    (("us-nato-sofa-1951#VII#3", "missing.txt"), 1, ""),
    (("a.docx", "b.docx", "-o", "r.docx"), 2, "--author"),
    (("a.docx", "b.docx", "-o", "r.docx", "--author", "X", "--topic", "claims"), 2, "--topic"),
    (("a.docx", "b.docx", "--prior", "flatten"), 2, "refuse"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG)
def test_wrong_use_is_said_in_a_line(arguments, code, said, tmp_path):
    found = run("--repo", CORPUS, "compare", *arguments, cwd=tmp_path)
    assert found.returncode == code
    assert said in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "redline.pdf", "--author", "X"), "no name for a Word file"),
        (("-o", "no/such/folder.docx", "--author", "X"), "cannot be written"),
        (("-o", "redline.docx", "--author", "X", "--date", "tomorrow"), "is no date"),
    ],
)
def test_a_redline_that_cannot_be_written_is_said(files, options, said, tmp_path):
    found = run("compare", files / "ours.docx", files / "theirs.docx", *options, cwd=tmp_path)
    assert found.returncode == 1
    assert said in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_side_by_side_as_a_page_and_as_a_landscape_table(files, tmp_path):
    page, paper = tmp_path / "side.html", tmp_path / "side.docx"
    first = run("compare", files / "ours.docx", files / "theirs.docx", "-o", page)
    assert (first.returncode, first.stderr) == (0, "")
    html = page.read_text(encoding="utf-8")
    assert "<del>Each</del>" in html
    assert html.count("<tr>") == 1 + 2
    assert "<script" not in html
    options = ("-o", paper, "--layout", "table", "--precedents")
    second = run("--repo", CORPUS, "compare", files / "ours.docx", files / "theirs.docx", *options, "--json")
    assert json.loads(second.stdout)["files"] == [str(paper)]
    parts = Package.of("t", paper.read_bytes())
    assert parts.body().find(f".//{name('pgSz')}").get(name("orient")) == "landscape"
    assert len(list(parts.body().iter(name("gridCol")))) == 4
    assert not list(parts.body().iter(name("ins"), name("del")))


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("-o", "x.html", "--layout", "redline", "--precedents"), 0, ""),
        (("--precedents",), 2, "column of a table"),
        (("-o", "x.pdf", "--layout", "table"), 1, "no name for such a table"),
    ],
)
def test_layouts_and_their_names(files, options, code, said, tmp_path):
    found = run("--repo", CORPUS, "compare", files / "ours.docx", files / "theirs.docx", *options, cwd=tmp_path)
    assert found.returncode == code
    assert said in found.stderr
