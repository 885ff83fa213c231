"""`agreements review` as a person runs it."""

import json

import pytest

from agreements import word
from tests.commands.test_compare import CORPUS, run
from tests.reviewing.test_review import OURS, tracked, typed
from tests.word import samples

KEYS = {"path", "ref", "change", "tracked", "untracked", "comments", "position", "precedents", "breaks"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "ours.docx").write_bytes(OURS)
    theirs = typed(tracked(("Each Party waives", "Either Party shall waive")), "one year's", "six months'")
    (folder / "theirs.docx").write_bytes(theirs)
    (folder / "strange.docx").write_bytes(word.render(samples.exchange()))
    return folder


def test_the_json_contract(files):
    found = run("--repo", CORPUS, "review", files / "ours.docx", files / "theirs.docx", "--json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert all(clause.keys() >= KEYS for clause in told["clauses"])
    by_path = {clause["path"]: clause for clause in told["clauses"]}
    assert by_path.keys() == {"IV.1", "V"}
    assert by_path["IV.1"]["ref"] == "theirs#IV.1"
    assert by_path["IV.1"]["tracked"][0] == {
        **{"number": 1, "kind": "deleted", "author": "Ana Partner", "date": "2026-11-20T00:00:00Z", "text": "Each"}
    }
    assert by_path["V"]["untracked"][0]["differences"][1:3] == [["deleted", "one year's"], ["inserted", "six months'"]]
    assert by_path["V"]["position"] == {"status": "none recorded"}
    assert (told["tracked"], told["untracked"]) == (4, 1)


def test_the_terminal_says_first_what_nobody_tracked(files, tmp_path):
    memo = tmp_path / "memo.docx"
    found = run("review", files / "ours.docx", files / "theirs.docx", "--no-precedents", "-o", memo)
    assert found.returncode == 0, found.stderr
    lines = found.stdout.splitlines()
    assert max(len(line) for line in lines if not line.startswith("Written")) <= 80
    assert lines[1].startswith("UNTRACKED: 1 change was made in theirs.docx without tracking: V.")
    assert "{+Either+}" in found.stdout
    assert f"Written: {memo}" in found.stdout
    assert memo.stat().st_size > 5000


def test_precedents_stand_under_the_clause_and_their_citations_below(files):
    found = run("--repo", CORPUS, "review", files / "ours.docx", files / "theirs.docx")
    assert found.returncode == 0, found.stderr
    assert max(map(len, found.stdout.splitlines())) <= 80
    assert "precedents  texts that say" in found.stdout
    assert "none found by the program in" in " ".join(found.stdout.split())


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ours.docx", "strange.docx", "--no-precedents"), 1, "their likeness is"),
        (("ours.docx", "missing.docx", "--no-precedents"), 1, "missing.docx"),
        (("ours.docx", "theirs.docx", "--no-precedents", "-o", "memo.pdf"), 1, "no name for a Word file"),
        (("ours.docx", "theirs.docx", "--negotiation", "none-such"), 1, "none-such"),
        (("ours.docx",), 2, "THEIRS"),
        (("ours.docx", "theirs.docx", "more.docx"), 2, "unexpected extra argument"),
    ],
)
def test_wrong_use_is_said_in_a_line(files, arguments, code, said):
    found = run("--repo", CORPUS, "review", *arguments, cwd=files)
    assert found.returncode == code
    assert said in found.stderr
    assert "Traceback" not in found.stderr
