"""`agreements draft ...`: from questions to a parameter file, and from that to a Word file and what it is made of."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from agreements.commands import named, output

if TYPE_CHECKING:
    from agreements.drafting.interview import Interview, Question
    from agreements.library import Explained, UpdateReport

_HOW = (
    "Enter takes what stands in brackets or leaves a question out. ? shows how the clause would read, ?2 with the "
    "second choice. < goes back, . stops; every answer is kept."
)


_QUOTES = click.option(
    "--quotes",
    type=click.Choice(["curly", "straight"]),
    default="curly",
    show_default=True,
    help="Quotation marks; curly: and no line ends between a word and its number (Article XII, U.S. forces).",
)


_PAGES = click.option(
    "--page-numbers/--no-page-numbers",
    default=True,
    help="Ask LibreOffice, where it is installed, for the pages in the contents (else Word fills them when it opens).",
)


@click.group("draft")
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False),
    help="A folder of your own templates, laid over the shipped ones (default: $AGREEMENTS_TEMPLATES).",
)
def command(templates: str | None) -> None:
    """Assemble a new draft from clause templates and write it to Word.

    `agreements draft new FAMILY -o my.yaml` asks for what is needed; or `agreements draft params FAMILY > my.yaml`
    gives a file to fill in. Then `agreements draft assemble my.yaml -o draft.docx`.
    """
    if templates:
        from agreements import library

        library.use_templates(templates)


@command.command("new")
@click.argument("family")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path, dir_okay=False), help="The parameter file.")
@click.option("--form", default="", help="agreement, exchange-of-notes ... (asked when it is not given).")
@click.pass_obj
def new(session: output.Session, family: str, target: Path | None, form: str) -> None:
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


@command.command("params")
@click.argument("family")
@click.option("--form", default="", help="agreement, exchange-of-notes ... (default: the family's first).")
@click.option("--schema", is_flag=True, help="Print the JSON Schema instead of a file to fill in.")
@click.pass_obj
def params(session: output.Session, family: str, form: str, *, schema: bool) -> None:
    """Print a commented parameter file for FAMILY (sofa, dca, acsa, transit ...), to be filled in."""
    from agreements import library

    if schema or session.as_json:
        output.document(library.parameter_schema(family))
    else:
        output.say(library.parameter_file(family, form).rstrip())


@command.command("assemble")
@click.argument("parameters", type=click.Path(path_type=Path), metavar="PARAMS.yaml")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The Word file; or a folder, for both originals of what is signed.",
)
@click.option(
    "--original",
    type=click.Choice(["us", "partner", "both"]),
    help="Whose original: names and signatures of its keeper come first (default: ours; both where -o is a folder).",
)
@click.option("--both", "original", flag_value="both", help="The same as --original both.")
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@click.option(
    "--signing", is_flag=True, help="The copy for signature: no marking, no draft line, nothing that renumbers."
)
@click.option("--working", is_flag=True, help="Also a working copy with our notes on each clause, for us alone.")
@click.option(
    "--notes",
    type=click.Choice(["comments", "footnotes"]),
    default="comments",
    show_default=True,
    help="How the working copy shows them.",
)
@click.option(
    "--layout",
    type=click.Choice(["plain", "negotiating"]),
    default="plain",
    show_default=True,
    help="negotiating: numbered lines, a wide margin, open spacing.",
)
@click.option(
    "--contents",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="A table of contents; auto: where the draft is long.",
)
@click.option("--bilingual", is_flag=True, help="Two columns: the draft, and its second language or room for it.")
@_PAGES
@_QUOTES
@click.option("--partner-text", type=click.Path(path_type=Path), help="A file with the text for the second column.")
@click.pass_context
def assemble(
    ctx: click.Context,
    /,
    parameters: Path,
    target: Path,
    original: Literal["us", "partner", "both"] | None,
    **copies: Any,
) -> None:
    """Assemble PARAMS.yaml and write the draft to Word; all problems are said at once."""
    from agreements import library

    session: output.Session = ctx.obj
    report = library.assemble_file(
        parameters,
        target,
        original=original,
        copies=library.CopyOptions(**copies),
        repository=session.folder,
    )
    if session.as_json:
        output.document(report.as_json())
    else:
        output.findings(report.findings)
        for file in report.files:
            output.say(f"Written: {file}")
        if report.provenance:
            output.say(f"For us: {report.provenance} (what each provision is made of)")
        if not report.files:
            output.tell("Nothing was written; correct the file and try again.")
    ctx.exit(0 if report.files else 1)


@command.command("update")
@click.argument("parameters", type=click.Path(path_type=Path), metavar="PARAMS.yaml")
@click.option(
    "--from",
    "edited",
    type=click.Path(path_type=Path),
    required=True,
    multiple=True,
    help="The Word file that was edited, its *.provenance.json beside it; twice for the two notes of an exchange.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="The new Word file; or a folder, for both originals of what is signed.",
)
@click.option(
    "--take",
    multiple=True,
    metavar="NAME",
    help="A value that was typed over in Word becomes that of PARAMS.yaml, which is written.",
)
@click.option(
    "--original",
    type=click.Choice(["us", "partner", "both"]),
    help="Whose original (default: that of the edited file; both where -o is a folder).",
)
@click.option("--paper", type=click.Choice(["letter", "a4"]), default="letter", show_default=True)
@click.option("--layout", type=click.Choice(["plain", "negotiating"]), default="plain", show_default=True)
@click.option("--contents", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@_PAGES
@_QUOTES
@click.pass_context
def update(
    ctx: click.Context,
    /,
    parameters: Path,
    edited: tuple[Path, ...],
    target: Path,
    **options: Any,
) -> None:
    """Assemble PARAMS.yaml anew and carry over what was edited in Word since: no edit is made twice.

    Each provision is merged three ways: as it was assembled, as it was edited, as it is assembled now. Words that both
    changed stand in the new file twice, [EDITED: ...] [ASSEMBLED: ...], and are listed. Values that were typed over are
    listed with their names. The edited file is never written over. Comments, footnotes and looks are not carried over.
    """
    from agreements import library

    session: output.Session = ctx.obj
    given = {name: options.pop(name) for name in ("take", "original")}
    copies = library.CopyOptions(**options)
    report = library.update_draft(parameters, edited, target, **given, copies=copies, repository=session.folder)
    if session.as_json:
        output.document(report.as_json())
    else:
        _print_update(report)
    ctx.exit(0 if report.files and not report.unplaced else 1)


def _print_update(report: "UpdateReport") -> None:
    """Print what became of the edits: what needs a person first, then the files."""
    output.findings(report.findings)
    if not report.files:
        output.tell("Nothing was written; correct the file and try again.")
        return
    counted = [(report.edits, "edited"), (report.added, "added"), (report.deleted, "deleted"), (report.moved, "moved")]
    said = ", ".join(f"{number} {what}" for number, what in counted if number)
    output.say(f"Provisions carried over: {said or 'none was edited'}.")
    for conflict in report.conflicts:
        output.say(f"{output.bold(conflict.path)}  both texts stand in brackets")
        for name, words in (("edited", conflict.edited), ("assembled", conflict.assembled)):
            output.say(output.dim(output.wrapped(f"{name}: {words or '(gone)'}", "    ", "    ")))
    for typed in report.typed:
        taken = ", taken" if typed.name in report.taken else ""
        output.say(f"{typed.name}: {typed.was}, typed {typed.typed} in {typed.path}{taken}")
    if {typed.name for typed in report.typed} - {*report.taken}:
        output.say("--take NAME makes what was typed the value.")
    for line in report.unplaced:
        output.say(output.wrapped(f"Not carried over: {line}", "    "))
    for file in report.files:
        output.say(f"Written: {file}")
    output.say(f"For us: {report.provenance} (what each provision is made of)")


@command.command("check")
@click.argument("subject", metavar="FILE|ID")
@click.option("--family", default="", help="The family of a text that does not say it ({names}).", **named.FAMILY)
@click.option(
    "--precedents", is_flag=True, help="Also say what the five nearest of the repository have and this lacks."
)
@click.pass_context
def check(ctx: click.Context, /, subject: str, family: str, *, precedents: bool) -> None:
    """Check a draft (its parameter file), a Word, PDF or text file, or an agreement of the repository by its id.

    Says everything that a person should look at: the gravest first, each with its place and what to do.
    """
    from agreements import library

    session: output.Session = ctx.obj
    found = library.check_draft(
        subject, family=family, repository=session.surveyed if precedents else session.folder, precedents=precedents
    )
    if session.as_json:
        output.document({"findings": output.rows_of(found)})
    else:
        output.findings(found)
        output.say(f"{len(found)} finding{'s' if len(found) > 1 else ''}." if found else "Nothing to remark.")
    ctx.exit(1 if any(finding.severity == "error" for finding in found) else 0)


@command.command("explain")
@click.argument("draft", type=click.Path(path_type=Path), metavar="DRAFT")
@click.argument("file", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@click.option("--from", "source", type=click.Path(path_type=Path), help="Its parameters, or its file of provenance.")
@click.pass_obj
def explain(session: output.Session, draft: Path, file: Path | None, source: Path | None) -> None:
    """Say where each provision of a draft comes from: clause, variant, parameters, precedents.

    DRAFT is a Word file, as we sent it or as it came back: its provisions are matched by the hidden marks in it, and
    those that read otherwise now are marked. DRAFT can be a parameter file too, with FILE (Word, PDF, text) to compare.
    """
    from agreements import library

    rows = library.explain(source, draft) if source else library.explain(draft, file)
    if session.as_json:
        output.document({"provisions": [row.as_json() for row in rows]})
        return
    _print_origins(rows)


def _print_origins(rows: Sequence["Explained"]) -> None:
    """Print `rows`: each clause with its values and precedents, and what was changed in it by itself."""
    for _, group in groupby(rows, key=_alike):
        own = list(group)
        origin, state = own[0].origin, _state(own[0])
        paths = origin.path if len(own) == 1 else f"{origin.path} to {own[-1].origin.path}"
        clause = f"{origin.clause}/{origin.variant}".rstrip("/")
        output.say(f"{output.bold(paths)}  {clause}{f'  {state}' if state else ''}")
        for line in _told(own[0]):
            output.say(output.dim(output.wrapped(line, "    ", "    ")))
    changed = sum(not row.same for row in rows)
    output.say(f"\n{len(rows)} provisions: {changed} read otherwise than the draft or are gone." if changed else
               f"\n{len(rows)} provisions, all as drafted.")  # fmt: skip


def _alike(row: "Explained") -> tuple[str, str, str]:
    return row.origin.clause, row.origin.variant, _state(row)


def _state(row: "Explained") -> str:
    if not row.now:
        return "GONE"
    moved = f"now {row.now}" if row.now != row.origin.path else ""
    return ", ".join(x for x in (moved, "" if row.same else "CHANGED") if x)


def _told(row: "Explained") -> Iterator[str]:
    origin = row.origin
    label = " ".join(x for x in (f"({origin.code})" if origin.code else "", origin.label) if x)
    if label:
        yield label
    given = [f"{name} = {value}" for name, value in origin.parameters.items() if isinstance(value, str)]
    others = [name for name, value in origin.parameters.items() if not isinstance(value, str)]
    if given or others:
        yield f"Built on: {', '.join([*given, *others])}"
    if origin.precedents:
        yield f"Precedents: {', '.join(origin.precedents)}"
