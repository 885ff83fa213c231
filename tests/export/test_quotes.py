"""Curly quotation marks and blanks that break no line: in every output by a switch, seen by nothing that compares."""

import re
from pathlib import Path

import pytest

from agreements import library
from agreements.checks import check
from agreements.drafting.provenance import read_provenance
from agreements.intake.files import ParsedFile, parse_file
from agreements.language.typesetting import Quotes, typeset
from agreements.reference import places

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts"
TREATY = EXAMPLES / "dca-norlandia.yaml"


def written(folder: Path, quotes: Quotes, parameters: Path = TREATY) -> list[Path]:
    folder.mkdir(exist_ok=True)
    report = library.assemble_file(parameters, folder / "draft.docx", copies=library.CopyOptions(quotes=quotes))
    return report.files


def tree(parsed: ParsedFile) -> list[object]:
    straight = typeset(parsed.agreement, "straight")
    return [
        (place.path, place.provision.number, place.provision.heading, place.provision.text, place.provision.marks)
        for place in places(straight)
    ]


def words_of(text: str | None) -> str:
    """Return an export without the hash of the file that it was made from."""
    assert text
    return re.sub(r"sha256: \w+", "", text)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("quotes")
    (straight,), (curly,) = (written(folder / quotes, quotes) for quotes in ("straight", "curly"))
    return straight, curly


@pytest.mark.parametrize("stem", ["acsa-orlenia", "dca-amendment", "sofa-notes"])
def test_a_printed_draft_is_read_as_the_typed_one(stem: str, tmp_path: Path) -> None:
    parameters = EXAMPLES / f"{stem}.yaml"
    straight, curly = (written(tmp_path / quotes, quotes, parameters) for quotes in ("straight", "curly"))
    for one, other in zip(straight, curly, strict=True):
        typed, printed = parse_file(one), parse_file(other)
        assert tree(printed) == tree(typed)
        assert [f.code for f in printed.findings] == [f.code for f in typed.findings]
        assert [(f.code, f.where) for f in check(printed.agreement)] == [
            (f.code, f.where) for f in check(typed.agreement)
        ]
        done = [[(e.action, e.path, e.by) for e in parsed.agreement.effects] for parsed in (printed, typed)]
        assert done[0] == done[1]
    parsed = parse_file(curly[0])
    words = " ".join(place.provision.text for place in places(parsed.agreement))
    assert "“" in words
    assert "\u00a0" in words
    assert '"' not in words


def test_drafts_are_curly_unless_asked_otherwise() -> None:
    assert library.CopyOptions().quotes == "curly"


def test_a_review_finds_no_word_changed(both: tuple[Path, Path]) -> None:
    review = library.review(*both, precedents=False)
    assert (review.untracked, review.second_words, review.tracked) == (0, [], 0)
    assert review.typography


def test_a_comparison_finds_no_word_changed(both: tuple[Path, Path]) -> None:
    compared = library.compare(None, str(both[0]), str(both[1]))
    assert {pair.change for pair in compared.pairs} == {"same", "typography"}
    assert [each.what for each in compared.elsewhere if each.what != "typography"] == []


def test_a_draft_is_explained_as_it_was_assembled(both: tuple[Path, Path]) -> None:
    assert all(row.same for row in library.explain(both[1]))
    assert read_provenance(both[0].with_name("draft.provenance.json")).origins == (
        read_provenance(both[1].with_name("draft.provenance.json")).origins
    )


def test_an_update_takes_what_was_printed_for_no_edit(both: tuple[Path, Path], tmp_path: Path) -> None:
    report = library.update_draft(TREATY, both[1], tmp_path / "new.docx")
    assert (report.edits, report.added, report.deleted, report.conflicts, report.typed) == (0, 0, 0, (), ())
    assert tree(parse_file(report.files[0])) == tree(parse_file(both[0]))


def test_the_copy_for_signature_is_printed_too(tmp_path: Path) -> None:
    copies = library.CopyOptions(signing=True)
    report = library.assemble_file(EXAMPLES / "dca-norlandia.yaml", tmp_path / "sign.docx", copies=copies)
    text = library.export_file(report.files[0], "markdown").text or ""
    assert "“the NATO SOFA”" in text


def test_an_export_sets_marks_as_asked(both: tuple[Path, Path]) -> None:
    straight, curly = both
    for form in ("markdown", "html"):
        held = words_of(library.export_file(curly, form).text)
        assert "“the Parties”" in held
        assert words_of(library.export_file(straight, form, quotes="curly").text) == held
        assert "“" not in words_of(library.export_file(curly, form, quotes="straight").text)
