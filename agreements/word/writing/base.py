"""The empty Word file that every output starts from: our styles, and nothing that is not used.

`python -m agreements.word.writing.base` writes it to `agreements/data/base.docx`; a test holds the two equal.
"""

from copy import deepcopy
from pathlib import Path

from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.lists import ListLevel, abstract_list, list_instance
from agreements.ooxml.numerals import NumberFormat
from agreements.ooxml.package import packed
from agreements.ooxml.xml import Properties, XmlValue, make, properties
from agreements.word.writing.styles import FONT, LOOKS, StyleFormat

BASE = Path(__file__).resolve().parents[2] / "data" / "base.docx"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {"document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable"}
_PARTS["numbering"] = "numbering"
_OTHER_PARTS = {"/word/theme/theme1.xml": "officedocument.theme", "/docProps/core.xml": "package.core-properties"}
_BUILT_IN = frozenset((styles.TITLE, styles.SIGNATURE, styles.BODY_TEXT, styles.CONTENTS_HEADING, *styles.CONTENTS))
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)


def build() -> bytes:
    """Return the base file: A4-neutral, single-spaced, with every style and one list tied to the styles."""
    xml = {
        "document": make("document", make("body", make("sectPr"))),
        "styles": _styles(),
        "settings": _settings(),
        "fontTable": _fonts(),
        "numbering": make("numbering", abstract_list(1, default_levels(), tied=True), list_instance(1)),
    }
    parts = {f"word/{name}.xml": _serialised(element) for name, element in xml.items()}
    parts["word/theme/theme1.xml"] = _HEAD + theme(FONT).encode()
    parts["[Content_Types].xml"] = _content_types()
    parts["_rels/.rels"] = _relationships(
        {
            f"{_OFFICE}/officeDocument": "word/document.xml",
            f"{_PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
        }
    )
    targets = {f"{_OFFICE}/{name}": f"{name}.xml" for name in _PARTS if name != "document"}
    targets[f"{_OFFICE}/theme"] = "theme/theme1.xml"
    parts["word/_rels/document.xml.rels"] = _relationships(targets)
    parts["docProps/core.xml"] = _HEAD + _CORE.encode()
    return packed(parts)


def default_levels() -> tuple[ListLevel, ...]:
    """Return the levels of a list as treaties number them: Article I, 1., (a), (i), (A), (1); (a), (i), (A).

    The last three are those of lettered provisions that stand directly under an article.
    """
    forms = (
        *(NumberFormat("upperRoman", "Article "), NumberFormat("decimal", "", ".")),
        *(NumberFormat("lowerLetter", "(", ")"), NumberFormat("lowerRoman", "(", ")")),
        *(NumberFormat("upperLetter", "(", ")"), NumberFormat("decimal", "(", ")")),
        *(NumberFormat("lowerLetter", "(", ")"), NumberFormat("lowerRoman", "(", ")")),
        NumberFormat("upperLetter", "(", ")"),
    )
    return tuple(ListLevel(form) for form in forms)


_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _serialised(element: etree._Element) -> bytes:
    etree.cleanup_namespaces(element)
    return _HEAD + etree.tostring(element, encoding="utf-8")


def _content_types() -> bytes:
    rows = [f'<Override PartName="/word/{n}.xml" ContentType="{_WORD}.{kind}+xml"/>' for n, kind in _PARTS.items()]
    for part, kind in _OTHER_PARTS.items():
        rows.append(f'<Override PartName="{part}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>')
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    types = f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{"".join(rows)}</Types>'
    return _HEAD + types.encode()


def _relationships(targets: dict[str, str]) -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), 1)
    )
    return _HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'.encode()


def _settings() -> etree._Element:
    uri = "http://schemas.microsoft.com/office/word"
    compat = make("compat", make("compatSetting", name="compatibilityMode", uri=uri, val=15))
    values: Properties = {
        "zoom": {"percent": 100},
        "defaultTabStop": 720,
        "characterSpacingControl": "doNotCompress",
        "compat": compat,
        "themeFontLang": "en-US",
        "decimalSymbol": ".",
        "listSeparator": ",",
    }
    return properties("settings", values)


