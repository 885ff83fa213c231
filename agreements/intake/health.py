"""The health of a repository, what a person should look at first coming first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from agreements.display import shown_short
from agreements.errors import AgreementsError, NotFoundError, RepositoryError
from agreements.findings import Finding, error, info, warning
from agreements.lineage import citations
from agreements.lineage.names import NameIndex
from agreements.platform import safe_name
from agreements.repository import Damage, Derived, Facts, LookedAtAgreement, Repository, format_watch, one_by_one
from agreements.repository.layout import NEW_FILE, SOURCES
from agreements.search import fresh, saved

if TYPE_CHECKING:
    pass

HealthProgress = Callable[[int, int, str], None]
_SEVERITIES = ("error", "warning", "info")
# Within a severity: first what may be lost or wrong as a whole, then what waits for a decision, then the text.
_FIRST = (
    *("damaged", "damaged-negotiation", "source-changed", "source-missing", "purge-unfinished", "stranger"),
    *("purged-held", "text-missing", "conflict-mark", "orphan", "text-changed", "conflict-copy", "odd-name"),
    *("left-over", "marker-missing", "index-damaged", "cache-left", "permissions"),
    *("hand-edited", "new-reading", "may-be-same", "may-fill", "facts-differ"),
    *("no-structure", "empty-article", "numbering", "reference-dangling"),
    *("dates", "tias-date", "no-parties", "party-unknown", "no-title", "no-language", "no-source", "index-stale"),
)
_OF_TWO = ("may-be-same", "may-fill")  # codes of findings on two agreements, of which one may be gone
_ORDER = {code: place for place, code in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True)
class Concern:
    """A finding and the agreement that it is about (empty for the repository itself)."""

    agreement: str
    finding: Finding

    @property
    def rank(self) -> tuple[int, int, str]:
        """Return what concerns are sorted by: severity, kind, agreement."""
        return _SEVERITIES.index(self.finding.severity), _ORDER.get(self.finding.code, len(_ORDER)), self.agreement


@shown_short
@dataclass(frozen=True, slots=True)
class Health:
    """What the doctor found: how many agreements were looked at, how many with text, all concerns in order."""

    looked_at: int
    with_text: int
    concerns: tuple[Concern, ...]
    mended: tuple[str, ...] | None = None
    """What a repair did, and what it could not; None where none was asked for."""
    read_at: str = ""
    """When the files were read (UTC): before this was asked where a desk found that none had moved since."""

    @property
    def is_well(self) -> bool:
        """Whether nothing of severity error was found."""
        return all(concern.finding.severity != "error" for concern in self.concerns)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many concerns there are by severity and code."""
        found: dict[str, Counter[str]] = {severity: Counter() for severity in _SEVERITIES}
        for concern in self.concerns:
            found[concern.finding.severity][concern.finding.code] += 1
        return {severity: dict(counter.most_common()) for severity, counter in found.items()}

    def as_json(self) -> dict[str, Any]:
        """Return `{agreements, with_text, read_at, counts, findings}`; each finding names its `agreement`."""
        row = {
            "agreements": self.looked_at,
            "with_text": self.with_text,
            "read_at": self.read_at,
            "counts": self.counts(),
            "findings": [{"agreement": c.agreement, **c.finding.as_json()} for c in self.concerns],
        }
        return row if self.mended is None else row | {"mended": list(self.mended)}


def examine(
    repository: Repository,
    ids: Sequence[str] = (),
    *,
    others: Iterable[Finding] = (),
    progress: HealthProgress | None = None,
) -> Health:
    """Run the quality gates over `repository`, or over the agreements `ids` of it. Changes nothing.

    `others` are findings on what else the repository keeps. Raises `NotFoundError` for an unknown id.
    """
    read_at = datetime.now(UTC).isoformat(timespec="seconds")
    for agreement_id in ids:
        repository.folder(agreement_id)
    looked: dict[str, LookedAtAgreement] = {}

    def look(agreement_id: str) -> LookedAtAgreement:
        looked[agreement_id] = repository.look_at(agreement_id)
        if progress:
            progress(len(looked), len(every), agreement_id)
        return looked[agreement_id]

    every = ids or repository.ids()
    damages = [] if ids else list(_of_index(repository))
    damages += repository.damages(ids or None, look)
    concerns = [] if ids else list(_of_repository(repository, looked))
    concerns += (Concern(damage.agreement, damage.finding) for damage in damages)
    concerns += (Concern("", finding) for finding in others)
    looked_at = with_text = 0
    rows = _TEXTS.rows(repository, repository.ids(), progress=progress)
    names = NameIndex.of(repository)
    facts = names.facts
    catalog = names.with_paths(lru_cache(1024)(lambda agreement_id: frozenset(rows[agreement_id]["paths"])))
    for agreement_id in every:
        looked_at += 1
        with_text += agreement_id in facts and facts[agreement_id].text_held
        row, seen = rows.get(agreement_id), looked.get(agreement_id)
        if row and seen:  # else it was purged meanwhile
            found = _of_agreement(repository, facts.get(agreement_id), row, seen, catalog)
            concerns += (Concern(agreement_id, finding) for finding in found)
    return Health(looked_at, with_text, tuple(sorted(concerns, key=lambda concern: concern.rank)), read_at=read_at)


