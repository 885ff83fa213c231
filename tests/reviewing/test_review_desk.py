"""Reviews at our own desk: their words against recorded positions, and the precedents for them."""

import zipfile
from types import SimpleNamespace

import pytest

from agreements.errors import NotFoundError, RepositoryError
from agreements.library import answer, clause_precedents, import_files, review, write_memo
from agreements.negotiation.file import Negotiation
from agreements.negotiation.positions import Position, Positions, Wording
from agreements.negotiation.store import Negotiations
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.repository import Repository
from agreements.reviewing.precedents import SoughtPrecedents
from tests.reviewing.test_review import OURS, main, tracked
from tests.word import samples

PRECEDENT = "Either Party waives claims against the other for damage to property that its armed forces own or use."
CLAIMS = "Each Party waives claims against the other for damage to property that its armed forces use."
POSITIONS = Positions(
    marking="SENSITIVE BUT UNCLASSIFIED",
    positions=(
        Position(
            path="IV.1",
            preferred=Wording(words=CLAIMS),
            fallbacks=(Wording(words=CLAIMS.replace("Each", "Either")),),
            beyond=(Wording(phrase="shall pay"),),
        ),
        Position(path="V", held_elsewhere="registry, file 12"),
    ),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A repository with one agreement and one negotiation."""
    folder = tmp_path_factory.mktemp("desk")
    head = "# Agreement between Arland and Borduria on Claims\n\n## Article I\n\n### Claims"
    text = f"{head}\n\n1. {PRECEDENT}\n\n2. No more.\n"
    (folder / "arland-borduria.md").write_text(text, encoding="utf-8")
    import_files(folder / "repository", [folder / "arland-borduria.md"])
    kept = Negotiations(Repository(folder / "repository"))
    kept.begin(Negotiation(id="tamaris", partner="Tamaris", family="sofa"))
    kept.change_positions("tamaris", lambda _: POSITIONS)
    return folder / "repository"


def reviewed(folder, theirs, **options):
    (folder / "ours.docx").write_bytes(OURS)
    (folder / "theirs.docx").write_bytes(theirs)
    return review(folder / "ours.docx", folder / "theirs.docx", **options)


STANDINGS = [
    # (what they write instead of "Each Party waives claims", how it stands)
    ("Either Party waives claims", "fallback 1"),
    ("Each Party shall pay claims", "beyond authority"),
    ("Each Party forgoes claims", "not a recorded wording"),
]


@pytest.mark.parametrize(("theirs", "standing"), STANDINGS)
def test_words_stand_to_positions_by_the_letter_and_never_by_likeness(desk, tmp_path, theirs, standing):
    file = tracked(("Each Party waives claims", theirs))
    found = reviewed(tmp_path, file, repository=desk, negotiation="tamaris", precedents=False)
    (clause,) = found.clauses
    assert clause.position["status"] == standing
    assert clause.as_json()["position"]["position"] == "IV.1"
    assert found.marking == "SENSITIVE BUT UNCLASSIFIED"


def test_a_position_that_is_held_elsewhere_is_named_and_one_that_is_not_recorded_too(desk, tmp_path):
    file = tracked(("one year's notice", "a month's notice"), ("an identity card", "a passport"))
    found = reviewed(tmp_path, file, repository=desk, negotiation="tamaris", precedents=False)
    cells = {clause.path: clause.position for clause in found.clauses}
    assert cells["II.1.a"] == {"status": "none recorded"}
    assert (cells["V"]["status"], cells["V"]["held_elsewhere"]) == ("held elsewhere", "registry, file 12")


def test_precedents_say_the_words_that_changed_and_only_a_repository_has_them(desk, tmp_path):
    file = tracked(("Each Party waives claims", "Either Party waives claims"))
    (clause,) = reviewed(tmp_path, file, repository=desk).clauses
    (sought,) = clause.precedents
    assert [(p.hit.ref, p.hit.snippet) for p in sought.found] == [("arland-borduria#I.1", PRECEDENT)]
    assert (sought.change, sought.words, sought.head) == ("inserted", "Either", "texts that say “Either”")
    row = clause.as_json()
    assert row["precedents"][0]["ref"] == "arland-borduria#I.1"
    assert row["sought"] == [{"change": "inserted", "words": "Either", "found": 1, "provisions": 2}]
    (clause,) = reviewed(tmp_path, file).clauses
    assert (clause.precedents, clause.as_json()["precedents"], clause.as_json()["sought"]) == (None, [], [])


def test_words_that_no_text_has_are_said_to_be_found_nowhere_and_in_how_much(desk, tmp_path):
    file = tracked(("Each Party waives claims", "Each Party waives exorbitant claims"))
    (clause,) = reviewed(tmp_path, file, repository=desk).clauses
    (sought,) = clause.precedents
    assert list(sought.lines()) == [("", "none found by the program in 2 provisions")]


def test_of_words_that_went_the_texts_that_keep_them_are_shown(desk, tmp_path):
    file = tracked(("for damage to property that its armed forces use", "for damage"))
    (clause,) = reviewed(tmp_path, file, repository=desk).clauses
    (sought,) = clause.precedents
    assert sought.head == "texts that keep “to property that its armed forces use”"
    assert [p.hit.ref for p in sought.found] == ["arland-borduria#I.1"]


def test_of_a_new_provision_the_nearest_are_shown(desk, tmp_path):
    article = f"## Article IV bis: Peace\n{PRECEDENT.replace('Either', 'Each')}\n\n## Article V"
    added = samples.MAIN.replace("## Article V", article)
    found = reviewed(tmp_path, main(added), repository=desk)
    (sought,) = next(clause for clause in found.clauses if clause.change == "added").precedents
    assert (sought.head, sought.found[0].hit.ref) == ("nearest to the provision", "arland-borduria#I")


def test_the_precedents_of_one_clause_are_found_when_it_is_read(desk, tmp_path):
    file = tracked(("Each Party waives claims", "Either Party waives claims"))
    found = reviewed(tmp_path, file)
    (sought,) = clause_precedents(found, "IV.1", desk)
    assert [p.hit.ref for p in sought.found] == ["arland-borduria#I.1"]
    assert found.clauses[0].precedents == (sought,)
    with pytest.raises(NotFoundError, match=r"IV\.9"):
        clause_precedents(found, "IV.9", desk)


def test_a_memo_has_the_sentence_in_its_row_and_the_full_citation_once_below(desk, tmp_path):
    file = tracked(
        ("Each Party waives claims", "Either Party waives claims"), ("one year's notice", "either's own notice")
    )
    found = reviewed(tmp_path, file, repository=desk)
    memo = write_memo(found, tmp_path / "memo.docx")
    parts = Package.of("memo", memo.read_bytes())
    body = parts.body()
    cells = ["".join(cell.itertext()) for cell in body.iter(name("tc"))]
    below = ["".join(p.itertext()) for p in body.iterchildren(name("p"))]
    assert any(f"arland-borduria#I.1 (status not established): “{PRECEDENT}”" in cell for cell in cells)
    assert any("none found by the program in 2 provisions" in cell for cell in cells)
    cited = [line for line in below if line.startswith("arland-borduria#I.1: ")]
    assert len(cited) == 1
    assert "Article I, paragraph 1; no citation established; status not established" in cited[0]


def test_whom_the_text_binds_is_said():
    sought = SoughtPrecedents("inserted", "or gross", (), 9, ("USA", "NOR"))
    hit = SimpleNamespace(parties=["NOR", "SWE"])
    assert sought.parties_words(SimpleNamespace(hit=hit)) == "also with Norway"
    hit.parties = ["USA", "NOR"]
    assert sought.parties_words(SimpleNamespace(hit=hit)) == "between the same Parties"
    hit.parties = ["USA", "SWE"]
    assert sought.parties_words(SimpleNamespace(hit=hit)) == ""


def test_drafts_are_no_precedents(tmp_path):
    folder = tmp_path / "repository"
    draft = samples.visiting_forces()
    with Repository(folder).writing() as writer:
        writer.add(draft)
        writer.add(draft.model_copy(update={"id": "val-tam-specimen", "standing": "specimen"}))
    file = tracked(("Each Party waives claims", "Either Party waives claims"))
    (clause,) = reviewed(tmp_path, file, repository=folder).clauses
    assert [sought.found for sought in clause.precedents] == [()]


def test_a_negotiation_has_to_be_one(desk, tmp_path):
    with pytest.raises(NotFoundError, match="no-such"):
        reviewed(tmp_path, OURS, repository=desk, negotiation="no-such")
    with pytest.raises(RepositoryError, match="No repository was named"):
        reviewed(tmp_path, OURS, negotiation="tamaris")


def test_a_rule_by_position_decides_and_nothing_of_positions_leaves(desk, tmp_path):
    file = tracked(("Each Party waives claims", "Each Party shall pay claims"))
    found = reviewed(tmp_path, file, repository=desk, negotiation="tamaris", precedents=False)
    (tmp_path / "d.yaml").write_text("rules:\n  - position: beyond authority\n    do: reject\n", encoding="utf-8")
    reply = answer(found, tmp_path / "d.yaml", tmp_path / "reply.docx", author="U.S.", date="2026-11-22")
    assert reply.rejected == 2
    with zipfile.ZipFile(tmp_path / "reply.docx") as package:
        whole = b"".join(package.read(part) for part in package.namelist())
    assert b"registry, file 12" not in whole
    assert b"SENSITIVE" not in whole
