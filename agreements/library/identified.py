"""Two Word files made from one draft: their provisions get the hidden marks that both carry as ids."""

from collections.abc import Iterator, Mapping

from agreements.model import Agreement, Provision
from agreements.reference import places


def identified(
    a: Agreement, marks_a: Mapping[str, str], b: Agreement, marks_b: Mapping[str, str]
) -> tuple[Agreement, Agreement]:
    """Return `a` and `b` with the marks that both sides have as the ids of their provisions.

    The marks are by path, as `ParsedFile.marks` holds them. Without any in common both are returned as they are.
    """
    shared = set(marks_a.values()) & set(marks_b.values())
    if not shared:
        return a, b
    return _named(a, marks_a, shared), _named(b, marks_b, shared)


def _named(agreement: Agreement, marks: Mapping[str, str], shared: set[str]) -> Agreement:
    found = (marks.get(place.path, "") for place in places(agreement))
    ids = (mark.lstrip("_") if mark in shared else None for mark in found)
    documents = tuple(
        document.model_copy(update={"provisions": tuple(_with_id(p, ids) for p in document.provisions)})
        for document in agreement.documents
    )
    return agreement.model_copy(update={"documents": documents})


def _with_id(provision: Provision, ids: Iterator[str | None]) -> Provision:
    own = next(ids)
    children = tuple(_with_id(child, ids) for child in provision.children)
    return provision.model_copy(update={"id": own, "children": children})
