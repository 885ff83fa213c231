"""The query as it was understood: a small neutral tree that no engine and no query syntax knows.

Words are terms of the analyser already; `surface` is what the person typed. The tree is what highlights, the
explanation of how a query was read, and every engine (through `ranking.py`) work from.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its term, and what was typed.

    `parts` are terms in a row that spell the same (`cross-servicing`), `closed` terms that hold this word and its
    neighbour (`crossservicing`), `kin` words of the same family that have another stem (`notification`, `notify`) and
    count less; a `stop` word has no weight of its own. `rarity` says how seldom the texts have it, 0 where that is not
    asked or none has it.
    """

    term: str
    surface: str
    parts: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    stop: bool = False
    rarity: float = 0.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row; with `slop` above 0, the words in any order with at most so many others between them.

    `others` are other spellings of the same row, with two of its words written as one; `ordered` ones with a slop keep
    their order.
    """

    terms: tuple[str, ...]
    surface: str
    slop: int = 0
    others: tuple[tuple[str, ...], ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words as written that match a pattern of `*` (any characters) and `?` (one), folded."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words as written within so many edits (1 or 2) of `word`, folded."""

    word: str
    distance: int


@dataclass(frozen=True, slots=True)
class Regex:
    """Words as written that match a regular expression, folded."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Together:
    """The nodes with at most `slop` other words between them, in any order unless `ordered`."""

    nodes: tuple["Node", ...]
    slop: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """A value of a keyword field."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Any day of signing from `first` to `last`, both included, as numbers (19510619)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Within:
    """A node looked for in one text field only."""

    field: str
    node: "Node"


@dataclass(frozen=True, slots=True)
class Expression:
    """A turn of speech as it was typed, and the rows of terms by which treaties say what it means, also as shown."""

    surface: str
    meant: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Bare words side by side: enough of them must be there, more of them and nearer is better.

    `optional` ones (beside a word with `+`) only add to the score. `themes` are topics that the words are about, each
    with the share of the words that speaks for it; a `question` is put in a person's words, not in those of a treaty.
    `near` are wordings of near meaning, with what each is worth; `expressions` are turns of speech in a question, whose
    words are stop words then.
    """

    nodes: tuple["Node", ...]
    optional: bool = False
    themes: tuple[tuple[str, float], ...] = ()
    question: bool = False
    near: tuple[tuple[str, float], ...] = ()
    expressions: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class And:
    """All of the nodes."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the nodes."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything without the node."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Boost:
    """The node, counting `factor` times as much."""

    node: "Node"
    factor: float


@dataclass(frozen=True, slots=True)
class All:
    """Everything."""


Node: TypeAlias = (
    Word | Phrase | Pattern | Fuzzy | Regex | Together | Exact | Days | Within | Some | And | Or | Not | Boost | All
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly under `node`."""
    if isinstance(node, Some | And | Or | Together):
        return node.nodes
    if isinstance(node, Within | Not | Boost):
        return (node.node,)
    return ()


def describe(node: Node) -> str:  # noqa: C901, PLR0911, PLR0912 (one branch for each kind of node)
    """Return how the query was read, in words that are a query themselves where the language has them."""
    match node:
        case Word(surface=surface):
            return surface
        case Phrase(surface=surface, slop=slop):
            return f'"{surface}"~{slop}' if slop else f'"{surface}"'
        case Pattern(pattern=pattern):
            return pattern
        case Fuzzy(word=word, distance=distance):
            return f"{word}~{distance}"
        case Regex(pattern=pattern):
            return f"/{pattern}/"
        case Together(nodes=nodes, slop=slop, ordered=ordered):
            return f" {'PRE' if ordered else 'W'}/{slop + 1} ".join(_grouped(n) for n in nodes)
        case Exact(field=name, value=value):
            return f"{name}:{value}"
        case Days(first=first, last=last):
            return f"signed:[{_date(first)} TO {_date(last)}]"
        case Within(field=name, node=inner):
            return f"{name}:({describe(inner)})"
        case Some(nodes=nodes):
            return " ".join(describe(n) for n in nodes)
        case And(nodes=nodes):
            return _describe_and(nodes)
        case Or(nodes=nodes):
            return " OR ".join(_grouped(n) for n in nodes)
        case Not(node=inner):
            return f"NOT {_grouped(inner)}"
        case Boost(node=inner, factor=factor):
            return f"{_grouped(inner)}^{factor:g}"
        case All():
            return "*"


def _describe_and(nodes: tuple[Node, ...]) -> str:
    wanted = [n for n in nodes if isinstance(n, Some) and n.optional]
    if not wanted:
        return " AND ".join(_grouped(n) for n in nodes)
    required = ["+" + _grouped(n) for n in nodes if n not in wanted]
    return " ".join([*required, *(describe(n) for n in wanted)]).replace("+NOT ", "-")


def _grouped(node: Node) -> str:
    alone = not isinstance(node, Some | And | Or | Together) or len(node.nodes) == 1
    return describe(node) if alone else f"({describe(node)})"


def _date(day: int) -> str:
    digits = f"{day:08d}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
