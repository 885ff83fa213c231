"""Rich text files (`.rtf`) to blocks (RTF 1.9.1): words, printed numbers, notes, tables, headers and footers.

Word writes the number of each paragraph of a list as text beside its codes (`\\listtext`), so numbers are as printed.
What a tracked change took out, and hidden words, are left out and told.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from agreements.errors import UnreadableError
from agreements.findings import Finding, warning
from agreements.marking import PlacedText, entries, label_pieces
from agreements.reading.blocks import BlockKind, Reading
from agreements.reading.characters import canonical
from agreements.reading.gathering import Gathering
from agreements.reading.markup import Runs
from agreements.reading.source import SourceFile
from agreements.reading.tables import holds_data, reading_order

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|(?P<plain>[^\\{}\r\n]+)|[\r\n]+|\\\Z",
    re.DOTALL,
)
_QUOTED = re.compile(r"\"([^\"]{3,240})\"")
_DEEPEST = 1_000  # groups in each other
_CODEPAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SIGNS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "tab": "\t", "line": " ", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
}  # fmt: skip
_FIXED = {b"~": "\u00a0", b"_": "\u2011"}
# Groups without words of the text, by what is done with their words.
_SILENT_WORDS = """colortbl stylesheet pict objdata themedata colorschememapping datastore datafield blipuid picprop
    listtable listoverridetable revtbl rsidtbl generator xmlnstbl fontemb fontfile filetbl latentstyles pgptbl mmathPr
    nonshppict pntxta pntxtb levelnumbers leveltext bkmkend atrfstart atrfend atnref atnid sp"""
_SILENT = frozenset(_SILENT_WORDS.split())
_ASIDES = {
    "fldinst": "the instruction of a field", "annotation": "a comment", "atnauthor": "a comment", "info": "a property",
    "userprops": "a property", "docvar": "a property", "template": "a property", "xe": "an index", "tc": "an index",
    "pgdsctbl": "a style of pages",
}  # fmt: skip
_EDGES = frozenset(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"))
_HARMLESS = frozenset(("shpinst", "shppict", "shptxt", "ud", "cs", "ds", "ts", "background"))


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group: where words go, how they look, and how their bytes are to be read."""

    to: str = "text"
    where: str = ""
    font: int = -1
    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    skipped: int = 1  # signs that stand for a character of Unicode in older programs


@dataclass(slots=True)
class _Paragraph:
    runs: Runs = field(default_factory=Runs)
    number: str = ""
    bold: list[bool] = field(default_factory=list)
    struck: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    centred: bool = False
    level: int = 0
    in_table: bool = False


def read(source: SourceFile) -> Reading:
    """Return the blocks of a rich text file; raises `UnreadableError` when it is damaged or holds no words."""
    story = _Story(source)
    story.over(source.data)
    story.finish()
    story.gathering.findings += story.findings()
    edges = tuple(dict.fromkeys(filter(None, map(canonical, "\n".join(story.edges).split("\n")))))
    return story.gathering.reading(source.name, source.sha256, edges=edges, title=story.title, asides=story.asides())


