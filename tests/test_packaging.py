"""What is shipped: the wheel and the sdist hold the tracked files of the package and nothing else."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = {
    "agreements/": "agreements/",
    "templates/": "agreements/_data/templates/",
    "corpus/": "agreements/_data/corpus/",
    "docs/examples/": "agreements/_data/examples/",
}


def _tracked(folder: str) -> set[str]:
    shown = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return {line for line in shown.stdout.splitlines() if (ROOT / line).is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of the checkout, built without a network."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: the tracked files are not known")
    pytest.importorskip("hatchling", reason="the build backend is not installed here")
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return folder


def test_the_wheel_holds_the_package_and_its_data_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {target + file.removeprefix(folder) for folder, target in FOLDERS.items() for file in _tracked(folder)}
    assert names == expected
    assert {name.split("/")[0] for name in names} == {"agreements"}
    assert "agreements/py.typed" in names


def test_the_sdist_holds_what_is_needed_to_build_and_test(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    assert {"pyproject.toml", "README.md", "LICENSE", "cli.py", "tests/test_packaging.py"} <= names
    assert _tracked("templates/") <= names
    assert _tracked("corpus/") <= names
    assert not any(name.startswith((".", "dist/", "build/")) and name != ".gitignore" for name in names)


def test_the_installed_wheel_finds_its_data(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, system_site_packages=True, with_pip=False)
    python = next(p for p in (place / "bin" / "python", place / "Scripts" / "python.exe") if p.exists())
    site = next(place.rglob("site-packages"))
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    script = (
        "from agreements.resources import shipped; import agreements; print(agreements.__file__);"
        "[print(sum(1 for _ in shipped(n).rglob('*') if _.is_file())) for n in ('templates', 'corpus', 'examples')]"
    )
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # which may name the checkout
    ran = subprocess.run([python, "-c", script], cwd=tmp_path, env=alone, capture_output=True, text=True, check=True)
    file, *counts = ran.stdout.split("\n")[:4]
    assert str(site) in file
    assert all(int(count) > 0 for count in counts)


@pytest.mark.parametrize("folder", ["templates", "corpus", "docs/examples"])
def test_what_ships_as_data_holds_no_python(folder: str) -> None:
    assert not list((ROOT / folder).rglob("*.py")), "an editable installation refuses to map it"
