"""A draft as it reads while it is being answered: why each provision stands there, what the last answer changed.

What is not answered yet is filled with examples, so that there is something to read; which these are is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.comparing.alignment import Pair, align
from agreements.comparing.words import DiffSegment
from agreements.display import shown_short
from agreements.drafting import Draft, DraftRequest, assemble, family
from agreements.drafting.effects import completed
from agreements.errors import AgreementsError
from agreements.model import Agreement, Provision
from agreements.reference import places


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A provision of a draft: its place, its words with what differs from before, and the clause it is made by.

    `is_changed` says that the last answer changed, added or took it (then `is_gone`). `label`, `effect`, `use` and
    `precedents` are what the clause file says of itself, once for each clause (empty in its further provisions); `why`
    is what this draft's own rationale says, `parameters` the answers that it is built on.
    """

    path: str
    kind: str
    number: str
    heading: tuple[DiffSegment, ...]
    text: tuple[DiffSegment, ...]
    is_changed: bool
    is_gone: bool
    clause: str = ""
    variant: str = ""
    label: str = ""
    effect: str = ""
    use: str = ""
    precedents: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    why: str = ""


@shown_short
@dataclass(frozen=True, slots=True)
class DraftReading:
    """A draft as it reads now: its title and lines, and the names of what was `filled` with examples.

    `problem` says in words why there is nothing to read (empty: there is).
    """

    title: str
    lines: tuple[DraftLine, ...]
    filled: tuple[str, ...]
    problem: str = ""


def draft_reading(request: DraftRequest, before: DraftRequest | None = None) -> DraftReading:
    """Return how the draft of `request` reads, and what differs from that of `before` (None: nothing is marked)."""
    if request.form not in family(request.family).forms:
        return DraftReading("", (), (), "Choose the form first: then there is something to read.")
    whole = completed(request)
    filled = tuple(name for name in whole.parameters if name not in request.parameters)
    now, problem = _assembled(whole)
    if now is None:
        return DraftReading("", (), filled, problem)
    earlier = None
    if before is not None and before.family == request.family and before.form in family(request.family).forms:
        earlier, _ = _assembled(completed(before))
    lines = tuple(_lines(whole, now, earlier))
    return DraftReading(now.documents[0].title or now.title, lines, filled)


def _assembled(request: DraftRequest) -> tuple[Agreement | None, str]:
    try:
        made: Draft = assemble(request)
    except AgreementsError as error:
        return None, f"{error} {error.hint}".strip()
    wrong = [f"{f.message} {f.fix}".strip() for f in made.findings if f.severity == "error"]
    return made.agreement, " ".join(wrong[:3])


def _lines(request: DraftRequest, now: Agreement, before: Agreement | None) -> Iterator[DraftLine]:
    made = {place.path: place.provision for place in places(now)}
    told: set[tuple[str, str]] = set()
    for pair in align(before or now, now):
        if pair.part_of:
            continue
        provision = made.get(pair.b.path) if pair.b else None
        line = _line(pair, is_changed=before is not None and pair.change not in ("same", "renumbered"))
        yield _explained(line, provision, request, told) if provision else line


def _line(pair: Pair, *, is_changed: bool) -> DraftLine:
    side = pair.b or pair.a
    if side is None:
        raise AssertionError("a pair has a side")
    return DraftLine(side.path, side.kind, side.number, pair.heading, pair.text, is_changed, pair.b is None)


def _explained(line: DraftLine, provision: Provision, request: DraftRequest, told: set[tuple[str, str]]) -> DraftLine:
    from dataclasses import replace

    made = provision.provenance
    if made is None or not made.variant:
        return line
    line = replace(line, clause=made.clause, variant=made.variant)
    store = family(request.family).clauses
    if (made.clause, made.variant) in told or made.variant not in store.variants(made.clause):
        return line
    told.add((made.clause, made.variant))
    front = store.get(made.clause, made.variant).front
    return replace(
        line,
        label=front.label,
        effect=front.effect,
        use=front.use,
        precedents=front.precedents,
        parameters=made.parameters,
        why=request.rationale.get(made.clause, ""),
    )
