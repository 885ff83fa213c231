"""From the signature on: the signing sheet, the steps of the closing, what follows, and what is said of each."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from agreements import library
from agreements.commands import group
from agreements.errors import AgreementsError, ClassifiedError, NotFoundError
from agreements.model import Agreement, EntryIntoForce, Party, Signing
from agreements.negotiation.calendar import subject_of
from agreements.negotiation.clearance import keep_returned
from agreements.negotiation.deadlines import deadlines_of
from agreements.negotiation.file import CLOSING, QUESTIONS
from agreements.negotiation.record_pages import RecordPage
from agreements.negotiation.records import RecordError
from agreements.repository import Repository
from tests.word.auditing import audited

DAY = date(2027, 5, 20)
TEXT = """AGREEMENT BETWEEN THE GOVERNMENT OF THE UNITED STATES OF AMERICA
AND THE GOVERNMENT OF THE REPUBLIC OF VASTRIA ON SHIP VISITS

The Government of the United States of America and the Government of the Republic
of Vastria have agreed as follows:

ARTICLE I
Visits

Ships of the United States may visit Vastria.

ARTICLE II
Entry into force

This Agreement shall enter into force {entry}.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    library.begin_negotiation(folder, "talks", {"partner": "Vastria", "family": "sofa", "title": "Ship visits"})
    return folder


def _text(desk: Path, entry: str) -> None:
    file = desk.parent / "text.txt"
    file.write_text(TEXT.format(entry=entry), encoding="utf-8")
    library.keep_text(desk, "talks", file, "joint", {"date": "2027-05-01"})


def _step(desk: Path, step: str, day: str, **more: object) -> None:
    library.keep_closing_step(desk, "talks", step, {"by": "L/T", "date": day, **more})


def _shown(page: RecordPage) -> dict[str, str]:
    return {s.heading: "\n".join(f"{line.name}: {line.words}" for line in s.lines) for s in page.sections}


def _page(desk: Path, day: str = "2027-05-20") -> dict[str, str]:
    return _shown(library.closing_page(desk, "talks", day=day))


