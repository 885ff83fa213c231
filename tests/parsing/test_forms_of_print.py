"""Forms in which prints set heads, headings, numbers, notes and closings, each read back whole."""

import pytest

from agreements.families import by_title
from agreements.model import Agreement
from agreements.parsing import parse
from agreements.parsing.parties import from_title
from agreements.reading import read_text

ORMESH = "AGREEMENT BETWEEN THE KINGDOM OF ORMESH AND THE REPUBLIC OF VELDAVIA ON TRANSIT"


def _read(*paragraphs: str) -> Agreement:
    return parse(read_text("\n\n".join(paragraphs), name="text.txt"), id="text").agreement


def _codes(*paragraphs: str) -> list[str]:
    return [finding.code for finding in parse(read_text("\n\n".join(paragraphs), name="text.txt"), id="text").findings]


def _rows(agreement: Agreement, *kinds: str) -> list[tuple[str | None, str | None, str]]:
    every = (p for document in agreement.documents for p in document.walk())
    return [(p.number, p.heading, p.text) for p in every if p.kind in kinds]


def _articles(agreement: Agreement) -> list[tuple[str | None, str | None, str]]:
    return _rows(agreement, "article")


# ---------------------------------------------------------------------- heads


def test_letters_that_are_set_apart_are_a_head() -> None:
    text = ("A R T I C L E   I", "Troops may pass.", "A R T I C L E  I I", "Each Party bears its costs.")
    found = _read(ORMESH, *text)
    assert found.title == ORMESH
    assert _articles(found) == [("I", None, "Troops may pass."), ("II", None, "Each Party bears its costs.")]
    assert "letters-set-apart" in _codes(ORMESH, *text)


def test_letters_that_are_set_apart_without_more_between_words_are_told_by_the_words_that_are_known() -> None:
    found = _read(
        "A G R E E M E N T",
        "between Ormesh and Veldavia",
        "A R T I C L E 1",
        "Troops may pass.",
        "A R T I C L E 2",
        "Each Party bears its costs.",
        "F E E S A N D D U E S",
    )
    assert found.title == "AGREEMENT between Ormesh and Veldavia"
    assert [number for number, _, _ in _articles(found)] == ["1", "2"]
    assert "F E E S A N D D U E S" in [p.text for d in found.documents for p in d.walk()]  # no words are made of it


def test_misspelt_heads_count_where_the_numbers_go_on() -> None:
    found = _read(
        ORMESH,
        "ARTIC1E I",
        "Troops may pass.",
        "ARTICLE Il",
        "Fees are waived.",
        "ARTICIE III",
        "Permits are annual.",
        "ARTTCLE IV",
        "Each Party bears its costs.",
    )
    assert [text for _, _, text in _articles(found)] == [
        "Troops may pass.",
        "Fees are waived.",
        "Permits are annual.",
        "Each Party bears its costs.",
    ]


@pytest.mark.parametrize("line", ["Articles 3", "Artifice 9"])
def test_a_word_like_a_head_out_of_sequence_is_none(line: str) -> None:
    found = _read(ORMESH, "Article 1", "Troops may pass.", line, "Article 2", "Fees are waived.")
    assert [number for number, _, _ in _articles(found)] == ["1", "2"]


def test_an_article_of_one_sentence_on_the_line_of_its_head_is_no_heading() -> None:
    found = _read("Article 1. Troops pass freely.", "Article 2. The Parties consult.", "Article 3. Fees are waived.")
    assert [(heading, text) for _, heading, text in _articles(found)] == [
        (None, "Troops pass freely."),
        (None, "The Parties consult."),
        (None, "Fees are waived."),
    ]


def test_where_most_articles_run_on_from_their_heads_so_does_one_that_has_more_words() -> None:
    found = _read("Article 1. Troops pass freely.", "They carry cards.", "Article 2. The Parties consult.",
                  "Article 3. Fees are waived.")  # fmt: skip
    assert _articles(found)[0] == ("1", None, "Troops pass freely.")


def test_a_heading_with_a_full_stop_over_its_article_stays_one() -> None:
    found = _read("Article 1. Definitions.", "Force means troops.", "Article 2. Entry.", "Troops may enter.")
    assert [heading for _, heading, _ in _articles(found)] == ["Definitions.", "Entry."]


def test_two_dashes_part_a_head_and_its_heading() -> None:
    found = _read("ARTICLE 1 -- STATUS", "Troops respect the law.", "ARTICLE 2 -- CLAIMS", "Claims are waived.")
    assert [heading for _, heading, _ in _articles(found)] == ["STATUS", "CLAIMS"]


