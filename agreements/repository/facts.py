"""Quick facts of every agreement, without the model: what lists, matching and hash look-ups need.

They are kept in `.cache/facts.json` with the stamp of the files they were read from; what changed since is read
anew, so the cache is never wrong and can always be deleted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.errors import ClassifiedError, NotFoundError, RepositoryError
from agreements.findings import Finding, error
from agreements.platform import replace_file
from agreements.repository.layout import Layout, stamp
from agreements.states import is_code, name_of

if TYPE_CHECKING:
    from agreements.model import Agreement

_CACHE = "facts.json"
_VERSION = 8
_NAMED = 4  # parties; of more their number is told, as in a citation


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an agreement at a glance. Dates are ISO 8601, `parties` codes (names where there is none).

    `languages` are those of its originals, `texts` those of the texts that are held. `hashes` are the SHA-256 of its
    sources, `documents` counts its texts (0: the text is not held). `relations` are
    kind and id of the agreements it says it is related to (`supplements nato-sofa-1951`), `effects` what it does to
    provisions of others (action, agreement, path, since, by, title), `members` the parties of which it is dated since
    when or until when they belong to it (code, since, until). `term` and `renewal` are in words (`five years`),
    `notice_months` is what a termination takes, `notice_days` where that is told in days. `unconfirmed` names the facts
    that nothing confirms (`status`). Where
    the id of another agreement is not established, it is empty in `effects`, and in `acts_on` (kind and title) for
    relations: the title is as the instrument has it.
    """

    id: str
    title: str = ""
    short_title: str = ""
    family: str = ""
    form: str = ""
    parties: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    in_force: str = ""
    status: str = "unknown"
    as_of: str = ""
    citations: tuple[str, ...] = ()
    standing: str = "agreement"
    authority: str = "unknown"
    confidence: str = ""
    languages: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    documents: int = 0
    hashes: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    effects: tuple[tuple[str, ...], ...] = ()
    acts_on: tuple[tuple[str, ...], ...] = ()
    members: tuple[tuple[str, ...], ...] = ()
    term: str = ""
    renewal: str = ""
    notice_months: int | None = None
    notice_days: int | None = None
    unconfirmed: tuple[str, ...] = ()

    def said(self, name: str, words: str) -> str:
        """Return the `words` of the fact `name` (`status`), with `unconfirmed` where nothing confirms it."""
        return f"{words} (unconfirmed)" if words and name in self.unconfirmed else words

    @property
    def called(self) -> str:
        """What it is called where one line names it: its short title, its title, else its form and its parties.

        As a citation calls it, with the usual names of the parties.
        """
        if title := self.short_title or self.title:
            return title
        from agreements.citation import untitled  # reads the model, which most listings never need

        names = [name_of(party) if is_code(party) else party for party in self.parties]
        whose = f"{len(names)} parties" if len(names) > _NAMED else " - ".join(names)
        return untitled(self.form, whose or self.id)

    @property
    def is_nameless(self) -> bool:
        """Whether a text is held of which neither title, party nor day is known: it may be no agreement at all."""
        return self.text_held and not (self.title or self.short_title or self.parties or self.signed or self.in_force)

    @property
    def text_held(self) -> bool:
        """Whether a text is held; False means that only facts are."""
        return self.documents > 0


def facts_of(agreement: "Agreement", texts: Sequence[str] | None = None) -> Facts:
    """Return the quick facts of `agreement`; `texts` are the languages of its texts where it comes without them."""
    if texts is None:
        texts = [d.language for d in agreement.documents if d.provisions]
    entry = agreement.entry_into_force
    return Facts(
        id=agreement.id,
        title=agreement.title,
        short_title=agreement.short_title,
        family=agreement.family,
        form=agreement.form or "",
        parties=tuple(p.code or p.body or p.name for p in agreement.parties),
        signed=tuple(s.date for s in agreement.signings if s.date),
        in_force=(entry.date or "") if entry else "",
        status=agreement.status.value,
        as_of=agreement.status.as_of or "",
        citations=tuple(c.text for c in agreement.citations),
        standing=agreement.standing,
        authority=agreement.authority,
        confidence=agreement.confidence or "",
        languages=agreement.languages or tuple(dict.fromkeys(texts)),
        texts=tuple(dict.fromkeys(texts)),
        documents=len(texts),
        hashes=tuple(s.sha256 for s in agreement.sources if s.sha256),
        relations=tuple(f"{r.kind} {r.target}" for r in agreement.relations if r.target),
        effects=tuple((e.action, e.agreement, e.path, e.since or "", e.by, e.title) for e in agreement.effects),
        acts_on=tuple((r.kind, r.title) for r in agreement.relations if r.title and not r.target),
        members=tuple(
            (p.code or p.body or p.name, p.since or "", p.until or "") for p in agreement.parties if p.since or p.until
        ),
        term=agreement.term,
        renewal=agreement.renewal,
        notice_months=agreement.termination_notice_months,
        notice_days=agreement.termination_notice_days,
        unconfirmed=agreement.unconfirmed(text_held=bool(texts)),
    )


