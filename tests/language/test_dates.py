import pytest

from agreements.language import dates


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("on 19 June 1951", ["1951-06-19"], "day first"),
        ("October 12 and November 15, 2004", ["2004-10-12", "2004-11-15"], "one year for two days, month first"),
        ("May 3 and 5, 2004", ["2004-05-03", "2004-05-05"], "and one month"),
        ("June 19, 1951", ["1951-06-19"], "month first"),
        ("this nineteenth day of June, 1951", ["1951-06-19"], "the day in words"),
        ("this twenty-first day of May 2004", ["2004-05-21"], "two words"),
        ("this 8th day of June in this year 2007", ["2007-06-08"], "words between month and year"),
        ("on 4th April, 1949", ["1949-04-04"], "ordinal"),
        ("the 3d day of June, A.D. 1854", ["1854-06-03"], "as older prints have it"),
        ("on 29-X-1984", ["1984-10-29"], "Roman month"),
        ("12 april 2007", ["2007-04-12"], "lower case"),
        ("Jul. 25 1978", ["1978-07-25"], "abbreviated month"),
        (
            "this third day of August one thousand nine hundred and fifty-nine", ["1959-08-03"], "the year in words",
        ),
        ("the fifth day of May, nineteen hundred and fifty-four", ["1954-05-05"], "nineteen hundred"),
        ("the thirteenth of May two thousand and nine", ["2009-05-13"], "two thousand"),
        ("8 October nineteen hundred and sixty", ["1960-10-08"], "sixty begins with six"),
        ("17 June/26 November 1992", ["1992-06-17", "1992-11-26"], "two dates share a year"),
        ("7 December 1981 and 4 March 1982", ["1981-12-07", "1982-03-04"], "two dates"),
        ("31 June 2004", [], "no such day"),
        ("in June 1951", [], "no day"),
        ("19 June", [], "no year"),
        ("Article 19 May apply", [], "no date at all"),
    ],
)  # fmt: skip
def test_find(text: str, found: list[str], why: str) -> None:
    assert [dated.iso for dated in dates.find(text)] == found, why


def test_find_gives_the_characters() -> None:
    text = "Lorn, 3 May 2004, in duplicate"
    (dated,) = dates.find(text)
    assert text[dated.start : dated.end] == "3 May 2004"


@pytest.mark.parametrize(
    ("words", "year"), [("two thousand and twenty-three", 2023), ("nineteen hundred", 1900), ("many", None)]
)
def test_spelled_year(words: str, year: int | None) -> None:
    assert dates.spelled_year(words) == year
