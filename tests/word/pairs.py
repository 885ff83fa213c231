"""Pairs of small Word files that differ in one thing each, for what is told of them (`pairs.txt`)."""

# ruff: noqa: E501  (one pair a line)
import io
import zipfile
from collections.abc import Callable

from tests.ooxml.building import NAMES, RELS, SPACES, cell, code, field, p, picture, r, row, sdt, table, word_file

LINES = (
    "Agreement between Arland and Borduria on the Harbour of Lorn",
    "Article I",
    "The Parties keep the harbour of Lorn open to the ships of each other.",
    "Article II",
    "This Agreement shall enter into force on the date of signature of both Parties.",
)
TEXT = "".join(map(p, LINES))
RELATED = (
    '<Relationship Id="rx" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>'
)
PAIRS: dict[str, tuple[bytes, bytes]] = {}


def with_parts(file: bytes, parts: dict[str, str | bytes], types: str = "", related: str = "") -> bytes:
    """Return `file` with more parts, their content types and the relationships of the main part to them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", f"{types}</Types>".encode())
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", f"{related}</Relationships>".encode())
            if name not in parts:
                made.writestr(name, content)
        for name, held in parts.items():
            made.writestr(name, held)
    return out.getvalue()


def both(name: str, made: Callable[[str], bytes]) -> None:
    PAIRS[name] = made("three"), made("seven")


NOTED = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTED_AT_END = '<w:r><w:endnoteReference w:id="2"/></w:r>'
COMMENTED = '<w:r><w:commentReference w:id="2"/></w:r>'
both(
    "sdt-in-footnote",
    lambda x: word_file(
        TEXT + p("Noted.", inner=NOTED),
        parts={"footnotes": f'<w:footnote w:id="2">{sdt(p("Within " + x + " days."))}</w:footnote>'},
    ),
)
both(
    "runsdt-in-endnote",
    lambda x: word_file(
        TEXT + p("Noted.", inner=NOTED_AT_END),
        parts={"endnotes": f'<w:endnote w:id="2">{p("Within ", inner=sdt(r(x)) + r(" days."))}</w:endnote>'},
    ),
)
both(
    "rowsdt",
    lambda x: word_file(
        TEXT
        + table(row(cell(p("Item")), cell(p("Days"))), sdt(row(cell(p("Pier")), cell(p("Within " + x + " days.")))))
    ),
)
both(
    "textbox-header",
    lambda x: word_file(
        TEXT,
        parts={
            "header": p(
                "",
                inner=f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('Within ' + x + ' days.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
            )
        },
    ),
)
both(
    "wps-box-footer",
    lambda x: word_file(
        TEXT,
        parts={
            "footer": p(
                "",
                inner=f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx><w:txbxContent>{p("Within " + x + " days.")}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>',
            )
        },
    ),
)
both(
    "nested-merged-cell",
    lambda x: word_file(
        TEXT
        + table(
            row(
                '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
                + p("Head")
                + table(
                    row(
                        '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Within " + x + " days.") + "</w:tc>",
                        cell(p("b")),
                    ),
                    row("<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("") + "</w:tc>", cell(p("c"))),
                )
                + p("")
                + "</w:tc>"
            ),
            row(cell(p("d")), cell(p("e"))),
        )
    ),
)
both(
    "field-result",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Within ')}{field('begin')}{code(' DOCPROPERTY Days ')}{field('separate')}{r(x)}{field('end')}{r(' days.')}</w:p>"
    ),
)
both(
    "field-code",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Within ')}{field('begin')}{code(' DOCPROPERTY ' + x + ' ')}{field('separate')}{r('nine')}{field('end')}{r(' days.')}</w:p>"
    ),
)
both(
    "fldsimple",
    lambda x: word_file(
        TEXT + f'<w:p>{r("Within ")}<w:fldSimple w:instr="QUOTE">{r(x)}</w:fldSimple>{r(" days.")}</w:p>'
    ),
)
both(
    "form-checkbox",
    lambda x: word_file(
        TEXT
        + f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{1 if x == "seven" else 0}"/></w:checkBox></w:ffData></w:fldChar></w:r>{code("FORMCHECKBOX")}{field("end")}{r(" agreed")}</w:p>'
    ),
)
both(
    "sdt-checkbox",
    lambda x: word_file(
        TEXT
        + f'<w:p><w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="{1 if x == "seven" else 0}"/></w14:checkbox></w:sdtPr><w:sdtContent>{r("☒" if x == "seven" else "☐")}</w:sdtContent></w:sdt>{r(" agreed")}</w:p>'
    ),
)


def ch(x):
    return f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="{NAMES["a"]}"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Within {x} days</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>'


CR = '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="c"/><a:graphic><a:graphicData uri="c"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rchart"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
both("chart-title", lambda x: word_file(TEXT + p("See", inner=CR), graphics={"chart": ch(x)}))


def cv(x):
    return f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>{"3" if x == "three" else "7"}</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>'


both("chart-value", lambda x: word_file(TEXT + p("See", inner=CR), graphics={"chart": cv(x)}))


def da(x):
    return f'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="{NAMES["a"]}"><dgm:ptLst><dgm:pt><dgm:t><a:p><a:r><a:t>Within {x} days</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>'


DR = '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="c"/><a:graphic><a:graphicData uri="d"><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="rdiagramData"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
both("smartart", lambda x: word_file(TEXT + p("See", inner=DR), graphics={"diagramData": da(x)}))
HT = '<Default Extension="html" ContentType="text/html"/>'
both(
    "altchunk",
    lambda x: with_parts(
        word_file(TEXT + '<w:altChunk r:id="rx"/>'),
        {"word/a.html": f"<html><body><p>Within {x} days.</p></body></html>"},
        HT,
        RELATED % ("aFChunk", "a.html"),
    ),
)


def xl(x):
    o = io.BytesIO()
    z = zipfile.ZipFile(o, "w")
    z.writestr(zipfile.ZipInfo("xl/sharedStrings.xml"), f"<sst><si><t>{x}</t></si></sst>")
    z.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
    z.close()
    return o.getvalue()


OB = '<w:r><w:object><v:shape><v:imagedata r:id="rq"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" r:id="rx"/></w:object></w:r>'
both(
    "embedded-xlsx",
    lambda x: with_parts(
        word_file(TEXT + p("See", inner=OB)),
        {"word/embeddings/b.xlsx": xl(x)},
        '<Default Extension="xlsx" ContentType="application/x"/>',
        RELATED % ("package", "embeddings/b.xlsx"),
    ),
)
both(
    "math",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Pay ')}<m:oMath><m:f><m:num><m:r><m:t>{x}</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>"
    ),
)


def mf(x):
    n = "<m:r><m:t>a</m:t></m:r>"
    d = "<m:r><m:t>b</m:t></m:r>"
    if x == "seven":
        n, d = d, n
    return f"<w:p>{r('Pay ')}<m:oMath><m:f><m:num>{n}</m:num><m:den>{d}</m:den></m:f></m:oMath></w:p>"


both("math-swap", lambda x: word_file(TEXT + mf(x)))
both(
    "math-sup",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Pay ')}<m:oMath><m:{'sSup' if x == 'seven' else 'sSub'}><m:e><m:r><m:t>a</m:t></m:r></m:e><m:{'sup' if x == 'seven' else 'sub'}><m:r><m:t>2</m:t></m:r></m:{'sup' if x == 'seven' else 'sub'}></m:{'sSup' if x == 'seven' else 'sSub'}></m:oMath></w:p>"
    ),
)
both(
    "symbol",
    lambda x: word_file(
        TEXT
        + p(
            "Days ",
            inner=f'<w:r><w:sym w:font="Symbol" w:char="{"F0A3" if x == "seven" else "F0B3"}"/></w:r>' + r(" nine."),
        )
    ),
)
both(
    "symfont",
    lambda x: word_file(
        TEXT
        + p(
            "Days ",
            inner=f'<w:r><w:sym w:font="{"Wingdings" if x == "seven" else "Symbol"}" w:char="F0B3"/></w:r>'
            + r(" nine."),
        )
    ),
)
both(
    "symbolfont-run",
    lambda x: word_file(
        TEXT
        + p(
            "Days ",
            inner=f'<w:r><w:rPr><w:rFonts w:ascii="{"Symbol" if x == "seven" else "Arial"}" w:hAnsi="{"Symbol" if x == "seven" else "Arial"}"/></w:rPr><w:t>a</w:t></w:r>'
            + r(" nine."),
        )
    ),
)
both(
    "superscript",
    lambda x: word_file(
        TEXT
        + p(
            "Area 10",
            inner=r("2", "<w:vertAlign w:val='superscript'/>" if x == "seven" else "") + r(" km."),
        )
    ),
)
both(
    "strike",
    lambda x: word_file(
        TEXT
        + p(
            "The Parties shall ",
            inner=f"<w:r><w:rPr>{'<w:strike/>' if x == 'seven' else ''}</w:rPr><w:t>not </w:t></w:r>" + r("pay."),
        )
    ),
)
both(
    "strike-style",
    lambda x: word_file(
        TEXT
        + p("The Parties shall ", inner='<w:r><w:rPr><w:rStyle w:val="Z"/></w:rPr><w:t>not </w:t></w:r>' + r("pay.")),
        parts={
            "styles": f'<w:style w:type="character" w:styleId="Z"><w:name w:val="Z"/><w:rPr>{"<w:strike/>" if x == "seven" else ""}</w:rPr></w:style>'
        },
    ),
)
both(
    "vanish-style",
    lambda x: word_file(
        TEXT
        + p("The Parties shall ", inner='<w:r><w:rPr><w:rStyle w:val="Z"/></w:rPr><w:t>not </w:t></w:r>' + r("pay.")),
        parts={
            "styles": f'<w:style w:type="character" w:styleId="Z"><w:name w:val="Z"/><w:rPr>{"<w:vanish/>" if x == "seven" else ""}</w:rPr></w:style>'
        },
    ),
)
both(
    "white",
    lambda x: word_file(
        TEXT
        + p(
            "The Parties shall ",
            inner=r("not ", "<w:color w:val='FFFFFF'/>" if x == "seven" else "") + r("pay."),
        )
    ),
)
both(
    "caps",
    lambda x: word_file(
        TEXT
        + p(
            "The ",
            inner=f"<w:r><w:rPr>{'<w:caps/>' if x == 'seven' else ''}</w:rPr><w:t>parties </w:t></w:r>" + r("pay."),
        )
    ),
)
both(
    "comment-text",
    lambda x: word_file(
        TEXT + p("x", inner=COMMENTED),
        parts={"comments": f'<w:comment w:id="2" w:author="P">{p("Within " + x + " days")}</w:comment>'},
    ),
)
both(
    "comment-author",
    lambda x: word_file(
        TEXT + p("x", inner=COMMENTED), parts={"comments": f'<w:comment w:id="2" w:author="{x}">{p("ok")}</w:comment>'}
    ),
)
both(
    "hyperlink-target",
    lambda x: word_file(
        TEXT + f'<w:p><w:hyperlink r:id="lk">{r("here")}</w:hyperlink></w:p>', links={"lk": f"https://e.org/{x}"}
    ),
)
both(
    "hyperlink-anchor", lambda x: word_file(TEXT + f'<w:p><w:hyperlink w:anchor="{x}">{r("here")}</w:hyperlink></w:p>')
)
both(
    "instr-hyperlink",
    lambda x: word_file(
        TEXT
        + f"<w:p>{field('begin')}{code(' HYPERLINK https://e.org/' + x)}{field('separate')}{r('here')}{field('end')}</w:p>"
    ),
)
both(
    "ref-field",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('See ')}{field('begin')}{code(' REF _r' + x + ' ')}{field('separate')}{r('paragraph 2')}{field('end')}</w:p>"
    ),
)
both("picture", lambda x: word_file(TEXT + p("Map", inner=picture("rm")), media={"m.png": b"\x89PNG" + x.encode()}))
both(
    "picture-header",
    lambda x: with_parts(
        word_file(TEXT, parts={"header": p("", inner=picture("rm"))}),
        {
            "word/media/m.png": b"\x89PNG" + x.encode(),
            "word/_rels/header.xml.rels": f'<Relationships xmlns="{RELS}">'
            + RELATED % ("image", "media/m.png")
            + "</Relationships>",
        },
    ),
)
both(
    "alt-text",
    lambda x: word_file(
        TEXT
        + p(
            "Map",
            inner=f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="{x} areas"/></wp:inline></w:drawing></w:r>',
        )
    ),
)
IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def list_of(start="1", fmt="decimal", txt="%1.", over=""):
    return {
        "numbering": f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{txt}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/>{over}</w:num>'
    }


LISTED = p("Ships enter.", IN_LIST) + p("Ships leave.", IN_LIST)
PAIRS["num-start"] = (word_file(TEXT + LISTED, parts=list_of()), word_file(TEXT + LISTED, parts=list_of(start="7")))
PAIRS["num-fmt"] = (
    word_file(TEXT + LISTED, parts=list_of()),
    word_file(TEXT + LISTED, parts=list_of(fmt="lowerLetter")),
)
PAIRS["num-text"] = (word_file(TEXT + LISTED, parts=list_of()), word_file(TEXT + LISTED, parts=list_of(txt="Rule %1")))
PAIRS["num-override"] = (
    word_file(TEXT + LISTED, parts=list_of()),
    word_file(
        TEXT + LISTED, parts=list_of(over='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>')
    ),
)
PAIRS["num-viastyle"] = (
    word_file(
        TEXT + p("Ships.", '<w:pStyle w:val="Q"/>'),
        parts=list_of()
        | {
            "styles": f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:pPr>{IN_LIST}</w:pPr></w:style>'
        },
    ),
    word_file(
        TEXT + p("Ships.", '<w:pStyle w:val="Q"/>'),
        parts=list_of(txt="(%1)")
        | {
            "styles": f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:pPr>{IN_LIST}</w:pPr></w:style>'
        },
    ),
)
PAIRS["num-footnote"] = (
    word_file(
        TEXT + p("n", inner=NOTED), parts=list_of() | {"footnotes": f'<w:footnote w:id="2">{LISTED}</w:footnote>'}
    ),
    word_file(
        TEXT + p("n", inner=NOTED),
        parts=list_of(start="5") | {"footnotes": f'<w:footnote w:id="2">{LISTED}</w:footnote>'},
    ),
)
PAIRS["fn-anchor-moved"] = (
    word_file(
        TEXT + p("First,", inner=NOTED + r(" second.")),
        parts={"footnotes": f'<w:footnote w:id="2">{p("Note.")}</w:footnote>'},
    ),
    word_file(
        TEXT + p("First, second.", inner=NOTED), parts={"footnotes": f'<w:footnote w:id="2">{p("Note.")}</w:footnote>'}
    ),
)
PAIRS["fn-swapped"] = tuple(
    word_file(
        TEXT
        + p(
            "A",
            inner=f'<w:r><w:footnoteReference w:id="{i}"/></w:r>'
            + r(" B")
            + f'<w:r><w:footnoteReference w:id="{j}"/></w:r>',
        ),
        parts={
            "footnotes": f'<w:footnote w:id="2">{p("Of ships.")}</w:footnote><w:footnote w:id="3">{p("Of aircraft.")}</w:footnote>'
        },
    )
    for i, j in ((2, 3), (3, 2))
)
PAIRS["fn-removed"] = (
    word_file(
        TEXT + p("A", inner=NOTED), parts={"footnotes": f'<w:footnote w:id="2">{p("Of seven ships.")}</w:footnote>'}
    ),
    word_file(TEXT + p("A")),
)
PAIRS["row-added"] = (
    word_file(TEXT + table(row(cell(p("a")), cell(p("b"))))),
    word_file(TEXT + table(row(cell(p("a")), cell(p("b"))), row(cell(p("seven")), cell(p("d"))))),
)
PAIRS["row-swapped"] = tuple(
    word_file(TEXT + table(*(row(cell(p(x)), cell(p(y))) for x, y in z)))
    for z in ((("Pier", "one"), ("Quay", "two")), (("Quay", "two"), ("Pier", "one")))
)
PAIRS["cells-swapped"] = tuple(
    word_file(TEXT + table(row(cell(p("Payer")), cell(p("Payee"))), row(cell(p(x)), cell(p(y)))))
    for x, y in (("Arland", "Borduria"), ("Borduria", "Arland"))
)
PAIRS["row-hidden"] = (
    word_file(TEXT + table(row(cell(p("a"))), row(cell(p("c seven"))))),
    word_file(TEXT + table(row(cell(p("a"))), "<w:tr><w:trPr><w:hidden/></w:trPr>" + cell(p("c seven")) + "</w:tr>")),
)
PAIRS["cell-merged"] = (
    word_file(TEXT + table(row(cell(p("a")), cell(p("b"))), row(cell(p("c")), cell(p("d"))))),
    word_file(
        TEXT
        + table(
            row('<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("a") + "</w:tc>", cell(p("b"))),
            row("<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p("c") + "</w:tc>", cell(p("d"))),
        )
    ),
)
both(
    "smarttag",
    lambda x: word_file(
        TEXT + f'<w:p>{r("Within ")}<w:smartTag w:element="d"><w:r><w:t>{x}</w:t></w:r></w:smartTag>{r(" days.")}</w:p>'
    ),
)
both(
    "customXml-block",
    lambda x: word_file(TEXT + f'<w:customXml w:element="d">{p("Within " + x + " days.")}</w:customXml>'),
)
both(
    "ruby-base",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Within ')}<w:r><w:ruby><w:rt>{r('rd')}</w:rt><w:rubyBase>{r(x)}</w:rubyBase></w:ruby></w:r>{r(' days.')}</w:p>"
    ),
)
both(
    "ruby-text",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Within ')}<w:r><w:ruby><w:rt>{r(x)}</w:rt><w:rubyBase>{r('base')}</w:rubyBase></w:ruby></w:r>{r(' days.')}</w:p>"
    ),
)
both(
    "bidi",
    lambda x: word_file(
        TEXT + f'<w:p>{r("Within ")}<w:bdo w:val="rtl">{r(x)}</w:bdo><w:dir w:val="ltr">{r(" days.")}</w:dir></w:p>'
    ),
)
both(
    "alt-row",
    lambda x: word_file(
        TEXT
        + table(
            '<mc:AlternateContent><mc:Choice Requires="x">'
            + row(cell(p(x)))
            + "</mc:Choice><mc:Fallback>"
            + row(cell(p("old")))
            + "</mc:Fallback></mc:AlternateContent>",
            row(cell(p("z"))),
        )
    ),
)
both(
    "subdoc-glossary",
    lambda x: with_parts(
        word_file(TEXT),
        {
            "word/glossary/document.xml": f"<w:glossaryDocument {SPACES}><w:docParts><w:docPart><w:docPartBody>{p(x)}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"
        },
        '<Override PartName="/word/glossary/document.xml" ContentType="application/xml"/>',
        RELATED % ("glossaryDocument", "glossary/document.xml"),
    ),
)
both(
    "databound-sdt",
    lambda x: with_parts(
        word_file(
            TEXT
            + f'<w:p>{r("Within ")}<w:sdt><w:sdtPr><w:dataBinding w:xpath="/d/n" w:storeItemID="{{1}}"/></w:sdtPr><w:sdtContent>{r("nine")}</w:sdtContent></w:sdt>{r(" days.")}</w:p>'
        ),
        {"customXml/item1.xml": f"<d><n>{x}</n></d>"},
        "",
        RELATED % ("customXml", "../customXml/item1.xml"),
    ),
)
both(
    "docvar-shown",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('Within ')}{field('begin')}{code(' DOCVARIABLE n ')}{field('separate')}{r('nine')}{field('end')}</w:p>",
        parts={"settings": f'<w:docVars><w:docVar w:name="n" w:val="{x}"/></w:docVars>'},
    ),
)
both(
    "fieldspan3",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('The Party ')}{field('begin')}{code(' QUOTE ')}{field('separate')}{r('pays in ' + x + ' days')}</w:p>{p('in full')}<w:p>{r('at once')}{field('end')}{r(' and for all.')}</w:p>"
    ),
)
both(
    "nestedfield",
    lambda x: word_file(
        TEXT
        + f"<w:p>{r('See ')}{field('begin')}{code(' IF 1 = ')}{field('begin')}{code(' PAGE ')}{field('separate')}{r('1')}{field('end')}{code(' a b ')}{field('separate')}{r('within ' + x)}{field('end')}{r(' days.')}</w:p>"
    ),
)
both(
    "tab-vs-cr",
    lambda x: word_file(TEXT + p("A", inner=f"<w:r><w:{'tab' if x == 'three' else 'br'}/></w:r>" + r("B pays."))),
)
both(
    "nbhyphen",
    lambda x: word_file(
        TEXT + p("re", inner=("<w:r><w:noBreakHyphen/></w:r>" if x == "seven" else "") + r("sign the paper."))
    ),
)
both(
    "pagebreakbefore", lambda x: word_file(TEXT + p("Annex text seven", "<w:pageBreakBefore/>" if x == "seven" else ""))
)
both(
    "sectcols",
    lambda x: word_file(TEXT + f'<w:sectPr><w:lnNumType w:countBy="{1 if x == "seven" else 5}"/></w:sectPr>'),
)
both(
    "custprop",
    lambda x: with_parts(
        word_file(
            TEXT
            + f"<w:p>{r('Within ')}{field('begin')}{code(' DOCPROPERTY n ')}{field('separate')}{r('nine')}{field('end')}</w:p>"
        ),
        {
            "docProps/custom.xml": f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="x" pid="2" name="n"><vt:lpwstr>{x}</vt:lpwstr></property></Properties>'
        },
    ),
)
both("strict-cell", lambda x: word_file(TEXT + table(row(cell(sdt(p("Within " + x + " days."))))), strict=True))
both("othermain", lambda x: word_file(TEXT + p("Within " + x + " days."), main="word/document77.xml"))

PAIRS["same-split-runs"] = (
    word_file(TEXT + p("Within three days.")),
    word_file(TEXT + p("Wit", inner=r("hin th", '<w:b w:val="0"/>') + r("ree days."))),
)
PAIRS["same-sdt-around"] = (word_file(TEXT + p("Within three days.")), word_file(TEXT + sdt(p("Within three days."))))
PAIRS["same-prooferr"] = (
    word_file(TEXT + p("Within three days.")),
    word_file(TEXT + f'<w:p>{r("Within ")}<w:proofErr w:type="spellStart"/>{r("three days.")}</w:p>'),
)
for f in (
    "decimalZero",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "none",
    "bullet",
    "russianLower",
    "hebrew1",
    "chineseCounting",
    "decimalEnclosedCircle",
    "chicago",
    "hex",
    "numberInDash",
    "upperLetter",
):
    PAIRS["fmt-" + f] = (word_file(TEXT + LISTED, parts=list_of()), word_file(TEXT + LISTED, parts=list_of(fmt=f)))
PAIRS["lvl-isLgl"] = (
    word_file(
        TEXT + p("Ships.", IN_LIST.replace('"0"', '"1"', 1)),
        parts={
            "numbering": '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        },
    ),
    word_file(
        TEXT + p("Ships.", IN_LIST.replace('"0"', '"1"', 1)),
        parts={
            "numbering": '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        },
    ),
)
PAIRS["num-vanish"] = (
    word_file(TEXT + LISTED, parts=list_of()),
    word_file(
        TEXT + LISTED,
        parts={"numbering": list_of()["numbering"].replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")},
    ),
)
PAIRS["num-suff"] = (
    word_file(TEXT + LISTED, parts=list_of()),
    word_file(
        TEXT + LISTED,
        parts={"numbering": list_of()["numbering"].replace("<w:lvlText", '<w:suff w:val="nothing"/><w:lvlText')},
    ),
)
PAIRS["num-instyle-based"] = tuple(
    word_file(
        TEXT + p("Ships.", '<w:pStyle w:val="R"/>'),
        parts=list_of()
        | {
            "styles": f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:pPr>{IN_LIST if x else ""}</w:pPr></w:style><w:style w:type="paragraph" w:styleId="R"><w:name w:val="R"/><w:basedOn w:val="Q"/></w:style>'
        },
    )
    for x in (1, 0)
)
PAIRS["vanish-para-mark"] = (
    word_file(TEXT + p("Ships.")),
    word_file(TEXT + "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + r("Ships.") + "</w:p>"),
)
PAIRS["specVanish"] = (word_file(TEXT + p("Ships.")), word_file(TEXT + f"<w:p>{r('Ships.', '<w:webHidden/>')}</w:p>"))
PAIRS["pstyle-vanish"] = tuple(
    word_file(
        TEXT + p("Ships pay seven.", '<w:pStyle w:val="Q"/>'),
        parts={"styles": f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:rPr>{x}</w:rPr></w:style>'},
    )
    for x in ("", "<w:vanish/>")
)
PAIRS["docdefaults-strike"] = tuple(
    word_file(TEXT, parts={"styles": f"<w:docDefaults><w:rPrDefault><w:rPr>{x}</w:rPr></w:rPrDefault></w:docDefaults>"})
    for x in ("", "<w:strike/>")
)
PAIRS["toggle-vanish"] = tuple(
    word_file(
        TEXT + p(inner=r("not pay", '<w:rStyle w:val="Z"/>')),
        parts={
            "styles": f'<w:style w:type="character" w:styleId="Y"><w:name w:val="Y"/><w:rPr>{x}</w:rPr></w:style><w:style w:type="character" w:styleId="Z"><w:name w:val="Z"/><w:basedOn w:val="Y"/></w:style>'
        },
    )
    for x in ("", "<w:vanish/>")
)
PAIRS["tblstyle-vanish"] = tuple(
    word_file(
        TEXT + f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tblGrid/>{row(cell(p("pay seven")))}</w:tbl>',
        parts={"styles": f'<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:rPr>{x}</w:rPr></w:style>'},
    )
    for x in ("", "<w:vanish/>")
)
PAIRS["framePr"] = tuple(
    word_file(TEXT + p("Draft seven", x)) for x in ("", '<w:framePr w:w="1" w:h="1" w:hRule="exact" w:x="99999"/>')
)
PAIRS["exactline"] = tuple(
    word_file(TEXT + p("Draft seven", x)) for x in ("", '<w:spacing w:line="1" w:lineRule="exact"/>')
)
PAIRS["rowheight"] = tuple(
    word_file(TEXT + table(f"<w:tr>{x}{cell(p('Draft seven'))}</w:tr>"))
    for x in ("", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>')
)
PAIRS["shadeblack"] = tuple(
    word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>")
    for x in ("", '<w:shd w:val="solid" w:color="000000" w:fill="000000"/>')
)
PAIRS["hlblack"] = tuple(
    word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>") for x in ("", '<w:highlight w:val="black"/>')
)
PAIRS["w-scale"] = tuple(word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>") for x in ("", '<w:w w:val="1"/>'))
PAIRS["fitText"] = tuple(word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>") for x in ("", '<w:position w:val="-9000"/>'))
PAIRS["emboss"] = tuple(word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>") for x in ("", "<w:emboss/>"))
PAIRS["w14fill"] = tuple(
    word_file(TEXT + f"<w:p>{r('not pay', x)}</w:p>")
    for x in (
        "",
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>',
    )
)
PAIRS["hdr-first"] = tuple(
    word_file(
        TEXT + f'<w:sectPr>{x}<w:headerReference w:type="first" r:id="rheader"/></w:sectPr>',
        parts={"header": p("Seven")},
    )
    for x in ("<w:titlePg/>", "")
)
PAIRS["hdr-ref-gone"] = tuple(
    word_file(TEXT + f"<w:sectPr>{x}</w:sectPr>", parts={"header": p("Seven")})
    for x in ('<w:headerReference w:type="default" r:id="rheader"/>', "")
)
PAIRS["pgnumstart"] = tuple(word_file(TEXT + f'<w:sectPr><w:pgNumType w:start="{x}"/></w:sectPr>') for x in (1, 7))
PAIRS["fnformat"] = tuple(
    word_file(
        TEXT + p("n", inner=NOTED) + f'<w:sectPr><w:footnotePr><w:numFmt w:val="{x}"/></w:footnotePr></w:sectPr>',
        parts={"footnotes": f'<w:footnote w:id="2">{p("N")}</w:footnote>'},
    )
    for x in ("decimal", "lowerRoman")
)
PAIRS["fncustommark"] = tuple(
    word_file(
        TEXT + p("n", inner=f'<w:r><w:footnoteReference w:id="2" {x}/></w:r>' + (r("*") if x else "")),
        parts={"footnotes": f'<w:footnote w:id="2">{p("N")}</w:footnote>'},
    )
    for x in ("", 'w:customMarkFollows="1"')
)
PAIRS["choice-row"] = tuple(
    word_file(
        TEXT
        + table(
            '<mc:AlternateContent><mc:Choice Requires="wps">'
            + row(cell(p(x)))
            + "</mc:Choice><mc:Fallback>"
            + row(cell(p("old")))
            + "</mc:Fallback></mc:AlternateContent>",
            row(cell(p("z"))),
        )
    )
    for x in ("three", "seven")
)
PAIRS["choice-cell"] = tuple(
    word_file(
        TEXT
        + table(
            '<w:tr><mc:AlternateContent><mc:Choice Requires="wps">'
            + cell(p(x))
            + "</mc:Choice><mc:Fallback>"
            + cell(p("old"))
            + "</mc:Fallback></mc:AlternateContent>"
            + cell(p("z"))
            + "</w:tr>"
        )
    )
    for x in ("three", "seven")
)
PAIRS["choice-run"] = tuple(
    word_file(
        TEXT
        + f'<w:p>{r("Pay ")}<mc:AlternateContent><mc:Choice Requires="wps">{r(x)}</mc:Choice><mc:Fallback>{r("old")}</mc:Fallback></mc:AlternateContent></w:p>'
    )
    for x in ("three", "seven")
)
PAIRS["choice-inrun"] = tuple(
    word_file(
        TEXT
        + f'<w:p><w:r><w:t>Pay </w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:t>{x}</w:t></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    for x in ("three", "seven")
)
PAIRS["picture-header"] = tuple(
    with_parts(
        word_file(
            TEXT + '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/></w:sectPr>',
            parts={"header": p("", inner=picture("rx"))},
        ),
        {
            "word/media/m.png": b"\x89PNG" + x.encode(),
            "word/_rels/header.xml.rels": f'<Relationships xmlns="{RELS}">'
            + RELATED % ("image", "media/m.png")
            + "</Relationships>",
        },
    )
    for x in ("three", "seven")
)
PAIRS["pic-crop"] = tuple(
    word_file(
        TEXT + p("Map", inner=picture("rm").replace('<a:blip r:embed="rm"/>', '<a:blip r:embed="rm"/>' + x)),
        media={"m.png": b"\x89PNGx"},
    )
    for x in ("", '<a:srcRect l="50000" r="49000"/>')
)
PAIRS["pic-linked"] = tuple(
    word_file(
        TEXT + p("Map", inner=picture("rm").replace('r:embed="rm"', 'r:link="lk"')),
        links={"lk": f"http://e.org/{x}.png"},
    )
    for x in ("three", "seven")
)
PAIRS["ole-linked"] = tuple(
    word_file(
        TEXT
        + f"<w:p>{r('See ')}{field('begin')}{code(' LINK Excel.Sheet C:/' + x + '.xlsx ')}{field('separate')}{r('nine')}{field('end')}</w:p>"
    )
    for x in ("three", "seven")
)
PAIRS["includetext"] = tuple(
    word_file(TEXT + f'<w:p>{r("See ")}<w:fldSimple w:instr=" INCLUDETEXT {x}.docx ">{r("nine")}</w:fldSimple></w:p>')
    for x in ("three", "seven")
)
PAIRS["seqfield"] = tuple(
    word_file(TEXT + f'<w:p>{r("Rule ")}<w:fldSimple w:instr=" SEQ Rule \\r {x} ">{r("1")}</w:fldSimple></w:p>')
    for x in ("3", "7")
)
PAIRS["formfield-text"] = tuple(
    word_file(
        TEXT
        + f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:default w:val="{x}"/></w:textInput></w:ffData></w:fldChar></w:r>{code("FORMTEXT")}{field("separate")}{r(x)}{field("end")}</w:p>'
    )
    for x in ("three", "seven")
)
PAIRS["formfield-dd"] = tuple(
    word_file(
        TEXT
        + f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="{x}"/><w:listEntry w:val="waives"/><w:listEntry w:val="keeps"/></w:ddList></w:ffData></w:fldChar></w:r>{code("FORMDROPDOWN")}{field("end")}{r(" claims")}</w:p>'
    )
    for x in ("0", "1")
)
PAIRS["position-tab-hidden"] = tuple(
    word_file(TEXT + f"<w:p>{r('Pay')}<w:r>{x}</w:r>{r('now')}</w:p>")
    for x in ('<w:t xml:space="preserve"> </w:t>', '<w:ptab w:alignment="left" w:relativeTo="margin" w:leader="none"/>')
)
PAIRS["textpath"] = tuple(
    word_file(
        TEXT + '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/></w:sectPr>',
        parts={"header": p("", inner=f'<w:r><w:pict><v:shape><v:textpath string="{x}"/></v:shape></w:pict></w:r>')},
    )
    for x in ("DRAFT", "FINAL")
)
PAIRS["wordart"] = tuple(
    word_file(
        TEXT
        + p(
            "",
            inner=f'<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx><w:txbxContent>{p(x)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        )
    )
    for x in ("three", "seven")
)
PAIRS["box-in-box"] = tuple(
    word_file(
        TEXT
        + p(
            "",
            inner=f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('', inner=f'<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(x)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        )
    )
    for x in ("three", "seven")
)
PAIRS["fn-in-cell-sdt"] = tuple(
    word_file(
        TEXT + table(row(cell(sdt(p("c", inner=NOTED))))),
        parts={"footnotes": f'<w:footnote w:id="2">{table(row(cell(p(x))))}{p("z")}</w:footnote>'},
    )
    for x in ("three", "seven")
)
PAIRS["fn-separator"] = tuple(
    word_file(
        TEXT + p("n", inner=NOTED),
        parts={
            "footnotes": f'<w:footnote w:type="separator" w:id="0">{p(x)}</w:footnote><w:footnote w:id="2">{p("N")}</w:footnote>'
        },
    )
    for x in ("", "Seven")
)
PAIRS["del-untracked-inside"] = (
    word_file(
        TEXT
        + p(
            "Pay ",
            inner='<w:ins w:id="1" w:author="US" w:date="2030-01-01T00:00:00Z">' + r("three") + "</w:ins>" + r(" days"),
        )
    ),
    word_file(
        TEXT
        + p(
            "Pay ",
            inner='<w:ins w:id="1" w:author="US" w:date="2030-01-01T00:00:00Z">' + r("seven") + "</w:ins>" + r(" days"),
        )
    ),
)
PAIRS["deltext-changed"] = tuple(
    word_file(
        TEXT
        + p(
            "Pay ",
            inner=f'<w:del w:id="1" w:author="US" w:date="2030-01-01T00:00:00Z"><w:r><w:delText>{x}</w:delText></w:r></w:del>'
            + r(" days"),
        )
    )
    for x in ("three", "seven")
)
PAIRS["bookmark-moved"] = tuple(
    word_file(
        TEXT
        + p("", inner=x)
        + f"<w:p>{r('See ')}{field('begin')}{code(' REF q ')}{field('separate')}{r('one')}{field('end')}</w:p>"
    )
    for x in (
        '<w:bookmarkStart w:id="4" w:name="q"/>' + r("one") + '<w:bookmarkEnd w:id="4"/>' + r(" seven"),
        r("one ") + '<w:bookmarkStart w:id="4" w:name="q"/>' + r("seven") + '<w:bookmarkEnd w:id="4"/>',
    )
)
PAIRS["lang-proof"] = tuple(word_file(TEXT + f"<w:p>{r('pay', x)}</w:p>") for x in ("", "<w:noProof/>"))

# ---------------------------------------------------------------------- whole paragraphs, lists, tables, stories

CLAUSES = (
    "Vessels enter the port of Lorn with notice of one day to the captain of the port.",
    "Aircraft overfly the strait by day and by night without a fee of any kind.",
    "Each Party pays for the water and the fuel that it takes from the stores of the other.",
    "Claims between the Parties are waived, save for those that rest on a contract.",
)


def text_of(*paragraphs: str, **parts: str) -> bytes:
    return word_file(TEXT + "".join(paragraphs), parts=parts)


def clauses(*order: int, look: str = "") -> tuple[str, ...]:
    return tuple(p(CLAUSES[at], look) for at in order)


def listed(*said: str, level: int = 0, number: int = 1) -> tuple[str, ...]:
    look = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return tuple(p(each, look) for each in said)


def levels(*patterns: str, number: int = 1) -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(each.split("|") for each in patterns)
    )
    abstract = f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'


NUMBERED = levels("decimal|%1.", "lowerLetter|(%2)")
PAIRS["moved-down"] = text_of(*clauses(0, 1, 2, 3)), text_of(*clauses(1, 2, 3, 0))
PAIRS["moved-two"] = text_of(*clauses(0, 1, 2, 3)), text_of(*clauses(2, 3, 0, 1))
PAIRS["moved-and-changed"] = (
    text_of(*clauses(0, 1, 2)),
    text_of(*clauses(1, 2), p(CLAUSES[0].replace("one day", "two days"))),
)
PAIRS["swapped"] = text_of(*clauses(0, 1)), text_of(*clauses(1, 0))
PAIRS["added-first"] = word_file(TEXT), word_file(p(CLAUSES[0]) + TEXT)
PAIRS["added-between"] = text_of(*clauses(0, 2)), text_of(*clauses(0, 1, 2))
PAIRS["added-two"] = text_of(*clauses(0)), text_of(*clauses(0, 1, 2))
PAIRS["replaced"] = text_of(*clauses(0, 1)), text_of(*clauses(0, 3))
PAIRS["all-other"] = word_file("".join(clauses(0, 1))), word_file("".join(clauses(2, 3)))
PAIRS["split"] = text_of(p(f"{CLAUSES[0]} {CLAUSES[1]}")), text_of(*clauses(0, 1))
PAIRS["split-changed"] = (
    text_of(p(f"{CLAUSES[0]} {CLAUSES[1]}")),
    text_of(p(CLAUSES[0]), p(CLAUSES[1].replace("day", "noon"))),
)
PAIRS["empty-line"] = text_of(*clauses(0, 1)), text_of(p(CLAUSES[0]), p(), p(CLAUSES[1]))
PAIRS["quotes"] = (
    text_of(p('The term "port" means Lorn - and no other.')),
    text_of(p("The term “port” means Lorn – and no other.")),
)
PAIRS["blanks"] = text_of(p("The term port means Lorn.")), text_of(p("The term  port means Lorn. "))
PAIRS["capitals"] = text_of(p("The term port means Lorn.")), text_of(p("The Term Port means LORN."))
PAIRS["parties"] = (
    text_of(p("Arland and Borduria agree as follows.")),
    text_of(p("Borduria and Arland agree as follows.")),
)
PAIRS["several-words"] = (
    text_of(p(CLAUSES[0]), p(CLAUSES[2])),
    text_of(
        p(CLAUSES[0].replace("one day", "two days").replace("captain", "master")),
        p(CLAUSES[2].replace("water", "light")),
    ),
)
PAIRS["list-added"] = (
    text_of(*listed("Ships.", "Boats."), numbering=NUMBERED),
    text_of(*listed("Ships.", "Rafts.", "Boats."), numbering=NUMBERED),
)
PAIRS["list-removed"] = (
    text_of(*listed("Ships.", "Rafts.", "Boats."), numbering=NUMBERED),
    text_of(*listed("Ships.", "Boats."), numbering=NUMBERED),
)
PAIRS["list-level"] = (
    text_of(*listed("Ships.", "Rafts.", "Boats."), numbering=NUMBERED),
    text_of(*listed("Ships."), *listed("Rafts.", "Boats.", level=1), numbering=NUMBERED),
)
PAIRS["list-typed"] = (
    text_of(*listed("Ships enter.", "Boats leave."), numbering=NUMBERED),
    text_of(p("1. Ships enter."), p("2. Boats leave at noon."), numbering=NUMBERED),
)
PAIRS["list-typed-above"] = (
    text_of(*listed("Ships enter the port."), numbering=levels("upperRoman|Article %1")),
    text_of(p("ARTICLE I"), p("Ships enter the port."), numbering=levels("upperRoman|Article %1")),
)
PAIRS["list-other"] = (
    text_of(*listed("Ships."), *listed("Boats.", number=2), numbering=NUMBERED + levels("upperRoman|%1)", number=2)),
    text_of(*listed("Ships.", "Boats."), numbering=NUMBERED + levels("upperRoman|%1)", number=2)),
)
PAIRS["list-many-numbers"] = (
    text_of(*listed(*map("Rule {}.".format, "ABCDEFGHI")), numbering=NUMBERED),
    text_of(*listed(*map("Rule {}.".format, "ABCDEFGHI")), numbering=levels("upperLetter|%1.")),
)
PAIRS["list-empty"] = (
    text_of(*listed("Ships.", "Boats."), numbering=NUMBERED),
    text_of(*listed("Ships.", "", "Boats."), numbering=NUMBERED),
)


def grid(*said: str) -> str:
    return table(*(row(*(cell(p(each)) for each in line.split("|"))) for line in said))


PAIRS["rows-added"] = (
    text_of(grid("Pier|one", "Quay|two"), p("End.")),
    text_of(grid("Pier|one", "Dock|six", "Quay|two", "Mole|ten"), p("End.")),
)
PAIRS["row-removed"] = (
    text_of(grid("Pier|one", "Dock|six", "Quay|two"), p("End.")),
    text_of(grid("Pier|one", "Quay|two"), p("End.")),
)
PAIRS["row-changed"] = (
    text_of(grid("Pier|one", "Quay|two"), p("End.")),
    text_of(grid("Pier|six", "Wharf|two"), p("End.")),
)
PAIRS["column-added"] = (
    text_of(grid("Pier|one", "Quay|two"), p("End.")),
    text_of(grid("Pier|a|one", "Quay|b|two"), p("End.")),
)
PAIRS["table-added"] = text_of(p("Before."), p("After.")), text_of(p("Before."), grid("Pier|one"), p("After."))
PAIRS["table-removed"] = text_of(p("Before."), grid("Pier|one"), p("After.")), text_of(p("Before."), p("After."))
PAIRS["table-in-cell"] = (
    text_of(table(row(cell(p("Berths"), grid("Pier|one"), p("")))), p("End.")),
    text_of(table(row(cell(p("Berths"), grid("Pier|one", "Quay|two"), p("")))), p("End.")),
)
PAIRS["paragraph-in-cell"] = text_of(table(row(cell(p("Pier"))))), text_of(table(row(cell(p("Pier"), p("and quay.")))))
PAIRS["cell-to-text"] = text_of(table(row(cell(*clauses(0))))), text_of(*clauses(0))


def noted_at(*identifiers: int) -> str:
    return "".join(f'{r(f"Line {at}")}<w:r><w:footnoteReference w:id="{at}"/></w:r>' for at in identifiers)


def notes_of(**said: str) -> str:
    return "".join(
        f'<w:footnote w:id="{key[1:]}">{"".join(map(p, words.split("|")))}</w:footnote>' for key, words in said.items()
    )


PAIRS["note-added"] = (
    text_of(p(inner=noted_at(2)), footnotes=notes_of(n2="Of ships.")),
    text_of(p(inner=noted_at(2, 3)), footnotes=notes_of(n2="Of ships.", n3="Of boats.")),
)
PAIRS["note-words"] = (
    text_of(p(inner=noted_at(2, 3)), footnotes=notes_of(n2="Of ships.|Not of boats.", n3="Of aircraft.")),
    text_of(p(inner=noted_at(2, 3)), footnotes=notes_of(n2="Of all ships.|Not of boats.|At noon.", n3="Of aircraft.")),
)
PAIRS["note-line-gone"] = (
    text_of(p(inner=noted_at(2)), footnotes=notes_of(n2="Of ships.|Not of boats.")),
    text_of(p(inner=noted_at(2)), footnotes=notes_of(n2="Of ships.")),
)
PAIRS["noted-paragraph-added"] = (
    text_of(p(inner=noted_at(2)), footnotes=notes_of(n2="Of ships.")),
    text_of(p(inner=noted_at(2)), p(inner=noted_at(3)), footnotes=notes_of(n2="Of ships.", n3="Of boats.")),
)
PAIRS["noted-paragraph-removed"] = PAIRS["noted-paragraph-added"][::-1]


def section(*references: str, title: bool = False) -> str:
    inner = "".join(f'<w:{kind}Reference w:type="{sort}" r:id="r{kind}"/>' for kind, sort in map(str.split, references))
    return f"<w:sectPr>{inner}{'<w:titlePg/>' if title else ''}</w:sectPr>"


EVEN = "<w:evenAndOddHeaders/>"
PAIRS["header-words"] = (
    text_of(section("header default", "footer default"), header=p("Draft of May"), footer=p("Page")),
    text_of(section("header default", "footer default"), header=p("Draft of June"), footer=p("Pages")),
)
PAIRS["header-added"] = text_of(section()), text_of(section("header default"), header=p("Draft of June"))
PAIRS["header-first-added"] = (
    text_of(section(title=True)),
    text_of(section("header first", title=True), header=p("Draft")),
)
PAIRS["header-even-added"] = (
    text_of(section(), settings=EVEN),
    text_of(section("header even"), header=p("Draft"), settings=EVEN),
)
PAIRS["header-even-not-shown"] = text_of(section()), text_of(section("header even"), header=p("Draft"))
PAIRS["header-of-later-section"] = (
    text_of(f"<w:p><w:pPr>{section('header default')}</w:pPr></w:p>", p("Annex"), section(), header=p("Draft")),
    text_of(f"<w:p><w:pPr>{section('header default')}</w:pPr></w:p>", p("Annex"), section(), header=p("Final")),
)


def remark(identifier: int, words: str, author: str = "Ana Partner") -> str:
    return f'<w:comment w:id="{identifier}" w:author="{author}" w:date="2026-11-20T00:00:00Z">{p(words)}</w:comment>'


def remarked(identifier: int, before: str, words: str) -> str:
    start, end = (f'<w:commentRange{edge} w:id="{identifier}"/>' for edge in ("Start", "End"))
    return p(before, inner=f'{start}{r(words)}{end}<w:r><w:commentReference w:id="{identifier}"/></w:r>')


PAIRS["comment-added"] = (
    text_of(p("Ships pay a fee.")),
    text_of(remarked(4, "Ships pay ", "a fee."), comments=remark(4, "How much?")),
)
PAIRS["comment-on-changed"] = (
    text_of(remarked(4, "Ships pay ", "a fee."), comments=remark(4, "How much?")),
    text_of(remarked(4, "Ships pay ", "a small fee."), comments=remark(4, "How much?")),
)
PAIRS["comment-of-each"] = (
    text_of(remarked(4, "Ships pay ", "a fee."), p("Boats pay none."), comments=remark(4, "How much?")),
    text_of(p("Ships pay a fee."), remarked(4, "Boats pay ", "none."), comments=remark(4, "Why?", "Ben Partner")),
)


def tagged(*said: str) -> str:
    return "".join(f'<w:smartTag w:element="e{at}">{r(each)}</w:smartTag>' for at, each in enumerate(said))


PAIRS["tags-in-link"] = tuple(
    word_file(
        TEXT + p("See ", inner=f'<w:hyperlink r:id="lk">{tagged("the rule ", f"of {x} ships ", "here")}</w:hyperlink>'),
        links={"lk": "https://example.org"},
    )
    for x in ("three", "seven")
)
PAIRS["control-in-control"] = tuple(
    text_of(p("Pay ", inner=sdt(r("at ") + sdt(r(f"{x} days ") + r("or ")) + r("later")) + r(" in all.")))
    for x in ("three", "seven")
)
PAIRS["word-joins-control"] = (
    text_of(p("Pay ", inner=sdt(r("soon")) + r(" in all."))),
    text_of(p("Pay ", inner=sdt(r("very soon")) + r(" in full."))),
)
PAIRS["bold-word"] = tuple(
    text_of(p("Pay ", inner=r(f"{x} days", "<w:b/>") + r(" in all."))) for x in ("three", "seven")
)
PAIRS["look-of-changed"] = text_of(p("Pay now in all.")), text_of(p("Pay ", inner=r("later", "<w:i/>") + r(" in all.")))
PAIRS["bookmarked"] = tuple(
    text_of(
        p(inner=f'<w:bookmarkStart w:id="1" w:name="Rule"/>{r(f"Pay {x} days")}<w:bookmarkEnd w:id="1"/>'),
        p(
            "See ",
            inner=field("begin") + code(" REF Rule ") + field("separate") + r(f"Pay {x} days") + field("end") + r("."),
        ),
    )
    for x in ("three", "seven")
)
PAIRS["reference-renamed"] = tuple(
    text_of(
        p(inner=f'<w:bookmarkStart w:id="1" w:name="_Ref{x}"/>{r("Pay.")}<w:bookmarkEnd w:id="1"/>'),
        p("See ", inner=field("begin") + code(f" REF _Ref{x} \\h ") + field("separate") + r("Pay.") + field("end")),
    )
    for x in ("11", "22")
)
PAIRS["number-of-reference"] = tuple(
    text_of(
        p(inner=f'<w:bookmarkStart w:id="1" w:name="_Ref1"/>{r("Pay.")}<w:bookmarkEnd w:id="1"/>'),
        p("See ", inner=field("begin") + code(" REF _Ref1 \\n \\h ") + field("separate") + r(x) + field("end")),
    )
    for x in ("1", "2")
)
PAIRS["picture-added"] = (
    word_file(TEXT + p("The map: "), media={"map.png": b"\x89PNG1"}),
    word_file(TEXT + p("The map: ", inner=picture("rmap")), media={"map.png": b"\x89PNG1"}),
)
PAIRS["link-added"] = (
    word_file(TEXT + p("See the rule here.")),
    word_file(
        TEXT + p("See ", inner=f'<w:hyperlink r:id="lk">{r("the rule")}</w:hyperlink>{r(" here.")}'),
        links={"lk": "https://example.org"},
    ),
)
PAIRS["box-added"] = (
    text_of(p("Beside.")),
    text_of(
        p(
            "Beside.",
            inner=f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('In a box.')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        )
    ),
)

PAIRS["tab-typed"] = text_of(p("A\tB pays.")), text_of(p("A", inner="<w:r><w:tab/></w:r>" + r("B pays.")))
PAIRS["line-break-typed"] = text_of(p("A\nB pays.")), text_of(p("A", inner="<w:r><w:br/></w:r>" + r("B pays.")))

HEAD = "Cooperation of the Authorities of the Ports"
PAIRS["retyped"] = text_of(*clauses(0), p(HEAD), *clauses(1)), text_of(*clauses(0), p(HEAD.upper()), *clauses(1))
PAIRS["retyped-elsewhere"] = (
    text_of(*clauses(0), p(HEAD), *clauses(1, 2)),
    text_of(*clauses(0, 1), p(HEAD.upper()), *clauses(2)),
)
PAIRS["retyped-order"] = (
    text_of(*clauses(0), p("Arland and the Republic of Borduria"), *clauses(1)),
    text_of(*clauses(0), p("the Republic of Borduria and Arland"), *clauses(1)),
)
PAIRS["retyped-twice"] = (
    text_of(*clauses(0), p(HEAD), p(HEAD), *clauses(1)),
    text_of(*clauses(0), p(HEAD.upper()), p(HEAD.upper()), *clauses(1)),
)

PAIRS["picture-in-box"] = tuple(
    word_file(
        TEXT
        + p(
            "Beside.",
            inner=f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('The map: ', inner=picture('rmap'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        ),
        media={"map.png": x},
    )
    for x in (b"\x89PNG1", b"\x89PNG2")
)


def by(who: str, kind: str, words: str, number: int) -> str:
    tag = "delText" if kind == "del" else "t"
    return f'<w:{kind} w:id="{number}" w:author="{who}" w:date="2026-11-20T00:00:00Z"><w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r></w:{kind}>'


TRACKED = p("Pay ", inner=by("Ana", "del", "three ", 1) + by("Ana", "ins", "seven or more ", 2) + r("days in all."))
PAIRS["kept-others"] = text_of(TRACKED, *clauses(0)), text_of(p("Pay seven or more days in full."), *clauses(1))
PAIRS["kept-inside"] = text_of(TRACKED), text_of(p("Pay seven more days in all."))
PAIRS["kept-all-gone"] = text_of(TRACKED, p("End.")), text_of(p("End."))
PAIRS["kept-paragraph"] = (
    text_of(p(inner=by("Ana", "ins", CLAUSES[0], 1)), p(inner=by("Ana", "del", CLAUSES[1], 2)), p("End.")),
    text_of(p(CLAUSES[0].replace("one day", "two days")), p("End of all.")),
)

# ---------------------------------------------------------------------- files with tracked changes

FILES: dict[str, bytes] = {}
SIGNED = 'w:author="Ana Partner" w:date="2026-11-20T00:00:00Z"'


def come(inner: str, number: int = 10) -> str:
    return f'<w:ins w:id="{number}" {SIGNED}>{inner}</w:ins>'


def gone(words: str, number: int = 11) -> str:
    return f'<w:del w:id="{number}" {SIGNED}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


FILES["ins-in-sdt-footnote"] = word_file(
    TEXT + p("Noted.", inner='<w:r><w:footnoteReference w:id="2"/></w:r>'),
    parts={
        "footnotes": f'<w:footnote w:id="2">{sdt(p("Within ", inner=gone("three") + come(r("seven")) + r(" days.")))}</w:footnote>'
    },
)
FILES["move-fmt"] = word_file(
    TEXT
    + f'<w:p><w:moveFromRangeStart w:id="1" w:name="m1" {SIGNED}/><w:moveFrom w:id="2" {SIGNED}>{r("Pay seven.")}</w:moveFrom><w:moveFromRangeEnd w:id="1"/>{r(" Kept one.")}</w:p>'
    + f'<w:p>{r("Kept two. ")}<w:moveToRangeStart w:id="3" w:name="m1" {SIGNED}/><w:moveTo w:id="4" {SIGNED}><w:r><w:rPr><w:b/><w:rPrChange w:id="5" {SIGNED}><w:rPr/></w:rPrChange></w:rPr><w:t>Pay seven.</w:t></w:r></w:moveTo><w:moveToRangeEnd w:id="3"/></w:p>'
)
FILES["nested-ins-del"] = word_file(
    TEXT
    + p(
        "Pay ",
        inner=come(
            '<w:del w:id="7" w:author="Q" w:date="2030-01-02T00:00:00Z"><w:r><w:delText>five </w:delText></w:r></w:del>'
            + r("seven ")
        )
        + r("days."),
    )
)
FILES["delrow"] = word_file(
    TEXT
    + table(
        row(cell(p("keep"))),
        f'<w:tr><w:trPr><w:del w:id="8" {SIGNED}/></w:trPr>{cell(p("", inner=gone("gone row")))}</w:tr>',
    )
)
FILES["insrow"] = word_file(
    TEXT
    + table(
        row(cell(p("keep"))),
        f'<w:tr><w:trPr><w:ins w:id="8" {SIGNED}/></w:trPr>{cell(p("", inner=come(r("new row"))))}</w:tr>',
    )
)
FILES["cellIns"] = word_file(
    TEXT
    + table(
        f'<w:tr><w:tc><w:tcPr/>{p("keep")}</w:tc><w:tc><w:tcPr><w:cellIns w:id="8" {SIGNED}/></w:tcPr>{p("", inner=come(r("new cell")))}</w:tc></w:tr>'
    )
)
FILES["cellMerge"] = word_file(
    TEXT
    + table(
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p("top")}</w:tc></w:tr>',
        f'<w:tr><w:tc><w:tcPr><w:cellMerge w:id="8" {SIGNED} w:vMerge="cont"/></w:tcPr>{p("under")}</w:tc></w:tr>',
    )
)
FILES["parmark-del"] = word_file(
    TEXT + f'<w:p><w:pPr><w:rPr><w:del w:id="9" {SIGNED}/></w:rPr></w:pPr>{r("First part ")}</w:p>{p("second part.")}'
)
FILES["parmark-ins"] = word_file(
    TEXT + f'<w:p><w:pPr><w:rPr><w:ins w:id="9" {SIGNED}/></w:rPr></w:pPr>{r("First part ")}</w:p>{p("second part.")}'
)
FILES["parmark-del-before-table"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:rPr><w:del w:id="9" {SIGNED}/></w:rPr></w:pPr>{gone("Gone words")}</w:p>'
    + table(row(cell(p("in table"))))
    + p("after")
)
FILES["del-field"] = word_file(
    TEXT
    + f'<w:p>{r("See ")}<w:del w:id="6" {SIGNED}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText> REF a </w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:delText>paragraph 7</w:delText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>{come(r("paragraph 8"), 12)}{r(".")}</w:p>'
)
FILES["ins-math"] = word_file(
    TEXT
    + f'<w:p>{r("Pay ")}<m:oMath><w:ins w:id="6" {SIGNED}><m:r><m:t>x7</m:t></m:r></w:ins><w:del w:id="7" {SIGNED}><m:r><m:t>y3</m:t></m:r></w:del></m:oMath></w:p>'
)
FILES["numberingChange"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pPrChange w:id="5" {SIGNED}><w:pPr/></w:pPrChange></w:pPr>{r("Ships enter.")}</w:p>',
    parts={
        "numbering": '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    },
)
FILES["sectPrChange"] = word_file(
    TEXT
    + f'<w:sectPr><w:pgSz w:w="100" w:h="200"/><w:sectPrChange w:id="5" {SIGNED}><w:sectPr><w:pgSz w:w="300" w:h="200"/></w:sectPr></w:sectPrChange></w:sectPr>'
)
FILES["tblPrChange"] = word_file(
    TEXT
    + f'<w:tbl><w:tblPr><w:tblStyle w:val="a"/><w:tblPrChange w:id="5" {SIGNED}><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid><w:gridCol w:w="5"/><w:tblGridChange w:id="6"><w:tblGrid/></w:tblGridChange></w:tblGrid>{row(cell(p("in")))}</w:tbl>'
)
FILES["trPrChange"] = word_file(
    TEXT
    + table(
        f'<w:tr><w:trPr><w:hidden/><w:trPrChange w:id="5" {SIGNED}><w:trPr/></w:trPrChange></w:trPr>{cell(p("in"))}</w:tr>',
        row(cell(p("z"))),
    )
)
FILES["ins-sdt-customxmlins"] = word_file(
    TEXT
    + f'<w:customXmlInsRangeStart w:id="5" {SIGNED}/><w:sdt><w:sdtContent>{p("", inner=come(r("New clause.")))}</w:sdtContent></w:sdt><w:customXmlInsRangeEnd w:id="5"/>{p("kept")}'
)
FILES["ins-box"] = word_file(
    TEXT
    + p(
        "",
        inner=f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('Within ', inner=gone('three') + come(r('seven')) + r(' days.'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    )
)
FILES["del-box"] = word_file(
    TEXT
    + p(
        "Kept.",
        inner=f'<w:del w:id="5" {SIGNED}><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p("Box words seven.")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:del>',
    )
)
FILES["hdr-rev"] = word_file(
    TEXT + '<w:sectPr><w:headerReference w:type="default" r:id="rheader"/></w:sectPr>',
    parts={"header": p("Draft ", inner=gone("three") + come(r("seven")))},
)
FILES["comment-rev"] = word_file(
    TEXT + p("x", inner='<w:r><w:commentReference w:id="2"/></w:r>'),
    parts={
        "comments": f'<w:comment w:id="2" w:author="P">{p("Ask ", inner=gone("three") + come(r("seven")))}</w:comment>'
    },
)
FILES["styles-rev"] = word_file(
    TEXT + p("z", '<w:pStyle w:val="Q"/>'),
    parts={
        "styles": f'<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Q"/><w:pPr><w:jc w:val="left"/><w:pPrChange w:id="3" {SIGNED}><w:pPr/></w:pPrChange></w:pPr><w:rPr><w:b/><w:rPrChange w:id="4" {SIGNED}><w:rPr/></w:rPrChange></w:rPr></w:style>'
    },
)
FILES["numbering-rev"] = word_file(
    TEXT + p("z", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    parts={
        "numbering": f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:rPr><w:b/><w:rPrChange w:id="4" {SIGNED}><w:rPr/></w:rPrChange></w:rPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    },
)
FILES["strict-rev"] = word_file(TEXT + p("Within ", inner=gone("three") + come(r("seven")) + r(" days.")), strict=True)
FILES["conflict"] = word_file(
    TEXT
    + f'<w:p>{r("Pay ")}<w14:conflictIns xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w:id="4" {SIGNED}>{r("seven")}</w14:conflictIns>{r(" days.")}</w:p>'
)
AWAY = f'<w:p><w:moveFrom w:id="22" {SIGNED}><w:r><w:t>M</w:t></w:r></w:moveFrom></w:p>'
HERE = f'<w:p><w:moveTo w:id="23" {SIGNED}><w:r><w:t>M</w:t></w:r></w:moveTo></w:p>'
FILES["move-rows"] = word_file(
    TEXT
    + table(
        row(cell(p("k"))),
        f'<w:tr><w:trPr><w:del w:id="8" {SIGNED}/></w:trPr>{cell(AWAY)}</w:tr>',
        row(cell(p("n"))),
        f'<w:tr><w:trPr><w:ins w:id="9" {SIGNED}/></w:trPr>{cell(HERE)}</w:tr>',
    )
)
OTHER = 'w:author="Ben Partner" w:date="2026-11-21T00:00:00Z"'
FILES["two-hands"] = word_file(
    TEXT
    + p(
        "Pay ",
        inner=gone("three ") + come(r("seven "), 12) + f'<w:ins w:id="13" {OTHER}>{r("whole ")}</w:ins>' + r("days."),
    )
)
FILES["look-of-paragraph"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:b/></w:rPr><w:pPrChange w:id="5" {SIGNED}><w:pPr><w:keepNext/><w:jc w:val="right"/></w:pPr></w:pPrChange></w:pPr>{r("Pay.")}</w:p>'
)
FILES["look-of-run"] = word_file(
    TEXT
    + f'<w:p><w:r><w:rPr><w:b/><w:rPrChange w:id="5" {SIGNED}><w:rPr><w:i/><w:u w:val="single"/></w:rPr></w:rPrChange></w:rPr><w:t>Pay.</w:t></w:r></w:p>'
)
FILES["look-of-mark"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:rPr><w:ins w:id="6" {SIGNED}/><w:b/><w:rPrChange w:id="5" {SIGNED}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr></w:pPr>{come(r("Pay."))}</w:p>{p("Then go.")}'
)
FILES["look-of-section"] = word_file(
    TEXT
    + f'<w:sectPr><w:headerReference w:type="default" r:id="rheader"/><w:pgSz w:w="100" w:h="200"/><w:sectPrChange w:id="5" {SIGNED}><w:sectPr><w:pgSz w:w="300" w:h="200"/><w:cols w:num="2"/></w:sectPr></w:sectPrChange></w:sectPr>',
    parts={"header": p("Draft")},
)
FILES["look-of-cell"] = word_file(
    TEXT
    + f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:tcPrChange w:id="5" {SIGNED}><w:tcPr><w:tcW w:w="9" w:type="dxa"/></w:tcPr></w:tcPrChange></w:tcPr>{p("in")}</w:tc></w:tr></w:tbl>'
)
FILES["cell-deleted"] = word_file(
    TEXT
    + table(
        f'<w:tr>{cell(p("keep"))}<w:tc><w:tcPr><w:cellDel w:id="8" {SIGNED}/></w:tcPr>{p("", inner=gone("old cell"))}</w:tc></w:tr>'
    )
)
FILES["cell-alone-deleted"] = word_file(
    TEXT
    + table(f'<w:tr><w:tc><w:tcPr><w:cellDel w:id="8" {SIGNED}/></w:tcPr>{p("", inner=gone("old cell"))}</w:tc></w:tr>')
    + p("End.")
)
FILES["rows-all-deleted"] = word_file(
    TEXT
    + table(f'<w:tr><w:trPr><w:del w:id="8" {SIGNED}/></w:trPr>{cell(p("", inner=gone("row")))}</w:tr>')
    + p("End.")
)
GOING_ROW = f'<w:tr><w:trPr><w:del w:id="8" {SIGNED}/></w:trPr>{cell(p("", inner=gone("row")))}</w:tr>'
FILES["table-in-cell-deleted"] = word_file(TEXT + table(row(cell(table(GOING_ROW), p("after")))))
FILES["table-alone-in-cell-deleted"] = word_file(TEXT + table(row(cell(table(GOING_ROW)))))
FILES["paragraphs-deleted"] = word_file(
    TEXT
    + "".join(
        f'<w:p><w:pPr><w:rPr><w:del w:id="{at}" {SIGNED}/></w:rPr></w:pPr>{gone(each, at + 1)}</w:p>'
        for at, each in ((20, "One."), (30, "Two."))
    )
    + p("Three.")
)
FILES["last-paragraph-deleted"] = word_file(
    TEXT + p("Kept.") + f'<w:p><w:pPr><w:rPr><w:del w:id="20" {SIGNED}/></w:rPr></w:pPr>{gone("Gone.", 21)}</w:p>'
)
FILES["paragraphs-joined"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:jc w:val="center"/><w:rPr><w:del w:id="20" {SIGNED}/></w:rPr></w:pPr>{r("One ")}<w:bookmarkStart w:id="1" w:name="Here"/></w:p><w:p><w:pPr><w:jc w:val="right"/></w:pPr>{r("two.")}<w:bookmarkEnd w:id="1"/></w:p>'
)
FILES["joined-into-control"] = word_file(
    TEXT + f'<w:p><w:pPr><w:rPr><w:del w:id="20" {SIGNED}/></w:rPr></w:pPr>{r("One ")}</w:p>{sdt(p("two."))}{p("End.")}'
)
FILES["joined-before-table"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:rPr><w:del w:id="20" {SIGNED}/></w:rPr></w:pPr>{r("One ")}</w:p>{table(row(cell(p("two"))))}{p("End.")}'
)
FILES["control-emptied"] = word_file(TEXT + p("Pay ", inner=sdt(gone("now ")) + r("in all.")))
FILES["control-put-in"] = word_file(TEXT + p("Pay ", inner=sdt(come(r("now "))) + r("in all.")))
FILES["link-emptied"] = word_file(
    TEXT + p("See ", inner=f'<w:hyperlink r:id="lk">{gone("there")}</w:hyperlink>' + r("here.")),
    links={"lk": "https://example.org"},
)
FILES["note-deleted"] = word_file(
    TEXT + p("Pay", inner=f'<w:del w:id="9" {SIGNED}><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'),
    parts={"footnotes": notes_of(n2="Of ships.")},
)
FILES["comment-on-deleted"] = word_file(
    TEXT
    + p(
        "Pay ",
        inner='<w:commentRangeStart w:id="4"/>'
        + gone("now ")
        + '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
        + r("in all."),
    ),
    parts={"comments": remark(4, "Why?")},
)
FILES["comment-deleted"] = word_file(
    TEXT
    + p(
        "Pay ",
        inner=f'<w:del w:id="9" {SIGNED}><w:commentRangeStart w:id="4"/><w:r><w:delText>now</w:delText></w:r><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r></w:del>'
        + r(" in all."),
    ),
    parts={"comments": remark(4, "Why?")},
)
FILES["number-put-in"] = word_file(
    TEXT
    + f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="9" {SIGNED}/></w:numPr></w:pPr>{r("Ships.")}</w:p>',
    parts={"numbering": NUMBERED},
)
FILES["persons"] = with_parts(
    word_file(TEXT + p("Ana Partner pays."), parts={"settings": '<w:rsids><w:rsid w:val="00AB"/></w:rsids>'}),
    {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Ana Partner</dc:creator><cp:lastModifiedBy>Ben</cp:lastModifiedBy></cp:coreProperties>'
    },
)
FILES["last-two-marks-deleted"] = word_file(
    TEXT
    + "".join(
        f'<w:p><w:pPr><w:rPr><w:del w:id="{at}" {SIGNED}/></w:rPr></w:pPr>{r(each)}</w:p>'
        for at, each in ((20, "One "), (30, "two."))
    )
)
FILES["first-of-two-moved-notes"] = word_file(
    TEXT
    + p(inner=f'<w:moveFrom w:id="22" {SIGNED}>{noted_at(2)}</w:moveFrom>')
    + p(inner=f'<w:moveTo w:id="23" {SIGNED}>{noted_at(2)}</w:moveTo>{r(" and")}'),
    parts={"footnotes": notes_of(n2="Of ships.|And boats.")},
)
FILES["persons-in-core"] = with_parts(
    word_file(TEXT + p("Ana Partner pays on the third day.")),
    {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:creator>Ana Partner</dc:creator><cp:lastModifiedBy>Ben Partner</cp:lastModifiedBy><dcterms:created>2026-11-20T10:11:12Z</dcterms:created></cp:coreProperties>'
    },
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>',
)
