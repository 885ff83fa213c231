"""References inside an agreement (`paragraph 2(b) of Article VII`, `this Article`, `Annex A`) as marks with a target.

A reference that leads to a provision of this agreement gets its path; one to something that is not there stays a mark
without target, and so does one to another instrument, whose name it takes with it: which agreement that is, the
repository knows (`agreements.lineage.citations`). The same kind of mark is what a template's `ref()` becomes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from operator import is_
from typing import NamedTuple

from agreements.language import numbers
from agreements.language.treaties import Name, after_reference
from agreements.languages import fold, languages, value_of
from agreements.model import Document, Mark, Provision
from agreements.parsing.citing import cited_in
from agreements.parsing.explaining import explains_article
from agreements.parsing.held import HeldDocuments
from agreements.parsing.locators import Cited, cited
from agreements.parsing.phrases import any_of, contains, standing_in
from agreements.reference import Place, component, document_name, provision_paths

_THIS = any_of(r"\b(?:this|the present) (?:[Aa]rticle|[Ss]ection)\b", case=True)
_ANNEXES = any_of(
    r"\b(?P<word>[Aa]nnex|[Aa]ppendix) (?P<number>[A-Z]|[IVX]+|\d{1,2})\b",
    r"\b(?:the|this) (?P<bare>Annex|Appendix)\b",
    case=True,
)
_OF_THIS = any_of(
    r"(?:[\s,.()\divxlc]|and\b|or\b|paragraphs?\b){0,40}\b(?:of|to|in)"
    r" (?:this|the present) (?:agreement|convention|protocol|treaty|memorandum|arrangement|compact)\b"
)
_OF_ITSELF = any_of(r",? (?:of|to|in) (?:this|the present) (?P<kind>protocol|annex|appendix)\b")
_AMENDED = any_of(  # what stands behind an article that is amended, and so is one of another text
    r"[^.;]{0,60}?\b(?:shall|is|are) (?:hereby )?(?:be )?(?:hereby )?(?:replaced|deleted|substituted|repealed)\b",
    r"[^.;]{0,60}?\b(?:shall|is|are) (?:hereby )?(?:be )?amended (?:to read|as follows)\b",
    r"[^.;]{0,60}?\bshall read(?: as follows)?(?:[:,]|\s*$)",
    r"[^.;]{0,30}?\bthe (?:words?|figures?|reference|phrase) [“\"‘']",
)
_OF_A_NAME = any_of(r" of [A-Z]", case=True)
_NEIGHBOUR = any_of(r"\bthe (?P<which>preceding|previous|foregoing|following|next) [Aa]rticle\b", case=True)
_HINTS = ("rticle", "ection", "ara", "nnex", "ppendix", "Art", "tem", "oint")
_HEADS = ("article", "section")
_OWN_INSTRUMENT = ("Agreement", "Convention", "Protocol", "Treaty", "Memorandum", "Compact", "Arrangement", "MOU")


class _Found(NamedTuple):
    """A reference in a text: its characters and the path it leads to (empty when it leads nowhere here)."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class _Index:
    """What can be referred to: provisions by identity, all paths, documents by name, articles and sections.

    `prefixes` holds the name of each document in paths (`annex-a` of `annex-a.3.b`, empty for the main text);
    `heads` leads from the prefix of a document and the number of an article or section to its path;
    `articles` are the paths of the articles of each document, in order, `largest` is the highest number of its articles
    and sections; `aliases` are the names that the text gives to other instruments.
    """

    by_provision: Mapping[int, str]
    prefixes: Mapping[int, str]
    paths: frozenset[str]
    documents: frozenset[str]
    heads: Mapping[tuple[str, str], str]
    articles: Mapping[str, Sequence[str]]
    largest: Mapping[str, int]
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a text stands: its path and those it stands under, the article around it, its document's name."""

    chain: tuple[str, ...]  # innermost first, the document's own prefix last
    article: str
    prefix: str
    index: "_Index"
    explains: str | None = None  # the words of the head that explains an article of another instrument
    explained: str = ""  # the path of that article, where it stands in the main text
    is_own: bool = False  # whether a reference names the document that it stands in: `of this Protocol`


