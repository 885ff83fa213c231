"""From a person's query to the tree: Lucene syntax, parsed by luqum, behind the forgiving front of `repair`.

What a field names must hold (`claims party:USA` looks for claims in what the USA is party to); NOT always
excludes, also among words joined by OR; bare words side by side are `Some`, ranked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse

from agreements.errors import nearest
from agreements.isodates import FIRST, LAST, day_after, days
from agreements.search import tree
from agreements.search.analysis import STOP_WORDS, compound, fold, is_sign, pieces, tokens
from agreements.search.fields import SIGNED, TEXT_FIELDS
from agreements.search.matching import why_no_expression
from agreements.search.repair import LONGEST, NEARNESS, asked_level, cut_note, is_clause, repair
from agreements.search.spelling import canonical
from agreements.search.values import keyword, known_values, party_code

_MARKS = re.compile(r"[^\w\s%&.,'’-]")
_PASTED = 12  # words beside a quoted phrase from which a query is a clause that was pasted
_MOST_STARS, _LONGEST_PATTERN = 5, 40
_NAMED = 8  # values that are named where none is near


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as understood: the tree, and a sentence for each thing that was read otherwise than written."""

    tree: tree.Node
    notes: tuple[str, ...] = ()


def read(query: str) -> ReadQuery:
    """Return the tree of `query`; any text has one (`All` when there is nothing to look for)."""
    plain = asked_level(query)[0]
    if is_clause(plain):
        notes = (cut_note(),) if len(plain) > LONGEST else ()
        return ReadQuery(_some(_words(_MARKS.sub(" ", plain[:LONGEST]))) or tree.All(), notes)
    repaired = repair(plain)
    if not repaired.query:
        return ReadQuery(tree.All(), tuple(repaired.notes))
    converter = _Converter(repaired.notes)
    try:
        found = converter.convert(parse(repaired.query))
    except (ParseError, RecursionError):
        repaired.notes.append("The query could not be read as it stands; only its words were looked for.")
        found = _some(_words(" ".join(re.findall(r"\w+", query))))
    return ReadQuery(found or tree.All(), tuple(repaired.notes))


def with_words(node: tree.Node, words: str, factor: float = 1.0) -> tree.Node:
    """Return `node` with `words` that only add to the score of what has them too, `factor` times as much."""
    counted = [word for word in _words(words) if not (isinstance(word, tree.Word) and word.stop)]
    found = tuple(tree.Boost(word, factor) for word in counted)
    return tree.And((node, tree.Some(found, optional=True))) if found else node


