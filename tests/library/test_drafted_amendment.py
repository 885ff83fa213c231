"""A drafted protocol, signed and imported, changes the agreement that it amends as of its day."""

import json
from dataclasses import replace
from pathlib import Path

from agreements import library
from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.export.drafts import CopyOptions
from agreements.library import write_draft
from agreements.repository import Repository

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/examples/drafts/sofa-agreement.yaml"
CHANGES = [
    {"action": "replace", "path": "XV", "clause": "claims", "variant": "limited_waiver", "places": {"status": "IV"}},
    {"action": "replace", "path": "XVI.1", "words": "New words about arrangements."},
    {"action": "add", "path": "VIII.3", "words": "A third paragraph on arms."},
    {"action": "delete", "path": "V.3"},
]


def signed(request: DraftRequest, folder: Path, name: str, repository: Path) -> None:
    held = Repository(repository).get if repository.exists() else None
    draft = assemble(request, held=held)
    assert draft.agreement is not None, draft.findings
    write_draft(draft, folder / f"{name}.docx", CopyOptions(signing=True))
    report = library.import_files(repository, [folder / f"{name}.docx"])
    assert not report.failed


def test_the_text_as_of_a_day_after_the_protocol(tmp_path: Path) -> None:
    repository = tmp_path / "r"
    example = load_parameters(EXAMPLE)
    dated = {**example.parameters, "signing_date": "2027-03-14", "receiving": {**example.parameters["receiving"]}}
    signed(replace(example, parameters=dated), tmp_path, "base", repository)
    own = {"amended": "base", "changes": CHANGES, "claims_model": "C3", "entry_into_force": "1"}
    parameters = {**dated, "signing_date": "2029-05-01", **own}
    signed(DraftRequest("sofa", "amendment", parameters, "UNCLASSIFIED"), tmp_path, "protocol", repository)

    before = library.get(repository, "base#VIII", as_of="2028").place
    after = {p: library.get(repository, f"base#{p}", as_of="2030").place for p in ("XV", "XVI.1", "VIII.3", "V")}
    assert before is not None
    assert len(before.provision.children) == 2
    words = {path: place.provision.words() if place else "" for path, place in after.items()}
    assert words["XVI.1"] == "1. New words about arrangements."
    assert words["VIII.3"] == "3. A third paragraph on arms."
    assert "Claims\n1. Each Party waives its claims" in words["XV"]
    assert '"' not in words["XV"]
    assert [c.number for c in after["V"].provision.children] == ["1.", "2.", "4."] if after["V"] else False

    again = [{"action": "replace", "path": path, "words": "Other words."} for path in ("XVI.1", "VIII.1")]
    wanted = {**parameters, "signing_date": "2031-05-01", "changes": again}
    rows = {"family": "sofa", "form": "amendment", "draft_date": "2030-01-01", "marking": "UNCLASSIFIED"}
    file = tmp_path / "again.yaml"
    file.write_text(json.dumps({**rows, "template_version": "1.0", "parameters": wanted}), encoding="utf-8")
    told = library.assemble_file(file, repository=lambda: repository).findings
    (before_it,) = [finding for finding in told if finding.code == "amended-before"]
    assert "XVI.1 of base was changed already: XVI.1 replaced by protocol#" in before_it.message
    assert "from 2029-05-01" in before_it.message
