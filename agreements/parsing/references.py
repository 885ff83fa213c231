"""References inside an agreement (`paragraph 2(b) of Article VII`, `this Article`, `Annex A`) as marks with a target.

A reference that leads to a provision of this agreement gets its path; one to another instrument, or to something
that is not there, stays a mark without target. The same kind of mark is what a template's `ref()` becomes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from agreements.model import Agreement, Document, Mark, Provision
from agreements.parsing.phrases import any_of, contains
from agreements.reference import Place, component, document_name, places, provision_paths

_NUMBER = r"(?:[IVXLC]+|\d{1,3})(?:\s?(?:bis|ter|quater))?"
_LETTERS = r"(?:\s?\((?:\d{1,2}|[a-z]{1,4})\))"
_LOCATOR = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})*\b{_LETTERS}*|{_LETTERS}+|[a-z]\)|[a-z](?= of\b|[,.;)]))"
_AND = r"(?:\s?,\s?(?:and |or )?| and | or | to | through )"
_OWN = r"(?P<own>(?:this|the present|that|the same) (?:[Aa]rticle|[Ss]ection|[Pp]aragraph|[Nn]ote|[Aa]nnex))"
_PARAGRAPHS = any_of(
    rf"\b(?:[Ss]ub-?)?(?:[Pp]aragraphs?|[Ii]tems?|[Pp]oints?|[Ss]ections?) (?P<list>{_LOCATOR}(?:{_AND}{_LOCATOR})*)"
    rf"(?: of (?:[Ss]ub-?)?[Pp]aragraph (?P<middle>{_LOCATOR}))?"
    rf"(?:,? (?:of|in|under) (?:{_OWN}|(?:[Aa]rticle|[Ss]ection|Art\.) (?P<article>{_NUMBER})\b))?"
    r"(?P<other> thereof\b| of (?:the|that) (?!Agreement\b|present)[A-Z][\w.-]+)?",
    case=True,
)
_ARTICLES = any_of(
    rf"\b(?:[Aa]rticles?|[Ss]ections?|Art\.) (?P<list>{_NUMBER}{_LETTERS}*(?:{_AND}{_NUMBER}{_LETTERS}*)*)(?!\w)"
    r"(?P<tail>,? (?:of|to|in) (?:the (?:said |above-mentioned )?|that )?(?P<name>[A-Z“][\w.”-]*))?",
    case=True,
)
_THIS = any_of(r"\b(?:this|the present) (?:[Aa]rticle|[Ss]ection)\b", case=True)
_ANNEXES = any_of(
    r"\b(?P<word>[Aa]nnex|[Aa]ppendix) (?P<number>[A-Z]|[IVX]+|\d{1,2})\b",
    r"\b(?:the|this) (?P<bare>Annex|Appendix)\b",
    case=True,
)
_ELEMENT = re.compile(rf"(?:^|{_AND})(?P<element>{_LOCATOR})")
_ARTICLE_ELEMENT = re.compile(rf"(?:^|{_AND})(?P<element>(?P<number>{_NUMBER})(?P<below>{_LETTERS}*))")
_PARTS = re.compile(r"\d+(?:\.\d+)*|[a-z]+")
_HINTS = ("rticle", "ection", "aragraph", "nnex", "ppendix", "Art.", "tem", "oint")
_HEADS = ("article", "section")
_OWN_INSTRUMENT = ("Agreement", "Convention", "Protocol", "Treaty", "Memorandum", "Compact", "Arrangement", "MOU")


@dataclass(frozen=True, slots=True)
class _Found:
    """A reference in a text: its characters and the path it leads to (empty when it leads nowhere here)."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class _Index:
    """What can be referred to: provisions by identity, all paths, documents by name, articles and sections.

    `prefixes` holds the name of each document in paths (`annex-a` of `annex-a.3.b`, empty for the main text);
    `heads` leads from the prefix of a document and the number of an article or section to its path.
    """

    by_provision: Mapping[int, str]
    prefixes: Mapping[int, str]
    paths: frozenset[str]
    documents: frozenset[str]
    heads: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a text stands: its path and those it stands under, the article around it, its document's name."""

    chain: tuple[str, ...]  # innermost first, the document's own prefix last
    article: str
    prefix: str
    index: "_Index"


