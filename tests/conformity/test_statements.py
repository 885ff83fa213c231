"""What a stretch of text states, in each language: by its value, in figures or in words."""

from decimal import Decimal

import pytest

from agreements.conformity.statements import begins_with_term, letter_place, refers_by_words, stated, terms


def values(text: str, code: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.day or "/".join(sorted(map(str, s.amounts))), s.unit) for s in stated(text, code)]


THIRTY = [("period", "30", "days")]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "within thirty (30) days"), ("en", "within 30 days"), ("en", "a thirty-day period"),
        ("fr", "dans les trente (30) jours"), ("fr", "30 jours"), ("es", "en el plazo de treinta (30) días"),
        ("de", "binnen dreißig (30) Tagen"), ("de", "eine dreißigtägige Frist"), ("nl", "binnen dertig (30) dagen"),
        ("it", "entro trenta (30) giorni"), ("pt", "no prazo de trinta (30) dias"),
        ("pl", "w terminie trzydziestu (30) dni"), ("pl", "trzydziestu dni"), ("ru", "в течение тридцати дней"),
        ("ar", "خلال ثلاثين (30) يوماً"), ("ar", "٣٠ يوماً"),
    ],
)  # fmt: skip
def test_a_period_is_one_in_figures_in_words_and_in_both(code: str, text: str) -> None:
    assert values(text, code) == THIRTY


@pytest.mark.parametrize(
    ("code", "text", "amount", "currency"),
    [
        ("en", "USD 1,500,000.50", "1500000.50", "USD"),
        ("fr", "1 500 000,50 dollars des États-Unis", "1500000.50", "USD"),
        ("de", "1.500.000,50 US-Dollar", "1500000.50", "USD"), ("fr", "deux millions d'euros", "2000000", "EUR"),
        ("en", "2.5 million euros", "2500000.0", "EUR"), ("pl", "75 000 euro", "75000", "EUR"),
        ("ar", "2500000 يورو", "2500000", "EUR"), ("es", "2.500.000 euros", "2500000", "EUR"),
    ],
)  # fmt: skip
def test_a_sum_is_read_by_the_signs_of_its_language(code: str, text: str, amount: str, currency: str) -> None:
    (found,) = stated(text, code)
    assert (found.kind, found.unit) == ("sum", currency)
    assert Decimal(amount) in found.amounts


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "paragraph 2(a) of Article VII"), ("en", "Article 7(2)(a)"), ("fr", "paragraphe 2 a) de l'article VII"),
        ("fr", "article 7, paragraphe 2, alinéa a)"), ("de", "Artikel 7 Absatz 2 Buchstabe a"),
        ("es", "letra a) del párrafo 2 del artículo 7"), ("nl", "artikel 7, tweede lid, onderdeel a"),
        ("pl", "artykułu 7 ustęp 2 litera a"), ("it", "lettera a) del paragrafo 2 dell'articolo 7"),
        ("ru", "подпункт a пункта 2 статьи 7"),
    ],
)  # fmt: skip
def test_a_reference_is_one_in_any_order(code: str, text: str) -> None:
    found = {(s.kind, int(min(s.amounts))) for s in stated(text, code)}
    assert {("article", 7), ("part", 2)} <= found
    assert found - {("article", 7), ("part", 2)} <= {("letter", 1), ("part", 1)}


def test_article_premier_and_a_reference_at_the_end_of_a_sentence() -> None:
    assert values("visé à l'article premier", "fr") == [("article", "1", "")]
    assert values("established by Article VI.", "en") == [("article", "6", "")]
    assert values("les dispositions de l'article III s'appliquent", "fr") == [("article", "3", "")]


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("fr", "le 1er octobre 2026", "2026-10-01"), ("en", "October 1, 2026", "2026-10-01"),
        ("es", "el 1 de octubre de 2026", "2026-10-01"), ("es", "el 1.º de octubre de 2026", "2026-10-01"),
        ("pt", "1.º de outubro de 2026", "2026-10-01"), ("it", "il 1° gennaio 2027", "2027-01-01"),
        ("nl", "op de dertiende mei in 2009", "2009-05-13"), ("de", "am 14. März 1998", "1998-03-14"),
        ("ar", "في 17 سبتمبر 2026", "2026-09-17"),
    ],
)  # fmt: skip
def test_dates_in_the_words_of_a_language(code: str, text: str, day: str) -> None:
    assert ("date", day, "") in values(text, code)


