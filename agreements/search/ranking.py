"""From the query tree to what an engine is asked: which fields a word is looked for in, and what counts how much.

The weights are few and general: a heading says what a provision is about, the article and the agreement around it
say it more weakly; words that stand near each other belong together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from agreements.search import tree
from agreements.search.clauses import (
    Between,
    Bool,
    Clause,
    Close,
    Every,
    Flat,
    KeywordClause,
    Like,
    Near,
    TermClause,
    Weighed,
)
from agreements.search.fields import SIGNED, TEXT_FIELDS

WEIGHTS = {"text": 1.0, "heading": 0.5, "context": 0.2, "title": 0.1, "parties": 0.1}
"""How much a word counts in each text field of a provision."""

NEAR, NEAR_SLOP = 0.4, 3
"""What two bare words gain that follow each other in the text too, with at most so many others between."""

COVERED, COVERED_WORDS = 0.5, 10
"""What a provision gains for each word that it has, as a share of how seldom the texts have it, however long it is and
however often it says it; of queries of keywords with no more words than the second. Without it a line of five words
with two of those asked for goes before the long paragraph that has all four."""

COVERED_ASKED, TELLING = 0.05, 4.0
"""The same in a question, where it only parts what is on the topic alike; of words that one text in fifty has."""

MEANT_SLOP = 1
"""How many other words may stand in what treaties say for an expression: `medical and hospital treatment`."""

KIN = 0.25
"""How much a word of the same family counts."""

THEME, THEME_ASKED = 6.0, 30.0
"""What a provision gains by a topic that all the words of the query speak for, less when only some do; the second
when they are a question, whose words are seldom those of a treaty."""

SURE = (0.4, 0.49, 0.57, 0.66, 0.74, 0.83, 0.91, 1.0)
"""What of it by the grade of surety (`fields.SURETIES`) in which the provision is about the topic."""

PLACE = 1000.0
"""What the first of the places gains that the query asks for: more than any words can score."""

GAINS = {"agreement": 30.0, "party": 8.0, "family": 5.0, "signed": 6.0}
"""What a provision gains whose agreement is as the query says."""

OF_ONE = 6.0
"""What it gains besides where the agreement is with the State that the query names and not with many."""

BESIDE = 0.3
"""How much a word counts that says which agreement is meant, where a provision has it too: its preamble always does."""

ADJECTIVE = 0.5
"""What of it where an adjective names the State: an `American soldier` is an actor first, whoever the parties are."""

ASKED = 2.0
"""How many times as much in a question, where topics count more too."""

MOST_WORDS, RAREST = 40, 30
"""From how many bare words on a query is so long that only its rarest words are looked for, and how many."""

_OWN = ("text", "heading")
"""What the provision itself says: only there NOT excludes, and only there words of the same family are looked for."""


def enough(words: int) -> int:
    """Return how many of so many bare words must be there."""
    return words if words <= 2 else -(-words * 3 // 5)


def weighty(node: tree.Some) -> tuple[tree.Node, ...]:
    """Return the nodes that count: the stop words among bare words do not, unless there is nothing else to look for."""
    counted = tuple(n for n in node.nodes if not (isinstance(n, tree.Word) and n.stop))
    return counted or (() if node.expressions else node.nodes)


def weightiest(node: tree.Node, frequency: Callable[[str], int]) -> tree.Node:
    """Return `node` with no more than the rarest words of a long run of bare ones (a pasted clause): the rest is slow.

    `frequency` tells in how many texts a term stands; what stands in none is left out.
    """
    if isinstance(node, tree.And):
        return replace(node, nodes=tuple(weightiest(each, frequency) for each in node.nodes))
    counted = weighty(node) if isinstance(node, tree.Some) else ()
    if not isinstance(node, tree.Some) or len(counted) <= MOST_WORDS:
        return node
    known = {each.term: each for each in counted if isinstance(each, tree.Word)}
    held = [(count, term) for term in known if (count := frequency(term))]
    rarest = {term for _, term in sorted(held)[:RAREST]}
    return replace(node, nodes=tuple(each for term, each in known.items() if term in rarest) or counted[:RAREST])


def most_words(node: tree.Node) -> int:
    """Return the number of words of the longest run of bare words in the query."""
    if isinstance(node, tree.Some) and node.optional:
        return 1
    own = len(weighty(node)) if isinstance(node, tree.Some) else 1
    return max([own, *(most_words(child) for child in tree.children(node))])


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes first: `places` before all else, in their order; `gains` add to the score of what answers anyway.

    In what is `named`, one of the words is enough: who names an agreement asks what it says, in whatever words.
    """

    places: tuple[Clause, ...] = ()
    gains: tuple[tuple[Clause, float], ...] = ()
    named: tuple[Clause, ...] = ()


