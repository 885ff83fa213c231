"""How a page is made: templates of our own, in an environment apart from that of the clauses, everything escaped.

What stands on every page comes from here: the rail, the marking at head and foot, the command that gives the same.
"""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from agreements.citation import called
from agreements.families import FAMILIES
from agreements.marking import highest
from agreements.reference import Reference
from agreements.states import name_of
from agreements.topics import topics
from agreements.web.screen import PageView, Visit
from agreements.web.screens import screens

HERE = Path(__file__).parent
UNMARKED = "For unclassified text only"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


@cache
def static_files() -> Mapping[str, bytes]:
    """Return what is sent as it is: the style sheet, the scripts, their licences, by name."""
    return {file.name: file.read_bytes() for file in sorted((HERE / "static").iterdir()) if file.suffix in TYPES}


@cache
def static(name: str) -> str:
    """Return the address of a file that is sent as it is; it changes with the file, so that a browser may keep it."""
    return f"/static/{name}?v={sha256(static_files()[name]).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """Return the environment of the pages: every value escaped, an unknown name an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static, "address_of": address_of, "UNMARKED": UNMARKED}
    made.filters |= {
        "family": family_label,
        "topic": topic_label,
        "state": state_label,
        "pieces": pieces,
        "address": address_of,
        "called": called,
        "day": spelled_day,
        "counted": counted,
        "words": in_words,
        "named": lambda codes: [(code, in_words(code)) for code in codes],
        "plainly": lambda words: [(each, each) for each in words],
        "numbered": lambda held: [(each.number, f"{each.number}: {each.title}") for each in held],
    }
    return made


def page(view: PageView, visit: Visit) -> str:
    """Return a page as HTML."""
    values: dict[str, Any] = {
        "visit": visit,
        "view": view,
        "rail": [screen for screen in screens() if screen.rail],
        "left_out": visit.desk.left_out(),
        "marking": highest(view.markings) or UNMARKED,
        **view.values,
    }
    return environment().get_template(view.template).render(values)


def as_command(*words: object) -> str:
    """Return a line of the command line: `agreements` and `words`, those that are None left out, each quoted."""
    return shlex.join(["agreements", *(str(word) for word in words if word is not None)])


def address_of(reference: str, **query: str) -> str:
    """Return the address at which `reference` (`nato-sofa-1951#VII.3`) is read."""
    asked = Reference.parse(reference)
    path = asked.path + (f"@{asked.language}" if asked.language else "")
    plain = quote(path, safe="@~.")
    more = "?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()) if query else ""
    return f"/a/{quote(asked.agreement)}" + (f"/{plain}{more}#{plain}" if path else more)


def family_label(family: str) -> str:
    """Return what a family is called; an id that is none stays as it is."""
    known = FAMILIES.get(family)
    return known.short if known else family.replace("_", " ")


def topic_label(topic: str) -> str:
    """Return what a topic is called."""
    known = topics().get(topic)
    return known.label if known else topic.replace("_", " ")


def state_label(code: str) -> str:
    """Return the usual name of a State or organisation; a code that is none stays as it is."""
    from agreements.errors import NotFoundError

    try:
        return name_of(code)
    except NotFoundError:
        return code


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def spelled_day(day: str) -> str:
    """Return an ISO date that may stop at year or month as it is printed: `19 June 1951`."""
    year, *rest = day.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"


def counted(number: int, noun: str, several: str = "") -> str:
    """Return `1 provision`, `3 provisions`, with thousands set apart."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def in_words(code: str) -> str:
    """Return a code of ours (`in-force`) as words."""
    return code.replace("-", " ").replace("_", " ")


def pieces(text: str, marked: Sequence[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    """Yield `text` in pieces, each with whether it is one of the stretches `marked` (start, end exclusive)."""
    at = 0
    for start, end in sorted((pair[0], pair[1]) for pair in marked):
        if start < at or end <= start:
            continue
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
