"""Saved searches: keep a query with a note, run it again, see what is new since last time.

A saved search is a file of the repository (`saved/<name>.json`): the query, its options, and which provisions it
found when it was last run, known by reference and a hash of their words, so that no text is kept twice.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from dataclasses import replace as replaced
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.display import shown_short
from agreements.errors import AgreementsError, QueryError, RepositoryError, unknown
from agreements.marking import refuse, values
from agreements.platform import replace_file, safe_name

if TYPE_CHECKING:
    from agreements.repository import Repository
    from agreements.search import Hit, Results

RunQuery = Callable[..., "Results"]
"""Asks the repository: a query and the options of `library.search`."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,60}")
_MOST = 1000  # provisions that are remembered; a query with more hits is too wide to watch
_OPTIONS = ("family", "party", "topic", "since", "until", "status", "by", "bilateral", "multilateral", "specimens",
            "drafts")  # fmt: skip


@shown_short
@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with its options and a note.

    `saved` and `last_run` are moments (ISO 8601, UTC), `seen` is reference to hash of the words found there.
    """

    name: str
    query: str
    note: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    saved: str = ""
    last_run: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return all but what was seen, of which only the number."""
        row = asdict(self)
        return {**row, "options": dict(self.options), "seen": len(self.seen)}


@shown_short
@dataclass(frozen=True, slots=True)
class Rerun:
    """A saved search run again: all `results`, the hits that are `new` or whose words `changed`, what is `gone`."""

    search: SavedSearch
    results: "Results"
    new: tuple["Hit", ...]
    changed: tuple["Hit", ...]
    gone: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the search, the number of hits, and those that are new, changed and gone."""
        return {
            "search": self.search.as_json(),
            "total": self.results.total,
            "new": [asdict(hit) for hit in self.new],
            "changed": [asdict(hit) for hit in self.changed],
            "gone": list(self.gone),
        }


def save(
    repository: "Repository",
    ask: RunQuery,
    name: str,
    query: str,
    *,
    note: str,
    replace: bool,
    options: Mapping[str, Any],
) -> SavedSearch:
    """Keep `query` with its `options` as `name`; what `ask` finds today is not new next time.

    Raises `QueryError` for a name that is none or is taken (unless `replace`), and as `ask`.
    """
    _refuse_marked({"name": name, "query": query, "note": note, **options})
    if not _NAME.fullmatch(name):
        raise QueryError(f"{name!r} is no name for a search.", hint="Use lower-case letters, digits and hyphens.")
    if _place(repository, name).exists() and not replace:
        raise QueryError(f"There is a saved search {name!r} already.", hint="Choose another name, or delete that one.")
    given = {key: value for key, value in options.items() if value and key in _OPTIONS}
    kept: dict[str, Any] = {key: [*value] if isinstance(value, tuple) else value for key, value in given.items()}
    now = _now()
    results = ask(query, limit=_MOST, **kept)
    return _write(repository, SavedSearch(name, query, note, kept, now, now, _seen(results)))


def _refuse_marked(given: Mapping[str, Any]) -> None:
    """Raise `ClassifiedError` where anything in a saved search bears a marking in use; it quotes nothing."""
    refuse(list(values(given, "")), what="The saved search", typed=True)


def saved_searches(repository: "Repository") -> tuple[SavedSearch, ...]:
    """Return all saved searches by name; raises `RepositoryError` for one that is damaged."""
    place = repository.root / "saved"
    return tuple(load(path) for path in sorted(place.glob("*.json"))) if place.is_dir() else ()


def run(repository: "Repository", ask: RunQuery, name: str, *, keep: bool = False) -> Rerun:
    """Run a saved search again and say what is new since last time; `keep` leaves "last time" as it was.

    Raises `NotFoundError` that lists the known names, `RepositoryError` for a damaged one, and as `ask`.
    """
    before = load(_known(repository, name))
    options: dict[str, Any] = {key: value for key, value in before.options.items() if key in _OPTIONS}
    results = ask(before.query, limit=_MOST, **options)
    now = _seen(results)
    new = tuple(hit for hit in results.hits if hit.ref not in before.seen)
    changed = tuple(hit for hit in results.hits if before.seen.get(hit.ref, now[hit.ref]) != now[hit.ref])
    if not keep:
        try:
            _write(repository, SavedSearch(name, before.query, before.note, before.options, before.saved, _now(), now))
        except AgreementsError as problem:  # the answer is there all the same
            said = f"That it was run is not noted, so the same will be new next time. {problem}"
            results = replaced(results, notes=[*results.notes, said])
    return Rerun(before, results, new, changed, tuple(ref for ref in before.seen if ref not in now))


def forget(repository: "Repository", name: str) -> None:
    """Delete a saved search; raises `NotFoundError` that lists the known names."""
    _known(repository, name).unlink()


def _seen(results: "Results") -> dict[str, str]:
    return {hit.ref: sha256(hit.text.encode()).hexdigest()[:16] for hit in results.hits}


def _place(repository: "Repository", name: str) -> Path:
    return repository.root / "saved" / f"{safe_name(name)}.json"


def _known(repository: "Repository", name: str) -> Path:
    if not _NAME.fullmatch(name) or not _place(repository, name).is_file():
        raise unknown("saved search", name, [saved.name for saved in saved_searches(repository)] or ["none"])
    return _place(repository, name)


def load(path: Path) -> SavedSearch:
    """Return the saved search in the file at `path`; raises `RepositoryError` when it is damaged, `ClassifiedError`."""
    try:
        row = json.loads(path.read_bytes())
        _refuse_marked(row)
        return SavedSearch(**row)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise RepositoryError(
            f"The saved search {path} is damaged: {error}.", hint="Delete it and save it anew."
        ) from error


def _write(repository: "Repository", saved: SavedSearch) -> SavedSearch:
    path = _place(repository, saved.name)
    try:
        path.parent.mkdir(exist_ok=True)
        replace_file(path, json.dumps(asdict(saved), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
    except OSError as error:
        raise AgreementsError(
            f"{path} cannot be written: {error.strerror or error}.", hint="Check your rights."
        ) from error
    return saved


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
