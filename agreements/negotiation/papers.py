"""Papers of the process as skeletons: text files (`registry.PAPERS`) whose gaps are filled from what is recorded.

A line `= words` is a title, `## words` a heading, `* words` a point, `NAME:: words` a line of the head, `[[table
terms]]` a table by name, `[[draft]]` the attached text, `[[page]]` a new page; anything else is a paragraph. `{name}`
is a gap, `{name|what belongs there}` one that nobody may be able to fill: it then stays as a visible blank and is
never guessed. `{name^}` is filled in capitals.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from agreements.registry import PAPERS

PLAIN = tuple(row.name for row in PAPERS.own.values() if row.suffixes == (".txt",))
"""The papers that are plain text of 80 columns; the others are Word files."""

LineKind = Literal["title", "heading", "point", "head", "text", "table", "draft", "page"]
_WIDTH = 80
_GAP = re.compile(r"\{(\w+)(\^?)(?:\|([^{}]*))?\}")
_ORDER = re.compile(r"\[\[(table|draft|page)(?: (\w+))?\]\]")
_ASCII = str.maketrans(
    {**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("–—‒\u2011", "-"), "…": "...",
     "\u00a0": " ", "•": "-"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperWords:
    """Words of a line; a `blank` is what still belongs there."""

    text: str
    blank: bool = False


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of a paper: its kind and words. `name` is the table's, or the word before the colon of a head line."""

    kind: LineKind
    pieces: tuple[PaperWords, ...] = ()
    name: str = ""


def gaps(kind: str) -> dict[str, str]:
    """Return the names of all gaps of the paper `kind`, with what belongs there (empty: always filled).

    Raises `NotFoundError` that lists the known papers.
    """
    found: dict[str, str] = {}
    for name, _, what in _GAP.findall(_template(kind)):
        found[name] = found.get(name) or what
    return found


def filled(kind: str, values: Mapping[str, str]) -> Iterator[PaperLine]:
    """Yield the lines of the paper `kind` with its gaps filled from `values`; raises `NotFoundError` for the kind.

    A gap without a value is a blank that says what belongs there.
    """
    for paragraph in re.split(r"\n\s*\n", _template(kind)):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        own_lines = [line for line in lines if _special(line)]
        if own_lines == lines:
            yield from (_line(line, values) for line in lines)
        else:
            yield PaperLine("text", tuple(_pieces(" ".join(lines), values)))


def plain_text(kind: str, values: Mapping[str, str]) -> str:
    """Return the plain-text paper `kind`, filled, in lines of at most 80 columns and ASCII where the letters allow.

    Paragraphs that open with a portion mark are numbered, as in a cable. Raises `NotFoundError` for the kind.
    """
    out: list[str] = []
    count = 0
    for line in _template(kind).splitlines():
        words = "".join(_shown(piece) for piece in _pieces(line, values)).translate(_ASCII)
        words = " ".join(_plain(words).split())
        if line.startswith("{portion}"):
            count += 1
            words = f"{count}. {words}"
        indent = "  " if line.startswith(("SUBJECT:", "REF:", "Subject:")) else ""
        out += textwrap.wrap(words, _WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(out).strip("\n") + "\n"


def blanks(lines: Iterable[PaperLine]) -> tuple[str, ...]:
    """Return what is still to be filled in, in order."""
    return tuple(dict.fromkeys(piece.text for line in lines for piece in line.pieces if piece.blank))


def _template(kind: str) -> str:
    text: str = PAPERS[kind].read_text(encoding="utf-8")
    return text


def _special(line: str) -> bool:
    return line.startswith(("= ", "## ", "* ")) or "::" in line or _ORDER.fullmatch(line) is not None


def _line(line: str, values: Mapping[str, str]) -> PaperLine:
    if order := _ORDER.fullmatch(line):
        kinds: dict[str, LineKind] = {"table": "table", "draft": "draft", "page": "page"}
        return PaperLine(kinds[order.group(1)], name=order.group(2) or "")
    starts: tuple[tuple[str, LineKind], ...] = (("= ", "title"), ("## ", "heading"), ("* ", "point"))
    for start, kind in starts:
        if line.startswith(start):
            return PaperLine(kind, tuple(_pieces(line.removeprefix(start), values)))
    name, _, words = line.partition("::")
    return PaperLine("head", tuple(_pieces(words.strip(), values)), name)


def _pieces(line: str, values: Mapping[str, str]) -> Iterator[PaperWords]:
    at = 0
    for gap in _GAP.finditer(line):
        if gap.start() > at:
            yield PaperWords(line[at : gap.start()])
        name, capitals, what = gap.groups()
        value = " ".join(values.get(name, "").split())
        if value:
            yield PaperWords(value.upper() if capitals else value)
        else:
            yield PaperWords(what or name.replace("_", " "), blank=True)
        at = gap.end()
    if line[at:]:
        yield PaperWords(line[at:])


def _shown(piece: PaperWords) -> str:
    return f"[TO BE FILLED IN: {piece.text}]" if piece.blank else piece.text


def _plain(words: str) -> str:
    """Return `words` in ASCII as far as a letter has one without its accents; other letters stay."""

    def bare(sign: str) -> str:
        base = "".join(c for c in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(c))
        return base if base.isascii() else sign

    return words if words.isascii() else "".join(map(bare, words))
