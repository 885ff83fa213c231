"""Did you mean: for a word that the index does not have, the nearest one that it has."""

from agreements.search import tree
from agreements.search.analysis import fold
from agreements.search.engine import IndexReader
from agreements.search.matching import edits

_SHORTEST = 4
_SURE = 5  # words of at least so many letters may differ by two edits


def suggestion(query: str, node: tree.Node, reader: IndexReader) -> str | None:
    """Return `query` with its unknown words replaced by known ones; None when there is nothing better."""
    out = query
    for word in _unknown(node, reader):
        if better := _nearest(fold(word), reader):
            out = out.replace(word, better)
    return out if out != query else None


def _unknown(node: tree.Node, reader: IndexReader) -> list[str]:
    if isinstance(node, tree.Word):
        spelled = node.parts or node.closed
        known = spelled or any(reader.frequency(f, node.term) for f in ("text", "heading", "title", "context"))
        return [] if known or not node.surface.isalpha() else [node.surface]
    if isinstance(node, tree.Phrase):
        words = [w for w in node.surface.split() if w.isalpha()]
        return [w for w in words if not reader.frequency("words", fold(w))]
    return [word for child in tree.children(node) for word in _unknown(child, reader)]


def _nearest(word: str, reader: IndexReader) -> str | None:
    """Return the most frequent of the known words nearest to `word`; a first letter is seldom wrong."""
    if len(word) < _SHORTEST:
        return None
    most = 2 if len(word) > _SURE else 1
    for prefix in (word[:1], ""):
        best: tuple[int, int, str] | None = None
        for known, count in reader.vocabulary("words", prefix):
            if abs(len(known) - len(word)) > most or not known.isalpha():
                continue
            distance = edits(word, known, most, swaps=True)
            if distance <= most and (best is None or (distance, -count, known) < best):
                best = (distance, -count, known)
        if best:
            return best[2]
    return None
