"""`agreements acsa-review`: an acquisition and cross-servicing agreement held against its statute."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.reviewing.acsa import AcsaReview

_INDENT = " " * 20


@click.command("acsa-review")
@click.argument("subject", metavar="FILE|ID|REF")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), help="Write a memo to this Word file.")
@click.pass_context
def command(ctx: click.Context, /, subject: str, target: Path | None) -> None:
    """Review an ACSA under 10 U.S.C. 2341 to 2350, item by item: stated, not stated, or differs: for L.

    A draft (its parameter file), a Word, PDF or text file, or an agreement of the repository. Each answer names the
    words it rests on and the statute, which binds whatever the text leaves out; times are added up beside the
    statute's without a verdict. A source that was not verified says so.
    """
    from agreements import library

    session: output.Session = ctx.obj
    found = library.acsa_review(subject, repository=session.folder)
    if target:
        library.write_acsa_memo(found, target)
    if session.as_json:
        output.document(found.as_json())
    else:
        _print(found)


def _print(review: "AcsaReview") -> None:
    from agreements.reviewing.acsa import BINDS

    output.say(output.bold(output.wrapped(review.title)))
    for answer in review.answers:
        output.say(output.wrapped(answer.rule.item, _INDENT, f"{review.said(answer):<{len(_INDENT)}}"))
        if answer.where:
            output.say(output.dim(output.wrapped(f"{answer.where}: {answer.words}", _INDENT)))
        if answer.finding():
            output.say(output.wrapped(f"{answer.why or answer.rule.reason} {answer.rule.fix}", _INDENT))
        elif answer.why:
            output.say(output.wrapped(answer.why, _INDENT))
        if answer.finding():
            output.say(output.dim(output.wrapped(answer.rule.source, _INDENT)))
    output.say(output.wrapped(BINDS))
    for file in review.files:
        output.say(f"Written: {file}")