# ---------------------------------------------------------------------- headings


def test_headings_in_brackets_are_headings() -> None:
    found = _read("Art. 1", "(Finalità)", "La cooperazione è reciproca.", "Art. 2", "(Oneri)", "1. Ciascuno paga.")
    assert [heading for _, heading, _ in _articles(found)] == ["(Finalità)", "(Oneri)"]
    korean = _read("제1조(목적)", "① 이 협정의 목적은 지원이다.", "② 지원은 상호적이다.")
    assert _rows(korean, "article", "paragraph") == [
        ("1", "(목적)", ""),
        ("①", None, "이 협정의 목적은 지원이다."),
        ("②", None, "지원은 상호적이다."),
    ]


def test_words_in_brackets_that_are_all_of_an_article_are_its_text() -> None:
    found = _read(
        "Article 1", "(Purpose)", "Troops may pass.", "Article 2", "(Deleted)", "Article 3", "(Fees)", "None."
    )
    assert _articles(found)[1] == ("2", None, "(Deleted)")


def test_a_line_under_a_chapter_and_over_its_first_article_heads_one_of_them() -> None:
    found = _read(
        "CHAPTER I",
        "General Rules",
        "Article 1",
        "Troops may pass.",
        "Article 2",
        "Fees are waived.",
        "CHAPTER II",
        "Final Rules",
        "Article 3",
        "Each Party bears its costs.",
    )
    assert [heading for _, heading, _ in _rows(found, "chapter")] == ["General Rules", "Final Rules"]
    assert [heading for _, heading, _ in _articles(found)] == [None, None, None]
    above = _read(
        "CHAPTER I",
        "Definitions",
        "Article 1",
        "Force means troops.",
        "Scope",
        "Article 2",
        "This governs transit.",
        "Costs",
        "Article 3",
        "Each bears its own.",
    )
    assert [heading for _, heading, _ in _articles(above)] == ["Definitions", "Scope", "Costs"]


def test_a_number_over_its_own_numbers_has_a_heading() -> None:
    found = _read(
        "1. Definitions", '1.1 "Force" means troops.', '1.2 "Base" means a place.', "2. Entry", "2.1 They may."
    )
    assert [(number, heading) for number, heading, _ in _rows(found, "paragraph")] == [
        ("1.", "Definitions"),
        ("2.", "Entry"),
    ]


def test_a_number_over_a_list_that_its_words_lead_to_has_none() -> None:
    found = _read("Article 1", "1. Where", "(a) troops pass, or", "(b) they stay,", "fees are due.", "2. Rates vary.")
    assert _rows(found, "paragraph")[0] == ("1.", None, "Where")


# ---------------------------------------------------------------------- contents, covers, notes


def test_the_preamble_is_no_line_of_the_contents_that_name_it() -> None:
    recital = "The Department of Defense of Ormesh and the Ministry of Defence of Veldavia, recognizing their interest,"
    found = _read(
        "MEMORANDUM OF UNDERSTANDING BETWEEN THE DEPARTMENT OF DEFENSE OF ORMESH AND THE MINISTRY OF VELDAVIA",
        "TABLE OF CONTENTS",
        "PREAMBLE ............ 3",
        "SECTION I  SCOPE ............ 4",
        "SECTION II  CLAIMS ............ 5",
        "PREAMBLE",
        recital,
        "Have reached the following understanding:",
        "SECTION I",
        "SCOPE",
        "1.1. Officers are assigned.",
        "SECTION II",
        "CLAIMS",
        "2.1. Claims are waived.",
    )
    preamble = found.documents[0].provisions[0]
    assert (preamble.kind, preamble.heading) == ("preamble", "PREAMBLE")
    assert preamble.children[0].text == recital


def test_the_first_recital_is_no_letterhead() -> None:
    recital = "The Department of Defense of Ormesh and the Ministry of Defence of Veldavia, recognizing their interest,"
    found = _read(
        "MEMORANDUM OF UNDERSTANDING ON LIAISON OFFICERS",
        recital,
        "Have reached the following understanding:",
        "Section I",
        "Officers are assigned.",
        "Section II",
        "Claims are waived.",
    )
    assert found.documents[0].provisions[0].children[0].text == recital
    lines = _read(
        "ARRANGEMENT BETWEEN THE MINISTRY OF DEFENCE OF ORMESH AND THE STAFF OF VELDAVIA ON VISITS",
        "The Ministry of Defence of Ormesh,",
        "and",
        "The Staff of Veldavia,",
        "Desiring to visit,",
        "Have agreed as follows:",
        "Article 1",
        "Visits are made.",
        "Article 2",
        "All pay.",
    )
    assert [p.text for p in lines.documents[0].provisions[0].children][:2] == [
        "The Ministry of Defence of Ormesh,",
        "and",
    ]


