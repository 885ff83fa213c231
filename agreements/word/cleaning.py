"""The trees of a Word file cleaned: hidden text, bookmarks, names of objects, then what the allowlist does not know.

Nothing here decides: what a person has to decide was asked before (`agreements.word.decisions`), and what is left out
is counted in the same ledger. An element that is not known and holds words that a reader sees stops the hand-over.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from agreements.bookmarks import is_mark
from agreements.ooxml.schema import insert, local, name
from agreements.ooxml.walk import MATH
from agreements.ooxml.xml import make
from agreements.word.allowlist import NAMESPACES, elements, full, left_out, may_say, short
from agreements.word.decisions import HandoverLedger, PlacesInPart, drop, unwrap

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_IGNORABLE = ("w14", "w15", "wp14")
_VAL = name("val")
_VANISH, _RUN, _PARAGRAPH = name("vanish"), name("r"), name("p")
_TEXTS = (name("t"), name("delText"), full("m:t"), full("a:t"), name("sym"))
_SEEN = frozenset(name(t) for t in ("t", "delText", "sym", "drawing", "pict", "object", "fldChar", "tab", "br"))
_ELSEWHERE = frozenset((name("altChunk"), name("subDoc"), name("contentPart"), full("w14:contentPart")))
_FIELD_TARGET = re.compile(r"\b(?:REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+\"?([^\s\"\\]+)")
_OWN_NAME = re.compile(r"_(?:Toc|Ref)\d+")
_FIRST_NAME = 100_000_000
_SESSION = re.compile(r"rsid", re.IGNORECASE)
_OBJECT_NAME = re.compile(
    r"(?:(?:Picture|Image|Grafik|Text Box|Textfeld|Rectangle|Rounded Rectangle|Chart|Diagram|Table|Shape|Object|Group|"
    r"Canvas|Line|Oval|Straight Connector|Straight Arrow Connector|AutoShape|Freeform|WordArt) )?\d*"
)
_VML = "{urn:schemas-microsoft-com:vml}"
_SHAPE_ID = re.compile(r"(?:_x0000_[a-z]{1,2}\d{1,6})?")
_DECLARED = re.compile(r' xmlns:?([\w.-]*)="([^"]*)"')
_THEME_NAMES = ("", "Office", "Office Theme", "Larissa", "Office-Design", "Treaty")  # the last in our own
_NAMED = ("theme", "clrScheme", "fontScheme", "fmtScheme")
ANONYMOUS = ("removePersonalInformation", "removeDateAndTime")
"""The switches that let Word drop names and times whenever the file is saved, also those of the other side."""


def without_anonymity(settings: etree._Element) -> int:
    """Take the switches out of `settings` that let Word drop everybody's names; return how many there were."""
    found = [e for tag in ANONYMOUS for e in settings.findall(name(tag))]
    for each in found:
        settings.remove(each)
    return len(found)


