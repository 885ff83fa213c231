"""What every data file of the package has to be, as pydantic models, and the check of all of them.

A program that runs reads the files as they are, for speed; `doctor --data` and the tests hold each row against its
schema here. A finding names the file, the line, what is wrong and, where one is near, the word that was meant.
`FILES` says which schema a file has; a test holds that every file of `agreements/data` is in it.
"""

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from agreements import registry
from agreements.drafting import families as drafted
from agreements.drafting import family as drafted_family
from agreements.drafting import read_clause, template_folders
from agreements.errors import AgreementsError, NotFoundError
from agreements.families import FAMILIES
from agreements.findings import Finding, Severity, error, warning
from agreements.language.actors import ActorKind
from agreements.language.numbers import spelled
from agreements.languages import languages
from agreements.marking import lexicon_of
from agreements.model import Form
from agreements.negotiation import deadlines
from agreements.negotiation.file import CLOSING
from agreements.resources import data
from agreements.states import code_of, name_of
from agreements.topics import topics
from agreements.word import NAMESPACES, handover_kinds

_Line = Callable[[str, str], int]  # where a field with a value stands
_Rows = Iterator[tuple[_Line, Mapping[str, Any]]]

# ---------------------------------------------------------------------- kinds of values


def _one_of(what: str, known: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """Return a check that a value is one of the `known` names; it says which of them is near."""

    def check(value: str) -> str:
        names = [*known()]
        if value in names:
            return value
        near = get_close_matches(value, names, 1)
        raise ValueError(f"there is no {what} {value!r}" + (f"; {near[0]!r} is near" if near else ""))

    return check


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as problem:
        raise ValueError(f"{value!r} is no regular expression: {problem}") from problem
    return value


def _day(value: str) -> str:
    if not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", value):
        raise ValueError(f"{value!r} is no day written as 2026-11-22")
    return value


def _count(value: str) -> str:
    if value in ("", "notice", "extension") or re.fullmatch(r"-?\d+", value):
        return value
    meant = spelled(value)
    raise ValueError(
        f"{value!r} is no number, 'notice', 'extension' or nothing" + (f"; write {meant}" if meant is not None else "")
    )


def _party(value: str) -> str:
    with suppress(NotFoundError):
        name_of(value)
        return value
    meant = code_of(value)
    raise ValueError(f"{value!r} is the code of no State or organisation" + (f"; {meant} is near" if meant else ""))


def _or_nothing(check: Callable[[str], str]) -> Callable[[str], str]:
    """Return `check` for a cell that may be empty."""
    return lambda value: check(value) if value else value


def _parted(separator: str | None) -> Callable[[Any], Any]:
    """Return what cuts a cell at `separator` (None: at blanks) into a tuple; a list stays."""

    def cut(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(separator) if part.strip())

    return cut


Words = Annotated[str, Field(min_length=1)]
Day = Annotated[str, AfterValidator(_day)]
PatternText = Annotated[str, AfterValidator(_pattern)]
TopicId = Annotated[str, AfterValidator(_one_of("topic", topics))]
Core = Annotated[str, AfterValidator(_one_of("core topic", lambda: {each.core for each in topics().values()}))]
FamilyId = Annotated[str, AfterValidator(_one_of("family", lambda: FAMILIES))]
Code = Annotated[str, AfterValidator(_party)]
_Blanks = BeforeValidator(_parted(None))
_Bars = BeforeValidator(_parted("|"))
_Stops = BeforeValidator(_parted(";"))
_SOME = Field(min_length=1)


class _Row(BaseModel):
    """A row: no column that the schema does not know, none missing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


# ---------------------------------------------------------------------- the files


class _Topic(_Row):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    core: TopicId
    label: Words
    definition: Words
    triggers: Annotated[tuple[Words, ...], _Stops]
    families: Annotated[tuple[FamilyId, ...], _Blanks]
    always_told: Literal["", "yes"]


class _Cues(_Row):
    topic: TopicId
    heading: str
    decisive: str
    strong: str
    medium: str
    weak: str


class _TopicSign(_Row):
    topic: TopicId
    sign: Annotated[str, Field(pattern=r"^\S+(?: \+ \S+)+(?: ~[1-9]\d?)?(?: - \S+)?$")]


class _SignWords(_Row):
    name: Annotated[str, Field(pattern=r"^@[a-z]+$")]
    words: Annotated[tuple[str, ...], _Blanks, Field(min_length=2)]


class _TopicWords(_Row):
    topic: TopicId
    words: Annotated[tuple[str, ...], _Blanks, Field(min_length=1)]


class _Expressions(_Row):
    said: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z][a-z'-]*(?: (?:\.\.|[a-z'-]+))*$")], ...], _Stops, _SOME]
    meant: Annotated[tuple[Words, ...], _Stops, _SOME]
    topics: Annotated[tuple[TopicId, ...], _Blanks]


class _WordTopics(_Row):
    word: Annotated[str, Field(pattern=r"^[a-z]+$")]
    topics: Annotated[tuple[TopicId, ...], _Blanks, Field(min_length=1)]


class _Kin(_Row):
    words: Annotated[tuple[str, ...], _Blanks, Field(min_length=2)]


class _Spelling(_Row):
    kind: Literal["start", "whole"]
    british: Words
    american: Words


class _State(_Row):
    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z-]{1,11}$")]
    kind: Literal["state", "territory", "former", "organisation"]
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]


class _WellKnown(_Row):
    title: Words
    signed: Day
    names: PatternText


class _Predecessor(_Row):
    code: Code
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]


class _Nationality(_Row):
    code: Code
    adjectives: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]


class _StateNames(_Row):
    code: Code
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]


class _Called(_Row):
    code: Code
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]


class _Region(_Row):
    region: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    label: Words
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]
    alone: Annotated[tuple[Words, ...], _Bars]
    codes: Annotated[tuple[Code, ...], _Bars, Field(min_length=2)]


class _Abbreviation(_Row):
    words: Annotated[tuple[Annotated[str, Field(pattern=r"\S\.$")], ...], _Bars, Field(min_length=1)]
    before: Literal["any", "name", "number"]
    example: Words


class _ModalWords(_Row):
    words: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]+(?: [a-z]+)*$")], ...], _Bars, Field(min_length=1)]
    kind: Literal["duty", "right", "future", "advice", "intention", "effort"]
    example: Words


class _Currency(_Row):
    code: Annotated[str, Field(pattern=r"^(?:[A-Z]{3})?$")]
    names: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]
    signs: Annotated[tuple[Words, ...], _Bars]


class _ActorWords(_Row):
    kind: Annotated[str, AfterValidator(_one_of("kind of actor", lambda: get_args(ActorKind)))]
    words: Annotated[tuple[Words, ...], _Bars, Field(min_length=1)]
    example: Words


class _Member(_Row):
    code: Code
    since: Day


class _Place(_Row):
    key: Words
    name: Words
    address: Annotated[str, Field(pattern=r"^https://\S+$")]


class _Deadline(_Row):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    title: Words
    families: Annotated[tuple[FamilyId, ...], _Bars]
    not_families: Annotated[tuple[FamilyId, ...], _Bars]
    party: Annotated[str, AfterValidator(_or_nothing(_party))]
    partner: Literal["", "non-nato"]
    trigger: Annotated[str, AfterValidator(_one_of("event", lambda: deadlines.EVENTS))]
    count: Annotated[str, AfterValidator(_count)]
    unit: Literal["", "days", "months", "years", "month-end"]
    since: Annotated[str, AfterValidator(_or_nothing(_day))]
    until: Annotated[str, AfterValidator(_or_nothing(_day))]
    closed_by: Annotated[tuple[Annotated[str, AfterValidator(_one_of("step", lambda: CLOSING))], ...], _Bars]
    undated: str
    rule: Words
    citation: Words
    checked: Day
    verified: Literal["yes", "no"]
    basis: Words
    note: str
    binding: Literal["", "yes", "no", "qualifying"]


class _Family(_Row):
    code: Annotated[str, Field(pattern=r"^[A-Z]+$")]
    short: Words
    label: Words
    aliases: tuple[Words, ...] = ()
    title: tuple[PatternText, ...] = ()
    abroad: tuple[PatternText, ...] = ()
    unless: tuple[PatternText, ...] = ()
    topics: tuple[Core, ...] = ()
    says: tuple[PatternText, ...] = ()
    marks: tuple[Core, ...] = ()


class _FindingCode(_Row):
    code: Annotated[str, Field(pattern=r"^[a-z][a-z-]*[a-z*]$")]
    severity: Annotated[tuple[Severity, ...], _Blanks, Field(min_length=1)]
    means: Words
    fix: Words
    page: Annotated[str, Field(pattern=r"^[a-z-]+\.md$")]


class _Sourced(_Row):
    """A rule over sentences, with its source."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]
    fix: Words
    citation: Words
    checked: Day
    verified: bool
    basis: Words
    unless: PatternText = ""


class _Limit(_Sourced):
    cues: tuple[Words, ...]
    finds: PatternText
    unless_text: PatternText = ""
    near: PatternText = ""
    severity: Severity
    says: Words
    by_us: bool = False
    once: bool = False
    own: bool = False


def _fields_of_a_fact(value: str) -> str:
    if strange := [name for name in value.split() if name not in ("date", "place", "number", "about")]:
        raise ValueError(f"{strange[0]!r} is no field of a fact")
    return value


class _CitedFact(_Row):
    kind: Literal["treaty", "usc", "chapter"]
    names: PatternText
    title: str
    number: str
    date: str
    place: str
    about: Words
    source: Words
    unverified: Annotated[str, AfterValidator(_fields_of_a_fact)] = ""


class _Role(_Row):
    id: Words
    families: tuple[Words, ...]
    side: Literal["guest", "host", "supplier", "receiver"]
    cues: tuple[Words, ...]
    says: Words
    source: Words
    does: PatternText = ""
    named: PatternText = ""
    after: PatternText = ""
    near: PatternText = ""
    unless: PatternText = ""
    unless_text: PatternText = ""
    code: Literal["wrong-side", "wrong-grantor", "wrong-owner"] = "wrong-side"


class _FamilyException(_Row):
    id: Words
    families: tuple[Words, ...]
    cues: tuple[Words, ...]
    finds: PatternText
    unless: PatternText
    says: Words
    fix: Words
    source: Words
    where: PatternText = ""


def _head_form(value: str) -> str:
    if not value.strip() or value.count("#") > 1:
        raise ValueError(f"{value!r} is no word of a head, with at most one # in place of the number")
    return value


def _ways(value: str) -> str:
    if not all(way.strip() for way in value.split("|")):
        raise ValueError(f"{value!r} has an empty word before, between or after |")
    return value


def _a_year(value: tuple[str, ...]) -> tuple[str, ...]:
    if len(value) not in (0, 12):
        raise ValueError(f"a year has 12 months, and {len(value)} are named")
    return value


_HeadForm = Annotated[str, AfterValidator(_head_form)]
_Ways = Annotated[str, AfterValidator(_ways)]


def _order(value: str) -> str:
    if sorted(re.findall(r"\{(\w*)\}", value)) != ["day", "month", "year"]:
        raise ValueError(f"{value!r} is no order of a date: it has {{day}}, {{month}} and {{year}} once each")
    return value


def _placed(value: str) -> str:
    if value.count("{place}") != 1:
        raise ValueError(f"{value!r} does not say where the place stands: {{place}}, once")
    return value


def _amount(value: str) -> str:
    number, _, ways = value.partition(" ")
    if not number.isdigit():
        raise ValueError(f"{value!r} does not begin with the number that its words stand for")
    return f"{number} {_ways(ways)}"


def _gapped(value: str) -> str:
    for gap in ("{enters}", "{date}", "{period}", "{this}"):
        value = value.replace(gap, "x")
    return _pattern(value)


_Gapped = tuple[Annotated[str, AfterValidator(_gapped)], ...]


class _Entry(_Row):
    """Patterns on entry into force; each may hold the gaps {enters}, {date} and {period}.

    `denied` says that this does not enter into force so; `inside` stands right before this agreement, or reaches into
    its words, where it is not what enters, but what an annex or an amendment belongs to; `goes_over` between this
    agreement and the verb, where another subject has come; `for_some` says, up to the verb or right behind it, that it
    does so for some State or territory alone; `it` opens a sentence whose subject the last one named.
    """

    enters: Annotated[_Gapped, Field(min_length=1)]
    this: Annotated[_Gapped, Field(min_length=1)]
    units: _Gapped = ()
    others: _Gapped = ()
    ends: _Gapped = ()
    lasting: _Gapped = ()
    fixed: _Gapped = ()
    first_day: _Gapped = ()
    ratification: _Gapped = ()
    reply_received: _Gapped = ()
    last_signature: _Gapped = ()
    days_after: _Gapped = ()
    after_signature: _Gapped = ()
    notification: _Gapped = ()
    reply: _Gapped = ()
    with_another: _Gapped = ()
    signature: _Gapped = ()
    condition: _Gapped = ()
    applies_from: _Gapped = ()
    provisional: _Gapped = ()
    subordinate: _Gapped = ()
    resumes: _Gapped = ()
    denied: _Gapped = ()
    inside: _Gapped = ()
    goes_over: _Gapped = ()
    for_some: _Gapped = ()
    it: _Gapped = ()


class _Lasting(_Row):
    """Patterns on how long an agreement lasts, from the verb on; {period} is a length of time, {this} this agreement.

    `bound` stands right behind a length that is only the most or the least, `first` is in the words of a first term;
    `ends` says of this agreement that it is ended, `goes_on` that it may last beyond its term: where no renewal is read
    from that, no term is stated.
    """

    term: Annotated[_Gapped, Field(min_length=1)]
    renewal: _Gapped = ()
    notice: _Gapped = ()
    ends: _Gapped = ()
    bound: _Gapped = ()
    first: _Gapped = ()
    goes_on: _Gapped = ()


class _Cites(_Row):
    """The nouns of references and the small words between them; `of` may be empty, where a genitive says it.

    `own` are patterns of what the text calls itself (`present agreement`), `named` the nouns that, without an article,
    begin the name of another instrument, in writing that has no capitals. `aside` are patterns of what may stand
    between a reference and what it belongs to (`first sentence`), `elsewhere` of what belongs to another text though no
    capital says so (`the penal code`, `the said agreement`), `its` of what says so before a reference. `relative` are
    beginnings of words that point to a place without its number (`preceding`).
    """

    article: Annotated[tuple[Words, ...], Field(min_length=1)]
    part: tuple[Words, ...] = ()
    annex: tuple[Words, ...] = ()
    of: tuple[str, ...] = ()
    this: tuple[Words, ...] = ()
    own: tuple[PatternText, ...] = ()
    named: tuple[Words, ...] = ()
    aside: tuple[PatternText, ...] = ()
    elsewhere: tuple[PatternText, ...] = ()
    its: tuple[PatternText, ...] = ()
    relative: tuple[Words, ...] = ()
    to: tuple[Words, ...] = ()
    joins: tuple[Words, ...] = Field((), alias="and")


class _Reply(_Row):
    """Patterns of the words by which a note in reply accepts, is only supposed to, and departs from the note.

    `understands` are those of an understanding or condition, `understood` those that say so without acceptance;
    `changed` say by themselves that a term is changed, `changes` beside an understanding; what `confirms` matches is no
    change.
    """

    accepts: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    supposed: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    understands: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    understood: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    changes: tuple[PatternText, ...] = ()
    changed: tuple[PatternText, ...] = ()
    confirms: tuple[PatternText, ...] = ()


class _Applies(_Row):
    """Patterns of the words by which a text applies another instrument, that stand before or after its name.

    `between` may stand between a verb and the name after it, `signed` goes on with a name behind a comma, `ends` ends
    one, `qualifier` may begin one. `except` opens an exception, `denied` says that nothing is applied, `supposed` that
    it is only supposed.
    """

    before: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    between: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    after: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    excepts: Annotated[tuple[PatternText, ...], Field(min_length=1, alias="except")]
    signed: tuple[PatternText, ...] = ()
    ends: tuple[PatternText, ...] = ()
    qualifier: tuple[PatternText, ...] = ()
    denied: Annotated[tuple[PatternText, ...], Field(min_length=1)]
    supposed: tuple[PatternText, ...] = ()


class _Language(_Row):
    name: Words
    ocr: Annotated[str, Field(pattern=r"^[a-z]{3}(_[a-z]+)?$")] = ""
    article: Annotated[tuple[_HeadForm, ...], Field(min_length=1)]
    section: tuple[_HeadForm, ...] = ()
    chapter: tuple[_HeadForm, ...] = ()
    part: tuple[_HeadForm, ...] = ()
    annex: tuple[Words, ...] = ()
    preamble: tuple[Words, ...] = ()
    sole: tuple[Words, ...] = ()
    ordinals: tuple[_Ways, ...] = ()
    cardinals: tuple[_Ways, ...] = ()
    months: Annotated[tuple[_Ways, ...], AfterValidator(_a_year)] = ()
    instruments: tuple[Words, ...] = ()
    agreed: tuple[Words, ...] = ()
    witness: tuple[Words, ...] = ()
    done: tuple[Words, ...] = ()
    into_force: tuple[Words, ...] = ()
    references: tuple[Words, ...] = ()
    dates: tuple[Annotated[str, AfterValidator(_order)], ...] = ()
    date_words: tuple[Words, ...] = ()
    larger: tuple[Annotated[str, AfterValidator(_amount)], ...] = ()
    place: tuple[Annotated[str, AfterValidator(_placed)], ...] = ()
    no_place: tuple[Words, ...] = ()
    texts: tuple[PatternText, ...] = ()
    prevails: tuple[Words, ...] = ()
    between: tuple[Words, ...] = ()
    topic: tuple[Words, ...] = ()
    joins: tuple[Words, ...] = ()
    realms: tuple[Words, ...] = ()
    endings: tuple[Words, ...] = ()
    declensions: tuple[str, ...] = ()
    prefixes: tuple[Words, ...] = ()
    also_words: tuple[Words, ...] = ()
    tongue_nouns: tuple[Words, ...] = ()
    nth: tuple[PatternText, ...] = ()
    nth_endings: tuple[Words, ...] = ()
    explains: tuple[Words, ...] = ()
    behind: tuple[Words, ...] = ()
    after_names: tuple[Words, ...] = ()
    forms: Mapping[Form, _Ways] = {}
    tongues: Mapping[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], _Ways] = {}
    states: Mapping[Code, _Ways] = {}
    entry: _Entry | None = None
    lasting: _Lasting | None = None
    cites: _Cites | None = None
    applies: _Applies | None = None
    reply: _Reply | None = None
    percent: tuple[Words, ...] = ()
    authentic: tuple[Words, ...] = ()
    equally: tuple[Words, ...] = ()
    each_text: tuple[Words, ...] = ()
    periods: Mapping[Annotated[str, Field(pattern=r"^(\d+ )?(hours|days|weeks|months|years)$")], _Ways] = {}
    money: Mapping[Annotated[str, Field(pattern=r"^([A-Z]{3}|[a-z]+)$")], _Ways] = {}
    examples: Annotated[tuple[Words, ...], Field(min_length=3, max_length=3)]


