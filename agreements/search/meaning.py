"""Search by meaning beside search by words: what the two are worth to each other.

A `Meaning` gives the wordings nearest to a text. They become alternatives of the bare words of a query, each worth a
share of what the best match by words scores: so filters, NOT and fields hold for them too, and the engine ranks all in
one. A question is in a person's words: there meaning counts most; keywords and phrases are best left near their words.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from agreements.search import tree

Meaning = Callable[[str, int], Sequence[tuple[str, float]]]
"""Text and number -> so many wordings (`fields.wording_of`), the nearest first, with their cosine."""

NEIGHBOURS = 300
WORTH, WORTH_ASKED = 0.2, 1.0
"""What the nearest wording is worth, as a share of the best match by words; the second for questions."""


def with_meaning(node: tree.Node, meaning: Meaning, *, best: float) -> tree.Node:
    """Return `node` with the wordings near to its bare words; `best` is the score of the best match by words."""
    if isinstance(node, tree.And):
        return replace(node, nodes=tuple(_near(n, meaning, best) for n in node.nodes))
    return _near(node, meaning, best)


def _near(node: tree.Node, meaning: Meaning, best: float) -> tree.Node:
    if not isinstance(node, tree.Some) or node.optional:
        return node
    text = " ".join(n.surface for n in node.nodes if isinstance(n, tree.Word | tree.Phrase))
    found = meaning(text, NEIGHBOURS) if text else []
    if not found:
        return node
    highest, lowest = found[0][1], min(found[-1][1], found[0][1] - 1e-6)
    worth = (best or 1.0) * (WORTH_ASKED if node.question else WORTH)
    near = tuple((wording, worth * (cosine - lowest) / (highest - lowest)) for wording, cosine in found)
    return replace(node, near=near)
