"""Who may import whom: downward only, third parties each in their place (docs/architecture.md)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import agreements

PACKAGE = Path(agreements.__file__).parent
LAYERS = [
    {
        "errors",
        "display",
        "version",
        "registry",
        "findings",
        "resources",
        "platform",
        "garbage",
        "processes",
        "ooxml",
        "libreoffice",
    },
    {
        "marking",
        "model",
        "inline",
        "textform",
        "reference",
        "citation",
        "bookmarks",
        "families",
        "language",
        "languages",
        "topics",
        "states",
        "isodates",
    },
    {"reading", "parsing", "classifying"},
    {"repository"},
    {"lineage"},
    {"search", "drafting"},
    {"comparing", "checks", "survey"},
    {"word", "export"},
    {"intake"},
    {"negotiation"},
    {"clearing", "reviewing", "updating", "conformity"},
    {"data_schemas"},
    {"library"},
    {"web"},
    {"commands", "__main__"},
]
INSIDE_A_LAYER = {("parsing", "reading"), ("export", "word"), ("__main__", "commands")}
CONFINED = {
    "tantivy": {"search/"},
    "whoosh": {"search/"},
    "luqum": {"search/"},
    "opensearchpy": {"search/"},
    "numpy": {"search/"},
    "openpyxl": {"export/"},
    "tokenizers": {"search/"},
    "docx": {"ooxml/", "reading/word.py", "word/"},
    "jinja2": {"drafting/templates.py", "web/layout.py"},
    "click": {"commands/", "__main__.py"},
    "holidays": {"negotiation/days.py"},
    "icalendar": {"negotiation/ics.py"},
    "pypdfium2": {"reading/pdf"},
    "gcld3": {"parsing/multilingual.py"},
    "olefile": {"reading/containers.py", "reading/old_word.py"},
    "anyascii": {"intake/files.py"},
    "starlette": {"web/application.py", "web/guard.py"},
    "uvicorn": {"web/serving.py"},
    "python_multipart": {"web/forms.py"},
}
# What the pages may know of the rest: the verbs, and the small modules that give names and labels.
FOR_PAGES = {
    *("library", "errors", "reference", "resources", "platform", "garbage"),
    *("families", "topics", "states", "marking", "citation"),
}


@cache  # 550 modules are read for it
def _imports() -> tuple[tuple[str, str], ...]:
    """Return (file relative to the package, imported module) for every import, also those inside functions."""
    return tuple(_each_import())


def _each_import() -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{name}: relative import"
                if node.module == "agreements":
                    yield from ((name, f"agreements.{alias.name}") for alias in node.names)
                else:
                    yield name, str(node.module)


def _room(path: str) -> str:
    return path.split("/", maxsplit=1)[0].removesuffix(".py")


def test_every_room_has_a_layer() -> None:
    rooms = {_room(f.relative_to(PACKAGE).as_posix()) for f in PACKAGE.rglob("*.py")} - {"__init__"}
    assert rooms <= set().union(*LAYERS)


def test_imports_go_downward() -> None:
    level = {room: index for index, layer in enumerate(LAYERS) for room in layer}
    breaches = []
    for file, module in _imports():
        parts = module.split(".")
        if parts[0] != "agreements" or len(parts) == 1 or (here := _room(file)) in (parts[1], "__init__"):
            continue
        there = parts[1]
        inside_first = level[here] == level[there] <= 1  # the small foundation modules know each other
        if level[there] >= level[here] and not inside_first and (here, there) not in INSIDE_A_LAYER:
            breaches.append(f"{file} imports {module}")
    assert not breaches


def test_third_parties_stay_in_their_place() -> None:
    breaches = [
        f"{file} imports {module}"
        for file, module in _imports()
        if (places := CONFINED.get(module.split(".")[0])) and not any(file.startswith(place) for place in places)
    ]
    assert not breaches


def test_pages_call_verbs_and_nothing_below_them() -> None:
    breaches = [
        f"{file} imports {module}"
        for file, module in _imports()
        if _room(file) == "web" and module.startswith("agreements.") and module.split(".")[1] not in {"web", *FOR_PAGES}
    ]
    assert not breaches


@pytest.mark.parametrize(
    "library",
    ["tantivy", "whoosh", "opensearchpy", "luqum", "numpy", "tokenizers", "uvicorn", "python_multipart"],
)
def test_one_module_knows_each_replaceable_library(library: str) -> None:
    files = {file for file, module in _imports() if module.split(".")[0] == library}
    assert len(files) == 1


def test_clauses_and_pages_are_rendered_in_two_environments() -> None:
    files = {file for file, module in _imports() if module.split(".")[0] == "jinja2"}
    assert files == {"drafting/templates.py", "web/layout.py"}