class _AcsaRule(_Sourced):
    kind: Literal["says", "within", "fact"]
    item: Words
    reason: Words
    finds: PatternText = ""
    near: PatternText = ""
    differs: PatternText = ""
    parts: dict[Words, PatternText] = {}
    months: int = 0
    denied: bool = False
    when: tuple[Literal["nato", "organization", "other", "unknown"], ...] = ()


def _paper_line(value: str) -> str:
    rest = re.sub(r"\{\w+\^?(?:\|[^{}]*)?\}", "", value)
    if wrong := re.search(r"[{}]", rest):
        raise ValueError(f"a gap is {{name}} or {{name|what belongs there}}; {rest[wrong.start() :][:30]!r} is none")
    if value.startswith("[[") and not re.fullmatch(r"\[\[(?:table \w+|draft|page)\]\]", value.strip()):
        raise ValueError(f"{value!r} is no [[table NAME]], [[draft]] or [[page]]")
    return value


class _PaperLine(_Row):
    line: Annotated[str, AfterValidator(_paper_line)]


def _xml_name(value: str) -> str:
    prefix, colon, _ = value.rpartition(":")
    if not re.fullmatch(r"(?:[a-z0-9]+:)?[A-Za-z]\w*", value) or (colon and prefix not in NAMESPACES):
        raise ValueError(f"{value!r} is no name as w:p, with one of the prefixes {', '.join(NAMESPACES)}")
    return value


