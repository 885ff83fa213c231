"""Parameter files: what cannot be used at all is refused with one line; everything else is a finding."""

from pathlib import Path

import pytest

from agreements.drafting import assemble, load_parameters
from agreements.errors import ParameterError


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a mapping"),
        (b"- a\n- b\n", "not a mapping"),
        (b"just words", "not a mapping"),
        (b"form: agreement\n", "does not say the family"),
        (b"family: treaty\n", "no family 'treaty'"),
        (b"family: [sofa]\n", "no family"),
        (b"family: sofa\nparameters: [a]\n", "parameters is not a mapping"),
        (b"family: sofa\nfamily: dca\n", "line 2: 'family' stands here twice"),
        (b"family: sofa\nparameters: {a: [b\n", r"line 3: it is not YAML here \("),
        (b"family: &x sofa\nform: *x\n", "aliases"),
        (b"family: \xff\xfe", "not UTF-8"),
        (b"family: sofa\n\x00", r"it is not YAML \("),
        (b"family: sofa\nparameters: {? [a] : b}\n", "line 2: a name is one or more plain words"),
        (b"[" * 60, "it is nested too deeply"),
        (b"[" * 5000, "it is nested too deeply"),
        (b"{" * 5000, "it is nested too deeply"),
        (b"- " * 5000, "it is nested too deeply"),
        (b"x: " + b"a" * 2_100_000, "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "params.yaml"
    path.write_bytes(content)
    with pytest.raises(ParameterError, match=reason) as caught:
        load_parameters(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="there is no such file"):
        load_parameters(tmp_path / "missing.yaml")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="it is a folder"):
        load_parameters(tmp_path)


def test_dates_and_markings_stay_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text("family: sofa\ndraft_date: 2026-11-22\nmarking: CUI\ntemplate_version: 1.0\n", encoding="utf-8-sig")
    request = load_parameters(path)
    assert (request.draft_date, request.marking, request.template_version) == ("2026-11-22", "CUI", "1.0")


@pytest.mark.parametrize(
    ("line", "where", "severity"),
    [
        ("marking: OFFICIAL", "marking", "error"),
        ("marking:", "marking", "error"),
        ("form: treaty", "form", "error"),
        ("draft_date: 22.11.2026", "draft_date", "error"),
        ("template_version: '0.1'", "template_version", "warning"),
        ("parametres: {}", "parametres", "error"),
        ("variants: {clams: x}", "variants.clams", "error"),
        ("variants: {jurisdiction: x}", "variants.jurisdiction", "error"),
    ],
)
def test_the_head_of_a_file_is_checked(tmp_path: Path, line: str, where: str, severity: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    head = {"family": "sofa", "form": "agreement", "marking": "CUI"}
    lines = [f"{k}: {v}" for k, v in head.items() if k != key] + [line]
    path = tmp_path / "params.yaml"
    receiving = "{long: Republic of Valdoria, short: Valdoria, adjective: Valdorian}"
    path.write_text("\n".join([*lines, "parameters:", f"  receiving: {receiving}", "  activities: [exercises]", ""]))
    draft = assemble(load_parameters(path))
    assert [(f.where, f.severity) for f in draft.findings] == [(where, severity)]
    assert (draft.agreement is None) == (severity == "error")
    assert draft.findings[0].fix


def test_an_unknown_variant_lists_the_known(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text(
        "family: sofa\nmarking: CUI\nvariants: {jurisdiction: x}\nparameters:\n  activities: [exercises]\n"
        "  receiving: {long: Republic of Valdoria, short: Valdoria, adjective: Valdorian}\n"
    )
    (finding,) = assemble(load_parameters(path)).findings
    assert "concurrent, embassy_immunity, exclusive" in finding.fix