NOTHING_AHEAD = Ahead()


def plan(
    query: tree.Node, conditions: Iterable[Clause] = (), *, slack: int = 0, ahead: Ahead = NOTHING_AHEAD
) -> Clause:
    """Return what an engine is asked for `query` under `conditions`.

    `slack` is how many fewer of the bare words are enough; one always is needed.
    """
    planned = _Planner(slack, WEIGHTS).clause(query)
    if ahead.named:
        anyway = Bool(should=(Weighed(planned, 0.0), *(Flat(each, 0.0) for each in ahead.named)), at_least=1)
        planned = Bool(must=(_Planner(MOST_WORDS, WEIGHTS).clause(query), anyway))
    if ahead.places:  # in the order of the text: what the words score there would disturb it
        scores = (PLACE - at for at in range(len(ahead.places)))
        first = tuple(Flat(place, score) for place, score in zip(ahead.places, scores, strict=True))
        apart = Bool(must=(planned,), never=ahead.places)
        planned = Bool(should=(*first, apart), at_least=1)
    if ahead.gains:
        gains = tuple(Flat(clause, score * (ASKED if _is_asked(query) else 1)) for clause, score in ahead.gains)
        planned = Bool(must=(planned,), should=gains)
    held = tuple(Weighed(condition, 0.0) for condition in conditions)
    return Bool(must=(planned, *held)) if held else planned


def _is_asked(node: tree.Node) -> bool:
    return getattr(node, "question", False) or any(map(_is_asked, tree.children(node)))


