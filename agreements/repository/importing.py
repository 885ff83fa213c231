"""The rules by which an agreement that was read comes into the repository.

Same file, nothing happens. A text fills the facts that are held of it and never makes a second agreement where
that is certain; where it is only likely, a finding asks. A person's edits and a different file under the same id
are never overwritten. Another text of what is held under the same names (parties and title) is a conflict: both are
kept, so that neither is lost, and a person says which counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from agreements.findings import Finding, error, info, warning
from agreements.model import Agreement
from agreements.platform import replace_file
from agreements.repository.facts import Facts, facts_of, remember
from agreements.repository.fileform import print_agreement, read_agreement
from agreements.repository.incoming import Incoming, PreparedAgreement, files_in, incoming, text_hash
from agreements.repository.layout import MAIN_FILE, NEW_FILE, Layout, check_id
from agreements.repository.matching import HeldCatalog, HeldMatch
from agreements.repository.merging import fill
from agreements.repository.preparing import printed
from agreements.repository.publishing import Publisher
from agreements.repository.record import RECORD_FILE, digest, edited_files, load_record, refuse_edited
from agreements.repository.tombstones import lift, tombstones

_ACTS = {"new": "import", "conflict": "import", "replaced": "replace", "filled": "fill"}  # as the journal calls them
Result = Literal["new", "unchanged", "replaced", "filled", "conflict", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an agreement that was added.

    `id` is the agreement it is now part of, `agreement` that agreement as held (None when nothing was written, or all
    of it as it was prepared). A `conflict` with an agreement was written under an id of its own.
    """

    status: Result
    id: str
    findings: tuple[Finding, ...] = ()
    agreement: Agreement | None = field(default=None, repr=False)


