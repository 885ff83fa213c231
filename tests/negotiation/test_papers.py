"""Papers: what is recorded is filled in, what is not stays a visible blank, and the highest marking is on all of it."""

import re
import zipfile
from pathlib import Path

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import word
from agreements.library import parse_file
from agreements.model import Agreement
from agreements.negotiation.paper_writing import names_partner, on_limits
from agreements.negotiation.papers import PLAIN, blanks, filled, gaps, plain_text
from agreements.registry import PAPERS as KINDS
from agreements.resources import data
from agreements.textform import parse_document
from tests.negotiation.conftest import OURS, agreement

WORD = [kind for kind in KINDS if kind not in PLAIN]
SECTIONS = [  # those of an action memorandum: 11 FAM 720
    *("Issue for decision", "Main features", "Special problems and planned solutions", "Policy benefits and risks"),
    *("Consultation with Congress", "Environmental review", "Funding", "Departures from authorized positions"),
    *("Legal authority and form", "Tab 1: draft text"),
]


def words_of(path: Path) -> str:
    with zipfile.ZipFile(path) as file:
        body = file.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", body, re.DOTALL)
    return "\n".join("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", p)) for p in paragraphs)


@pytest.mark.parametrize("kind", KINDS)
def test_every_gap_is_a_visible_blank_until_it_is_filled(kind: str) -> None:
    empty = blanks(filled(kind, {}))
    assert len(empty) >= 5
    full = dict.fromkeys(gaps(kind), "something")
    assert blanks(filled(kind, full)) == ()


@pytest.mark.parametrize("kind", WORD)
def test_word_papers_bear_the_highest_marking_on_every_page(run, kept, tmp_path, kind: str) -> None:
    made = run("paper", kind, kept, "-o", tmp_path / "paper.docx", "--date", "2026-05-04", as_json=True)
    assert made["marking"] == "SENSITIVE BUT UNCLASSIFIED"
    assert parse_file(tmp_path / "paper.docx").agreement.marking == "SENSITIVE BUT UNCLASSIFIED"
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(tmp_path / "paper.docx")
    assert [str(error) for error in found.errors] == []
    words = words_of(tmp_path / "paper.docx")
    for blank in made["blanks"]:
        assert f"[{blank}]" in words.replace("&amp;", "&")
    assert "4 May 2026" in words


def test_the_action_memorandum_has_its_sections_the_draft_and_the_departures(run, kept, tmp_path) -> None:
    draft = tmp_path / "draft.docx"
    word.write(agreement(OURS.replace("within ninety days", "within ninety days, with interest")), draft)
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx", "--draft", draft, "--set", "to=Assistant Secretary Moss")
    words = words_of(tmp_path / "memo.docx")
    for section in SECTIONS:
        assert f"\n{section}\n" in words, section
    assert "Assistant Secretary Moss" in words
    assert "no interest on claims" in words, "the limits of the authority"
    assert "Claims of third parties shall be settled within ninety days, with interest." in words, "the draft"
    rows = words[words.index("How it stands") : words.index("Limits of the authority")].split("\n")
    assert "II.2" in rows
    assert "beyond authority" in rows


def test_what_was_held_against_the_positions_is_told_and_what_was_not(run, kept, tmp_path) -> None:
    run("negotiation", "position", kept, "official_tax", "--status", "dropped")
    run("negotiation", "position", kept, "IX", "--preferred", "phrase: nowhere")
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx")
    words = words_of(tmp_path / "memo.docx")
    for said in (
        "In no provision that was held against a position are the words beyond it or at a fallback.",
        "At the preferred words: II.2.",
        "Not held against the draft, to be read by hand: IX.",
        "Dropped positions, against which nothing was held: official_tax.",
        "provisions on which no position is recorded were not examined.",
        "Whether the draft keeps to the limits below was not examined by the program.",
    ):
        assert said in words, said


