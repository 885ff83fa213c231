"""What is broken in the files of a repository, as a check of a file system finds it, and how it is mended.

A break is mended only where nothing can be lost by it: what a kill left half done, what can be worked out again, what
was never part of anything. All else is named, with what a person can do.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from agreements import platform
from agreements.errors import AgreementsError, RepositoryError
from agreements.findings import Finding, error, info, warning
from agreements.repository.facts import Facts
from agreements.repository.formats import FORMAT, MARKER, format_of
from agreements.repository.holds import holds
from agreements.repository.journal import Act, Journal
from agreements.repository.layout import HISTORY, MAIN_FILE, OLD, SOURCES, TEMPORARY, Layout
from agreements.repository.looking import LookedAt, LookedAtAgreement
from agreements.repository.publishing import journal_of, tidy
from agreements.repository.readings import absence_readings
from agreements.repository.tombstones import tombstones

_COPY = re.compile(
    r"( \(\d+\)|[ (]conflicted copy|-conflict-|\.sync-conflict-|[ _-]konflikt| - copy|\.orig$|^~\$)", re.IGNORECASE
)
"""How programs that keep folders in step name the second of two files: by a number, or by the word conflict."""
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ANY = re.compile(rf"{_COPY.pattern}|{_ODD.pattern}|\.tmp-", re.IGNORECASE)  # of few names any of it is true
_TEMPORARY_FILE = re.compile(r"\.tmp-(?P<process>\d+)-")
_OURS = ("agreements", "purged", "edits", "saved", "holds", "readings", "negotiations", "journal", "undone")


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is broken: of which agreement (empty: of the repository), what, and how it is mended, if it is.

    `mend` is called under the lock of the repository, and returns what it did.
    """

    agreement: str
    finding: Finding
    mend: Callable[[], str] | None = None


def file_damages(layout: Layout, facts: Mapping[str, Facts]) -> Iterator[Damage]:
    """Yield what is broken in the files beside the texts; `facts` are those of every agreement that can be read."""
    yield from _frame(layout)
    negotiations = layout.root / "negotiations"
    yield from name_damages(layout.root, layout.root, lambda path: path != negotiations)  # those are asked for who asks
    yield from _records(layout, facts)
    yield from _orphans(layout)
    yield from journal_damages(journal_of(layout), "journal", partial(_tidied, layout, "(journal)"))
    yield from _caches(layout)


def text_damages(agreement_id: str, seen: LookedAtAgreement, acts: Iterable[Act]) -> Iterator[Damage]:
    """Yield what is broken in the texts of an agreement as `seen`; `acts` are those of the journal on it.

    A text is compared with the hash that was recorded when it was read, or last edited with the program. Where neither
    the journal nor the reading knows of it, nothing is said against it.
    """
    changed = {name: now for act in acts for name, (_, now) in act.files.items()}
    known = {sha for act in acts for pair in act.files.values() for sha in pair}
    yield from _version(agreement_id, seen.now, "", changed, known)
    for name, earlier in seen.earlier.items():
        yield from _version(agreement_id, earlier, f"{HISTORY}/{name}/", {}, known)
    for name in seen.strays:
        yield Damage(agreement_id, _stray(f"{HISTORY}/{name}"))
    if seen.has_sources and MAIN_FILE not in seen.now.hashes and not (seen.folder / MAIN_FILE).exists():
        message = f"{SOURCES}/ is there without {MAIN_FILE}: a source without its agreement."
        yield Damage(agreement_id, error("orphan", SOURCES, message, "Import the source again, or put the text back."))


# ---------------------------------------------------------------------- one text


def _version(
    agreement_id: str, seen: LookedAt, where: str, changed: Mapping[str, str], known: set[str]
) -> Iterator[Damage]:
    if seen.problem and where:  # that of the text as it stands is told by whoever reads it
        yield Damage(agreement_id, error("damaged", f"{where}reading.json", str(seen.problem), seen.problem.hint))
    written = seen.written or {}
    for name, sha in seen.hashes.items():
        if name in seen.marked:
            message = f"{where}{name} holds the marks of a merge that was not finished (<<<<<<<, >>>>>>>)."
            yield Damage(agreement_id, error("conflict-mark", f"{where}{name}", message, "Choose one of the two."))
        expected = {written.get(name), changed.get(name)} - {None, ""}
        if expected and sha not in expected and (not where or sha not in known) and known:
            message = f"{where}{name} is not as it was written: by hand, outside the program, or by damage."
            fix = "Compare it with its source or a copy; take a change of yours over with `agreements edit`."
            yield Damage(agreement_id, warning("text-changed", f"{where}{name}", message, fix))
        if seen.written is not None and name not in written and name not in changed and not where:
            yield Damage(agreement_id, _stray(name))
    for name in written:
        if changed.get(name) == "" or name in seen.hashes:
            continue
        there, fix = f"{where}{name}", "Put it back from a copy."
        if (seen.folder / name).is_file():
            yield Damage(agreement_id, error("damaged", there, f"{there} cannot be read.", fix))
        else:
            yield Damage(agreement_id, error("text-missing", there, f"{there} is missing.", fix))


