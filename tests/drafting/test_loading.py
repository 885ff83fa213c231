"""A department's own template folder: clause by clause, parameter by parameter, over what ships."""

from pathlib import Path

import pytest

from agreements.drafting import DraftRequest, assemble, families, family
from agreements.errors import TemplateError
from tests.drafting.sound import all_words, draft

GIVEN = {
    "receiving": {"long": "Republic of Tamaris", "short": "Tamaris", "adjective": "Tamarisian"},
    "activities": ["exercises"],
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AGREEMENTS_TEMPLATES", str(tmp_path))
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def sofa(**more: object) -> DraftRequest:
    return DraftRequest("sofa", "agreement", {**GIVEN, **more}, "UNCLASSIFIED")


def test_an_own_clause_file_hides_the_shipped_one_and_the_others_stay(own: Path) -> None:
    write(own, "common/clauses/amendment/standard.md", "---\nlabel: Ours\n---\n#. {#amendment} Amended by our rule.\n")
    words = all_words(draft(sofa()))
    assert "Amended by our rule." in words
    assert "shall enter into force" in words


def test_an_own_variant_can_be_a_new_choice_of_a_shipped_parameter(own: Path) -> None:
    write(
        own, "sofa/clauses/claims/ours.md", "---\nlabel: Ours\ncode: C9\n---\n## {#claims}: Claims\n\nNobody claims.\n"
    )
    write(own, "sofa/family.yaml", "parameters:\n  claims_model:\n    choices: {C9: nobody claims}\n    default: C9\n")
    declared = family("sofa").parameters["claims_model"]
    assert list(declared.choices) == ["C1", "C3", "C9"]
    assert declared.label == "Claims"
    assert "Nobody claims." in all_words(draft(sofa()))
    assert "waives all claims" in all_words(draft(sofa(claims_model="C1")))


def test_an_own_family_stands_beside_the_shipped_ones(own: Path) -> None:
    write(own, "pact/clauses/title/standard.md", "---\nlabel: Title\n---\n# Pact between {{ parties.both }}\n")
    outline = "forms:\n  agreement:\n    label: Pact\n    outline: [{clause: title}, {clause: amendment}]\n"
    write(own, "pact/family.yaml", 'id: pact\nlabel: Pact\nversion: "1"\nparameters: {}\n' + outline)
    assert {"pact", "sofa", "transit"} <= set(families())
    made = assemble(DraftRequest("pact", parameters={"receiving": GIVEN["receiving"]}, marking="UNCLASSIFIED"))
    assert made.agreement is not None
    assert made.agreement.title.startswith("Pact between the Government of the United States")


def test_terms_and_shared_parameters_are_merged_by_name(own: Path) -> None:
    write(own, "common/terms.yaml", "official_duty:\n  term: official duty\n  definition: means what we say it means\n")
    write(own, "common/parameters.yaml", "languages:\n  help: Ask the language services.\n")
    template = family("sofa")
    assert template.parameters["languages"].help == "Ask the language services."
    assert template.parameters["languages"].type == "languages"
    assert "means what we say it means" in all_words(draft(sofa(jurisdiction_model="J3")))


def test_a_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTS_TEMPLATES", "/no/such/folder")
    with pytest.raises(TemplateError, match="/no/such/folder"):
        family("sofa")


def test_a_shared_outline_that_is_not_there_is_said(own: Path) -> None:
    write(own, "sofa/family.yaml", "forms:\n  agreement:\n    outline: [{outline: artcles}]\n")
    with pytest.raises(TemplateError, match="no outline 'artcles'") as raised:
        family("sofa")
    assert "articles" in raised.value.hint
