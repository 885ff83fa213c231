"""Numbers for what templates leave unnumbered: `#` articles, `#.` paragraphs, `(#)` lists; and points of notes."""

import re
from collections.abc import Iterable, Sequence

from agreements.drafting import phrases
from agreements.drafting.declarations import ArticleStyle
from agreements.model import Provision, ProvisionKind

_BELOW: dict[ProvisionKind, ProvisionKind] = {"paragraph": "subparagraph", "subparagraph": "item"}
_ABOVE: dict[ProvisionKind, ProvisionKind] = {"subparagraph": "paragraph"}
# How lists are numbered at each depth: (a), then (i), then (A).
_LISTS = (phrases.letter, lambda n: phrases.roman(n).lower(), lambda n: phrases.letter(n).upper())


def numbered(provisions: Sequence[Provision], style: ArticleStyle) -> tuple[Provision, ...]:
    """Return `provisions` with every automatic number given, articles in `style`. Printed numbers stay."""
    return _numbered(provisions, style, 0)


def _numbered(provisions: Sequence[Provision], style: ArticleStyle, lists: int) -> tuple[Provision, ...]:
    counts: dict[str, int] = {}
    out = []
    for provision in provisions:
        number = provision.number
        if number and "#" in number:
            counts[number] = counts.get(number, 0) + 1
            number = number.replace("#", _figure(number, counts[number], style, lists))
        below = lists + (provision.number == "(#)")
        children = _numbered(provision.children, style, below)
        out.append(provision.model_copy(update={"number": number, "children": children}))
    return tuple(out)


def _figure(pattern: str, count: int, style: ArticleStyle, lists: int) -> str:
    if pattern == "(#)":
        return _LISTS[min(lists, len(_LISTS) - 1)](count)
    return phrases.roman(count) if pattern == "#" and style == "roman" else str(count)


def merge_single_paragraphs(
    provisions: Iterable[Provision],
) -> tuple[tuple[Provision, ...], dict[str, str]]:
    """Return `provisions` with the only paragraph of an article made its own text, and what became of its id.

    An article of one paragraph is not numbered `1.`; references to the paragraph then mean the article.
    """
    aliases: dict[str, str] = {}
    merged = tuple(_merged(provision, aliases) for provision in provisions)
    return merged, aliases


def merge_single_items(
    provisions: Iterable[Provision],
) -> tuple[tuple[Provision, ...], dict[str, str]]:
    """Return `provisions` with the only item of a list run into the words that open it, and what became of its id.

    A list of one item is no list: `The points of contact are: (a) X.` reads `The points of contact are: X.`
    """
    aliases: dict[str, str] = {}
    return tuple(_run_in(provision, aliases) for provision in provisions), aliases


def _run_in(provision: Provision, aliases: dict[str, str]) -> Provision:
    children = tuple(_run_in(child, aliases) for child in provision.children)
    only = children[0] if len(children) == 1 else None
    if only is None or only.number != "(#)" or not provision.text or only.heading:
        return provision.model_copy(update={"children": children})
    if only.id and provision.id:
        aliases[only.id] = provision.id
    shift = len(provision.text) + 1
    moved = (m.model_copy(update={"start": m.start + shift, "end": m.end + shift}) for m in only.marks)
    own = {"id": provision.id or only.id, "text": f"{provision.text} {only.text}", "marks": (*provision.marks, *moved)}
    return provision.model_copy(update={**own, "children": tuple(_moved(c, _ABOVE) for c in only.children)})


def _merged(article: Provision, aliases: dict[str, str]) -> Provision:
    only = article.children[0] if len(article.children) == 1 else None
    if article.kind != "article" or article.text or only is None or only.number != "#." or only.heading:
        return article
    if only.id and article.id:
        aliases[only.id] = article.id
    children = tuple(_moved(child, _ABOVE) for child in only.children)
    own = {"text": only.text, "marks": only.marks, "children": children, "id": article.id or only.id}
    return article.model_copy(update=own)


def as_points(provisions: Iterable[Provision], leads: dict[str, str]) -> tuple[Provision, ...]:
    """Return articles as the numbered points of a note; what is no article stays as it is.

    A point loses its heading. Where it has no words of its own before its subparagraphs, it opens with the lead
    of its clause (`leads` by provision id) or with words made from the heading.
    """
    out = []
    for provision in provisions:
        if provision.kind != "article":
            out.append(provision)
            continue
        children = tuple(_moved(child, _BELOW, "(#)") for child in provision.children)
        text = provision.text
        if not text and children:
            text = leads.get(provision.id or "") or _lead(provision.heading or "")
        update = {"kind": "paragraph", "number": "#.", "heading": None, "text": text, "children": children}
        out.append(provision.model_copy(update=update))
    return tuple(out)


def _lead(heading: str) -> str:
    """Return words that open a point, made from a heading: its plainly capitalized words lose their capitals."""
    words = re.sub(r"\b[A-Z](?=[a-z]+\b)", lambda m: m.group().lower(), heading)
    return f"With respect to {words}:" if words else ""


def _moved(provision: Provision, kinds: dict[ProvisionKind, ProvisionKind], number: str | None = None) -> Provision:
    """Return `provision` one level up or down, with all that stands under it."""
    update = {
        "kind": kinds.get(provision.kind, provision.kind),
        "number": number if number and provision.number == "#." else provision.number,
        "children": tuple(_moved(child, kinds) for child in provision.children),
    }
    return provision.model_copy(update=update)
