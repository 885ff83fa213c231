"""Turns of speech in a question are read as what treaties say for them; the table is sound."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from agreements import library
from agreements.resources import data
from agreements.search.lucene import read
from agreements.search.themes import expressions, expressions_said, themed, topics_sought

ROWS = list(csv.DictReader(data("lay_expressions.csv").read_text(encoding="utf-8").splitlines()))
SAID = [(said, row) for row in ROWS for said in row["said"].split(";")]

FOUND = [
    ("who pays when the tank runs over a fence", "runs over", "other words are around it"),
    ("may they put a deserter on trial", "put on trial", "two words stand in the gap"),
    ("how are the graves looked after", "looked after", "another form of its words"),
]
NOT_FOUND = [
    ("may they bring a dog and family silver", "bring .. family", "a gap does not reach over `and`"),
    ("may they put one more of us on trial", "put .. on trial", "four words are too many for a gap"),
    ("who pays when the tank is over", "run over", "half of it is not it"),
]


def _said(question: str) -> Mapping[str, tuple[str, ...]]:
    words = question.split()
    return {" ".join(words[place] for place in each.places): each.meant for each in expressions(words)}


@pytest.mark.parametrize(("question", "expected", "why"), FOUND, ids=[row[2] for row in FOUND])
def test_an_expression_is_found(question: str, expected: str, why: str) -> None:
    assert expected in _said(question), why


@pytest.mark.parametrize(("question", "expression", "why"), NOT_FOUND, ids=[row[2] for row in NOT_FOUND])
def test_what_is_no_expression_is_none(question: str, expression: str, why: str) -> None:
    meant = next(row["meant"].split(";") for said, row in SAID if said == expression)
    assert tuple(meant) not in _said(question).values(), why


def test_every_expression_is_read_as_its_row_says() -> None:
    asked = {said: said.replace(" ..", " the old").split() for said, _ in SAID}
    read_as = {said: {each.meant for each in expressions(words)} for said, words in asked.items()}
    assert [said for said, row in SAID if tuple(row["meant"].split(";")) not in read_as[said]] == []


def test_no_expression_has_two_rows() -> None:
    every = [said for said, _ in SAID]
    assert sorted({said for said in every if every.count(said) > 1}) == []


def test_the_longer_expression_holds_the_shorter() -> None:
    assert list(_said("so who pays the family")) == ["who pays the family"]


def test_only_a_question_is_read_so_and_none_that_is_to_be_read_plainly() -> None:
    asked = read("how do we get out of it").tree
    assert expressions_said(themed(asked)).startswith("“get out of” as terminate or ")
    assert "termination" in topics_sought(themed(asked))
    assert expressions_said(themed(asked, plain=True)) == ""
    assert expressions_said(themed(read("get out of").tree)) == ""
    assert expressions_said(themed(read('how "get out of"').tree)) == ""


TEXTS = {
    "tamaris": (
        "Article 1\nThe Parties shall deal with each other in good faith, and shall get what is out of order mended.\n"
        "Article 2\nEither Party may denounce this Agreement by a note; it ceases to have effect after six months.\n"
    )
}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("expressions")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(f"AGREEMENT ON FERRIES\n\n{text}", encoding="utf-8")
    library.import_files(folder / "repository", sorted(folder.glob("*.txt")))
    return folder / "repository"


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_question_finds_what_says_it_in_none_of_its_words(held: Path, engine: str) -> None:
    found = library.search(held, "how does a country get out of the deal", engine=engine)
    assert found.hits[0].path == "2"
    assert "“get out of” as terminate or denounce" in found.read_as
    start, end = found.hits[0].highlights[0]
    assert found.hits[0].snippet[start:end] == "denounce"


def test_it_can_be_taken_off(held: Path) -> None:
    found = library.search(held, "how does a country get out of the deal", take_off=["all"])
    assert "denounce" not in found.read_as


def test_a_word_that_treaties_put_otherwise_is_no_word_that_none_has(held: Path) -> None:
    assert library.search(held, "is there any clause on quitting").is_about
    assert not library.search(held, "is there any clause on quilting").is_about
