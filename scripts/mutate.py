"""Break lines of the product on purpose and see whether a test fails. Survivors are branches that no test holds.

    python scripts/mutate.py                      the lines that HEAD changed
    python scripts/mutate.py --base main          the lines changed since main
    python scripts/mutate.py agreements/checks/words.py agreements/comparing/nodes.py:47
    python scripts/mutate.py --seed 7 --count 40  another choice, and how many
    python scripts/mutate.py --jobs 2             so many at a time, each in a copy of its own

A mutation swaps one thing: `and` and `or`, a comparison and its opposite or neighbour, the branches of `x if y else z`,
a condition and its negation, a number and the next one, True and False, plus and minus. Drawn by `--seed` from all that
the files (or changed lines) allow. Each runs the tests of its room and those that import its module, and where none of
them fails those of the rooms that read the module, in a copy of the tree: nothing here is touched. Tests that need
`../shared` skip there. Standard library only, and pytest.
"""

import argparse
import ast
import copy
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "agreements"
_OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    **{
        ast.Eq: ast.NotEq,
        ast.NotEq: ast.Eq,
        ast.In: ast.NotIn,
        ast.NotIn: ast.In,
        ast.Is: ast.IsNot,
        ast.IsNot: ast.Is,
    },
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Add: ast.Sub, ast.Sub: ast.Add},
    **{ast.And: ast.Or, ast.Or: ast.And},
}
_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutation:
    """The text between two places of a file (line, byte column), and what stands there instead."""

    file: Path
    start: tuple[int, int]
    end: tuple[int, int]
    text: str

    def applied(self, source: bytes) -> bytes:
        """Return `source` with the mutation in it; no line after it moves up or down by less than it is shorter."""
        lines = source.splitlines(keepends=True)
        begin = sum(map(len, lines[: self.start[0] - 1])) + self.start[1]
        finish = sum(map(len, lines[: self.end[0] - 1])) + self.end[1]
        return source[:begin] + self.text.encode() + source[finish:]

    def line(self, source: bytes) -> str:
        """Return the mutated line."""
        return self.applied(source).splitlines()[self.start[0] - 1].decode().strip()


def mutations(file: Path, source: bytes) -> Iterator[Mutation]:
    """Yield every mutation of a module; annotations and what is for types alone are left as they are."""
    for node in _walk(ast.parse(source)):
        for changed in _changed(node):
            place = (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)
            yield Mutation(file, *place, f"({ast.unparse(changed)})")


def _walk(tree: ast.AST) -> Iterator[ast.expr]:
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "keywords") and not isinstance(tree, ast.Call):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, (ast.JoinedStr, ast.MatchValue)):  # an f-string has no places of its own before 3.12
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.AST):
                if isinstance(child, ast.expr):
                    yield child
                yield from _walk(child)
            if isinstance(child, (ast.If, ast.While)) and isinstance(child.test, (ast.Name, ast.Attribute, ast.Call)):
                yield _Negated(child.test)


class _Negated(ast.expr):
    """A condition that is a name or a call: it can only be negated."""

    def __init__(self, test: ast.expr) -> None:
        super().__init__()
        self.test = test
        ast.copy_location(self, test)


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, _Negated):
        yield ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield _with(node, "ops", [*node.ops[:at], _OPPOSITE[type(operator)](), *node.ops[at + 1 :]])
    elif isinstance(node, ast.BoolOp) or (isinstance(node, ast.BinOp) and type(node.op) in _OPPOSITE):
        yield _with(node, "op", _OPPOSITE[type(node.op)]())
    elif isinstance(node, ast.IfExp):
        made = _with(node, "body", node.orelse)
        yield _with(made, "orelse", node.body)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _with(node: ast.expr, name: str, value: object) -> ast.expr:
    made = copy.copy(node)
    setattr(made, name, value)
    return made


def changed_lines(base: str) -> dict[Path, set[int]]:
    """Return the lines of the package's modules that were changed since `base`, as git tells them."""
    out: dict[Path, set[int]] = {}
    for name in _git("diff", "--name-only", "--diff-filter=d", base, "--", PACKAGE).split():
        if name.endswith(".py"):
            told = _git("diff", "-U0", base, "--", name)
            hunks = ((int(m[1]), int(m[2] or 1)) for m in _HUNK.finditer(told))
            out[Path(name)] = {line for first, count in hunks for line in range(first, first + count)}
    return out


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def named(words: list[str]) -> dict[Path, set[int]]:
    """Return the files named, with the lines named after a colon (none: all)."""
    out: dict[Path, set[int]] = {}
    for word in words:
        name, _, line = word.partition(":")
        out.setdefault(Path(name), set()).update({int(line)} if line else set())
    return out


