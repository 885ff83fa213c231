"""`agreements show REF`: print an agreement or one provision with its citation."""

from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agreements.lineage.citations import Led
    from agreements.lineage.shown import Shown
    from agreements.model import Document, Provision

_HEADS = {"part": "Part", "chapter": "Chapter", "article": "Article", "section": "Section"}


@click.command("show")
@click.argument("reference", metavar="REF")
@click.option("--as-of", default="", metavar="DATE", help="The text as it stood on this day (2000, 2000-05-31).")
@click.pass_obj
def command(session: output.Session, reference: str, as_of: str) -> None:
    """Print an agreement (`nato-sofa-1951`) or one provision (`nato-sofa-1951#VIII.8`) with its citation."""
    from agreements import library

    shown = library.get(session.surveyed(), reference, as_of=as_of)
    if session.as_json:
        from dataclasses import asdict

        from agreements.export import view

        states = [{"state": shown.state(change)} if as_of else {} for change in shown.changes]
        rows = [asdict(change) | state for change, state in zip(shown.changes, states, strict=True)]
        changes: dict[str, object] = {"changes": rows, "notes": list(shown.notes)}
        if shown.together:
            changes["together"] = asdict(shown.together)
        changes["references"] = [led.as_json() for led in shown.references]
        known = {
            "citation": shown.citation,
            "fingerprint": shown.fingerprint,
            **({"as_of": as_of} if as_of else {}),
            **changes,
        }
        output.document(view.shown(shown.agreement, shown.place) | known)
        return
    if shown.agreement.standing == "specimen":
        output.say(output.dim("SPECIMEN: invented States, an agreement of nobody."))
    if shown.place:
        _print_provision(shown.place.provision, 0)
    else:
        for document in shown.agreement.documents:
            _print_document(document)
    output.say()
    _print_changes(shown)
    _print_references(shown.references, one_by_one=shown.place is not None)
    output.say(output.dim(output.wrapped(shown.citation)))
    if not shown.agreement.text_held:
        output.say(f"Only facts are held. `agreements wanted {shown.agreement.id}` says where to look for the text.")


def _print_changes(shown: "Shown") -> None:
    """Print what was done to it: as of a day what is in the text, what is not and why, what came later."""
    day = shown.as_of
    if shown.together:
        status = f": {shown.together.status}" if shown.together.status else ""
        output.say(output.wrapped(f"As it stood {'on' if len(day) == 10 else 'in'} {day}{status}."))
    labels = {"put in": "Put in", "not put in": "Not put in", "later": "Later"}
    for change in shown.changes:
        label = labels[shown.state(change)] if day else "Changed"
        output.say(output.wrapped(f"{label}: {change.words()}", "  ", ""))
    for note in shown.notes:
        output.say(output.wrapped(f"Note: {note}", "  ", ""))
    if shown.together:
        for line in shown.together.stands_on:
            output.say(output.wrapped(f"Read together, words not put in: it {line}", "  ", ""))
        for line in shown.together.stood_on_by:
            output.say(output.wrapped(f"Read together, words not put in: {line}", "  ", ""))


def _print_references(references: "Sequence[Led]", *, one_by_one: bool) -> None:
    """Print where the references to other agreements lead: each, or for a whole agreement how many."""
    if one_by_one:
        for words, led in {led.words: led for led in references}.items():
            output.say(output.wrapped(f"“{words}”: {led.target or f'not resolved. {led.why}'}", "  ", ""))
    elif references:
        known = sum(bool(led.target) for led in references)
        other = len(references) - known
        words = f"References to other agreements: {known} lead to one held here" + (
            f", {other} do not." if other else "."
        )
        output.say(output.wrapped(words))


def _print_document(document: "Document") -> None:
    from agreements.citation import document_words

    output.say()
    if title := ": ".join(x for x in (document_words(document), document.title) if x):
        output.say(output.bold(output.wrapped(title)))
    for provision in document.provisions:
        _print_provision(provision, 0)


def _print_provision(provision: "Provision", depth: int) -> None:
    if provision.kind in _HEADS:
        head = provision.labelled(_HEADS[provision.kind])
        output.say()
        output.say(output.bold(f"{head}: {provision.heading}" if provision.heading else head))
        if provision.text:
            output.say(output.wrapped(provision.text))
    elif words := " ".join(x for x in (provision.number, provision.heading, provision.text) if x):
        indent = "  " * depth
        hang = " " * (len(provision.number) + 1) if provision.number else ""
        output.say(output.wrapped(words, indent + hang, indent))
    inner = 0 if provision.kind in (*_HEADS, "preamble", "testimonium", "signature") else depth + 1
    for child in provision.children:
        _print_provision(child, inner)
