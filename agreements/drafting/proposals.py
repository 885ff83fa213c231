"""Proposed variants: wordings that were not written by us, in a template folder but outside every draft until taken.

A proposal is a file `proposals/<family>/<clause>/<name>.md`: the front matter and body of a clause file, and besides
`declares`, the parameters that it needs. To take one moves it where drafts find it; to leave one is to delete its file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.display import shown_short
from agreements.drafting import strictyaml
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.loading import family as family_template
from agreements.drafting.starting import FILE_NAME, choosers, with_declarations
from agreements.errors import AgreementsError, NotFoundError, QueryError, unknown
from agreements.marking import entries, refuse
from agreements.platform import replace_file

FOLDER = "proposals"
_DECLARES = "declares"


@dataclass(frozen=True, slots=True)
class ProposedVariant:
    """A variant that a person may take: its front matter, the parameters that it `declares`, and its body."""

    family: str
    clause: str
    name: str
    front: Mapping[str, Any]
    declares: Mapping[str, Mapping[str, Any]]
    body: str

    @property
    def id(self) -> str:
        """How a person names it: `sofa/claims/as_valdoria_2001`."""
        return f"{self.family}/{self.clause}/{self.name}"

    def text(self) -> str:
        """Return the file of the proposal."""
        front = {name: value for name, value in self.front.items() if value}
        declared = {_DECLARES: {k: dict(v) for k, v in self.declares.items()}} if self.declares else {}
        return f"---\n{strictyaml.block({**front, **declared})}---\n{self.body}"


@dataclass(frozen=True, slots=True)
class WrittenProposals:
    """The files of proposals that were written, and those that stand there otherwise, which were left."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_proposals(proposals: tuple[ProposedVariant, ...], folder: Path) -> WrittenProposals:
    """Write `proposals` below the template folder `folder`; a file that a person changed is left as it is.

    Raises `AgreementsError` when a file cannot be written.
    """
    written, kept = [], []
    for proposal in proposals:
        file = folder / FOLDER / proposal.family / proposal.clause / f"{proposal.name}.md"
        text = proposal.text()
        if file.exists() and file.read_text(encoding="utf-8") != text:
            kept.append(file)
            continue
        _save(file, text)
        written.append(file)
    return WrittenProposals(tuple(written), tuple(kept))


@shown_short
@dataclass(frozen=True, slots=True)
class TakenVariant:
    """A proposal that was taken: its clause file, the files written, how a draft asks for it, what is to do."""

    file: Path
    asked_by: str
    to_do: str
    files: tuple[Path, ...] = field(default_factory=tuple)

    def as_json(self) -> dict[str, Any]:
        """Return the result for JSON."""
        files = [str(file) for file in self.files]
        return {"file": str(self.file), "files": files, "asked_by": self.asked_by, "to_do": self.to_do}


def take_proposal(folder: Path, wanted: str) -> TakenVariant:
    """Make the proposal `wanted` (`sofa/claims/NAME`) of the template folder `folder` a variant that drafts can use.

    What it declares goes into the folder's `family.yaml`, its proposal file goes. Raises `NotFoundError` that lists the
    proposals, `AgreementsError` where a variant of that name is there or a file cannot be written, `ClassifiedError`.
    """
    source = folder / FOLDER / f"{wanted}.md"
    known = proposed(folder)
    if wanted not in known:
        if not known:
            hint = "`agreements templates harvest --topic TOPIC --into FOLDER` writes them."
            raise NotFoundError(f"There are no proposals in {folder}.", hint=hint)
        raise unknown("proposal", wanted, known)
    family, clause, name = wanted.split("/")
    proposal = _read(source, family, clause, name)
    template = family_template(family)
    file = folder / family / "clauses" / clause / f"{name}.md"
    if file.exists() or name in template.clauses.variants(clause):
        raise AgreementsError(f"The clause {clause} has a variant {name} already.", hint="Rename the proposal's file.")
    chosen_by = choosers(template, clause)
    declared = _declared(proposal, template, chosen_by)
    families = folder / family / "family.yaml"
    families_text = with_declarations(families, declared) if declared else ""
    _save(file, f"---\n{strictyaml.block(dict(proposal.front))}---\n{proposal.body}")
    files = [file]
    if declared:
        _save(families, families_text)
        files.append(families)
    source.unlink()
    asked_by = f"parameters: {{{chosen_by[0]}: {name}}}" if chosen_by else f"variants: {{{clause}: {name}}}"
    return TakenVariant(file, asked_by, str(proposal.front.get("unfinished", "")), tuple(files))


def proposed(folder: Path) -> tuple[str, ...]:
    """Return the proposals in the template folder `folder`, as a person names them."""
    root = folder / FOLDER
    return tuple(path.relative_to(root).with_suffix("").as_posix() for path in sorted(root.glob("*/*/*.md")))


def _declared(proposal: ProposedVariant, template: FamilyTemplate, chosen_by: tuple[str, ...]) -> dict[str, Any]:
    """Return what `family.yaml` is to declare: parameters that matter with this variant alone, and the choice of it."""
    when = f'{chosen_by[0]} == "{proposal.name}"' if chosen_by else ""
    declared = {name: {**row, **({"when": when} if when else {})} for name, row in proposal.declares.items()}
    label = str(proposal.front.get("label", proposal.clause))
    return {**declared, **{chooser: {"choices": {proposal.name: label}} for chooser in chosen_by}}


def _read(file: Path, family: str, clause: str, name: str) -> ProposedVariant:
    if not FILE_NAME.fullmatch(name):
        raise QueryError(f"{name!r} cannot name a variant.", hint="Rename the file: small letters, digits and _.")
    text = file.read_text(encoding="utf-8")
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise AgreementsError(f"{file} is no proposal.", hint="It begins with front matter between two lines of ---.")
    refuse(list(entries(text, "its text", "field")), what=file.name, typed=True)
    try:
        front = strictyaml.mapping(parts[1], what=file.name)
    except ValueError as failure:
        raise AgreementsError(f"{file}: front matter, {failure}.", hint="Mend that line.") from failure
    declares = front.pop(_DECLARES, {})
    if not isinstance(declares, dict) or not all(isinstance(row, dict) for row in declares.values()):
        raise AgreementsError(f"{file}: `{_DECLARES}` is not a mapping of parameters.", hint="Mend that part.")
    return ProposedVariant(family, clause, name, front, declares, parts[2])


def _save(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode("utf-8"))
    except OSError as error:
        raise AgreementsError(f"{file} cannot be written: {error.strerror}.", hint="Name another folder.") from error
