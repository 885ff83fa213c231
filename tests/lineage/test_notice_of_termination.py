"""A note by which one side ends an agreement: what it is, what it ends, and who tells the day."""

from datetime import date
from pathlib import Path

import pytest

from agreements.library import calendar, import_files, partner, relations, timeline
from agreements.parsing import Parsed, parse
from agreements.reading import read_text

BASE = """AGREEMENT BETWEEN THE UNITED STATES OF AMERICA AND VALDORIA CONCERNING THE USE OF PIERS

The Government of the United States of America and the Government of Valdoria have agreed as follows:

Article 1
Ships may use the piers.

Article 2
Either Party may terminate this Agreement on ninety days' written notice.

Done at Lorn on 3 May 2020.
"""
NOTE = """The Ministry of Foreign Affairs of Valdoria presents its compliments to the Embassy of the United States and
has the honor to refer to the Agreement between the United States of America and Valdoria concerning the Use of
Piers, done at Lorn on 3 May 2020.

{says}

The Ministry avails itself of this opportunity to renew to the Embassy the assurances of its highest consideration.

Lorn, March 2, 2026.
"""
GIVES = "The Government of Valdoria hereby gives notice of the termination of the Agreement"


def note(says: str) -> str:
    return "\n\n".join(p.replace("\n", " ") for p in NOTE.format(says=says).split("\n\n"))


def read(says: str) -> Parsed:
    return parse(read_text(note(says), name="note.txt"), id="note")


@pytest.mark.parametrize(
    ("says", "ends"),
    [
        (f"{GIVES}. It will cease to be in force ninety days after the date of this note.", "2026-05-31"),
        (f"{GIVES}, with effect from 1 July 2026.", "2026-07-01"),
        (
            "Valdoria has decided to terminate the Agreement; it ends six months after the date of this note.",
            "2026-09-02",
        ),
        (f"{GIVES}. It ends ninety days after the Embassy receives this note.", ""),
        (f"{GIVES}. It ends thirty working days after the date of this note.", ""),
    ],
)
def test_a_note_that_gives_notice_is_no_agreement(says: str, ends: str) -> None:
    found = read(says)
    agreement = found.agreement
    assert agreement.form == "note-of-termination"
    assert [(r.kind, r.title.partition(",")[0]) for r in agreement.relations] == [
        ("terminates", "Agreement between the United States of America and Valdoria concerning the Use of Piers")
    ]
    assert (agreement.entry_into_force.date if agreement.entry_into_force else "") == ends
    assert [f.code for f in found.findings] == ["notice-of-termination"]


@pytest.mark.parametrize(
    "says",
    [
        "The Ministry proposes that either side may give notice of the termination of the Agreement.",
        "The Ministry agrees to visits during May.",
        "If the foregoing is acceptable, the Agreement ends; Valdoria intends to terminate it.",
    ],
)
def test_a_note_that_proposes_gives_no_notice(says: str) -> None:
    assert read(says).agreement.form == "exchange-of-notes"


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ended")
    (folder / "piers.txt").write_text(BASE, encoding="utf-8")
    (folder / "note.txt").write_text(note(f"{GIVES}, with effect from 1 July 2026."), encoding="utf-8")
    import_files(folder / "repository", [folder / "piers.txt", folder / "note.txt"])
    return folder / "repository"


def test_the_agreement_that_it_ends_knows_it(held: Path) -> None:
    (ended,) = relations(held, "piers")
    assert (ended.kind, ended.id, ended.note) == ("terminated-by", "note", "notice of termination, ends 2026-07-01")
    last = [e for e in timeline(held) if e.what == "ended"]
    assert [(e.agreement, e.date) for e in last] == [("piers", "2026-07-01")]
    (row,) = [i for i in partner(held, "Valdoria").bilateral if i.id == "piers"]
    assert row.notice_given == "notice of termination held (note, ends 2026-07-01)"


def test_what_it_ends_runs_out_on_that_day_and_nothing_is_due_of_the_note(held: Path) -> None:
    found = {d.rule.id: d for d in calendar(held, ["piers"], today=date(2026, 4, 1))}
    assert found["term-end"].due == "2026-07-01"
    assert "notice-window" not in found
    assert not [d for d in calendar(held, ["note"], today=date(2026, 4, 1)) if d.due]
    assert "note" not in {d.subject.id for d in calendar(held, today=date(2026, 4, 1))}
