"""PDF: lines with their places, and pages that are pictures."""

from collections.abc import Callable

import pytest

from agreements.errors import UnreadableError
from agreements.reading import pdf as reader
from agreements.reading.pdf import read
from agreements.reading.source import SourceFile

Pdf = Callable[..., SourceFile]


def test_lines_come_from_the_top_down_whatever_their_order_in_the_file(pdf: Pdf) -> None:
    reading = read(pdf([(72, 300, "third"), (72, 100, "first"), (72, 200, "second")]))
    assert [x.text for x in reading.lines] == ["first", "second", "third"]
    assert [reading.text[x.start : x.end] for x in reading.lines] == ["first", "second", "third"]


def test_places_are_points_from_the_top_left(pdf: Pdf) -> None:
    (line,) = read(pdf([(72, 100, "The Parties agree.")], size=12)).lines
    assert line.left == pytest.approx(72, abs=2)
    assert line.top is not None and 85 < line.top < 100
    assert line.right is not None and 150 < line.right < 200
    assert line.size == pytest.approx(13.5, abs=3)
    assert line.page == 1


def test_bold_is_known_by_the_font(pdf: Pdf) -> None:
    lines = read(pdf([(72, 100, "B:ARTICLE I"), (72, 120, "The Parties agree.")])).lines
    assert [x.bold for x in lines] == [True, False]


def test_pieces_on_one_line_are_one_line(pdf: Pdf) -> None:
    lines = read(pdf([(90, 100, "The Parties agree."), (72, 100, "1.")])).lines
    assert [x.text for x in lines] == ["1. The Parties agree."]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_in_the_direction_of_its_lines(pdf: Pdf, rotate: int, turn: int) -> None:
    places = {
        0: [(72, 100), (72, 120), (72, 140)],
        90: [(100, 700), (120, 700), (140, 700)],  # lines that run up the page
        180: [(500, 700), (500, 680), (500, 660)],
        270: [(500, 100), (480, 100), (460, 100)],
    }[turn]
    words = ("first words", "second words", "third words")
    lines = [(left, top, text) for (left, top), text in zip(places, words, strict=True)]
    reading = read(pdf(reversed(lines), rotate=rotate, turn=turn))
    assert tuple(x.text for x in reading.lines) == words


def test_blank_pages_are_no_finding(pdf: Pdf) -> None:
    reading = read(pdf([(72, 100, "The Parties agree.")], [], [(72, 100, "The Parties sign.")]))
    assert [x.page for x in reading.lines] == [1, 3]
    assert reading.findings == ()


def test_a_file_of_blank_pages_is_one_clear_error(pdf: Pdf) -> None:
    with pytest.raises(UnreadableError, match="holds no text"):
        read(pdf([], []))


def test_too_many_pages_are_refused_by_a_named_limit(pdf: Pdf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PAGE_LIMIT", 1)
    with pytest.raises(UnreadableError, match="the limit is 1"):
        read(pdf([(72, 100, "a")], [(72, 100, "b")]))


def test_a_protected_file_is_one_clear_error(pdf: Pdf) -> None:
    open_file = pdf([(72, 100, "The Parties agree.")]).data
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"5a" * 32 + b"> /U <" + b"7b" * 32 + b"> >> "
    locked = open_file.replace(b"trailer << ", b"trailer << " + lock + b"/ID [<00> <00>] ")
    with pytest.raises(UnreadableError, match="protected by a password") as caught:
        read(SourceFile.of("locked.pdf", locked))
    assert "--password" in caught.value.hint


def test_two_thousand_pages_are_read(pdf: Pdf) -> None:
    reading = read(pdf(*[[(72, 100, f"The Parties agree on point {n}.")] for n in range(1, 2001)]))
    assert len(reading.lines) == 2000
    assert (reading.lines[-1].page, reading.lines[-1].text) == (2000, "The Parties agree on point 2000.")


def test_type_and_baseline_are_those_of_the_file_and_raised_signs_are_known(pdf: Pdf) -> None:
    marked = b"BT /F1 12 Tf 72 742 Td (the areas) Tj 5 Ts /F1 7 Tf (1) Tj 0 Ts /F1 12 Tf ( agreed) Tj ET"
    plain = pdf([(72, 100, "x")]).data
    start, end = plain.index(b"stream\n") + 7, plain.index(b"\nendstream")
    data = plain[:start] + marked + plain[end:]
    data = data.replace(b"/Length %d >>" % (end - start), b"/Length %d >>" % len(marked))
    (line,) = read(SourceFile.of("marked.pdf", data)).lines
    assert line.text.replace(" ", "") == "theareas1agreed"
    assert [line.text[a:b] for a, b in line.raised] == ["1"]
    assert line.size == pytest.approx(12)
    assert line.top == pytest.approx(842 - 742 - 12)


def test_a_diagonal_stamp_is_no_line_and_is_told(pdf: Pdf) -> None:
    page = [(72, 100, "The Parties lend each other tents."), (72, 120, "They pay nothing."), (200, 500, "D:SPECIMEN")]
    reading = read(pdf(page, page))
    assert [line.text for line in reading.lines] == [words for _, _, words in page[:2]] * 2
    assert "SPECIMEN" in reading.page_edges
    (told,) = (finding for finding in reading.findings if finding.code == "stamp")
    assert told.message == "Words across the page were taken out of the text (pages: 1, 2): SPECIMEN"
