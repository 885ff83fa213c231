"""A Word file flattened: all that its raw XML says, paragraph by paragraph, as its tracked changes are taken.

This is the second pair of eyes: what a redline, an answer, a review or a hand-over claims is held against it. So it
shares nothing with the code that made the claim: it stands on raw parts of its own (`raw_package`), goes through every
element whatever its name (`agreements.ooxml.walk` goes through those it knows), and settles tracked
changes by itself while it goes. What it meets and does not know it says too.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from agreements.ooxml.numbering import ListCounter
from agreements.ooxml.schema import W, child_of
from agreements.ooxml.stylesheet import Stylesheet, aligned
from agreements.ooxml.unseen import is_faint, is_unseen_look
from agreements.word.raw_package import RawPackage

Taken = Callable[[etree._Element], bool]
"""Says of a tracked change whether it is taken as accepted (else as rejected)."""

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CHART_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_OLD_NAMING = "{urn:schemas-microsoft-com:office:office}relid"
_KNOWN_TO_WORD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_SHOWN = 60  # characters of a paragraph that name it as the target of a reference
NOTE_LINES = " / "  # between the paragraphs of a note, among the words that it stands in
_TARGET = re.compile("\x01([^\x01\x02]*)\x02")
_REFERRING = re.compile(r"^(?:REF|PAGEREF|NOTEREF|GOTOBUTTON|HYPERLINK\s+\\l)\s+\"?([^\s\"]+)\"?", re.IGNORECASE)


def _w(tags: str) -> frozenset[str]:
    return frozenset(f"{{{W}}}{tag}" for tag in tags.split())


_P, _R_, _TBL, _TR, _TC, _BOX, _T = (f"{{{W}}}{tag}" for tag in ("p", "r", "tbl", "tr", "tc", "txbxContent", "t"))
_PPR, _RPR, _ID, _VAL, _LOOK_CHANGE = (f"{{{W}}}{tag}" for tag in ("pPr", "rPr", "id", "val", "rPrChange"))
_ADDED = _w("ins moveTo") | {f"{_W14}conflictIns"}
_TAKEN_OUT = _w("del moveFrom") | {f"{_W14}conflictDel"}
_COMES, _GOES = _ADDED | _w("cellIns"), _TAKEN_OUT | _w("cellDel")
_TEXT = _w("t delText")
_CODES = _w("instrText delInstrText")
_SIGNS_OF = {
    f"{{{W}}}{tag}": said
    for tag, said in {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}.items()
}
_OBJECTS = _w("drawing pict object contentPart")
_SILENT = _w(  # properties, and marks that say nothing of their own
    "pPr rPr sdtPr sdtEndPr smartTagPr customXmlPr tblPr tblPrEx tblGrid trPr tcPr sectPr rubyPr proofErr permStart "
    "permEnd lastRenderedPageBreak bookmarkEnd commentRangeStart commentRangeEnd commentReference annotationRef "
    "footnoteRef endnoteRef separator continuationSeparator softHyphen moveFromRangeStart moveFromRangeEnd "
    "moveToRangeStart moveToRangeEnd customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart "
    "customXmlDelRangeEnd customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart "
    "customXmlMoveToRangeEnd"
) | {f"{_W14}customXmlConflict{kind}Range{end}" for kind in ("Ins", "Del") for end in ("Start", "End")}
_LOOKS = _w("b i u strike dstrike caps smallCaps vanish webHidden vertAlign highlight rStyle")
_TOGGLES = ("b", "i", "strike", "dstrike", "caps", "smallCaps", "vanish")
_OF_CONTENTS = ("rStyle", "webHidden")
_LINKS_OF_CONTENTS = ("hyperlink", "index link", "internet link")
_CONTENTS = re.compile(r"(?:toc|contents) (?:heading|[1-9])")
_OFF = ("0", "false", "off", "none")
_LAYOUT = _w("pgSz pgMar cols type titlePg pgNumType lnNumType textDirection footnotePr endnotePr")

_USUAL = {  # what is so where a section does not say it
    "pgSz": {"orient": "portrait"},
    "pgMar": {"gutter": "0"},
    "cols": {"num": "1", "equalWidth": "1", "sep": "0"},
    "type": {"val": "nextPage"},
    "titlePg": {"val": "0"},
    "pgNumType": {"fmt": "decimal"},
    "textDirection": {"val": "lrTb"},
    "footnotePr": {"numFmt": "decimal", "numStart": "1", "numRestart": "continuous", "pos": "pageBottom"},
    "endnotePr": {"numFmt": "lowerRoman", "numStart": "1", "numRestart": "continuous", "pos": "docEnd"},
}

ShownHeader = tuple[int, str, str]
"""Section from 0, `header` or `footer`, and the pages it stands on: default, first, even."""


@dataclass(slots=True)
class FlatParagraph:
    """What a paragraph says: `words` alone; `held` with a sign for each object, link, code and note among them.

    `number` is what its list shows before it, `look` its style and the emphasis of its words, `element` the paragraph
    in the tree that was flattened (the last one where several run on into each other).
    """

    words: str
    held: str
    number: str
    look: str
    element: etree._Element


@dataclass(slots=True)
class FlatFile:
    """All that a Word file says. Paragraphs of which nothing is said are left out.

    `stories` are `body`, `boxes`, `old forms` (branches for older programs), `loose notes` (that nothing refers to) and
    `lines before notes`, `headers` those of each place that is shown, `hidden_headers` the others. `rows` are the
    shapes of table rows, and whether they are seen, `comments` author, words, whether settled, and words of the comment
    answered; `sections` the page of each section; `others` the parts of other kinds, by their hashes; `alternative` the
    texts that stand for pictures.
    """

    stories: dict[str, list[FlatParagraph]] = field(default_factory=dict)
    headers: dict[ShownHeader, list[FlatParagraph]] = field(default_factory=dict)
    hidden_headers: dict[str, list[FlatParagraph]] = field(default_factory=dict)
    rows: list[str] = field(default_factory=list)
    comments: Counter[tuple[str, str, bool, str]] = field(default_factory=Counter)
    sections: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    alternative: list[str] = field(default_factory=list)


def flattened(file: RawPackage, taken: Taken, *, shown: bool = False) -> FlatFile:
    """Return all that a file says with its tracked changes settled as `taken` says.

    `shown`: what a reader sees alone. Hidden words are left out, a drawing is a sign among the words, and those of
    charts and diagrams are a story of their own.
    """
    return _Flattening(file, taken, shown=shown).made()


def shown_lines(content: bytes, taken: Taken | None = None) -> list[str]:
    """Return the lines that a Word file shows, each with its number: text, notes, boxes, headers, charts.

    `taken` says how tracked changes are settled (None: words that were taken out stand there too). A drawing is a sign.
    """
    flat = flattened(RawPackage(content), taken or _marked, shown=True)
    told = [flat.stories.get(story, []) for story in ("body", "boxes", "charts")]
    told += [*flat.headers.values(), *flat.hidden_headers.values()]
    lines = (f"{each.number} {each.words}".split() for story in told for each in story)
    return [" ".join(line) for line in lines if line]


def _marked(change: etree._Element) -> bool:
    """Take a change so that what it took out stands beside what it put in."""
    return change.tag not in _GOES


@dataclass(slots=True)
class _Saying:
    """What has been said of the paragraph at hand."""

    words: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    looks: list[tuple[str, int]] = field(default_factory=list)
    link: str = ""
    last: etree._Element | None = None
    hides: bool = False


class _Flattening:
    """One way through a file."""

    def __init__(self, file: RawPackage, taken: Taken, *, shown: bool) -> None:
        self._file, self._taken, self._shown = file, taken, shown
        self._flat = FlatFile()
        numbering, styles = (file.tree(file.first(kind)) for kind in ("numbering", "styles"))
        self._new_counter = partial(ListCounter, numbering, styles)
        self._counters: dict[str, ListCounter] = {}
        self._looks = Stylesheet(styles)
        self._styles_hide = styles is not None and styles.find(f".//{{{W}}}vanish") is not None
        self._style_names = _style_names(styles)
        self._path, self._story = file.main, "body"
        self._paragraphs: list[FlatParagraph] = []
        self._saying = _Saying()
        self._link = self._look = ""
        self._codes: list[list[str]] = []  # instructions of the fields that are open
        self._results: list[bool] = []  # and whether their results have begun
        self._bookmarks: dict[str, tuple[list[FlatParagraph], int]] = {}
        self._notes = {kind: _by_id(file.tree(file.first(f"{kind}s")), kind) for kind in ("footnote", "endnote")}
        self._referred: set[tuple[str, str]] = set()
        self._within: set[tuple[str, str]] = set()

    def made(self) -> FlatFile:
        flat, file = self._flat, self._file
        root = file.tree(file.main)
        bodies = [] if root is None else root.findall(f"{{{W}}}body")
        for body in bodies[:1]:
            self._container(body)
        flat.stories["body"] = self._paragraphs
        self._story = "old forms"
        for body in bodies[1:]:  # Word shows the first
            flat.stories.setdefault("old forms", []).extend(self._part(body, file.main))
        self._headers(root)
        self._story = "loose notes"
        for kind, notes in self._notes.items():
            for identifier, note in notes.items():
                if (kind, identifier) not in self._referred:
                    place = "lines before notes" if note.get(f"{{{W}}}type") else "loose notes"
                    flat.stories.setdefault(place, []).extend(self._part(note, file.first(f"{kind}s")))
        flat.comments = self._comments()
        flat.others = file.others()
        for told in (*flat.stories.values(), *flat.headers.values(), *flat.hidden_headers.values()):
            self._name_targets(told)
        return flat

    def _part(self, root: etree._Element, path: str) -> list[FlatParagraph]:
        """Return the paragraphs of a header or note, which names its relations in the part at `path`."""
        kept = self._path, self._paragraphs, self._saying, self._link, self._look, self._codes, self._results
        self._path, self._paragraphs, self._saying, self._codes, self._results = path, [], _Saying(), [], []
        self._link = self._look = ""
        self._container(root)
        made = self._paragraphs
        self._path, self._paragraphs, self._saying, self._link, self._look, self._codes, self._results = kept
        return made

    # ------------------------------------------------------------------ elements

    def _container(self, container: etree._Element) -> None:
        """Say all that stands in a body, cell, box, note or header, and end what is open at its end."""
        self._inside(container)
        self._end_open()

    def _inside(self, container: etree._Element) -> None:
        for child in container:
            tag = child.tag
            if tag == _P:
                self._paragraph(child)
            elif tag == _R_:
                self._run(child)
            elif tag in _SILENT:
                continue
            else:
                self._other(child, tag)

    def _other(self, child: etree._Element, tag: str) -> None:
        if tag in _ADDED or tag in _TAKEN_OUT:
            if self._taken(child) == (tag in _ADDED):
                self._inside(child)
        elif tag == _TBL:
            self._end_open()
            self._inside(child)
            self._end_open()
        elif tag == _TR:
            self._row(child)
        elif tag == _TC:
            if self._stays(child.find(f"{{{W}}}tcPr")):
                self._container(child)
        elif tag == f"{_MC}AlternateContent":
            self._alternatives(child)
        elif tag == f"{{{W}}}hyperlink":
            self._hyperlink(child)
        elif tag == f"{{{W}}}bookmarkStart":
            self._bookmarks.setdefault(child.get(f"{{{W}}}name", ""), (self._paragraphs, len(self._paragraphs)))
        elif tag == f"{{{W}}}fldSimple":
            self._code(child.get(f"{{{W}}}instr", ""))
            self._inside(child)
        else:
            self._leaf(child, tag)

    def _leaf(self, child: etree._Element, tag: str) -> None:
        """Say what stands in a run, or anything that is not known."""
        if tag in _TEXT or tag in _SIGNS_OF:
            self._say(_SIGNS_OF.get(tag) or child.text or "")
        elif tag == f"{{{W}}}fldChar":
            self._say(_form_of(child))
            self._field(child.get(f"{{{W}}}fldCharType", ""))
        elif tag in _CODES:
            if self._codes:
                self._codes[-1].append(child.text or "")
        elif tag in _OBJECTS:
            self._object(child)
        elif tag == _BOX:
            self._box(child)
        elif tag == f"{{{W}}}sym" or str(tag).endswith("}symEx"):
            self._say("".join(f"⟦sign {' '.join(sorted(map(str, child.attrib.values())))}⟧"))
        elif tag in (f"{_MATH}oMath", f"{_MATH}oMathPara"):
            said = "".join(self._formula(child))
            self._say(said if self._shown else f"⟦formula {said}⟧")
        elif tag in (f"{{{W}}}footnoteReference", f"{{{W}}}endnoteReference"):
            self._note(child.tag.rpartition("}")[2].removesuffix("Reference"), child.get(_ID, ""))
        elif isinstance(tag, str):
            self._unknown(child)

    def _unknown(self, child: etree._Element) -> None:
        """Go through an element of any other name; what has a text of its own says it, and what it names by an id."""
        if identifier := child.get(f"{_R}id", ""):
            self._hold(f"embedded {self._file.sign(self._path, identifier)}")
        if child.text and child.text.strip():
            self._say(child.text)
        if len(child):
            self._inside(child)
        elif not child.text:
            self._hold(str(child.tag).rpartition("}")[2])

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._inside(paragraph)
        self._saying.last = paragraph
        own = child_of(paragraph, _PPR)
        look = None if own is None else child_of(own, _RPR)
        goes = False
        for mark in () if look is None else look:
            if mark.tag in _ADDED:
                goes = goes or not self._taken(mark)
            elif mark.tag in _TAKEN_OUT:
                goes = goes or self._taken(mark)
        if not goes:
            self._end(paragraph, own)

    def _end_open(self) -> None:
        """End what runs on into nothing, as a table or the end of its container follows."""
        last = self._saying.last
        if last is not None and self._saying.held:
            self._end(last, last.find(_PPR))
        elif self._saying.held:  # words outside any paragraph
            self._end(etree.Element(_P), None)

    def _end(self, paragraph: etree._Element, own: etree._Element | None) -> None:
        now = self._saying
        before, own = own, self._properties(own)
        number = ""
        if now.held or not now.hides:
            bare = paragraph if own is before else _holding(own)
            counted = self._counter().number(bare)
            number = counted.text if counted else ""
        if now.held or (self._shown and number):
            look = self._paragraph_look(own, now.looks)
            self._paragraphs.append(FlatParagraph("".join(now.words), "".join(now.held), number, look, paragraph))
        self._saying = _Saying()

    def _counter(self) -> ListCounter:
        """Return what counts the lists of the story at hand; boxes count on in the body."""
        story = "body" if self._story == "boxes" else self._story
        if story not in self._counters:
            self._counters[story] = self._new_counter()
        return self._counters[story]

    def _properties(self, own: etree._Element | None) -> etree._Element | None:
        """Return the properties of a paragraph as they are, or were where their change is rejected."""
        if own is None:
            return None
        told = {each.tag: each for each in own}
        change, numbered = told.get(f"{{{W}}}pPrChange"), told.get(f"{{{W}}}numPr")
        if change is not None and not self._taken(change):
            return change.find(_PPR)
        added = None if numbered is None else numbered.find(f"{{{W}}}ins")
        if added is not None and not self._taken(added):
            own = deepcopy(own)
            for each in own.findall(f"{{{W}}}numPr"):
                own.remove(each)
        return own

    def _row(self, row: etree._Element) -> None:
        if not self._stays(row.find(f"{{{W}}}trPr")):
            return
        self._inside(row)
        self._end_open()
        cells = [c for c in row.iter(_TC) if next(c.iterancestors(_TR), None) is row]
        cells = [c for c in cells if self._stays(c.find(f"{{{W}}}tcPr"))]
        look = row.find(f"{{{W}}}trPr")
        change = None if look is None else look.find(f"{{{W}}}trPrChange")
        if change is not None and not self._taken(change):
            look = change.find(f"{{{W}}}trPr")
        unseen = "unseen " if is_unseen_look(look) else ""
        self._flat.rows.append(unseen + " ".join(map(self._cell_shape, cells)))

    def _stays(self, own: etree._Element | None) -> bool:
        """Whether a row or cell with the properties `own` is there with the changes settled."""
        for change in () if own is None else own:
            if change.tag in _COMES and not self._taken(change):
                return False
            if change.tag in _GOES and self._taken(change):
                return False
        return True

    def _cell_shape(self, cell: etree._Element) -> str:
        own = cell.find(f"{{{W}}}tcPr")
        change = None if own is None else own.find(f"{{{W}}}tcPrChange")
        if change is not None and not self._taken(change):
            own = change.find(f"{{{W}}}tcPr")
        spans = None if own is None else own.find(f"{{{W}}}gridSpan")
        joined = None if own is None else own.find(f"{{{W}}}vMerge")
        width = "1" if spans is None else spans.get(_VAL, "1")
        return width if joined is None else f"{width}{joined.get(_VAL, 'continue')[0]}"

    def _alternatives(self, alternate: etree._Element) -> None:
        """Say the branch that Word shows in its place, and the others among the old forms."""
        branches = [b for b in alternate if b.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
        main = next((b for b in branches if b.tag.endswith("Fallback") or _is_understood(b)), None)
        for branch in branches:
            if branch is main:
                self._inside(branch)
                continue
            kept, self._story = self._story, "old forms"
            self._flat.stories.setdefault("old forms", []).extend(self._part(branch, self._path))
            self._story = kept

    def _hyperlink(self, link: etree._Element) -> None:
        before = self._link
        anchor, identifier = link.get(f"{{{W}}}anchor", ""), link.get(f"{_R}id", "")
        target = self._file.relations(self._path).get(identifier, ("", ""))[1].removeprefix("external:")
        self._link = target + (f"#\x01{anchor}\x02" if anchor else "")
        self._inside(link)
        self._link = before

    def _run(self, run: etree._Element) -> None:
        before = self._look
        own = child_of(run, _RPR)
        if self._shown and self._is_hidden(run, own):
            self._saying.hides = True
            return
        self._look = "" if own is None else self._run_look(own, run)
        for child in run:
            tag = child.tag
            if tag == _T:
                self._say(child.text or "")
            elif tag not in _SILENT:
                self._other(child, tag)
        self._look = before

    def _is_hidden(self, run: etree._Element, own: etree._Element | None) -> bool:
        if not self._styles_hide and (own is None or own.find(f"{{{W}}}vanish") is None):
            return False
        paragraph = next(run.iterancestors(_P), None)
        style = "" if paragraph is None else self._looks.of_paragraph(paragraph)
        return self._looks.of_run(run, style).hidden

    def _run_look(self, own: etree._Element, run: etree._Element) -> str:
        change = child_of(own, _LOOK_CHANGE) if len(own) else None
        if change is not None and not self._taken(change):
            own = next(iter(change), change)
        said = [each for each in own if each.tag in _LOOKS]
        found = [look for each in said if (look := self._said_look(each, said, run))]
        return ",".join(sorted([*found, "unseen"] if is_faint(run) else found))

    def _said_look(self, look: etree._Element, said: Sequence[etree._Element], run: etree._Element) -> str:
        """Return what one look of a run says; nothing where its styles say the same without it."""
        kind, value = str(look.tag).rpartition("}")[2], look.get(_VAL, "on")
        if kind in _TOGGLES:
            styles = [self._style_above(run), *(each.get(_VAL, "") for each in said if each.tag == f"{{{W}}}rStyle")]
            is_on = value.lower() not in _OFF
            if is_on == any(self._looks.is_on(style, kind) for style in styles):
                return ""
            return f"{kind}={'on' if is_on else 'off'}"
        if value in (*_OFF, "baseline") or (kind in _OF_CONTENTS and self._is_of_contents(kind, value, run)):
            return ""
        return f"{kind}={self._style_names.get(value, value)}"

    def _style_above(self, run: etree._Element) -> str:
        paragraph = next(run.iterancestors(_P), None)
        return "" if paragraph is None else self._looks.of_paragraph(paragraph)

    def _is_of_contents(self, kind: str, value: str, run: etree._Element) -> bool:
        """Whether a look is what every program gives the lines of a table of contents, as it makes this anew."""
        if not _CONTENTS.match(self._style_names.get(self._style_above(run), "")):
            return False
        return kind != "rStyle" or self._style_names.get(value, value) in _LINKS_OF_CONTENTS

    def _paragraph_look(self, own: etree._Element | None, looks: list[tuple[str, int]]) -> str:
        told = {} if own is None else {each.tag: each for each in own}
        named = told.get(f"{{{W}}}pStyle")
        style = "" if named is None else named.get(_VAL, "")
        place = aligned(own) if f"{{{W}}}jc" in told else ""
        if place and place == self._looks.alignment(style or self._looks.default):
            place = ""  # as its style has it
        name = self._style_names.get(style, "")
        if len(looks) == 1 and not looks[0][0]:
            return f"{name}|{place}|"
        joined: list[tuple[str, int]] = []
        for look, size in looks:
            if joined and joined[-1][0] == look:
                joined[-1] = look, joined[-1][1] + size
            else:
                joined.append((look, size))
        runs = "" if all(not look for look, _ in joined) else ";".join(f"{look}:{size}" for look, size in joined)
        return f"{name}|{place}|{runs}"

    # ------------------------------------------------------------------ what is said

    def _say(self, text: str) -> None:
        if not text:  # an empty run says as much as none
            return
        if not all(self._results):  # of a field in the code of another one
            self._codes[self._results.index(False)].append(text)
            return
        now = self._saying
        if self._link != now.link:
            now.held.append(f"⟦link {self._link}⟧")
            now.link = self._link
        now.words.append(text)
        now.held.append(text)
        now.looks.append((self._look, len(text)))

    def _hold(self, sign: str) -> None:
        self._saying.held.append(f"⟦{sign}⟧")

    def _field(self, sort: str) -> None:
        if sort == "begin":
            self._codes.append([])
            self._results.append(False)
        elif self._codes:
            self._results[-1] = True
        if sort != "begin" and self._codes and self._codes[-1]:
            self._code("".join(self._codes[-1]))
            self._codes[-1] = []
        if sort == "end" and self._codes:
            self._codes.pop()
            self._results.pop()

    def _code(self, instruction: str) -> None:
        said = " ".join(instruction.split())
        found = _REFERRING.match(said)
        if found:
            said = f"{said[: found.start(1)]}\x01{found[1]}\x02{said[found.end(1) :]}"
        self._hold(f"field {said}")

    def _note(self, kind: str, identifier: str) -> None:
        note = self._notes[kind].get(identifier)
        key = kind, identifier
        if note is None or key in self._within:
            self._hold(f"{kind} missing")
            return
        self._referred.add(key)
        self._within.add(key)
        story, self._story = self._story, kind
        said = self._part(note, self._file.first(f"{kind}s"))
        self._story = story
        self._within.discard(key)
        now = self._saying
        now.words.append(f"⟦{kind}: {NOTE_LINES.join(filter(None, (p.words.strip() for p in said)))}⟧")
        now.held.append(f"⟦{kind}: {NOTE_LINES.join(filter(None, (f'{p.number} {p.held}'.strip() for p in said)))}⟧")

    def _formula(self, formula: etree._Element) -> Iterator[str]:
        """Yield the letters of a formula, and its structure around them; runs and how they look are none."""
        for each in formula:
            tag = str(each.tag).rpartition("}")[2]
            if each.tag in _ADDED or each.tag in _TAKEN_OUT:
                if self._taken(each) == (each.tag in _ADDED):
                    yield from self._formula(each)
            elif tag in ("t", "delText"):
                yield each.text or ""
            elif self._shown and _is_phantom(each):
                continue
            elif tag == "r" or self._shown:
                yield from self._formula(each)
            elif each.tag not in _SILENT and tag not in ("ctrlPr", "bookmarkStart"):
                value = next((str(v) for k, v in each.attrib.items() if str(k).endswith("}val")), "")
                yield f"\\{tag}{value}{{"
                yield from self._formula(each)
                yield "}"

    def _object(self, element: etree._Element) -> None:
        """Say what a drawing, a picture or an embedded object is, and what stands in its boxes."""
        signs: list[str] = []
        texts: list[str] = []
        self._drawn(element, signs, texts)
        if self._shown:
            self._say(" ".join(["\u25a1", *texts]))
        else:
            self._hold(f"object {'; '.join([*signs, *texts])}")

    def _drawn(self, element: etree._Element, signs: list[str], texts: list[str]) -> None:
        for each in element:
            tag = str(each.tag).rpartition("}")[2]
            if each.tag == _BOX:
                self._box(each)
                continue
            if each.tag == f"{_MC}AlternateContent":
                self._alternatives(each)
                continue
            for key, value in each.attrib.items():
                if str(key).startswith(_R) or key == _OLD_NAMING:
                    signs.append(self._file.sign(self._path, str(value)) if value else "")
                    self._drawn_part(str(value))
            if tag == "docPr" and (each.get("title") or each.get("descr")):
                self._flat.alternative.append(f"{each.get('title', '')}: {each.get('descr', '')}")
            elif tag == "srcRect" and each.attrib:
                signs.append("cut " + ",".join(map(str, sorted(each.attrib.items()))))
            elif tag == "textpath":
                texts.append(each.get("string", ""))
            elif tag in ("t", "delText") and each.text:
                texts.append(each.text)
            elif tag == "prstGeom":
                signs.append(each.get("prst", ""))
            self._drawn(each, signs, texts)

    def _drawn_part(self, identifier: str) -> None:
        """Say the words of a chart or diagram that is drawn, where what is shown is asked for."""
        kind, target = self._file.relations(self._path).get(identifier, ("", ""))
        root = self._file.tree(target) if self._shown and kind in ("chart", "diagramData") else None
        for each in () if root is None else root.iter(_DRAWN_TEXT, _CHART_VALUE):
            told = self._flat.stories.setdefault("charts", [])
            told.append(FlatParagraph(each.text or "", each.text or "", "", "", each))

    def _box(self, box: etree._Element) -> None:
        story, self._story = self._story, "old forms" if self._story == "old forms" else "boxes"
        self._flat.stories.setdefault(self._story, []).extend(self._part(box, self._path))
        self._story = story

    # ------------------------------------------------------------------ beside the body

    def _headers(self, root: etree._Element | None) -> None:
        file, current = self._file, {}
        named = file.relations(file.main)
        settings = file.tree(file.first("settings"))
        even = settings is not None and _is_on(settings.find(f"{{{W}}}evenAndOddHeaders"))
        sections = [] if root is None else [s for s in root.iter(f"{{{W}}}sectPr") if _is_now(s)]
        shown: set[str] = set()
        for index, section in enumerate(sections):
            self._flat.sections.append(_layout(section))
            for reference in section:
                kind = str(reference.tag).rpartition("}")[2]
                if kind in ("headerReference", "footerReference"):
                    path = named.get(reference.get(f"{_R}id", ""), ("", ""))[1]
                    current[kind.removesuffix("Reference"), reference.get(f"{{{W}}}type", "default")] = path
            first = _is_on(section.find(f"{{{W}}}titlePg"))
            for (kind, sort), path in current.items():
                if sort == "default" or (first if sort == "first" else even):
                    shown.add(path)
                    self._flat.headers[index, kind, sort] = self._header(path, kind)
        for kind, path in named.values():
            if kind in ("header", "footer") and path not in shown and (path in current.values() or not self._shown):
                self._flat.hidden_headers[path] = self._header(path, kind)

    def _header(self, path: str, kind: str) -> list[FlatParagraph]:
        root = self._file.tree(path)
        self._story = kind
        return [] if root is None else self._part(root, path)

    def _comments(self) -> Counter[tuple[str, str, bool, str]]:
        file = self._file
        path = file.first("comments")
        extended = file.tree(file.first("commentsExtended"))
        rows = {e.get(f"{_W15}paraId", ""): e for e in (() if extended is None else extended)}
        said: dict[str, tuple[str, str]] = {}
        found: list[tuple[str, str, str]] = []
        for comment in _by_id(file.tree(path), "comment").values():
            self._story = "comment"
            words = "\n".join(p.words for p in self._part(comment, path))
            labels = [p.get(f"{_W14}paraId", "") for p in comment.iter(_P)] or [""]
            author = comment.get(f"{{{W}}}author", "")
            found.append((author, words, labels[-1]))
            if labels[-1]:  # a comment without a label is answered by none
                said[labels[-1]] = author, words
        made: Counter[tuple[str, str, bool, str]] = Counter()
        for author, words, label in found:
            row = rows.get(label) if label else None
            done = row is not None and row.get(f"{_W15}done") in ("1", "true")
            answered = "" if row is None else row.get(f"{_W15}paraIdParent", "")
            parent = said[answered][1] if answered in said else ""
            made[author, words, done, parent] += 1
        return made

    def _name_targets(self, told: list[FlatParagraph]) -> None:
        """Name what references lead to by the words of the paragraph there: two files call the place otherwise."""

        def target(found: re.Match[str]) -> str:
            place = self._bookmarks.get(found[1])
            if place is None:
                return found[1]
            paragraphs, index = place
            return f"to “{_blank(paragraphs[index].words)[:_SHOWN]}”" if index < len(paragraphs) else "to the end"

        for each in told:
            if "\x01" in each.held:
                each.held = _TARGET.sub(target, each.held)


def _is_phantom(element: etree._Element) -> bool:
    """Whether a part of a formula keeps room for letters that it does not show."""
    shown = element.find(f"{_MATH}phantPr/{_MATH}show") if element.tag == f"{_MATH}phant" else None
    return shown is not None and shown.get(f"{_MATH}val", "1") in _OFF


def _form_of(mark: etree._Element) -> str:
    """Return the box or the chosen entry that the beginning of a form field shows, empty for any other field."""
    held = mark.find(f"{{{W}}}ffData") if len(mark) else None
    for each in () if held is None else held:
        said = {str(e.tag).rpartition("}")[2]: e.get(_VAL, "1") for e in each}
        if each.tag == f"{{{W}}}checkBox":
            return "☐" if said.get("checked", said.get("default", "0")) in _OFF else "☒"
        if each.tag == f"{{{W}}}ddList":
            entries = [e.get(_VAL, "") for e in each if e.tag == f"{{{W}}}listEntry"]
            chosen = said.get("result", said.get("default", "0"))
            return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(entries) else ""
    return ""


def _blank(text: str) -> str:
    return " ".join(text.split())


def _holding(own: etree._Element | None) -> etree._Element:
    """Return a paragraph with the properties `own`."""
    made = etree.Element(_P)
    if own is not None:
        made.append(deepcopy(own))
    return made


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """Return the names of styles by their ids; under the empty id that of the default for paragraphs."""
    found: dict[str, str] = {}
    for style in () if styles is None else styles.iter(f"{{{W}}}style"):
        named = style.find(f"{{{W}}}name")
        label = "" if named is None else named.get(_VAL, "").casefold()
        found[style.get(f"{{{W}}}styleId", "")] = label
        if style.get(f"{{{W}}}type") == "paragraph" and style.get(f"{{{W}}}default") in ("1", "true", "on"):
            found[""] = label
    return found


def _by_id(root: etree._Element | None, kind: str) -> Mapping[str, etree._Element]:
    return {} if root is None else {e.get(_ID, ""): e for e in root.iter(f"{{{W}}}{kind}")}


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(_VAL, "1") not in _OFF


def _is_now(section: etree._Element) -> bool:
    return next(section.iterancestors(f"{{{W}}}sectPrChange"), None) is None


def _layout(section: etree._Element) -> str:
    """Return what the page of a section is, without what is so where nothing is said (ISO/IEC 29500-1, 17.6)."""
    rows = []
    for each in section:
        if each.tag in _LAYOUT:
            kind = str(each.tag).rpartition("}")[2]
            usual = _USUAL.get(kind, {})
            said = {str(k).rpartition("}")[2]: _plain(str(v)) for k, v in each.attrib.items()}
            if kind == "titlePg":
                said.setdefault("val", "1")
            if kind in ("footnotePr", "endnotePr"):  # how notes are numbered
                said |= {str(e.tag).rpartition("}")[2]: e.get(_VAL, "") for e in each}
            own = {k: v for k, v in said.items() if v != usual.get(k) and k != "code"}  # a number of the printer's
            if kind == "cols" and "num" not in own and len(each) < 2:  # one column has nothing beside it
                own = {}
            if own or kind not in _USUAL:
                rows.append((kind, sorted(own.items()), _columns(each)))
    return str(sorted(rows))


def _columns(element: etree._Element) -> list[str]:
    of_columns = element.tag == f"{{{W}}}cols" and len(element) > 1
    return [",".join(map(str, each.attrib.values())) for each in element] if of_columns else []


def _plain(value: str) -> str:
    return {"true": "1", "on": "1", "false": "0", "off": "0"}.get(value, value)


def _is_understood(branch: etree._Element) -> bool:
    needed = branch.get("Requires", "").split()
    return all(branch.nsmap.get(prefix, "").startswith(_KNOWN_TO_WORD) for prefix in needed)
