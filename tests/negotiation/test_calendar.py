"""The calendar over a repository: what is listed, what is left out, and the file for other calendars."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from agreements.errors import NotFoundError, QueryError
from agreements.library import (
    add_step,
    begin_negotiation,
    calendar,
    finish_step,
    import_files,
    set_negotiation,
    write_calendar,
)
from agreements.model import Agreement, EntryIntoForce, Party, Signing, Status
from agreements.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("calendar") / "repository"
    parties = (Party(code="USA", name="United States of America"), Party(name="Orlenia"))
    new = Agreement(
        id="usa-orlenia-2026",
        family="acsa",
        title='Agreement on logistic support; "Orlenia", and more',
        parties=parties,
        signings=(Signing(date="2026-11-10", place="Port Maren"),),
        entry_into_force=EntryIntoForce(date="2026-11-10"),
        term="ten years",
        termination_notice_months=6,
        marking="CUI",
    )
    over = new.model_copy(update={"id": "usa-orlenia-2006", "status": Status(value="superseded"), "marking": ""})
    specimen = new.model_copy(update={"id": "specimen", "standing": "specimen"})
    repository = Repository(folder)
    for agreement in (new, over, specimen):
        repository.add(agreement)
    return folder


def test_what_is_over_or_no_agreement_has_no_deadlines(desk: Path) -> None:
    assert {d.subject.id for d in calendar(desk, today=TODAY)} == {"usa-orlenia-2026"}
    assert {d.subject.id for d in calendar(desk, ["usa-orlenia-2006"], today=TODAY)} == {"usa-orlenia-2006"}


def test_the_earliest_comes_first_and_what_has_no_day_last(desk: Path) -> None:
    dues = [d.due for d in calendar(desk, today=TODAY)]
    known = [due for due in dues if due]
    assert known == sorted(known)
    assert dues[: len(known)] == known
    assert "" in dues


def test_named_events(desk: Path) -> None:
    found = calendar(desk, events={"delivery": "2026-01-15"}, today=TODAY)
    assert {d.rule.id: d.due for d in found}["acsa-settlement"] == "2027-01-15"
    with pytest.raises(NotFoundError, match="arrival"):
        calendar(desk, events={"arrival": "2026-01-15"}, today=TODAY)
    with pytest.raises(QueryError, match="no day"):
        calendar(desk, events={"delivery": "soon"}, today=TODAY)


def test_the_file_is_what_other_calendars_read(desk: Path, tmp_path: Path) -> None:
    found = calendar(desk, today=TODAY)
    count = write_calendar(found, tmp_path / "due.ics", today=TODAY)
    content = (tmp_path / "due.ics").read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75  # RFC 5545, 3.1
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == count == sum(bool(d.due) for d in found)
    first = next(e for e in events if "Legal Adviser" in str(e["summary"]))
    assert first["summary"] == "[CUI] Signed text to the Office of the Legal Adviser: " + found[0].subject.title
    assert first.decoded("dtstart") == date(2026, 11, 25)
    assert "22 CFR 181.7" in str(first["description"])
    assert len({e["uid"] for e in events}) == count
    write_calendar(found, tmp_path / "again.ics", today=TODAY)
    assert (tmp_path / "again.ics").read_bytes() == content


def _run(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agreements", "--repo", str(desk), "calendar", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_command_says_what_it_leaves_out(desk: Path) -> None:
    done = _run(desk, "--as-of", "2026-11-22", "--until", "2026-12")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Without a day"
    assert "2026-10-11  Notice to Congress before conclusion  (past)" in lines
    assert "2026-11-25  Signed text to the Office of the Legal Adviser" in lines
    assert "Not shown:" in done.stdout
    assert max(map(len, lines)) <= 80
    row = json.loads(_run(desk, "--json", "--as-of", "2026-11-22").stdout)["deadlines"][0]
    assert (row["due"], row["trigger_date"], row["verified"]) == ("2026-10-11", "2026-11-10", True)


def test_an_event_that_is_named_is_used_for_a_negotiation_too_or_said_not_to_be(desk: Path) -> None:
    for own, family in (("acsa-talks", "acsa"), ("sofa-talks", "sofa")):
        begin_negotiation(desk, own, {"partner": "Vastria", "family": family})
    event = ("--event", "delivery=2026-08-31")
    used = json.loads(_run(desk, "--json", "--as-of", "2026-11-22", *event, "acsa-talks").stdout)
    assert {row["rule"]: row["due"] for row in used["deadlines"]}["acsa-settlement"] == "2027-08-31"
    assert "events_not_used" not in used
    unused = _run(desk, *event, "sofa-talks")
    assert "The day named for delivery (2026-08-31) was not used" in " ".join(unused.stderr.split())


@pytest.mark.parametrize("wrong", [("--as-of", "today"), ("--event", "delivery")])
def test_wrong_usage_is_told(desk: Path, wrong: tuple[str, str]) -> None:
    done = _run(desk, *wrong)
    assert done.returncode == 2
    assert "2026-05-31" in done.stderr


def test_negotiations_have_deadlines_too(desk: Path) -> None:
    begin_negotiation(desk, "usa-vastria", {"partner": "Vastria", "family": "sofa", "title": "SOFA with Vastria"})
    set_negotiation(desk, "usa-vastria", {"authority": {"kind": "blanket", "expires": "2027-03-31"}})
    add_step(desk, "usa-vastria", {"what": "Table the annex", "who": "PM", "due": "2027-01-15"})
    found = calendar(desk, ["usa-vastria"], today=TODAY)
    assert [(d.due, d.rule.id, d.subject.title) for d in found] == [
        ("2027-01-15", "next-step", "Table the annex (PM)"),
        ("2027-03-31", "authority-end", "SOFA with Vastria"),
    ]
    finish_step(desk, "usa-vastria", 1)
    set_negotiation(desk, "usa-vastria", {"stage": "signed", "date": "2027-02-01"})
    dues = {d.rule.id: d.due for d in calendar(desk, ["usa-vastria"], today=TODAY)}
    assert "next-step" not in dues
    assert dues["text-to-state"] == "2027-02-16"
    assert not calendar(desk, ["usa-vastria"], parties=["Orlenia"], today=TODAY)


def test_an_office_that_answered_on_a_text_is_not_waited_for_once_it_cleared_the_next(run, kept) -> None:
    run(
        "negotiation",
        "clear",
        kept,
        "--text",
        "1",
        "--ask",
        "L",
        "--ask",
        "EUR",
        "--date",
        "2026-03-10",
        "--due",
        "2026-03-20",
    )
    run("negotiation", "approve", kept, "L", "--date", "2026-03-12", "--text", "1")
    run("negotiation", "approve", kept, "L", "--date", "2026-04-20", "--text", "2")
    told = run("calendar", kept, "--as-of", "2026-03-15")[1]
    assert "Answer on text 1 from EUR" in told
    assert "from L" not in told


BASE = """Agreement between the United States of America and the Kingdom of Tamaris on Ice Roads

