"""`negotiation clear` and `handover --negotiation`: asked, returned, merged, cleared, and what leaves held"""

import csv
import importlib.util
import json
import sys
from copy import deepcopy
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from agreements import reading, word
from agreements.commands import main
from agreements.libreoffice import converted, converter
from agreements.ooxml.schema import name
from agreements.textform import parse_document
from tests.negotiation.conftest import OURS, agreement
from tests.word import editing

ROOT = Path(__file__).resolve().parents[2]
WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def run(tmp_path, capsys):
    def call(*arguments, as_json=False):
        words = ["--repo", str(tmp_path / "repo"), *(["--json"] if as_json else []), *map(str, arguments)]
        (tmp_path / "repo").mkdir(exist_ok=True)
        with pytest.raises(SystemExit) as stopped:
            main(words)
        shown = capsys.readouterr()
        return json.loads(shown.out) if as_json else (stopped.value.code, shown.out, shown.err)

    return call


def file(path, *pairs, author=""):
    """A Word file of our text with words exchanged, tracked by `author`."""
    text = OURS
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    word.write(agreement(text), path)
    if author:
        base = path.with_name("base.docx")
        word.write(agreement(OURS), base)
        options = word.RedlineOptions(author, "2026-03-02")
        path.write_bytes(word.redline(base.read_bytes(), path.read_bytes(), options).content)
    return path


@pytest.fixture
def kept(run, tmp_path):
    run("negotiation", "new", "visits", "--partner", "Tamaris", "--family", "sofa", "--title", "Visiting forces")
    asked = ("--ask", "L", "--ask", "OSD", "--due", "2026-03-10", "--date", "2026-03-01")
    run("negotiation", "clear", "visits", "--draft", file(tmp_path / "ours.docx"), *asked)
    return "visits"


TAXES = ("exempt from all taxes", "exempt from all taxes and charges")
CLAIMS = ("ninety days", "sixty days")


def test_silence_is_no_clearance_and_what_is_overdue_is_said(run, kept):
    status, shown, _ = run("negotiation", "clear", kept)
    assert status == 1
    assert shown.count("not cleared") == 2
    assert "OVERDUE" in shown
    assert "OVERDUE" in run("negotiation", "status", kept)[1]


def test_the_day_by_which_offices_answer_is_in_the_calendar_until_they_do(run, kept, tmp_path):
    assert "from L, OSD" in run("calendar", kept)[1].replace("\n", " ")
    run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', TAXES)}")
    shown = run("calendar", kept)[1].replace("\n", " ")
    assert "from OSD" in shown
    assert "from L" not in shown


def test_an_edit_of_the_draft_of_before_is_told_as_one(run, kept, tmp_path):
    """What was changed since is then proposed back to the letter, by an office that never proposed it."""
    second = file(tmp_path / "second.docx", CLAIMS)
    run("negotiation", "clear", kept, "--draft", second, "--ask", "L", "--ask", "OSD", "--date", "2026-03-12")
    old = file(tmp_path / "old.docx", TAXES)
    made = run(
        "negotiation", "clear", kept, f"L={old}", f"OSD={file(tmp_path / 'n.docx', CLAIMS, TAXES)}", as_json=True
    )
    assert [(row["place"], row["offices"], row.get("as_in")) for row in made["rows"]] == [
        ("II.2", ["L"], "text 1"),
        ("III", ["L", "OSD"], None),
    ]
    assert [each["where"] for each in made["findings"] if each["code"] == "earlier-draft"] == ["L"]
    assert "as in text 1" in run("negotiation", "clear", kept, "--matrix", tmp_path / "m.docx")[1]


def test_a_clearance_of_an_impossible_day_or_by_nobody_that_was_asked_is_told(run, kept, tmp_path):
    told = run("negotiation", "approve", kept, "L", "--date", "2026-02-20")[1]
    assert "that is before text 1 was sent (2026-03-01)" in told.replace("\n", " ")
    assert "asked were L, OSD" in run("negotiation", "approve", kept, "Osd Policy", "--date", "2026-03-04")[1]
    run("negotiation", "approve", kept, "OSD", "--date", "2026-03-04")
    status, shown, _ = run("negotiation", "clear", kept)
    assert status == 1
    assert "no office of this name was asked" in shown
    checked = run("handover", tmp_path / "ours.docx", "--negotiation", kept)[1]
    assert "on 2026-02-20, which is before" in checked.replace("\n    ", " ")


def test_what_came_after_a_clearance_is_told_where_offices_stand(run, kept, tmp_path):
    run("negotiation", "approve", kept, "L", "--date", "2026-03-03")
    run("negotiation", "approve", kept, "OSD", "--date", "2026-03-03")
    assert run("negotiation", "clear", kept)[0] in (0, None)
    run("negotiation", "clear", kept, f"L={file(tmp_path / 'late.docx', TAXES)}", "--date", "2026-03-05")
    status, shown, _ = run("negotiation", "clear", kept)
    assert status == 1
    assert "after that it returned late.docx, on 2026-03-05" in shown.replace("\n    ", " ")


