"""Annexes that change places answer what they were, and who refers to them is told where the reference leads now."""

from pathlib import Path

import pytest

from agreements import word
from agreements.library import compare, review
from agreements.model import Agreement
from agreements.reviewing.words import summary
from tests.word.samples import document

MAIN = """
# Agreement on Stores

## Article I: Purpose
The Parties store grain at the places named in Annex A.

## Article II: Costs
1. Each Party bears its own costs of the stores.
2. The fees of Annex B are paid each year.
"""
TEXTS = {
    "Places": "1. The stores stand at the harbour of Lorn.\n2. A second store stands at the rail yard.",
    "Fees": "1. The fee for each tonne is ten crowns.\n2. The fee is paid in May.",
    "Hours": "1. The stores open at seven in the morning.\n2. They close at dusk.",
}
OURS = ("Places", "Fees", "Hours")
ORDERS = [
    (
        ("Fees", "Places", "Hours"),
        {"annex-a": "annex-b", "annex-b": "annex-a", "annex-c": "annex-c"},
        "two change places",
    ),
    (("Hours", "Places", "Fees"), {"annex-a": "annex-b", "annex-b": "annex-c", "annex-c": "annex-a"}, "three go round"),
    (("Fees", "Hours"), {"annex-a": "", "annex-b": "annex-a", "annex-c": "annex-b"}, "the first is gone"),
]


def _agreement(order: tuple[str, ...], *, titled: bool) -> Agreement:
    heads = (f"Annex {letter}{f': {name}' if titled else ''}" for letter, name in zip("ABC", order, strict=False))
    annexes = (document(f"# {head}\n\n{TEXTS[name]}\n") for head, name in zip(heads, order, strict=True))
    return Agreement(id="x", form="agreement", documents=(document(MAIN), *annexes))


def _files(folder: Path, order: tuple[str, ...], *, titled: bool) -> tuple[Path, Path]:
    paths = (folder / "ours.docx", folder / "theirs.docx")
    for path, each in zip(paths, (OURS, order), strict=True):
        path.write_bytes(word.render(_agreement(each, titled=titled)))
    return paths


@pytest.mark.parametrize("titled", [True, False], ids=["with titles", "without"])
@pytest.mark.parametrize(("order", "now", "why"), ORDERS, ids=[row[2] for row in ORDERS])
def test_an_annex_answers_what_it_was(
    tmp_path: Path, order: tuple[str, ...], now: dict[str, str], why: str, titled: bool
) -> None:
    found = review(*_files(tmp_path, order, titled=titled))
    assert found.texts.annexes == now, why
    assert {clause.change for clause in found.clauses} <= {"same", "removed"}
    assert not any(clause.kinds for clause in found.clauses)
    gone = {clause.said for clause in found.clauses if clause.untracked_words and not clause.names.endswith(".title")}
    assert gone <= {"moved", "removed"}, why
    broken = [said for clause in found.clauses for said in clause.breaks]
    if now["annex-a"]:
        assert f"“Annex A” in I now leads to annex-a; it meant {now['annex-a']}" in broken
    else:
        assert "“Annex A” in I refers to an annex of ours that is gone" in broken
    told = next(line for line in summary(found) if line.startswith("Annexes have other places"))
    assert all(f"{ours} is {theirs} now" in told for ours, theirs in now.items() if theirs not in ("", ours))


def test_annexes_that_stay_are_told_nowhere(tmp_path: Path) -> None:
    found = review(*_files(tmp_path, OURS, titled=True))
    assert not any("Annexes have" in line for line in summary(found))
    assert not any(clause.breaks for clause in found.clauses)


@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_a_comparison_names_the_places_and_no_words(tmp_path: Path, suffix: str) -> None:
    ours, theirs = _files(tmp_path, ORDERS[1][0], titled=True)
    if suffix == "txt":
        ours, theirs = (_as_text(path, order) for path, order in ((ours, OURS), (theirs, ORDERS[1][0])))
    found = compare(None, str(ours), str(theirs))
    assert {pair.change for pair in found.pairs} == {"same"}
    assert [(each.story, each.how, each.what) for each in found.elsewhere] == [
        ("annex-a", "moved", "place"),
        ("annex-b", "moved", "place"),
        ("annex-c", "moved", "place"),
    ]
    assert "Besides: place 3." in " ".join(found.said())


def _as_text(path: Path, order: tuple[str, ...]) -> Path:
    annexes = "".join(f"\n\nAnnex {letter}\n{TEXTS[name]}" for letter, name in zip("ABC", order, strict=True))
    text = path.with_suffix(".txt")
    text.write_text(f"AGREEMENT ON STORES\n\nArticle 1\nThe Parties store grain.\n{annexes}\n", encoding="utf-8")
    return text


def test_a_title_that_differs_is_told_of_texts_too(tmp_path: Path) -> None:
    body = "The Parties,\nHave agreed as follows:\n\nArticle 1\nThey store grain.\n"
    files = [tmp_path / f"{name}.txt" for name in ("a", "b", "c")]
    titles = ("AGREEMENT ON STORES", "AGREEMENT ON GRAIN STORES", "Agreement on Stores")
    for file, title in zip(files, titles, strict=True):
        file.write_text(f"{title}\n\n{body}", encoding="utf-8")
    (told,) = compare(None, str(files[0]), str(files[1])).elsewhere
    assert (told.story, told.how, told.what) == ("main", "changed", "title")
    assert [piece.text.strip() for piece in told.pieces if piece.kind == "inserted"] == ["GRAIN"]
    assert compare(None, str(files[0]), str(files[2])).elsewhere == ()


NOTED = """# Agreement on Stores

## Article 1: Purpose
The Parties store grain[^1].

## Article 2: Costs
Each Party bears its own costs.

[^1]: Grain means wheat.
"""
BESIDE = [
    ("wheat", "rye", ("at 1", "changed", "note"), "a note has other words"),
    ("grain[^1]", "grain", ("at 1", "removed", "note"), "a note is gone"),
    ("## Article 2", "## Section 2", ("at 2", "changed", "label"), "an article is a section"),
]


@pytest.mark.parametrize(("old", "new", "row", "why"), BESIDE, ids=[row[3] for row in BESIDE])
def test_what_no_provision_says_is_told_beside(
    tmp_path: Path, old: str, new: str, row: tuple[str, str, str], why: str
) -> None:
    files = [tmp_path / "a.md", tmp_path / "b.md"]
    for file, words in zip(files, (NOTED, NOTED.replace(old, new, 1)), strict=True):
        file.write_text(words.replace("[^1]: Grain means wheat.\n", "") if words.count("[^1]") < 2 else words, "utf-8")
    found = compare(None, *map(str, files))
    assert {pair.change for pair in found.pairs} == {"same"}, why
    assert [(each.story, each.how, each.what) for each in found.elsewhere] == [row], why


def test_another_word_for_an_annex_is_told(tmp_path: Path) -> None:
    files = [_as_text(tmp_path / "a.docx", OURS), tmp_path / "b.txt"]
    files[1].write_text(files[0].read_text(encoding="utf-8").replace("Annex B", "Schedule B"), encoding="utf-8")
    (told,) = compare(None, *map(str, files)).elsewhere
    assert (told.story, told.what) == ("annex-b", "title")


def test_a_comparison_of_words_alone_says_what_it_did_not_examine(tmp_path: Path) -> None:
    files = [tmp_path / "a.md", tmp_path / "b.md"]
    for file in files:
        file.write_text(NOTED, encoding="utf-8")
    assert "Not examined: pictures, " in " ".join(compare(None, *map(str, files)).said())