NOTES = (
    "Treaty Series No. 17 (1972)",
    "Exchange of Notes",
    "between the Government of Ormesh and the Government of Veldavia",
    "concerning the Use of the Airfield at Orl",
    "Orl, 5 and 9 June 1971",
    "[The Exchange of Notes entered into force on 9 June 1971]",
    "No. 1",
    "The Ambassador of Ormesh at Orl to the Minister of External Affairs of Veldavia",
    "Orl, 5 June 1971",
    "Sir,",
    "I have the honour to propose that aircraft of Ormesh may use the airfield.",
    "If this is acceptable, this Note and your reply shall constitute an agreement which shall enter into force on the "
    "date of your reply.",
    "A. B. Carter",
    "No. 2",
    "The Minister of External Affairs of Veldavia to the Ambassador of Ormesh",
    "Orl, 9 June 1971",
    "Excellency,",
    "I have the honour to acknowledge your Note of 5 June 1971. I confirm that the foregoing is acceptable.",
    "C. D. Ewing",
)


def test_the_cover_of_an_exchange_of_notes_is_none_of_its_notes() -> None:
    found = _read(*NOTES)
    assert [document.role for document in found.documents if document.provisions] == ["offer-note", "reply-note"]
    assert [(s.date, s.place) for s in found.signings] == [("1971-06-05", "Orl"), ("1971-06-09", "Orl")]
    assert found.entry_into_force
    assert found.entry_into_force.date == "1971-06-09"


def test_the_name_of_who_signs_is_no_lettered_paragraph() -> None:
    texts = [p.text for document in _read(*NOTES).documents for p in document.walk()]
    assert {"A. B. Carter", "C. D. Ewing"} <= {*texts}
    listed = _read("Article 1", "Fees are due for:", "A. Landing", "B. Parking", "C. Towing")
    assert [number for number, _, _ in _rows(listed, "paragraph")] == ["A.", "B.", "C."]


@pytest.mark.parametrize(
    "note",
    ["1 Came into force on 3 May 1957 by signature.", "__________\n1 Came into force on 3 May 1957 by signature."],
)
def test_what_a_treaty_series_prints_around_the_text_gives_its_dates(note: str) -> None:
    title = "AGREEMENT1 BETWEEN ORMESH AND VELDAVIA CONCERNING TRANSIT. SIGNED AT ORL, ON 3 MAY 1957"
    opening = (
        "Ormesh and Veldavia,",
        "Have agreed as follows:",
        "Article 1",
        "Troops may pass.",
        "Article 2",
        "All pay.",
    )
    found = _read("No. 1234", title, *([*opening, note] if "__" in note else [note, *opening]))
    assert found.title == "AGREEMENT BETWEEN ORMESH AND VELDAVIA CONCERNING TRANSIT"
    assert [(s.date, s.place) for s in found.signings] == [("1957-05-03", "Orl")]
    assert found.entry_into_force
    assert found.entry_into_force.date == "1957-05-03"


# ---------------------------------------------------------------------- numbers of other scripts


@pytest.mark.parametrize(
    ("head", "items"),
    [
        ("Статья 1", ["а) обучение;", "б) учения;", "в) транзит;", "г) тыл."]),
        ("Стаття 1", ["а) навчання;", "б) транзит;", "в) тил;", "г) зв’язок;", "ґ) ремонт."]),
        ("Άρθρο 1", ["α) εκπαίδευση·", "β) ασκήσεις."]),
        ("المادة الأولى", ["أ- التدريب.", "ب- المناورات.", "ج- النقل."]),
        ("المادة الأولى", ["1- يتحمل كل طرف نفقاته.", "2- لا تفرض رسوم."]),
        ("第一条", ["一、双方开展合作。", "二、合作包括训练。"]),
        ("第一条", ["（一）训练；", "（二）演习。"]),
        ("第一条", ["１　両国は、物品を提供する。", "２　決済は一年以内に行う。"]),
    ],
)
def test_lists_are_numbered_in_every_script(head: str, items: list[str]) -> None:
    found = _read(head, *items)
    rows = _rows(found, "paragraph")
    assert len(rows) == len(items)
    for (number, _, text), item in zip(rows, items, strict=True):
        assert item.replace(" ", "").replace("\u3000", "") == f"{number}{text}".replace(" ", "")


