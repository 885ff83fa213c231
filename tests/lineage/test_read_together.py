"""As of a day: amendments of amendments, and the umbrella, supplementary and implementing instruments beside a text."""

import shutil
from pathlib import Path

import pytest

from agreements.commands import main
from agreements.library import get, import_files
from agreements.repository import Repository

UMBRELLA = """\
# Agreement between Norway and Chile on Visits of Forces

Norway and Chile have agreed as follows:

## Article I

1. Guests knock at the gate.

2. Hosts open the gate within ten days.

## Article II

A lantern hangs at every gate.

## Article III

This Agreement shall enter into force on the date of signature.

DONE at Oslo, this 3rd day of May, 1960.
"""
PROTOCOL = """\
# Protocol amending the Agreement between Norway and Chile on Visits of Forces

Norway and Chile, wishing to amend the Agreement between Norway and Chile on Visits of Forces, signed at Oslo on
3 May 1960 (hereinafter “the Agreement”), have agreed as follows:

## Article 1

Paragraph 2 of Article I of the Agreement shall be replaced by the following: “2. Hosts blow the horn.”

## Article 2

Article II of the Agreement shall be replaced by the following: “A bell hangs at every gate.”

## Article 3

This Protocol shall enter into force on the date of signature.

DONE at Oslo, this 9th day of June, 1971.
"""
SECOND = """\
# Second Protocol to the Agreement between Norway and Chile on Visits of Forces

Norway and Chile, wishing to amend the Protocol amending the Agreement between Norway and Chile on Visits of Forces,
signed at Oslo on 9 June 1971 (hereinafter “the Protocol”), have agreed as follows:

## Article 1

Article 1 of the Protocol shall be replaced by the following: “Paragraph 2 of Article I of the Agreement shall be
replaced by the following: ‘2. Hosts beat the drum.’”

## Article 2

Article 2 of the Protocol is deleted.

## Article 3

This Protocol shall enter into force on the date of signature.

DONE at Oslo, this 1st day of April, 1985.
"""
SUPPLEMENT = """\
---
id: harbours
title: Arrangement between Norway and Chile on Harbour Visits
parties: [{code: NOR}, {code: CHL}]
signings: [{date: '1975-02-01'}]
relations: [{kind: supplements, target: visits}]
---
# Arrangement between Norway and Chile on Harbour Visits

## Article 1
Ships are berthed for nothing.
"""


