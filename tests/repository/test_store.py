"""Reading the repository: damage stays with its agreement, lists are quick, strangers are named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import NotFoundError, RepositoryError
from agreements.findings import Finding
from agreements.model import Agreement
from agreements.repository import Facts, Repository

Make = Callable[..., Agreement]


def test_a_new_repository_says_what_git_need_not_keep(tmp_path):
    repository = Repository(tmp_path / "r")
    repository.add(Agreement(id="claims", title="Agreement on Claims"))
    ignored = (tmp_path / "r" / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".cache/", ".lock"} <= set(ignored)
    assert not {"agreements/", "history/", "journal/"} & set(ignored)


def test_a_folder_that_is_not_there_is_an_empty_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "none")
    assert (repository.ids(), repository.list(), repository.problems()) == ((), (), ())
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["letter.docx"], "not a repository"),  # --repo on a folder of documents
        (["agreements/__init__.py"], "not a repository"),  # --repo on a checkout of this very program
        (["repository.json"], "damaged"),
    ],
)
def test_a_folder_that_is_something_else_is_refused(tmp_path: Path, names: list[str], said: str) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("words")
    with pytest.raises(RepositoryError, match=said):
        Repository(tmp_path)


def test_a_file_is_no_repository_and_a_later_format_is_said(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(RepositoryError, match="is a file"):
        Repository(tmp_path / "f")
    (tmp_path / "repository.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(RepositoryError, match="format 99"):
        Repository(tmp_path)


def test_a_repository_that_lost_its_marker_is_one_still(repository: Repository, make: Make) -> None:
    repository.add(make())
    (repository.root / "repository.json").unlink()
    assert Repository(repository.root).ids() == ("valdoria-2019",)


def test_quick_facts(repository: Repository, make: Make) -> None:
    repository.add(make(), source=b"x")
    repository.add(make("facts-only", text=False, signed="2020"))
    facts = {f.id: f for f in repository.list()}
    assert facts["valdoria-2019"].parties == ("VAL", "NOR")
    assert facts["valdoria-2019"].signed == ("2019-05-03",)
    assert (facts["valdoria-2019"].documents, facts["valdoria-2019"].text_held) == (2, True)
    assert not facts["facts-only"].text_held
    assert [w.id for w in repository.wanted()] == ["facts-only"]


def test_quick_facts_follow_edits_and_need_no_cache(repository: Repository, make: Make) -> None:
    repository.add(make())
    path = repository.folder("valdoria-2019") / "agreement.md"
    before = repository.fingerprint()
    path.write_text(path.read_text().replace("family: sofa", "family: dca "), encoding="utf-8")
    assert repository.fingerprint() != before
    assert [f.family for f in repository.list()] == ["dca"]
    (repository.root / ".cache" / "facts.json").write_text('{"version": 1, "facts": [["x", {"no": 1}]]}')
    assert [f.family for f in repository.list()] == ["dca"]


def test_the_fingerprint_sees_edits_of_other_documents(repository: Repository, make: Make) -> None:
    repository.add(make())
    before = repository.fingerprint()
    annex = repository.folder("valdoria-2019") / "documents" / "annex-a.en.md"
    annex.write_text(annex.read_text() + "Camp Beryl\n", encoding="utf-8")
    assert repository.fingerprint() != before
    assert repository.edited("valdoria-2019") == ("documents/annex-a.en.md",)


def test_damage_stays_with_its_agreement(repository: Repository, make: Make) -> None:
    for name in ("one", "two", "three"):
        repository.add(make(name, f"Words of {name}.", signed=""), source=name.encode())
    (repository.folder("two") / "agreement.md").write_text("---\nid: [two\n---\n", encoding="utf-8")
    assert [f.id for f in repository.list()] == ["one", "three"]
    (finding,) = repository.problems()
    assert (finding.code, finding.where) == ("damaged", "two")
    assert [type(x) for x in repository.each()] == [Agreement, Agreement, Finding]
    with pytest.raises(RepositoryError, match="two"):
        repository.get("two")
    assert repository.add(make("two", "Other words.", signed=""), source=b"2b").findings[0].code == "damaged"
    assert "[two" in (repository.folder("two") / "agreement.md").read_text()


def test_a_text_that_does_not_parse_is_damage_too(repository: Repository, make: Make) -> None:
    repository.add(make())
    path = repository.folder("valdoria-2019") / "agreement.md"
    path.write_text(path.read_text() + "\n      too deep\n", encoding="utf-8")
    with pytest.raises(RepositoryError, match=r"agreement\.md: line \d+"):
        repository.get("valdoria-2019")


def test_a_damaged_record_is_said(repository: Repository, make: Make) -> None:
    repository.add(make(), source=b"x")
    (repository.folder("valdoria-2019") / "reading.json").write_text("{")
    with pytest.raises(RepositoryError, match=r"reading\.json is damaged"):
        repository.get("valdoria-2019")
    assert repository.get("valdoria-2019", places=False).text_held


def test_the_id_must_be_the_name_of_the_folder(repository: Repository, make: Make) -> None:
    repository.add(make())
    repository.folder("valdoria-2019").rename(repository.root / "agreements" / "other")
    assert "valdoria-2019" in repository.problems()[0].message
    with pytest.raises(RepositoryError, match="valdoria-2019"):
        repository.get("other")


def test_what_is_no_agreement_is_named(repository: Repository, make: Make) -> None:
    repository.add(make())
    (repository.root / "agreements" / "Notes").mkdir()
    assert [f.code for f in repository.problems()] == ["stranger"]
    assert repository.ids() == ("valdoria-2019",)


def test_an_unreadable_name_is_printed_not_crashed_on(repository: Repository, make: Make) -> None:
    repository.add(make())
    try:
        (repository.root / "agreements" / "\udcff\udcfe").mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this file system takes valid names only")
    assert "\\xff\\xfe" in repository.problems()[0].where
    assert repository.ids() == ("valdoria-2019",)
    assert repository.fingerprint()


@pytest.mark.parametrize("name", ["nowhere", "../repository", "", "valdoria", ".", "Valdoria-2019"])
def test_an_unknown_id_lists_what_is_near(repository: Repository, make: Make, name: str) -> None:
    repository.add(make())
    with pytest.raises(NotFoundError) as caught:
        repository.get(name)
    assert "valdoria-2019" in caught.value.hint


@pytest.mark.parametrize("name", ["con", "nul.txt", "com1", "aux-2"])
def test_ids_that_windows_reserves_work(repository: Repository, make: Make, name: str) -> None:
    repository.add(make(name))
    assert repository.ids() == (name,)
    assert repository.get(name).id == name
    reserved = repository.folder(name).name.partition(".")[0]
    assert reserved not in {"con", "nul", "com1"}


def test_a_thousand_agreements_are_listed_from_the_cache_alone(
    repository: Repository, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with repository.writing() as writer:
        for n in range(30):
            writer.add(make(f"a-{n}", text=False, signed=""))

    def never(*_: object) -> Facts:
        raise AssertionError("read although nothing changed")

    monkeypatch.setattr("agreements.repository.facts._read", never)
    assert len(repository.list()) == 30
