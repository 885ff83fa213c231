"""Who is spoken of, who is bound by a verb, and what defined terms stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.language import terms
from agreements.language.actors import actors, subject
from agreements.language.sentences import clauses


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("U.S. forces land.", [("U.S. forces", "force", "USA")], "an abbreviation before the noun"),
        ("US forces land.", [("US forces", "force", "USA")], "the same without stops"),
        ("The Norwegian authorities ask.", [("Norwegian authorities", "authority", "NOR")], "an adjective"),
        ("Finland's armed forces land.", [("Finland's armed forces", "force", "FIN")], "a possessive"),
        ("The authorities of Finland ask.", [("authorities of Finland", "authority", "FIN")], "of a State"),
        ("The Government of the Republic of Korea asks.",
         [("Government of the Republic of Korea", "government", "KOR")],
         "the longest name of a State"),
        ("The Government of the Kingdom of Finland asks.",
         [("Government of the Kingdom of Finland", "government", "FIN")],
         "a style that is not in the table"),
        ("Finland pays.", [("Finland", "state", "FIN")], "a State by its name"),
        ("Finnish law applies.", [], "an adjective alone is no actor"),
        ("The sending State and the host State agree.",
         [("sending State", "sending", ""), ("host State", "receiving", "")],
         "roles"),
        ("Members of the force, the civilian component and dependents.",
         [("Members of the force", "force", ""), ("civilian component", "civilian", ""),
          ("dependents", "dependents", "")]
          ,
         "a force and its people"),
        ("The Executive Agents and contractors.",
         [("Executive Agents", "agent", ""), ("contractors", "contractors", "")],
         "agents and contractors"),
        ("A workforce and forces-related costs.", [], "parts of other words"),
        ("The U.S. shall pay.", [("U.S.", "state", "USA")], "the abbreviation alone is the State"),
        ("NATO and Finland agree.", [("NATO", "state", "NATO"), ("Finland", "state", "FIN")], "organisations"),
    ],
)  # fmt: skip
def test_actors(text: str, found: list[tuple[str, str, str]], why: str) -> None:
    (clause,) = clauses(text)
    assert [(text[a.start : a.end], a.kind, a.code) for a in actors(clause)] == found, why


@pytest.mark.parametrize(
    ("text", "bound", "why"),
    [
        ("U.S. forces shall pay.", ["U.S. forces"], "one subject"),
        ("The force and its dependents shall pay.", ["force", "dependents"], "joined"),
        ("The authorities of the Parties shall pay.", ["authorities"], "the head of two nouns"),
        ("In Finland, the sending State shall pay.", ["sending State"], "a place before the subject"),
        ("At the request of Finland the Parties shall pay.", ["Parties"], "the nearest"),
        ("It shall pay.", [], "nobody is named"),
    ],
)
def test_subject(text: str, bound: list[str], why: str) -> None:
    (clause,) = clauses(text)
    assert [text[a.start : a.end] for a in subject(clause, text.index("shall"))] == bound, why


def test_defined_terms_are_actors_where_the_caller_knows_them() -> None:
    (clause,) = clauses("The Guest and the Host of Guests shall meet.")
    named = actors(clause, {"Guest": "sending", "Host": "receiving"})
    assert [(actor.term, actor.kind) for actor in named] == [("Guest", "sending"), ("Host", "receiving")]


@given(
    st.lists(
        st.sampled_from(["Finland", "U.S.", " forces", " of ", "the ", "Parties", " shall ", ", ", "Norwegian ", "x"])
    ).map("".join)
)
def test_actors_lie_in_order_within_the_text(text: str) -> None:
    for clause in clauses(text):
        at = clause.start
        for actor in actors(clause):
            assert at <= actor.start < actor.end <= clause.end
            at = actor.end


MEANT = "“Force” means the staff of U.S. services; “Depot” shall mean a store. The “Host” pays."


def test_definitions_say_their_words_and_stop_at_the_next() -> None:
    found = [(m.term, m.words, m.in_passing) for m in terms.meanings(MEANT)]
    assert found == [("Force", "the staff of U.S. services", False), ("Depot", "a store", False)]


def test_names_in_passing_stand_for_the_words_before_them() -> None:
    text = "The Republic of Zeld (hereinafter “the Host”) and the Kingdom of Orl (the “Guest”) agree."
    assert [(m.term, m.words) for m in terms.names(text)] == [
        ("the Host", "The Republic of Zeld"), ("Guest", "the Kingdom of Orl"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("term", "stands", "why"),
    [
        ("Agreed Facility", "agreed facilities", "plural in -ies"),
        ("Order", "Order’s", "possessive"),
        ("the Parties", "party", "singular of the definition"),
        ("Depot", "depots", "plural"),
    ],
)
def test_forms_of_a_term(term: str, stands: str, why: str) -> None:
    assert terms.forms(term).fullmatch(stands), why
    assert not terms.forms(term).fullmatch(f"{stands}x")


def test_one_key_for_all_forms() -> None:
    assert terms.key("the Agreed Facilities") == terms.key("Agreed Facility") == "agreed facility"
