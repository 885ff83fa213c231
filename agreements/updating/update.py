"""A draft brought up to date with its parameter file, from the Word files in which people went on working."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from agreements import drafting
from agreements.bookmarks import provision_marks
from agreements.checks import check
from agreements.comparing.tokens import words
from agreements.display import shown_short
from agreements.drafting import Draft, DraftProvenance, DraftRequest, Original, provenance_of, strictyaml
from agreements.drafting.parameter_edit import with_value
from agreements.drafting.provenance import SUFFIX, keep, own_words, read_provenance
from agreements.errors import AgreementsError, ParameterError
from agreements.export.drafts import CopyOptions, Read, targets, write_draft
from agreements.findings import Finding
from agreements.intake.files import ParsedFile
from agreements.intake.tracked_changes import read_changes
from agreements.language.typesetting import set_text, typeset
from agreements.model import Agreement, Mark, Provision
from agreements.platform import save
from agreements.reference import places
from agreements.updating.carrying import Carried, EditConflict, carry
from agreements.updating.edited import EditedDraft, EditedProvision, edited_of
from agreements.updating.tree import NOW
from agreements.updating.typed import TakenValues, TypedValue, typed_values


@shown_short
@dataclass(slots=True)
class UpdateReport:
    """What became of the edits: how many provisions, which `conflicts` stand open, what was `typed` over.

    `unplaced` says in sentences what was not carried over. `files` are the Word files written, `provenance` their
    record; there are none where `findings` has an error. `taken` are the parameters that were written.
    """

    draft: Draft
    findings: tuple[Finding, ...] = ()
    typed: tuple[TypedValue, ...] = ()
    taken: tuple[str, ...] = ()
    edits: int = 0
    added: int = 0
    deleted: int = 0
    moved: int = 0
    conflicts: tuple[EditConflict, ...] = ()
    unplaced: tuple[str, ...] = ()
    files: list[Path] = field(default_factory=list)
    provenance: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the report for JSON, without the draft."""
        counts = {name: getattr(self, name) for name in ("edits", "added", "deleted", "moved")}
        typed = [{name: getattr(t, name) for name in ("name", "was", "typed", "value", "path")} for t in self.typed]
        conflicts = [{name: getattr(c, name) for name in ("path", "edited", "assembled")} for c in self.conflicts]
        return counts | {
            "conflicts": conflicts,
            "typed": typed,
            "taken": [*self.taken],
            "unplaced": [*self.unplaced],
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
            "provenance": str(self.provenance) if self.provenance else None,
        }


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """A Word file to write: whose `original` it is, which `copies`, and how the partner's text is `read`."""

    file: Path
    original: Original
    copies: CopyOptions | None
    read: Read


def update_draft(
    parameters: Path,
    files: Mapping[Path, ParsedFile],
    known: DraftProvenance,
    output: Path,
    *,
    take: Sequence[str] = (),
    original: Original | Literal["both"] | None = None,
    copies: CopyOptions | None = None,
    held: Callable[[str], Agreement] | None = None,
    read: Read,
) -> UpdateReport:
    """Assemble the parameter file `parameters`, put what was edited in `files` into it, and write `output`.

    `known` is the record of the draft that was edited. `take` names values that were typed over in Word and become the
    values of the parameter file, which is written. `original` and `copies` are as in `assemble_file`; without
    `original` it is that of the edited file. Raises `AgreementsError` where a file would be overwritten,
    `ParameterError` where a name in `take` stands for nothing that was typed, and as `assemble_file`.
    """
    as_kept, known = known, _straight(known)
    edited = edited_of([replace(file, agreement=typeset(file.agreement, "straight")) for file in files.values()], known)
    typed = typed_values(known, edited)
    source = _taken(parameters, typed, take)
    request = drafting.load_parameters(parameters)
    if take:
        request = drafting.request_from(strictyaml.load_asked(source, what=parameters.name), str(parameters))
    first = drafting.assemble(request, original="us", held=held)
    if first.agreement is None:
        return UpdateReport(first, first.findings, typed)
    own = _original(known, request, held)
    wanted = targets(request, parameters.stem, output, original or ("both" if _is_folder(output) else own))
    _refuse_overwriting(wanted.values(), files, as_kept)
    report = UpdateReport(first, typed=typed, taken=tuple(take))
    said = [*_notes_left(edited), *_comments(files)]
    for whose, target in wanted.items():
        draft = drafting.assemble(request, original=whose, held=held)
        if draft.agreement is not None:
            draft = replace(draft, agreement=typeset(draft.agreement, "straight"))
        carried = _carried(known, edited, draft, frozenset(take))
        used = [value for value in typed if value.name in take]
        said += [*carried.unplaced, *_lost(known, edited, carried, used)]
        if target is not None:
            _write(report, draft, carried, DraftTarget(target, whose, copies, read))
    report.unplaced = tuple(dict.fromkeys(said))
    if take:
        save(parameters, source.encode("utf-8"))
    return report


def _straight(known: DraftProvenance) -> DraftProvenance:
    """Return the record with straight quotation marks: a file that was printed with curly ones says the same."""
    origins = tuple(replace(origin, words=set_text(origin.words, "straight")) for origin in known.origins)
    return replace(known, origins=origins)


def _taken(parameters: Path, typed: Sequence[TypedValue], take: Sequence[str]) -> str:
    """Return the parameter file with the values that were typed for the names in `take`."""
    if not take:
        return ""
    with parameters.open(encoding="utf-8", newline="") as file:
        source = file.read()
    for name in take:
        values = [t.value for t in typed if t.name == name]
        if not values:
            known = ", ".join(dict.fromkeys(t.name for t in typed)) or "nothing"
            raise ParameterError(f"Nothing was typed over in the place of {name}.", hint=f"Typed over: {known}.")
        if any(value != values[0] for value in values):
            said = "; ".join(f"{t.typed!r} in {t.path}" for t in typed if t.name == name)
            raise ParameterError(f"{name} was typed over in several ways: {said}.", hint="Settle it in one file.")
        source = with_value(source, name, values[0], where=parameters.name)
    return source


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not output.suffix


