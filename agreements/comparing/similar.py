"""The same provision in other agreements, with the words that differ."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from agreements.comparing import DiffSegment
from agreements.comparing.tokens import tokens
from agreements.comparing.words import likeness, pieces_between, wordings
from agreements.display import shown_short
from agreements.errors import QueryError
from agreements.lineage.ledger import ledger_of
from agreements.reference import Reference
from agreements.repository import Repository, left_out
from agreements.search import Filters, Hit, Results, Searcher
from agreements.search.as_of import told
from agreements.search.searching import searching
from agreements.search.similar import similar as find_similar

_OF_A_PERSON = 1.0  # confidence of topics that the index holds
_FIRST_BY_SHARE = 0.7  # of the words of both in the same order: the wording is much the same, and the share orders it
_ORDER = (
    f"Percent: the words of both that stand in the same order. What has {_FIRST_BY_SHARE:.0%} and more comes first by "
    "it, the rest by how many of its rare words and topics it has."
)
_SMALL = ("paragraph", "subparagraph", "item", "text")


@dataclass(frozen=True, slots=True)
class Alike:
    """A provision like the one asked about.

    `likeness` is how many of the words of both they share in the same order, from 0 to 1; `pieces` lead from the text
    asked about to that of the hit; `wording` numbers the wordings, the same for those that are nearly the same.
    """

    hit: Hit
    likeness: float
    pieces: tuple[DiffSegment, ...]
    wording: int


@shown_short
@dataclass(frozen=True, slots=True)
class Similar:
    """The provisions like a text: `source` is its reference or `text`; `results` as those of a search."""

    source: str
    text: str
    results: Results
    alike: list[Alike] = field(default_factory=list)

    @property
    def hits(self) -> list[Hit]:
        """The hits alone, the most alike first."""
        return self.results.hits

    @property
    def order(self) -> str:
        """By what they are ordered, for the reader of their percentages; empty where there is nothing to order."""
        return _ORDER if len(self.alike) > 1 else ""

    def wordings(self) -> list[list[Alike]]:
        """Return the hits by wording, the most frequent first; what stands alone is an outlier."""
        groups: dict[int, list[Alike]] = {}
        for row in self.alike:
            groups.setdefault(row.wording, []).append(row)
        return sorted(groups.values(), key=lambda rows: -len(rows))

    def as_json(self) -> dict[str, Any]:
        """Return the shape of `search`, each hit with what differs, and the wordings."""
        out = self.results.as_json()
        for row, hit in zip(self.alike, out["hits"], strict=True):
            hit["likeness"] = round(row.likeness, 3)
            hit["wording"] = row.wording
            hit["words_deleted"] = _count(row.pieces, "deleted")
            hit["words_inserted"] = _count(row.pieces, "inserted")
            hit["differences"] = [[piece.kind, piece.text] for piece in row.pieces]
        groups = [[row.hit.ref for row in rows] for rows in self.wordings()]
        return {"source": self.source} | out | {"wordings": groups}


def similar(
    repository: Repository,
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
) -> Similar:
    """Return the provisions in `repository` most like that at `ref`, or like `text`.

    Those of the agreement of `ref` are left out. `by` is the size of the provisions compared with: that of the source
    unless said (several lines of `text` are an article). Raises `QueryError` when there is nothing to compare,
    `NotFoundError`, `ReferenceSyntaxError`, `RepositoryError`.
    """
    with searching(repository, engine, tell=tell) as searcher:
        source = _of_text(text) if text.strip() else _of_reference(repository, searcher, ref)
        own = (source.agreement,) if source.agreement else ()
        filters = Filters(family=tuple(family), party=tuple(party), without=own)
        results = find_similar(
            searcher,
            source.text,
            source.topics,
            filters,
            limit=limit,
            offset=offset,
            by=by or source.level,
        )
    ledger = ledger_of(repository)
    results = told(results, ledger).noting(left_out(ledger.unread))
    alike = _alike(source.text, results.hits)
    return Similar(ref or "text", source.text, replace(results, hits=[row.hit for row in alike]), alike)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is compared: its `topics` with their confidence, and the `agreement` that it stands in, if it does."""

    text: str
    topics: list[tuple[str, float]]
    level: str
    agreement: str = ""


def _of_text(text: str) -> _Source:
    from agreements.classifying import classify
    from agreements.model import Provision

    lines = [line.strip() for line in text.splitlines() if line.strip()]
    topics = classify(Provision(kind="text", text=" ".join(lines)))
    return _Source("\n".join(lines), topics, _level(small=len(lines) < 2))


def _of_reference(repository: Repository, searcher: Searcher, ref: str) -> _Source:
    """Return the provision at `ref`: as the index has it where it has that very one, else from the files."""
    named = Reference.parse(ref)
    if not named.path:
        raise QueryError(
            f"{ref!r} names a whole agreement.", hint=f"Name a provision, such as {named.agreement}#VII; or: compare."
        )
    held = searcher.units_of(named.agreement)
    path = f"{named.path}@{named.language}" if named.language else named.path
    if (unit := held.get(path)) and unit.kind and not searcher.behind:
        text, kind = unit.text, unit.kind
    else:
        from agreements.reference import resolve
        from agreements.search.units import unit_text

        place = resolve(repository.get(named.agreement), named.path, named.language)
        text, kind, path = unit_text(place.provision), place.provision.kind, place.path
    if not text:
        raise QueryError(f"{ref} has no words to compare.")
    topics = held[path].topics if path in held else _topics(repository, named.agreement, path)
    about = [(topic, _OF_A_PERSON) for topic in topics]
    return _Source(text, about, _level(small=kind in _SMALL), named.agreement)


def _topics(repository: Repository, agreement: str, path: str) -> Sequence[str]:
    """Return the topics of a provision that the index does not have by itself."""
    from agreements.classifying import topics_at, topics_by_path

    return topics_at(topics_by_path(repository.get(agreement)), path)


def _level(*, small: bool) -> str:
    return "paragraph" if small else "article"


def _alike(text: str, hits: Sequence[Hit]) -> list[Alike]:
    """Return the hits with what differs from `text`: first what has much of its words in their order, by that share.

    The rest stays as the index ranks it, by rare words and topics: whether another wording is of the same rule, the
    share does not tell (nDCG@10 0.61 by it alone, 0.92 so; docs/search-quality.md). A hit has the wording of the first
    that is nearly the same.
    """
    own = tokens(text)
    rows = [(likeness(own, words), hit, words) for hit in hits for words in (tokens(hit.text),)]
    rows.sort(key=lambda row: row[0] if row[0] >= _FIRST_BY_SHARE else 0.0, reverse=True)
    return [
        Alike(hit, share, pieces_between(own, words), wording)
        for (share, hit, words), wording in zip(rows, wordings([said for _, _, said in rows]), strict=True)
    ]


def _count(pieces: Sequence[DiffSegment], kind: str) -> int:
    return sum(piece.words for piece in pieces if piece.kind == kind)
