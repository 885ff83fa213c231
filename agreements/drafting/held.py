"""What a draft says of another agreement that the repository holds: its name, and the names of places in it.

`paragraph 3(b) of Article VII of the Agreement between ..., signed at London on 19 June 1951`: words for a sentence,
where `citation` gives what stands in a list of authorities.
"""

import re
from collections.abc import Callable

from agreements.citation import date_words, document_words
from agreements.drafting.phrases import listed, ordinal_words
from agreements.model import Agreement, Provision, Signing
from agreements.reference import Place, Reference, component, resolve

HeldLookup = Callable[[str], Agreement]
"""Gives an agreement by its id; raises `NotFoundError` when there is none."""

_NUMBERED = ("paragraph", "subparagraph", "item")
_ATTACHED = ("annex", "appendix")
_UNNUMBERED = ("preamble", "testimonium", "signature")


def reference_words(target: str, held: HeldLookup) -> str:
    """Return the words for `target` (`nato-sofa-1951#VII.3`), a place in an agreement or the whole of one.

    Raises `NotFoundError` when the agreement or the place is not held, `ReferenceSyntaxError` for what is none.
    """
    reference = Reference.parse(target.removesuffix("#"))
    agreement = held(reference.agreement)
    named = agreement_words(agreement)
    if not reference.path:
        return named
    place = resolve(agreement, reference.path, reference.language)
    return f"{place_words(place)} {'to' if place.document.role in _ATTACHED else 'of'} {named}"


def agreement_words(agreement: Agreement) -> str:
    """Return an agreement as a sentence names it: with its article, its title, and how it was concluded."""
    title = _in_a_sentence(agreement.title, agreement) or agreement.short_title
    if not title:
        form = (agreement.form or "agreement").replace("-", " ").replace("mou", "memorandum of understanding")
        title = " between ".join(x for x in (form, listed([p.body or p.name for p in agreement.parties])) if x)
    dated = [signing for signing in agreement.signings if signing.date]
    if not dated or any(date_words(s.date or "") in title for s in dated):
        return f"the {title}"
    return f"the {title}, {_concluded(agreement, dated)}"


_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "between", "by", "concerning", "during", "for", "from", "in", "of", "on", "or",
     "regarding", "relating", "respecting", "the", "their", "to", "under", "upon", "with", "within")
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def _in_a_sentence(title: str | None, agreement: Agreement) -> str:
    """Return a title that is printed in capitals alone as it stands in a sentence; another as it is.

    Names have the letters of the parties and of the text itself: a word that stands there in capitals alone keeps them.
    """
    if not title or not title.isupper():
        return title or ""
    text = " ".join(provision.text for document in agreement.documents for provision in document.walk())
    printed: dict[str, set[str]] = {}
    for word in _WORD.findall(" ".join((text, *(f"{p.name} {p.body or ''}" for p in agreement.parties)))):
        printed.setdefault(word.casefold(), set()).add(word)

    def written(found: re.Match[str]) -> str:
        word = found.group()
        known = printed.get(word.casefold(), set())
        if found.start() and word.lower() in _SMALL:
            return word.lower()
        dotted = title[found.end() : found.end() + 1] == "." and len(word) == 1  # `U.S.`
        return word if dotted or known == {word} else word.capitalize()

    return _WORD.sub(written, title)


def _concluded(agreement: Agreement, dated: list[Signing]) -> str:
    if agreement.form == "exchange-of-notes":
        dates = listed(list(dict.fromkeys(date_words(s.date or "") for s in dated)))
        return f"effected by the exchange of notes of {dates}"
    return f"signed {listed([_signed(s) for s in dated])}"


def _signed(signing: Signing) -> str:
    date = signing.date or ""
    when = f"{'on' if date.count('-') == 2 else 'in'} {date_words(date)}"
    return f"at {signing.place} {when}" if signing.place else when


def place_words(place: Place) -> str:
    """Return a place as a sentence names it, without the agreement: `paragraph 3(b) of Article VII`, `Annex A`."""
    parts: list[str] = []
    for index, provision in enumerate(place.chain):
        figure = f"({component(provision.number)})" if provision.number else ""
        above = place.chain[index - 1] if index else None
        if provision.kind in _NUMBERED and figure and above and above.kind in _NUMBERED and above.number:
            parts[-1] += figure
        elif provision.kind in _NUMBERED and figure:
            dotted = (provision.number or "").endswith(".") or not (provision.number or "").startswith("(")
            parts.append(f"{'paragraph' if dotted else 'subparagraph'} {figure.strip('()') if dotted else figure}")
        else:
            parts.append(_words(place, index))
    if of := document_words(place.document):
        parts.insert(0, of if place.document.number else f"the {of.lower()}")
    return " of ".join(reversed(parts))


def _words(place: Place, index: int) -> str:
    """Return the words for a provision that is no numbered paragraph."""
    provision = place.chain[index]
    if provision.kind in _UNNUMBERED:
        return f"the {provision.kind}"
    if provision.number:
        return f"{provision.label or provision.kind.capitalize()} {component(provision.number)}"
    if index and place.chain[index - 1].kind == "preamble":
        return f"the {_ordinal(place, index)} recital"
    return f"the {_ordinal(place, index)} unnumbered paragraph"


def _ordinal(place: Place, index: int) -> str:
    above = place.chain[index - 1] if index else None
    siblings: tuple[Provision, ...] = above.children if above else place.document.provisions
    own = bool(above and above.text)
    unnumbered = [p for p in siblings if not p.number]
    at = next(i for i, p in enumerate(unnumbered) if p is place.chain[index])
    return ordinal_words(at + 1 + own)
