"""The brief says what was not seen in a side's text, and not that it has nothing."""

from agreements.negotiation import brief
from agreements.topics import NOT_FOUND


def test_a_term_that_no_clause_is_about_was_not_found_by_the_program() -> None:
    from agreements.model import Agreement, Document, Provision

    words = "Each Party may terminate this Agreement by giving six months written notice to the other Party."
    article = Provision(kind="article", number="1", heading="Termination", text=words)
    side = brief._variants(Agreement(id="one", documents=(Document(provisions=(article,)),)))
    assert brief._code(side, "termination_notice").text == "6 months (1)"
    assert brief._code(side, "claims").text == NOT_FOUND
    assert brief._code(side, "term").text == "not read with certainty"  # the clause is of that kind and settles nothing
