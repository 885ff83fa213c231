"""`agreements parse FILE`: read a file and show what was understood; nothing is stored."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output
from agreements.isodates import notice_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.findings import Finding
    from agreements.model import Agreement, Provision

_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "info": ("·", "cyan")}


@click.command("parse")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "agreement_id", metavar="ID", help="The id it would have (default: the file name).")
@click.option("--show", is_flag=True, help="Outline with what a person should look at beside its place.")
@click.option("--password", "ask", is_flag=True, help="Ask for the password of a protected PDF; it is kept nowhere.")
@click.pass_obj
def command(session: output.Session, file: Path, agreement_id: str | None, *, show: bool, ask: bool) -> None:
    """Read one file and show what was understood: facts, outline, findings. Stores nothing."""
    from agreements import library

    password = click.prompt(f"Password of {file.name}", hide_input=True, err=True) if ask else ""
    parsed = library.parse_file(file, agreement_id=agreement_id, tell=output.tell, password=password)
    if session.as_json:
        output.document(parsed.as_json())
        return
    _print_facts(parsed.agreement)
    if show:
        from agreements.intake.gates import gates

        found = dict.fromkeys([*parsed.findings, *gates(parsed.agreement)])  # some the reading has told already
        output.findings(_print_outline(parsed.agreement, list(found)))
    else:
        _print_outline(parsed.agreement, ())
        output.findings(parsed.findings)


def _print_outline(agreement: "Agreement", found: "Sequence[Finding]") -> "list[Finding]":
    """Print all provisions, each with the findings on it; returns the findings that have no place in the text."""
    from agreements.reference import places

    by_path: dict[str, list[Finding]] = {}
    for finding in found:
        by_path.setdefault(finding.where, []).append(finding)
    document = None
    for place in places(agreement):
        if place.document is not document:
            document = place.document
            output.say()
            output.say(output.bold(" ".join(x for x in (document.role, document.number, document.title) if x)))
            _print_beside(by_path.pop(document.role, ()), 1)
        _print_provision(place.provision, len(place.chain))
        _print_beside(by_path.pop(place.path, ()), len(place.chain))
    return [finding for rest in by_path.values() for finding in rest]


def _print_beside(found: "Sequence[Finding]", depth: int) -> None:
    for finding in found:
        sign, colour = _SIGNS[finding.severity]
        indent = "  " * depth
        words = output.wrapped(f"{sign} {finding.message}", f"{indent}  ", indent)
        output.say(click.style(words, fg=colour))


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
        ("notice", notice_words(agreement.termination_notice_months, agreement.termination_notice_days)),
    ):
        if value:
            output.say(f"  {label:<10} {value}")


def _print_provision(provision: "Provision", depth: int) -> None:
    words = " ".join(x for x in (provision.number, provision.heading) if x)
    label = provision.kind if provision.kind not in ("paragraph", "subparagraph", "item", "text") else ""
    start = " ".join(x for x in (label, words) if x)
    room = output.width() - 2 * depth - len(start) - 3
    text = provision.text if len(provision.text) <= room else provision.text[: max(room, 0)] + "…"
    output.say("  " * depth + " ".join(x for x in (start, output.dim(text)) if x))