def _said_by(value: str) -> str:
    name, _, kind = value.rpartition("=")
    _xml_name(name)
    _one_of("kind of value", lambda: ("figure", "word", "words", "name", "rel", "lang", "shape"))(kind)
    return value


XmlName = Annotated[str, AfterValidator(_xml_name)]
HandoverKindId = Annotated[str, AfterValidator(_or_nothing(_one_of("kind", handover_kinds)))]


class _KnownElement(_Row):
    element: XmlName
    text: Literal["", "yes"]
    attributes: Annotated[tuple[Annotated[str, AfterValidator(_said_by)], ...], _Blanks]


class _KnownValue(_Row):
    line: Annotated[str, Field(pattern=r"^\S(?:.*\S)?$")]


class _KnownPart(_Row):
    kind: Annotated[str, Field(pattern=r"^[A-Za-z-]+$")]
    relationship: Annotated[str, Field(pattern=r"^http://\S+$")]
    path: Annotated[str, Field(pattern=r"^[A-Za-z/.]*$")]
    type: Annotated[str, Field(pattern=r"^[A-Za-z0-9./+-]*$")]


class _LeftOut(_Row):
    name: XmlName
    kind: HandoverKindId
    how: Literal["drop", "unwrap"]


class _HandoverKind(_Row):
    kind: Annotated[str, Field(pattern=r"^[a-z][a-z-]*$")]
    fate: Literal["asks", "stops", "goes"]
    short: str
    major: Literal["", "yes"]
    what: Words
    remove: str
    allow: str


