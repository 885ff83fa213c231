"""What stands around an agreement and behind it: gazettes, laws, series prints, minutes, corrections, later notes."""

from pathlib import Path

import pytest

from agreements.model import Agreement
from agreements.parsing import Parsed, parse
from agreements.parsing.furniture import split
from agreements.reading import Line, read, read_text

TITLE = "AGREEMENT BETWEEN THE GOVERNMENT OF NORLAND AND THE GOVERNMENT OF SUDERIA ON THE LOAN OF TENTS"
BODY = (
    "The Government of Norland and the Government of Suderia,",
    "Have agreed as follows:",
    "Article 1",
    "Tents are lent without charge.",
    "Article 2",
    "This Agreement shall enter into force on signature.",
    "Done at Northport on 3 May 2031 in duplicate.",
)


def _parsed(*paragraphs: str) -> Parsed:
    return parse(read_text("\n\n".join(paragraphs), name="text.txt"), id="text")


def _read(*paragraphs: str) -> Agreement:
    return _parsed(*paragraphs).agreement


def _of_code(parsed: Parsed, code: str) -> list[str]:
    return [finding.message for finding in parsed.findings if finding.code == code]


# ---------------------------------------------------------------------- laws and gazettes

ORDER = (
    "STATUTORY INSTRUMENTS\n\n2032 No. 1914\n\nVISITING TENTS\n\nThe Visiting Tents (Suderia) Order 2032\n\n"
    "At the Court at Northport, the 19th day of July 2032\n\nIt is hereby ordered as follows:\n\n"
    "1. This Order may be cited as the Visiting Tents (Suderia) Order 2032.\n\n"
    '2. In this Order "the Agreement" means the agreement set out in the Schedule.\n\nSCHEDULE   Article 2'
)


def test_the_agreement_in_the_schedule_of_an_order_is_the_instrument() -> None:
    parsed = _parsed(ORDER, TITLE, *BODY)
    assert parsed.agreement.title == TITLE
    assert [party.name for party in parsed.agreement.parties] == ["NORLAND", "SUDERIA"]
    assert "This Order may be cited" in _of_code(parsed, "law-around")[0]


@pytest.mark.parametrize(
    ("law", "title", "body"),
    [
        (
            "DECRETO SUPREMO N° 45-2031\n\nEL PRESIDENTE DE LA REPÚBLICA\n\nDECRETA:\n\nArtículo 1°.- Ratifícase el"
            " Acuerdo entre el Gobierno de la República de Almendra y el Gobierno de la República de Norvia.\n\n"
            "Artículo 2°.- Dése cuenta al Congreso.",
            "ACUERDO ENTRE EL GOBIERNO DE LA REPÚBLICA DE ALMENDRA Y EL GOBIERNO DE LA REPÚBLICA DE NORVIA SOBRE"
            " TIENDAS",
            "El Gobierno de la República de Almendra y el Gobierno de la República de Norvia,\n\nAcuerdan lo"
            " siguiente:\n\n"
            "ARTÍCULO I\n\nLas tiendas son gratuitas.\n\nARTÍCULO II\n\nEl presente Acuerdo entrará en vigor en"
            " la fecha"
            " de la última notificación.\n\nSuscrito en la ciudad de Almendra, el 3 de marzo de 2028.",
        ),
        (
            "Décret n° 2031-12 du 20 août 2031 portant publication de l'accord entre le Gouvernement de la"
            " République de"
            " Corvie et le Gouvernement du Royaume de Lys\n\nLe Président de la République,\n\nDécrète"
            " :\n\nArticle 1\n\n"
            "L'accord sera publié au Journal officiel.\n\nArticle 2\n\nLe Premier ministre est chargé de l'exécution.",
            "ACCORD ENTRE LE GOUVERNEMENT DE LA RÉPUBLIQUE DE CORVIE ET LE GOUVERNEMENT DU ROYAUME DE LYS SUR LES"
            " TENTES",
            "Le Gouvernement de la République de Corvie et le Gouvernement du Royaume de Lys,\n\nsont convenus de"
            " ce qui"
            " suit :\n\nArticle 1er\n\nLes tentes sont gratuites.\n\nArticle 2\n\nChaque Partie paie ses frais.\n\n"
            "Fait à Lys, le 3 mars 2028, en double exemplaire.",
        ),
    ],
    ids=["a decree in Spanish", "a decree in French"],
)
def test_the_agreement_in_a_decree_is_the_instrument(law: str, title: str, body: str) -> None:
    parsed = _parsed(law, title, body)
    assert parsed.agreement.title == title
    assert [s.date for s in parsed.agreement.signings] == ["2028-03-03"]
    assert len(parsed.agreement.parties) == 2
    assert [p.kind for p in parsed.agreement.documents[0].provisions].count("article") == 2
    assert _of_code(parsed, "law-around")


