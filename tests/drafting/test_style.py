"""The style of a draft: from the parameter file to the text, its provenance and the check."""

from dataclasses import replace
from pathlib import Path

import pytest

from agreements.checks import check
from agreements.drafting import DraftRequest, assemble, load_parameters, parameter_template, provenance_of
from agreements.drafting.provenance import keep, read_provenance
from agreements.drafting.style import departures, style_of, told
from agreements.language.text_style import TextStyle, style_changes
from agreements.model import Agreement
from tests.drafting.conftest import RECEIVING

DRAFTS = Path(__file__).parents[2] / "docs" / "examples" / "drafts"
STYLES = ("us", "uk")


@pytest.fixture(scope="module")
def request_() -> DraftRequest:
    return load_parameters(DRAFTS / "dca-norlandia.yaml")


@pytest.fixture(scope="module")
def drafts(request_: DraftRequest) -> dict[str, Agreement]:
    made = {style: assemble(replace(request_, style=style)).agreement for style in ("", *STYLES)}
    return {style: agreement for style, agreement in made.items() if agreement}


def _words(agreement: Agreement) -> str:
    return "\n".join(p.text for document in agreement.documents for p in document.walk())


def test_one_style_in_the_whole_text(drafts: dict[str, Agreement]) -> None:
    assert "June 19, 1951" in _words(drafts["us"])
    assert "19 June 1951" in _words(drafts["uk"])
    assert "vehicles, vessels, and aircraft" in _words(drafts["us"])
    assert "U.S. forces" not in _words(drafts["uk"])
    for style in STYLES:
        asked = style_of(style)
        assert asked
        assert [*departures(drafts[style], asked)] == []
    asked = style_of("us")
    assert asked
    assert {f.code for f in departures(drafts["uk"], asked)} == {"style-departs"}


def test_marks_stay_over_their_words_and_numbers_where_they_were(drafts: dict[str, Agreement]) -> None:
    for style in STYLES:
        for before, after in zip(drafts[""].documents, drafts[style].documents, strict=True):
            for old, new in zip(before.walk(), after.walk(), strict=True):
                assert (old.kind, old.number, old.id) == (new.kind, new.number, new.id)
                for was, now in zip(old.marks, new.marks, strict=True):
                    if was.kind == "reference":
                        assert old.text[was.start : was.end] == new.text[now.start : now.end]


def test_both_originals_have_it_and_the_provenance_tells_it(request_: DraftRequest, tmp_path: Path) -> None:
    draft = assemble(replace(request_, style={"dates": "month-first"}), original="partner")
    assert draft.agreement
    assert "June 19, 1951" in _words(draft.agreement)
    kept = read_provenance(keep(provenance_of(draft), tmp_path / "draft.docx"))
    assert told(kept.style) == style_of("us")
    assert draft.request
    plain = provenance_of(replace(draft, request=replace(draft.request, style="")))
    assert '"style"' not in keep(plain, tmp_path / "plain.docx").read_text()


@pytest.mark.parametrize("style", ["usa", {"commas": "yes"}, {"dates": "iso"}, ["us"]])
def test_what_is_no_style_is_refused(request_: DraftRequest, style: object) -> None:
    draft = assemble(replace(request_, style=style))  # type: ignore[arg-type]
    assert draft.agreement is None
    assert [f.code for f in draft.findings if f.severity == "error"] == ["style"]


def test_what_an_amendment_quotes_keeps_its_style() -> None:
    request = load_parameters(DRAFTS / "dca-amendment.yaml")
    plain, styled = (assemble(replace(request, style=style)).agreement for style in ("", "uk"))
    assert plain
    assert styled
    quoted = [
        [p.text for d in each.documents for p in d.walk() if p.provenance and p.provenance.clause == "amendments"]
        for each in (plain, styled)
    ]
    assert quoted[0]
    assert quoted[0] == quoted[1]


def test_a_reply_that_quotes_sets_marks_in_marks() -> None:
    draft = assemble(replace(load_parameters(DRAFTS / "sofa-notes.yaml"), style="us")).agreement
    assert draft
    reply = next(d for d in draft.documents if d.role == "reply-note")
    for provision in reply.walk():
        assert '"' not in provision.text[1:-1]


def test_a_new_parameter_file_has_the_style_of_the_department() -> None:
    assert "\nstyle: us " in parameter_template("sofa")


def test_a_day_without_a_year_is_written_in_the_style() -> None:
    us, uk = style_of("us"), style_of("uk")
    assert us
    assert uk
    for text, month_first in (
        ("by 1 December and answered by 20 December.", "by December 1 and answered by December 20."),
        ("the year from 1 October to 30 September", "the year from October 1 to September 30"),
        ("not later than 1\u00a0July of each year", "not later than July\u00a01 of each year"),
        ("14 March and 2 April 1999", "March 14 and April 2, 1999"),
    ):
        assert _restyled(text, us) == month_first
        assert _restyled(month_first, uk) == text
    for text in ("on 5 and 9 July 1987", "from 1 to 5 December", "Article 5 May"):
        assert _restyled(text, us) == text
    assert _restyled("in May 5000 persons", uk) == "in May 5000 persons"


def _restyled(text: str, style: TextStyle) -> str:
    for change in reversed(style_changes(text, style)):
        text = text[: change.start] + change.words + text[change.end :]
    return text


def test_a_note_that_is_quoted_with_its_numbers_is_told_the_same_as_the_note() -> None:
    us = style_of("us")
    assert us
    line = "For search and rescue, medical evacuation and relief after disasters, notice may be given at any time."
    assert not style_changes(line, us)
    assert not style_changes(f'"(c) {line}', us)
    asked = DraftRequest(
        "state_flights",
        "exchange-of-notes",
        {"receiving": RECEIVING, "reply_style": "quotes", "reciprocal": "no", "airfields": ["Marena Airport"]},
        marking="UNCLASSIFIED",
        style="us",
    )
    made = assemble(asked).agreement
    assert made
    told_ = [f for f in (*check(made), *departures(made, us)) if f.code in ("term-capitals", "style-departs")]
    assert told_ == []
    assert "This is the designated airfield." in _words(made)
    assert "by December 1 and answered by December 20" in _words(made)
