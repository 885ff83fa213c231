from collections.abc import Callable

import pytest

from agreements.model import Agreement
from agreements.parsing import Parsed, term_notices

Parse = Callable[..., Parsed]


def agreement(
    parsed: Parse, *, title: str = "Agreement on visits", body: str = "Visits are free.", end: str = ""
) -> Agreement:
    lines = [f"# {title}", "The Parties have agreed as follows:", "# Article 1", body, *([end] if end else [])]
    return parsed(*lines).agreement


@pytest.mark.parametrize(
    ("title", "codes", "why"),
    [
        ("Agreement between the Kingdom of Norway and Japan on visits", ["NOR", "JPN"], "two States"),
        (
            "AGREEMENT BETWEEN THE GOVERNMENTS OF JAPAN AND OF CHILE CONCERNING VISITS TO PERU",
            ["JPN", "CHL"],
            "subject",
        ),
        ("Agreement among Japan, Chile and Peru regarding visits", ["JPN", "CHL", "PER"], "three"),
        (
            "Agreement between the Netherlands, in respect of Aruba, and Japan on visits",
            ["NLD", "JPN"],
            "part of a State",
        ),
        (
            "Agreement to supplement the Agreement between Japan and Chile on visits",
            [],
            "the title of another agreement",
        ),
        ("Convention on visits", [], "no parties named"),
        ("Agreement between the Ministry of Works and the Harbour Board on visits", ["", ""], "no States named"),
        ("Agreement between the Parties to the North Atlantic Treaty on visits", ["NATO"], "a group"),
    ],
)
def test_parties_of_the_title(parsed: Parse, title: str, codes: list[str], why: str) -> None:
    assert [party.code for party in agreement(parsed, title=title).parties] == codes, why


def test_parties_of_the_preamble_when_the_title_is_silent(parsed: Parse) -> None:
    found = parsed(
        "# Agreement on visits",
        "The Government of Japan and the Government of Chile, desiring to honour the Peru Pact,",
        "Have agreed as follows:",
        "# Article 1",
        "Visits are free.",
    )
    assert [(p.code, p.name) for p in found.agreement.parties] == [("JPN", "Japan"), ("CHL", "Chile")]
    assert [(e.field, e.path) for e in found.evidence if e.field == "parties"] == [("parties", "preamble.1")]


def test_parties_of_notes_are_the_two_governments_that_speak(parsed: Parse) -> None:
    offer = (
        "The Embassy of Japan presents its compliments to the Ministry of Foreign Affairs of Chile and proposes that"
        " the Government of Japan and the Government of Chile share costs."
    )
    reply = "The Ministry of Foreign Affairs of Chile presents its compliments to the Embassy of Japan and agrees."
    found = parsed("# No. I", offer, "# No. II", reply).agreement
    assert {party.code for party in found.parties} == {"JPN", "CHL"}
    assert found.form == "exchange-of-notes"


def test_three_governments_in_notes_are_not_guessed_at(parsed: Parse) -> None:
    offer = "Excellency, the Government of Japan, the Government of Chile and the Government of Peru met." * 3
    assert not parsed("# No. I", offer, "# No. II", "Excellency, I agree.").agreement.parties


