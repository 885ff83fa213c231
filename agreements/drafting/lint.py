"""The check of a template folder: every clause file by itself, and every family assembled with every choice.

`CHECKS` is the table of what is looked for in a single clause; a check is a function and a row in it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from agreements.drafting.alternat import FUNCTIONS
from agreements.drafting.clauses import ClauseText, read_clause
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.loading import families, family
from agreements.drafting.parameters import form_entries
from agreements.drafting.templates import lines_of, names_in, names_used, syntax_problem
from agreements.drafting.trials import trials
from agreements.errors import AgreementsError, TemplateError
from agreements.findings import Finding, error, warning
from agreements.states import find_in, is_organisation
from agreements.topics import topics

# Statements of the template, and a statute book: what may name a State.
_NO_NAMES = re.compile(r"\{%[^{%\n]*+%\}|\{\{[^{}\n]*+\}\}|United States Code")
EFFECTS = ("Neutral", "Balanced", "Favorable", "Most favorable", "Less favorable")
ClauseCheck = Callable[[ClauseText, list[FamilyTemplate], str], Iterator[Finding]]


def lint(folder: Path, *, over: tuple[Path, ...] = ()) -> tuple[Finding, ...]:
    """Return what is wrong with the template folder `folder`, laid over the folders `over`; empty when it is sound.

    `where` of a finding is a file of the folder and a line. Raises `TemplateError` when there is no such folder.
    """
    if not folder.is_dir():
        raise TemplateError(f"There is no template folder {folder}.")
    roots = (folder, *over)
    found: list[Finding] = []
    loaded: dict[str, FamilyTemplate] = {}
    for name in families(roots):
        try:
            loaded[name] = family(name, roots)
        except AgreementsError as failure:
            found.append(error("template-family", f"{name}/family.yaml", str(failure), failure.hint))
    for path in sorted(folder.glob("*/clauses/*/*.md")):
        found += _clause_findings(path, folder, loaded)
    if not any(f.severity == "error" for f in found):
        for name, template in loaded.items():
            if not over or (folder / "common").is_dir() or (folder / name).is_dir():  # what the folder can change
                found += trials(template, roots)
    return tuple(found)


def _clause_findings(path: Path, folder: Path, loaded: dict[str, FamilyTemplate]) -> Iterator[Finding]:
    where = path.relative_to(folder).as_posix()
    try:
        clause = read_clause(path)
    except TemplateError as failure:
        yield error("template-clause", where, str(failure), failure.hint)
        return
    if problem := syntax_problem(clause.source, str(clause.path)):
        yield error("template-syntax", f"{where}:{problem[0]}", f"{problem[1]}.")
        return
    owner = path.relative_to(folder).parts[0]
    users = [t for n, t in loaded.items() if n == owner or (owner == "common" and _uses(t, clause.id))]
    for check in CHECKS.values():
        yield from check(clause, users, where)


def _undeclared(clause: ClauseText, users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A clause asks only for what each family that uses it declares."""
    for template in users:
        missing = names_used(clause.body) - template.parameters.keys() - FUNCTIONS
        lines = lines_of(clause.source, missing) if missing else {}
        for name, line in sorted(lines.items()):
            message = f"The family {template.id} declares no parameter {name!r}, and there is no such function."
            yield error("template-undeclared", f"{where}:{line}", message, "Declare it in family.yaml.")
        for name in clause.front.parameters:
            if name not in template.parameters:
                message = f"The front matter names the parameter {name!r}, which {template.id} does not declare."
                place = f"{where}:{clause.line_of('parameters')}"
                yield error("template-undeclared", place, message, "Declare it in family.yaml, or take it out.")


