"""The title is found under whatever a print puts around it, and what a print puts around it is no text."""

import pytest

from agreements.parsing import Parsed, parse
from agreements.parsing.fronts import front_of, plain_title
from agreements.reading import read_text
from agreements.reading.blocks import Block, BlockRole

TITLE = "AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND THE GOVERNMENT OF SUDERIA ON THE LOAN OF TENTS"
# ruff: noqa: E501
BODY = """
The Government of Norland and the Government of Suderia,

Wishing to lend each other tents,

Have agreed as follows:

Article 1
Loans

The Parties lend each other tents.

Article 2
Term

This Agreement lasts four years.

Done at Northport on 4 May 2031 in duplicate.
"""


def _parse(text: str) -> Parsed:
    return parse(read_text(text), id="x")


def _first_words(parsed: Parsed) -> str:
    preamble = parsed.agreement.documents[0].provisions[0]
    assert preamble.kind == "preamble"
    return next(provision.text for provision in preamble.walk() if provision.text)


ABOVE = [
    ("a page number", "1"),
    ("a page number between dashes", "- 3 -"),
    ("page of pages", "Page 1 of 12"),
    ("a number of registration", "No. 41207"),
    ("a volume", "Volume 2101, I-36512"),
    ("a series with its number", "Treaty Series No. 12 (2031)"),
    ("an abbreviated series", "TIAS 31-504"),
    ("a symbol of a document", "NOR/DEF/31/7"),
    ("a date", "4 May 2031"),
    ("a place and date", "Northport, May 4, 2031"),
    ("a stamp", "CERTIFIED TRUE COPY"),
    ("a kind of text", "(Unofficial translation)"),
    ("a language of the original", "Original: English"),
    ("an address on the web", "https://treaties.example.org/31-504"),
    ("an address of a house", "12 Harbour Street"),
    ("a letterhead", "MINISTRY OF FOREIGN AFFAIRS"),
    ("who gave it to whom", "Presented to Parliament by the Secretary of State"),
    ("who gave it to another house", "Presented to the National Assembly by the Minister"),
    ("an office for treaties", "TREATY DEPARTMENT"),
    ("a kind of text in two languages", "[TRANSLATION - TRADUCTION]"),
    ("a place and a long date", "Portsud, 14 September 2031"),
    ("whether it is in force", "[The Agreement has not entered into force.]"),
    ("a country, a subject and facts", "NORLAND\n\nTents\n\nAgreement signed at Northport May 4, 2031;"),
    ("a price", "Price 3 crowns"),
    ("who certifies it", "I hereby certify that the foregoing is a true copy of the original."),
    ("a menu", "Home\n\nSearch\n\nPrint this page"),
    ("a trail of pages", "Home > Treaties > Northport"),
    ("several of these", "UNCLASSIFIED\n\nC0573\n\nMinistry of Foreign Affairs\n\n4 May 2031\n\n- 1 -"),
    ("a country and a subject that no rule knows", "NORLAND\n\nTents and Poles"),
]


@pytest.mark.parametrize(("why", "above"), ABOVE)
def test_lines_above_the_title_are_no_text(why: str, above: str) -> None:
    parsed = _parse(f"{above}\n\n{TITLE}\n{BODY}")
    assert parsed.agreement.title == TITLE, why
    assert _first_words(parsed).startswith("The Government of Norland"), why
    said = " ".join(finding.message for finding in parsed.findings)
    assert all(line in said for line in above.split("\n\n")), why


