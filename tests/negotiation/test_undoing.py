"""Acts on a negotiation are kept in its own folder and undone; what was on record stays there, as undone."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from agreements.errors import AgreementsError, RepositoryError
from agreements.library import Desk
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
