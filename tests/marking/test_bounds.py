"""Where a rule of the grammar ends: each case stands at a limit, and the next one beyond it."""

from contextlib import nullcontext
from datetime import date

import pytest

from agreements.errors import ClassifiedError
from agreements.marking import PlacedText, examine, highest, refuse, refuse_name, values
from agreements.marking.grammar import line, tokens_of

TODAY = date(2026, 12, 1)
MEETS = "The Parties meet at Lorn."


def found(*texts, kind="paragraph"):
    """The names of the markings in use in `texts`, which stand as `kind` each, or as (kind, text)."""
    pieces = [PlacedText(t, "here", kind) if isinstance(t, str) else PlacedText(t[1], "here", t[0]) for t in texts]
    return [marking.name for marking in examine(pieces, today=TODAY).markings]


def codes(count, first="A"):
    """So many words in capitals that the data does not know."""
    return [first + chr(65 + at // 26) + chr(65 + at % 26) + "QX" for at in range(count)]


@pytest.mark.parametrize(
    ("inside", "beyond", "kind"),
    [
        pytest.param("SECRET".ljust(240), "SECRET".ljust(241), "edge", id="signs of a line"),
        pytest.param("TOP SECRET".replace(" ", " " * 231) + "/QALPHA", "TOP SECRET".replace(" ", " " * 232) + "/QALPHA",
                     "paragraph", id="signs of a level with strokes"),
        pytest.param("SECRET until the talks end".ljust(240), "SECRET until the talks end".ljust(241), "line",
                     id="signs of a line with a condition"),
        pytest.param("Д С П", "Д С", "edge", id="letters that may be one word"),
        pytest.param("SECRET REL TO " + ", ".join(codes(16)), "SECRET REL TO " + ", ".join(codes(17)), "edge",
                     id="names of a release list"),
        pytest.param("NAT0 SECRET", "NAT5 SECRET", "edge", id="a digit for a letter in four"),
        pytest.param("S3CRET until the talks end now", "S4CRET until the talks end", "line", id="in words"),
    ],
)  # fmt: skip
def test_a_line(inside, beyond, kind):
    assert found(inside, kind=kind)
    assert not found(beyond, kind=kind)


@pytest.mark.parametrize(("most", "more"), [(codes(8), codes(9)), (["Q" * 20], ["Q" * 21])])
def test_words_behind_two_strokes_that_the_data_does_not_know(most, more):
    assert line("SECRET//" + " ".join(most))
    assert line("SECRET//" + " ".join(more)) is None


@pytest.mark.parametrize(
    ("inside", "beyond"),
    [
        pytest.param("1234. (S) ", "12345. (S) ", id="signs of a number"),
        pytest.param("1. 2. 3. 4. (S) ", "1. 2. 3. 4. 5. (S) ", id="numbers before the mark"),
        pytest.param("(S)" + " " * 196, "(S)" + " " * 197, id="signs before the words"),
        pytest.param("1.1 (S) ", "1.1 of (S) ", id="a number of two parts"),
        pytest.param("- (S) ", "of (S) ", id="a bullet"),
    ],
)
def test_a_portion_mark(inside, beyond):
    """One that could be a letter of a list counts where it comes in two paragraphs."""
    assert found(inside + MEETS, f"(C) {MEETS}")
    assert not found(beyond + MEETS, f"(C) {MEETS}")
    assert not found(inside + MEETS)


def test_letters_of_a_list_that_go_on_are_no_portion_marks():
    assert not found("(Q) Quays.", "(R) Roads are kept.", "(S) Ships enter.", "(T) Tugs.", "(U) Unloading is free.")
    assert found("(Q) Quays.", "(R) Roads are kept.", "(T) Tugs.", "(S) Ships enter.", "(U) Unloading is free.")


def test_words_that_are_struck_are_no_banner_where_all_of_them_are():
    assert not found("~~TOP SECRET~~", kind="edge")
    assert found("~~TOP~~ SECRET", kind="edge")


def test_a_marking_that_runs_into_words_is_told_whole():
    assert found("SECRET//ALPHA//NOFORN The Parties meet.") == ["SECRET//NOFORN"]
    assert found("SECRET//NOFORN The Parties meet.") == ["SECRET//NOFORN"]


def test_a_letter_of_a_list_is_no_portion_mark():
    assert not found("(B) Ships enter.", "(C) Cargo leaves.", "(R) Roads are kept.")
    assert found("(S) Ships enter.", "(U) Cargo leaves.")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A B C D", ["ABCD"]),
        ("A B C", ["A", "B", "C"]),
        ("S E C", ["S", "E", "C"]),
        ("SEC RET", ["SECRET"]),
        ("GIZ LI", ["GIZ", "LI"]),
        ("SEC  RET", ["SEC", "RET"]),
        ("sec ret", ["sec", "ret"]),
        ("SECRET RET", ["SECRET", "RET"]),
        ("S-E-C-R-E-T", ["SECRET"]),
        ("S-E C-R", ["S", "-", "E", "C", "-", "R"]),
        ("S-E-C-R-E-T-1", ["SECRET", "-", "1"]),
        ("S \u0415 C R \u0415 T", ["SECRET"]),
        ("CONFI-DENTIAL", ["CONFIDENTIAL"]),
        ("CONFI-", ["CONFI", "-"]),
        ("CONFI-DENTAL", ["CONFI", "-", "DENTAL"]),
        ("TOPSECRET", ["TOP", "SECRET"]),
        ("topsecret", ["top", "secret"]),
        ("T O P S E C R E T", ["TOP", "SECRET"]),
        ("T O P  S E C R E T", ["TOP", "SECRET"]),
        ("極 秘", ["極秘"]),
        ("極  秘", ["極", "秘"]),
        ("極 秘 書", ["極秘", "書"]),
        ("1 급 비밀 정보", ["1급비밀", "정보"]),
    ],
)
def test_words_that_were_set_apart_or_run_together(written, read):
    assert [word.text for word in tokens_of(written)] == read


