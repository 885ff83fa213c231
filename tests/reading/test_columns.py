"""Pages in two columns, and pages that only look like it."""

from collections.abc import Callable, Sequence

import pytest

from agreements.reading.pdf import read
from agreements.reading.source import SourceFile

Pdf = Callable[..., SourceFile]
LEFT = "the authorities of the receiving State shall give"  # some 210 points wide in Helvetica 10
RIGHT = "de autoriteiten van de Staat van verblijf zullen"


def page(rows: int = 12, start: int = 0, left: str = LEFT, right: str = RIGHT) -> list[tuple[float, float, str]]:
    lines = []
    for row in range(start, start + rows):
        top = 120 + 12.0 * (row - start)
        lines += [(60, top, f"l{row} {left}"), (310, top, f"r{row} {right}")]
    return lines


def order(reading: SourceFile) -> list[str]:
    return [line.text.split(" ")[0] for line in read(reading).lines]


@pytest.mark.parametrize("shuffled", [False, True])
def test_the_left_column_is_read_before_the_right_one(pdf: Pdf, shuffled: bool) -> None:
    lines = page()
    reading = pdf(sorted(lines) if shuffled else lines)  # row by row the file holds both columns as one line
    assert order(reading) == [f"l{n}" for n in range(12)] + [f"r{n}" for n in range(12)]
    assert [x.column for x in read(reading).lines] == [1] * 12 + [2] * 12


def test_lines_across_the_page_stand_between_what_is_above_and_below(pdf: Pdf) -> None:
    wide = (60, 280, "across the whole page runs this line, from the first column into the second one of it")
    below = [(x, top + 180, text.replace("l", "m", 1).replace("r", "s", 1)) for x, top, text in page()]
    found = order(pdf([*page(), wide, *below]))
    assert found == [
        *(f"l{n}" for n in range(12)), *(f"r{n}" for n in range(12)), "across",
        *(f"m{n}" for n in range(12)), *(f"s{n}" for n in range(12)),
    ]  # fmt: skip


def test_a_page_that_shows_too_little_is_read_as_the_others_are(pdf: Pdf) -> None:
    short: Sequence[tuple[float, float, str]] = page(2)
    assert order(pdf(page(), page(), short))[-4:] == ["l0", "l1", "r0", "r1"]
    assert order(pdf(short)) == ["l0", "l1"], "alone it is two lines across the page"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([(60, 100 + 12 * n, f"n{n} {LEFT} and {LEFT}") for n in range(20)], "prose over the whole width"),
        ([(60, 100 + 12 * n, f"n{n} short") for n in range(20)], "short lines"),
        (
            [(60, 100 + 12 * n, f"n{n} {LEFT} and {LEFT}") for n in range(20)]
            + [(x, 400.0 + 12 * n, f"s{n}") for n in range(3) for x in (60, 350)],
            "signatures side by side under prose",
        ),
    ],
)
def test_one_column(pdf: Pdf, lines: list[tuple[float, float, str]], why: str) -> None:
    assert {x.column for x in read(pdf(lines)).lines} == {0}, why
