"""The versions that are installed: what was tested, with hashes; the lowest that the project names; a wheelhouse.

    python scripts/constraints.py update                 # requirements/*.txt anew, with the newest versions that fit
    python scripts/constraints.py lowest                 # print the lower bounds of pyproject.toml as constraints
    python scripts/constraints.py wheelhouse DIR         # everything that a machine without a network installs from
        [--python 3.12] [--platform win_amd64] [--requirements requirements/dev.txt]

`update` needs uv (`pip install uv`), which resolves once for every system and every Python from the lowest on: one
version of each package, a marker where a package is for some systems alone, the hashes of all its files. pip then
installs by that list and checks each file; it needs nothing but itself. The rest needs `packaging` (`.[dev]` has it).
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = ROOT / "pyproject.toml"
FOLDER = ROOT / "requirements"
DEFAULT, DEV = FOLDER / "default.txt", FOLDER / "dev.txt"
EXTRAS = ("dev", "opensearch", "semantic", "web")
DEFAULT_EXTRAS = ("web",)
HEAD = """# The versions that were tested, with the hashes of their files, for every system and Python. Made by
# `python scripts/constraints.py update`; do not edit. {what}
"""
WHAT = {
    DEFAULT: "What the product and its workbench need, and what builds it from a checkout.",
    DEV: "The product, its extras, and what works on it.",
}
# What a platform tag of a wheel says of the machine, in the words of markers.
SYSTEMS = {
    "win": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    "macosx": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "manylinux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "musllinux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
}
MACHINES = {"win_amd64": "AMD64", "win_arm64": "ARM64", "arm64": "arm64", "aarch64": "aarch64", "x86_64": "x86_64"}


class Pin(NamedTuple):
    """One package of a requirements file: `name==version`, where it is for (empty: everywhere), its hashes."""

    requirement: Requirement
    marker: Marker | None
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version that is pinned."""
        (only,) = self.requirement.specifier
        return only.version


def canonical(name: str) -> str:
    """Return `name` as PyPI compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(path: Path) -> dict[str, Pin]:
    """Return what the requirements file at `path` pins, by canonical name."""
    found = {}
    for entry in re.sub(r"\\\n\s*", " ", path.read_text(encoding="utf-8")).splitlines():
        if entry and not entry.lstrip().startswith("#"):
            words, *hashes = re.split(r"\s+--hash=", entry.strip())
            requirement = Requirement(words)
            marker, requirement.marker = requirement.marker, None
            found[canonical(requirement.name)] = Pin(requirement, marker, tuple(hashes))
    return found


def declared(*extras: str) -> Iterator[Requirement]:
    """Yield the requirements of pyproject.toml: of the product, of `extras`, of its build."""
    content = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    yield from map(Requirement, content["project"]["dependencies"])
    for extra in extras:
        yield from map(Requirement, content["project"]["optional-dependencies"][extra])
    yield from map(Requirement, content["build-system"]["requires"])


def lowest() -> Iterator[str]:
    """Yield `name==bound` for every requirement of product, extras for users, and build that has a lower bound."""
    for requirement in declared("opensearch", "semantic", "web"):
        bounds = [s.version for s in requirement.specifier if s.operator in {">=", "=="}]
        if bounds:
            yield f"{requirement.name}=={bounds[0]}"


def update() -> None:
    """Write the requirements files anew, with the newest versions that fit; default ones among those of `.[dev]`."""
    FOLDER.mkdir(exist_ok=True)
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if not uv:
        sys.exit("uv is not installed: pip install uv")
    content = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    python = content["project"]["requires-python"].removeprefix(">=")
    build = "\n".join(content["build-system"]["requires"])
    once = [
        uv,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--fork-strategy",
        "fewest",
        "--no-annotate",
    ]
    once += ["--no-header", "--python-version", python, str(PROJECT), "-"]
    with tempfile.TemporaryDirectory() as temporary:
        made = {path: Path(temporary) / path.name for path in (DEV, DEFAULT)}
        extras = [f"--extra={extra}" for extra in EXTRAS]
        default = [*(f"--extra={extra}" for extra in DEFAULT_EXTRAS), "--constraint", str(made[DEV])]
        for path, more in ((DEV, extras), (DEFAULT, default)):
            subprocess.run(
                [*once, *more, "-o", str(made[path])], input=build, text=True, check=True, stdout=subprocess.DEVNULL
            )
        for path, file in made.items():
            text = HEAD.format(what=WHAT[path]) + file.read_text(encoding="utf-8")
            path.write_text(text, encoding="utf-8", newline="\n")


def environment(python: str, platform: str) -> dict[str, str]:
    """Return what markers ask for on a machine with this Python and this platform of wheels; empty: those of here."""
    found = {name: str(value) for name, value in default_environment().items()}
    if python:
        found |= {"python_version": python, "python_full_version": f"{python}.0"}
    if platform:
        found |= next(words for start, words in SYSTEMS.items() if platform.startswith(start))
        found["platform_machine"] = next(word for end, word in MACHINES.items() if platform.endswith(end))
    return found


def wanted(path: Path, where: Mapping[str, str]) -> Iterator[str]:
    """Yield the entries of the requirements file at `path` that a machine like `where` installs, without markers."""
    for pin in pins(path).values():
        if pin.marker is None or pin.marker.evaluate(dict(where)):
            yield " ".join([str(pin.requirement), *(f"--hash={digest}" for digest in pin.hashes)])


def wheelhouse(folder: Path, *, python: str, platform: str, requirements: Path) -> None:
    """Fill `folder` with the wheels of `requirements`, that file, and a wheel of the project itself."""
    folder.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as temporary:
        listed = Path(temporary) / "wanted.txt"
        listed.write_text("\n".join(wanted(requirements, environment(python, platform))) + "\n", encoding="utf-8")
        target = [*(["--python-version", python] if python else []), *(["--platform", platform] if platform else [])]
        command = [*pip, "download", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:", *target]
        subprocess.run([*command, "--dest", str(folder), "--requirement", str(listed)], check=True)
    own = [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(own, check=True)
    shutil.copyfile(requirements, folder / "requirements.txt")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("update")
    verbs.add_parser("lowest")
    house = verbs.add_parser("wheelhouse")
    house.add_argument("folder", type=Path)
    house.add_argument("--python", default="", help="as 3.12; default: the Python that runs this")
    house.add_argument("--platform", default="", help="as win_amd64, macosx_11_0_arm64; default: the machine here")
    house.add_argument("--requirements", type=Path, default=DEFAULT)
    asked = parser.parse_args()
    if asked.verb == "update":
        update()
    elif asked.verb == "lowest":
        print("\n".join(lowest()))
    else:
        wheelhouse(asked.folder, python=asked.python, platform=asked.platform, requirements=asked.requirements)


if __name__ == "__main__":
    main()