def with_references(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return `documents` with marks over the references in their words."""
    spots = list(places(Agreement(id="draft", documents=tuple(documents))))
    prefixes: dict[int, str] = {}
    for spot in spots:
        if id(spot.document) not in prefixes:  # the first provision of its document
            inside = next(provision_paths(Document(provisions=spot.chain)))[0]
            prefixes[id(spot.document)] = spot.path[: len(spot.path) - len(inside)].rstrip(".")
    index = _Index(
        {id(spot.provision): spot.path for spot in spots},
        prefixes,
        frozenset(spot.path for spot in spots),
        frozenset(document_name(document) for document in documents),
        {
            (prefixes[id(spot.document)], component(spot.provision.number or "")): spot.path
            for spot in reversed(spots)
            if spot.provision.kind in _HEADS
        },
    )
    marks: dict[int, tuple[Mark, ...]] = {}
    for spot in spots:
        text = spot.provision.text
        if text and contains(text, _HINTS) and (found := _references(text, _context(spot, index))):
            marks[id(spot.provision)] = _merged(spot.provision.marks, found)
    return tuple(_marked(document, marks) for document in documents)


def _context(spot: Place, index: _Index) -> _Context:
    chain = tuple(index.by_provision[id(provision)] for provision in reversed(spot.chain))
    holder = next((p for p in reversed(spot.chain) if p.kind in _HEADS), None)
    prefix = index.prefixes[id(spot.document)]
    article = index.by_provision[id(holder)] if holder else ""
    return _Context((*chain, prefix), article, prefix, index)


def _references(text: str, context: _Context) -> list[_Found]:
    found: list[_Found] = []
    taken: list[tuple[int, int]] = []
    for finder, hints in _FINDERS:
        for reference in finder(text, context) if contains(text, hints) else ():
            if not any(reference.start < end and start < reference.end for start, end in taken):
                found.append(reference)
                taken.append((reference.start, reference.end))
    return sorted(found, key=lambda f: f.start)


def _paragraphs(text: str, context: _Context) -> Iterator[_Found]:
    for match in _PARAGRAPHS.finditer(text):
        elements = list(_ELEMENT.finditer(match["list"]))
        base = _base(match, context)
        external = bool(match["other"]) or (match["article"] is not None and base is None)
        end_of_all = match.start("other") if match["other"] else match.end()
        middle = _PARTS.findall(match["middle"] or "")
        parts: list[str] = []
        for position, element in enumerate(elements):
            own = _PARTS.findall(element["element"])
            # in `paragraph 5 (e) (i), (ii)` the second goes on under what the first stands under
            parts = (
                own if own[0][0].isdigit() or not parts or not parts[0][0].isdigit() else [*parts[: -len(own)], *own]
            )
            start = match.start() if position == 0 else match.start("list") + element.start("element")
            end = end_of_all if position == len(elements) - 1 else match.start("list") + element.end("element")
            yield _Found(start, end, "" if external else _below(".".join([*middle, *parts]), base, context))


def _base(match: re.Match[str], context: _Context) -> str | None:
    """Return the path of the article that a reference names, None where it names none (or none of ours)."""
    if match["article"]:
        return _article(match["article"], context)
    if match["own"] and match["own"].lower().endswith(("article", "section")):
        return context.article
    return None


def _below(parts: str, base: str | None, context: _Context) -> str:
    """Return the path of `parts` under `base`, or under the nearest provision around that has it."""
    bases = [base] if base is not None else list(context.chain)
    candidates = (f"{holder}.{parts}" if holder else parts for holder in bases)
    return next((path for path in candidates if path in context.index.paths), "")


def _articles(text: str, context: _Context) -> Iterator[_Found]:
    for match in _ARTICLES.finditer(text):
        name = match["name"]
        own = not name or (context.prefix != "" and name.rstrip(".") in _OWN_INSTRUMENT)
        for position, element in enumerate(_ARTICLE_ELEMENT.finditer(match["list"])):
            start = match.start() if position == 0 else match.start("list") + element.start("element")
            target = ""
            if own and (article := _article(element["number"], context, main=bool(name))):
                path = ".".join([article, *_PARTS.findall(element["below"])])
                target = path if path in context.index.paths else ""
            yield _Found(start, match.start("list") + element.end("element"), target)


def _article(number: str, context: _Context, *, main: bool = False) -> str | None:
    """Return the path of the article or section `number`: of the same document, else of the main text."""
    prefixes = ("",) if main else (context.prefix, "")
    keys = ((prefix, component(number)) for prefix in prefixes)
    return next((path for key in keys if (path := context.index.heads.get(key))), None)


def _this(text: str, context: _Context) -> Iterator[_Found]:
    for match in _THIS.finditer(text):
        yield _Found(match.start(), match.end(), context.article)


def _annexes(text: str, context: _Context) -> Iterator[_Found]:
    for match in _ANNEXES.finditer(text):
        word = (match["word"] or match["bare"]).lower()
        name = f"{word}-{component(match['number']).lower()}" if match["number"] else word
        yield _Found(match.start(), match.end(), name if name in context.index.documents else "")


_FINDERS = (  # in this order, with what has to stand in a text that they find anything in
    (_paragraphs, ("aragraph", "ection", "item", "Item", "point", "Point")),
    (_articles, ("rticle", "ection", "Art.")),
    (_this, ("rticle", "ection")),
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
    children = tuple(_with_marks(child, marks) for child in provision.children)
    changed = any(new is not old for new, old in zip(children, provision.children, strict=True))
    own = marks.get(id(provision))
    if own is None and not changed:
        return provision
    update: dict[str, object] = {"children": children} if changed else {}
    return provision.model_copy(update=update | ({"marks": own} if own is not None else {}))
