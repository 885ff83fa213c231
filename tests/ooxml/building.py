"""Small Word files built from their XML, for whatever python-docx does not write."""

from collections.abc import Mapping

from agreements.ooxml.package import packed

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
ROOTS = {"header": "hdr", "footer": "ftr"}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"


def p(text: str = "", properties: str = "", *, inner: str = "") -> str:
    """A paragraph of `text` and then `inner`."""
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{own}{r(text) if text else ''}{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run of `text`."""
    own = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{own}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sdt(content: str) -> str:
    """A content control, of whatever level it stands at."""
    return f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def table(*rows: str) -> str:
    """A table of `rows`."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    """A table row of `cells`."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def cell(*content: str) -> str:
    """A cell that holds `content`."""
    return f"<w:tc><w:tcPr/>{''.join(content)}</w:tc>"


def field(kind: str) -> str:
    """A run with a mark of a field: begin, separate or end."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(instruction: str) -> str:
    """A run with the instruction of a field."""
    return f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'


def picture(identifier: str, number: int = 1) -> str:
    """A run with a picture that the relationship `identifier` gives."""
    blip = f'<pic:pic><pic:blipFill><a:blip r:embed="{identifier}"/></pic:blipFill></pic:pic>'
    graphic = f'<a:graphic><a:graphicData uri="{NAMES["pic"]}">{blip}</a:graphicData></a:graphic>'
    extent = f'<wp:extent cx="9" cy="9"/><wp:docPr id="{number}" name="Picture {number}"/>'
    return f"<w:r><w:drawing><wp:inline>{extent}{graphic}</wp:inline></w:drawing></w:r>"


def word_file(
    body: str,
    *,
    main: str = "word/document.xml",
    sort: str = _MAIN,
    parts: Mapping[str, str] | None = None,
    media: Mapping[str, bytes] | None = None,
    links: Mapping[str, str] | None = None,
    graphics: Mapping[str, str] | None = None,
    strict: bool = False,
) -> bytes:
    """A Word file whose body holds `body`.

    `parts` are the insides of `styles`, `numbering`, `footnotes`, `comments`, `header` by their kind, known as `r` and
    the kind; `media` are pictures (`image.png`), known as `r` and the name without its suffix; `links` are addresses by
    their ids; `graphics` are whole parts of charts and diagrams (`chart`, `diagramData`), known as `r` and the kind.
    """
    folder = main.rpartition("/")[0]
    made = {main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"}
    types = f'<Override PartName="/{main}" ContentType="{sort}"/><Default Extension="png" ContentType="image/png"/>'
    related = ""
    for kind, inside in (parts or {}).items():
        root = ROOTS.get(kind, kind)
        made[f"{folder}/{kind}.xml"] = f"<w:{root} {SPACES}>{inside}</w:{root}>"
        types += f'<Override PartName="/{folder}/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        related += f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>'
    for file in media or {}:
        related += f'<Relationship Id="r{file.split(".")[0]}" Type="{OFFICE}/image" Target="media/{file}"/>'
    for kind, whole in (graphics or {}).items():
        made[f"{folder}/{kind}1.xml"] = whole
        related += f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}1.xml"/>'
        types += f'<Override PartName="/{folder}/{kind}1.xml" ContentType="application/xml"/>'
    for label, address in (links or {}).items():
        related += f'<Relationship Id="{label}" Type="{OFFICE}/hyperlink" Target="{address}" TargetMode="External"/>'
    package = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{main}"/>'
    made["_rels/.rels"] = f'<Relationships xmlns="{RELS}">{package}</Relationships>'
    made[f"{folder}/_rels/{main.rpartition('/')[2]}.rels"] = f'<Relationships xmlns="{RELS}">{related}</Relationships>'
    made["[Content_Types].xml"] = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'
    )
    encoded = {path: (_strict(text) if strict else text).encode() for path, text in made.items()}
    return packed(encoded | {f"{folder}/media/{file}": data for file, data in (media or {}).items()})


def _strict(text: str) -> str:
    for room in ("wordprocessingml", "officeDocument", "drawingml"):
        text = text.replace(f"http://schemas.openxmlformats.org/{room}/2006/", f"http://purl.oclc.org/ooxml/{room}/")
    return text