@pytest.mark.parametrize(
    ("why", "printed", "title"),
    [
        ("centred over several lines", TITLE.replace(" BETWEEN ", "\nBETWEEN\n").replace(" AND ", "\nAND\n"), TITLE),
        (
            "each word of a title page on its own",
            "Treaty\n\nOn\n\nThe Return of Lost Tents\n\nBetween\n\nTHE KINGDOM OF NORLAND\n\nAnd\n\nSuderia",
            "Treaty On The Return of Lost Tents Between THE KINGDOM OF NORLAND And Suderia",
        ),
        ("mixed case", "Treaty between Norland and Suderia", "Treaty between Norland and Suderia"),
        ("small letters", "agreement between norland and suderia on tents", "agreement between norland and suderia on tents"),
        ("a full stop", "Convention regarding the Use of Tents in Suderia.", "Convention regarding the Use of Tents in Suderia"),
        ("a mark of a footnote", f"{TITLE} *", TITLE),
        ("a number as mark", f"{TITLE}1", TITLE),
        ("a bracketed mark", f"{TITLE} [1]", TITLE),
        ("a mark behind the noun", TITLE.replace("AGREEMENT", "AGREEMENT¹"), TITLE),
        ("a mark behind the noun, in capitals and small letters", "Agreement¹ between Norland and Suderia on the Loan of Tents", "Agreement between Norland and Suderia on the Loan of Tents"),
        ("a number behind the noun", TITLE.replace("AGREEMENT", "AGREEMENT1"), TITLE),
        ("in quotation marks", f"“{TITLE}”", TITLE),
        ("over a word for contents", f"{TITLE}\n\nCONTENTS\n\nArticle 1 Loans ...... 2\n\nArticle 2 Term ...... 3", TITLE),
        (
            "ministries as parties, each on its own line",
            "MEMORANDUM OF UNDERSTANDING\n\nbetween\n\nthe Department of Tents of Norland\n\nand\n\nthe Ministry of Tents of Suderia"
            "\n\nregarding\n\nthe Loan of Tents",
            "MEMORANDUM OF UNDERSTANDING between the Department of Tents of Norland and the Ministry of Tents of Suderia regarding the Loan of Tents",
        ),
        ("words before the noun", "BASIC DEFENCE\n\nAGREEMENT\n\nBETWEEN NORLAND AND SUDERIA", "BASIC DEFENCE AGREEMENT BETWEEN NORLAND AND SUDERIA"),
        ("a second line in brackets", f"{TITLE}\n\n(Protocol III)", f"{TITLE} (Protocol III)"),
        ("a subject on the next line", "Regional Agreement\n\nrelating to the use of tents", "Regional Agreement relating to the use of tents"),
    ],
)  # fmt: skip
def test_titles_are_whole_in_any_layout(why: str, printed: str, title: str) -> None:
    parsed = _parse(f"{printed}\n{BODY}")
    assert parsed.agreement.title == title, why
    assert _first_words(parsed).startswith("The Government of Norland"), why


def test_facts_under_the_title_are_read_and_are_no_text() -> None:
    facts = (
        "Signed at Northport, May 4, 2031\nNotes exchanged at Portsud, June 1, 2031\nEntered into force, June 2, 2031"
    )
    parsed = _parse(f"{TITLE}\n{facts}\n{BODY.partition('Done at')[0]}")
    assert parsed.agreement.title == TITLE
    assert [(s.place, s.date) for s in parsed.agreement.signings] == [("Northport", "2031-05-04")]
    assert parsed.agreement.entry_into_force is not None
    assert parsed.agreement.entry_into_force.date == "2031-06-02"
    assert _first_words(parsed).startswith("The Government of Norland")
    assert "Notes exchanged at Portsud" in next(f.message for f in parsed.findings if f.code == "cover-facts")


def test_a_footnote_below_the_first_line_does_not_part_a_title() -> None:
    title = TITLE.replace("AGREEMENT ", "AGREEMENT¹\n\n").replace(" ON ", "\n\nON\n\n")
    parsed = _parse(f"{title}\n{BODY}\n______\n¹ In force since 2032.\n")
    assert parsed.agreement.title == TITLE
    assert [f.code for f in parsed.findings] == ["footnote"]
    first = next(p for p in parsed.agreement.documents[0].walk() if p.text)
    assert [mark.target for mark in first.marks if mark.kind == "note"] == ["¹ In force since 2032."]


