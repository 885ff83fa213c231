"""A write that was made from what somebody else has changed since is refused, with both texts."""

from pathlib import Path

import pytest

from agreements import library
from agreements.errors import ChangedMeanwhileError
from agreements.library import Desk

TEXT = "# Agreement on harbour fees\n\n## Article I\n\nFees are due at the end of a month.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "fees.md").write_text(TEXT, "utf-8")
    library.import_files(tmp_path / "r", [tmp_path / "fees.md"], jobs=1)
    return Desk(tmp_path / "r")


def changed(desk: Desk, name: str, words: str, expected: str) -> None:
    text = desk.repository.root.parent / name
    main = (desk.repository.folder("fees") / "agreement.md").read_text("utf-8")
    text.write_text(main.replace("the end of a month", words), "utf-8")
    desk.edit_from("fees", text, expected=expected)


def test_of_two_edits_from_one_text_the_second_is_refused_and_has_both(desk: Desk) -> None:
    seen = desk.get("fees").fingerprint
    other = desk.repository.root.parent / "second.md"
    other.write_text(
        (desk.repository.folder("fees") / "agreement.md").read_text("utf-8").replace("due", "owed"), "utf-8"
    )
    changed(desk, "first.md", "the end of a year", seen)
    assert desk.get("fees#I").fingerprint != seen
    with pytest.raises(ChangedMeanwhileError) as refused:
        desk.edit_from("fees", other, expected=seen)
    assert refused.value.code == "changed"
    assert "owed at the end of a month" in refused.value.ours
    assert "due at the end of a year" in refused.value.theirs
    assert not (desk.repository.root / "edits" / "fees").exists()  # the next one begins anew
    desk.edit_from("fees", other, expected=desk.get("fees").fingerprint)
    assert "owed" in (desk.repository.folder("fees") / "agreement.md").read_text("utf-8")


def test_facts_and_positions_of_a_negotiation_are_guarded_each_by_itself(desk: Desk) -> None:
    desk.begin_negotiation("talks", {"partner": "Tamaris"})
    seen = desk.negotiation_status("talks").fingerprint
    desk.record_position("talks", "official_tax", {"held_elsewhere": "Registry, file 1"}, expected=seen)
    desk.set_negotiation("talks", {"title": "On fees"}, expected=seen)  # the facts did not move
    with pytest.raises(ChangedMeanwhileError) as refused:
        desk.record_position("talks", "official_tax", {"held_elsewhere": "Registry, file 2"}, expected=seen)
    assert ("file 2" in refused.value.ours, "file 1" in refused.value.theirs) == (True, True)
    for verb, given in (
        (desk.set_negotiation, ({"title": "On other fees"},)),
        (desk.add_round, ({"date": "2026-05-01"},)),
        (desk.record_approval, ({"office": "L"},)),
        (desk.add_step, ({"what": "call"},)),
    ):
        with pytest.raises(ChangedMeanwhileError, match="changed by somebody else"):
            verb("talks", *given, expected=seen)
    now = desk.negotiation_status("talks").fingerprint
    desk.add_step("talks", {"what": "call"}, expected=now)
    with pytest.raises(ChangedMeanwhileError):
        desk.finish_step("talks", 1, expected=now)
    desk.finish_step("talks", 1)  # whoever says nothing writes as before
