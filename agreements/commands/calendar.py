"""`agreements calendar`: what is due, by which rule, counted from what."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.negotiation.deadlines import Deadline, Happening

_INDENT = " " * 12
_MOST_NAMED = 12  # ids that one reason names unless all is asked for


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
@click.option("--remind", type=click.IntRange(min=0), default=3, show_default=True, help="Days: with --ics, reminders.")
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
    remind: int,
) -> None:
    """Show deadlines: reports, texts due, publication, settlement of orders, notice windows, ends of terms.

    What cannot be computed comes first and says why: it is never counted as none.
    Each says its rule and citation, the event it runs from and the words that establish it. Weekends and federal
    holidays are told; no date is moved. A rule that was not verified says so.
    """
    from agreements import library

    today, named = _day(as_of) or date.today(), _named(events)
    found = library.calendar(
        session.surveyed(), agreements, families=families, parties=parties, events=named, today=today
    )
    unused = [event for event in named if not any(_runs_from(d, named[event]) for d in found)]
    whole = everything or bool(agreements)
    shown, unknown = library.deadlines_within(found, since=since, until=until, everything=whole, today=today)
    if target:
        count = library.write_calendar(shown, target, today=today, remind=remind)
        output.tell(f"{_counted(count, 'deadline')} written to {target}.")
    if session.as_json:
        rows = [d.as_json() for d in shown]
        document = {"as_of": today.isoformat(), "cannot_compute": len(unknown), "deadlines": rows}
        document |= {"events_not_used": unused} if unused else {}
        output.document(document)
    elif not target:
        _print_unknown(unknown, whole=whole)
        _print(shown, today)
        _print_rest(found, shown, unknown)
    elif unknown:
        output.tell(output.wrapped(f"{_counted(len(unknown), 'deadline')} cannot be computed and are not in it."))
    for event in unused:
        words = f"The day named for {event} ({named[event]}) was not used: no rule of what is shown here runs from it."
        output.tell(output.wrapped(words))


def _runs_from(deadline: "Deadline", day: str) -> bool:
    """Whether a deadline is counted from the `day` that somebody named, itself or over the end of the term."""
    known, named = deadline.happening, date.fromisoformat(day).isoformat()
    return known is not None and (known.date == named or named in known.evidence)


def _print_unknown(unknown: "Sequence[Deadline]", *, whole: bool) -> None:
    """Print what cannot be computed by its reason, with all that it is true of."""
    if not unknown:
        return
    output.say(output.bold("Without a day"))
    reasons: dict[tuple[str, str], list[str]] = {}
    for deadline in unknown:
        name, missing, known = deadline.subject.id, deadline.missing, deadline.happening
        title = f"{name} ({deadline.subject.title})" if deadline.subject.key else name
        if known and known.date in missing:
            unsure = ", unconfirmed" if known.is_unconfirmed else ""
            title, missing = f"{title} ({known.date}{unsure})", missing.replace(f"as {known.date}", "in part")
        reasons.setdefault((deadline.rule.title, missing), []).append(title)
    for (title, missing), ids in reasons.items():
        most = ids if whole else ids[:_MOST_NAMED]
        more = f", and {len(ids) - len(most)} more (--all names them)" if len(most) < len(ids) else ""
        output.say(output.wrapped(f"{title}: {missing} {', '.join(most)}{more}.", "  ", ""))
    output.say()


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _print(shown: "Sequence[Deadline]", today: date) -> None:
    for deadline in (each for each in shown if each.due):
        past = "  (past)" if deadline.due < today.isoformat() and deadline.done is None else ""
        done = f"  ({_done(deadline)} {deadline.done.date})" if deadline.done else ""
        output.say(f"{deadline.due:<12}{output.bold(deadline.rule.title)}{done or past}")
        output.say(output.wrapped(f"{deadline.subject.id}: {deadline.subject.title}", _INDENT))
        output.say(output.dim(output.wrapped(" ".join(_facts(deadline)), _INDENT)))


def _done(deadline: "Deadline") -> str:
    """Return what is recorded of a deadline in a word: an exception from what a rule asks is not that it was done."""
    closed = deadline.subject.closed
    excepted = any(closed.get(step) == deadline.done for step in deadline.rule.closed_by if step.startswith("not-"))
    return "excepted" if excepted else "done"


def _facts(deadline: "Deadline") -> list[str]:
    known = deadline.happening
    runs = ""
    if known and deadline.due:
        by = _established(known)
        runs = f"By {by.rstrip('.')}." if deadline.is_the_day else f"Counted from {known.date}, by {by}."
    done = f"Recorded as done {deadline.done.date}: {deadline.done.evidence}." if deadline.done else ""
    citation = deadline.rule.citation
    return [x for x in (f"{citation[:1].upper()}{citation[1:]}.", done, runs, *deadline.remarks) if x]


def _established(known: "Happening") -> str:
    return f'"{known.evidence}" [{known.where}]' if "#" in known.where else known.evidence


def _print_rest(found: "Sequence[Deadline]", shown: "Sequence[Deadline]", unknown: "Sequence[Deadline]") -> None:
    dated = [d for d in shown if d.due]
    told = {id(d) for d in (*dated, *unknown)}
    rest = [d for d in found if id(d) not in told]
    done = sum(d.done is not None for d in rest)
    output.say(f"{_counted(len(dated), 'deadline')} with a day, {len(unknown)} without one.")
    if rest:
        counts = ((len(rest) - done, "outside these days"), (done, "recorded as done"))
        words = f"Not shown: {', '.join(f'{count} {what}' for count, what in counts if count)} (--all)."
        output.say(output.dim(output.wrapped(words)))


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