def test_what_may_be_said_otherwise_is_weak_and_what_may_not_is_not() -> None:
    assert all(s.is_weak for s in stated("the two Parties, on the first day of the second month", "en"))
    assert all(s.is_weak for s in stated("un équipement neuf", "fr"))
    assert not any(s.is_weak for s in stated("two months, three copies, 4 lists", "en"))


def test_a_number_said_twice_and_not_alike_is_told_where_all_of_it_is_read() -> None:
    assert [s.disagrees for s in stated("within thirty (20) days", "en")] == [True]
    assert [s.disagrees for s in stated("dans les trente (30) jours", "fr")] == [False]
    assert not any(s.disagrees or s.is_unsure for s in stated("siedemdziesięcioma (70) osobami", "pl"))


@pytest.mark.parametrize(
    ("code", "text", "disagrees", "unsure"),
    [
        ("ru", "в течение шестидесяти (90) дней", True, False), ("ru", "в течение шестидесяти (60) дней", False, False),
        ("ru", "двумястами шестьюдесятью пяти (265) дней", False, True),  # two of its words are in no pack
        ("pl", "w ciągu trzydziestu (60) dni", True, False), ("ar", "خلال ستين (90) يوما", True, False),
        ("tr", "kırk beş (45) gün", False, True),  # a language of which ten numbers are known
    ],
)  # fmt: skip
def test_words_against_figures_are_told_where_no_part_can_stand_unread(code, text, disagrees, unsure) -> None:
    found = stated(text, code)
    assert (any(s.disagrees for s in found), any(s.is_unsure for s in found)) == (disagrees, unsure)


def test_a_year_answers_to_twelve_months_and_thirty_days_to_no_month() -> None:
    (year,), (months,) = stated("one (1) year", "en"), stated("douze (12) mois", "fr")
    assert year.answers(months)
    (days,), (month,) = stated("30 days", "en"), stated("1 mois", "fr")
    assert not days.same(month)
    assert not days.answers(month)


def test_figures_of_two_readings_have_both() -> None:
    (found,) = stated("12.500 Personen", "de")
    assert found.amounts == {Decimal(12500), Decimal("12.500")}
    (other,) = stated("12,500 persons", "en")
    assert other.amounts == {Decimal(12500)}


def test_terms_letters_and_references_by_words() -> None:
    assert terms("« force en visite » désigne, et „Gasttruppe“, und “host”") == [
        "force en visite",
        "Gasttruppe",
        "host",
    ]
    assert begins_with_term('(a) the term "force" means')
    assert not begins_with_term("The armed forces of a Party shall in all that they do be called “force”.")
    assert [letter_place(x) for x in ("b", "б", "ب", "هـ")] == [2, 2, 2, 5]
    assert refers_by_words("in het vorige lid", "nl")
    assert not refers_by_words("in het lid", "nl")


@pytest.mark.parametrize(
    ("code", "text", "annexes"),
    [
        ("es", "los puertos del Anexo A", 1), ("es", "los anexos A y E", 2), ("es", "el anexo a la Convención", 0),
        ("pt", "no Anexo A do presente Acordo", 1), ("it", "nell'Allegato E", 1), ("es", "ANEXO A LA CONVENCIÓN", 0),
    ],
)  # fmt: skip
def test_a_capital_after_the_noun_is_a_letter_and_no_small_word(code, text, annexes):
    """`a`, `e` and `y` are words of these languages too."""
    assert sum(each.kind == "annex" for each in stated(text, code)) == annexes
