"""`agreements edit ID`: change the text or the facts of an agreement by hand."""

import sys
from pathlib import Path

import click

from agreements.commands import output
from agreements.errors import RepositoryError


@click.command("edit")
@click.argument("agreement", metavar="ID")
@click.option("--document", default="", metavar="NAME", help="Another text than the main one, such as annex-a.en.")
@click.option("--from", "text", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Take over a file.")
@click.option("--expected", default="", metavar="FINGERPRINT", help="Only if it is still as `show --json` had it.")
@click.pass_obj
def command(session: output.Session, agreement: str, document: str, text: Path | None, expected: str) -> None:
    """Open agreement.md (facts, then text) in your editor ($VISUAL, $EDITOR) and check it when you have saved.

    What cannot be read is shown with its line and can be opened again; an edit is never lost. The text as it was
    before goes into the history. A correction by hand survives later imports of the same file.
    """
    from agreements import library

    if text:
        done = library.edit_from(session.folder(), agreement, text, document, expected=expected, tell=output.tell)
    else:
        done = library.edit(session.folder(), agreement, document, again=_ask, expected=expected, tell=output.tell)
    if session.as_json:
        output.document({"id": done.id, "changed": done.changed, "findings": output.rows_of(done.findings)})
        return
    output.findings(done.findings, least="warning")
    output.say(f"{done.id} is {'changed; the text before is in its history' if done.changed else 'as it was'}.")


def _ask(problem: RepositoryError) -> bool:
    output.tell(click.style("error: ", fg="red") + f"{problem} {problem.hint}")
    return sys.stdin.isatty() and click.confirm("Open it again?", default=True, err=True)
