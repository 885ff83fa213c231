"""Two originals of one agreement differ in the order of the parties, and in nothing else."""

from pathlib import Path
from typing import Literal

import pytest

from agreements import library
from agreements.intake.files import id_from, parse_file, spare_id
from agreements.intake.importing import ImportReport
from agreements.language.party_order import are_two_originals
from agreements.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
ORIGINALS: tuple[Literal["us"], Literal["partner"]] = ("us", "partner")
OURS = """\
AGREEMENT BETWEEN THE GOVERNMENT OF THE UNITED STATES OF AMERICA AND THE GOVERNMENT OF ESTONIA ON VISITING FORCES

The Government of the United States of America and the Government of Estonia (the Parties) have agreed as follows:

Article 1
Custody

1. The authorities of Estonia shall hand over a member of the force to the United States within 21 days.

2. The military authorities of the United States and of Estonia shall assist each other.

Article 2
Costs

1. The United States shall pay Estonia USD 4,000 for each exercise.

2. Estonia may waive a claim against the United States.

3. The United States and Estonia shall pay 40 and 60 percent respectively.

DONE at Tallinn, this 5th day of March 2021, in duplicate, in the English and Estonian languages.

FOR THE GOVERNMENT OF THE UNITED STATES OF AMERICA:

FOR THE GOVERNMENT OF ESTONIA:
"""
REVERSED = "The United States may waive a claim against Estonia"
EXCHANGES = (
    (
        "THE GOVERNMENT OF THE UNITED STATES OF AMERICA AND THE GOVERNMENT OF ESTONIA ON",
        "THE GOVERNMENT OF ESTONIA AND THE GOVERNMENT OF THE UNITED STATES OF AMERICA ON",
    ),
    (
        "The Government of the United States of America and the Government of Estonia (",
        "The Government of Estonia and the Government of the United States of America (",
    ),
    ("authorities of the United States and of Estonia", "authorities of Estonia and of the United States"),
    ("in the English and Estonian languages", "in the Estonian and English languages"),
    (
        "FOR THE GOVERNMENT OF THE UNITED STATES OF AMERICA:\n\nFOR THE GOVERNMENT OF ESTONIA:",
        "FOR THE GOVERNMENT OF ESTONIA:\n\nFOR THE GOVERNMENT OF THE UNITED STATES OF AMERICA:",
    ),
)


def exchanged(text: str) -> str:
    for ours, theirs in EXCHANGES:
        assert text.count(ours) == 1
        text = text.replace(ours, theirs)
    return text


def added(folder: Path, first: str, second: str) -> tuple[ImportReport, Repository]:
    (folder / "ours.txt").write_text(first, encoding="utf-8")
    (folder / "theirs.txt").write_text(second, encoding="utf-8")
    report = library.import_files(folder / "repository", [folder / "ours.txt", folder / "theirs.txt"])
    return report, Repository(folder / "repository")


def test_the_other_original_is_no_second_agreement(tmp_path: Path) -> None:
    report, repository = added(tmp_path, OURS, exchanged(OURS))
    assert [(r.id, r.status) for r in report.imported] == [("ours", "new"), ("ours", "unchanged")]
    assert [f.code for f in report.imported[1].findings] == ["other-original"]
    assert report.is_settled
    assert repository.ids() == ("ours",)
    assert sorted(p.name for p in (repository.folder("ours") / "source").iterdir()) == ["ours.txt", "theirs.txt"]


def test_the_same_words_in_another_file_are_said_to_be_the_same(tmp_path: Path) -> None:
    report, _ = added(tmp_path, OURS, OURS.replace("\n\n", "\n\n\n"))
    assert [(r.id, r.status) for r in report.imported] == [("ours", "new"), ("ours", "unchanged")]
    assert [f.code for f in report.imported[1].findings] == ["same-text"]


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        ("shall hand over", "shall not hand over", "a denial"),
        ("within 21 days", "within 12 days", "a number"),
        ("USD 4,000", "USD 4,000,000", "a sum"),
        ("The United States shall pay Estonia", "Estonia shall pay the United States", "who pays whom"),
        ("Estonia may waive a claim against the United States", REVERSED, "who waives"),
        ("shall assist", "may assist", "a duty that is none"),
        ("The United States and Estonia shall pay", "Estonia and the United States shall pay", "respectively"),
        ("2. Estonia may waive a claim against the United States.\n\n3.", "2.", "a paragraph that is gone"),
        ("2021, in duplicate", "2021, in triplicate", "in the closing"),
        ("Article 2\nCosts", "Article 2\nFees", "a heading"),
    ],
)  # fmt: skip
def test_any_other_difference_makes_two_texts_that_are_told(tmp_path: Path, was: str, now: str, why: str) -> None:
    assert OURS.count(was) == 1, why
    report, repository = added(tmp_path, OURS, exchanged(OURS).replace(was, now))
    assert [(r.id, r.status) for r in report.imported] == [("ours", "new"), ("theirs", "conflict")]
    assert [f.code for f in report.imported[1].findings if f.severity == "warning"] == ["may-be-same"]
    assert not report.is_settled
    assert repository.ids() == ("ours", "theirs")


