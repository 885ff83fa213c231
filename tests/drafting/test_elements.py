"""The substance of every clause, in all its variants: who, what right or duty, in what time, with what exception.

`data/elements.csv` says for each clause (`folder/clause`; some variants, or all) which words must stand in it, whatever
the other options of the draft are. The drafts are made so that every variant that a form can reach stands in one.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from agreements.drafting import DraftRequest, FamilyTemplate, assemble, families, family
from agreements.drafting.effects import completed
from agreements.drafting.parameters import form_entries, form_parameters
from agreements.model import Agreement

ELEMENTS = ("who", "right", "duty", "period", "exception", "subject")
Variant = tuple[str, str]  # `folder/clause` and variant
_MIXES = 90
_DATA = Path(__file__).parent / "data" / "elements.csv"
ROWS = [tuple(row) for row in csv.reader(_DATA.read_text(encoding="utf-8").splitlines()[1:])]


def _variant(template: FamilyTemplate, clause: str, variant: str) -> Variant:
    path = template.clauses.variants(clause)[variant]
    return f"{path.parts[-4]}/{clause}", variant


def _reachable(template: FamilyTemplate, form: str) -> set[tuple[str, str]]:
    entries = [entry for entry in form_entries(template, form) if entry.clause]
    known = template.clauses.variants
    return {(e.clause, v) for e in entries for v in template.reachable(e) if v in known(e.clause)}


def _requests(name: str, form: str) -> Iterator[Mapping[str, Any]]:
    """Yield the defaults, then options mixed by chance (the same in each run), then every option by itself."""
    declared = form_parameters(family(name).in_form(form), form)
    choices = {n: ("yes", "no") if d.type == "boolean" else tuple(d.choices) for n, d in declared.items()}
    choices = {n: values for n, values in choices.items() if values}
    optional = {n: d.example for n, d in declared.items() if d.default in (None, []) and not d.required and d.example}
    yield {}
    chance = random.Random(f"{name} {form}")
    for _ in range(_MIXES):
        yield optional | {n: chance.choice(values) for n, values in choices.items()}
    yield from ({n: value} for n, values in choices.items() for value in values)


unreached: dict[str, set[tuple[str, str, str]]] = {}


@lru_cache
def drafts(name: str) -> tuple[tuple[str, Agreement], ...]:
    """Drafts of the family, with their form, in which every variant that a form can reach stands."""
    out = []
    for form in family(name).forms:
        if name != "dca" and (one := family("dca").forms.get(form)) and one.outline == family(name).forms[form].outline:
            continue  # a form that families share is looked at in one of them
        template = family(name).in_form(form)
        missing = _reachable(template, form)
        for given in _requests(name, form):
            if not missing:
                break
            made = assemble(completed(DraftRequest(name, form, dict(given))))
            if made.agreement is not None and missing & set(made.clauses):
                missing -= set(made.clauses)
                out.append((form, made.agreement))
        unreached.setdefault(name, set()).update((form, *variant) for variant in missing)
    return tuple(out)


@lru_cache
def texts() -> Mapping[Variant, tuple[str, ...]]:
    """The words of every variant in each draft that has it."""
    found: dict[Variant, list[str]] = defaultdict(list)
    for name in families():
        template = family(name)
        for _, agreement in drafts(name):
            words: dict[tuple[str, str], list[str]] = defaultdict(list)
            for provision in (p for document in agreement.documents for p in document.walk()):
                if (made := provision.provenance) and made.variant:
                    own = " ".join(x for x in (provision.heading, provision.text) if x)
                    words[made.clause, made.variant].append(own)
            for (clause, variant), lines in words.items():
                found[_variant(template, clause, variant)].append("\n".join(lines))
    return {variant: tuple(rows) for variant, rows in found.items()}


def _about(clause: str, variants: str) -> list[Variant]:
    return [key for key in texts() if key[0] == clause and (not variants or key[1] in variants.split())]


@pytest.mark.parametrize("name", families())
def test_every_variant_of_every_form_is_taken_by_some_option(name: str) -> None:
    assert drafts(name)
    assert not unreached[name]


@pytest.mark.parametrize("clause", sorted({row[0] for row in ROWS}))
def test_a_clause_has_its_substance_in_every_variant(clause: str) -> None:
    for _, variants, element, words in (row for row in ROWS if row[0] == clause):
        about = _about(clause, variants)
        assert about, f"no draft has {clause} {variants}"
        for variant in about:
            without = [text for text in texts()[variant] if not re.search(words, text, re.DOTALL)]
            assert not without, f"{variant}: {element}: {words!r} is not in {without[0][:400]!r}"


def test_every_variant_has_elements_and_every_element_is_of_a_kind() -> None:
    named = {key for clause, variants, _, _ in ROWS for key in _about(clause, variants)}
    assert sorted(set(texts()) - named) == []
    assert {row[2] for row in ROWS} == set(ELEMENTS)


_FRAME = ("preamble", "testimonium", "note_offer_acceptance", "annexes", "definitions", "implementing_arrangements")


def test_every_operative_clause_has_a_right_a_duty_a_period_or_an_exception() -> None:
    said = {
        key
        for clause, variants, element, _ in ROWS
        if element not in ("subject", "who")
        for key in _about(clause, variants)
    }
    operative = set()
    for name in families():
        store = family(name).clauses
        for clause in store.clause_ids():
            for variant in store.variants(clause):
                front = store.get(clause, variant).front
                if front.topics and not set(front.topics) & set(_FRAME):
                    operative.add(_variant(family(name), clause, variant))
    assert sorted((operative & set(texts())) - said) == []


@pytest.mark.parametrize("name", families())
def test_an_article_of_one_paragraph_says_why(name: str) -> None:
    store = family(name).clauses
    for form, agreement in drafts(name):
        for provision in (p for document in agreement.documents for p in document.provisions):
            if provision.kind in ("article", "section") and sum(bool(c.number) for c in provision.children) < 2:
                made = provision.provenance
                assert made is not None
                assert made.variant, f"{name}, {form}: {provision.heading} has one paragraph"
                assert store.get(made.clause, made.variant).front.single, f"{name}, {form}: {made}"
