"""Printed lines to paragraphs."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.parsing import furniture
from agreements.parsing.paragraphs import blocks_of
from agreements.reading import read_text
from agreements.reading.blocks import Line, Reading
from agreements.reading.text import from_text

WIDE = "The authorities of the receiving State shall give the members of the force"  # 74 characters
MORE = "such help as they may reasonably ask for in the performance of their duty,"


def texts(text: str) -> list[str]:
    return [b.text for b in blocks_of(from_text(text, name="t", sha256=""))[0]]


def page(*lines: str) -> str:
    """Return a text long enough that its width is known."""
    filler = "\n\n" + "\n".join([WIDE, MORE] * 4) + "\n"
    return "\n".join(lines) + filler


def first(text: str, count: int) -> list[str]:
    return texts(text)[:count]


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        ([WIDE, MORE, "within reason."], [f"{WIDE} {MORE} within reason."], "wrapped lines are one paragraph"),
        ([WIDE, "", MORE], [WIDE, MORE], "a blank line separates"),
        ([f"1. {WIDE[:70]}", "within reason.", f"2. {MORE[:70]}"],
         [f"1. {WIDE[:70]} within reason.", f"2. {MORE[:70]}"], "a number opens a paragraph"),
        ([f"{WIDE[:57]} under paragraph", "2. of this Article and otherwise as they may agree."],
         [f"{WIDE[:57]} under paragraph 2. of this Article and otherwise as they may agree."],
         "a wrapped reference is no new paragraph"),
        ([f"{WIDE[:63]} under", "Article VII."], [f"{WIDE[:63]} under Article VII."], "nor is a head"),
        (["The Parties:", "(a) meet;", "(b) act."], ["The Parties:", "(a) meet;", "(b) act."], "short items"),
        (["                               ARTICLE II", "                               Definitions", WIDE],
         ["ARTICLE II", "Definitions", WIDE], "centred heads stay apart"),
        (["AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND".center(74), "THE GOVERNMENT OF SUDLAND".center(74)],
         ["AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND THE GOVERNMENT OF SUDLAND"], "a title of two lines"),
        (["The conc-", "erned authorities shall agree."], ["The concerned authorities shall agree."], "a broken word"),
    ],
)  # fmt: skip
def test_lines_to_paragraphs(lines: list[str], expected: list[str], why: str) -> None:
    assert first(page(*lines), len(expected)) == expected, why


def test_paragraphs_over_the_page() -> None:
    going_on = [f"{letter} {WIDE}\n{letter} {MORE}\n{letter} {WIDE}\n\n- {n} -\n" for n, letter in enumerate("abcd", 1)]
    found, findings = blocks_of(from_text("\f\n".join(going_on), name="t", sha256=""))
    assert len(found) == 1
    assert [f.code for f in findings] == ["page-number"]
    ended = [text.replace("\n\n", f"\nwithin {text[0]} days.\n\n") for text in going_on]
    assert len(texts("\f\n".join(ended))) == 4


def test_indentation_opens_paragraphs_where_no_distance_does() -> None:
    text = "".join(f"    {WIDE[:68]}\n{MORE}\n{WIDE}\nwithin reason.\n" for _ in range(4))
    assert len(texts(text)) == 4


def test_each_line_is_a_paragraph_in_text_that_was_not_wrapped() -> None:
    long = " ".join([WIDE, MORE] * 3)
    assert texts(f"Article 1\n1. {long}\n2. {long}\nshort\n") == ["Article 1", f"1. {long}", f"2. {long}", "short"]


def test_joined_words_are_said() -> None:
    _, findings = blocks_of(from_text(page("The conc-", "erned authorities shall agree."), name="t", sha256=""))
    (finding,) = findings
    assert (finding.code, finding.severity) == ("words-joined", "info")
    assert "conc-erned" in finding.message


def test_blocks_point_into_the_text() -> None:
    reading = from_text(page("1. The Parties", "agree."), name="t", sha256="")
    block = blocks_of(reading)[0][0]
    assert reading.text[block.start : block.end].split() == block.text.split()


def test_formats_with_paragraphs_keep_their_blocks() -> None:
    reading = read_text("# Agreement\n\nWords.")
    assert blocks_of(reading) == (reading.blocks, ())


def test_positions_in_points_serve_as_positions_in_characters_do() -> None:
    def line(text: str, top: float, left: float = 72.0, *, bold: bool = False) -> Line:
        return Line(text, 0, 0, 1, top, left, left + 5.0 * len(text), 10.0, bold)

    rows = [
        line(WIDE, 100),
        line(MORE, 112),
        line("within reason.", 124),
        line(f"{WIDE}", 142),
        line("to an end.", 154),
    ]
    head = line("Definitions", 166, 72 + 5 * 31, bold=True)
    rows += [head, line(WIDE, 178), *(line(WIDE, 190 + 12 * n) for n in range(9))]
    found = blocks_of(Reading("t.pdf", "", "", lines=tuple(rows)))[0]
    assert [b.text for b in found[:3]] == [f"{WIDE} {MORE} within reason.", f"{WIDE} to an end.", "Definitions"]
    assert (found[2].centred, found[2].bold) == (True, True)


@given(st.lists(st.text(alphabet="ab.-(1)I \u00a0", max_size=30), max_size=30))
def test_no_character_is_lost_or_made_up(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    reading = from_text(text, name="t", sha256="")
    found, findings = blocks_of(reading)
    _, removed = furniture.split(reading.lines)
    out = Counter(
        c for words in (*(b.text for b in found), *(r.line.text for r in removed)) for c in "".join(words.split())
    )
    joined = sum(int(f.message.split(" ")[0]) for f in findings if f.code == "words-joined")
    assert Counter("".join(text.split())) - out == Counter("-" * joined)


def test_real_treaties_keep_every_word(shared: Path) -> None:
    for path in sorted(shared.glob("fixtures/*.txt")):
        reading = from_text(path.read_text(encoding="utf-8"), name=path.name, sha256="")
        found, findings = blocks_of(reading)
        out = sum(len(b.text.replace("-", "").replace(" ", "")) for b in found)
        gone = [f for f in findings if f.code in ("running-head", "page-number")]
        times = {f.code + f.message.split(": ", 1)[1]: f for f in gone}
        lost = 0
        for finding in times.values():
            words = finding.message.split(": ", 1)[1].replace("-", "").replace(" ", "")
            count = int(finding.message.split("(")[1].split(" ")[0])
            lost += len(words) * (1 if finding.code == "page-number" else count)
        whole = len("".join(reading.text.split()).replace("-", ""))
        assert out + lost == whole, path.name


def test_a_line_that_breaks_off_goes_on_though_no_width_shows_that_lines_were_wrapped() -> None:
    title = "AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND THE GOVERNMENT OF SUDERIA ON THE LOAN OF ALL TENTS"
    first = "1. The members of the board named in this\nArticle as guests of it shall be to\nmeet."
    text = f"{title}\n\nArticle 1\n\n{first}\n\n2. They meet.\n"
    blocks, _ = blocks_of(read_text(text))
    assert [block.text for block in blocks][2:] == [
        "1. The members of the board named in this Article as guests of it shall be to meet.",
        "2. They meet.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It applies to\n\nthe force.",
        "It applies to\n(a) the force",
        "Article 1\nScope",
        "guests,\nfriends",
        "in this\nArticle 5\nScope",
    ],
)
def test_lines_that_stand_by_themselves_stay_apart(text: str) -> None:
    blocks, _ = blocks_of(read_text(text))
    assert [block.text for block in blocks] == [line for line in text.split("\n") if line]


NUMBERED = """AGREEMENT BETWEEN NORLAND AND SUDERIA
ON TENTS