def _run(desk: Path, *words: str) -> str:
    done = CliRunner().invoke(group, ["--repo", str(desk), *words], catch_exceptions=False, env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.output


# ---------------------------------------------------------------------- the page


def test_before_the_signature_no_day_is_made_up(desk: Path) -> None:
    page = _page(desk)
    assert "no signature is recorded" in page["Cannot be computed"]
    assert page["Due"].startswith("Nothing")
    assert page["Recorded"].endswith("Steps: none is recorded")


def test_what_cannot_be_computed_comes_first_and_says_why(desk: Path) -> None:
    _step(desk, "signed", "2027-05-14", place="Port Maren")
    found = library.closing_page(desk, "talks", day="2027-05-20")
    assert found.sections[0].heading == "Cannot be computed"
    page = _shown(found)
    assert "Text on a public site: Cannot compute: no entry into force is recorded (" in page["Cannot be computed"]
    assert "2027-05-29: Signed text to the Office of the Legal Adviser. 22 CFR 181.7." in page["Due"]
    assert "Counted from 2027-05-14: the record of the signature (L/T, Port Maren)." in page["Due"]
    assert "2027-06-30: Report to Congress of what was signed." in page["Due"]
    assert "no file is kept that shows it" in page["Recorded"]


def test_the_days_run_from_the_last_signature(desk: Path) -> None:
    _step(desk, "signed", "2027-05-14")
    _step(desk, "signed", "2027-05-17")
    assert "2027-06-01: Signed text" in _page(desk)["Due"]


@pytest.mark.parametrize(
    ("entry", "known"),
    [
        ("on the date of signature", "2027-09-11"),
        ("on the date of the last signature", "2027-09-11"),
        ("on the date of the later note by which the Parties notify each other that their procedures are complete", ""),
    ],
)
def test_a_text_in_force_on_signature_has_its_day_from_it(desk: Path, entry: str, known: str) -> None:
    _text(desk, entry)
    _step(desk, "signed", "2027-05-14")
    page = _page(desk)
    if known:
        assert f"{known}: Text on a public site." in page["Due"]
        assert "a later one moves it" in page["Due"]
    else:
        assert "Text on a public site: Cannot compute: no entry into force is recorded" in page["Cannot be computed"]


def test_a_text_in_force_on_the_last_signature_waits_for_whoever_signs(desk: Path) -> None:
    """The one has signed and the other has not: nothing is in force, whatever the last signature that is recorded."""
    _text(desk, "on the date of the last signature")
    signers = ("us=Ilse Marn, Ambassador", "partner=Tomas Verel, Minister")
    _run(desk, "negotiation", "signing", "talks", *(word for each in signers for word in ("--signer", each)))
    library.keep_closing_step(desk, "talks", "signed", {"by": "Ilse Marn", "date": "2027-05-14"})
    page = _page(desk)
    assert "no signature of Tomas Verel is recorded" in page["Cannot be computed"]
    assert "2027-05-29: Signed text" in page["Due"]
    assert "entered into force" not in page["Due"]
    library.keep_closing_step(desk, "talks", "signed", {"by": "Minister Tomas Verel", "date": "2027-05-18"})
    page = _page(desk)
    assert "2027-09-15: Text on a public site." in page["Due"]
    assert "moves it" not in "".join(page.values())


def test_what_is_due_on_the_day_of_its_event_is_counted_from_nothing(desk: Path) -> None:
    of_it = ("--authority", "other", "--approved", "2027-01-01", "--expires", "2027-12-31")
    _run(desk, "negotiation", "set", "talks", *of_it)
    shown = " ".join(_run(desk, "calendar", "talks", "--as-of", "2027-05-01").split())
    assert "Counted from 2027-12-31" not in shown
    assert "the authority itself. By the authority" in shown


def test_a_day_that_is_known_to_the_month_is_not_computed(desk: Path) -> None:
    _step(desk, "signed", "2027-05")
    assert "the day of the last signature is known only as 2027-05" in _page(desk)["Cannot be computed"]


def test_what_was_done_is_due_no_more_and_stays_recorded(desk: Path) -> None:
    _step(desk, "signed", "2027-05-14")
    _step(desk, "deposited", "2027-05-25")
    page = _page(desk)
    assert "Signed text to the Office" not in page["Due"]
    assert "2027-05-25 Deposited with the Treaty Office: by L/T; was due 2027-05-29" in page["Recorded"]
    assert "not recorded as done, and past" in _page(desk, "2027-07-01")["Due"]


def test_steps_that_cannot_be_together_are_told(desk: Path) -> None:
    _step(desk, "signed", "2027-05-14")
    _step(desk, "reported-signed", "2027-05-04")
    _step(desk, "published", "2027-09-02")
    _step(desk, "not-published", "2027-09-01", ground="1 U.S.C. 112b(b)")
    recorded = _page(desk)["Recorded"]
    assert "that is before the signature (2027-05-14)" in recorded
    assert recorded.count("is recorded too") == 2
    assert "before the signature" not in recorded[recorded.index("2027-05-14 Signed") :]


def test_of_an_acsa_only_the_publication_is_excepted(desk: Path) -> None:
    library.set_negotiation(desk, "talks", {"family": "acsa"})
    _step(desk, "signed", "2027-05-14")
    _step(desk, "in-force", "2027-05-14")
    page = _page(desk)
    assert "Report to Congress of what was signed" in page["Due"]
    assert "Report to Congress of what entered into force" in page["Due"]
    assert "Text on a public site" not in page["Due"]
    assert "excepted from publication, and from that alone" in page["Open without a day"]
    _step(desk, "not-published", "2027-06-01", ground="1 U.S.C. 112b(b)")
    page = _page(desk)
    assert "excepted from publication" not in page["Open without a day"]
    assert "ground: 1 U.S.C. 112b(b)" in page["Recorded"]


def test_a_notice_to_congress_before_the_conclusion_is_recorded(desk: Path) -> None:
    library.set_negotiation(desk, "talks", {"family": "acsa"})
    _step(desk, "signed", "2027-05-14")
    assert "2027-04-14: Notice to Congress before conclusion; not recorded as done, and past." in _page(desk)["Due"]
    _step(desk, "notified-congress", "2027-04-01")
    page = _page(desk)
    assert "Notice to Congress" not in page["Due"]
    assert "2027-04-01 Congress notified before the conclusion: by L/T; was due 2027-04-14" in page["Recorded"]


def test_rules_of_the_united_states_are_applied_to_nobody_else(desk: Path) -> None:
    library.set_negotiation(desk, "talks", {"our_label": "ARVENNA"})
    _step(desk, "signed", "2027-05-14")
    page = _page(desk)
    assert "our side is ARVENNA: none is applied" in page["Cannot be computed"]
    assert page["Due"].startswith("Nothing")


@pytest.mark.parametrize("label", ["U.S.", "USA", "United States", "United States of America"])
def test_the_united_states_are_known_by_any_name(desk: Path, label: str) -> None:
    library.set_negotiation(desk, "talks", {"our_label": label})
    _step(desk, "signed", "2027-05-14")
    assert "2027-05-29: Signed text" in _page(desk)["Due"]
    assert any(d.rule.id == "text-to-state" for d in library.calendar(desk, ["talks"], today=DAY))


def test_an_agreement_that_is_held_is_asked_and_the_record_counts(desk: Path) -> None:
    parties = (Party(code="USA", name="United States of America"), Party(name="Vastria"))
    signed = (Signing(date="2027-05-14"),)
    Repository(desk).add(Agreement(id="usa-vastria", family="sofa", title="Ships", parties=parties, signings=signed))
    library.set_negotiation(desk, "talks", {"agreement": "usa-vastria"})
    assert "Signed text" in _page(desk)["Due"]
    _step(desk, "deposited", "2027-05-25")
    done = {d.rule.id: d.done for d in library.calendar(desk, ["usa-vastria"], today=DAY) if d.done}
    assert {rule: kept.date for rule, kept in done.items() if kept} == {"text-to-state": "2027-05-25"}
    page = _page(desk)
    assert "Signed text" not in page["Due"]
    assert "no date of entry into force is held" in page["Cannot be computed"]


def test_the_facts_decide_and_a_record_of_another_day_is_told(desk: Path) -> None:
    parties = (Party(code="USA", name="United States of America"), Party(name="Vastria"))
    entry = EntryIntoForce(date="2027-07-01", basis="found on a public page")
    held = Agreement(id="usa-vastria", title="Ships", family="sofa", parties=parties, entry_into_force=entry)
    Repository(desk).add(held.model_copy(update={"term": "two years"}))
    library.set_negotiation(desk, "talks", {"agreement": "usa-vastria"})
    _text(desk, "on the date of signature")
    _step(desk, "signed", "2027-05-14")
    dues = {d.rule.id: d.due for d in library.calendar(desk, ["usa-vastria"], today=DAY)}
    assert (dues["text-to-state"], dues["publication"], dues["term-end"]) == ("2027-05-29", "2027-10-29", "2029-07-01")
    assert not library.partner(desk, "Vastria").differing
    _step(desk, "in-force", "2027-07-02")
    found = {d.rule.id: d for d in library.calendar(desk, ["usa-vastria"], today=DAY)}
    assert (found["publication"].due, found["term-end"].due) == ("2027-10-29", "2029-07-01")
    told = "The facts of the agreement say in force 2027-07-01, the record of negotiation talks says 2027-07-02"
    assert all(told in " ".join(found[rule].remarks) for rule in ("publication", "term-end"))
    assert library.partner(desk, "Vastria").differing[0].startswith(f"usa-vastria: {told}")
    assert f"Another day than in usa-vastria: {told}" in _page(desk)["Recorded"]


def test_a_record_counts_over_a_fact_of_general_knowledge(desk: Path) -> None:
    entry = EntryIntoForce(date="2027-07-01", basis="general knowledge")
    parties = (Party(code="USA"), Party(name="Vastria"))
    Repository(desk).add(Agreement(id="usa-vastria", title="Ships", parties=parties, entry_into_force=entry))
    library.set_negotiation(desk, "talks", {"agreement": "usa-vastria"})
    _step(desk, "in-force", "2027-07-02")
    found = {d.rule.id: d for d in library.calendar(desk, ["usa-vastria"], today=DAY)}["publication"]
    assert found.due == "2027-10-30"
    assert "The facts of the agreement say in force 2027-07-01" in " ".join(found.remarks)


TERM = (
    "ARTICLE III\nDuration\n1. This Agreement shall remain in force for an initial period of two (2) years. It shall be"
    " extended for successive periods of one (1) year each, unless a Party informs the other in writing, at least"
    " ninety (90) days before the current period ends, that it does not wish the Agreement to be extended.\n"
    "2. Either Party may terminate this Agreement by written notice. Termination takes effect sixty (60) days after the"
    " other Party receives the notice."
)
NOTES = (
    "on the first day of the second month that follows the month in which the later note on the completion of"
    " procedures is dated"
)


def test_term_and_notice_of_the_signed_text_are_computed(desk: Path) -> None:
    _text(desk, f"{NOTES}.\n{TERM}\nThe end")
    _step(desk, "signed", "2027-06-20")
    assert "End of the term" not in "".join(_page(desk).values())
    _step(desk, "in-force", "2027-09-01")
    page = _page(desk)
    assert "2029-06-03: Last day to give notice for the end of the term" in page["Due"]
    assert "2029-09-01: End of the term" in page["Due"]
    assert "the first day of a month" not in page["Recorded"]


def test_no_notice_is_counted_back_from_a_term_that_ends_by_itself(desk: Path) -> None:
    once = "The United States may extend it once by notice received at least twelve (12) months before its end"
    _text(
        desk,
        "on the date of signature. This Agreement shall remain in force for ten (10) years."
        f" {once}.\n2. Either Party may terminate this Agreement at any time on 180 days' notice",
    )
    _step(desk, "signed", "2027-05-03")
    page = _page(desk)
    assert "2036-05-03: Last day to give notice for the extension of the term" in page["Due"]
    assert "2037-05-03: End of the term" in page["Due"]
    assert "for the end of the term" not in page["Due"]
    assert "it may end by itself; the notice that is held may be for an earlier end" in page["Cannot be computed"]


def test_an_exception_is_not_told_as_done(desk: Path) -> None:
    _step(desk, "in-force", "2027-05-14")
    _step(desk, "not-published", "2027-06-01", ground="1 U.S.C. 112b(b)")
    shown = _run(desk, "calendar", "talks", "--as-of", "2027-06-02")
    assert "Text on a public site  (excepted 2027-06-01)" in shown


def test_what_the_closing_records_stands_before_an_earlier_stage(desk: Path) -> None:
    library.set_negotiation(desk, "talks", {"stage": "text-tabled", "date": "2027-01-20"})
    assert "stage      text tabled since 2027-01-20" in _run(desk, "negotiation", "status", "talks")
    _step(desk, "signed", "2027-05-14")
    _step(desk, "in-force", "2027-05-20")
    shown = " ".join(_run(desk, "negotiation", "status", "talks").split())
    assert "stage signed 2027-05-14, in force 2027-05-20 (closing; stage as set: text tabled)" in shown
    library.set_negotiation(desk, "talks", {"stage": "in-force", "date": "2027-05-20"})
    assert "stage      in force since" in _run(desk, "negotiation", "status", "talks")


def test_a_hold_of_a_negotiation_is_listed_with_the_others(desk: Path) -> None:
    assert "Nothing is under a legal hold." in _run(desk, "hold")
    library.hold_negotiation(desk, "talks", "litigation 27-12", by="L")
    shown = _run(desk, "hold")
    assert "Nothing" not in shown
    assert "negotiation talks: held since" in shown
    assert "by L: litigation 27-12" in shown
    library.release_hold(desk, "talks")
    assert "Nothing is under a legal hold." in _run(desk, "hold")


def test_what_an_office_returned_is_no_silence_before_the_signature(desk: Path) -> None:
    _text(desk, "on the date of signature")
    library.ask_clearance(desk, "talks", ["L", "EUR"], {"text": 1})
    keep_returned(library.negotiations_in(desk), "talks", [("EUR", "emb.txt", b"An edit.")], day="2027-01-11")
    facts = {"office": "L", "state": "cleared", "date": "2027-01-12", "condition": "subject to the memorandum of law"}
    library.record_approval(desk, "talks", facts)
    first = _sheet(desk)["Open before signature"]
    assert "Clearance of EUR: returned emb.txt on 2027-01-11 (text 1); not recorded as cleared" in first
    status = " ".join(_run(desk, "negotiation", "status", "talks").split())
    assert "L cleared (text 1) (subject to the memorandum of law)" in status


def test_a_step_out_of_its_order_or_late_is_told(desk: Path) -> None:
    _text(desk, NOTES)
    _step(desk, "published", "2027-07-01")
    _step(desk, "signed", "2027-06-20")
    _step(desk, "notified-congress", "2027-06-25")
    assert "2027-07-01 Published: by L/T; no entry into force is recorded" in _page(desk)["Recorded"]
    _step(desk, "in-force", "2027-08-15")
    _step(desk, "registered", "2027-08-01")
    _step(desk, "reported-signed", "2027-08-03")
    recorded = _page(desk)["Recorded"]
    assert "before the conclusion: by L/T; that is after the signature (2027-06-20)" in recorded
    assert "Published: by L/T; was due 2027-12-13; that is before the entry into force (2027-08-15)" in recorded
    assert "Registered: by L/T; that is before the entry into force (2027-08-15)" in recorded
    assert "as signed: by L/T; was due 2027-07-31, late" in recorded
    assert "text 1 says on the first day of a month: “" in recorded


def test_what_cannot_be_computed_is_told_once(desk: Path) -> None:
    parties = (Party(code="USA"), Party(name="Vastria"))
    held = Agreement(id="usa-vastria", title="Ships", family="sofa", parties=parties, term="until 31 December 2029")
    Repository(desk).add(held)
    library.set_negotiation(desk, "talks", {"agreement": "usa-vastria"})
    _step(desk, "signed", "2027-05-14")
    page = _page(desk)
    assert "Last day to give notice for the end of the term: Cannot compute" in page["Cannot be computed"]
    assert "Last day to give notice" not in page["Open without a day"]


# ---------------------------------------------------------------------- steps


def test_who_and_a_ground_are_asked_for(desk: Path) -> None:
    with pytest.raises(RecordError, match="who did it"):
        library.keep_closing_step(desk, "talks", "signed", {"date": "2027-05-14"})
    with pytest.raises(RecordError, match="ground"):
        _step(desk, "not-published", "2027-05-14")
    with pytest.raises(RecordError, match="ground"):
        _step(desk, "published", "2027-05-14", ground="none")
    with pytest.raises(RecordError, match="no instrument 3"):
        _step(desk, "deposited", "2027-05-14", of=3)
    with pytest.raises(NotFoundError, match="ratified"):
        _step(desk, "ratified", "2027-05-14")
    assert not library.negotiations_in(desk).get("talks").closing


def test_evidence_is_kept_by_its_hash_and_a_changed_file_is_told(desk: Path, tmp_path: Path) -> None:
    shown = tmp_path / "receipt.txt"
    shown.write_text("Received for deposit.", encoding="utf-8")
    made = library.keep_closing_step(desk, "talks", "deposited", {"by": "L/T", "date": "2027-05-25"}, file=shown)
    assert made.evidence is not None
    sha256 = hashlib.sha256(b"Received for deposit.").hexdigest()
    assert (made.evidence.sha256, made.evidence.name) == (sha256, "receipt.txt")
    assert f"file: receipt.txt, sha256 {sha256[:12]}" in _page(desk)["Recorded"]
    (desk / "negotiations" / "talks" / "texts" / made.evidence.file).write_text("Other.", encoding="utf-8")
    assert "receipt.txt is no longer the one that was kept" in _page(desk)["Recorded"]
    with pytest.raises(RecordError, match="not the file that was kept"):
        library.export_negotiation(desk, "talks", tmp_path / "out.zip")


def test_evidence_that_is_empty_missing_or_classified_is_not_kept(desk: Path, tmp_path: Path) -> None:
    files = {"empty.txt": "", "spill.txt": "SECRET//NOFORN\n\nThe note was sent.\n\nSECRET//NOFORN"}
    for name, words in files.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    for name, problem in (("empty.txt", RecordError), ("gone.txt", AgreementsError), ("spill.txt", ClassifiedError)):
        with pytest.raises(problem):
            library.keep_closing_step(desk, "talks", "deposited", {"by": "L/T"}, file=tmp_path / name)
    assert not (desk / "negotiations" / "talks" / "texts").exists()


def test_an_undone_step_stays_on_record_with_its_file(desk: Path, tmp_path: Path) -> None:
    shown = tmp_path / "receipt.txt"
    shown.write_text("Received for deposit.", encoding="utf-8")
    _step(desk, "signed", "2027-05-14")
    made = library.keep_closing_step(desk, "talks", "deposited", {"by": "L/T", "date": "2027-05-25"}, file=shown)
    library.undo(desk, library.acts(desk, "talks", last=1)[0].number)
    page = _page(desk)
    assert "Signed text to the Office" in page["Due"]
    assert "Undone: closing 2 deposited of 2027-05-25" in page["Recorded"]
    assert made.evidence is not None
    assert (desk / "negotiations" / "talks" / "texts" / made.evidence.file).is_file()
    _step(desk, "deposited", "2027-05-26")
    assert library.negotiations_in(desk).get("talks").closing[-1].number == 3


def test_the_export_names_what_shows_each_step_with_its_hash(desk: Path, tmp_path: Path) -> None:
    shown = tmp_path / "receipt.txt"
    shown.write_text("Received for deposit.", encoding="utf-8")
    facts = {"by": "L/T", "date": "2027-05-25", "marking": "CUI"}
    library.keep_closing_step(desk, "talks", "deposited", facts, file=shown)
    library.keep_following(desk, "talks", "minutes", "First meeting", {"date": "2027-06-01"}, file=shown)
    made = library.export_negotiation(desk, "talks", tmp_path / "out.zip")
    assert made.marking == "CUI"
    with zipfile.ZipFile(made.path) as archive:
        rows = {
            row["file"]: row for row in csv.DictReader(io.StringIO(archive.read("talks/index.csv").decode("utf-8-sig")))
        }
        contents = {name.removeprefix("talks/"): archive.read(name) for name in archive.namelist()}
    listed = {name: row for name, row in rows.items() if name.startswith("texts/")}
    assert [row["what"] for row in listed.values()] == [
        "shows step 1, deposited, by L/T: receipt.txt",
        "text of instrument 1 that follows, First meeting: receipt.txt",
    ]
    assert [(row["date"], row["marking"]) for row in listed.values()] == [("2027-05-25", "CUI"), ("2027-06-01", "")]
    assert set(rows) == set(contents) - {"index.csv", "README.txt"}
    assert all(hashlib.sha256(contents[name]).hexdigest() == row["sha256"] for name, row in rows.items())


# ---------------------------------------------------------------------- what follows


def test_what_nobody_answered_stands_first(desk: Path) -> None:
    library.keep_following(desk, "talks", "minutes", "First meeting", {"date": "2027-06-01"})
    library.keep_following(desk, "talks", "order", "Order 1", {})
    for question in QUESTIONS:
        library.answer_following(desk, "talks", 1, question, {"answer": "no", "by": "L", "ground": "no new duty"})
    lines = library.followings(desk, "talks")
    assert [line.name for line in lines] == ["2 Order 1", "1 First meeting"]
    assert lines[0].words.startswith("UNANSWERED whether it is itself to be reported to Congress; UNANSWERED whether")
    assert "its day not recorded" in lines[0].words
    assert "UNANSWERED" not in lines[1].words
    found = library.calendar(desk, ["talks"], today=DAY)
    assert [(d.rule.id, d.subject.title) for d in found] == [("follow-question", "Order 1")] * 2
    assert "nobody answered whether it needs an authority of its own" in _page(desk)["Cannot be computed"]


def test_days_of_an_instrument_follow_from_the_answer_that_it_is_reportable(desk: Path) -> None:
    library.keep_following(desk, "talks", "implementing-arrangement", "Pier", {"date": "2027-06-01"})
    said = {"by": "L", "ground": "sets terms on costs"}
    library.answer_following(desk, "talks", 1, "reportable", {"answer": "yes", **said})
    dues = {d.rule.id: d.due for d in library.calendar(desk, ["talks"], today=DAY) if d.due}
    assert dues == {"text-to-state": "2027-06-16", "report-signed": "2027-07-31"}
    _step(desk, "deposited", "2027-06-10", of=1)
    assert [d.rule.id for d in library.calendar(desk, ["talks"], today=DAY) if d.done] == ["text-to-state"]
    library.answer_following(desk, "talks", 1, "reportable", {"answer": "no", **said})
    assert not [d for d in library.calendar(desk, ["talks"], today=DAY) if d.due]
    assert len(library.negotiations_in(desk).get("talks").answers) == 2


def test_an_answer_is_of_a_person_with_a_ground(desk: Path) -> None:
    library.keep_following(desk, "talks", "minutes", "First meeting", {})
    for gap in ("by", "ground"):
        facts = {"answer": "yes", "by": "L", "ground": "new duty"}
        with pytest.raises(RecordError, match="who gave it and why"):
            library.answer_following(desk, "talks", 1, "reportable", {**facts, gap: ""})
    with pytest.raises(RecordError, match="no instrument 2"):
        library.answer_following(desk, "talks", 2, "reportable", {"answer": "yes", "by": "L", "ground": "x"})
    with pytest.raises(NotFoundError, match="binding"):
        library.answer_following(desk, "talks", 1, "binding", {"answer": "yes", "by": "L", "ground": "x"})
    with pytest.raises(NotFoundError, match="treaty"):
        library.keep_following(desk, "talks", "treaty", "Another", {})


# ---------------------------------------------------------------------- the signing sheet


def _sheet(desk: Path) -> dict[str, str]:
    return _shown(library.signing_sheet(desk, "talks", day="2027-05-01"))


def test_what_nobody_recorded_stays_blank_and_stands_first(desk: Path) -> None:
    page = library.signing_sheet(desk, "talks", day="2027-05-01")
    assert page.sections[0].heading == "Open before signature"
    missing = {line.name for line in page.sections[0].lines}
    assert {"Text", "For US", "For PARTNER", "Date", "Place", "Languages", "Originals", "Authority"} <= missing
    assert {"Ribbon copies", "Ribbon and seal", "US keeps", "PARTNER keeps", "Clearance"} <= missing


def test_the_sheet_has_the_title_that_the_text_bears_and_the_one_on_record_beside(desk: Path) -> None:
    _text(desk, "on the date of signature")
    library.set_signing(desk, "talks", {"text": 1, "originals": 2})
    lines = {each.name: each.words for each in library.signing_sheet(desk, "talks", day="2027-05-01").sections[1].lines}
    assert lines["Title"].casefold() == (
        "agreement between the government of the united states of america and the government of the republic of "
        "vastria on ship visits (as text 1 has it)"
    )
    assert lines["Title on record"] == "Ship visits"
    assert lines["Title of the others"].endswith("not examined here")


def test_a_text_without_a_title_gives_the_sheet_none(desk: Path) -> None:
    file = desk.parent / "bare.txt"
    file.write_text("ARTICLE I\nVisits\n\nShips of the United States may visit Vastria.\n", encoding="utf-8")
    library.keep_text(desk, "talks", file, "joint", {"date": "2027-05-01"})
    page = library.signing_sheet(desk, "talks", day="2027-05-01")
    assert "Title in the text" in {line.name for line in page.sections[0].lines}
    assert "Title" not in {line.name for line in page.sections[1].lines}


def test_the_sheet_says_what_was_recorded_and_no_more(desk: Path) -> None:
    _text(desk, "on the date of signature")
    facts = {
        "text": 1,
        "date": "2027-05-14",
        "places": ["Port Maren"],
        "languages": ["English"],
        "originals": 2,
        "ribbon_copies": 1,
        "seals": "the Embassy",
        "signers": [{"side": "us", "name": "A", "capacity": "Ambassador"}, {"side": "partner", "name": "B"}],
        "kept": [{"keeper": "us", "what": "names the United States first"}],
        "full_powers": {"A": "not-needed"},
    }
    library.set_signing(desk, "talks", facts)
    first = _sheet(desk)["Open before signature"]
    assert "For PARTNER: B, capacity not recorded; full powers: not recorded whether they are needed" in first
    assert "For US" not in first
    assert "PARTNER keeps: not recorded which original" in first
    assert "2 originals are recorded, and where 1 of them go" in first
    assert "Authority: none is recorded" in first
    library.set_signing(desk, "talks", {"kept": [{"keeper": "partner", "what": "names Vastria first"}]})
    library.set_signing(desk, "talks", {}, without=["B"])
    first = _sheet(desk)["Open before signature"]
    assert "keeps" not in first
    assert "For PARTNER: not recorded who signs" in first
    with pytest.raises(RecordError, match="C is not on the signing sheet"):
        library.set_signing(desk, "talks", {}, without=["C"])
    with pytest.raises(NotFoundError, match="no text 9"):
        library.set_signing(desk, "talks", {"text": 9})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-06-20", "20 June 2027; that is a Sunday"),
        ("2027-07-05", "5 July 2027; that is a federal holiday (Independence Day (observed))"),
        ("2027-06-21", "21 June 2027"),
        ("2027-06", "June 2027"),
    ],
)
def test_a_day_off_is_told_on_the_sheet(desk: Path, day: str, said: str) -> None:
    library.set_signing(desk, "talks", {"date": day})
    assert f"Date: {said}\n" in _sheet(desk)["Originals, copies and place"]


