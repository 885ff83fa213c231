"""A joint text read: the text that either side wants, what is open in it, what is agreed for now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agreements.model import Agreement, Document, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import Labels, Of
from agreements.negotiation.joint_parts import AGREED, other_number
from agreements.reference import document_name, places, provision_paths


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """An open place of a joint text: the `path` of its provision, which place it is there, what each side wants."""

    path: str
    number: int
    us: str | None
    partner: str | None
    text: str


def resolve(joint: Agreement, side: Of, labels: Labels) -> Agreement:
    """Return the text that `side` wants: its words in every bracket, and only the provisions that it has."""
    documents = (resolved_document(document, side, labels) for document in joint.documents)
    return joint.model_copy(update={"documents": tuple(d for d in documents if d is not None)})


def open_places(joint: Agreement, labels: Labels) -> Iterator[OpenPlace]:
    """Yield every open place of a joint text, in reading order; those of titles have paths such as `annex-a.title`."""
    places_of = iter(places(joint))
    for document in joint.documents:
        yield from _opened(title_path(document), [document.title or ""], labels)
        for _ in provision_paths(document):
            place = next(places_of)
            yield from _opened(place.path, [place.provision.heading or "", place.provision.text], labels)


def _opened(path: str, lines: list[str], labels: Labels) -> Iterator[OpenPlace]:
    found = [(line, each) for line in lines for each in brackets.opened(line, labels)]
    for number, (line, each) in enumerate(found, 1):
        yield OpenPlace(path, number, each.us, each.partner, line)


def title_path(document: Document) -> str:
    """Return how the title of `document` is named among the places of a joint text."""
    return "title" if document.role == "main" else f"{document_name(document)}.title"


def unit_of(path: str) -> str:
    """Return the article (or point, or preamble) that `path` lies in, with its document where that is named."""
    parts = path.split(".")
    in_other = re.match(r"(?:annex|appendix|protocol|agreed-minutes|side-letter|[a-z]+-note|implementing)", parts[0])
    return ".".join(parts[:2]) if in_other and len(parts) > 1 else parts[0]


def agreed_units(joint: Agreement) -> tuple[str, ...]:
    """Return the paths of the provisions that are marked as agreed ad referendum."""
    return tuple(p.path for p in places(joint) if AGREED.search(p.provision.heading or p.provision.text))


def other_numbers(joint: Agreement, labels: Labels, path: str = "") -> dict[str, str]:
    """Return the numbers that their side gives otherwise, by path: of all provisions, or those from `path` down."""
    found: dict[str, str] = {}
    for place in places(joint):
        if not path or place.path == path or place.path.startswith(f"{path}."):
            number, _, _ = other_number(place.provision.heading, place.provision.text, labels)
            if number is not None:
                found[place.path] = number
    return found


def resolved_document(document: Document, side: Of, labels: Labels) -> Document | None:
    """Return a document as `side` wants it, None when it is only the other side's."""
    provisions = tuple(p for p in (resolved(q, side, labels) for q in document.provisions) if p is not None)
    title = document.title
    if title is not None and (opened := brackets.opened(title, labels)):
        if not provisions and all(o.of(side) is None for o in opened) and not brackets.resolve(title, side, labels):
            return None
        title = _line(title, side, labels)
    elif document.provisions and not provisions:
        return None
    return document.model_copy(update={"title": title, "provisions": provisions})


def resolved(provision: Provision, side: Of, labels: Labels) -> Provision | None:
    """Return a provision as `side` wants it, None when it is only the other side's."""
    children = tuple(c for c in (resolved(child, side, labels) for child in provision.children) if c is not None)
    number, heading, text = _opening(provision, labels)
    opened = [o for line in (heading or "", text) for o in brackets.opened(line, labels)]
    own_heading = None if heading is None else _line(heading, side, labels)
    own_text = brackets.resolve(text, side, labels)
    if not (children or own_heading or own_text):
        others_only = opened and all(o.of(side) is None for o in opened)
        if others_only or (not opened and provision.children):
            return None
    number = number if side == "partner" and number is not None else provision.number
    updates = {"number": number, "heading": own_heading, "text": own_text, "children": children, "marks": ()}
    return provision.model_copy(update=updates)


def _opening(provision: Provision, labels: Labels) -> tuple[str | None, str | None, str]:
    """Return the number that their side gives, and heading and text without that note and the mark of agreement."""
    number, heading, text = other_number(provision.heading, provision.text, labels)
    if heading is None:
        return number, None, AGREED.sub("", text)
    return number, (AGREED.sub("", heading) or None) if AGREED.search(heading) else heading, text


def _line(line: str, side: Of, labels: Labels) -> str | None:
    """Return a heading or title as `side` wants it, None where it has none."""
    words = brackets.resolve(line, side, labels)
    opened = brackets.opened(line, labels)
    return None if not words and opened and all(o.of(side) is None for o in opened) else words
