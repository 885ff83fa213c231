"""The repository: a folder of agreements, read by id and written by one process at a time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.errors import ClassifiedError, NotFoundError, RepositoryError
from agreements.findings import Finding, error
from agreements.repository.facts import Facts, scan
from agreements.repository.layout import HISTORY, Layout, fingerprint_of
from agreements.repository.locking import RepositoryLock

if TYPE_CHECKING:
    from agreements.model import Agreement
    from agreements.repository.editing import WorkingCopy
    from agreements.repository.holds import LegalHold
    from agreements.repository.importing import Outcome, RepositoryWriter
    from agreements.repository.record import ReadingRecord
    from agreements.repository.tombstones import Tombstone
    from agreements.repository.wanted import Wanted

_WAIT = 5.0  # seconds to wait for another writer before saying who it is


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


class Repository:
    """The repository in the folder `root`; a folder that does not exist yet is an empty repository.

    Raises `RepositoryError` when `root` is a file or a folder with other things in it. Imports of YAML and of the
    model wait until an agreement is read, so that searching and listing start quickly.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._layout = Layout(root)
        self._lock = RepositoryLock(root)

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
                    f"{folder / fileform.MAIN_FILE} has the id {agreement.id!r}.",
                    hint=f"The id in it must be the name of its folder, {agreement_id!r}.",
                )
            last = record.load_record(folder) if places and agreement.text_held else None
            return record.with_places(agreement, last) if last else agreement

        return self._layout.steady(agreement_id, read)

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
        """Return quick facts of all agreements that can be read, sorted by id."""
        return tuple(scan(self._layout)[0].values())

    def problems(self) -> tuple[Finding, ...]:
        """Return a finding for everything in the folder that is damaged or does not belong there."""
        return scan(self._layout)[1]

    def reading(self, agreement_id: str) -> "ReadingRecord | None":
        """Return what the last reading of the text found, or None; raises `NotFoundError`, `RepositoryError`."""
        from agreements.repository.record import load_record

        return load_record(self._layout.folder(agreement_id))

    def edited(self, agreement_id: str) -> tuple[str, ...]:
        """Return the names of the files of an agreement that a person changed since they were written."""
        from agreements.repository.record import edited_files, load_record

        folder = self._layout.folder(agreement_id)
        return edited_files(folder, load_record(folder))

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

    def fingerprint(self) -> str:
        """Return a word that changes whenever any agreement does; cheap (names, sizes and times)."""
        return fingerprint_of(self.stamps())

    def stamps(self) -> dict[str, str]:
        """Return the id of every agreement with a word that changes when its facts or its text do; cheap."""
        return self._layout.stamps()

    # ------------------------------------------------------------------ writing

    @contextmanager
    def lock(self, *, wait: float = _WAIT) -> Iterator[None]:
        """Hold the repository against other writers; raises `RepositoryError` that says who is writing."""
        self._layout.create()
        with self._lock.held(wait=wait):
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

    def take_over(self, edit: "WorkingCopy") -> "Agreement":
        """Put `edit` in the place of the text it was made from, which goes into the history.

        Raises `RepositoryError`, and the edit stays, when it cannot be read or the text changed meanwhile.
        """
        from agreements.repository.editing import take_over

        with self._tidied(_WAIT):
            return take_over(self._layout, edit)

    def purge(self, agreement_id: str, reason: str) -> "Tombstone":
        """Delete text, sources and earlier versions of an agreement and leave a tombstone with `reason`.

        Deleting its rows in a search index is the caller's. Raises `NotFoundError`, `RepositoryError`.
        """
        from agreements.repository.purging import purge

        with self._tidied(_WAIT):
            return purge(self._layout, agreement_id, reason)

    def legal_holds(self, agreement_id: str = "") -> "tuple[LegalHold, ...]":
        """Return all legal holds, or those of one agreement, the released ones too; raises `RepositoryError`."""
        from agreements.repository.holds import holds

        return holds(self._layout, agreement_id)

    def refuse_purge_of_held(self, agreement_id: str) -> None:
        """Raise `RepositoryError` when a legal hold of the agreement is in force, as `purge` does."""
        from agreements.repository.holds import refuse_when_held

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

    @contextmanager
    def _tidied(self, wait: float) -> Iterator[None]:
        from agreements.repository.publishing import tidy
        from agreements.repository.purging import finish_purges

        with self.lock(wait=wait):
            tidy(self._layout)
            finish_purges(self._layout)
            yield


def open_repository(folder: Path) -> Repository:
    """Return the repository in `folder`; raises `RepositoryError` when there is none."""
    if not folder.is_dir():
        raise RepositoryError(
            f"There is no repository in {folder}.", hint="`agreements --repo DIR import FILES` makes one."
        )
    return Repository(folder)
