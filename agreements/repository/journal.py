"""The journal of acts: who did what to which agreement or negotiation, when, and what each file was before and after.

An act is one line of JSON at the end of `acts.jsonl`, written by whoever holds the repository's lock. What is going to
be done stands in `pending.json` before the first file moves; when the files are in their place the lines are added and
`pending.json` goes. After a kill in between the next writer looks at the files and adds what was done, and only that.
Acts are counted through the whole repository, so their order does not hang on a clock. Nothing of a text stands here:
files are named by their SHA-256, and the bytes that stood before lie in the history of what they belong to.

Lines are never changed, but by a purge: it takes the names and hashes of files out of the lines of what it removes.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from agreements import platform
from agreements.errors import NotFoundError, RepositoryError
from agreements.marking import refuse_entry

ActKind = Literal["agreement", "negotiation"]
ChangedFiles = Mapping[str, tuple[str, str]]
"""Name of a file to its SHA-256 before and after; empty where there was, or is, none."""

ACTS, PENDING, _LAST = "acts.jsonl", "acts.pending.json", "last"
_TAIL = 64 * 1024  # bytes read from the end to find the last act; a line is a few hundred
_MOMENT = "%Y%m%dT%H%M%S.%fZ"

_ACTING: ContextVar[str] = ContextVar("acting", default="")
_ASKING: ContextVar[str] = ContextVar("asking", default="")


@dataclass(frozen=True, slots=True)
class Act:
    """An act: its number, moment (UTC, ISO, as the clock stood), who did it, what it was, and of what.

    `what` is the verb (`import`, `edit`, `round`, `undo` ...), `files` are those that it changed. `undoes` is the
    number of the act that this one reversed, `reversed_by` that of the one that reversed this; 0 where there is none.
    `into` is the agreement into whose history the files went, `parts` what it changed of a record, `kept` the words
    of small files before it, by their hash.
    """

    number: int
    when: str
    by: str
    what: str
    kind: ActKind
    id: str
    files: ChangedFiles = field(default_factory=dict)
    undoes: int = 0
    into: str = ""
    parts: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    reversed_by: int = 0

    @property
    def places(self) -> frozenset[str]:
        """What it changed: parts of a record where they are known, else files."""
        return frozenset(self.parts or self.files)

    def as_json(self) -> dict[str, Any]:
        """Return `{number, when, by, what, kind, id, files, undoes, reversed_by}`; `files` are names."""
        row = {name: getattr(self, name) for name in ("number", "when", "by", "what", "kind", "id")}
        return row | {
            "files": sorted(self.files),
            "undoes": self.undoes or None,
            "reversed_by": self.reversed_by or None,
        }

    def line(self) -> bytes:
        """Return it as a line of the journal."""
        row = {name: getattr(self, name) for name in self.__slots__ if name != "reversed_by" and getattr(self, name)}
        return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def read_act(row: Any) -> Act:
    """Return the act in `row`, as `Act.line` has it; raises `ValueError`, `TypeError` where it is none."""
    if not isinstance(row, dict):
        raise TypeError("it is no act")
    files = {str(name): (str(was), str(now)) for name, (was, now) in row.get("files", {}).items()}
    return Act(**{**row, "files": files, "parts": tuple(row.get("parts", ()))})


# ---------------------------------------------------------------------- who acts, and when


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Have what is done in the block done by `name`, in this thread alone; raises `ClassifiedError` for a marking."""
    refuse_entry(name, what="the name of who acts")
    token = _ACTING.set(" ".join(name.split()))
    try:
        yield
    finally:
        _ACTING.reset(token)


def who_acts() -> str:
    """Return the name of whoever acts: the one that was given, else that of the login."""
    return _ACTING.get() or platform.login_name()


@contextmanager
def asking_as(name: str) -> Iterator[None]:
    """Have what is shown in the block shown to `name`, in this thread alone."""
    token = _ASKING.set(" ".join(name.split()))
    try:
        yield
    finally:
        _ASKING.reset(token)


def who_asks() -> str:
    """Return the name of the person to whom things are shown: the one that was given, else that of the login."""
    return _ASKING.get() or platform.login_name()


def moment_after(taken: Iterable[str]) -> str:
    """Return this moment as the name of an entry of a history, later than every name in `taken`.

    Names are what a history is ordered by, so a clock that stands still or was set back must not repeat one.
    """
    now = datetime.now(UTC).strftime(_MOMENT)
    last = max((name[: len(now)] for name in taken), default="")
    while now <= last:
        try:
            after = datetime.strptime(last, _MOMENT).replace(tzinfo=UTC)
        except ValueError:  # somebody else's file
            return now
        now = (after + _TICK).strftime(_MOMENT)
    return now


_TICK = datetime.resolution


# ---------------------------------------------------------------------- one journal


