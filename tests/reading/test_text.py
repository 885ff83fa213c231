"""Plain text as lines."""

import pytest

from agreements.errors import UnreadableError
from agreements.reading.text import from_text


def test_lines_carry_their_places_pages_and_indentation() -> None:
    reading = from_text("  ARTICLE I  \n\nThe Parties\n\fagree.\n", name="t", sha256="")
    assert [(x.text, x.page, x.left) for x in reading.lines] == [
        ("ARTICLE I", 1, 2.0),
        ("The Parties", 1, 0.0),
        ("agree.", 2, 0.0),
    ]
    assert [reading.text[x.start : x.end] for x in reading.lines] == [x.text for x in reading.lines]


def test_a_text_without_form_feeds_has_no_pages() -> None:
    assert from_text("a\nb\n\f", name="t", sha256="").lines[0].page == 0


def test_edges_of_each_page_are_kept_for_markings() -> None:
    pages = "\f".join(f"HEAD\nsecond {n}\nmiddle {n}\nbody {n}\nlast but one {n}\nFOOT" for n in range(3))
    edges = from_text(pages, name="t", sha256="").page_edges
    assert {"HEAD", "FOOT", "second 2", "last but one 1"} <= set(edges)
    assert "middle 1" not in edges


def test_blanks_only_are_refused() -> None:
    with pytest.raises(UnreadableError, match="is empty"):
        from_text(" \n\u00a0\n", name="t", sha256="")


def test_a_short_text_in_two_columns_with_heads_side_by_side_is_read_column_by_column() -> None:
    left = ["Article 1", "Guards are exchanged every", "year between the ports.", "Article 2", "Guards go home in May."]
    right = ["Article 3", "Guards keep their pay while", "they serve at a port.", "Article 4", "This holds from today."]
    text = "They have agreed as follows:\n\n" + "\n".join(f"{a:<40}{b}" for a, b in zip(left, right, strict=True))
    lines = from_text(text, name="t", sha256="").lines
    assert [line.text for line in lines] == ["They have agreed as follows:", *left, *right]
