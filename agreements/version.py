"""The version of the package: a checkout reads it from pyproject.toml, what is installed says it.

The folder that an installer leaves beside the package has the version in its name: the metadata in it are slower to
read than a whole answer may take.
"""

import tomllib
from pathlib import Path

_NAME = "security-agreements"


def _version() -> str:
    beside = Path(__file__).resolve().parents[1]
    try:
        project = tomllib.loads((beside / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
    except (OSError, ValueError):
        project = {}
    if project.get("name") == _NAME:
        return str(project["version"])
    if len(installed := [*beside.glob(f"{_NAME.replace('-', '_')}-*.dist-info")]) == 1:
        return installed[0].name.removesuffix(".dist-info").rpartition("-")[2]
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(_NAME)
    except PackageNotFoundError:
        return "unknown"


__version__ = _version()