def test_a_clearance_that_is_doubtful_clears_no_word_and_is_doubted_again(run, kept, tmp_path):
    """L may not have seen the text on that day; a second word of it, dated earlier still, is no better."""
    run("negotiation", "approve", kept, "OSD", "--date", "2026-03-04")
    run("negotiation", "approve", kept, "L", "--date", "2026-02-20")
    assert "(2026-03-01)" in run("negotiation", "approve", kept, "L", "--date", "2026-02-10")[1]
    assert "L cleared (text 1) - DOUBTFUL" in " ".join(run("negotiation", "status", kept)[1].split())
    found = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert [each for each in found["not_found"] if "not cleared" in each] == [
        "words that OSD has not cleared (text 1 of 2026-03-01)"
    ]


def test_who_returned_nothing_and_what_nobody_decided_is_said(run, kept, tmp_path):
    """The clean copy takes an undecided edit in; one that is to be discussed is made in neither."""
    draft = file(tmp_path / "l.docx", TAXES, CLAIMS)
    out = ("-o", tmp_path / "m.docx", "--clean", tmp_path / "c.docx", "--matrix", tmp_path / "m2.docx")
    shown = " ".join(run("negotiation", "clear", kept, f"L={draft}", *out)[1].split())
    assert "Nothing came back from OSD: not cleared." in shown
    assert "2 edits undecided, made in the text as a tracked change, and in the clean copy as if" in shown
    assert "Nothing returned by: OSD" in word.read_changes((tmp_path / "m2.docx").read_bytes()).paragraphs
    decisions = tmp_path / "d.yaml"
    run("negotiation", "clear", kept, "--decisions", decisions)
    decisions.write_text(decisions.read_text("utf-8").replace("    do:\n", "    do: discuss\n", 1), "utf-8")
    shown = " ".join(run("negotiation", "clear", kept, "--apply", decisions, "-o", tmp_path / "n.docx")[1].split())
    assert "1 edit still to be discussed, not made: 1." in shown
    assert "1 edit undecided, made in the text as a tracked change: 2." in shown


def test_what_is_tabled_uncleared_is_kept_and_told(run, kept, tmp_path):
    run("negotiation", "approve", kept, "L", "--date", "2026-03-03")
    sent = file(tmp_path / "sent.docx", CLAIMS)
    told = run("negotiation", "table", kept, sent, as_json=True)["findings"]
    (message,) = (each["message"] for each in told if each["code"] == "tabled-uncleared")
    assert "no authority is recorded" in message
    assert "OSD has not cleared" in message
    status = " ".join(run("negotiation", "status", kept)[1].split())
    assert "is another file than L cleared" in status
    assert not [
        each
        for each in run("negotiation", "receive", kept, sent, as_json=True)["findings"]
        if each["code"] == "tabled-uncleared"
    ]


def test_a_title_typed_in_capitals_and_a_field_that_became_words_change_no_word(run, kept, tmp_path):
    run("negotiation", "approve", kept, "L", "--date", "2026-03-03")
    made = docx.Document(str(tmp_path / "ours.docx"))
    title = next(p for p in made.paragraphs if p.text.startswith("Agreement"))
    again = deepcopy(title._p)
    title._p.addprevious(again)
    title._p.getparent().remove(title._p)
    for run_of in docx.text.paragraph.Paragraph(again, None).runs:
        run_of.text = run_of.text.upper()
    made.save(str(tmp_path / "capitals.docx"))
    told = run("handover", tmp_path / "capitals.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert not [each for each in told["found"] if "not as" in each]
    assert "words that L has not cleared (text 1 of 2026-03-01)" in told["not_found"]


def test_an_authority_that_ends_before_it_is_given_is_told(run, kept, tmp_path):
    dates = ("--approved", "2026-03-05", "--expires", "2026-02-01", "--scope", "negotiate")
    assert "ends (2026-02-01) before it is given" in run("negotiation", "set", kept, *dates)[1].replace("\n", " ")
    told = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert "an authority that is absent or expired" not in told["not_found"]
    assert any("before it is given" in each for each in told["found"])


def test_an_authority_to_conclude_is_none_to_negotiate(run, kept, tmp_path):
    run(
        "negotiation",
        "set",
        kept,
        "--authority",
        "action-memorandum",
        "--scope",
        "conclude",
        "--approved",
        "2026-01-05",
    )
    made = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert any("to conclude, and none to negotiate is recorded" in each for each in made["found"])
    run("negotiation", "set", kept, "--scope", "negotiate-and-conclude")
    made = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert not any("to negotiate" in each for each in made["found"])


def test_an_authority_to_conclude_takes_no_authority_to_negotiate_away(run, kept, tmp_path):
    """The two may be separate (DOMAIN 5.1): the days and limits of the one are not those of the other."""
    first = ("--scope", "negotiate", "--approved", "2026-01-05", "--expires", "2027-01-05", "--limit", "No bases")
    run("negotiation", "set", kept, *first)
    held = run("negotiation", "set", kept, "--scope", "conclude", "--approved", "2026-03-05", as_json=True)
    assert held["authority"] == {"scope": "conclude", "approved": "2026-03-05"}
    assert [each["limits"] for each in held["authorities_before"]] == [["No bases"]]
    told = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert not [each for each in told["found"] if "none to negotiate" in each]
    assert "to negotiate (given 2026-01-05, to 2027-01-05)" in " ".join(told["not_examined"])
    assert "conclude, approved 2026-03-05; before it: negotiate" in " ".join(
        run("negotiation", "status", kept)[1].split()
    )
    assert "2027-01-05" in run("calendar", kept)[1]
    assert any("limits of the authority: No bases" in each for each in told["not_examined"])
    corrected = run("negotiation", "set", kept, "--scope", "negotiate-and-conclude", as_json=True)
    assert corrected["authority"] == {"scope": "negotiate-and-conclude", "approved": "2026-03-05"}


def test_an_authority_to_negotiate_that_ran_out_is_told_beside_one_to_conclude(run, kept, tmp_path):
    run("negotiation", "set", kept, "--scope", "negotiate", "--approved", "2026-01-05", "--expires", "2026-02-01")
    run("negotiation", "set", kept, "--scope", "conclude", "--approved", "2026-03-05")
    told = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]
    assert "the authority to negotiate expired on 2026-02-01" in told["found"]
    assert "an authority that is absent or expired" not in told["not_found"]