def test_letters_are_taken_apart_up_to_a_length():
    inside = "SECRET" * 20
    beyond = "SECRET" * 17 + "TOPSECRET" + "RESTRICTED"
    assert [word.text for word in tokens_of(" ".join(inside))] == ["SECRET"] * 20
    assert [word.text for word in tokens_of(" ".join(beyond))] == [beyond]


BANNER, STAMP = ("edge", "SECRET"), "DECLASSIFIED by the Archives on 2 January 1999"


@pytest.mark.parametrize(
    ("lines", "freed"),
    [
        ([BANNER, ("line", STAMP)], True),
        ([BANNER, MEETS, ("line", STAMP)], True),
        ([BANNER, MEETS, MEETS, ("line", STAMP)], False),
        ([("line", STAMP), MEETS, BANNER], True),
        ([("line", STAMP), MEETS, MEETS, BANNER], False),
        ([BANNER, ("line", STAMP.ljust(200))], True),
        ([BANNER, ("line", STAMP.ljust(201))], False),
        ([BANNER, ("line", "DECLASSIFIED 1/2/50")], True),
        ([BANNER, ("line", "DECLASSIFIED 1/2/49")], False),
        ([BANNER, ("line", "DECLASSIFIED 1.2.1999")], True),
        ([BANNER, ("line", "DECLASSIFIED 13/2/1999")], True),
        ([BANNER, ("line", "DECLASSIFIED 1999")], True),
        ([BANNER, ("line", "DECLASSIFIED 2026")], False),
        ([BANNER, ("line", "DECLASSIFIED 2026-11-30")], True),
        ([BANNER, ("line", "DECLASSIFIED 2026-12-01")], False),
        ([BANNER, ("line", "DECLASSIFIED 19990102")], True),
        ([BANNER, ("line", "DECLASSIFIED January 2, 1999")], True),
        ([BANNER, ("line", "DECLASSIFIED 2 January 1999, reviewed 3 March 2049")], False),
        ([BANNER, ("line", "DECLASSIFIED 31 February 1999")], False),
        ([BANNER, ("line", "DECLASSIFIED")], False),
        ([BANNER, ("line", "NOT DECLASSIFIED 2 January 1999")], False),
        ([BANNER, ("line", "DECLASSIFIED IN PART 2 January 1999")], False),
        ([("edge", "NATO SECRET"), ("line", STAMP)], False),
    ],
)
def test_a_declassification_line(lines, freed):
    assert bool(found(*lines)) is not freed


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        ((), ""),
        (("UNCLASSIFIED",), "UNCLASSIFIED"),
        (("UNCLASSIFIED", "DRAFT"), "DRAFT"),
        (("DRAFT", "SBU"), "SBU"),
        (("SBU", "SENSITIVE BUT UNCLASSIFIED"), "SBU; SENSITIVE BUT UNCLASSIFIED"),
        (("SBU", "CUI", "SENSITIVE BUT UNCLASSIFIED"), "CUI"),
        (("CONTROLLED UNCLASSIFIED INFORMATION", "CUI"), "CONTROLLED UNCLASSIFIED INFORMATION; CUI"),
        (("CUI", "  CUI ", "DRAFT"), "CUI"),
    ],
)
def test_the_highest_of_markings_that_are_carried(given, carried):
    assert highest(given) == carried


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("SECRET_harbour.docx", True),
        ("Secret_harbour.docx", False),
        ("harbour-NOFORN-v3.docx", True),
        ("secret_harbour.docx", False),
        ("TS-110_crane.docx", False),
        ("TS_crane.docx", True),
        ("GEHEIM", True),
        ("port of Lorn.docx", False),
    ],
)
def test_the_name_of_a_file(name, refused):
    with pytest.raises(ClassifiedError) if refused else nullcontext():
        refuse_name(name)


