"""The data of markings keeps its rules, words are compared whatever they are typed with, and nothing takes long."""

import copy
import time
import tomllib
from typing import Any

import pytest

from agreements.marking import PlacedText, examine, grammar
from agreements.marking.words import key, lexicon_of
from agreements.resources import data

ROWS: dict[str, Any] = tomllib.loads(data("markings.toml").read_text(encoding="utf-8"))


def _broken(change: Any) -> dict[str, Any]:
    rows = copy.deepcopy(ROWS)
    change(rows)
    return rows


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows["level"][0].update(level="most secret"), "level 1: needs an owner and a level"),
        (lambda rows: rows["level"][0].update(word=["X"]), "level 1: word is not a field"),
        (lambda rows: rows["level"][0].update(words=[]), "level 1.words: needs a list"),
        (lambda rows: rows["level"][0].update(words=["TOP SECRET", "Top-Secret"]), "the same words twice"),
        (lambda rows: rows["level"][1].update(alone=["X"]), "level 2: alone names"),
        (lambda rows: rows["control"][0].update(words=["//"]), "holds no word"),
        (lambda rows: rows["authority"][0].update({"with": "hope"}), "authority 1: with is one of"),
        (lambda rows: rows.update(colour={}), "colour is unknown or missing"),
        (lambda rows: rows.pop("carried"), "carried is unknown or missing"),
        (lambda rows: rows["around"].pop("leads"), "around needs"),
    ],
)
def test_a_wrong_entry_is_named(change: Any, says: str) -> None:
    with pytest.raises(ValueError, match=r"markings\.toml") as caught:
        lexicon_of(_broken(change))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ГЕХЕИМ", "гехеим"),
        ("\u0405\u0415\u0421R\u0415\u0422", "secret"),
        ("5ECRET", "secret"),
        ("TRÈS", "tres"),
        ("GİZLİ", "gizli"),
        ("1999", "1999"),
        ("7TH", "7th"),
        ("Secretary", "secretary"),
    ],
)
def test_a_word_is_compared_whatever_it_is_typed_with(typed: str, meant: str) -> None:
    assert key(typed) == meant


@pytest.mark.parametrize(
    ("set_apart", "read"), [("C U I", ["CUI"]), ("I A", ["I", "A"]), ("x y z", ["x", "y", "z"]), ("x y z w", ["xyzw"])]
)
def test_three_letters_set_apart_are_one_word_where_it_is_known(set_apart: str, read: list[str]) -> None:
    assert [word.text for word in grammar.tokens_of(set_apart)] == read


HOSTILE = {
    "slashes": "SECRET/A" + "/A",
    "spaced letters": "S E C R E T ",
    "brackets": "(S) ",
    "open brackets": "((((",
    "struck": "~~a",
    "struck signs": "S\u0336",
    "comments": "<!--",
    "hyphens": "SE-",
    "dates": "DECLASSIFIED 4 May 1999 ",
    "lists": "REL TO USA, ",
    "numbers": "1.1.1.",
    "tabs": "SECRET\t",
    "stops": ". ",
    "marks": "\u0301\u200b",
}
SHORT, TIMES = 60_000, 16
_SLOWEST = 2.0  # times the growth of the text


def _seconds(pieces: list[PlacedText]) -> float:
    def once() -> float:
        start = time.process_time()
        examine(pieces)
        return time.process_time() - start

    return min(once() for _ in range(2))


def _grows_with_the_text(few: list[PlacedText], many: list[PlacedText]) -> bool:
    """Whether `TIMES` as much takes no more than so many times as long, in one of three tries: others work here too."""
    return any(_seconds(many) <= max(0.05, _SLOWEST * TIMES * _seconds(few)) for _ in range(3))


@pytest.mark.parametrize("kind", ["edge", "paragraph", "entry", "marking"])
@pytest.mark.parametrize("pump", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_megabyte_takes_no_more_than_linear_time(pump: str, kind: Any) -> None:
    short = pump * (SHORT // len(pump))
    assert _grows_with_the_text(*([PlacedText(short * times, "the text", kind)] for times in (1, TIMES)))


@pytest.mark.parametrize("pump", HOSTILE.values(), ids=HOSTILE.keys())
def test_many_short_texts_take_no_more_than_linear_time(pump: str) -> None:
    piece = PlacedText(pump * 12, "the text")
    assert _grows_with_the_text([piece] * 20, [piece] * (20 * TIMES))


@pytest.mark.parametrize("when", ["20331231", "December 2033", "Dec 2033", "25X1", "OADR", ": whenever"])
def test_an_authority_to_declassify_names_a_day_a_month_or_an_exemption(when: str) -> None:
    found = grammar.authority(f"Declassify on {when}")
    assert found is not None
    assert found.level == "authority"
    assert grammar.authority("Declassify on the day of signature") is None


def test_a_notice_counts_as_written_in_capitals() -> None:
    """Whoever asks for capitals alone (a header, a stamp) is told of a notice in sentence case too."""
    found = grammar.notice("This document is classified Secret")
    assert found is not None
    assert found.caps