def tests_of(file: Path, tree: Path) -> list[str]:
    """Return the tests to run: those that import the module first, then the rest of its room."""
    room = file.parts[1] if len(file.parts) > 2 else ""
    names, every = _naming(file), _tests(tree)
    direct = [p for p in every if names.search(p.read_text(encoding="utf-8"))]
    beside = [p for p in every if room and p.relative_to(tree / "tests").parts[0] == room]
    found = dict.fromkeys([*direct, *beside]) or dict.fromkeys(every)
    return [p.relative_to(tree).as_posix() for p in found]


def tests_of_readers(file: Path, tree: Path) -> list[str]:
    """Return the tests of the other rooms in which a module imports that of `file`, without those of `tests_of`."""
    names = _naming(file)
    package = tree / PACKAGE
    rooms = {p.relative_to(package).parts[0] for p in package.rglob("*.py") if names.search(p.read_text("utf-8"))}
    found = [p for p in _tests(tree) if p.relative_to(tree / "tests").parts[0] in rooms]
    first = set(tests_of(file, tree))
    return [path for p in found if (path := p.relative_to(tree).as_posix()) not in first]


def _naming(file: Path) -> re.Pattern[str]:
    """Return what an import of the module of `file` looks like."""
    module = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    return re.compile(rf"\b{re.escape(module)}\b|from {re.escape(module.rpartition('.')[0])} import .*\b{file.stem}\b")


def _tests(tree: Path) -> list[Path]:
    return sorted(p for p in (tree / "tests").rglob("test_*.py") if p.parent.name != "golden")


def copied(folder: Path) -> Path:
    """Return a copy of the tree below `folder`: what git tracks, and what it does not know yet."""
    tree = folder / "tree"
    for name in _git("ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0"):
        if name and (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)
    return tree


def failure(tests: Sequence[str], tree: Path, limit: float | None) -> str:
    """Return what pytest says where a test fails or they do not end in time; `""` where all pass."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CI": "1",
    }  # CI: no time limits of hypothesis
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, encoding="utf-8", timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return "out of time"
    return "" if done.returncode in (0, 5) else done.stdout + done.stderr


class Trial:
    """One copy of the tree, in which mutations are tried one after the other."""

    def __init__(self, tree: Path) -> None:
        self._tree = tree
        self._limits: dict[tuple[str, ...], float] = {}

    def is_caught(self, mutation: Mutation) -> bool:
        """Whether a test fails, or the tests do not end, with the mutation in place.

        Raises `SystemExit` where they fail without it.
        """
        for tests_for in (tests_of, tests_of_readers):
            tests = tuple(tests_for(mutation.file, self._tree))
            if tests and self._fails(mutation, tests):
                return True
        return False

    def _fails(self, mutation: Mutation, tests: tuple[str, ...]) -> bool:
        if tests not in self._limits:
            began = time.monotonic()
            if told := failure(tests, self._tree, None):
                raise SystemExit(f"The tests of {mutation.file} fail without any mutation.\n{told}")
            self._limits[tests] = 3 * (time.monotonic() - began) + 20
        file = self._tree / mutation.file
        source = file.read_bytes()
        file.write_bytes(mutation.applied(source))
        try:
            return bool(failure(tests, self._tree, self._limits[tests]))
        finally:
            file.write_bytes(source)


def survivors(drawn: list[Mutation], folder: Path, jobs: int) -> int:
    """Try each mutation in a copy below `folder`, say how it went, and return how many survived."""
    trials = [Trial(copied(folder / str(number))) for number in range(jobs)]
    free = Queue[Trial]()
    for trial in trials:
        free.put(trial)

    def tried(mutation: Mutation) -> bool:
        trial = free.get()
        try:
            caught = trial.is_caught(mutation)
        finally:
            free.put(trial)
        place = f"{mutation.file.as_posix()}:{mutation.start[0]}"
        line = mutation.line((ROOT / mutation.file).read_bytes())
        print(f"{'caught' if caught else 'SURVIVED':<9}{place}  {line}", flush=True)
        return caught

    with ThreadPoolExecutor(jobs) as pool:
        return sum(not caught for caught in pool.map(tried, drawn))


def main() -> int:
    """Draw mutations, try them and print what became of each; exit status 1 when one survived."""
    parser = argparse.ArgumentParser(description="Break lines on purpose and see whether a test fails.")
    parser.add_argument("files", nargs="*", metavar="FILE[:LINE]")
    parser.add_argument("--base", default="HEAD~1", help="take the lines changed since this commit (HEAD~1)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time (1)")
    options = parser.parse_args()
    every = [
        mutation
        for file, lines in (named(options.files) if options.files else changed_lines(options.base)).items()
        for mutation in mutations(file, (ROOT / file).read_bytes())
        if not lines or mutation.start[0] in lines
    ]
    drawn = random.Random(options.seed).sample(every, min(options.count, len(every)))
    with tempfile.TemporaryDirectory() as folder:
        survived = survivors(sorted(drawn, key=lambda m: (m.file, m.start)), Path(folder), options.jobs)
    print(f"{len(drawn) - survived} of {len(drawn)} caught, drawn from {len(every)} with seed {options.seed}.")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
