"""From the agreements that a department holds to proposals, to a variant taken, to a draft that uses it."""

from pathlib import Path

import pytest

from agreements import library
from agreements.comparing.harvest import Harvest
from agreements.drafting.assembly import assemble
from agreements.drafting.effects import completed
from agreements.drafting.loading import OWN_TEMPLATES
from agreements.drafting.request import DraftRequest
from agreements.errors import AgreementsError, NotFoundError

TITLE = (
    "Agreement between the Government of the United States of America and the Government of {} on the Status of Forces"
)
AMMAN = {
    "adjective": "Jordanian",
    "place": "Amman",
    "day": "2 March 1999",
    "period": "six (6) months",
    "sum": "USD 5,000",
}
ABECHE = {
    "adjective": "Chadian",
    "place": "Abeche",
    "day": "7 June 2005",
    "period": "ninety (90) days",
    "sum": "USD 9,000",
}
WAIVER = """\
# {title}

## Article I: Purpose

This Agreement settles the status of {adjective} and United States forces present in {state} for exercises.

## Article II: Claims

1. {state} waives any and all claims against the United States, other than contractual claims, for damage to, loss of,
or destruction of its property, or injury or death of its personnel, that arise from activities under this Agreement.
2. A claim of a third party up to {sum} shall be presented within {period} to the office of U.S. forces at {place}.

Done at {place} on {day}.
"""
OTHER = """\
# {title}

## Article I: Purpose

This Agreement settles the status of forces.

## Article V: Claims

The Parties shall settle every claim against a member of the force by consultation between their ministers alone, and a
court of Kenya shall hear none before those consultations have ended.

Done at Nairobi on 4 May 2012.
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harvest")
    texts = {
        "jordan": WAIVER.format(title=TITLE.format("Jordan"), state="Jordan", **AMMAN),
        "chad": WAIVER.format(title=TITLE.format("Chad"), state="Chad", **ABECHE),
        "kenya": OTHER.format(title=TITLE.format("Kenya")),
    }
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)
        library.import_files(folder / "held", [folder / f"{name}.md"], agreement_id=name, family="sofa")
    return folder / "held"


@pytest.fixture(scope="module")
def found(held: Path) -> Harvest:
    return library.harvest_templates(held, "claims")


def test_one_formula_with_two_partners_is_one_wording_and_the_most_shared_comes_first(found: Harvest) -> None:
    first, second = found.wordings
    assert [text.ref for text in first.texts] == ["chad#II", "jordan#II"]  # the newest gives the words
    assert [text.ref for text in second.texts] == ["kenya#V"]
    assert first.code == "C1"
    assert found.silent == ()


def test_names_places_dates_periods_and_sums_are_parameters(found: Harvest) -> None:
    body = found.wordings[0].proposal.body
    assert not any(words in body for words in ("Chad", "United States", "U.S.", "ninety", "9,000", "Abeche"))
    assert "{{ sending.adjective }} forces" in body
    assert {row["type"] for row in found.wordings[0].proposal.declares.values()} == {"period", "money", "line"}


def test_a_proposal_says_that_it_is_not_ours_where_it_was_agreed_and_that_nobody_weighed_it(found: Harvest) -> None:
    front = found.wordings[0].proposal.front
    assert front["taken_from"].startswith("Not written by us")
    assert front["precedents"] == ["chad#II", "jordan#II"]
    assert front["effect"].startswith("Not weighed by anyone yet. It reads as C1")
    assert "full_waiver" in front["effect"]
    assert "“ninety (90) days” in chad; “six (6) months” in jordan" in front["note"]
    assert "full_waiver" in " ".join(front["differs"].values())


def test_one_is_taken_and_drafted_with(found: Harvest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own"
    written = library.write_proposals(found, own)
    assert len(written.written) == 2
    wanted = found.wordings[0].proposal
    monkeypatch.setenv(OWN_TEMPLATES, str(own))
    before = assemble(completed(DraftRequest("sofa", "agreement", {"claims_model": wanted.name})))
    assert ("claims", wanted.name) not in before.clauses  # nothing of a proposal is in a draft until it is taken
    taken = library.take_proposal(own, wanted.id)
    assert taken.asked_by == f"parameters: {{claims_model: {wanted.name}}}"
    draft = assemble(completed(DraftRequest("sofa", "agreement", {"claims_model": wanted.name})))
    assert draft.agreement is not None
    assert ("claims", wanted.name) in draft.clauses
    words = " ".join(p.text for p in draft.agreement.documents[0].walk())
    assert "up to USD 9,000 shall be presented within ninety (90) days to the office of U.S. forces" in words
    assert {"clause-taken", "clause-unfinished"} <= {f.code for f in draft.findings}
    assert [f.message for f in library.lint_templates(own) if f.severity == "error"] == []
    with pytest.raises(NotFoundError, match="no proposal"):
        library.take_proposal(own, wanted.id)


def test_what_a_person_changed_is_left(found: Harvest, tmp_path: Path) -> None:
    file = library.write_proposals(found, tmp_path).written[0]
    file.write_text(file.read_text() + "\nours\n")
    again = library.write_proposals(found, tmp_path)
    assert again.kept == (file,)
    assert file.read_text().endswith("ours\n")


@pytest.mark.parametrize("wanted", ["sofa/claims/none", "../x", "sofa"])
def test_what_is_no_proposal_is_refused_with_those_there_are(found: Harvest, tmp_path: Path, wanted: str) -> None:
    library.write_proposals(found, tmp_path)
    with pytest.raises(AgreementsError, match="no proposal"):
        library.take_proposal(tmp_path, wanted)


def test_an_unknown_topic_is_refused(held: Path) -> None:
    with pytest.raises(NotFoundError, match="claimz"):
        library.harvest_templates(held, "claimz")


def test_a_clause_that_is_on_the_topic_beside_another_is_no_silence(tmp_path: Path) -> None:
    text = (
        "# Agreement between the Government of Jordan and the Government of the United States of America on Visits\n\n"
        "## Article I: Settlement\n\nThe United States shall pay fair compensation in settlement of meritorious claims"
        " by third parties that arise from acts of its personnel. Other than contractual claims, the Parties waive all"
        " claims against each other for damage to property and injury of personnel.\n\nDone at Amman on 2 March 1999.\n"
    )
    (tmp_path / "x.md").write_text(text)
    library.import_files(tmp_path / "held", [tmp_path / "x.md"], agreement_id="x", family="sofa")
    for topic in ("claims_government", "claims_third_party"):
        made = library.harvest_templates(tmp_path / "held", topic)
        assert made.silent == ()
        assert [wording.texts[0].ref for wording in made.wordings] == ["x#I"]
