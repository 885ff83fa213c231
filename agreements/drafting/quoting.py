"""A note in reply that repeats the note it answers: the words of the offer, with their numbers, in quotation marks."""

from collections.abc import Iterator

from agreements.model import Agreement, Document, Mark, Provision

QUOTED = "quoted_offer"
"""The id of the line of a reply in whose place the offer is quoted."""


def with_quotation(agreement: Agreement, *, nested: bool = False) -> Agreement:
    """Return `agreement` with its offer quoted where a reply asks for it; as it is where none does.

    `nested` sets what is quoted in the offer in single marks, within the double ones of the reply.
    """
    offer = next((d for d in agreement.documents if d.role == "offer-note"), None)
    if offer is None or not any(p.id == QUOTED for d in agreement.documents for p in d.provisions):
        return agreement
    lines = tuple(_lines(offer, nested=nested))
    documents = tuple(_quoting(document, lines) for document in agreement.documents)
    return agreement.model_copy(update={"documents": documents})


def _quoting(document: Document, lines: tuple[Provision, ...]) -> Document:
    provisions = tuple(p for own in document.provisions for p in (lines if own.id == QUOTED else (own,)))
    return document.model_copy(update={"provisions": provisions})


def _lines(offer: Document, *, nested: bool) -> Iterator[Provision]:
    """Yield the lines of the offer: each opens with a quotation mark, the last one closes it."""
    words = [provision for provision in offer.walk() if provision.number or provision.text]
    for provision in words:
        before = f'"{provision.number} ' if provision.number else '"'
        after = '"' if provision is words[-1] else ""
        # What is open in the offer is open in the reply; references and terms are words of the note that is quoted.
        marks = tuple(_moved(m, len(before)) for m in provision.marks if m.kind == "bracket")
        text = provision.text.replace('"', "'") if nested else provision.text
        yield Provision(kind="text", text=f"{before}{text}{after}", marks=marks, provenance=provision.provenance)


def _moved(mark: Mark, shift: int) -> Mark:
    return mark.model_copy(update={"start": mark.start + shift, "end": mark.end + shift})