@pytest.mark.parametrize(
    ("end", "signings", "why"),
    [
        ("DONE at Lorn, in duplicate, this 3rd day of May 2004.", [("2004-05-03", "Lorn")], "one place, one date"),
        ("Done at the Hague on 3 May 2004.", [("2004-05-03", "The Hague")], "the article in lower case"),
        ("DONE in triplicate at New Lorn on 3 May 2004.", [("2004-05-03", "New Lorn")], "`in triplicate` is no place"),
        (
            "Signed at Lorn on 3 May 2004 and at Sund on 7 June 2004.",
            [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")],
            "two places, two dates",
        ),
        ("DONE in duplicate.", [], "nothing stated"),
        ("", [], "no testimonium"),
    ],
)
def test_signings(parsed: Parse, end: str, signings: list[tuple[str, str]], why: str) -> None:
    assert [(s.date, s.place) for s in agreement(parsed, end=end).signings] == signings, why


@pytest.mark.parametrize(
    ("end", "signings"),
    [
        ("Done at Lorn and Sund on 5 and 9 May 2004.", [("2004-05-05", "Lorn"), ("2004-05-09", "Sund")]),
        ("Signed at Lorn on 5 May 2004 and Sund on 9 May 2004.", [("2004-05-05", "Lorn"), ("2004-05-09", "Sund")]),
        ("Done at Lorn and Sund on 5 May 2004.", [("2004-05-05", "Lorn and Sund")]),
        ("Done at Lorn and signed on 5 May 2004.", [("2004-05-05", "Lorn")]),
    ],
)
def test_each_day_has_its_own_place(parsed: Parse, end: str, signings: list[tuple[str, str]]) -> None:
    assert [(s.date, s.place) for s in agreement(parsed, end=end).signings] == signings


def test_dates_of_other_treaties_in_the_text_are_no_signings(parsed: Parse) -> None:
    assert not agreement(parsed, body="The Treaty signed at Lorn on 3 May 1994 stands.").signings


def test_signings_of_notes(parsed: Parse) -> None:
    offer = "EMBASSY OF JAPAN Lorn, May 3, 2004 Excellency: I have the honor to recall the pact of 1 June 1990."
    reply = "Excellency, I have the honor to acknowledge receipt of your note of May 3, 2004. Sund, 7 June 2004"
    found = parsed("# No. I", offer, "# No. II", reply).agreement
    assert [(s.date, s.place) for s in found.signings] == [("2004-05-03", "Lorn"), ("2004-06-07", "Sund")]


def test_notes_of_one_day_and_place_are_one_signing(parsed: Parse) -> None:
    offer = "EMBASSY OF JAPAN The Hague, May 3, 2004 Excellency: I have the honor to recall the pact of 1 June 1990."
    reply = "No 107The Hague, 3 May 2004. Excellency, I have the honor to acknowledge receipt of your note of today."
    found = parsed("# No. I", offer, "# No. II", reply).agreement
    assert [(s.date, s.place) for s in found.signings] == [("2004-05-03", "The Hague")]


def test_a_number_of_the_file_before_the_date_of_a_note_is_no_place(parsed: Parse) -> None:
    found = parsed("# No. I", "EMBASSY Doc4b, 3 May 2004 Excellency: I have the honor to propose this.").agreement
    assert [(s.date, s.place) for s in found.signings] == [("2004-05-03", "")]


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Treaty of friendship", "treaty"),
        ("Convention on visits", "agreement"),
        ("Protocol to the Treaty of friendship", "protocol"),
        ("Memorandum of Understanding on visits", "mou"),
        ("Implementing Arrangement under the Agreement on visits", "implementing-arrangement"),
        ("Agreement under the Treaty of friendship", "agreement"),
        ("Charter of the Harbour Board", None),
        ("Understanding on the Treaty of friendship", None),
        ("Joint Declaration on the Agreement on visits", None),
        ("Covenant on visits", "agreement"),
    ],
)
def test_form_by_title(parsed: Parse, title: str, form: str | None) -> None:
    assert agreement(parsed, title=title).form == form


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Agreement between Norway and Bermuda (as authorised by the Government of the United Kingdom) on tents",
         ["NOR", "BMU"]),
        ("Treaty between Norway and the United Kingdom of Great Britain and Nothern Ireland on axes", ["NOR", "GBR"]),
        ("Agreement between Norway, Chile and Ireland on tents", ["NOR", "CHL", "IRL"]),
    ],
)  # fmt: skip
def test_parties_are_neither_who_gave_leave_nor_half_a_misprinted_name(
    parsed: Parse, title: str, codes: list[str]
) -> None:
    assert [party.code for party in agreement(parsed, title=title).parties] == codes


