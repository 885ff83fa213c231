"""What clauses need of each other: `requires`, `excludes` and `needs` of their front matter, held against a draft."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from agreements.drafting.clauses import ClauseText
from agreements.drafting.templates import Renderer
from agreements.findings import Finding, error


def contradictions(chosen: Iterable[ClauseText], values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield an error for every clause that misses another, stands beside one it excludes, or lacks its condition.

    `chosen` are the clauses of all documents of a draft, `values` its parameters. A clause is named alone
    (`waiver_recall`) or in one variant (`claims/waiver`). Raises `TemplateError` when a condition cannot be read.
    """
    clauses = list(chosen)
    present = {clause.id for clause in clauses} | {f"{clause.id}/{clause.variant}" for clause in clauses}
    renderer = Renderer(values)
    for clause in clauses:
        for needed in clause.front.requires:
            if needed not in present:
                message = f"{_named(clause)} needs {_words(needed)}, which is not in this draft."
                fix = f"Take {_words(needed)} in, or choose another variant of {clause.id}."
                yield error("clause-requires", clause.id, message, fix)
        for excluded in clause.front.excludes:
            if excluded in present:
                message = f"{_named(clause)} cannot stand beside {_words(excluded)}."
                fix = f"Choose another variant of {clause.id} or of {excluded.split('/')[0]}."
                yield error("clause-excludes", clause.id, message, fix)
        for need in clause.front.needs:
            if not renderer.condition(need.test, clause.where):
                message = f"{_named(clause)} does not fit: {need.message}."
                fix = f"Choose another variant of {clause.id}, or change the parameters: {need.test}."
                yield error("clause-needs", clause.id, message, fix)


def _named(clause: ClauseText) -> str:
    return f"{clause.front.label} ({clause.id}/{clause.variant})"


def _words(name: str) -> str:
    clause, _, variant = name.partition("/")
    return f"the clause {clause} in the variant {variant}" if variant else f"the clause {clause}"