@dataclass(slots=True)
class _Converter:
    """Turns luqum's tree into ours; None stands for a part in which nothing can be looked for."""

    notes: list[str]
    field: str = field(default="text")

    def convert(self, item: lucene.Item) -> tree.Node | None:  # noqa: PLR0911 (one branch for each kind)
        match item:
            case lucene.Word() | lucene.Phrase() | lucene.Proximity() | lucene.Fuzzy():
                return self._leaf(item)
            case lucene.Regex():
                return self._regex(item.value[1:-1])
            case lucene.Boost():
                inner = self.convert(item.expr)
                return inner and tree.Boost(inner, min(float(item.force or 1), 100.0))
            case lucene.Group() | lucene.FieldGroup():
                return self.convert(item.expr)
            case lucene.SearchField():
                return self._named(item)
            case lucene.Range() | lucene.From() | lucene.To():
                return self._range(item)
            case lucene.Not() | lucene.Prohibit():
                inner = self.convert(item.a)
                return inner and tree.Not(inner)
            case lucene.Plus():
                return self.convert(item.a)
            case lucene.AndOperation():
                return _and([self.convert(x) for x in item.children])
            case lucene.OrOperation():
                return _or([self.convert(x) for x in item.children])
        return self._side_by_side(item.children)

    def _leaf(self, item: lucene.Item) -> tree.Node | None:
        if self.field == SIGNED:
            return self._days(str(item))
        if self.field not in TEXT_FIELDS:
            return self._value(str(item))
        match item:
            case lucene.Phrase():
                return _phrase(item.value[1:-1], 0)
            case lucene.Proximity():
                return _phrase(item.term.value[1:-1], int(item.degree))
            case lucene.Fuzzy():
                return _fuzzy(item.term.value, float(item.degree))
        return _pattern(item.value) if re.search(r"[*?]", item.value) else _some(_words(item.value))

    def _value(self, text: str) -> tree.Node:
        """Return the node for a value of a keyword field; a party that has no code is looked for by its words."""
        plain = text.strip().strip('"')
        if re.search(r"[*?]", plain):
            spelled = plain.upper() if self.field == "party" else keyword(self.field, plain)
            return tree.Within(self.field, tree.Pattern(_bounded(spelled)))
        if self.field == "party" and party_code(plain) is None and (words := _some(_words(plain))):
            self.notes.append(f"No State or organisation named {plain!r} is known; the parties' names were searched.")
            return tree.Within("parties", words)
        value = keyword(self.field, plain)
        known = known_values(self.field)
        if known and value not in known:
            near = nearest(plain, known) or sorted(known)[:_NAMED]
            self.notes.append(f"There is no {self.field} {plain!r}, so nothing has it. Near: {', '.join(near)}.")
        return tree.Exact(self.field, value)

    def _days(self, text: str) -> tree.Node | None:
        if found := days(text):
            return tree.Days(*found)
        self.notes.append(f"{text.strip()!r} is not a date: write 1951, 1951-06, 1951-06-19 or [1950 TO 1960].")
        return None

    def _range(self, item: lucene.Item) -> tree.Node | None:
        low, high = _ends(item)
        if self.field != SIGNED:
            self.notes.append("Ranges are for signed: only; the ends of the range were read as words.")
            return _or([self._leaf(lucene.Word(x)) for x in (low, high) if x != "*"])
        from_ = (FIRST, FIRST) if low == "*" else days(low)
        to = (LAST, LAST) if high == "*" else days(high)
        if from_ is None or to is None:
            return self._days(low if from_ is None else high)
        if isinstance(item, lucene.From):
            return tree.Days(from_[0] if item.include else day_after(from_[1]), LAST)
        if isinstance(item, lucene.To):
            return tree.Days(FIRST, to[1] if item.include else day_after(to[0], -1))
        if from_ > to:
            from_, to = to, from_
        first = from_[0] if item.include_low or low == "*" else day_after(from_[1])
        return tree.Days(first, to[1] if item.include_high or high == "*" else day_after(to[0], -1))

    def _regex(self, pattern: str) -> tree.Node | None:
        """Return the words that match a regular expression; what is none, or could take for ever, is words."""
        if self.field in TEXT_FIELDS and (why := why_no_expression(fold(pattern))) is None:
            return tree.Regex(fold(pattern))
        reason = why if self.field in TEXT_FIELDS else f"{self.field}: has values, not words"
        self.notes.append(f"/{pattern}/ was not read as an expression: {reason}. Its words were looked for.")
        return _some(_words(pattern))

    def _together(self, item: lucene.SearchField, slop: int, *, ordered: bool) -> tree.Node | None:
        inner = item.expr.expr if isinstance(item.expr, lucene.FieldGroup | lucene.Group) else item.expr
        nodes = [found for x in inner.children if (found := self.convert(x)) is not None]
        if self.field not in TEXT_FIELDS or len(nodes) < 2:
            return _and(nodes)
        return tree.Together(tuple(nodes), slop, ordered=ordered)

    def _named(self, item: lucene.SearchField) -> tree.Node | None:
        if near := NEARNESS.fullmatch(item.name):
            return self._together(item, int(near["between"]), ordered=near["ordered"] == "1")
        inner = _Converter(self.notes, item.name)
        if item.name == "party" and (whole := _plain_words(item.expr)) and party_code(whole):
            return inner._value(whole)  # party:(South Korea) is one name
        found = inner.convert(item.expr)
        return found and (tree.Within(item.name, found) if item.name in TEXT_FIELDS else found)

    def _side_by_side(self, items: Sequence[lucene.Item]) -> tree.Node | None:
        """Read what stands side by side without an operator: words are wanted, fields, AND and quoted words required.

        Who quotes words asks for them; the words beside them then only add to the score. In a clause that was pasted,
        quotation marks stand around terms.
        """
        is_pasted = sum(isinstance(item, lucene.Word) for item in items) > _PASTED
        if self.field not in TEXT_FIELDS:
            return _or([self.convert(x) for x in items])
        required: list[tree.Node | None] = []
        wanted: list[tree.Node] = []
        run: list[str] = []
        plus = False
        for item in items:
            if isinstance(item, lucene.Word) and not re.search(r"[*?]", item.value):
                run.append(item.value)
                continue
            wanted += _words(" ".join(run))
            run = []
            found = self.convert(item)
            is_phrase = isinstance(item, lucene.Phrase | lucene.Proximity) and isinstance(found, tree.Phrase)
            quoted = is_phrase and not is_pasted
            plus = plus or quoted or isinstance(item, lucene.Plus)
            if found is None:
                continue
            named = isinstance(item, lucene.SearchField) and not isinstance(found, tree.Together)
            if named or quoted or isinstance(item, lucene.Plus | lucene.AndOperation) or isinstance(found, tree.Not):
                required.append(found)
            else:
                wanted.append(found)
        wanted += _words(" ".join(run))
        return _and([_some(wanted, optional=plus), *required])