def test_form_by_what_the_text_calls_itself(parsed: Parse) -> None:
    body = "This MOU is short. This MOU is clear. Under this MOU visits are free."
    assert parsed("# Article 1", body).agreement.form == "mou"
    assert parsed("# Article 1", "This Treaty may or may not be this Agreement.").agreement.form is None


@pytest.mark.parametrize(
    ("body", "term"),
    [
        ("This Agreement shall remain in force for five years.", "five years"),
        ("This Agreement shall be in force for a period of six months.", "six months"),
        ("After this Agreement has been in force for five years, either Party may denounce it.", ""),
        ("If fewer than five States have been Parties for a period of one year, this Agreement ceases.", ""),
    ],
)
def test_a_term_is_what_shall_last_and_not_what_has_passed(parsed: Parse, body: str, term: str) -> None:
    assert agreement(parsed, body=body).term == term


@pytest.mark.parametrize(
    ("body", "months", "why"),
    [
        ("Either Party may terminate this Agreement on six months' written notice.", 6, "notice of"),
        ("This Agreement shall terminate six months after receipt of a notice of termination.", 6, "after receipt"),
        ("This Agreement may be denounced; the denunciation takes effect one year after its receipt.", 12, "a year"),
        ("This Agreement may be terminated by giving at least 180 days notice in writing.", 6, "180 days"),
        ("It remains in force unless terminated by either Party on 30 days written notice.", 1, "30 days"),
        ("This Agreement may be terminated by giving twelve (12) months' prior notice.", 12, "words and figures"),
        ("This Agreement may be terminated on 45 days' notice.", None, "no whole months: silence"),
        ("This Agreement remains in force for ten years.", None, "a term is no notice"),
        (
            "After the expiry of five years from its entry into force either Party may denounce this Agreement.",
            None,
            "a time from the entry into force",
        ),
        ("Employment contracts may be terminated on two months' notice.", None, "another contract"),
        (
            "The mandate of the joint boards set up under this Agreement shall terminate not later than three months"
            " after it enters upon its duties.",
            None,
            "the mandate of a board",
        ),
        (
            "The tenure of the chairman of the Agreement's commission shall end upon four months' notice; it may be"
            " terminated by the Council.",
            None,
            "an office",
        ),
        (
            "Either Party, if it finds that the aims of this Agreement are no longer met, may terminate it on four"
            " months' notice.",
            4,
            "a party, named far before the verb",
        ),
        (
            "The validity of this Agreement shall terminate four months after the notice of either Party.",
            4,
            "the validity of the agreement",
        ),
        (
            "With respect to investments made before the termination of this Agreement it shall continue to be"
            " effective for twenty years after that date.",
            None,
            "what goes on after the end",
        ),
        (
            "This Agreement shall enter into force on the first day of the second month following the notices and"
            " remain in force until terminated.",
            None,
            "a period to its beginning",
        ),
        (
            "Either Party may terminate this Agreement at any time after it enters into force on six months' notice.",
            6,
            "a beginning named after the end",
        ),
        (
            "A Party shall notify others of the withdrawal of its declaration on this Agreement three months after it.",
            None,
            "a declaration",
        ),
        (
            "This Agreement may be terminated on six months' notice. It may be terminated on three months' notice.",
            None,
            "two answers: silence",
        ),
    ],
)
def test_notice_of_termination(parsed: Parse, body: str, months: int | None, why: str) -> None:
    assert agreement(parsed, body=body).termination_notice_months == months, why


RENEWED = "This Agreement remains in force for two years. It shall be extended for periods of one year each, "
ENDS = "This Agreement remains in force for two years. "