The two Governments have agreed as follows:

Article 1
Loans

1. The Parties lend each other tents in every place and at every
time that they may agree on.

2. Tents are free."""


def test_numbers_of_printed_lines_are_taken_out_and_told() -> None:
    numbered = "\n".join(f"{n:<4}{line}".rstrip() for n, line in enumerate(NUMBERED.split("\n"), 1))
    blocks, findings = blocks_of(read_text(numbered))
    assert [block.text for block in blocks] == [block.text for block in blocks_of(read_text(NUMBERED))[0]]
    assert [finding.code for finding in findings] == ["line-numbers"]
    assert findings[0].message == "Numbers of 12 printed lines taken out."


def test_numbered_paragraphs_of_one_line_keep_their_numbers() -> None:
    text = "\n".join(
        f"{n} The Parties lend {words}."
        for n, words in enumerate(["tents", "poles", "ropes", "pegs", "lamps", "pans", "cups"], 1)
    )
    blocks, findings = blocks_of(read_text(text))
    assert [block.text[0] for block in blocks] == list("1234567")
    assert findings == ()


@pytest.mark.parametrize(
    ("lines", "count", "why"),
    [
        (["Article 1 Scope", "Article 2 Terms", "Article 3 Costs of Guests"], 3, "entries of a table of contents"),
        (["Article I Scope", "Article II Terms"], 2, "in Roman figures"),
        (
            [
                "Article 4 Rooms, Beds, Tables, Chairs, Mirrors, Carpets and any other Furniture",
                "of Guests",
                "Article 5 Costs",
            ],
            2,
            "an entry over two lines",
        ),
        (["Article 5 of this Agreement and", "Article 6 of that one apply."], 1, "a sentence"),
        (["Article 5 shall not apply where", "Article 6 applies."], 1, "running text"),
        (
            ["Article 1 Rooms, Beds, Tables, Chairs, Mirrors, Carpets and any other Furniture of", "Article 7 Guests"],
            1,
            "not one after the other",
        ),
    ],
)
def test_entries_of_a_table_of_contents_stay_apart(lines: list[str], count: int, why: str) -> None:
    rows = [Line(text, 0, 0, 1, 100.0 + 12 * n, 72.0, 72 + 5.0 * len(text), 10.0) for n, text in enumerate(lines)]
    prose = [Line(WIDE, 0, 0, 1, 200.0 + 12 * n, 72.0, 72 + 5.0 * len(WIDE), 10.0) for n in range(9)]
    found = blocks_of(Reading("t.pdf", "", "", lines=(*rows, *prose)))[0]
    first = [block.text for block in found if not block.text.startswith(WIDE[:20])]
    assert len(first) == count, (why, first)
