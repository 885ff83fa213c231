"""An agreement as it stood on a day: the effects of later instruments put into its text, as far as words are held.

Nothing is made up: a replaced provision gets the words that the instrument quotes, whole; where these are not held,
or where an instrument changes a few words only, the text stays and a note says so. An instrument that gives words is
itself taken as it stood on the day: what amends an amendment, or ends it, is followed, and said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from agreements.errors import AgreementsError, NotFoundError
from agreements.isodates import a_day, first_day
from agreements.lineage.graph import Incorporation, edges_by_facts, standing_graph
from agreements.lineage.history import NOT_ESTABLISHED, NOT_YET, status_on
from agreements.lineage.incorporation import applied_in
from agreements.lineage.ledger import LaterEffect, Ledger, in_effect, named_facts
from agreements.model import Agreement, Provenance, Provision, ProvisionKind
from agreements.reference import Reference, component, resolve
from agreements.repository import Facts, Repository

Fetch = Callable[[LaterEffect], Agreement]
"""Gives the instrument that made a change, as it then read; raises `AgreementsError` when it is not held."""

_QUOTED = re.compile(r"[“\"«](?P<words>.+)[”\"»][.;]?", re.DOTALL)
_QUOTED_WITHIN = re.compile(r"(?<=[:,] )‘(?P<words>.+)’[.;]?", re.DOTALL)  # a quotation that stood in another
_OPENING, _CLOSING = ("“", '"', "«"), ("”", '"', "»")
_NUMBERED = re.compile(r"(?P<number>\d{1,3}\.|\(\d{1,3}\)|\([a-z]{1,4}\)|[a-z]\.) (?P<words>.+)")
_ROMAN = re.compile(r"\([ivx]+\)")
_KINDS: tuple[ProvisionKind, ...] = ("paragraph", "subparagraph", "item")
_APPENDED = ("testimonium", "signature")
_ENDINGS = ("superseded", "terminated")


@dataclass(slots=True)
class Consolidated:
    """The `agreement` as it stood; `done` what was put into its text, `notes` sentences on what could not be."""

    agreement: Agreement
    done: list[LaterEffect] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def deleted(self, path: str) -> LaterEffect | None:
        """Return what deleted `path`, or what holds it; None when nothing did."""
        gone = (c for c in self.done if c.action == "deleted" and (path == c.path or path.startswith(c.path + ".")))
        return next(gone, None)


def stood(repository: Repository, ledger: Ledger, agreement_id: str, day: str) -> Consolidated:
    """Return an agreement as it stood on `day`; raises as `Repository.get`, `QueryError` when `day` is no date."""
    return _Day(repository, ledger, a_day(day)).of(agreement_id)


@dataclass(frozen=True, slots=True)
class _Day:
    """A `day` in the life of the agreements of `repository`; those `met` are being put together, `made` are ready."""

    repository: Repository
    ledger: Ledger
    day: str
    met: frozenset[str] = frozenset()
    made: dict[tuple[str, str, frozenset[str]], Consolidated] = field(default_factory=dict)

    def of(self, agreement_id: str) -> Consolidated:
        """Return the agreement as it stood."""
        key = (agreement_id, self.day, self.met)
        if key not in self.made:
            self.made[key] = self._put_together(agreement_id)
        return self.made[key]

    def _put_together(self, agreement_id: str) -> Consolidated:
        changes = [change for change in self.ledger.of(agreement_id) if in_effect(change, self.day)]
        within = replace(self, met=self.met | {agreement_id})
        result = consolidate(self.repository.get(agreement_id), changes, within.giver)
        for change in result.done:
            result.notes += within._on_giver(change)
        return result

    def giver(self, change: LaterEffect) -> Agreement:
        """Return the instrument that made `change` as it stood, or, where it lost the place since, as at the change."""
        instrument = Reference.parse(change.by).agreement
        if instrument in self.met:  # two that change each other: each gives the words it was made with
            return self.repository.get(instrument)
        now = self.of(instrument)
        lost = now.deleted(Reference.parse(change.by).path)
        if lost and change.since and lost.since and first_day(change.since) < first_day(lost.since):
            return replace(self, day=change.since).of(instrument).agreement
        if lost:
            raise NotFoundError(f"{lost.words()} of {instrument}.".capitalize())
        return now.agreement

    def _on_giver(self, change: LaterEffect) -> Iterator[str]:
        """Yield what was done by the day to the place that made `change`."""
        where = Reference.parse(change.by)
        for other in self.ledger.of(where.agreement, where.path):
            if not in_effect(other, self.day):
                continue
            if other.action in _ENDINGS:
                yield (
                    f"{where.agreement}, which made this change ({change.words()}), was {_ended(other)}: what it put "
                    "in is shown; whether the words of before are back, is for a person to decide."
                )
            elif other.action == "deleted":
                yield (
                    f"{change.words()}, and that provision was deleted by {_since(other)}: what it had put in is "
                    "shown; whether the words of before are back, is for a person to decide."
                )
            elif other.path:
                yield f"{change.words()}; {change.by} was itself {_ended(other)}: its words of then are put in."


def not_there(changed: Consolidated, path: str) -> AgreementsError | None:
    """Return the error for a `path` that an instrument deleted; None when none did."""
    gone = changed.deleted(path)
    if gone is None:
        return None
    hint = "Without --as-of, or with an earlier day, it is shown."
    return NotFoundError(f"{changed.agreement.id}#{path} is not there: {gone.words()}.", hint=hint)


def consolidate(agreement: Agreement, changes: Iterable[LaterEffect], fetch: Fetch) -> Consolidated:
    """Return `agreement` with `changes` put into its text, one after the other in the order given."""
    result = Consolidated(agreement)
    for change in changes:
        if change.path:
            _apply(result, change, fetch)
        elif change.action in _ENDINGS:
            result.notes.append(f"The agreement was {_ended(change)}: the text below is that of before its end.")
        else:
            result.notes.append(f"{change.words()}: which provisions, is not recorded.".capitalize())
    return result


def _ended(change: LaterEffect) -> str:
    return f"{change.action} by {_since(change)}"


def _since(change: LaterEffect) -> str:
    return change.by + (f" from {change.since}" if change.since else " (date not known)")


def _apply(result: Consolidated, change: LaterEffect, fetch: Fetch) -> None:
    try:
        if change.action == "deleted":
            target = resolve(result.agreement, change.path).provision
            result.agreement = _rebuilt(result.agreement, target, None)
        elif change.action == "replaced":
            target = resolve(result.agreement, change.path).provision
            result.agreement = _rebuilt(result.agreement, target, _new(target, change, fetch))
        elif change.action == "added":
            result.agreement = _added(result.agreement, change, fetch)
        else:
            result.notes.append(f"{change.words()}: its words are as before the amendment.")
            return
    except AgreementsError as error:
        result.notes.append(f"{change.words()}: the new text is not put in. {error}")
        return
    result.done.append(change)


def _new(target: Provision, change: LaterEffect, fetch: Fetch) -> Provision:
    """Return what stands in the place of `target`: its number and heading, the words that the instrument gives."""
    lines = _quotation(change, fetch)
    if is_quotation(lines):
        return restored(lines, target).model_copy(update={"provenance": Provenance(source=change.by)})
    text, children = _given(change, fetch)
    if target.number and text.startswith(f"{target.number} "):
        text = text[len(target.number) :].lstrip()
    return Provision(
        kind=target.kind,
        number=target.number,
        heading=target.heading,
        label=target.label,
        text=text,
        children=children,
        provenance=Provenance(source=change.by),
    )


def _quotation(change: LaterEffect, fetch: Fetch) -> list[str]:
    """Return the lines below the words that announce the new text; empty where there are none, or numbered ones."""
    where = Reference.parse(change.by)
    children = resolve(fetch(change), where.path, where.language).provision.children if where.path else ()
    return [child.text for child in children] if all(c.kind == "text" and not c.children for c in children) else []


def _given(change: LaterEffect, fetch: Fetch) -> tuple[str, tuple[Provision, ...]]:
    """Return the new text that an instrument gives: what it quotes, what follows its colon, else all its words."""
    where = Reference.parse(change.by)
    source = resolve(fetch(change), where.path, where.language).provision if where.path else None
    if source is None:
        raise AgreementsError(f"Where {where.agreement} gives the words is not recorded.")
    if source.text.endswith(":") and source.children:
        if len(source.children) == 1 and not source.children[0].children:
            return _unquoted(source.children[0].text), ()
        return "", _without_quotes(source.children)
    quoted = _QUOTED.search(source.text) or _QUOTED_WITHIN.search(source.text)
    return (quoted["words"] if quoted else source.text), () if quoted else source.children


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return quoted["words"] if quoted else text


def _without_quotes(children: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Take off the quotation marks before the first words and after the last."""
    first, last = children[0], children[-1]
    if first.text[:1] in _OPENING and last.text.rstrip(".;")[-1:] in _CLOSING and first.text and last.text:
        first = first.model_copy(update={"text": first.text[1:].lstrip(), "marks": ()})
        last = last.model_copy(update={"text": last.text.rstrip(".;")[:-1].rstrip(), "marks": ()})
        return (first, *children[1:-1], last)
    return children


