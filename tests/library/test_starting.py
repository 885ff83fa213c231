"""From a precedent to a department's own variant: begun, said to be unfinished, finished, and used in a draft."""

from pathlib import Path

import pytest

from agreements import library
from agreements.drafting.assembly import assemble
from agreements.drafting.effects import completed
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.drafting.request import DraftRequest
from agreements.errors import AgreementsError

PRECEDENT = """\
# Agreement between the Government of the United States of America and the Government of Jordan on Visits

## Article I: Licenses

1. Jordan shall accept licenses of the Government of the United States for six (6) months, and thirty (30) days more.
2. The receiving State shall bear 25 per cent of the cost, as paragraph 1 of this Article says.

## Article II: Entry into Force

This Agreement shall enter into force on 14 March 1999.

Done at Amman on 2 March 1999.
"""


@pytest.fixture
def held(tmp_path: Path) -> Path:
    source = tmp_path / "visits.md"
    source.write_text(PRECEDENT)
    library.import_files(tmp_path / "held", [source])
    return tmp_path / "held"


def test_parties_roles_and_numbers_become_parameters(held: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    made = library.start_variant(held, "visits#I", own, family="sofa", clause="licenses", variant="half_year")
    text = made.file.read_text()
    body = text.split("---\n", 2)[2]
    assert "{{ receiving.the_short | capitalize_first }} shall accept" in body
    assert "of {{ sending.the_government }} for {{ licenses_period | period }}" in body
    assert "{{ licenses_period2 | period }}" in body
    assert "{{ licenses_percent | percent }}" in body
    assert not any(name in body for name in ("Jordan", "United States", "thirty", "25"))
    assert "precedents:\n- visits#I\n" in text
    assert any("paragraph 1 of this Article" in line for line in made.to_do)


def test_lint_says_that_it_is_unfinished_and_finds_no_error(held: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    library.start_variant(held, "visits#I", own, family="sofa", clause="claims", variant="half_year")
    found = library.lint_templates(own)
    assert {f.code for f in found} >= {"template-unfinished", "template-described", "template-differs"}
    assert [f.message for f in found if f.severity == "error"] == []
    (unfinished,) = [f for f in found if f.code == "template-unfinished"]
    assert unfinished.where.startswith("sofa/clauses/claims/half_year.md:")


def test_once_finished_it_is_a_choice_of_the_department(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    made = library.start_variant(held, "visits#I", own, family="sofa", clause="claims", variant="half_year")
    monkeypatch.setenv(OWN_TEMPLATES, str(own))
    draft = assemble(completed(DraftRequest("sofa", "agreement", {"claims_model": "half_year"})))
    assert draft.agreement is not None
    assert ("claims", "half_year") in draft.clauses
    assert "six (6) months" in " ".join(p.text for p in draft.agreement.documents[0].walk())
    made.file.unlink()
    broken = assemble(completed(DraftRequest("sofa", "agreement", {"claims_model": "C1"})))
    assert broken.agreement is not None  # the shipped variants are still there


def test_a_folder_keeps_what_it_declares(held: Path, tmp_path: Path) -> None:
    family = tmp_path / "own" / "sofa" / "family.yaml"
    family.parent.mkdir(parents=True)
    family.write_text("# ours\nparameters:\n  ours: {type: line, label: Ours}\n")
    library.start_variant(held, "visits#I", tmp_path / "own", family="sofa", clause="claims", variant="one")
    text = family.read_text()
    assert text.startswith("# ours\nparameters:\n")
    assert "ours: {type: line" in text
    with pytest.raises(AgreementsError, match="declares"):
        library.start_variant(held, "visits#I", tmp_path / "own", family="sofa", clause="claims", variant="two")
    assert not (tmp_path / "own/sofa/clauses/claims/two.md").exists()


@pytest.mark.parametrize(
    ("reference", "names", "told"),
    [
        ("visits", {}, "whole agreement"),
        ("visits#IX", {}, "IX"),
        ("visits#I", {"family": "treaty"}, "treaty"),
        ("visits#I", {"variant": "../x"}, "cannot name"),
        ("visits#I", {"sending": "Poland"}, "not a party"),
    ],
)
def test_what_cannot_be_begun(held: Path, tmp_path: Path, reference: str, names: dict[str, str], told: str) -> None:
    given = {"family": "sofa", "clause": "licenses", "variant": "half_year"} | names
    with pytest.raises(AgreementsError, match=told):
        library.start_variant(held, reference, tmp_path / "own", **given)
    assert not (tmp_path / "own").exists()
