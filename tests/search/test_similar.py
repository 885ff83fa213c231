"""The same provision elsewhere, on every engine; and that topics help where words differ."""

from agreements.search import Filters, Searcher
from agreements.search.similar import similar

V = "valdoria-tamaris-1999#"
LICENCES = "A driving license of one Party is accepted by the other Party without any test."


def test_the_likest_provision_comes_first(searcher: Searcher) -> None:
    found = similar(searcher, LICENCES, by="paragraph")
    assert found.hits[0].ref == V + "IX"
    assert found.hits[0].snippet in found.hits[0].text
    assert all(0 <= hit.score <= 1 for hit in found.hits)
    assert found.total >= len(found.hits)


def test_a_provision_that_says_nothing_else_comes_before_a_longer_one(searcher: Searcher) -> None:
    text = "Defence stores are paid for in cash within sixty days."
    assert similar(searcher, text, by="paragraph").hits[0].ref == "norlandia-supply-2011#1.1"
    assert similar(searcher, text, by="article").hits[0].ref == "norlandia-supply-2011#1"


def test_an_agreement_can_be_left_out(searcher: Searcher) -> None:
    found = similar(searcher, LICENCES, filters=Filters(without=("valdoria-tamaris-1999",)), by="paragraph")
    assert "valdoria-tamaris-1999" not in {hit.agreement for hit in found.hits}


def test_topics_decide_among_the_same_words(searcher: Searcher) -> None:
    text = "Claims and claims, parties and parties."
    plain = similar(searcher, text, by="paragraph")
    about = similar(searcher, text, [("claims_government", 0.9)], by="paragraph")
    scores = {hit.ref: hit.score for hit in plain.hits}
    others = [hit.score for hit in about.hits if not hit.topics]
    assert scores.keys() == {hit.ref for hit in about.hits}
    assert all(hit.score > max(others) for hit in about.hits if "claims_government" in hit.topics)


def test_specimens_and_drafts_are_no_precedents(searcher: Searcher) -> None:
    standings = {hit.standing for hit in similar(searcher, "A draft may yet keep its claims.", by="paragraph").hits}
    assert standings <= {"agreement"}


def test_words_that_nothing_has_find_nothing(searcher: Searcher) -> None:
    assert similar(searcher, "Zygote quux.", by="paragraph").hits == []
    assert similar(searcher, "", by="paragraph").hits == []


def test_pages_follow_each_other(searcher: Searcher) -> None:
    text = "Each Party gives up its claims for stores used by its forces without test."
    whole = similar(searcher, text, by="paragraph", limit=4)
    second = similar(searcher, text, by="paragraph", limit=2, offset=2)
    assert [hit.ref for hit in whole.hits[2:]] == [hit.ref for hit in second.hits]