class _Story:
    """Goes through the groups and control words of one file."""

    def __init__(self, source: SourceFile) -> None:
        self.gathering = Gathering()
        self.edges: list[str] = []
        self.title = ""
        self._name = source.name
        self._codepage = "cp1252"
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._above: list[_State] = []
        self._paragraph = _Paragraph()
        self._bytes = bytearray()
        self._skip = 0
        self._high = 0
        self._fresh = False  # whether a group was just opened
        self._optional = False  # whether its first word may be unknown to a reader
        self._note: list[str] = []
        self._box: list[str] = []
        self._number: list[str] = []
        self._title: list[str] = []
        self._aside: list[tuple[str, str]] = []
        self._labels: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []
        self._dropped: dict[str, list[str]] = {}
        self._tracked: Counter[str] = Counter()

    def over(self, data: bytes) -> None:
        """Read all of `data`; raises `UnreadableError` for groups beyond the limit."""
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end()
            if found["plain"] is not None:
                self._plain(found["plain"])
            elif found["word"]:
                word, value = found["word"].decode(), found["value"]
                if word == "bin":
                    at += max(0, int(value or 0))
                else:
                    self._word(word, None if value is None else int(value))
            elif found["hex"]:
                self._plain(bytes([int(found["hex"], 16)]))
            elif found["brace"]:
                self._group(opens=found["brace"] == b"{")
            elif found["sign"]:
                self._sign(found["sign"])
        self._flush()

    # ------------------------------------------------------------------ groups and words

    def _group(self, *, opens: bool) -> None:
        self._flush()
        if opens:
            if len(self._above) >= _DEEPEST:
                raise UnreadableError(f"{self._name} is refused: more than {_DEEPEST:,} groups stand in each other.")
            self._above.append(self._state)
            self._fresh, self._optional, self._skip = True, False, 0
            return
        was = self._state
        self._fresh = False
        if self._above:
            self._state = self._above.pop()
        if was.to != self._state.to:
            self._left(was)

    def _left(self, was: _State) -> None:
        """Keep what a group of its own said, when it ends."""
        if was.to == "note" and (words := canonical("".join(self._note))):
            self._paragraph.notes.append(words)
        if was.to == "note":
            self._note = []
        if was.to == "box":
            self._paragraph.boxes += filter(None, map(canonical, "".join(self._box).split("\n")))
            self._box = []
        if was.to == "number":
            self._paragraph.number = canonical("".join(self._number)) or self._paragraph.number
            self._number = []
        if was.to == "title":
            self.title = canonical("".join(self._title))
            self._aside.append(("a property", self.title))
        if was.to == "edge":
            self.edges.append("\n")

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._optional = True
            return
        self._fresh = False
        if sign in _FIXED:
            self._flush()
            self._say(_FIXED[sign])
        elif sign in (b"\\", b"{", b"}"):
            self._plain(sign)
        elif sign in (b"\n", b"\r"):
            self._end()

    def _word(self, word: str, value: int | None) -> None:
        fresh, self._fresh = self._fresh, False
        if fresh and self._destination(word):
            return
        self._flush()
        if word in _SIGNS:
            self._say(_SIGNS[word])
        elif word == "u" and value is not None:
            self._unicode(value % 0x10000)
        elif word in ("par", "sect", "page", "column"):
            self._end()
        elif word in ("cell", "nestcell"):
            self._cell()
        elif word in ("row", "nestrow"):
            self._row()
        elif word == "pard":
            self._paragraph.centred = self._paragraph.in_table = False
            self._paragraph.level = 0
        elif word == "ansicpg" and value:
            self._codepage = _known(f"cp{value}") or self._codepage
        elif word == "fcharset" and self._state.to == "fonts":
            self._fonts[self._state.font] = _CODEPAGES.get(value or 0, "")
        elif not self._looks(word, value) and word in ("qc", "intbl", "outlinelevel"):
            self._set(word, value)

    def _unicode(self, code: int) -> None:
        """Say the character of a code; those beyond the first plane are written as two."""
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if self._high:
                self._say(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._say(chr(code))
        self._skip = self._state.skipped

    def _set(self, word: str, value: int | None) -> None:
        if word == "qc":
            self._paragraph.centred = True
        elif word == "intbl":
            self._paragraph.in_table = True
        elif value is not None and 0 <= value < 6:
            self._paragraph.level = value + 1

    def _looks(self, word: str, value: int | None) -> bool:
        """Take over how words look from here on; return whether `word` says that."""
        on = value != 0
        changed = {
            "b": {"bold": on}, "i": {"italic": on}, "strike": {"struck": on}, "striked": {"struck": on},
            "v": {"hidden": on}, "deleted": {"deleted": on}, "revised": {"inserted": on},
            "f": {"font": value or 0}, "uc": {"skipped": 1 if value is None else max(0, value)},
            "plain": {"bold": False, "italic": False, "struck": False, "hidden": False},
        }.get(word)  # fmt: skip
        if changed is None:
            return False
        self._state = replace(self._state, **changed)  # type: ignore[arg-type]
        return True

    def _destination(self, word: str) -> bool:
        """Send the words of a group that begins with `word` where they belong; return whether it is such a group."""
        optional, self._optional = self._optional, False
        inside = self._state.to
        if word == "fonttbl":
            to = "fonts"
        elif word in _SILENT or word == "upr":
            to = "nowhere"
        elif word == "bkmkstart":
            to = "label"
        elif word in _ASIDES:
            to = "aside"
        elif word == "title" and inside == "aside":
            to = "title"
        elif word in _EDGES:
            to = "edge"
        elif word == "footnote":
            to = "note"
        elif word in ("listtext", "pntext"):
            to = "number"
        elif word == "ud":
            to = self._above[-2].to if len(self._above) > 1 else "text"  # the same words as before it, in Unicode
        elif word == "shptxt":
            to = "box"
        elif optional and word not in _HARMLESS and inside != "fonts":
            to = "aside"
        else:
            return inside == "nowhere"
        where = _ASIDES.get(word, self._state.where or "a part that is not shown")
        self._state = replace(self._state, to=to, where=where)
        return True

    # ------------------------------------------------------------------ words

    def _plain(self, data: bytes) -> None:
        self._fresh = False
        if self._skip:
            taken = min(self._skip, len(data))
            self._skip -= taken
            data = data[taken:]
        self._bytes += data

    def _flush(self) -> None:
        """Read the bytes that wait in the codepage of their font."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._say(data.decode(self._fonts.get(self._state.font) or self._codepage, "replace"))
        self._skip = 0

    def _say(self, words: str) -> None:
        state = self._state
        if state.to == "note":
            self._note.append(words)
        elif state.to == "box":
            self._box.append(words)
        elif state.to == "number":
            self._number.append(words)
        elif state.to == "title":
            self._title.append(words)
        elif state.to == "edge":
            self.edges.append(words)
        elif state.to == "label":
            self._labels.append(words)
        elif state.to == "aside":
            self._aside.append((state.where, words))
        elif state.to == "text":
            self._text(words)

    def _text(self, words: str) -> None:
        state = self._state
        if state.deleted or state.hidden:
            self._dropped.setdefault("deleted" if state.deleted else "hidden", []).append(words)
            return
        self._tracked["inserted"] += bool(state.inserted and words.strip())
        self._paragraph.runs.add(words, emphasis=state.italic)
        if words.strip():
            self._paragraph.bold.append(state.bold)
            self._paragraph.struck.append(state.struck)

    # ------------------------------------------------------------------ paragraphs and tables

    def _end(self) -> None:
        """End a paragraph, of the text or of a part beside it."""
        if self._state.to == "edge":
            self.edges.append("\n")
        elif self._state.to in ("note", "aside", "box"):
            self._say("\n")
        elif self._state.to == "text":
            if self._paragraph.in_table:
                self._paragraph.runs.add(" ")
                return
            self._close_table()
            self._add(self._paragraph)

    def _add(self, done: _Paragraph) -> None:
        self._paragraph = _Paragraph(centred=done.centred, level=done.level, in_table=done.in_table)
        kind: BlockKind = "heading" if done.level else "list" if done.number else "paragraph"
        self.gathering.add(
            done.runs,
            kind=kind,
            number=done.number or None,
            level=done.level,
            centred=done.centred,
            bold=bool(done.bold) and all(done.bold),
            struck=bool(done.struck) and all(done.struck),
        )
        for words in done.notes:
            self._put(words, "footnote")
        for words in done.boxes:
            self._put(words, "paragraph")

    def _put(self, words: str, kind: BlockKind) -> None:
        runs = Runs()
        runs.add(words)
        self.gathering.add(runs, kind=kind, style=kind if kind in ("footnote", "table") else "")

    def _cell(self) -> None:
        if self._state.to != "text":
            return
        done = self._paragraph
        self._paragraph = _Paragraph(in_table=True)
        self._cells.append(" ".join(each for each in (done.number, done.runs.line()[0]) if each))
        self._paragraph.notes, self._paragraph.boxes = done.notes, done.boxes

    def _row(self) -> None:
        if self._state.to == "text" and self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def _close_table(self) -> None:
        self._row()
        rows, self._rows = self._rows, []
        if not holds_data(rows):
            for row, column in reading_order(rows):
                self._put(rows[row][column], "paragraph")
            return
        for cells in rows:
            self._put(" | ".join(filter(None, cells)), "table")

    def finish(self) -> None:
        """Add what no paragraph end closes. Raises `UnreadableError` where the file ends in the middle of the text."""
        self._close_table()
        self._add(self._paragraph)
        if self._above and self._state.to == "nowhere":
            raise UnreadableError(
                f"{self._name} is damaged or was cut off.", hint="Get the file again from its source."
            )

    # ------------------------------------------------------------------ what is no text

    def asides(self) -> tuple[PlacedText, ...]:
        """Return the words of the file that are no part of its text, for the gate."""
        found = [piece for where, words in self._joined() for piece in entries(words, where)]
        found += [piece for label in self._labels for piece in label_pieces(label, "the name of a mark")]
        found += [
            PlacedText(canonical("".join(words)), f"{kind} words", "aside") for kind, words in self._dropped.items()
        ]
        return tuple(found)

    def _joined(self) -> Iterator[tuple[str, str]]:
        whole: dict[str, list[str]] = {}
        for where, words in self._aside:
            whole.setdefault(where, []).append(words)
            yield where, words
            yield from ((where, quoted) for quoted in _QUOTED.findall(words))
        yield from ((where, "".join(words)) for where, words in whole.items())

    def findings(self) -> Iterator[Finding]:
        """Yield what a person should know: tracked changes, and hidden words."""
        if deleted := canonical("".join(self._dropped.get("deleted", []))):
            message = f"Tracked change: words deleted, left out: {deleted}"
            yield warning("tracked-deleted", self._name, message, "Settle the tracked changes in Word.")
        if self._tracked["inserted"]:
            message = "Tracked changes: words inserted, read as part of the text."
            yield warning("tracked-inserted", self._name, message, "Settle the tracked changes in Word.")
        if hidden := canonical("".join(self._dropped.get("hidden", []))):
            yield warning("hidden-text", self._name, f"Hidden text left out: {hidden}", "Look at it in Word.")


def _known(codepage: str) -> str:
    try:
        "".encode(codepage)
    except LookupError:
        return ""
    return codepage
