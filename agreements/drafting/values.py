"""The values that parameters hold: parties, periods, signers, sites and the like.

Clause templates see these objects and nothing else, and of them only fields and properties. All text in them is
canonical (one line, no edge blanks, no control characters), so that no value can become structure.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from agreements.drafting import phrases
from agreements.states import code_of, find_in, is_organisation

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BREAK = re.compile(r"(?<![ \t])[ \t]*+(?:\r\n|[\r\n\u2028\u2029])\s*")


def _one_line(value: Any) -> Any:
    """Join the lines of a value by blanks and drop its edge blanks; refuse what no document can print."""
    if not isinstance(value, str):
        return value
    value = _BREAK.sub(" ", value).strip()
    if found := _CONTROL.search(value):
        raise ValueError(f"it holds a control character (U+{ord(found.group()):04X}); take it out")
    return value


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("it is empty")
    return value


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise ValueError("write a date as year-month-day, for example 2026-11-22")
    return value.strip() if isinstance(value, str) else value


OptionalValueLine = Annotated[str, BeforeValidator(_one_line)]
ValueLine = Annotated[str, BeforeValidator(_one_line), AfterValidator(_not_empty)]
Date = Annotated[date, BeforeValidator(_iso_date)]


_UNITS = ("hours", "days", "weeks", "months", "years")


class CompoundValue(BaseModel):
    """Base of all compound values: immutable, closed against unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def called(cls) -> str:
        """Return what schemas and messages call such a value: `Party` for a `DraftParty`."""
        return str(cls.model_config.get("title") or cls.__name__)

    @classmethod
    def visible(cls) -> frozenset[str]:
        """Return the names that a clause template may use: fields and properties."""
        return _visible(cls)


@cache  # a template asks at every name
def _visible(kind: type[CompoundValue]) -> frozenset[str]:
    properties = {
        n for c in kind.__mro__ if issubclass(c, CompoundValue) for n, v in vars(c).items() if isinstance(v, property)
    }
    return frozenset(name for name in (*kind.model_fields, *properties) if not name.startswith("_"))


_ARTICLE = re.compile(r"^\s*the\s+(?=\S)", re.IGNORECASE)
_NAMED = ("long", "short", "forces", "department", "ministry")  # the clauses write the article before these


TWO_PARTIES = (
    "A draft has two Parties and speaks of the Government, territory, forces and nationals of each. For a third, take "
    "the clauses that fit (`agreements templates`) and rewrite them by hand"
)
OF_STATES = (
    "These clauses speak of the Government, territory, nationals and taxes that only a State has; an organization can "
    "be the receiving Party of a signed acquisition and cross-servicing agreement"
)
_ORGANISED = re.compile(
    r"\b(?:Organi[sz]ation|United Nations|European Union|Secretariat|Agency|Alliance|Headquarters)\b", re.IGNORECASE
)
_AND_ANOTHER = re.compile(
    r"\band the (?:\w+ )?"
    r"(?:Government|Republic|Kingdom|State|Principality|Federation|Commonwealth|Sultanate|Emirate|Duchy)\b",
    re.IGNORECASE,
)