@dataclass(slots=True)
class Hidden:
    """Knows which runs are hidden: by themselves, else by the styles of run and paragraph (29500-1, 17.7.3)."""

    styles: etree._Element | None
    _by_id: dict[str, etree._Element] = field(default_factory=dict)
    _known: dict[str, bool] = field(default_factory=dict)
    _default: str = ""

    def __post_init__(self) -> None:
        for style in () if self.styles is None else self.styles.iter(name("style")):
            self._by_id[style.get(name("styleId"), "")] = style
            if style.get(name("type")) == "paragraph" and style.get(name("default")) in ("1", "true", "on"):
                self._default = style.get(name("styleId"), "")

    def run(self, run: etree._Element) -> bool:
        """Whether nothing of `run` can be seen."""
        own = run.find(name("rPr"))
        said = is_on(None if own is None else own.find(_VANISH))
        if said is not None:
            return said
        character = None if own is None else own.find(name("rStyle"))
        paragraph = next(run.iterancestors(_PARAGRAPH), None)
        return self._style("" if character is None else character.get(_VAL, "")) != (
            paragraph is not None and self._of_paragraph(paragraph)
        )

    def mark(self, paragraph: etree._Element) -> bool:
        """Whether the end of `paragraph` is hidden, and is no separator of two styles in one line."""
        own = paragraph.find(f"{name('pPr')}/{name('rPr')}")
        said = None if own is None else is_on(own.find(_VANISH))
        if own is not None and is_on(own.find(name("specVanish"))):
            return False
        return self._of_paragraph(paragraph) if said is None else said

    def _of_paragraph(self, paragraph: etree._Element) -> bool:
        style = paragraph.find(f"{name('pPr')}/{name('pStyle')}")
        return self._style(self._default if style is None else style.get(_VAL, ""))

    def _style(self, style: str) -> bool:
        if style not in self._known:
            self._known[style] = False  # a style that is based on itself
            found = self._by_id.get(style)
            said = None if found is None else is_on(found.find(f"{name('rPr')}/{_VANISH}"))
            based = None if found is None else found.find(name("basedOn"))
            self._known[style] = said if said is not None else based is not None and self._style(based.get(_VAL, ""))
        return self._known[style]


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a switch such as `w:vanish` is on; None where there is none."""
    return None if element is None else element.get(_VAL, "1") not in ("0", "false", "off")


# ---------------------------------------------------------------------- before anybody is asked


def choose_forms(root: etree._Element, ledger: HandoverLedger) -> None:
    """Leave of each drawing that comes in several forms the one that Word shows; else that for older programs."""
    known = frozenset(NAMESPACES.values())
    for alternate in list(root.iter(_ALTERNATE)):
        if alternate.getparent() is None:
            continue
        shown = next((c for c in alternate if c.tag == _CHOICE and _needs(c) <= known), None)
        older = alternate.find(_FALLBACK)
        if shown is None:
            if older is None and alternate.find(f".//{name('t')}") is None:
                ledger.unknown("other-markup", "mc:AlternateContent")
                drop(alternate)
            elif older is not None:
                ledger.counts["extensions"] += 1
                _replace(alternate, older)
            continue
        for other in [e for e in alternate if e is not shown]:
            ledger.counts["older-forms"] += 1
            alternate.remove(other)


def _needs(choice: etree._Element) -> set[str]:
    return {choice.nsmap.get(prefix, prefix) for prefix in choice.get("Requires", "").split()}


def _replace(alternate: etree._Element, older: etree._Element) -> None:
    for child in list(older):
        alternate.addprevious(child)
    drop(alternate)


def _keeps_room_alone(phantom: etree._Element) -> bool:
    """Whether a part of a formula keeps room for letters that it does not show."""
    shown = phantom.find(f"{MATH}phantPr/{MATH}show")
    return shown is not None and shown.get(f"{MATH}val", "1") in ("0", "false", "off")


def leave_out_hidden(root: etree._Element, hidden: Hidden, ledger: HandoverLedger) -> None:
    """Take out hidden runs and parts of formulas, paragraphs of which nothing can be seen, and a second body."""
    phantoms = [each for each in root.iter(f"{MATH}phant") if _keeps_room_alone(each)]
    for unseen in (*root.findall(name("body"))[1:], *phantoms):  # Word shows the first body alone
        ledger.counts["hidden-text"] += 1
        drop(unseen)
    touched: dict[etree._Element, None] = {}
    for run in list(root.iter(_RUN)):
        if hidden.run(run):
            ledger.counts["hidden-text"] += any(e.tag in _SEEN or e.tag == name("instrText") for e in run)
            paragraph = next(run.iterancestors(_PARAGRAPH), None)
            if paragraph is not None:
                touched[paragraph] = None
            drop(run)
    for paragraph in touched:
        around = paragraph.getparent()
        if around is None or not hidden.mark(paragraph) or any(e.tag in _SEEN for e in paragraph.iter(etree.Element)):
            continue
        following = paragraph.getnext()
        if following is not None and following.tag == _PARAGRAPH and paragraph.find(f".//{name('sectPr')}") is None:
            _keep_marks(paragraph, following)
            around.remove(paragraph)


def _keep_marks(paragraph: etree._Element, following: etree._Element) -> None:
    """Put bookmarks of a paragraph that goes where the next one begins."""
    at = 1 if following.find(name("pPr")) is not None else 0
    for mark in [e for e in paragraph if e.tag in (name("bookmarkStart"), name("bookmarkEnd"))]:
        following.insert(at, mark)
        at += 1


def leave_out_loose_notes(
    notes: Iterable[etree._Element | None], texts: Iterable[etree._Element], ledger: HandoverLedger
) -> None:
    """Take out footnotes and endnotes that nothing refers to."""
    referred = {
        (local(e).removesuffix("Reference"), e.get(name("id")))
        for root in texts
        for e in root.iter(name("footnoteReference"), name("endnoteReference"))
    }
    for root in notes:
        for note in [] if root is None else list(root):
            if not note.get(name("type")) and (local(note), note.get(name("id"))) not in referred:
                ledger.counts["hidden-text"] += 1
                drop(note)


def show_styles(root: etree._Element, ledger: HandoverLedger) -> None:
    """Let styles and lists hide nothing: what they hid is gone. A number that was hidden stays without signs."""
    for mark in list(root.iter(_VANISH, name("specVanish"))):
        around = next(mark.iterancestors(name("style"), name("lvl"), name("docDefaults")), None)
        if (
            is_on(mark)
            and around is not None
            and (around.tag == name("docDefaults") or around.get(name("type")) == "table")
        ):
            ledger.stop("unknown-words", local(root), "a style of tables, or the default, hides words")
            continue
        if is_on(mark) and around is not None and around.tag == name("lvl"):
            for text in around.iter(name("lvlText")):
                text.set(_VAL, "")
        ledger.counts["hidden-text"] += bool(is_on(mark))
        drop(mark)


def leave_out_unused_lists(numbering: etree._Element, users: Iterable[etree._Element], ledger: HandoverLedger) -> None:
    """Take out definitions of lists that no paragraph and no style uses: their signs may be words."""
    used = {e.get(_VAL) for root in users for e in root.iter(name("numId"))}
    for own in [e for e in numbering.findall(name("num")) if e.get(name("numId")) not in used]:
        ledger.counts["unused-lists"] += 1
        drop(own)
    forms = {e.get(_VAL) for e in numbering.iter(name("abstractNumId"))}
    for form in numbering.findall(name("abstractNum")):
        linked = form.find(name("styleLink")) is not None or form.find(name("numStyleLink")) is not None
        if form.get(name("abstractNumId")) not in forms and not linked:
            ledger.counts["unused-lists"] += 1
            drop(form)


# ---------------------------------------------------------------------- bookmarks and names


def needed_bookmarks(roots: Iterable[etree._Element]) -> dict[str, str]:
    """Return the bookmarks that a field or link of the file needs, each with the name that it may bear."""
    found: dict[str, str] = {}
    for root in roots:
        codes = " ".join(code.text or "" for code in root.iter(name("instrText"), name("delInstrText")))
        codes += " ".join(field.get(name("instr"), "") for field in root.iter(name("fldSimple")))
        anchors = [e.get(name("anchor"), "") for e in root.iter(name("hyperlink"))]
        for label in filter(None, (*_FIELD_TARGET.findall(codes), *anchors)):
            says_nothing = is_mark(label) or _OWN_NAME.fullmatch(label)
            found.setdefault(label, label if says_nothing else f"_Ref{_FIRST_NAME + len(found)}")
    return found


def rename_bookmarks(root: etree._Element, needed: Mapping[str, str], ledger: HandoverLedger) -> None:
    """Take out bookmarks that nothing needs; those of other hands that are needed keep their place, not their name."""
    unwanted = set()
    for start in list(root.iter(name("bookmarkStart"))):
        label = start.get(name("name"), "")
        if label in needed:
            ledger.counts["bookmarks"] += needed[label] != label
            start.set(name("name"), needed[label])
        elif not is_mark(label):
            ledger.counts["bookmarks"] += 1
            unwanted.add(start.get(name("id")))
            drop(start)
    for end in [e for e in root.iter(name("bookmarkEnd")) if e.get(name("id")) in unwanted]:
        drop(end)

    def renamed(match: re.Match[str]) -> str:
        at = match.start(1) - match.start()
        return match[0][:at] + needed.get(match[1], match[1]) + match[0][at + len(match[1]) :]

    for code in root.iter(name("instrText"), name("delInstrText")):
        code.text = _FIELD_TARGET.sub(renamed, code.text or "")
    for simple in root.iter(name("fldSimple")):
        simple.set(name("instr"), _FIELD_TARGET.sub(renamed, simple.get(name("instr"), "")))
    for link in root.iter(name("hyperlink")):
        if anchor := link.get(name("anchor")):
            link.set(name("anchor"), needed.get(anchor, anchor))


def rename_objects(root: etree._Element, ledger: HandoverLedger) -> None:
    """Give pictures, shapes, themes and moves names that say nothing."""
    shapes: dict[str, str] = {}
    moves: dict[str, str] = {}
    for element in root.iter(etree.Element):
        tag = local(element)
        if tag in ("docPr", "cNvPr") and not _OBJECT_NAME.fullmatch(element.get("name", "")):
            element.set("name", f"Object {element.get('id', '0')}")
            ledger.counts["object-names"] += 1
        elif tag in _NAMED and element.get("name", "") not in _THEME_NAMES:
            element.set("name", "Office")
            ledger.counts["object-names"] += 1
        elif tag in ("moveFromRangeStart", "moveToRangeStart"):
            label = element.get(name("name"), "")
            element.set(name("name"), moves.setdefault(label, f"move{len(moves) + 1}"))
        elif tag == "name" and element.tag == name("name") and local(_holder(element)) in ("ffData", "abstractNum"):
            ledger.counts["controls" if local(_holder(element)) == "ffData" else "style-notes"] += 1
            drop(element)
        elif element.tag.startswith(_VML) and not _SHAPE_ID.fullmatch(own := element.get("id", "")):
            ledger.counts["object-names"] += 1
            element.set("id", shapes.setdefault(own, f"_x0000_i{2000 + len(shapes)}"))
    for element in root.iter(etree.Element):
        for key in ("type", "ShapeID"):
            if (wanted := element.get(key, "").removeprefix("#")) in shapes:
                element.set(key, ("#" if key == "type" else "") + shapes[wanted])


def _holder(element: etree._Element) -> etree._Element:
    found = element.getparent()
    return element if found is None else found


def rename_authors(root: etree._Element, sides: Mapping[str, str], ledger: HandoverLedger) -> None:
    """Let tracked changes bear the names of sides, and no times."""
    for element in [e for e in root.iter(etree.Element) if name("author") in e.attrib]:
        was = element.get(name("author"), "")
        element.set(name("author"), sides.get(was, was))
        dated = element.attrib.pop(name("date"), "")
        ledger.counts["author-names"] += bool(dated) or sides.get(was, was) != was


# ---------------------------------------------------------------------- the allowlist


@dataclass(slots=True)
class Sweep:
    """Leaves in trees only what the allowlist knows."""

    ledger: HandoverLedger
    places: PlacesInPart

    def clean(self, root: etree._Element) -> None:
        """Leave in `root` what is known alone."""
        if root.tag not in elements():
            self.ledger.stop("unknown-words", "", f"a part that begins with {short(str(root.tag))}")
        self._attributes(root)
        self._children(root)

    def _children(self, parent: etree._Element) -> None:
        rule = elements().get(parent.tag)
        if (rule is None or not rule.text) and parent.text and parent.text.strip():
            self.ledger.unknown("other-markup", f"words between elements of {short(parent.tag)}")
            parent.text = None
        todo = list(parent)[::-1]
        while todo:
            child = todo.pop()
            if child.tail and child.tail.strip():
                self.ledger.unknown("other-markup", f"words between elements of {short(parent.tag)}")
            if child.tail and (child.tail.strip() or not child.tail.isspace()):
                child.tail = None
            if child.tag in elements():
                if self._attributes(child) and len(child) == 0 and not child.text:
                    parent.remove(child)
                else:
                    self._children(child)
                    _drop_if_bare(child)
                continue
            todo += reversed(self._unknown(parent, child))

    def _unknown(self, parent: etree._Element, child: etree._Element) -> Sequence[etree._Element]:
        """Leave out an element that is not to go; return those that it held and that stay in its place."""
        known = left_out().get(child.tag)
        if known is not None:
            self.ledger.counts[known.kind] += bool(known.kind)
            if known.unwrap:
                inside = [e for e in child if not e.tag.endswith("Pr")]
                unwrap(child, [e.tag for e in child if e.tag.endswith("Pr")])
                return inside
            parent.remove(child)
            _drop_if_bare(parent)
            return ()
        drawn = parent.tag == full("a:graphicData")
        if child.tag in _ELSEWHERE or drawn or any((t.text or t.tag == name("sym")) for t in child.iter(*_TEXTS)):
            self.ledger.stop("unknown-words", self.places.of(child), f"the element {short(child.tag)}")
            return ()
        kind = "sessions" if _SESSION.search(local(child)) else "other-markup"
        if kind == "sessions":
            self.ledger.counts[kind] += 1
        else:
            self.ledger.unknown(kind, short(child.tag))
        parent.remove(child)
        return ()

    def _attributes(self, element: etree._Element) -> bool:
        """Leave out attributes and values that are not known; return whether nothing that says anything is left."""
        rule = elements().get(element.tag)
        allowed = {} if rule is None else rule.attributes
        told = False
        for key, value in element.attrib.items():
            kind = allowed.get(str(key))
            if kind == "rel" or (kind is not None and may_say(kind, str(value))):
                continue
            del element.attrib[key]
            told = told or key == _VAL
            self._tell_attribute(element, str(key), is_known=kind is not None)
        return told and not element.attrib

    def _tell_attribute(self, element: etree._Element, key: str, *, is_known: bool) -> None:
        known = left_out().get(key)
        if known is not None and not is_known:
            self.ledger.counts[known.kind] += bool(known.kind)
        elif _SESSION.search(key):
            self.ledger.counts["sessions"] += 1
        elif not key.startswith(_MC):
            what = "a value of" if is_known else "the attribute"
            self.ledger.unknown("other-markup", f"{what} {short(key)} of {short(element.tag)}")


def _drop_if_bare(element: etree._Element) -> None:
    """Remove a run, or an extension of a drawing, in which nothing is left."""
    if element.tag == _RUN:
        is_bare = len(element) > 0 and all(e.tag == name("rPr") for e in element)
    else:
        is_bare = len(element) == 0 and (element.tag == full("dgm:extLst") or "uri" in element.attrib)
    if is_bare:
        drop(element)


def serialised(root: etree._Element) -> bytes:
    """Return a cleaned tree as a part, each namespace under its usual prefix, none that is not used."""
    needed = {prefix for choice in root.iter(_CHOICE) for prefix in choice.get("Requires", "").split()}
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(needed))
    declared = _declared(root)
    if any(NAMESPACES.get(prefix) != uri for prefix, uri in declared):
        root = _usual_prefixes(root, {uri for _, uri in declared})
    ignorable = [prefix for prefix in _IGNORABLE if NAMESPACES[prefix] in {uri for _, uri in declared}]
    if ignorable:
        top = {prefix: NAMESPACES[prefix] for prefix in ("mc", *ignorable)}
        etree.cleanup_namespaces(root, top_nsmap=top, keep_ns_prefixes=[*needed, *top])
        root.set(f"{_MC}Ignorable", " ".join(ignorable))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declared(root: etree._Element) -> set[tuple[str, str]]:
    return set(_DECLARED.findall(etree.tostring(root, encoding="unicode")))


def _usual_prefixes(root: etree._Element, used: Collection[str]) -> etree._Element:
    """Return `root` anew, the namespaces that are `used` under their usual prefixes."""
    prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
    for choice in root.iter(_CHOICE):
        choice.set("Requires", " ".join(sorted(prefixes[uri] for uri in _needs(choice))))
    made = etree.Element(root.tag, root.attrib, nsmap={prefixes[uri]: uri for uri in used if uri in prefixes})  # type: ignore[arg-type]
    made.text = root.text
    made.extend(list(root))
    etree.cleanup_namespaces(made, keep_ns_prefixes=[prefixes[uri] for uri in used if uri in prefixes])
    return made


def leave_tracking(settings: etree._Element, ledger: HandoverLedger, *, tracking: bool) -> None:
    """Take out the switch that tracks changes, unless changes are kept: `tracking`."""
    for switch in [] if tracking else settings.findall(name("trackRevisions")):
        ledger.counts["tracking"] += 1
        drop(switch)


def anonymise(settings: etree._Element) -> None:
    """Write that Word is to drop names and times whenever the file is saved."""
    for tag in ANONYMOUS:
        insert(settings, make(tag))