@pytest.mark.parametrize(
    ("body", "end", "extension", "why"),
    [
        (f"{RENEWED}unless a Party says otherwise at least ninety (90) days before the current period ends. Either"
         " Party may terminate this Agreement. Termination takes effect sixty (60) days after the notice.",
         (90, "days", True), None, "the notice that is counted back from the end of the term, beside another"),
        (f"{RENEWED}unless either Party gives notice six months before the end of the initial period.",
         (6, "months", True), None, "the end of a period"),
        ("This Memorandum remains in effect for three (3) years. It is continued for three (3) years each, unless a"
         " Participant says, at least six (6) months before the current period ends, that it does not wish it.",
         (6, "months", True), None, "said of it, in the present"),
        (f"{RENEWED}unless a Party objects. It may be terminated on 45 days' notice.", (45, "days", False), None,
         "the only notice, of one that goes on by itself"),
        ("This Agreement remains in force for ten years and thereafter until terminated on six months' notice.",
         (6, "months", False), None, "what goes on thereafter"),
        (f"{ENDS}Either Party may terminate this Agreement at any time on 180 days' notice.", None, None,
         "one that ends by itself: the notice is for an end before"),
        ("This Agreement shall remain in force until December 31, 2026, unless terminated earlier by sixty days of"
         " written notice.", None, None, "an earlier end"),
        (f"{ENDS}The United States may extend it once, for a further period of ten (10) years, by written notice"
         " received at least twelve (12) months before the initial period ends.", None, (12, "months", True),
         "a notice by which it is extended"),
        (f"{RENEWED}unless a Party says otherwise ten working days before the end of the period.", None, None,
         "days of work, whose day cannot be told"),
        (f"{RENEWED}unless a Party objects 90 days before the end of the period. This Agreement shall be renewed unless"
         " a Party objects 60 days before the end of the period.", None, None, "two answers: silence"),
        ("The lease shall be extended unless notice is given 90 days before the end of the lease period.", None, None,
         "another contract"),
        ("This Agreement shall be carried out. Reports are due 30 days before the end of the period.", None, None,
         "no end of the agreement"),
    ],
)  # fmt: skip
def test_the_notices_before_the_end_of_the_term(
    parsed: Parse, body: str, end: tuple[int, str, bool] | None, extension: tuple[int, str, bool] | None, why: str
) -> None:
    found = term_notices(agreement(parsed, body=body).documents)
    told = [each and (each.period.number, each.period.unit, each.is_counted_back) for each in found[:2]]
    assert told == [end, extension], why


@pytest.mark.parametrize(
    ("body", "months", "days"),
    [
        ("Either Party may terminate this Agreement on ninety (90) days' written notice.", 3, 90),
        ("This Agreement ends one hundred eighty days after a Party gives notice of its termination.", 6, 180),
        ("Either Party may terminate this Agreement on forty-five days' notice.", None, 45),
        ("Either Party may terminate this Agreement on six weeks' notice.", None, 42),
        ("Either Party may terminate this Agreement on six months' notice.", 6, None),
        ("Either Party may terminate this Agreement on sixty working days' notice.", None, None),
        (
            "This Agreement may be terminated on six months' notice. It may be terminated on 180 days' notice.",
            None,
            None,
        ),
    ],
)
def test_a_notice_of_days_is_kept_in_days(parsed: Parse, body: str, months: int | None, days: int | None) -> None:
    found = agreement(parsed, body=body)
    assert (found.termination_notice_months, found.termination_notice_days) == (months, days)


ENTRY = "This Agreement shall enter into force "


