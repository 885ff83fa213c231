"""Who may not see a negotiation sees nothing of it: in no list, calendar, page, count or message."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.errors import AgreementsError, NotFoundError
from agreements.library import Desk
from agreements.negotiation.access import Access
from agreements.negotiation.records import RecordError

CANARY = "quokkaharbour"
FACTS = {"partner": "EST", "family": "sofa", "title": f"On {CANARY}", "agreement": ""}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a negotiation of Mara's, and one of Ilo's that nobody else may see."""
    for user, name in (("Mara", "tamaris-sofa"), ("Ilo", f"{CANARY}-talks")):
        (tmp_path / "r").mkdir(exist_ok=True)
        desk = Desk(tmp_path / "r", user=user)
        desk.begin_negotiation(name, {**FACTS, "title": name})
        desk.set_negotiation(name, {"authority": {"expires": "2031-01-01", "approved": "2026-01-01"}})
        desk.add_step(name, {"what": f"call on {name}", "due": "2031-02-01"})
        desk.record_position(name, "official_tax", {"held_elsewhere": f"Registry, {name}"})
    return tmp_path / "r"


def everything(desk: Desk, other: str) -> str:
    """All that is shown to whoever sits there, and what is said when they name the negotiation of another."""
    said: list[Any] = [
        desk.search("tax").hits, desk.acts(),
        desk.negotiation_list(), desk.calendar(), desk.listing(), desk.partner("EST").as_json(),
        desk.doctor(),
    ]  # fmt: skip
    for verb in (desk.negotiation_status, desk.sides_of, desk.negotiation_access):
        with pytest.raises(NotFoundError) as refused:
            verb(other)
        said.append(refused.value.hint)
    return repr(said)


def test_nothing_of_a_negotiation_is_shown_to_others(folder: Path) -> None:
    (folder / "x.md").write_text("# Agreement on taxes\n\n## Article I\n\nNo tax is due.\n", "utf-8")
    library.import_files(folder, [folder / "x.md"], jobs=1)
    mara, ilo = Desk(folder, user="Mara"), Desk(folder, user="Ilo")
    assert CANARY not in everything(mara, f"{CANARY}-talks")
    assert "tamaris-sofa" not in everything(ilo, "tamaris-sofa")
    assert [n.id for n in mara.negotiation_list()[0]] == ["tamaris-sofa"]
    assert CANARY in repr(ilo.calendar())
    assert Desk(folder, user="somebody").negotiation_list() == ((), ())
    with pytest.raises(NotFoundError):
        mara.record_position(f"{CANARY}-talks", "official_tax", {"held_elsewhere": "x"})
    with pytest.raises(NotFoundError):
        mara.purge_negotiation(f"{CANARY}-talks", "x", spill="S-1")


def test_others_are_let_in_and_out_by_name(folder: Path) -> None:
    mara, ilo = Desk(folder, user="mara"), Desk(folder, user="Ilo")  # capitals do not count
    assert mara.negotiation_access("tamaris-sofa") == Access(made_by="Mara", may_see=("Mara",))
    mara.set_access("tamaris-sofa", add=["Ilo", "ilo "])
    assert ilo.negotiation_access("tamaris-sofa").may_see == ("Mara", "Ilo")
    ilo.set_access("tamaris-sofa", remove=["MARA"])
    assert mara.negotiation_list() == ((), ())
    with pytest.raises(RecordError, match="Nobody would be left"):
        ilo.set_access("tamaris-sofa", remove=["Ilo"])
    with pytest.raises(RecordError, match="zed may not see it"):
        ilo.set_access("tamaris-sofa", remove=["Zed"])
    assert len([*(folder / "negotiations" / "tamaris-sofa" / "history").glob("*access.yaml")]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="rights of the folder above go on")
def test_the_folder_is_closed_and_doctor_tells_where_it_is_open(folder: Path) -> None:
    mara, own = Desk(folder, user="Mara"), folder / "negotiations" / "tamaris-sofa"
    codes: Callable[[], list[str]] = lambda: [c.finding.code for c in mara.doctor().concerns]  # noqa: E731
    assert own.stat().st_mode & 0o777 == 0o700
    assert "folder-open" not in codes()
    own.chmod(0o750)
    assert "folder-open" in codes()
    assert "folder-open" not in [c.finding.code for c in Desk(folder, user="Ilo").doctor().concerns]
    mara.set_access("tamaris-sofa", add=["Ilo"])
    assert own.stat().st_mode & 0o777 == 0o770
    assert "folder-open" not in codes()
    own.chmod(0o775)
    assert "folder-open" in codes()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of the folder above go on")