@pytest.mark.parametrize(
    "recital",
    ["Norland and Suderia,", "The Republic of Norland and the Kingdom of Suderia,", "The Kingdom of Suderia\n\nand Norland,"],
)  # fmt: skip
def test_cover_lines_go_also_where_the_parties_open_the_text_plainly(recital: str) -> None:
    parsed = _parse(
        f"TIAS 31-504\n\nAgreement between Norland and the Kingdom of Suderia on Tents\n\n{recital}\n\n{BODY[60:]}"
    )
    assert parsed.agreement.title == "Agreement between Norland and the Kingdom of Suderia on Tents"
    assert _first_words(parsed) == recital.split("\n", maxsplit=1)[0]


@pytest.mark.parametrize(
    "above", ["NORLAND", "# LEAGUE OF TENTS", "# Statement of purpose", "# The Tent and Pole Organization of Norland"]
)
def test_a_name_or_the_heading_of_what_comes_first_is_no_title(above: str) -> None:
    parsed = parse(read_text(f"{above}\n\n{BODY}", name="x.md"), id="x")
    assert not parsed.agreement.title
    assert _first_words(parsed) == above.removeprefix("# ")


@pytest.mark.parametrize("title", ["Rules for the Loan of Tents", "Status of Forces in Suderia", "General Regulations"])
def test_a_heading_without_a_noun_of_agreements_may_name_one(title: str) -> None:
    assert parse(read_text(f"# {title}\n\n{BODY}", name="x.md"), id="x").agreement.title == title


def test_a_title_that_a_cover_has_too_is_that_of_the_first_page() -> None:
    cover = "TREATIES OF NORLAND\n\nAgreement Between\nNorland and Suderia\n\nSigned at Northport May 4, 2031"
    parsed = _parse(f"{cover}\n\n{TITLE}\n{BODY}")
    assert parsed.agreement.title == TITLE


def test_the_place_date_and_number_of_a_note_stay_with_it() -> None:
    note = "No. 117\n\nEmbassy of Norland\n\nPortsud, 4 May 2031\n\nExcellency,\n\nI have the honour to propose a loan of tents."
    parsed = _parse(f"EXCHANGE OF NOTES BETWEEN NORLAND AND SUDERIA\n\n{note}\n")
    assert parsed.agreement.title == "EXCHANGE OF NOTES BETWEEN NORLAND AND SUDERIA"
    (document,) = parsed.agreement.documents
    assert document.title == "EXCHANGE OF NOTES BETWEEN NORLAND AND SUDERIA"
    assert [provision.text for provision in document.walk()][:2] == ["No. 117", "Embassy of Norland"]


LAWS = [
    (
        "articles of the law before and after",
        "LAW No. 12 of 2031\n\nON THE RATIFICATION OF THE AGREEMENT BETWEEN NORLAND AND SUDERIA ON TENTS\n\nArticle 1\n\n"
        "The Agreement between Norland and Suderia on the loan of tents is hereby ratified.\n\nArticle 2\n\n"
        "The text of the Agreement reads as follows:",
        "Article 3\n\nThis Law enters into force on the day after its publication.",
    ),
    (
        "a bill",
        "91st CONGRESS\n\n1st Session\n\nH. R. 5120\n\nA BILL\n\nTo approve the agreement on tents with Suderia.\n\n"
        "Be it enacted by the Senate and House of Representatives,\n\nSection 1. Approval.\n\n(a) The agreement is approved.\n\n"
        "(b) Its text follows.",
        "",
    ),
    (
        "a decree that promulgates it",
        "DECREE No. 44/2031\n\nThe President of Norland decrees:\n\nArticle 1\n\nThe Agreement, signed at Northport, is promulgated.",
        "",
    ),
]


@pytest.mark.parametrize(("why", "before", "after"), LAWS)
def test_the_agreement_in_a_law_is_the_instrument(why: str, before: str, after: str) -> None:
    parsed = _parse(f"{before}\n\n{TITLE}\n{BODY}\n{after}")
    (document,) = parsed.agreement.documents
    assert parsed.agreement.title == TITLE, why
    assert [p.number for p in document.provisions if p.kind == "article"] == ["1", "2"], why
    (law,) = (finding.message for finding in parsed.findings if finding.code == "law-around")
    words = [line for line in f"{before}\n\n{after}".split("\n\n") if line]
    assert all(line.partition(" ")[2] in law for line in words), why
    assert "law" not in {word for provision in document.walk() for word in provision.text.lower().split()}