def test_a_draft_at_a_fallback_says_so_and_its_words_stand_beside_the_limit(run, kept, tmp_path) -> None:
    run("negotiation", "set", kept, "--limit", "No settlement of claims later than thirty days")
    draft = tmp_path / "draft.docx"
    word.write(agreement(OURS.replace("ninety days", "sixty days")), draft)
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx", "--draft", draft)
    words = words_of(tmp_path / "memo.docx")
    rows = words[words.index("How it stands") : words.index("Limits of the authority")].split("\n")
    assert "fallback 1" in rows
    assert (
        "•No settlement of claims later than thirty days. To be read beside it: II.2 “Claims of third parties shall be"
        " settled within sixty days.”"
    ) in rows


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("No contribution below 900 billion sor", "To be read beside it: III “It is sor 905,500,000,000.”"),
        ("No term shorter than four years", "To be read beside it: IV “It shall remain in force until May 3, 2031.”"),
        ("Growth not above 5 percent a year", "the draft is to be read for it. Provisions that set a share: II."),
        ("No interest on claims", "No provision on it was found by the program: the draft is to be read for it."),
    ],
)
def test_a_limit_is_read_beside_provisions_that_set_what_it_sets(limit: str, told: str) -> None:
    text = parse_document(
        "# Pact\n\n## Article I\nThe contribution is owed in 2028.\n\n## Article II\nIt rises by 4 percent.\n\n"
        "## Article III\nThe contribution is whole. It is sor 905,500,000,000.\n\n"
        "## Article IV\nThis Agreement binds both. It shall remain in force until May 3, 2031.\n"
    )
    (line,) = on_limits(Agreement(id="text", documents=(text,)), [limit])
    assert line.removeprefix(f"{limit}. ").endswith(told)


def test_the_action_memorandum_says_who_cleared_the_text_that_is_attached(run, kept, tmp_path) -> None:
    run("negotiation", "clear", kept, "--ask", "L", "--ask", "EUR", "--text", "1", "--date", "2026-03-10")
    run("negotiation", "approve", kept, "L", "--state", "cleared", "--date", "2026-03-20", "--text", "1")
    run("negotiation", "approve", kept, "Joint Chiefs", "--state", "cleared", "--date", "2026-03-20", "--text", "1")
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx")
    words = words_of(tmp_path / "memo.docx")
    assert "\ncleared (text 1)\n" in words
    assert "\nEUR\nnot cleared\n" in words
    assert "was never asked to clear a text" in words
    assert "Tab 1 is text 1; cleared by L, Joint Chiefs." in words
    draft = tmp_path / "draft.docx"
    word.write(agreement(OURS.replace("ninety days", "sixty days")), draft)
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx", "--draft", draft)
    words = words_of(tmp_path / "memo.docx")
    assert "Tab 1 is a file that is no text of the record; no office is recorded to have cleared it." in words
    assert "L, Joint Chiefs cleared text 1: Tab 1 differs from it in 1 place." in words


def test_the_annexes_of_the_attached_draft_are_named(run, kept, tmp_path) -> None:
    annex = parse_document("# Routes\n\nThe route is open.\n").model_copy(update={"role": "annex", "number": "A"})
    whole = agreement(OURS)
    word.write(whole.model_copy(update={"documents": (*whole.documents, annex)}), tmp_path / "draft.docx")
    run("paper", "c175", kept, "-o", tmp_path / "memo.docx", "--draft", tmp_path / "draft.docx")
    assert "\nAnnex A. Routes\n" in words_of(tmp_path / "memo.docx")


def test_a_cable_says_what_was_reopened(run, kept) -> None:
    run("negotiation", "agree", kept, "II", "--date", "2026-04-14", "--state", "agreed")
    text = " ".join(run("paper", "cable", kept, "--date", "2026-05-04", as_json=True)["text"].split())
    assert "II.2 (Claims; REOPENED: agreed before)" in text


def test_the_matrix_holds_what_offices_returned(run, kept, tmp_path) -> None:
    ours, theirs = tmp_path / "ours.docx", tmp_path / "theirs.docx"
    run("compare", ours, theirs, "-o", tmp_path / "l.docx", "--author", "Office of L", "--date", "2026-05-01")
    run("negotiation", "approve", kept, "OSD", "--state", "requested")
    run("paper", "comments", kept, "-o", tmp_path / "matrix.docx", "--comments", f"L={tmp_path / 'l.docx'}")
    lines = words_of(tmp_path / "matrix.docx").split("\n")
    assert "II.2" in lines
    assert any("ninety" in line for line in lines)
    assert any("thirty" in line for line in lines)
    assert "OSD" in lines, "an office that returned nothing has an empty row"


def test_the_transmittal_has_the_facts_of_the_signed_text_and_day_15(run, kept, tmp_path) -> None:
    signed = tmp_path / "signed.md"
    signed.write_text(
        "# Agreement between Germany and France on Visiting Forces\n\n## Article I\n\n### Claims\n\nThe Parties waive "
        "claims.\n\nDONE at Kestrel City, this 14th day of March, 2026.\n",
        encoding="utf-8",
    )
    run("import", signed, "--id", "visiting", "--family", "sofa")
    run("negotiation", "set", kept, "--agreement", "visiting")
    run("paper", "transmittal", kept, "-o", tmp_path / "t.docx", "--set", "legal_authority=22 U.S.C. 2651a")
    words = words_of(tmp_path / "t.docx")
    assert "Kestrel City 14 March 2026" in words
    assert "29 March 2026 (a Sunday)" in words
    assert "22 U.S.C. 2651a" in words
    assert "Statement of legal authority" in words
    assert "Agreement between Germany and France on Visiting Forces" in words
    assert "Visiting Forces between" not in words, "the title names the parties already"


