"""Verbs that find: clauses by words, by likeness and by variant; a text to show or to cite; saved searches."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from pathlib import Path

    from agreements.citation import Style
    from agreements.comparing.similar import Similar
    from agreements.export.binder import Binder
    from agreements.export.named_binders import NamedBinder
    from agreements.lineage.shown import Shown
    from agreements.search import HitPage, Results
    from agreements.search.engine import Sort
    from agreements.search.saved import Rerun, SavedSearch
    from agreements.survey.accepted import VariantTable


def search(
    folder: StrPath,
    query: str,
    *,
    family: Sequence[str] = (),
    party: Sequence[str] = (),
    topic: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    status: Sequence[str] = (),
    by: Literal["paragraph", "article"] = "paragraph",
    bilateral: bool = False,
    multilateral: bool = False,
    specimens: bool = False,
    drafts: bool = False,
    limit: int = 10,
    offset: int = 0,
    sort: "Sort" = "relevance",
    as_of: str | None = None,
    style: "Style" = "formal",
    mode: Literal["lexical", "hybrid"] = "lexical",
    take_off: Sequence[str] = (),
    engine: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> "Results":
    """Return the provisions of the repository in `folder` that answer `query` (Lucene syntax or plain words).

    Plain words are understood first (`Results.understanding`): a reference or citation brings its provision first,
    names of States, families, agreements and years bring first what agrees with them. `take_off` are ids of those
    (`party:DEU`) that are not to be read so, `all` for none.

    From `family` to `drafts`: see `search.Filters`. `as_of` (a date) gives the text as it stood then, of agreements
    signed by then to which the parties then belonged; `style` is that of the citations; `mode` hybrid also finds what
    is near in meaning. What is missing of the index, or was never read for meaning, is made first: `tell` gets a line
    then. Raises `RepositoryError` when there is no repository, `QueryError` for an impossible option, `NotFoundError`
    for an unknown engine or a missing encoder; query text itself is never refused.
    """
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.search import DEFAULT, Filters
    from agreements.search.answering import answer

    filters = Filters(
        family=tuple(family),
        party=tuple(party),
        topic=tuple(topic),
        since=since or "",
        until=until or "",
        status=tuple(status),
        bilateral=None if bilateral == multilateral else bilateral,
        specimens=specimens,
        drafts=drafts,
    )
    how: dict[str, Any] = {"by": by, "limit": limit, "offset": offset, "sort": sort, "as_of": as_of or ""}
    how |= {"style": style, "mode": mode, "engine": engine or DEFAULT, "off": tuple(take_off), "tell": tell}
    return answer(open_repository(folder), query, filters, **how)


def search_page(
    folder: StrPath, /, query: str, *, size: int = 10, offset: int = 0, every: bool = False, **options: Any
) -> "tuple[Results, HitPage]":
    """Return what answers `query`, and a page of it as people read one: a line for each article, its best hit first.

    The page has `size` lines from line `offset` on, at most three of one agreement unless `every`; what else of an
    article answers is folded into its line. `options` are those of `search`, which see, but for `limit`.
    """
    from agreements.search import filled_page

    def ask(limit: int) -> "Results":
        return search(folder, query, limit=limit, **options)

    return filled_page(ask, size=size, offset=offset, every=every)


def similar(
    folder: StrPath,
    ref: str = "",
    *,
    text: str = "",
    by: Literal["paragraph", "article"] | None = None,
    family: Sequence[str] = (),
    party: Sequence[str] = (),
    limit: int = 10,
    offset: int = 0,
    engine: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> "Similar":
    """Return the provisions in the repository in `folder` most like that at `ref`, or like `text`.

    Those of the agreement of `ref` are left out. `by` is the size of the provisions compared with: that of the source
    unless said (several lines of `text` are an article). Raises `QueryError` when there is nothing to compare,
    `NotFoundError`, `ReferenceSyntaxError`, `RepositoryError`, `ClassifiedError` where `text` bears a marking.
    """
    folder = as_path(folder)
    from agreements.comparing.similar import similar
    from agreements.repository import one_question

    if text:
        from agreements.marking import entries, refuse

        refuse(list(entries(text, "the text", "field")), what="The text", typed=True)
    how: dict[str, Any] = {"text": text, "by": by, "family": family, "party": party}
    how |= {"limit": limit, "offset": offset, "engine": engine, "tell": tell}
    with one_question(folder) as repository:
        return similar(repository, ref, **how)


def write_wordings(folder: StrPath, found: "Similar", output: StrPath) -> "Path":
    """Write what `similar` found to the Word file `output`: side by side, the oldest first, with what differs.

    Raises `AgreementsError` when nothing was found or the file cannot be written, `RepositoryError`.
    """
    from agreements.export.wordings import write_wordings
    from agreements.marking import highest
    from agreements.repository import open_repository

    repository = open_repository(as_path(folder))
    held = dict.fromkeys(hit.agreement for hit in found.hits)
    marking = highest([repository.get(each).marking for each in held])
    return write_wordings(found, as_path(output), marking=marking)


def accepted_variants(
    folder: StrPath,
    kind: str,
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    specimens: bool = False,
    tell: Callable[[str], None] | None = None,
) -> "VariantTable":
    """Return the agreements in `folder` whose text is held, by their variant of `kind`.

    Nothing is guessed: an agreement with a clause that does not settle it, or with clauses that differ, is unsure.
    Raises `NotFoundError` for an unknown kind or family, `RepositoryError`.
    """
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.survey.accepted import accepted_variants

    how: dict[str, Any] = {"families": families, "parties": parties, "specimens": specimens, "tell": tell}
    return accepted_variants(open_repository(folder), kind, **how)


def variant_kinds(name: str = "") -> dict[str, str]:
    """Return the kinds of variant by id with their labels: all, or those that `name` means, a kind or a topic.

    Raises `NotFoundError` that lists the known kinds.
    """
    from agreements.registry import VARIANTS
    from agreements.survey.accepted import kinds_for

    return {kind: VARIANTS.label(kind) for kind in (kinds_for(name) if name else VARIANTS)}


def get(folder: StrPath, reference: str, *, as_of: str = "", style: "Style" = "formal") -> "Shown":
    """Return what `reference` (`nato-sofa-1951#VII.3`) means in the repository in `folder`.

    `as_of` (a date that may stop at year or month) gives the text as it stood then, `style` is that of the citation.
    Raises `ReferenceSyntaxError`, `NotFoundError` naming what is near or what deleted it, `QueryError` for a date
    that is none, or `RepositoryError`.
    """
    folder = as_path(folder)
    from agreements.lineage.shown import show
    from agreements.reference import Reference
    from agreements.repository import open_repository

    Reference.parse(reference)  # what is no reference is said first
    return show(open_repository(folder), reference, as_of=as_of, style=style)


def cite(folder: StrPath, reference: str, *, style: "Style" = "formal") -> str:
    """Return the citation of `reference` in `style` (formal, bluebook, plain); raises as `get`."""
    folder = as_path(folder)
    from agreements.citation import cite
    from agreements.reference import Reference
    from agreements.repository import open_repository

    asked = Reference.parse(reference)
    return cite(open_repository(folder).get(asked.agreement), asked.path, asked.language, style=style)


def write_hits(
    folder: StrPath,
    results: "Results",
    target: StrPath,
    *,
    conditions: Sequence[str] = (),
    as_of: str = "",
    made: str = "",
) -> int:
    """Write what a search of the repository in `folder` found to `target`: CSV, or a binder (Excel, Word), by suffix.

    `conditions` are the filters in words and `as_of` the day of the text, for the cover; `made` is the day on it
    (default: today). A binder holds precedents only, whatever was searched. Returns how many provisions were written.
    Raises `NotFoundError` for another suffix, `AgreementsError` when there is nothing to bind or to write to.
    """
    folder = as_path(folder)
    target = as_path(target)
    from agreements.export.hits import write_hits
    from agreements.repository import open_repository

    return write_hits(open_repository(folder), results, target, conditions=conditions, as_of=as_of, made=made)


def make_binder(
    folder: StrPath, results: "Results", *, conditions: Sequence[str] = (), as_of: str = "", made: str = ""
) -> "Binder":
    """Return the precedent binder of what a search of the repository in `folder` found; see `write_hits`.

    Specimens, drafts and rejected texts are left out with a note. Raises `AgreementsError` when nothing is left.
    """
    folder = as_path(folder)
    from agreements.export.hits import make_binder
    from agreements.repository import open_repository

    return make_binder(open_repository(folder), results, conditions=conditions, as_of=as_of, made=made)


def named_binders(folder: StrPath) -> "tuple[NamedBinder, ...]":
    """Return the binders that people filled by hand, by name; raises `RepositoryError` for one that is damaged."""
    from agreements.export.named_binders import named_binders
    from agreements.repository import open_repository

    return named_binders(open_repository(as_path(folder)))


def named_binder(folder: StrPath, name: str) -> "NamedBinder":
    """Return the binder `name`; raises `NotFoundError`, `RepositoryError` for one that is damaged."""
    from agreements.export.named_binders import named_binder
    from agreements.repository import open_repository

    return named_binder(open_repository(as_path(folder)), name)


def keep_binder(
    folder: StrPath, name: str, items: "Sequence[tuple[str, str]]", *, title: str = "", state: str = ""
) -> "NamedBinder":
    """Keep the binder `name`: `items` are pairs of a reference and a note, in the order that is wanted.

    `state` is that of the binder which was changed (empty: a new one). Raises `QueryError` for a name or reference that
    cannot be one, `NotFoundError`, `ReferenceSyntaxError`, `ClassifiedError` where a note bears a marking in use,
    `ChangedMeanwhileError` where somebody else changed it, `RepositoryError`.
    """
    from agreements.export.named_binders import BinderItem, NamedBinder, keep_binder
    from agreements.repository import open_repository

    binder = NamedBinder(name, title, tuple(BinderItem(ref, note) for ref, note in items), state)
    return keep_binder(open_repository(as_path(folder)), binder)


def read_binder(folder: StrPath, name: str, *, made: str = "") -> "Binder":
    """Return the binder `name` with its provisions; what leads nowhere any more is named in its notes.

    `made` is the day on its cover (default: today). Raises as `named_binder`.
    """
    from agreements.export.named_binders import binder_of, named_binder
    from agreements.repository import open_repository

    repository = open_repository(as_path(folder))
    return binder_of(repository, named_binder(repository, name), made=made)[0]


def write_binder(folder: StrPath, name: str, target: StrPath, *, made: str = "") -> int:
    """Write the binder `name` to `target`, Word or Excel by its suffix; return how many provisions it holds.

    Raises `NotFoundError` for another suffix, `AgreementsError` where it is empty or cannot be written.
    """
    from agreements.errors import AgreementsError
    from agreements.export.binder import write_binder

    binder = read_binder(folder, name, made=made)
    if not binder.entries:
        raise AgreementsError(f"The binder {name} is empty.", hint="Put a provision into it first.")
    write_binder(binder, as_path(target))
    return len(binder.entries)


def save_search(
    folder: StrPath, /, name: str, query: str, *, note: str = "", replace: bool = False, **options: Any
) -> "SavedSearch":
    """Keep `query` with the `options` of `search` as `name`; what it finds today is not new next time.

    Raises `QueryError` for a name that is none or is taken (unless `replace`), and as `search`.
    """
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.search.saved import save

    ask = partial(search, folder)
    return save(open_repository(folder), ask, name, query, note=note, replace=replace, options=options)


def saved_searches(folder: StrPath) -> "tuple[SavedSearch, ...]":
    """Return all saved searches by name; raises `RepositoryError` for one that is damaged."""
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.search.saved import saved_searches

    return saved_searches(open_repository(folder))


def run_saved(folder: StrPath, name: str, *, keep: bool = False, tell: Callable[[str], None] | None = None) -> "Rerun":
    """Run a saved search again and say what is new since last time; `keep` leaves "last time" as it was.

    Raises `NotFoundError` that lists the known names, `RepositoryError` for a damaged one, and as `search`.
    """
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.search.saved import run

    return run(open_repository(folder), partial(search, folder, tell=tell), name, keep=keep)


def forget_saved(folder: StrPath, name: str) -> None:
    """Delete a saved search; raises `NotFoundError` that lists the known names."""
    folder = as_path(folder)
    from agreements.repository import open_repository
    from agreements.search.saved import forget

    forget(open_repository(folder), name)
