"""The `meta` of an Akoma Ntoso document: the work, this expression of it, and this file, as the standard wants them."""

from lxml import etree

from agreements.citation import cite
from agreements.model import Agreement, Document
from agreements.ooxml.xml import clean

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_EDITOR = "editor"
_THREE_LETTERS = {
    **{"ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa"},
    **{"et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hu": "hun", "it": "ita", "ja": "jpn"},
    **{"ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron"},
    **{"ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "zh": "zho"},
}
"""ISO 639-1 to the codes of ISO 639-2 that the standard asks for; others stand as they are."""


def child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Return a new last child `tag` of `parent`, in the namespace of the standard."""
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        made.set(key, value)
    return made


def write(made: etree._Element, agreement: Agreement, document: Document, index: int) -> None:
    """Put the `meta` of `document`, the one at `index` of `agreement`, into the `doc` element `made`."""
    meta = child(made, "meta")
    editor = f"att_{index}__{_EDITOR}" if index else _EDITOR
    identification = child(meta, "identification", source=f"#{editor}")
    language = _THREE_LETTERS.get(document.language, document.language)
    day, said = _date(agreement)
    country = next((party.code.lower() for party in agreement.parties if party.code), "xx")
    work = f"/akn/{country}/doc/{agreement.form or 'agreement'}/{day}/{agreement.id}"
    part = "!main" if index == 0 else f"!{document.role}_{index}"
    for level, place in (("FRBRWork", work), ("FRBRExpression", f"{work}/{language}@"), ("FRBRManifestation", "")):
        own = child(identification, level)
        address = place or f"{work}/{language}@.akn"
        child(own, "FRBRthis", value=f"{address}/{part}")
        child(own, "FRBRuri", value=address)
        if level == "FRBRWork":
            child(own, "FRBRalias", name="citation", value=clean(cite(agreement)))
        child(own, "FRBRdate", date=day, name=said)
        child(own, "FRBRauthor", href=f"#{editor}")
        if level == "FRBRWork":
            child(own, "FRBRcountry", value=country)
        elif level == "FRBRExpression":
            child(own, "FRBRlanguage", language=language)
    references = child(meta, "references", source=f"#{editor}")
    child(references, "TLCOrganization", eId=editor, href="/ontology/organization/editor", showAs="Editor")
    for number, party in enumerate(() if index else agreement.parties, 1):
        code = party.code.lower() or str(number)
        shown = clean(party.name or party.body or party.code) or str(number)
        child(references, "TLCOrganization", eId=f"party_{number}", href=f"/ontology/organization/{code}", showAs=shown)


def _date(agreement: Agreement) -> tuple[str, str]:
    """Return the date of signature and what it is; the standard wants a whole date, so a year alone is filled up."""
    known = next((signing.date for signing in agreement.signings if signing.date), None)
    if known is None:
        return "0001-01-01", "not-established"
    year, month, day = [*known.split("-"), "01", "01"][:3]
    return f"{year}-{month}-{day}", "signature" if known.count("-") == 2 else "signature-in-part-established"