FILES: Mapping[str, type[_Row] | None] = {
    "topics.csv": _Topic,
    "topic_cues.csv": _Cues,
    "topic_signs.csv": _TopicSign,
    "sign_words.csv": _SignWords,
    "lay_words.csv": _TopicWords,
    "lay_expressions.csv": _Expressions,
    "plain_words.csv": _WordTopics,
    "word_senses.bin": None,  # the tests of `search/senses.py` hold it
    "word_families.csv": _Kin,
    "spelling.csv": _Spelling,
    "states.csv": _State,
    "state_names.csv": _StateNames,
    "called.csv": _Called,
    "regions.csv": _Region,
    "abbreviations.csv": _Abbreviation,
    "modality.csv": _ModalWords,
    "currencies.csv": _Currency,
    "actors.csv": _ActorWords,
    "nationalities.csv": _Nationality,
    "predecessors.csv": _Predecessor,
    "well_known.csv": _WellKnown,
    "nato_members.csv": _Member,
    "official_places.csv": _Place,
    "deadlines.csv": _Deadline,
    "families.toml": _Family,
    "findings.csv": _FindingCode,
    "limits.toml": _Limit,
    "exceptions.toml": _FamilyException,
    "roles.toml": _Role,
    "cited_facts.csv": _CitedFact,
    "acsa_rules.toml": _AcsaRule,
    "handover_elements.csv": _KnownElement,
    "handover_kinds.csv": _HandoverKind,
    "handover_left_out.csv": _LeftOut,
    "handover_parts.csv": _KnownPart,
    "handover_values.txt": _KnownValue,
    "markings.toml": None,  # `marking.words` checks it itself, at every start: a wrong one must stop the program
    "base.docx": None,  # the tests of `word/` hold it
    **{f"languages/{code}.toml": _Language for code in languages()},
    **{f"papers/{name}.txt": _PaperLine for name in registry.PAPERS.own},
}
"""The schema of every file of `agreements/data`; None where something else holds it."""