def _added(agreement: Agreement, change: LaterEffect, fetch: Fetch) -> Agreement:
    """Put the new provision after the one whose number its own begins with, else last under what holds it."""
    held, _, number = change.path.rpartition(".")
    kind, siblings = "article", agreement.main.provisions if agreement.main else ()
    parent = resolve(agreement, held).provision if held else None
    if parent:
        siblings = parent.children
        numbered = [p for p in siblings if p.number]
        kind = numbered[0].kind if numbered else "paragraph"
        number = _like(number, numbered)
    new = _new(Provision.model_validate({"kind": kind, "number": number}), change, fetch)
    at = _place(siblings, number)
    changed = (*siblings[:at], new, *siblings[at:])
    if parent:
        return _rebuilt(agreement, parent, parent.model_copy(update={"children": changed}))
    documents = (
        d.model_copy(update={"provisions": changed}) if d is agreement.main else d for d in agreement.documents
    )
    return agreement.model_copy(update={"documents": tuple(documents)})


def _like(number: str, siblings: list[Provision]) -> str:
    """Return a plain `number` printed as those of its siblings are: `4.` beside `3.`, `(c)` beside `(b)`."""
    shown = siblings[-1].number or "" if siblings and re.fullmatch(r"\d+|[a-z]", number) else ""
    return shown.replace(component(shown), number) if shown and component(shown) in shown else number


