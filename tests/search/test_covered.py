"""What has all the words that are asked for goes before a short line that has some of them."""

from pathlib import Path

import pytest

from agreements.model import Agreement, Document, Party
from agreements.search import Index, Searcher, order, ranking
from tests.search.conftest import article

_ALL = (
    "The keeper of the mews counts the hawks each spring and writes their number into the book of the house. Nobody "
    "flies a bird before the keeper has seen the gauntlet that is to carry it, and lame birds rest."
)


def _agreement() -> Agreement:
    others = tuple(
        article(str(n), None, f"Clause {n} speaks of boats, nets and the weather of month {n}.") for n in range(4, 50)
    )
    own = (
        article("1", None, "Every one of the hawks that is flown by a guest of the house has a gauntlet of its own."),
        article("2", None, _ALL),
        article("3", None, "The mews, which stands by the western gate, has a roof of slate that keeps the hawks dry."),
    )
    main = Document(title="Birds", provisions=(*own, *others))
    return Agreement(id="birds", family="other", title="Birds", parties=(Party(code="VAL"),), documents=(main,))


@pytest.fixture
def birds(engine: str, tmp_path: Path) -> Path:
    with Index(tmp_path, engine).building() as batch:
        batch.put(_agreement(), None)
    return tmp_path


def test_a_long_provision_with_all_the_words_goes_first(
    birds: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "WORTH", 0.0)
    asked = "hawks gauntlet mews"
    with Searcher(birds, engine) as opened:
        assert opened.search(asked).hits[0].path == "2"
        monkeypatch.setattr(ranking, "COVERED", 0.0)
        assert opened.search(asked).hits[0].path == "3"


def test_in_a_question_words_part_only_what_is_on_the_topic_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order, "WORTH", 0.0)
    monkeypatch.setattr(ranking, "TELLING", 1.0)  # in so few texts no word is rarer than one in fifty
    with Index(tmp_path).building() as batch:
        batch.put(_agreement(), {str(number): {"weapons_carriage": 1.0} for number in range(1, 50)})
    asked = "who may carry a weapon by the slate gate?"
    with Searcher(tmp_path) as opened:
        found = opened.search(asked).hits[:3]
        assert [hit.path for hit in found] == ["3", "2", "1"]
        assert found[0].score - found[2].score < 1  # and not by all that words are worth
        monkeypatch.setattr(ranking, "COVERED_ASKED", 0.0)
        assert [hit.path for hit in opened.search(asked).hits[:3]] == ["1", "2", "3"]
