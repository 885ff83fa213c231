from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from agreements.library import parse_file
from agreements.parsing import Parsed
from agreements.reading.blocks import Block
from agreements.reference import places

MAIN = (
    "# Agreement between Orlenia and Vestmark on visits",
    "The Parties have agreed as follows:",
    "# Article 1",
    "Visits are free.",
    "DONE at Lorn, 3 May 2004.",
)


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (["# ANNEX A", "# Forms", "Use the form."], ("annex", "A", "ANNEX A Forms"), "a lettered annex with heading"),
        (["# Annex", "Use the form."], ("annex", None, "Annex"), "the only annex has no number"),
        (["^ ANNEX II", "Use the form."], ("annex", "II", "ANNEX II"), "centred, Roman"),
        (["# Appendix 1 to Annex A", "Use it."], ("appendix", "1", "Appendix 1 to Annex A"), "an appendix"),
        (["# Schedule 2", "Use it."], ("annex", "2", "Schedule 2"), "a schedule is an annex by another name"),
        (
            ["# PROTOCOL", "It is understood that guests are few."],
            ("protocol", None, "PROTOCOL"),
            "after the signatures",
        ),
        (["# Agreed Minutes", "The Parties met."], ("agreed-minutes", None, "Agreed Minutes"), "minutes"),
        (
            ["# Memorandum of Understanding on beds", "Beds are made."],
            ("implementing-arrangement", None, "Memorandum of Understanding on beds"),
            "an arrangement under the agreement",
        ),
    ],
)
def test_what_follows_the_main_text(
    parsed: Callable[..., Parsed], lines: list[str], expected: tuple[str, str | None, str], why: str
) -> None:
    documents = parsed(*MAIN, *lines).agreement.documents
    assert [(d.role, d.number, d.title) for d in documents[1:]] == [expected], why
    assert documents[1].provisions, why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Annex A shall apply to all visits.", "a sentence"),
        ("Annexes to this Agreement form part of it.", "a sentence on all annexes"),
        ("Appendix 1, which follows, is binding.", "a comma follows"),
        ("Protocol officers attend.", "the word in another sense"),
    ],
)
def test_sentences_open_no_instrument(parsed: Callable[..., Parsed], line: str, why: str) -> None:
    assert len(parsed(*MAIN[:4], line, "More words.").agreement.documents) == 1, why


def test_the_heading_of_an_article_opens_no_annex(parsed: Callable[..., Parsed]) -> None:
    documents = parsed(*MAIN[:4], "# Article 2", "# Annexes", "There are two.").agreement.documents
    assert len(documents) == 1
    assert documents[0].provisions[-1].heading == "Annexes"


def test_an_appendix_to_an_annex_is_its_own(outlines: Callable[..., dict[str, list[str]]]) -> None:
    found = outlines(*MAIN, "# Annex B", "Forms are free.", "Appendix 1 to Annex B", "Use it.")
    assert found == {**found, "annex B": ["text Forms are free."], "appendix 1": ["text Use it."]}


def test_articles_of_an_annex_start_again(outlines: Callable[..., dict[str, list[str]]]) -> None:
    found = outlines(*MAIN, "# Annex A", "# Article 1", "Forms are free.")
    assert found["annex A"] == ["article 1 Forms are free."]


OFFER = "Excellency, I have the honour to propose that visits between our countries be free."
REPLY = "Excellency, I have the honour to acknowledge receipt of your note and to accept it."


