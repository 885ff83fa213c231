"""The forgiving front of the query language: any text becomes a query that parses, and says what was changed.

Quotation marks and brackets that have no partner, operators that join nothing, fields that do not exist and
signs that the syntax does not know are put right here, so that the parser behind never sees them.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from agreements.errors import nearest
from agreements.search.fields import QUERY_FIELDS

LONGEST = 2000
"""Characters of a query that are read; the rest is cut off, with a note."""
DEEPEST = 30
"""Levels of brackets that are read; brackets further in are ignored, with a note."""

_Kind = Literal["word", "phrase", "range", "field", "operator", "near", "not", "sign", "open", "close", "compare"]
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′", "'"))
_PIECES = re.compile(
    r"""
    (?P<range>(?P<opens>[\[{])\s*(?P<low>[^\s\[\]{}"]+)\s+(?:TO|to)\s+(?P<high>[^\s\[\]{}"]+)\s*(?P<closes>[\]}]))
    | (?<![^\s(:])(?P<regex>/[^/\s]{2,80}/)(?![^\s)])
    | (?P<near>(?:[Ww]|NEAR|PRE|N)/\d{1,2}(?![^\s()"])|NEAR(?![^\s()"]))
    | "(?P<phrase>[^"]*)"(?P<slop>~\d*)?(?P<weight>\^\d+(?:\.\d+)?)?
    | (?P<open>\() | (?P<close>\)(?:\^\d+(?:\.\d+)?)?)
    | (?P<operator>(?:AND|OR)(?![^\s()"])|&&|\|\|)
    | (?P<not>NOT(?![^\s()"])|!(?=[\w("]))
    | (?P<field>[A-Za-z]\w*)\s*:(?=\s*[^\s:)])
    | (?<![^\s(:])(?P<sign>[+-])(?=[\w("*])
    | (?P<compare>[<>]=?)(?=\s*\w)
    | (?P<word>[^\s()"\[\]{}:<>]+)
    """,
    re.VERBOSE,
)
_MODIFIED = re.compile(
    r"(?P<word>.*?[\w*?.%])[^\w~^*?.%]*(?P<fuzzy>~\d?(?:\.\d+)?)?(?P<boost>\^\d+(?:\.\d+)?)?[^\w*?%]*"
)
_CLAUSE = 40  # blanks
_OPERATING = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b|&&|\|\||\b[a-z]{2,12}:\w|\w[~^*]|[*]\w|(?:^|\s)[+-]\w|\b[Ww]/\d")
_LEVEL = re.compile(r"(?:(?<!\S)AND\s+)?(?<!\S)in:(?P<level>article|paragraph)s?(?!\S)", re.IGNORECASE)
_NEAR = re.compile(r"(?P<how>[A-Za-z]+)/?(?P<count>\d*)")
_USUAL_REACH = 10  # words within which NEAR alone looks, as elsewhere
NEARNESS = re.compile(r"near_(?P<between>\d+)_(?P<ordered>[01])")
"""The name of the field by which the parser is given words that stand near each other."""
_STARTS_OPERAND = ("word", "phrase", "range", "open", "field", "not", "sign")
_ENDS_OPERAND = ("word", "phrase", "range", "close")


@dataclass(slots=True)
class _Piece:
    kind: _Kind
    text: str


@dataclass(slots=True)
class Repaired:
    """A query that parses, and a sentence for each thing that was read otherwise than written."""

    query: str
    notes: list[str] = field(default_factory=list)


def is_clause(query: str) -> bool:
    """Whether `query` is so long, and so free of operators and fields, that it is the text of a clause: its words."""
    return query.count(" ") >= _CLAUSE and _OPERATING.search(query) is None


def cut_note() -> str:
    """Return the sentence that says that a query was cut off."""
    return f"The query is long: only its first {LONGEST} characters were read."


def repair(query: str) -> Repaired:
    """Return `query` as Lucene syntax that parses (empty when there is nothing to look for)."""
    notes: list[str] = []
    text = re.sub(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]", " ", query).translate(_QUOTES).replace("\\", " ")
    if len(text) > LONGEST:
        text = text[:LONGEST]
        notes.append(cut_note())
    text = _pair_quotes(text, notes)
    text = re.sub(r"(?<!\w)([^\W\d_]) ?& ?([^\W\d_])(?!\w)", r"\1&\2", text)
    if len(text.split()) > 1:  # at the end of a question it is punctuation, not a wildcard
        text = _without_closing_question(text)
    pieces = _balanced(_joined(_pieces(text, notes), notes), notes)
    return Repaired(_written(_nearing(pieces)), notes)


def _without_closing_question(text: str) -> str:
    """Return `text` without the question marks at its end, whatever blanks, marks and brackets stand among them."""
    end = len(text)
    while end and (text[end - 1] in '?")' or text[end - 1].isspace()):
        end -= 1
    return text[:end] + text[end:].replace("?", " ")


def asked_level(query: str) -> tuple[str, str]:
    """Return `query` without `in:article` or `in:paragraph`, and the level that it asks for, empty for none."""
    found = _LEVEL.search(query)
    return (_LEVEL.sub(" ", query).strip(), found["level"].lower()) if found else (query, "")


def without_lone_quote(query: str) -> str | None:
    """Return `query` without the quotation mark that has no partner; None where all have one."""
    text = query.translate(_QUOTES)
    if text.count('"') % 2 == 0:
        return None
    at = text.rindex('"')
    return f"{text[:at]} {text[at + 1 :]}"


def _pair_quotes(text: str, notes: list[str]) -> str:
    if text.count('"') % 2 == 0:
        return text
    notes.append("A quotation mark had no partner; the words after it were read as closed by one at the end.")
    at = text.rindex('"')
    if not re.search(r"\w", text[at:]):
        return text[:at] + " " + text[at + 1 :]
    return text + '"'


def _pieces(text: str, notes: list[str]) -> list[_Piece]:
    out: list[_Piece] = []
    for found in _PIECES.finditer(text):
        kind = found.lastgroup
        if found["range"]:
            out += _range(found, after=out)
        elif found["regex"]:
            out.append(_Piece("word", found["regex"]))
        elif found["near"]:
            out.append(_Piece("near", found["near"]))
        elif found["phrase"] is not None:
            if re.search(r"\w", found["phrase"]):
                slop = found["slop"] or ""
                out.append(
                    _Piece("phrase", f'"{found["phrase"]}"' + ("~1" if slop == "~" else slop) + (found["weight"] or ""))
                )
        elif kind == "field":
            out += _field(found["field"], text[found.end() :], notes)
        elif kind == "operator":
            out.append(_Piece("operator", {"&&": "AND", "||": "OR"}.get(found["operator"], found["operator"])))
        elif kind == "not":
            out.append(_Piece("not", "NOT"))
        elif kind == "word":
            out += _word(found["word"])
        elif kind in ("open", "close", "sign", "compare"):
            out.append(_Piece(kind, found[0]))  # type: ignore[arg-type]
    return out


def _range(found: re.Match[str], *, after: list[_Piece]) -> list[_Piece]:
    low, high = (re.sub(r"[^\w*-]", "", found[end]) or "*" for end in ("low", "high"))
    if after and after[-1].kind == "field":
        return [_Piece("range", f"{found['opens']}{low} TO {high}{found['closes']}")]
    return [_Piece("word", x) for x in (low, high) if x != "*"]


def _field(name: str, rest: str, notes: list[str]) -> list[_Piece]:
    if known := QUERY_FIELDS.get(name.lower()):
        return [_Piece("field", known)]
    if not rest[:1].isspace():
        known_names = ", ".join(sorted({"text", "heading", "title", "article", "family", "party", "topic", "signed",
                                        "id", "status", "lang", "form"}))  # fmt: skip
        near = nearest(name, QUERY_FIELDS)
        meant = f" Near: {', '.join(near)}." if near else ""
        notes.append(f"There is no field {name!r}; it was read as words.{meant} Fields: {known_names}.")
    return _word(name)


def _word(raw: str) -> list[_Piece]:
    """Return the word without the signs that the syntax gives a meaning; nothing when nothing is left."""
    if raw == "*":
        return [_Piece("word", "*")]
    found = _MODIFIED.fullmatch(raw.lstrip("/'`,;.!&|+-~^=#@$_"))
    if not found or not re.search(r"[\w%]", found["word"]):
        return []
    word = re.sub(r"[~^\\/|=#@$`,;!]+", " ", found["word"])
    fuzzy, boost = found["fuzzy"] or "", found["boost"] or ""
    parts = [p.lstrip("'&+-.") for p in word.split()]
    parts = [p.lower() if p in ("TO", "AND", "OR", "NOT") else p for p in parts if re.search(r"[\w%]", p)]
    if not parts:
        return []
    return [*(_Piece("word", p) for p in parts[:-1]), _Piece("word", parts[-1] + fuzzy + boost)]


def _joined(pieces: list[_Piece], notes: list[str]) -> list[_Piece]:
    """Drop the operators, signs and fields that have nothing to work on."""
    out: list[_Piece] = []
    dropped: list[str] = []
    for at, piece in enumerate(pieces):
        following = pieces[at + 1].kind if at + 1 < len(pieces) else "end"
        before = out[-1].kind if out else "start"
        if piece.kind in ("operator", "near") and (before not in _ENDS_OPERAND or following not in _STARTS_OPERAND):
            dropped.append(piece.text)
        elif piece.kind in ("not", "sign") and (following not in _STARTS_OPERAND or before in ("field", "compare")):
            dropped += [piece.text] if piece.kind == "not" else []
        elif piece.kind in ("not", "sign") and before in ("not", "sign"):
            pass
        elif piece.kind == "field" and following not in ("word", "phrase", "range", "open", "compare"):
            dropped.append(piece.text + ":")
        elif piece.kind == "compare" and (before != "field" or following != "word"):
            pass
        else:
            out.append(piece)
    if dropped:
        notes.append(f"Nothing stands where {', '.join(dict.fromkeys(dropped))} needs something; it was left out.")
        return _joined(out, []) if len(out) < len(pieces) else out
    return out


def _nearing(pieces: list[_Piece]) -> list[_Piece]:
    """Write `A W/5 B` as the parser takes it: a field whose name says how near, with the two as its value."""
    at = next((at for at, piece in enumerate(pieces) if piece.kind == "near"), None)
    if at is None:
        return pieces
    found = _NEAR.fullmatch(pieces[at].text)
    assert found
    between = max(0, int(found["count"] or _USUAL_REACH) - 1)
    name = _Piece("field", f"near_{between}_{int(found['how'] == 'PRE')}")
    first, last = _operand_before(pieces, at), _operand_after(pieces, at)
    inner = [_Piece("open", "("), *pieces[first:at], *pieces[at + 1 : last], _Piece("close", ")")]
    return _nearing([*pieces[:first], name, *inner, *pieces[last:]])


def _operand_before(pieces: list[_Piece], at: int) -> int:
    """Return where the operand that ends before `at` begins: a word, a phrase, or a group with its field."""
    depth, start = 0, at - 1
    while start > 0:
        depth += (pieces[start].kind == "close") - (pieces[start].kind == "open")
        if depth == 0:
            break
        start -= 1
    return start - 1 if start and NEARNESS.fullmatch(pieces[start - 1].text) else start


def _operand_after(pieces: list[_Piece], at: int) -> int:
    """Return where the operand that begins after `at` ends."""
    depth = 0
    for end in range(at + 1, len(pieces)):
        depth += (pieces[end].kind == "open") - (pieces[end].kind == "close")
        if depth == 0 and pieces[end].kind not in ("field", "not", "sign", "compare"):
            return end + 1
    return len(pieces)


def _balanced(pieces: list[_Piece], notes: list[str]) -> list[_Piece]:
    """Give every bracket its partner, and drop the ones around nothing."""
    out: list[_Piece] = []
    depth = skipped = odd = 0
    for piece in pieces:
        if piece.kind == "open":
            if depth >= DEEPEST:
                skipped += 1
                continue
            depth += 1
        elif piece.kind == "close":
            if skipped:
                skipped -= 1
                continue
            if not depth:
                odd += 1
                continue
            depth -= 1
            if out[-1].kind == "open":
                out.pop()
                continue
        out.append(piece)
    while depth and out and out[-1].kind == "open":
        out.pop()
        depth -= 1
    if odd or depth:
        notes.append("The brackets did not pair; the missing ones were added at the end, the odd ones left out.")
    out += [_Piece("close", ")")] * depth
    cleaned = _joined(out, [])
    return cleaned if len(cleaned) == len(out) else _balanced(cleaned, [])


def _written(pieces: list[_Piece]) -> str:
    out = ""
    for piece in pieces:
        glued = piece.kind in ("field", "sign", "compare", "open")
        text = piece.text + (":" if piece.kind == "field" else "")
        out += text + ("" if glued else " ")
    return out.strip()