def test_who_cleared_without_a_draft_is_not_among_those_who_returned_nothing(run, kept, tmp_path):
    run("negotiation", "approve", kept, "OSD", "--date", "2026-03-04")
    made = run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', TAXES)}", as_json=True)
    assert made["silent"] == []


def test_a_draft_inside_was_not_tabled(run, kept):
    """What the other side never saw is no text that its answer is held against."""
    text = run("negotiation", "status", kept, as_json=True)["texts"][0]
    assert text["side"] == "draft"
    assert "last text  none was exchanged; kept inside: 1" in run("negotiation", "status", kept)[1]
    assert "draft inside" in run("negotiation", "history", kept, "II.2")[1]


def test_drafts_tracked_or_not_become_one_text_and_one_matrix(run, kept, tmp_path):
    drafts = [
        f"L={file(tmp_path / 'l.docx', TAXES, CLAIMS, author='Officer of L')}",
        f"OSD={file(tmp_path / 'osd.docx', TAXES)}",
    ]
    merged, matrix = tmp_path / "merged.docx", tmp_path / "matrix.csv"
    status, shown, _ = run("negotiation", "clear", kept, *drafts, "-o", merged, "--matrix", matrix)
    assert status == 0
    assert "UNTRACKED by OSD" in shown.replace("\n      ", " ")
    rows = list(csv.reader(matrix.read_text("utf-8-sig").splitlines()))
    assert [(row[1], row[2]) for row in rows[1:]] == [("L", "II.2"), ("L, OSD", "III")]
    text = " ".join(word.read_changes(merged.read_bytes()).paragraphs)
    assert "sixty days" in text
    assert text.count("taxes and charges") == 1


def test_what_came_earlier_in_the_round_is_merged_with_what_comes_now(run, kept, tmp_path):
    run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', CLAIMS)}")
    made = run("negotiation", "clear", kept, f"OSD={file(tmp_path / 'osd.docx', TAXES)}", as_json=True)
    assert [row["offices"] for row in made["rows"]] == [["L"], ["OSD"]]
    again = run("negotiation", "clear", kept, "--matrix", tmp_path / "m.csv", as_json=True)
    assert again["rows"] == made["rows"]


def test_words_of_a_mail_are_a_row_and_its_file_is_the_draft(run, kept, tmp_path):
    mail = EmailMessage()
    mail["Subject"] = "clearance"
    mail.set_content("Please look at Article III again.")
    mail.add_attachment(
        file(tmp_path / "d.docx", CLAIMS).read_bytes(), maintype="application", subtype=WORD, filename="d.docx"
    )
    (tmp_path / "l.eml").write_bytes(bytes(mail))
    made = run("negotiation", "clear", kept, f"L={tmp_path / 'l.eml'}", as_json=True)
    assert [(row["number"], row["kind"]) for row in made["rows"]] == [("1", "changed"), ("c1", "comment")]
    assert "Article III again" in made["rows"][1]["after"]


QUOTATIONS = {
    "Outlook": "From: desk@pm.example\nSent: Monday, January 11\nSubject: clearance\nPlease clear by January 22.",
    "Outlook, in bold": "*From:* Desk <desk@pm.example>\n*Sent:* Monday\n*To:* L\n\nPlease clear by January 22.",
    "a rule": "-----Original Message-----\nFrom: desk@pm.example\nPlease clear by January 22.",
    "a line of signs": "________________\nDe : desk@pm.example\nEnvoyé : lundi\nÀ : L\nPlease clear by 22.",
    "who wrote": "On Mon, Jan 11, 2027 at 4:02 PM Desk <desk@pm.example>\nwrote:\n> Please clear\n> by May 22.",
    "marked": "> Please clear by January 22.\n> Thank you.",
    "who wrote, unmarked": "On 1/11/27, 4:02 PM, Desk <desk@pm.example> wrote:\n\n    Please clear by January 22.",
}