class _Planner:
    """Makes clauses that look in `fields` (name -> weight)."""

    def __init__(self, slack: int, fields: Mapping[str, float]) -> None:
        self._slack = slack
        self._fields = fields

    def clause(self, node: tree.Node) -> Clause:  # noqa: C901, PLR0911, PLR0912 (one branch for each kind of node)
        match node:
            case tree.Word():
                return self._word(node)
            case tree.Phrase():
                return self._phrase(node)
            case tree.Pattern(pattern=pattern):
                return Like("words", pattern)
            case tree.Fuzzy(word=word, distance=distance):
                return Close("words", word, distance)
            case tree.Regex() | tree.Together():  # `expand` puts what the index has in their place
                return Bool(must=(Every(),), never=(Every(),))
            case tree.Exact() | tree.Days():
                return Weighed(_condition(node), 0.0)
            case tree.Within(field=field, node=inner):
                return self._within(field, inner)
            case tree.Some():
                return self._some(node)
            case tree.And(nodes=nodes):
                return self._all(nodes)
            case tree.Or(nodes=nodes):
                return Bool(should=tuple(self.clause(n) for n in nodes), at_least=1)
            case tree.Not():
                return self._all((node,))
            case tree.Boost(node=inner, factor=factor):
                return Weighed(self.clause(inner), factor)
            case tree.All():
                return Every()

    def _word(self, word: tree.Word) -> Clause:
        spelled = [TermClause(f, term) for f in self._fields for term in (word.term, *word.closed)]
        apart = [Near(f, word.parts) for f in self._fields if word.parts]
        same = self._any_field([*spelled, *apart])
        kin = [TermClause(f, term) for f in self._fields if f in _OWN for term in word.kin]
        return Bool(should=(same, Weighed(self._any_field(kin), KIN)), at_least=1) if kin else same

    def _phrase(self, phrase: tree.Phrase) -> Clause:
        rows = (phrase.terms, *phrase.others)
        return self._any_field([_row(f, row, phrase) for f in self._fields for row in rows])

    def _any_field(self, clauses: Sequence[TermClause | Near]) -> Clause:
        weighed = [_weighed(c, self._fields[c.field]) for c in clauses]
        return weighed[0] if len(weighed) == 1 else Bool(should=tuple(weighed), at_least=1)

    def _within(self, field: str, inner: tree.Node) -> Clause:
        if field in TEXT_FIELDS:
            return _Planner(self._slack, {field: 1.0}).clause(inner)
        return Weighed(Like(field, inner.pattern), 0.0) if isinstance(inner, tree.Pattern) else self.clause(inner)

    def _all(self, nodes: Sequence[tree.Node]) -> Clause:
        """All of the nodes; what only adds to the score is wanted beside something that is required."""
        never = tuple(self._excluding(n.node) for n in nodes if isinstance(n, tree.Not))
        kept = [n for n in nodes if not isinstance(n, tree.Not)]
        bonus = [n for n in kept if isinstance(n, tree.Some) and n.optional and len(kept) > 1]
        must = tuple(self.clause(n) for n in kept if n not in bonus)
        should = tuple(self.clause(m) for n in bonus for m in weighty(n))
        return Bool(must=must or (Every(),), should=should, never=never)

    def _excluding(self, node: tree.Node) -> Clause:
        fields = {f: 1.0 for f in self._fields if f in _OWN or len(self._fields) == 1}
        return _Planner(0, fields).clause(node)

    def _some(self, node: tree.Some) -> Clause:
        """Enough of the words, and a gain where two of them follow each other."""
        counted = weighty(node)
        at_least = max(1, enough(len(counted)) - self._slack)
        wanted = Bool(should=tuple(self.clause(n) for n in counted), at_least=at_least)
        terms = [n.term for n in counted if isinstance(n, tree.Word)]
        field = "text" if "text" in self._fields else next(iter(self._fields))
        near: list[Clause] = [
            Weighed(Near(field, pair, NEAR_SLOP), NEAR) for pair in pairwise(terms) if pair[0] != pair[1]
        ]
        near += self._covered_by(node, counted)
        near += [_about(topic, share, THEME_ASKED if node.question else THEME) for topic, share in node.themes]
        if node.themes and node.question:
            wanted = Bool(should=(wanted, *(_about(topic, share, 0.0) for topic, share in node.themes)), at_least=1)
        if node.expressions:
            meant = [self._meant(each) for each in node.expressions]
            near += meant
            said = [wanted] if counted else []
            wanted = Bool(should=(*said, *(Weighed(each, 0.0) for each in meant)), at_least=1)
        if near:
            wanted = Bool(must=(wanted,), should=tuple(near))
        nearest = tuple(Flat(KeywordClause("wording", wording), score) for wording, score in node.near)
        return Bool(should=(wanted, *nearest), at_least=1) if nearest else wanted

    def _meant(self, expression: tree.Expression) -> Clause:
        """Return what says in the words of treaties what `expression` means, each as if it were asked for."""
        fields = [field for field in self._fields if field in _OWN] or list(self._fields)
        ways = (
            TermClause(field, row[0]) if len(row) == 1 else Near(field, row, MEANT_SLOP)
            for field in fields for row in expression.meant
        )  # fmt: skip
        return self._any_field(list(ways))

    def _covered_by(self, node: tree.Some, counted: Sequence[tree.Node]) -> Iterator[Clause]:
        """Yield what a provision gains by the words that it has.

        The words of a question are seldom those of a treaty; a clause has so many that each tells little.
        """
        if len(counted) == 1 or len(counted) > COVERED_WORDS or (node.question and not node.themes):
            return
        least, share = (TELLING, COVERED_ASKED) if node.question else (0.0, COVERED)
        for word in counted:
            if isinstance(word, tree.Word) and word.rarity > least:
                yield Flat(self._said(word), share * word.rarity)

    def _said(self, word: tree.Word) -> Clause:
        """Return what the provision itself says by a word, however it is spelled."""
        fields = [field for field in self._fields if field in _OWN] or list(self._fields)
        said: list[Clause] = [TermClause(field, term) for field in fields for term in (word.term, *word.closed)]
        said += [Near(field, word.parts) for field in fields if word.parts]
        return Bool(should=tuple(said), at_least=1)


def _about(topic: str, share: float, score: float) -> Clause:
    """Return what is about `topic`; with a score, more what is surely and mainly about it."""
    if not score:
        return Flat(KeywordClause("topic", topic), 0.0)
    graded = (
        Flat(KeywordClause("surety", f"{topic}/{grade}"), share * score * part) for grade, part in enumerate(SURE)
    )
    return Bool(should=tuple(graded), at_least=1)


def _weighed(clause: Clause, weight: float) -> Clause:
    return clause if weight == 1.0 else Weighed(clause, weight)


def _row(field: str, terms: tuple[str, ...], phrase: tree.Phrase) -> TermClause | Near:
    if len(terms) == 1:
        return TermClause(field, terms[0])
    return Near(field, terms, phrase.slop, ordered=phrase.slop == 0 or phrase.ordered)


def _condition(node: tree.Exact | tree.Days) -> Clause:
    if isinstance(node, tree.Days):
        return Between(SIGNED, node.first, node.last)
    if node.field == "topic":  # a core topic stands for all its fine ones
        return Bool(should=(KeywordClause("topic", node.value), KeywordClause("core", node.value)), at_least=1)
    return KeywordClause(node.field, node.value)
