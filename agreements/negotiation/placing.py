"""Whether a text of a negotiation has the clause that a position is on: held against no text, it says nothing ever."""

from collections.abc import Iterable, Iterator, Sequence

from agreements.errors import AgreementsError, nearest
from agreements.findings import Finding, info, warning
from agreements.negotiation.positions import Position
from agreements.negotiation.store import Negotiations
from agreements.negotiation.texts import clauses_by_path, read_text
from agreements.reference import places

_FIX = (
    "Record it anew under the path that the text gives (`negotiation agree` lists them), and set this one to dropped."
)


def unplaced(store: Negotiations, negotiation: str, positions: Iterable[Position]) -> tuple[Finding, ...]:
    """Return a finding for each of `positions` on a path or a clause that no text of `negotiation` has.

    One that was dropped is asked nothing. Where no text is kept, or none with the record of its clauses, that is said
    instead. Raises `NotFoundError`.
    """
    asked = [each for each in positions if (each.path or each.clause) and each.status != "dropped"]
    if not asked:
        return ()
    held = store.get(negotiation)
    paths: dict[str, None] = {}
    clauses: dict[str, None] = {}
    numbers: list[int] = []
    for text in reversed([each for each in held.texts if not each.purged]):
        try:
            paths |= dict.fromkeys(place.path for place in places(read_text(store, negotiation, text)))
            clauses |= dict.fromkeys(clauses_by_path(store, negotiation, text).values())
        except AgreementsError:  # a damaged text is told where it is read
            continue
        numbers.append(text.number)
    return tuple(_told(asked, list(paths), list(clauses), sorted(numbers)))


def _told(
    asked: Sequence[Position], paths: Sequence[str], clauses: Sequence[str], numbers: Sequence[int]
) -> Iterator[Finding]:
    for each in asked:
        what, known = ("provision", paths) if each.path else ("clause", clauses)
        name = each.path or each.clause
        if any(_covers(name, other) for other in known):
            continue
        if not known:
            why = "no text is kept yet" if not numbers else "no text is kept with the record of its clauses"
            message = f"Whether a text has the {what} {name} was not examined: {why}."
            yield info("position-unplaced", name, message, "It is looked for once a text is kept.")
            continue
        near = _near(name, known)
        beside = f" Near: {', '.join(near)}." if near else ""
        of = f"text{'s' * (len(numbers) > 1)} {', '.join(map(str, numbers))}"
        message = f"No text that is kept has a {what} {name} ({of}): nothing is held against this position.{beside}"
        yield warning("position-unplaced", name, message, _FIX)


def _near(name: str, known: Sequence[str]) -> list[str]:
    """Return names like `name`: those that stand under the nearest place above it that there is, else alike ones."""
    above = name
    while "." in above:
        above = above.rpartition(".")[0]
        if beside := [each for each in known if each.rpartition(".")[0] == above]:
            return [f"{beside[0]} to {beside[-1]}"] if len(beside) > 1 else beside
    return nearest(name, known)


def _covers(above: str, below: str) -> bool:
    return below == above or below.startswith(f"{above}.")
