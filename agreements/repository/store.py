"""The repository: a folder of agreements, read by id and written by one process at a time."""

import os
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from agreements.errors import AgreementsError, ClassifiedError, NotFoundError, RepositoryError
from agreements.findings import Finding, error
from agreements.platform import safe_name
from agreements.repository.facts import Facts, scan
from agreements.repository.filestates import FileState, FolderListings, FolderTree, is_settled, states_of_texts
from agreements.repository.layout import HISTORY, MAIN_FILE, Layout, fingerprint_of
from agreements.repository.locking import RepositoryLock

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.repository.editing import WorkingCopy
    from agreements.repository.fsck import Damage
    from agreements.repository.holds import LegalHold
    from agreements.repository.importing import Outcome, RepositoryWriter
    from agreements.repository.journal import Act
    from agreements.repository.looking import LookedAtAgreement
    from agreements.repository.readings import AbsenceReading
    from agreements.repository.record import ReadingRecord
    from agreements.repository.tombstones import Tombstone
    from agreements.repository.wanted import Wanted

T = TypeVar("T")
_WAIT = 5.0  # seconds to wait for another writer before saying who it is
_LOOKED_AT_AGAIN = 1.0
"""Seconds after which the files are looked at again for what somebody edited by hand. What the program itself writes,
in any process, renames a folder and is seen at once."""
_LOOKING = 30
"""At most one part in so many of the time goes to that: a look at ten thousand agreements takes a fifth of a second."""
_MOST = 64  # answers kept of what rests on some files alone


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that was replaced: the moment it was (UTC, `20261122T190000.000000Z`) and the folder it is kept in."""

    replaced: str
    folder: Path

    def read(self) -> "Agreement":
        """Return the agreement as it was; raises `RepositoryError` when its files are damaged, `ClassifiedError`."""
        from agreements.repository.fileform import read_agreement
        from agreements.repository.record import refuse_edited

        refuse_edited(self.folder)
        return read_agreement(self.folder)


class HeldOpen:
    """What was worked out of a repository that is held open, by name, until a file of it changes.

    A verb that is called once opens its repository, works out what it needs and forgets it. A desk asks the same a
    thousand times. What rests on all agreements (the listing, an open index, rows of every agreement) is made once for
    the files that a fingerprint names, and dropped when that moves: what two threads ask for at once is made once. What
    rests on some files alone (an agreement that was read, the report of the doctor) is kept as long as these files do
    not move, and they are asked each time.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._lock = RLock()
        self._made: dict[str, tuple[str, Any]] = {}
        self._of_files: dict[str, dict[Hashable, tuple[Mapping[str, FileState | None], Any]]] = {}
        self._stamps: dict[str, str] = {}
        self._fingerprint = ""
        self._renamed = -1  # when a folder of an agreement was last put, replaced or removed
        self._looked = float("-inf")
        self._pause = _LOOKED_AT_AGAIN  # seconds until the next look
        self._listings = FolderListings()
        self._tree = FolderTree()

    def stamps(self) -> dict[str, str]:
        """Return the stamps of all agreements, looked at anew where anything may have changed."""
        with self._lock:
            renamed = _renamed(self._layout)
            if renamed != self._renamed or time.monotonic() - self._looked > self._pause:
                began = time.thread_time()
                stamps = self._layout.stamps(self._listings)
                self._pause = max(_LOOKED_AT_AGAIN, _LOOKING * (time.thread_time() - began))
                if stamps != self._stamps or not self._fingerprint:
                    self._stamps, self._fingerprint = stamps, fingerprint_of(stamps)
                    self._made.clear()
                self._renamed, self._looked = renamed, time.monotonic()
            return self._stamps

    def fingerprint(self) -> str:
        """Return the fingerprint of the repository as `stamps` sees it."""
        with self._lock:
            self.stamps()
            return self._fingerprint

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns for the files as they are, from memory where it was made for them before."""
        with self._lock:
            now = self.fingerprint()
            held = self._made.get(name)
            if held is None or held[0] != now:
                held = self._made[name] = now, make()
            return cast(T, held[1])

    def once_for(self, name: str, key: Hashable, make: Callable[[], T], most: int) -> T:
        """Return what `make` returns for `key` and the files as they are; the last `most` answers are kept.

        Others may ask meanwhile: what takes long is not made under the lock.
        """
        with self._lock:
            answers: dict[Hashable, T] = self.once(name, dict)
            if key in answers:
                return answers[key]
        made = make()
        with self._lock:
            while len(answers) >= most:
                del answers[next(iter(answers))]
            return answers.setdefault(key, made)

    def while_same(
        self, name: str, key: Hashable, states: Callable[[], Mapping[str, FileState | None]], make: Callable[[], T]
    ) -> T:
        """Return what `make` returns for `key`, from memory as long as the files it rests on are in the same `states`.

        What was changed a moment ago is not kept: the next change might bear the same time.
        """
        before, now = states(), time.time_ns()
        answers = self._of_files.setdefault(name, {})
        held = answers.get(key)
        if held is not None and held[0] == before:
            return cast(T, held[1])
        made = make()
        if is_settled(before.values(), now) and states() == before:
            with self._lock:
                while len(answers) >= _MOST:
                    del answers[next(iter(answers))]
                answers[key] = before, made
        return made

    def tree(self, folders: Iterable[str]) -> dict[str, FileState | None]:
        """Return the states of all files and folders below `folders`."""
        with self._lock:
            return self._tree.states(folders)

    def keep(self, name: str, value: object) -> None:
        """Put `value` in the place of what `once` would return."""
        with self._lock:
            self._made[name] = self.fingerprint(), value

    def drop(self) -> None:
        """Forget everything: open files of an index are let go when nobody uses them any more."""
        with self._lock:
            self._made.clear()
            self._of_files.clear()
            self._looked = float("-inf")


def _renamed(layout: Layout) -> int:
    try:
        return layout.agreements.stat().st_mtime_ns
    except OSError:
        return 0


class Repository:
    """The repository in the folder `root`; a folder that does not exist yet is an empty repository.

    Raises `RepositoryError` when `root` is a file or a folder with other things in it. Imports of YAML and of the
    model wait until an agreement is read, so that searching and listing start quickly. One that is `held_open` keeps
    what `once` works out until a file changes.
    """

    def __init__(self, root: Path, *, held_open: bool = False) -> None:
        self.root = root
        self._layout = Layout(root)
        self._lock = RepositoryLock(root)
        self._held = HeldOpen(self._layout) if held_open else None

    # ------------------------------------------------------------------ held open

    @property
    def cache(self) -> Path:
        """The folder of what can be worked out again at any time."""
        return self._layout.cache

    def caches(self) -> Iterator[Path]:
        """Yield where an index may be: the folder that is written, then the user's own, where that is another."""
        yield self._layout.cache
        if self._layout.own_cache != self._layout.cache:
            self._layout.forget_purged()
            yield self._layout.own_cache

    @property
    def shared_cache(self) -> Path:
        """The cache beside the files, which others may write although this user cannot."""
        return self._layout.shared_cache

    @property
    def is_held_open(self) -> bool:
        """Whether `once` keeps what it works out."""
        return self._held is not None

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns; of a repository held open, what it returned for the files as they are."""
        return self._held.once(name, make) if self._held else make()

    def once_for(self, name: str, key: Hashable, make: Callable[[], T], *, most: int = 8) -> T:
        """Return what `make` returns for `key`; of a repository held open, the last `most` answers are kept."""
        return self._held.once_for(name, key, make, most) if self._held else make()

    def while_unmoved(self, name: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returns; of one held open, what it returned while no file of the repository has moved.

        A file has moved when its size, its times, its rights or its number on the disk are others. All files are
        asked, those of the cache too.
        """
        if self._held is None:
            return make()
        held, folders = self._held, [os.fspath(self.root), *map(os.fspath, {self.cache} - {self.shared_cache})]
        return held.while_same(name, key, lambda: held.tree(folders), make)

    def keep(self, name: str, value: object) -> None:
        """Have `once` return `value` as long as no file changes, where the repository is held open."""
        if self._held:
            self._held.keep(name, value)

    def close(self) -> None:
        """Forget what was kept by `once`."""
        if self._held:
            self._held.drop()

    # ------------------------------------------------------------------ reading

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all agreements, sorted."""
        return tuple(agreement_id for agreement_id, _ in self._layout.folders())

    def holds(self, agreement_id: str) -> bool:
        """Whether an agreement of this id is held, with or without its text."""
        return self._layout.holds(agreement_id)

    def folder(self, agreement_id: str) -> Path:
        """Return the folder with the files of an agreement; raises `NotFoundError`."""
        return self._layout.folder(agreement_id)

    def get(self, agreement_id: str, *, places: bool = True) -> "Agreement":
        """Return an agreement, with the places of its provisions in the source unless `places` is False.

        Raises `NotFoundError` when it is not held, `RepositoryError` when its files are damaged, and
        `ClassifiedError` where a person wrote into them what bears a marking in use.
        """
        from agreements.repository import fileform, record

        def read(folder: Path) -> "Agreement":
            record.refuse_edited(folder)
            agreement = fileform.read_agreement(folder)
            if agreement.id != agreement_id:
                raise RepositoryError(
                    f"{folder / MAIN_FILE} has the id {agreement.id!r}.",
                    hint=f"The id in it must be the name of its folder, {agreement_id!r}.",
                )
            last = record.load_record(folder) if places and agreement.text_held else None
            return record.with_places(agreement, last) if last else agreement

        return self._layout.steady(agreement_id, self._kept("agreements", places, read))

    def _kept(self, name: str, how: Hashable, read: Callable[[Path], T]) -> Callable[[Path], T]:
        """Return `read`; of a repository held open, what it made of a folder whose texts have not moved since."""
        if (held := self._held) is None:
            return read
        return lambda folder: held.while_same(
            name, (folder, how), lambda: states_of_texts(os.fspath(folder)), lambda: read(folder)
        )

    def each(self, ids: Iterable[str] | None = None, *, places: bool = False) -> Iterator["Agreement | Finding"]:
        """Yield every agreement (of `ids`, where given), and a finding in the place of one that is not read."""
        for agreement_id in self.ids() if ids is None else ids:
            try:
                yield self.get(agreement_id, places=places)
            except NotFoundError:  # purged meanwhile
                continue
            except RepositoryError as problem:
                yield error("damaged", agreement_id, str(problem), problem.hint)
            except ClassifiedError as problem:
                yield error("classified", agreement_id, str(problem), problem.hint)

    def list(self) -> tuple[Facts, ...]:
        """Return quick facts of all agreements that can be read, sorted by id; `unread` are the others."""
        return tuple(self._scanned()[0].values())

    def problems(self) -> tuple[Finding, ...]:
        """Return a finding for everything in the folder that is damaged or does not belong there."""
        return scan(self._layout)[1]

    def unread(self) -> tuple[str, ...]:
        """Return the ids of the agreements that cannot be read, and are in no listing, index or count."""
        return tuple(finding.where for finding in self._scanned()[1] if finding.code != "stranger")

    def _scanned(self) -> "tuple[dict[str, Facts], tuple[Finding, ...]]":
        return self.once("listing", lambda: scan(self._layout, self._held.stamps() if self._held else None))

    def look_at(self, agreement_id: str) -> "LookedAtAgreement":
        """Return the hashes of all files of an agreement, and what its records say; raises `NotFoundError`."""
        from agreements.repository.looking import look_at

        return look_at(self._layout.folder(agreement_id))

    def damages(
        self, ids: Iterable[str] | None = None, look: "Callable[[str], LookedAtAgreement] | None" = None
    ) -> "Iterator[Damage]":
        """Yield what is broken in the files: of the texts of `ids` alone, where given, else of all and beside them.

        `look` returns what `look_at` does, where somebody else needs it too.
        """
        from agreements.repository import fsck
        from agreements.repository.publishing import journal_of

        facts = {facts.id: facts for facts in self.list()}
        if ids is None:
            yield from fsck.file_damages(self._layout, facts)
        try:
            acts = journal_of(self._layout).acts()
        except RepositoryError:
            acts = ()  # said above
        own: dict[str, list[Act]] = {}
        for act in acts:
            if act.kind == "agreement":
                own.setdefault(act.id, []).append(act)
        for agreement_id in self.ids() if ids is None else ids:
            with suppress(NotFoundError):  # purged meanwhile, or a file of that name
                seen = (look or self.look_at)(agreement_id)
                yield from fsck.text_damages(agreement_id, seen, own.get(agreement_id, ()))

    def mended(self, found: "Iterable[Damage]") -> "Iterator[str]":
        """Mend what of `found` can be mended without loss, under the lock; yield what was done, where, or why not."""
        with self.lock():
            for damage in found:
                if damage.mend is None:
                    continue
                try:
                    done = damage.mend()
                except (OSError, AgreementsError) as problem:
                    yield f"{damage.finding.where}: could not be mended: {problem}"
                else:
                    yield f"{damage.finding.where}: {done}"

    def reading(self, agreement_id: str) -> "ReadingRecord | None":
        """Return what the last reading of the text found, or None; raises `NotFoundError`, `RepositoryError`."""
        from agreements.repository.record import load_record

        return load_record(self._layout.folder(agreement_id))

    def edited(self, agreement_id: str, record: "ReadingRecord | None" = None) -> tuple[str, ...]:
        """Return the names of the files of an agreement that a person changed since they were written.

        `record` is what `reading` returns for it, where that was asked already.
        """
        from agreements.repository.record import edited_files, load_record

        folder = self._layout.folder(agreement_id)
        return edited_files(folder, record or load_record(folder))

    def holder(self, sha256: str) -> str | None:
        """Return the id of the agreement read from a source with this SHA-256, or None.

        When it is held and not `edited`, importing the same file again would change nothing.
        """
        return next((facts.id for facts in self.list() if sha256 in facts.hashes), None)

    def history(self, agreement_id: str) -> tuple[EarlierText, ...]:
        """Return the replaced texts of an agreement, the latest first; raises `NotFoundError`."""
        folder = self._layout.folder(agreement_id) / HISTORY
        entries = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
        return tuple(EarlierText(entry.name, entry) for entry in entries if not entry.name.startswith("."))

    def wanted(self) -> tuple["Wanted", ...]:
        """Return the agreements whose facts are held and whose text is not, and where to look for them."""
        from agreements.repository.wanted import wanted

        return tuple(wanted(self.get(f.id)) for f in self.list() if not f.text_held)

    def tombstones(self) -> tuple["Tombstone", ...]:
        """Return what was purged; raises `RepositoryError` when a tombstone is damaged."""
        from agreements.repository.tombstones import tombstones

        return tombstones(self._layout)

    def put_tombstone(self, stone: "Tombstone") -> None:
        """Write a tombstone, in the place of one of the same id. Use it under the lock."""
        from agreements.repository.tombstones import put

        put(self._layout, stone)

    def fingerprint(self) -> str:
        """Return a word that changes whenever any agreement does; cheap (names, sizes and times)."""
        return self._held.fingerprint() if self._held else fingerprint_of(self.stamps())

    def stamps(self) -> dict[str, str]:
        """Return the id of every agreement with a word that changes when its facts or its text do; cheap."""
        return self._held.stamps() if self._held else self._layout.stamps()

    # ------------------------------------------------------------------ writing

    @contextmanager
    def lock(self, *, wait: float = _WAIT) -> Iterator[None]:
        """Hold the repository against other writers, and bring it to the format of this version.

        Raises `RepositoryError` that says who is writing, or that a newer version of the program wrote meanwhile.
        """
        self._layout.create()
        with self._lock.held(wait=wait):
            self._layout.bring_up()
            yield

    @contextmanager
    def writing(self, *, wait: float = _WAIT) -> Iterator["RepositoryWriter"]:
        """Yield a writer that adds agreements in groups; all is on the disk when the block ends.

        What an earlier process left half done is tidied first. When the block raises, what was added before stays.
        """
        from agreements.repository.importing import RepositoryWriter
        from agreements.repository.matching import HeldCatalog

        with self._tidied(wait):
            writer = RepositoryWriter(self._layout, HeldCatalog.of(scan(self._layout)[0].values()))
            try:
                yield writer
                writer.flush()
            except RepositoryError:
                writer.discard()
                raise
            except BaseException:
                writer.flush()
                raise

    def add(self, agreement: "Agreement", **options: Any) -> "Outcome":
        """Add one agreement; options and errors are those of `RepositoryWriter.add`."""
        with self.writing() as writer:
            return writer.add(agreement, **options)

    def replace(self, agreement: "Agreement", **options: Any) -> "Outcome":
        """Put `agreement` in the place of the one with its id; the old text goes into the history.

        A text that a person edited stays; the new one is then written beside it, and the outcome is a conflict.
        """
        return self.add(agreement, overwrite=True, **options)

    def edit(self, agreement_id: str, document: str = "") -> "WorkingCopy":
        """Begin, or go on with, an edit by hand of the main file of an agreement or another `document` of it.

        Raises `NotFoundError`, `RepositoryError`.
        """
        from agreements.repository.editing import begin

        return begin(self._layout, agreement_id, document)

    def read_edited(self, edit: "WorkingCopy") -> "Agreement":
        """Return the agreement as `edit` would make it; raises `RepositoryError` naming file and line."""
        from agreements.repository.editing import read_edited

        return read_edited(self._layout, edit)

    def text_fingerprint(self, agreement_id: str) -> str:
        """Return a word that changes when the facts or a text of the agreement do: what a write takes as `expected`.

        It is made of what the files say, not of their times. Raises `NotFoundError`.
        """
        from agreements.repository.record import text_fingerprint

        return self._layout.steady(agreement_id, self._kept("text fingerprints", None, text_fingerprint))

    def take_over(self, edit: "WorkingCopy", expected: str = "") -> "Agreement":
        """Put `edit` in the place of the text it was made from, which goes into the history.

        Raises `RepositoryError`, and the edit stays, when it cannot be read, and `ChangedMeanwhileError` when the text
        changed meanwhile, or is not that of the fingerprint `expected`.
        """
        from agreements.repository.editing import take_over

        with self._tidied(_WAIT):
            return take_over(self._layout, edit, expected)

    def acts(self) -> "tuple[Act, ...]":
        """Return all that was done to agreements here, the first act first; raises `RepositoryError`."""
        from agreements.repository.publishing import journal_of

        return journal_of(self._layout).acts()

    def undo(self, number: int) -> "Act":
        """Reverse the act `number` on an agreement by a new one, which is returned.

        Raises `NotFoundError`, and `RepositoryError` that says why it cannot be undone and names the acts in its way.
        """
        from agreements.repository.undoing import undo

        with self._tidied(_WAIT):
            return undo(self._layout, number)

    def purge(self, agreement_id: str, reason: str, *, authority: str = "", spill: str = "") -> "Tombstone":
        """Delete text, sources and earlier versions of an agreement and leave a tombstone with `reason`.

        The disposition `authority` or the reference of a `spill` is to be given. Deleting its rows in a search index is
        the caller's. Raises `NotFoundError`, `RepositoryError`.
        """
        from agreements.repository.purging import purge
        from agreements.repository.tombstones import PurgeOrder

        with self._tidied(_WAIT):
            return purge(self._layout, agreement_id, PurgeOrder(reason, authority, spill))

    def legal_holds(self, agreement_id: str = "") -> "tuple[LegalHold, ...]":
        """Return all legal holds, or those of one agreement, the released ones too; raises `RepositoryError`."""
        from agreements.repository.holds import holds

        return holds(self._layout, agreement_id)

    def refuse_purge(self, agreement_id: str, reason: str, *, authority: str = "", spill: str = "") -> None:
        """Raise what `purge` would: there is no such agreement, a legal hold, or nothing that allows it."""
        from agreements.repository.holds import refuse_when_held
        from agreements.repository.tombstones import PurgeOrder

        PurgeOrder(reason, authority, spill).checked()
        if not (self._layout.undone / safe_name(agreement_id)).is_dir():
            self._layout.folder(agreement_id)
        refuse_when_held(self._layout, agreement_id)

    def hold(self, agreement_id: str, reason: str, by: str = "") -> "LegalHold":
        """Put an agreement under a legal hold: it cannot be purged; raises `NotFoundError`, `RepositoryError`."""
        from agreements.repository.holds import put_hold

        with self._tidied(_WAIT):
            return put_hold(self._layout, agreement_id, reason, by)

    def release(self, agreement_id: str) -> "tuple[LegalHold, ...]":
        """Release the legal holds of an agreement; raises `RepositoryError` when none is in force."""
        from agreements.repository.holds import release_holds

        with self._tidied(_WAIT):
            return release_holds(self._layout, agreement_id)

    def readings(self, agreement_id: str = "") -> "tuple[AbsenceReading, ...]":
        """Return what people read to be not in the texts, of all or of one agreement; raises `RepositoryError`."""
        if not self._layout.readings.is_dir():
            return ()
        from agreements.repository.readings import absence_readings

        return absence_readings(self._layout, agreement_id)

    def keep_readings(self, agreement_id: str, new: "Iterable[AbsenceReading]") -> None:
        """Keep readings of an agreement, each in place of an earlier one of its topic.

        Raises `NotFoundError`, `RepositoryError`, and `ClassifiedError` when a name bears a marking in use.
        """
        from agreements.repository.readings import keep_readings

        with self._tidied(_WAIT):
            keep_readings(self._layout, agreement_id, new)

    def withdraw_readings(self, agreement_id: str, topics: Iterable[str]) -> "tuple[AbsenceReading, ...]":
        """Forget the readings of an agreement on `topics` and return them; raises `RepositoryError` for none."""
        from agreements.repository.readings import withdraw_readings

        with self._tidied(_WAIT):
            return withdraw_readings(self._layout, agreement_id, topics)

    @contextmanager
    def _tidied(self, wait: float) -> Iterator[None]:
        from agreements.repository.publishing import tidy
        from agreements.repository.purging import finish_purges

        with self.lock(wait=wait):
            tidy(self._layout)
            finish_purges(self._layout)
            yield


def open_repository(folder: Path) -> Repository:
    """Return the repository in `folder`: that which is `held` where one is; raises `RepositoryError` without one."""
    held = _HELD.get()
    if held is not None and folder == held.root:
        return held
    if not folder.is_dir():
        raise RepositoryError(
            f"There is no repository in {folder}.", hint="`agreements --repo DIR import FILES` makes one."
        )
    return Repository(folder)


@contextmanager
def one_question(folder: Path) -> Iterator[Repository]:
    """Yield the repository in `folder`, held open as long as one question is worked out: what its parts have in common
    (the listing, the names of agreements) is then made once. Raises `RepositoryError` where there is none.
    """
    repository = open_repository(folder)
    if repository.is_held_open:
        yield repository
        return
    repository = Repository(folder, held_open=True)
    try:
        yield repository
    finally:
        repository.close()


_HELD: ContextVar[Repository | None] = ContextVar("held", default=None)


@contextmanager
def held(repository: Repository) -> Iterator[None]:
    """Have `open_repository` return `repository` for its folder while the block runs, in this thread alone."""
    token = _HELD.set(repository)
    try:
        yield
    finally:
        _HELD.reset(token)
