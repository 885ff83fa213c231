"""What a search found as a file, above all as a precedent binder."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from agreements.citation import cite
from agreements.errors import AgreementsError, unknown
from agreements.export.binder import Binder, BinderEntry, write_binder
from agreements.export.csvs import COLUMNS, hit_row
from agreements.export.tables import write_csv
from agreements.lineage.consolidation import stood
from agreements.lineage.ledger import ledger_of
from agreements.model import Agreement, Provision
from agreements.reference import Reference, resolve
from agreements.repository import Repository
from agreements.search import Hit, Results

FORMATS = {"csv": ".csv", "xlsx": ".xlsx", "docx": ".docx"}
"""The forms of a file of hits and the suffixes of their names; all but the first are binders."""


def write_hits(
    repository: Repository,
    results: Results,
    target: Path,
    *,
    conditions: Sequence[str] = (),
    as_of: str = "",
    made: str = "",
) -> int:
    """Write what a search of `repository` found to `target`: CSV, or a binder (Excel, Word), by suffix.

    `conditions` are the filters in words and `as_of` the day of the text, for the cover; `made` is the day on it
    (default: today). A binder holds precedents only, whatever was searched. Returns how many provisions were written.
    Raises `NotFoundError` for another suffix, `AgreementsError` when there is nothing to bind or to write to.
    """
    suffix = target.suffix.lower()
    if suffix not in FORMATS.values():
        raise unknown("kind of file for hits", suffix or target.name, FORMATS.values())
    if suffix == FORMATS["csv"]:
        write_csv(target, COLUMNS, [hit_row(hit) for hit in results.hits])
        return len(results.hits)
    binder = make_binder(repository, results, conditions=conditions, as_of=as_of, made=made)
    write_binder(binder, target)
    return len(binder.entries)


def make_binder(
    repository: Repository, results: Results, *, conditions: Sequence[str] = (), as_of: str = "", made: str = ""
) -> Binder:
    """Return the precedent binder of what a search of `repository` found; see `write_hits`.

    Specimens, drafts and rejected texts are left out with a note. Raises `AgreementsError` when nothing is left.
    """
    precedents = [hit for hit in results.hits if hit.standing == "agreement"]
    others = len(results.hits) - len(precedents)
    if not precedents:
        hint = (
            "Specimens, drafts and rejected texts are no precedents." if others else "Ask for less, or for more hits."
        )
        raise AgreementsError(f"There is no precedent to bind for {results.query!r}.", hint=hint)
    texts = _texts(repository, precedents, as_of)
    notes = [*results.notes]
    if others:
        notes.append(f"{others} specimens, drafts or rejected texts are left out: they are no precedents.")
    if results.not_held:
        ids = ", ".join(known.id for known in results.not_held)
        notes.append(f"Known by their facts only, text not held: {ids}.")
    return Binder(
        query=results.query,
        read_as=results.read_as,
        conditions=conditions,
        made=made or date.today().isoformat(),
        total=results.total,
        entries=[BinderEntry(n, hit, _provision(texts, hit)) for n, hit in enumerate(precedents, 1)],
        authorities={agreement.id: cite(agreement) for agreement in texts.values()},
        as_of=as_of,
        notes=notes,
    )


def _texts(repository: Repository, hits: Sequence[Hit], as_of: str) -> dict[str, Agreement]:
    ids = dict.fromkeys(hit.agreement for hit in hits)
    if not as_of:
        return {agreement_id: repository.get(agreement_id) for agreement_id in ids}
    ledger = ledger_of(repository)
    return {agreement_id: stood(repository, ledger, agreement_id, as_of).agreement for agreement_id in ids}


def _provision(texts: Mapping[str, Agreement], hit: Hit) -> Provision:
    where = Reference.parse(hit.ref)
    provision = resolve(texts[where.agreement], where.path, where.language).provision
    alone = provision.text == hit.text  # the words of an article outside its paragraphs, which are hits of their own
    return provision.model_copy(update={"children": ()}) if alone else provision
