"""One spilled paper of a negotiation goes; its entry stays, says so, and takes no command away."""

import csv
import hashlib
import io
import json
import zipfile
from pathlib import Path

from agreements import word
from agreements.library import parse_file


def _purge(run, kept, paper="2", *, reopened=True):
    """Purge a paper; what the fixture has as agreed in it is reopened first."""
    if reopened:
        run("negotiation", "agree", kept, "I", "--state", "reopened", "--by", "A. Adler")
    words = ("--reason", "spilled", "--spill", "S-1", "--paper", paper, "--yes")
    return run("negotiation", "purge", kept, *words)


def _folder(tmp_path: Path, kept: str) -> Path:
    return tmp_path / "repo" / "negotiations" / kept


def test_one_paper_goes_and_what_else_was_kept_stays(run, kept, texts, tmp_path) -> None:
    theirs = texts[1].read_bytes()
    folder = _folder(tmp_path, kept)
    (folder / "decisions").mkdir()
    for name in ("text-02.yaml", "text-01.yaml"):
        (folder / "decisions" / name).write_text("theirs: x\n", encoding="utf-8")
    run("negotiation", "agree", kept, "I", "--state", "reopened", "--by", "A. Adler")
    before = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    code, said, _ = _purge(run, kept, reopened=False)
    assert code in (0, None)
    after = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    gone = before - after
    assert {name.partition("/")[0] for name in gone} == {"texts", "decisions"}
    assert len(gone) == 2
    assert "decisions/text-02.yaml" in gone
    assert all(name in " ".join(said.split()) for name in gone)
    assert not [p for p in (tmp_path / "repo").rglob("*") if p.is_file() and p.read_bytes() == theirs]
    stones = [json.loads(p.read_text()) for p in (tmp_path / "repo" / "purged").glob("*.json")]
    assert [(s["spill"], s["hashes"]) for s in stones] == [("S-1", [hashlib.sha256(theirs).hexdigest()])]


def test_the_record_says_that_it_was_purged_and_no_command_fails_for_it(run, kept, tmp_path) -> None:
    _purge(run, kept)
    for words in (
        ("status", kept), ("list",), ("position", kept), ("closing", kept), ("language", kept), ("signing", kept),
    ):  # fmt: skip
        code, said, errors = run("negotiation", *words)
        assert code in (0, None), (words, said, errors)
    assert "text 2 was purged on" in " ".join(run("negotiation", "status", kept)[1].split())
    code, _, errors = run("review", "--negotiation", kept)
    assert code == 1
    assert "no text of theirs that is kept (text 2 was purged on" in " ".join(errors.split())
    code, said, errors = run("negotiation", "history", kept, "II.2")
    assert code in (0, None)
    assert "text 2 was purged on" in " ".join(errors.split())
    _, said, _ = run("doctor")
    assert "damaged" not in said
    assert "not the file that was kept" not in said
    assert run("calendar", kept)[0] in (0, None)


def test_the_export_for_the_record_names_it(run, kept, tmp_path) -> None:
    name = next((_folder(tmp_path, kept) / "texts").glob("02-*")).name
    _purge(run, kept, name)
    target = tmp_path / "file.zip"
    code, _, errors = run("negotiation", "export", kept, "-o", target)
    assert code in (0, None), errors
    with zipfile.ZipFile(target) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{kept}/index.csv").decode("utf-8-sig"))))
        assert f"{kept}/texts/{name}" not in archive.namelist()
    (row,) = [each for each in rows if each["file"] == f"texts/{name}"]
    assert "purged on" in row["what"]


def test_it_comes_in_no_more_by_any_way(run, kept, texts) -> None:
    _purge(run, kept)
    for words in (("receive", kept, texts[1]), ("table", kept, texts[1])):
        code, _, errors = run("negotiation", *words)
        assert code == 1
        assert "This file was purged with negotiation tamaris-sofa" in " ".join(errors.split())
    assert run("import", texts[1], "--family", "sofa")[0] == 1
    assert run("negotiation", "receive", kept, texts[0])[0] in (0, None)


