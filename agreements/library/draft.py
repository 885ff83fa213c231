"""Verbs for drafts: print a parameter file, assemble it, write Word; where each provision of a draft comes from."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.comparing.drafts import DraftReading
    from agreements.drafting import Draft, DraftProvenance, Original
    from agreements.drafting.interview import Interview
    from agreements.drafting.provenance import Explained
    from agreements.export.drafts import CopyOptions, DraftReport
    from agreements.findings import Finding
    from agreements.intake.files import ParsedFile
    from agreements.model import Agreement, Effect
    from agreements.updating import UpdateReport

_PARAMETERS = (".yaml", ".yml")
_DRAFTS = "drafts"  # the folder of a repository that keeps parameter files
_DRAFT_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


def use_templates(folder: str) -> None:
    """Lay the template folder `folder` over the shipped templates from now on, as $AGREEMENTS_TEMPLATES does."""
    from agreements.drafting.loading import OWN_TEMPLATES

    os.environ[OWN_TEMPLATES] = folder


def parameter_file(family: str, form: str = "") -> str:
    """Return a commented parameter file (YAML) for `family` in `form` (default: its first), to be filled in.

    Raises `NotFoundError` that lists the known families or forms.
    """
    from agreements import drafting

    return drafting.parameter_template(family, form)


def parameter_schema(family: str) -> dict[str, Any]:
    """Return the JSON Schema of the parameters of `family`; raises `NotFoundError` listing the known families."""
    from agreements import drafting

    return drafting.parameter_schema(family)


def draft_families() -> dict[str, dict[str, str]]:
    """Return the families that can be drafted, each with its forms by id and what these are called."""
    from agreements import drafting

    return {
        name: {form: each.label for form, each in drafting.family(name).forms.items()} for name in drafting.families()
    }


def draft_files(folder: StrPath) -> tuple[Path, ...]:
    """Return the parameter files of the drafts that are kept in the repository `folder`, by name."""
    from agreements.repository import open_repository

    return tuple(sorted((open_repository(as_path(folder)).root / _DRAFTS).glob("*.yaml")))


def draft_file(folder: StrPath, name: str) -> Path:
    """Return where the draft `name` is kept in the repository `folder`, whether it is there or not.

    Raises `QueryError` for a name that cannot be one, `RepositoryError`.
    """
    from agreements.errors import QueryError
    from agreements.repository import open_repository

    if not _DRAFT_NAME.fullmatch(name):
        raise QueryError(f"{name!r} is no name for a draft.", hint="Write small letters, figures and hyphens.")
    return open_repository(as_path(folder)).root / _DRAFTS / f"{name}.yaml"


def open_interview(file: StrPath, *, family: str = "", form: str = "") -> "Interview":
    """Return the interview that keeps its answers in the parameter file `file`, going on where that is.

    `family` (and `form`) are those of a new one. Raises `NotFoundError` where there is no file and no family is named,
    for an unknown family or form, and `ParameterError` when the file holds something else.
    """
    from agreements.drafting import interview_file, load_parameters
    from agreements.errors import NotFoundError

    path = as_path(file)
    if not path.exists() and not family:
        raise NotFoundError(f"There is no draft {path.stem}.", hint="Begin it: name a family.")
    return interview_file.begin(family or load_parameters(path).family, path, form=form)


def save_interview(interview: "Interview", file: StrPath) -> Path:
    """Write the answers of `interview` to the parameter file `file`, whole, and return it.

    Raises `ClassifiedError` where an answer bears a marking in use, `AgreementsError` when it cannot be written.
    """
    from agreements.drafting import interview_file
    from agreements.errors import AgreementsError

    path = as_path(file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        interview_file.save(interview, path)
    except OSError as error:
        raise AgreementsError(f"{path} cannot be written: {error.strerror}.", hint="Check the folder.") from error
    return path


def read_draft(interview: "Interview", before: "Interview | None" = None) -> "DraftReading":
    """Return how the draft of an interview reads now, examples in place of what is not answered.

    What differs from the draft of `before` is marked in it.
    """
    from agreements.comparing.drafts import draft_reading

    return draft_reading(interview.answers.request, before.answers.request if before else None)


def assemble_file(
    parameters: StrPath,
    output: StrPath | None = None,
    *,
    original: "Original | Literal['both'] | None" = None,
    copies: "CopyOptions | None" = None,
    repository: Callable[[], Path] | None = None,
) -> "DraftReport":
    """Assemble the parameter file `parameters` and, when there is no error, write the Word file `output`.

    `original` says whose copy it is (the alternat). `both` writes both originals of an instrument that is signed,
    named after `output` (`draft-us.docx`, `draft-partner.docx`); None means both where `output` is a folder, else ours.
    An exchange of notes has no alternat and gives two files: our note, the draft of the reply beside it. `copies` says
    which copies are written; the one for signature is refused, with a finding, while something in the text is open.
    `repository` gives the folder of agreements, and is asked only where the draft cites or amends one of them.

    Raises `ParameterError` when the file cannot be used at all, `TemplateError` when a template is wrong; all problems
    of the parameters are findings of the report.
    """
    parameters = as_path(parameters)
    output = None if output is None else as_path(output)
    from agreements.export import drafts

    held = None if repository is None else _held(repository)
    report = drafts.assemble_file(parameters, output, original=original, copies=copies, held=held, read=_read)
    effects = report.draft.agreement.effects if report.draft.agreement else ()
    if repository is not None and effects:
        report = replace(report, findings=(*report.findings, *_changed_before(effects, repository())))
    return report


def _changed_before(effects: "Iterable[Effect]", folder: Path) -> "Iterator[Finding]":
    """Yield where an amendment acts on a provision that an instrument of the repository has changed already."""
    from agreements.errors import AgreementsError
    from agreements.findings import warning
    from agreements.lineage.ledger import ledger_of
    from agreements.repository import open_repository

    try:
        ledger = ledger_of(open_repository(folder))
    except AgreementsError:
        return  # no repository: nothing is known of what came between
    for effect in effects:
        for change in ledger.of(effect.agreement, effect.path) if effect.agreement else ():
            if change.action in _CHANGED:
                message = (
                    f"{effect.path or 'The agreement'} of {effect.agreement} was changed already: {change.words()}."
                )
                fix = "Write the change to the words as they stand now, and name the agreement as amended."
                yield warning("amended-before", effect.by, message, fix)


def write_draft(
    draft: "Draft", output: StrPath, options: "CopyOptions | None" = None, *, original: "Original" = "us"
) -> list[Path]:
    """Write an assembled `draft` to the Word file `output` (and the reply beside it); returns the files.

    The copy for signature has neither marking nor draft line; its numbers and references are typed text. A working
    copy has a name of its own (`draft-working.docx`). `original` says whose language is on the left where there are two
    columns. Raises `ValueError` for a draft with errors, `AgreementsError` when a file cannot be written.
    """
    output = as_path(output)
    from agreements.export import drafts

    return drafts.write_draft(draft, output, options, original=original, read=_read)


def update_draft(
    parameters: StrPath,
    edited: StrPath | Sequence[StrPath],
    output: StrPath,
    *,
    take: Sequence[str] = (),
    original: "Original | Literal['both'] | None" = None,
    copies: "CopyOptions | None" = None,
    repository: Callable[[], Path] | None = None,
) -> "UpdateReport":
    """Assemble the parameter file `parameters` anew, with what was edited in the Word file `edited` since carried over.

    `edited` is a draft of these parameters as they were, its record (`*.provenance.json`) beside it; an exchange of
    notes has two such files. Each provision is merged three ways: as it was assembled, as it was edited, as it is
    assembled now. Words that both changed stand in the draft twice, in brackets, and are told. `take` names values that
    were typed over in Word and are to be the values of the parameter file. The other arguments are as in
    `assemble_file`; `output` is never a file of `edited`.

    Raises `NotFoundError` without a record, `AgreementsError` where the edited file would be written over, and as
    `assemble_file` and `parse_file`.
    """
    from agreements import drafting
    from agreements.updating import update_draft as updated

    drafting.load_parameters(as_path(parameters))  # what is wrong with them is said before a long file is read
    several = [edited] if isinstance(edited, str | os.PathLike) else list(edited)
    paths = [as_path(file) for file in several]
    files, known = _edited(paths)
    return updated(
        as_path(parameters),
        files,
        known,
        as_path(output),
        take=take,
        original=original,
        copies=copies,
        held=None if repository is None else _held(repository),
        read=_read,
    )


def _edited(paths: "list[Path]") -> "tuple[dict[Path, ParsedFile], DraftProvenance]":
    """Return the edited files as they read, and the record of the draft that they are."""
    from agreements.drafting.provenance import find
    from agreements.intake.files import parse_file

    files = {path: parse_file(path) for path in paths}
    first = next(iter(files.values()))
    return files, find(first.agreement, first.marks, paths[0])


_CHANGED = ("amended", "replaced", "added", "deleted")


def _held(repository: Callable[[], Path]) -> "Callable[[str], Agreement]":
    from agreements.repository import open_repository

    return lambda identifier: open_repository(repository()).get(identifier)


def _read(file: Path) -> "Agreement":
    from agreements.intake.files import parse_file

    return parse_file(file).agreement


def explain(draft: StrPath, file: StrPath | None = None) -> "list[Explained]":
    """Return where each provision of a draft comes from; with a Word, PDF or text `file`, whether it still reads so.

    `draft` is a parameter file, a file of provenance, or a Word file of a draft, whose provenance is looked for
    beside it. Provisions of a Word file are matched by their hidden marks, of other files by their paths. Raises
    `ParameterError` when parameters do not assemble, `NotFoundError` when no provenance is found, and as `parse_file`.
    """
    draft = as_path(draft)
    file = None if file is None else as_path(file)
    from agreements.drafting.provenance import Explained, compared
    from agreements.intake.files import parse_file

    known, came_back = _known(draft, file)
    if came_back is None:
        return [Explained(origin, origin.path) for origin in known.origins]
    parsed = parse_file(came_back)
    return list(compared(known, parsed.agreement, parsed.marks))


def _known(draft: Path, file: Path | None) -> "tuple[DraftProvenance, Path | None]":
    """Return the provenance that `draft` names, and the file to hold against it."""
    from agreements import drafting
    from agreements.drafting.provenance import SUFFIX, find, provenance_of, read_provenance
    from agreements.errors import ParameterError
    from agreements.intake.files import parse_file

    if draft.suffix.lower() in _PARAMETERS:
        made = drafting.assemble(drafting.load_parameters(draft))
        if made.agreement is None:
            hint = f"`agreements draft check {draft}` says what is wrong."
            raise ParameterError(f"{draft} does not assemble.", hint=hint)
        return provenance_of(made), file
    if draft.name.endswith(SUFFIX):
        return read_provenance(draft), file
    marked = file or draft
    parsed = parse_file(draft)
    return find(parsed.agreement, parsed.marks, draft), marked
