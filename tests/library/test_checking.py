"""`draft check` over everything that can be checked: parameters, a file, an agreement by its id, its precedents."""

import shutil
from pathlib import Path

import pytest

from agreements import library
from agreements.checks import missing
from agreements.repository import open_repository
from agreements.resources import shipped


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the shipped specimens, and of an agreement of which only facts are held."""
    root = tmp_path_factory.mktemp("held")
    corpus = shipped("corpus")
    shutil.copy(corpus / "repository.json", root)
    for name in ("specimen-*", "nato-sofa-1951"):
        for found in (corpus / "agreements").glob(name):
            shutil.copytree(found, root / "agreements" / found.name)
    return root


def test_a_parameter_file_is_assembled_and_checked() -> None:
    found = library.check_draft(shipped("examples") / "drafts" / "sofa-agreement.yaml")
    assert {f.severity for f in found} <= {"info"}


def test_a_text_is_checked_against_the_pattern_of_its_family(tmp_path: Path) -> None:
    written = tmp_path / "draft.docx"
    library.assemble_file(shipped("examples") / "drafts" / "sofa-agreement.yaml", written)
    assert [f.message for f in library.check_draft(written, family="sofa") if f.severity == "error"] == []


def test_an_agreement_of_the_repository_by_its_id(held: Path) -> None:
    specimen = next(p.name for p in sorted((held / "agreements").glob("specimen-sofa-*")))
    assert [f.message for f in library.check_draft(specimen, repository=lambda: held) if f.severity == "error"] == []


def test_an_agreement_without_text_says_so(held: Path) -> None:
    (found,) = library.check_draft("nato-sofa-1951", repository=lambda: held)
    assert found.code == "text-not-held"


def test_it_is_held_against_the_precedents_of_its_family_only(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, frozenset[str]] = {}
    monkeypatch.setattr(missing, "missing_beside", lambda _, precedents: seen.update(precedents) or [])
    made = open_repository(held)
    ids = [f.id for f in made.list() if f.family == "sofa" and f.text_held]
    for identifier in ids:  # specimens are never precedent: here they are taken for agreements
        entry = held / "agreements" / identifier / "agreement.md"
        entry.write_text(entry.read_text().replace("standing: specimen", "standing: agreement"))
    parameters = shipped("examples") / "drafts" / "sofa-agreement.yaml"
    library.check_draft(parameters, repository=lambda: held, precedents=True)
    assert set(seen) == set(ids)
    assert all("criminal_jurisdiction" in cores for cores in seen.values())