@pytest.mark.parametrize(
    ("authority", "said"),
    [
        ({"kind": "blanket", "scope": "negotiate", "approved": "2027-01-01"}, "no authority to conclude is recorded"),
        ({"kind": "blanket", "scope": "conclude", "requested": "2027-01-01"}, "not recorded as given"),
        ({"kind": "blanket", "scope": "conclude", "approved": "2027-01-01", "expires": "2027-05-13"}, "ends before"),
        ({"kind": "blanket", "scope": "conclude", "approved": "2027-01-01", "expires": "2027-05-14"}, ""),
    ],
)
def test_an_authority_that_does_not_cover_the_signature_is_open(
    desk: Path, authority: dict[str, str], said: str
) -> None:
    library.set_negotiation(desk, "talks", {"authority": authority})
    library.set_signing(desk, "talks", {"date": "2027-05-14"})
    first = _sheet(desk)["Open before signature"]
    assert (said in first) if said else ("Authority" not in first)


def test_a_clearance_of_another_file_is_open(desk: Path) -> None:
    _text(desk, "on the date of signature")
    library.record_approval(desk, "talks", {"office": "L", "state": "cleared", "date": "2027-05-02", "text": 1})
    assert "Clearance of L" not in _sheet(desk)["Open before signature"]
    _text(desk, "on the date of the last signature")
    assert (
        "Clearance of L: cleared text 1 on 2027-05-02; not recorded for the file of text 2"
        in (_sheet(desk)["Open before signature"])
    )
    library.set_signing(desk, "talks", {"text": 1})
    first = _sheet(desk)["Open before signature"]
    assert "Clearance of L" not in first
    assert "text 2 (joint text 2027-05-01) came after it" in first


