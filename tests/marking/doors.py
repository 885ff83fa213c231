"""Every place of the corpus as a file or an entry: what a case is put into, and how the door is opened.

`open_door` puts the words of a case where its place says, in a paper of our own, and reads it as the product does.
"""

# ruff: noqa: E501  (parts of Word files, one a line)
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from agreements import marking
from agreements.errors import AgreementsError, ClassifiedError
from agreements.parsing import parse
from agreements.reading import records
from agreements.reading.readers import read_source, read_text
from agreements.reading.source import SourceFile
from tests.reading.conftest import pdf_bytes, scan_bytes

TITLE = "Agreement between Arland and Borduria on the Harbour of Lorn"
HARBOUR = "The Parties keep the harbour of Lorn open to the ships of each other."
FORCE = "This Agreement shall enter into force on the date of signature of both Parties."
BODY = (TITLE, "Article I", HARBOUR, "Article II", FORCE)
CANARY = "harbour of Lorn"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = (
    f'xmlns:w="{_W}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def refused(place: str, text: str) -> ClassifiedError | None:
    """Return the refusal that `text` gets at `place`, None where it is let in."""
    try:
        _open(place, text)
    except ClassifiedError as error:
        return error
    return None


def _open(place: str, text: str) -> None:
    door, _, rest = place.partition(".")
    if door == "typed":
        _type(rest, text)
    elif door == "jsonl":
        _collect(rest, text)
    elif door == "word":
        parse(read_source(SourceFile.of("paper.docx", word_file(rest, text))), id="paper")
    else:
        makers: dict[str, Callable[[str, str], SourceFile]] = {
            "text": _text, "md": _markdown, "html": _html, "pdf": _pdf, "scan": _scan
        }  # fmt: skip
        parse(read_source(makers[door](rest, text)), id="paper")


def _type(field: str, text: str) -> None:
    if field == "marking":
        marking.refuse_entry("", what="the positions", marking=text)
    elif field == "name":
        marking.refuse_name(f"{text}.docx")
    elif field == "counter":
        marking.refuse(list(marking.entries(text, "the counter text", "field")), what="the decisions")
    else:
        marking.refuse_entry(text, what=f"the {field}")


def _collect(field: str, text: str) -> None:
    row: dict[str, object] = {"id": "r1", "title": TITLE, "text": "\n\n".join(BODY)}
    if field == "text":
        read = read_text(f"{text}\n\n" + "\n\n".join(BODY), name="r1.md")
        parse(read, id="r1")
        return
    row |= {"nested": {"about": {"remark": text}}} if field == "nested" else {field: text}
    path = Path(_SCRATCH[0]) / "many.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    found = next(iter(records(path)))
    if found.code == "classified":
        raise _as_error(found.error)
    if found.error:
        raise AgreementsError(found.error)


_SCRATCH: list[str] = ["."]


def use_scratch(folder: Path) -> None:
    """Let collections be written to `folder`."""
    _SCRATCH[0] = str(folder)


def _as_error(words: str) -> ClassifiedError:
    name = words.partition("classification marking ")[2].partition(" (")[0]
    found = marking.examine([marking.PlacedText(name, "", "marking")]).highest
    return ClassifiedError(words, level=found.level if found else "")


# ---------------------------------------------------------------------- text, Markdown, pages


def _text(place: str, text: str) -> SourceFile:
    if place == "middle":
        paper = "\n\n".join((*BODY[:3], text, *BODY[3:]))
    elif place == "page-top":
        paper = "\n".join(BODY) + f"\n\f{text}\n" + "\n".join(BODY[1:])
    elif place == "page-foot":
        paper = "\n".join(BODY) + f"\n{text}\n\f" + "\n".join(BODY[1:])
    else:
        paper = "\n\n".join((text, *BODY) if place == "first" else (*BODY, text))
    return SourceFile.of("paper.txt", paper.encode())


_HEADED = (f"# {TITLE}", "## Article I", HARBOUR, "## Article II", FORCE)


def _markdown(place: str, text: str) -> SourceFile:
    middle: dict[str, str] = {
        "comment": f"<!-- {text} -->",
        "ruby": f"<ruby>{text}<rt>above</rt></ruby>",
        "above": f"The <ruby>words<rt>{text}</rt></ruby> below.",
        "cell": f"| {text} |\n|---|",
        "equivalents": "\n".join(f"| {row.replace('|', ' | ')} |" for row in text.split("\n")),
    }
    if place == "front":
        paper = f"---\n{text}\n---\n\n" + "\n\n".join(_HEADED)
    elif place in ("first", "struckfirst"):
        paper = "\n\n".join((f"~~{text}~~" if place == "struckfirst" else text, *_HEADED))
    elif place == "last":
        paper = "\n\n".join((*_HEADED, text))
    else:
        paper = "\n\n".join((*_HEADED[:3], middle.get(place, text), *_HEADED[3:]))
    return SourceFile.of("paper.md", paper.encode())


def _html(place: str, text: str) -> SourceFile:
    words = escape(text) if place != "entity" else text
    first, _, second = words.partition(" ")
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r.split("|")) + "</tr>" for r in words.split("\n"))
    head = {
        "title": f"<title>{words}</title>",
        "meta": f'<meta name="description" content={quoteattr(text)}>',
        "meta.classification": f'<meta name="classification" content={quoteattr(text)}>',
    }.get(place, "")
    before = {
        "first": f"<p>{words}</p>",
        "entity": f"<p>{words}</p>",
        "header": f"<header><p>{words}</p></header>",
        "nav": f"<nav><a href='/'>Start</a><a href='/m'>{words}</a></nav>",
        "struck": f"<p><s>{words}</s></p>",
        "halfstruck": f"<p><s>{first}</s> {second}</p>",
        "struckstyle": f'<p><span style="text-decoration: line-through">{words}</span></p>',
    }.get(place, "")
    middle = {
        "paragraph": f"<p>{words}</p>",
        "struckparagraph": f"<p><del>{words}</del></p>",
        "alt": f"<p><img src='m.png' alt={quoteattr(text)}>The map.</p>",
        "titleattr": f"<p title={quoteattr(text)}>The map.</p>",
        "cell": f"<table><tr><td>{words}</td></tr></table>",
        "equivalents": f"<table>{rows}</table>",
        "comment": f"<!-- {text} -->",
        "hidden": f'<p style="display: none">{words}</p>',
        "ruby": f"<p><ruby>{words}<rp>(</rp><rt>above</rt><rp>)</rp></ruby></p>",
        "above": f"<p><ruby>below<rt>{words}</rt></ruby></p>",
    }.get(place, "")
    after = {"last": f"<p>{words}</p>", "footer": f"<footer><p>{words}</p></footer>"}.get(place, "")
    body = "".join(f"<p>{line}</p>" for line in BODY[:3]) + middle + "".join(f"<p>{line}</p>" for line in BODY[3:])
    return SourceFile.of(
        "paper.html", f"<!doctype html><html><head>{head}</head><body>{before}{body}{after}</body></html>".encode()
    )


