"""`merge_drafts`: a heading in other words is one edit, and what an edit counts anew is said in its row"""

from copy import deepcopy

import docx
import pytest

from agreements import word
from agreements.clearing.dispositions import undecided
from agreements.clearing.matrix import plain_rows
from agreements.clearing.merging import merge_drafts, write_merged
from tests.negotiation.conftest import OURS, agreement


@pytest.fixture
def base(tmp_path):
    path = tmp_path / "base.docx"
    word.write(agreement(OURS), path, options=word.WordOptions(contents="always"))
    return path


def rows(base, how):
    made = docx.Document(str(base))
    how({p.text.strip(): p for p in made.paragraphs})
    made.save(str(base.with_name("legal.docx")))
    return merge_drafts(base, [("L", base.with_name("legal.docx"))])


def strike(*paragraphs):
    for each in paragraphs:
        each._p.getparent().remove(each._p)


def test_a_heading_in_wholly_other_words_is_one_edit(base):
    def reword(by):
        by["Taxation"].runs[-1].text = "Duties and Charges"

    (row,) = rows(base, reword).rows
    assert (row.kind, row.place, row.before.strip(), row.after.strip()) == (
        "changed", "III", "Taxation", "Duties and Charges",
    )  # fmt: skip
    assert not row.renumbers


def test_a_heading_and_all_under_it_in_other_words_are_no_change_of_the_heading(base):
    def replace(by):
        by["Taxation"].runs[-1].text = "Uniforms"
        by["The force shall be exempt from all taxes of Tamaris."].runs[-1].text = "Members wear what they are issued."

    assert sorted(row.kind for row in rows(base, replace).rows) == ["added", "removed"]


def test_a_struck_article_says_which_later_ones_bear_another_number(base):
    first = "Each Party waives all claims against the other Party for damage to property used by its armed forces."
    second = "Claims of third parties shall be settled within ninety days."
    found = rows(base, lambda by: strike(by["Claims"], by[first], by[second]))
    assert [(row.kind, row.renumbers) for row in found.rows] == [("removed", "III to IV as II to III")]
    (line,) = plain_rows(found, undecided(found))
    assert "made alone, renumbers III to IV as II to III" in line[2]


def test_an_article_or_paragraph_put_in_says_so_too(base):
    def put_in(by):
        head, text = (
            deepcopy(by[each]._p) for each in ("Definitions", "The force shall be exempt from all taxes of Tamaris.")
        )
        by["Taxation"]._p.addprevious(head)
        by["Taxation"]._p.addprevious(text)

    (row,) = rows(base, put_in).rows
    assert (row.kind, row.renumbers) == ("added", "III to IV as IV to V")

    def paragraph(by):
        first = next(p for said, p in by.items() if said.startswith("Each Party waives"))
        first._p.addprevious(deepcopy(by["Claims of third parties shall be settled within ninety days."]._p))

    assert "II.1" in "".join(row.renumbers for row in rows(base, paragraph).rows)


def test_the_contents_of_what_is_merged_are_told_when_they_are_not_those_of_the_text(base, tmp_path):
    def struck(by):
        strike(by["Taxation"], by["The force shall be exempt from all taxes of Tamaris."])

    found = rows(base, struck)
    chosen = undecided(found).chosen
    made = write_merged(found, tmp_path / "m.docx", chosen, day="2026-03-02", clerk="Clerk")
    assert "contents-stale" in [each.code for each in made.findings]
    without = write_merged(found, tmp_path / "n.docx", frozenset(), day="2026-03-02", clerk="Clerk")
    assert "contents-stale" not in [each.code for each in without.findings]
