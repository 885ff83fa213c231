"""`timeline`, `partner` and `calendar` tell the same days: those that follow from others stand on one computation."""

from datetime import date
from pathlib import Path

import pytest

from agreements.library import calendar, import_files, partner, timeline

BASE = """AGREEMENT BETWEEN THE UNITED STATES OF AMERICA AND VALDORIA CONCERNING THE USE OF PIERS

The Government of the United States of America and the Government of Valdoria have agreed as follows:

Article 1
Ships may use the piers.

Article 2
This Agreement shall enter into force on the date of signature and shall remain in force for five years.

Done at Lorn on 3 May 2025.
"""
CHANGE = """\
PROTOCOL AMENDING THE AGREEMENT BETWEEN THE UNITED STATES OF AMERICA AND VALDORIA CONCERNING THE USE OF PIERS

The Government of the United States of America and the Government of Valdoria have agreed as follows:

Article 1
Article 2 of the Agreement is deleted and replaced by: "This Agreement shall remain in force for ten years."

Article 2
This Protocol shall enter into force on the date of signature.

Done at Lorn on 4 June 2026.
"""


@pytest.fixture
def held(tmp_path: Path) -> Path:
    desk = tmp_path / "r"
    (tmp_path / "piers.txt").write_text(BASE, encoding="utf-8")
    import_files(desk, [tmp_path / "piers.txt"])
    return desk


def test_a_day_that_follows_from_the_signature_is_told_alike(held: Path) -> None:
    (own,) = (row for row in partner(held, "Valdoria").bilateral)
    told = {(e.what, e.date, e.note) for e in timeline(held)}
    counted = {d.rule.trigger: d.happening.date for d in calendar(held, [own.id]) if d.happening}
    assert ("in force", "2025-05-03", "on signature") in told
    assert ("term ends", "2030-05-03", "") in told
    assert (own.in_force, own.in_force_note, own.term_ends) == ("2025-05-03", "on signature", "2030-05-03")
    assert (counted["entry-into-force"], counted["term-end"]) == ("2025-05-03", "2030-05-03")
    assert [e.what for e in timeline(held, since="2030")] == ["term ends"]


def test_the_end_of_a_term_that_was_changed_is_not_told(held: Path, tmp_path: Path) -> None:
    (tmp_path / "change.txt").write_text(CHANGE, encoding="utf-8")
    import_files(held, [tmp_path / "change.txt"])
    own = next(row for row in partner(held, "Valdoria").bilateral if row.signed == "2025-05-03")
    assert own.term_ends == ""
    assert "was changed" in own.term_note
    assert "replaced" in own.term_note
    assert "term ends" not in {e.what for e in timeline(held)}
    assert not any(d.due for d in calendar(held, [own.id], today=date(2026, 7, 1)) if d.rule.trigger == "term-end")


@pytest.mark.parametrize(
    ("says", "end"),
    [
        ("is extended until 31 December 2035", "2035-12-31"),
        ("is extended for five years", ""),
    ],
)
def test_a_term_that_a_later_instrument_extends_ends_when_that_says(
    held: Path, tmp_path: Path, says: str, end: str
) -> None:
    title = "EXTENSION OF THE AGREEMENT BETWEEN THE UNITED STATES OF AMERICA AND VALDORIA ON PIERS"
    named = "Agreement between the United States of America and Valdoria concerning the Use of Piers of 3 May 2025"
    text = CHANGE.partition("Article 1")[0].replace(CHANGE.partition("\n")[0], title)
    text += f"Article 1\nThe term of the {named} {says}.\n\nDone at Lorn on 4 June 2026.\n"
    (tmp_path / "longer.txt").write_text(text, encoding="utf-8")
    import_files(held, [tmp_path / "longer.txt"])
    own = next(row for row in partner(held, "Valdoria").bilateral if row.signed == "2025-05-03")
    assert own.term_ends == end
    assert "xtended by longer" in own.term_note
    assert [(e.date, e.agreement) for e in timeline(held) if e.what == "term ends"] == ([(end, own.id)] if end else [])


def test_of_a_term_after_which_it_goes_on_it_is_told_that_the_agreement_does_not_end(tmp_path: Path) -> None:
    ends = "for five years and thereafter until terminated by either Party on 30 days written notice."
    (tmp_path / "piers.txt").write_text(BASE.replace("for five years.", ends), encoding="utf-8")
    import_files(tmp_path / "r", [tmp_path / "piers.txt"])
    (own,) = partner(tmp_path / "r", "Valdoria").bilateral
    said = "The first term ends; the agreement does not, but goes on (“thereafter until terminated”)."
    assert (own.term_ends, own.term_note) == ("2030-05-03", said)
    (end,) = [d for d in calendar(tmp_path / "r", [own.id]) if d.rule.id == "term-end"]
    assert said in end.remarks
