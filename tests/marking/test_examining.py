"""What counts as a marking in use at which place, and what frees a declassified print."""

# ruff: noqa: E501  (tables of cases, one a line)

from datetime import date

import pytest

from agreements.errors import ClassifiedError
from agreements.marking import PlacedText, entries, examine, refuse, refuse_entry
from agreements.marking.passages import PassageKind

WORDS = "The base at Lorn is small."
TODAY = date(2031, 5, 4)


def markings(*texts: str, kind: PassageKind = "paragraph", edges: tuple[str, ...] = ()) -> list[str]:
    pieces = [PlacedText(edge, "the header", "edge") for edge in edges]
    pieces += [PlacedText(text, f"paragraph {n}", kind) for n, text in enumerate(texts, 1)]
    return [marking.name for marking in examine(pieces, today=TODAY).markings]


@pytest.mark.parametrize(
    ("texts", "edges", "found", "why"),
    [
        ((WORDS,), ("SECRET",), ["SECRET"], "a banner"),
        ((WORDS,), ("SECRET//BLUEBIRD//NOFORN",), ["SECRET//NOFORN"], "a word that is no known control is not named"),
        ((WORDS,), ("Secret ballot",), [], "other words beside it"),
        ((WORDS, "SECRET", WORDS), (), ["SECRET"], "alone in the text"),
        ((WORDS, "SECRET", "CONFIDENTIAL", WORDS), (), [], "a list of levels"),
        (
            (WORDS, "SECRET//NOFORN", "CONFIDENTIAL", WORDS),
            (),
            ["SECRET//NOFORN", "CONFIDENTIAL"],
            "a control is in no list",
        ),
        ((WORDS, "1. SECRET", WORDS), (), [], "a numbered head"),
        ((WORDS, "Secret", WORDS), (), [], "a heading"),
        (("(S) " + WORDS, "(U) " + WORDS), (), ["S"], "beside an unclassified portion"),
        (("(S) " + WORDS,), (), [], "one letter of a list"),
        (("(B) " + WORDS, "(C) " + WORDS, "(B) x", "(C) " + WORDS[4:]), (), [], "letters of lists"),
        (("(C) " + WORDS, "1. (C) It is small."), (), ["C", "C"], "again and again"),
    ],
)
def test_a_marking_counts_by_its_place(
    texts: tuple[str, ...], edges: tuple[str, ...], found: list[str], why: str
) -> None:
    assert markings(*texts, edges=edges) == found, why


@pytest.mark.parametrize(
    ("cells", "found", "why"),
    [
        (("SECRET", "GEHEIM"), [], "equivalents"),
        (("SECRET", "serious harm", "CONFIDENTIAL", "harm"), [], "levels and what they mean"),
        (("Pier", "SECRET//NOFORN", "SECRET"), ["SECRET//NOFORN"], "a control is in no table of levels"),
        (("SECRET",), ["SECRET"], "a frame around a banner"),
    ],
)
def test_a_table_of_levels_is_none_in_use(cells: tuple[str, ...], found: list[str], why: str) -> None:
    assert markings(*cells, kind="cell") == found, why


STAMP = "DECLASSIFIED 3 May 1999 by the Department of State"


@pytest.mark.parametrize(
    ("pieces", "lets_in", "why"),
    [
        ([("~~SECRET~~", "edge"), (STAMP, "edge")], True, "struck, and its line has a past date"),
        ([("SECRET", "edge"), (STAMP, "edge")], True, "the stamp stands at the banner"),
        ([("UNCLASSIFIED", "edge"), (STAMP, "edge"), ("(S) " + WORDS, "paragraph"), ("(U) x", "paragraph")], True, "portions"),
        ([("UNCLASSIFIED", "edge"), (STAMP, "edge"), ("Classified by: J. Doe", "paragraph")], True, "authority"),
        ([(STAMP, "edge"), ("(S//NF) " + WORDS, "paragraph")], False, "no banner was struck or replaced"),
        ([("SECRET", "edge"), ("DECLASSIFIED", "edge")], False, "without a date"),
        ([("SECRET", "edge"), ("DECLASSIFIED 3 May 2041", "edge")], False, "a date ahead"),
        ([("SECRET", "edge"), ("Not declassified 3 May 1999", "edge")], False, "the contrary"),
        ([("SECRET", "edge"), ("Declassify on 3 May 1999", "edge")], False, "an instruction, and the banner stands"),
        ([(STAMP, "edge"), ("SECRET", "edge"), (WORDS, "paragraph"), ("x", "paragraph"), ("y", "paragraph"), ("SECRET", "edge")], False, "one banner stands"),
        ([("NATO SECRET", "edge"), (STAMP, "edge")], False, "NATO's"),
        ([("SECRET//FGI GBR", "edge"), (STAMP, "edge")], False, "of another State"),
        ([("SECRET//RD", "edge"), (STAMP, "edge")], False, "Restricted Data"),
        ([("~~SECRET~~", "edge"), ("Declassify on: 3 May 2041", "paragraph")], False, "the day lies ahead"),
        ([("~~SECRET~~", "edge"), (STAMP, "edge"), ("Declassify on: 3 May 2041", "paragraph")], False, "the day lies ahead"),
        ([("SECRET", "edge"), ("SECRET DECLASSIFIED 3/5/99", "edge")], True, "stamped on the line"),
    ],
)  # fmt: skip
def test_a_declassified_print_is_let_in_by_its_own_line(
    pieces: list[tuple[str, PassageKind]], lets_in: bool, why: str
) -> None:
    verdict = examine([PlacedText(text, "the text", kind) for text, kind in pieces], today=TODAY)
    assert (not verdict.markings) is lets_in, why
    assert (verdict.declassified is not None) is lets_in, why
    if verdict.declassified:
        assert verdict.declassified.day == date(1999, 5, 3)


def test_the_refusal_names_marking_and_place_and_quotes_nothing() -> None:
    with pytest.raises(ClassifiedError) as caught:
        refuse([PlacedText("(S//NF) Their minister would take less.", "paragraph 7")], what="paper.docx")
    said = f"{caught.value} {caught.value.hint}"
    assert "S//NF" in said
    assert "paragraph 7" in said
    assert "minister" not in said
    assert "security officer" in said
    assert "declassification line" in said
    assert "nothing of it was kept" in said
    assert (caught.value.level, caught.value.where) == ("secret", "paragraph 7")


def test_the_advice_on_an_entry_is_to_record_where_it_is_held() -> None:
    with pytest.raises(ClassifiedError, match=r"S.*what was entered, line 2") as caught:
        refuse_entry("We could accept.\n(S) Their minister.", what="the note")
    assert "held" in caught.value.hint


def test_words_of_a_national_law_are_named_with_their_state() -> None:
    with pytest.raises(ClassifiedError, match=r"TAJNE \(Poland, Czechia, Slovakia: secret\)"):
        refuse([PlacedText("TAJNE", "the header", "edge")], what="paper.docx")


def test_an_entry_is_looked_at_line_by_line() -> None:
    assert [piece.where for piece in entries("a\n\nb", "the note")] == ["the note, line 1", "the note, line 2"]
