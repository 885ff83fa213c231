"""`agreements partner CODE`: everything with one State on one page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output
from agreements.isodates import notice_words

if TYPE_CHECKING:
    from agreements.survey.partners import Instrument, OnlyOthers

_NAMED = 6


@click.command("partner")
@click.argument("named", metavar="CODE")
@click.option("--as-of", default="", metavar="DATE", help="Status and membership on this day.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write a desk book in Word instead.")
@click.pass_obj
def command(session: output.Session, named: str, as_of: str, target: Path | None) -> None:
    """Show everything with one partner (code or name): instruments, amendments, status, expiry, what only others have.

    Multilateral agreements are those that it belongs to. What others have is measured by its fellow parties
    in them (families), and by the nearest agreements of the same family (topics). The desk book (-o FILE.docx) also
    has what falls due, what is agreed on each core topic and where, and open negotiations.
    """
    from agreements import library

    if target:
        _write_book(session, named, as_of, target)
        return
    page = library.partner(session.surveyed(), named, as_of=as_of, tell=output.tell)
    if session.as_json:
        output.document(page.as_json())
        return
    day = f", as of {page.as_of}" if page.as_of else ""
    output.say(output.bold(f"{page.name} ({page.code}){day}"))
    for heading, rows in (("Bilateral", page.bilateral), ("Multilateral", page.multilateral)):
        output.say(f"\n{output.bold(heading)} ({len(rows)})")
        for row in rows:
            _print_instrument(row)
    for ids in page.alike:
        said = "have parties, family and day in common, and may be one agreement"
        output.say(output.wrapped(f"{', '.join(ids)} {said}.", "  ", "note: "))
    for words in page.differing:
        output.say(output.wrapped(words, "  ", "note: "))
    if page.uncounted:
        said = "no party of theirs is known, or an organisation is one and its members are not listed"
        output.say(output.wrapped(f"Not counted, though held: {', '.join(page.uncounted)}; {said}.", "  ", "note: "))
    if page.only_others:
        output.say(f"\n{output.bold('What others have')}")
        for others in page.only_others:
            _print_only_others(others)


def _write_book(session: output.Session, named: str, as_of: str, target: Path) -> None:
    from agreements import library

    book = library.write_desk_book(session.surveyed(), named, target, as_of=as_of, tell=output.tell)
    if session.as_json:
        output.document({"file": str(target), "held": book.held, "facts_only": book.known})
        return
    facts = f"{output.counted(book.held, 'agreement')} with text, {book.known} by facts only"
    output.say(f"Desk book of {book.page.name}: {facts}.")
    output.say(f"Written: {target}")


def _print_instrument(row: "Instrument") -> None:
    unsure = dict.fromkeys(row.unconfirmed, " (unconfirmed)")
    signed = f"{row.signed}{unsure.get('signed', '')}" if row.signed else "undated"
    output.say(f"  {signed:<11} {output.bold(row.id)}  {row.family}, {row.status}")
    ends = unsure.get("in_force", "") or unsure.get("term", "")
    member = " to ".join(x for x in (row.since, row.until) if x)
    facts = (
        row.title,
        f"{', '.join(row.citations)}{unsure.get('citations', '')}" if row.citations else "no citation established",
        f"in force {row.in_force}{unsure.get('in_force', '')}" if row.in_force else "",
        f"member {'since ' if row.since and not row.until else ''}{member}" if member else "",
        f"term {row.term}{unsure.get('term', '')}" if row.term else "",
        f"first term ends {row.first_term_ends}{ends}" if row.first_term_ends else "",
        f"renewal: {row.renewal}" if row.renewal else "",
        f"notice of {notice}" if (notice := notice_words(row.notice_months, row.notice_days)) else "",
        row.not_read,
        "text held" if row.text_held else "facts only",
        row.notice_given,
    )
    output.say(output.dim(output.wrapped("; ".join(x for x in facts if x), " " * 14)))
    if row.chain:
        output.say(output.wrapped(f"chain: {', '.join(row.chain)}", " " * 14))


def _print_only_others(row: "OnlyOthers") -> None:
    named = ", ".join(row.who[:_NAMED]) + (" ..." if len(row.who) > _NAMED else "")
    what = f"{row.what} in {row.of}: {row.said}; {row.have} of the {row.among} nearest have it" if row.of else ""
    family = f"an agreement of the family {row.what}: {row.said}; {row.have} of {row.among} fellow parties have one"
    output.say(output.wrapped(f"{what or family} ({named})", " " * 4, "  "))
