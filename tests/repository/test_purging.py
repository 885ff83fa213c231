"""A purge leaves a tombstone and not a word; what was purged does not come back by accident."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import NotFoundError, RepositoryError
from agreements.model import Agreement
from agreements.repository import Repository, acting_as

Make = Callable[..., Agreement]
SECRET = "Tarnhelm"


@pytest.fixture
def spilled(repository: Repository, make: Make) -> Repository:
    """A repository where the word stands in the text, its title, an earlier text, the source and a new reading."""
    repository.add(make(words=f"First {SECRET}.", title=f"Agreement on {SECRET}"), source=f"1 {SECRET}".encode())
    repository.replace(make(words=f"Second {SECRET}."), source=f"2 {SECRET}".encode())
    path = repository.folder("valdoria-2019") / "agreement.md"
    path.write_text(path.read_text().replace("Second", "Edited"), encoding="utf-8")
    repository.add(make(words=f"Second {SECRET}."), source=f"2 {SECRET}".encode())
    repository.add(make("other", "Harmless words.", signed=""), source=b"other")
    repository.list()
    return repository


def where(root: Path, word: str) -> list[str]:
    return [p.name for p in root.rglob("*") if p.is_file() and word.encode() in p.read_bytes()]


def test_a_purge_leaves_nothing_but_the_tombstone(spilled: Repository) -> None:
    assert where(spilled.root, SECRET)
    stone = spilled.purge("valdoria-2019", "spill reported\nby the desk", spill="S-1")
    assert where(spilled.root, SECRET) == []
    assert spilled.ids() == ("other",)
    assert [f.id for f in spilled.list()] == ["other"]
    assert spilled.tombstones() == (stone,)
    assert (stone.reason, stone.finished) == ("spill reported by the desk", True)
    assert where(spilled.root, stone.hashes[0]) == ["valdoria-2019.json"]


@pytest.mark.parametrize(
    ("words", "source", "name"),
    [
        ("Second {}.", "2 {}", "again"),  # the same file
        ("Anything.", "1 {}", "again"),  # the file of the earlier text
        ("Second {}.", "another format", "elsewhere"),  # the same words in another file and under another id
    ],
)
def test_purged_text_is_refused(spilled: Repository, make: Make, words: str, source: str, name: str) -> None:
    spilled.purge("valdoria-2019", "spill", spill="S-1")
    outcome = spilled.add(make(name, words.format(SECRET)), source=source.format(SECRET).encode())
    assert (outcome.status, outcome.findings[0].code) == ("refused", "purged")
    assert "valdoria-2019" in outcome.findings[0].message
    assert SECRET not in outcome.findings[0].message
    assert where(spilled.root, SECRET) == []


def test_the_cleaned_text_may_come_under_the_same_id(spilled: Repository, make: Make) -> None:
    spilled.purge("valdoria-2019", "spill", spill="S-1")
    assert (
        spilled.add(make(words="Clean words."), source=b"clean").status == "conflict"
    )  # others stand under these names
    assert len(spilled.tombstones()) == 1


def test_restoring_is_explicit_and_lifts_the_tombstone(spilled: Repository, make: Make) -> None:
    spilled.purge("valdoria-2019", "by mistake", spill="S-1")
    text, source = make(words=f"Second {SECRET}."), f"2 {SECRET}".encode()
    assert spilled.add(text, source=source, restore=True).status == "conflict"
    assert spilled.add(text, source=source).status == "unchanged"
    earlier = make("e", f"First {SECRET}.", title=f"Agreement on {SECRET}")
    assert spilled.add(earlier, source=f"1 {SECRET}".encode()).status == "refused"  # that one was not restored


def test_a_second_purge_of_the_id_keeps_the_hashes_of_the_first(spilled: Repository, make: Make) -> None:
    first = spilled.purge("valdoria-2019", "spill", spill="S-1")
    spilled.add(make(words="Clean words."), source=b"clean")
    second = spilled.purge("valdoria-2019", "again", spill="S-1")
    assert set(first.hashes) < set(second.hashes)


def test_a_damaged_agreement_can_be_purged(spilled: Repository) -> None:
    (spilled.folder("valdoria-2019") / "agreement.md").write_text(f"{SECRET} without front matter")
    spilled.purge("valdoria-2019", "spill", spill="S-1")
    assert where(spilled.root, SECRET) == []


def test_a_purge_needs_a_reason_and_an_agreement(spilled: Repository) -> None:
    with pytest.raises(RepositoryError, match="reason"):
        spilled.purge("valdoria-2019", " ", spill="S-1")
    with pytest.raises(NotFoundError):
        spilled.purge("nowhere", "spill", spill="S-1")
    assert spilled.holds("valdoria-2019")


def test_a_damaged_tombstone_stops_imports(spilled: Repository, make: Make) -> None:
    spilled.purge("valdoria-2019", "spill", spill="S-1")
    (spilled.root / "purged" / "valdoria-2019.json").write_text("{")
    with pytest.raises(RepositoryError, match="tombstone"):
        spilled.add(make(words=f"Second {SECRET}."), source=f"2 {SECRET}".encode())


@pytest.mark.parametrize("given", [{}, {"authority": " "}, {"spill": ""}])
def test_nothing_is_purged_without_what_allows_it(spilled: Repository, given: dict[str, str]) -> None:
    with pytest.raises(
        RepositoryError, match=r"needs the disposition authority .* or the reference of a spill"
    ) as refused:
        spilled.purge("valdoria-2019", "old", **given)
    assert "--authority" in refused.value.hint
    assert "valdoria-2019" in spilled.ids()


def test_the_tombstone_says_by_what_authority_and_by_whom(spilled: Repository) -> None:
    with acting_as("Mara Quill"):
        spilled.purge("valdoria-2019", "old", authority="DAA-0000\n item 3")
    (stone,) = spilled.tombstones()
    assert (stone.authority, stone.spill, stone.by) == ("DAA-0000 item 3", "", "Mara Quill")
    assert stone.as_json()["authority"] == "DAA-0000 item 3"


def test_what_was_purged_is_told_as_that_and_by_none_of_its_words(spilled: Repository) -> None:
    with acting_as("Mara Quill"):
        stone = spilled.purge("valdoria-2019", f"a spill of {SECRET[:3]}", spill="S-9")
    with pytest.raises(NotFoundError) as refused:
        spilled.get("valdoria-2019")
    told = f"valdoria-2019 is held no more: it was purged on {stone.date} by Mara Quill (spill S-9)."
    assert str(refused.value) == told
    with pytest.raises(NotFoundError, match="There is no agreement named 'valdoria-2018'"):
        spilled.get("valdoria-2018")


def test_a_damaged_tombstone_still_says_that_it_stands_for_a_purge(spilled: Repository) -> None:
    spilled.purge("valdoria-2019", "old", spill="S-9")
    (stone,) = (spilled.root / "purged").glob("*.json")
    stone.write_text("{", encoding="utf-8")
    with pytest.raises(NotFoundError, match="it was purged, and its tombstone is damaged"):
        spilled.get("valdoria-2019")
