"""Covers of official prints are no part of the agreement; what they say stands in findings."""

import pytest

from agreements.parsing import Parsed, parse
from agreements.reading import read_text

COVER = """TREATIES AND OTHER INTERNATIONAL ACTS SERIES 41-128
____________________________________________________

DEFENSE

Status of Forces

Agreement Between the
UNITED STATES OF AMERICA
and NORLAND

Signed at Northport January 28, 2041

with Annex
"""
NOTICE = """NOTE BY THE DEPARTMENT OF STATE

Pursuant to Public Law 89-497, approved July 8, 1966, this print of the
series is evidence in all courts, without any further proof or authentication thereof.

For sale by the Superintendent of Documents
"""
FACTS = """NORLAND

Defense: Status of Forces

Agreement signed at Northport January 28, 2041;
Entered into force February 3, 2041.
"""
TEXT = """AGREEMENT BETWEEN THE UNITED STATES OF AMERICA AND NORLAND ON THE STATUS OF FORCES

The Parties, wishing to help each other, have agreed as follows:

Article I
Entry

Personnel may enter and leave Norland with identity cards.

Article II
Claims

The Parties waive claims against each other.
"""


def _parse(*pages: str) -> Parsed:
    return parse(read_text("\f".join(pages)), id="norland")


def test_the_three_pages_before_the_text_are_left_out_with_their_words() -> None:
    parsed = _parse(COVER, NOTICE, FACTS, TEXT)
    (document,) = parsed.agreement.documents
    assert document.title is not None and document.title.startswith("AGREEMENT BETWEEN THE UNITED STATES")
    assert [p.kind for p in document.provisions] == ["preamble", "article", "article"]
    said = {f.code: f.message for f in parsed.findings if f.severity == "info"}
    assert "Signed at Northport January 28, 2041" in said["cover"]
    assert "Superintendent" in said["printing-notice"]
    assert "Entered into force February 3, 2041" in said["cover-facts"]
    assert [c.text for c in parsed.agreement.citations] == ["TIAS 41-128"]


def test_without_pages_the_notice_shows_where_the_cover_ends() -> None:
    parsed = parse(read_text("\n".join((COVER, NOTICE, FACTS, TEXT))), id="norland")
    assert [p.kind for p in parsed.agreement.documents[0].provisions] == ["preamble", "article", "article"]


def test_a_text_without_title_has_that_of_its_cover() -> None:
    notes = "Excellency,\n\nI have the honor to propose that the areas be used.\n\nAccept, Excellency, my regards.\n"
    assert _parse(COVER, notes).agreement.title == "Agreement Between the UNITED STATES OF AMERICA and NORLAND"


def test_a_file_that_is_only_a_cover_says_so() -> None:
    parsed = _parse(COVER)
    assert [f.code for f in parsed.findings if f.severity == "warning"] == ["no-text"]


def test_a_text_that_only_names_the_series_stays_whole() -> None:
    words = "This Agreement shall be printed in the Treaties and Other International Acts Series of that year."
    parsed = _parse(TEXT + f"\nArticle III\nPrint\n\n{words}\n")
    assert len(parsed.agreement.documents[0].provisions) == 4
    assert not [f for f in parsed.findings if f.code.startswith(("cover", "printing"))]


def test_the_page_of_facts_dates_the_entry_into_force() -> None:
    entry = _parse(COVER, NOTICE, FACTS, TEXT).agreement.entry_into_force
    assert entry is not None
    assert (entry.date, entry.formula, entry.evidence) == ("2041-02-03", None, "Entered into force February 3, 2041")


@pytest.mark.parametrize(
    ("facts", "date", "why"),
    [
        ("Entered into force provisionally February 3, 2041;\ndefinitively entered into force May 9, 2042.",
         "2042-05-09", "the one that counts"),
        ("Entered into force provisionally February 3, 2041.", None, "provisional application is no entry into force"),
        ("Entered into force February 3, 2041;\nAmendment entered into force May 9, 2042.", None, "two dates"),
        ("Entered into force upon signature.", None, "no date"),
    ],
)  # fmt: skip
def test_only_one_plain_date_is_taken(facts: str, date: str | None, why: str) -> None:
    entry = _parse(COVER, NOTICE, FACTS.replace("Entered into force February 3, 2041.", facts), TEXT).agreement
    assert (entry.entry_into_force.date if entry.entry_into_force else None) == date, why


def test_the_formula_of_the_text_stays_beside_the_date_of_the_cover() -> None:
    text = TEXT + "\nArticle III\nEntry into Force\n\nThis Agreement shall enter into force on the date of signature.\n"
    entry = _parse(COVER, NOTICE, FACTS, text).agreement.entry_into_force
    assert entry is not None
    assert (entry.date, entry.formula) == ("2041-02-03", "1")
    assert entry.basis == "the text; the date by the print's page of facts"
