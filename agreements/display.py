"""How results look where somebody types at Python: one short line, and a table in a notebook.

A result may hold whole agreements; printed in full, one of them is 200,000 characters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

_LONGEST = 200  # characters of a line, the brackets included
_VALUE = 40  # characters of one value in it
_CELL = 160  # characters of a cell of a table
_ROWS = 50
_PLAIN = (str, int, float, bool, type(None))
T = TypeVar("T")


def shown_short(result: type[T]) -> type[T]:
    """Give the class of a result (a dataclass or a model) a short `repr` and a table for notebooks; return it."""
    result.__repr__ = short_repr  # type: ignore[method-assign]
    result._repr_html_ = html_table  # type: ignore[attr-defined]
    if not is_dataclass(result):  # a model prints all its fields as a string too
        result.__str__ = short_repr  # type: ignore[method-assign]
    return result


def short_repr(result: object) -> str:
    """Return one line of at most 200 characters: plain values shortened, of others how many or what they are."""
    words = (f"{name}={_value(value)}" for name, value in _fields(result) if not _empty(value))
    line = f"{type(result).__name__}({', '.join(words)})"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 2]}…)"


def html_table(result: object) -> str:
    """Return an HTML table of `result`: its plain values, and its rows where it has some; every word is escaped."""
    parts = [f"<p><b>{_escape(type(result).__name__)}</b></p>"]
    plain = [(name, value) for name, value in _fields(result) if isinstance(value, _PLAIN) and not _empty(value)]
    if plain:
        rows = "".join(f"<tr><th>{_escape(name)}</th><td>{_cell(value)}</td></tr>" for name, value in plain)
        parts.append(f"<table>{rows}</table>")
    parts += [_rows(name, value) for name, value in _fields(result) if _is_rows(value)]
    return "".join(parts)


def _rows(name: str, values: Sequence[Any]) -> str:
    columns = [
        column
        for column, _ in _fields(values[0])
        if any(isinstance(value := getattr(row, column), _PLAIN) and not _empty(value) for row in values[:_ROWS])
    ]
    head = "".join(f"<th>{_escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_cell(getattr(row, column))}</td>' for column in columns)}</tr>" for row in values[:_ROWS]
    )
    more = f"<p>{len(values) - _ROWS} more</p>" if len(values) > _ROWS else ""
    return f"<p>{_escape(name)}: {len(values)}</p><table><tr>{head}</tr>{body}</table>{more}"


def _escape(text: str) -> str:
    """Return `text` with the signs of HTML escaped."""
    import html  # its table of entities is not loaded by a search

    return html.escape(text)


def _fields(result: object) -> Iterator[tuple[str, Any]]:
    """Yield name and value of the fields of a dataclass or of a model, in their order."""
    if is_dataclass(result):
        names: Sequence[str] = [field.name for field in fields(result)]
    else:
        names = list(getattr(type(result), "model_fields", {}))
    for name in names:
        if not name.startswith("_"):
            yield name, getattr(result, name)


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, (str, Sequence, Mapping)) and not value)


def _is_rows(value: object) -> bool:
    """Whether `value` is a list of results, which stand as rows of a table."""
    return isinstance(value, (tuple, list)) and bool(value) and any(True for _ in _fields(value[0]))


def _value(value: object) -> str:
    if isinstance(value, str):
        return repr(value if len(value) <= _VALUE else value[: _VALUE - 1] + "…")
    if isinstance(value, _PLAIN):
        return repr(value)
    if isinstance(value, (Sequence, Mapping, set, frozenset)):
        return f"<{len(value)}>"
    return f"<{getattr(value, 'id', None) or type(value).__name__}>"


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return _escape(text if len(text) <= _CELL else text[: _CELL - 1] + "…")
