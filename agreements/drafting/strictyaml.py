"""YAML as people mean it: every scalar stays the text that was typed, and what could hide a trap is refused.

`no`, `1.10` and `2026-11-22` are text here; the declared type of a parameter converts them afterwards.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from agreements.marking import entries, refuse, refuse_name, remarks, values

_LIMIT, _DEPTH = 2_000_000, 50


# libyaml where it is built in, which reads the same YAML many times faster.
_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _RefusedError(yaml.constructor.ConstructorError):
    """What we refuse ourselves, in our own words, at a place of the file."""


class _Loader(_Base):  # type: ignore[misc]
    """Text only, and no key twice (one would be lost)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problem = "a name is one or more plain words"
                raise _RefusedError(None, None, problem, key.start_mark)
            if key.value in seen:
                raise _RefusedError(None, None, f"{key.value!r} stands here twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def _guard(source: str) -> None:
    """Refuse aliases (a few lines could expand to gigabytes), and depth (an endless one could end the process).

    libyaml may give up on depth by itself, in words of its own, before it has told of a single bracket; what it
    refuses is read once more in Python, which tells of each.
    """
    try:
        _walk(source, _Base)
    except yaml.YAMLError:
        _walk(source, yaml.BaseLoader)
        raise


def _walk(source: str, loader: Any) -> None:
    depth = 0
    for event in yaml.parse(source, Loader=loader):
        if isinstance(event, yaml.AliasEvent):
            line = f"line {event.start_mark.line + 1}: " if event.start_mark else ""
            raise ValueError(f"{line}aliases (*name) are not used here")  # noqa: TRY004
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH:
            raise ValueError("it is nested too deeply")


def load(source: str) -> Any:
    """Return what `source` holds, every scalar as text. Raises `ValueError` saying what is wrong on which line.

    What is wrong is said in our words; those of the YAML parser, which change with its version, stand in brackets.
    """
    try:
        _guard(source)
        return yaml.load(source, _Loader)
    except _RefusedError as error:
        raise ValueError(f"{_line(error)}{error.problem}") from error
    except yaml.MarkedYAMLError as error:
        words = error.problem or error.context or "no reason given"
        raise ValueError(f"{_line(error)}it is not YAML here ({words})") from error
    except yaml.YAMLError as error:
        raise ValueError(f"it is not YAML ({str(error).splitlines()[0]})") from error


def _line(error: yaml.MarkedYAMLError) -> str:
    return f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""


def mapping(source: str, *, what: str) -> dict[str, Any]:
    """Return the mapping that `source` of `what` holds, without the names left empty; raises as `load_asked`."""
    content = load_asked(source, what=what)
    if isinstance(content, dict):
        return {str(name): value for name, value in content.items() if value != ""}
    raise ValueError("it is not a mapping of names to values")


def load_file(path: Path) -> Any:
    """Return what the file holds, asking of all its words, comments too, whether they bear a marking in use.

    Raises `ValueError` naming what is wrong, `OSError` when it cannot be read, `ClassifiedError`.
    """
    if path.stat().st_size > _LIMIT:
        raise ValueError(f"it is larger than {_LIMIT // 1_000_000} MB")
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"it is not UTF-8 text (byte {error.start})") from error
    refuse_name(path.name)
    return load_asked(source, what=path.name)


def load_asked(source: str, *, what: str) -> Any:
    """Return what `source` holds, as `load`; raises `ClassifiedError` where its words or comments bear a marking.

    Of a damaged one the lines are asked: what is wrong with it is said in its own words.
    """
    refuse(list(remarks(source)), what=what, typed=True)
    try:
        content = load(source)
    except ValueError:
        refuse(list(entries(source, "the file")), what=what, typed=True)
        raise
    refuse(list(values(content, "")), what=what, typed=True)
    return content


def block(value: Any) -> str:
    """Return `value` as YAML lines, in the order given, that `load` reads back as the same text."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False)
