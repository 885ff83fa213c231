"""Results as somebody at a Python prompt or in a notebook sees them; strings where paths are taken; the version."""

import inspect
from dataclasses import dataclass
from pathlib import Path

import pytest

import agreements
from agreements import library
from agreements.display import html_table, short_repr, shown_short

LONGEST = 200
_CALLED = "collections.abc.Callable"  # what is called for a folder gives a path


@shown_short
@dataclass(frozen=True)
class Row:
    ref: str
    words: str


@shown_short
@dataclass(frozen=True)
class Answer:
    query: str
    rows: tuple[Row, ...]
    note: str = ""


def test_a_result_is_one_short_line() -> None:
    answer = Answer("x" * 500, tuple(Row(f"a#{n}", "w" * 5000) for n in range(9)))
    assert repr(answer) == f"Answer(query='{'x' * 39}…', rows=<9>)"
    assert len(repr(Row("a#1", "w" * 5000))) <= LONGEST


def test_a_table_has_a_row_for_each_and_no_markup_of_the_text() -> None:
    made = html_table(Answer("<script>", (Row("a#1", "one & two"), Row("a#2", "three"))))
    assert "<script>" not in made
    assert made.count("<tr>") == 1 + 1 + 2  # the query, the head, two rows
    assert "<td>one &amp; two</td>" in made


def test_only_the_first_rows_are_shown_and_the_rest_is_counted() -> None:
    assert "<p>10 more</p>" in html_table(Answer("q", tuple(Row(str(n), "w") for n in range(60))))


@pytest.mark.parametrize("name", sorted(library._TYPES))
def test_every_type_that_verbs_return_is_shown_short(name: str) -> None:
    kind = getattr(library, name)
    if name == "CopyOptions":  # goes in, does not come out
        return
    assert kind.__repr__ is short_repr
    assert kind._repr_html_ is html_table


def test_real_results_are_short(tmp_path: Path) -> None:
    text = "AGREEMENT\n\nArticle 1\n\n" + "\n\n".join(f"{n}. Each Party shall consult the other." for n in range(1, 90))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    folder = str(tmp_path / "repository")
    imported = library.import_files(folder, [tmp_path / "long.txt"])
    found = library.search(folder, "consult")
    shown = library.get(folder, "long#1")
    for result in (imported, found, found.hits[0], shown, shown.agreement, shown.agreement.documents[0]):
        assert len(repr(result)) <= LONGEST, type(result)
        assert len(str(result)) <= LONGEST, type(result)
    assert "long#1.1" in html_table(found)


def _verbs() -> list[str]:
    return [name for name in dir(library) if inspect.isfunction(getattr(library, name)) and not name.startswith("_")]


def test_every_verb_takes_strings_for_paths() -> None:
    given = {
        f"{name}({parameter.name})": str(parameter.annotation)
        for name in _verbs()
        for parameter in inspect.signature(getattr(library, name)).parameters.values()
    }
    assert len(given) > 100
    asked = {where: text for where, text in given.items() if "pathlib.Path" in text and not text.startswith(_CALLED)}
    assert [where for where, text in asked.items() if "str" not in text] == []


def test_a_string_with_a_tilde_is_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "a.txt").write_text("AGREEMENT\n\nArticle 1\n\nEach Party shall consult the other.\n", encoding="utf-8")
    library.import_files("~/desk", [tmp_path / "a.txt"])
    assert (tmp_path / "desk").is_dir()
    assert library.search("~/desk", "consult").total == 1


def test_the_package_says_its_version_and_all_its_names() -> None:
    assert agreements.__version__[0].isdigit()
    assert {"Agreement", "__version__", "cite"} <= set(dir(agreements))
    assert {"search", "review", "Review", "doctor"} <= set(dir(library))