def test_articles_that_begin_anew_are_told() -> None:
    again = ("Article 1", "The Treasury pays.", "Article 2", "This is published.")
    parsed = _parsed("LEAFLET ON TENTS", *again, *BODY[2:])
    assert _of_code(parsed, "numbering") == [
        "Article 1 stands again behind other articles: another instrument may stand in this text."
    ]
    parts = ("PART I", *again, "PART II", *BODY[2:])
    assert _of_code(_parsed(TITLE, *BODY[:2], *parts), "numbering") == []


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("L 131/14          EN          Official Journal of the European Union          28.5.2011", True),
        ("28.5.2011 EN Official Journal of the European Union L 131/15", True),
        ("38360 Federal Register / Vol. 79, No. 129 / Monday, July 7, 2014 / Notices", True),
        ("1988 United Nations — Treaty Series • Nations Unies — Recueil des Traités 123", True),
        ("shall be published in the Official Journal of the European Union", False),
        ("Official Journal of the European Union", False),
        ("1 United Nations, Treaty Series, vol. 330, p. 3", False),
    ],
)
def test_the_running_head_of_a_gazette_is_known_where_it_stands(line: str, *, is_head: bool) -> None:
    words = ("Tents are lent.", line, "Tents are returned.")
    kept, removed = split([Line(text, at, at + len(text)) for at, text in enumerate(words)])
    assert [each.line.text for each in removed] == ([line] if is_head else [])
    assert len(kept) + len(removed) == 3


# ---------------------------------------------------------------------- series prints

NOTICE = (
    "TREATIES AND OTHER INTERNATIONAL ACTS SERIES 31-1115\n\nDEFENSE\n\nAgreement Between\nNORLAND and SUDERIA\n\n"
    "Signed at Northport and Portsud\nOctober 12 and November 15, 2031\n\n"
    "NOTE BY THE DEPARTMENT OF STATE\n\nPursuant to Public Law 89-497, approved July 8, 1966\n(80 Stat. 271)—\n\n"
    "the Treaties and Other International Acts Series issued\nunder the authority of the Secretary of State shall be\n"
    "competent evidence of the treaties, without any further proof\nor authentication thereof.\n\n"
    "SUDERIA\n\nDefense: Tents\n\nAgreement signed at Northport and Portsud\nOctober 12 and November 15, 2031;\n"
    "Entered into force November 15, 2031."
)


def test_a_notice_in_lines_ends_with_its_last_and_the_page_of_facts_says_where_it_was_signed() -> None:
    signed = "FOR NORLAND                FOR SUDERIA\n\nDate: 12 October 2031      Date: 15 November 2031"
    found = _read(NOTICE, TITLE, *BODY[:-1], signed)
    assert found.title == TITLE
    assert [(s.date, s.place) for s in found.signings] == [("2031-10-12", "Northport"), ("2031-11-15", "Portsud")]
    assert found.entry_into_force
    assert found.entry_into_force.date == "2031-11-15"


# ---------------------------------------------------------------------- behind the text