def _stray(where: str) -> Finding:
    return warning("orphan", where, f"{where} is not of any reading of this agreement.", "Move it elsewhere.")


# ---------------------------------------------------------------------- frame and names


def _frame(layout: Layout) -> Iterator[Damage]:
    if not (layout.root / MARKER).is_file() and layout.agreements.is_dir():
        message = f"{MARKER} is missing, which says that the folder is a repository."
        yield Damage("", warning("marker-missing", MARKER, message, _REPAIR), partial(_made_marker, layout))
    if (was := format_of(layout.root) or FORMAT) < FORMAT:
        message = f"The repository is of format {was}, of an earlier version of the program; this one writes {FORMAT}."
        fix = "The next write brings it up, or `agreements doctor --repair`; earlier versions do not open it then."
        yield Damage("", warning("format-old", MARKER, message, fix))
    for name in _listing(layout.agreements):
        path = layout.agreements / name
        if name.startswith((OLD, TEMPORARY)):
            what = "A replacement" if name.startswith(OLD) else "A write"
            message = f"{what} was stopped before its end, or is going on: agreements/{name}."
            yield Damage(
                "", warning("left-over", f"agreements/{name}", message, _REPAIR), partial(_tidied, layout, name)
            )
        elif path.is_file() and not name.startswith(".") and not _COPY.search(name):
            message = f"agreements/{name} is a file; an agreement is a folder."
            yield Damage("", error("stranger", f"agreements/{name}", message, "Move it elsewhere."))


def name_damages(root: Path, top: Path, is_seen: Callable[[Path], bool]) -> Iterator[Damage]:
    """Yield temporary files, second copies, and names that are not what they seem, in the folder `top` and below.

    `root` is that of the repository, `is_seen` tells which folders are looked into and named.
    """
    for folder, names, files in os.walk(top):
        names[:] = [name for name in names if name not in (".cache", ".git") and is_seen(Path(folder, name))]
        for name in filter(_ANY.search, (*names, *files)):
            path = Path(folder, name)
            where = path.relative_to(root).as_posix()
            agreement = where.split("/")[1] if where.startswith("agreements/") and where.count("/") > 1 else ""
            shown = platform.printable(where)
            if _ODD.search(name):
                message = f"The name {shown} has characters that cannot be seen, or turn the order of the others."
                yield Damage(agreement, warning("odd-name", shown, message, "Rename it; retype the name by hand."))
            if _COPY.search(name) and f"/{SOURCES}/" not in f"/{where}":
                message = f"{shown} is a second copy that a program made which keeps folders in step, or copies them."
                yield Damage(agreement, warning("conflict-copy", shown, message, "Compare the two, and delete one."))
            found = _TEMPORARY_FILE.match(name)
            if found and name in files and not platform.is_running(int(found["process"])):
                message = f"{shown} is what a program left that was stopped while it wrote."
                yield Damage(agreement, warning("left-over", shown, message, _REPAIR), partial(_deleted, path))


def _made_marker(layout: Layout) -> str:
    layout.create()
    return f"wrote {MARKER}"


def _tidied(layout: Layout, name: str) -> str:
    tidy(layout)
    return f"finished or undid what was left in agreements/{name}"


def _deleted(path: Path) -> str:
    path.unlink(missing_ok=True)
    return f"deleted {platform.printable(path.name)}"


# ---------------------------------------------------------------------- small files beside the agreements


def _is_under_hold(layout: Layout, agreement_id: str) -> bool:
    """Whether a hold was not released; a file that cannot be read is told by itself."""
    try:
        return any(hold.is_in_force for hold in holds(layout, agreement_id))
    except RepositoryError:
        return False


