"""Where negotiations lie: plain files in the repository, one folder each, with everything that was replaced.

    negotiations/<id>/negotiation.yaml   facts, authority, rounds, texts, approvals, next steps, closing, what follows
    negotiations/<id>/positions.yaml     positions
    negotiations/<id>/access.yaml        who may see it
    negotiations/<id>/acts.jsonl         who did what, and when: `agreements.repository.journal`
    negotiations/<id>/texts/             every text tabled or received, and what shows a step, untouched
    negotiations/<id>/decisions/         what we decided on each text of theirs, and each step before
    negotiations/<id>/history/           earlier versions of the two YAML files, by the moment they were replaced

Nothing of it is ever indexed or found by a search. To whoever may not see a negotiation it is as if there were none.
Writes are whole or not at all, under the repository's own lock.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

from agreements import platform
from agreements.errors import AgreementsError, ChangedMeanwhileError, RepositoryError, unknown
from agreements.findings import Finding, error, info, warning
from agreements.marking import highest, refuse, refuse_entry, values
from agreements.negotiation.access import (
    ACCESS_FILE,
    Access,
    access_of,
    close_folder,
    is_damaged,
    is_open_to,
    stands_open,
)
from agreements.negotiation.file import (
    ClosingStep,
    FollowingInstrument,
    LanguageStep,
    NegotiatedText,
    Negotiation,
    ReturnedDraft,
)
from agreements.negotiation.positions import POSITIONS_FILE, Positions, standing_positions
from agreements.negotiation.purging import (
    ORDER,
    PAPER_ORDER,
    PurgedPaper,
    files_of_paper,
    finish_negotiation,
    finish_paper,
    made_from,
    purged_papers,
    refuse_what_rests_on,
    stone_name,
    with_purged,
    write_order,
)
from agreements.negotiation.records import RecordError, print_record, read_record
from agreements.repository import (
    Act,
    Damage,
    Journal,
    PurgeOrder,
    Repository,
    Tombstone,
    counter_of,
    journal_damages,
    moment_after,
    name_damages,
    who_asks,
)
from agreements.repository.layout import check_id

FILE, TEXTS, HISTORY = "negotiation.yaml", "texts", "history"
_PURGING, _BEGUN = ".purging-", ".begun-"
E = TypeVar("E", LanguageStep, ClosingStep, FollowingInstrument)


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A version of a file of a negotiation that was replaced at the moment `replaced` (UTC)."""

    replaced: str
    path: Path