def _place(siblings: tuple[Provision, ...], number: str) -> int:
    number = component(number)
    numbers = [component(p.number) if p.number else "" for p in siblings]
    before = [at for at, own in enumerate(numbers) if own and number.startswith(own) and not number[len(own)].isdigit()]
    if before:
        return before[-1] + 1
    return next((at for at, p in enumerate(siblings) if p.kind in _APPENDED), len(siblings))


def _rebuilt(agreement: Agreement, old: Provision, new: Provision | None) -> Agreement:
    """Return `agreement` with `new` in the place of `old` (by identity), without it where `new` is None."""

    def within(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
        out: list[Provision] = []
        for provision in provisions:
            if provision is old:
                out += [new] if new else []
            elif (children := within(provision.children)) == provision.children:
                out.append(provision)
            else:
                out.append(provision.model_copy(update={"children": children}))
        return tuple(out)

    documents = tuple(d.model_copy(update={"provisions": within(d.provisions)}) for d in agreement.documents)
    return agreement.model_copy(update={"documents": documents})


# ---------------------------------------------------------------------- quotations


def is_quotation(lines: Sequence[str]) -> bool:
    """Whether each of `lines` opens with a quotation mark, and the last one closes it."""
    return bool(lines) and all(line[:1] in _OPENING for line in lines) and lines[-1].rstrip(".;")[-1:] in _CLOSING


def restored(lines: Sequence[str], target: Provision) -> Provision:
    """Return what the quotation `lines` puts in the place of `target`: its number, and its heading if it keeps it."""
    plain = [line[1:].lstrip() for line in lines]
    plain[-1] = plain[-1].rstrip().removesuffix(".").removesuffix(";")[:-1].rstrip() if plain else ""
    heading = target.heading
    if target.number and re.fullmatch(rf"{target.kind} {re.escape(target.number)}\W*", plain[0], re.IGNORECASE):
        del plain[0]
        if len(plain) > 1 and not _NUMBERED.fullmatch(plain[0]) and plain[0][-1:] not in ".;:,":
            heading = plain.pop(0)
    own = ""
    if plain and target.number and target.kind in _KINDS and plain[0].startswith(f"{target.number} "):
        own = plain.pop(0)[len(target.number) :].lstrip()
    elif plain and not _NUMBERED.fullmatch(plain[0]):
        own = plain.pop(0)
    depth = _KINDS.index(target.kind) + 1 if target.kind in _KINDS else 0
    update = {"heading": heading, "text": own, "marks": (), "children": _built(plain, depth)}
    return Provision.model_validate(target.model_dump(include={"kind", "number", "label"})).model_copy(update=update)


def _built(lines: Sequence[str], depth: int) -> tuple[Provision, ...]:
    """Return `lines` as provisions; those that stand deeper are taken in by the one before."""
    out: list[Provision] = []
    for provision, below in _grouped(lines, depth):
        out.append(provision.model_copy(update={"children": _built(below, depth + 1)}))
    return tuple(out)


def _grouped(lines: Sequence[str], depth: int) -> Iterator[tuple[Provision, list[str]]]:
    """Yield each provision of the first level that occurs, with the lines that stand under it."""
    levels = [_depth_of(line) for line in lines]
    top = min((level for level in levels if level >= 0), default=-1)
    at = 0
    while at < len(lines):
        end = at + 1
        while levels[at] == top and end < len(lines) and levels[end] > top:
            end += 1
        found = _NUMBERED.fullmatch(lines[at])
        kind = _KINDS[min(depth, 2)] if found else "text"
        own = Provision(kind=kind, number=found["number"], text=found["words"]) if found else _plain(lines[at])
        yield own, list(lines[at + 1 : end])
        at = end


def _plain(line: str) -> Provision:
    return Provision(kind="text", text=line)


def _depth_of(line: str) -> int:
    """Return how deep the number of `line` stands: 0 for `1.`, 1 for `(a)`, 2 for `(i)`; -1 where there is none."""
    found = _NUMBERED.fullmatch(line)
    if not found:
        return -1
    number = found["number"]
    return 0 if number[:1].isdigit() else 2 if _ROMAN.fullmatch(number) else 1


# ---------------------------------------------------------------------- what is read together with it


@dataclass(frozen=True, slots=True)
class ReadTogether:
    """What is to be read together with an agreement on a day, a line each: what it stands on, what stands on it.

    The words of these instruments are not put into its text. `status` is its own on the day, in words.
    """

    status: str
    stands_on: tuple[str, ...] = ()
    stood_on_by: tuple[str, ...] = ()


def read_together(repository: Repository, agreement_id: str, ledger: Ledger, day: str) -> ReadTogether:
    """Return what umbrella, supplementary and implementing instruments stood beside an agreement on `day`.

    What it stands on is read from its facts and its text, over several instruments where these stand on others; what
    stands on it, from the facts of the others, where they were signed by then. Each line says what had been done to
    that instrument by the day, or that its text is not held. Raises as `Repository.get`.
    """
    every = named_facts(repository)

    def applied(ids: set[str]) -> Iterator[tuple[str, Incorporation]]:
        for each in sorted(ids):
            if every[each].text_held:
                yield from ((each, found) for found in applied_in(repository.get(each)))

    graph = standing_graph(repository, [agreement_id], applied)
    up = (
        ", which ".join(edge.says() for edge in route) + _by_then(route[-1].target, every, ledger, day)
        for route in graph.routes(agreement_id)
    )
    down = (
        f"{facts.id} {edge.kind} it" + _by_then(facts.id, every, ledger, day)
        for facts in sorted(every.values(), key=lambda f: (min(f.signed, default="9999"), f.id))
        for edge in edges_by_facts(facts, every)
        if edge.target == agreement_id and facts.standing == "agreement" and status_on(facts, day, every) != NOT_YET
    )
    own = every.get(agreement_id)
    status = _status(own, day, every) if own else ""
    return ReadTogether(status, tuple(dict.fromkeys(up)), tuple(dict.fromkeys(down)))


def _by_then(agreement_id: str, every: Mapping[str, Facts], ledger: Ledger, day: str) -> str:
    """Return what is known on `day` of an instrument that is read together with another."""
    facts = every.get(agreement_id)
    if facts is None:
        return " (not held here)"
    done = (c for c in ledger.of(agreement_id) if in_effect(c, day))
    by: dict[str, list[str]] = {}
    for change in done:
        action = f"provisions {change.action}" if change.path else change.action
        by.setdefault(action, []).append(change.by.partition("#")[0])
    said = [f"{action} by {', '.join(dict.fromkeys(who))}" for action, who in by.items()]
    held = [] if facts.text_held else ["its text is not held"]
    return f" ({'; '.join([_status(facts, day, every), *said, *held])})"


def _status(facts: Facts, day: str, every: Mapping[str, Facts]) -> str:
    status = status_on(facts, day, every)
    return f"status {status}" if status == NOT_ESTABLISHED else status
