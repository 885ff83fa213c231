"""Ratchets: what keeps one from living in the house may only fall (`python scripts/house.py` says what is counted)."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def _measuring() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", ROOT / "scripts" / "house.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["house"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


house = _measuring()
ALLOWED: dict[str, int] = json.loads(house.RATCHETS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def now() -> dict[str, int]:
    return house.counted(house.House())


@pytest.mark.parametrize("figure", list(ALLOWED))
def test_it_only_falls(now: dict[str, int], figure: str) -> None:
    assert now[figure] <= ALLOWED[figure], f"{figure} rose; `python scripts/house.py --no-verbs` names each"
    assert now[figure] == ALLOWED[figure], f"{figure} fell: `python scripts/house.py --lower` keeps it there"


def _house(tmp_path: Path, **files: str) -> object:
    package = tmp_path / "agreements"
    for name, text in files.items():
        file = package.joinpath(*name.split("__")).with_suffix(".py")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for folder in [package, *(package / p for p in file.relative_to(package).parents)]:
            (folder / "__init__.py").touch()
    return house.House(package)


def test_a_module_with_one_reader_beside_it_is_a_helper(tmp_path: Path) -> None:
    made = _house(
        tmp_path,
        barn__door="from agreements.barn.hinge import Hinge\n",
        barn__hinge="class Hinge: ...\n",
        barn__roof="from agreements.barn.tile import Tile\n",
        barn__tile="class Tile: ...\n",
        yard__gate="from agreements.barn.tile import Tile\n",
    )
    assert made.helpers() == {"agreements.barn.hinge": "agreements.barn.door"}


def test_adapters_screens_and_what_a_register_names_are_no_helpers(tmp_path: Path) -> None:
    made = _house(
        tmp_path,
        register='ROWS = ["agreements.barn.hay:Hay"]\nMORE = Register(Row(".oats:Oats"), home="agreements.barn")\n',
        barn__door="from agreements.barn import hay, oats, straw\n",
        barn__oats="",
        barn__hay="",
        barn__straw="import whoosh\n",
        commands__list="from agreements.commands import output\n",
        commands__output="",
    )
    assert made.helpers() == {}


def test_a_name_taken_through_a_door_is_read_where_it_is_defined(tmp_path: Path) -> None:
    made = _house(
        tmp_path,
        barn__door="from agreements.barn.hinge import Hinge\n",
        barn__hinge="class Hinge: ...\n",
        yard__gate="from agreements.barn import Hinge\n",
    )
    (tmp_path / "agreements" / "barn" / "__init__.py").write_text("from agreements.barn.hinge import Hinge\n")
    made = house.House(tmp_path / "agreements")
    assert made.readers()["agreements.barn.hinge"] == {"agreements.barn.door", "agreements.yard.gate"}
    assert made.helpers() == {}
    assert made.doors()["barn"] == (0, 1)


def test_a_door_may_declare_modules(tmp_path: Path) -> None:
    made = _house(tmp_path, barn__hinge="X = 1\n", yard__gate="from agreements.barn.hinge import X\n")
    assert made.doors()["barn"] == (1, 0)
    (tmp_path / "agreements" / "barn" / "__init__.py").write_text('__all__ = ["hinge"]\n')
    assert house.House(tmp_path / "agreements").doors()["barn"] == (0, 1)


def test_circles_are_found_also_round_three_corners_and_not_for_types(tmp_path: Path) -> None:
    guarded = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from agreements.barn.door import D\n"
    made = _house(
        tmp_path,
        barn__door="from agreements.barn import hinge\n",
        barn__hinge="def f():\n    from agreements.yard import gate\n",
        yard__gate="from agreements.barn import door\n",
        yard__post=guarded,
        barn__nail="from agreements.yard import post\n",
    )
    assert made.circles() == [["agreements.barn.door", "agreements.barn.hinge", "agreements.yard.gate"]]
    assert made.room_circles() == [["barn", "yard"]]


def test_a_class_name_with_two_meanings_is_found(tmp_path: Path) -> None:
    made = _house(
        tmp_path, barn__door="class Bar: ...\nclass _Own: ...\n", yard__gate="class Bar: ...\nclass _Own: ...\n"
    )
    assert made.twice_named() == {"Bar": ["agreements.barn.door", "agreements.yard.gate"]}