def _lines(*lines: str) -> list[tuple[float, float, str]]:
    return [(72.0, 72.0 + 30 * number, line) for number, line in enumerate(lines)]


def _printed(place: str, text: str) -> list[list[tuple[float, float, str]]]:
    if place == "top":
        return [_lines(text, *BODY)]
    if place == "foot":
        return [_lines(*BODY), _lines(BODY[2], text)]
    return [_lines(*BODY[:3], text, *BODY[3:])] if place == "paragraph" else [_lines(*BODY)]


def _pdf(place: str, text: str) -> SourceFile:
    data = pdf_bytes(_printed(place, text))
    if place in ("title", "keywords", "subject"):
        value = text.replace("(", r"\(").replace(")", r"\)")
        info = f"%PDF-1.4\n99 0 obj\n<< /{place.capitalize()} ({value}) >>\nendobj\n".encode("latin-1")
        data = data.replace(b"%PDF-1.4\n", info, 1).replace(b"/Root 1 0 R", b"/Root 1 0 R /Info 99 0 R", 1)
    return SourceFile.of("paper.pdf", data)


def _scan(place: str, text: str) -> SourceFile:
    return SourceFile.of("scan.pdf", scan_bytes(pdf_bytes(_printed(place, text), size=12)))


# ---------------------------------------------------------------------- Word


