"""The figures of the house: what keeps one from living in the code, counted again. `python scripts/house.py [--json]`.

    modules        files of the package, and rooms (folders directly in it)
    helpers        modules that one module of their own folder reads and nobody else, so that one idea stands in two
                   files. Left out: doors, commands and screens, adapters (a module that imports a third party which
                   `tests/test_imports.py` confines), and what a register names as "module:thing". A name taken
                   through a door is read from where it is defined. Those of `LEFT_ALONE` rooms are told apart.
    twice named    public classes that another module defines by the same name
    circles        groups of modules that import each other, imports for types alone left out; the same for rooms
    past doors     names imported from a module inside another room, and those through the room's `__init__`, whose
                   `__all__` may declare names and whole modules
    import         of a verb in a fresh process: modules of ours, all modules, milliseconds spent importing (`-X
                   importtime`, the least of three)

`tests/test_house.py` holds the counted figures to those of `tests/house.json`; `--lower` writes those that fell there.
Standard library only.
"""

import argparse
import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "agreements"
RATCHETS = ROOT / "tests" / "house.json"
LEFT_ALONE = ("parsing", "reading", "ooxml", "search")  # rebuilt later, each by itself
SCREENS = ("commands", "web")  # a module for each command or page, read by name
CONFINED = (  # who imports one of these is an adapter
    *("tantivy", "whoosh", "luqum", "opensearchpy", "numpy", "openpyxl", "tokenizers", "jinja2"),
    *("holidays", "icalendar", "pypdfium2", "gcld3", "py3langid"),
)
VERBS = {  # what is run to see what a verb imports, in a folder with the golden texts
    "cite": "cite varenna-tolland-1998#IV",
    "show": "show varenna-tolland-1998#IV",
    "search": "search claims",
    "compare": "compare ours.md theirs.md",
    "review": "review corvania-delmar-2011.docx answer.docx --no-precedents",
    "import": "import ours.md --jobs 1",
}
_NAMED = re.compile(r"agreements(\.\w+)+(?=:)")  # in a register: "module:thing"


@dataclass(frozen=True, slots=True)
class Import:
    """One imported thing: the module that it comes from as written, the name taken of it, whether for types only.

    `attribute`: not imported by itself but looked up in what was (`library.search`).
    """

    source: str
    name: str
    typing_only: bool
    attribute: bool = False


@dataclass(slots=True)
class Module:
    """What was read of a module: its imports, its public classes, the third parties it knows, what its strings name."""

    name: str
    is_door: bool
    imports: list[Import] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    lines: int = 0