@pytest.mark.parametrize(
    ("body", "formula", "date", "why"),
    [
        (ENTRY + "upon signature.", "1", None, "signature"),
        (ENTRY + "on the date of the last signature.", "2", None, "last signature"),
        ("The notes constitute an agreement, which enters into force on the date of your reply.", "3", None, "reply"),
        (ENTRY + "on the date of the later note by which the Parties notify each other.", "4", None, "notification"),
        (ENTRY + "30 days after the Parties have notified each other.", "5a", None, "days after it"),
        (
            ENTRY + "on the first day of the second month that follows the month in which the later note is dated.",
            "5b",
            None,
            "first day of a month, in a clause",
        ),
        (
            ENTRY + "on the first day of the second month following the last notification.",
            "5b",
            None,
            "first day of a month",
        ),
        (ENTRY + "on 1 January 2015.", "6", "2015-01-01", "fixed date"),
        ("If this Agreement has not come into force by 1 January 2015, it lapses.", None, None, "what has not entered"),
        (ENTRY + "simultaneously with the Treaty of Lorn.", "7", None, "with another instrument"),
        (ENTRY + "on the exchange of ratifications.", "8", None, "ratification"),
        (
            "This Agreement shall be applied provisionally upon signature.",
            None,
            None,
            "provisional application is no entry",
        ),
        ("Amendments to this Agreement enter into force upon signature.", None, None, "amendments"),
        ("Visits are free.", None, None, "silence"),
    ],
)
def test_entry_into_force(parsed: Parse, body: str, formula: str | None, date: str | None, why: str) -> None:
    entry = agreement(parsed, body=body).entry_into_force
    assert (entry.formula if entry else None, entry.date if entry else None) == (formula, date), why


def test_duration_and_provisional_application_in_the_words_of_the_text(parsed: Parse) -> None:
    found = agreement(
        parsed,
        body="This Agreement shall be applied provisionally from today. This Agreement shall remain in force for a"
        " period of ten years and shall be extended for successive periods of five years.",
    )
    assert (found.term, found.renewal) == ("ten years", "successive periods of five years")
    assert found.provisional_application == "This Agreement shall be applied provisionally from today."


@pytest.mark.parametrize(
    ("body", "term", "notice"),
    [
        ("This Agreement may be terminated by either Party upon one year's written notice.", "", 12),
        ("This Agreement may be terminated by either Party on a month's notice.", "", 1),
        ("This Agreement shall have an initial term of ten years.", "initial term of ten years", None),
        ("This Agreement is concluded for a period of two years.", "two years", None),
        ("It is concluded for two years and is extended tacitly for further periods of a year.", "two years", None),
        ("The lease is void. If it is concluded for two years, it ends.", "", None),
    ],
)
def test_terms_and_notices_of_one(parsed: Parse, body: str, term: str, notice: int | None) -> None:
    found = agreement(parsed, body=body)
    assert (found.term, found.termination_notice_months) == (term, notice)


def test_what_follows_thereafter_is_said_of_the_same_agreement(parsed: Parse) -> None:
    body = "This Agreement shall remain in force for five years; thereafter it is renewed for further terms of a year"
    found = agreement(parsed, body=f"{body}.")
    assert (found.term, found.renewal) == ("five years", "further terms of a year")


@pytest.mark.parametrize(
    ("title", "last", "day"),
    [
        ("# Agreed Minutes to the Agreement on Piers", "Orl, October 6, 2021", "2021-10-06"),
        ("# Joint Statement on Piers", "Orl, 12 June 2022", "2022-06-12"),
        ("# Joint Statement on Piers", "The piers of Orl were built before 12 June 1922", None),
        ("# Agreement on Piers", "Orl, October 6, 2021", None),
    ],
)
def test_the_day_that_stands_alone_at_the_end_of_minutes(parsed: Parse, title: str, last: str, day: str | None) -> None:
    found = parsed(title, "1. Guests knock.", "2. Hosts open.", last).agreement
    assert [s.date for s in found.signings] == ([day] if day else [])


def test_languages_and_the_one_that_prevails(parsed: Parse) -> None:
    end = "DONE at Lorn in the English, Dutch and French languages. In case of doubt the English text shall prevail."
    found = agreement(parsed, end=end)
    assert (found.languages, found.prevailing_language) == (("en", "nl", "fr"), "en")
    silent = agreement(parsed, end="DONE at Lorn in the English and French languages.")
    assert silent.prevailing_language == ""


