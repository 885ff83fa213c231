"""The version of the package: what is installed says it; a bare checkout reads it from pyproject.toml."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_NAME = "security-agreements"


def _of_checkout() -> str:
    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if not project.is_file():
        return "unknown"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


try:
    __version__ = version(_NAME)
except PackageNotFoundError:
    __version__ = _of_checkout()