class DraftParty(CompoundValue):
    """A State, or an organisation, as a party, with every form of its name that a sentence needs.

    `article` is the article before the short name (`the` United States, none for Valdoria), `long_article` that
    before the long one. `forces`, `department` and `ministry` are the names of its armed forces, defence
    ministry and foreign ministry; what is not given is built from the names. An organisation has none of these: its
    forces are those that serve under it, and `department` is the organ that acts for it, where one does. What is no
    known organisation by its name says so by its `kind`.
    """

    model_config = ConfigDict(title="Party")

    long: ValueLine = Field(description="Long name without article", examples=["Republic of Valdoria"])
    short: ValueLine = Field(description="Short name without article", examples=["Valdoria"])
    article: OptionalValueLine = Field("", description="Article before the short name", examples=["the"])
    long_article: OptionalValueLine = Field("the", description="Article before the long name")
    adjective: ValueLine = Field(description="Adjective", examples=["Valdorian"])
    possessive: OptionalValueLine = Field("", description="Possessive form, where it is not the short name with 's")
    code: OptionalValueLine = Field("", description="ISO 3166 alpha-3 code", examples=["FRA"])
    forces: OptionalValueLine = Field("", description="Name of the armed forces")
    department: OptionalValueLine = Field("Ministry of Defence", description="Department or ministry of defence")
    ministry: OptionalValueLine = Field("Ministry of Foreign Affairs", description="Ministry of foreign affairs")
    kind: Literal["state", "organization"] = Field("state", description="A State, or an organization of States")

    @model_validator(mode="before")
    @classmethod
    def _build_missing(cls, data: Any) -> Any:
        if isinstance(data, dict):
            data = {k: v for k, v in data.items() if v != "" or k in ("article", "long_article")}
            data |= {k: _ARTICLE.sub("", v) for k, v in data.items() if k in _NAMED and isinstance(v, str)}
            if _is_organised(data):
                data |= {"kind": "organization"}
            if data.get("kind") == "organization" and isinstance(short := data.get("short"), str):
                data = {"adjective": short, "forces": "", "department": "", "ministry": "", **data}
            elif isinstance(adjective := data.get("adjective"), str) and adjective.strip():
                data.setdefault("forces", f"{adjective.strip()} Armed Forces")
            if isinstance(short := data.get("short"), str) and short.strip():
                short = short.strip()
                data.setdefault("possessive", f"{short}'" if short.endswith("s") else f"{short}'s")
        return data

    @model_validator(mode="after")
    def _is_one(self) -> "DraftParty":
        """Refuse more than one State, and a State that is called an organisation: clauses say what one of them has."""
        states = {each.code for each in find_in(self.long) if not is_organisation(each.code)}
        if self.is_organization:
            code = code_of(self.long)
            if code and not is_organisation(code):
                raise ValueError("it names a State; leave out its kind")
        elif len(states) > 1 or _AND_ANOTHER.search(self.long):
            raise ValueError(f"it names more than one State. {TWO_PARTIES}")
        return self

    @property
    def is_organization(self) -> bool:
        """Whether it is an organisation, which has no Government, territory, nationals or taxes."""
        return self.kind == "organization"

    @property
    def the_long(self) -> str:
        """The long name with its article: `the Republic of Valdoria`."""
        return " ".join(x for x in (self.long_article, self.long) if x)

    @property
    def the_short(self) -> str:
        """The short name with its article: `the United States`, `Valdoria`."""
        return " ".join(x for x in (self.article, self.short) if x)

    @property
    def the_possessive(self) -> str:
        """The possessive with its article: `the United States'`, `Valdoria's`."""
        return " ".join(x for x in (self.article, self.possessive) if x)

    @property
    def government(self) -> str:
        """The government without article: `Government of the Republic of Valdoria`; an organisation is itself."""
        return self.long if self.is_organization else f"Government of {self.the_long}"

    @property
    def the_government(self) -> str:
        """The government with its article: `the Government of the Republic of Valdoria`."""
        return self.the_long if self.is_organization else f"the {self.government}"

    @property
    def the_forces(self) -> str:
        """The armed forces with their article: `the United States Armed Forces`; those under an organisation."""
        if self.is_organization:
            return f"the {self.forces}" if self.forces else f"the forces that serve under {self.the_short}"
        return f"the {self.forces}"

    @property
    def the_department(self) -> str:
        """The defence department with its State: `the Department of Defense of the United States of America`."""
        return self._own(self.department)

    @property
    def the_ministry(self) -> str:
        """The foreign ministry with its State."""
        return self._own(self.ministry)

    def _own(self, organ: str) -> str:
        """Return an organ with the Party whose it is; an organisation without one acts itself."""
        return f"the {organ} of {self.the_long}" if organ else self.the_long

    @property
    def personnel(self) -> str:
        """The defined term for its personnel: `U.S. personnel`."""
        return f"{self.adjective} personnel"

    @property
    def contractors(self) -> str:
        """The defined term for its contractors: `U.S. contractors`."""
        return f"{self.adjective} contractors"

    @property
    def forces_term(self) -> str:
        """The defined term for its forces: `U.S. forces`."""
        return f"{self.adjective} forces"


def _is_organised(given: dict[str, Any]) -> bool:
    """Whether the names that were given for a party are those of an organisation."""
    named = [str(given.get(key) or "") for key in ("code", "long", "short")]
    known = any(is_organisation(code_of(each) or "") for each in named if each)
    return known or _ORGANISED.search(named[1]) is not None