def check_data() -> Iterator[Finding]:
    """Yield what is wrong with the data files of the package, the template folders in use and added packages."""
    for name in FILES:
        yield from check_file(data(name), name)
    for folder in template_folders():
        yield from check_templates(folder)
    for register in (registry.ENGINES, registry.FORMATS, registry.READERS, registry.CHECKS):
        for trouble in register.troubles():
            yield warning("plugin", register.group, trouble, "Update or remove that package.")


def check_file(path: Path, name: str) -> Iterator[Finding]:
    """Yield what is wrong with the file at `path`, which is to be the data file `name` (`deadlines.csv`)."""
    schema = FILES[name]
    try:
        if name == "markings.toml":
            lexicon_of(tomllib.loads(path.read_text(encoding="utf-8")))
        if schema is None:
            return
        rows = {".csv": _csv_rows, ".toml": _toml_rows, ".txt": _text_rows}[path.suffix](path)
        for where, row in rows:
            yield from _wrong(schema, row, name, where)
    except ValueError as problem:  # not UTF-8, not TOML, a wrong marking
        yield error("data", name, f"{problem}".strip() + ".")


def _wrong(schema: type[_Row], row: Mapping[str, Any], name: str, where: _Line) -> Iterator[Finding]:
    try:
        schema(**row)
    except ValidationError as problem:
        for each in sorted(problem.errors(), key=lambda one: one["type"] != "extra_forbidden"):  # a slip in a name
            column = str(each["loc"][0]) if each["loc"] else ""
            yield error(
                "data", f"{name}:{where(column, str(each.get('input', '')))}", f"{column}: {_said(each, schema)}."
            )


