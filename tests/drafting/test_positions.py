"""Standing positions in the shipped clauses, whatever the options: immunity, weapons, claims, disputes, funds."""

import re
from typing import Any

import pytest

from agreements.drafting import DraftRequest, assemble, families, family
from agreements.drafting.clauses import ClauseText, read_clause
from agreements.resources import shipped
from tests.drafting.sound import all_words

CLAUSES = [read_clause(path) for path in sorted(shipped("templates").glob("*/clauses/*/*.md"))]
_CONSENT = re.compile(r"consent of (?:the|its) (?:commander|officer)|commander(?:'s)? (?:has|may) consent", re.I)
_TAKEN = re.compile(r"unless the Parties (?:agree|decide) otherwise", re.I)


def named(clause: ClauseText) -> str:
    return f"{clause.path.parts[-4]}/{clause.id}/{clause.variant}"


def of(clause_id: str, code: str = "") -> dict[str, str]:
    """The bodies of the clauses of that id (and code), by their family."""
    return {c.path.parts[-4]: c.body for c in CLAUSES if c.id == clause_id and (not code or c.front.code == code)}


def test_no_commander_can_give_away_the_immunity_of_a_warship_or_state_aircraft() -> None:
    about = [c for c in CLAUSES if re.search(r"boarded|boarding", c.body)]
    assert len(about) >= 7
    assert [named(c) for c in about if _CONSENT.search(c.body)] == []


def test_who_excludes_nuclear_weapons_asks_for_no_statement_that_they_are_there_or_not() -> None:
    about = [c for c in CLAUSES if re.search(r"nuclear", c.body, re.I) and not c.id.startswith("mou_")]
    assert {named(c).split("/")[0] for c in about} == {"dca", "state_flights", "transit"}
    assert [named(c) for c in about if not re.search(r"confirm or (?:to )?deny", c.body)] == []


_OWN = (
    (r"arise out of .*? under this Agreement", "arise out of X under this Agreement"),
    (r"(?:in the territory of \{\{ host \}\} )?by acts or omissions of .*", "by acts or omissions of X"),
    (r"through .*?, within", "through X, within"),
    (r"visitor", "sending.the_short"),
    (r"A claim under \{\{ ref\(.*?\) \}\}", "Such a claim"),
)


def plain(body: str, paragraph: str) -> str:
    """A paragraph with what only its family calls by another name taken out."""
    line = next(row for row in body.splitlines() if f"{{#claims.{paragraph}}}" in row)
    for own, common in _OWN:
        line = re.sub(own, common, line)
    return line


@pytest.mark.parametrize(
    ("code", "paragraph"),
    [("C1", "waiver"), ("C1", "third_party"), ("C1", "filing"), ("C3", "waiver"), ("C3", "fault"), ("C3", "filing")],
)
def test_claims_under_one_code_say_one_thing_in_every_family(code: str, paragraph: str) -> None:
    bodies = of("claims", code)
    assert len(bodies) >= 4
    assert len({plain(body, paragraph) for body in bodies.values()}) == 1


def test_under_c3_the_courts_hear_other_claims_and_none_from_official_acts() -> None:
    for name, body in of("claims", "C3").items():
        assert "shall not be sued for such acts or omissions in the courts" in body, name
        assert "may hear other claims by third parties" in body, name


def test_no_dispute_may_go_to_a_third_party() -> None:
    about = [c for c in CLAUSES if "dispute_settlement" in c.front.topics and not c.id.startswith("mou_")]
    closed = [c for c in about if re.search(r"(?:court|tribunal)", c.body)]
    assert {c.path.parts[-4] for c in closed} >= {"common", "dca", "acsa"}
    assert [named(c) for c in closed if _TAKEN.search(c.body)] == []


# In special measures the receiving State pays, which such words would release; orders under an ACSA have their own.
@pytest.mark.parametrize("name", sorted(set(families()) - {"acsa", "sma"}))
def test_every_agreement_can_make_expenditure_subject_to_funds(name: str) -> None:
    assert family(name).parameters["funds"].default == "yes"


ALPHA: dict[str, Any] = {
    "receiving": {"long": "Republic of Alphara", "short": "Alphara", "adjective": "Alpharan"},
    "airfields": ["Alpha Field"],
}


def flights(**parameters: Any) -> tuple[str, list[str]]:
    given = {**ALPHA, **parameters}
    made = assemble(DraftRequest("state_flights", "exchange-of-notes", given, marking="UNCLASSIFIED"))
    assert made.agreement is not None
    return all_words(made.agreement), [f.where for f in made.findings if f.code == "parameter-authority"]


def test_a_reciprocal_text_gates_what_the_united_states_may_not_grant() -> None:
    words, warned = flights()
    assert "at airfields that its Government operates" in words
    assert "applications for the visas that its law requires" in words
    assert "this applies to the extent that its law permits" in words
    assert warned == []


def test_one_way_text_has_no_gate() -> None:
    words, _ = flights(reciprocal="no")
    assert "to the extent that its law permits" not in words


def test_who_lifts_a_gate_is_warned() -> None:
    lifted = ("sending_frees_airports", "sending_frees_fuel", "sending_waives_visas")
    words, warned = flights(**dict.fromkeys(lifted, "yes"))
    assert sorted(warned) == [f"parameters.{name}" for name in lifted]
    assert "at airfields that its Government operates" not in words
