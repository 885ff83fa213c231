"""A floor is no term, and a first term that goes on until somebody ends it has no day on which the agreement ends."""

from datetime import date

import pytest

from agreements.classifying.variants import variants_in
from agreements.language.lasting import goes_on, own_term
from agreements.model import Agreement, EntryIntoForce
from agreements.negotiation.calendar import subject_of
from agreements.parsing import parse
from agreements.reading import read_text

LASTS = "This Agreement shall remain in force for"


def read(body: str) -> Agreement:
    text = f"Agreement between Lorn and Velmar on Lighthouses\n\nArticle 1\n\n{body}\n\nDone at Lorn on 3 May 2011."
    found = parse(read_text(text), id="x").agreement
    return found.model_copy(update={"entry_into_force": EntryIntoForce(date="2011-05-03")})


@pytest.mark.parametrize(
    "said",
    [
        "a minimum period of five years", "a period of at least five years", "a minimum term of five years",
        "not less than five years and thereafter until terminated",
        "five years or until the tower is built, whichever is earlier",
    ],
)  # fmt: skip
def test_a_floor_is_no_term(said: str) -> None:
    sentence = f"{LASTS} {said}."
    assert own_term(sentence) is None
    assert variants_in(sentence, ["duration_renewal"], ["term"]) == ()
    assert "term-end" not in subject_of(read(sentence), today=date(2015, 1, 1)).happenings


@pytest.mark.parametrize(
    "body",
    [
        f"{LASTS} an initial period of five years and thereafter until terminated by either Party on a month's notice.",
        f"{LASTS} five years and shall continue in force thereafter until terminated.",
        f"{LASTS} an initial term of five years. Thereafter, it shall continue in force until terminated by a Party.",
        f"{LASTS} five years. It shall thereafter remain in force indefinitely.",
        f"{LASTS} five years, after which either Party may terminate it on notice.",
        f"{LASTS} five years. Thereafter either Party may terminate this Agreement by giving one year's notice.",
        f"{LASTS} five years and may thereafter be terminated by either Party on one year's notice.",
    ],
)
def test_what_goes_on_until_it_is_ended_has_no_day_of_its_end(body: str) -> None:
    found = read(body)
    assert found.term.endswith("five years")
    assert found.renewal
    subject = subject_of(found, today=date(2015, 1, 1))
    assert "term-end" not in subject.happenings
    assert "no day ends it" in subject.missing["term-end"]


@pytest.mark.parametrize(
    "sentence",
    [
        f"{LASTS} five years, and thereafter for further periods of five years unless terminated.",
        "Unless terminated, it shall thereafter be tacitly extended each time for two years.",
        f"{LASTS} five years unless terminated earlier.",
        "Article 3 shall continue to apply thereafter until all claims are settled.",
    ],
)
def test_what_is_renewed_or_is_another_thing_does_not_go_on_without_end(sentence: str) -> None:
    assert goes_on(sentence) == ""


def test_what_lasts_under_an_agreement_is_not_the_agreement() -> None:
    found = read(f"{LASTS} five years. Information received under this Agreement shall remain protected indefinitely.")
    assert (found.term, found.renewal) == ("five years", "")
    lease = read(f"{LASTS} five years. Leases under this Agreement shall be automatically renewed.")
    assert lease.renewal == ""


def test_a_first_term_alone_and_one_renewed_for_no_time_told_end_nothing_once_they_are_over() -> None:
    alone = subject_of(read("This Agreement shall have an initial term of five years."), today=date(2012, 1, 1))
    assert (
        alone.missing["term-end"]
        == "the initial term of five years is only the first, and what follows it was not read"
    )
    body = f"{LASTS} five years. It shall be automatically renewed unless either Party gives notice."
    assert subject_of(read(body), today=date(2012, 1, 1)).happenings["term-end"].date == "2016-05-03"
    over = subject_of(read(body), today=date(2018, 1, 1))
    assert "term-end" not in over.happenings
    assert over.missing["term-end"].startswith("a term ended 2016-05-03; it was to go on (automatically renewed)")
