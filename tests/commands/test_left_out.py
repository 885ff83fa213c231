"""An agreement that cannot be read is in no answer, and every answer about all that is held says so."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands import group
from agreements.model import Agreement, Document, Party, Provision, Signing
from agreements.repository import Repository
from agreements.repository.layout import Layout

SAID = "1 agreement cannot be read and is in no answer: broken-sofa"
WORDS = "Each Party waives its claims against the other Party for damage to its property."


def _agreement(identifier: str, year: int) -> Agreement:
    articles = tuple(
        Provision(kind="article", number=number, heading=head, children=(Provision(kind="paragraph", text=words),))
        for number, head, words in (("I", "Claims", WORDS), ("II", "Entry into force", "It enters into force today."))
    )
    return Agreement(
        id=identifier,
        title=f"Agreement on the Status of Forces of {year}",
        family="sofa",
        parties=(Party(code="USA", name="United States of America"), Party(code="VST", name="Vastria")),
        signings=(Signing(date=f"{year}-03-10"),),
        documents=(Document(provisions=articles),),
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("left-out") / "repository"
    with Repository(folder).writing() as writer:
        for identifier, year in (("whole-sofa", 2024), ("other-sofa", 2025), ("broken-sofa", 2026)):
            writer.add(_agreement(identifier, year))
    library.refresh_index(folder)
    file = folder / "agreements" / "broken-sofa" / "agreement.md"
    file.write_text(file.read_text(encoding="utf-8").replace("---\n", "---\n: : {\n", 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "list",
        "list --family sofa",
        "search claims",
        "similar whole-sofa#I",
        "variants claims",
        "matrix --family sofa",
        "partner Vastria",
        "relations whole-sofa",
        "timeline",
        "calendar",
        "wanted",
        "show whole-sofa#I",
        "show whole-sofa#I --as-of 2026-06-01",
        "index",
        "draft check whole-sofa --precedents",
    ],
)
@pytest.mark.parametrize("form", ["lines", "json"])
def test_every_answer_about_all_that_is_held_names_what_is_not_in_it(desk: Path, words: str, form: str) -> None:
    asked = ["--repo", str(desk), *(["--json"] if form == "json" else []), *words.split()]
    done = CliRunner().invoke(group, asked)
    assert SAID in " ".join(done.output.split()), done.output


def test_a_saved_search_says_so_when_it_is_run_again(desk: Path) -> None:
    library.save_search(desk, "claims", "claims")
    done = CliRunner().invoke(group, ["--repo", str(desk), "saved", "run", "claims"])
    assert SAID in " ".join(done.output.split())


def test_what_can_be_read_says_nothing_of_it(tmp_path: Path) -> None:
    with Repository(tmp_path / "repository").writing() as writer:
        writer.add(_agreement("whole-sofa", 2024))
    for words in ("list", "search claims"):
        done = CliRunner().invoke(group, ["--repo", str(tmp_path / "repository"), *words.split()])
        assert "cannot be read" not in done.output


def test_a_desk_held_open_names_it_until_it_is_mended(desk: Path) -> None:
    file = desk / "agreements" / "broken-sofa" / "agreement.md"
    broken = file.read_bytes()
    with library.Desk(desk) as held:
        assert held.unread() == ("broken-sofa",)
    file.write_bytes(broken.replace(b": : {\n", b"", 1))
    try:
        assert library.unread(desk) == ()
    finally:
        file.write_bytes(broken)


def test_what_was_worked_out_of_an_agreement_before_it_was_damaged_is_not_told(desk: Path) -> None:
    file = desk / "agreements" / "other-sofa" / "agreement.md"
    whole = file.read_bytes()
    assert library.calendar(desk, ["other-sofa"])[0].rule.id != "unread"
    file.write_bytes(whole + b"\x00\xff")
    try:
        assert [d.rule.id for d in library.calendar(desk, ["other-sofa"])] == ["unread"]
    finally:
        file.write_bytes(whole)


def test_the_calendar_answers_for_the_rest_and_says_of_which_it_cannot(desk: Path) -> None:
    library.begin_negotiation(desk, "talks", {"partner": "EST", "family": "sofa", "title": "Talks"})
    library.begin_negotiation(desk, "others", {"partner": "EST", "family": "sofa", "title": "Others"})
    library.add_step(desk, "others", {"what": "Ask the legal adviser", "who": "L", "due": "2030-02-01"})
    record = desk / "agreements" / "other-sofa" / "reading.json"
    damaged = (desk / "negotiations" / "talks" / "negotiation.yaml", record)
    shutil.rmtree(desk / ".cache")
    kept = [file.read_bytes() if file.exists() else None for file in damaged]
    for file in damaged:
        file.write_text(": : {", encoding="utf-8")
    with library.Desk(desk) as held:
        every = held.calendar()
        assert {d.subject.id for d in every} >= {"whole-sofa", "others"}
        said = {d.subject.id: d.missing for d in every if d.rule.id == "unread"}
        assert set(said) == {"talks", "other-sofa"}
        assert all(words.startswith("Cannot compute: it cannot be read (") for words in said.values())
        for file, content in zip(damaged, kept, strict=True):
            file.write_bytes(content) if content is not None else file.unlink()
        assert not [d for d in held.calendar() if d.rule.id == "unread"]


@pytest.mark.parametrize(
    "words",
    [
        "list",
        "matrix",
        "partner USA",
        "relations whole-sofa",
        "timeline",
        "calendar",
        "wanted",
        "show whole-sofa#I",
    ],
)
def test_a_command_looks_at_the_files_of_all_agreements_once(
    desk: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr("agreements.repository.store._LOOKED_AT_AGAIN", 600.0)  # on a machine that is busy
    seen: list[Layout] = []
    real = Layout.stamps

    def counted(layout: Layout, *how: Any) -> dict[str, str]:
        seen.append(layout)
        return real(layout, *how)

    library.refresh_index(desk)
    monkeypatch.setattr(Layout, "stamps", counted)
    done = CliRunner().invoke(group, ["--repo", str(desk), *words.split()])
    assert not done.exception
    assert len(seen) == 1
