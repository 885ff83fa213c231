"""Strings that make a pattern work hard, derived from the pattern's own parse tree."""

import ast
import importlib
import pkgutil
import re
import re._constants as sre
import re._parser as parser
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import agreements

SCANNING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
ANCHORED = frozenset({"match", "fullmatch"})
_SAMPLES = "aA1 .,X-(\n;\"'I*_"
_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_MANY = 20  # a repeat that may go on beyond this is pumped
_TAILS = ("", "\x00", "!")


@dataclass(frozen=True, slots=True)
class Used:
    """A compiled pattern of the package: where it stands, and the methods that its module calls on it."""

    place: str
    pattern: re.Pattern[str]
    methods: frozenset[str]


def patterns() -> list[Used]:
    """Return every pattern that a module of the package holds when it is imported, each once."""
    found: dict[int, Used] = {}
    for info in pkgutil.walk_packages(agreements.__path__, "agreements."):
        if info.name.endswith("__main__"):
            continue
        module = importlib.import_module(info.name)
        methods = _methods(module)
        for name, pattern in _held(module):
            if isinstance(pattern.pattern, str):
                used = methods.get(name, SCANNING | ANCHORED)
                found.setdefault(id(pattern), Used(f"{info.name}.{name}", pattern, frozenset(used)))
    return sorted(found.values(), key=lambda used: used.place)


def _held(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in list(vars(module).items()):
        for pattern in _inside(value, depth=0):
            yield name, pattern


def _inside(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, Mapping):
        for item in (*value.keys(), *value.values()):
            yield from _inside(item, depth + 1)
    elif depth < 4 and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from _inside(item, depth + 1)


def _methods(module: ModuleType) -> dict[str, set[str]]:
    """Return by name the pattern methods that the module calls; a name that is passed on may be used in any way."""
    if not (file := getattr(module, "__file__", None)):
        return {}
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    called: dict[str, set[str]] = {}
    direct = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called.setdefault(node.value.id, set()).add(node.attr)
            direct.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in direct:
            called.setdefault(node.id, set()).update(SCANNING | ANCHORED)
    return {name: methods & (SCANNING | ANCHORED) or set(SCANNING | ANCHORED) for name, methods in called.items()}


def pumped(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (beginning, piece, end): the piece is what some repeat of `pattern` may match again and again."""
    seen = set()
    for before, pieces in _repeats(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)):
        for piece in pieces[:5]:
            for whole in (piece, before + piece):
                for end in _TAILS:
                    if (made := (before, whole, end)) not in seen:
                        seen.add(made)
                        yield made


def matched(pattern: re.Pattern[str]) -> list[str]:
    """Return a few strings that `pattern` matches, of each of its alternatives one."""
    return _samples(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))


def seconds(pattern: re.Pattern[str], methods: Iterable[str], text: str) -> float:
    """Return the CPU seconds that `pattern` takes over `text`, used as `methods` say."""
    run = _scan if SCANNING & set(methods) else _anchored
    begun = time.process_time()
    run(pattern, text)
    return time.process_time() - begun


def _scan(pattern: re.Pattern[str], text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def _anchored(pattern: re.Pattern[str], text: str) -> None:
    pattern.match(text)
    pattern.fullmatch(text)


def _repeats(sequence: Any, before: str = "") -> Iterator[tuple[str, list[str]]]:
    for item in sequence:
        operation, value = item
        if operation in _REPEATS:
            if value[1] is sre.MAXREPEAT or value[1] > _MANY:
                yield before, [piece for piece in _samples(value[2]) if piece]
            yield from _repeats(value[2], before)
        elif operation is sre.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif operation is sre.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif operation in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(value[1], before)
        elif operation is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        before += _samples([item])[0]


def _samples(sequence: Any) -> list[str]:
    """Return a few strings that the parsed `sequence` matches."""
    made = [""]
    for operation, value in sequence:
        made = list(dict.fromkeys(text + more for text in made for more in _choices(operation, value)))[:8]
    return made


def _choices(operation: Any, value: Any) -> list[str]:
    made = [""]
    if operation is sre.LITERAL:
        made = [chr(value)]
    elif operation is sre.NOT_LITERAL:
        made = [c for c in "a ." if ord(c) != value][:2]
    elif operation is sre.ANY:
        made = ["a", " "]
    elif operation is sre.IN:
        made = _in(value)[:4]
    elif operation is sre.BRANCH:
        made = [_samples(branch)[0] for branch in value[1]][:6]
    elif operation in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        made = _samples(value[3] if operation is sre.SUBPATTERN else value)[:4]
    elif operation in _REPEATS:
        inner = _samples(value[2])[:3]
        made = list(dict.fromkeys([inner[0] * value[0], *(text * max(value[0], 1) for text in inner)]))
    return made


def _in(items: Any) -> list[str]:
    negated = bool(items) and items[0][0] is sre.NEGATE
    found = [c for c in _SAMPLES if _holds(items, c) is not negated]
    if not negated:
        found += [chr(value if operation is sre.LITERAL else value[0]) for operation, value in items
                  if operation in (sre.LITERAL, sre.RANGE)]  # fmt: skip
    return found or ["?"]


def _holds(items: Any, character: str) -> bool:
    for operation, value in items:
        if operation is sre.LITERAL and ord(character) == value:
            return True
        if operation is sre.RANGE and value[0] <= ord(character) <= value[1]:
            return True
        if operation is sre.CATEGORY and re.match(_CATEGORIES[value], character):
            return True
    return False