@pytest.mark.parametrize("way", QUOTATIONS)
def test_what_an_answer_quotes_is_not_its_words(way):
    """Our own words below an answer are the office's in no row."""
    own, quoted = reading.without_quotation(f"We clear.\nOn Article III see below.\n\n{QUOTATIONS[way]}\n")
    assert own == "We clear.\nOn Article III see below."
    assert "Please clear" in quoted


@pytest.mark.parametrize(
    ("mail", "own"),
    [
        ("> Is III well?\nNo: sixty days.\n> And IV?\nYes.", "No: sixty days.\nYes."),
        ("On Mon at 4:02 PM Desk <d@pm.example> wrote:\n> Clear?\n\nWe do.", "We do."),
        ("---Original Message---\nFrom: l@l.example\nWe do.", "---Original Message---\nFrom: l@l.example\nWe do."),
        ("On 12 January the embassy wrote:\nno visas.", "On 12 January the embassy wrote:\nno visas."),
        ("From: 30 days on, the tax is due.\nTo: us.", "From: 30 days on, the tax is due.\nTo: us."),
        ("The tax falls due\nfrom: the first day.", "The tax falls due\nfrom: the first day."),
    ],
)  # fmt: skip
def test_an_office_s_own_words_stay_around_and_without_a_quotation(mail, own):
    assert reading.without_quotation(mail)[0] == own


def test_the_row_of_a_mail_says_that_quoted_words_are_left_out(run, kept, tmp_path):
    mail = EmailMessage()
    mail.set_content(f"We clear subject to Article III.\n\n{QUOTATIONS['Outlook']}")
    sent = EmailMessage()
    sent.set_content("Please clear this as well.")
    mail.add_attachment(sent)
    (tmp_path / "l.eml").write_bytes(bytes(mail))
    table = tmp_path / "matrix.csv"
    status, shown, _ = run("negotiation", "clear", kept, f"L={tmp_path / 'l.eml'}", "--matrix", table)
    assert status == 0
    assert "18 words quoted or attached are left out; they are in l.eml" in " ".join(shown.split())
    (row,) = list(csv.reader(table.read_text("utf-8").splitlines(keepends=True)))[1:]
    assert row[4].splitlines() == [
        "We clear subject to Article III.",
        "(18 words quoted or attached are left out; they are in l.eml)",
    ]


def test_who_was_not_asked_and_what_is_no_word_file_is_refused_and_nothing_kept(run, kept, tmp_path):
    status, _, told = run("negotiation", "clear", kept, f"JS={file(tmp_path / 'js.docx', TAXES)}")
    assert status == 1
    assert "JS was not asked" in told
    (tmp_path / "l.txt").write_text("All of it is well.", encoding="utf-8")
    status, _, told = run("negotiation", "clear", kept, f"L={tmp_path / 'l.txt'}")
    assert status == 1
    assert "no Word file" in told
    assert run("negotiation", "clear", kept, as_json=True)[0]["returned"] is None


def test_dispositions_are_carried_out_and_stand_in_the_matrix(run, kept, tmp_path):
    drafts = [
        f"L={file(tmp_path / 'l.docx', CLAIMS)}",
        f"OSD={file(tmp_path / 'osd.docx', ('ninety days', 'thirty days'), TAXES)}",
    ]
    decisions = tmp_path / "decisions.yaml"
    made = run("negotiation", "clear", kept, *drafts, "--decisions", decisions, as_json=True)
    numbers = {row["after"].strip(): row["number"] for row in made["rows"]}
    clean, matrix = tmp_path / "clean.docx", tmp_path / "m.csv"
    sixty = f"  - row: '{numbers['sixty']}'\n    do: accept\n    reason: as in 1998\n"
    rows = f"{sixty}  - row: '{numbers['thirty']}'\n    do: {{}}\n"
    decisions.write_text(f"default: reject\nrows:\n{rows.format('accept')}", encoding="utf-8")
    apply = ("negotiation", "clear", kept, "--apply", decisions, "-o", tmp_path / "out.docx", "--clean", clean)
    status, _, told = run(*apply)
    assert status == 1
    assert "accept one of them" in told
    assert not clean.exists()
    decisions.write_text(f"default: reject\nrows:\n{rows.format('reject')}", encoding="utf-8")
    assert run(*apply, "--matrix", matrix)[0] == 0
    text = " ".join(word.read_changes(clean.read_bytes()).paragraphs)
    assert "sixty days" in text
    assert "charges" not in text
    said = {row[0]: row[5:] for row in csv.reader(matrix.read_text("utf-8-sig").splitlines())}
    assert said[numbers["sixty"]] == ["accept", "as in 1998"]
    assert said[numbers["thirty"]] == ["reject", ""]