Article 1

1. Roads are used in winter.

2. They are kept open.

Article 2

This Agreement shall enter into force on signature and shall remain in force for six years.

Done at Port Tamar on 3 May 2020, in the English language.
"""
LATER = """Protocol amending the Agreement between the United States of America and the Kingdom of Tamaris on Ice Roads,
done at Port Tamar on 3 May 2020

Article I

In {place} of the Agreement, the word “{old}” shall be replaced by “{new}”.

Article II

This Protocol shall enter into force on signature.

Done at Port Tamar on 1 January 2022, in the English language.
"""


@pytest.mark.parametrize(
    ("place", "old", "new", "ends"),
    [("Article 2", "six", "twelve", ""), ("paragraph 1 of Article 1", "winter", "summer", "2026-05-03")],
)
def test_a_term_whose_article_was_amended_is_not_computed(
    tmp_path: Path, place: str, old: str, new: str, ends: str
) -> None:
    (tmp_path / "base.txt").write_text(BASE, encoding="utf-8")
    (tmp_path / "later.txt").write_text(LATER.format(place=place, old=old, new=new), encoding="utf-8")
    import_files(tmp_path / "repository", [tmp_path / "base.txt", tmp_path / "later.txt"])
    (end,) = [d for d in calendar(tmp_path / "repository", ["base"], today=TODAY) if d.rule.trigger == "term-end"][:1]
    assert end.due == ends
    if ends:
        assert "Look also at later." in end.remarks
    else:
        assert "base#2, by which the term ends on 2026-05-03, was changed: 2 amended by later#I" in end.missing