class Negotiations:
    """The negotiations kept in `repository`."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.root = repository.root / "negotiations"

    # ------------------------------------------------------------------ reading

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all negotiations, sorted."""
        asking = who_asks()
        return tuple(each for each in self._every() if is_open_to(self.root / each, asking))

    def folder(self, negotiation: str) -> Path:
        """Return the folder of a negotiation; raises `NotFoundError` that lists the known ones."""
        if negotiation not in self.ids():
            raise unknown("negotiation", negotiation, self.ids() or ["none yet"])
        return self.root / negotiation

    def get(self, negotiation: str) -> Negotiation:
        """Return a negotiation; raises `NotFoundError`, and `RecordError` when its file is damaged."""
        return read_record(self.folder(negotiation) / FILE, Negotiation)

    def positions(self, negotiation: str) -> Positions:
        """Return the positions of a negotiation, and the department's standing ones that none of them replaces.

        Raises as `get`, `ClassifiedError`, and as `standing_positions`.
        """
        return self.recorded(negotiation).over(standing_positions(self.get(negotiation).family))

    def recorded(self, negotiation: str) -> Positions:
        """Return the positions recorded for this negotiation alone; raises as `get`, and `ClassifiedError`."""
        return Positions.load(self.folder(negotiation) / POSITIONS_FILE)

    def path(self, negotiation: str, text: NegotiatedText) -> Path:
        """Return where `text` of a negotiation lies; raises `RecordError` when it is gone or no longer the same."""
        return self._same(negotiation, text.file, text.sha256, f"Text {text.number}")

    def returned(self, negotiation: str, draft: ReturnedDraft) -> Path:
        """Return where the file lies that an office returned; raises `RecordError` as `path`."""
        return self._same(negotiation, draft.file, draft.sha256, f"What {draft.office} returned")

    def _same(self, negotiation: str, file_name: str, sha256: str, what: str) -> Path:
        path = self.folder(negotiation) / TEXTS / file_name
        try:
            same = hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        except OSError:
            same = False
        if not same and (stone := self.purged(negotiation).get(sha256)):
            raise RecordError(f"{what} of {negotiation} was {stone.said()}.", hint="Its entry in the record stays.")
        if not same:
            raise RecordError(
                f"{what} of {negotiation} ({platform.printable(path)}) is not the file that was kept.",
                hint="Put the file back from a copy.",
            )
        return path

    def purged(self, negotiation: str) -> Mapping[str, Tombstone]:
        """Return the tombstones of its papers that were purged, by the SHA-256 of each file."""
        return purged_papers(self.repository, negotiation)

    def why_gone(self, negotiation: str, sha256: str, otherwise: str) -> str:
        """Return what became of a file that is not there: `was purged on ...`, or what is said `otherwise`."""
        stone = self.purged(negotiation).get(sha256)
        return f"was {stone.said()}" if stone else otherwise

    def marking(self, negotiation: str) -> str:
        """Return the marking of what is made from a negotiation: the highest of all that is in it."""
        held = self.get(negotiation)
        return highest([*held.markings(), self.positions(negotiation).marking])

    def history(self, negotiation: str) -> tuple[EarlierFile, ...]:
        """Return the replaced versions of its files, the latest first."""
        folder = self.folder(negotiation) / HISTORY
        found = sorted(folder.iterdir(), reverse=True) if folder.is_dir() else []
        return tuple(EarlierFile(p.name.split("-", maxsplit=1)[0], p) for p in found if not p.name.startswith("."))

    def damages(self) -> Iterator[Damage]:
        """Yield what is broken: what cannot be read, a text that is not the one kept, what was left half done."""
        for finding in self.problems():
            yield Damage("", finding)
        yield from self._closed_by_damage()
        unfinished, asking = {*self._unfinished(), *self._unfinished_papers()}, who_asks()
        yield from name_damages(
            self.repository.root, self.root, lambda path: path.parent != self.root or is_open_to(path, asking)
        )
        for each in self.ids():
            journal = self.journal(each)
            where = f"negotiations/{each}/{journal.path.name}"
            yield from journal_damages(journal, where, partial(self._settled, each))
        for path in sorted(self.root.iterdir()) if self.root.is_dir() else ():
            if path.is_dir() and not is_open_to(path, asking):
                continue
            where = f"negotiations/{platform.printable(path.name)}"
            if path in unfinished:
                message = f"The purge of {where} was stopped before its end."
                fix = "`agreements doctor --repair` finishes it, as does the next write to a negotiation."
                yield Damage("", error("purge-unfinished", where, message, fix), partial(self._finished, path))
            elif path.name.startswith(_BEGUN):
                message = f"{where} was begun and stopped before its end."
                mend = partial(self._given_up, path)
                yield Damage("", warning("left-over", where, message, "`agreements doctor --repair` mends it."), mend)
            elif not path.name.startswith(".") and not _is_kept(path):
                message = f"{where} is no negotiation: it has no {FILE}."
                yield Damage(
                    "", error("stranger", where, message, f"Put {FILE} back from a copy, or move it elsewhere.")
                )

    def _changed_outside(self, negotiation: str) -> Iterator[Finding]:
        """Yield a warning for a file that is not as its journal has it: half of one may well be read as a whole."""
        try:
            acts = self.journal(negotiation).acts()
        except RepositoryError:
            return  # said where journals are looked at
        written = {name: now for act in acts for name, (_, now) in act.files.items()}
        for name in (FILE, POSITIONS_FILE):
            if written.get(name) and hash_of(self.root / negotiation / name) != written[name]:
                where = f"negotiations/{negotiation}/{name}"
                message = f"{where} is not as its journal has it: by hand, outside the program, or by damage."
                fix = "Compare it with the last one in its history, or with a copy."
                yield warning("text-changed", where, message, fix)

    def _closed_by_damage(self) -> Iterator[Damage]:
        """Yield one error, which names none, where it cannot be read who may see a negotiation."""
        folders = self.root.iterdir() if self.root.is_dir() else ()
        if any(is_damaged(path) for path in folders if path.is_dir() and not path.name.startswith(_BEGUN)):
            message = f"Who may see a negotiation cannot be read from its {ACCESS_FILE}, so it is closed to everybody."
            fix = f"Whoever keeps its folder puts {ACCESS_FILE} back from the history there, or from a copy."
            yield Damage("", error("damaged", "negotiations", message, fix))

    def _settled(self, negotiation: str) -> str:
        self.journal(negotiation).settle(self._was_done)
        return "added to the journal what was done, and dropped what was not"

    def _finished(self, doomed: Path) -> str:
        if (doomed / PAPER_ORDER).is_file():
            self._finish_paper(doomed.name)
        else:
            finish_negotiation(self.repository, doomed)
        return "finished the purge"

    def _given_up(self, begun: Path) -> str:
        platform.remove_tree(begun)
        return "removed what was begun and never was a negotiation"

    def problems(self) -> Iterator[Finding]:
        """Yield an error for all that is damaged: a file that cannot be read, a text that is not the one kept."""
        for negotiation in self.ids():
            try:
                held = self.get(negotiation)
                self.positions(negotiation)
            except AgreementsError as problem:
                yield error("damaged-negotiation", negotiation, str(problem), problem.hint)
                continue
            yield from self._seen_by_others(negotiation)
            yield from self._changed_outside(negotiation)
            gone = self.purged(negotiation)
            for text in held.texts:
                if text.sha256 in gone:
                    continue
                try:
                    self.path(negotiation, text)
                except RecordError as problem:
                    yield error("damaged-negotiation", negotiation, str(problem), problem.hint)
            for step in held.language_texts:
                lies = step.translation in gone or self.is_kept(negotiation, step.file, step.translation)
                if step.file and not lies:
                    message = f"The {step.language} text of {step.date} ({step.file}) is not the file that was kept."
                    yield error("damaged-negotiation", negotiation, message, "Put the file back from a copy.")
            for draft in (each for asked in held.clearances for each in asked.returned):
                if draft.sha256 not in gone and not self.is_kept(negotiation, draft.file, draft.sha256):
                    message = f"What {draft.office} returned on {draft.date} ({draft.file}) is not as it was kept."
                    yield error("damaged-negotiation", negotiation, message, "Put the file back from a copy.")
            yield from _unlike(negotiation, held, self.folder(negotiation) / TEXTS)

    def journal(self, negotiation: str) -> Journal:
        """Return the journal of acts on a negotiation, which lies in its own folder."""
        return Journal(self.root / negotiation, counter_of(self.repository.root))

    def acts(self) -> tuple[Act, ...]:
        """Return what was done to the negotiations that this person may see, the first act first.

        Raises `RepositoryError` naming a line of a journal that is damaged.
        """
        every = [act for each in self.ids() for act in self.journal(each).acts()]
        return tuple(sorted(every, key=lambda act: act.number))

    def _was_done(self, act: Act) -> bool:
        return all(hash_of(self.root / act.id / name) == now for name, (_, now) in act.files.items())

    def access(self, negotiation: str) -> Access:
        """Return who may see a negotiation; raises `NotFoundError`, and `RecordError` when the file is damaged."""
        return access_of(self.folder(negotiation)) or Access()

    def _seen_by_others(self, negotiation: str) -> Iterator[Finding]:
        access = access_of(self.root / negotiation)
        if access is None:
            message = f"{negotiation} was begun before it was kept who may see a negotiation: everybody sees it."
            yield info(
                "negotiation-open", negotiation, message, f"`agreements negotiation access {negotiation} --add NAME`"
            )
        elif stands_open(self.root / negotiation, access):
            message = f"Others of this system can open the folder of {negotiation} who are not in its {ACCESS_FILE}."
            fix = "`agreements negotiation access ID --add NAME` sets its rights again; or set them by hand."
            yield warning("folder-open", negotiation, message, fix)

    def _unfinished(self) -> Iterator[Path]:
        """Yield the folders whose purge was stopped, of those that this person may see."""
        asking = who_asks()
        return (doomed for doomed in self.root.glob(f"{_PURGING}*") if is_open_to(doomed, asking))

    def _unfinished_papers(self) -> Iterator[Path]:
        """Yield the folders of negotiations in which the purge of a paper was stopped, of those this person may see."""
        return (self.root / each for each in self.ids() if (self.root / each / PAPER_ORDER).is_file())

    def _every(self) -> tuple[str, ...]:
        """Return the ids of all negotiations, whoever may see them."""
        found = self.root.iterdir() if self.root.is_dir() else ()
        return tuple(sorted(p.name for p in found if not p.name.startswith(".") and _is_kept(p)))

    # ------------------------------------------------------------------ writing

    def begin(self, negotiation: Negotiation) -> Path:
        """Keep a new negotiation and return its folder; raises `RecordError` when the id is taken."""
        _refuse_classified(negotiation)
        check_id(negotiation.id)
        if platform.safe_name(negotiation.id) != negotiation.id:
            raise RecordError(
                f"{negotiation.id} cannot be the name of a folder on every system.", hint="Choose another."
            )
        with self.writing():
            place = self.root / negotiation.id
            if place.exists():
                raise RecordError(f"There is a negotiation {negotiation.id} already.", hint="Choose another id.")
            scratch = self.root / f"{_BEGUN}{negotiation.id}"
            maker = who_asks()
            scratch.mkdir(mode=0o700 if maker else 0o777)
            if maker:
                access = Access(made_by=maker, may_see=(maker,))
                close_folder(scratch, access)
                platform.write_bytes(scratch / ACCESS_FILE, access.print().encode())
            platform.write_bytes(scratch / FILE, print_record(negotiation).encode())
            journal = Journal(scratch, counter_of(self.repository.root))
            files = {FILE: ("", hash_of(scratch / FILE))}
            journal.intend([Act(0, "", "", "begin", "negotiation", negotiation.id, files)])
            journal.settle()
            platform.move(scratch, place)
        return place

    def fingerprint(self, negotiation: str) -> str:
        """Return a word for what is kept of a negotiation: its first half changes with the facts, its second with the
        positions, and a write asks for its own half alone. Raises `NotFoundError`.
        """
        folder = self.folder(negotiation)
        return "-".join(hash_of(folder / name)[:20] for name in (FILE, POSITIONS_FILE))

    def _refuse_changed(self, negotiation: str, name: str, expected: str, ours: str) -> None:
        """Raise `ChangedMeanwhileError` where the file `name` is not what `expected`, a fingerprint, was made of."""
        half = (FILE, POSITIONS_FILE).index(name)
        if expected and expected.split("-")[half:][:1] != [self.fingerprint(negotiation).split("-")[half]]:
            path = self.root / negotiation / name
            raise ChangedMeanwhileError(
                f"{negotiation} was changed by somebody else since you read it; nothing was written.",
                hint="Compare the two texts, then write yours again over what stands now.",
                ours=ours,
                theirs=path.read_text("utf-8", "replace") if path.is_file() else "",
            )

    def change(
        self,
        negotiation: str,
        how: Callable[[Negotiation], Negotiation],
        *,
        what: str = "set",
        expected: str = "",
    ) -> Negotiation:
        """Put what `how` makes of a negotiation in its place; the earlier version goes into the history.

        `what` is what the journal calls it, `expected` the `fingerprint` of what the change was made from. Raises as
        `get`, `RecordError` from `how`, `ClassifiedError` when an entry is classified, `ChangedMeanwhileError` when it
        moved.
        """
        with self.writing():
            before = self.get(negotiation)
            after = how(before)
            _refuse_classified(after)
            self._refuse_changed(negotiation, FILE, expected, print_record(after))
            if after != before:
                self.put(negotiation, FILE, print_record(after), what)
        return after

    def change_access(self, negotiation: str, add: Iterable[str], remove: Iterable[str]) -> Access:
        """Let others see a negotiation, or no longer, and close its folder to the rest; the list before is kept.

        Raises as `access`, and as `Access.changed`.
        """
        with self.writing():
            before = access_of(self.folder(negotiation))
            asking = who_asks()
            known = before or Access(may_see=(asking,) if asking else ())
            after = known.changed(tuple(add), tuple(remove))
            if after != before:
                self.put(negotiation, ACCESS_FILE, after.print(), "access")
            close_folder(self.root / negotiation, after)
        return after

    def keep_text(
        self,
        negotiation: str,
        source: bytes,
        how: Callable[[Negotiation], NegotiatedText],
        *,
        beside: Mapping[str, bytes] | None = None,
    ) -> NegotiatedText:
        """Keep the bytes of a text untouched and its entry, which `how` makes; return the entry.

        `beside` are files of ours about it, by the ending that follows the stem of its name. Raises as `change`.
        """
        self._refuse_purged(source)
        with self.writing():
            text = how(self.get(negotiation))
            folder = self.folder(negotiation) / TEXTS
            platform.make_folder_within(folder)
            platform.replace_file(folder / text.file, source)
            for ending, content in (beside or {}).items():
                platform.replace_file(folder / f"{Path(text.file).stem}{ending}", content)
            what = {"us": "table", "partner": "receive", "joint": "joint", "draft": "draft"}[text.side]
            self.change(negotiation, lambda held: held.model_copy(update={"texts": (*held.texts, text)}), what=what)
        return text

    def keep_entry(
        self,
        negotiation: str,
        kind: Literal["language_texts", "closing", "follows"],
        how: Callable[[Negotiation], E],
        source: bytes = b"",
        *,
        what: str,
        expected: str = "",
    ) -> E:
        """Keep an entry of the list `kind`, which `how` makes, with the bytes of the file that it names where one came.

        `what` is what the journal calls it. Raises as `change`.
        """
        self._refuse_purged(source)
        with self.writing():
            entry = how(self.get(negotiation))
            if source and entry.kept_file:
                platform.make_folder_within(self.folder(negotiation) / TEXTS)
                platform.replace_file(self.folder(negotiation) / TEXTS / entry.kept_file, source)

            def added(held: Negotiation) -> Negotiation:
                return held.model_copy(update={kind: (*getattr(held, kind), entry)})

            self.change(negotiation, added, what=what, expected=expected)
        return entry

    def is_kept(self, negotiation: str, file: str, sha256: str) -> bool:
        """Whether a file under `texts/` is there and is the one with that hash."""
        return hash_of(self.folder(negotiation) / TEXTS / file) == sha256

    def keep_returned(
        self, negotiation: str, files: Mapping[str, bytes], how: Callable[[Negotiation], Negotiation]
    ) -> Negotiation:
        """Keep the files that offices returned, by their names under `texts/`, and what `how` notes of them.

        Raises as `change`.
        """
        self._refuse_purged(*files.values())
        with self.writing():
            folder = self.folder(negotiation) / TEXTS
            platform.make_folder_within(folder)
            for name, content in files.items():
                platform.replace_file(folder / name, content)
            return self.change(negotiation, how, what="returned")

    def _refuse_purged(self, *files: bytes) -> None:
        """Raise `RecordError` for a file that was purged here: a spilled text would come back with a negotiation."""
        hashes = {hashlib.sha256(file).hexdigest() for file in files}
        for stone in self.repository.tombstones():
            if hashes & set(stone.hashes):
                raise RecordError(
                    f"This file was purged with {stone.id} on {stone.date}: {stone.reason.rstrip('.')}.",
                    hint="Nothing was kept. Ask who purged it; `agreements import --restore FILE` lifts that.",
                )

    def change_positions(
        self, negotiation: str, how: Callable[[Positions], Positions], *, expected: str = ""
    ) -> Positions:
        """Put what `how` makes of the positions in their place; the earlier version goes into the history.

        Raises as `change`.
        """
        with self.writing():
            before = self.recorded(negotiation)
            after = how(before)
            after.refuse_classified(negotiation)
            self._refuse_changed(negotiation, POSITIONS_FILE, expected, after.print())
            if after != before:
                self.put(negotiation, POSITIONS_FILE, after.print(), "position")
        return after

    def refuse_purge_of(self, agreement: str) -> None:
        """Raise `RecordError` where a negotiation about `agreement` is under a legal hold, whoever may see it."""
        for negotiation in self._every():
            held = read_record(self.root / negotiation / FILE, Negotiation)
            if held.agreement == agreement and held.on_hold:
                raise RecordError(
                    f"A negotiation about {agreement} is under a legal hold since {held.on_hold[0].since}.",
                    hint="Nothing is purged before the hold is released; whoever leads the negotiation can tell.",
                )

    def refuse_under_hold(self, negotiation: str) -> None:
        """Raise `RecordError` where a legal hold on `negotiation` is in force, `NotFoundError` for an unknown one."""
        if holds := self.get(negotiation).on_hold:
            raise RecordError(
                f"{negotiation} is under a legal hold since {holds[0].since} ({holds[0].reason}).",
                hint="Nothing is purged before the hold is released.",
            )

    def purge(self, negotiation: str, reason: str, *, authority: str = "", spill: str = "") -> Tombstone:
        """Delete all that is kept of a negotiation, with its history, and leave a tombstone with the hashes.

        Raises `RepositoryError` as `PurgeOrder.checked`, `RecordError` while a legal hold is in force, `NotFoundError`.
        """
        order = PurgeOrder(reason, authority, spill).checked()
        with self.writing():
            self.refuse_under_hold(negotiation)
            folder = self.folder(negotiation)
            write_order(folder / ORDER, negotiation, order)
            doomed = self.root / f"{_PURGING}{negotiation}"
            platform.remove_tree(doomed)
            platform.move(folder, doomed)
            finish_negotiation(self.repository, doomed)
            return self._stone(stone_name(negotiation))

    def purge_paper(
        self, negotiation: str, paper: str, reason: str, *, authority: str = "", spill: str = ""
    ) -> PurgedPaper:
        """Delete one file kept under `texts/` by its name or the number of its text, and what was decided on its words.

        Its entry in the record stays, and says that it was purged where it is asked for. Raises as `purge`.
        """
        order = PurgeOrder(reason, authority, spill).checked()
        with self.writing():
            self.refuse_under_hold(negotiation)
            held, folder = self.get(negotiation), self.folder(negotiation)
            file = next((text.file for text in held.texts if str(text.number) == paper), paper)
            known = sorted(name for name in dict.fromkeys(held.file_names()) if (folder / TEXTS / name).is_file())
            if file not in known:
                raise unknown("kept file", paper, known or ["none"])
            files = files_of_paper(held, folder, file)
            refuse_what_rests_on(held, files)
            write_order(folder / PAPER_ORDER, negotiation, order, paper=file, files=files)
            self._finish_paper(negotiation)
            return PurgedPaper(self._stone(stone_name(negotiation, file)), files, made_from(held, files))

    def _finish_paper(self, negotiation: str) -> None:
        """Mark in the record what is written down to be purged, and delete it. For whoever is `writing`."""
        folder = self.root / negotiation
        held = self.get(negotiation)
        if (marked := with_purged(held, folder)) != held:
            self.put(negotiation, FILE, print_record(marked), "purge")
        finish_paper(self.repository, folder)

    def _stone(self, name: str) -> Tombstone:
        return next(stone for stone in self.repository.tombstones() if stone.id == name)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the repository's lock, after finishing what a kill left half done."""
        with self.repository.lock():
            try:
                self.root.mkdir(exist_ok=True)
                for doomed in self._unfinished():
                    with suppress(RepositoryError):  # `doctor` names what is in the way
                        finish_negotiation(self.repository, doomed)
                for folder in self._unfinished_papers():
                    with suppress(AgreementsError):
                        self._finish_paper(folder.name)
                for begun in self.root.glob(f"{_BEGUN}*"):
                    platform.remove_tree(begun)
                for each in self.ids():
                    self.journal(each).settle(self._was_done)
                yield
            except OSError as problem:
                raise RepositoryError(
                    f"{platform.printable(self.root)} could not be written: {problem.strerror or problem}.",
                    hint="Make room on the disk or check your rights, then try again.",
                ) from problem

    def put(self, negotiation: str, name: str, content: str, what: str, *, undoes: int = 0) -> None:
        """Put `content` in the place of a file, whose earlier version goes into the history, as the act `what`.

        For whoever is `writing`.
        """
        folder, journal = self.root / negotiation, self.journal(negotiation)
        before = hash_of(folder / name) if (folder / name).is_file() else ""
        files = {name: (before, hashlib.sha256(content.encode()).hexdigest())}
        journal.intend([Act(0, "", "", what, "negotiation", negotiation, files, undoes)])
        if (folder / name).is_file():
            platform.make_folder_within(folder / HISTORY)
            moment = moment_after(p.name for p in (folder / HISTORY).iterdir() if not p.name.startswith("."))
            platform.replace_file(folder / HISTORY / f"{moment}-{name}", (folder / name).read_bytes())
        platform.replace_file(folder / name, content.encode())
        journal.settle()


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, as of an empty one where there is none."""
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def _is_kept(folder: Path) -> bool:
    """Whether a negotiation lies in `folder`; not where the system keeps this person out."""
    try:
        return (folder / FILE).is_file()
    except PermissionError:
        return False


def _unlike(negotiation: str, held: Negotiation, texts: Path) -> Iterator[Finding]:
    """Yield where rounds and texts do not fit each other, and files that are no text of the negotiation."""
    numbers = [text.number for text in held.texts]
    rounds = [each.number for each in held.rounds]
    for what, given in (("text", numbers), ("round", rounds)):
        if len(set(given)) < len(given):
            message = f"Two {what}s of {negotiation} have one number."
            yield error("damaged-negotiation", negotiation, message, f"Correct the numbers in {FILE}.")
    for text in held.texts:
        if text.base is not None and text.base not in numbers:
            message = f"Text {text.number} of {negotiation} rests on text {text.base}, which there is not."
            yield error("damaged-negotiation", negotiation, message, f"Correct the base in {FILE}.")
        if text.round is not None and text.round not in rounds:
            message = f"Text {text.number} of {negotiation} is of round {text.round}, which there is not."
            yield error("damaged-negotiation", negotiation, message, f"Add the round, or correct {FILE}.")
    stems = {Path(file).stem for file in held.file_names()}
    for path in sorted(texts.iterdir()) if texts.is_dir() else ():
        if not path.name.startswith(".") and not any(path.name.startswith(stem) for stem in stems):
            message = f"texts/{platform.printable(path.name)} of {negotiation} is no text that was kept."
            yield warning(
                "orphan", negotiation, message, "Record it with `negotiation received` or `tabled`, or move it."
            )


def _refuse_classified(negotiation: Negotiation) -> None:
    refuse_entry("", what="The negotiation", marking="; ".join(negotiation.markings()))
    refuse(list(values(negotiation.model_dump(mode="json"), "")), what="The negotiation", typed=True)


def negotiation_list(store: Negotiations) -> tuple[tuple[Negotiation, ...], tuple[Finding, ...]]:
    """Return all negotiations of the repository, sorted by id, and a finding for each that is damaged."""
    found: list[Negotiation] = []
    damaged: list[Finding] = []
    for each in store.ids():
        try:
            found.append(store.get(each))
        except RecordError as problem:
            damaged.append(error("damaged", each, str(problem), problem.hint))
    return tuple(found), tuple(damaged)