def test_a_text_leaves_only_as_each_office_cleared_it(run, kept, tmp_path):
    """Another word, an office that is silent and an authority that is none are found; without them nothing is."""
    ours, other = tmp_path / "ours.docx", file(tmp_path / "other.docx", CLAIMS)
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")
    status, shown, _ = run("handover", other, "--negotiation", kept)
    lines = shown.replace("\n    ", " ")
    assert status == 1
    assert "found: no authority is recorded" in lines
    assert "not as L cleared it (text 1): II.2: “sixty” in the place of “ninety”" in lines
    assert "OSD has not cleared" in lines
    run("negotiation", "approve", kept, "OSD", "--date", "2026-03-05")
    run("negotiation", "set", kept, "--authority", "action-memorandum", "--approved", "2026-02-01")
    found = run("handover", ours, "--negotiation", kept, as_json=True)["clearance"][0]
    assert found["found"] == []
    assert "words that L and OSD have not cleared (text 1 of 2026-03-01)" in found["not_found"]
    found = run("handover", other, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert "not as L and OSD cleared it (text 1): II.2: “sixty” in the place of “ninety”" in found
    assert len([each for each in found if "II.2" in each]) == 1
    assert run("handover", ours, "--negotiation", kept)[0] == 0
    run("negotiation", "set", kept, "--expires", "2026-02-02")
    assert any(
        "expired" in said
        for said in run("handover", ours, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    )


def test_what_is_recorded_as_beyond_the_authority_is_found_in_what_leaves(run, kept, tmp_path):
    run("negotiation", "position", kept, "official_tax", "--beyond", "phrase: exempt from all taxes")
    found = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert any("III holds words recorded as beyond the authority" in said for said in found)


def test_a_copy_that_is_written_is_what_is_held_against_the_clearance(run, kept, tmp_path):
    """Rejecting what was tracked gives back words that nobody cleared."""
    tracked = file(tmp_path / "tracked.docx", CLAIMS, author="Officer")
    new = file(tmp_path / "new.docx", CLAIMS)
    run("negotiation", "clear", kept, "--ask", "L", "--draft", new, "--date", "2026-03-20")
    run("negotiation", "approve", kept, "L", "--date", "2026-03-21")
    leaving = ("handover", tracked, "-o", tmp_path / "copy.docx", "--negotiation", kept, "--revisions")
    found = run(*leaving, "accept", as_json=True)["clearance"][0]["found"]
    assert not any("not as L cleared" in said for said in found)
    found = run(*leaving, "reject", as_json=True)["clearance"][0]["found"]
    assert any("not as L cleared" in said for said in found)


FRENCH = (
    OURS.replace("The Government of", "Le Gouvernement de")
    .replace("Have agreed as follows", "Sont convenus de ce qui suit")
    .replace("shall be exempt from all taxes of", "est exempte de tous les impôts de")
    .replace("shall be settled within ninety days", "sont réglées dans un délai de quatre-vingt-dix jours")
)


def columns(path, text, other=""):
    """A Word file of `text` in English beside `other` in French."""
    there = (parse_document(other).model_copy(update={"language": "fr"}),) if other else ()
    made = word.Columns("fr", there, ("English", "French"))
    english = agreement(text)
    english = english.model_copy(
        update={"documents": tuple(d.model_copy(update={"language": "en"}) for d in english.documents)}
    )
    word.write(english, path, options=word.WordOptions(columns=made))
    return path


def test_a_text_in_two_columns_is_held_against_the_clearance_in_its_own_language(run, kept, tmp_path):
    """What stands in a cell is neither gone nor new: what differs is told, and the other language named."""
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")

    def told(path):
        check = run("handover", path, "--negotiation", kept, as_json=True)["clearance"][0]
        return [[each for each in check[name] if "L c" in each or "that L" in each] for name in ("found", "not_found")]

    held = ["words in English that L has not cleared (text 1 of 2026-03-01)"]
    assert told(columns(tmp_path / "empty.docx", OURS)) == [[], held]
    found, clear = told(columns(tmp_path / "both.docx", OURS, FRENCH))
    assert clear == held
    assert found == ["L cleared one language (text 1): French, of 101 words, was held against nothing that it cleared"]
    found, clear = told(columns(tmp_path / "edited.docx", OURS.replace(*CLAIMS), FRENCH))
    assert found[1:] == ["not as L cleared it (text 1): II.2: “sixty” in the place of “ninety”"]
    assert clear == []
    found, clear = told(columns(tmp_path / "other.docx", FRENCH))
    assert "not as L cleared it" in found[0]


def test_what_was_cleared_in_two_columns_is_held_against_one_of_them(run, kept, tmp_path):
    both = columns(tmp_path / "both.docx", OURS, FRENCH)
    run("negotiation", "clear", kept, "--ask", "L", "--draft", both, "--date", "2026-03-20")
    run("negotiation", "approve", kept, "L", "--date", "2026-03-21")
    found = run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert [each for each in found if "L c" in each] == [
        "L cleared two languages (text 2): French of it, of 101 words, is not in this file"
    ]
    found = run("handover", both, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert not [each for each in found if "L c" in each]


def test_words_set_in_a_table_of_another_kind_are_neither_gone_nor_new(run, kept, tmp_path):
    """A file of the same paragraphs in the cells of a table tells that in one line, and what differs beside it."""
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")
    source = docx.Document(str(tmp_path / "ours.docx"))
    said = [each.text for each in source.paragraphs if each.text.strip()]
    made = docx.Document()
    table = made.add_table(len(said), 1)
    for row, words in zip(table.rows, said, strict=True):
        row.cells[0].text = words.replace(*CLAIMS)
    made.save(str(tmp_path / "cells.docx"))
    cells = run("handover", tmp_path / "cells.docx", "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    same = [each for each in cells if "of the same words stand in another place" in each]
    assert len(same) == 1
    assert not [each for each in cells if "added" in each and "waives all claims" in each]
    assert [each for each in cells if "added" in each and "sixty" in each]


def test_a_refusal_a_later_draft_and_a_newer_text_are_found(run, kept, tmp_path):
    ours = ("handover", tmp_path / "ours.docx", "--negotiation", kept)

    def found():
        return " | ".join(run(*ours, as_json=True)["clearance"][0]["found"])

    for office in ("L", "OSD"):
        run("negotiation", "approve", kept, office, "--date", "2026-03-05")
    run("negotiation", "approve", kept, "OGC", "--state", "refused", "--date", "2026-03-05")
    run("negotiation", "approve", kept, "L", "--state", "refused", "--about", "Article II")
    assert "OGC refused on 2026-03-05" in found()
    assert "L refused (Article II)" in found()
    draft = file(tmp_path / "l.docx", CLAIMS)
    run("negotiation", "clear", kept, f"L={draft}", "--date", "2026-03-09")
    assert "L returned l.docx after it had cleared text 1" in found()
    run("negotiation", "clear", kept, "--draft", draft, "--ask", "OSD", "--date", "2026-03-10")
    assert "OSD was asked about text 2 and has cleared text 1" in found()
    run("negotiation", "set", kept, "--authority", "action-memorandum", "--approved", "2999-01-01")
    assert "later than" in found()


def test_decisions_on_other_rows_are_refused(run, kept, tmp_path):
    """A draft that came since makes row 1 another: nothing is decided unread."""
    decisions = tmp_path / "d.yaml"
    run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', TAXES)}", "--decisions", decisions)
    decisions.write_text(decisions.read_text("utf-8").replace("    do:", "    do: reject"), encoding="utf-8")
    came = file(tmp_path / "o.docx", CLAIMS)
    status, _, told = run("negotiation", "clear", kept, f"OSD={came}", "--apply", decisions)
    assert status == 1
    assert "row 1 is another now" in told


def test_files_that_would_be_written_over_and_offices_named_twice_are_refused(run, kept, tmp_path):
    draft = file(tmp_path / "l.docx", TAXES)
    for words in (
        (f"L={draft}", "-o", draft),
        (f"L={draft}", "-o", tmp_path / "m.docx", "--matrix", tmp_path / "m.docx"),
        (f"L={draft}", f"l={draft}"),
        ("--ask", "A=b"),
        ("--ask", ""),
    ):
        assert run("negotiation", "clear", kept, *words)[0] == 2, words
    run("negotiation", "clear", kept, "--ask", "l")
    assert [row["office"] for row in run("negotiation", "clear", kept, as_json=True)] == ["L", "OSD"]


def test_a_certificate_that_a_later_text_voids_is_found_in_what_leaves(run, kept, tmp_path):
    french = file(tmp_path / "french.docx", ("The Government of Valdoria and", "Le Gouvernement de Valdoria et"))
    given = ("--by", "Language Services", "--date", "2026-03-06")
    run("negotiation", "table", kept, tmp_path / "ours.docx", "--date", "2026-03-05")
    run("negotiation", "language", kept, "French", "returned", french, *given)
    run("negotiation", "language", kept, "French", "certified", *given)
    ours = ("handover", tmp_path / "ours.docx", "--negotiation", kept)
    assert not any("VOID" in said for said in run(*ours, as_json=True)["clearance"][0]["found"])
    run("negotiation", "table", kept, file(tmp_path / "later.docx", CLAIMS), "--date", "2026-03-07")
    assert any("certificate VOID" in said for said in run(*ours, as_json=True)["clearance"][0]["found"])


def test_an_undone_clearance_stays_on_record(run, kept):
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")
    acts = run("undo", as_json=True)
    number = max(act["number"] for act in (acts["acts"] if isinstance(acts, dict) else acts))
    run("undo", str(number))
    assert "not cleared" in run("negotiation", "clear", kept)[1]
    assert "undone" in run("negotiation", "status", kept)[1]


def test_every_edit_of_made_sets_is_once_in_text_and_matrix():
    spec = importlib.util.spec_from_file_location("clearance_sets", ROOT / "benchmarks" / "clearance.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["clearance_sets"] = module
    spec.loader.exec_module(module)
    judged = module.run(2, 7)
    assert judged.edits > 20
    assert not (judged.lost or judged.doubled or judged.unasked or judged.unproven)


def test_where_words_come_and_go_is_said_between_provisions(run, kept, tmp_path):
    added = ("## Article III", "3. Guests knock.\n## Article III")
    made = run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', added)}", as_json=True)
    places = {row["place"] for row in made["rows"] if row["kind"] == "added"}
    assert places == {"between II.2 and III"}


def test_a_row_that_is_untracked_in_part_says_so(run, kept, tmp_path):
    """One of two paragraphs that an office put in was typed with tracking off."""
    quiet = file(tmp_path / "quiet.docx", ("## Article III", "3. Guests wait.\n## Article III"))
    both = file(tmp_path / "both.docx", ("## Article III", "3. Guests wait.\n4. Guests knock.\n## Article III"))
    options = word.RedlineOptions("Officer of L", "2026-03-02")
    both.write_bytes(word.redline(quiet.read_bytes(), both.read_bytes(), options).content)
    made = run("negotiation", "clear", kept, f"L={both}", as_json=True)
    assert [row.get("untracked") for row in made["rows"] if "Guests wait" in row.get("after", "")] == [["L"]]


def test_the_last_word_of_an_office_counts_and_its_earlier_ones_stay(run, kept, tmp_path):
    ours = ("handover", tmp_path / "ours.docx", "--negotiation", kept)
    run("negotiation", "approve", kept, "L", "--state", "refused", "--date", "2026-03-09")
    run("negotiation", "approve", kept, "l", "--date", "2026-03-05")
    found = " | ".join(run(*ours, as_json=True)["clearance"][0]["found"])
    assert "L has not cleared" in found
    record = (tmp_path / "repo" / "negotiations" / kept / "negotiation.yaml").read_text(encoding="utf-8")
    assert (record.count("state: refused"), record.count("office: l\n")) == (1, 1)
    run("negotiation", "approve", kept, "L", "--date", "2026-03-09")
    assert "L has not cleared" not in " | ".join(run(*ours, as_json=True)["clearance"][0]["found"])


def test_a_clearance_without_a_date_beside_a_draft_is_found(run, kept, tmp_path):
    run("negotiation", "clear", kept, f"L={file(tmp_path / 'l.docx', CLAIMS)}", "--date", "2026-03-04")
    record = tmp_path / "repo" / "negotiations" / kept / "negotiation.yaml"
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")
    said = record.read_text(encoding="utf-8")
    assert "2026-03-05" in said
    record.write_text("".join(x for x in said.splitlines(True) if "2026-03-05" not in x), encoding="utf-8")
    found = " | ".join(
        run("handover", tmp_path / "ours.docx", "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    )
    assert "which is its last word is not known" in found


def test_a_file_that_is_another_text_is_said_to_be(run, kept, tmp_path):
    other = tmp_path / "l.docx"
    word.write(
        agreement("# Lease\n\n# Article 1\n\nBoats are let by the hour.\n\n# Article 2\n\nOars cost more."), other
    )
    made = run("negotiation", "clear", kept, f"L={other}", as_json=True)
    assert "little-in-common" in [finding["code"] for finding in made["findings"]]
    made = run("negotiation", "clear", kept, f"L={file(tmp_path / 'again.docx', CLAIMS)}", as_json=True)
    assert made["findings"] == []


def test_a_table_of_no_known_kind_is_refused_before_anything_is_kept(run, kept, tmp_path):
    draft = file(tmp_path / "l.docx", CLAIMS)
    status, _, told = run("negotiation", "clear", kept, f"L={draft}", "--matrix", tmp_path / "matrix.xyz")
    assert (status, "matrix.xyz" in told) == (2, True)
    assert run("negotiation", "clear", kept, as_json=True)[0]["returned"] is None


def test_an_empty_paragraph_with_a_number_is_a_row_and_no_clearance_of_it(run, kept, tmp_path):
    """It takes a number, so that those after it count on."""

    def edit(body):
        first = next(each for each in body.iter(name("p")) if "ninety days" in "".join(each.itertext()))
        empty = deepcopy(first)
        for each in [each for each in empty if each.tag != name("pPr")]:
            empty.remove(each)
        first.addnext(empty)

    draft = tmp_path / "draft.docx"
    draft.write_bytes(editing.changed((tmp_path / "ours.docx").read_bytes(), edit))
    rows = run("negotiation", "clear", kept, f"L={draft}", as_json=True)["rows"]
    assert [row["after"] for row in rows] == ["[an empty paragraph with the number 3.]"]
    run("negotiation", "approve", kept, "L", "--date", "2026-03-05")
    found = run("handover", draft, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert any("added “[an empty paragraph with the number 3.]”" in said for said in found)


def _repeated(path, old, change):
    """The file with the one paragraph that holds `old` changed by `change(paragraph)`."""
    made = docx.Document(str(path))
    change(next(each for each in made.paragraphs if old in each.text))
    made.save(str(path))
    return path


def test_a_page_number_that_was_computed_anew_is_no_edit(run, kept, tmp_path):
    """Whoever saves the file computes the number of the page; nobody proposes it."""
    path = file(tmp_path / "l.docx", TAXES)
    made = docx.Document(str(path))
    footer = made.sections[0].footer
    shown = [t for t in footer._element.iter(qn("w:t")) if t.text == "1"]
    assert shown, "the draft shows the number of its first page"
    shown[0].text, footer_words = "13", "of the draft"
    made.save(str(path))
    rows = run("negotiation", "clear", kept, f"L={path}", as_json=True)["rows"]
    assert [row["place"] for row in rows] == ["III"]
    page = next(p for p in footer.paragraphs if "13" in p.text)
    page.add_run(f" {footer_words}")
    made.save(str(path))
    rows = run("negotiation", "clear", kept, f"L={path}", as_json=True)["rows"]
    assert [row["after"].strip() for row in rows if row["place"] == "the footer"] == [footer_words]


def test_a_paragraph_that_an_office_split_is_told_by_the_words_that_stay(run, kept, tmp_path):
    path = file(tmp_path / "l.docx")
    first = "Each Party waives all claims against the other Party "
    rest = "for damage to property used by its armed forces."

    def split(paragraph):
        new = deepcopy(paragraph._p)
        paragraph._p.addnext(new)
        for each, keep in ((paragraph, first), (Paragraph(new, paragraph._parent), rest)):
            each.runs[-1].text = keep

    _repeated(path, first + rest, split)
    rows = run("negotiation", "clear", kept, f"L={path}", as_json=True)["rows"]
    (put_in,) = [row for row in rows if row.get("words_of")]
    assert {put_in["number"], put_in["words_of"]} == {"1", "2"}
    shown = run("negotiation", "clear", kept, f"L={path}", "--matrix", tmp_path / "m.csv")[1]
    said = f"the very words that {put_in['words_of']} strikes"
    assert said in " ".join(shown.split())
    assert said in (tmp_path / "m.csv").read_text("utf-8")


def test_words_before_all_others_are_put_in_before_them(run, kept, tmp_path):
    path = file(tmp_path / "l.docx", ("The force shall be exempt", "As of old the force shall be exempt"))
    shown = " ".join(run("negotiation", "clear", kept, f"L={path}")[1].split())
    assert "after “”" not in shown
    path = file(tmp_path / "n.docx", ("## Article III: Taxation", "## Article III: On Taxation"))
    shown = " ".join(run("negotiation", "clear", kept, f"L={path}")[1].split())
    assert "after “”" not in shown
    assert "III: put in “On” before “Taxation”" in shown


@pytest.mark.skipif(converter() is None, reason="LibreOffice makes a Word file of it")
def test_a_draft_of_another_program_is_made_into_a_word_file_and_merged(run, kept, tmp_path):
    odt = tmp_path / "l.odt"
    odt.write_bytes(converted(converter(), file(tmp_path / "l.docx", TAXES).read_bytes(), ".docx", "odt"))
    made = run("negotiation", "clear", kept, f"L={odt}", as_json=True)
    assert [(row["place"], row.get("untracked")) for row in made["rows"]] == [("III", ["L"])]
    assert [each["code"] for each in made["findings"]] == ["converted"]


def test_what_nobody_sees_is_found_in_what_leaves(run, kept, tmp_path):
    """A blank of no width changes no word, and stands in no text that was cleared."""
    for office in ("L", "OSD"):
        run("negotiation", "approve", kept, office, "--date", "2026-03-05")

    def put_in(paragraph):
        paragraph.runs[-1].text = paragraph.runs[-1].text.replace(
            "shall be exempt", "shall\u200b be\u200b exempt\u2060"
        )

    hidden = _repeated(file(tmp_path / "hidden.docx"), "shall be exempt", put_in)
    found = run("handover", hidden, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert "not as L and OSD cleared it (text 1): III: put in what nobody sees: U+200B (2 times), U+2060" in found
    run("negotiation", "clear", kept, "--draft", hidden, "--ask", "L", "--ask", "OSD", "--date", "2026-03-06")
    for office in ("L", "OSD"):
        run("negotiation", "approve", kept, office, "--date", "2026-03-07")
    found = run("handover", hidden, "--negotiation", kept, as_json=True)["clearance"][0]["found"]
    assert not any("nobody sees" in each for each in found)


def test_the_lines_of_a_mail_that_its_program_broke_are_put_together(run, kept, tmp_path):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "l@example.org", "Comments"
    broken = "We cannot clear Article II before the Office of the\nComptroller has answered."
    mail.set_content(f"Dear all,\n\nOn the whole: {broken}\n\nOur list:\n- one\n- two\n\nHelen\n")
    (tmp_path / "l.eml").write_bytes(bytes(mail))
    run("negotiation", "clear", kept, f"L={tmp_path / 'l.eml'}", "--matrix", tmp_path / "m.docx")
    (table,) = docx.Document(str(tmp_path / "m.docx")).tables
    said = [p.text for p in table.rows[1].cells[4].paragraphs]
    assert said[:6] == [
        "Dear all,",
        f"On the whole: {broken}".replace("\n", " "),
        "Our list:",
        "- one",
        "- two",
        "Helen",
    ]
