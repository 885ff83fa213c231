"""What `draft params` prints: a schema, and a file that needs only its blanks filled in."""

from pathlib import Path

import pytest

from agreements.drafting import assemble, families, family, load_parameters, parameter_schema, parameter_template
from agreements.errors import NotFoundError

FORMS = [(name, form) for name in families() for form in family(name).forms]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_printed_file_assembles_once_its_head_is_filled_in(tmp_path: Path, name: str, form: str) -> None:
    printed = parameter_template(name, form)
    path = tmp_path / "params.yaml"
    path.write_text(printed.replace('marking: ""', "marking: CUI").replace('draft_date: ""', "draft_date: 2026-11-22"))
    draft = assemble(load_parameters(path))
    assert [f for f in draft.findings if f.severity == "error"] == []
    assert draft.agreement is not None


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_the_printed_file_is_right_with_every_comment_taken_away(tmp_path: Path, name: str, form: str) -> None:
    known = family(name).parameters
    lines = parameter_template(name, form).splitlines()
    shown = [line for line in lines if not line.startswith("  # ") or line[4:].split(":", maxsplit=1)[0] in known]
    assert len(shown) > 8
    schema = parameter_schema(name)["properties"]["parameters"]["properties"]
    assert {line.strip("# ").split(":", maxsplit=1)[0] for line in shown[7:] if line.strip()} & set(schema)


@pytest.mark.parametrize("name", families())
def test_the_schema_describes_every_parameter(name: str) -> None:
    schema = parameter_schema(name)
    parameters = schema["properties"]["parameters"]
    assert set(parameters["properties"]) == set(family(name).parameters)
    assert "receiving" in parameters["required"]
    assert parameters["additionalProperties"] is False
    assert all("title" in p for p in parameters["properties"].values())


def test_a_value_may_be_what_each_side_asks_for_and_a_period_knows_how_to_by_itself() -> None:
    schema = parameter_schema("dca")
    model, notice = (
        schema["properties"]["parameters"]["properties"][n] for n in ("claims_model", "termination_notice")
    )
    assert [one.get("required") for one in model["anyOf"]][-1] == ["us", "partner"]
    assert model["x-labels"]["C1"].startswith("full mutual waiver")
    assert not any("us" in one.get("properties", {}) for one in notice["anyOf"])
    assert {"us", "partner"} <= set(schema["$defs"]["Period"]["properties"])


def test_only_what_every_form_asks_for_is_required() -> None:
    required = parameter_schema("dca")["properties"]["parameters"]["required"]
    assert "receiving" in required
    assert not {"nato_sofa", "sites", "changes"} & set(required)


def test_an_unknown_family_or_form_lists_the_known() -> None:
    with pytest.raises(NotFoundError) as caught:
        parameter_template("treaty")
    assert "sofa" in caught.value.hint
    with pytest.raises(NotFoundError) as caught:
        parameter_template("sofa", "treaty")
    assert "exchange-of-notes" in caught.value.hint
