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
