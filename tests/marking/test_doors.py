"""Every door of the product is shut to markings, in and out, and nothing of what was refused stays on the disk."""

# ruff: noqa: E501  (tables of files and doors, one a line)

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from agreements import library
from agreements.commands import main
from agreements.drafting import interview_file
from agreements.drafting.interview import Answers, Interview
from agreements.drafting.request import DraftRequest, request_from
from agreements.errors import AgreementsError, ClassifiedError
from agreements.export import export
from agreements.model import Agreement, Document, Provision
from agreements.negotiation.records import read_record
from agreements.reading import save_checked
from agreements.word.handover import make_handover
from tests.marking import doors
from tests.marking.corpus import IN_USE, INNOCENT, Case

CANARY = "quellmuschel"
SPILL = f"(S//NF) The {CANARY} of their minister is small."
PLAIN = "\n\n".join(doors.BODY)


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which all that a run leaves behind must lie: repository, home, temporary files."""
    for name in ("repo", "home", "tmp"):
        (tmp_path / "all" / name).mkdir(parents=True)
    for variable, name in (
        ("HOME", "home"),
        ("USERPROFILE", "home"),
        ("TMPDIR", "tmp"),
        ("TEMP", "tmp"),
        ("TMP", "tmp"),
    ):
        monkeypatch.setenv(variable, str(tmp_path / "all" / name))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delitem(multiprocessing.current_process()._config, "tempdir", raising=False)  # it keeps its first one
    return tmp_path / "all"


def _left(folder: Path) -> list[str]:
    """Return the files below `folder` that hold the canary in their bytes, in either encoding, or in their names."""
    words = [CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.upper().encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if CANARY in path.name or any(word in path.read_bytes() for word in words)]


def _files(folder: Path) -> list[Path]:
    """Write refused files of every kind, each with the canary, and one that is fine."""
    folder.mkdir()
    good = folder / "good.txt"
    good.write_text(PLAIN, encoding="utf-8")
    made = {
        "a.txt": f"SECRET\n\n{PLAIN}\n\nThe {CANARY} is small.".encode(),
        "b.md": f"---\nmarking: SECRET\nnote: {CANARY}\n---\n# Agreement\n\n## Article I\n\n{PLAIN}".encode(),
        "c.html": f"<html><head><title>SECRET//NOFORN {CANARY}</title></head><body><p>{PLAIN}</p></body></html>".encode(),
        "d.docx": doors.word_file("comment", SPILL),
        "e.docx": doors.word_file("hidden", SPILL),
        "f.pdf": doors._pdf("paragraph", SPILL).data,
        "g.jsonl": f'{{"id": "{CANARY}", "title": "(S) {CANARY}", "text": "{CANARY}"}}'.encode(),
        f"(S) {CANARY}.txt": PLAIN.encode(),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [good, *(folder / name for name in made)]


def test_nothing_of_what_was_refused_stays(places: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = _files(tmp_path / "spilled")
    report = library.import_files(places / "repo", files)
    library.search(places / "repo", "harbour")
    assert [row.id for row in report.imported] == ["good"]
    assert len(report.failed) == len(files) - 1
    assert {row.code for row in report.failed} == {"classified"}
    assert not [row for row in report.failed if CANARY in row.error]
    for path in files[1:]:
        with pytest.raises(SystemExit):
            main(["--repo", str(places / "repo"), "parse", str(path)])
        assert CANARY not in "".join(capsys.readouterr()).replace(path.name, "")
    assert not _left(places)


@pytest.mark.parametrize("case", [c for c in IN_USE if c.place.startswith("word.")], ids=lambda c: c.id)
def test_no_marking_in_use_is_let_out(case: Case, tmp_path: Path) -> None:
    file, out = tmp_path / "theirs.docx", tmp_path / "out.docx"
    file.write_bytes(doors.word_file(case.place.removeprefix("word."), case.text))
    with pytest.raises(ClassifiedError):
        make_handover(file, out, revisions="accept")
    with pytest.raises(ClassifiedError):
        save_checked(out, file.read_bytes())
    assert not out.exists()


def test_innocent_files_are_let_out(tmp_path: Path) -> None:
    for case in (c for c in INNOCENT if c.place.startswith("word.")):
        save_checked(tmp_path / "out.docx", doors.word_file(case.place.removeprefix("word."), case.text))


def _agreement(text: str, **facts: str) -> Agreement:
    provisions = tuple(
        Provision(kind="paragraph", number=str(n), text=t) for n, t in enumerate((doors.HARBOUR, text), 1)
    )
    return Agreement(id="harbour", documents=(Document(provisions=provisions),), **facts)


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_an_agreement_that_bears_a_marking_is_not_exported(form: str, tmp_path: Path) -> None:
    with pytest.raises(ClassifiedError):
        export(_agreement("(S//NF) The pier is theirs."), form)
    with pytest.raises(ClassifiedError):
        export(_agreement(doors.FORCE, marking="SECRET"), form, tmp_path / "out")
    assert export(_agreement(doors.FORCE, marking="CUI"), form).text


FAMILY = {"family": "sofa"}
DECISIONS = {"decisions": [{"path": "I", "do": "counter", "text": "(S//NF) The pier stays."}]}


def _decisions(folder: Path) -> None:
    from agreements.reviewing.decisions import resolve

    path = folder / "answer.yaml"
    path.write_text(yaml.safe_dump(DECISIONS), encoding="utf-8")
    resolve(None, path)  # type: ignore[arg-type]  # refused before the review is looked at


def _hold(folder: Path) -> None:
    library.import_files(folder, [_good(folder)])
    library.hold(folder, "good", "(S) The court asked.")


def _purge(folder: Path) -> None:
    library.import_files(folder, [_good(folder)])
    library.purge(folder, "good", "SECRET//NOFORN words", spill="S-1")


def _edit(folder: Path) -> None:
    library.import_files(folder, [_good(folder)])
    edited = folder.parent / "edited.md"
    text = next(folder.rglob("agreement.md")).read_text(encoding="utf-8")
    edited.write_text(f"{text}\n\n{SPILL}\n", encoding="utf-8")
    library.edit_from(folder, "good", edited)


def _good(folder: Path) -> Path:
    path = folder.parent / "good.txt"
    path.write_text(PLAIN, encoding="utf-8")
    return path


TYPED: dict[str, Callable[[Path], object]] = {
    "parameter": lambda folder: request_from({**FAMILY, "parameters": {"place": "Lorn (S//NF)"}}, "p.yaml"),
    "marking of a draft": lambda folder: request_from({**FAMILY, "marking": "SECRET"}, "p.yaml"),
    "rationale of a draft": lambda folder: request_from(
        {**FAMILY, "rationale": {"claims": "(S) They asked."}}, "p.yaml"
    ),
    "unknown field of a draft": lambda folder: request_from({**FAMILY, "remark": "SECRET//NOFORN"}, "p.yaml"),
    "interview": lambda folder: interview_file.save(
        Interview(Answers(DraftRequest("sofa", parameters={"place": "(S) Lorn"}))), folder / "p.yaml"
    ),
    "title of a negotiation": lambda folder: library.begin_negotiation(
        folder, "talks", {"partner": "Lorn", "family": "sofa", "title": "(S) Talks"}
    ),
    "counter text": _decisions,
    "reason of a hold": _hold,
    "reason of a purge": _purge,
    "edit": _edit,
    "note of a search": lambda folder: library.save_search(folder, "mine", "harbour", note="(S) for the talks"),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED.keys())
def test_what_is_typed_is_looked_at(typed: Callable[[Path], object], places: Path) -> None:
    with pytest.raises(ClassifiedError) as caught:
        typed(places / "repo")
    assert "pier" not in str(caught.value)
    assert not _left(places / "repo")


def test_a_damaged_file_of_decisions_is_still_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "answer.yaml"
    path.write_text("decisions: [", encoding="utf-8")
    with pytest.raises(AgreementsError):
        read_record(path, type(_agreement("x")))


def test_a_declassified_print_is_let_in_and_that_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "print.txt"
    path.write_text(f"~~SECRET~~\n\nDECLASSIFIED 4 May 1999 by the Department of Lorn\n\n{PLAIN}", encoding="utf-8")
    report = library.import_files(tmp_path / "repo", [path])
    found = [f for row in report.imported for f in row.findings if f.code == "declassified-print"]
    assert len(found) == 1
    assert "DECLASSIFIED 4 May 1999 by the Department of Lorn" in found[0].message
    assert "1999-05-04" in found[0].message
    kept = next((tmp_path / "repo").rglob("reading.json")).read_text(encoding="utf-8")
    assert "declassified-print" in kept
