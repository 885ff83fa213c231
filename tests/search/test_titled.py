"""Beside a party or a day the words of a title say which agreement is meant, and no longer which provision."""

from collections.abc import Iterator

import pytest

from agreements.model import Agreement, Document, Party, Provision, Signing
from agreements.search import Index, Searcher
from tests.search.conftest import article, text


def _agreement(agreement: str, title: str, code: str, day: str, *articles: Provision) -> Agreement:
    opening = Provision(kind="preamble", children=(text(f"Wishing to have a {title}, they have agreed:"),))
    return Agreement(
        id=agreement,
        family="other",
        title=title,
        parties=(Party(code=code), Party(code="VAL")),
        signings=(Signing(date=day),),
        documents=(Document(title=title, provisions=(opening, *articles)),),
    )


def _held() -> Iterator[Agreement]:
    costs = article("2", "Costs", "Each side bears its own.")
    hawks = article("1", "Scope", "The exchange of hawks is free; hawks of an exchange are ringed.")
    yield _agreement("hawks-1961", "Agreement on the Exchange of Hawks", "ISL", "1961-05-04", hawks, costs)
    boats = article("1", "Scope", "Boats may land; the costs of boats are shared.")
    yield _agreement("boats-1970", "Agreement on Boats", "ISL", "1970-05-04", boats)
    yield _agreement("nets-1980", "Agreement on Nets", "NOR", "1980-05-04", article("1", "Costs", "Nets have costs."))
    yield _agreement("owls-1981", "", "NZL", "1981-05-04", article("1", "Scope", "Owls."), costs)


@pytest.fixture(scope="module")
def birds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("titled")
    with Index(folder).building() as batch:
        for agreement in _held():
            batch.put(agreement, None)
    with Searcher(folder) as opened:
        yield opened


CASES = [
    ("hawks exchange agreement with Iceland: costs", "hawks-1961", "costs"),
    ("exchange of hawks Iceland costs", "hawks-1961", "costs"),
    ("1961 agreement on hawks, costs", "hawks-1961", "costs"),
    ("Norway nets costs", "nets-1980", "costs"),  # the only one with Norway
    ("New Zealand owls costs", "owls-1981", "costs"),  # called by its id, as it has no title
]


@pytest.mark.parametrize(("query", "agreement", "rest"), CASES, ids=[row[0] for row in CASES])
def test_the_words_of_a_title_name_the_agreement(birds: Searcher, query: str, agreement: str, rest: str) -> None:
    results = birds.search(query)
    assert results.understanding
    assert results.understanding.rest == rest
    assert f"agreement:{agreement}" in [each.id for each in results.understanding.first]
    assert (results.hits[0].agreement, results.hits[0].heading) == (agreement, "Costs")


def test_the_kind_of_an_agreement_stands_in_its_title(birds: Searcher) -> None:
    results = birds.search("boats agreement with Iceland, free exchange of hawks")
    assert results.understanding
    assert results.understanding.rest == "free exchange of hawks"
    assert "agreement:boats-1970" in [each.id for each in results.understanding.first]


@pytest.mark.parametrize(
    "query",
    [
        "Iceland hawks costs",  # one word, where two agreements are with Iceland
        "agreement with Iceland on hawks",  # nothing would be left to look for
        "exchange of hawks costs",  # no party and no day
    ],
)
def test_what_may_be_what_is_asked_for_stays_so(birds: Searcher, query: str) -> None:
    understanding = birds.search(query).understanding
    assert understanding
    assert "hawks" in understanding.rest
    assert not [each for each in understanding.first if each.kind == "agreement"]


def test_what_was_read_into_the_title_can_be_taken_off(birds: Searcher) -> None:
    taken_off = birds.search("exchange of hawks Iceland costs", off=["agreement:hawks-1961"]).understanding
    assert taken_off
    assert [each.id for each in taken_off.first] == ["party:ISL"]
    assert taken_off.rest == "exchange of hawks costs"
