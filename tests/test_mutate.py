"""The mutation script breaks what it says, in a copy."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate", ROOT / "scripts" / "mutate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutate"] = module
    spec.loader.exec_module(module)
    return module


mutate = _script()


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("a = b and c", ["a = (b or c)"]),
        ("a = b not in c", ["a = (b in c)"]),
        ("a = b < c <= d", ["a = (b <= c <= d)", "a = (b < c < d)"]),
        ("a = 'ä' if b else c", ["a = (c if b else 'ä')"]),
        ("a = not b", ["a = (b)"]),
        ("a = b + 1", ["a = (b - 1)", "a = b + (2)"]),
        ("a: Literal[1] = True", ["a: Literal[1] = (False)"]),
        ("if a: b()", ["if (not a): b()"]),
        ("if TYPE_CHECKING: import a", []),
        ("a = 'words'", []),
    ],
)
def test_every_kind_of_mutation(line: str, broken: list[str]) -> None:
    source = f"{line}\n".encode()
    assert sorted(m.line(source) for m in mutate.mutations(Path("x.py"), source)) == sorted(broken)


def test_every_mutation_of_a_module_is_python_and_differs() -> None:
    file = ROOT / "agreements" / "checks" / "words.py"
    source = file.read_bytes()
    made = [m.applied(source) for m in mutate.mutations(file, source)]
    assert len(set(made)) == len(made) >= 10
    for text in made:
        compile(text, str(file), "exec")
        assert text != source


def test_the_tests_of_a_module_are_those_of_its_room_and_those_that_import_it() -> None:
    found = mutate.tests_of(Path("agreements/search/suggest.py"), ROOT)
    assert found[0] == "tests/search/test_suggest.py"
    assert "tests/search/test_engines.py" in found
    assert "tests/checks/test_checks.py" not in found


def test_where_these_pass_those_of_the_rooms_that_read_it_are_run() -> None:
    first = mutate.tests_of(Path("agreements/ooxml/revisions.py"), ROOT)
    then = mutate.tests_of_readers(Path("agreements/ooxml/revisions.py"), ROOT)
    assert "tests/word/test_redline.py" in then
    assert not set(first) & set(then)


def test_a_mutation_that_only_a_reader_sees_is_caught_and_the_copy_is_whole_again(tmp_path: Path) -> None:
    files = {
        "agreements/barn/hinge.py": "def turns(by):\n    return by > 2\n",
        "agreements/yard/gate.py": "from agreements.barn.hinge import turns\n",
        "tests/barn/test_hinge.py": "def test_nothing(): ...\n",
        "tests/yard/test_gate.py": "from agreements.yard import gate\ndef test_it(): assert not gate.turns(2)\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    file = Path("agreements/barn/hinge.py")
    made = {m.text: m for m in mutate.mutations(file, (tmp_path / file).read_bytes())}
    trial = mutate.Trial(tmp_path)
    assert {text: trial.is_caught(mutation) for text, mutation in made.items()} == {"(by >= 2)": True, "(3)": False}
    assert (tmp_path / file).read_text(encoding="utf-8") == files[file.as_posix()]


def test_lines_may_be_named() -> None:
    assert mutate.named(["a.py:3", "a.py:5", "b.py"]) == {Path("a.py"): {3, 5}, Path("b.py"): set()}