def _records(layout: Layout, facts: Mapping[str, Facts]) -> Iterator[Damage]:
    for agreement_id in sorted({path.stem for path in _jsons(layout.legal_holds)}):
        yield from _readable(partial(holds, layout, agreement_id), f"holds/{agreement_id}.json")
        if not layout.holds(agreement_id) and _is_under_hold(layout, agreement_id):
            message = f"{agreement_id} is under a legal hold, and is not held any more."
            yield Damage("", error("orphan", f"holds/{agreement_id}.json", message, "Put it back from a copy."))
    for agreement_id in sorted({path.stem for path in _jsons(layout.readings)}):
        yield from _readable(partial(absence_readings, layout, agreement_id), f"readings/{agreement_id}.json")
        if not layout.holds(agreement_id):
            message = f"Somebody read {agreement_id}, which is not held."
            yield Damage("", warning("orphan", f"readings/{agreement_id}.json", message, "Move it elsewhere."))
    broken = [*_readable(lambda: tombstones(layout), "purged")]
    yield from broken
    stones = {} if broken else {sha: stone for stone in tombstones(layout) if stone.finished for sha in stone.hashes}
    for held in facts.values():
        if stone := next((stones[sha] for sha in held.hashes if sha in stones), None):
            message = f"{held.id} holds a text that was purged as {stone.id} on {stone.date}."
            fix = "Purge it again; only an import with --restore brings a purged text back."
            yield Damage(held.id, error("purged-held", f"purged/{stone.id}", message, fix))


def _readable(read: Callable[[], object], where: str) -> Iterator[Damage]:
    try:
        read()
    except AgreementsError as problem:
        yield Damage("", error("damaged", where, str(problem), problem.hint))


def _orphans(layout: Layout) -> Iterator[Damage]:
    for name in _listing(layout.edits):
        if not layout.holds(platform.plain_name(name)):
            message = f"An edit of {platform.printable(name)} waits, which is not held."
            yield Damage("", warning("orphan", f"edits/{platform.printable(name)}", message, "Move it elsewhere."))
    for name in _listing(layout.agreements):
        path = layout.agreements / name
        if path.is_dir() and not name.startswith(".") and not any(path.iterdir()):
            message = f"agreements/{platform.printable(name)} is an empty folder."
            mend = partial(_removed_empty, path)
            yield Damage("", warning("left-over", f"agreements/{platform.printable(name)}", message, _REPAIR), mend)


def _removed_empty(path: Path) -> str:
    path.rmdir()
    return f"removed the empty folder {platform.printable(path.name)}"


def journal_damages(journal: Journal, where: str, finish: Callable[[], str]) -> Iterator[Damage]:
    """Yield what is broken in a `journal`, called `where`; `finish` ends what a writer began, and says what it did."""
    if problem := journal.problem():
        yield Damage("", error("damaged", where, str(problem), problem.hint))
    if broken := journal.pending_problem():
        message = f"What was about to be done cannot be read: {broken}."
        yield Damage("", error("damaged", where, message, _REPAIR), journal.set_pending_aside)
    elif journal.is_pending():
        message = "A write was stopped before the journal said that it was done, or is going on."
        yield Damage("", warning("left-over", where, message, _REPAIR), finish)
    elif journal.is_torn():
        message = "The last line of the journal was never finished."
        yield Damage("", warning("left-over", where, message, _REPAIR), journal.cut_torn_line)


def _caches(layout: Layout) -> Iterator[Damage]:
    held = {agreement_id for agreement_id, _ in layout.folders()}
    for path in _jsons(layout.cache):
        where = f".cache/{path.name}"
        try:
            rows = json.loads(path.read_bytes()).get("rows", {}) if path.name != "purged.json" else {}
        except (OSError, ValueError, AttributeError):
            message = f"{where} cannot be read; it is worked out again."
            yield Damage("", info("cache-damaged", where, message, _REPAIR), partial(_deleted, path))
            continue
        gone = sorted(i for i in rows if i not in held)
        if gone:
            message = f"{where} has rows of {len(gone)} agreements that are not held ({', '.join(gone[:3])})."
            yield Damage("", warning("cache-left", where, message, _REPAIR), partial(_deleted, path))


def _jsons(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def _listing(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names may be unreadable, paths not
    except (FileNotFoundError, NotADirectoryError):
        return []


_REPAIR = "`agreements doctor --repair` mends it."
