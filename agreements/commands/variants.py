"""`agreements variants TOPIC`: who accepted which variant of a clause."""

from typing import TYPE_CHECKING, Any

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.survey.accepted import Accepted, VariantTable


@click.command("variants")
@click.argument("topic", required=False)
@click.option("--family", "families", multiple=True, help="Only this family; may be repeated.", **named.FAMILY)
@click.option("--party", "parties", multiple=True, help="Only with this party (code or name); repeated: with all.")
@click.option("--specimens", is_flag=True, help="Also the specimens that ship.")
@click.pass_obj
def command(session: output.Session, /, *, topic: str | None, **options: Any) -> None:
    """Show which agreement has which variant of a clause, newest first, with the words it rests on.

    TOPIC is a kind of variant or a topic; without it, the kinds are listed. What the words do not settle is said to
    be unsure; what is not seen was not found by the program, or read by a person not to be in the text.
    """
    from agreements import library

    if topic is None:
        kinds = library.variant_kinds()
        if session.as_json:
            output.document(kinds)
        else:
            output.table(list(kinds.items()), ("kind", "what it says"))
        return
    kinds = library.variant_kinds(topic)
    tables = [library.accepted_variants(session.surveyed(), kind, tell=output.tell, **options) for kind in kinds]
    if session.as_json:
        output.document(tables[0].as_json() if len(tables) == 1 else [table.as_json() for table in tables])
        return
    for table in tables:
        _print(table)


def _print(table: "VariantTable") -> None:
    output.say(output.bold(table.label))
    for code, rows in table.groups.items():
        meaning = f": {table.meanings[code]}" if table.meanings[code] else ""
        output.say(f"\n{output.bold(code)}{meaning} ({len(rows)})")
        plain = [row.agreement for row in rows if row.how == "not-found" and not row.said]
        if plain:
            output.say(output.wrapped(", ".join(plain), "  "))
        for row in rows:
            if row.agreement not in plain:
                _print_row(row)
    output.say()


def _print_row(row: "Accepted") -> None:
    output.say(f"  {row.signed or 'undated':<11} {row.place}  {output.dim(row.status)}")
    if row.words:
        output.say(output.wrapped(f"“{' '.join(row.words.split())}”", " " * 14))
    for limit in row.limits:
        output.say(output.wrapped(f"but: “{' '.join(limit.split())}”", " " * 14))
    for said in (row.via, row.said):
        if said:
            output.say(output.wrapped(said, " " * 14))
    if row.candidates:
        output.say(output.wrapped(f"different clauses say {' and '.join(row.candidates)}", " " * 14))
