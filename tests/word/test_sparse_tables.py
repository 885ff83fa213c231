"""Tables of few or no words: what is put into one of their cells is put in there, and the table stays."""

import pytest

from agreements import word
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from tests.ooxml.building import cell, p, row, table, word_file

US = word.RedlineOptions(author="US", date="2026-11-22")
NEW = "The rate of this year is kept by the Joint Committee."


def filed(*rows):
    """A file with a table of `rows`, each a tuple of what its cells say."""
    made = (row(*(cell(*(p(line) for line in said.split("/"))) for said in each)) for each in rows)
    return word_file(p("Rates of the year.") + table(*made) + p("Each Party keeps a copy."))


def marked(one, other):
    """The words taken out and put in by a redline, and how many tables it has."""
    made = word.redline(one, other, US)
    assert made.proof.outcome == "proven"
    body = Package.of("redline", made.content).body()
    deleted = "".join(t.text or "" for t in body.iter(name("delText")))
    inserted = "".join(t.text or "" for e in body.iter(name("ins")) for t in e.iter(name("t")))
    return deleted, inserted, len(list(body.iter(name("tbl"))))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([("", ""), ("", "")], [("", NEW), ("", "")], ("", NEW, 1)),
        ([("", ""), ("", "")], [("", f"/{NEW}"), ("", "")], ("", NEW, 1)),
        ([("Fuel", ""), ("", "")], [(f"{NEW}/Fuel", ""), ("", "")], ("", NEW, 1)),
        ([(f"{NEW}/Fuel", ""), ("", "")], [("Fuel", ""), ("", "")], (NEW, "", 1)),
        ([("", "")], [("", NEW)], ("", NEW, 1)),
    ],
)
def test_words_in_a_sparse_table_leave_it_where_it_is(before, after, found):
    assert marked(filed(*before), filed(*after)) == found


def test_another_table_of_the_same_shape_takes_the_place_of_one():
    deleted, inserted, _ = marked(filed(("Fuel", "Water")), filed(("Vessels", "Aircraft")))
    assert (deleted, inserted) == ("FuelWater", "VesselsAircraft")
