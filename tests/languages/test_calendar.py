"""Dates in every language: in figures and in words, in the order and with the months of the pack."""

import pytest

from agreements.languages import calendar, languages


def months():
    for code, pack in languages().items():
        if code != "en":
            for number, ways in enumerate(pack.months, 1):
                yield from ((code, number, way) for way in ways.split("|"))


@pytest.mark.parametrize(("code", "number", "month"), [*months()])
def test_every_month_of_every_pack_is_read_in_the_order_of_its_language(code, number, month):
    for order in languages()[code].dates:
        text = f"x {order.format(day='23', month=month, year='2011')} x"
        assert [dated.iso for dated in calendar.find(text, code)] == [f"2011-{number:02}-23"], text


@pytest.mark.parametrize(
    ("code", "text", "iso"),
    [
        ("fr", "le vingt et un mai mil neuf cent quatre-vingt-dix-neuf", "1999-05-21"),
        ("fr", "le 1er mai 2011", "2011-05-01"),
        ("es", "a los tres días del mes de mayo de mil novecientos noventa y nueve", "1999-05-03"),
        ("es", "el treinta y uno de mayo de dos mil once", "2011-05-31"),
        ("pt", "aos vinte e um dias do mês de maio de dois mil e onze", "2011-05-21"),
        ("it", "il tre maggio millenovecentonovantanove", "1999-05-03"),
        ("de", "am dritten Mai zweitausendelf", "2011-05-03"),
        ("de", "am 3. Mai neunzehnhundertneunundneunzig", "1999-05-03"),
        ("ja", "平成二十三年五月三日", "2011-05-03"),
        ("ja", "昭和三十五年一月十九日", "1960-01-19"),
        ("th", "3 พฤษภาคม พุทธศักราช 2554", "2011-05-03"),
        ("lv", "2011. gada 3. maijā", "2011-05-03"),
        ("pl", "dnia 3 maja 2011 r.", "2011-05-03"),
        ("fr", "le 3.5.2011", "2011-05-03"),
    ],
)
def test_dates_in_words_and_in_other_years(code, text, iso):
    assert [dated.iso for dated in calendar.find(text, code)] == [iso]


@pytest.mark.parametrize(("code", "text"), [("fr", "le 31 juin 2011"), ("es", "mayo de 2011"), ("ja", "五月三日")])
def test_what_is_no_full_or_no_possible_date_is_none(code, text):
    assert not calendar.find(text, code)


def test_the_characters_of_a_date_are_those_of_the_text():
    text = "Fait à Héricourt, le 3 août 2011, à midi"
    dated = calendar.find(text, "fr")[0]
    assert text[dated.start : dated.end] == "3 août 2011"