def test_an_earlier_word_of_an_office_stays_on_record(desk: Path) -> None:
    _text(desk, "on the date of signature")
    for state, day in (("refused", "2027-05-03"), ("cleared", "2027-05-02")):
        library.record_approval(desk, "talks", {"office": "L", "state": state, "date": day, "text": 1})
    held = library.negotiations_in(desk).get("talks")
    assert [a.state for a in held.approvals] == ["refused", "cleared"]
    assert [a.state for a in held.last_approvals] == ["refused"]
    library.record_approval(desk, "talks", {"office": "l", "state": "cleared", "date": "2027-05-03", "text": 1})
    held = library.negotiations_in(desk).get("talks")
    assert [(a.office, a.state) for a in held.last_approvals] == [("l", "cleared")]


# ---------------------------------------------------------------------- commands


def test_the_steps_of_the_command_line_are_those_that_are_kept() -> None:
    from agreements.commands.negotiation import closing
    from agreements.negotiation.file import FOLLOWING

    assert closing._STEPS == CLOSING
    assert closing._KINDS == FOLLOWING


def test_the_pages_are_valid_word_files_with_their_marking(desk: Path, tmp_path: Path) -> None:
    _step(desk, "signed", "2027-05-14", marking="CUI")
    for command, name in (("signing", "sheet.docx"), ("closing", "closing.docx")):
        said = _run(desk, "negotiation", command, "talks", "-o", str(tmp_path / name))
        assert "(CUI)" in said
        assert audited((tmp_path / name).read_bytes()) == set()
        with zipfile.ZipFile(tmp_path / name) as archive:
            words = "".join(archive.read(n).decode() for n in archive.namelist() if "header" in n)
        assert "CUI" in words
    with pytest.raises(AgreementsError, match="no name for a Word file"):
        library.write_page(library.closing_page(desk, "talks"), tmp_path / "closing.pdf")


