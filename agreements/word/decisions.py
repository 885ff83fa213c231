"""What a Word file tells beside its text, by kinds, and what of it only a person can decide, with a switch for each.

`data/handover_kinds.csv` has the kinds in the order in which they are told: what *goes* is left out of a copy, what
*asks* waits for a decision, what *stops* lets no copy be made.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal

from lxml import etree

from agreements.errors import AgreementsError
from agreements.ooxml.package import Package, Relationship
from agreements.ooxml.schema import local, name
from agreements.ooxml.unseen import is_faint, is_unseen_row
from agreements.ooxml.xml import figure
from agreements.resources import data
from agreements.word.pictures import format_of, is_cleanable

HandoverFate = Literal["asks", "stops", "goes"]
HandoverChoice = Literal["", "allow", "remove"]

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SHOWN = 60  # characters of a thing that are told
_OWN_CAPTIONS = ("Signatures", "The text in two languages side by side")  # of the tables of our own drafts

# Fields whose result follows from the text, with what may stand in their instructions.
_SWITCHES = r"(?:\s+\\[*#@!a-z](?:\s+(?:\"[^\"]{0,60}\"|[\w.-]{1,40}))?)*"
_PLAIN_FIELD = re.compile(
    rf"\s*(?:(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|AUTONUM|AUTONUMLGL|AUTONUMOUT|DATE|TIME|FORMTEXT|FORMCHECKBOX|"
    rf"FORMDROPDOWN|TOC|INDEX|TOA|HYPERLINK|LISTNUM(?:\s+\w{{1,40}})?){_SWITCHES}|"
    rf"(?:REF|PAGEREF|NOTEREF|SEQ|STYLEREF)\s+(?:\"[^\"]{{1,60}}\"|[\w.-]{{1,60}}){_SWITCHES}|"
    r"HYPERLINK\s+\\l\s+(?:\"[^\"]{1,60}\"|[\w.-]{1,60})(?:\s+\\[a-z])*|"
    r"EQ\b[^\"]{0,400}|(?:SYMBOL|ADVANCE|=)[^A-Za-z]{0,200}(?:SUM\((?:ABOVE|LEFT|BELOW|RIGHT)\))?[^A-Za-z]{0,60}|"
    rf"[_A-Za-z]\w{{0,39}}{_SWITCHES}(?<=\\h))\s*",
    re.IGNORECASE,
)
_LINK_FIELD = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*\"?([^\"\s]{1,2000})", re.IGNORECASE)
_LOCAL_LINK = re.compile(r"\s*HYPERLINK\s+\\l\b", re.IGNORECASE)
_CONDITION = re.compile(r"\s*IF\b", re.IGNORECASE)
_SHOWS_ITSELF = re.compile(r"\s*(?:MACROBUTTON|GOTOBUTTON|EQ|AUTONUM\w*|LISTNUM|SYMBOL)\b", re.IGNORECASE)


# ---------------------------------------------------------------------- kinds and what was found


@dataclass(frozen=True, slots=True)
class HandoverKind:
    """A kind of thing that a file may tell beside its text: its `fate`, a `short` name (empty: only told when found).

    `major` kinds are those that people know by name: a line of what was not found names them alone. `what` names it in
    full; `remove` and `allow` say what the switches do, empty where there is no such switch.
    """

    kind: str
    fate: HandoverFate
    short: str
    major: str
    what: str
    remove: str
    allow: str


@cache
def handover_kinds() -> Mapping[str, HandoverKind]:
    """Return the kinds by their names, in the order in which they are told."""
    with data("handover_kinds.csv").open(encoding="utf-8", newline="") as lines:
        return {row["kind"]: HandoverKind(**row) for row in csv.DictReader(lines)}  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One thing of a kind: its number among them, where it stands, what it is, and what a person chose for it."""

    number: int
    where: str
    what: str
    choice: HandoverChoice = ""

    def as_json(self) -> dict[str, Any]:
        """Return the JSON shape of the thing."""
        return {"number": self.number, "where": self.where, "what": self.what, "choice": self.choice}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a kind: how many, and each of them where a person decides or has to know (comments)."""

    kind: HandoverKind
    count: int
    items: tuple[HandoverItem, ...] = ()

    @property
    def open(self) -> tuple[HandoverItem, ...]:
        """The things that wait for a decision."""
        return tuple(item for item in self.items if self.kind.fate != "goes" and not item.choice)

    def as_json(self) -> dict[str, Any]:
        """Return the JSON shape: the kind, its fate, the number, and the things one by one."""
        row = {"kind": self.kind.kind, "fate": self.kind.fate, "what": self.kind.what, "count": self.count}
        return row | ({"items": [item.as_json() for item in self.items]} if self.items else {})


@dataclass(slots=True)
class HandoverChoices:
    """What a person chose: for a kind, or for single things of it by their numbers."""

    chosen: dict[tuple[str, int], HandoverChoice] = field(default_factory=dict)  # number 0: all of the kind

    @classmethod
    def of(cls, allow: Iterable[str] = (), remove: Iterable[str] = ()) -> "HandoverChoices":
        """Return the choices written as `links` or `links=1,3`.

        Raises `AgreementsError` for an unknown kind, for one that has no such switch, and for what is no number.
        """
        made = cls()
        for written, choice in [*((each, "allow") for each in allow), *((each, "remove") for each in remove)]:
            kind, equals, numbers = written.partition("=")
            _check_kind(kind, choice)
            for number in numbers.split(",") if equals else ["0"]:
                if not number.strip().isdigit():
                    raise AgreementsError(
                        f"{number.strip() or 'Nothing'!r} is no number of a thing.", hint=f"Say {kind}=1 or {kind}=1,3."
                    )
                made.chosen[kind, int(number)] = "allow" if choice == "allow" else "remove"
        return made

    def for_item(self, kind: str, number: int) -> HandoverChoice:
        """Return what was chosen for the thing, empty for nothing."""
        return self.chosen.get((kind, number)) or self.chosen.get((kind, 0), "")


def _check_kind(kind: str, choice: str) -> None:
    known = [k.kind for k in handover_kinds().values() if k.fate == "asks" and (k.remove or k.allow)]
    if kind not in known:
        near = get_close_matches(kind, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(known)}."
        raise AgreementsError(f"There is no {shortened(kind) or 'such thing'} to {choice}.", hint=hint)
    if not getattr(handover_kinds()[kind], choice):
        raise AgreementsError(
            f"The program cannot {choice} {handover_kinds()[kind].what}.", hint="Take it out in Word, or allow it."
        )


@dataclass(slots=True)
class HandoverLedger:
    """What is found on the way: things of each kind that are left out, and those that a person decides."""

    choices: HandoverChoices = field(default_factory=HandoverChoices)
    counts: Counter[str] = field(default_factory=Counter)
    items: dict[str, list[HandoverItem]] = field(default_factory=dict)
    markup: Counter[str] = field(default_factory=Counter)  # names of what is not known

    def ask(
        self, kind: str, where: str, what: str, *, removable: bool = True, allowable: bool = True
    ) -> HandoverChoice:
        """Note a thing that a person decides; return the decision, empty where there is none.

        What is not `removable` can only be let go, what is not `allowable` only be removed; else it stays open.
        """
        held = self.items.setdefault(kind, [])
        choice = self.choices.for_item(kind, len(held) + 1)
        if (choice == "remove" and not removable) or (choice == "allow" and not allowable):
            choice = ""
        held.append(HandoverItem(len(held) + 1, where, shortened(what), choice))
        return choice

    def stop(self, kind: str, where: str, what: str, choice: HandoverChoice = "") -> None:
        """Note something for which no copy can be made, unless a `choice` was made elsewhere."""
        held = self.items.setdefault(kind, [])
        held.append(HandoverItem(len(held) + 1, where, shortened(what), choice))

    def unknown(self, kind: str, what: str, count: int = 1) -> None:
        """Note something that is left out since it is not known."""
        self.counts[kind] += count
        self.markup[f"{kind} {what}"] += count

    def found(self) -> tuple[Found, ...]:
        """Return all that was found, in the order of the kinds."""
        made = []
        for kind in handover_kinds().values():
            names = [k.removeprefix(f"{kind.kind} ") for k in self.markup if k.partition(" ")[0] == kind.kind]
            items = self.items.get(kind.kind) or [HandoverItem(n, "", each) for n, each in enumerate(sorted(names), 1)]
            count = self.counts[kind.kind] or (len(items) if kind.fate != "goes" else 0)
            if count:
                made.append(Found(kind, count, tuple(items)))
        return tuple(made)


def shortened(text: str, most: int = _SHOWN) -> str:
    """Return `text` on one line, cut where it has more than `most` characters."""
    said = " ".join(text.split())
    return said if len(said) <= most else said[: most - 1] + "…"


# ---------------------------------------------------------------------- places and fields


class PlacesInPart:
    """Says where an element stands, in words: `paragraph 12`, `header 1`, `footnote 2`."""

    def __init__(self, label: str, root: etree._Element) -> None:
        self._label, self._root = label, root
        self._numbers: dict[etree._Element, int] = {}

    def of(self, element: etree._Element) -> str:
        """Return the place of `element`."""
        around = [element, *element.iterancestors()]
        for kind in ("footnote", "endnote"):
            if (note := next((e for e in around if e.tag == name(kind)), None)) is not None:
                return f"{kind} {note.get(name('id'), '')}"
        if self._label:
            return self._label
        if not self._numbers:
            self._numbers = {p: n for n, p in enumerate(self._root.iter(name("p")), 1)}
        paragraph = next((e for e in around if e in self._numbers), None)
        if paragraph is None:
            paragraph = next(element.iter(name("p")), None)
        return "" if paragraph is None else f"paragraph {self._numbers.get(paragraph, 0)}"


@dataclass(slots=True, eq=False)
class FieldFound:
    """A field: its instruction, its marks where it is written in runs, and itself where it is `w:fldSimple`."""

    code: str = ""
    begin: etree._Element | None = None
    separate: etree._Element | None = None
    end: etree._Element | None = None
    simple: etree._Element | None = None


_MARK, _CODES, _SIMPLE = name("fldChar"), (name("instrText"), name("delInstrText")), name("fldSimple")


def fields(root: etree._Element) -> list[FieldFound]:
    """Return the fields under `root`, in the order in which they begin."""
    found: list[FieldFound] = []
    open_: list[FieldFound] = []
    for element in root.iter(_MARK, *_CODES, _SIMPLE):
        if element.tag == _SIMPLE:
            found.append(FieldFound(element.get(name("instr"), ""), simple=element))
        elif element.tag in _CODES:
            if open_ and open_[-1].separate is None:
                open_[-1].code += element.text or ""
        elif (mark := element.get(name("fldCharType"))) == "begin":
            open_.append(FieldFound(begin=element))
            found.append(open_[-1])
        elif open_ and mark == "separate":
            open_[-1].separate = element
        elif open_ and mark == "end":
            open_.pop().end = element
    return found


def make_plain(root: etree._Element, going: Collection[FieldFound]) -> None:
    """Take fields away and leave the words that they show."""
    marks = {m: f for f in going for m in (f.begin, f.separate, f.end) if m is not None}
    inside: list[FieldFound] = []  # fields whose instruction is being read
    leaving: list[etree._Element] = []
    for child in list(root.iter(etree.Element)) if marks else ():
        field_ = marks.get(child)
        if field_ is not None:
            leaving.append(child)
            if child is field_.begin:
                inside.append(field_)
            elif field_ in inside:
                inside.remove(field_)
        elif inside and child.getparent() is not None and local(child.getparent()) == "r" and local(child) != "rPr":  # type: ignore[arg-type]
            leaving.append(child)
    for child in leaving:
        run = child.getparent()
        drop(child)
        if run is not None and all(local(e) == "rPr" for e in run):
            drop(run)
    for field_ in going:
        if field_.simple is not None:
            unwrap(field_.simple)


def drop(element: etree._Element) -> None:
    """Remove `element` from its parent."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element, leaving: Collection[str] = ()) -> None:
    """Put what `element` holds in its place; children whose tags are `leaving` go with it."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in [e for e in element if e.tag not in leaving]:
        parent.insert(at, child)
        at += 1
    parent.remove(element)


# ---------------------------------------------------------------------- what a person decides


class Asking:
    """Goes through the parts of a file that go out and notes what a person has to decide; does what was decided."""

    def __init__(self, package: Package, ledger: HandoverLedger) -> None:
        self._package, self._ledger = package, ledger

    def ask(self, path: str, root: etree._Element, places: PlacesInPart) -> None:
        """Ask about all that stands in the part at `path`, and take out what is to be removed."""
        self._links(path, root, places)
        self._fields(root, places)
        self._alternative_text(root, places)
        self._entries(root, places)
        self._pictures(path, root, places)
        self._embedded(path, root, places)

    def _relation(self, path: str, element: etree._Element, key: str) -> Relationship | None:
        identifier = element.get(key)
        return self._package.relationship(identifier, of=path) if identifier else None

    def _links(self, path: str, root: etree._Element, places: PlacesInPart) -> None:
        for link in list(root.iter(name("hyperlink"))):
            relation = self._relation(path, link, f"{R}id")
            if relation and relation.external and not relation.target.startswith("#"):
                if self._ledger.ask("links", places.of(link), relation.target) == "remove":
                    unwrap(link)
            elif relation and relation.external:
                link.set(name("anchor"), relation.target[1:])
                del link.attrib[f"{R}id"]
        for link in [*root.iter(f"{A}hlinkClick"), *root.iter(f"{A}hlinkHover")]:
            relation = self._relation(path, link, f"{R}id")
            target = relation.target if relation else link.get("action", "")
            if target and self._ledger.ask("links", places.of(link), target) != "remove":
                continue
            drop(link)
        for shape in [e for e in root.iter(etree.Element) if e.tag.startswith(V) and "href" in e.attrib]:
            self._ledger.ask("links", places.of(shape), shape.get("href", ""), allowable=False)
            del shape.attrib["href"]

    def _fields(self, root: etree._Element, places: PlacesInPart) -> None:
        going = []
        for found in fields(root):
            element = found.begin if found.simple is None else found.simple
            code = " ".join(found.code.split())
            if element is None or not code or _PLAIN_FIELD.fullmatch(code):
                continue
            link = None if _LOCAL_LINK.match(code) else _LINK_FIELD.match(code)
            kind = "links" if link else "if-fields" if _CONDITION.match(code) else "fields"
            removable = found.simple is not None or found.separate is not None or not _SHOWS_ITSELF.match(code)
            what = link[1] if link else code
            if self._ledger.ask(kind, places.of(element), what, removable=removable) == "remove":
                going.append(found)
        make_plain(root, going)

    def _alternative_text(self, root: etree._Element, places: PlacesInPart) -> None:
        asked: dict[etree._Element, list[tuple[etree._Element, str]]] = {}  # by the drawing that they stand for
        for element in root.iter(etree.Element):
            keys: tuple[str, ...] = ("alt",) if element.tag.startswith(V) else ()
            for key in _ALTERNATIVES.get(local(element), keys):
                if (words := element.get(key, "").strip()) and words not in _OWN_CAPTIONS:
                    drawing = next(element.iterancestors(*_DRAWINGS), element)
                    asked.setdefault(drawing, []).append((element, key))
        for drawing, texts in asked.items():
            words = " / ".join(dict.fromkeys(element.get(key, "").strip() for element, key in texts))
            if self._ledger.ask("alt-text", places.of(drawing), words) == "remove":
                for element, key in texts:
                    element.attrib.pop(key, "")
        for tag in ("tblCaption", "tblDescription"):
            for empty in [e for e in root.iter(name(tag)) if not e.get(name("val"))]:
                drop(empty)

    def _entries(self, root: etree._Element, places: PlacesInPart) -> None:
        for box in [e for tag in ("dropDownList", "comboBox") for e in root.iter(name(tag))]:
            control = next(box.iterancestors(name("sdt")), None)
            words_shown = "" if control is None else "".join(t.text or "" for t in control.iter(name("t"))).strip()
            for entry in list(box.iter(name("listItem"))):
                words = [entry.get(name(key), "") for key in ("displayText", "value")]
                if any(word and word != words_shown for word in words):
                    self._entry(entry, " = ".join(dict.fromkeys(filter(None, words))), places, box)
        for box in list(root.iter(name("ddList"))):
            chosen = box.find(name("result"))
            number = 0 if chosen is None else int(figure(chosen.get(name("val"), "0")))
            entries = box.findall(name("listEntry"))
            shown = entries[number] if 0 <= number < len(entries) else None
            for entry in [e for e in entries if e is not shown]:
                self._entry(entry, entry.get(name("val"), ""), places, box)
            if chosen is not None and shown is not None:
                chosen.set(name("val"), str(box.findall(name("listEntry")).index(shown)))

    def _entry(self, entry: etree._Element, words: str, places: PlacesInPart, box: etree._Element) -> None:
        if self._ledger.ask("list-entries", places.of(box), words) == "remove":
            drop(entry)

    def _pictures(self, path: str, root: etree._Element, places: PlacesInPart) -> None:
        for element in root.iter(f"{A}blip", f"{V}imagedata", f"{V}fill", f"{V}stroke"):
            outside = self._relation(path, element, f"{R}link") or self._relation(path, element, f"{R}href")
            if outside and outside.external:
                held = bool(element.get(f"{R}embed") or element.get(f"{R}id"))
                if self._ledger.ask("links", places.of(element), outside.target, removable=held) == "remove":
                    element.attrib.pop(f"{R}link", "")
                    element.attrib.pop(f"{R}href", "")
            relation = self._relation(path, element, f"{R}embed") or self._relation(path, element, f"{R}id")
            if relation is None or relation.external:
                continue
            picture = self._package.data(relation.target) or b""
            if not is_cleanable(picture):
                self._ledger.ask("pictures", places.of(element), f"a picture as {format_of(picture)[0].upper()}")
            if _is_cropped(element):
                self._ledger.ask("cropped", places.of(element), "a picture that is cut")

    def _embedded(self, path: str, root: etree._Element, places: PlacesInPart) -> None:
        for element in list(root.iter(f"{O}OLEObject", f"{CHART}externalData")):
            what = f"object of {element.get('ProgID', 'another program')}"
            if element.tag == f"{CHART}externalData":
                what = "the workbook behind a chart"
            relation = self._relation(path, element, f"{R}id")
            if relation and relation.external:
                what += f", at {relation.target}"
            if self._ledger.ask("embedded", places.of(element), what) != "remove":
                continue
            around = element.getparent()
            drop(element)
            if around is not None and around.tag == name("object"):
                around.tag = name("pict")
                around.attrib.clear()


_DRAWINGS = (name("drawing"), name("pict"), name("object"), name("tblPr"))
_ALTERNATIVES = {
    "docPr": ("title", "descr"),
    "cNvPr": ("title", "descr"),
    "tblCaption": (name("val"),),
    "tblDescription": (name("val"),),
}


def _is_cropped(blip: etree._Element) -> bool:
    """Whether a part of the picture is cut off from view, by more than a hair."""
    fill = blip.getparent()
    cut = None if fill is None else fill.find(f"{A}srcRect")
    sides = [] if cut is None else [cut.get(side, "0").rstrip("%") for side in "ltrb"]
    old = (
        [blip.get(f"crop{side}", "0") for side in ("left", "top", "right", "bottom")] if blip.tag[1:4] == "urn" else []
    )
    return any(figure(side) > _HAIR for side in sides) or any(figure(side.rstrip("f")) > _HAIR for side in old)


_HAIR = 1000  # thousandths of a percent: one percent of a side


# ---------------------------------------------------------------------- type that nobody sees


def unseen(
    roots: Iterable[tuple[etree._Element, PlacesInPart]],
    ledger: HandoverLedger,
    hidden: Callable[[etree._Element], bool],
) -> Counter[str]:
    """Ask about rows and words that cannot be seen; return the words that were taken out, by their number.

    `hidden` says of a run that it is hidden text, which goes in any case.
    """
    gone: Counter[str] = Counter()
    for root, places in roots:
        for row in [r for r in root.iter(name("tr")) if is_unseen_row(r)]:
            words = _words(row)
            if words and ledger.ask("hidden-rows", places.of(row), " ".join(words)) == "remove":
                gone.update(words)
                drop(row)
        for kind, runs in _faint(root, hidden):
            words = [word for run in runs for word in _words(run)]
            if ledger.ask(kind, places.of(runs[0]), " ".join(words)) == "remove":
                gone.update(words)
                for run in runs:
                    drop(run)
    return gone


def _words(element: etree._Element) -> list[str]:
    return "".join(t.text or "" for t in element.iter(name("t"))).split()


def _faint(
    root: etree._Element, hidden: Callable[[etree._Element], bool]
) -> Iterator[tuple[str, list[etree._Element]]]:
    """Yield runs of one paragraph that follow on each other and cannot be read."""
    for paragraph in root.iter(name("p")):
        runs: list[etree._Element] = []
        for run in [*paragraph.iter(name("r"))]:
            unread = is_faint(run)
            if (unread or runs) and (hidden(run) or not _words(run)):
                continue
            if unread:
                runs.append(run)
            elif runs:
                yield "faint-type", runs
                runs = []
        if runs:
            yield "faint-type", runs