class House:
    """The modules of a package and what they have to do with each other."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self.package = package
        self.modules = {module.name: module for module in map(self._read, sorted(package.rglob("*.py")))}
        self.rooms = {name.split(".")[1] for name in self.modules if name.count(".") > 1}
        self.named = set().union(*(module.named for module in self.modules.values()))

    def _read(self, file: Path) -> Module:
        parts = (self.package.name, *file.relative_to(self.package).with_suffix("").parts)
        is_door = parts[-1] == "__init__"
        text = file.read_text(encoding="utf-8")
        module = Module(".".join(parts[:-1] if is_door else parts), is_door, lines=text.count("\n"))
        tree = ast.parse(text)
        self._imports(module, tree, typing_only=False)
        self._attributes(module, tree)
        module.classes = [n.name for n in tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                module.named |= {found.group() for found in _NAMED.finditer(node.value)}
            if isinstance(node, ast.Call):
                module.named |= _named_from_home(node)
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(getattr(target, "id", "") == "__all__" for target in targets):
                    module.declared |= {c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant)}
                elif any(getattr(each, "id", "") == "__all__" for target in targets for each in ast.walk(target)):
                    rows = [each for each in ast.walk(node.value) if isinstance(each, ast.Dict)]  # of a lazy package
                    named = [pair for row in rows for pair in zip(row.keys, row.values, strict=True)]
                    module.declared |= {k.value for k, v in named if getattr(v, "value", None) == ""}  # type: ignore[union-attr]
        return module

    def _imports(self, module: Module, tree: ast.AST, *, typing_only: bool) -> None:
        for node in ast.iter_child_nodes(tree):
            if isinstance(node, ast.Import):
                module.imports += [Import(alias.name, "", typing_only) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                module.imports += [Import(str(node.module), alias.name, typing_only) for alias in node.names]
            guarded = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            self._imports(module, node, typing_only=typing_only or guarded)

    def _attributes(self, module: Module, tree: ast.AST) -> None:
        """Take `library.search`, where `library` was imported as a whole, for an import of `search` from it."""
        whole = {i.name: f"{i.source}.{i.name}" for i in module.imports if i.name}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in whole:
                module.imports.append(Import(whole[node.value.id], node.attr, typing_only=False, attribute=True))

    def target(self, found: Import) -> str:
        """Return the module of ours that an import reads, through a door to where the name is defined; else `""`."""
        source, name = found.source, found.name
        for _ in range(5):  # a door may lead to a door
            if f"{source}.{name}" in self.modules:
                return f"{source}.{name}"
            if source not in self.modules:
                return ""
            door = self.modules[source]
            onward = next((i for i in door.imports if door.is_door and i.name == name and i.source != source), None)
            if onward is None or not onward.source.startswith(self.package.name):
                return source
            source = onward.source
        return source

    def readers(self) -> dict[str, set[str]]:
        """Return who reads each module; a door that passes names on is no reader of what it passes."""
        out: dict[str, set[str]] = defaultdict(set)
        for module in self.modules.values():
            for found in module.imports:
                target = self.target(found)
                if target and target != module.name and not (module.is_door and target.startswith(f"{module.name}.")):
                    out[target].add(module.name)
        return out

    def helpers(self) -> dict[str, str]:
        """Return the modules whose one reader lies beside them, with that reader."""
        return {
            name: next(iter(readers))
            for name, readers in sorted(self.readers().items())
            if len(readers) == 1 and _folder(name) == _folder(next(iter(readers))) and self._may_be_helper(name)
        }

    def _may_be_helper(self, name: str) -> bool:
        module = self.modules[name]
        adapter = any(found.source.split(".")[0] in CONFINED for found in module.imports)
        top = name.count(".") < 2
        return not (module.is_door or adapter or top or name in self.named or self.room(name) in SCREENS)

    def room(self, name: str) -> str:
        """Return the room of a module: the folder directly in the package, or the module itself where it has none."""
        return f"{name}.".split(".")[1]

    def twice_named(self) -> dict[str, list[str]]:
        """Return the public class names that more than one module defines, with those modules."""
        found: dict[str, list[str]] = defaultdict(list)
        for module in self.modules.values():
            for name in module.classes:
                found[name].append(module.name)
        return {name: modules for name, modules in sorted(found.items()) if len(modules) > 1}

    def _arrows(self) -> Iterator[tuple[str, str]]:
        for module in self.modules.values():
            for found in module.imports:
                if (target := self.target(found)) and not found.typing_only and target != module.name:
                    yield module.name, target

    def circles(self) -> list[list[str]]:
        """Return the groups of modules that import each other, directly or round about."""
        inside = ((a, b) for a, b in self._arrows() if not (self.modules[a].is_door and b.startswith(f"{a}.")))
        return _circles(inside)

    def room_circles(self) -> list[list[str]]:
        """Return the groups of rooms that import each other; the package's own face belongs to none."""
        pairs = ((self.room(a), self.room(b)) for a, b in self._arrows())
        return _circles((a, b) for a, b in pairs if a and b and a != b)

    def doors(self) -> dict[str, tuple[int, int]]:
        """Return for each room the imports past its door and through it."""
        past, through = Counter[str](), Counter[str]()
        for module in self.modules.values():
            for whole, inner, _ in self._entered(module):
                room = whole.split(".")[1]
                if room in self.rooms and room not in (self.room(module.name), "") and self.room(module.name):
                    declared = not inner or inner in self.modules[f"{self.package.name}.{room}"].declared
                    (through if declared else past)[room] += 1
        return {room: (past[room], through[room]) for room in sorted(self.rooms)}

    def _entered(self, module: Module) -> set[tuple[str, str, str]]:
        """Return what a module takes of others: (room, module inside it or `""` for its door, name), each once."""
        out = set()
        for found in module.imports:
            _, *rest = [*found.source.split("."), found.name] if found.name else found.source.split(".")
            if found.attribute or not found.source.startswith(self.package.name) or not rest:
                continue
            door = f"{self.package.name}.{rest[0]}"
            inside = rest[1] if len(rest) > 1 and f"{door}.{rest[1]}" in self.modules else ""
            out.add((door, inside, found.name))
        return out


def _named_from_home(call: ast.Call) -> set[str]:
    """Return the modules that a register names from its home (`".akn:EXPORTER"` of `agreements.export`)."""
    homes = [k.value.value for k in call.keywords if k.arg == "home" and isinstance(k.value, ast.Constant)]
    places = (c.value for c in ast.walk(call) if isinstance(c, ast.Constant) and isinstance(c.value, str))
    inside = [place.partition(":")[0] for place in places if re.match(r"\.\w+(:|$)", place)]
    return {f"{home}{place}" for home in homes for place in inside}