def test_answers_and_instruments_are_not_mixed(desk: Path) -> None:
    wrong = (
        ["--reportable", "yes"],
        ["--of", "1"],
        ["minutes"],
        ["minutes", "First", "--by", "L"],
        ["--under", "V"],
        ["minutes", "First", "--of", "1", "--authority", "no"],
    )
    for words in wrong:
        done = CliRunner().invoke(group, ["--repo", str(desk), "negotiation", "follows", "talks", *words])
        assert done.exit_code == 2, words
    assert not library.negotiations_in(desk).get("talks").follows


def test_the_command_records_and_shows(desk: Path) -> None:
    _run(desk, "negotiation", "closing", "talks", "signed", "--by", "the Ambassador", "--date", "2027-05-14")
    page = json.loads(_run(desk, "--json", "negotiation", "closing", "talks", "--as-of", "2027-05-20"))
    assert [s["heading"] for s in page["sections"]][:2] == ["Cannot be computed", "Due"]
    said = _run(desk, "negotiation", "follows", "talks", "order", "Order 1")
    assert said.startswith("1 Order 1: UNANSWERED")
    assert "UNANSWERED questions: 2" in _run(desk, "negotiation", "status", "talks")


# ---------------------------------------------------------------------- the calendar


def test_each_step_of_a_negotiation_is_an_event_of_its_own_with_a_reminder(desk: Path, tmp_path: Path) -> None:
    for what in ("Table the annex", "Call the Embassy"):
        library.add_step(desk, "talks", {"what": what, "due": "2027-06-01"})
    _step(desk, "signed", "2027-05-14")
    _step(desk, "deposited", "2027-05-20")
    found = library.calendar(desk, ["talks"], today=DAY)
    assert library.write_calendar(found, tmp_path / "due.ics", today=DAY, remind=5) == 3
    events = Calendar.from_ical((tmp_path / "due.ics").read_bytes()).walk("VEVENT")
    assert len({str(event["uid"]) for event in events}) == len(events) == 3
    alarms = [alarm for event in events for alarm in event.walk("VALARM")]
    assert [alarm.decoded("trigger").days for alarm in alarms] == [-5, -5, -5]
    assert not any("Legal Adviser" in str(event["summary"]) for event in events)
    library.write_calendar(found, tmp_path / "plain.ics", today=DAY)
    assert b"VALARM" not in (tmp_path / "plain.ics").read_bytes()


