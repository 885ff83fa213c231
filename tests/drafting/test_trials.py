"""Trial drafts reach every value of every choice, and name the one with which a draft fails."""

from pathlib import Path

import pytest

from agreements.drafting.loading import family
from agreements.drafting.trials import trials
from agreements.resources import shipped

FAMILY = """\
id: pact
label: Pact
version: "1"
parameters:
  help: {type: boolean, label: Help, default: "no"}
  help_kind: {type: choice, label: Kind, choices: [food, arms], default: food, when: help}
  guests: {type: choice, label: Guests, choices: [few, many], default: few}
forms:
  agreement:
    label: Pact
    title: Pact
    outline:
      - {clause: peace}
      - {clause: guests, choose: {parameter: guests}}
      - {clause: help, when: help, choose: {parameter: help_kind}}
"""
CLAUSES = {
    "peace/standard": "## {#peace}: Peace\n\nThere is peace.\n",
    "guests/few": "## {#guests}: Guests\n\nFew come.\n",
    "guests/many": "## {#guests}: Guests\n\nMany come.\n",
    "help/food": "## {#help}: Help\n\nFood is given.\n",
    "help/arms": "## {#help}: Help\n\nArms are given.\n",
}


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, ...]:
    for name, body in CLAUSES.items():
        path = tmp_path / "own" / "pact" / "clauses" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\nlabel: Ours\n---\n{body}")
    (tmp_path / "own" / "pact" / "family.yaml").write_text(FAMILY)
    over = tmp_path / "over"
    over.mkdir()
    (over / "common").symlink_to(shipped("templates") / "common")
    return (tmp_path / "own", over)


def test_a_sound_family_has_no_findings(roots: tuple[Path, ...]) -> None:
    assert list(trials(family("pact", roots), roots)) == []


@pytest.mark.parametrize(
    ("clause", "choice"),
    [("guests/many", "guests: many"), ("help/food", "help: yes"), ("help/arms", "help_kind: arms")],
    ids=["a value that is no default", "a clause that a condition lets in", "a choice under a condition"],
)
def test_the_choice_that_fails_is_named(roots: tuple[Path, ...], clause: str, choice: str) -> None:
    path = roots[0] / "pact" / "clauses" / f"{clause}.md"
    path.write_text(path.read_text().replace("given.", "{{ ref('nowhere') }}.").replace("Many", "{{ ref('nowhere') }}"))
    (found,) = trials(family("pact", roots), roots)
    assert found.code == "template-assembly"
    assert "nowhere" in found.message
    assert choice in found.message