class RepositoryWriter:
    """Adds agreements to the repository under its lock; `Repository.writing` makes one.

    What was added is on the disk after `flush`, at the latest when the `with` block ends.
    """

    def __init__(self, layout: Layout, catalog: HeldCatalog) -> None:
        self._layout = layout
        self._catalog = catalog
        self._publisher = Publisher(layout)
        self._written: dict[str, Facts] = {}
        self._purged = {sha: stone for stone in tombstones(layout) for sha in stone.hashes}

    def add(
        self,
        agreement: Agreement | PreparedAgreement,
        *,
        source: Path | bytes | None = None,
        name: str = "",
        evidence: Iterable[Any] = (),
        findings: Iterable[Finding] = (),
        overwrite: bool = False,
        restore: bool = False,
        spare: str = "",
    ) -> Outcome:
        """Add `agreement`, read from `source` (a file, or its bytes with a file `name`), and say what happened.

        `evidence` (dataclass instances) and `findings` of the reading are kept beside the text. `overwrite`
        replaces the text held under the id, unless a person edited it; `restore` lets purged text come back. `spare`
        is the id to take where the first is held of a file with another name: two names may be written in one way.
        Raises `RepositoryError` when the disk refuses or the id cannot be a folder, `UnreadableError` when the
        source cannot be read.
        """
        coming = replace(incoming(agreement, source, name, evidence, findings), spare=spare)
        check_id(coming.id)
        outcome = self._write_prepared(agreement, coming) if isinstance(agreement, PreparedAgreement) else None
        outcome = outcome or self._decide(coming, overwrite=overwrite, restore=restore)
        return replace(outcome, findings=(*coming.remarks(), *outcome.findings))

    def _decide(self, coming: Incoming, *, overwrite: bool, restore: bool) -> Outcome:
        agreement = coming.agreement
        if refusal := self._refusal(coming, restore=restore):
            return refusal
        holder = self._catalog.holder(coming.sha) if coming.sha else None
        held = self._catalog.facts.get(agreement.id)
        if holder and holder != agreement.id and held and not held.text_held:
            return self._move(coming, holder)
        if holder and not (overwrite and holder == agreement.id):
            return self._again(coming, holder)
        if held and (held.text_held or not agreement.text_held):
            return self._meet(coming, overwrite=overwrite)
        if held:
            return self._fill(coming, agreement.id)
        return _damaged(coming) if self._layout.holds(agreement.id) else self._place(coming)

    def flush(self) -> None:
        """Put what was added so far on the disk."""
        self._publisher.flush()
        remember(self._layout, self._written.values())
        self._written = {}

    def discard(self) -> None:
        """Forget what was added since the last flush."""
        self._publisher.discard()

    def take_lost(self) -> frozenset[str]:
        """Return the ids of what was added and the disk refused afterwards, once; they count as before.

        An agreement waits for others before it is put on the disk, so that `add` may fail for one that came before.
        """
        lost = self._publisher.take_lost()
        for agreement_id in lost:
            self._written.pop(agreement_id, None)
            self._catalog.drop(agreement_id)
            if self._layout.holds(agreement_id):
                self._catalog.put(facts_of(read_agreement(self._layout.folder(agreement_id))))
        return lost

    # ------------------------------------------------------------------ the cases

    def _refusal(self, coming: Incoming, *, restore: bool) -> Outcome | None:
        """Text that was purged does not come back by accident."""
        if not self._purged:
            return None
        hashes = [h for h in (coming.sha, text_hash(coming.agreement)) if h in self._purged]
        if not hashes:
            return None
        stone = self._purged[hashes[0]]
        if restore:
            lift(self._layout, hashes)
            self._purged = {h: s for h, s in self._purged.items() if h not in hashes}
            return None
        message = f"This text was purged as {stone.id} on {stone.date}: {stone.reason.rstrip('.')}."
        fix = "Ask who purged it. Only an import that is told to restore brings it back."
        return Outcome("refused", coming.agreement.id, (error("purged", coming.shown(), message, fix),))

    def _again(self, coming: Incoming, holder: str) -> Outcome:
        """The same file once more."""
        findings: tuple[Finding, ...] = ()
        if holder != coming.agreement.id:
            findings = (info("held-as", coming.shown(), f"This file is already held as {holder}."),)
        elif edited := self._edited(holder):
            findings = self._beside(coming, edited)
        return Outcome("unchanged", holder, findings)

    def _meet(self, coming: Incoming, *, overwrite: bool) -> Outcome:
        """Another file (or other facts) under an id that is held."""
        held = self._read(coming.agreement.id)
        if not coming.agreement.text_held and held == coming.agreement:
            return Outcome("unchanged", held.id)
        if not overwrite and held.text_held and text_hash(coming.agreement) == text_hash(held):
            finding = info("same-text", coming.shown(), f"{held.id} already has exactly this text.")
            return Outcome("unchanged", held.id, (finding,))
        if coming.is_named_otherwise(held):
            return self._decide(coming.under_spare_id(), overwrite=overwrite, restore=False)
        if not overwrite:
            return self._kept_as_original(coming, held) or _conflict(coming, held)
        if edited := self._edited(held.id):
            return Outcome("conflict", held.id, self._beside(coming, edited))
        return self._write("replaced", coming, coming.agreement)

    def _fill(self, coming: Incoming, target: str, why: str = "") -> Outcome:
        """A text of an agreement whose facts are held."""
        merged, differing, asked = fill(self._read(target), coming.agreement)
        said = (info("fills", target, f"This is the text of {target}, whose facts were held: {why}."),) if why else ()
        return self._write("filled", coming, merged, (*said, *asked), differing)

    def _place(self, coming: Incoming) -> Outcome:
        """An id that is not held: the text may still belong to an agreement that is."""
        facts = facts_of(coming.agreement)
        matches = self._catalog.matches(facts) if coming.agreement.text_held else ()
        for match in matches:
            if match.certain and not match.facts.text_held:
                return self._fill(coming, match.facts.id, match.why)
            if match.facts.text_held and (kept := self._kept_as_original(coming, self._read(match.facts.id))):
                return kept
        same = any(match.same_names and match.facts.text_held for match in matches)
        status: Result = "conflict" if same else "new"
        return self._write(status, coming, coming.agreement, tuple(_question(coming, m) for m in matches))

    def _kept_as_original(self, coming: Incoming, held: Agreement) -> Outcome | None:
        """Keep the file of what is another original of `held`, whose text is not stored twice; None where it is none.

        A text that differs in anything but the order of the parties is another text, however like it is.
        """
        from agreements.language.party_order import are_two_originals  # who reads an agreement needs none of it

        if not coming.agreement.text_held or not are_two_originals(held, coming.agreement):
            return None
        folder = self._layout.folder(held.id)
        record = load_record(folder)
        edited = edited_files(folder, record)
        files = files_in(folder)
        merged = coming.sourced(held)
        files[MAIN_FILE] = print_agreement(merged)[MAIN_FILE].encode()
        if record and MAIN_FILE not in edited:
            record = replace(record, written={**record.written, MAIN_FILE: digest(files[MAIN_FILE])})
            files[RECORD_FILE] = record.print().encode()
        self._publisher.stage(held.id, files | coming.source_file(files), "original")
        self._note(facts_of(merged))
        if text_hash(held) == text_hash(coming.agreement):
            said = info(
                "same-text", coming.shown(), f"{held.id} already has exactly this text; the file is kept there."
            )
        else:
            message = f"This is the other original of {held.id}; its file is kept there."
            said = info("other-original", coming.shown(), f"{message} Only the order of the parties differs.")
        return Outcome("unchanged", held.id, (said,), merged)

    def _move(self, coming: Incoming, holder: str) -> Outcome:
        """A person says that the text held as `holder` belongs to the facts of the id now given."""
        self._catalog.drop(holder)
        outcome = self._fill(coming, coming.agreement.id)
        self.flush()
        self._publisher.retire(holder, into=outcome.id)
        finding = info("moved", outcome.id, f"The text was held as {holder}, which is now part of {outcome.id}.")
        return replace(outcome, findings=(*outcome.findings, finding))

    # ------------------------------------------------------------------ the parts

    def _write(
        self,
        status: Result,
        coming: Incoming,
        agreement: Agreement,
        findings: tuple[Finding, ...] = (),
        differing: Mapping[str, Any] | None = None,
    ) -> Outcome:
        agreement = coming.sourced(agreement)
        files = printed(coming, agreement, findings, differing)
        self._publisher.stage(agreement.id, files | coming.source_file(files), _ACTS[status])
        self._note(facts_of(agreement))
        return Outcome(status, agreement.id, findings, agreement)

    def _write_prepared(self, prepared: PreparedAgreement, coming: Incoming) -> Outcome | None:
        """Write what was made ready elsewhere; None where something that is held here may bear on it."""
        facts = prepared.facts
        if self._purged or coming.sha != prepared.sha or self._catalog.holder(coming.sha):
            return None
        if facts.id in self._catalog.facts or self._layout.holds(facts.id) or self._catalog.matches(facts):
            return None
        files = dict(prepared.files) | coming.source_file(prepared.files)
        self._publisher.stage(facts.id, files, _ACTS["new"])
        self._note(facts)
        return Outcome("new", facts.id)

    def _beside(self, coming: Incoming, edited: Sequence[str]) -> tuple[Finding, ...]:
        """Write the new reading beside the text that a person edited; nothing when the edit is all that differs."""
        held = self._read(coming.agreement.id)
        merged, _, _ = fill(held, coming.agreement)
        files = print_agreement(merged)
        if files == print_agreement(held):
            return ()
        folder = self._layout.folder(held.id)
        replace_file(folder / NEW_FILE, files[MAIN_FILE].encode())
        finding = warning(
            "hand-edited",
            held.id,
            f"{', '.join(edited)} was edited by a person and stays; the new reading is in {NEW_FILE} beside it.",
            f"Take over what is better, then delete {NEW_FILE}.",
        )
        return (finding,)

    def _note(self, facts: Facts) -> None:
        self._catalog.put(facts)
        self._written[facts.id] = facts

    def _edited(self, agreement_id: str) -> tuple[str, ...]:
        self._publisher.flush()
        folder = self._layout.folder(agreement_id)
        return edited_files(folder, load_record(folder))

    def _read(self, agreement_id: str) -> Agreement:
        self._publisher.flush()
        folder = self._layout.folder(agreement_id)
        refuse_edited(folder)
        return read_agreement(folder)