@pytest.mark.parametrize(
    ("texts", "more"),
    [(["SECRET"], ""), (["SECRET", "SECRET"], "; 1 more"), (["SECRET", "GEHEIM", "SECRET"], "; 2 more")],
)
def test_a_refusal_says_how_many_more_there_are(texts, more):
    pieces = [PlacedText(text, f"line {at}", "edge") for at, text in enumerate(texts)]
    with pytest.raises(ClassifiedError) as caught:
        refuse(pieces, what="The paper")
    assert f"(line 0{more}) and was refused" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "kind", "marked"),
    [
        ("w(S//NF)", "paragraph", True),
        ("They meet at Lorn. (S)", "entry", True),
        ("They meet at Lorn (S)", "entry", False),
        ("They meet at Lorn. (S)", "paragraph", False),
        ("They meet at Lorn. (S//NF)", "paragraph", True),
        ("They meet at Lorn. (S//NF) No more is said.", "paragraph", True),
        ("They meet at Lorn. (S) No more is said.", "paragraph", False),
        ("They meet (S//NF) at Lorn.", "paragraph", False),
        ("S E C R E T The Parties meet.", "paragraph", True),
        ("SECRET The Parties meet.", "paragraph", False),
        ("SECRET - The Parties meet.", "entry", True),
        ("secret - the Parties meet.", "entry", False),
        ("SECRET: the Parties meet.", "entry", True),
        ("SECRET: the Parties meet.", "paragraph", False),
        ("They meet at Lorn - SECRET", "entry", True),
        ("They meet at Lorn - secret", "entry", False),
        ("They meet at SECRET//NOFORN Lorn.", "entry", True),
        ("They meet at “SECRET//NOFORN” Lorn.", "entry", False),
    ],
)
def test_where_a_marking_stands_in_words(text, kind, marked):
    assert bool(found(text, kind=kind)) is marked


def test_a_name_of_a_field_is_shown_as_a_place_up_to_a_length():
    places = {piece.where for piece in values({"a" * 40: "x", "b" * 41: "x", "c d": "x", "e_f-g": "x"}, "")}
    assert places == {"the name of a field of it", "a" * 40, "field", "e_f-g"}
