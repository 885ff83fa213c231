"""A word that says "classified" without a level is a banner where it stands alone, and the head of a column is none."""

import pytest

from agreements.marking import PlacedText, examine


def _cells(*words: str) -> list[PlacedText]:
    return [PlacedText(word, f"cell {number}", "cell", group=1) for number, word in enumerate(words, 1)]


def test_it_is_the_head_of_a_column_beside_other_cells() -> None:
    assert not examine(_cells("CLASSIFIED", "UNCLASSIFIED", "ten", "twelve")).markings
    assert [m.name for m in examine(_cells("CLASSIFIED")).markings] == ["CLASSIFIED"]


@pytest.mark.parametrize("kind", ["paragraph", "cell"])
def test_it_makes_no_list_of_levels_with_the_only_level(kind: str) -> None:
    pieces = [PlacedText(word, word, kind, group=1) for word in ("CLASSIFIED", "SECRET", "The pier is long.")]  # type: ignore[arg-type]
    highest = examine(pieces).highest
    assert highest is not None
    assert highest.level == "secret"


SPACED = ("C L A S S I F I E D", "C-L-A-S-S-I-F-I-E-D", "C L A S S I F I E D 2")


@pytest.mark.parametrize(
    "text", [*("CLASSIFIED", "CLASSIFIED.", "[CLASSIFIED]", "* CLASSIFIED *", "CLASSIFIED 2"), *SPACED]
)
def test_it_is_a_banner_alone_or_with_a_number(text: str) -> None:
    assert [m.level for m in examine([PlacedText(text, "the first line", "edge")]).markings] == ["control"]


@pytest.mark.parametrize(
    "text",
    [
        "Classified",
        "CLASSIFIED TEXT",
        "CLASSIFIED PART",
        "CLASSIFIED OR UNCLASSIFIED",
        "CLASSIFIED UNTIL",
        "CLASSIFIED AS",
        "C L A S S I F I E D  A D S",
        "C l a s s i f i e d",
    ],
)
def test_with_other_words_it_is_none(text: str) -> None:
    assert not examine([PlacedText(text, "the first line", "paragraph")]).markings


@pytest.mark.parametrize("kind", ["edge", "paragraph", "entry"])
def test_a_word_that_is_common_without_its_accents_keeps_them(kind: str) -> None:
    for text in ("M\u1eacT", "M \u1eac T"):
        assert [m.level for m in examine([PlacedText(text, "a line", kind)]).markings] == ["confidential"]  # type: ignore[arg-type]
    assert not examine([PlacedText("MAT", "a line", kind)]).markings  # type: ignore[arg-type]


def test_what_was_declassified_since_is_let_in() -> None:
    lines = ("CLASSIFIED", "Declassified on 4 May 1999", "The pier is long.")
    pieces = [PlacedText(text, f"line {n}", "edge" if n < 2 else "paragraph") for n, text in enumerate(lines)]
    verdict = examine(pieces)
    assert not verdict.markings
    assert verdict.declassified
