"""`agreements draft new FAMILY`: questions in the terminal, answers kept in a parameter file after each one."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from agreements.commands import output

if TYPE_CHECKING:
    from agreements.drafting.interview import Interview, Question

_HOW = (
    "Enter takes what stands in brackets or leaves a question out. ? shows how the clause would read, ?2 with the "
    "second choice. < goes back, . stops; every answer is kept."
)


@click.command("new")
@click.argument("family")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="The parameter file.")
@click.option("--form", default="", help="agreement, exchange-of-notes ... (asked when it is not given).")
@click.pass_obj
def command(session: output.Session, family: str, target: Path | None, form: str) -> None:
    """Ask for what a draft of FAMILY needs and write the parameter file.

    The answers are saved after each question. Run the same command again to go on where you stopped.
    """
    from agreements.drafting import interview_file

    if session.as_json:
        raise click.UsageError("An interview talks with a person. For programs there is: draft params FAMILY --schema.")
    file = target or Path(f"{family}-draft.yaml")
    interview = interview_file.begin(family, file, form=form)
    done, _ = interview.progress()
    output.say(f"Going on with {file}, {done} questions answered." if file.exists() else f"Answers go to {file}.")
    output.say(output.wrapped(_HOW))
    if _ask_all(interview, file):
        _close(interview, file)
    else:
        output.say(f"\nStopped. Go on with: agreements draft new {family} -o {file}")


def _ask_all(interview: "Interview", file: Path) -> bool:
    """Put the questions until there are none; False when the person stops before."""
    from agreements.drafting import interview_file

    while question := interview.question():
        _show(interview, question)
        words = _typed(interview, question)
        if words == ".":
            return False
        if words == "<":
            if not interview.back():
                output.tell("There is no earlier answer of this sitting to go back to.")
        elif reason := interview.answer(question, words):
            output.tell(click.style(reason, fg="red"))
            continue
        interview_file.save(interview, file)
    return True


def _show(interview: "Interview", question: "Question") -> None:
    done, count = interview.progress()
    output.say(f"\n{output.bold(question.label)}  {output.dim(f'{done + 1} of {count}')}")
    if question.help:
        output.say(output.wrapped(question.help))
    for index, choice in enumerate(question.choices, start=1):
        words = f"{choice.value}: {choice.words}" if choice.words else choice.value
        output.say(output.wrapped(words, "     ", f"  {index}. "))
        if choice.effect:
            output.say(output.dim(output.wrapped(choice.effect, "     ")))
    if question.decides:
        output.say(output.dim(f"Decides whether these stand in the text: {', '.join(question.decides)}."))
    for item in question.given:
        output.say(f"  - {item}")
    if question.many:
        output.say(output.dim("One at a time; Enter when there are no more."))
    if question.example and not question.default and not question.choices:
        output.say(output.dim(f"For example: {question.example}"))


def _typed(interview: "Interview", question: "Question") -> str:
    """Return what was typed, after showing previews for as long as they are asked for."""
    while True:
        words: str = click.prompt(
            f"[{question.default}]" if question.default else "", default="", show_default=False, prompt_suffix="> "
        )
        if not words.startswith("?"):
            return words
        _preview(interview, question, words[1:].strip())


def _preview(interview: "Interview", question: "Question", wanted: str) -> None:
    known = [choice.value for choice in question.choices]
    if wanted.isdecimal() and 1 <= int(wanted) <= len(known):
        wanted = known[int(wanted) - 1]
    wanted = wanted or question.default or (known[0] if known else question.example)
    lines = interview.preview(question, wanted)
    output.say(output.dim(f"With {wanted}:" if lines else "Nothing in the text depends on this alone."))
    for line in lines:
        depth = " " * (2 + len(line) - len(line.lstrip()))
        output.say(output.wrapped(line.strip(), depth + "   ", depth))


def _close(interview: "Interview", file: Path) -> None:
    """Say what is left to settle, and what to do next; a question whose answer does not fit comes again."""
    from agreements import library
    from agreements.drafting import interview_file

    interview_file.save(interview, file)
    report = library.assemble_file(file)
    output.say(f"\nEverything is answered: {file}")
    output.findings(report.findings)
    if report.draft.agreement is None:
        for finding in report.findings:
            if finding.severity == "error" and finding.where.startswith("parameters."):
                interview.reopen(finding.where.split(".")[1])
        interview_file.save(interview, file)
        family = interview.answers.request.family
        output.say(f"Some answers do not fit together. Settle them: agreements draft new {family} -o {file}")
    else:
        output.say(f"Next: agreements draft assemble {file} -o {file.with_suffix('.docx')}")
