"""The best provisions by words come in order by sense too, by vectors of words that need no model."""

import math
from base64 import b64decode
from pathlib import Path

import pytest

from agreements.model import Agreement, Document, Party
from agreements.search import Index, Searcher, order
from agreements.search.analysis import terms
from agreements.search.senses import WordSenses, nearness, sense_of, word_senses
from tests.search.conftest import article

_FILE = b"3 4\nboat\nlake\ntax\n" + bytes((40, 0, 0xFF, 2, 30, 10, 0, 0, 0, 0x81, 5, 0))


def _signed(vector: bytes) -> list[int]:
    return [each - 256 if each > 127 else each for each in vector]


def test_the_vector_of_a_text_is_the_sum_of_those_of_its_words() -> None:
    senses = WordSenses(_FILE)
    assert _signed(senses.of(["boat"])) == [127, 0, -3, 6]
    assert _signed(senses.of(["lake", "rope", "tax"])) == [round(30 / 117 * 127), -127, round(5 / 117 * 127), 0]
    twice = _signed(senses.of(["boat", "boat", "tax"]))  # 8 * (1 + log 2) is 14: 14 * boat + 8 * tax
    sums = [14 * 40, -8 * 127, -14 + 8 * 5, 14 * 2]
    assert twice == [round(each * 127 / (8 * 127)) for each in sums]


def test_a_long_text_runs_over_into_no_other_number() -> None:
    senses = WordSenses(_FILE)
    long = _signed(senses.of(["boat", "lake", "tax"] * 200_000))
    short = _signed(senses.of(["boat", "lake", "tax"]))
    assert max(abs(a - b) for a, b in zip(long, short, strict=True)) <= 1


def test_words_that_are_not_known_have_no_sense() -> None:
    assert WordSenses(_FILE).of(["rope"]) == b""
    assert sense_of(["qqqxyz"]) == "" == sense_of([])
    assert nearness("", [sense_of(["jail"])]) == [0.0]
    assert nearness(sense_of(["jail"]), ["", sense_of(["jail"])]) == [0.0, pytest.approx(1.0)]


@pytest.mark.parametrize("content", [_FILE[:-1], _FILE + b"x", b"4" + _FILE[1:]])
def test_a_file_that_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not whole"):
        WordSenses(content)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("locked up in jail", "custody of an accused person pending trial", "import of fuel without customs duty"),
        ("doctor for a sick child", "medical and dental care for dependents", "licences of drivers of vehicles"),
        ("rubbish and dirt left behind", "removal of waste and protection of the environment", "wearing of uniform"),
    ],
)
def test_what_is_near_in_sense_is_nearer(asked: str, near: str, far: str) -> None:
    first, second = nearness(sense_of(terms(asked)), [sense_of(terms(near)), sense_of(terms(far))])
    assert first > second + 0.1


def test_a_vector_is_as_long_as_the_file_says() -> None:
    vector = b64decode(sense_of(terms("claims")))
    assert len(vector) == word_senses().dimensions
    assert math.hypot(*_signed(vector)) >= 127


@pytest.fixture
def held(engine: str, tmp_path: Path) -> Path:
    about = ("fuel", "doctors", "judges", "wages", "rivers", "letters", "music")  # what parts them in sense
    rows = [
        article(
            str(n), None, f"The warden of gate {n} keeps a list of carts, ladders, lamps and {about[n % len(about)]}."
        )
        for n in range(9, 140)
    ]
    own = (
        article("1", None, "The guard keeps a ledger of the duty that is levied on tobacco, spirits and silk."),
        article("2", None, "The guard keeps a prisoner in custody until a court has tried and released him."),
    )
    main = Document(title="Gates", provisions=(*own, *rows))
    agreement = Agreement(id="gates", family="other", title="Gates", parties=(Party(code="VAL"),), documents=(main,))
    with Index(tmp_path, engine).building() as batch:
        batch.put(agreement, None)
    return tmp_path


def test_of_what_has_the_words_the_nearer_in_sense_comes_first(
    held: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Searcher(held, engine) as opened:
        assert opened.search("guard tobacco OR guard custody arrest").hits  # operators keep to what they say
        for asked, first in (("guard keeps jail", "2"), ("guard keeps taxes", "1")):
            assert opened.search(asked).hits[0].path == first
        monkeypatch.setattr(order, "WORTH", 0.0)
        assert {opened.search(asked).hits[0].path for asked in ("guard keeps jail", "guard keeps taxes")} != {"1", "2"}


def test_pages_are_pieces_of_one_order(held: Path, engine: str) -> None:
    with Searcher(held, engine) as opened:
        whole = opened.search("warden lamps ladders hospital", limit=131)
        assert whole.total == 131
        pages = [opened.search("warden lamps ladders hospital", limit=9, offset=at) for at in range(0, 131, 9)]
    assert [hit.ref for page in pages for hit in page.hits] == [hit.ref for hit in whole.hits]
    assert [hit.score for hit in whole.hits] == sorted((hit.score for hit in whole.hits), reverse=True)