def test_an_article_put_in_between_two_has_a_number_of_its_own() -> None:
    found = _read(
        "第一条", "物品とは燃料をいう。", "第一条の二", "輸送は別に定める。", "第二条", "署名の日に効力を生ずる。"
    )
    printed = [p.labelled() for p in found.documents[0].walk() if p.kind == "article"]
    assert printed == ["第一条", "第一条の二", "第二条"]
    assert len({p.number for p in found.documents[0].walk() if p.kind == "article"}) == 3


# ---------------------------------------------------------------------- titles, parties, closings


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Accord relatif au statut de leurs forces", "sofa"),
        ("Abkommen über die Rechtsstellung ihrer Streitkräfte", "sofa"),
        ("Acuerdo sobre el estatuto de las fuerzas", "sofa"),
        ("Umowa o wzmocnionej współpracy obronnej", "dca"),
        ("Convenio sobre cooperación en materia de defensa", "dca"),
        ("Соглашение о транзите военных грузов", "transit"),
        ("物品又は役務の相互の提供に関する協定", "acsa"),
        ("Accord relatif au statut juridique des réfugiés", "other"),
        ("Convention sur le transit des marchandises", "other"),
        ("Accord relatif au statut des personnels civils de l’aviation", "other"),
    ],
)
def test_titles_in_other_languages_give_their_family(title: str, family: str) -> None:
    assert by_title(title) == family


@pytest.mark.parametrize(
    ("code", "title", "parties"),
    [
        (
            "fr",
            "ACCORD ENTRE LA RÉPUBLIQUE DE CORVIE ET LE ROYAUME DE LYS SUR LE TRANSIT",
            ["RÉPUBLIQUE DE CORVIE", "ROYAUME DE LYS"],
        ),
        (
            "de",
            "Abkommen zwischen der Regierung der Republik Veldavien und der Regierung der Republik Lorn über Transit",
            ["Republik Veldavien", "Republik Lorn"],
        ),
        (
            "ru",
            "Соглашение между Правительством Республики Велдавии и Правительством Республики Сорании о транзите",
            ["Республики Велдавии", "Республики Сорании"],
        ),
        ("fr", "Accord entre les musées de Corvie et les amis de Lys sur le prêt", []),
    ],
)
def test_parties_that_no_table_knows_are_named_where_it_is_plain(code: str, title: str, parties: list[str]) -> None:
    assert [party.name for party in from_title(title, code)] == parties


def test_governments_that_are_named_together_are_parties_each() -> None:
    found = _read(
        "PREAMBLE",
        "The Governments of Brenn, Carrow and Lord,",
        "AGREE as follows:",
        "ARTICLE 1",
        "All pay.",
        "ARTICLE 2",
        "All visit.",
    )
    assert [party.name for party in found.parties] == ["Brenn", "Carrow", "Lord"]


AMENDMENT = (
    "AMENDMENT NO. 2\nTO THE\nACQUISITION AND CROSS-SERVICING AGREEMENT\nBETWEEN\nTHE DEPARTMENT OF DEFENSE OF ORMESH\n"
    "AND\nTHE MINISTRY OF DEFENCE OF VELDAVIA",
    "WHEREAS the Parties concluded the Acquisition and Cross-Servicing Agreement signed on 4 May 2001, as amended on 6 "
    'June 2005 (the "ACSA");',
    "NOW THEREFORE the Parties agree:",
    "1. Article V.3 of the ACSA is deleted in its entirety and replaced with:",
    '"3. Payment is due in 30 days."',
    '2. In Article IX, the words "ten years" are replaced by "fifteen years".',
    "3. Annex B is deleted.",
    "4. This Amendment enters into force upon the last signature.",
    "FOR THE DEPARTMENT OF DEFENSE          FOR THE MINISTRY OF DEFENCE",
    "Signature: ________    Signature: ________",
    "Date: 1 February 2011    Date: 15 February 2011",
    "Place: Orl     Place: Lorn",
)


