"""`agreements negotiation status` and `brief`: where it stands, on one screen of 24 lines or two pages in Word."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.negotiation.clearance import OfficeClearance
    from agreements.negotiation.file import NegotiatedText, NegotiatingAuthority, Negotiation
    from agreements.negotiation.status import NegotiationStatus

_LINES = 23  # one is left for the prompt
_MOST = 3  # lines that one row may take
_WIDTH = 80
_NAME = 11


@click.command("status")
@click.argument("negotiation", metavar="ID")
@click.pass_obj
def status(session: output.Session, negotiation: str) -> None:
    """Show where a negotiation stands: authority, rounds, last text, open points, approvals, next steps."""
    from agreements import library
    from agreements.isodates import today

    found = library.negotiation_status(session.folder(), negotiation)
    if session.as_json:
        output.document(found.as_json())
        return
    for line in screen(found, today()):
        output.say(line)


def screen(found: "NegotiationStatus", today: str) -> list[str]:
    """Return the lines of the screen, at most 23 of 80 columns; `today` (ISO) tells what is overdue."""
    held = found.negotiation
    head = f"{held.id}  {held.title or held.family} - {found.partner}"
    lines = [found.marking.center(_WIDTH).rstrip()] if found.marking else []
    lines += [head[:_WIDTH], ""]
    for name, text in _rows(found, today):
        made = textwrap.wrap(text, _WIDTH - _NAME, break_on_hyphens=False) or [""]
        if len(made) > _MOST:
            made = [*made[: _MOST - 1], made[_MOST - 1][: _WIDTH - _NAME - 4] + " ..."]
        lines.append(f"{name:<{_NAME}}{made[0]}")
        lines += [" " * _NAME + more for more in made[1:]]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], "... more with --json"]
    return lines


def _rows(found: "NegotiationStatus", today: str) -> Iterator[tuple[str, str]]:
    from agreements.negotiation.clearance import not_as_cleared, office_clearances

    held = found.negotiation
    since = held.stages[-1].date if held.stages else ""
    yield "stage", f"{held.stage_words}{f' since {since}' if since else ''}"
    if held.on_hold:
        yield "LEGAL HOLD", f"{held.on_hold[0].reason} (since {held.on_hold[0].since}); nothing is purged"
    if held.objective:
        yield "objective", held.objective
    yield "authority", _authorities(found, today)
    if held.rounds:
        last = held.rounds[-1]
        heads = " / ".join(x for x in (last.our_head, last.their_head) if x)
        where = ", ".join(x for x in (last.place, heads) if x)
        yield "rounds", f"{len(held.rounds)}; last {last.date}{f', {where}' if where else ''}"
    else:
        yield "rounds", "none"
    yield from _last_text(found)
    yield "positions", _positions(found)
    for standing in found.languages:
        yield "language", standing.said
    asked = office_clearances(held, today)
    if asked:
        yield "clearance", "; ".join([*(_clearance(each) for each in asked), *not_as_cleared(held, asked)])
    others = [a for a in held.last_approvals if a.about or a.office not in {each.office for each in asked}]
    if others:
        yield "approvals", "; ".join(_approval(a.office, a.state, a.condition) for a in others)
    yield from _after(held)
    if held.undone:
        yield "undone", "; ".join(each.said for each in held.undone)
    due = sorted((s for s in held.steps if s.done is None), key=lambda s: s.due or "9999")
    for step in due[:4]:
        overdue = " - OVERDUE" if step.due and step.due < today[: len(step.due)] else ""
        who = ", ".join(x for x in (step.who, f"by {step.due}" if step.due else "") if x)
        yield f"step {step.number}", f"{step.what}{f' ({who})' if who else ''}{overdue}"
    if len(due) > 4:
        yield "", f"and {len(due) - 4} more steps"


def _last_text(found: "NegotiationStatus") -> Iterator[tuple[str, str]]:
    """Yield which text was exchanged last, what is open in it, and what of it was agreed."""
    held = found.negotiation
    inside = sum(text.side == "draft" for text in held.texts)
    none = f"none was exchanged; kept inside: {inside}" if inside else "none is kept"
    yield "last text", _text(found.opened_from) if found.opened_from else none
    if held.purged_texts:
        yield "PURGED", held.purged_texts
    if found.opened_from:
        units = ", ".join(f"{unit} ({count})" if count > 1 else unit for unit, count in found.open_by_unit.items())
        yield "open", units or "no open brackets in it"
    if found.ad_referendum:
        yield "ad ref.", ", ".join(found.ad_referendum)
    if found.finally_agreed:
        yield "agreed", ", ".join(found.finally_agreed)
    if found.changed and found.opened_from:
        yield "CHANGED", f"agreed, and other words in text {found.opened_from.number}: {', '.join(found.changed)}"


def _after(held: "Negotiation") -> Iterator[tuple[str, str]]:
    """Yield what is recorded from the signature on."""
    if held.closing:
        last = held.closing[-1]
        yield "closing", f"{len(held.closing)} recorded; last {last.step.replace('-', ' ')} {last.date} by {last.by}"
    if held.follows:
        waiting = f"; UNANSWERED questions: {len(held.unanswered)}" if held.unanswered else ""
        yield "follows", f"{len(held.follows)} recorded{waiting}"


def _authorities(found: "NegotiationStatus", today: str) -> str:
    """Return the authority that is recorded, and those for another act that were given before it."""
    own = found.negotiation
    return "; before it: ".join(_authority(each, today) for each in (own.authority, *reversed(own.authorities_before)))


def _authority(held: "NegotiatingAuthority", today: str) -> str:
    if held.held_elsewhere and not (held.kind or held.approved):
        return f"held elsewhere: {held.held_elsewhere}"
    parts = [str(x).replace("-", " ") for x in (held.kind, held.scope) if x]
    if held.approved:
        parts.append(f"approved {held.approved}{f' by {held.approver}' if held.approver else ''}")
    elif held.requested:
        parts.append(f"requested {held.requested}, not approved")
    if held.expires:
        parts.append(f"expires {held.expires}{' - EXPIRED' if held.expires < today[: len(held.expires)] else ''}")
    if held.limits:
        parts.append(f"not covered: {'; '.join(held.limits)}")
    return ", ".join(parts) or "none is recorded"


def _text(text: "NegotiatedText") -> str:
    where = f" in round {text.round}" if text.round else ""
    is_counted = text.words_deleted is not None
    counts = f", -{text.words_deleted} +{text.words_inserted} words against text {text.base}" if is_counted else ""
    return f"{text.number}, {text.how} {text.date}{where}: {text.name}{counts}"


def _positions(found: "NegotiationStatus") -> str:
    every = found.positions.positions
    if not every:
        return "none is recorded"
    counts = Counter(p.status.replace("-", " ") for p in every)
    elsewhere = sum(1 for p in every if p.held_elsewhere)
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    return f"{len(every)}: {said}{f'; {elsewhere} held elsewhere' if elsewhere else ''}"


def _clearance(each: "OfficeClearance") -> str:
    said = {"silent": "no answer", "overdue": "no answer - OVERDUE", "cleared-earlier": "cleared an earlier text"}
    of = f" (text {each.approval.text})" if each.approval and each.approval.text else ""
    of += f" ({each.approval.condition})" if each.approval and each.approval.condition else ""
    of += " - DOUBTFUL: see `clear`" if each.doubts else ""
    return f"{each.office} {said.get(each.state, each.state.replace('-', ' '))}{of}"


def _approval(office: str, state: str, condition: str) -> str:
    return f"{office} {state.replace('-', ' ')}{f' ({condition})' if condition else ''}"


@click.command("brief")
@click.argument("negotiation", metavar="ID")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The Word file.")
@click.option("--date", metavar="DATE", default="", help="The day of the brief (default: today).")
@click.pass_obj
def brief(session: output.Session, /, negotiation: str, target: Path, *, date: str) -> None:
    """Write a brief of two pages in Word: key terms, last text, open points with both wordings, precedents.

    It holds our positions, so it is for our side alone, and it bears the highest marking of all that is in it.
    """
    from agreements import library
    from agreements.isodates import today

    made = library.make_brief(session.surveyed(), negotiation, day=date or today(), tell=output.tell)
    written = library.write_brief(made, target)
    if session.as_json:
        points = [
            {"path": p.path, "us": p.us, "partner": p.partner, "precedents": list(made.precedents.get(p.path, ()))}
            for p in made.sides.points
        ]
        output.document({"files": [str(written)], "marking": made.status.marking, "open": points})
    else:
        output.say(f"Written: {written} ({made.status.marking or 'no marking'}; {len(made.sides.points)} open points).")
