"""Of a text in a language that is not read for something it is said that it is not read, never that it lacks it."""

from datetime import date
from pathlib import Path

import pytest

from agreements.languages import languages
from agreements.languages.reads import not_read, reads
from agreements.library import (
    accepted_variants,
    calendar,
    classify_file,
    compare,
    import_files,
    matrix,
    partner,
)
from agreements.model import Agreement, Document, Party, Provision
from agreements.repository import Repository

CZECH = """DOHODA MEZI VLÁDOU LORNIE A VLÁDOU VELMARIE O MAJÁCÍCH

Vláda Lornie a vláda Velmarie, vedeny přáním udržovat majáky otevřené, se dohodly takto:

Článek 1

Smluvní strany udržují majáky otevřené v noci a navzájem se informují o každé bouři.

Článek 2

Tato dohoda vstupuje v platnost dnem podpisu. Sjednává se na dobu pěti let a lze ji vypovědět ve lhůtě šesti měsíců.

Dáno v Lornu dne 3. května 2011 ve dvou vyhotoveních, každé v jazyce českém.
"""
SWAHILI = """MKATABA KATI YA SERIKALI YA LORNIA NA SERIKALI YA VELMARIA KUHUSU MINARA

Serikali ya Lornia na Serikali ya Velmaria zimekubaliana kama ifuatavyo:

Kifungu cha 1

Wahusika wataweka minara wazi usiku na kuarifiana kuhusu kila dhoruba inayokuja baharini.

Kifungu cha 2

Mkataba huu utaanza kutumika siku ya kutiwa saini na utadumu kwa kipindi cha miaka mitano.
"""
ENGLISH = """AGREEMENT BETWEEN THE GOVERNMENT OF LORNIA AND THE GOVERNMENT OF VELMARIA ON LIGHTHOUSES

The Government of Lornia and the Government of Velmaria have agreed as follows:

Article 1

The Parties shall keep the lighthouses open by night and tell each other of every storm.

Article 2

This Agreement shall enter into force on signature.

Done at Lorn on 3 May 2011.
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unread")
    for name, text in (("czech", CZECH), ("swahili", SWAHILI), ("english", ENGLISH)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    Repository(folder / "repository")
    import_files(folder / "repository", [folder / f"{name}.txt" for name in ("czech", "swahili", "english")])
    return folder / "repository"


def test_english_is_read_and_a_language_without_a_pack_is_not() -> None:
    assert not_read("term", ["en", "cs"]) == ""  # one original is enough
    assert not_read("term", []) == ""  # no text at all
    assert not_read("term", ["cs"]) == "not read in Czech"
    assert not_read("clauses", ["sw", "xx"]) == "not read in Swahili or the language xx"
    for code, pack in languages().items():
        assert reads("entry", code) is bool(pack.entry or code == "en")
        assert reads("clauses", code) is (code == "en")


@pytest.mark.parametrize(("name", "language"), [("czech", "Czech"), ("swahili", "Swahili")])
def test_the_calendar_says_what_was_not_read(held: Path, name: str, language: str) -> None:
    said = {d.rule.id: d.missing for d in calendar(held, [name], today=date(2026, 12, 1)) if d.missing}
    assert said["term-end"] == f"Cannot compute: a term is not read in {language}, and none is held."
    assert f"parties are not read in {language}" in said["parties-unknown"]
    (english,) = (d.missing for d in calendar(held, ["english"], today=date(2026, 12, 1)) if d.rule.id == "term-end")
    assert english.startswith("Cannot compute: no term is held; it may run until it is terminated")


def test_a_clause_of_it_is_never_said_to_be_missing(held: Path) -> None:
    table = accepted_variants(held, "term")
    said = {row.agreement: (row.how, row.said) for rows in table.groups.values() for row in rows}
    assert said["czech"] == ("not-read", "not read in Czech")
    assert said["swahili"] == ("not-read", "not read in Swahili")
    assert said["english"][0] != "not-read"
    found = matrix(held, ids=("czech", "english"))
    assert {cell.said for cell in found.every["czech"].values()} == {"not read in Czech"}
    assert (found.not_read("czech"), found.not_read("english")) == ("not read in Czech", "")
    assert found.not_carried("czech") == ()
    assert compare(held, "czech", "english", topic="termination").not_seen["a"] == "not read in Czech"


def test_the_page_of_a_partner_names_the_facts_that_nobody_read(tmp_path: Path) -> None:
    article = Provision(id="1", kind="article", number="1", text="Majáky jsou otevřené.")
    text = Document(role="main", language="cs", provisions=(article,))
    held = Agreement(id="lorn", title="Dohoda", parties=(Party(name="Lornia"),), documents=(text,))
    repository = Repository(tmp_path / "repository")
    repository.add(held)
    repository.add(held.model_copy(update={"id": "known", "term": "five years", "termination_notice_months": 6}))
    said = {row.id: row.not_read for row in partner(tmp_path / "repository", "Lornia").bilateral}
    assert said == {
        "lorn": "entry into force, term, notice not read in Czech",
        "known": "entry into force not read in Czech",
    }


def test_a_file_is_classified_or_said_not_to_be_read(held: Path) -> None:
    rows = classify_file(held.parent / "czech.txt")
    assert {row.get("not_read") for row in rows if not row["topics"]} == {"not read in Czech"}
    assert not any("not_read" in row for row in classify_file(held.parent / "english.txt"))