def _folder(name: str) -> str:
    return name.rpartition(".")[0]


def _circles(arrows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the strongly connected groups of more than one, by Tarjan's algorithm."""
    graph: dict[str, set[str]] = defaultdict(set)
    for a, b in arrows:
        graph[a].add(b)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    out: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            at = stack.index(node)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1:
                out.append(sorted(group))

    sys.setrecursionlimit(10_000)
    for node in sorted(graph):
        if node not in order:
            visit(node)
    return sorted(out)


def counted(house: House) -> dict[str, int]:
    """Return the figures that may only fall (`tests/test_house.py`)."""
    helpers = Counter(house.room(name) for name in house.helpers())
    return {
        "helpers": sum(count for room, count in helpers.items() if room not in LEFT_ALONE),
        "helpers in rooms left alone": sum(helpers[room] for room in LEFT_ALONE),
        "twice named": len(house.twice_named()),
        "circles of modules": len(house.circles()),
        "circles of rooms": len(house.room_circles()),
        "imports past doors": sum(past for past, _ in house.doors().values()),
    }


def verbs() -> dict[str, dict[str, int]]:
    """Run every verb of `VERBS` in fresh processes and return modules of ours, all modules, milliseconds of import."""
    out = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in (ROOT / "tests" / "golden" / "texts").iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        _ran("import varenna-tolland-1998.md --jobs 1", folder)
        _ran("index", folder)
        _ran("compare corvania-delmar-2011.docx corvania-delmar-theirs.docx -o answer.docx --author Delmar", folder)
        for verb, words in VERBS.items():
            runs = [_ran(words, folder) for _ in range(3)]
            ours, every = runs[-1][:2]
            out[verb] = {"ours": ours, "modules": every, "ms": round(min(run[2] for run in runs))}
    return out


def _ran(words: str, folder: Path) -> tuple[int, int, float]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "agreements", "--repo", "repository", "--json", *words.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = (row.removeprefix("import time:").split("|") for row in done.stderr.splitlines() if "|" in row)
    rows = [row for row in said if row[0].strip().isdigit()]  # without the head that each process prints
    times = {row[2].strip(): int(row[0]) for row in rows}
    if done.returncode or not times:
        raise SystemExit(f"agreements {words}: exit {done.returncode}\n{done.stdout}")
    return sum(name.split(".")[0] == "agreements" for name in times), len(times), sum(times.values()) / 1000


def figures(*, with_verbs: bool) -> dict[str, Any]:
    """Return all figures with what they count."""
    house = House()
    helpers: Mapping[str, str] = house.helpers()
    return {
        "modules": len(house.modules),
        "lines": sum(module.lines for module in house.modules.values()),
        **counted(house),
        "helpers by room": dict(Counter(house.room(name) for name in helpers).most_common()),
        "helper": helpers,
        "twice": house.twice_named(),
        "circle": house.circles() + house.room_circles(),
        "doors": {room: {"past": past, "through": through} for room, (past, through) in house.doors().items()},
        "verbs": verbs() if with_verbs else {},
    }


def lower(file: Path = RATCHETS) -> dict[str, int]:
    """Write the figures that fell into the file of ratchets and return all; none is ever raised."""
    kept: dict[str, int] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    now = {name: min(value, kept.get(name, value)) for name, value in counted(House()).items()}
    file.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8", newline="\n")
    return now


def main() -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description="Print the figures of the house.")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--no-verbs", action="store_true", help="leave out the verbs, which are run to be measured")
    parser.add_argument("--lower", action="store_true", help="write the figures that fell into tests/house.json")
    options = parser.parse_args()
    if options.lower:
        print(json.dumps(lower(), indent=2))
        return 0
    found = figures(with_verbs=not options.no_verbs)
    if options.json:
        print(json.dumps(found, indent=2))
        return 0
    for name, value in found.items():
        if isinstance(value, int):
            print(f"{name:<28}{value:>7}")
    for name, reader in found["helper"].items():
        print(f"  helper  {name}  read by {reader}")
    for name, modules in found["twice"].items():
        print(f"  twice   {name}  {', '.join(modules)}")
    for group in found["circle"]:
        print(f"  circle  {', '.join(group)}")
    print("\nroom            past its door  through it")
    for room, ways in found["doors"].items():
        print(f"{room:<16}{ways['past']:>13}{ways['through']:>12}")
    if found["verbs"]:
        print("\nverb            modules of ours  all  ms of import")
    for verb, run in found["verbs"].items():
        print(f"{verb:<16}{run['ours']:>15}{run['modules']:>5}{run['ms']:>14}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