def test_an_amendment_is_not_taken_for_the_agreement_that_it_changes() -> None:
    found = _read(*AMENDMENT)
    assert found.title.startswith("AMENDMENT NO. 2 TO THE ACQUISITION AND CROSS-SERVICING AGREEMENT")
    assert [(e.action, e.path) for e in found.effects] == [
        ("replaces", "V.3"),
        ("amends", "IX"),
        ("deletes", "annex-b"),
    ]
    assert [(r.kind, r.title) for r in found.relations] == [
        ("amends", "Acquisition and Cross-Servicing Agreement signed on 4 May 2001")
    ]
    assert found.entry_into_force
    assert found.entry_into_force.formula == "2"
    assert [(s.date, s.place) for s in found.signings] == [("2011-02-01", "Orl"), ("2011-02-15", "Lorn")]


def test_signatures_name_their_places_behind_the_days() -> None:
    found = _read(
        ORMESH,
        "Article 1",
        "Troops may pass.",
        "Article 2",
        "All pay.",
        "For the Commander:               For the Chief of Defence:",
        "Col. J. Doe                      Brig. Gen. A. Roe",
        "5 June 2002, Orl                 1 July 2002, Lorn",
    )
    assert [(s.date, s.place) for s in found.signings] == [("2002-06-05", "Orl"), ("2002-07-01", "Lorn")]


def test_what_an_arrangement_is_made_under_belongs_to_its_title() -> None:
    found = _read(
        "IMPLEMENTING ARRANGEMENT\nbetween the Commander of Ormesh and the Chief of Defence of Veldavia\n"
        "pursuant to Article V of the Agreement of 3 June 2001",
        "I. PURPOSE",
        "A. It sets procedures.",
        "B. It is subordinate.",
        "II. ORDERS",
        "A. Orders are written.",
    )
    assert found.title.endswith("pursuant to Article V of the Agreement of 3 June 2001")
    assert [(number, heading) for number, heading, _ in _rows(found, "paragraph")] == [
        ("I.", "PURPOSE"),
        ("II.", "ORDERS"),
    ]


def test_a_supplementary_agreement_acts_on_the_one_that_its_title_names_and_a_run_means_each_of_it() -> None:
    found = _read(
        "SUPPLEMENTARY AGREEMENT to the Agreement of 5 June 1990 between Ormesh and Veldavia on the Status of Forces",
        "Article 1",
        "1. Article 7(2)(b) of the Agreement shall read as follows:",
        '"(b) all pay."',
        '2. In Article 9, paragraphs 2 to 4, of the Agreement, the word "fee" is replaced by "charge".',
        "3. Articles XII through XV and XX of the Agreement are repealed.",
        "4. A new Annex C is added to the Agreement.",
    )
    assert [(e.action, e.path) for e in found.effects] == [
        ("replaces", "7.2.b"),
        *(("amends", f"9.{number}") for number in (2, 3, 4)),
        *(("deletes", number) for number in ("XII", "XIII", "XIV", "XV", "XX")),
        ("adds", "annex-c"),
    ]
    assert {relation.kind for relation in found.relations} == {"amends", "supplements"}


def test_what_a_title_ends_with_in_other_languages_depends_on_nothing_that_follows_on_the_term() -> None:
    found = _read(
        "ACORDO ENTRE A REPÚBLICA PORTUGUESA E A REPÚBLICA DE CABO VERDE NO DOMÍNIO DA DEFESA",
        "Artigo 1.º",
        "1 - A cooperação compreende:",
        "a) Formação;",
        "b) Exercícios.",
        "2 - As Partes suportam os seus custos.",
        "Artigo 2.º",
        "O presente Acordo entra em vigor na data da recepção da última notificação e vigora por períodos de "
        "três anos, salvo se uma das Partes o denunciar com a antecedência de seis meses.",
        "Feito na Praia, em 15 de Junho de 2006, em dois originais, em língua portuguesa.",
    )
    assert found.entry_into_force
    assert (found.entry_into_force.formula, found.entry_into_force.condition) == ("4", "")
    assert [(s.date, s.place) for s in found.signings] == [("2006-06-15", "Praia")]
    assert [number for number, _, _ in _rows(found, "paragraph")] == ["1 -", "2 -"]


def test_heads_tell_the_language_of_a_short_text() -> None:
    found = _read(
        "UGOVOR O STATUSU SNAGA",
        "Članak 1.",
        "(1) Ovaj Ugovor uređuje status snaga.",
        "(2) Vrijedi za vježbe.",
        "Članak 2.",
        "Ugovor stupa na snagu danom potpisivanja.",
        "Sastavljeno u Zagrebu dana 4. svibnja 2004. godine u dva izvornika.",
    )
    assert found.documents[0].language == "hr"
    assert [s.date for s in found.signings] == ["2004-05-04"]
