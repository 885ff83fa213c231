"""Names of States and languages in the words of each language, whatever their case, gender or endings.

English names of States, former and usual ones, are `agreements.states`; those of the other languages stand in their
packs. Words are compared by their stems, since they change with the sentence (`Республики`, `Rzeczypospolitej`). A
State of one word must stand in a form of its own declension: `грузов` (of cargo) has the stem of `Грузия`, and is none
of it.
"""

import re
from dataclasses import dataclass
from functools import cache

from agreements import states
from agreements.languages.folding import Folded, folded
from agreements.languages.packs import PackTable, languages
from agreements.states import Named

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = ("ja", "zh", "ko", "th")
_WINDOW = 24  # letters behind a name: folded, a syllable of Korean is up to three
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fb-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
_SHORTEST = 3  # letters of a stem
_UNDECLINED = ("prs", "ps", "ur", "hi", "sw")  # languages that are called alike in every sentence: Dari, Urdu
_ARTICLES = ("ال", "لل")  # what is written onto a word with the article of Arabic; `لل` is the article behind `ل`


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a table by the stem of their first word, longest first: the stems, the code, the name."""

    by_first: dict[str, list[tuple[tuple[str, ...], str, str]]]


def states_in(text: str, code: str, *, doubtful: bool = False) -> list[Named]:
    """Return the States and organisations that `text` names in the language `code`, in order.

    A name that is a common word too (`Того`, `مالي`) counts behind a form of State, or with its capital inside a
    sentence; with `doubtful` it is returned wherever it stands.
    """
    if code == "en" or code not in languages() or not languages()[code].states:
        return states.find_in(text)
    found = _with_realms(_found(text, code, "states"), text, code)
    return found if doubtful else [named for named in found if not _is_doubtful(named, text, code)]


def _is_doubtful(named: Named, text: str, code: str) -> bool:
    """Whether what was taken for a State may be a common word where it stands."""
    words = text[named.start : named.end]
    if not any(_is_form(folded(words).text, name, code) for name in _also_words(code)):
        return False
    before = text[: named.start].rstrip(" \u00a0«“„\"'(")
    return words.upper() in (words, words.lower()) or not before or before[-1] in ".;:\n"


@cache
def _also_words(code: str) -> tuple[str, ...]:
    return tuple(folded(name).text for name in languages()[code].also_words)


def _is_form(word: str, name: str, code: str) -> bool:
    """Whether a folded word is a form of the `name` of one word, by the declensions and prefixes of its language."""
    if word == name or code in _UNSPACED:
        return True
    with_article = name.startswith(_ARTICLES)
    for prefix in _folded_parts(code, "prefixes"):
        bare = name[len(_ARTICLES[0]) :] if with_article else name
        if word == prefix + bare and prefix.endswith(_ARTICLES) == with_article:
            return True
    row = _declension(name, code)
    base = name[: len(name) - len(row[0])] if row else ""
    return any(word == base + ending for ending in row)


@cache
def _declension(name: str, code: str) -> tuple[str, ...]:
    """Return the endings of the declension of a name, its own first: the row with the longest that it ends in."""
    rows = [tuple(folded(row).text.split(" ")) for row in languages()[code].declensions]
    return max((row for row in rows if name.endswith(row[0])), key=lambda row: len(row[0]), default=())


def tongues_in(text: str, code: str) -> list[Named]:
    """Return the languages that `text` names in the language `code`, in order, with their ISO 639-1 codes."""
    return _found(text, code, "tongues") if code in languages() else []


def _found(text: str, code: str, table: str) -> list[Named]:
    words = folded(text)
    if code in _UNSPACED:
        return _within(words, code, table)
    tokens = [(found, stem(found.group(), code)) for found in _WORD.finditer(words.text)]
    names = _names(code, table)
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        match = _at(tokens, at, names, table, code)
        if match and _is_named(words, tokens[at][0], table):
            last = tokens[at + len(match[0]) - 1][0]
            found.append(Named(words.start(tokens[at][0].start()), words.end(last.end()), match[1]))
            at += len(match[0])
        else:
            at += 1
    return found


def _at(
    tokens: list[tuple[re.Match[str], str]], at: int, names: _Names, table: str, code: str
) -> tuple[tuple[str, ...], str] | None:
    """Return the longest name that stands at a token; of two with the same stems the one that is more alike.

    A State of one word must stand in one of its forms, and so must a language whose name is not declined.
    """
    text = tokens[at][0].string[tokens[at][0].start() :]
    fitting = [
        (-len(name), -_alike(text, printed), len(printed), name, named)
        for name, named, printed in names.by_first.get(tokens[at][1], ())
        if tuple(stem for _, stem in tokens[at : at + len(name)]) == name
        and (
            len(name) > 1
            or (table != "states" and named not in _UNDECLINED)
            or _is_form(tokens[at][0].group(), printed, code)
        )
    ]
    return min(fitting)[3:] if fitting else None


def _alike(text: str, name: str) -> int:
    """Return how many of the first characters are the same."""
    return next((at for at, (a, b) in enumerate(zip(text, name, strict=False)) if a != b), min(len(text), len(name)))


def _is_named(words: Folded, first: re.Match[str], table: str) -> bool:
    """Whether a word may begin a name: one of a State has a capital letter, where its script has such."""
    return table != "states" or not words.source[words.start(first.start())].islower()


def _within(words: Folded, code: str, table: str) -> list[Named]:
    """Return the names in a text without blanks between words, the longest at each place."""
    found: list[Named] = []
    for match in _alternatives(code, table).finditer(words.text):
        if table == "states" and _is_part(match, code):
            continue
        named = _by_name(code, table)[match.group()]
        found.append(Named(words.start(match.start()), words.end(match.end()), named))
    return found


def _is_part(match: re.Match[str], code: str) -> bool:
    """Whether what was taken for a State is part of a longer name: `ギニア` in `ニューギニア`, `말리` in `말리아나`."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:_WINDOW]
    if _KATAKANA.fullmatch(match.group()[0]) and _KATAKANA.fullmatch(before):
        return True
    if _KATAKANA.fullmatch(match.group()[-1]) and _KATAKANA.fullmatch(after[:1]):
        return True
    hangul = _HANGUL.fullmatch(match.group()[-1]) and _HANGUL.fullmatch(after[:1])
    goes_on = hangul and not after.startswith(_folded_parts(code, "after_names"))
    return bool(goes_on or (_HANGUL.fullmatch(match.group()[0]) and _HANGUL.fullmatch(before)))