def test_agreed_minutes_behind_an_annex_are_their_own_text() -> None:
    found = _read(TITLE, *BODY, "ANNEX", "Tents: ten.", "AGREED MINUTES", "Tents are of canvas.")
    assert [(d.role, d.title) for d in found.documents[1:]] == [
        ("annex", "ANNEX"),
        ("agreed-minutes", "AGREED MINUTES"),
    ]
    inside = _read(TITLE, *BODY, "ANNEX", "FORMS", "PROTOCOL ON INVOICES", "Tents: ten.")
    assert [d.role for d in inside.documents[1:]] == ["annex"]


def test_a_small_word_is_no_number_of_an_annex() -> None:
    found = _read(TITLE, *BODY, "ANNEX TO THE AGREEMENT", "Tents: ten.")
    assert [(d.role, d.number) for d in found.documents[1:]] == [("annex", None)]


def test_rows_of_a_table_in_plain_text_are_no_headings() -> None:
    rows = ("NORLAND | SUDERIA", "SECRET | HEMLIG")
    found = _read(TITLE, *BODY[:4], *rows, "Article 2", "Tents are returned.")
    assert [p.kind for p in found.documents[0].provisions] == ["preamble", "article", "article"]


def test_a_correction_is_told_as_one_of_the_agreement_that_it_names() -> None:
    named = "Agreement between Norland and Suderia on the Loan of Tents, signed at Northport on 6 May 2028"
    found = _read(
        f"PROCÈS-VERBAL OF RECTIFICATION\nto the {named}",
        "The Ministry of Norland, as depositary of the Agreement, has corrected it as follows:",
        'In Article 5, paragraph 2, of the Agreement for "tents" read "tents and poles".',
        "DONE at Northport on 1 December 2031.",
    )
    assert found.title == f"PROCÈS-VERBAL OF RECTIFICATION to the {named}"
    assert [(r.kind, r.title) for r in found.relations] == [("amends", named)]
    assert [(e.action, e.path) for e in found.effects] == [("amends", "5.2")]


def test_a_name_is_given_to_the_agreement_and_not_to_what_amended_it() -> None:
    preamble = (
        "Norland and Suderia, having regard to the Agreement on Tents signed at Northport on 3 June 1999, as"
        " amended by the"
        " First Protocol of 9 July 2004 (hereinafter “the Agreement”), Have agreed as follows:"
    )
    articles = (
        "Article 1",
        "In Article 4(2) of the Agreement, the words “thirty days” shall be replaced by “sixty days”.",
        "Article 2",
        "The Annex to the Agreement shall be replaced by the Annex to this Protocol.",
    )
    found = _read("SECOND PROTOCOL TO THE AGREEMENT ON TENTS", preamble, *articles, "ANNEX", "Tents: ten.")
    assert [(e.action, e.path) for e in found.effects] == [("amends", "4.2"), ("replaces", "annex")]
    assert {e.title for e in found.effects} == {"Agreement on Tents signed at Northport on 3 June 1999"}


def test_the_annex_of_what_nobody_names_is_not_acted_on() -> None:
    acts = "ARRANGEMENT TO IMPLEMENT THE AGREEMENT ON TENTS"
    found = _read(acts, BODY[1], "Article 1", "The Annex shall be replaced by the Committee each year.")
    assert found.effects == ()


# ---------------------------------------------------------------------- notes

NOTE = (
    "EXCHANGE OF NOTES BETWEEN NORLAND AND SUDERIA CONCERNING TENTS\n\nNo. 1\n\nNorthport, 4 February 2031\n\n"
    "Excellency,"
)
END = "Accept, Excellency, the assurances of my highest consideration."
REPLY = (
    "No. 2\n\nNorthport, 11 February 2031\n\nExcellency,\n\nI have the honour to confirm that your note is acceptable."
)


