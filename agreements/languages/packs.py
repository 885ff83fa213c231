"""The packs: what treaties in one language call their parts, how they count, and the formulas they stand between."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from agreements.resources import data_folder

PackTable = Mapping[str, tuple[str, ...]]
KINDS = ("article", "section", "chapter", "part")
"""The kinds of provisions that heads open, as the packs name them."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """What a pack says of a language. Words are matched in any case, and with or without their accents.

    `article`, `section`, `chapter` and `part` are the words of heads: `Artikel` stands before its number, a form
    with `#` says where the number stands (`#. cikk`, `第#条`). `annex`, `preamble` and `sole` are whole words or
    phrases. `ordinals` and `cardinals` are numbers in words from one on, `months` the months from January on; what
    may be written in several ways is divided by `|`. `instruments` are the nouns for agreements. `agreed` closes a
    preamble, `witness` and `done` open a closing (a phrase that begins with `…` ends its sentence instead),
    `into_force` says that an agreement enters into force. `references` are the nouns by which a text refers to its
    parts. `examples` are heads of the articles one, two and three as treaties print them; the tests read them.

    `dates` are the orders of a date (`{day} {month} {year}`; `{year}年{month}{day}日`), `date_words` what may stand
    between its parts, `larger` the numbers in words over the cardinals (`1000 mille|mil`). `place` says how the place
    of signing stands (`at {place}`), `no_place` what stands so and is none. `texts` are patterns that name the
    languages of the texts (`list`), where not every one named in a closing is meant; `prevails` says that one does.
    `between` opens the parties of a title, `joins` stands before the last of them (`y`; `و-` is written onto it),
    `topic` opens its subject; `realms` are the words of a form of State (`Republic
    of`). `endings` are what words end in by case or gender, `prefixes` what is written onto the front of them,
    `declensions` the endings that go together, the one of the name first (`ия ии ию ией`; a blank first: none),
    which a State of one word is held to, and `also_words` the States whose names are common words too (`Того`);
    `tongue_nouns` are the beginnings of the nouns that stand beside the name of a language (`language`, `text`).
    `nth` are the stems of ordinal numbers (`30 тридцат`) and `nth_endings` what ends them (`*` for none).
    `behind` stands behind the parties of a title where no word stands before them (`との間`), `after_names` what may be
    written onto the name of a State (`공화국`).
    `explains` opens a head that explains an article of another instrument (`Re Article 5`).
    `ocr` is the model of tesseract that reads pictures of the language (`fra`). The tables: `states` and `tongues` name
    States and languages by their codes, `forms` the forms of agreements; `entry`
    has patterns on entry into force (see `agreements.parsing.entry`), `lasting` on duration, renewal and notice (see
    `agreements.parsing.lasting`), `cites` the words of references (see
    `agreements.parsing.citing`), `applies` those by which a text applies another (see
    `agreements.lineage.incorporation`), `reply` those of a note in reply (see `agreements.parsing.notes`), `periods`
    the units of time (`days`; `2 months` for a dual), `money` currencies by their codes (`USD`; `dollars` where several
    States have it). `percent` are the words for a hundredth, `authentic` those by which a closing says that texts are,
    `equally` and `each_text` those by which it says so of all of them (here and in `prevails`, `*` at the end of a word
    stands for any ending). Patterns are matched against folded words: small letters without accents.
    """

    code: str
    name: str
    article: tuple[str, ...]
    examples: tuple[str, ...]
    section: tuple[str, ...] = ()
    chapter: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()
    preamble: tuple[str, ...] = ()
    sole: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    cardinals: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    into_force: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("{day} {month} {year}",)
    date_words: tuple[str, ...] = ()
    larger: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    no_place: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    prevails: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    realms: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    declensions: tuple[str, ...] = ()
    also_words: tuple[str, ...] = ()
    tongue_nouns: tuple[str, ...] = ()
    nth: tuple[str, ...] = ()
    nth_endings: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    after_names: tuple[str, ...] = ()
    ocr: str = ""
    states: PackTable = field(default_factory=dict)
    tongues: PackTable = field(default_factory=dict)
    forms: PackTable = field(default_factory=dict)
    entry: PackTable = field(default_factory=dict)
    lasting: PackTable = field(default_factory=dict)
    cites: PackTable = field(default_factory=dict)
    applies: PackTable = field(default_factory=dict)
    reply: PackTable = field(default_factory=dict)
    percent: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    equally: tuple[str, ...] = ()
    each_text: tuple[str, ...] = ()
    periods: PackTable = field(default_factory=dict)
    money: PackTable = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether the pack knows parties and entry into force, and not only heads, dates and closings."""
        return bool(self.entry and (self.states or self.code == "en"))

    def heads(self, kind: str) -> tuple[str, ...]:
        """Return the words of heads of `kind`, one of `KINDS`."""
        found: tuple[str, ...] = getattr(self, kind)
        return found

    def counted(self) -> Mapping[str, int]:
        """Return the value of each number in words, folded."""
        return _values(self.cardinals) | _values(self.ordinals)

    def amounts(self) -> Mapping[str, int]:
        """Return the value of every word that numbers are made of, folded: `deux`, `trente`, `cent`, `mille`."""
        rows = (row.split(" ", 1) for row in self.larger)
        return dict(self.counted()) | {fold(way): int(value) for value, ways in rows for way in ways.split("|")}

    def ordered(self) -> Mapping[str, int]:
        """Return the value of each ordinal number in words, folded."""
        return _values(self.ordinals)


def _values(rows: tuple[str, ...]) -> dict[str, int]:
    return {fold(way): value for value, ways in enumerate(rows, 1) for way in ways.split("|")}


@cache
def languages() -> Mapping[str, LanguagePack]:
    """Return the languages by code (ISO 639-1), English first. Raises `ValueError` for a field that is none."""
    known = {each.name for each in fields(LanguagePack)}
    found = {}
    for path in sorted(data_folder("languages").glob("*.toml"), key=lambda path: (path.stem != "en", path.stem)):
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        if strange := row.keys() - known:
            raise ValueError(f"languages/{path.name}: there is no {', '.join(sorted(strange))}")
        values = {key: _sealed(value) for key, value in row.items()}
        found[path.stem] = LanguagePack(code=path.stem, **values)
    return found


def _sealed(value: Any) -> Any:
    """Return a value of a pack as it is held: lists as tuples, a table as one of tuples, ways divided by `|`."""
    if isinstance(value, dict):
        return {key: tuple(each) if isinstance(each, list) else tuple(each.split("|")) for key, each in value.items()}
    return tuple(value) if isinstance(value, list) else value


@cache
def phrases(field: str, *but: str) -> tuple[str, ...]:
    """Return what all languages (those of the codes `but` left out) say in `field`, folded, each once."""
    rows = (getattr(each, field) for each in languages().values() if each.code not in but)
    return tuple(dict.fromkeys(fold(word) for row in rows for word in row))


class _WithoutMarks(dict[int, int | None]):
    """What each character becomes when accents go; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.category(chr(code)) == "Mn" else code
        return self[code]


_BARE = _WithoutMarks({ord("ı"): ord("i")})


def fold(text: str) -> str:
    """Return `text` in small letters without accents: `ΆΡΘΡΟ`, `Άρθρο` and `ΑΡΘΡΟ` are one word."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFD", text.casefold()).translate(_BARE)