def _refuse_overwriting(
    wanted: Iterable[Path | None], files: Mapping[Path, ParsedFile], known: DraftProvenance
) -> None:
    kept = {file.resolve() for file in files}
    for target in wanted:
        if target is None:
            continue
        if any(
            f.parent == target.resolve().parent and (f.stem == target.stem or f.stem.startswith(f"{target.stem}-"))
            for f in kept
        ):
            raise AgreementsError(
                f"{target.name} is the file that was edited; it is never written over.",
                hint="Name another file with -o.",
            )
        record = target.with_name(f"{target.stem}{SUFFIX}")
        if record.is_file() and read_provenance(record) == known:
            raise AgreementsError(
                f"{record.name} says what the edited file was made of; it is not written over.",
                hint="Name another file with -o.",
            )


def _original(known: DraftProvenance, request: DraftRequest, held: Callable[[str], Agreement] | None) -> Original:
    """Return whose original was edited: the one that has more of its words as the record has them."""
    alike: dict[Original, int] = {}
    both: tuple[Original, Original] = ("us", "partner")
    for whose in both:
        made = provenance_of(drafting.assemble(request, original=whose, held=held))
        alike[whose] = len({(o.id, o.words) for o in made.origins} & {(o.id, o.words) for o in known.origins})
    return "partner" if alike["partner"] > alike["us"] else "us"


def _carried(known: DraftProvenance, edited: EditedDraft, draft: Draft, taken: frozenset[str]) -> Carried:
    if draft.agreement is None or draft.request is None:
        raise ValueError("a draft with errors has no provisions")
    forms = drafting.family(draft.request.family).forms
    instrument = forms[draft.request.form].instrument
    return carry(known, edited, draft.agreement, instrument=instrument, passed_over=TakenValues(known, taken))


def _write(report: UpdateReport, draft: Draft, carried: Carried, target: "DraftTarget") -> None:
    made = replace(draft, agreement=carried.agreement)
    files = write_draft(made, target.file, target.copies, original=target.original, read=target.read)
    kept = keep(_record(draft, carried, files), target.file)
    report.files += files
    if report.provenance is None:
        report.draft, report.provenance = made, kept
        report.findings = (*draft.findings, *check(carried.agreement))
        for name in ("edits", "added", "deleted", "moved", "conflicts"):
            setattr(report, name, getattr(carried, name))


def _record(draft: Draft, carried: Carried, files: Sequence[Path]) -> DraftProvenance:
    """Return the record of the new file: the words as assembled, so that the next update finds all edits again.

    What was deleted by hand has no mark in the file, and stays deleted.
    """
    if draft.request is None:
        raise ValueError("a draft with errors has no provisions")
    marks = (mark for row in provision_marks(carried.agreement, draft.request.key) for mark in row)
    by_key = {carried.keys[place.path]: mark for place, mark in zip(places(carried.agreement), marks, strict=True)}
    known = provenance_of(draft, files)
    return replace(known, origins=tuple(replace(o, mark=by_key.get(NOW + o.path, "")) for o in known.origins))


# ---------------------------------------------------------------------- what stays behind


def _lost(known: DraftProvenance, edited: EditedDraft, carried: Carried, taken: Sequence[TypedValue]) -> Iterator[str]:
    """Yield a sentence for each provision of the edited file of whose words some are not in the new draft.

    It is a proof by other means: nothing is woven here. References are left out, as they follow the new numbers, and
    values that were `taken`, as the assembly prints them in its own way.
    """
    before = {origin.path: origin.words for origin in known.origins}
    here = {place.path: place.provision for place in places(carried.agreement)}
    for each in edited.provisions:
        typed = _counted(each.provision) - Counter(words(before.get(each.origin, "")))
        for value in taken:
            if value.path == each.place.path:
                typed -= Counter(words(value.typed))
        if not typed:
            continue
        path = carried.now_at.get(each.key, "")
        missing = typed - Counter(words(own_words(here[path]))) if path in here else typed
        if missing:
            yield f"{each.place.path}: {' '.join(missing.elements())} was typed and is not in the new draft."


def _notes_left(edited: EditedDraft) -> Iterator[str]:
    """Yield a sentence for each note of the edited file, as notes are not carried over."""
    for each in edited.provisions:
        yield from (f"{each.place.path}: the note {m.target!r} stays behind." for m in _notes(each))


def _notes(each: EditedProvision) -> Iterator[Mark]:
    return (mark for mark in each.provision.marks if mark.kind == "note")


def _counted(provision: Provision) -> Counter[str]:
    """Return the words of `provision` outside its references."""
    text, at, kept = provision.text, 0, [provision.heading or ""]
    for mark in provision.marks:
        if mark.kind == "reference" and mark.start >= at:
            kept.append(text[at : mark.start])
            at = mark.end
    return Counter(words(" ".join([*kept, text[at:]])))


def _comments(files: Mapping[Path, ParsedFile]) -> Iterator[str]:
    """Yield a sentence for each Word file that has comments, as they are not carried over."""
    for file in files:
        if file.suffix.lower() == ".docx" and (found := read_changes(file).comments):
            where = ", ".join(dict.fromkeys(path for path, _ in found if path))
            yield f"{len(found)} comment{'s' if len(found) > 1 else ''} of {file.name} ({where}) stay behind."
