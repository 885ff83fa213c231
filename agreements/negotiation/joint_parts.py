"""The parts of a joint text that joining, reading and closing share: what stands in and about a provision."""

import re
from collections.abc import Callable

from agreements.comparing import WORDS_STAND, Pair, align, other_original
from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import AD_REFERENDUM, Labels
from agreements.reference import places

AGREED = re.compile(r"(?:^|\s)\[ad referendum\]$")
"""The mark of an article that is agreed for now, at the end of its heading or, where it has none, of its words."""

_CLOSING = ("testimonium", "signature")

UNITS = ("article", "section", "paragraph")
"""What is agreed as a whole: articles, and the numbered points of notes."""


def plain(agreement: Agreement) -> Agreement:
    """Return `agreement` without marks, ids and places in sources: its words and its structure alone.

    Its closing stands at the end of each document, and not in the last article: there it is in a file of ours, and it
    is read into the article where another hand has been at the file.
    """

    def bare(provision: Provision) -> Provision:
        children = tuple(map(bare, provision.children))
        return provision.model_copy(update={"marks": (), "id": None, "provenance": None, "children": children})

    bared = with_provisions(agreement, bare)
    documents = tuple(d.model_copy(update={"provisions": _closed_apart(d.provisions)}) for d in bared.documents)
    return bared.model_copy(update={"documents": documents})


def _closed_apart(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    """Return `provisions` with the closing that stands in the last of them, and what follows it there, after it."""
    if not provisions or provisions[-1].kind in _CLOSING:
        return provisions
    last, inner = provisions[-1], _closed_apart(provisions[-1].children)
    at = next((i for i, child in enumerate(inner) if child.kind in _CLOSING), len(inner))
    if at == len(inner):
        return provisions
    return (*provisions[:-1], last.model_copy(update={"children": inner[:at]}), *inner[at:])


def without_agreed_marks(agreement: Agreement) -> Agreement:
    """Return `agreement` as `plain` does, without the marks that articles are agreed ad referendum."""

    def bare(provision: Provision) -> Provision:
        heading = provision.heading and (AGREED.sub("", provision.heading) or None)
        children = tuple(map(bare, provision.children))
        return provision.model_copy(
            update={"heading": heading, "text": AGREED.sub("", provision.text), "children": children}
        )

    return with_provisions(plain(agreement), bare)


def with_provisions(agreement: Agreement, change: Callable[[Provision], Provision]) -> Agreement:
    """Return `agreement` with `change` made to the outermost provisions of its documents."""
    documents = tuple(
        d.model_copy(update={"provisions": tuple(map(change, d.provisions))}) for d in agreement.documents
    )
    return agreement.model_copy(update={"documents": documents})


def in_our_order(us: Agreement, partner: Agreement) -> tuple[Agreement, tuple[str, ...]]:
    """Return the text of `partner` with the parties in our order where it is the other original, and where that was.

    Each State names itself first in its own original (the alternat, docs/practice.md): nothing is open in that. Where
    the two are not one agreement in two originals, `partner` comes back as it is.
    """
    pairs = align(us, partner)
    if not other_original(pairs, us, partner):
        return partner, ()
    title = us.title if _same_in_order(us, partner) else partner.title
    told = {p.b.path: p.a for p in pairs if p.a and p.b and p.change == "alternat" and not _is_closing(p)}
    closing = [pair for pair in pairs if _is_closing(pair)]
    closes = all(pair.a and pair.b and pair.change in WORDS_STAND for pair in closing)
    ordered = [p.b.path for p in closing if p.b and p.change == "alternat"] if closes else []
    at = {id(place.provision): told[place.path] for place in places(partner) if place.path in told}

    def named(provision: Provision) -> Provision:
        own = at.get(id(provision))
        words = {"heading": own.heading or None, "text": own.text} if own else {}
        return provision.model_copy(update={**words, "children": tuple(map(named, provision.children))})

    documents = tuple(d.model_copy(update={"provisions": tuple(map(named, d.provisions))}) for d in partner.documents)
    if closes:
        documents = tuple(_closed_as(us, d) for d in documents)
    titles = tuple(
        d.model_copy(update={"title": us.title}) if title == us.title and d.title == partner.title else d
        for d in documents
    )
    paths = (*(["title"] if title != partner.title else []), *told, *ordered)
    return partner.model_copy(update={"title": title, "documents": titles}), tuple(dict.fromkeys(paths))


def _is_closing(pair: Pair) -> bool:
    return any(side is not None and not set(_CLOSING).isdisjoint(side.path.split(".")) for side in (pair.a, pair.b))


def _same_in_order(us: Agreement, partner: Agreement) -> bool:
    """Whether the titles differ in the order of the parties alone."""
    bare = (text.model_copy(update={"documents": ()}) for text in (us, partner))
    return us.title != partner.title and bool(other_original((), *bare))


def _closed_as(us: Agreement, document: Document) -> Document:
    """Return `document` with the closing of ours, which has the same lines and the same signers."""
    keys = (document.role, document.number, document.language)
    ours = next((d for d in us.documents if (d.role, d.number, d.language) == keys), None)
    if ours is None:
        return document
    closing = [p for p in ours.provisions if p.kind in _CLOSING]
    body = [p for p in document.provisions if p.kind not in _CLOSING]
    if len(body) + len(closing) != len(document.provisions) or document.provisions[: len(body)] != tuple(body):
        return document
    return document.model_copy(update={"provisions": (*body, *closing)})


def other_number(heading: str | None, text: str, labels: Labels) -> tuple[str | None, str | None, str]:
    """Return the number that their side gives, and heading and text without the note of it."""
    if heading is None:
        number, text = brackets.numbered_otherwise(text, labels)
        return number, None, text
    number, rest = brackets.numbered_otherwise(heading, labels)
    return number, rest, text


def with_number_note(provision: Provision, note: str) -> Provision:
    """Return `provision` with the `note` of their number at the head of its heading, else of its words."""
    if provision.heading is not None:
        return provision.model_copy(update={"heading": f"{note} {provision.heading}".rstrip()})
    return provision.model_copy(update={"text": f"{note} {provision.text}".rstrip()})


def with_agreed_mark(provision: Provision) -> Provision:
    """Return `provision` with the mark that it is agreed ad referendum."""
    line = provision.heading if provision.heading is not None else provision.text
    marked = f"{line} {AD_REFERENDUM}".lstrip()
    in_heading = provision.heading is not None or provision.kind in ("article", "section")
    if provision.heading is None and in_heading and provision.text:
        marked = AD_REFERENDUM
    return provision.model_copy(update={"heading" if in_heading else "text": marked})


def is_open(provision: Provision, labels: Labels) -> bool:
    """Whether anything in `provision` or under it is open: words, or its number."""
    lines = [line for p in provision.walk() for line in (p.heading or "", p.text)]
    return any(brackets.opened(line, labels) or _is_numbered_otherwise(line, labels) for line in lines)


def _is_numbered_otherwise(line: str, labels: Labels) -> bool:
    return brackets.numbered_otherwise(line, labels)[0] is not None


def with_marks(joint: Agreement, labels: Labels) -> Agreement:
    """Return `joint` with a bracket mark over every open place of its texts."""

    def marked(provision: Provision) -> Provision:
        own = brackets.marks(provision.text, labels)
        return provision.model_copy(update={"marks": own, "children": tuple(map(marked, provision.children))})

    return with_provisions(joint, marked)
