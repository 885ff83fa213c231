"""The page of hits: one line per article, few of one agreement, and nothing that limits is lost by cutting."""

from dataclasses import replace

import pytest

from agreements.search import Hit, Results, filled_page, marks_explained, page_of, short_citation, shortened


def hit(agreement: str, path: str, **facts: str) -> Hit:
    article = f"Article {path.partition('.')[0]}"
    rest = {"status": "unknown", "authority": "unknown", **facts}
    return Hit(
        ref=f"{agreement}#{path}", agreement=agreement, path=path, heading="", article=article, citation="", score=1.0,
        text="", snippet="", highlights=[], topics=[], title="", family="sofa", parties=["DEU", "NLD"],
        signed=["1959-08-03"], standing="agreement", language="en", **rest,
    )  # fmt: skip


HITS = [hit("a", "1.2"), hit("b", "7.1"), hit("a", "1.1"), hit("a", "2"), hit("a", "3"), hit("a", "4"), hit("b", "8")]


def test_an_article_is_one_line_with_its_best_provision() -> None:
    page = page_of(HITS, size=10)
    assert [line.hit.path for line in page.lines] == ["1.2", "7.1", "2", "3", "8"]
    assert [other.path for other in page.lines[0].folded] == ["1.1"]
    assert page.left_out == (("a", 1),)
    assert not page.more


def test_a_page_is_filled_behind_an_agreement_that_alone_would_fill_it() -> None:
    hits = [*(hit("a", f"{n}") for n in range(1, 40)), hit("b", "1"), hit("c", "1")]
    asked = []

    def ask(limit: int) -> Results:
        asked.append(limit)
        return Results("claims", "claims", len(hits), 1.0, hits[:limit], {})

    results, page = filled_page(ask, size=3)
    assert [line.hit.ref for line in page.lines] == ["a#1", "a#2", "a#3"]
    assert page.more
    assert page.is_whole
    assert page.left_out == (("a", 36),)
    assert len(results.hits) == len(hits)
    _, second = filled_page(ask, size=3, offset=3)
    assert [line.hit.ref for line in second.lines] == ["b#1", "c#1"]
    assert not second.more
    assert asked == [18, 72, 36, 144]


def test_what_was_not_looked_at_to_the_end_says_at_least() -> None:
    page = page_of(HITS, size=2, is_whole=False)
    assert not page.is_whole
    _, first = filled_page(
        lambda limit: Results("x", "x", 9, 1.0, [hit(f"a{n}", "1") for n in range(limit)], {}), size=2
    )
    assert first.more
    assert not first.is_whole


def test_all_shows_every_article_and_pages_count_lines() -> None:
    assert [line.hit.path for line in page_of(HITS, size=10, every=True).lines] == ["1.2", "7.1", "2", "3", "4", "8"]
    second = page_of(HITS, size=2, offset=2, every=True)
    assert [(line.number, line.hit.path) for line in second.lines] == [(3, "2"), (4, "3")]
    assert second.more


def test_a_mark_that_all_hits_share_is_said_once() -> None:
    page = page_of([hit("a", "1", status="in-force"), hit("b", "2")], size=10)
    assert [*marks_explained(page.lines)] == [
        "† status not established",
        "All: authority of the text not established",
    ]


def test_a_short_citation_names_parties_year_and_place() -> None:
    assert short_citation(hit("a", "19.3")) == "Germany - Netherlands, 1959, Article 19 (3)"


def test_a_text_of_which_no_party_is_known_is_named_by_its_title() -> None:
    found = replace(hit("a", "19.3"), parties=[], signed=[], title="Convention on the " + "Use of Harbours " * 9)
    assert (
        short_citation(found) == "Convention on the Use of Harbours Use of Harbours Use of ..., undated, Article 19 (3)"
    )
    assert short_citation(replace(found, title="")) == "a, undated, Article 19 (3)"


@pytest.mark.parametrize("word", ["not", "unless", "except"])
def test_a_word_that_limits_is_named_where_it_is_cut_off(word: str) -> None:
    text = "The forces may enter the harbour at any time of the year and may leave it again, " + "as they see fit, " * 9
    text += f"{word} the harbour master objects."
    shown, marks = shortened(text, [(15, 20)], 100)
    assert len(shown) < len(text)
    assert word in shown
    assert [shown[start:end] for start, end in marks] == ["enter"]


def test_a_short_snippet_stays_as_it_is() -> None:
    assert shortened("No claim is waived.", [(3, 8)], 100) == ("No claim is waived.", [(3, 8)])


def test_a_party_that_no_table_has_is_not_shouted() -> None:
    stands = hit("a", "1")
    stands = replace(stands, parties=["REPUBLIC OF VALDORIA", "DEU"])
    assert short_citation(stands).startswith("Republic of Valdoria - Germany, 1959")
    assert short_citation(replace(stands, parties=["NSPA"])).startswith("NSPA, 1959")
