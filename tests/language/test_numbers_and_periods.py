"""Numbers in words and figures, periods with what is said of them: tables of forms as treaties print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.phrases import counted, ordinal_words
from agreements.language.numbers import decimal, in_words, letters, number, quantities, roman, spelled
from agreements.language.periods import period, periods

SPELLED = [
    ("one", 1), ("nineteen", 19), ("twenty-one", 21), ("Thirty", 30), ("forty five", 45), ("fourty", 40),
    ("one hundred", 100), ("a hundred", 100), ("one hundred and five", 105), ("one hundred eighty", 180),
    ("three hundred sixty-five", 365), ("nineteen hundred", 1900), ("one thousand nine hundred and fifty-nine", 1959),
    ("two million five hundred thousand", 2_500_000), ("one billion", 10**9), ("first", 1), ("twenty-first", 21),
    ("thirtieth", 30), ("one hundred and fifth", 105), ("hundredth", 100),
    ("two three", None), ("thirty forty", None), ("thirty and", None), ("hundred and", None), ("thousand", None),
    ("one thousand one thousand", None), ("some", None), ("", None), ("first twenty", None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), SPELLED)
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert spelled(words) == value


@given(st.integers(1, 10**12 - 1))
def test_what_drafting_writes_is_read_back(value: int) -> None:
    assert spelled(in_words(value)) == value
    assert spelled(in_words(value).replace(" hundred ", " hundred and ")) == value


@given(st.integers(1, 10**6))
def test_ordinals_are_read_back(value: int) -> None:
    assert spelled(ordinal_words(value)) == value


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("1,480.50", "1480.50", "groups by commas"),
        ("24 500 000", "24500000", "groups by blanks"),
        ("1.000.000", "1000000", "groups by stops"),
        ("1.000,50", "1000.50", "a decimal comma after groups by stops"),
        ("5.000", None, "a thousand or five"),
        ("3.5", "3.5", "a decimal"),
        ("2’500", "2500", "groups by apostrophes"),
        ("thirty", "30", "words"),
        ("x", None, "no number"),
    ],
)
def test_decimal(text: str, value: str | None, why: str) -> None:
    assert decimal(text) == (None if value is None else Decimal(value)), why


QUANTITIES = [
    ("thirty (30) days", ["30"], "words and figures"),
    ("30 (thirty) days", ["30"], "figures and words"),
    ("thirty (20) days", [None], "they disagree"),
    ("75 per cent, 80 percent, 90%", ["75", "80", "90"], "shares"),
    ("24.5 million and 1.2 bn", ["24500000", "1200000000"], "scales after figures"),
    ("two and a half (2½) hours", ["2.5"], "halves"),
    ("one million two hundred thousand (1,200,000)", ["1200000"], "long words"),
    ("a hundred men", ["100"], "a hundred"),
    ("the twenty-first day", [], "an ordinal is no quantity"),
    ("US-OR-01 and v1.2a", [], "parts of codes"),
    ("thirty (as agreed) days", ["30"], "a remark in brackets"),
    ("5.000 lei", [None], "can be read in two ways"),
]


@pytest.mark.parametrize(("text", "values", "why"), QUANTITIES)
def test_quantities(text: str, values: list[str | None], why: str) -> None:
    found = list(quantities(text))
    assert [q.value for q in found] == [None if v is None else Decimal(v) for v in values], why
    assert all(text[q.start : q.end] == text[q.start : q.end].strip() != "" for q in found)


def test_a_number_printed_twice_says_whether_it_agrees() -> None:
    (good,), (bad,) = quantities("ten (10)"), quantities("ten (12)")
    assert (good.disagrees, bad.disagrees) == (False, True)
    assert (bad.in_words, bad.in_figures) == (10, 12)


def test_numbers_of_heads() -> None:
    assert [number(n) for n in ("7", "VII", "Seven", "7.2", "x!")] == [7, 7, 7, 2, None]
    assert (roman("IIX"), letters("bb"), letters("ab")) == (None, 28, None)


PERIODS = [
    ("six (6) months", 6, "months"), ("30 days", 30, "days"), ("twenty-one days", 21, "days"), ("one year", 1, "years"),
    ("a ten-year period", 10, "years"), ("one hundred and eighty (180) days", 180, "days"),
    ("one hundred eighty days", 180, "days"), ("six (9) months", None, ""), ("some months", None, ""),
    ("72 hours", 72, "hours"), ("forty-eight (48) hours", 48, "hours"), ("two weeks", 2, "weeks"),
    ("half a year", 6, "months"), ("half an year", 6, "months"), ("two and one-half years", 30, "months"),
    ("one and a half years", 18, "months"), ("thirty (30) calendar days", 30, "days"), ("ten working days", 10, "days"),
    ("5 business days", 5, "days"), ("30 (thirty) days", 30, "days"), ("sixty days (60)", 60, "days"),
    ("twelve-month period", 12, "months"), ("one year's notice", 1, "years"),
    ("six months’ written notice", 6, "months"),
    ("a month", 1, "months"), ("a year", 1, "years"), ("a full year", 1, "years"), ("twice a year", None, ""),
    ("once a month", None, ""), ("three times a year", None, ""), ("365 days", 365, "days"),
    ("three hundred and sixty-five days", 365, "days"), ("forty eight hours", 48, "hours"),
    ("ninety\u00a0days", 90, "days"), ("10 consecutive days", 10, "days"), ("three full months", 3, "months"),
    ("on the thirtieth day after receipt", 30, "days"), ("the second month following it", 2, "months"),
    ("the 30th day following that date", 30, "days"), ("the twenty-first day after signature", 21, "days"),
    ("the first day of May", None, ""), ("two three days", None, ""), ("thirty (calendar) days", 30, "days"),
    ("Sixty (60)-day", 60, "days"), ("18 months", 18, "months"), ("one further year", 1, "years"),
    ("five additional years", 5, "years"), ("nine  months", 9, "months"), ("1000 days", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "unit"), PERIODS)
def test_how_long(text: str, number: int | None, unit: str) -> None:
    found = period(text)
    assert ((found.number, found.unit) if found else (None, "")) == (number, unit)


@given(st.integers(1, 199), st.sampled_from(["hour", "day", "week", "month", "year"]))
def test_what_drafting_writes_as_a_period_is_read_back(count: int, unit: str) -> None:
    words = f"for {counted(count, unit)} from today"
    (found,) = periods(words)
    assert (found.number, found.unit) == (count, f"{unit}s")
    assert words[found.start : found.end] == counted(count, unit)


RULES = [
    ("The Minister may recall the waiver within thirty (30) days of receipt of the notice, unless agreed otherwise.",
     ("most", "of", "receipt of the notice", "recall the waiver"), "what may be done, from when, at most"),
    ("Within 45 days after delivery, the receiver shall pay.",
     ("most", "after", "delivery", "pay"), "the period opens"),
    ("Either Party may end it upon one hundred eighty (180) days written notice.", ("", "", "", "end it"), "a notice"),
    ("Notice shall be given at least ninety days before the expiry of the term.",
     ("least", "before", "the expiry of the term", "be given"), "at least, before"),
    ("It shall remain in force for ten years from the date of signature.",
     ("", "from", "the date of signature", "remain in force"), "a term"),
    ("The host shall answer no later than 14 days following the request.",
     ("most", "following", "the request", "answer"), "no later than"),
    ("A stay of not more than 90 days is free.", ("most", "", "", ""), "nothing is to be done"),
    ("Goods shall be kept for not less than five years.", ("least", "", "", "be kept"), "not less than"),
    ("Aircraft of U.S. forces shall leave within 72 hours after the U.S. authorities ask, and not return.",
     ("most", "after", "the U.S. authorities ask", "leave"), "the event holds an abbreviation"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told", "why"), RULES)
def test_what_is_said_of_a_period(text: str, told: tuple[str, ...], why: str) -> None:
    (found,) = periods(text)
    assert (found.bound, found.relation, found.event, found.action) == told, why


def test_periods_compare_in_days_and_months() -> None:
    days, weeks, year = (period(words) for words in ("10 days", "two weeks", "one year"))
    assert days and weeks and year
    assert (days.days, weeks.days, weeks.months, year.months) == (10, 14, None, 12)
    assert [found.kind for found in periods("five working days or five days")] == ["working", ""]


def test_all_forms_are_many() -> None:
    assert len(SPELLED) + len(QUANTITIES) + len(PERIODS) + len(RULES) >= 80