def _ends(item: lucene.Item) -> tuple[str, str]:
    """Return the two ends of a range as written, `*` for an open one."""
    if isinstance(item, lucene.From):
        return str(item.a).strip(), "*"
    if isinstance(item, lucene.To):
        return "*", str(item.a).strip()
    return str(item.low).strip(), str(item.high).strip()


def _plain_words(item: lucene.Item) -> str:
    """Return the words of a group of several bare words, empty for anything else."""
    inner = item.expr if isinstance(item, lucene.FieldGroup | lucene.Group) else item
    if not isinstance(inner, lucene.UnknownOperation):
        return ""
    words = [x.value for x in inner.children if isinstance(x, lucene.Word) and not re.search(r"[*?]", x.value)]
    return " ".join(words) if len(words) == len(inner.children) else ""


def _words(text: str) -> list[tree.Node]:
    """Return the words of `text`; a hyphenated one stays one word that knows its parts, signs come in pairs."""
    out: list[tree.Node] = []
    for piece in pieces(text):
        surface = text[piece[0].start : piece[-1].end] if piece else ""
        if len(piece) > 1 and (entry := compound(surface)):
            term, *parts = entry.split("|")
            out.append(tree.Word(term, surface, tuple(parts)))
        elif len(piece) > 1 and all(is_sign(token.term) for token in piece):
            out += [tree.Phrase((a.term, b.term), text[a.start : b.end]) for a, b in pairwise(piece)]
        else:
            out += [
                tree.Word(t.term, text[t.start : t.end], stop=t.word in STOP_WORDS and text[t.start : t.end].islower())
                for t in piece
            ]
    return out


def _phrase(text: str, slop: int) -> tree.Node | None:
    found = [t.term for t in tokens(text)]
    if len(found) < 2:
        return tree.Word(found[0], text.strip()) if found else None
    return tree.Phrase(tuple(found), " ".join(text.split()), min(slop, 100))


def _fuzzy(text: str, degree: float) -> tree.Node | None:
    word = re.sub(r"\W", "", fold(text))
    if len(word) < 4:
        return _some(_words(text))
    usual = 2 if len(word) > 6 else 1
    return tree.Fuzzy(word, min(2, int(degree)) if degree >= 1 else usual)


def _pattern(text: str) -> tree.Node | None:
    if text.strip("*") == "":
        return tree.All()
    text = _bounded(text)
    found = [re.sub(r"[^\w*?]", "", part) for part in re.split(r"[-\u2010\u2011]", fold(text))]
    return _and([_one_pattern(p) if re.search(r"[*?]", p) else _some(_words(p)) for p in found if p.strip("*?")])


def _bounded(pattern: str) -> str:
    """Return `pattern` with no more wildcards than any engine can take; what is cut off is left open."""
    stars = [at.start() for at in re.finditer(r"\*+", pattern)]
    end = min([_LONGEST_PATTERN, *stars[_MOST_STARS - 1 : _MOST_STARS]])
    return pattern if len(pattern) <= end + 1 else pattern[:end] + "*"


def _one_pattern(pattern: str) -> tree.Node | None:
    """Return the pattern, and the same in the other spelling of its beginning (`licenc*`, `licens*`)."""
    start = re.split(r"[*?]", pattern, maxsplit=1)[0]
    other = canonical(start) + pattern[len(start) :]
    return _or([tree.Pattern(p) for p in dict.fromkeys((pattern, other))])


def _some(nodes: Sequence[tree.Node], *, optional: bool = False) -> tree.Node | None:
    if len(nodes) == 1 and not optional:
        return nodes[0]
    return tree.Some(tuple(nodes), optional=optional) if nodes else None


def _and(nodes: Sequence[tree.Node | None]) -> tree.Node | None:
    kept = [n for n in nodes if n is not None]
    if len(kept) == 1:
        return kept[0]
    return tree.And(tuple(kept)) if kept else None


def _or(nodes: Sequence[tree.Node | None]) -> tree.Node | None:
    """Join by OR; what is excluded is excluded from the whole, for that is what a person means by it."""
    kept = [n for n in nodes if n is not None and not isinstance(n, tree.Not)]
    excluded = [n for n in nodes if isinstance(n, tree.Not)]
    either = tree.Or(tuple(kept)) if len(kept) > 1 else kept[0] if kept else None
    return _and([either, *excluded])
