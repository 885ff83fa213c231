"""What a screen is, what it is asked and what it answers; a screen knows nothing of the server.

A module of `agreements/web/screens/` has a `SCREEN` with its routes. A route leads to a plain function from a `Visit`
to a `PageView` (a page), an `Elsewhere` (go there), a `FileSent` (a download) or an `EventStream` (progress). It runs
on a thread, calls verbs and lets every `AgreementsError` go: the page of errors shows message and hint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from agreements.errors import QueryError

if TYPE_CHECKING:
    from agreements.library import Desk
    from agreements.web.sessions import PersonSession, Upload


@dataclass(frozen=True, slots=True)
class Visit:
    """What a person asks of a screen: the `desk` to ask, what stands in the address (`path`, `query`) and in the form.

    `session` is the person's own: what was uploaded lies in its folder. `read_only` says that nothing may be written.
    """

    desk: "Desk"
    session: "PersonSession"
    route: str
    address: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    form: Mapping[str, Sequence[str]] = field(default_factory=dict)
    uploads: "Sequence[Upload]" = ()
    read_only: bool = False

    @property
    def folder(self) -> Path:
        """The folder of the repository, for verbs that the desk does not have."""
        return self.desk.repository.root

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field of the form or the address that are not empty."""
        return tuple(value.strip() for value in self.form.get(name, self.query.get(name, ())) if value.strip())

    def text(self, name: str, default: str = "") -> str:
        """Return the first value of a field of the form or the address."""
        return next(iter(self.all(name)), default)

    def named(self, name: str) -> str:
        """Return what was typed as the name of a file of ours: in small letters, with a hyphen for each blank."""
        return "-".join(self.text(name).lower().split())

    def flag(self, name: str) -> bool:
        """Whether a field of the form or the address is set."""
        return bool(self.all(name))

    def number(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        """Return a field as a number from `least` to `most`; raises `QueryError` for one that is none."""
        given = self.text(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit()) or not least <= int(given[:9]) <= most:
            raise QueryError(f"{name} is a number from {least} to {most}.", hint="Go back and choose again.")
        return int(given)

    def choice(self, name: str, known: Sequence[str]) -> str:
        """Return a field whose value is one of `known`, the first where it is not given; raises `QueryError`."""
        given = self.text(name, known[0])
        if given not in known:
            raise QueryError(f"There is no {name} {given!r}.", hint="Known: " + ", ".join(known) + ".")
        return given

    def typed(self, form: str, name: str, default: object = "") -> object:
        """Return what was typed into a field of the form that is called `form`, where it was sent and refused."""
        return self.text(name) if self.form and self.text("do") == form else default

    def link(self, path: str = "", /, **changed: object) -> str:
        """Return the address of `path` (default: this page) with the query of this page, changed; None leaves out."""
        query: dict[str, object] = {} if path else {name: list(values) for name, values in self.query.items()}
        query |= changed
        kept = {name: value for name, value in query.items() if value not in (None, "", [], ())}
        return (path or self.address) + (f"?{urlencode(kept, doseq=True)}" if kept else "")


@dataclass(frozen=True, slots=True)
class PageView:
    """A page: the `template` with its `values`, the `title` of the window, and what it says at head and foot.

    `command` are the lines of the command line that give the same. `markings` are those of all that is shown: the
    highest stands at head and foot. `citation` is printed at the end. `wide` lets tables have the whole width.
    """

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    command: Sequence[str] = ()
    markings: Sequence[str] = ()
    citation: str = ""
    wide: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Go on at `address`: what a form answers when it is done, so that Back and reload do nothing twice."""

    address: str


@dataclass(frozen=True, slots=True)
class FileSent:
    """A file: its `content`, the `name` it is saved under (empty: shown in the page), and its type."""

    content: bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class EventStream:
    """Progress as server-sent events: pairs of a kind and one line of text, until there is no more."""

    events: Iterator[tuple[str, str]]


Answer = PageView | Elsewhere | FileSent | EventStream
Handler = Callable[[Visit], Answer]


@dataclass(frozen=True, slots=True)
class ScreenRoute:
    """An address (`/a/{id}`) and what answers there. `writes` is refused while the workbench is read-only."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of the workbench: its `name`, its routes, and its place in the rail.

    `rail` is the word in the rail (empty: it is reached from other screens), `order` its place there, `at` the address
    it leads to (default: the first route), `key` the letter that leads there after `g`.
    """

    name: str
    routes: tuple[ScreenRoute, ...]
    rail: str = ""
    order: int = 100
    key: str = ""
    at: str = ""

    @property
    def address(self) -> str:
        """Where the rail leads to."""
        return self.at or self.routes[0].path


def get(path: str, handler: Handler) -> ScreenRoute:
    """Return the route of a page."""
    return ScreenRoute("GET", path, handler)


def post(path: str, handler: Handler, *, writes: bool = True) -> ScreenRoute:
    """Return the route of a form; one that keeps nothing (`writes=False`) works while the workbench is read-only."""
    return ScreenRoute("POST", path, handler, writes)
