"""A purge reaches everything that the program keeps: repository, caches, temporary files.

What a person had written elsewhere (an export, a comparison) is theirs, and is not looked for.
"""

import gzip
import io
import multiprocessing
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agreements import library
from agreements.library import Desk

WORD = "quellmuschel"
TEXT = """\
# Agreement between Norway and Chile on Harbour Lanterns

## Article I

### Claims

1. Each Party waives all claims against the other Party for damage to its quellmuschel, other than contractual claims.

2. The quellmuschel is shown to the other Party on request.

## Article II

### Entry into force

This Agreement shall enter into force on the date of signature.

DONE at Kestrel City, this {day} day of March, 1999.
"""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which all that is written must lie: the home with its cache, temporary files, repository."""
    every = tmp_path / "every"
    names = {"HOME": "home", "USERPROFILE": "home", "LOCALAPPDATA": "home", "XDG_CACHE_HOME": "home/.cache"}
    for variable, name in (names | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "tmp")).items():
        (every / name).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(every / name))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.delitem(multiprocessing.current_process()._config, "tempdir", raising=False)  # type: ignore[attr-defined]
    return every


def contents(path: Path) -> Iterator[bytes]:
    """Yield what is in a file: its bytes, and what zip, gzip and SQLite keep in it packed."""
    raw = path.read_bytes()
    yield raw
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if raw[:2] == b"\x1f\x8b":
        yield gzip.decompress(raw)
    if raw[:15] == b"SQLite format 3":
        with sqlite3.connect(path) as database:
            yield "\n".join(database.iterdump()).encode()


def left(folder: Path) -> set[str]:
    """Return the files below `folder` that hold the word, in their names or in what is in them."""
    forms = [form for word in (WORD, WORD.upper()) for form in (word.encode(), word.encode("utf-16-le"))]
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and (WORD in path.name or any(form in content for content in contents(path) for form in forms))
    }


def in_the_index(repository: Path) -> int:
    """Return how many provisions an index finds by the word: its own files are packed in ways of their own."""
    return library.search(repository, WORD).total


def _used(places: Path) -> Path:
    """Make a repository whose text has the word, and do with it all that people do."""
    repository, outside = places / "repository", places.parent / "outside"
    outside.mkdir()
    for name, day in (("one", "3rd"), ("two", "4th")):
        text = TEXT.format(day=day) if name == "one" else TEXT.format(day=day).replace(WORD, "lanterns")
        (outside / f"{name}.md").write_text(text, "utf-8")
    library.import_files(repository, [outside / "one.md", outside / "two.md"], jobs=1)
    ours = outside / "anew.md"
    with Desk(repository, by="Mara Quill") as desk:
        (gone,) = {hit.agreement for hit in desk.search(WORD).hits}
        main = repository / "agreements" / gone / "agreement.md"
        ours.write_text(main.read_text("utf-8").replace("on request", f"with its {WORD}"), "utf-8")
        desk.edit_from(gone, ours)
        desk.search(WORD, by="article")
        desk.similar(f"{gone}#I")
        desk.get(gone)
        desk.relations(gone)
        desk.matrix()
        desk.partner("NOR")
        desk.calendar()
        desk.doctor()
        desk.save_search("shells", "claims")
        desk.begin_negotiation("lantern-talks", {"partner": "CHL", "agreement": gone})
        desk.undo(next(act.number for act in desk.acts() if act.what == "edit"))
    library.compare(repository, gone, str(outside / "two.md"))
    library.export(repository, gone, "docx", outside / "one.docx")
    library.export(repository, gone, "html", outside / "one.html")
    os.environ["AGREEMENTS_TEST_GONE"] = gone
    return repository


def test_after_a_purge_the_word_is_nowhere(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTS_TEST_GONE", "")
    repository = _used(places)
    gone = os.environ["AGREEMENTS_TEST_GONE"]
    before = left(places)
    assert any("agreements" in name for name in before)
    assert any("history" in name for name in before)
    assert any(".cache" in name for name in before)
    assert in_the_index(repository)
    index = {path: path.stat().st_ino for path in (repository / ".cache").glob("index-*/*/*/*")}
    assert index
    with Desk(repository) as desk:
        desk.search(WORD)
        desk.similar(f"{gone}#I")
        desk.purge(gone, "a spill", spill="S-1")
        assert left(places) == set()
        assert not [path for path in index if path.exists()]  # its files are packed: none of before may stay
        assert desk.search(WORD).total == 0
        desk.matrix()
        desk.doctor()
    assert left(places) == set()
    assert in_the_index(repository) == 0
    assert left(places) == set()


@pytest.mark.skipif(os.name == "nt", reason="a folder that may not be written")
def test_a_cache_in_the_folder_of_a_user_forgets_it_too(places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTS_TEST_GONE", "")
    repository = _used(places)
    gone = os.environ["AGREEMENTS_TEST_GONE"]
    real = os.access
    with pytest.MonkeyPatch.context() as shared:  # root may write everything
        shared.setattr("os.access", lambda path, mode: real(path, mode) and repository not in Path(path, "x").parents)
        assert in_the_index(repository)
        library.matrix(repository)
        assert any("home" in name for name in left(places))
    library.purge(repository, gone, "a spill", spill="S-1")
    with pytest.MonkeyPatch.context() as shared:
        shared.setattr("os.access", lambda path, mode: real(path, mode) and repository not in Path(path, "x").parents)
        assert in_the_index(repository) == 0
    assert left(places) == set()


def test_the_search_for_the_word_finds_it_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{WORD}</w:t>" * 9)
    (tmp_path / "b.gz").write_bytes(gzip.compress(WORD.encode() * 9))
    with sqlite3.connect(tmp_path / "c.db") as database:
        database.execute("create table words (word)")
        database.execute("insert into words values (?)", (WORD,))
    shutil.copy(tmp_path / "b.gz", tmp_path / f"{WORD}.txt")
    assert left(tmp_path) == {"a.docx", "b.gz", "c.db", f"{WORD}.txt"}