@pytest.mark.parametrize(
    ("said", "formula", "day", "condition"),
    [
        ("an agreement effective from the date of your reply.", "3", "2031-02-11", ""),
        ("an agreement between us, with effect from the date of your reply.", "3", "2031-02-11", ""),
        ("an agreement which shall be operative as from the date of your note in reply.", "3", "2031-02-11", ""),
        ("an agreement which shall enter into force upon receipt by Norland of your reply.", "3", None, ""),
        ("an agreement, which shall take effect as of 1 March 2031.", "6", "2031-03-01", ""),
        ("an agreement to be effective from 1 March 2031.", "6", "2031-03-01", ""),
    ],
)
def test_notes_say_in_many_ways_when_they_take_effect(said: str, formula: str, day: str, condition: str) -> None:
    entry = _read(
        NOTE, f"Tents are free. This note and your reply shall constitute {said}", END, REPLY, END
    ).entry_into_force
    assert entry
    assert (entry.formula, entry.date, entry.condition) == (formula, day, condition)


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("on the date of this note in reply", "2031-02-11"),
        ("on the date of your note", None),
        ("on receipt of this note in reply", None),
    ],
)
def test_the_reply_says_whose_note_the_date_is_of(when: str, day: str | None) -> None:
    proposes = (
        "This note and the note in reply of the Ministry shall constitute an agreement which shall enter into force"
    )
    reply = REPLY.replace(
        "acceptable.", f"acceptable and that both constitute an agreement which enters into force {when}."
    )
    entry = _read(NOTE, f"{proposes} on the date of the Ministry’s note.", END, reply, END).entry_into_force
    assert entry
    assert (entry.formula, entry.date) == ("3", day)


def test_what_the_reply_received_takes_no_day_from_what_was_proposed() -> None:
    said = (
        "Tents are free. This note and your reply shall constitute an agreement effective from the date of your reply."
    )
    reply = REPLY.replace(
        "acceptable.", "acceptable: this agreement takes effect by the reply to the note received today."
    )
    entry = _read(NOTE, said, END, reply, END).entry_into_force
    assert entry
    assert (entry.formula, entry.date) == ("3", "2031-02-11")


def test_what_stands_together_with_a_note_is_no_other_agreement() -> None:
    said = (
        "This note together with your reply shall constitute an agreement which shall enter into force on today's date."
    )
    assert _read(NOTE, f"Tents are free. {said}", END, REPLY, END).entry_into_force is None


def test_a_third_note_takes_the_place_of_what_the_first_said() -> None:
    first = "This note and your reply shall constitute an agreement with effect from the date of your reply."
    second = (
        "No. 2\n\nNorthport, 11 February 2031\n\nExcellency,\n\nIn reply to your note, my Government proposes that this"
        " agreement shall enter into force on the date on which both Governments have notified each other of its"
        " approval."
    )
    third = (
        "No. 3\n\nNorthport, 1 March 2031\n\nExcellency,\n\nI have the honour to confirm that your note is acceptable."
    )
    entry = _read(NOTE, f"Tents are free. {first}", END, second, END, third, END).entry_into_force
    assert entry
    assert (entry.formula, entry.date) == ("4", None)


def test_a_short_line_in_english_stays_with_the_english_text(tmp_path: Path) -> None:
    page = (
        "<table><tr><td><p>AGREEMENT between the Government of the Republic of Almendra and the Government of the"
        " State of"
        " Norvia on Tents</p></td><td><p>ACUERDO entre el Gobierno de la República de Almendra y el Gobierno del"
        " Estado de"
        " Norvia sobre Tiendas</p></td></tr><tr><td><p>Article 1</p><p>Each Party lends up to ten tents in each"
        " year, and"
        " the other Party returns them to it at the end of the year.</p></td><td><p>Artículo 1</p><p>Cada Parte"
        " presta hasta"
        " diez tiendas al año, y la otra Parte las devuelve al final del año.</p></td></tr><tr><td><p>Article"
        " 2</p><p>The"
        " Parties bear the costs in equal parts.</p></td><td><p>Artículo 2</p><p>Las Partes pagan los gastos por partes"
        " iguales.</p></td></tr><tr><td><p>Done at Almendra on 7 October 2011.</p></td><td><p>Hecho en Almendra,"
        " el 7 de"
        " octubre de 2011.</p></td></tr><tr><td>For the Government of the Republic of Almendra</td><td>Por el"
        " Gobierno del"
        " Estado de Norvia</td></tr></table>"
    )
    (tmp_path / "x.html").write_text(page, encoding="utf-8")
    found = parse(read(tmp_path / "x.html"), id="x").agreement
    assert [d.language for d in found.documents] == ["en", "es"]
    spanish = " ".join(p.text for p in found.documents[1].walk())
    assert "For the Government" not in spanish


