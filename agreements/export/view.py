"""The model as plain JSON values: the shapes that other tools rely on (docs/json.md).

`parsed` is what `agreements --json parse` prints, `shown` what `--json show` does.
"""

from collections.abc import Iterable
from typing import Any

from agreements.findings import Finding
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, places


def agreement(agreement: Agreement) -> dict[str, Any]:
    """Return the facts of `agreement` and its documents with the path of every provision."""
    facts = agreement.model_dump(mode="json", exclude={"documents", "parties"})
    parties = [party.model_dump(mode="json", exclude_defaults=True) for party in agreement.parties]
    return facts | {
        "parties": [{"code": "", "name": "", **party} for party in parties],
        "text_held": agreement.text_held,
        "documents": documents(agreement),
    }


def documents(agreement: Agreement) -> list[dict[str, Any]]:
    """Return the documents of `agreement`: role, language, number, title and the tree of provisions."""
    paths = (place.path for place in places(agreement))
    return [_document(document, paths) for document in agreement.documents]


def parsed(agreement_read: Agreement, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what reading a file gave: the agreement and the findings."""
    return agreement(agreement_read) | {"findings": [finding.as_json() for finding in findings]}


def shown(agreement_held: Agreement, place: Place | None) -> dict[str, Any]:
    """Return an agreement, or the one provision at `place` with its reference."""
    if place is None:
        return agreement(agreement_held)
    below = (p.path for p in places(agreement_held) if p.chain[: len(place.chain)] == place.chain)
    return {"ref": f"{agreement_held.id}#{place.path}", "provision": _provision(place.provision, below)}


def _document(document: Document, paths: Iterable[str]) -> dict[str, Any]:
    named = iter(paths)
    return {
        "role": document.role,
        "language": document.language,
        "number": document.number,
        "title": document.title,
        "provisions": [_provision(provision, named) for provision in document.provisions],
    }


def _provision(provision: Provision, paths: Iterable[str]) -> dict[str, Any]:
    named = iter(paths)
    path = next(named)
    return {
        "kind": provision.kind,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "path": path,
        "children": [_provision(child, named) for child in provision.children],
    }
