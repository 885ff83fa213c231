"""Clauses of one text that cannot both be meant."""

import pytest

from agreements.checks import check
from agreements.model import Agreement
from agreements.textform import parse_document

EXCLUSIVE = "Personnel shall be subject to the exclusive jurisdiction of the sending State for every offense."
DIVIDED = (
    "Where jurisdiction is concurrent, the State with the primary right shall give sympathetic consideration to a "
    "request of the other State for a waiver of its primary right to exercise jurisdiction."
)
FULL = (
    "Each Party waives all claims against the other, other than contractual claims, for damage to property and for "
    "injury or death of its personnel."
)
SHORT = (
    "Each Party waives all claims against the other for damage and for injury or death, except in cases of gross "
    "negligence or willful misconduct."
)


def text(first: str, second: str, headings: tuple[str, str]) -> Agreement:
    body = f"## Article I: {headings[0]}\n{first}\n## Article II: {headings[1]}\n{second}\n"
    return Agreement(id="x", family="sofa", form="agreement", documents=(parse_document(body),))


@pytest.mark.parametrize(
    ("first", "second", "heading", "told"),
    [
        (EXCLUSIVE, DIVIDED, "Criminal Jurisdiction", "Criminal jurisdiction"),
        (FULL, SHORT, "Claims", "Claims"),
        (
            "Either Party may terminate this Agreement by giving six months' written notice.",
            "This Agreement may be terminated by either Party on one year's written notice to the other.",
            "Termination",
            "Notice of termination",
        ),
        (EXCLUSIVE, EXCLUSIVE, "Criminal Jurisdiction", ""),
        (FULL, FULL, "Claims", ""),
    ],
)
def test_clauses_that_exclude_each_other(first: str, second: str, heading: str, told: str) -> None:
    found = check(text(first, second, (heading, heading)), ["contradictions"])
    assert [f.where for f in found] == (["II"] if told else [])
    assert all(told in f.message and f.fix for f in found)
