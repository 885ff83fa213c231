"""`agreements parse FILE`: read a file and show what was understood; nothing is stored."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.model import Agreement, Provision


@click.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "agreement_id", metavar="ID", help="The id it would have (default: the file name).")
@click.pass_obj
def command(session: output.Session, file: Path, agreement_id: str | None) -> None:
    """Read one file and show what was understood: facts, outline, findings. Stores nothing."""
    from agreements import library

    parsed = library.parse_file(file, agreement_id=agreement_id)
    if session.as_json:
        output.document(parsed.as_json())
        return
    _print_facts(parsed.agreement)
    for document in parsed.agreement.documents:
        output.say()
        output.say(output.bold(" ".join(x for x in (document.role, document.number, document.title) if x)))
        for provision in document.provisions:
            _print_outline(provision, 1)
    output.findings(parsed.findings)


def _print_facts(agreement: "Agreement") -> None:
    from agreements.citation import cite

    output.say(output.bold(output.wrapped(agreement.title or "(no title found)")))
    output.say(output.wrapped(cite(agreement)))
    for party in agreement.parties:
        output.say(f"  party      {party.code or '?':<5} {party.body or party.name}")
    for label, value in (
        ("form", agreement.form),
        ("family", agreement.family),
        ("languages", ", ".join(agreement.languages)),
        ("marking", agreement.marking),
        ("notice", agreement.termination_notice_months and f"{agreement.termination_notice_months} months"),
    ):
        if value:
            output.say(f"  {label:<10} {value}")


def _print_outline(provision: "Provision", depth: int) -> None:
    words = " ".join(x for x in (provision.number, provision.heading) if x)
    label = provision.kind if provision.kind not in ("paragraph", "subparagraph", "item", "text") else ""
    start = " ".join(x for x in (label, words) if x)
    room = output.width() - 2 * depth - len(start) - 3
    text = provision.text if len(provision.text) <= room else provision.text[: max(room, 0)] + "…"
    output.say("  " * depth + " ".join(x for x in (start, output.dim(text)) if x))
    for child in provision.children:
        _print_outline(child, depth + 1)