def test_all_of_a_negotiation_is_closed_from_the_moment_it_exists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "r").mkdir(mode=0o755)
    (tmp_path / "theirs.md").write_text("# Agreement\n\n## Article I\n\nNo tax is due.\n", "utf-8")
    opened: dict[str, int] = {}
    replace, mkdir, fsync = os.replace, os.mkdir, os.fsync

    def look(path: Any) -> None:
        if "negotiations/" in os.fspath(path):
            opened[os.fspath(path)] = os.stat(path).st_mode & 0o777  # noqa: PTH116

    def replaced(source: Any, target: Any) -> None:
        look(source)
        replace(source, target)

    def made(path: Any, mode: int = 0o777, **options: Any) -> None:
        mkdir(path, mode, **options)
        look(path)

    def synced(descriptor: int) -> None:
        if "/negotiations/" in (name := str(Path(f"/proc/self/fd/{descriptor}").readlink())):
            opened[name] = os.fstat(descriptor).st_mode & 0o777
        fsync(descriptor)

    before = os.umask(0)
    try:
        monkeypatch.setattr(os, "replace", replaced)
        monkeypatch.setattr(os, "mkdir", made)
        if sys.platform == "linux":
            monkeypatch.setattr(os, "fsync", synced)
        desk = Desk(tmp_path / "r", user="Mara")
        desk.begin_negotiation("talks", FACTS)
        desk.record_position("talks", "official_tax", {"partner": "less"})
        desk.record_position("talks", "official_tax", {"partner": "none"})
        desk.keep_text("talks", tmp_path / "theirs.md", "partner", {})
    finally:
        os.umask(before)
    own = tmp_path / "r" / "negotiations" / "talks"
    assert any(".tmp-" in name and name.endswith("positions.yaml") for name in opened)
    assert any(name.endswith("history") for name in opened)
    assert [name for name, mode in opened.items() if mode & 0o077] == []
    assert [path for path in (own, *own.rglob("*")) if path.stat().st_mode & 0o077] == []
    desk.set_access("talks", add=["Ilo"])  # its group reads the files too
    assert {path.stat().st_mode & 0o777 for path in (own, *own.rglob("*"))} == {0o770, 0o660}
    desk.set_access("talks", remove=["Ilo"])
    assert {path.stat().st_mode & 0o777 for path in (own, *own.rglob("*"))} == {0o700, 0o600}


def test_one_of_an_earlier_version_is_seen_by_all_and_told(folder: Path) -> None:
    (folder / "negotiations" / "tamaris-sofa" / "access.yaml").unlink()
    other = Desk(folder, user="Other")
    assert [n.id for n in other.negotiation_list()[0]] == ["tamaris-sofa"]
    assert "negotiation-open" in [c.finding.code for c in other.doctor().concerns]
    other.set_access("tamaris-sofa", add=["Mara"])
    assert Desk(folder, user="Mara").negotiation_access("tamaris-sofa").may_see == ("Other", "Mara")
    assert Desk(folder, user="Ilo").negotiation_list()[0][0].id == f"{CANARY}-talks"


def codes(desk: Desk) -> list[tuple[str, str]]:
    """The code and place of all that `doctor` says of negotiations."""
    found = [concern.finding for concern in desk.doctor().concerns]
    return [(each.code, each.where) for each in found if each.where.startswith("negotiations")]


def emptied(path: Path) -> None:
    path.write_text("", "utf-8")


def torn(path: Path) -> None:
    path.write_text("may_see: {", "utf-8")


def of_nobody(path: Path) -> None:
    path.write_text("made_by: Mara\n", "utf-8")


