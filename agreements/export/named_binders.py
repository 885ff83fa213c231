"""Binders that a person fills by hand: named, in an order of their own, with notes; kept in `binders/`."""

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from agreements.citation import cite
from agreements.display import shown_short
from agreements.errors import AgreementsError, ChangedMeanwhileError, NotFoundError, QueryError, RepositoryError
from agreements.export.binder import Binder, BinderEntry
from agreements.lineage.ledger import ledger_of
from agreements.marking import highest, refuse, values
from agreements.model import Agreement
from agreements.platform import replace_file
from agreements.reference import Reference, resolve
from agreements.repository import Repository
from agreements.search import Hit, Results
from agreements.search.as_of import told
from agreements.search.rows import hit_of
from agreements.search.units import unit_text, units_of

_FOLDER = "binders"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True)
class BinderItem:
    """A place in a binder: the reference of a provision, and a person's note on it."""

    ref: str
    note: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class NamedBinder:
    """A binder as it is kept: its name, its title for people, its items in their order.

    `state` tells one state of it from another: what was made from an older one is not written over a newer one.
    """

    name: str
    title: str
    items: tuple[BinderItem, ...] = ()
    state: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return all fields."""
        return asdict(self)


def named_binders(repository: Repository) -> tuple[NamedBinder, ...]:
    """Return all binders that are kept, by name; raises `RepositoryError` for one that is damaged."""
    return tuple(_load(path) for path in sorted((repository.root / _FOLDER).glob("*.json")))


def named_binder(repository: Repository, name: str) -> NamedBinder:
    """Return the binder `name`; raises `NotFoundError`, `RepositoryError` for one that is damaged."""
    path = _place(repository, name)
    if not path.is_file():
        raise NotFoundError(f"There is no binder {name}.", hint="Make it first.")
    return _load(path)


def keep_binder(repository: Repository, binder: NamedBinder) -> NamedBinder:
    """Keep `binder` and return it as it is kept; each reference must be of a provision that is held.

    Raises `QueryError` for a name that cannot be one, `ReferenceSyntaxError`, `NotFoundError` for a reference,
    `ClassifiedError` where a note bears a marking in use, and `ChangedMeanwhileError` where it is kept in another state
    than `binder.state`.
    """
    path = _place(repository, binder.name)
    refuse(list(values(asdict(binder), "")), what="The binder", typed=True)
    kept = _load(path) if path.is_file() else None
    if (kept.state if kept else "") != binder.state:
        raise ChangedMeanwhileError(
            f"The binder {binder.name} was changed meanwhile.", hint="Reload it, and change it again."
        )
    known = {item.ref for item in kept.items} if kept else set()
    for item in binder.items:
        if item.ref not in known:
            _provision(repository, item.ref)
    content = json.dumps(asdict(replace(binder, state="")), ensure_ascii=False, indent=1).encode() + b"\n"
    try:
        path.parent.mkdir(exist_ok=True)
        replace_file(path, content)
    except OSError as error:
        raise AgreementsError(f"{path} cannot be written: {error.strerror}.", hint="Check your rights.") from error
    return _load(path)


def binder_of(repository: Repository, named: NamedBinder, *, made: str = "") -> tuple[Binder, tuple[str, ...]]:
    """Return the binder as it is read and printed, and the references that lead nowhere now, which it leaves out."""
    entries: list[BinderEntry] = []
    gone: list[str] = []
    agreements: dict[str, Agreement] = {}
    for item in named.items:
        try:
            agreement, hit = _provision(repository, item.ref)
        except (NotFoundError, QueryError):
            gone.append(item.ref)
            continue
        agreements[agreement.id] = agreement
        asked = Reference.parse(item.ref)
        provision = resolve(agreement, asked.path, asked.language).provision
        entries.append(BinderEntry(len(entries) + 1, hit, provision, item.note))
    found = told(Results("", "", len(entries), 0.0, [entry.hit for entry in entries], {}), ledger_of(repository))
    entries = [replace(entry, hit=hit) for entry, hit in zip(entries, found.hits, strict=True)]
    notes = [f"Left out, as nothing is there any more: {', '.join(gone)}."] if gone else []
    others = sum(entry.hit.standing != "agreement" for entry in entries)
    if others:
        notes.append(f"Specimens, drafts and rejected texts are no precedents: {others} of these.")
    binder = Binder(
        query=named.title or named.name,
        read_as="",
        conditions=(),
        made=made or date.today().isoformat(),
        total=len(named.items),
        entries=entries,
        authorities={agreement.id: cite(agreement) for agreement in agreements.values()},
        notes=notes,
        marking=highest([agreement.marking for agreement in agreements.values()]),
    )
    return binder, tuple(gone)


def _provision(repository: Repository, ref: str) -> tuple[Agreement, Hit]:
    """Return the agreement of a reference, and the provision as a hit; raises `NotFoundError`, `QueryError`."""
    asked = Reference.parse(ref)
    if not asked.path:
        raise QueryError(f"{ref!r} names a whole agreement.", hint="Name a provision, such as nato-sofa-1951#VII.3")
    agreement = repository.get(asked.agreement)
    place = resolve(agreement, asked.path, asked.language)
    around = [unit for unit in units_of(agreement) if _holds(unit.ref, f"{agreement.id}#{place.path}")]
    if not around:
        raise QueryError(f"{ref} has no words of its own.", hint="Name the article or the paragraph.")
    hit = hit_of(max(around, key=lambda unit: len(unit.path)))
    citation = cite(agreement, asked.path, asked.language)
    text = unit_text(place.provision) or hit.text
    return agreement, replace(hit, ref=str(asked), path=place.path, citation=citation, text=text, snippet=text)


def _holds(outer: str, inner: str) -> bool:
    outer, inner = outer.partition("@")[0], inner.partition("@")[0]
    return inner == outer or inner.startswith(f"{outer}.")


def _place(repository: Repository, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise QueryError(f"{name!r} is no name for a binder.", hint="Write small letters, figures and hyphens.")
    return repository.root / _FOLDER / f"{name}.json"


def _load(path: Path) -> NamedBinder:
    try:
        content = path.read_bytes()
        row = json.loads(content)
        refuse(list(values(row, "")), what=path.name)
        items = tuple(BinderItem(str(item["ref"]), str(item["note"])) for item in row["items"])
        return NamedBinder(path.stem, str(row["title"]), items, sha256(content).hexdigest()[:16])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RepositoryError(f"The binder {path} is damaged: {error}.", hint="Mend or delete the file.") from error
