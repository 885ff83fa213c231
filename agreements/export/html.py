"""HTML: one page without scripts, every provision with its path as anchor, readable on screen and in print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate, pairwise
from urllib.parse import quote

from agreements.citation import cite, document_words
from agreements.display import shown_short
from agreements.export.formats import Exporter
from agreements.model import Agreement, Document, Mark
from agreements.reference import Place, Same, document_name, numbered_place, places, provision_paths
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
    body = "\n".join(page.document(document, rows) for document, rows in page.documents)
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


def html_texts(
    agreement: Agreement, *, here: str = "", address: str = "", query: str = "", part: "TextPart | None" = None
) -> tuple[HtmlText, ...]:
    """Return the documents of `agreement` for a page that has a head of its own, in order.

    Every word of them is escaped. The provision at the path `here` is marked (`data-here`) and takes the focus when the
    page opens, so that a browser shows it. Numbers lead to `address` followed by the path and `query`, where one is
    given. With `part`, only what stands in it, of the documents that reach into it; references to what stands
    elsewhere lead to its own address then.
    """
    page = _Page(agreement, top=2, here=here, address=address, query=query, part=part)
    return tuple(
        HtmlText(document_name(document), _title(document), document.language, page.document(document, rows))
        for document, rows in page.documents
        if rows
    )


# ---------------------------------------------------------------------- the parts of a long text

PART_WEIGHT = 110_000  # bytes: with head, contents and what is known beside it, a page stays below 150 kB
_ROW = 110  # bytes of tags, anchor and link of a provision
_ENTRY = 120  # bytes of a line in the contents
_LEAST_OF_PART = 4  # a new document begins a new part, where the one before is not less than a quarter of one


@shown_short
@dataclass(frozen=True, slots=True)
class TextPart:
    """A run of provisions that is shown at once: those numbered `start` to `stop`, exclusive, among `places`."""

    start: int
    stop: int


def text_parts(agreement: Agreement, most: int = PART_WEIGHT) -> tuple[TextPart, ...]:
    """Return the parts in which `agreement` is shown: each of at most about `most` bytes of HTML, whole articles.

    A text that weighs no more has one part. What alone weighs more is parted between the provisions in it; one
    paragraph is never parted.
    """
    return _parts(tuple(Same(document) for document in agreement.documents), most)


@lru_cache(maxsize=8)  # who reads a long text asks for one part of it after another
def _parts(documents: tuple[Same[Document], ...], most: int) -> tuple[TextPart, ...]:
    weights, ends, begins = _weights(documents)
    if sum(weights) <= most:
        return (TextPart(0, len(weights)),)
    sums = [0, *accumulate(weights)]
    cuts, at = [0], 0
    while at < len(weights):
        stop = ends[at] if sums[ends[at]] - sums[at] <= most else at + 1
        held, more = sums[at] - sums[cuts[-1]], sums[_with_first(at, stop, ends, sums, most)] - sums[at]
        if held and (held + more > most or (at in begins and held * _LEAST_OF_PART >= most)):
            cuts.append(at)
        at = stop
    return tuple(TextPart(start, stop) for start, stop in pairwise([*cuts, len(weights)]))


def _with_first(at: int, stop: int, ends: Sequence[int], sums: Sequence[int], most: int) -> int:
    """Return where what must not be torn from the row `at` ends: a head that is parted keeps its first provision."""
    while stop < ends[at] and sums[ends[stop]] - sums[stop] > most and ends[stop] > stop + 1:
        stop += 1
    return ends[stop] if stop < ends[at] and sums[ends[stop]] - sums[at] <= most else stop


def _weights(documents: Sequence[Same[Document]]) -> tuple[list[int], list[int], set[int]]:
    """Return of each place about how many bytes it takes and where what it holds ends, and where documents begin."""
    weights: list[int] = []
    ends: list[int] = []
    begins: set[int] = set()
    for each in documents:
        begins.add(len(weights))
        open_rows: list[int] = []
        for _, chain in provision_paths(each.thing):
            provision = chain[-1]
            while len(open_rows) >= len(chain):
                ends[open_rows.pop()] = len(weights)
            open_rows.append(len(weights))
            listed = _ENTRY if provision.kind in _LABELS else 0
            words = len(provision.text) + len(provision.heading or "") * (2 if listed else 1)
            weights.append(words + _ROW + listed + 60 * len(provision.marks))
            ends.append(0)
        for row in open_rows:
            ends[row] = len(weights)
    return weights, ends, begins


def _title(document: Document) -> str:
    return ": ".join(x for x in (document_words(document), document.title) if x)


_Rows = Sequence[Place]


class _Page:
    """The documents of one agreement as HTML, with the anchors that links may lead to.

    `top` is the level of the headings of documents; `here`, `address`, `query` and `part` as `html_texts` says.
    """

    def __init__(
        self,
        agreement: Agreement,
        *,
        top: int = 1,
        here: str = "",
        address: str = "",
        query: str = "",
        part: TextPart | None = None,
    ) -> None:
        self._agreement, self._top, self._here = agreement, top, here
        self._address, self._query = escape(address), escape(query)
        rows = list(places(agreement, part.start, part.stop) if part else places(agreement))
        self.documents = list(_by_document(agreement, rows))
        self._shown = {*(row.path for row in rows), *(document_name(d) for d, of in self.documents if of or not part)}
        self._named: set[str] = set()

    def document(self, document: Document, rows: _Rows) -> str:
        """Return `document`, or the `rows` of it that are shown, as an `<article>`."""
        name = document_name(document)
        anchor = "" if name in self._named else f' id="{escape(name)}"'
        self._named.add(name)
        direction = ' dir="rtl"' if document.language in _RIGHT_TO_LEFT else ""
        label = document_words(document) if document.role in ("annex", "appendix") else ""
        whole = not rows or rows[0].chain[-1] is document.provisions[0]
        title = "<br>\n".join(escape(part) for part in (label, document.title or "") if part) if whole else ""
        head = f"<h{self._top}>{title}</h{self._top}>\n" if title else ""
        inner = "\n".join(self._within(rows, 0, len(rows), 0))
        return f'<article lang="{escape(document.language)}"{direction}{anchor}>\n{head}{inner}\n</article>'

    def _within(self, rows: _Rows, start: int, stop: int, depth: int) -> Iterator[str]:
        """Yield the provisions from `start` to `stop`, each with what it holds, below one that stands at `depth`."""
        while start < stop:
            end = start + 1
            while end < stop and len(rows[end].chain) > len(rows[start].chain):
                end += 1
            above = rows[start].chain[depth:-1]  # what the part before began with
            shown = self._provision(rows, start, end)
            for holding in reversed(above):
                if holding.kind not in _LABELS:
                    shown = f'<div class="{"numbered" if holding.number is not None else holding.kind}">{shown}</div>'
            yield shown
            start = end

    def _provision(self, rows: _Rows, start: int, stop: int) -> str:
        path, provision, depth = rows[start].path, rows[start].chain[-1], len(rows[start].chain)
        anchor = f'id="{escape(path)}"' + (' tabindex="-1" autofocus data-here' if path == self._here else "")
        words = self._marked(provision.text, provision.marks)
        children = "\n".join(self._within(rows, start + 1, stop, depth))
        if provision.kind in _LABELS:
            return self._headed(rows[start], anchor, words, children)
        heading = f"<strong>{escape(provision.heading)}</strong> " if provision.heading else ""
        if provision.number is not None:
            label = self._linked(escape(provision.labelled()), path)
            line = f'<p><span class="number">{label}</span> {heading}{words}</p>'
            return f'<div class="numbered" {anchor}>{line}\n{children}</div>'
        line = f"<p>{heading}{words}</p>\n" if heading or words else ""
        return f'<div class="{provision.kind}" {anchor}>{line}{children}</div>'

    def _linked(self, label: str, path: str) -> str:
        """Return a label that leads to its provision, where numbers lead anywhere; both are escaped."""
        return f'<a href="{self._own_address(path)}">{label}</a>' if self._address else label

    def _own_address(self, path: str) -> str:
        quoted = quote(path, safe=_IN_PATHS)
        return f"{self._address}{quoted}{self._query}#{quoted}"

    def _leads(self, target: str) -> str:
        """Return where a reference to `target` leads: within the page, to the page that has it, or nowhere."""
        if target in self._shown:
            return f"#{escape(target)}"
        return self._own_address(target) if self._address and numbered_place(self._agreement, target) else ""

    def _headed(self, place: Place, anchor: str, words: str, children: str) -> str:
        provision = place.chain[-1]
        level = self._top + 1 + sum(above.kind in _LABELS for above in place.chain[:-1])
        tag = f"h{min(level, _LOWEST_HEADING)}"
        first = self._linked(escape(provision.labelled(_LABELS[provision.kind])), place.path)
        lines = "<br>\n".join(x for x in (first, escape(provision.heading or "")) if x)
        own = f"<p>{words}</p>\n" if words else ""
        return f"<section {anchor}>\n<{tag}>{lines}</{tag}>\n{own}{children}\n</section>"

    def _marked(self, text: str, marks: Sequence[Mark]) -> str:
        """Return `text` escaped, its emphasis as `<em>` and references within the page as links."""
        tags: list[tuple[int, int, int, str]] = []  # place, closing before opening, nesting, tag
        for depth, mark in enumerate(marks):
            if mark.start == mark.end:
                continue
            if mark.kind == "emphasis":
                opening, closing = "<em>", "</em>"
            elif mark.kind == "reference" and mark.target and (leads := self._leads(mark.target)):
                opening, closing = f'<a href="{leads}">', "</a>"
            else:
                continue
            tags += [(mark.start, 1, depth, opening), (mark.end, 0, -depth, closing)]
        out, at = [], 0
        for place, _, _, tag in sorted(tags):
            out += [escape(text[at:place], quote=False), tag]
            at = place
        return "".join(out) + escape(text[at:], quote=False)


def _by_document(agreement: Agreement, rows: _Rows) -> Iterator[tuple[Document, _Rows]]:
    """Yield each document of `agreement` with those of `rows` that stand in it."""
    at = 0
    for document in agreement.documents:
        end = at
        while end < len(rows) and rows[end].document is document:
            end += 1
        yield document, rows[at:end]
        at = end


EXPORTER = Exporter(".html", text=to_html)
