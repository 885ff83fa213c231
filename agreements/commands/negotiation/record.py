"""The record of a negotiation: `agreements negotiation new`, `list`, `set`, `round`, `approve`, `step`, and its end.

Its end is `export` for the official record, `hold` for a legal hold, and `purge` for a spill.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.negotiation.file import Approval, Negotiation
    from agreements.negotiation.purging import PurgedPaper

_STAGES = (
    "concept", "cleared-to-negotiate", "text-tabled", "in-negotiation", "ad-referendum", "language-conformity",
    "cleared-to-conclude", "signed", "pending-entry", "in-force", "amended", "notice-given", "ended",
)  # fmt: skip
_AUTHORITY = {
    "authority": "kind",
    "scope": "scope",
    "requested": "requested",
    "approved": "approved",
    "expires": "expires",
    "approver": "approver",
    "limit": "limits",
    "reference": "reference",
    "held_elsewhere": "held_elsewhere",
}


def _facts(command: Any) -> Any:
    """Add the options for facts that `new` and `set` share."""
    options = [
        click.option("--title", metavar="TEXT", help="What it is called."),
        click.option("--objective", metavar="TEXT", help="What is to be reached."),
        click.option("--lead", metavar="NAME", help="Who leads our side."),
        click.option("--marking", metavar="TEXT", help="UNCLASSIFIED, SENSITIVE BUT UNCLASSIFIED or CUI."),
        click.option("--our-label", metavar="TEXT", help="How we stand in open brackets (US)."),
        click.option("--their-label", metavar="TEXT", help="How they stand in open brackets (PARTNER)."),
        click.option("--agreement", metavar="ID", help="The agreement or draft in the repository that it is about."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command("new")
@click.argument("negotiation", metavar="ID")
@click.option("--partner", required=True, metavar="CODE", help="The other side: a code (EST) or a name.")
@click.option("--family", default="other", show_default=True, metavar="F", help="{names}.", **named.FAMILY)
@_facts
@click.pass_obj
def new(session: output.Session, /, negotiation: str, **facts: Any) -> None:
    """Begin to keep the negotiation ID (lower-case letters, digits and hyphens)."""
    from agreements import library

    begun = library.begin_negotiation(session.folder(), negotiation, facts)
    if session.as_json:
        output.document(begun.model_dump(mode="json", exclude_defaults=True))
    else:
        output.say(f"{begun.id} is kept in {library.negotiations_in(session.folder()).root / begun.id}.")
        output.say("Next: `agreements negotiation set`, then `table` the first text.")


@click.command("list")
@click.pass_obj
def listed(session: output.Session) -> None:
    """List the negotiations that are kept here."""
    from agreements import library

    found, damaged = library.negotiation_list(session.folder())
    if session.as_json:
        output.document([{"id": n.id, "partner": n.partner, "family": n.family, "stage": n.stage} for n in found])
    elif not found:
        output.say("No negotiation is kept here. `agreements negotiation new` begins one.")
    else:
        rows = [(n.id, n.partner, n.family, n.stage, str(len(n.rounds)), n.title) for n in found]
        output.table(rows, ("id", "partner", "family", "stage", "rounds", "title"))
    output.findings(damaged)


@click.command("set")
@click.argument("negotiation", metavar="ID")
@click.option("--stage", type=click.Choice(_STAGES), help="The stage that was reached.")
@click.option("--date", metavar="DATE", help="When it was reached (default: today).")
@click.option("--note", metavar="TEXT", help="A note to the stage.")
@click.option("--partner", metavar="CODE", help="The other side, where it was given wrongly.")
@click.option("--family", metavar="F", help="The family, where it was given wrongly.", **named.FAMILY)
@_facts
@click.option("--authority", metavar="KIND", help="action-memorandum, blanket, full-powers, delegated or other.")
@click.option("--scope", metavar="S", help="negotiate, conclude, negotiate-and-conclude, amend, extend, terminate.")
@click.option("--requested", metavar="DATE", help="When the authority was asked for.")
@click.option("--approved", metavar="DATE", help="When it was given.")
@click.option("--expires", metavar="DATE", help="When it ends.")
@click.option("--approver", metavar="NAME", help="Who gave it.")
@click.option("--limit", multiple=True, metavar="TEXT", help="What it does not cover; may be repeated.")
@click.option("--reference", metavar="TEXT", help="The paper that gives it.")
@click.option("--held-elsewhere", metavar="TEXT", help="Where the authority is kept when it may not be here.")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def change(session: output.Session, /, negotiation: str, *, expected: str, **facts: Any) -> None:
    """Set facts of a negotiation: its stage, its authority, its objective. What is not named stays."""
    from agreements import library

    authority = {own: facts.pop(name) for name, own in _AUTHORITY.items()}
    given = {own: value for own, value in authority.items() if value not in (None, ())}
    if given:
        facts["authority"] = given
    held = library.set_negotiation(session.folder(), negotiation, facts, expected=expected)
    if session.as_json:
        output.document(held.model_dump(mode="json", exclude_defaults=True))
    else:
        counts = f"{output.counted(len(held.rounds), 'round')}, {output.counted(len(held.texts), 'text')}"
        output.say(f"{held.id}: stage {held.stage}, {counts}.")
        if doubt := held.authority.doubt:
            output.say(output.wrapped(f"note: {doubt}."))


@click.command("round")
@click.argument("negotiation", metavar="ID")
@click.option("--number", type=click.IntRange(min=1), help="Which round (default: a new one).")
@click.option("--date", metavar="DATE", help="First day, as 2026-11-22.")
@click.option("--until", metavar="DATE", help="Last day.")
@click.option("--place", metavar="TEXT", help="Where.")
@click.option("--our-head", metavar="NAME", help="Head of our delegation.")
@click.option("--their-head", metavar="NAME", help="Head of theirs.")
@click.option("--ad-referendum", multiple=True, metavar="PATH", help="What was agreed ad referendum; may be repeated.")
@click.option("--note", metavar="TEXT")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def talks(session: output.Session, /, negotiation: str, *, expected: str, **facts: Any) -> None:
    """Note a round of talks."""
    from agreements import library

    made = library.add_round(session.folder(), negotiation, facts, expected=expected)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
    else:
        agreed = f"; agreed ad referendum: {', '.join(made.ad_referendum)}" if made.ad_referendum else ""
        output.say(f"Round {made.number}, {made.date}{f', {made.place}' if made.place else ''}{agreed}.")


@click.command("approve")
@click.argument("negotiation", metavar="ID")
@click.argument("office")
@click.option(
    "--state",
    type=click.Choice(["requested", "cleared", "cleared-with-condition", "refused"]),
    default="cleared",
    show_default=True,
)
@click.option("--date", metavar="DATE")
@click.option("--about", metavar="TEXT", help="What it is about: a text, an article, the authority.")
@click.option("--condition", metavar="TEXT", help="Under which condition.")
@click.option("--text", type=int, metavar="N", help="The text that it clears (default: the one it was asked about).")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def approve(session: output.Session, /, negotiation: str, *, expected: str, **facts: Any) -> None:
    """Record what an OFFICE (L, OSD, JS, OGC, EUCOM, a bureau) said."""
    from agreements import library

    made = library.record_approval(session.folder(), negotiation, facts, expected=expected)
    if session.as_json:
        output.document(made.model_dump(mode="json"))
    else:
        of_text = f", text {made.text}" if made.text else ""
        condition = f" ({made.condition})" if made.condition else ""
        output.say(f"{made.office}: {made.state.replace('-', ' ')}{condition}{of_text}.")
        _doubt(library.negotiations_in(session.folder()).get(negotiation), made)


def _doubt(held: "Negotiation", made: "Approval") -> None:
    """Print what is doubtful in an approval as recorded: an office that nobody asked, a day before its text."""
    from dataclasses import replace

    from agreements.isodates import today
    from agreements.negotiation.clearance import not_asked, office_clearances

    if not made.about and not_asked(held, made.office):
        asked = ", ".join(dict.fromkeys(office for each in held.clearances for office in each.offices))
        output.say(output.wrapped(f"note: No office of this name was asked; asked were {asked}."))
    if not made.about:
        for each in office_clearances(held, today()):
            if each.office.casefold() == made.office.casefold():
                for doubt in replace(each, approval=made).doubts:  # an earlier word may be its last
                    output.say(output.wrapped(f"note: {each.office}: {doubt}."))


@click.command("step")
@click.argument("negotiation", metavar="ID")
@click.argument("what", required=False)
@click.option("--who", metavar="NAME")
@click.option("--due", metavar="DATE")
@click.option("--done", type=int, metavar="N", help="Step N is done.")
@click.option("--date", metavar="DATE", help="When it was done (default: today).")
@click.option("--expected", **named.EXPECTED)
@click.pass_obj
def step(
    session: output.Session, /, negotiation: str, what: str | None, done: int | None, *, expected: str, **facts: Any
) -> None:
    """Note WHAT is to be done next, or that a step is done."""
    from agreements import library

    if (what is None) == (done is None):
        raise click.UsageError("Say what is to be done, or which step is done with --done N.")
    if done is not None:
        made = library.finish_step(session.folder(), negotiation, done, facts["date"] or "", expected=expected)
    else:
        given = {"what": what, "who": facts["who"], "due": facts["due"]}
        made = library.add_step(session.folder(), negotiation, given, expected=expected)
    if session.as_json:
        output.document(made.model_dump(mode="json", exclude_defaults=True))
    else:
        output.say(f"Step {made.number}: {made.what}" + (f" - done {made.done}" if made.done else ""))


@click.command("export")
@click.argument("negotiation", metavar="ID")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="The zip file.")
@click.pass_obj
def export(session: output.Session, /, negotiation: str, target: Path) -> None:
    """Write the whole file of a negotiation, with an index of hashes, for the official record-keeping system."""
    from agreements import library

    made = library.export_negotiation(session.folder(), negotiation, target)
    if session.as_json:
        output.document(made.as_json())
    else:
        marking = made.marking or "no marking"
        output.say(f"Written: {made.path} ({len(made.entries)} files, index.csv and README.txt; {marking}).")


@click.command("access")
@click.argument("negotiation", metavar="ID")
@click.option("--add", multiple=True, metavar="NAME", help="Let NAME (a login) see it; may be repeated.")
@click.option("--remove", multiple=True, metavar="NAME", help="No longer let NAME see it; may be repeated.")
@click.pass_obj
def access(session: output.Session, /, negotiation: str, add: tuple[str, ...], remove: tuple[str, ...]) -> None:
    """Show who may see a negotiation, or let others see it; it is shown to nobody else, in no list and no count.

    On a shared drive only the rights of its folder keep others from the files; they are set with it.
    """
    from agreements import library

    if add or remove:
        found = library.set_access(session.folder(), negotiation, add=add, remove=remove)
    else:
        found = library.negotiation_access(session.folder(), negotiation)
    if session.as_json:
        output.document({"id": negotiation, "made_by": found.made_by, "may_see": list(found.may_see)})
    else:
        output.say(output.wrapped(f"{negotiation} is seen by {', '.join(found.may_see) or 'everybody'}."))


@click.command("hold")
@click.argument("negotiation", metavar="ID")
@click.option("--reason", metavar="TEXT", help="Why nothing may be destroyed.")
@click.option("--by", metavar="NAME", help="Who ordered it.")
@click.option("--release", is_flag=True, help="Release the holds.")
@click.pass_obj
def hold(session: output.Session, /, negotiation: str, reason: str | None, by: str | None, *, release: bool) -> None:
    """Put a negotiation under a legal hold, or release it. Under a hold nothing is purged."""
    from agreements import library

    if release == bool(reason):
        raise click.UsageError("Give a --reason to hold it, or --release.")
    if release:
        holds = library.release_hold(session.folder(), negotiation)
    else:
        holds = (library.hold_negotiation(session.folder(), negotiation, reason or "", by=by or ""),)
    if session.as_json:
        output.document([h.model_dump(mode="json", exclude_defaults=True) for h in holds])
    else:
        output.say(f"{negotiation} is {'under no legal hold any more' if release else 'under a legal hold'}.")


@click.command("purge")
@click.argument("negotiation", metavar="ID")
@click.option("--reason", required=True, help="Why; it stays in the tombstone.")
@click.option("--authority", metavar="TEXT", default="", help="The disposition authority: the item of the schedule.")
@click.option("--spill", metavar="TEXT", default="", help="The reference of the spill that it is part of.")
@click.option("--paper", metavar="FILE|TEXT", default="", help="This one file alone: its name, or its text's number.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def purge(
    session: output.Session, /, negotiation: str, reason: str, *, authority: str, spill: str, paper: str, yes: bool
) -> None:
    """Remove all that is kept of a negotiation, with its history. Exports and copies elsewhere stay: delete them too.

    The disposition authority that allows it, or the reference of a spill, is to be given. A tombstone with the hashes
    stays, and the same files are refused when they are imported, or come into another negotiation. With --paper one
    file goes, and what was decided on its words; its entry in the record stays, and says that the file was purged.
    """
    from agreements import library

    folder = session.folder()
    library.negotiations_in(folder).refuse_under_hold(negotiation)
    if paper:
        if not (yes or session.as_json):
            click.confirm(f"Remove {paper} of {negotiation} from {folder} for good?", abort=True)
        gone = library.purge_paper(folder, negotiation, paper, reason, authority=authority, spill=spill)
        _say_purged(session, negotiation, gone)
        return
    if not (yes or session.as_json):
        click.confirm(f"Remove {negotiation} with all its texts and positions from {folder} for good?", abort=True)
    stone = library.purge_negotiation(folder, negotiation, reason, authority=authority, spill=spill)
    if session.as_json:
        output.document(stone.as_json())
    else:
        output.say(f"{negotiation} is purged; a tombstone with {len(stone.hashes)} hashes stays.")


def _say_purged(session: output.Session, negotiation: str, gone: "PurgedPaper") -> None:
    if session.as_json:
        output.document({**gone.stone.as_json(), "files": [*gone.files], "made_from": [*gone.made_from]})
        return
    output.say(output.wrapped(f"Purged from {negotiation}: {', '.join(gone.files)}; a tombstone stays.", "  ", ""))
    made = f" Recorded as after it, and kept: text {', '.join(map(str, gone.made_from))}." if gone.made_from else ""
    unlooked = "Not examined: what people wrote into positions, reasons, notes and names of files, and other papers."
    output.say(output.wrapped(f"{unlooked}{made}", "  ", ""))
