"""Verbs for clause templates: check a folder of them, list what there is, explain where a draft's words come from."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agreements.drafting.assembly import assemble
from agreements.drafting.clauses import ClauseStore
from agreements.drafting.lint import lint
from agreements.drafting.loading import families, family, template_folders
from agreements.drafting.request import load_parameters
from agreements.errors import ParameterError
from agreements.findings import Finding
from agreements.model import Agreement, Provision
from agreements.reference import places
from agreements.resources import shipped
from agreements.topics import core_of


@dataclass(frozen=True, slots=True)
class VariantRow:
    """One variant of one clause: `family` is `common` where all families share it; `file` is where it stands."""

    family: str
    clause: str
    variant: str
    code: str
    label: str
    effect: str
    core_topics: tuple[str, ...]
    file: str

    def as_json(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a provision of a draft comes from. `same` is False where a file has other words than the draft."""

    path: str
    id: str
    clause: str
    variant: str
    template_version: str
    parameters: tuple[str, ...]
    file: str
    same: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return asdict(self)


def lint_templates(folder: Path | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a template folder (default: the one in use).

    A folder other than the shipped one is checked as it lies over the shipped templates.
    Raises `TemplateError` when there is no such folder.
    """
    ships = shipped("templates")
    checked = folder.resolve() if folder else template_folders()[0]
    return lint(checked, over=() if checked == ships else (ships,))


def clause_variants(name: str | None = None) -> list[VariantRow]:
    """Return the variants that the family `name` (default: every family) can use, each file once.

    Raises `NotFoundError` listing the known families.
    """
    rows: dict[Path, VariantRow] = {}
    for known in (name,) if name else families():
        store = family(known).clauses
        for clause in store.clause_ids():
            for variant in store.variants(clause):
                found = store.get(clause, variant)
                front, owner = found.front, found.path.parents[2].name
                topics = tuple(sorted({core_of(topic) for topic in front.topics}))
                rows[found.path] = VariantRow(
                    owner, clause, variant, front.code, front.label, front.effect, topics, str(found.path)
                )
    return sorted(rows.values(), key=lambda row: (row.family, row.clause, row.variant))


def explain(parameters: Path, file: Path | None = None) -> list[Origin]:
    """Return where each provision of the draft of `parameters` comes from; with `file`, whether it still reads so.

    `file` is the draft as it came back (Word, PDF, text), compared provision by provision at the same path.
    Raises `ParameterError` when the parameters do not assemble, and as `parse_file` for `file`.
    """
    request = load_parameters(parameters)
    draft = assemble(request).agreement
    if draft is None:
        raise ParameterError(
            f"{parameters} does not assemble.", hint=f"`agreements draft check {parameters}` says what is wrong."
        )
    store = family(request.family).clauses
    returned = _words(file) if file else None
    return list(_origins(draft, store, returned))


def _origins(draft: Agreement, store: ClauseStore, returned: dict[str, str] | None) -> Iterator[Origin]:
    for place in places(draft):
        provision = place.provision
        made = provision.provenance
        if made is None or not (provision.text or provision.heading):
            continue
        path = store.variants(made.clause).get(made.variant)
        same = returned is None or returned.get(place.path) == _own(provision)
        yield Origin(
            place.path, provision.id or "", made.clause, made.variant, made.template_version, made.parameters,
            str(path) if path else "", same,
        )  # fmt: skip


def _words(file: Path) -> dict[str, str]:
    from agreements.library.reading import parse_file

    return {place.path: _own(place.provision) for place in places(parse_file(file).agreement)}


def _own(provision: Provision) -> str:
    return " ".join(x for x in (provision.heading, provision.text) if x).casefold()