def test_family_only_where_the_title_makes_it_certain(parsed: Parse) -> None:
    assert agreement(parsed, title="Agreement on the Status of their Forces").family == "sofa"
    assert agreement(parsed, title="Acquisition and Cross-Servicing Agreement").family == "acsa"
    assert agreement(parsed, title="Agreement on the status of classified information").family == "other"


def test_evidence_gives_the_words_in_the_source(parsed: Parse) -> None:
    found = parsed(
        "# Agreement on visits",
        "# Article 1",
        "Visits are free.",
        "# Article 2",
        "Either Party may terminate this Agreement on six months' notice.",
        "DONE at Lorn on 3 May 2004.",
    )
    places = {(e.field, e.path, e.words) for e in found.evidence}
    assert (
        "termination_notice_months",
        "2",
        "Either Party may terminate this Agreement on six months' notice.",
    ) in places
    assert ("signings", "2.testimonium.1", "DONE at Lorn on 3 May 2004") in places


@pytest.mark.parametrize(
    ("opening", "codes", "why"),
    [
        ("The Canadian Embassy presents its compliments to the Ministry of Foreign Affairs of Norway.",
         ["CAN", "NOR"], "an adjective before an office in the formula of a note"),
        ("The Embassy presents its compliments to the Ministry and writes of Canadian Ministers in Norway.", [],
         "people are not who speaks"),
        ("The Canadian Embassy writes to the Ministry of Foreign Affairs of Norway.", [], "no formula"),
    ],
)  # fmt: skip
def test_offices_named_by_nationality(parsed: Parse, opening: str, codes: list[str], why: str) -> None:
    reply = "The Ministry of Foreign Affairs of Norway presents its compliments to the Canadian Embassy and agrees."
    if not codes:
        reply = "The Ministry of Foreign Affairs of Norway acknowledges receipt of the note and agrees."
    found = parsed("# Nr. I", opening, "# Nr. II", reply).agreement
    assert sorted(p.code for p in found.parties) == codes, why


@pytest.mark.parametrize(
    ("does", "title"),
    [
        ("gives notice that the Agreement is not to be extended", "Note of Norway Declining Renewal, 9 May 1960"),
        ("has completed its internal procedures",
         "Note of Norway Notifying the Completion of Procedures, 9 May 1960"),
        ("refers to the visit of the frigate", "Note of Norway of 9 May 1960"),
    ],
)  # fmt: skip
def test_a_note_alone_that_proposes_nothing_is_no_exchange(parsed: Parse, does: str, title: str) -> None:
    opening = (
        "The Embassy of Norway presents its compliments to the Ministry of Foreign Affairs of Canada and says that"
    )
    result = parsed(
        "No. 14", f"{opening} the Government of Norway {does}.",
        "The Embassy of Norway thanks the Government of Canada for its courtesy.",
        "The Embassy avails itself of this opportunity to renew the assurances of its highest consideration.",
        "Ottawa, 9 May 1960",
    )  # fmt: skip
    (said,) = [f.message for f in result.findings if f.code == "title-proposed"]
    assert "no exchange of notes" in said
    assert f"“{title}”" in said


def test_notes_without_a_title_have_one_proposed(parsed: Parse) -> None:
    result = parsed(
        "# Nr. I", "Oslo, 3 May 1960", "The Embassy of Canada has the honour to ask the Government of Norway.",
        "# Nr. II", "Oslo, 9 May 1960", "The Government of Norway has the honour to thank the Government of Canada.",
    )  # fmt: skip
    assert result.agreement.title == ""
    (said,) = [f.message for f in result.findings if f.code == "title-proposed"]
    assert (
        said == "The notes have no title. Proposed: "
        "“Exchange of Notes between Canada and Norway of 3 May 1960 and 9 May 1960”."
    )