def test_an_exchange_of_notes(outlines: Callable[..., dict[str, list[str]]]) -> None:
    assert outlines(
        "# No. I", "EMBASSY OF ORLENIA", "Lorn, 3 May 2004", OFFER, "1. Guests shall knock.", "2. Hosts shall open.",
        "Accept, Excellency, my good wishes.", "# No. II", "Lorn, 4 May 2004", REPLY,
    ) == {
        "offer-note": [
            "text EMBASSY OF ORLENIA",
            "text Lorn, 3 May 2004",
            f"text {OFFER}",
            "paragraph 1. Guests shall knock.",
            "paragraph 2. Hosts shall open.",
            "text Accept, Excellency, my good wishes.",
        ],
        "reply-note": ["text Lorn, 4 May 2004", f"text {REPLY}"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "why"),
    [
        (("# I", "# II"), "bare Roman numbers, set apart"),
        (("Nr. I", "Nr. II"), "with the word, not set apart"),
        (("# Note 1", "# Note 2"), "Arabic"),
        ((None, "# Nr. II"), "the first note has no head"),
    ],
)
def test_heads_of_notes(outlines: Callable[..., dict[str, list[str]]], heads: tuple[str | None, str], why: str) -> None:
    lines = [x for x in (heads[0], OFFER, heads[1], REPLY) if x]
    assert list(outlines(*lines)) == ["offer-note", "reply-note"], why


def test_numbered_points_of_a_note_are_no_notes(outlines: Callable[..., dict[str, list[str]]]) -> None:
    found = outlines(OFFER, "# I", "Guests shall knock.", "# II", "Hosts shall open.")
    assert found == {
        "offer-note": [f"text {OFFER}", "paragraph I Guests shall knock.", "paragraph II Hosts shall open."]
    }


@pytest.mark.parametrize("head", ["# No. I", None])
def test_the_title_over_an_exchange_is_the_title_of_the_agreement(
    parsed: Callable[..., Parsed], head: str | None
) -> None:
    title = "# Exchange of notes between Orlenia and Vestmark on visits"
    found = parsed(*(x for x in (title, head, OFFER, "# No. II", REPLY) if x)).agreement
    assert found.title == title.removeprefix("# ")
    assert [d.role for d in found.documents] == ["offer-note", "reply-note"]


def test_two_languages_are_two_documents(parsed: Callable[..., Parsed]) -> None:
    def line(language: str, text: str) -> Block:
        return Block(text, kind="heading" if text.startswith("Art") else "paragraph", language=language)

    rows = [
        *[("en", "Article 1"), ("en", "Visits are free."), ("nl", "Artikel 1"), ("nl", "Bezoek is vrij.")],
        *[("en", "Article 2"), ("en", "Costs are shared."), ("nl", "Artikel 2"), ("nl", "Kosten delen wij.")],
    ]
    documents = parsed(*(line(*row) for row in rows)).agreement.documents
    assert [(d.language, [p.number for p in d.provisions]) for d in documents] == [
        ("en", ["1", "2"]),
        ("nl", ["1", "2"]),
    ]
    assert [p.text for p in documents[1].provisions] == ["Bezoek is vrij.", "Kosten delen wij."]


CLOSE = "Accept, Excellency, the renewed assurances of my highest consideration."


@pytest.mark.parametrize(
    ("lines", "second", "why"),
    [
        (
            ["Lorn, 3 May 2004", OFFER, CLOSE, "A. Vell", "Lorn, 9 May 2004", REPLY, CLOSE],
            "Lorn, 9 May 2004",
            "each dated at its head",
        ),
        (
            ["No. 214/61", OFFER, CLOSE, "Lorn, 3 May 2004", "No. 22/88", REPLY, CLOSE, "Lorn, 9 May 2004"],
            "No. 22/88",
            "each dated at its end",
        ),
        (
            ["Dear Minister,", "I refer to our talks.", "Yours sincerely,", "A. Vell", "Lorn, 3 May 2004",
             "Dear Ambassador,", "Thank you for your letter of 3 May 2004.", "Yours sincerely,", "B. Holm"],
            "Dear Ambassador,",
            "letters",
        ),
        (
            ["The Embassy of Orlenia presents its compliments to the Ministry and proposes the following.",
             "The Embassy renews to the Ministry the assurances of its highest consideration.", "Lorn, 3 May 2004",
             "The Ministry presents its compliments to the Embassy and accepts the proposals."],
            "The Ministry presents its compliments to the Embassy and accepts the proposals.",
            "in the third person",
        ),
    ],
)  # fmt: skip
def test_a_reply_without_a_head(
    outlines: Callable[..., dict[str, list[str]]], lines: list[str], second: str, why: str
) -> None:
    found = outlines(*lines)
    assert list(found) == ["offer-note", "reply-note"], why
    assert found["reply-note"][0] == f"text {second}", why


