"""A value written into a parameter file in its place: comments, order and blanks of the file stay."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

from agreements.drafting import strictyaml
from agreements.errors import ParameterError


def with_value(source: str, name: str, value: Any, *, where: str = "the parameter file") -> str:
    """Return the parameter file `source` with the parameter `name` set to `value`: text, or a mapping of texts.

    `name` may lead into a value (`receiving.short`, `sites.2.name`; items count from 1). A parameter that is not given
    comes last. Raises `ParameterError` where the value stands in a way that only a person can change.
    """
    parts = name.split(".")
    try:
        made = _written(source, parts, value)
        if strictyaml.load(made) == _expected(strictyaml.load(source), parts, value):
            return made
    except (ValueError, KeyError, IndexError, TypeError, yaml.YAMLError):
        pass
    raise ParameterError(
        f"{name} cannot be written into {where} by itself.",
        hint=f"Write it there yourself: {parts[-1]}: {_flow(value)}",
    )


def _written(source: str, parts: list[str], value: Any) -> str:
    mark = "\ufeff" if source.startswith("\ufeff") else ""
    text = source.removeprefix(mark)
    top = _under(yaml.compose(text, yaml.BaseLoader), "parameters")
    try:
        node = top
        for part in parts:
            node = _under(node, part)
    except KeyError:
        if len(parts) > 1:
            raise
        return mark + _added(text, top, parts[0], value)
    pieces = [(node, value)]
    if isinstance(value, Mapping):
        if not isinstance(node, yaml.MappingNode) or len(node.value) != len(value):
            raise ValueError("another kind of value stands there")
        pieces = [pair for (k, v), own in zip(node.value, value.items(), strict=True) for pair in zip((k, v), own)]  # noqa: B905
    for at, words in sorted(pieces, key=lambda pair: -pair[0].start_mark.index):
        if not isinstance(at, yaml.ScalarNode) or at.style in ("|", ">"):
            raise ValueError("it runs over several lines")
        text = text[: at.start_mark.index] + _flow(words) + text[at.end_mark.index :]
    return mark + text


def _under(node: Any, part: str) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return node.value[int(part) - 1]
    if not isinstance(node, yaml.MappingNode):
        raise KeyError(part)
    return {key.value: value for key, value in node.value}[part]


def _added(text: str, top: Any, name: str, value: Any) -> str:
    """Return `text` with a parameter more, after the last line of those that are given."""
    if not isinstance(top, yaml.MappingNode) or top.flow_style or not top.value:
        raise ValueError("there is no list of parameters")
    column = top.value[0][0].start_mark.column
    lines = text.splitlines(keepends=True)
    last = _last_line(top)
    if not lines[last].endswith("\n"):
        lines[last] += "\n"
    lines.insert(last + 1, f"{' ' * column}{name}: {_flow(value)}\n")
    return "".join(lines)


def _last_line(node: Any) -> int:
    """Return the line on which the last word of `node` stands."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        mark = node.end_mark
        return int(mark.line - (mark.column == 0 and mark.line > node.start_mark.line))
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _flow(value: Any) -> str:
    """Return `value` as it stands in YAML on one line, plain where that reads as the same."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(own)}" for name, own in value.items()) + "}"
    try:
        plain = strictyaml.load(f"{{x: {value}}}") == {"x": value} and strictyaml.load(f"x: {value}") == {"x": value}
    except ValueError:
        plain = False
    return value if plain else json.dumps(value, ensure_ascii=False)


def _expected(content: Any, parts: list[str], value: Any) -> Any:
    at = content["parameters"]
    for part in parts[:-1]:
        at = at[int(part) - 1] if isinstance(at, list) else at[part]
    if isinstance(at, list):
        at[int(parts[-1]) - 1] = value
    else:
        at[parts[-1]] = dict(value) if isinstance(value, Mapping) else value
    return content
