"""Formal citation of an agreement and of a place in it: what a negotiator can put on paper.

A citation says parties, title, place and date of signature, article and paragraph, the official citation or that
none is established, whether the agreement is in force and as of when, and the authority of the text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from agreements.model import Agreement, Document, Provision, Signing, Status
from agreements.reference import Place, resolve

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_AUTHORITY = {
    "signed-original": "signed original",
    "certified-copy": "certified copy",
    "official-print": "official print",
    "official-translation": "official translation",
    "unofficial-copy": "unofficial copy",
    "draft-tabled": "draft as tabled",
    "unsigned": "unsigned text",
    "specimen": "specimen, not an agreement of any State",
    "unknown": "authority of the text not established",
}


def cite(agreement: Agreement, path: str = "", language: str = "") -> str:
    """Return the formal citation of `path` in `agreement` (of the whole agreement when `path` is empty).

    Raises `NotFoundError` when the agreement has no such provision.
    """
    place = locator(resolve(agreement, path, language)) if path else ""
    head, tail = cite_parts(agreement)
    return f"{head}, {place}; {tail}" if place else f"{head}; {tail}"


def cite_parts(agreement: Agreement) -> tuple[str, str]:
    """Return what stands before and after the article and paragraph in every citation of `agreement`."""
    parties = _parties(agreement)
    title = agreement.title or agreement.short_title or _described(agreement, parties)
    head = title if not parties or parties in title or _names_all(title, agreement) else f"{title} ({parties})"
    if signed := " and ".join(_signing(s) for s in agreement.signings if s.date or s.place):
        head += f", {'done' if agreement.form == 'exchange-of-notes' else 'signed'} {signed}"
    official = ", ".join(c.text for c in agreement.citations) or "no citation established"
    held = _AUTHORITY[agreement.authority] if agreement.text_held else "text not held"
    return head, f"{official}; {status_words(agreement.status)}; {held}"


def locator(place: Place) -> str:
    """Return where `place` is, in words: `Annex A, Article II, paragraph 3(b)`."""
    parts = [document_words(place.document)]
    for above, provision, component in zip((None, *place.chain), place.chain, _components(place), strict=False):
        numbered = provision.kind in ("paragraph", "subparagraph", "item")
        if numbered and above and above.kind in ("paragraph", "subparagraph", "item", "section"):
            parts[-1] += f"({component})"
        elif numbered:
            parts.append(f"paragraph {component}")
        elif provision.kind == "text":
            recital = above is not None and above.kind == "preamble"
            parts.append(f"recital {component}" if recital else f"unnumbered paragraph {component}")
        elif provision.kind in ("preamble", "testimonium", "signature"):
            parts.append(provision.kind)
        else:
            parts.append(" ".join(x for x in (provision.label or provision.kind.capitalize(), component) if x))
    return ", ".join(part for part in parts if part)


def document_words(document: Document) -> str:
    """Return the name of `document` in a citation: empty for the main text, else `Annex A` or `reply note`."""
    if document.role == "main":
        return ""
    words = document.role.replace("-", " ")
    return f"{words.capitalize()} {document.number}" if document.number else words.capitalize()


def status_words(status: Status) -> str:
    """Return the status in words with its date: `in force (as of 2026-11-22)`."""
    words = "status not established" if status.value == "unknown" else status.value.replace("-", " ")
    as_of = f"as of {status.as_of}" if status.as_of else "date of this information not established"
    return f"{words} ({as_of})" if status.value != "unknown" or status.as_of else words


def date_words(date: str) -> str:
    """Return an ISO date (that may stop at year or month) in words: `19 June 1951`."""
    parts = date.split("-")
    month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    day = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*day, *month, parts[0]])


def _components(place: Place) -> list[str]:
    """Return the last path component of every provision of the chain, by what is printed or by count."""
    out = []
    for index, provision in enumerate(place.chain):
        own = _bare(provision.number) if provision.number else ""
        if not own:
            siblings = place.chain[index - 1].children if index else place.document.provisions
            has_own_text = bool(index and place.chain[index - 1].text)
            own = str(_count(provision, siblings) + has_own_text)
        out.append(own)
    return out


@lru_cache(maxsize=4096)  # treaties repeat a few hundred numbers
def _bare(number: str) -> str:
    return re.sub(r"^[(\[]|[).\]:]+$", "", number)


def _count(provision: Provision, siblings: Sequence[Provision]) -> int:
    """Return which of its `siblings` without a number `provision` is, counted from 1."""
    count = 0
    for sibling in siblings:
        count += not sibling.number
        if sibling is provision:
            return count
    raise ValueError("a provision stands among its siblings")


def _signing(signing: Signing) -> str:
    place = f"at {signing.place}" if signing.place else ""
    return " ".join(x for x in (place, date_words(signing.date) if signing.date else "") if x)


def _described(agreement: Agreement, parties: str) -> str:
    """Return what an agreement without a title is called: its form and parties, which claims no more than it is."""
    form = (agreement.form or "text").replace("-", " ").replace("mou", "memorandum of understanding")
    return f"{form.capitalize()} ({parties})" if parties else f"{form.capitalize()} {agreement.id}"


def _parties(agreement: Agreement) -> str:
    names = [p.body or p.name or p.code for p in agreement.parties]
    if len(names) > 4:
        return f"{len(names)} parties"
    return " - ".join(names)


def _names_all(title: str, agreement: Agreement) -> bool:
    return all((p.body or p.name or p.code) in title for p in agreement.parties)
