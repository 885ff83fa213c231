"""What the shipped variants say of themselves: enough of them, each set apart, none of them a position."""

import re
from pathlib import Path

from agreements.drafting.clauses import ClauseText, read_clause
from agreements.drafting.lint import lint
from agreements.library import parse_file
from agreements.reference import Reference, places
from agreements.resources import shipped

CLAUSES = [read_clause(path) for path in sorted(shipped("templates").glob("*/clauses/*/*.md"))]
POSITIONS = re.compile(
    r"\b(?:we|our|us|insist|fallback|red line|bottom line|should be resisted|must be refused)\b", re.I
)


def family_of(clause: ClauseText) -> str:
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


def test_every_precedent_leads_to_a_provision_that_is_held(shared: Path) -> None:
    """A precedent is a reference to words that were read: each resolves in the text, or in the shipped catalogue."""
    wanted: dict[str, set[str]] = {}
    for clause in CLAUSES:
        for precedent in map(Reference.parse, clause.front.precedents):
            wanted.setdefault(precedent.agreement, set()).add(precedent.path)
    catalogue = {path.name for path in (shipped("corpus") / "agreements").iterdir()}
    texts = {path.stem: path for path in (shared / "treaties" / "security").iterdir()}
    missing = []
    for agreement, paths in wanted.items():
        if agreement in texts:
            held = parse_file(texts[agreement]).agreement
            known = {place.path for place in places(held) if place.provision.words().strip()}
            missing += [f"{agreement}#{path}" for path in sorted(paths) if path and path not in known]
        elif agreement not in catalogue or any(paths):
            missing.append(agreement)
    assert missing == []
    assert sum(map(len, wanted.values())) > 80
