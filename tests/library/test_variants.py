"""The verbs on clause templates: what ships, and where the words of a draft come from."""

from pathlib import Path

import pytest

from agreements import library
from agreements.errors import NotFoundError

ROOT = Path(__file__).resolve().parents[2]
MARENA = ROOT / "docs/examples/drafts/flights-marena.yaml"


def test_the_shipped_templates_hold_the_variants_and_topics_that_negotiators_fall_back_on() -> None:
    rows = library.clause_variants()
    assert len(rows) >= 140
    assert len({topic for row in rows for topic in row.core_topics}) >= 55
    assert len({row.file for row in rows}) == len(rows)
    assert all(row.label and row.effect for row in rows)


def test_an_unknown_family_lists_the_known_ones() -> None:
    with pytest.raises(NotFoundError) as raised:
        library.clause_variants("truce")
    assert "transit" in raised.value.hint


def test_every_provision_of_a_draft_says_its_clause_variant_and_file() -> None:
    rows = {row.id: row for row in library.explain(MARENA) if row.id}
    clearance = rows["clearance.notice"]
    assert (clearance.clause, clearance.variant, clearance.template_version) == ("clearance", "blanket", "1.0")
    assert {"notice_time", "flight_data"} <= set(clearance.parameters)
    assert clearance.file.endswith("state_flights/clauses/clearance/blanket.md")
    assert all(row.clause for row in rows.values())


def test_what_was_changed_in_a_returned_file_is_marked(tmp_path: Path) -> None:
    params = ROOT / "docs/examples/drafts/transit-karuzhan.yaml"
    file = tmp_path / "draft.docx"
    library.assemble_file(params, file)
    assert [row.path for row in library.explain(params, file) if not row.same] == []
    other = tmp_path / "other.yaml"
    other.write_text(params.read_text().replace("validity: {hours: 96}", "validity: {hours: 24}"))
    assert [row.id for row in library.explain(other, file) if not row.same] == ["permission.validity"]