class Period(CompoundValue):
    """A length of time in one unit: `{hours: 72}`, `{days: 30}`, `{months: 12}` or `{years: 10}`.

    While it is open between the sides: `{us: {months: 12}, partner: {months: 6}}`; it then counts as ours.
    """

    hours: int | None = Field(None, ge=1, le=8784)
    days: int | None = Field(None, ge=1, le=36525)
    weeks: int | None = Field(None, ge=1, le=520)
    months: int | None = Field(None, ge=1, le=1200)
    years: int | None = Field(None, ge=1, le=100)
    us: "Period | None" = None
    partner: "Period | None" = None

    @model_validator(mode="after")
    def _one_unit(self) -> "Period":
        units = [unit for unit in _UNITS if getattr(self, unit) is not None]
        if self.us and self.partner and not units:
            return self
        if len(units) != 1 or self.us or self.partner:
            raise ValueError("give one unit, for example {months: 12}")
        return self

    @property
    def count(self) -> int:
        """How many units."""
        return self.us.count if self.us else next(n for unit in _UNITS if (n := getattr(self, unit)))

    @property
    def unit(self) -> str:
        """The unit in the singular: `hour`, `day`, `week`, `month` or `year`."""
        return self.us.unit if self.us else next(u for u in _UNITS if getattr(self, u)).removesuffix("s")

    @property
    def words(self) -> str:
        """The period in words and figures: `twelve (12) months`; while it is open, what each side asks for."""
        if self.us and self.partner:
            return f"[US: {self.us.words}] [PARTNER: {self.partner.words}]"
        return phrases.counted(self.count, self.unit)

    @property
    def about_days(self) -> int:
        """The period in days, a month counted as 30 and a year as 365: good enough to compare two periods."""
        if self.unit == "hour":
            return -(-self.count // 24)
        return self.count * {"day": 1, "week": 7, "month": 30, "year": 365}[self.unit]

    def in_months(self) -> int | None:
        """Return the period in months, or None when its unit does not convert."""
        return self.months if self.months else self.years * 12 if self.years else None

    def __str__(self) -> str:
        return self.words


class Money(CompoundValue):
    """A sum of money: `{amount: 24500000, currency: USD}`; the currency by code or name."""

    amount: Decimal = Field(ge=0)
    currency: ValueLine = Field(examples=["USD"])

    @property
    def words(self) -> str:
        """The sum as printed: `USD 24,500,000`."""
        return f"{self.currency} {phrases.grouped(self.amount)}"

    def __str__(self) -> str:
        return self.words


class Signer(CompoundValue):
    """Who signs for a Party; name and title are printed below the line where they are given."""

    name: OptionalValueLine = ""
    title: OptionalValueLine = ""


class Site(CompoundValue):
    """A facility or area: its name, what and where it is, and whether its use is exclusive or joint."""

    name: ValueLine = Field(examples=["Port Sable Naval Station"])
    description: OptionalValueLine = ""
    location: OptionalValueLine = ""
    use: OptionalValueLine = Field("joint", description="joint, or exclusive for parts reserved to the sending State")
    exclusive_part: OptionalValueLine = Field("", description="The part reserved for exclusive use, where there is one")


class Contact(CompoundValue):
    """A point of contact: office, address, telephone and electronic mail."""

    office: ValueLine = Field(examples=["Directorate of Logistics"])
    address: OptionalValueLine = ""
    telephone: OptionalValueLine = ""
    email: OptionalValueLine = ""


class Change(CompoundValue):
    """What a draft does to a provision of another agreement.

    `path` names the provision as references do (`XV.2`, `annex-a.1`). The new words are `words`, one item for each
    paragraph without its number, or those of a `clause` of the family in a `variant`; `places` then says where the
    provisions stand to which that clause refers (`{purpose.activities: I.3}`).
    """

    action: Literal["replace", "add", "delete"]
    path: ValueLine = Field(examples=["XV.2"])
    heading: OptionalValueLine = Field("", description="Heading of the article, where it is new")
    words: Annotated[tuple[ValueLine, ...], BeforeValidator(_several)] = ()
    clause: OptionalValueLine = ""
    variant: OptionalValueLine = ""
    places: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_source(self) -> "Change":
        given = bool(self.words) + bool(self.clause)
        if self.action == "delete" and given:
            raise ValueError("what is deleted has no new words")
        if self.action != "delete" and given != 1:
            raise ValueError("give the new words, or a clause with its variant")
        return self


class InstrumentAmendment(CompoundValue):
    """What amended a cited agreement: the name of the instrument with its article, where it has one, and its day."""

    title: OptionalValueLine = Field("", examples=["the Protocol"])
    date: Date | None = None

    @model_validator(mode="after")
    def _something(self) -> "InstrumentAmendment":
        if not self.title and not self.date:
            raise ValueError("give its title, its date, or both")
        return self


class CitedInstrument(CompoundValue):
    """A cited agreement: in `words` as they stand in a sentence, or part by part.

    `between` says how its title names the Parties (`governments`, `states`, `departments`; empty: not), `effected`
    how it was concluded. `citation` is for our own papers and stands in no text; from `in_force` and `term` the day is
    counted on which it would end.
    """

    words: OptionalValueLine = Field("", description="As it stands in a sentence, with its article")
    title: OptionalValueLine = Field("", description="Title without the Parties", examples=["Agreement on Cooperation"])
    between: Literal["", "governments", "states", "departments"] = ""
    place: OptionalValueLine = Field("", description="Place of signature")
    date: Date | None = Field(None, description="Date of signature, or of the note in reply")
    effected: Literal["signed", "notes"] = "signed"
    citation: OptionalValueLine = Field("", examples=["TIAS 27-505"])
    amended_by: tuple[InstrumentAmendment, ...] = ()
    in_force: Date | None = Field(None, description="Day on which it entered into force")
    term: Period | None = Field(None, description="How long it lasts from then, where it does not renew itself")

    @model_validator(mode="before")
    @classmethod
    def _of_words(cls, data: Any) -> Any:
        return {"words": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_way(self) -> "CitedInstrument":
        if bool(self.words) == bool(self.title):
            raise ValueError("give its title with its parts, or its words as they stand in a sentence")
        if self.words and (self.between or self.place or self.date or self.amended_by):
            raise ValueError("parts go with a title; words say all of it")
        return self

    @property
    def plain(self) -> str:
        """The words, or the title, where no order of the Parties is known."""
        return self.words or self.title

    def __str__(self) -> str:
        return self.plain


class Language(CompoundValue):
    """A language of the original: its ISO 639 code and its English name."""

    code: ValueLine = Field(examples=["en"], pattern=r"^[a-z]{2,3}$")
    name: ValueLine = Field(examples=["English"])
