"""Which open points a brief tells: by importance as far as two pages go, and what it never leaves out."""

import pytest

from agreements.model import Agreement
from agreements.negotiation.brief import Brief, open_points_of
from agreements.negotiation.file import Negotiation
from agreements.negotiation.positions import Position, Positions, Wording
from agreements.negotiation.sides import OpenPoint, Sides
from agreements.negotiation.status import NegotiationStatus
from agreements.word import Table

PLAIN = " ".join(["The areas are used as the Parties agree from time to time."] * 4)
TEXT = Agreement(id="text")


def told(points):
    """The places in the table of a brief on `points`, in its order, and the sentences under it."""
    held = Negotiation(id="areas", partner="Tamaris")
    brief = Brief(NegotiationStatus(held, Positions(), ""), Sides(TEXT, TEXT, points=tuple(points)), {}, "2026-03-01")
    blocks = list(open_points_of(brief))
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    said = ["".join(span.text for span in block.line) for block in blocks if not isinstance(block, Table)]
    return [row[0][0][0].text for row in rows], said, rows


def plain(count):
    return [OpenPoint(f"{n}", "Use of Areas", PLAIN, PLAIN.replace("from time to time", "in writing")) for n in count]


@pytest.mark.parametrize(
    ("topics", "words"),
    [
        (("claims_government",), PLAIN),
        (("criminal_jurisdiction",), PLAIN),
        ((), "Nothing here waives the immunity of either State."),
        ((), "The work is paid for by the receiving State."),
        ((), "A deposit of 5,000 euros is made."),
    ],
)
def test_immunity_jurisdiction_claims_and_money_are_never_left_out(topics, words):
    grave = [OpenPoint(f"{n}", "", f"{words} {PLAIN} Ours.", f"{words} {PLAIN} Theirs.", topics) for n in range(50, 70)]
    shown, said, rows = told([*plain(range(1, 20)), *grave])
    assert {point.path for point in grave} <= set(shown)
    assert said[0].startswith("Also open: ")
    lengths = [len(row[1][0][0].text.split()) for row in rows]
    assert max(lengths) > min(lengths)  # those that two pages do not hold are told in fewer words


def test_what_stands_outside_recorded_positions_is_read_first():
    position = Position(path="8", preferred=Wording(words="As agreed."))
    points = plain(range(1, 9))
    with_position = OpenPoint(
        **{name: getattr(points[-1], name) for name in ("path", "heading", "us", "partner")}, positions=(position,)
    )
    outside = OpenPoint("9", "", PLAIN, "Otherwise.", (), (position.assess("Otherwise."),), (position,))
    preamble = OpenPoint("preamble", "", PLAIN, "Otherwise.")
    assert told([preamble, *points[:-1], with_position, outside])[0][:2] == ["9", "8"]


def test_a_plain_point_for_which_there_is_no_room_is_named():
    shown, said, _ = told(plain(range(1, 30)))
    left = said[0].removeprefix("Also open: ").removesuffix(".").split(", ")
    assert len(shown) < 13
    assert [*shown, *left] == [str(n) for n in range(1, 30)]