def marked(path: Path) -> None:
    path.write_text("may_see: [Mara]  # SECRET//NOFORN\n", "utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone_with_an_earlier_one_kept(path: Path) -> None:
    (path.parent / "history").mkdir(exist_ok=True)
    path.rename(path.parent / "history" / f"20260101T000000.000000Z-{path.name}")


@pytest.mark.parametrize("broken", [emptied, torn, of_nobody, marked, a_folder, gone_with_an_earlier_one_kept])
def test_a_damaged_list_closes_the_negotiation_and_is_told_without_its_name(
    folder: Path, broken: Callable[[Path], None]
) -> None:
    assert codes(Desk(folder, user="Mara")) == []
    broken(folder / "negotiations" / "tamaris-sofa" / "access.yaml")
    for user in ("Mara", "Ilo", "Somebody"):
        desk = Desk(folder, user=user)
        assert "tamaris-sofa" not in everything(desk, "tamaris-sofa")
        assert codes(desk) == [("damaged", "negotiations")]
        (told,) = (c.finding for c in desk.doctor(repair=True).concerns if c.finding.code == "damaged")
        assert "closed to everybody" in told.message
        assert "history" in told.fix
    assert Desk(folder, user="Mara").negotiation_list() == ((), ())


def test_a_file_left_in_a_closed_negotiation_is_told_to_those_who_see_it(folder: Path) -> None:
    left = folder / "negotiations" / "tamaris-sofa" / ".tmp-999999999-positions.yaml"
    left.write_text("x", "utf-8")
    mara, ilo = Desk(folder, user="Mara"), Desk(folder, user="Ilo")
    assert codes(ilo) == []
    ilo.doctor(repair=True)
    assert left.exists()
    assert codes(mara) == [("left-over", "negotiations/tamaris-sofa/.tmp-999999999-positions.yaml")]
    mara.doctor(repair=True)
    assert not left.exists()


def test_each_break_of_a_journal_is_told_and_mended_where_nothing_is_lost(folder: Path) -> None:
    mara, ilo = Desk(folder, user="Mara"), Desk(folder, user="Ilo")
    own = folder / "negotiations" / "tamaris-sofa"
    where, whole = "negotiations/tamaris-sofa/acts.jsonl", (own / "acts.jsonl").read_bytes()
    (own / "acts.jsonl").write_bytes(whole + b'{"number":')
    assert (codes(mara), codes(ilo)) == ([("left-over", where)], [])
    mara.doctor(repair=True)
    assert (own / "acts.jsonl").read_bytes() == whole
    (own / "acts.pending.json").write_bytes(b"{")
    assert (codes(mara), codes(ilo)) == ([("damaged", where)], [])
    mara.doctor(repair=True)
    assert (own / "damaged-acts.pending.json").read_bytes() == b"{"
    (own / "acts.pending.json").write_bytes(whole.splitlines(keepends=True)[-1].replace(b'"number":', b'"number":9'))
    assert codes(mara) == [("left-over", where)]
    mara.doctor(repair=True)
    assert (codes(mara), (own / "acts.pending.json").exists()) == ([], False)
    (own / "acts.jsonl").write_bytes(b"{}\n" + whole)
    assert codes(mara) == [("damaged", where)]
    mara.doctor(repair=True)
    assert codes(mara) == [("damaged", where)]  # nobody can know what stood there
    assert (own / "acts.jsonl").read_bytes() == b"{}\n" + whole


def test_half_a_file_that_reads_as_a_whole_one_is_told(folder: Path) -> None:
    mara = Desk(folder, user="Mara")
    file = folder / "negotiations" / "tamaris-sofa" / "negotiation.yaml"
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(b"steps:")])
    assert mara.negotiation_status("tamaris-sofa").negotiation.steps == ()
    assert codes(mara) == [("text-changed", "negotiations/tamaris-sofa/negotiation.yaml")]
    file.write_bytes(whole)
    assert codes(mara) == []


def test_the_command_line_is_used_by_whoever_is_logged_in(
    folder: Path, run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "Mara")
    os.rename(folder, tmp_path / "repo")  # noqa: PTH104
    assert [row["id"] for row in run("negotiation", "list", as_json=True)] == ["tamaris-sofa"]
    assert run("negotiation", "access", "tamaris-sofa", "--add", "Ilo", as_json=True)["may_see"] == ["Mara", "Ilo"]
    code, out, err = run("negotiation", "status", f"{CANARY}-talks")
    assert code == 1
    assert "Known: tamaris-sofa" in " ".join((out + err).split())
    assert "talks" not in err.replace(f"{CANARY}-talks", "")


def test_a_name_with_a_marking_in_use_is_refused(folder: Path) -> None:
    with pytest.raises(AgreementsError):
        Desk(folder, user="Mara").set_access("tamaris-sofa", add=["SECRET//NOFORN"])