def test_the_transmittal_says_the_languages_and_the_day_of_entry_that_text_and_record_say(run, kept, tmp_path) -> None:
    """A language that the closing names may not be held; the day of entry into force is that of the record."""
    signed = tmp_path / "signed.md"
    signed.write_text(
        "# Agreement between Germany and France on Visiting Forces\n\n## Article I\n\n### Claims\n\nThe Parties waive "
        "claims.\n\n## Article II\n\n### Entry\n\nThis Agreement shall enter into force on the date of the later "
        "notification.\n\nDONE at Kestrel City, this 14th day of March, 2026, in the English and Vastrian languages, "
        "both texts being equally authentic.\n",
        encoding="utf-8",
    )
    run("import", signed, "--id", "visiting", "--family", "sofa")
    run("negotiation", "set", kept, "--agreement", "visiting")
    of_it = ("--by", "L/T", "--date", "2026-06-01")
    run("negotiation", "closing", kept, "in-force", *of_it)
    run("paper", "transmittal", kept, "-o", tmp_path / "t.docx")
    words = words_of(tmp_path / "t.docx")
    assert "English; the text: “in the English and Vastrian languages, both texts being equally authentic”" in words
    assert "1 June 2026, as recorded; the text: “" in words


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_papers_have_eighty_columns_and_open_blanks(run, kept, tmp_path, kind: str) -> None:
    made = run("paper", kind, kept, "--date", "2026-05-04", as_json=True)
    lines = made["text"].splitlines()
    assert max(map(len, lines)) <= 80
    assert "[TO BE FILLED IN:" in made["text"]
    assert "II.2 (Claims)" in " ".join(made["text"].split())
    assert run("paper", kind, kept, "-o", tmp_path / "x.txt")[0] in (0, None)
    assert (tmp_path / "x.txt").read_text(encoding="utf-8").isascii()


def test_a_cable_has_its_caption_portion_marks_and_capitals(run, kept) -> None:
    text = run("paper", "cable", kept, "--set", "ref=Ankara 123", as_json=True)["text"]
    assert text.startswith("UNCLAS SENSITIVE ")
    assert "SUBJECT: TAMARIS: ROUND 1 OF TALKS ON VISITING FORCES" in text
    assert "REF: ANKARA 123" in text
    numbered = re.findall(r"^(\d)\. \(SBU\) [A-Z ]+:", text, re.MULTILINE)
    assert numbered == [str(n) for n in range(1, len(numbered) + 1)]


def test_accents_are_written_without_them_and_other_letters_stay() -> None:
    text = plain_text("cable", {"summary": "São Tomé’s minister — “yes” — Łódź"})
    assert 'Sao Tome\'s minister - "yes" - Łodz' in " ".join(text.split())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("c175", "KEPT"), 2, "Name the Word file"),
        (("c175",), 2, "Name the negotiation"),
        (("c175", "KEPT", "-o", "memo.pdf"), 1, "no name for this paper"),
        (("cable", "KEPT", "-o", "memo.docx"), 1, "end in .txt"),
        (("cable", "KEPT", "--set", "weather=fine"), 1, "no gap of the paper cable named 'weather'"),
        (("cable", "KEPT", "--set", "summary"), 2, "write NAME=..."),
        (("cable", "KEPT", "--set", "summary=(S) Secret words"), 1, "classification marking"),
        (("cable", "nowhere"), 1, "no negotiation named"),
    ],
)
def test_what_is_wrong_is_said(run, kept, arguments, code, says) -> None:
    status, out, errors = run("paper", *(kept if word == "KEPT" else word for word in arguments))
    assert status == code
    assert says in " ".join(errors.split())
    assert "Secret words" not in out + errors


def test_gaps_are_listed(run) -> None:
    assert "whether Congress has been" in run("paper", "c175", "--gaps", as_json=True)["congress"]


def test_skeletons_are_words_of_our_own_in_lines_a_parser_knows() -> None:
    for kind in KINDS:
        source = data(f"papers/{kind}.txt").read_text(encoding="utf-8")
        assert source.count("{") == source.count("}")
        assert source.count("[[") == source.count("]]")


