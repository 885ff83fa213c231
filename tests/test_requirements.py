"""The versions that the README installs: every requirement is pinned, hashed, and within what pyproject.toml allows."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("constraints", ROOT / "scripts" / "constraints.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["constraints"] = module
    spec.loader.exec_module(module)
    return module


constraints = _load()
FILES = {"default": constraints.DEFAULT, "dev": constraints.DEV}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_within_its_bounds(name: str) -> None:
    pins = constraints.pins(FILES[name])
    extras = constraints.EXTRAS if name == "dev" else ()
    for requirement in constraints.declared(*extras):
        pin = pins.get(constraints.canonical(requirement.name))
        assert pin, f"{requirement.name} is not pinned in {FILES[name].name}: python scripts/constraints.py update"
        assert requirement.specifier.contains(pin.version), f"{requirement.name} {pin.version} is outside its bounds"


@pytest.mark.parametrize("name", FILES)
def test_every_pin_has_hashes(name: str) -> None:
    for package, pin in constraints.pins(FILES[name]).items():
        assert pin.hashes, f"{package} has no hash"
        assert all(digest.startswith("sha256:") for digest in pin.hashes)


def test_the_default_versions_are_those_that_the_tests_run_with() -> None:
    dev = constraints.pins(constraints.DEV)
    for package, pin in constraints.pins(constraints.DEFAULT).items():
        assert dev[package].version == pin.version


def test_the_product_needs_no_numpy() -> None:
    assert "numpy" not in constraints.pins(constraints.DEFAULT)


def test_lower_bounds_are_below_the_pins() -> None:
    pins = constraints.pins(constraints.DEV)
    for line in constraints.lowest():
        name, bound = line.split("==")
        assert Version(bound) <= Version(pins[constraints.canonical(name)].version)


@pytest.mark.parametrize(("platform", "there"), [("win_amd64", True), ("manylinux_2_28_x86_64", False)])
def test_what_is_for_one_system_alone_goes_to_that_system(platform: str, there: bool, tmp_path: Path) -> None:
    listed = tmp_path / "some.txt"
    lines = ("tint==1.0 ; sys_platform == 'win32' --hash=sha256:aa --hash=sha256:bb", "plain==2.1 --hash=sha256:cc")
    listed.write_text("\n".join(lines).replace(" --", " \\\n    --"), encoding="utf-8")
    wanted = list(constraints.wanted(listed, constraints.environment("3.12", platform)))
    assert ("tint==1.0 --hash=sha256:aa --hash=sha256:bb" in wanted) is there
    assert "plain==2.1 --hash=sha256:cc" in wanted