def _text_alone(repository: Repository, agreement_id: str) -> dict[str, Any]:
    """Return what the gates find in the text of an agreement, its paths, and its references to other agreements."""
    from agreements.intake.gates import gates
    from agreements.reference import places

    held = next(repository.each([agreement_id]), None)
    if held is None:  # purged meanwhile, or a file of that name
        raise NotFoundError(f"There is no agreement {agreement_id}.")
    if isinstance(held, Finding):
        return {"findings": [held.as_json()], "paths": [], "outward": [], "sources": []}
    ours = held.standing == "specimen"  # tested where they are made
    return {
        "findings": [] if ours else [finding.as_json() for finding in gates(held)],
        "paths": [place.path for place in places(held)],
        "outward": [] if ours else [asdict(reference) for reference in citations.outward(held)],
        "sources": [(source.file, source.sha256) for source in held.sources if source.file and source.sha256],
    }


_TEXTS = Derived("texts", 6, one_by_one(_text_alone))


def _of_repository(repository: Repository, looked: Mapping[str, LookedAtAgreement]) -> Iterator[Concern]:
    for finding in repository.problems():
        if finding.code == "stranger":  # what is damaged is said where the agreement is read
            yield Concern("", finding)
    if fresh.index_of(repository).is_stale(repository.fingerprint()):
        fix = "`agreements index` brings it in step; a search does so by itself."
        yield Concern("", warning("index-stale", ".cache", "The search index is not in step with the files.", fix))
    try:
        unfinished = [stone for stone in repository.tombstones() if not stone.finished]
    except RepositoryError:
        unfinished = []  # one is damaged, which is said where files are looked at
    for stone in unfinished:
        message = f"The purge of {stone.id} was stopped before its end."
        yield Concern("", error("purge-unfinished", stone.id, message, "The next write finishes it."))
    held = [looked[facts.id].now for facts in repository.list() if facts.text_held and facts.id in looked]
    bare = sum(not seen.written and not seen.problem for seen in held)  # a damaged record is said elsewhere
    if bare:
        message = f"No hash of the text of {bare} agreements was recorded: they cannot be compared with what was read."
        yield Concern("", info("hash-not-recorded", "", message))


def _of_index(repository: Repository) -> Iterator[Damage]:
    """Yield an index that says it is one and cannot be read, and saved searches that cannot."""
    index = fresh.index_of(repository)
    if index.is_usable() and (problem := index.problem()):
        fix = "`agreements doctor --repair` makes it anew; a search does so by itself."
        finding = warning("index-damaged", ".cache", f"The search index cannot be read: {problem}", fix)
        yield Damage("", finding, partial(_index_made_anew, repository))
    for path in sorted((repository.root / "saved").glob("*.json")):
        try:
            saved.load(path)
        except AgreementsError as problem:
            yield Damage("", error("damaged", f"saved/{path.name}", str(problem), problem.hint))


def _index_made_anew(repository: Repository) -> str:
    fresh.refresh(repository, rebuild=True)
    return "made the search index anew"


def mend(repository: Repository, others: Iterable[Damage] = ()) -> tuple[str, ...]:
    """Mend what is broken in `repository` and can be mended without loss; return what was done, a line for each.

    `others` are damages of what else it keeps. Raises `RepositoryError` when another process writes.
    """
    brought_up = format_watch(repository.root)
    with suppress(RepositoryError), repository.writing():  # finishes what was stopped, where nothing is in the way
        pass
    done = [*repository.mended([*repository.damages(), *_of_index(repository), *others])]
    return tuple(filter(None, (brought_up(), *done)))


def _of_agreement(
    repository: Repository, facts: Facts | None, row: Mapping[str, Any], seen: LookedAtAgreement, catalog: NameIndex
) -> Iterator[Finding]:
    yield from (Finding(**finding) for finding in row["findings"])
    if facts is None or facts.standing == "specimen":  # damaged, or ours
        return
    references = (citations.Outward(**{**found, "parts": tuple(found["parts"])}) for found in row["outward"])
    yield from citations.astray(citations.followed(reference, facts, catalog) for reference in references)
    yield from _sources(seen, row["sources"])
    if (seen.folder / NEW_FILE).is_file():
        message = f"A new reading waits in {NEW_FILE} beside a text that a person edited."
        yield warning("new-reading", NEW_FILE, message, f"Take over what is better, then delete {NEW_FILE}.")
    for relation in facts.relations:
        kind, _, target = relation.partition(" ")
        if not repository.holds(target):
            yield info("relation-not-held", "relations", f"{target} ({kind}) is not held here.")
    if seen.now.problem:
        yield error("damaged", "reading.json", str(seen.now.problem), seen.now.problem.hint)
    told = seen.now.findings  # as far as the same is not seen in the text as it stands
    yield from (each for each in told if each.code not in _OF_TWO or _is_held(each, facts.id, catalog))
    if edited := seen.now.edited:
        yield info("edited", ", ".join(edited), "A person edited this since it was read; the edit stays.")


def _is_held(finding: Finding, own: str, catalog: NameIndex) -> bool:
    """Whether the other agreement of a finding on two is still held; it was written when the text came in."""
    named = {word.strip(".,:;()") for word in finding.message.split()}
    return bool(named - {own} & catalog.facts.keys())


def _sources(seen: LookedAtAgreement, sources: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Compare the source files that are kept with the hashes that they were read by."""
    kept = {*seen.sources.values()}
    for file, sha256 in sources:
        if sha256 in kept:
            continue
        match seen.sources.get(safe_name(file)):
            case None:
                code, what = "source-missing", "is missing"
            case "":
                code, what = "damaged", "cannot be read"
            case _:
                code, what = "source-changed", "was changed"
        message = f"The source {file} {what}: the text can no longer be checked against it."
        yield error(code, f"{SOURCES}/{file}", message, "Put the original back from a copy.")
