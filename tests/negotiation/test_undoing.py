"""Acts on a negotiation are kept in its own folder and undone; what was on record stays there, as undone."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from agreements.errors import AgreementsError, RepositoryError
from agreements.library import Desk
from agreements.negotiation.records import RecordError
from tests.repository.test_whole_or_nothing import Killed, steps


@pytest.fixture
def desk(kept: str, tmp_path: Path) -> Desk:
    assert kept == "tamaris-sofa"
    return Desk(tmp_path / "repo")


def whats(desk: Desk) -> list[str]:
    return [act.what for act in desk.acts()]


def test_each_act_on_a_negotiation_is_in_its_own_journal(desk: Desk) -> None:
    assert whats(desk) == ["begin", "set", "round", "table", "receive", "position", "position"]
    assert not (desk.repository.root / "journal" / "acts.jsonl").exists()
    assert [act.number for act in desk.acts()] == [1, 2, 3, 4, 5, 6, 7]
    desk.set_access("tamaris-sofa", add=["Other"])
    desk.set_access("tamaris-sofa", remove=[desk.negotiation_access("tamaris-sofa").made_by])
    assert desk.acts() == ()


def test_a_text_received_is_undone_on_record_and_its_number_is_not_given_again(
    desk: Desk, texts: tuple[Path, Path], run: Callable[..., Any]
) -> None:
    kept = sorted((desk.repository.root / "negotiations" / "tamaris-sofa" / "texts").iterdir())
    undone = desk.undo(5)
    assert (undone.what, undone.undoes) == ("undo", 5)
    held = desk.negotiation_status("tamaris-sofa").negotiation
    assert [t.number for t in held.texts] == [1]
    assert held.undone[0].entry["name"] == "theirs.docx"
    assert sorted((desk.repository.root / "negotiations" / "tamaris-sofa" / "texts").iterdir()) == kept
    assert "texts 2 partner" not in run("negotiation", "status", "tamaris-sofa")[1]
    assert "text 2 partner of 2026-04-15 (undone" in run("negotiation", "status", "tamaris-sofa")[1]
    assert desk.keep_text("tamaris-sofa", texts[1], "partner", {}).text.number == 3


def test_each_act_is_listed_with_what_it_did(desk: Desk, texts: tuple[Path, Path], run: Callable[..., Any]) -> None:
    """Four acts of one verb are told apart: who cleared which text, what came from whom, which fact was set."""
    of = "tamaris-sofa"
    asked = ("--ask", "L", "--ask", "OSD", "--date", "2026-05-01", "--due", "2026-05-09")
    run("negotiation", "clear", of, "--draft", texts[0], *asked)
    run("negotiation", "clear", of, f"L={texts[1]}", "--date", "2026-05-02")
    run("negotiation", "approve", of, "L", "--date", "2026-05-03", "--text", "3")
    run("negotiation", "approve", of, "OSD", "--state", "cleared-with-condition", "--condition", "none", "--text", "3")
    run("negotiation", "agree", of, "I", "II", "--date", "2026-05-04")
    run("negotiation", "set", of, "--approver", "P. Vale")
    run("undo", "14")
    run("undo", "13")
    said = {act["number"]: act["said"] for act in run("undo", as_json=True)}
    assert said[4].startswith("text 1, ours, ours.docx, ")
    assert said[5] == "text 2, received, theirs.docx, 2026-04-15"
    assert said[6].startswith("position on ")
    assert said[8] == "text 3, draft inside, ours.docx, 2026-05-01"
    assert said[9] == "L, OSD asked to clear text 3, to answer by 2026-05-09"
    assert said[10] == "L returned theirs.docx of 2026-05-02"
    assert said[11] == "L cleared, text 3, 2026-05-03"
    assert said[12].startswith("OSD cleared with condition, text 3")
    assert said[13].startswith("I, II ad referendum")
    assert said[14] == "authority approver: P. Vale"
    assert said[15] == "authority approver: nothing"
    assert said[16].startswith("takes back I, II ad referendum")
    assert "     L cleared, text 3, 2026-05-03\n" in run("undo")[1]
    for earlier in (desk.repository.root / "negotiations" / of / "history").glob("*"):
        earlier.unlink()
    assert "11  " in run("undo")[1]  # what is no longer kept is not told, and nothing fails
    assert "L cleared" not in run("undo")[1]


def test_an_undone_act_comes_back(desk: Desk) -> None:
    before = desk.negotiation_status("tamaris-sofa").negotiation
    desk.undo(desk.undo(5).number)
    assert desk.negotiation_status("tamaris-sofa").negotiation == before


def test_facts_last_first_and_positions_by_themselves(desk: Desk) -> None:
    with pytest.raises(RepositoryError, match=r"built on by 4 \(table\), 5 \(receive\)"):
        desk.undo(3)
    desk.undo(7)
    desk.undo(6)  # the first position: none is left
    assert not desk.negotiation_status("tamaris-sofa").positions.positions
    for number in (5, 4, 3):
        desk.undo(number)
    held = desk.negotiation_status("tamaris-sofa").negotiation
    assert (held.texts, held.rounds) == ((), ())
    assert [each.what for each in held.undone] == ["texts", "texts", "rounds"]
    assert desk.add_round("tamaris-sofa", {"date": "2026-05-01"}).number == 2


@pytest.fixture
def three(tmp_path: Path) -> Desk:
    """A desk with positions on I, II and III, by the acts 2 to 4, and II changed again by act 5."""
    (tmp_path / "r").mkdir()
    desk = Desk(tmp_path / "r")
    desk.begin_negotiation("talks", {"partner": "Tamaris"})
    for key, partner in (("I", "as we"), ("II", "less"), ("III", "more"), ("II", "nothing")):
        desk.record_position("talks", key, {"partner": partner})
    return desk


def wanted(desk: Desk) -> dict[str, str]:
    return {each.key: each.partner for each in desk.negotiation_status("talks").positions.positions}


def test_a_position_is_undone_while_later_ones_on_others_stand(three: Desk) -> None:
    undone = three.undo(2)
    assert (undone.what, undone.undoes) == ("undo", 2)
    assert wanted(three) == {"II": "nothing", "III": "more"}
    three.undo(5)
    assert wanted(three) == {"II": "less", "III": "more"}
    three.undo(undone.number)  # it comes back in its place
    assert list(wanted(three).items()) == [("I", "as we"), ("II", "less"), ("III", "more")]
    three.undo(3)
    three.undo(4)
    assert wanted(three) == {"I": "as we"}


def test_a_position_that_was_changed_later_is_not_undone_before_that(three: Desk) -> None:
    path = three.repository.root / "negotiations" / "talks" / "positions.yaml"
    before = path.read_bytes()
    with pytest.raises(RepositoryError, match=r"built on by 5 \(position\)"):
        three.undo(3)
    assert path.read_bytes() == before


def test_what_was_changed_by_hand_is_not_undone_over(three: Desk) -> None:
    path = three.repository.root / "negotiations" / "talks" / "positions.yaml"
    three.undo(5)
    path.write_text(path.read_text("utf-8").replace("as we", "by hand"), "utf-8")
    with pytest.raises(RecordError, match=r"positions\.yaml of talks was changed by hand since"):
        three.undo(4)
    three.record_position("talks", "IV", {"partner": "new"})
    with pytest.raises(RecordError, match="the position on I was changed by hand since"):
        three.undo(2)
    three.undo(4)
    assert wanted(three) == {"I": "by hand", "II": "less", "IV": "new"}


def test_an_act_of_which_no_version_is_kept_is_taken_to_rest_on_all(three: Desk) -> None:
    history = three.repository.root / "negotiations" / "talks" / "history"
    latest = max(history.glob("*-positions.yaml"))
    latest.unlink()  # what act 4 left, and act 5 was made from
    with pytest.raises(RepositoryError, match=r"built on by 4 \(position\), 5 \(position\)"):
        three.undo(2)


def test_the_marking_is_undone_by_itself(three: Desk, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "marking: SENSITIVE BUT UNCLASSIFIED\npositions:\n- path: V\n  partner: all\n", "utf-8"
    )
    three.take_positions("talks", tmp_path / "own.yaml")
    three.record_position("talks", "I", {"partner": "no more"})
    three.undo(6)
    held = three.negotiation_status("talks").positions
    assert (held.marking, list(wanted(three))) == ("", ["I", "II", "III"])
    assert wanted(three)["I"] == "no more"


@pytest.mark.parametrize(("number", "why"), [(1, "ended, not undone"), (8, "released, not undone")])
def test_what_has_a_way_of_its_own_is_refused(desk: Desk, number: int, why: str) -> None:
    desk.hold_negotiation("tamaris-sofa", "Litigation")
    with pytest.raises(AgreementsError, match=why):
        desk.undo(number)


@pytest.mark.parametrize("fatal", range(1, 12))
def test_the_journal_agrees_with_the_files_after_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fatal: int
) -> None:
    (tmp_path / "r").mkdir()
    desk = Desk(tmp_path / "r")
    desk.begin_negotiation("talks", {"partner": "Tamaris"})
    with monkeypatch.context() as patch:
        list(steps(patch, fatal, Killed()))
        with suppress(Killed):
            desk.add_round("talks", {"date": "2026-05-01"})
    desk.add_step("talks", {"what": "call"})
    held = desk.negotiation_status("talks").negotiation
    assert ("round" in whats(desk)) == bool(held.rounds)
    at = ""
    for act in desk.acts():
        was, now = act.files["negotiation.yaml"]
        assert was == at
        at = now
