"""Saved searches: kept with a note, run again, new since last time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from agreements.errors import NotFoundError, QueryError, RepositoryError
from agreements.library import edit, forget_saved, import_files, run_saved, save_search, saved_searches

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
# Agreement between Germany and France on Visits number {number}

## Article I

### Claims

1. Each Party waives all claims against the other Party for damage to its property.

2. A dispute is put to an arbitrator.

DONE at Kestrel City, this {number}th day of March, 1999.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    add(tmp_path, 11)
    return tmp_path / "r"


def add(tmp_path: Path, number: int) -> None:
    file = tmp_path / f"visits-{number}.md"
    file.write_text(TEXT.format(number=number), encoding="utf-8")
    import_files(tmp_path / "r", [file])


def test_only_what_is_new_or_changed_since_last_time_is_told(folder: Path) -> None:
    save_search(folder, "waivers", "waives", note="for the Oslo round", party=("DEU",))
    assert run_saved(folder, "waivers").new == ()
    add(folder.parent, 12)
    first = run_saved(folder, "waivers")
    assert [hit.ref for hit in first.new] == ["visits-12#I.1"]
    assert run_saved(folder, "waivers").new == ()  # told once
    script = "import sys,pathlib; p=pathlib.Path(sys.argv[-1]); p.write_text(p.read_text().replace('damage', 'loss'))"
    edit(folder, "visits-11", editor=[sys.executable, "-c", script])
    changed = run_saved(folder, "waivers", keep=True)
    assert [hit.ref for hit in changed.changed] == ["visits-11#I.1"]
    assert run_saved(folder, "waivers").changed == changed.changed  # `keep` left last time as it was
    [saved] = saved_searches(folder)
    assert (saved.note, saved.options) == ("for the Oslo round", {"party": ["DEU"]})


def test_what_is_no_longer_found_is_said(folder: Path) -> None:
    save_search(folder, "waivers", "waives")
    (folder / "agreements" / "visits-11").rename(folder.parent / "elsewhere")
    assert run_saved(folder, "waivers").gone == ("visits-11#I.1",)


def test_bad_names(folder: Path) -> None:
    save_search(folder, "waivers", "waives")
    with pytest.raises(QueryError, match="already"):
        save_search(folder, "waivers", "arbitrator")
    assert save_search(folder, "waivers", "arbitrator", replace=True).query == "arbitrator"
    for name in ("../outside", "Upper Case", "", "a/b"):
        with pytest.raises(QueryError, match="no name"):
            save_search(folder, name, "waives")
        with pytest.raises(NotFoundError):
            run_saved(folder, name)
    forget_saved(folder, "waivers")
    assert saved_searches(folder) == ()
    with pytest.raises(NotFoundError):
        forget_saved(folder, "waivers")


def test_a_damaged_file_is_named(folder: Path) -> None:
    save_search(folder, "waivers", "waives")
    (folder / "saved" / "waivers.json").write_text("{", encoding="utf-8")
    with pytest.raises(RepositoryError, match=r"waivers\.json"):
        run_saved(folder, "waivers")


def test_the_words_are_not_kept_twice(folder: Path) -> None:
    save_search(folder, "waivers", "waives")
    assert "claims against" not in (folder / "saved" / "waivers.json").read_text(encoding="utf-8")


def test_the_commands(folder: Path) -> None:
    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "agreements", "--repo", str(folder), *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    run("search", "waives", "--save", "waivers", "--note", "watch this", "--party", "DEU")
    add(folder.parent, 12)
    assert "watch this" in run("saved")
    assert json.loads(run("--json", "saved"))[0]["seen"] == 1
    told = run("saved", "run", "waivers")
    assert "visits-12#I.1" in told
    assert "1 new, 0 changed, 0 gone" in told
    assert json.loads(run("--json", "saved", "run", "waivers"))["new"] == []
    run("saved", "delete", "waivers")
    assert json.loads(run("--json", "saved")) == []


def test_a_search_says_the_variants_of_its_hits(tmp_path: Path, shared: Path) -> None:
    name = "germany-sofa-supplementary-agreement-1959"
    import_files(tmp_path / "r", [shared / "treaties" / "security" / f"{name}.md"])
    command = [sys.executable, "-m", "agreements", "--repo", str(tmp_path / "r"), "--json", "search", "recall waiver"]
    command += ["--topic", "jurisdiction_waiver_recall"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
    told = [v for hit in json.loads(done.stdout)["hits"] for v in hit.get("variants", ()) if "recall_days" in v]
    assert [(v["recall_days"], v["evidence"]) for v in told] == [(21, f"{name}#19.3")]