# ---------------------------------------------------------------------- what a file holds


@pytest.mark.parametrize(
    ("head", "part", "second"),
    [
        ("ANNEX A\nTO THE AGREEMENT BETWEEN NORLAND AND SUDERIA\n\nFEES", "Annex A", "SUDERIA"),
        ("Appendix 2 to the Agreement between Norland and Suderia on Tents\n\nGuide to Tents", "Appendix 2", "Suderia"),
    ],
)
def test_an_annex_in_a_file_of_its_own_is_told_as_one(head: str, part: str, second: str) -> None:
    parsed = _parsed(head, "1. Tents are lent.", "2. Poles are paid for.")
    found = parsed.agreement
    assert found.title.casefold().startswith(part.casefold())
    assert (found.form, found.parties[1].name) == (None, second)
    assert [(r.kind, r.note) for r in found.relations] == [("related", part)]
    assert len(_of_code(parsed, "part-of-another")) == 1
    last = head.rpartition("\n")[2]
    assert last in [p.text for p in found.documents[0].walk()]


@pytest.mark.parametrize("title", ["Schedule of Fees", "Annexed Protocol on Tents"])
def test_a_title_that_only_begins_so_is_none_of_an_annex(title: str) -> None:
    assert _of_code(_parsed(title, *BODY), "part-of-another") == []


def test_an_implementing_arrangement_names_its_parties_and_what_it_implements() -> None:
    found = _read(
        "IMPLEMENTING ARRANGEMENT between the Ministry of Defence of Norland and the Ministry of Defence of"
        " Suderia pursuant"
        " to the Agreement on Defence Cooperation of 4 July 2031 regarding the use of tents",
        "1. Purpose",
        "This Implementing Arrangement implements Article 5 of the Agreement.",
        "2. Entry into effect",
        "This Implementing Arrangement takes effect on the date of the last signature.",
        "Signed at Northport on 5 September 2031.",
    )
    assert [p.name for p in found.parties] == ["Ministry of Defence of Norland", "Ministry of Defence of Suderia"]
    assert [(r.kind, r.title) for r in found.relations] == [
        ("implements", "Agreement on Defence Cooperation of 4 July 2031")
    ]
    assert found.entry_into_force
    assert found.entry_into_force.formula == "2"
    paragraphs = [p for p in found.documents[0].provisions if p.kind == "paragraph"]
    assert [p.heading for p in paragraphs] == ["Purpose", "Entry into effect"]
    assert paragraphs[1].text.startswith("This Implementing Arrangement takes effect")


def test_a_list_of_short_items_has_no_headings() -> None:
    found = _read(TITLE, *BODY[:3], "The Parties lend:", "1. Tents", "2. Poles", "Article 2", "Tents are returned.")
    items = [p for p in found.documents[0].walk() if p.kind == "paragraph"]
    assert [(p.heading, p.text) for p in items] == [(None, "Tents"), (None, "Poles")]


