"""Clauses as files: `clauses/<clause>/<variant>.md`, YAML front matter over a body in the text form with Jinja.

A family looks in its own folder first, then in `common`; its variant hides the common one of the same name.
Adding a variant is adding a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from agreements.drafting import strictyaml
from agreements.errors import TemplateError, unknown


class FrontMatter(BaseModel):
    """What a clause file says about itself, in neutral words.

    `topics` are ids of the taxonomy, `code` the code of the dossier (C1, J2), `effect` what the variant does for
    either side, `use` when it fits, `note` a drafting note, `parameters` the parameters it is built on, `terms`
    the terms it defines, `requires` the clauses that must stand in the same draft, `lead` the words that open it
    as a point of a note. `collects: definitions` marks the clause that lists the defined terms.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: str
    topics: tuple[str, ...] = ()
    code: str = ""
    effect: str = ""
    use: str = ""
    note: str = ""
    parameters: tuple[str, ...] = ()
    terms: Mapping[str, str] = {}
    requires: tuple[str, ...] = ()
    lead: str = ""
    collects: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
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


@dataclass(frozen=True, slots=True)
class ClauseStore:
    """The clauses that a family can use, in `folders` (the family's own, then the common ones)."""

    folders: tuple[Path, ...]

    def variants(self, clause: str) -> dict[str, Path]:
        """Return the variants of `clause` and their files; empty when there is no such clause."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= _variants(folder / "clauses" / clause)
        return found

    def clause_ids(self) -> list[str]:
        """Return the ids of all clauses."""
        return sorted({p.name for f in self.folders for p in (f / "clauses").glob("*") if p.is_dir()})

    def get(self, clause: str, variant: str) -> Clause:
        """Return the clause in that variant.

        Raises `NotFoundError` listing the known clauses or variants, `TemplateError` when the file is not one.
        """
        variants = self.variants(clause)
        if not variants:
            raise unknown("clause", clause, self.clause_ids())
        if variant not in variants:
            raise unknown(f"variant of the clause {clause!r}", variant, variants)
        return read_clause(variants[variant])

    def by_code(self, clause: str, code: str) -> str:
        """Return the variant of `clause` whose front matter has that `code`; empty when there is none."""
        paths = self.variants(clause).items()
        return next((variant for variant, path in paths if read_clause(path).front.code == code), "")


def _variants(folder: Path) -> dict[str, Path]:
    try:
        return _listed(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=1024)
def _listed(folder: Path, _stamp: int) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def read_clause(path: Path) -> Clause:
    """Return the clause in the file at `path`; raises `TemplateError` naming the file and what is wrong."""
    return _read_clause(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _read_clause(path: Path, _stamp: int) -> Clause:
    name = f"{path.parent.name}/{path.name}"
    source = path.read_text(encoding="utf-8")
    parts = source.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise TemplateError(f"{name}: a clause file begins with front matter between two lines of ---.")
    try:
        front = FrontMatter(**strictyaml.mapping(parts[1]))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(x) for x in first["loc"])
        raise TemplateError(f"{name}: front matter, {place}: {first['msg']}.") from error
    except ValueError as error:
        raise TemplateError(f"{name}: front matter, {error}.") from error
    before = parts[1].count("\n") + 2
    return Clause(path.parent.name, path.stem, path, front, parts[2], before + 1)
