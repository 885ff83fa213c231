"""The order in which WordprocessingML wants the children of its elements (ISO/IEC 29500-1, annex A).

Word is strict about it where LibreOffice forgives, so every writer of ours sorts by it and a test checks files.
"""

from collections.abc import Iterator
from functools import cache

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
    "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
    "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
    "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "numPr": "ilvl numId numberingChange ins",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText "
    "printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts "
    "saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter "
    "gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign "
    "attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
    "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
    "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
    "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
    "characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore "
    "savePreviewPicture updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr "
    "attachedSchema themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "num": "abstractNumId lvlOverride",
    "styles": "docDefaults latentStyles style",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat "
    "locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
    "hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "pBdr": "top left bottom right between bar",
    "tcMar": "top start left bottom end right",
    "tblCellMar": "top start left bottom end right",
}  # fmt: skip
_FIRST = {"p": "pPr", "r": "rPr", "tr": "trPr", "tc": "tcPr"}

ORDER: dict[str, dict[str, int]] = {
    parent: {child: rank for rank, child in enumerate(children.split())} for parent, children in _ORDERS.items()
}
_FEW = 8  # children up to which going through them costs less than a `find`


@cache
def name(tag: str) -> str:
    """Return the full XML name of a WordprocessingML `tag`: `pPr` gives `{http://...}pPr`."""
    return f"{{{W}}}{tag}"


def child_of(element: etree._Element, tag: str) -> etree._Element | None:
    """Return the first child of the whole name `tag`, None for none; properties stand first in nearly every file."""
    size = len(element)
    if not size:
        return None
    first = element[0]
    if first.tag == tag:
        return first
    if size > _FEW:
        return element.find(tag)
    for child in element:
        if child.tag == tag:
            return child
    return None


def local(element: etree._Element) -> str:
    """Return the tag of `element` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def rank(parent: str, child: str) -> int:
    """Return where `child` stands among the children of `parent`; raises `KeyError` when it may not stand there."""
    return ORDER[parent][child]


def insert(parent: etree._Element, child: etree._Element) -> None:
    """Put `child` at its place in `parent`, after its equals, replacing nothing.

    Raises `KeyError` when the schema does not know it there.
    """
    order = ORDER[local(parent)]
    own = order[local(child)]
    after = [i for i, other in enumerate(parent) if order.get(local(other), own + 1) <= own]
    parent.insert(after[-1] + 1 if after else 0, child)


def faults(root: etree._Element) -> Iterator[str]:
    """Yield what stands out of order or where it may not stand in a part's tree, in words for a test report."""
    for parent in root.iter(f"{{{W}}}*"):
        tag = local(parent)
        children = [local(child) for child in parent]
        if tag in ORDER:
            unknown = [c for c in children if c not in ORDER[tag]]
            ranks = [ORDER[tag][c] for c in children if c in ORDER[tag]]
            if unknown:
                yield f"{tag} may not hold {', '.join(unknown)}"
            if ranks != sorted(ranks):
                yield f"{tag} holds {', '.join(children)} out of order"
        elif tag in _FIRST and _FIRST[tag] in children[1:]:
            yield f"{tag} has its {_FIRST[tag]} after other children"
