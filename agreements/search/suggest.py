"""What the index does not have: for such a word the nearest that it has, and whether anything is about a question.

The floor under which nothing is about it was set on the labelled queries and questions of docs/search-quality.md (no
wrong "no" among them) and on questions about other matters. It is one of words: what no text says in any of them may
yet be said in others.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agreements.search import tree
from agreements.search.analysis import analyse, fold, stem
from agreements.search.clauses import Every
from agreements.search.engine import IndexReader
from agreements.search.matching import edits
from agreements.search.ranking import weighty
from agreements.search.results import Hit
from agreements.search.themes import is_everyday, is_term

_SHORTEST = 5
_SLIPS, _HELD = 6, 3  # letters of a word that is read as another, and how many rows have that at least
_SELDOM, _OFTEN = 2, 20  # rows that have a word by a slip, and how many times as many have the one that is meant
_LONG = 8  # letters of a word that is taken for a slip where one with one edit is known
_ALL_UNKNOWN = 0.9  # of the weight of the words: where no text has so much, nothing is about it
_UNKNOWN, _COVERED = 0.5, 0.6  # where no topic is spoken for: so much is unknown, no hit has so much
_MOST_UNKNOWN, _LEAST_COVERED = 0.65, 0.35  # of keywords, whatever topic they speak for
_MANY_UNKNOWN, _WEAK = 0.6, 0.2  # of a question whose topic is spoken for so weakly
_FIELDS = ("text", "heading", "title", "context", "parties")
_SURE = 5  # words of at least so many letters may differ by two edits


def is_about(
    node: tree.Node, hits: Sequence[Hit], reader: IndexReader, *, clause_on: bool = False
) -> tuple[bool, tuple[str, ...]]:
    """Return whether any of `hits`, the best for `node`, may be about it, and the words of it that no text has.

    Only of bare words it can be said that nothing is: who asks by phrases and operators finds what has them. Who asks
    whether there is a clause on a thing (`clause_on`) asks for the thing: a word for it that neither a text nor the
    vocabulary of a topic has is enough.
    """
    runs = _runs(node)
    words = [word for run in runs for word in weighty(run) if isinstance(word, tree.Word) and word.surface.isalpha()]
    if len(words) < (1 if clause_on else 2) or not hits:
        return True, ()
    rows = reader.search(Every(), limit=0).total
    meant = {each.surface: each.meant for run in runs for each in run.expressions}
    counts = {word: _count(word, reader) or _said_by(meant.get(word.surface, ()), reader) for word in words}
    weights = {word: math.log(1 + rows / (1 + count)) for word, count in counts.items()}
    strange = [word for word, count in counts.items() if not count]
    total = sum(weights.values())
    unknown = sum(weights[word] for word in strange) / total
    covered = max(sum(weights[word] for word in words if _is_in(word, terms)) for terms in map(_said, hits)) / total
    spoken = max((share for run in runs for _, share in run.themes), default=0.0)
    asked = any(run.question for run in runs)
    nothing = (
        unknown >= _ALL_UNKNOWN
        or (not spoken and unknown >= _UNKNOWN and covered < _COVERED)
        or (not asked and unknown >= _MOST_UNKNOWN and covered < _LEAST_COVERED)
        or (asked and spoken <= _WEAK and unknown >= _MANY_UNKNOWN)
        or (clause_on and any(not is_term(fold(word.surface)) for word in strange))
    )
    return not nothing, tuple(dict.fromkeys(word.surface for word in strange))


def _runs(node: tree.Node) -> list[tree.Some]:
    """Return the runs of bare words that must be found; none where the query has something else to look for too."""
    if isinstance(node, tree.And):
        found = [_runs(each) for each in node.nodes if not (isinstance(each, tree.Some) and each.optional)]
        return [run for runs in found for run in runs] if all(found) else []
    if isinstance(node, tree.Some) and not node.optional and all(isinstance(each, tree.Word) for each in node.nodes):
        return [node]
    return []


def _count(word: tree.Word, reader: IndexReader) -> int:
    """Return in how many rows a word stands; one slipped at the keyboard counts as the one that is meant."""
    terms = (word.term, *word.closed, *word.parts)
    count = max(reader.frequency(field, term) for field in _FIELDS for term in terms)
    if count or len(word.surface) < _LONG:
        return count
    meant = _nearest(fold(word.surface), reader)
    slip = meant is not None and edits(fold(word.surface), meant, 1, swaps=True) == 1
    return reader.frequency("words", meant) if slip and meant else 0


def _said_by(ways: Sequence[tuple[str, ...]], reader: IndexReader) -> int:
    """Return in how many rows a word may stand that treaties say in the words `ways`."""
    return max((min(reader.frequency("text", term) for term in way) for way in ways), default=0)


def _said(hit: Hit) -> set[str]:
    """Return the terms of a hit and of what stands around it."""
    return set(analyse(f"{hit.text} {hit.heading} {hit.article} {hit.title}").terms.split())


def _is_in(word: tree.Word, said: set[str]) -> bool:
    return not said.isdisjoint((word.term, *word.closed, *word.kin, *word.parts[:1]))


def corrected(node: tree.Node, reader: IndexReader) -> tuple[tree.Node, dict[str, str]]:
    """Return `node` with the words that stand for slips replaced by those that are meant, and which those are.

    Only bare words: a phrase means what it says. A slip that a text has too is still looked for, and counts less.
    """
    slips: dict[str, str] = {}
    if isinstance(node, tree.And):
        parts = [corrected(each, reader) for each in node.nodes]
        return replace(node, nodes=tuple(each for each, _ in parts)), {
            k: v for _, found in parts for k, v in found.items()
        }
    if isinstance(node, tree.Word):
        run, slips = corrected(tree.Some((node,)), reader)
        return (run if slips else node), slips
    if not isinstance(node, tree.Some):
        return node, slips
    nodes = list(node.nodes)
    for at, word in enumerate(nodes):
        if isinstance(word, tree.Word) and not _is_part(nodes, at, reader) and (better := _meant(word, reader)):
            slips[word.surface] = better
            nodes[at] = tree.Word(stem(better), better, kin=(word.term,))
    return (replace(node, nodes=tuple(nodes)) if slips else node), slips


def _is_part(nodes: Sequence[tree.Node], at: int, reader: IndexReader) -> bool:
    """Whether the texts write the word at `at` and one beside it as one word."""
    pairs = (nodes[max(0, at - 1) : at + 1], nodes[at : at + 2])
    runs = ([each.surface for each in pair if isinstance(each, tree.Word)] for pair in pairs if len(pair) > 1)
    return any(reader.frequency("text", stem(fold("".join(run)))) for run in runs)


def _meant(word: tree.Word, reader: IndexReader) -> str | None:
    """Return the word for which `word` is surely a slip: hardly any text has it, and many have one that is near."""
    typed = fold(word.surface)
    if word.stop or word.parts or len(typed) < _SLIPS or not typed.isalpha() or is_everyday(typed):
        return None
    if reader.vocabulary("compounds", word.term + "|", 1):
        return None
    known = max(reader.frequency(field, word.term) for field in _FIELDS)
    if known > _SELDOM:
        return None
    meant = _nearest(typed, reader, without=typed)
    if meant is None or meant[:1] != typed[:1] or stem(meant) == word.term:
        return None
    most = 1 if known or len(typed) < _LONG else 2
    held = reader.frequency("words", meant)
    is_near = edits(typed, meant, most, swaps=True) <= most
    return meant if is_near and held >= (_OFTEN * known or _HELD) else None


def suggestion(query: str, node: tree.Node, reader: IndexReader, slips: Mapping[str, str] | None = None) -> str | None:
    """Return `query` with its unknown words and `slips` replaced by known ones; None when there is nothing better."""
    out = query
    for typed, meant in (slips or {}).items():
        out = out.replace(typed, meant)
    for word in _unknown(node, reader):
        if better := _nearest(fold(word), reader):
            out = out.replace(word, better)
    return out if out != query else None


def _unknown(node: tree.Node, reader: IndexReader) -> list[str]:
    if isinstance(node, tree.Word):
        spelled = node.parts or node.closed
        known = 1 if spelled else max(reader.frequency(f, node.term) for f in ("text", "heading", "title", "context"))
        slip = known and not spelled and known <= _SELDOM and _is_slip(node.surface, known, reader)
        sure = (known and not slip) or not node.surface.isalpha() or is_everyday(fold(node.surface))
        return [] if sure else [node.surface]
    if isinstance(node, tree.Some) and node.optional:
        return []
    if isinstance(node, tree.Phrase):
        words = [w for w in node.surface.split() if w.isalpha()]
        return [w for w in words if not reader.frequency("words", fold(w))]
    return [word for child in tree.children(node) for word in _unknown(child, reader)]


def _is_slip(word: str, count: int, reader: IndexReader) -> bool:
    """Whether a word that hardly any text has is one edit from one that many have: it stands there by a slip too."""
    meant = _nearest(fold(word), reader, without=fold(word)) if len(word) >= _LONG else None
    if meant is None or stem(meant) == stem(fold(word)) or edits(fold(word), meant, 1, swaps=True) > 1:
        return False
    return reader.frequency("words", meant) >= _OFTEN * count


def _nearest(word: str, reader: IndexReader, *, without: str = "") -> str | None:
    """Return the most frequent of the known words nearest to `word`; a first letter is seldom wrong."""
    if len(word) < _SHORTEST:
        return None
    most = 2 if len(word) > _SURE else 1
    for prefix in (word[:1], ""):
        best: tuple[int, int, str] | None = None
        for known, count in reader.vocabulary("words", prefix):
            if abs(len(known) - len(word)) > most or not known.isalpha() or known == without:
                continue
            distance = edits(word, known, most, swaps=True)
            if distance <= most and (best is None or (distance, -count, known) < best):
                best = (distance, -count, known)
        if best:
            return best[2]
    return None