def test_the_calendar_never_counts_what_cannot_be_computed_as_none(desk: Path) -> None:
    parties = (Party(code="USA", name="United States of America"), Party(name="Orlenia"))
    entry = EntryIntoForce(date="2020")
    one = Agreement(id="usa-orlenia", family="sofa", title="Ships", parties=parties, entry_into_force=entry, term="x")
    Repository(desk).add(one)
    said = _run(desk, "calendar", "--as-of", "2027-05-20")
    lines = said.splitlines()
    assert lines[0] == "Without a day"
    assert "usa-orlenia" in said
    assert "0 deadlines with a day" in said
    assert "0 without one" not in said
    assert "known only" not in said  # of 2020: past whatever the day was
    assert "is known only in part. usa-orlenia (2020)" in " ".join(
        _run(desk, "calendar", "--as-of", "2020-12-20").split()
    )


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("shall remain in force until 31 December 2028", "2028-12-31"),
        ("shall remain in force until December 31, 2028, unless the Parties extend it", "2028-12-31"),
        ("shall expire on March 31, 2027", "2027-03-31"),
        ("shall enter into force on signature. It shall remain in force for a period of five years", "2029-03-03"),
        ("shall remain in force up to and including 31 December 2028 and be renewable", "2028-12-31"),
        ("shall have a term of one year and enter into force on signature", "2025-03-03"),
        ("shall remain in force until terminated", ""),
        ("takes note that the Agreement of 1950 shall remain in force until 31 December 2028", ""),
    ],
)
def test_an_end_that_the_text_names_is_watched(tmp_path: Path, words: str, ends: str) -> None:
    file = tmp_path / "text.txt"
    text = TEXT.format(entry="on the date of signature").replace(
        "This Agreement shall enter into force on the date", ""
    )
    closing = "DONE at Port Maren, in duplicate, this 3rd day of March, 2024.\n"
    file.write_text(
        f"{text.partition('ARTICLE II')[0]}ARTICLE II\nDuration\n\nThis Agreement {words}.\n\n{closing}", "utf-8"
    )
    library.import_files(tmp_path / "repository", [file])
    found = {d.rule.id: d for d in library.calendar(tmp_path / "repository", today=DAY)}
    assert found["term-end"].due == ends
    if not ends:
        assert "no term is held" in found["term-end"].missing