def select(
    rows: Iterable[Facts],
    *,
    families: Iterable[str] = (),
    parties: Iterable[str] = (),
    text_held: bool | None = None,
    specimens: bool = True,
) -> tuple[Facts, ...]:
    """Return those of `rows` that are of any of `families` with all of `parties` (codes or names).

    `text_held` keeps only those whose text is held, or is not. Raises `NotFoundError` for an unknown family.
    """
    from agreements.families import family
    from agreements.states import party_key

    wanted_families = {family(name).id for name in families}
    asked = {party_key(name) for name in parties}
    return tuple(
        facts
        for facts in rows
        if (not wanted_families or facts.family in wanted_families)
        and (not asked or asked <= {*map(party_key, facts.parties)})
        and text_held in (None, facts.text_held)
        and (specimens or facts.standing != "specimen")
    )


def left_out(unread: Sequence[str]) -> str:
    """Return that the agreements of the ids `unread` are in no answer; empty where there is none."""
    if not unread:
        return ""
    what = (
        "1 agreement cannot be read and is" if len(unread) == 1 else f"{len(unread)} agreements cannot be read and are"
    )
    return f"{what} in no answer: {', '.join(unread)}. `agreements doctor` says why."


def scan(layout: Layout, stamps: Mapping[str, str] | None = None) -> tuple[dict[str, Facts], tuple[Finding, ...]]:
    """Return the facts of every agreement that can be read, by id, and a finding for each that cannot.

    `stamps` are those of the files as they were looked at before, where they were: they are not asked again then.
    """
    known = _load_cache(layout)
    rows: dict[str, tuple[str, Facts]] = {}
    findings = []
    for agreement_id, folder in layout.folders():
        now = (stamps or {}).get(agreement_id) or stamp(folder)
        if agreement_id in known and known[agreement_id][0] == now:
            rows[agreement_id] = known[agreement_id]
            continue
        try:
            rows[agreement_id] = now, layout.steady(agreement_id, partial(_read, agreement_id))
        except NotFoundError:  # purged meanwhile
            continue
        except RepositoryError as problem:
            findings.append(error("damaged", agreement_id, str(problem), problem.hint))
        except ClassifiedError as problem:
            findings.append(error("classified", agreement_id, str(problem), problem.hint))
    if rows != known:
        _save_cache(layout, rows)
    findings += [_stranger(name) for name in layout.strangers()]
    return {agreement_id: facts for agreement_id, (_, facts) in rows.items()}, tuple(findings)


def remember(layout: Layout, written: Iterable[Facts]) -> None:
    """Note the facts of agreements that were just written, so that the next scan need not read them."""
    rows = dict(_load_cache(layout))
    fresh = {f.id: (stamp(layout.place(f.id)), f) for f in written}
    if fresh:
        _save_cache(layout, {**rows, **fresh})


def _read(agreement_id: str, folder: Path) -> Facts:
    from agreements.repository.fileform import read_facts
    from agreements.repository.record import refuse_edited

    refuse_edited(folder)
    agreement, texts = read_facts(folder)
    if agreement.id != agreement_id:
        raise RepositoryError(
            f"{folder.name} holds an agreement with the id {agreement.id!r}.",
            hint="The id in agreement.md must be the name of its folder.",
        )
    return facts_of(agreement, texts)


def _stranger(name: str) -> Finding:
    return error("stranger", name, f"{name} in the repository is no agreement's folder.", "Move it elsewhere.")


def _load_cache(layout: Layout) -> Mapping[str, tuple[str, Facts]]:
    for folder in dict.fromkeys((layout.cache, layout.shared_cache)):
        try:
            content = json.loads((folder / _CACHE).read_bytes())
            if content["version"] == _VERSION:
                return {row["id"]: (at, Facts(**_tuples(row))) for at, row in content["facts"]}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return {}


def _save_cache(layout: Layout, rows: Mapping[str, tuple[str, Facts]]) -> None:
    listed: Iterable[Any] = ([at, {k: v for k, v in asdict(f).items() if v or v == 0}] for at, f in rows.values())
    content = json.dumps({"version": _VERSION, "facts": [*listed]}, separators=(",", ":"))
    with suppress(OSError):  # a repository on a read-only disk is only slower
        layout.cache.mkdir(parents=True, exist_ok=True)
        replace_file(layout.cache / _CACHE, content.encode())


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {k: _held(v) if isinstance(v, list) else v for k, v in row.items()}


def _held(values: list[Any]) -> tuple[Any, ...]:
    return tuple([_held(v) if isinstance(v, list) else v for v in values])
