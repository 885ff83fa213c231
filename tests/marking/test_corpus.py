"""The corpus of markings is whole: enough of both kinds, none twice, none in both; all words are our own.

`in_use.csv` holds markings that no door may let in or out, `innocent.csv` words that none may refuse. `place` is the
door and the place there; `text` is written with the escapes of Python (`\\n`, `\\u00ad`).
"""

from pathlib import Path

import pytest

from tests.marking.corpus import IN_USE, INNOCENT, Case

CASES = {"in use": (IN_USE, 300), "innocent": (INNOCENT, 150)}


@pytest.mark.parametrize(("cases", "at_least"), CASES.values(), ids=CASES.keys())
def test_there_are_enough_and_none_comes_twice(cases: tuple[Case, ...], at_least: int) -> None:
    assert len({(case.place, case.text) for case in cases}) == len(cases) >= at_least


def test_no_text_is_both_at_one_place() -> None:
    assert not {(c.place, c.text) for c in IN_USE} & {(c.place, c.text) for c in INNOCENT}


def test_every_case_says_why() -> None:
    assert all(case.why for case in (*IN_USE, *INNOCENT))


def test_all_doors_are_tried() -> None:
    doors = {"text", "md", "html", "word", "pdf", "scan", "jsonl", "typed"}
    for cases in (IN_USE, INNOCENT):
        assert {case.place.split(".", maxsplit=1)[0] for case in cases} == doors


def test_the_corpus_lies_as_utf_8_with_unix_line_ends() -> None:
    for name in ("in_use.csv", "innocent.csv"):
        data = (Path(__file__).parent / name).read_bytes()
        assert b"\r" not in data
        data.decode("utf-8")
