"""`agreements calendar`: what is due, by which rule, counted from what."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.negotiation.deadlines import Deadline, Happening

_LOOK_BACK = timedelta(days=60)  # what is past due may still have to be done
_INDENT = " " * 12


@click.command("calendar")
@click.argument("agreements", metavar="[ID]...", nargs=-1)
@click.option("--family", "families", multiple=True, help="Only this family; may be repeated.", **named.FAMILY)
@click.option("--party", "--partner", "parties", multiple=True, help="Only with this party (code or name).")
@click.option("--since", default="", metavar="DATE", help="What is due from this day on (default: 60 days ago).")
@click.option("--until", default="", metavar="DATE", help="What is due up to this day.")
@click.option("--event", "events", multiple=True, metavar="NAME=DATE", help="A day not held: delivery=2026-05-31.")
@click.option("--as-of", default="", metavar="DATE", help="Look from this day instead of today.")
@click.option("--all", "everything", is_flag=True, help="Also what is long past, and what cannot be computed.")
@click.option("--ics", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write an iCalendar file.")
@click.pass_obj
def command(
    session: output.Session,
    /,
    agreements: tuple[str, ...],
    families: tuple[str, ...],
    parties: tuple[str, ...],
    *,
    since: str,
    until: str,
    events: tuple[str, ...],
    as_of: str,
    everything: bool,
    target: Path | None,
) -> None:
    """Show deadlines: reports, texts due, publication, settlement of orders, notice windows, ends of terms.

    Each says its rule and citation, the event it runs from and the words that establish it. Weekends and federal
    holidays are told; no date is moved. A rule that was not verified says so.
    """
    from agreements import library

    today = _day(as_of) or date.today()
    found = library.calendar(
        session.folder(), agreements, families=families, parties=parties, events=_named(events), today=today
    )
    whole = everything or bool(agreements)
    first = since or ("" if whole else (today - _LOOK_BACK).isoformat())
    shown = [d for d in found if (_within(d, first, until) if d.due else whole)]
    if target:
        count = library.write_calendar(shown, target, today=today)
        output.tell(f"{count} deadlines written to {target}.")
    if session.as_json:
        output.document({"as_of": today.isoformat(), "deadlines": [d.as_json() for d in shown]})
    elif not target:
        _print(shown, today)
        _print_rest(found, shown)


def _print(shown: "Sequence[Deadline]", today: date) -> None:
    for deadline in shown:
        due = deadline.due or "no day"
        past = "  (past)" if deadline.due and deadline.due < today.isoformat() else ""
        output.say(f"{due:<12}{output.bold(deadline.rule.title)}{past}")
        output.say(output.wrapped(f"{deadline.subject.id}: {deadline.subject.title}", _INDENT))
        output.say(output.dim(output.wrapped(" ".join(_facts(deadline)), _INDENT)))


def _facts(deadline: "Deadline") -> list[str]:
    known = deadline.happening
    runs = f"Counted from {known.date}, by {_established(known)}." if known and deadline.due else ""
    return [x for x in (f"{deadline.rule.citation}.", deadline.missing, runs, *deadline.remarks) if x]


def _established(known: "Happening") -> str:
    return f'"{known.evidence}" [{known.where}]' if "#" in known.where else known.evidence


def _print_rest(found: "Sequence[Deadline]", shown: "Sequence[Deadline]") -> None:
    rest = [d for d in found if d not in shown]
    dated = sum(bool(d.due) for d in rest)
    output.say(f"{len(shown)} deadlines.")
    if rest:
        words = f"Not shown: {dated} outside these days, {len(rest) - dated} that cannot be computed (--all)."
        output.say(output.dim(output.wrapped(words)))


def _within(deadline: "Deadline", since: str, until: str) -> bool:
    return deadline.due >= since and (not until or deadline.due[: len(until)] <= until)


def _named(events: "Sequence[str]") -> dict[str, str]:
    named = dict(event.partition("=")[::2] for event in events)
    if bare := next((name for name, value in named.items() if not value), None):
        raise click.BadParameter(f"{bare!r}: write an event and its day, such as delivery=2026-05-31")
    return named


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it as 2026-05-31") from None