def test_letters_that_amend_have_the_parties_of_what_they_amend() -> None:
    title = "EXCHANGE OF LETTERS AMENDING THE AGREEMENT BETWEEN NORLAND AND SUDERIA ON TENTS OF 3 MAY 2024"
    said = (
        "this letter and your reply shall constitute an agreement which shall enter into force on the first day of the"
        " month following the date of your reply."
    )
    found = _read(title, *NOTE.split("\n\n")[1:], f"Tents are free; {said}", END, REPLY, END)
    assert [p.name for p in found.parties] == ["NORLAND", "SUDERIA"]
    entry = found.entry_into_force
    assert entry
    assert (entry.formula, entry.date) == ("3", None)
    assert entry.condition == "first day of the month following the date of your reply"


def test_a_month_counted_from_the_exchange_of_ratifications_is_of_that_class() -> None:
    said = "This Agreement shall enter into force on the first day of the month after the exchange of ratifications."
    entry = _read(TITLE, *BODY[:5], said).entry_into_force
    assert entry
    assert entry.formula == "8"


# ---------------------------------------------------------------------- prints and pastes

SERIES = (
    "No. 20881. AGREEMENT1 BETWEEN THE KINGDOM OF ORMESH AND THE REPUBLIC OF TALVEN ON TENTS. SIGNED AT TALVEN ON"
    " 7 AUGUST"
    " 1979\n\nThe Kingdom of Ormesh and the Republic of Talven,\n\nHave agreed as follows:\n\n"
    "Article 1. Tents are lent in peacetime.2\n\nArticle 2. (1) They are returned.\n\n(2) They are dry.\n\n"
    "1 Came into force on 1 January 1981, in accordance with article 4 (1).\n2 See also p. 77 of this volume.\n\n"
    "Vol. 1260, I-20881\n\nArticle 3. No fees shall be charged.\n\nDONE at Talven on 7 August 1979."
)


def test_footnotes_of_a_series_print_need_no_rule_above_them() -> None:
    parsed = _parsed(SERIES)
    found = parsed.agreement
    assert found.title == "AGREEMENT BETWEEN THE KINGDOM OF ORMESH AND THE REPUBLIC OF TALVEN ON TENTS"
    assert len(_of_code(parsed, "footnote")) == 2
    assert len(_of_code(parsed, "running-head")) == 1
    second = next(p for p in found.documents[0].provisions if p.number == "2")
    assert [(child.number, child.text, len(child.children)) for child in second.children] == [
        ("(1)", "They are returned.", 0),
        ("(2)", "They are dry.", 0),
    ]


def test_running_heads_that_alternate_are_known_by_their_rising_numbers() -> None:
    lines = (
        "12                    Treaty on Tents\n\n                 TREATY ON TENTS\n                     BETWEEN\n"
        "              NORLAND AND SUDERIA\n\n     Norland and Suderia have agreed as follows:\n\n"
        "                      Article 1\n     The Parties shall lend each other tents at the request of\n"
        "Treaty on Tents                          13\n\neither of them.\n\n                      Article 2\n"
        "     The tents shall be returned in the month after the day on\n"
        "14                    Treaty on Tents\n\nwhich they were lent.\n"
    )
    parsed = _parsed(lines)
    articles = [p.text for p in parsed.agreement.documents[0].provisions if p.kind == "article"]
    assert articles == [
        "The Parties shall lend each other tents at the request of either of them.",
        "The tents shall be returned in the month after the day on which they were lent.",
    ]
    assert len(_of_code(parsed, "running-head")) == 3


def test_a_text_that_an_e_mail_quotes_is_read_without_its_marks() -> None:
    mail = (
        "From: Smith, Jane\nSent: Tuesday, March 4, 2031 10:12 AM\nSubject: FW: final text\n\nsee below.\n\n"
        "> AGREEMENT BETWEEN NORLAND AND SUDERIA\n> ON THE LOAN OF TENTS\n>\n> The Department of Defense of"
        " Norland and\n"
        "> the Department of Defense of Suderia have agreed:\n>\n> 1. Loan\n>\n> Tents are lent upon a request in\n"
        "> writing.\n>\n> 2. Return\n>\n> Tents are returned.\n"
    )
    found = _read(mail)
    assert found.title == "AGREEMENT BETWEEN NORLAND AND SUDERIA ON THE LOAN OF TENTS"
    words = [p.text for p in found.documents[0].walk()]
    assert not any(">" in each for each in words)
    assert "Tents are lent upon a request in writing." in words
    assert any(each.startswith("The Department of Defense of Norland and the Department") for each in words)


