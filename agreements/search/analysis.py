"""From text to the terms of the index: the one analyser, used for indexing, for queries and for highlights.

A text is cut by one pattern; each piece gives one or more terms: folded (case, accents, ligatures), in one
spelling, stemmed by Snowball English. `per cent` and `%` are `percent`, `A & T` is `a&t`, `U.S.` is `us`,
`Article VII` is `article 7`, `co-operation` is `cooperation`; other hyphenated words are their parts. Of Chinese,
Japanese and Korean each sign is a term, and a query looks for them in pairs: blanks do not tell their words. The text
itself is never changed: every term knows the characters that it came from.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol, cast

from agreements.search.spelling import canonical

VERSION = "4"
"""Goes up whenever the same text gives other terms; an index made by another version is rebuilt."""

_LETTER = r"[\w\u0300-\u036f]"
_HYPHENS = "-\u00ad\u2010\u2011"
_END = rf"(?!{_LETTER})"
# Nearly every word of a treaty is plain lower case: the first alternative takes it at once (three times as fast).
_TOKEN = re.compile(
    rf"""[^\w%]*+(
    (?!ann|app|art|chapter|part|per\s|section|title)[a-z]{{2,}}+(?![{_HYPHENS}'’]){_END}
    | (?i:art(?:icles?|\.)|annex|appendix|title|part|chapter|section)\s+[IVXivx]{_END}
    | (?i:per\s+cent(?:um)?){_END}
    | [^\W\d_]\s?&\s?[^\W\d_]{_END}
    | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_]{_END})?
    | (?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)*{_END}
    | {_LETTER}+(?:[{_HYPHENS}]{_LETTER}+)*(?:['’]s{_END})?
    | %
    )""",
    re.VERBOSE,
)
_SIGN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]"  # kana, Han, Hangul
_SIGNS = re.compile(_SIGN)
_PART = re.compile(rf"{_SIGN}|(?:(?!{_SIGN}){_LETTER})+")
_ROMAN = re.compile(r"(?=..)(x{0,3})(ix|iv|v?i{0,3})")
_ONES = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_UNFOLDED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"})
# Written both closed and with a hyphen, and meaning nothing alone: co-operate, re-export, sub-contractor.
_BOUND_PREFIXES = frozenset(("anti", "bi", "co", "de", "inter", "intra", "multi", "pre", "re", "semi", "sub", "un"))
# What the stemmer would take for another word, each with its own term: a landing is no land, an accession no access.
_KEPT = {
    "landing": "landing", "landings": "landing", "customs": "customs", "goods": "goods", "arms": "arms",
    "accession": "accession", "accessions": "accession", "nations": "nations", "publication": "publication",
    "publications": "publication", "executive": "executive", "executives": "executive", "personal": "personal",
    "respective": "respective", "respectively": "respective", "natural": "natural", "naturally": "natural",
    "organ": "organ", "organs": "organ", "organization": "organiz", "organizations": "organiz",
    "organisation": "organiz", "organisations": "organiz", "organizational": "organiz", "organisational": "organiz",
}  # fmt: skip
_LONGEST = 64
_CACHE_LIMIT = 400_000

_STOP_WORDS = """
a about above after all also am an and any are as at be because been before being between both but by can
could did do does doing for from had has have having he her here hers him his how i if in into is it its
itself let may me might more most must my no nor not of off on once only or other our ours out over own
per same shall she should so some such than that the their theirs them then there these they this those
through to too under until up upon us very was we were what when where which while who whom whose why
will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words without weight in a question; phrases keep them. As written, unstemmed."""


class Token(NamedTuple):
    """One term of a text: the `term` of the index, the folded `word` before stemming, its characters."""

    term: str
    word: str
    start: int
    end: int


class Analysed(NamedTuple):
    """What the index holds of a text, each as one line of words between blanks.

    `terms` in order; `words` unstemmed, as written and in the one spelling that stands for all; `compounds` as
    `crossserv|cross|servic`.
    """

    terms: str
    words: str
    compounds: str


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    return cast(_Stemmer, snowballstemmer.stemmer("english"))


@cache
def stem(word: str) -> str:
    """Return the term for a folded `word`: one spelling, stemmed, Roman numerals of two letters as digits."""
    if found := _ROMAN.fullmatch(word):
        return str(10 * len(found.group(1)) + _ONES[found.group(2)])
    if not word.isalpha():
        return word[:_LONGEST]
    if kept := _KEPT.get(word):
        return kept
    return _stemmer().stemWord(canonical(word[:_LONGEST]))


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, ligatures resolved, typographic variants made plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold().translate(_UNFOLDED))
    return "".join(c for c in plain if not unicodedata.combining(c) and c != "\u00ad")


def _single(term: str, raw: str) -> tuple[Token, ...]:
    return (Token(term, term, 0, len(raw)),)


def _plain(raw: str) -> tuple[Token, ...]:
    """Return the token of a word of plain letters, as nearly every piece is."""
    word = raw.lower()
    return (Token(stem(word), word, 0, len(raw)),)


def _read(raw: str) -> tuple[Token, ...]:
    """Return the tokens of one piece cut by `_TOKEN`, with offsets into the piece."""
    if raw == "%" or re.fullmatch(r"(?i)per\s+cent(?:um)?", raw):
        return _single("percent", raw)
    if "&" in raw:
        return _single(re.sub(r"\s", "", fold(raw)), raw)
    if re.search(r"\s", raw):
        arabic = {"i": "1", "v": "5", "x": "10"}[raw[-1].lower()]
        return (*_read(raw[:-1].rstrip().rstrip(".")), Token(arabic, arabic, len(raw) - 1, len(raw)))
    if re.match(r"\d", raw) and re.fullmatch(r"[\d.,]+", raw):
        return _single(raw.replace(",", ""), raw)
    if "." in raw:
        return _single(fold(raw.replace(".", "")), raw)
    return _read_word(raw)


def _folded_word(raw: str) -> str:
    return "".join(fold(raw).replace("_", "").split())  # a few letters stand for several words


def is_sign(term: str) -> bool:
    """Whether `term` is one sign of a writing without blanks between words."""
    return _SIGNS.fullmatch(term) is not None


def _read_word(raw: str) -> tuple[Token, ...]:
    body = re.sub(r"['’]s$", "", raw).replace("\u00ad", "\u200b")
    if "\u200b" in body:  # a soft hyphen only marks where a word may be broken: not a letter, not a break
        word = _folded_word(body.replace("\u200b", ""))
        return (Token(stem(word), word, 0, len(raw)),)
    parts = [
        (p.group() if is_sign(p.group()) else _folded_word(p.group()), p.start(), p.end()) for p in _PART.finditer(body)
    ]
    parts = [p for p in parts if p[0]]
    if len(parts) == 2 and parts[0][0] in _BOUND_PREFIXES:
        word = parts[0][0] + parts[1][0]
        return (Token(stem(word), word, 0, parts[1][2]),)
    return tuple(Token(stem(word), word, start, end) for word, start, end in parts)


class _Pieces(dict[str, tuple[Token, ...]]):
    """The tokens of every piece met so far; treaties repeat their words."""

    def __missing__(self, raw: str) -> tuple[Token, ...]:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        tokens = self[raw] = _plain(raw) if raw.isascii() and raw.isalpha() else _read(raw)
        return tokens


class _Lines(dict[str, Analysed]):
    """What the index holds of every piece met so far."""

    def __missing__(self, raw: str) -> Analysed:
        if len(self) > _CACHE_LIMIT:
            self.clear()
        found = _PIECES[raw]
        words = {form: None for token in found for form in (token.word, canonical(token.word))}
        line = self[raw] = Analysed(
            " ".join(token.term for token in found), " ".join(words), compound(raw) if len(found) > 1 else ""
        )
        return line


_PIECES = _Pieces()
_LINES = _Lines()


def cut(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the pieces of `text` between two places, uninterpreted: group 1 of each match."""
    return _TOKEN.finditer(text, start, end)


def piece_tokens(raw: str) -> tuple[Token, ...]:
    """Return the terms of one piece, with offsets into the piece."""
    return _PIECES[raw]


def pieces(text: str) -> list[list[Token]]:
    """Return the terms of `text` piece by piece: the parts of a hyphenated word stand together."""
    out: list[list[Token]] = []
    for piece in _TOKEN.finditer(text):
        at = piece.start(1)
        out.append([Token(t.term, t.word, at + t.start, at + t.end) for t in _PIECES[piece.group(1)]])
    return out


def tokens(text: str) -> list[Token]:
    """Return the terms of `text` in order, with the characters of `text` that each came from."""
    return [token for piece in pieces(text) for token in piece]


def terms(text: str) -> list[str]:
    """Return the terms of `text` in order."""
    return [token.term for raw in _TOKEN.findall(text) for token in _PIECES[raw]]


def analyse(text: str) -> Analysed:
    """Return what the index holds of `text`."""
    lines = [_LINES[raw] for raw in _TOKEN.findall(text)]
    once = dict.fromkeys(lines)
    return Analysed(
        " ".join([line[0] for line in lines]),
        " ".join([line[1] for line in once]),
        " ".join([line[2] for line in once if line[2]]),
    )


@lru_cache(maxsize=4096)
def analyse_short(text: str) -> Analysed:
    """Return what the index holds of a short `text` that many provisions share, such as a heading."""
    return analyse(text)


def compound(raw: str) -> str:
    """Return the entry for a word with hyphens (`crossserv|cross|servic`), empty for any other piece."""
    found = _PIECES[raw]
    gaps = [raw[a.end : b.start] for a, b in pairwise(found)]
    if not gaps or not all(gap and gap in _HYPHENS for gap in gaps):
        return ""
    return "|".join([stem("".join(token.word for token in found)), *(token.term for token in found)])
