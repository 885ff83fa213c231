"""The verbs on clause templates: what ships."""

import pytest

from agreements import library
from agreements.errors import NotFoundError


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


def test_a_row_says_all_that_the_clause_file_says() -> None:
    rows = {(r.family, r.clause, r.variant): r.as_json() for r in library.clause_variants("dca")}
    row = rows["dca", "jurisdiction_waiver", "case_by_case"]
    assert set(row["differs"]) == {"right"}
    assert "nato-sofa-1951#VII.3.c" in row["precedents"]
    assert row["requires"] == ("jurisdiction_base",)
    assert row["excludes"] == ("waiver_recall",)
    assert row["use"]
    assert row["note"]
    assert all(r["label"] and r["effect"] and r["use"] for r in rows.values())
