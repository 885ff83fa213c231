"""HTML: one page without scripts, every provision with its path as anchor, readable on screen and in print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from agreements.citation import cite, document_words
from agreements.display import shown_short
from agreements.export.formats import Exporter
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import document_name, places
from agreements.word import SPECIMEN_LINE

_LABELS = {"part": "Part", "chapter": "Chapter", "article": "Article", "section": "Section"}
_RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "ur"))
_LOWEST_HEADING = 6
_IN_PATHS = "@~."
_STYLE = (
    "body{font:1rem/1.5 'Times New Roman',Times,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2,h3,h4{text-align:center;font-size:1rem}h1{text-transform:uppercase;margin:2rem 0}"
    ".number{float:left;margin-left:-2.5rem}.numbered{padding-left:2.5rem}"
    ".marking{text-align:center;font-weight:bold}.signature p{margin-top:2.5rem}"
    "footer{border-top:1px solid;margin-top:3rem;font-size:.85rem}"
)


def to_html(agreement: Agreement) -> str:
    """Return `agreement` as a page of its own: title, documents in order, and the formal citation at the foot."""
    page = _Page(agreement)
    marking = f'<p class="marking">{escape(agreement.marking)}</p>\n' if agreement.marking else ""
    if agreement.standing == "specimen":
        marking += f'<p class="marking">{SPECIMEN_LINE}</p>\n'
    body = "\n".join(page.document(document) for document in agreement.documents)
    language = agreement.main.language if agreement.main else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(agreement.title or agreement.id)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{marking}{body}\n<footer><p>{escape(cite(agreement))}</p></footer>\n{marking}</body>\n</html>\n"
    )


@shown_short
@dataclass(frozen=True, slots=True)
class HtmlText:
    """A document as HTML within a page: its `name` (`annex-a`), what it is called, its language, and the `html`."""

    name: str
    title: str
    language: str
    html: str


def html_texts(agreement: Agreement, *, here: str = "", address: str = "") -> tuple[HtmlText, ...]:
    """Return the documents of `agreement` for a page that has a head of its own, in order.

    Every word of them is escaped. The provision at the path `here` is marked (`data-here`) and takes the focus when the
    page opens, so that a browser shows it. Numbers lead to `address` followed by the path, where one is given.
    """
    page = _Page(agreement, top=2, here=here, address=address)
    return tuple(
        HtmlText(document_name(d), _title(d), d.language, page.document(d)) for d in agreement.documents if d.provisions
    )


def _title(document: Document) -> str:
    return ": ".join(x for x in (document_words(document), document.title) if x)


class _Page:
    """The documents of one agreement as HTML, with the anchors that links may lead to.

    `top` is the level of the headings of documents; `here` and `address` as `html_texts` says.
    """

    def __init__(self, agreement: Agreement, *, top: int = 1, here: str = "", address: str = "") -> None:
        self._top, self._here, self._address = top, here, address
        paths = [place.path for place in places(agreement)]
        self._paths: Iterator[str] = iter(paths)
        self._anchors = {*paths, *(document_name(d) for d in agreement.documents)}
        self._named: set[str] = set()

    def document(self, document: Document) -> str:
        """Return `document` as an `<article>`; documents are asked for in the order of the agreement."""
        name = document_name(document)
        anchor = "" if name in self._named else f' id="{escape(name)}"'
        self._named.add(name)
        direction = ' dir="rtl"' if document.language in _RIGHT_TO_LEFT else ""
        label = document_words(document) if document.role in ("annex", "appendix") else ""
        title = "<br>\n".join(escape(part) for part in (label, document.title or "") if part)
        head = f"<h{self._top}>{title}</h{self._top}>\n" if title else ""
        inner = "\n".join(self._provision(p, self._top + 1) for p in document.provisions)
        return f'<article lang="{escape(document.language)}"{direction}{anchor}>\n{head}{inner}\n</article>'

    def _provision(self, provision: Provision, level: int) -> str:
        path = next(self._paths)
        anchor = f'id="{escape(path)}"' + (' tabindex="-1" autofocus data-here' if path == self._here else "")
        words = self._marked(provision.text, provision.marks)
        if provision.kind in _LABELS:
            return self._headed(provision, anchor, path, words, level)
        children = "\n".join(self._provision(child, level) for child in provision.children)
        heading = f"<strong>{escape(provision.heading)}</strong> " if provision.heading else ""
        if provision.number is not None:
            label = self._linked(escape(provision.labelled()), path)
            line = f'<p><span class="number">{label}</span> {heading}{words}</p>'
            return f'<div class="numbered" {anchor}>{line}\n{children}</div>'
        line = f"<p>{heading}{words}</p>\n" if heading or words else ""
        return f'<div class="{provision.kind}" {anchor}>{line}{children}</div>'

    def _linked(self, label: str, path: str) -> str:
        """Return a label that leads to its provision, where numbers lead anywhere; both are escaped."""
        if not self._address:
            return label
        return (
            f'<a href="{escape(self._address)}{quote(path, safe=_IN_PATHS)}#{quote(path, safe=_IN_PATHS)}">{label}</a>'
        )

    def _headed(self, provision: Provision, anchor: str, path: str, words: str, level: int) -> str:
        tag = f"h{min(level, _LOWEST_HEADING)}"
        head = provision.labelled(_LABELS[provision.kind])
        first = self._linked(escape(head), path)
        lines = "<br>\n".join(x for x in (first, escape(provision.heading or "")) if x)
        own = f"<p>{words}</p>\n" if words else ""
        children = "\n".join(self._provision(child, level + 1) for child in provision.children)
        return f"<section {anchor}>\n<{tag}>{lines}</{tag}>\n{own}{children}\n</section>"

    def _marked(self, text: str, marks: Sequence[Mark]) -> str:
        """Return `text` escaped, its emphasis as `<em>` and references within the page as links."""
        tags: list[tuple[int, int, int, str]] = []  # place, closing before opening, nesting, tag
        for depth, mark in enumerate(marks):
            if mark.start == mark.end:
                continue
            if mark.kind == "emphasis":
                opening, closing = "<em>", "</em>"
            elif mark.kind == "reference" and mark.target in self._anchors:
                opening, closing = f'<a href="#{escape(mark.target)}">', "</a>"
            else:
                continue
            tags += [(mark.start, 1, depth, opening), (mark.end, 0, -depth, closing)]
        out, at = [], 0
        for place, _, _, tag in sorted(tags):
            out += [escape(text[at:place], quote=False), tag]
            at = place
        return "".join(out) + escape(text[at:], quote=False)


EXPORTER = Exporter(".html", text=to_html)
