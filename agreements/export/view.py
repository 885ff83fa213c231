"""Agreements as plain JSON values: the one shape that `parse`, `show` and `export --to json` print.

Every provision carries its path, so that a reader of the JSON can refer to it; fields that say nothing are null,
empty or, where they are rare (`marks`, `id`, `label`), left out.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from agreements.export.formats import Exporter
from agreements.findings import Finding
from agreements.model import Agreement, Document, Provision
from agreements.reference import Place, places

_CONTRACT = (
    *("id", "family", "title", "short_title", "parties", "form", "binding", "signings", "languages"),
    *("prevailing_language", "citations", "entry_into_force", "provisional_application", "term", "renewal"),
    *("termination_notice_months", "termination_notice_days", "status", "relations", "effects", "marking"),
    *("authority", "standing"),
    *("confidence", "notes", "sources"),
)


def parsed(agreement: Agreement, findings: Sequence[Finding] = ()) -> dict[str, Any]:
    """Return what `parse` prints: the agreement and the findings of its reading."""
    return {**shown(agreement), "findings": [finding.as_json() for finding in findings]}


def shown(agreement: Agreement, place: Place | None = None) -> dict[str, Any]:
    """Return what `show` prints: the agreement, or one `place` of it with the facts that identify it."""
    if place is None:
        documents = _documents(agreement)
        return {**facts(agreement), "documents": documents}
    paths = _below(agreement, place)
    return {
        "id": agreement.id,
        "ref": f"{agreement.id}#{place.path}",
        "title": agreement.title,
        "standing": agreement.standing,
        "document": {
            "role": place.document.role,
            "language": place.document.language,
            "number": place.document.number,
            "title": place.document.title,
        },
        "provision": provision_view(place.provision, iter(paths)),
    }


def facts(agreement: Agreement) -> dict[str, Any]:
    """Return everything about `agreement` but its documents; facts that were not established are null or empty."""
    values = agreement.model_dump(mode="json", include=set(_CONTRACT))
    return {name: values[name] for name in _CONTRACT}


def provision_view(provision: Provision, paths: Iterator[str]) -> dict[str, Any]:
    """Return `provision` and all under it; `paths` yields their paths in reading order."""
    view: dict[str, Any] = {
        "kind": provision.kind,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "path": next(paths),
    }
    for name in ("id", "label"):
        if value := getattr(provision, name):
            view[name] = value
    if provision.marks:
        view["marks"] = [mark.model_dump() for mark in provision.marks]
    view["children"] = [provision_view(child, paths) for child in provision.children]
    return view


def _documents(agreement: Agreement) -> list[dict[str, Any]]:
    paths = (place.path for place in places(agreement))
    return [_document(document, paths) for document in agreement.documents]


def _document(document: Document, paths: Iterator[str]) -> dict[str, Any]:
    return {
        "role": document.role,
        "language": document.language,
        "number": document.number,
        "title": document.title,
        "provisions": [provision_view(provision, paths) for provision in document.provisions],
    }


def _below(agreement: Agreement, place: Place) -> list[str]:
    """Return the paths of `place` and of all under it, in reading order."""
    if not place.chain:  # a whole document
        return [place.path, *(other.path for other in places(agreement) if other.document is place.document)]
    every = [other.path for other in places(agreement)]
    start = every.index(place.path)
    return every[start : start + sum(1 for _ in place.provision.walk())]


def to_json(agreement: Agreement) -> str:
    """Return the whole agreement as JSON, as `export --to json` prints it."""
    return json.dumps(shown(agreement), ensure_ascii=False, indent=2) + "\n"


EXPORTER = Exporter(".json", text=to_json)
