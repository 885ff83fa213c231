"""The parts of a joint text that joining, reading and closing share: what stands in and about a provision."""

import re
from collections.abc import Callable

from agreements.model import Agreement, Provision
from agreements.negotiation import brackets
from agreements.negotiation.brackets import AD_REFERENDUM, Labels

AGREED = re.compile(r"(?:^|\s)\[ad referendum\]$")
"""The mark of an article that is agreed for now, at the end of its heading or, where it has none, of its words."""

UNITS = ("article", "section", "paragraph")
"""What is agreed as a whole: articles, and the numbered points of notes."""


def plain(agreement: Agreement) -> Agreement:
    """Return `agreement` without marks, ids and places in sources: its words and its structure alone."""

    def bare(provision: Provision) -> Provision:
        children = tuple(map(bare, provision.children))
        return provision.model_copy(update={"marks": (), "id": None, "provenance": None, "children": children})

    return with_provisions(agreement, bare)


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