class Journal:
    """The journal in `folder`; `counter` is the file that counts the acts of the whole repository.

    All that writes is for whoever holds the lock, and raises `OSError`.
    """

    def __init__(self, folder: Path, counter: Path) -> None:
        self.path = folder / ACTS
        self._pending = folder / PENDING
        self._counter = counter

    def acts(self) -> tuple[Act, ...]:
        """Return all acts, the first one first; raises `RepositoryError` naming a line that is damaged.

        A last line that is not whole was never finished, and is none.
        """
        return _with_reversals([self._read(number, line) for number, line in enumerate(self._lines(), 1)])

    def problem(self) -> RepositoryError | None:
        """Return what `acts` would raise."""
        try:
            self.acts()
        except RepositoryError as problem:
            return problem
        return None

    def is_pending(self) -> bool:
        """Whether a writer stopped between what it was about to do and the line that says so."""
        return self._pending.is_file()

    def pending_problem(self) -> str:
        """Return why what a writer was about to do cannot be read, empty where it can or where there is none."""
        try:
            for line in self._pending.read_bytes().splitlines():
                read_act(json.loads(line))
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, TypeError, AttributeError) as problem:
            return str(problem) or type(problem).__name__
        return ""

    def set_pending_aside(self) -> str:
        """Rename what a writer was about to do and cannot be read, so that writing goes on; returns what was done."""
        aside = self._pending.with_name(f"damaged-{self._pending.name}")
        platform.move(self._pending, aside)
        return f"set aside {aside.name}: an act may be missing in the journal"

    def is_torn(self) -> bool:
        """Whether the last line was never finished."""
        try:
            return not self.path.read_bytes().endswith(b"\n") and self.path.stat().st_size > 0
        except OSError:
            return False

    def cut_torn_line(self) -> str:
        """Cut off a last line that was never finished; returns what was done."""
        self._mend()
        return "cut off the last line of the journal, which was never finished"

    def intend(self, acts: Sequence[Act]) -> tuple[Act, ...]:
        """Say that `acts` are about to be done; returns those that change anything, with number, moment and person."""
        first = 1 + self._last()
        now, by = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"), who_acts()
        changing = [act for act in acts if act.files or act.what == "purge"]
        numbered = tuple(replace(a, number=first + i, when=now, by=a.by or by) for i, a in enumerate(changing))
        if numbered:
            self._counter.parent.mkdir(exist_ok=True)
            platform.replace_file(self._counter, f"{numbered[-1].number}\n".encode())
            platform.replace_file(self._pending, b"".join(act.line() for act in numbered))
            platform.sync_folder(self._pending.parent)
        return numbered

    def settle(self, was_done: Callable[[Act], bool] = lambda act: True) -> None:
        """Add the lines of the acts that were intended and done; `was_done` tells after a kill."""
        try:
            lines = self._pending.read_bytes().splitlines()
        except FileNotFoundError:
            return
        if problem := self.pending_problem():
            raise RepositoryError(
                f"The journal's {platform.printable(self._pending)} is damaged: {problem}.",
                hint="Run: agreements doctor --repair",
            )
        acts = [read_act(json.loads(line)) for line in lines]
        self._mend()
        last = self._tail()
        done = b"".join(act.line() for act in acts if act.number > last and was_done(act))
        if done:
            platform.append_bytes(self.path, done)
        self._pending.unlink()

    def forget(self, agreement_id: str) -> None:
        """Take what is said of files out of the lines of an agreement that is purged; who did what, and when, stays."""
        if not self.path.is_file():
            return
        self._mend()
        kept = [self._without_files(line, agreement_id) for line in self._lines()]
        content = b"".join(kept)
        if content != self.path.read_bytes():
            platform.replace_file(self.path, content)

    def _without_files(self, line: bytes, agreement_id: str) -> bytes:
        try:
            act = read_act(json.loads(line))
        except (ValueError, TypeError):
            return line + b"\n"
        if act.kind != "agreement" or agreement_id not in (act.id, act.into):
            return line + b"\n"
        return replace(act, files={}, kept={}).line()

    def _read(self, number: int, line: bytes) -> Act:
        try:
            return read_act(json.loads(line))
        except (ValueError, TypeError) as problem:
            raise RepositoryError(
                f"Line {number} of the journal {platform.printable(self.path)} is damaged: {problem}.",
                hint="Put the file back from a copy; the agreements themselves are not touched by it.",
            ) from problem

    def _lines(self) -> list[bytes]:
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return []
        return content[: content.rfind(b"\n") + 1].splitlines()

    def _last(self) -> int:
        """Return the number of the last act that is known of, in this journal or by the counter."""
        try:
            counted = int(self._counter.read_text(encoding="ascii"))
        except (OSError, ValueError):
            counted = 0
        return max(counted, self._tail())

    def _tail(self) -> int:
        """Return the number of the last act here, 0 where there is none; a damaged line is passed over."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, 2)
                for start in (max(0, size - _TAIL), 0):  # all of it only where the end holds no whole line
                    file.seek(start)
                    if number := _last_number(file.read()):
                        return number
        except FileNotFoundError:
            pass
        return 0

    def _mend(self) -> None:
        """Cut off a last line that is not whole."""
        if not self.path.is_file():
            return
        content = self.path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            with self.path.open("r+b") as file:
                file.truncate(whole)


def _last_number(content: bytes) -> int:
    for line in reversed(content.splitlines()):
        try:
            return read_act(json.loads(line)).number
        except (ValueError, TypeError):
            continue
    return 0


def counter_of(root: Path) -> Path:
    """Return the file that counts the acts of the repository at `root`."""
    return root / "journal" / _LAST


def find_act(acts: Iterable[Act], number: int) -> Act:
    """Return the act of that `number`; raises `NotFoundError`."""
    found = next((act for act in acts if act.number == number), None)
    if found is None:
        raise NotFoundError(f"There is no act {number}.", hint="`agreements undo` lists the last ones.")
    return found


def live_after(act: Act, acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return the later acts of `acts` on the same that stand: neither reversed nor the reversal of a later one."""
    return tuple(
        other
        for other in acts
        if other.number > act.number
        and (other.kind, other.id) == (act.kind, act.id)
        and not other.reversed_by
        and not other.undoes > act.number
    )


def _with_reversals(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return `acts`, each with the number of the act that reversed it; a reversal that was reversed counts for none."""
    by: dict[int, int] = {}
    for act in reversed(acts):
        if act.undoes and act.number not in by:
            by[act.undoes] = act.number
    return tuple(replace(act, reversed_by=by.get(act.number, 0)) for act in acts)
