"""The page of a partner, and who accepted which variant."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands import group
from agreements.errors import AgreementsError, NotFoundError
from agreements.library import accepted_variants, partner
from agreements.model import Agreement, Document, Party, Provision, Signing, Status
from agreements.negotiation import desk_book
from agreements.repository import Repository
from agreements.survey.accepted import kinds_for

ROOT = Path(__file__).resolve().parents[2]


def run(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "agreements", "--repo", str(desk), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_page_has_everything_with_a_state(desk: Path) -> None:
    page = partner(desk, "Germany")
    assert (page.code, page.name) == ("DEU", "Germany")
    assert {i.id for i in page.bilateral} == {"base-1999", "detachment-2003", "old-1990", "new-2005", "change-2008"}
    assert [i.id for i in page.multilateral] == ["club-1990"]
    by_id = {i.id: i for i in page.bilateral}
    assert by_id["new-2005"].chain == ("old-1990", "change-2008")
    assert by_id["old-1990"].is_over
    assert page.bilateral[-1].id == "old-1990"  # what is over comes last
    assert not by_id["base-1999"].is_over


def test_membership_and_status_are_those_of_the_day(desk: Path) -> None:
    assert [i.id for i in partner(desk, "ESP", as_of="2005-01-01").multilateral] == ["club-1990"]
    assert partner(desk, "ESP", as_of="2012").multilateral == ()
    assert partner(desk, "ESP").multilateral == ()  # it left
    on_the_day = {i.id: i.status for i in partner(desk, "DEU", as_of="1995-01-01").bilateral}
    assert on_the_day == {"old-1990": "in force"}


def test_a_first_term_of_years_is_worked_out(desk: Path) -> None:
    [instrument] = partner(desk, "ITA").bilateral
    assert (instrument.term, instrument.first_term_ends) == ("five (5) years", "2016-04-01")


def test_a_known_state_without_agreements_has_an_empty_page_and_an_unknown_name_is_refused(desk: Path) -> None:
    assert partner(desk, "Fiji").bilateral == ()
    with pytest.raises(NotFoundError) as caught:
        partner(desk, "Freedonia")
    assert "DEU" in caught.value.hint


def test_what_fellow_parties_have_and_the_partner_has_not(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    codes = ("BEL", "DNK", "EST", "NOR")
    repository.add(
        Agreement(
            id="alliance",
            family="sofa",
            parties=tuple(Party(code=c) for c in (*codes, "USA")),
            signings=(Signing(date="1951-06-19"),),
            status=Status(value="in-force"),
        )
    )
    for code in codes:
        families = ["acsa", "transit"] if code != "EST" else ["transit"]
        for family in families:
            repository.add(
                Agreement(
                    id=f"{code.lower()}-{family}",
                    family=family,
                    parties=(Party(code=code), Party(code="USA")),
                    signings=(Signing(date="1999-01-01"),),
                    status=Status(value="in-force"),
                )
            )
    [lack] = partner(tmp_path / "r", "EST").only_others
    assert (lack.what, lack.have, lack.among, lack.who) == ("acsa", 3, 3, ("BEL", "DNK", "NOR"))
    assert partner(tmp_path / "r", "BEL").only_others == ()
    assert partner(tmp_path / "r", "USA").only_others == ()  # whose repository it is: nobody to compare with


def test_variants_are_grouped_with_their_words_and_place(desk: Path) -> None:
    table = accepted_variants(desk, "claims")
    assert {row.how for rows in table.groups.values() for row in rows} == {"by-reference", "unsure"}
    [referring] = table.groups["by reference"]
    assert (referring.agreement, referring.ref) == ("detachment-2003", "detachment-2003#I")
    assert accepted_variants(desk, "fees").groups.keys() == {"not found by the program"}
    assert accepted_variants(desk, "claims", families=["acsa"]).groups == {}


def test_kinds_are_found_by_topic_and_the_known_are_listed() -> None:
    assert kinds_for("jurisdiction_waiver_recall") == ("criminal_jurisdiction", "recall_window")
    assert kinds_for("term") == ("term",)
    with pytest.raises(NotFoundError) as caught:
        kinds_for("weather")
    assert "termination_notice" in caught.value.hint


def test_variants_over_real_agreements(shared: Path, tmp_path: Path) -> None:
    from agreements.library import import_files

    names = ("germany-sofa-supplementary-agreement-1959", "nato-sofa-1951", "us-netherlands-cse-inspections")
    import_files(tmp_path / "r", [shared / "treaties" / "security" / f"{name}.md" for name in names])
    groups = accepted_variants(tmp_path / "r", "recall_window").groups
    [german] = groups["21 days"]
    assert (german.ref, german.number, german.unit) == ("germany-sofa-supplementary-agreement-1959#19.3", 21, "days")
    assert list(groups) == ["21 days", "unsure", "not found by the program"]
    models = accepted_variants(tmp_path / "r", "criminal_jurisdiction").groups
    assert {code: [r.agreement for r in rows] for code, rows in models.items()} == {
        "J4": [names[0]],
        "J3": [names[1]],
        "not found by the program": [names[2]],
    }


def test_the_commands(desk: Path) -> None:
    assert json.loads(run(desk, "--json", "partner", "DEU").stdout)["bilateral"][0]["id"] == "change-2008"
    assert "chain: old-1990, change-2008" in run(desk, "partner", "Germany").stdout
    assert run(desk, "partner", "Freedonia").returncode == 1
    shown = run(desk, "variants", "fees").stdout.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert "not found by the program (2)" in shown
    assert json.loads(run(desk, "--json", "variants", "claims").stdout)["kind"] == "claims"
    assert "recall_window" in run(desk, "variants").stdout
    assert run(desk, "variants", "weather").returncode == 1


def test_a_list_for_a_state_names_what_is_held_and_may_bind_it(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    for name, parties in {"club": ("NATO",), "theirs": ("BEL", "USA"), "ours": ("DEU", "USA"), "paper": ()}.items():
        repository.add(Agreement(id=name, family="sofa", parties=tuple(Party(code=code) for code in parties)))
    with_germany = CliRunner().invoke(group, ["--repo", str(tmp_path / "r"), "list", "--party", "DEU"])
    assert "1 agreement;" in with_germany.output
    assert "Not counted, though held: club, paper;" in " ".join(with_germany.output.split())


@pytest.mark.parametrize(("family", "told"), [("sofa", True), ("other", False)])
def test_agreements_of_no_one_kind_are_not_held_against_each_other(family: str, told: bool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "r")
    customs = "Official imports of a force shall be exempt from customs duties and import taxes."
    for code, words in {"BEL": customs, "DNK": customs, "NOR": customs, "DEU": "Members shall wear uniform."}.items():
        text = Document(provisions=(Provision(kind="article", number="I", heading="Rule", text=words),))
        parties = (Party(code=code), Party(code="USA"))
        repository.add(Agreement(id=code.lower(), family=family, parties=parties, documents=(text,)))
    assert bool(partner(tmp_path / "r", "DEU").only_others) is told


def _paper(file: Path) -> tuple[list[str], list[list[list[str]]]]:
    """The paragraphs of a Word file, and the cells of each of its tables."""
    paper = docx.Document(str(file))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]
    return [paragraph.text for paragraph in paper.paragraphs], tables


def test_a_desk_book_has_instruments_topics_and_what_it_does_not_cover(desk: Path, tmp_path: Path) -> None:
    book = library.write_desk_book(desk, "Germany", tmp_path / "book.docx", today=date(2026, 12, 1))
    lines, tables = _paper(tmp_path / "book.docx")
    assert lines[0] == "Desk book: Germany"
    assert any(line.startswith("Not covered:") for line in lines)
    page = partner(desk, "Germany")
    told = [row[2] for table in tables if table[0][0] == "No." for row in table[1:]]
    assert [words.split("\n")[1] for words in told] == [i.id for i in (*page.bilateral, *page.multilateral)]
    (topics,) = (table for table in tables if table[0] == ["Topic", "Where it is carried"])
    rows = dict(map(tuple, topics[1:]))
    number = book.numbers["base-1999"]
    assert f"No. {number}: II" in rows["Inter-governmental claims waiver"]
    assert "not found by the program in" in rows["Criminal jurisdiction"]
    assert "None that the reader may see is kept here." in lines
    ended = tuple(replace(row, is_over=row.id == "base-1999") for row in book.page.bilateral)
    desk_book.write_desk_book(replace(book, page=replace(book.page, bilateral=ended)), tmp_path / "over.docx")
    _, tables = _paper(tmp_path / "over.docx")
    (topics,) = (table for table in tables if table[0] == ["Topic", "Where it is carried"])
    assert f"No. {number} (over): II" in dict(map(tuple, topics[1:]))["Inter-governmental claims waiver"]


def test_a_desk_book_says_which_negotiations_could_not_be_read(desk: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(desk, own)
    library.begin_negotiation(own, "broken", {"title": "Talks", "partner": "DEU"})
    (own / "negotiations" / "broken" / "negotiation.yaml").write_text(": : {", encoding="utf-8")
    library.write_desk_book(own, "DEU", tmp_path / "book.docx", as_of="2009-01-01")
    lines, _ = _paper(tmp_path / "book.docx")
    assert any(line.startswith("Not read:") and "broken" in line for line in lines)
    assert any(line.startswith("Instruments:") and "1 January 2009" in line for line in lines)
    assert "None that the reader may see is kept here; of those that could not be read it is not known." in lines


def test_a_desk_book_has_the_negotiations_that_one_may_see_and_is_internal_then(desk: Path, tmp_path: Path) -> None:
    for name, who in (("talks", "DEU"), ("others", "ITA")):
        library.begin_negotiation(desk, name, {"title": f"Talks on {name}", "partner": who})
    library.add_step(desk, "talks", {"what": "Ask the legal adviser", "due": "2030-02-01"})
    assert run(desk, "partner", "DEU", "-o", str(tmp_path / "book.docx")).returncode == 0
    _, tables = _paper(tmp_path / "book.docx")
    (talks,) = (table for table in tables if table[0][0] == "Negotiation")
    assert talks[1:] == [["Talks on talks\ntalks", "concept", "Ask the legal adviser, due 1 February 2030"]]
    paper = docx.Document(str(tmp_path / "book.docx"))
    assert any("INTERNAL" in line.text for line in paper.sections[0].header.paragraphs)
    folder = desk / "negotiations" / "talks"
    (folder / "access.yaml").write_text("people:\n  - somebody.else\n", encoding="utf-8")
    with library.Desk(desk, user="nobody") as closed:
        closed.write_desk_book("DEU", tmp_path / "closed.docx")
    lines, tables = _paper(tmp_path / "closed.docx")
    assert not any(table[0][0] == "Negotiation" for table in tables)
    assert "talks" not in " ".join(lines)


@pytest.mark.parametrize("name", ["book.pdf", "book"])
def test_a_desk_book_is_a_word_file(desk: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(AgreementsError, match="no name for a Word file"):
        library.write_desk_book(desk, "DEU", tmp_path / name)