def _fonts() -> etree._Element:
    font = make(
        "font",
        make("altName", val="Liberation Serif"),
        make("panose1", val="02020603050405020304"),
        make("charset", val="00"),
        make("family", val="roman"),
        make("pitch", val="variable"),
        name=FONT,
    )
    return make("fonts", font)


def _styles() -> etree._Element:
    fonts: dict[str, str | int] = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)
    language: dict[str, str | int] = {"val": "en-US", "eastAsia": "en-US", "bidi": "ar-SA"}
    run = properties("rPr", {"rFonts": fonts, "sz": 24, "szCs": 24, "lang": language})
    spacing: dict[str, str | int] = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}
    own = properties("pPr", {"widowControl": True, "spacing": spacing})
    defaults = make("docDefaults", make("rPrDefault", run), make("pPrDefault", own))
    return make("styles", defaults, *_word_defaults(), *(style_element(n, look) for n, look in LOOKS.items()))


def _word_defaults() -> list[etree._Element]:
    """Return the four styles that Word takes as given."""

    def style(kind: str, name: str, *more: etree._Element, default: int = 1) -> etree._Element:
        own: dict[str, str | int] = {"type": kind, "default": default, "styleId": styles.style_id(name)}
        return make("style", make("name", val=name), *more, **own)

    sides = [make(side, w=width, type="dxa") for side, width in
             (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))]  # fmt: skip
    table = make("tblPr", make("tblInd", w=0, type="dxa"), make("tblCellMar", *sides))
    hidden = [make("uiPriority", val=99), make("semiHidden"), make("unhideWhenUsed")]
    return [
        style("paragraph", "Normal", make("qFormat")),
        style("character", "Default Paragraph Font", make("uiPriority", val=1), make("semiHidden")),
        style("table", "Normal Table", *hidden, table),
        style("numbering", "No List", *(make("uiPriority", val=99), make("semiHidden"), make("unhideWhenUsed"))),
    ]


def style_element(name: str, look: StyleFormat) -> etree._Element:
    """Return the `w:style` called `name`, tied to its level of the list where it has one."""
    parts: list[etree._Element] = [make("name", val=name), make("basedOn", val=styles.style_id(look.based))]
    if look.follows:
        parts.append(make("next", val=styles.style_id(look.follows)))
    parts.append(make("qFormat"))
    paragraph: dict[str, XmlValue] = {key: deepcopy(value) for key, value in look.paragraph.items()}
    if name in styles.TIED:
        level = styles.TIED.index(name)
        paragraph["numPr"] = properties("numPr", {"ilvl": level, "numId": 1} if level else {"numId": 1})
    parts.append(properties("pPr", paragraph))
    if look.run:
        run = dict(look.run)
        for plain, complex_script in (("b", "bCs"), ("i", "iCs")):
            if plain in run:
                run[complex_script] = run[plain]
        parts.append(properties("rPr", run))
    custom: dict[str, str | int] = {} if name in _BUILT_IN else {"customStyle": 1}
    return make("style", *parts, type="paragraph", styleId=styles.style_id(name), **custom)


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F2A44", "lt2": "EEEEEE", "accent1": "1F3864", "accent2": "7F1D1D",
    "accent3": "385723", "accent4": "7F6000", "accent5": "3A3A3A", "accent6": "5B2C6F", "hlink": "1F3864",
    "folHlink": "5B2C6F",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_WIDTHS = (6350, 12700, 19050)  # the three line widths of a theme, in English Metric Units (12,700 to a point)


def theme(font: str) -> str:
    """Return the XML of a theme whose headings and words are in `font`."""
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in _WIDTHS)
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Treaty"><a:themeElements>'
        f'<a:clrScheme name="Treaty">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Treaty"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Treaty"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    BASE.write_bytes(build())