def _conflict(coming: Incoming, held: Agreement) -> Outcome:
    theirs = ", ".join(s.file for s in held.sources if s.file) or "what is held"
    finding = error(
        "conflict",
        coming.shown(),
        f"{coming.shown()} and {theirs} are different and both have the id {held.id}; nothing was overwritten.",
        "Give one of them another id with --id, or replace the text that is held with --replace.",
    )
    return Outcome("conflict", held.id, (finding,))


def _damaged(coming: Incoming) -> Outcome:
    finding = error(
        "damaged",
        coming.agreement.id,
        f"{coming.agreement.id} is held, but its agreement.md cannot be read; nothing was overwritten.",
        "Correct agreement.md, or purge the agreement and import it again.",
    )
    return Outcome("conflict", coming.agreement.id, (finding,))


def _question(coming: Incoming, match: HeldMatch) -> Finding:
    theirs = match.facts.id
    if match.facts.text_held:
        message = (
            f"{coming.id} may be another version of {theirs}: {match.why}. Their texts are not the same to the letter; "
            "both are kept."
        )
        fix = f"Compare them (agreements compare {theirs} {coming.id}) and purge the one that should not be precedent."
        return warning("may-be-same", coming.id, message, fix)
    message = f"{coming.agreement.id} may be the text of {theirs}, whose facts are held: {match.why}."
    return warning("may-fill", coming.agreement.id, message, f"If it is, import it once more with --id {theirs}.")
