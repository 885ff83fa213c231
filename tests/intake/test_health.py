"""The doctor finds what is wrong, and says first what a person should look at first."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.intake.gates import gates
from agreements.library import doctor, import_files, refresh_index
from agreements.model import (
    Agreement,
    Citation,
    Document,
    EntryIntoForce,
    Party,
    Provision,
    Signing,
    Source,
)
from agreements.repository import Repository

TEXT = """\
# Agreement between the Netherlands and Norway on Visits

## Article I

### Claims

1. Each Party waives all claims against the other Party for damage to its property.

## Article III

### Termination

Either Party may terminate this Agreement by six months written notice to the other Party.

DONE at Oslo, this 14th day of March, 1999.
"""


def sound() -> Agreement:
    """An agreement with nothing to say against it but that its status and marking are not known."""
    claims = "Each Party waives all claims against the other Party for damage to its property."
    return Agreement(
        id="sound",
        title="Agreement on visits",
        parties=(Party(code="NLD", name="Netherlands"), Party(code="NOR", name="Norway")),
        signings=(Signing(date="1999-03-14"),),
        entry_into_force=EntryIntoForce(date="1999-05-01"),
        citations=(Citation(text="TIAS 99-501"),),
        sources=(Source(file="x.txt", sha256="0" * 64),),
        documents=(Document(provisions=(Provision(kind="article", number="I", heading="Claims", text=claims),)),),
    )


def warned(agreement: Agreement) -> set[str]:
    return {f.code for f in gates(agreement) if f.severity != "info"}


Change = Callable[[Agreement], dict[str, object]]


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({}, set()),
        ({"title": ""}, {"no-title"}),
        ({"parties": ()}, {"no-parties"}),
        ({"parties": (Party(code="NLD"), Party(name="Freedonia"))}, {"party-unknown"}),  # not in the table of States
        ({"sources": ()}, {"no-source"}),
        ({"entry_into_force": EntryIntoForce(date="1999-02-01")}, {"dates", "tias-date"}),  # before the signature
        ({"citations": (Citation(text="TIAS 99-502"),)}, {"tias-date"}),  # the number is of the day of entry into force
        ({"citations": (Citation(text="TIAS 99-1332"),)}, {"tias-date"}),  # no such month
        ({"citations": (Citation(text="TIAS 12930"),)}, set()),  # older numbers only run
        ({"entry_into_force": EntryIntoForce(date="1999-05")}, set()),  # agrees as far as it goes
        ({"documents": (Document(provisions=(Provision(kind="article", number="I"),)),)}, {"empty-article"}),
        (
            {"documents": (Document(provisions=(Provision(kind="text", text="word " * 500 + "end"),)),)},
            {"no-structure"},
        ),
        ({"documents": (Document(language="und", provisions=sound().documents[0].provisions),)}, {"no-language"}),
        ({"documents": ()}, set()),  # facts alone have no text to be wrong
    ],
)
def test_gates(update: dict[str, object], expected: set[str]) -> None:
    assert warned(sound().model_copy(update=update)) == expected


def test_a_day_of_signature_that_no_calendar_has_is_told() -> None:
    done = Provision(kind="testimonium", text="Done at Port Sable on 31 June 2022, in duplicate.")
    article = sound().documents[0].provisions[0]
    text = (Document(provisions=(article, done)),)
    assert warned(sound().model_copy(update={"signings": (), "documents": text})) == {"no-such-day"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "visits-1999.md").write_text(TEXT, encoding="utf-8")
    import_files(tmp_path / "r", [tmp_path / "visits-1999.md"])
    return tmp_path / "r"


def codes(folder: Path) -> list[str]:
    return [c.finding.code for c in doctor(folder).concerns]


def test_the_gravest_comes_first(folder: Path) -> None:
    Repository(folder).add(sound().model_copy(update={"id": "another", "sources": ()}))
    source = folder / "agreements" / "visits-1999" / "source" / "visits-1999.md"
    source.write_text("something else", encoding="utf-8")
    (folder / "agreements" / "visits-1999" / "agreement.new.md").write_text("waits", encoding="utf-8")
    (folder / "agreements" / "another" / "agreement.md").write_text("no front matter", encoding="utf-8")
    health = doctor(folder)
    assert not health.is_well
    assert codes(folder)[:4] == ["damaged", "source-changed", "text-changed", "new-reading"]
    assert codes(folder).index("index-stale") < codes(folder).index("no-status")
    assert [c.agreement for c in health.concerns[:2]] == ["another", "visits-1999"]
    assert health.counts()["error"] == {"damaged": 1, "source-changed": 1}


def test_it_changes_nothing_and_is_content_with_an_index_in_step(folder: Path) -> None:
    def held() -> list[tuple[Path, int]]:  # `.cache` holds what it worked out, and can be deleted
        files = (p for p in folder.rglob("*") if p.is_file() and ".cache" not in p.parts)
        return sorted((p, p.stat().st_mtime_ns) for p in files)

    before = held()
    assert "index-stale" not in codes(folder)
    assert before == held()
    assert doctor(folder).is_well
    refresh_index(folder)


def test_a_source_that_is_gone_is_an_error(folder: Path) -> None:
    (folder / "agreements" / "visits-1999" / "source" / "visits-1999.md").unlink()
    assert codes(folder)[0] == "source-missing"


def test_one_agreement_can_be_looked_at_alone(folder: Path) -> None:
    Repository(folder).add(sound())
    health = doctor(folder, ["visits-1999"])
    assert health.looked_at == 1
    assert {c.agreement for c in health.concerns} == {"visits-1999"}


def test_the_facts_that_ship_pass(tmp_path: Path) -> None:
    from agreements.repository.places import seed

    seed(tmp_path / "r")
    health = doctor(tmp_path / "r")
    assert health.is_well
    grave = {(c.agreement, c.finding.code) for c in health.concerns if c.finding.severity == "warning" and c.agreement}
    assert {code for _, code in grave} <= {"party-unknown", "tias-date", "dates", "index-stale"}


def test_a_file_that_is_lost_is_not_taken_for_an_edit_of_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    import_files(tmp_path / "repository", [tmp_path / "a.md"])
    folder = Repository(tmp_path / "repository").folder("a")
    (folder / "agreement.md").unlink()
    found = {concern.finding.code for concern in doctor(tmp_path / "repository").concerns}
    assert "text-missing" in found and "edited" not in found
