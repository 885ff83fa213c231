"""What every shipped clause file must be, before anything is assembled from it."""

import re

import pytest

from agreements.drafting import families, family
from agreements.drafting.alternat import FUNCTIONS
from agreements.drafting.clauses import ClauseText
from agreements.drafting.templates import names_used
from agreements.topics import topics

# Every clause file once: those in `common` by the first family.
_FILES = {
    path: (name, clause, variant)
    for name in reversed(families())
    for clause in family(name).clauses.clause_ids()
    for variant, path in family(name).clauses.variants(clause).items()
}
CLAUSES = [
    pytest.param(name, family(name).clauses.get(clause, variant), id=f"{path.parts[-4]}-{clause}-{variant}")
    for path, (name, clause, variant) in sorted(_FILES.items())
]


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_topics_are_those_of_the_taxonomy(name: str, clause: ClauseText) -> None:
    assert set(clause.front.topics) <= set(topics())
    assert clause.front.topics or clause.id.endswith("title")


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_a_clause_says_what_it_does_and_when_to_use_it(name: str, clause: ClauseText) -> None:
    assert clause.front.effect.endswith(".")
    assert clause.front.use.endswith(".")


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_a_clause_asks_only_for_what_its_family_declares(name: str, clause: ClauseText) -> None:
    known = set(family(name).parameters) | FUNCTIONS
    assert names_used(clause.body) <= known
    assert set(clause.front.parameters) <= set(family(name).parameters)


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_a_clause_names_no_state(name: str, clause: ClauseText) -> None:
    assert not re.search(r"United States(?! Code)|U\.S\.(?!C)|American", clause.body)


@pytest.mark.parametrize(("name", "clause"), CLAUSES)
def test_quotation_marks_are_of_one_kind(name: str, clause: ClauseText) -> None:
    assert not re.search("[“”‘’]", clause.body)


@pytest.mark.parametrize("name", families())
def test_every_clause_of_a_family_stands_in_one_of_its_outlines(name: str) -> None:
    template = family(name)
    waiting = [entry for form in template.forms.values() for entry in form.outline]
    used = set()
    while waiting:
        entry = waiting.pop()
        used.add(entry.clause)
        further = entry.article or entry.document
        waiting += further.outline if further else ()
    own = {path.name for path in (template.folders[0] / "clauses").iterdir()}
    assert own <= used
