"""Two files of one draft: read in one way, and their provisions named by the hidden marks that both carry.

A Word file of ours is read by its styles. As soon as another hand has added a paragraph, a copy of it is read by its
words and layout, which may see some provisions otherwise: what differs only because of that is no difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agreements.comparing.alignment import Pair, align
from agreements.model import Agreement, Provision
from agreements.parsing import Parsed, parse
from agreements.reading import Reading
from agreements.reference import places


def read_as_foreign(reading: Reading, *, id: str, dated: bool = True) -> Parsed:
    """Return the agreement that `reading` holds, its styles not taken for ours; raises as `parse`."""
    if reading.blocks:
        *others, last = reading.blocks
        reading = replace(reading, blocks=(*others, replace(last, style="Normal")))
    return parse(reading, id=id, struck=True, dated=dated)


def apart(a: Agreement, b: Agreement) -> int:
    """Return how many provisions moved, came or went between two texts."""
    return strange(align(a, b))


def strange(pairs: Sequence[Pair]) -> int:
    """Return how many of `pairs` moved, came or went."""
    return sum(pair.change not in ("same", "renumbered", "changed") for pair in pairs)


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