def _described(clause: ClauseText, _users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A clause says what it does to either side in neutral words, when to use it, and which topics it is about."""
    for key in ("effect", "use", "note"):
        if not getattr(clause.front, key):
            yield warning("template-described", where, f"The front matter does not say its {key}.")
    if clause.front.effect and not clause.front.effect.startswith(EFFECTS):
        message = "The effect does not begin with what the clause is to either side."
        fix = f"Begin with one of: {', '.join(EFFECTS)}."
        yield warning("template-effect", f"{where}:{clause.line_of('effect')}", message, fix)
    for topic in clause.front.topics:
        if topic not in topics():
            place = f"{where}:{clause.line_of('topics')}"
            yield error("template-topic", place, f"{topic!r} is not a topic.", "See agreements/data/topics.csv.")


def _set_apart(clause: ClauseText, users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A variant among others says what sets it apart, and no other says the same."""
    others = {p for t in users for p in t.clauses.variants(clause.id).values()} - {clause.path}
    owner = clause.path.parents[2].name  # the family, or common, in whichever folder
    siblings = [path for path in others if path.parents[2].name == owner]
    if siblings and not clause.front.differs:
        message = f"The clause {clause.id} has other variants, and this one does not say how it differs."
        fix = "Add differs: with one or more of right, duty, period, actor, exception (or form)."
        yield warning("template-differs", where, message, fix)
    for path in siblings:
        with suppress(TemplateError):  # said of that file
            if clause.front.differs and read_clause(path).front.differs == clause.front.differs:
                place = f"{where}:{clause.line_of('differs')}"
                yield warning("template-differs", place, f"{path.stem} says that it differs in the same words.")


def _finished(clause: ClauseText, _users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A clause that a person has still to finish is not ready for drafts."""
    if clause.front.unfinished:
        place = f"{where}:{clause.line_of('unfinished')}"
        fix = "Finish the text, then take the line unfinished: out."
        yield warning("template-unfinished", place, f"To be finished: {clause.front.unfinished}", fix)


def _unused(clause: ClauseText, users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A clause stands in an outline."""
    if not any(_uses(template, clause.id) for template in users):
        yield warning("template-unused", where, f"No outline has the clause {clause.id!r}.", "Add it to a form.")


def _related(clause: ClauseText, users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """What a clause requires or excludes exists, and what it needs is a condition on declared parameters."""
    for key in ("requires", "excludes"):
        for named in getattr(clause.front, key):
            wanted, _, variant = named.partition("/")
            found = [t.clauses.variants(wanted) for t in users]
            if not any(variants and (not variant or variant in variants) for variants in found):
                place = f"{where}:{clause.line_of(key)}"
                yield error(f"template-{key}", place, f"It {key} {named!r}, which is not a clause or variant.")
    for need in clause.front.needs:
        place = f"{where}:{clause.line_of('needs')}"
        if problem := syntax_problem(f"{{% if {need.test} %}}{{% endif %}}"):
            yield error("template-syntax", place, f"The condition {need.test!r}: {problem[1]}.")
        for template in users:
            for name in sorted(names_in(need.test) - template.parameters.keys()):
                message = f"The condition names {name!r}, which {template.id} does not declare."
                yield error("template-undeclared", place, message, "Declare it in family.yaml.")


def _states(clause: ClauseText, _users: list[FamilyTemplate], where: str) -> Iterator[Finding]:
    """A clause names no State: sending and receiving State are parameters."""
    for line, words in enumerate(clause.body.splitlines(), start=clause.first_line):
        plain = _NO_NAMES.sub(lambda found: " " * len(found.group()), words)
        for named in [n for n in find_in(plain) if not is_organisation(n.code)][:1]:
            message = f"It names a State ({words[named.start : named.end]}); both are parameters."
            yield warning("template-state", f"{where}:{line}", message, "Write {{ sending.the_short }} or the like.")


CHECKS: dict[str, ClauseCheck] = {
    "undeclared": _undeclared,
    "described": _described,
    "set_apart": _set_apart,
    "finished": _finished,
    "unused": _unused,
    "related": _related,
    "states": _states,
}


def _uses(template: FamilyTemplate, clause: str) -> bool:
    return any(entry.clause == clause for form in template.forms for entry in form_entries(template, form))
