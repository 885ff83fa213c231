"""Sums of money in words, figures and both; statutes and series cited by number; dates beyond those of parsing."""

from decimal import Decimal

import pytest

from agreements.language import dates
from agreements.language.laws import laws
from agreements.language.money import sums


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("USD 24.5 million a year", [("USD 24.5 million", "24500000", "USD")], "a code and a scale"),
        ("US$ 1,000 and $5,000", [("US$ 1,000", "1000", "USD"), ("$5,000", "5000", "")], "a sign that many have"),
        ("five hundred thousand United States dollars (US$500,000)",
         [("five hundred thousand United States dollars (US$500,000)", "500000", "USD")], "words and figures are one"),
        ("five hundred dollars (US$600)", [("five hundred dollars (US$600)", None, "USD")], "they disagree"),
        ("1,480.50 euros", [("1,480.50 euros", "1480.50", "EUR")], "a name behind"),
        ("one hundred (100) Swiss francs", [("one hundred (100) Swiss francs", "100", "CHF")], "both, then the name"),
        ("ten francs", [("ten francs", "10", "")], "francs of nobody in particular"),
        ("£1 000 and € 2.5 million", [("£1 000", "1000", "GBP"), ("€ 2.5 million", "2500000", "EUR")], "signs"),
        ("24,500,000 U.S. dollars", [("24,500,000 U.S. dollars", "24500000", "USD")], "stops in the name"),
        ("KRW 1.5192 trillion", [("KRW 1.5192 trillion", "1519200000000", "KRW")], "trillions"),
        ("1.000.000 guilders", [("1.000.000 guilders", "1000000", "NLG")], "groups by stops"),
        ("30 days and 5 aircraft", [], "no money"),
        ("ten percent", [], "a share"),
    ],
)  # fmt: skip
def test_sums(text: str, found: list[tuple[str, str | None, str]], why: str) -> None:
    read = [(text[s.start : s.end], s.amount, s.currency) for s in sums(text)]
    assert read == [(words, None if amount is None else Decimal(amount), code) for words, amount, code in found], why


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("under 10 U.S.C. 2341-2350.", [("usc", "10", "2341-2350")], "a range"),
        ("10 USC §§ 2341 and 2342", [("usc", "10", "2341 and 2342")], "without stops, two sections"),
        ("10 U.S.C. 2350j(a)(1) applies", [("usc", "10", "2350j(a)(1)")], "letters and points"),
        ("section 2342 of title 10, United States Code,", [("usc", "10", "2342")], "in words"),
        ("title 22, United States Code, section 2451", [("usc", "22", "2451")], "in words, the title first"),
        ("22 CFR 181.2(a)", [("cfr", "22", "181.2(a)")], "a regulation"),
        ("22 C.F.R. Part 181", [("cfr", "22", "181")], "a part"),
        ("Public Law 89-497; Pub. L. No. 116-92, section 3",
         [("public-law", "89", "497"), ("public-law", "116", "92")], "laws"),
        ("64 Stat. 980", [("statutes", "64", "980")], "the Statutes at Large"),
        ("Executive Order 13526", [("executive-order", "", "13526")], "an order"),
        ("TIAS 12930, T.I.A.S. No. 16-812", [("tias", "", "12930"), ("tias", "", "16-812")], "old and new numbers"),
        ("4 UST 1792; 199 UNTS 67", [("ust", "4", "1792"), ("unts", "199", "67")], "series"),
        ("United Nations Treaty Series, vol. 500, p. 95", [("unts", "500", "95")], "a series in words"),
        ("105 LNTS 433 and EAS 236", [("lnts", "105", "433"), ("eas", "", "236")], "older series"),
        ("10 U.S. ships and 22 cars", [], "no law"),
    ],
)  # fmt: skip
def test_laws(text: str, found: list[tuple[str, str, str]], why: str) -> None:
    read = list(laws(text))
    assert [(law.kind, law.title, law.number) for law in read] == found, why
    assert all(law.number in text[law.start : law.end] for law in read)


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("2004-05-03", ["2004-05-03"], "ISO 8601"),
        ("3.5.2004 and 13. 05. 2004", ["2004-05-03", "2004-05-13"], "stops: the day comes first"),
        ("25/5/2004, 5/25/2004", ["2004-05-25", "2004-05-25"], "strokes, where one reading is possible"),
        ("3/5/2004", [], "strokes, where two are"),
        ("3-May-2004", ["2004-05-03"], "hyphens"),
        ("June the nineteenth, 1951", ["1951-06-19"], "an ordinal behind the month"),
        ("June nineteenth, nineteen hundred and fifty-one", ["1951-06-19"], "all in words"),
        ("on 12 and 14 May 1960", ["1960-05-12", "1960-05-14"], "two days share a month"),
        ("this third day of May in the year two thousand and four A.D.", ["2004-05-03"], "in the year"),
        ("the fifth day of May, nineteen fifty-four", ["1954-05-05"], "a year in two numbers"),
        ("No. 12.13.2004 and 1.2.2004.7", [], "no such month, a longer number"),
        ("Articles 3 and 4 of 1960", [], "no month"),
    ],
)
def test_dates(text: str, found: list[str], why: str) -> None:
    assert [dated.iso for dated in dates.find(text)] == found, why
