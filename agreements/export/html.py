"""HTML: one page without scripts, every provision with its path as anchor, readable on screen and in print."""

from collections.abc import Iterator, Sequence
from html import escape

from agreements.citation import cite, document_words
from agreements.model import Agreement, Document, Mark, Provision
from agreements.reference import places

_LABELS = {"part": "Part", "chapter": "Chapter", "article": "Article", "section": "Section"}
_RIGHT_TO_LEFT = frozenset(("ar", "dv", "fa", "he", "ps", "ur"))
_STYLE = (
    "body{font:1rem/1.5 'Times New Roman',Times,serif;max-width:42rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2,h3,h4{text-align:center;font-size:1rem}h1{text-transform:uppercase;margin:2rem 0}"
    ".number{float:left;margin-left:-2.5rem}"
    ".numbered{padding-left:2.5rem}.marking{text-align:center;font-weight:bold}.signature p{margin-top:2.5rem}"
    "footer{border-top:1px solid;margin-top:3rem;font-size:.85rem}"
)


def to_html(agreement: Agreement) -> str:
    """Return `agreement` as a page of its own: title, documents in order, and the formal citation at the foot."""
    paths = (place.path for place in places(agreement))
    marking = f'<p class="marking">{escape(agreement.marking)}</p>\n' if agreement.marking else ""
    body = "\n".join(_document(document, paths) for document in agreement.documents)
    language = agreement.main.language if agreement.main else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(agreement.title or agreement.id)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{marking}{body}\n<footer><p>{escape(cite(agreement))}</p></footer>\n{marking}</body>\n</html>\n"
    )


def _document(document: Document, paths: Iterator[str]) -> str:
    direction = ' dir="rtl"' if document.language in _RIGHT_TO_LEFT else ""
    label = document_words(document) if document.role in ("annex", "appendix") else ""
    title = "<br>".join(escape(part) for part in (label, document.title or "") if part)
    head = f"<h1>{title}</h1>\n" if title else ""
    inner = "\n".join(_provision(p, paths) for p in document.provisions)
    return f'<article lang="{escape(document.language)}"{direction}>\n{head}{inner}\n</article>'


def _provision(provision: Provision, paths: Iterator[str], level: int = 2) -> str:
    anchor = f'id="{escape(next(paths))}"'
    kind = provision.kind
    words = _marked(provision.text, provision.marks)
    own = f"<p>{words}</p>\n" if words else ""
    inner = level + (kind in _LABELS)
    children = "\n".join(_provision(child, paths, inner) for child in provision.children)
    if kind in _LABELS:
        head = " ".join(x for x in (provision.label or _LABELS[kind], provision.number) if x)
        lines = "<br>".join(escape(x) for x in (head, provision.heading or "") if x)
        return f"<section {anchor}>\n<h{level}>{lines}</h{level}>\n{own}{children}\n</section>"
    heading = f"<strong>{escape(provision.heading)}</strong> " if provision.heading else ""
    if provision.number is not None:
        label = " ".join(x for x in (provision.label, provision.number) if x)
        line = f'<p><span class="number">{escape(label)}</span> {heading}{words}</p>'
        return f'<div class="numbered" {anchor}>{line}{children}</div>'
    line = f"<p>{heading}{words}</p>" if heading or words else ""
    return f'<div class="{kind}" {anchor}>{line}{children}</div>'


def _marked(text: str, marks: Sequence[Mark]) -> str:
    """Return `text` escaped, its emphasis as `<em>` and its resolved references as links inside the page."""
    tags: list[tuple[int, int, int, str]] = []  # place, closing before opening, nesting, tag
    for depth, mark in enumerate(marks):
        if mark.start == mark.end:
            continue
        if mark.kind == "emphasis":
            tag = ("<em>", "</em>")
        elif mark.kind == "reference" and mark.target:
            tag = (f'<a href="#{escape(mark.target)}">', "</a>")
        else:
            continue
        tags += [(mark.start, 1, depth, tag[0]), (mark.end, 0, -depth, tag[1])]
    out, at = [], 0
    for place, _, _, tag_text in sorted(tags):
        out += [escape(text[at:place], quote=False), tag_text]
        at = place
    return "".join(out) + escape(text[at:], quote=False)