CREWS = """\
# Memorandum of Understanding between Norway and Chile on Ships' Crews

Norway and Chile have agreed as follows:

## Article 1

The Parties shall apply the provisions of the Agreement between Norway and Chile on Visits of Forces, signed at Oslo on
3 May 1960, except Article II, to the crews of ships.

## Article 2

This Memorandum of Understanding shall enter into force on the date of signature.

DONE at Oslo, this 4th day of July, 1980.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("together")
    texts = {"visits": UMBRELLA, "first": PROTOCOL, "second": SECOND, "crews": CREWS}
    for name, text in texts.items():
        (home / f"{name}.md").write_text(text, encoding="utf-8")
    report = import_files(home / "r", [home / f"{name}.md" for name in texts])
    assert [row.status for row in report.imported] == ["new"] * len(texts)
    _hand_written(home / "r", "harbours", SUPPLEMENT)
    return home / "r"


def _hand_written(repository: Path, name: str, text: str) -> None:
    (repository / "agreements" / name).mkdir(parents=True)
    (repository / "agreements" / name / "agreement.md").write_text(text, encoding="utf-8")


def words(folder: Path, reference: str, day: str) -> str:
    place = get(folder, reference, as_of=day).place
    assert place
    return place.provision.text


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1970", "Hosts open the gate within ten days."),
        ("1980", "Hosts blow the horn."),
        ("1990", "Hosts beat the drum."),
    ],
)
def test_an_amendment_of_an_amendment_gives_its_words(folder: Path, day: str, expected: str) -> None:
    assert words(folder, "visits#I.2", day) == expected


def test_what_an_amended_amendment_put_in_is_said(folder: Path) -> None:
    (note, *_) = get(folder, "visits#I.2", as_of="1990").notes
    assert "first#1 was itself replaced by second#1 from 1985-04-01" in note
    assert get(folder, "visits#I.2", as_of="1980").notes == ()


def test_a_deleted_amendment_keeps_its_words_in_and_leaves_the_rest_to_a_person(folder: Path) -> None:
    assert words(folder, "visits#II", "1990") == "A bell hangs at every gate."
    notes = get(folder, "visits#II", as_of="1990").notes
    assert any("deleted by second#2 from 1985-04-01" in n and "for a person to decide" in n for n in notes)


def test_an_amendment_deleted_before_its_day_puts_nothing_in(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "r")
    late = Repository(tmp_path / "r").get("first")
    effects = tuple(e.model_copy(update={"since": "1988-01-01"}) for e in late.effects)
    Repository(tmp_path / "r").replace(late.model_copy(update={"effects": effects}))
    shown = get(tmp_path / "r", "visits#II", as_of="1990")
    assert shown.place and shown.place.provision.text == "A lantern hangs at every gate."
    assert [shown.state(change) for change in shown.changes] == ["not put in"]
    assert any("is not put in" in note and "deleted by second#2" in note for note in shown.notes)


def test_two_that_change_each_other_come_to_an_end(tmp_path: Path) -> None:
    for own, other in (("here", "there"), ("there", "here")):
        effects = f"[{{action: replaces, agreement: {other}, path: '1', since: '1970', by: '1'}}]"
        front = f"id: {own}\ntitle: Rules of {own}\neffects: {effects}\n"
        text = f"---\n{front}---\n# Rules of {own}\n\n## Article 1\nArticle 1 reads: “The {own} rule holds.”\n"
        _hand_written(tmp_path / "r", own, text)
    # `there` gives its words as `here`, as it was made, has them
    assert words(tmp_path / "r", "here#1", "1980") == "The here rule holds."


def test_what_is_read_together_is_said_and_not_put_in(folder: Path) -> None:
    together = get(folder, "visits", as_of="1990").together
    assert together
    assert together.stands_on == ()
    assert [line.partition(" (")[0] for line in together.stood_on_by] == ["harbours supplements it"]
    earlier = get(folder, "visits", as_of="1974").together
    assert earlier and earlier.stood_on_by == ()
    (line,) = get(folder, "crews", as_of="1990").together.stands_on  # type: ignore[union-attr]
    assert line.startswith("applies visits (as a whole, except Article II), signed 1980-07-04")
    assert "provisions replaced by first" in line


def test_the_command_says_what_is_in_and_what_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--repo", str(folder), "show", "visits", "--as-of", "1980"])
    said = " ".join(capsys.readouterr().out.split())
    assert "As it stood in 1980: status not established." in said
    assert "Put in: I.2 replaced by first#1 from 1971-06-09" in said
    assert "Read together, words not put in: harbours supplements it" in said
    with pytest.raises(SystemExit):
        main(["--repo", str(folder), "show", "visits", "--as-of", "1965"])
    assert "Later: I.2 replaced by first#1" in " ".join(capsys.readouterr().out.split())


def test_an_end_is_told_as_an_end(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "r")
    front = "id: newer\ntitle: New Agreement\nsignings: [{date: '1995-01-01'}]\n"
    front += "relations: [{kind: supersedes, target: visits}, {kind: terminates, target: first}]\n"
    _hand_written(tmp_path / "r", "newer", f"---\n{front}---\n# New Agreement\n\n## Article 1\nAll is new.\n")
    notes = get(tmp_path / "r", "visits", as_of="2000").notes
    assert "The agreement was superseded by newer from 1995-01-01: the text below is that of before its end." in notes
    assert any(note.startswith("first, which made this change") and "terminated by newer" in note for note in notes)
    assert words(tmp_path / "r", "visits#I.2", "2000") == "Hosts beat the drum."
