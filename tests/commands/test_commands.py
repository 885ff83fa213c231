"""The command line as a person meets it: overview, exit statuses, errors in words, JSON and nothing else."""

import contextlib
import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.commands import main, output

ROOT = Path(__file__).resolve().parents[2]
TREATY = """\
# Agreement between Arland and Borduria on Visits of Forces

The Government of Arland and the Government of Borduria,

Desiring to welcome each other's ships,

Have agreed as follows:

## Article I

### Claims

1. Each Party waives all claims against the other Party for damage to its property, except contractual claims.

2. A dispute about official duty is put to an arbitrator chosen by both Parties.

## Article II

### Entry into force

This Agreement shall enter into force on the date of signature.

DONE at Kestrel City, this 14th day of March, 1999.

FOR THE GOVERNMENT OF ARLAND:

FOR THE GOVERNMENT OF BORDURIA:
"""


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in this process, from `cwd` (the checkout where none is given), and return what it said."""
    words, said, complained = [*map(str, arguments)], io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd or ROOT),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complained),
        pytest.raises(SystemExit) as ended,
    ):
        main(words)
    return subprocess.CompletedProcess(words, int(ended.value.code or 0), said.getvalue(), complained.getvalue())


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "arland-borduria-1999.md").write_text(TREATY, encoding="utf-8")
    done = run("--repo", folder / "repository", "import", folder / "arland-borduria-1999.md")
    assert done.returncode == 0, done.stderr
    return folder / "repository"


def test_the_overview_names_every_command_and_fits_the_screen() -> None:
    shown = run("--help")
    assert shown.returncode == 0
    from agreements.commands import COMMANDS

    for name in COMMANDS:
        assert f"\n  {name} " in shown.stdout
        helped = run(name, "--help")
        assert helped.returncode == 0, name
        assert len(helped.stdout.splitlines()) > 4
    assert max(map(len, shown.stdout.splitlines())) <= 100


def test_cli_py_runs_the_same_program_from_a_checkout() -> None:
    shown = subprocess.run(
        [sys.executable, ROOT / "cli.py", "--version"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert shown.stdout.startswith("agreements, version ")


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "docx"])
def test_search_writes_files_by_their_suffix(repository: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"found.{suffix}"
    done = run("--repo", repository, "search", "claims", "-o", target)
    assert done.returncode == 0 and "provisions are in" in done.stdout, done.stderr
    assert target.stat().st_size > 100


def test_search_shows_a_table_groups_and_csv(repository: Path) -> None:
    head, row = run("--repo", repository, "search", "arbitrator", "--format", "table").stdout.splitlines()[:2]
    assert head.startswith("reference") and row.startswith("arland-borduria-1999#I.2")
    grouped = run("--repo", repository, "search", "arbitrator", "--group").stdout
    assert "(1999-03-14), 1 here" in grouped
    assert run("--repo", repository, "search", "arbitrator", "--format", "csv").stdout.startswith("reference,agreement")


def test_a_search_without_words_finds_all_that_fits_the_options(repository: Path) -> None:
    found = json.loads(run("--repo", repository, "--json", "search", "--since", "1900").stdout)
    every = json.loads(run("--repo", repository, "--json", "search", "*").stdout)
    assert found["total"] == every["total"] > 0


def test_search_and_show_as_of_a_day(repository: Path) -> None:
    before = run("--repo", repository, "search", "arbitrator", "--as-of", "1998")
    assert "Nothing found" in before.stdout
    shown = run("--repo", repository, "show", "arland-borduria-1999#I.2", "--as-of", "2000-01-31")
    assert "As it stood on 2000-01-31" in shown.stdout
    assert run("--repo", repository, "show", "arland-borduria-1999", "--as-of", "then").returncode == 1


def test_cite_in_the_order_of_legal_writing(repository: Path) -> None:
    cited = run("--repo", repository, "cite", "arland-borduria-1999#I.2", "--style", "bluebook").stdout
    assert "art. I, para. 2, Mar. 14, 1999." in " ".join(cited.split())


def test_search_quotes_letter_for_letter_and_cites(repository: Path) -> None:
    found = json.loads(run("--repo", repository, "--json", "search", '"official duty" AND arbitrator').stdout)
    hit = found["hits"][0]
    assert hit["ref"] == "arland-borduria-1999#I.2"
    assert hit["snippet"] in TREATY
    assert [hit["snippet"][a:b] for a, b in hit["highlights"]] == ["official duty", "arbitrator"]
    assert "signed at Kestrel City 14 March 1999, Article I, paragraph 2; no citation established" in hit["citation"]
    assert {"query", "total", "took_ms", "hits", "facets", "suggestion"} <= set(found)


def test_json_and_repo_are_also_taken_after_the_command(repository: Path) -> None:
    after = run("search", "arbitrator", "--json", "--repo", repository)
    assert json.loads(after.stdout)["total"] == 1
    assert after.stderr == ""


def test_no_hits_is_no_error(repository: Path) -> None:
    done = run("--repo", repository, "search", "zeppelin")
    assert done.returncode == 0
    assert "Nothing found" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("frobnicate",), 2, "No such command"),
        (("search",), 2, "Say what to look for"),
        (("search", "x", "--by", "word"), 2, "--by"),
        (("show", "nato"), 1, "There is no agreement named 'nato'"),
        (("show", "arland-borduria-1999#IX"), 1, "has no provision IX"),
        (("show", "Article VII"), 1, "is not a reference"),
        (("export", "arland-borduria-1999", "--to", "rtf"), 1, "Known: akn, docx, html, json, markdown, pdf"),
        (("search", "x", "--format", "docx"), 2, "-o binder.docx"),
        (("search", "x", "-o", "found.pdf"), 2, ".csv, .xlsx or .docx"),
        (("search", "x", "-o", "found.csv", "--format", "docx"), 2, "no name for"),
        (("search", "x", "--engine", "google"), 1, "Known: opensearch, tantivy, whoosh"),
        (("draft", "params", "lease"), 1, "Known: "),
        (("parse", "no-such-file.pdf"), 1, "there is no such file"),
    ],
)
def test_errors_say_what_was_wrong_and_what_to_do(
    repository: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    done = run("--repo", repository, *arguments)
    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    as_json = run("--repo", repository, "--json", *arguments)
    assert as_json.returncode == status
    error = json.loads(as_json.stdout)["error"]
    assert set(error) == {"code", "message", "hint"}


def test_a_bad_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(TREATY, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "photo.pdf").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 600)
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04" + b"\0" * 90)
    done = run("--repo", tmp_path / "r", "--json", "import", tmp_path)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert [row["status"] for row in report["imported"]] == ["new"]
    reasons = {Path(row["file"]).name: row["error"] for row in report["failed"]}
    assert reasons.keys() == {"empty.txt", "photo.pdf", "cut.docx"}
    assert "JPEG" in reasons["photo.pdf"]
    again = json.loads(run("--repo", tmp_path / "r", "--json", "import", tmp_path / "good.md").stdout)
    assert again["imported"][0]["status"] == "unchanged"


def test_purge_leaves_nothing_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "visits.md").write_text(TREATY, encoding="utf-8")
    run("--repo", tmp_path / "r", "import", tmp_path / "visits.md")
    assert (
        run("--repo", tmp_path / "r", "purge", "visits", "--reason", "spilled", "--spill", "S-1", "--yes").returncode
        == 0
    )
    left = b"".join(p.read_bytes() for p in (tmp_path / "r").rglob("*") if p.is_file())
    assert b"arbitrator" not in left
    assert json.loads(run("--repo", tmp_path / "r", "--json", "search", "arbitrator").stdout)["total"] == 0
    refused = json.loads(run("--repo", tmp_path / "r", "--json", "import", tmp_path / "visits.md").stdout)
    assert refused["imported"][0]["status"] == "refused"


def _loaded(repository: Path, *arguments: str) -> set[str]:
    """Return the modules that a command has loaded in a process of its own."""
    script = (
        "import sys; from agreements.commands import main\n"
        f"try: main({['--repo', str(repository), *arguments]!r})\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


def test_a_search_loads_only_the_engine(repository: Path) -> None:
    """The search path of the command line starts quickly because it imports little."""
    run("--repo", repository, "search", "arbitrator")  # the index is there
    loaded = _loaded(repository, "--json", "search", "arbitrator")
    assert "agreements.search.searching" in loaded
    assert not {"pydantic", "whoosh", "yaml", "docx", "jinja2", "lxml"} & loaded


_ROOMS = ("search", "parsing", "reading", "drafting", "word", "export", "intake", "negotiation", "reviewing", "survey")


@pytest.mark.parametrize(
    ("verb", "others"),
    [
        ("cite", (*_ROOMS, "classifying", "comparing", "checks", "lineage", "ooxml", "marking")),
        ("show", (*_ROOMS, "classifying", "comparing", "checks", "ooxml", "marking")),
    ],
)
def test_a_look_at_one_text_loads_little(repository: Path, verb: str, others: tuple[str, ...]) -> None:
    """Who cites reads one agreement; who shows also what was done to it, and where its references lead."""
    run("--repo", repository, verb, "arland-borduria-1999#I.1")  # what is worked out once is there
    loaded = _loaded(repository, verb, "arland-borduria-1999#I.1")
    assert "agreements.citation" in loaded
    assert not {f"agreements.{room}" for room in others} & loaded
    assert not {"tantivy", "whoosh", "luqum", "docx", "jinja2", "lxml", "pypdfium2", "openpyxl"} & loaded
    ours = sum(name.split(".")[0] == "agreements" for name in loaded)
    most = 46 if verb == "cite" else 50  # of these, one is asked which format the repository is of
    assert ours <= most, f"{ours} modules of ours"


def test_a_repository_is_found_where_the_readme_says(tmp_path: Path, repository: Path) -> None:
    assert "There is no repository" in run("--repo", tmp_path / "none", "list").stderr
    assert json.loads(run("--json", "list", cwd=repository.parent).stdout)[0]["id"] == "arland-borduria-1999"


@given(
    st.lists(st.text(st.characters(categories=["L", "P", "Zs", "Cc"]), max_size=12), max_size=12).map(" ".join),
    st.sampled_from(["", "  ", " " * 14]),
    st.sampled_from([None, "", "· ", "mended   "]),
    st.integers(8, 40),
)
def test_wrapped_words_stand_as_the_standard_library_wraps_them(
    text: str, indent: str, first: str | None, room: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(output, "width", lambda: room)
        expected = textwrap.fill(
            text,
            room,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        assert output.wrapped(text, indent, first) == expected


def test_a_text_without_title_party_and_day_is_told_apart_in_the_list(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Call the embassy back about the frequencies by noon.\n", encoding="utf-8")
    desk = tmp_path / "repository"
    run("--repo", desk, "import", tmp_path / "note.txt")
    assert "Among them note: neither title, party nor day is known" in run("--repo", desk, "list").stdout
