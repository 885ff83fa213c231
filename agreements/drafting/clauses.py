"""Clauses as files: `clauses/<clause>/<variant>.md`, YAML front matter over a body in the text form with Jinja.

A family looks in its own folder first, then in `common`; its variant hides the common one of the same name.
Adding a variant is adding a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from agreements.drafting import strictyaml
from agreements.errors import ReferenceSyntaxError, TemplateError, TextFormError, unknown
from agreements.marking import entries, refuse
from agreements.model import Provision
from agreements.reference import Reference
from agreements.textform import parse_document

VariantDifference = Literal["right", "duty", "period", "actor", "exception", "form"]


class Need(BaseModel):
    """A condition on the parameters without which a variant cannot stand, and what is said when it does not hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    test: str
    message: str


class FrontMatter(BaseModel):
    """What a clause file says about itself, in neutral words.

    `topics` are ids of the taxonomy, `code` the code of the dossier (C1, J2), `effect` what the variant does for
    either side, `use` when it fits, `note` a drafting note, `differs` which right, duty, period, actor or exception
    sets it apart from the other variants of its clause (`form` where only the form does), `precedents` references
    to provisions that are instances of it, `parameters` the parameters it is built on, `terms` the terms it
    defines, `lead` the words that open it as a point of a note, `single` why it may be an article of one paragraph.
    `collects: definitions` marks the clause that lists the defined terms. `taken_from` says whose words it has where
    they were not written by us: those of agreements that a department holds.

    `requires` and `excludes` name clauses (`waiver_recall`) or variants (`claims/waiver`) that must, or must not,
    stand in the same draft; `needs` are conditions on parameters. `unfinished` says what a person has still to do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    topics: tuple[str, ...] = ()
    code: str = ""
    effect: str = ""
    use: str = ""
    note: str = ""
    differs: Mapping[VariantDifference, str] = {}
    precedents: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    terms: Mapping[str, str] = {}
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    lead: str = ""
    single: str = ""
    collects: str = ""
    unfinished: str = ""
    taken_from: str = ""

    @field_validator("precedents")
    @classmethod
    def _references(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for precedent in given:
            try:
                Reference.parse(precedent)
            except ReferenceSyntaxError as failure:
                raise ValueError(f"{precedent!r} is not a reference such as nato-sofa-1951#VII.3") from failure
        return given


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One variant of one clause: what it says about itself, its body, and where the body begins in the file."""

    id: str
    variant: str
    path: Path
    front: FrontMatter
    body: str
    first_line: int

    @property
    def where(self) -> str:
        """Clause, variant and file, for messages."""
        return f"clause {self.id}, variant {self.variant} ({self.path.parent.parent.parent.name}/{self.path.name})"

    @property
    def source(self) -> str:
        """The body below as many blank lines as the front matter has: its lines are those of the file."""
        return "\n" * (self.first_line - 1) + self.body

    def line_of(self, key: str) -> int:
        """Return the line of the file on which the front matter has `key`; 1 when it has not."""
        lines = self.path.read_text(encoding="utf-8").splitlines()[: self.first_line - 1]
        return next((n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), 1)


@dataclass(frozen=True)
class ClauseStore:
    """The clauses that a family can use, in `folders` (the family's own, then the common ones), as of its making."""

    folders: tuple[Path, ...]

    @cached_property
    def _files(self) -> dict[str, dict[str, Path]]:
        found: dict[str, dict[str, Path]] = {}
        for folder in reversed(self.folders):
            for path in sorted((folder / "clauses").glob("*/*.md")):
                found.setdefault(path.parent.name, {})[path.stem] = path
        return found

    @cached_property
    def _read(self) -> dict[Path, ClauseText]:
        return {}

    def variants(self, clause: str) -> dict[str, Path]:
        """Return the variants of `clause` and their files; empty when there is no such clause."""
        return self._files.get(clause, {})

    def clause_ids(self) -> list[str]:
        """Return the ids of all clauses."""
        return sorted(self._files)

    def get(self, clause: str, variant: str) -> ClauseText:
        """Return the clause in that variant.

        Raises `NotFoundError` listing the known clauses or variants, `TemplateError` when the file is not one.
        """
        variants = self.variants(clause)
        if not variants:
            raise unknown("clause", clause, self.clause_ids())
        if variant not in variants:
            raise unknown(f"variant of the clause {clause!r}", variant, variants)
        path = variants[variant]
        if path not in self._read:
            self._read[path] = read_clause(path)
        return self._read[path]

    def by_code(self, clause: str, code: str) -> str:
        """Return the variant of `clause` whose front matter has that `code`; empty when there is none."""
        return next((v for v in self.variants(clause) if self.get(clause, v).front.code == code), "")


def read_clause(path: Path) -> ClauseText:
    """Return the clause in the file at `path`; raises `TemplateError` naming the file and what is wrong."""
    return _read_clause(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _read_clause(path: Path, _stamp: int) -> ClauseText:
    name = f"{path.parent.name}/{path.name}"
    source = path.read_text(encoding="utf-8")
    parts = source.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise TemplateError(f"{name}: a clause file begins with front matter between two lines of ---.")
    try:
        refuse(list(entries(parts[2], "its text", "field")), what=name, typed=True)
        front = FrontMatter(**strictyaml.mapping(parts[1], what=name))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise TemplateError(f"{name}: front matter, {place}: {first['msg'].removeprefix('Value error, ')}.") from error
    except ValueError as error:
        raise TemplateError(f"{name}: front matter, {error}.") from error
    before = parts[1].count("\n") + 2
    return ClauseText(path.parent.name, path.stem, path, front, parts[2], before + 1)


def parsed_clause(clause: ClauseText, text: str) -> tuple[Provision, ...]:
    """Return the provisions that a rendered clause writes; raises `TemplateError` when it is not in the text form."""
    try:
        return parse_document(text).provisions
    except TextFormError as failure:
        raise TemplateError(f"{clause.where}, as rendered: {failure}", hint=failure.hint) from failure