def with_references(held: HeldDocuments) -> tuple[Document, ...]:
    """Return the documents of `held` with marks over the references in their words."""
    spots = held.places
    prefixes: dict[int, str] = {}
    for spot in spots:
        if id(spot.document) not in prefixes:  # the first provision of its document
            inside = next(provision_paths(Document(provisions=spot.chain)))[0]
            prefixes[id(spot.document)] = spot.path[: len(spot.path) - len(inside)].rstrip(".")
    index = _Index(
        {id(spot.provision): spot.path for spot in spots},
        prefixes,
        frozenset(spot.path for spot in spots),
        frozenset(document_name(document) for document in held.documents),
        {
            (prefixes[id(spot.document)], key): spot.path
            for spot in reversed(spots)
            if spot.provision.kind in _HEADS
            for key in _keys(spot.provision.number or "", spot.document.language)
        },
        _articles(spots, prefixes),
        _largest(spots, prefixes),
        held.aliases,
    )
    marks: dict[int, tuple[Mark, ...]] = {}
    hints = standing_in(held.words(), _HINTS)
    for spot in spots:
        text = spot.chain[-1].text
        code = spot.document.language
        if code != "en":
            found = [*_places(cited_in(text, code), _context(spot, index), "")]
        else:
            found = _references(text, _context(spot, index)) if contains(text, hints) else []
        if found:
            marks[id(spot.provision)] = _merged(spot.provision.marks, found)
    return tuple(_marked(document, marks) for document in held.documents)


def _keys(number: str, code: str) -> tuple[str, ...]:
    """Return what an article is found by: its number, and in figures where its language has it in words or signs."""
    own = component(number)
    if code == "en" or not number or code not in languages():
        return (own,)
    value = languages()[code].counted().get(fold(number)) or value_of(number)
    return (own,) if value is None or numbers.roman(own) is not None else (own, str(value))