def test_a_note_that_the_reply_repeats_opens_no_third(outlines: Callable[..., dict[str, list[str]]]) -> None:
    quoted = ["Excellency, I have the honour to acknowledge your note, which reads as follows:", OFFER, CLOSE]
    lines = [OFFER, CLOSE, "A. Vell", *quoted, "I have the honour to agree.", CLOSE]
    assert list(outlines(*lines)) == ["offer-note", "reply-note"]


def test_the_line_that_says_who_writes_to_whom(parsed: Callable[..., Parsed]) -> None:
    first, second = "The Norwegian Ambassador to the Minister of War", "The Minister of War to the Norwegian Ambassador"
    found = parsed(first, "Lorn, 3 May 2004", OFFER, CLOSE, second, "Lorn, 9 May 2004", REPLY).agreement
    assert [(d.role, d.title) for d in found.documents] == [("offer-note", first), ("reply-note", second)]
    assert found.title == ""


def test_a_number_over_the_line_that_says_who_writes_to_whom_is_one_head(parsed: Callable[..., Parsed]) -> None:
    title = "# Exchange of letters between Norway and Chile on visits"
    lines = (title, "# I", "The Norwegian Ambassador to the Minister of War", "Lorn", "3 May 2004", OFFER, CLOSE,
             "# II", "The Minister of War to the Norwegian Ambassador", "Lorn", "9 May 2004", REPLY)  # fmt: skip
    found = parsed(*lines).agreement
    assert [d.role for d in found.documents if d.provisions] == ["offer-note", "reply-note"]
    assert [signing.date for signing in found.signings] == ["2004-05-03", "2004-05-09"]


@pytest.mark.parametrize(
    ("said", "day", "why"),
    [
        ("which will enter into force on the date of your reply", "2004-05-09", "its day"),
        ("which enters into force on the date of receipt of your reply", None, "another day"),
        ("which will enter into force on the date of your reply, provided that parliament agrees", None, "conditional"),
    ],
)
def test_notes_enter_into_force_by_the_day_of_the_reply(
    parsed: Callable[..., Parsed], said: str, day: str | None, why: str
) -> None:
    offer = f"{OFFER} This note and your reply will be regarded as an agreement {said}."
    entry = parsed("Lorn, 3 May 2004", offer, CLOSE, "Lorn, 9 May 2004", REPLY).agreement.entry_into_force
    assert entry is not None
    assert entry.date == day, why


def test_parties_of_notes_that_no_table_knows(parsed: Callable[..., Parsed]) -> None:
    offer = f"{OFFER} The Government of Norway and the Government of Vestmark agree."
    found = parsed("Lorn, 3 May 2004", offer, CLOSE, "Lorn, 9 May 2004", REPLY).agreement
    assert [party.code or party.name for party in found.parties] == ["NOR", "Vestmark"]


@pytest.mark.parametrize("look", ["plain", "bold"])
def test_the_head_of_a_column_is_no_annex_unless_it_is_set_as_one(tmp_path: Path, look: str) -> None:
    made = docx.Document()
    for line in ("ARTICLE I", "1. Payment is made in four parts:"):
        made.add_paragraph(line)
    table = made.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run("Schedule").bold = look == "bold"
    inner = table.cell(0, 1).add_table(2, 2)
    for at, words in enumerate(("March", "25 percent", "September", "75 percent")):
        inner.cell(at // 2, at % 2).text = words
    for line in ("2. Payment is made in dollars.", "ARTICLE II", "This Arrangement takes effect today."):
        made.add_paragraph(line)
    made.save(str(tmp_path / "payments.docx"))
    agreement = parse_file(tmp_path / "payments.docx").agreement
    assert [document.role for document in agreement.documents] == (["main"] if look == "plain" else ["main", "annex"])
    if look == "plain":
        assert [place.path for place in places(agreement) if place.provision.kind == "article"] == ["I", "II"]
