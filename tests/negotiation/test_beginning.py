"""The first negotiation of a desk that has no repository yet."""

from pathlib import Path

from agreements.library.negotiate import begin_negotiation, negotiations_in


def test_a_negotiation_makes_its_repository(tmp_path: Path) -> None:
    desk = tmp_path / "new" / "desk"
    begin_negotiation(desk, "marn-sofa", {"partner": "Marn", "family": "sofa"})
    assert (desk / "repository.json").is_file()
    assert negotiations_in(desk).get("marn-sofa").partner == "Marn"
