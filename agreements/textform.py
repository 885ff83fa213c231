r"""The text form of a document: what `agreement.md` holds and what templates render to. Lossless both ways.

One provision is one line. Heads (`## Article VII: Criminal jurisdiction`, one more `#` for each level) open
articles, parts and the like; the lines under a head belong to it, two blanks of indentation for each level:

    # Agreement between ...
    ## Preamble
    The Government of ... and the Government of ...,
    ## Article I: Definitions
    In this Agreement:
    1. first paragraph
      (a) first subparagraph
      words that close the list
    ## /
    a line that belongs to no article

* The first plain line under a head is the head's own text, except under Preamble, Testimonium and Signature,
  where plain lines are recitals, closing words and blocks. Other plain lines are provisions of kind `text`.
* `{...}` before the words says what the layout cannot: `{item #claims.waiver n="§ 4"}`; `{=}` is own text.
* `**Heading** words` gives a line a heading; `[words](reference:VII.3)` is a mark over the words (`inline.py`).
* `\` takes the next character literally. `## /` closes the head of that level.
* Templates leave numbers to assembly: `## {#claims}: Claims`, `#.`, `(#)` stand for numbers still to be given.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import ValidationError

from agreements import inline
from agreements.errors import TextFormError
from agreements.model import Document, Provision, ProvisionKind, Role

HEADS: dict[str, ProvisionKind] = {
    "Preamble": "preamble",
    "Part": "part",
    "Chapter": "chapter",
    "Article": "article",
    "Section": "section",
    "Testimonium": "testimonium",
    "Signature": "signature",
}
_LABELS = {kind: label for label, kind in HEADS.items()}
_WITHOUT_OWN_TEXT = ("preamble", "testimonium", "signature")
_LINE_KINDS: tuple[ProvisionKind, ...] = ("paragraph", "subparagraph", "item")
_KINDS = frozenset(get_args(ProvisionKind))
_ROLES: dict[str, Role] = {r.replace("-", " ").capitalize(): r for r in get_args(Role) if r != "main"}

_NUMBER = r"\(?(?:\d{1,4}|[A-Za-z]|[ivxlcIVXLC]{1,7}|#)(?:\.\d{1,3})*(?:\.|\)\.?)(?= |$)"
_LINE_NUMBER = re.compile(_NUMBER)
_HEAD_NUMBER = re.compile(r"[^\s:{}\\/]+(?: [^\s:{}\\/]+)*")
_NEEDS_ESCAPE = re.compile(rf"[#{{\\]|\*\*|{_NUMBER}")
_ATTRIBUTES = r'\{((?:[^"{}\n]|"(?:[^"\\\n]|\\.)*")*)\}'
_ATTRIBUTE = re.compile(r'(=)|#([\w.:-]+)|(\w+)=("(?:[^"\\]|\\.)*")|([\w-]+)|(\S)')
_LINE_ATTRIBUTES = re.compile(_ATTRIBUTES + r"(?: |$)")
_HEAD = re.compile(
    rf"(#{{2,}}) ?(?:{_ATTRIBUTES} ?)?(?:\b({'|'.join(HEADS)})\b(?: ([^:]*[^:\s]))?)?(?:(:)(?: (.*))?)?",
    re.IGNORECASE,
)
_LINE_HEADING = re.compile(r"\*\*((?:[^\\*]|\\.)+)\*\*(?: |$)")
_CLOSE = re.compile(r"(#{2,}) /")
_TITLE = re.compile(rf"# ?(?:{_ATTRIBUTES} ?)?(?:({'|'.join(_ROLES)})\b(?: ([^:]*[^:\s]))?(?:(:)(?: (.*))?)?$)?")


# ---------------------------------------------------------------------- printing


def print_document(document: Document) -> str:
    """Return the text form of `document`: its title line and its provisions. The language is not in it."""
    title = _print_title(document)
    body = print_provisions(document.provisions)
    return f"{title}\n\n{body}" if title and body else f"{title}\n" if title else body


def print_provisions(provisions: Iterable[Provision]) -> str:
    """Return the text form of `provisions` (without a title line), ending in a newline unless empty."""
    lines: list[str] = []
    _print_under_head(lines, tuple(provisions), depth=-1, first_is_own=False)
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _print_title(document: Document) -> str:
    odd = document.number is not None and (document.role == "main" or not _HEAD_NUMBER.fullmatch(document.number))
    attributes = _attributes(number=document.number if odd else None)
    if document.role == "main":
        if document.title is None and not attributes:
            return ""
        title = document.title or ""
        start = _TITLE.match(f"# {title}")
        if title.startswith(("{", "\\")) or (start and start.group(2)):
            title = "\\" + title
        if document.title is None:
            attributes = attributes[:-1] + " absent}"
        return " ".join(x for x in ("#", attributes, title) if x)
    label = document.role.replace("-", " ").capitalize()
    head = " ".join(x for x in ("#", attributes, label, None if odd else document.number) if x)
    return head if document.title is None else f"{head}: {document.title}".rstrip()


def _print_under_head(lines: list[str], children: Sequence[Provision], *, depth: int, first_is_own: bool) -> None:
    """Print the children of the head at `depth` (-1 for the root)."""
    inside_head = False
    for index, child in enumerate(children):
        if child.kind in _LABELS:
            _print_head(lines, child, depth + 1)
            inside_head = True
            continue
        if inside_head:
            lines += ["", "#" * (depth + 3) + " /"]
            inside_head = False
        _print_line(lines, child, 0, explicit=first_is_own and index == 0)


def _print_head(lines: list[str], provision: Provision, depth: int) -> None:
    number, kind = provision.number, provision.kind
    odd = number is not None and not _HEAD_NUMBER.fullmatch(number)
    attributes = _attributes(identifier=provision.id, number=number if odd else None, label=provision.label)
    head = " ".join(x for x in ("#" * (depth + 2), attributes, _LABELS[kind], None if odd else number) if x)
    lines += ["", head if provision.heading is None else f"{head}: {provision.heading}".rstrip()]
    own = inline.encode(provision.text, provision.marks)
    if own or provision.marks:
        bare = kind not in _WITHOUT_OWN_TEXT and own
        lines.append(_escaped(own) if bare else f"{{=}} {_escaped(own, after_number=True)}".rstrip())
    reads_as_own = kind not in _WITHOUT_OWN_TEXT and not own
    _print_under_head(lines, provision.children, depth=depth, first_is_own=reads_as_own)


def _print_line(lines: list[str], provision: Provision, depth: int, *, explicit: bool = False) -> None:
    number, heading = provision.number, provision.heading
    odd = number is not None and not _LINE_NUMBER.fullmatch(number)
    text = inline.encode(provision.text, provision.marks)
    usual = _LINE_KINDS[min(depth, 2)] if number is not None else "text"
    kind = provision.kind if provision.kind != usual or odd else ""
    if not kind and number is None and (explicit or not (text or heading)):
        kind = "text"
    attributes = _attributes(
        kind, provision.id, number if odd else None, provision.label, "" if heading == "" else None
    )
    shown = f"**{_escape_heading(heading)}**" if heading else ""
    bare = not (attributes or shown)
    words = _escaped(text) if bare and (number is None or odd) else _escaped(text, after_number=True)
    parts = (None if odd else number, attributes, shown, words)
    lines.append("  " * depth + " ".join(x for x in parts if x))
    for child in provision.children:
        _print_line(lines, child, depth + 1)


def _attributes(
    kind: str = "",
    identifier: str | None = None,
    number: str | None = None,
    label: str | None = None,
    heading: str | None = None,
) -> str:
    pairs = {"n": number, "label": label, "h": heading}
    named = [f"{k}={json.dumps(v, ensure_ascii=False)}" for k, v in pairs.items() if v is not None]
    words = [x for x in (kind, f"#{identifier}" if identifier else "", *named) if x]
    return "{" + " ".join(words) + "}" if words else ""


def _escape_heading(heading: str) -> str:
    return re.sub(r"[\\*]", r"\\\g<0>", heading)


def _escaped(text: str, *, after_number: bool = False) -> str:
    """Put a backslash before words that would read as a number, an attribute or a heading."""
    hostile = text.startswith(("{", "**")) if after_number else _NEEDS_ESCAPE.match(text)
    return "\\" + text if hostile and not text.startswith("\\") else text


# ---------------------------------------------------------------------- parsing


@dataclass(slots=True)
class _Node:
    """A provision being built, and where its children stand."""

    fields: dict[str, Any]
    children: list["_Node"] = field(default_factory=list)

    def build(self) -> Provision:
        try:
            return Provision(**self.fields, children=tuple(child.build() for child in self.children))
        except ValidationError as error:
            raise TextFormError(str(error.errors()[0]["msg"])) from error


class _Outline:
    """The tree while its lines are read: the open heads, the open lines below the innermost head."""

    def __init__(self) -> None:
        self.root = _Node({})
        self.heads = [self.root]
        self.below: list[_Node] = []
        self.fresh = False  # nothing stands yet under the innermost head

    def close(self, level: int) -> None:
        """Close the head of `level` (1 is outermost) and all below it."""
        self.heads[level:] = []
        self.below, self.fresh = [], False

    def open(self, level: int, fields: dict[str, Any]) -> None:
        """Open a head of `level`; raises `ValueError` when a level is skipped."""
        if level > len(self.heads):
            raise ValueError("this head is more than one level below the head above it")
        self.close(level)
        node = _Node(fields)
        self.heads[-1].children.append(node)
        self.heads.append(node)
        self.fresh = True

    def add(self, depth: int, fields: dict[str, Any], *, plain: bool, own: bool) -> None:
        """Add a line at `depth` below the innermost head; raises `ValueError` when it has no place."""
        head = self.heads[-1]
        if depth > len(self.below):
            raise ValueError("this line is indented more than one level below the line above it")
        if own and not self.fresh:
            raise ValueError("own text stands first under a head")
        if own or (plain and self.fresh and head.fields["kind"] not in _WITHOUT_OWN_TEXT):
            head.fields.update(text=fields["text"], marks=fields["marks"])
        else:
            node = _Node(fields)
            (self.below[depth - 1] if depth else head).children.append(node)
            self.below[depth:] = [node]
        self.fresh = False


def parse_document(text: str, *, language: str = "en") -> Document:
    """Return the document that `text` stands for.

    Raises `TextFormError` with the line where it cannot be read.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    role: Role = "main"
    number = title = None
    if re.match(r"#(?!#)", lines[first]) and not _LINE_NUMBER.match(lines[first]):
        role, number, title = _parse_title(lines[first].rstrip(), first + 1)
        lines[first] = ""
    try:
        provisions = _parse_lines(lines)
        return Document(role=role, language=language, number=number, title=title, provisions=provisions)
    except ValidationError as error:
        raise TextFormError(str(error.errors()[0]["msg"]), line=first + 1) from error