def test_the_parties_of_an_agreement_with_an_organisation_end_before_its_subject() -> None:
    between = "AGREEMENT between the North Atlantic Treaty Organization and the Government of the Republic of Sorania"
    found = _read(f"{between} on the Status of the NATO Liaison Office in Sor", *BODY[1:])
    assert [(p.code, p.name) for p in found.parties] == [
        ("NATO", "North Atlantic Treaty Organization"),
        ("", "Republic of Sorania"),
    ]


@pytest.mark.parametrize(
    ("closing", "signed"),
    [
        ("Brennstadt, this 14th day of February 2031\n\nDone in duplicate", ("2031-02-14", "Brennstadt")),
        ("Signed in two copies:\n\nFor Norland\nTalven Bay, 3 May 2031", ("2031-05-03", "Talven Bay")),
        ("Signed in two copies:\n\nFor Norland\nJane Doe, 3 May 2031", ("2031-05-03", "")),
    ],
)
def test_where_and_when_stands_beside_the_closing(closing: str, signed: tuple[str, str]) -> None:
    (signing,) = _read(TITLE, *BODY[:-1], closing).signings
    assert (signing.date, signing.place) == signed


def test_a_chinese_treaty_has_its_own_title_and_place() -> None:
    found = _read(
        "中华人民共和国政府和韦尔达维亚共和国政府关于军事合作的协定",
        "中华人民共和国政府和韦尔达维亚共和国政府（以下简称“双方”），",
        "达成协议如下：",
        "第一条",
        "双方在平等互利的基础上开展军事合作。",
        "第二条",
        "本协定自签字之日起生效，有效期五年。",
        "本协定于二〇一一年五月六日在北京签订，一式两份，每份均用中文和英文写成。",
    )
    assert found.title == "中华人民共和国政府和韦尔达维亚共和国政府关于军事合作的协定"
    assert [(s.date, s.place) for s in found.signings] == [("2011-05-06", "北京")]


# ---------------------------------------------------------------------- days that are none of its own


@pytest.mark.parametrize(
    "behind",
    [
        " and opened for acceptance the 1st day of January 2032.",
        ", a copy of which shall be sent to the States Members of the Tent Conference on 2 October 2030.",
    ],
)
def test_the_days_of_others_in_a_closing_are_no_signing(behind: str) -> None:
    found = _read(TITLE, *BODY[:-1], f"Done at Northport on 3 May 2031 in one copy{behind}")
    assert [(s.date, s.place) for s in found.signings] == [("2031-05-03", "Northport")]


def test_the_place_of_a_note_is_whole_where_its_number_runs_into_it() -> None:
    note = "D.O. No. 81/43New Delhi, the 4th December, 2031. My dear Ambassador, I have the honour to propose tents."
    assert [s.place for s in _read("### No. I", note, END).signings] == ["New Delhi"]


@pytest.mark.parametrize(
    ("said", "formula", "condition"),
    [
        (
            "This Agreement shall enter into force on the last day of the month following the date of the last"
            " notification.",
            "4",
            "last day of the month following the date of the last notification",
        ),
        (
            "This Agreement shall enter into force on the date of receipt by Norland of a note that says it is"
            " approved.",
            "4",
            "",
        ),
        (
            "In respect of the Community, the Agreement shall enter into force on the first day of the month after its"
            " notification. This Agreement shall enter into force on signature.",
            "1",
            "",
        ),
    ],
)
def test_what_is_said_of_the_day_itself_counts(said: str, formula: str, condition: str) -> None:
    entry = _read(TITLE, *BODY[:5], said).entry_into_force
    assert entry
    assert (entry.formula, entry.condition) == (formula, condition)