def _said(problem: Any, schema: type[BaseModel]) -> str:
    """Return a problem that pydantic found in plain words, with the near name of a field."""
    kind, given = problem["type"], problem.get("input")
    if kind == "extra_forbidden":
        near = get_close_matches(str(problem["loc"][-1]), schema.model_fields, 1)
        return "there is no such field" + (f"; {near[0]!r} is near" if near else "")
    if kind == "missing":
        return "it is missing"
    if kind == "literal_error":
        known = re.findall(r"'([^']*)'", problem["ctx"]["expected"])
        near = get_close_matches(str(given), known, 1)
        return f"{given!r} is none of {', '.join(filter(None, known))}" + (f"; {near[0]!r} is near" if near else "")
    words: str = problem["msg"].removeprefix("Value error, ")
    return words if kind == "value_error" else f"{given!r}: {words[:1].lower()}{words[1:]}"


def _csv_rows(path: Path) -> _Rows:
    """Yield each row with the line on which it ends; a cell too many or too few is a field of the wrong name."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restkey="a cell too many")
        for row in reader:
            line = reader.line_num
            yield _at(line), {key: value for key, value in row.items() if value is not None}


def _toml_rows(path: Path) -> _Rows:
    """Yield each table, and how to find the line of one of its keys."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines, 1) if line.startswith("[")]
    tables: list[Mapping[str, Any]] = []
    rows = tomllib.loads(text)
    if not heads or not lines[0].startswith(("[", "#")):  # one row without a name, its tables in it
        heads, tables, rows = [0], [rows], {}
    for value in rows.values():
        tables += value if isinstance(value, list) else [value]
    for head, end, table in zip(heads, [*heads[1:], len(lines) + 1], tables, strict=True):

        def line_of(key: str, value: str, head: int = head, end: int = end) -> int:
            inside = range(head, end - 1)
            at = next((n for n in inside if re.match(rf"{re.escape(key)}\s*=", lines[n])), max(head - 1, 0))
            return next((n + 1 for n in range(at, end - 1) if value and value in lines[n]), at + 1)

        yield line_of, table


def _text_rows(path: Path) -> _Rows:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        yield _at(number), {"line": line}


def _at(line: int) -> _Line:
    return lambda _field, _value: line


# ---------------------------------------------------------------------- template folders


def check_templates(folder: Path) -> Iterator[Finding]:
    """Yield what is wrong with the declarations and clause files of the template folder `folder`, with their lines.

    Whether families assemble with every choice is the job of `agreements templates lint`.
    """
    roots = template_folders()
    for name in drafted((folder,)):
        where = f"{name}/family.yaml"
        try:
            drafted_family(name, (folder, *(root for root in roots if root != folder)))
        except AgreementsError as failure:
            yield from _of_declaration(failure, folder / where, where)
        if name not in FAMILIES:
            near = get_close_matches(name, FAMILIES, 1)
            fix = f"Rename the folder to {near[0]}." if near else "Add its table to agreements/data/families.toml."
            yield warning("template-family", where, f"{name} is no known family: its texts read back as other.", fix)
    for path in sorted(folder.glob("*/clauses/*/*.md")):
        try:
            read_clause(path)
        except AgreementsError as failure:
            yield from _of_declaration(failure, path, path.relative_to(folder).as_posix())


def _of_declaration(failure: AgreementsError, path: Path, where: str) -> Iterator[Finding]:
    """Yield what is wrong with a YAML file, each at its line where the fault is of a declared field."""
    cause = failure.__cause__
    if not isinstance(cause, ValidationError) or not path.is_file():
        yield error("template", where, str(failure), failure.hint)
        return
    for each in cause.errors():
        line = _yaml_line(path, each["loc"])
        place = ".".join(map(str, each["loc"]))
        yield error("template", f"{where}:{line}", f"{place}: {_said(each, BaseModel)}.")


def _yaml_line(path: Path, place: tuple[Any, ...]) -> int:
    """Return the line of the deepest part of `place` that stands in the YAML (or the front matter) of the file."""
    text = path.read_text(encoding="utf-8")
    source = text.split("---\n", 2)[1] if text.startswith("---\n") and path.suffix == ".md" else text
    node: Any = yaml.compose(source, Loader=yaml.BaseLoader)
    line = 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line + (1 if source is not text else 0)
