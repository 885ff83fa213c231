"""Akoma Ntoso 1.0 (OASIS LegalDocML, version 3.0 of the schema): the first text as a `doc`, the others attached to it.

Identifiers follow the naming convention of the standard (`art_VII__para_3__subpara_a`); references lead to them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from agreements.citation import cite, document_words
from agreements.export.formats import Exporter
from agreements.model import Agreement, Document, Mark, Provision
from agreements.ooxml.xml import clean
from agreements.reference import document_name, places

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_EDITOR = "editor"
_THREE_LETTERS = {
    **{"ar": "ara", "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa"},
    **{"et": "est", "fa": "fas", "fi": "fin", "fr": "fra", "he": "heb", "hu": "hun", "it": "ita", "ja": "jpn"},
    **{"ko": "kor", "lt": "lit", "lv": "lav", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron"},
    **{"ru": "rus", "sk": "slk", "sl": "slv", "sv": "swe", "th": "tha", "tr": "tur", "uk": "ukr", "zh": "zho"},
}
"""ISO 639-1 to the codes of ISO 639-2 that the standard asks for; others stand as they are."""

_HIERARCHY = {
    "part": ("part", "part"),
    "chapter": ("chapter", "chp"),
    "article": ("article", "art"),
    "section": ("section", "sec"),
    "paragraph": ("paragraph", "para"),
    "subparagraph": ("subparagraph", "subpara"),
    "item": ("point", "point"),
}
"""Kind of provision: the element, and its short form in identifiers. Other kinds are containers with a name."""

_LABELS = {"part": "Part", "chapter": "Chapter", "article": "Article", "section": "Section"}
_CLOSING = ("testimonium", "signature")
_NOT_IN_IDENTIFIER = re.compile(r"[^\w-]+")


def to_akn(agreement: Agreement) -> str:
    """Return `agreement` as Akoma Ntoso XML: every word of it, with identifiers by which it can be cited."""
    return etree.tostring(_Writer(agreement).root(), xml_declaration=True, encoding="UTF-8", pretty_print=False).decode(
        "utf-8"
    )


class _Writer:
    """One agreement on its way to XML: the identifiers of its provisions by path, used up in reading order."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._identifiers: dict[str, str] = {}
        self._taken: Counter[str] = Counter()
        self._paths = iter([place.path for place in places(agreement)])
        self._own: dict[int, str] = {}
        self._given: set[str] = set()
        for index, document in enumerate(agreement.documents):
            above = "" if index == 0 else f"att_{index}"
            if above:
                self._identifiers.setdefault(document_name(document), above)
            self._name(document.provisions, above)

    def _name(self, provisions: Sequence[Provision], above: str) -> None:
        for provision in provisions:
            _, short = _HIERARCHY.get(provision.kind, ("", provision.kind))
            number = _NOT_IN_IDENTIFIER.sub("", provision.number or "")
            wanted = "__".join(x for x in (above, f"{short}_{number}" if number else short) if x)
            identifier = self._unique(wanted, "-" if number else "_")
            self._identifiers.setdefault(next(self._paths), identifier)
            self._own[id(provision)] = identifier
            self._name(provision.children, identifier)

    def _unique(self, wanted: str, sign: str) -> str:
        """Return `wanted` with the number of times that it was asked for (the first with a number of its own: none).

        A second part without a number is no `part_2` where a Part 2 stands: eIds are unique in a document.
        """
        while True:
            self._taken[wanted] += 1
            count = self._taken[wanted]
            identifier = wanted if sign == "-" and count == 1 else f"{wanted}{sign}{count}"
            if identifier not in self._given:
                self._given.add(identifier)
                return identifier

    def root(self) -> etree._Element:
        """Return the `akomaNtoso` element."""
        root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
        first, *others = self._agreement.documents or (Document(),)
        made = self._document(root, first, 0)
        if others:
            attached = _child(made, "attachments")
            for index, document in enumerate(others, 1):
                holder = _child(attached, "attachment", eId=f"att_{index}")
                self._document(holder, document, index)
        return root

    def _document(self, parent: etree._Element, document: Document, index: int) -> etree._Element:
        made = _child(parent, "doc", name=document.role if index else self._agreement.form or "agreement")
        _write_meta(made, self._agreement, document, index)
        self._title(made, document, index)
        opening, body, closing = _parts(document.provisions)
        if opening:
            self._preamble(made, opening)
        main = _child(made, "mainBody")
        for provision in body:
            self._provision(main, provision)
        if not len(main):
            _child(main, "p")
        if closing:
            conclusions = _child(made, "conclusions")
            for provision in closing:
                self._lines(conclusions, provision)
        return made

    def _title(self, made: etree._Element, document: Document, index: int) -> None:
        label = document_words(document) if document.role in ("annex", "appendix") else ""
        if not (document.title or label):
            return
        title = _child(_child(made, "preface"), "longTitle", eId=f"att_{index}__longTitle" if index else "longTitle")
        line = _child(title, "p")
        if label:
            _child(line, "docNumber").text = clean(label)
        if document.title:
            _child(line, "docTitle").text = clean(document.title)

    def _preamble(self, made: etree._Element, provision: Provision) -> None:
        preamble = _child(made, "preamble", eId=self._own[id(provision)])
        if provision.heading:
            _child(_child(preamble, "p"), "inline", name="heading").text = clean(provision.heading)
        if provision.text:
            self._words(_child(preamble, "p"), provision)
        if provision.children:
            recitals = _child(preamble, "recitals", eId=f"{self._own[id(provision)]}__recs")
            for recital in provision.children:
                one = _child(recitals, "recital", eId=self._own[id(recital)])
                for line in recital.walk():
                    self._words(_child(one, "p"), line, numbered=True)

    def _lines(self, parent: etree._Element, provision: Provision) -> None:
        """Write a provision of the end as a container of its lines."""
        container = _child(parent, "container", name=provision.kind, eId=self._own[id(provision)])
        for line in provision.walk():
            if line.text or line.heading or line.number:
                self._words(_child(container, "p"), line, numbered=True)
        if not len(container):
            _child(container, "p")

    def _provision(self, parent: etree._Element, provision: Provision) -> None:
        """Write a provision of the body; own words are its content, or introduce what stands under it."""
        tag, _ = _HIERARCHY.get(provision.kind, ("hcontainer", ""))
        identifier = self._own[id(provision)]
        made = _child(parent, tag, eId=identifier)
        if tag == "hcontainer":
            made.set("name", provision.kind)
        if provision.number is not None or provision.label:
            _child(made, "num").text = clean(provision.labelled(_LABELS.get(provision.kind, "")))
        if provision.heading:
            _child(made, "heading").text = clean(provision.heading)
        if provision.children:
            if provision.text:
                self._words(_child(_child(made, "intro", eId=f"{identifier}__intro"), "p"), provision)
            for below in provision.children:
                self._provision(made, below)
        else:
            self._words(_child(_child(made, "content", eId=f"{identifier}__content"), "p"), provision)

    def _words(self, line: etree._Element, provision: Provision, *, numbered: bool = False) -> None:
        """Write the words of `provision` into `line`, references as links; with `numbered` its number before them."""
        head = " ".join(x for x in (provision.number, provision.heading) if x) if numbered else ""
        writer = _Inline(line, f"{head} " if head else "")
        for start, end, tag, attributes in self._inlines(provision.marks):
            writer.add(provision.text, start, end, tag, attributes)
        writer.finish(provision.text)

    def _inlines(self, marks: Sequence[Mark]) -> Iterator[tuple[int, int, str, dict[str, str]]]:
        """Yield the marks that Akoma Ntoso can show, the outermost of those that nest."""
        at = 0
        for mark in marks:
            if mark.start < at or mark.start == mark.end:
                continue
            target = self._identifiers.get(mark.target)
            if mark.kind == "reference" and target:
                yield mark.start, mark.end, "ref", {"href": f"#{target}"}
            elif mark.kind == "emphasis":
                yield mark.start, mark.end, "i", {}
            elif mark.kind == "bracket":
                yield mark.start, mark.end, "inline", {"name": "open"}
            else:
                continue
            at = mark.end


