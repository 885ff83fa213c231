"""What a denial reaches, what an exception takes out, what a modal word makes of a verb."""

import re

import pytest

from agreements.language.modality import modals
from agreements.language.negation import denials, exclusions, is_denied
from agreements.language.sentences import clauses

RIGHT = "exemption from taxes"


@pytest.mark.parametrize(
    ("text", "denied", "why"),
    [
        ("No exemption from taxes is granted.", True, "no before its noun"),
        ("Neither a guest nor his kin shall enjoy any exemption from taxes.", True, "neither ... nor is one denial"),
        ("The exemption from taxes does not apply to purchases.", True, "the subject of a denied verb"),
        ("Nothing in this text shall grant an exemption from taxes.", True, "nothing"),
        ("Under no circumstances shall an exemption from taxes be claimed.", True, "one denial, not two"),
        ("Guests are not entitled to exemption from taxes or duties.", True, "over an infinitive"),
        ("The guest shall, without exemption from taxes, pay his way.", True, "without"),
        ("No guest who is a resident shall enjoy exemption from taxes.", True, "past a relative clause"),
        ("Suppliers are excluded from the exemption from taxes.", True, "excluded from"),
        ("Exemption from taxes is excluded.", True, "excluded, of the subject"),
        ("Exemption from taxes shall never be granted.", True, "never"),
        ("It cannot confer an exemption from taxes.", True, "cannot"),
        ("They pay dues; no exemption from taxes is given.", True, "the clause it stands in"),
        ("The host is not obliged to give exemption from taxes.", True, "no duty, no right"),
        ("No refund or exemption from taxes shall be granted.", True, "over a pair of nouns"),
        ("Goods enter with exemption from taxes, and shall not be sold.", False, "the next verb is denied"),
        ("Goods shall not be sold, and enjoy exemption from taxes.", False, "the verb before is denied"),
        ("If the host does not object, they enjoy exemption from taxes.", False, "a condition"),
        ("They get exemption from taxes not later than one year after.", False, "not later than"),
        ("They shall not be denied exemption from taxes.", False, "two denials"),
        ("The host shall not refuse an exemption from taxes.", False, "two denials"),
        ("Without prejudice to Article 3, exemption from taxes is granted.", False, "without prejudice"),
        ("Guests who are not residents shall enjoy exemption from taxes.", False, "a relative clause of its own"),
        ("No fee shall be levied and the exemption from taxes shall be noted.", False, "another subject"),
        ("They enjoy exemption from taxes whether or not they reside there.", False, "whether or not"),
        ("Such goods are not dutiable and have exemption from taxes.", False, "another verb"),
        ("This is not only an exemption from taxes but also from duties.", False, "not only"),
        ("Goods pass without licence and with exemption from taxes.", False, "without ends at and"),
        ("They shall pay no dues, and have exemption from taxes.", False, "no before an object ends there"),
    ],
)
def test_denial(text: str, denied: bool, why: str) -> None:
    found = re.search(RIGHT, text, re.IGNORECASE)
    assert found
    clause = next(c for c in clauses(text) if c.start <= found.start() < c.end)
    assert is_denied(clause, found.start(), found.end()) == denied, why


def test_a_denial_that_is_looked_for_is_none_of_what_was_found() -> None:
    (clause,) = clauses("They shall not be liable to tax.")
    found = re.search("not be liable to tax", clause.text)
    assert found and not is_denied(clause, found.start(), found.end(), own=True)
    assert is_denied(clause, found.start(), found.end())


def test_a_very_long_clause_takes_no_longer_for_each_word() -> None:
    (clause,) = clauses("they shall not go and " * 5_000)
    assert len(denials(clause)) == 5_000


@pytest.mark.parametrize(
    ("text", "taken", "why"),
    [
        ("Goods, except as Article 3 provides, pass free.", ["except as Article 3 provides"], "put between commas"),
        ("Except as agreed in writing, goods pass.", ["Except as agreed in writing"], "at the head"),
        (
            "Claims other than contractual claims are waived.",
            ["other than contractual claims are waived."],
            "to the end",
        ),
        ("They pay unless agreed otherwise.", ["unless agreed otherwise."], "unless"),
        ("It shall, save as for contracts, be final.", ["save as for contracts"], "save as"),
        ("Goods pass.", [], "none"),
    ],
)
def test_exclusions(text: str, taken: list[str], why: str) -> None:
    assert [text[e.start : e.end] for e in exclusions(clauses(text)[0])] == taken, why


@pytest.mark.parametrize(
    ("text", "kinds", "why"),
    [
        ("The Parties shall meet.", ["duty"], "shall"),
        ("They shall not enter.", ["prohibition"], "shall not"),
        ("It may not be used; it may be sold.", ["prohibition", "right"], "two clauses"),
        ("They shall have the right to buy.", ["right"], "the longest entry counts"),
        ("The host is not required to pay.", ["release"], "what is not owed"),
        ("He need not report.", ["release"], "need not"),
        ("The sides will meet.", ["future"], "will"),
        ("The Parties shall make every effort to settle it.", ["effort"], "an effort is owed, no result"),
        ("It shall endeavour to help.", ["effort", "effort"], "endeavour"),
        ("No guest may enter.", ["prohibition"], "the denial stands before the subject"),
        ("Neither Party shall pay.", ["prohibition"], "neither"),
        ("The costs are to be shared.", ["duty"], "are to"),
        ("It is not to be sold.", ["prohibition"], "is not to"),
        ("They intend to meet and should agree.", ["intention", "advice"], "what binds nobody"),
        ("Each Party undertakes to pay.", ["duty"], "undertakes to"),
    ],
)
def test_modality(text: str, kinds: list[str], why: str) -> None:
    assert [modal.kind for clause in clauses(text) for modal in modals(clause)] == kinds, why