def _with_realms(found: list[Named], text: str, code: str) -> list[Named]:
    """Return names with the form of State that stands before them: `Reino de España`."""
    realms = languages()[code].realms
    if not realms:
        return found
    pattern, out, before = _realms(code), [], 0
    for named in found:
        words = folded(text[before : named.start])
        realm = pattern.search(words.text)
        start = before + words.start(realm.start()) if realm else named.start
        out.append(Named(start, named.end, named.code))
        before = named.end
    return out


@cache
def _realms(code: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(folded(realm).text for realm in languages()[code].realms)})[\s']*$")


def stem(word: str, code: str) -> str:
    """Return a folded word without the prefixes and endings of its language, where enough of it is left."""
    for prefix in _folded_parts(code, "prefixes"):
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            word = word[len(prefix) :]
            break
    while ending := next((e for e in _folded_parts(code, "endings") if _may_go(word, e)), ""):
        word = word[: -len(ending)]
    return word


def _may_go(word: str, ending: str) -> bool:
    return word.endswith(ending) and len(word) - len(ending) >= _SHORTEST


@cache
def _folded_parts(code: str, field: str) -> tuple[str, ...]:
    parts: tuple[str, ...] = getattr(languages()[code], field)
    return tuple(sorted((folded(part).text for part in parts), key=len, reverse=True))


@cache
def _names(code: str, table: str) -> _Names:
    rows: PackTable = getattr(languages()[code], table)
    by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for named, ways in rows.items():
        for way in ways:
            printed = folded(way).text
            stems = tuple(stem(word, code) for word in _WORD.findall(printed))
            by_first.setdefault(stems[0], []).append((stems, named, printed))
    return _Names({first: sorted(names, key=lambda each: -len(each[0])) for first, names in by_first.items()})


@cache
def _by_name(code: str, table: str) -> dict[str, str]:
    rows: PackTable = getattr(languages()[code], table)
    found = {folded(way).text: named for named, ways in rows.items() for way in ways}
    if code in _UNSPACED:  # what is printed with a blank is printed without it too
        found |= {way.replace(" ", ""): named for way, named in found.items() if " " in way}
    return found


@cache
def _alternatives(code: str, table: str) -> re.Pattern[str]:
    names = sorted(_by_name(code, table), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")
