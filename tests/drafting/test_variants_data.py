"""What the shipped variants say of themselves: enough of them, each set apart, none of them a position."""

import re

from agreements.drafting.clauses import Clause, read_clause
from agreements.drafting.lint import lint
from agreements.resources import shipped

CLAUSES = [read_clause(path) for path in sorted(shipped("templates").glob("*/clauses/*/*.md"))]
POSITIONS = re.compile(
    r"\b(?:we|our|us|insist|fallback|red line|bottom line|should be resisted|must be refused)\b", re.I
)


def family_of(clause: Clause) -> str:
    return clause.path.parents[2].name


def test_the_shipped_folder_has_no_findings() -> None:
    assert lint(shipped("templates")) == ()


def test_at_least_140_variants_differ_in_substance() -> None:
    """Two count as two only where a right, duty, period, actor or exception differs; the form alone does not count."""
    substance = {
        (family_of(c), c.id, tuple(sorted(c.front.differs.items())))
        for c in CLAUSES
        if c.front.differs and set(c.front.differs) != {"form"}
    }
    assert len(substance) >= 140


def test_no_clause_tells_a_position() -> None:
    told = {
        c.where: found.group()
        for c in CLAUSES
        for words in (c.front.effect, c.front.use, c.front.note, *c.front.differs.values())
        if (found := POSITIONS.search(words.replace("U.S.", "")))
    }
    assert told == {}