def _p(inner: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inner}</w:p>"


def _r(words: str, look: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def _table(rows: list[list[str]]) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{_p(_r(c))}</w:tc>" for c in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def _box(words: str) -> str:
    inside = f"<w:txbxContent>{_p(_r(words))}</w:txbxContent>"
    return _p(f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>")


def _coded(*codes: str, tag: str = "instrText", between: str = "", inner: str = "", result: str = "result") -> str:
    """Return the runs of a field: its `codes`, what stands `between` them and `inner` after them, its `result`."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{between.join(_r(c, tag=tag) for c in codes)}{inner}{marks[1]}{_r(result)}{marks[2]}"


def _ruby(base: str, above: str) -> str:
    return f"<w:r><w:ruby><w:rubyPr/><w:rt>{_r(above)}</w:rt><w:rubyBase>{_r(base)}</w:rubyBase></w:ruby></w:r>"


def _alternate(words: str) -> str:
    inside = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{_p(_r(words))}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return _p(f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"/><mc:Fallback>{inside}</mc:Fallback>'
              "</mc:AlternateContent></w:r>")  # fmt: skip


def _bodies(words: str) -> dict[str, str]:
    """Return what stands in the middle of the text, by place."""
    half = len(words) // 2
    first, _, second = words.partition(" ")
    return {
        "paragraph": _p(_r(words)),
        "middle": _p(_r(words)),
        "numbered": _p(_r(words), '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
        "cell": _table([["Item", "Remark"], ["Pier", words]]),
        "table": _table([[words]]),
        "equivalents": _table([row.split("|") for row in words.split("\n")]),
        "textbox": _box(words),
        "deleted": _p(f'<w:del w:id="1" w:author="A">{_r(words, tag="delText")}</w:del>{_r("Kept.")}'),
        "hidden": _p(_r(words, "<w:vanish/>") + _r("Seen.")),
        "field": _p(_coded("DATE", result=words)),
        "fieldcode": _p(_coded(words)),
        "deletedcode": _p(f'<w:del w:id="1">{_coded("QUOTE ", words[:half], words[half:], tag="delInstrText")}</w:del>'),
        "codeoverlines": _p(_coded(f"QUOTE {words[:half]}", words[half:], between="</w:p><w:p>")),
        "codeincode": _p(_coded(f"IF 1 = 1 {words[:half]}", inner=_coded("QUOTE x", result=words[half:]))),
        "ruby": _p(_ruby(words, "above")),
        "above": _p(_ruby("below", words)),
        "simplefield": _p(f'<w:fldSimple w:instr="QUOTE">{_r(words)}</w:fldSimple>'),
        "control": f"<w:sdt><w:sdtContent>{_p(_r(words))}</w:sdtContent></w:sdt>",
        "placeholder": f'<w:sdt><w:sdtPr><w:alias w:val="{words}"/></w:sdtPr><w:sdtContent>{_p(_r("x"))}'
        "</w:sdtContent></w:sdt>",
        "alt": _p(f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{words}"/></wp:inline></w:drawing></w:r>'),
        "runs": _p("".join(_r(letter) for letter in words)),
        "bold": _p(_r(words[:half], "<w:b/>") + _r(words[half:])),
        "caps": _p(_r(words, "<w:caps/>")),
        "break": _p(f"{_r(first)}<w:r><w:br/></w:r>{_r(second)}"),
        "halfstruck": _p(_r(f"{first} ", "<w:strike/>") + _r(second)),
        "symbolhyphen": _p(f"{_r(words[:half])}<w:r><w:softHyphen/></w:r>{_r(words[half:])}"),
        "fallback": _alternate(words),
        "struckparagraph": _p(_r(words, "<w:strike/>")),
    }  # fmt: skip


_AT_THE_TOP = ("runs", "bold", "caps", "break", "halfstruck", "control", "symbolhyphen")


def word_file(place: str, text: str) -> bytes:
    """Return a Word file that bears `text` at `place`."""
    words = escape(text, {'"': "&quot;"}).replace("\t", "</w:t><w:tab/><w:t>")
    middle = _bodies(words).get(place, "")
    before = {
        "first": _p(_r(words)),
        "struckfirst": _p(_r(words, "<w:dstrike/>")),
        "struckstyle": _p(_r(words, '<w:rStyle w:val="Old"/>')),
    }.get(place, "")
    if place in _AT_THE_TOP:
        before, middle = middle, ""
    after = _p(_r(words)) if place == "last" else ""
    if place in ("footnote", "endnote", "comment"):
        middle = _p(_r("Noted.") + f'<w:r><w:{place}Reference w:id="2"/></w:r>')
    text_before, text_after = "".join(_p(_r(line)) for line in BODY[:3]), "".join(_p(_r(line)) for line in BODY[3:])
    body = f"{before}{text_before}{middle}{text_after}{after}"
    return _zipped(body, _parts(place, words))


def _parts(place: str, words: str) -> dict[str, tuple[str, str]]:
    """Return the parts that bear `words`: by path, the kind of their relationship and their XML."""
    p = _p(_r(words))
    struck = _p(_r(words, "<w:strike/>"))
    shape = f'<v:shape><v:textpath string="{words}"/></v:shape>'
    custom = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    named = {"custom": "Handling", "label": "MSIP_Label_1a2b_Name"}.get(place, "")
    core, _, field = place.partition(".")
    dc = "dc" if field in ("title", "subject", "description") else "cp"
    found: dict[str, tuple[str, str, str]] = {
        "header": ("word/header1.xml", "header", f"<w:hdr {_NS}>{p}</w:hdr>"),
        "struckheader": ("word/header1.xml", "header", f"<w:hdr {_NS}>{struck}</w:hdr>"),
        "footer": ("word/footer1.xml", "footer", f"<w:ftr {_NS}>{p}</w:ftr>"),
        "watermark": ("word/header1.xml", "header", f"<w:hdr {_NS}>{_p(f'<w:r><w:pict>{shape}</w:pict></w:r>')}</w:hdr>"),
        "footnote": ("word/footnotes.xml", "footnotes", f'<w:footnotes {_NS}><w:footnote w:id="2">{p}</w:footnote></w:footnotes>'),
        "endnote": ("word/endnotes.xml", "endnotes", f'<w:endnotes {_NS}><w:endnote w:id="2">{p}</w:endnote></w:endnotes>'),
        "comment": ("word/comments.xml", "comments", f'<w:comments {_NS}><w:comment w:id="2">{p}</w:comment></w:comments>'),
        "glossary": ("word/glossary/document.xml", "glossaryDocument", f"<w:glossaryDocument {_NS}>{p}</w:glossaryDocument>"),
        "chart": ("word/charts/chart1.xml", "chart", f"<chart {_NS}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></chart>"),
        "customxml": ("customXml/item1.xml", "", f"<data><remark>{words}</remark></data>"),
        "app": ("docProps/app.xml", "", f"<Properties><Company>{words}</Company></Properties>"),
        "custom": ("docProps/custom.xml", "", f'<Properties xmlns="{custom}"><property name="{named}"><v>{words}</v></property></Properties>'),
        "struckstyle": ("word/styles.xml", "styles", f'<w:styles {_NS}><w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'),
    }  # fmt: skip
    found["label"] = found["custom"]
    if core == "core":
        xml = f'<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><{dc}:{field}>{words}</{dc}:{field}></cp:coreProperties>'
        return {"docProps/core.xml": ("", xml)}
    if place not in found:
        return {}
    path, kind, xml = found[place]
    return {path: (kind, xml)}


def _zipped(body: str, parts: dict[str, tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
        )
        archive.writestr("_rels/.rels", f"{rels}{main}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>")
        related = ""
        for number, (path, (kind, xml)) in enumerate(parts.items()):
            if kind:
                target = path.removeprefix("word/")
                related += f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            archive.writestr(path, xml)
        archive.writestr("word/_rels/document.xml.rels", f"{rels}{related}</Relationships>")
    return out.getvalue()