def test_a_cable_says_agreed_of_what_is_recorded_as_agreed_and_of_nothing_else(run, kept, tmp_path):
    """That no words of IV differ in the last texts is no agreement on IV."""
    text = run("paper", "cable", kept, "-o", tmp_path / "cable.txt", as_json=True)["text"]
    assert "AGREED: ad referendum: I\n" in text
    assert "E.O. [TO BE FILLED IN" in text, "no number of an order is filled in unasked"
    brief = tmp_path / "brief.docx"
    run("negotiation", "brief", kept, "-o", brief)
    lines = words_of(brief).split("\n")
    assert lines[lines.index("Agreed ad referendum") + 1] == "I"
    assert lines[lines.index("No words differ in the last texts; not recorded as agreed") + 1] == "IV"


def test_what_was_agreed_and_came_back_changed_is_agreed_in_no_paper(run, kept, tmp_path):
    run("negotiation", "agree", kept, "III", "IV", "--date", "2026-04-15")
    back = tmp_path / "back.docx"
    word.write(agreement(OURS.replace("all taxes of", "some taxes of")), back)
    run("negotiation", "receive", kept, back, "--date", "2026-04-20")
    assert (
        "AGREED: ad referendum: I, IV\n" in run("paper", "cable", kept, "-o", tmp_path / "c.txt", as_json=True)["text"]
    )
    assert "its words are others in text 3" in run("negotiation", "agree", kept)[1].replace("\n      ", " ")
    assert "other words in text 3: III" in run("negotiation", "status", kept)[1]
    assert "Last text: no. 3" in run("paper", "email", kept, "-o", tmp_path / "m.txt", as_json=True)["text"]


def test_gaps_of_a_paper_are_those_that_nothing_recorded_fills(run, kept):
    rows = dict(
        line.split(maxsplit=1) for line in run("paper", "c175", kept, "--gaps")[1].splitlines() if line[:1] != " "
    )
    assert rows["limits"] == "filled from what is recorded"
    assert rows["scope"] == "filled from what is recorded"
    assert rows["background"].startswith("how the matter arose")


@pytest.mark.parametrize("paper", ["c175", "transmittal"])
def test_papers_ask_whether_new_authority_is_needed_to_carry_the_agreement_out(run, paper) -> None:
    asked = run("paper", paper, "--gaps", as_json=True)["implementing_authority"]
    assert "new or amended statutory or regulatory authority" in asked
    assert "22 CFR 181.8(a)(6)" in asked


def test_a_transmittal_takes_what_the_sheet_and_the_steps_say_and_tells_what_authority_lacks(run, kept, tmp_path):
    run("negotiation", "signing", kept, "--text", "1", "--language", "English", "--language", "French")
    run("negotiation", "closing", kept, "signed", "--by", "A. Adler", "--place", "Port Tamar", "--date", "2026-05-11")
    run("negotiation", "closing", kept, "in-force", "--by", "the Embassy", "--date", "2026-05-20")
    run("paper", "transmittal", kept, "-o", tmp_path / "t.docx")
    words = words_of(tmp_path / "t.docx")
    for said in (
        "Port Tamar 11 May 2026",
        "26 May 2026",
        "20 May 2026",
        "English, French",
        "text 1 as kept: ours.docx",
    ):
        assert said in words, said
    assert "to negotiate and conclude" not in words
    assert "no authority to conclude is recorded" in words


def test_the_transmittal_names_the_language_of_the_text_and_leaves_the_other_blank(run, kept, tmp_path) -> None:
    run("negotiation", "signing", kept, "--text", "1", "--date", "2026-06-20", "--language", "English", "--language",
        "French")  # fmt: skip
    run("paper", "transmittal", kept, "-o", tmp_path / "t.docx")
    lines = words_of(tmp_path / "t.docx").split("\n")
    assert lines[lines.index("English") : lines.index("English") + 4] == [
        "English", "main", "[the text in French: none is kept]", "French",
    ]  # fmt: skip


def test_a_side_that_has_no_text_is_said_to_have_none(run, texts, tmp_path) -> None:
    run("negotiation", "new", "alone", "--partner", "Tamaris", "--family", "sofa")
    run("negotiation", "table", "alone", texts[0])
    run("negotiation", "brief", "alone", "-o", tmp_path / "b.docx")
    words = words_of(tmp_path / "b.docx")
    assert "no text is kept" in words
    assert "not found by the program" not in words


@pytest.mark.parametrize(
    ("title", "partner", "named"),
    [
        ("Special Measures Agreement with Sorania", "Republic of Sorania", True),
        ("Agreement with the Republic of Sorania", "Republic of Sorania", True),
        ("Visiting forces", "Kingdom of Tamaris", False),
        ("Talks of the United States", "United States of Altava", False),
    ],
)
def test_a_paper_does_not_name_the_partner_twice(title: str, partner: str, named: bool) -> None:
    assert names_partner(title, partner) is named
