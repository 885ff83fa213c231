"""Numbers in figures and in words, and writings without blanks between words, on every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agreements.language.numbers import spelled, ways_in_words
from agreements.model import Agreement, Document
from agreements.search import Index, Searcher
from agreements.search.analysis import terms
from tests.search.conftest import article

PERIODS = Agreement(
    id="periods",
    family="other",
    documents=(
        Document(
            provisions=(
                article("1", None, "The host authority answers within a period of twenty-one days."),
                article("2", None, "Fuel is paid for in 45 days."),
                article("3", None, "A pilot is told one hundred and twenty (120) hours before."),
                article("4", None, "The depot has two hundred ten doors."),
            )
        ),
    ),
)
LOANS = Agreement(
    id="loans",
    family="other",
    documents=(
        Document(
            language="ja",
            provisions=(
                article("一", None, "両国は、部隊の借用する倉庫を点検する。"),
                article("二", None, "庫倉は部品を隊に渡す。"),
                article("三", None, "훈련장은 무상으로 빌린다."),
            ),
        ),
    ),
)


@pytest.fixture
def here(engine: str, tmp_path: Path) -> Iterator[Searcher]:
    with Index(tmp_path, engine).building() as batch:
        for agreement in (PERIODS, LOANS):
            batch.put(agreement)
        batch.fingerprint = "of a test"
    with Searcher(tmp_path, engine) as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("query", "found", "why"),
    [
        ('"21 days"', ["periods#1"], "in words in the text"),
        ('"twenty-one days"', ["periods#1"], "as it stands"),
        ('"forty-five days"', ["periods#2"], "in figures in the text"),
        ('"120 hours"', ["periods#3"], "in both"),
        ('"one hundred and twenty hours"', ["periods#3"], "in words, the figure between"),
        ('"one hundred twenty hours"', ["periods#3"], "without and"),
        ('"210 doors"', ["periods#4"], "without and in the text"),
        ('"12 days"', [], "another number"),
        ("21", ["periods#1"], "a bare figure"),
        ("倉庫", ["loans#一"], "a word of two signs, not the same signs the other way round"),
        ('"部隊の借用"', ["loans#一"], "a phrase"),
        ("隊", ["loans#一", "loans#二"], "one sign"),
        ("훈련장", ["loans#三"], "without the particle that the text has"),
        ("港湾", [], "what stands nowhere"),
    ],
)
def test_found(here: Searcher, query: str, found: list[str], why: str) -> None:
    assert sorted(hit.ref for hit in here.search(query, by="article").hits) == found, why


def test_what_was_found_is_marked_in_the_text(here: Searcher) -> None:
    for query, marked in (('"21 days"', "twenty-one days"), ("倉庫", "倉庫")):
        (hit,) = here.search(query, by="article").hits
        start, end = hit.highlights[0][0], hit.highlights[-1][1]
        assert hit.snippet[start:end] == marked


@pytest.mark.parametrize("value", [1, 9, 10, 19, 20, 21, 99, 100, 101, 120, 999])
def test_every_way_to_write_a_number_has_its_value(value: int) -> None:
    assert {spelled(way) for way in ways_in_words(value)} == {value}
    assert ways_in_words(value)


@pytest.mark.parametrize("value", [-1, 0, 1000])
def test_other_numbers_are_not_written_in_words(value: int) -> None:
    assert ways_in_words(value) == ()


def test_signs_and_letters_in_one_piece_are_told_apart() -> None:
    assert terms("第12条NATO軍") == ["第", "12", "条", "nato", "軍"]