def test_a_text_that_is_held_is_in_force_on_signature_where_it_says_so(tmp_path: Path) -> None:
    parties = (Party(code="USA", name="United States of America"), Party(name="Orlenia"))
    evidence = "This Agreement shall enter into force on signature."
    entry = EntryIntoForce(formula="1", evidence=evidence)
    signed = (Signing(date="2024-03-03"), Signing(date="2024-03-05"))
    one = Agreement(id="usa-orlenia", title="Ships", parties=parties, signings=signed, entry_into_force=entry)
    for changed, known in (({}, "2024-07-03"), ({"formula": "4"}, ""), ({"condition": "approval"}, "")):
        held = one.model_copy(update={"entry_into_force": entry.model_copy(update=changed)})
        found = {d.rule.id: d for d in deadlines_of(subject_of(held, today=DAY))}
        assert found["publication"].due == known
    assert subject_of(one, today=DAY).happenings["entry-into-force"].evidence == f"“{evidence}” and the last signature"


def test_rules_that_nobody_could_ask_are_named(tmp_path: Path) -> None:
    Repository(tmp_path).add(Agreement(id="nobody", title="Ships", signings=(Signing(date="2027-05-14"),)))
    assert "nobody" in _run(tmp_path, "calendar", "--as-of", "2027-05-20")
    found = {d.rule.id: d for d in library.calendar(tmp_path, today=DAY)}
    assert "no party is established, so that no rule of a State was asked" in found["parties-unknown"].missing


