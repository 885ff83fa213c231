"""The style of a draft: from the parameter file to the text, its provenance and the check."""

from dataclasses import replace
from pathlib import Path

import pytest

from agreements.drafting import DraftRequest, assemble, load_parameters, parameter_template, provenance_of
from agreements.drafting.provenance import keep, read_provenance
from agreements.drafting.style import departures, style_of, told
from agreements.model import Agreement

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