def test_a_law_without_an_agreement_in_it_is_left_whole() -> None:
    parsed = _parse(
        "LAW ON TENTS\n\nArticle 1\n\nThe agreement on tents is ratified.\n\nArticle 2\n\nTents are free.\n"
    )
    assert [p.number for p in parsed.agreement.documents[0].provisions if p.kind == "article"] == ["1", "2"]


def test_a_sentence_above_the_title_is_kept() -> None:
    sentence = "The minister explained to the chamber that the tents of both countries are needed in the mountains."
    parsed = _parse(f"{sentence}\n\n{TITLE}\n{BODY}")
    assert parsed.agreement.title == TITLE
    assert _first_words(parsed) == sentence


def test_a_text_without_a_title_has_none_and_loses_no_line() -> None:
    parsed = _parse(f"Northport, 4 May 2031\n{BODY}")
    assert parsed.agreement.title == ""
    assert _first_words(parsed) == "Northport, 4 May 2031"


def test_each_block_of_the_front_has_its_role_with_evidence() -> None:
    lines = [
        "TIAS 31-504",
        TITLE,
        "Signed at Northport, May 4, 2031",
        "The Government of Norland and its friends,",
        "Wishing peace,",
    ]
    front = front_of([Block(line, caps=line.isupper()) for line in lines])
    assert [found.role for found in front.roles] == [BlockRole.COVER, BlockRole.TITLE, BlockRole.COVER]
    assert front.roles[0].evidence == ("series or registration",)
    assert {"parties or subject", "words that act", "set apart"} <= {*front.roles[1].evidence}
    assert front.confirmed
    assert all(0 < found.confidence <= 1 for found in front.roles)


@pytest.mark.parametrize(
    ("title", "plain"),
    [("Treaty on Tents.", "Treaty on Tents"), ("Treaty with the U.S.", "Treaty with the U.S."), ("Convention 97", "Convention 97"), ("Treaty²", "Treaty")],
)  # fmt: skip
def test_plain_titles(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (("СОГЛАШЕНИЕ", "между Правительством Российской Федерации", "и Правительством Республики Казахстан", "о воинских перевозках"), "Правительство Российской Федерации и Правительство Республики Казахстан\nсогласились о нижеследующем:\n\nСтатья 1\nПеревозки свободны.\n\nСтатья 2\nПлата не взимается."),
        (("УГОДА", "між Урядом України", "та Урядом Республіки Польща", "про перевезення"), "Уряд України та Уряд Республіки Польща\nдомовилися про таке:\n\nСтаття 1\nПеревезення вільні.\n\nСтаття 2\nПлата не стягується."),
        (("DOHODA", "mezi vládou České republiky", "a vládou Slovenské republiky", "o přepravě"), "Vláda České republiky a vláda Slovenské republiky\nse dohodly takto:\n\nČlánek 1\nPřeprava je volná.\n\nČlánek 2\nPoplatky se neplatí."),
        (("ACORD", "între Guvernul României", "și Guvernul Republicii Moldova", "privind transportul"), "Guvernul României și Guvernul Republicii Moldova\nau convenit următoarele:\n\nArticolul 1\nTransportul este liber.\n\nArticolul 2\nNu se plătesc taxe."),
        (("اتفاقية", "بين حكومة المملكة العربية السعودية", "وحكومة مملكة البحرين", "بشأن النقل"), "إن حكومة المملكة العربية السعودية وحكومة مملكة البحرين\nقد اتفقتا على ما يلي:\n\nالمادة 1\nالنقل حر.\n\nالمادة 2\nلا تدفع رسوم."),
    ],
    ids=["ru", "uk", "cs", "ro", "ar"],
)  # fmt: skip
def test_a_title_over_several_lines_is_whole_in_any_language(lines: tuple[str, ...], rest: str) -> None:
    assert _parse("\n".join(lines) + "\n\n" + rest).agreement.title == " ".join(lines)