def test_a_renewal_is_not_cut_in_a_word(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    words = (
        "This Agreement shall remain in force for five years and shall be renewed for successive periods of one year "
        "unless either Party gives notice"
    )
    file.write_text(f"{TEXT.partition('ARTICLE II')[0]}ARTICLE II\nDuration\n\n{words}.\n", "utf-8")
    assert library.parse_file(file).agreement.renewal == "successive periods of one year"


def test_what_follows_by_the_record_is_among_the_relations_of_the_agreement(desk: Path) -> None:
    """`No relation is recorded` was said of an agreement of which a negotiation records an arrangement."""
    file = desk.parent / "visits.md"
    file.write_text("# Agreement on Ship Visits\n\n## Article I\n\nShips call at ports.\n", encoding="utf-8")
    _run(desk, "import", str(file), "--id", "visits")
    _run(desk, "negotiation", "set", "talks", "--agreement", "visits")
    assert "No relation is recorded" in _run(desk, "relations", "visits")
    follows = ("negotiation", "follows", "talks", "minutes", "First minutes", "--date", "2027-06-01", "--under", "I")
    _run(desk, *follows)
    shown = " ".join(_run(desk, "relations", "visits").split())
    assert "First minutes: minutes of 2027-06-01 under I, as the negotiation talks records what follows." in shown
    assert "No other relation is recorded" in shown
    assert "That is no proof" not in shown


def test_a_purge_says_where_a_negotiation_keeps_the_same_file(desk: Path) -> None:
    file = desk.parent / "visits.md"
    file.write_text("# Agreement on Ship Visits\n\n## Article I\n\nShips call at ports.\n", encoding="utf-8")
    _run(desk, "import", str(file), "--id", "visits")
    library.keep_text(desk, "talks", file, "joint", {"date": "2027-05-01"})
    of_it = ("--reason", "a spill", "--spill", "S-1", "--yes")
    shown = " ".join(_run(desk, "purge", "visits", *of_it).split())
    assert "The same file is kept in the negotiation talks: 01-joint-visits.md: it was not purged." in shown
    assert "Not examined: negotiations that you may not see" in shown