def test_a_purged_version_is_no_other_version_any_more(tmp_path: Path) -> None:
    report, repository = added(tmp_path, OURS, exchanged(OURS).replace("shall assist", "may assist"))
    assert report.imported[1].id == "theirs"

    def codes() -> set[str]:
        return {concern.finding.code for concern in library.doctor(repository.root, ["theirs"]).concerns}

    assert "may-be-same" in codes()
    repository.purge("ours", reason="the other one is the original", authority="DAA-1")
    assert "may-be-same" not in codes()


@pytest.mark.parametrize(
    ("words", "same", "why"),
    [
        ("{} and {} shall guard the depots A and B.", False, "the letters go with the States"),
        ("{} and {} shall guard the depots, in that order.", False, "the order is said to count"),
        ("{} and {} shall pay 60 and 40 percent.", False, "the shares go with the States"),
        ("{} and {} shall pay sixty or forty percent.", False, "in words"),
        ("{} and {} shall apply paragraphs 1 and 2.", True, "what is referred to goes with neither"),
        ("{} and {} shall guard the depots.", True, "both do the same"),
    ],
)
def test_parties_may_change_places_where_nothing_goes_with_their_order(
    tmp_path: Path, words: str, same: bool, why: str
) -> None:
    line = "The United States and Estonia shall pay 40 and 60 percent respectively."
    ours = OURS.replace(line, words.format("The United States", "Estonia"))
    theirs = exchanged(OURS).replace(line, words.format("Estonia", "the United States"))
    assert line not in ours + theirs
    _, repository = added(tmp_path, ours, theirs)
    assert (repository.ids() == ("ours",)) is same, why


@pytest.mark.parametrize("name", ["sofa-agreement", "transit-karuzhan", "acsa-orlenia", "dca-norlandia"])
def test_both_originals_of_our_drafts_are_known_for_what_they_are(tmp_path: Path, name: str) -> None:
    texts = []
    for original in ORIGINALS:
        target = tmp_path / f"{original}.docx"
        library.assemble_file(ROOT / "docs/examples/drafts" / f"{name}.yaml", target, original=original)
        texts.append(parse_file(target).agreement)
    assert are_two_originals(*texts)
    assert texts[0].title != texts[1].title


def test_two_names_that_are_written_in_one_way_are_two_agreements(tmp_path: Path) -> None:
    files = [tmp_path / "协定.txt", tmp_path / "斜定.txt", tmp_path / "visit_a.txt", tmp_path / "visit a.txt"]
    for number, file in enumerate(files):
        file.write_text(OURS.replace("21 days", f"{number + 31} days").replace("Estonia", "Arland"), encoding="utf-8")
    assert id_from(files[0].name) == id_from(files[1].name) == "xieding"
    report = library.import_files(tmp_path / "repository", files)
    ids = ["xieding", spare_id(files[1].name), "visit-a", spare_id(files[3].name)]
    assert [r.id for r in report.imported] == ids, "each is kept, though all stand under the same names"
    assert [r.status for r in report.imported] == ["new", "conflict", "conflict", "conflict"]
    assert [r.status for r in library.import_files(tmp_path / "repository", files).imported] == ["unchanged"] * 4
    files[1].write_text(OURS.replace("21 days", "99 days"), encoding="utf-8")
    again = library.import_files(tmp_path / "repository", files[1:2], replace=True)
    assert [(r.id, r.status) for r in again.imported] == [(ids[1], "replaced")]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Соглашение о силах.docx", "soglashenie-o-silakh"),
        ("協定.pdf", "xieding"),
        ("συμφωνία.txt", "symfonia"),
        ("Übereinkommen Łódź.txt", "ubereinkommen-lodz"),
        ("Cafe\u0301.txt", "cafe"),
        ("협정.txt", "hyeobjeong"),
        ("A" * 300 + ".txt", "a" * 80),
        ("!!!.txt", "agreement"),
    ],
)
def test_names_in_any_script_give_ids(name: str, own: str) -> None:
    assert id_from(name) == own
    assert len(spare_id(name)) <= 80


def test_an_id_that_a_person_chose_is_never_exchanged(tmp_path: Path) -> None:
    for name, words in (("a.txt", OURS), ("b.txt", OURS.replace("21", "22"))):
        (tmp_path / name).write_text(words, encoding="utf-8")
    reports = [
        library.import_files(tmp_path / "repository", [tmp_path / name], agreement_id="chosen")
        for name in ("a.txt", "b.txt")
    ]
    assert [r.imported[0].status for r in reports] == ["new", "conflict"]
