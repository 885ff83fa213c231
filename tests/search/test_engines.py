"""What every engine must do, asked of each in the table of engines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import AgreementsError, NotFoundError, QueryError
from agreements.model import Agreement
from agreements.repository.facts import facts_of
from agreements.search import DEFAULT, Filters, Searcher, search
from agreements.search.engine import engine as engine_named
from agreements.search.naming import Catalog

V = "valdoria-tamaris-1999#"
N = "norlandia-supply-2011#"
CLAIMS = {V + "VIII", V + "VIII.1", V + "VIII.2", V + "VIII.p2"}


def refs(searcher: Searcher, query: str, filters: Filters | None = None, by: str = "paragraph") -> set[str]:
    return {hit.ref for hit in searcher.search(query, filters, limit=100, by=by).hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("umpire", {V + "VIII.2"}),  # a word under a subparagraph belongs to its paragraph
        ("umpires", {V + "VIII.2"}),  # singular and plural meet
        ('"official duty"', {V + "VIII.2"}),
        ('"duty official"', set()),  # a phrase is in order
        ('"duty settled"~1', {V + "VIII.2"}),  # one word between
        ('"settled duty"~1', {V + "VIII.2"}),  # proximity knows no order
        ('"duty umpire"~2', set()),  # settled, by, an: three between
        ('"duty umpire"~4', {V + "VIII.2"}),
        ('"umpire settled duty"~4', {V + "VIII.2"}),  # is, by, an: three of the words are others
        ('"umpire settled duty"~2', set()),
        ("umpire W/4 sides", {V + "VIII.2"}),  # named, by, both: three between
        ("umpire W/3 sides", set()),
        ("sides NEAR/4 umpire", {V + "VIII.2"}),
        ("duty PRE/5 umpire", {V + "VIII.2"}),
        ("umpire PRE/5 duty", set()),
        ('"official duty" W/6 umpi*', {V + "VIII.2"}),
        ("(umpire OR referee) w/4 sides", {V + "VIII.2"}),
        ("umpire NEAR sides", {V + "VIII.2"}),
        ("umpire W/4 sides AND fuel", set()),
        ("/ump[iy]re/", {V + "VIII.2"}),
        ("/(crossed|umpire)s?/", {V + "VIII.2"}),
        ("text:/umpi.+/", {V + "VIII.2"}),
        ("/nowhere.+/", set()),
        ("signed:{1999-03-14 TO *} AND umpire", set()),
        ("signed:[1999-03-14 TO *} AND umpire", {V + "VIII.2"}),
        ("signed:{1998 TO 2000} AND umpire", {V + "VIII.2"}),
        ("signed:{1999 TO 2000} AND umpire", set()),
        ("official AND umpire", {V + "VIII.2"}),
        ("official AND fuel", set()),
        ("umpire OR fuel", {V + "VIII.2", N + "annex-a.1"}),
        ("claims NOT stores", CLAIMS),
        ("claims OR NOT stores", CLAIMS),  # NOT always excludes
        ("umpyre~1 NOT of", set()),
        ("stores -claims", {N + "1.1", N + "annex-a.1"}),
        ("+umpire claims", {V + "VIII.2"}),
        ("(umpire OR fuel) AND (board OR water)", {V + "VIII.2", N + "annex-a.1"}),
        ("umpi*", {V + "VIII.2"}),
        ("*mpire", {V + "VIII.2"}),
        ("ump?re", {V + "VIII.2"}),
        ("umpyre~", {V + "VIII.2"}),
        ("umpyre~1", {V + "VIII.2"}),
        ("unpyre~1", set()),  # two letters wrong
        ("defense", {N + "1.1"}),  # spelling
        ("license", {V + "IX"}),
        ("licens*", {V + "IX"}),  # a pattern meets the other spelling too
        ("licenc*", {V + "IX"}),
        ("authorize", {N + "2"}),
        ("harbor labor", {N + "2"}),
        ('"75 percent"', {V + "VIII.2"}),
        ("75%", {V + "VIII.2"}),
        ("A&T", {N + "annex-a.1"}),
        ('"A & T rations"', {N + "annex-a.1"}),
        ("cross-servicing", {V + "VIII.2", N + "2"}),
        ("crossservicing", {V + "VIII.2", N + "2"}),
        ('"cross servicing"', {V + "VIII.2", N + "2"}),
        ("cross servicing", {V + "VIII.2", N + "2"}),
        ("heading:claims", CLAIMS),
        ("heading:clai*", CLAIMS),
        ("article:VIII", CLAIMS),
        ("article:8 umpire", {V + "VIII.2"}),
        ("text:umpire", {V + "VIII.2"}),
        ("title:visiting umpire", {V + "VIII.2"}),
        ("family:acsa fuel", {N + "annex-a.1"}),
        ("family:ACSA", {N + "1.1", N + "1.2", N + "2", N + "annex-a.1"}),
        ("party:MRD fuel", {N + "annex-a.1"}),
        ("party:(TAM OR MRD) (umpire OR fuel)", {V + "VIII.2", N + "annex-a.1"}),
        ('party:"Republic of Valdoria" fuel', {N + "annex-a.1"}),  # no code known: the parties' names
        ("topic:official_duty", {V + "VIII.2"}),
        ("topic:claims_government", {V + "VIII", V + "VIII.1", V + "VIII.p2"}),  # VIII.2 has its own
        ("signed:1999 umpire", {V + "VIII.2"}),
        ("signed:[2000 TO 2011] stores", {N + "1.1", N + "1.2", N + "annex-a.1"}),
        ("signed:[2000 TO 2005]", set()),
        ("signed:>=2012-06-30 fuel", {N + "annex-a.1"}),
        ("signed:<2000 umpire", {V + "VIII.2"}),
        ("id:norlandia-supply-2011 fuel", {N + "annex-a.1"}),
        ("id:norlandia* fuel", {N + "annex-a.1"}),
        ("status:expired fuel", {N + "annex-a.1"}),
        ("lang:en fuel", {N + "annex-a.1"}),
        ("tamaris", {V + "preamble"}),
    ],
)
def test_query_finds_exactly(searcher: Searcher, query: str, expected: set[str]) -> None:
    found = refs(searcher, query)
    if query == "tamaris":  # the agreement's title and its parties' names are context of all its provisions
        assert expected < found and all(ref.startswith(V) for ref in found)
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(family=("acsa",)), {N + "1.2"}),
        (Filters(family=("acsa", "sofa"), party=("VAL",)), CLAIMS | {N + "1.2"}),
        (Filters(party=("VAL", "TAM")), CLAIMS),
        (Filters(topic=("claims_government",)), {V + "VIII", V + "VIII.1", V + "VIII.p2"}),
        (Filters(since="2000"), {N + "1.2"}),
        (Filters(until="1999-03-14"), CLAIMS),
        (Filters(since="1999-03-15", until="2010-12-31"), set()),
        (Filters(status=("expired",)), {N + "1.2"}),
        (Filters(bilateral=False), {N + "1.2"}),
        (Filters(bilateral=True, party=("MRD",)), set()),
        (Filters(language=("fr",)), set()),
        (Filters(agreement=("norlandia-supply-2011",)), {N + "1.2"}),
        (Filters(family=("sofa",), specimens=True), CLAIMS | {"specimen-sofa#1"}),
        (Filters(agreement=("draft-sofa",), drafts=True), {"draft-sofa#1"}),
    ],
)  # fmt: skip
def test_filters_narrow(searcher: Searcher, filters: Filters, expected: set[str]) -> None:
    assert refs(searcher, "claims", filters) == expected


def test_by_article_joins_what_paragraphs_part(searcher: Searcher) -> None:
    assert refs(searcher, "equipment AND umpire") == set()
    assert refs(searcher, "equipment AND umpire", by="article") == {V + "VIII"}
    for query in (
        "equipment AND umpire in:article",
        "in:article equipment AND umpire",
        "equipment AND umpire AND in:ARTICLE",
    ):
        assert refs(searcher, query) == {V + "VIII"}
    assert refs(searcher, "equipment AND umpire in:paragraph", by="article") == set()


def test_every_word_stands_in_one_paragraph_unit(searcher: Searcher) -> None:
    results = searcher.search("*", limit=100)
    words = "\n".join(hit.text for hit in results.hits)
    for word in ("visits", "equipment", "umpire", "contracts", "Fuel", "Have agreed", "consumed"):
        assert words.count(word) == 1
    assert results.total == len({hit.ref for hit in results.hits}) == 11


def test_more_of_the_words_come_first(searcher: Searcher) -> None:
    hits = searcher.search("fuel water umpire").hits
    assert [hit.ref for hit in hits] == [N + "annex-a.1", V + "VIII.2"]


def test_nearer_words_come_first(searcher: Searcher) -> None:
    first = searcher.search("parties authorise").hits[0]
    assert first.ref == N + "2"


def test_a_question_in_plain_words_finds_something(searcher: Searcher) -> None:
    results = searcher.search("Who settles whether it was an official duty?")
    assert results.hits[0].ref == V + "VIII.2"


@pytest.mark.parametrize(
    ("query", "quoted"),
    [('"official duty', True), ('"umpire board claims', False), ('claims "nobody:here AND', False)],
)
def test_a_lone_quotation_mark_still_finds_something(searcher: Searcher, query: str, quoted: bool) -> None:
    results = searcher.search(query)
    assert results.hits
    assert ('"' in results.read_as) == quoted
    assert any("quotation mark" in note for note in results.notes)


def test_total_and_pages_agree(searcher: Searcher) -> None:
    whole = searcher.search("claims", limit=100)
    pages = [searcher.search("claims", limit=2, offset=at).hits for at in range(0, whole.total, 2)]
    assert [hit.ref for page in pages for hit in page] == [hit.ref for hit in whole.hits]
    assert searcher.search("claims", limit=0).total == whole.total == len(whole.hits)


def test_what_is_no_precedent_is_found_but_not_counted(searcher: Searcher) -> None:
    alone = searcher.search("claims")
    found = searcher.search("claims", Filters(specimens=True, drafts=True), limit=100)
    assert {"specimen-sofa#1", "draft-sofa#1"} < {hit.ref for hit in found.hits}
    assert (found.total, found.facets) == (alone.total, alone.facets)
    assert found.beside == {"specimen": 1, "draft": 1}
    assert len(found.hits) == found.total + 2
    assert alone.beside == {}


def test_facets_count_all_hits(searcher: Searcher) -> None:
    facets = searcher.search("claims", limit=1).facets
    assert facets == {
        "family": {"sofa": 4, "acsa": 1},
        "party": {"VAL": 5, "TAM": 4, "MRD": 1, "NOR2": 1},
        "topic": {"claims_government": 3, "official_duty": 1},
        "decade": {"1990s": 4, "2010s": 1},
        "status": {"in-force": 4, "expired": 1},
    }


def test_newest_first(searcher: Searcher) -> None:
    hits = searcher.search("claims", sort="date").hits
    assert hits[0].agreement == "norlandia-supply-2011"
    assert [h.signed[-1] for h in hits] == sorted((h.signed[-1] for h in hits), reverse=True)


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("umpirre", "umpire"),
        ("recieved umpier", "recieved umpire"),  # letters that changed places; nothing near the other word
        ("umpire", None),
        ("xyzzyqwerty", None),
    ],
)
def test_did_you_mean(searcher: Searcher, query: str, better: str | None) -> None:
    assert searcher.search(query).suggestion == better


_ODD = """
"umpire
umpire)
((umpire
AND umpire
umpire OR
NOT
wrong:umpire
umpire AND OR fuel
umpire ~ ^ \\ /
um{pire] umpire
"""


_HUGE = [
    "a*" * 300,
    "?*" * 500,
    "id:" + "*a" * 100,
    "NOT " * 500 + "a",
    "a~99999999999",
    '"the a"~999999999999',
    "x" * 9000,
]


@pytest.mark.parametrize("query", _HUGE, ids=range(len(_HUGE)))
def test_hostile_queries_answer(searcher: Searcher, query: str) -> None:
    assert searcher.search(query, limit=10**9).total >= 0


@pytest.mark.parametrize("query", _ODD.strip().splitlines())
def test_odd_queries_answer(searcher: Searcher, query: str) -> None:
    results = searcher.search(query)
    assert results.read_as
    if "umpire" in query:
        assert any(hit.ref == V + "VIII.2" for hit in results.hits)


def test_hit_carries_what_a_person_cites(searcher: Searcher) -> None:
    hit = searcher.search("umpire").hits[0]
    assert hit.article == "Article VIII" and hit.heading == "Claims" and hit.path == "VIII.2"
    assert "Article VIII, paragraph 2" in hit.citation and "14 March 1999" in hit.citation
    assert hit.text.splitlines()[1] == "(a) an umpire named by both sides; or"
    assert hit.snippet == "an umpire named by both sides; or"
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["umpire"]


def test_impossible_options_are_refused(searcher: Searcher) -> None:
    for wrong in ({"by": "page"}, {"limit": -1}, {"filters": Filters(since="last year")}):
        with pytest.raises(QueryError):
            searcher.search("claims", **wrong)  # type: ignore[arg-type]


def test_engines_agree_on_what_is_found(engine: str, built: Callable[[str], Path]) -> None:
    answers = []
    for name in (engine, DEFAULT):
        with Searcher(built(name), name) as opened:
            answers.append([sorted(h.ref for h in opened.search(q, limit=100).hits) for q in ("claims", "stores", "a")])
    assert answers[0] == answers[1]


def test_unknown_engine_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        engine_named("lucene")
    assert "tantivy" in raised.value.hint and "whoosh" in raised.value.hint


def test_missing_index_says_what_to_do(engine: str, tmp_path: Path) -> None:
    with pytest.raises(AgreementsError) as raised:
        search(tmp_path / "none", "claims", engine=engine)
    assert "rebuild" in raised.value.hint


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("visiting forces agreement 1999, Article VIII paragraph 2", V + "VIII.2"),
        ("art. 8(2)(a) of the Visiting Forces Agreement", V + "VIII.2"),
        ("valdoria-tamaris-1999#VIII.2.b", V + "VIII.2"),
        ("valdoria-tamaris-1999", V + "preamble"),
        ("Article IX, agreement on visiting forces", V + "IX"),
        ("paragraph 1 of Annex A to the Supply Agreement", N + "annex-a.1"),
        ("Supply Agreement Article 1", N + "1.1"),
        ("preamble of the Visiting Forces agreement", V + "preamble"),
    ],
)
def test_a_place_comes_first(searcher: Searcher, collection: tuple[Agreement, ...], query: str, first: str) -> None:
    results = searcher.search(query, catalog=Catalog(lambda: [facts_of(agreement) for agreement in collection]))
    assert results.hits[0].ref == first
    assert results.understanding
    assert results.understanding.places[0].ref == first
    off = searcher.search(query, catalog=Catalog(tuple), off=("all",))
    assert off.understanding
    assert off.understanding.is_plain


def test_what_a_query_says_of_agreements_comes_first_and_hides_nothing(searcher: Searcher) -> None:
    said = searcher.search("stores ACSA since 2011", limit=100)
    words = searcher.search("stores", limit=100)
    assert said.understanding
    assert [each.id for each in said.understanding.first] == ["family:acsa", "signed:2011.."]
    assert {hit.ref for hit in said.hits} >= {hit.ref for hit in words.hits}
    assert said.hits[0].agreement == N[:-1]
    assert "first family" in said.read_as
    off = searcher.search("stores ACSA since 2011", off=("family:acsa",))
    assert off.understanding
    assert [each.id for each in off.understanding.first] == ["signed:2011.."]


@pytest.mark.parametrize(
    "filters", [Filters(family=("sofaa",)), Filters(topic=("claimz_government",)), Filters(status=("in force now",))]
)
def test_a_value_that_there_is_not_is_refused_with_near_ones(searcher: Searcher, filters: Filters) -> None:
    with pytest.raises(NotFoundError) as refused:
        searcher.search("claims", filters)
    assert "Near: " in refused.value.hint


def test_a_value_in_a_query_that_there_is_not_is_said_with_near_ones(searcher: Searcher) -> None:
    assert any("Near: sofa" in note for note in searcher.search("family:sofaa claims").notes)
    assert any("Near: family" in note for note in searcher.search("famly:sofa claims").notes)