def _articles(spots: Sequence[Place], prefixes: Mapping[int, str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for spot in spots:
        if spot.provision.kind == "article":
            found.setdefault(prefixes[id(spot.document)], []).append(spot.path)
    return found


def _largest(spots: Sequence[Place], prefixes: Mapping[int, str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for spot in spots:
        if spot.provision.kind in _HEADS and spot.provision.number:
            prefix = prefixes[id(spot.document)]
            found[prefix] = max(found.get(prefix, 0), value_of(spot.provision.number) or 0)
    return found


def _context(spot: Place, index: _Index) -> _Context:
    chain = tuple(index.by_provision[id(provision)] for provision in reversed(spot.chain))
    outermost = spot.chain[0] if spot.chain[0].kind == "paragraph" and spot.chain[0].number else None
    # the points of a note are often called its articles
    holder = next((p for p in reversed(spot.chain) if p.kind in _HEADS), outermost)
    prefix = index.prefixes[id(spot.document)]
    article = index.by_provision[id(holder)] if holder else ""
    head = next(
        (p.text for p in reversed(spot.chain) if p.kind == "text" and p.children and explains_article(p.text)), None
    )
    context = _Context((*chain, prefix), article, prefix, index, head)
    return replace(context, explained=_explained(spot, context)) if head is not None else context


def _explained(spot: Place, context: _Context) -> str:
    """Return the path of the one article that the head over a text explains; empty where several or none is."""
    head, code = context.explains or "", spot.document.language
    named = {each.article for each in (cited(head) if code == "en" else cited_in(head, code)) if each.article}
    return (_article(named.pop(), context) or "") if len(named) == 1 else ""


def _references(text: str, context: _Context) -> list[_Found]:
    found = list(_places(cited(text), context, text))
    recital = context.chain[-2:-1] == ("preamble",)  # what a recital cites is of others, and so is what is amended
    found = [f._replace(target="") if _is_of_others(text, f, recital=recital) else f for f in found]
    for finder, hints in _OTHERS:
        for reference in finder(text, context) if contains(text, hints) else ():
            if not any(reference.start < other.end and other.start < reference.end for other in found):
                found.append(reference)
    return sorted(found, key=lambda f: f.start)


def _is_of_others(text: str, found: _Found, *, recital: bool) -> bool:
    """Whether a reference that could lead here is one to another text: in a recital, or to what is amended."""
    words = text[found.start : found.end]
    if not found.target or _OF_THIS.match(text, found.end):
        return False
    return recital or ("rticle" in words and " this " not in words and _AMENDED.match(text, found.end) is not None)


def _places(every: Sequence[Cited], context: _Context, text: str) -> Iterator[_Found]:
    """Yield the references to paragraphs and articles; one to another instrument takes the name of that with it.

    In the `text` it may be said that the document is meant in which they stand, and not its agreement.
    """
    # of `articles 1, 11 and 36` none is meant where there is no Article 36
    lists = {each.among for each in every if each.among >= 0 and _is_beyond(each, context)}
    for reference, following in zip_longest(every, every[1:]):
        name = reference.instrument
        if name and not _is_own(name, context):
            free = following is None or following.start >= name.end
            end = max(name.end, reference.end) if free else reference.end
            yield _Found(reference.start, end, "")
        else:
            elsewhere = reference.elsewhere or reference.among in lists
            itself = _OF_ITSELF.match(text, reference.end)
            own = itself is not None and context.prefix.startswith(itself["kind"].lower())
            where = replace(context, is_own=own) if own else context
            yield _Found(reference.start, reference.end, "" if elsewhere else _target(reference, where))


def _is_beyond(reference: Cited, context: _Context) -> bool:
    """Whether the number of an article is higher than any that this text has."""
    number = value_of(reference.ways()[-1][0])
    return number is not None and number > max(context.index.largest.get(p, 0) for p in (context.prefix, ""))


def _is_own(name: Name, context: _Context) -> bool:
    """Whether an annex names its agreement so (`the Agreement`), and the text gives that name to no other."""
    return context.prefix != "" and name.words in _OWN_INSTRUMENT and name.words not in context.index.aliases


def _target(reference: Cited, context: _Context) -> str:
    """Return the path that a reference within this agreement leads to, empty where there is no such place."""
    found = (_found(replace(reference, article=a, parts=parts), context) for a, parts in reference.ways())
    return next((target for target in found if target), "")


def _found(reference: Cited, context: _Context) -> str:
    return next((path for below in _below(reference.parts) if (path := _at(reference, below, context))), "")


def _below(parts: Sequence[str]) -> Iterator[str]:
    """Yield the ends of paths that numbers below an article can have: `2.1` is the 1 of 2 or a number of its own."""
    yield ".".join(parts)
    if any("." in part for part in parts):
        yield ".".join(component(part) for part in parts)
        yield ".".join(".".join(_nested(part)) for part in parts)


def _nested(number: str) -> Iterator[str]:
    """Yield `number` as what holds it and what it is called there: `2`, `2-1`."""
    figures = number.split(".")
    yield from (component(".".join(figures[:end])) for end in range(1, len(figures) + 1))


def _at(reference: Cited, parts: str, context: _Context) -> str:
    if reference.annex:
        context = replace(context, prefix=_annex(reference.annex))
    if reference.article:
        head = _article(reference.article, context, main=reference.instrument is not None)
        inside = head is None or reference.annex == "" or head.startswith(f"{context.prefix}.")
        bases = [head] if head and inside else [context.prefix] if reference.annex else []
        parts = parts if head or not reference.annex else ".".join((reference.article, *reference.parts))
    elif reference.annex:
        bases = [context.prefix]
    elif reference.holder:
        bases = [context.article] if context.article else []
    elif context.explains is not None and parts[:1].isdigit():
        return _of_explained(parts, context)
    else:
        bases = list(context.chain if parts[:1].isdigit() else context.chain[:-1])
    candidates = [".".join(x for x in (base, parts) if x) for base in bases]
    if not (reference.article or reference.holder or reference.is_section):  # `paragraph 2` is no Article 2
        heads = context.index.heads.values()
        tops = (".".join(x for x in (base, *reference.parts[:1]) if x) for base in bases)
        candidates = [path for path, top in zip(candidates, tops, strict=True) if top not in heads]
    found = next((path for path in candidates if path in context.index.paths), "")
    if f"{found}~2" in context.index.paths:
        return ""  # two have this number: which is meant is not said
    itself = found == context.chain[0] and len(reference.parts) == 1 and not (reference.article or reference.holder)
    return "" if itself else found  # a text calls itself `this paragraph`


def _of_explained(parts: str, context: _Context) -> str:
    """Return the path of a paragraph below a head that explains an article: one of that, if no other may be meant."""
    there = f"{context.explained}.{parts}" if context.explained else ""
    here = any(f"{base}.{parts}" in context.index.paths for base in context.chain[:-1])
    return there if there in context.index.paths and not here else ""


def _article(number: str, context: _Context, *, main: bool = False) -> str | None:
    """Return the path of the article or section `number`: of the same document, else of the main text.

    What explains articles of another instrument means those, and not its own, unless it says that it does.
    """
    prefixes: tuple[str, ...] = ("",) if main else (context.prefix, "")
    if context.is_own:
        prefixes = (context.prefix,)
    elif context.explains is not None:
        prefixes = ("",) if context.prefix else ()
    keys = ((prefix, component(number)) for prefix in prefixes)
    return next((path for key in keys if (path := context.index.heads.get(key))), None)


def _annex(words: str) -> str:
    """Return the name that the document `words` (`Annex A`) has in paths."""
    word, _, number = words.lower().partition(" ")
    return f"{word}-{component(number).lower()}" if number else word


def _this(text: str, context: _Context) -> Iterator[_Found]:
    for match in _THIS.finditer(text):
        yield _Found(match.start(), match.end(), context.article)


def _preceding(text: str, context: _Context) -> Iterator[_Found]:
    for match in _NEIGHBOUR.finditer(text):
        heads = context.index.articles.get(context.prefix, ())
        at = heads.index(context.article) if context.article in heads else -1
        step = at + (1 if match["which"] in ("following", "next") else -1)
        near = heads[step] if at >= 0 and 0 <= step < len(heads) else ""
        yield _Found(match.start(), match.end(), near)


def _annexes(text: str, context: _Context) -> Iterator[_Found]:
    for match in _ANNEXES.finditer(text):
        name = _annex(f"{match['word']} {match['number']}" if match["number"] else match["bare"])
        owner = after_reference(text, match.end())
        others = owner is not None and (
            owner.words not in _OWN_INSTRUMENT
            or owner.words in context.index.aliases
            or _OF_A_NAME.match(text, owner.end) is not None
        )
        yield _Found(match.start(), match.end(), name if name in context.index.documents and not others else "")


_OTHERS = (  # with what has to stand in a text
    (_this, ("rticle", "ection")),
    (_preceding, ("rticle",)),
    (_annexes, ("nnex", "ppendix")),
)


def _merged(marks: Sequence[Mark], found: Sequence[_Found]) -> tuple[Mark, ...]:
    """Return all marks, those that would cross a reference cut at its edges."""
    references = [Mark(start=f.start, end=f.end, kind="reference", target=f.target) for f in found]
    kept: list[Mark] = []
    for mark in marks:
        edges = {mark.start, mark.end}
        for reference in references:
            if mark.start < reference.end and reference.start < mark.end:
                edges |= {e for e in (reference.start, reference.end) if mark.start < e < mark.end}
        cuts = sorted(edges)
        if len(cuts) == 1:  # a footnote stands at one place
            kept.append(mark)
        kept += [mark.model_copy(update={"start": a, "end": b}) for a, b in pairwise(cuts)]
    return tuple(sorted([*kept, *references], key=lambda m: (m.start, -m.end, m.kind, m.target)))


def _marked(document: Document, marks: dict[int, tuple[Mark, ...]]) -> Document:
    provisions = tuple(_with_marks(provision, marks) for provision in document.provisions)
    if all(new is old for new, old in zip(provisions, document.provisions, strict=True)):
        return document
    return document.model_copy(update={"provisions": provisions})


def _with_marks(provision: Provision, marks: dict[int, tuple[Mark, ...]]) -> Provision:
    own = marks.get(id(provision))
    if not provision.children:
        return provision if own is None else provision.model_copy(update={"marks": own})
    children = tuple([_with_marks(child, marks) for child in provision.children])
    changed = not all(map(is_, children, provision.children))
    if own is None and not changed:
        return provision
    update: dict[str, object] = {"children": children} if changed else {}
    return provision.model_copy(update=update | ({"marks": own} if own is not None else {}))
