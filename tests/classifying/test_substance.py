"""The family of a text without a title that tells it: our drafts, words of our own, and real agreements."""

from functools import cache
from pathlib import Path

import pytest

from agreements import parsing, reading
from agreements.classifying import FamilyProposal, propose
from agreements.export.markdown import to_markdown
from agreements.intake.files import parse_file
from agreements.intake.gates import gates
from agreements.intake.jobs import Job, read_one
from agreements.library import assemble_file
from agreements.model import Agreement, Document, Provision

DRAFTS = Path(__file__).resolve().parents[2] / "docs/examples/drafts"
# A text on access in which personnel have the status of embassy staff is as near to an agreement on status.
EITHER = {"dca-locations"}
# Notes, minutes, letters and statements that say nothing of the substance of their family.
BARE = {
    *("dca-agreed-minutes", "dca-completion-note", "dca-joint-statement", "facilities-side-letters", "sofa-memorandum"),
    *("facilities-termination-note", "transit-nonrenewal-note"),
}
NAMES = sorted(path.stem for path in DRAFTS.glob("*.yaml") if path.stem not in BARE)
STATUS = ("personnel-status", "sofa", "liaison-officers-status", "shirbrig", "somalia-forces", "exercises-training")


@cache
def _draft(name: str) -> Agreement:
    made = assemble_file(DRAFTS / f"{name}.yaml").draft.agreement
    assert made
    return made


def _untitled(agreement: Agreement) -> Agreement:
    documents = tuple(d.model_copy(update={"title": ""}) for d in agreement.documents)
    return agreement.model_copy(
        update={"family": "other", "title": "Agreement", "short_title": "", "documents": documents}
    )


def _held_to(wanted: str, name: str, proposal: FamilyProposal | None) -> None:
    assert proposal
    if name in EITHER:
        assert wanted in (proposal.family, proposal.near)
    else:
        assert proposal.family == wanted
        assert proposal.grounds[0].words in proposal.why or len(proposal.grounds) > 3


@pytest.mark.parametrize("name", NAMES)
def test_our_drafts_of_every_family_and_form_are_known_without_their_title(name: str) -> None:
    made = _draft(name)
    _held_to(made.family, name, propose(_untitled(made)))


@pytest.mark.parametrize("name", NAMES)
def test_our_drafts_are_known_when_they_are_read_back(name: str) -> None:
    made = _draft(name)
    text = to_markdown(_untitled(made))
    read = parsing.parse(reading.read_text(text, name="draft.md"), id="draft").agreement
    _held_to(made.family, name, propose(_untitled(read)))


def _text(*articles: str, title: str = "") -> Agreement:
    provisions = tuple(Provision(kind="article", number=str(n), text=text) for n, text in enumerate(articles, start=1))
    return Agreement(id="x", title=title, documents=(Document(provisions=provisions),))


STANDING = (
    "Orlenian military personnel shall enjoy in Marena the standing and the immunities of the administrative and "
    "technical staff of a mission."
)
COURTS = "Members of the forces of the sending State are subject to its criminal jurisdiction alone."


def test_a_note_that_gives_the_standing_of_embassy_staff_is_about_the_status_of_forces() -> None:
    proposal = propose(_text(STANDING, COURTS))
    assert proposal
    assert proposal.family == "sofa"
    assert proposal.fills
    assert "administrative and technical staff" in proposal.why
    assert "(1)" in proposal.why


def test_a_title_of_another_subject_leaves_it_a_guess() -> None:
    proposal = propose(_text(STANDING, COURTS, title="Convention on Wounded Seamen"))
    assert proposal
    assert proposal.family == "sofa"
    assert not proposal.fills


@pytest.mark.parametrize(
    "words",
    [
        STANDING.replace("shall enjoy", "shall not enjoy"),
        "The fees of the harbor are paid by the military owners of each ship.",
        STANDING.replace("Orlenian military personnel", "Officials of the Fisheries Board and their families"),
    ],
)
def test_what_is_denied_or_about_others_proposes_nothing(words: str) -> None:
    assert propose(_text(words)) is None


def test_an_arrangement_is_of_the_family_of_the_agreement_that_it_carries_out_only_as_a_guess() -> None:
    opening = 'Referring to the Agreement on Cross-Servicing between the forces of both (hereinafter "the Agreement"),'
    proposal = propose(_text(opening.replace("Agreement on Cross-Servicing", "Cross-Servicing Agreement")))
    assert proposal
    assert (proposal.family, proposal.fills) == ("acsa", False)


def test_an_import_takes_what_is_sure_and_the_doctor_tells_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text(f"1. {STANDING}\n\n2. {COURTS}\n", encoding="utf-8")
    taken = read_one(Job("note.md", "note", path=file))
    assert taken.ready().agreement().family == "sofa"
    assert "family-proposed" in {finding.code for finding in taken.findings}
    asked = read_one(Job("note.md", "note", family="other", path=file))
    assert asked.ready().agreement().family == "other"
    (guess,) = (f for f in gates(asked.ready().agreement()) if f.code == "family-guess")
    assert "SOFA" in guess.message
    assert "family: sofa" in guess.fix


def test_real_status_agreements_are_found_and_no_other_is_made_one(shared: Path) -> None:
    for path in sorted((shared / "treaties" / "security").iterdir()):
        agreement = parse_file(path).agreement
        proposal = propose(agreement)
        family = agreement.family if agreement.family != "other" else proposal.family if proposal else "other"
        is_status = any(part in path.name for part in STATUS) or "stationing-forces" in path.name
        assert (family == "sofa") is is_status, path.name