def parse_provisions(text: str) -> tuple[Provision, ...]:
    """Return the provisions that `text` (without a title line) stands for; raises `TextFormError`."""
    return _parse_lines(text.replace("\r\n", "\n").split("\n"))


def _parse_title(line: str, at: int) -> tuple[Role, str | None, str | None]:
    found = _TITLE.match(line)
    assert found is not None  # every part of the pattern is optional but the number sign
    attributes, label, number, colon, title = found.groups()
    values = _parse_attributes(attributes or "", at)
    number = values.get("number", number)
    if label:
        return _ROLES[label], number, (title or "").strip() if colon else None
    rest = line[found.end() :].strip()
    if "absent" in values:
        return "main", number, None
    return "main", number, rest[1:] if rest.startswith("\\") else rest


def _parse_lines(lines: Sequence[str]) -> tuple[Provision, ...]:
    outline = _Outline()
    for at, raw in enumerate(lines, 1):
        line = raw.strip()
        if not line:
            continue
        try:
            if close := _CLOSE.fullmatch(line):
                outline.close(len(close.group(1)) - 1)
            elif line.startswith("##"):
                outline.open(len(line) - len(line.lstrip("#")) - 1, _parse_head(line, at))
            else:
                fields, plain = _parse_line(line, depth := (len(raw) - len(raw.lstrip(" "))) // 2, at)
                outline.add(depth, fields, plain=plain, own=fields.pop("own", False))
        except ValueError as error:
            raise TextFormError(str(error), line=at) from error
    return tuple(child.build() for child in outline.root.children)


def _parse_head(line: str, at: int) -> dict[str, Any]:
    found = _HEAD.fullmatch(line)
    if not found:
        raise TextFormError(
            f"{line[:40]!r} is not a head",
            line=at,
            hint=f"Heads begin with {', '.join(HEADS)}; escape with \\#.",
        )
    _, attributes, label, number, colon, heading = found.groups()
    fields: dict[str, Any] = {"kind": HEADS[label.capitalize()] if label else "article"}
    if not label and not attributes and not colon:
        raise TextFormError("an empty head", line=at)
    if number is not None:
        fields["number"] = number
    elif not label:
        fields["number"] = "#"
    if colon:
        fields["heading"] = (heading or "").strip()
    if attributes is not None:
        fields.update(_parse_attributes(attributes, at))
    return fields


def _parse_line(line: str, depth: int, at: int) -> tuple[dict[str, Any], bool]:
    """Return the fields of the provision on `line`, and whether it is plain: words and nothing else."""
    fields: dict[str, Any] = {}
    if number := _LINE_NUMBER.match(line):
        fields["number"] = number.group()
        line = line[number.end() + 1 :]
    if attributes := _LINE_ATTRIBUTES.match(line):
        fields |= _parse_attributes(attributes.group(1), at)
        line = line[attributes.end() :]
    if heading := _LINE_HEADING.match(line):
        fields["heading"] = re.sub(r"\\(.)", r"\1", heading.group(1))
        line = line[heading.end() :]
    plain = not fields
    fields.setdefault("kind", _LINE_KINDS[min(depth, 2)] if "number" in fields else "text")
    fields["text"], fields["marks"] = inline.decode(line)
    return fields, plain


def _parse_attributes(source: str, at: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for own, identifier, name, value, word, stray in _ATTRIBUTE.findall(source):
        if own:
            fields["own"] = True
        elif identifier:
            fields["id"] = identifier
        elif name in ("n", "label", "h"):
            fields[{"n": "number", "label": "label", "h": "heading"}[name]] = json.loads(value)
        elif word in _KINDS:
            fields["kind"] = word
        elif word == "absent":
            fields["absent"] = True
        else:
            raise TextFormError(
                f"{{{source}}} is not understood at {(name or word or stray)!r}",
                line=at,
                hint=f'Write a kind ({", ".join(sorted(_KINDS))}), #id, n="...", label="..." or h="...".',
            )
    return fields
