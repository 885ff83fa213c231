"""What an answer says of its reach: the texts that filters keep, those that no filter can place, and its order."""

from pathlib import Path

import pytest

from agreements import library
from agreements.model import Agreement, Document, Party, Signing
from agreements.repository import Repository
from tests.search.conftest import article


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filtered") / "repository"
    repository = Repository(folder)
    rows = (
        ("dated", "sofa", ("USA", "VAL"), "1954-08-13"), ("later", "dca", ("USA", "VAL"), "1996-01-01"),
        ("undated", "sofa", ("USA", "VAL"), ""), ("unnamed", "sofa", (), "1950-01-01"),
    )  # fmt: skip
    for own, family, parties, day in rows:
        words = article("1", None, f"No weapon of the force is taken from the {own} store.")
        repository.add(
            Agreement(
                id=own, family=family, title=own, parties=tuple(Party(code=code) for code in parties),
                signings=(Signing(date=day),) if day else (), documents=(Document(title=own, provisions=(words,)),),
            )
        )  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({}, "Searched: 4 agreements with text."),
        ({"until": "1960"}, "2 of 4 agreements with text, those that the filters keep; left out: 1 whose day"),
        (
            {"until": "1960", "family": ["sofa"]},
            "2 of 4 agreements with text, those that the filters keep; left out: 1",
        ),
        ({"since": "1990", "family": ["dca"]}, "1 of 4 agreements with text, those that the filters keep. What"),
        ({"party": ["VAL"]}, "3 of 4 agreements with text, those that the filters keep; left out: 1 whose parties"),
    ],
)
def test_the_reach_of_an_answer_is_that_of_its_filters(desk: Path, filters: dict[str, object], said: str) -> None:
    covered = library.search(desk, "weapon", **filters).coverage  # type: ignore[arg-type]
    assert covered is not None
    assert said in covered.words()


def test_an_answer_by_date_says_which_way(desk: Path) -> None:
    found = library.search(desk, "weapon", sort="date")
    assert [hit.agreement for hit in found.hits][:3] == ["later", "dated", "unnamed"]
    assert "Sorted by the day of signature, the latest first." in found.notes
    assert not library.search(desk, "weapon").notes


def test_what_is_nearly_the_same_stands_first_by_the_share_that_is_told(desk: Path) -> None:
    found = library.similar(desk, text="No weapon of the force is taken from the dated store of it.")
    shares = [row.likeness for row in found.alike]
    assert len(shares) > 2
    assert shares[-1] > 0.7
    assert shares == sorted(shares, reverse=True)
    assert [row.hit.ref for row in found.alike] == [hit.ref for hit in found.hits]


def test_the_same_rule_in_other_words_stands_before_another_rule_in_the_same_order_of_words(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository")
    for own, words in (
        ("same-rule", "Pilot licences of the sending State are valid for every aircraft that its force flies."),
        ("same-words", "A guest who leaves a camp of the force shows his badge to the guard at the gate."),
    ):
        document = Document(title=own, provisions=(article("1", None, words),))
        repository.add(Agreement(id=own, family="sofa", title=own, documents=(document,)))
    asked = "A person who flies an aircraft of the force shows the pilot licence of the sending State."
    found = library.similar(tmp_path / "repository", text=asked)
    shares = [row.likeness for row in found.alike]
    assert [row.hit.agreement for row in found.alike] == ["same-rule", "same-words"]
    assert shares[0] < shares[1]
    assert "rare words" in found.order