def test_the_same_bytes_under_another_name_go_too_and_what_was_made_from_it_is_named(
    run, kept, texts, tmp_path
) -> None:
    run("negotiation", "table", kept, texts[1], "--date", "2026-04-20")
    run("negotiation", "receive", kept, texts[0], "--date", "2026-04-21")
    code, said, _ = _purge(run, kept, "2")
    assert code in (0, None)
    left = sorted(path.name[:2] for path in (_folder(tmp_path, kept) / "texts").iterdir())
    assert left == ["01", "04"]
    assert "Recorded as after it" not in said, "text 4 is text 1 once more"


def test_what_the_record_has_as_made_after_it_is_named(run, kept, texts, tmp_path) -> None:
    answer = tmp_path / "answer.docx"
    answer.write_bytes(word.render(parse_file(texts[1]).agreement.model_copy(update={"title": "Another title"})))
    run("negotiation", "table", kept, answer, "--date", "2026-04-20")
    said = " ".join(_purge(run, kept, "2")[1].split())
    assert "Recorded as after it, and kept: text 3." in said
    assert "Not examined: what people wrote" in said


def test_of_a_purged_file_no_word_is_shown_when_it_is_refused(run, kept, texts, tmp_path) -> None:
    marked = tmp_path / "marked.docx"
    options = word.RedlineOptions(author="Ana Partner", date="2026-04-22")
    marked.write_bytes(word.redline(texts[0].read_bytes(), texts[1].read_bytes(), options).content)
    assert run("negotiation", "receive", kept, marked, "--date", "2026-04-22")[0] in (0, None)
    _purge(run, kept, "3")
    code, said, errors = run("import", marked, "--family", "sofa")
    assert code == 1
    shown = " ".join(f"{said} {errors}".split())
    assert "This text was purged as negotiation tamaris-sofa" in shown
    assert "Tracked change" not in shown
    assert ".." not in shown.replace("...", "")


def test_a_purge_of_a_paper_that_was_interrupted_is_finished_by_the_next_write(
    run, kept, tmp_path, monkeypatch
) -> None:
    unlink = Path.unlink

    def killed(self: Path, *given: bool, **named: bool) -> None:
        if self.name.startswith("02-"):
            raise KeyboardInterrupt
        unlink(self, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        _purge(run, kept)
    texts = _folder(tmp_path, kept) / "texts"
    assert len(list(texts.iterdir())) == 2
    _, said, _ = run("doctor")
    assert "stopped before its end" in " ".join(said.split())
    run("negotiation", "step", kept, "Ask L", "--who", "L")
    assert [path.name[:2] for path in texts.iterdir()] == ["01"]
    assert "stopped before its end" not in run("doctor")[1]


def test_nothing_goes_under_a_hold_or_without_a_ground_or_by_a_name_that_is_none(run, kept, tmp_path) -> None:
    assert run("negotiation", "purge", kept, "--reason", "x", "--paper", "2", "--yes")[0] == 1
    code, _, errors = _purge(run, kept, "../positions.yaml")
    assert code == 1
    assert "There is no kept file" in errors
    run("negotiation", "hold", kept, "--reason", "Litigation over claims", "--by", "L")
    assert _purge(run, kept)[0] == 1
    assert len(list((_folder(tmp_path, kept) / "texts").iterdir())) == 2


def test_what_is_recorded_as_agreed_in_it_keeps_it_until_that_is_settled(run, kept, tmp_path) -> None:
    code, _, errors = _purge(run, kept, reopened=False)
    assert code == 1
    assert "I of tamaris-sofa are recorded as agreed in text 2" in " ".join(errors.split())
    assert len(list((_folder(tmp_path, kept) / "texts").iterdir())) == 2
    assert _purge(run, kept)[0] in (0, None)


def test_it_is_not_undone(run, kept) -> None:
    _purge(run, kept)
    rows = run("undo", as_json=True)
    (act,) = [row for row in rows if row["what"] == "purge"]
    code, _, errors = run("undo", str(act["number"]))
    assert code == 1
    assert "final" in errors
