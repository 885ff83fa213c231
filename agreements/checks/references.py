"""Checks of references: each one leads to a provision."""

from collections.abc import Iterator

from agreements.errors import NotFoundError
from agreements.findings import Finding, error, warning
from agreements.model import Agreement
from agreements.reference import document_name, places, resolve


def unresolved(agreement: Agreement) -> Iterator[Finding]:
    """Say which references of this agreement to itself lead nowhere; those to other agreements are not followed."""
    paths = {place.path for place in places(agreement)}
    documents = {document_name(document) for document in agreement.documents}
    for place in places(agreement):
        for mark in place.provision.marks:
            if mark.kind != "reference" or "#" in mark.target:
                continue
            words = place.provision.text[mark.start : mark.end]
            if not mark.target:
                yield warning("reference-open", place.path, f"“{words}” names no provision of this text.")
            elif mark.target not in paths | documents and not _resolves(agreement, mark.target):
                message = f"“{words}” leads to {mark.target}, which this text does not have."
                yield error("reference-dangling", place.path, message, "Correct the number, or restore the provision.")


def _resolves(agreement: Agreement, target: str) -> bool:
    try:
        resolve(agreement, target)
    except NotFoundError:
        return False
    return True