class _Inline:
    """Puts words and elements into one line in turn."""

    def __init__(self, line: etree._Element, head: str) -> None:
        self._line = line
        self._last: etree._Element | None = None
        self._at = 0
        self._say(head)

    def add(self, text: str, start: int, end: int, tag: str, attributes: dict[str, str]) -> None:
        """Put the characters `start` to `end` of `text` into an element `tag`, after those before them."""
        self._say(text[self._at : start])
        self._last = _child(self._line, tag, **attributes)
        self._last.text = clean(text[start:end])
        self._at = end

    def finish(self, text: str) -> None:
        """Put in what is left of `text`."""
        self._say(text[self._at :])

    def _say(self, words: str) -> None:
        words = clean(words)
        if self._last is None:
            self._line.text = (self._line.text or "") + words
        else:
            self._last.tail = (self._last.tail or "") + words


def _parts(
    provisions: Sequence[Provision],
) -> tuple[Provision | None, Sequence[Provision], Sequence[Provision]]:
    """Return the preamble that opens a document, what follows, and the closing words and signatures at its end."""
    body = list(provisions)
    opening = body.pop(0) if body and body[0].kind == "preamble" else None
    closing: list[Provision] = []
    while body and body[-1].kind in _CLOSING:
        closing.insert(0, body.pop())
    return opening, body, closing


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Return a new last child `tag` of `parent`, in the namespace of the standard."""
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        made.set(key, value)
    return made


def _write_meta(made: etree._Element, agreement: Agreement, document: Document, index: int) -> None:
    """Put the `meta` of `document`, the one at `index` of `agreement`, into the `doc` element `made`."""
    meta = _child(made, "meta")
    editor = f"att_{index}__{_EDITOR}" if index else _EDITOR
    identification = _child(meta, "identification", source=f"#{editor}")
    language = _THREE_LETTERS.get(document.language, document.language)
    day, said = _date(agreement)
    country = next((party.code.lower() for party in agreement.parties if party.code), "xx")
    work = f"/akn/{country}/doc/{agreement.form or 'agreement'}/{day}/{agreement.id}"
    part = "!main" if index == 0 else f"!{document.role}_{index}"
    for level, place in (("FRBRWork", work), ("FRBRExpression", f"{work}/{language}@"), ("FRBRManifestation", "")):
        own = _child(identification, level)
        address = place or f"{work}/{language}@.akn"
        _child(own, "FRBRthis", value=f"{address}/{part}")
        _child(own, "FRBRuri", value=address)
        if level == "FRBRWork":
            _child(own, "FRBRalias", name="citation", value=clean(cite(agreement)))
        _child(own, "FRBRdate", date=day, name=said)
        _child(own, "FRBRauthor", href=f"#{editor}")
        if level == "FRBRWork":
            _child(own, "FRBRcountry", value=country)
        elif level == "FRBRExpression":
            _child(own, "FRBRlanguage", language=language)
    references = _child(meta, "references", source=f"#{editor}")
    _child(references, "TLCOrganization", eId=editor, href="/ontology/organization/editor", showAs="Editor")
    for number, party in enumerate(() if index else agreement.parties, 1):
        code = party.code.lower() or str(number)
        shown = clean(party.name or party.body or party.code) or str(number)
        _child(
            references, "TLCOrganization", eId=f"party_{number}", href=f"/ontology/organization/{code}", showAs=shown
        )


def _date(agreement: Agreement) -> tuple[str, str]:
    """Return the date of signature and what it is; the standard wants a whole date, so a year alone is filled up."""
    known = next((signing.date for signing in agreement.signings if signing.date), None)
    if known is None:
        return "0001-01-01", "not-established"
    year, month, day = [*known.split("-"), "01", "01"][:3]
    return f"{year}-{month}-{day}", "signature" if known.count("-") == 2 else "signature-in-part-established"


EXPORTER = Exporter(".xml", text=to_akn)
