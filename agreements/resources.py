"""Where the data that ships with the package lies: in a checkout, or inside the installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_CHECKOUT = {"templates": "templates", "corpus": "corpus", "examples": "docs/examples"}


def shipped(name: str) -> Path:
    """Return the shipped folder `name` (`templates`, `corpus` or `examples`).

    In a checkout these are the project's own folders, in a wheel `agreements/_data/<name>`.
    Raises `FileNotFoundError` naming the folder when the installation lacks it.
    """
    root = _PACKAGE.parent
    in_checkout = (root / "pyproject.toml").is_file()
    folder = root / _IN_CHECKOUT.get(name, name) if in_checkout else _PACKAGE / "_data" / name
    if not folder.is_dir():
        raise FileNotFoundError(f"The installation lacks its folder {folder}; install the package again.")
    return folder


def data(name: str) -> Path:
    """Return the data file `name` of the package itself (`agreements/data/<name>`), such as `topics.csv`."""
    path = _PACKAGE / "data" / name
    if not path.is_file():
        raise FileNotFoundError(f"The installation lacks its file {path}; install the package again.")
    return path


def data_folder(name: str) -> Path:
    """Return the folder `name` of data files, such as `languages`. Raises `FileNotFoundError` where it is lacking."""
    path = _PACKAGE / "data" / name
    if not path.is_dir():
        raise FileNotFoundError(f"The installation lacks its folder {path}; install the package again.")
    return path
