"""The verb `start_variant`: begin a variant of a clause, in a folder of one's own, from a precedent."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.citation import cite
from agreements.classifying import classify
from agreements.drafting import strictyaml
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.loading import family as family_template
from agreements.drafting.parameters import form_entries
from agreements.drafting.starting import Replaced, Started, started
from agreements.errors import AgreementsError, QueryError
from agreements.library.repositories import open_repository
from agreements.platform import replace_file
from agreements.reference import Reference, resolve

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"\{#([\w.]+)\}")


@dataclass(slots=True)
class StartedVariant:
    """What was begun: the clause file, what stands in place of which words, and what a person has still to do."""

    file: Path
    reference: str
    citation: str
    replaced: tuple[Replaced, ...]
    to_do: tuple[str, ...]
    files: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the result for JSON."""
        return {
            "file": str(self.file),
            "files": [str(file) for file in self.files],
            "reference": self.reference,
            "citation": self.citation,
            "replaced": [{"words": r.words, "by": r.by, "parameter": r.parameter} for r in self.replaced],
            "to_do": list(self.to_do),
        }


def start_variant(
    folder: Path, reference: str, output: Path, *, family: str, clause: str, variant: str, sending: str = ""
) -> StartedVariant:
    """Begin `variant` of `clause` of `family` in the template folder `output` from `reference` in the repository.

    The clause file carries the words of the precedent with parameters in place of its parties and numbers, and is
    marked as unfinished; new parameters and the new choice are declared in the folder's `family.yaml`. `sending` is
    the party that takes the part of the sending State. Raises `NotFoundError` for what is not there, `QueryError`
    for a name that cannot be one, `AgreementsError` when the file exists or cannot be written.
    """
    template, asked = family_template(family), _asked(reference, clause, variant)
    agreement = open_repository(folder).get(asked.agreement)
    place = resolve(agreement, asked.path, asked.language)
    made = started(agreement, place, clause, sending=sending)
    file = output / family / "clauses" / clause / f"{variant}.md"
    if file.exists():
        raise AgreementsError(f"{file} exists already.", hint="Name another variant, or remove the file.")
    to_do = tuple(_to_do(made, template, clause))
    topics = [name for name, _ in classify(place.provision, place.provision.heading or "", family)][:3]
    head = {
        "label": place.provision.heading or clause.replace("_", " ").capitalize(),
        "topics": topics,
        "precedents": [str(asked)],
        "parameters": [row.parameter for row in made.replaced if row.parameter],
        "unfinished": " ".join(to_do),
    }
    declared = _declarations(made, template, clause, variant, str(head["label"]))
    result = StartedVariant(file, str(asked), cite(agreement, asked.path, asked.language), made.replaced, to_do)
    families = output / family / "family.yaml"
    with_declarations = _declared(families, declared)  # refused before anything is written
    text = f"---\n{strictyaml.block({k: v for k, v in head.items() if v})}---\n{made.body}"
    _write(file, text, result)
    if declared:
        _write(families, with_declarations, result)
    return result


def _asked(reference: str, *names: str) -> Reference:
    """Return the reference to a provision; refuses a whole agreement, and names that cannot be those of files."""
    for name in names:
        if not _NAME.fullmatch(name):
            raise QueryError(f"{name!r} cannot name a file of a clause.", hint="Use small letters, digits and _.")
    asked = Reference.parse(reference)
    if not asked.path:
        raise QueryError(f"{reference} names a whole agreement.", hint=f"Name a provision, for example {reference}#II.")
    return asked


def _to_do(made: Started, template: FamilyTemplate, clause: str) -> list[str]:
    """Return what a person has to do before the variant can stand in drafts."""
    out = ["Write it in words of your own, and say its effect, when to use it and how it differs."]
    if made.references:
        out.append(f"Replace its references by ref(): {', '.join(made.references)}.")
    ids = {
        found
        for path in template.clauses.variants(clause).values()
        for found in _ID.findall(path.read_text(encoding="utf-8"))
    }
    if ids:
        out.append(f"Name its provisions as the other variants do: {', '.join(sorted(ids))}.")
    return out


def _declarations(made: Started, template: FamilyTemplate, clause: str, variant: str, label: str) -> dict[str, Any]:
    """Return the new parameters, and the variant as a choice of the parameter that chooses the clause."""
    declared: dict[str, Any] = {row.parameter: dict(row.declaration) for row in made.replaced if row.parameter}
    for form in template.forms:
        for entry in form_entries(template, form):
            chooser = entry.choose.get("parameter", "")
            if entry.clause == clause and chooser in template.parameters and template.parameters[chooser].choices:
                declared[chooser] = {"choices": {variant: label}}
    return declared


def _declared(file: Path, declared: dict[str, Any]) -> str:
    """Return the text of `file` with the declarations in it; it keeps what it has, its comments too."""
    block = strictyaml.block(declared)
    indented = "".join(f"  {line}\n" for line in block.splitlines())
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    known = (strictyaml.load(text) or {}).get("parameters", {}) if text else {}
    if clash := sorted(known.keys() & declared.keys()):
        hint = f"Add this there by hand:\n{indented}"
        raise AgreementsError(f"{file} declares {', '.join(clash)} already; it was left as it is.", hint=hint)
    head = re.compile(r"^parameters:[ \t]*\n", re.MULTILINE)
    if head.search(text):
        return head.sub(lambda found: found.group() + indented, text, count=1)
    return f"{text.rstrip()}\n\nparameters:\n{indented}".lstrip()


def _write(file: Path, text: str, result: StartedVariant) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode("utf-8"))
    except OSError as error:
        raise AgreementsError(f"{file} cannot be written: {error.strerror}.", hint="Name another folder.") from error
    result.files.append(file)
