"""What `family.yaml` declares: the family, its parameters, and the outline of each of its forms."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator, model_validator

from agreements.drafting.clauses import ClauseStore
from agreements.errors import unknown
from agreements.model import Form, Role

ParameterType = Literal[
    "party", "text", "line", "date", "period", "integer", "decimal", "money", "percent", "boolean", "choice",
    "list", "signer", "site", "contact", "language", "languages", "change",
    "instrument",
]  # fmt: skip
ArticleStyle = Literal["roman", "arabic"]


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Check(_Declared):
    """A test of a parameter beyond its type: a condition, and what is said when it does not hold.

    An error stops the draft; a warning tells what a person must look at before it leaves.
    """

    test: str
    message: str
    severity: Literal["error", "warning"] = "error"


class Declaration(_Declared):
    """One parameter: its type, what a person is told, and what is allowed.

    `item` is the type of a list's items, `when` a condition on the other parameters under which it matters: then
    a `required` one must be given. `default` may be a template over other parameters. `checks` are
    tests of a given value beside others declared before it. A party is a State, unless the clauses can speak of
    `organizations` too.
    """

    type: ParameterType
    label: str
    help: str = ""
    default: Any = None
    required: bool = False
    choices: Mapping[str, str] = {}
    item: ParameterType | None = None
    minimum: float | None = None
    maximum: float | None = None
    when: str = ""
    checks: tuple[Check, ...] = ()
    organizations: bool = False
    example: Any = None

    @field_validator("choices", mode="before")
    @classmethod
    def _list_of_choices(cls, value: Any) -> Any:
        return dict.fromkeys(value, "") if isinstance(value, list) else value

    @model_validator(mode="after")
    def _complete(self) -> "Declaration":
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("a choice has choices, and nothing else has")
        if (self.type == "list") != (self.item is not None):
            raise ValueError("a list has an item type, and nothing else has")
        return self


class ArticleEntry(_Declared):
    """An article that gathers clauses without heads of their own: its id, its heading, its lead in a note."""

    id: str
    heading: str
    lead: str = ""
    outline: tuple["OutlineEntry", ...]


class DocumentEntry(_Declared):
    """A further document of the draft: an annex, or the note in reply."""

    role: Role
    number: str | None = None
    title: str = ""
    outline: tuple["OutlineEntry", ...]


class OutlineEntry(_Declared):
    """A place in the outline: a clause in a fixed or chosen variant, an article of clauses, or a further document.

    `choose` names the parameter that decides (`parameter`) and the variant for each of its values; a value that
    is not there means the variant of that name or of that `code`. `when` is the condition under which it stands.
    """

    clause: str = ""
    variant: str = ""
    choose: Mapping[str, str] = {}
    when: str = ""
    article: ArticleEntry | None = None
    document: DocumentEntry | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "OutlineEntry":
        if sum(map(bool, (self.clause, self.article, self.document))) != 1:
            raise ValueError("an outline entry is a clause, an article or a document")
        if self.choose and "parameter" not in self.choose:
            raise ValueError("choose names its parameter: {parameter: claims_model, C1: waiver, ...}")
        return self


class FormDeclaration(_Declared):
    """One form of a family: its outline, the role of its main document, and how it is numbered and named.

    `instrument` is what the text calls itself (Protocol, Memorandum), else Agreement. `title` names the agreement
    where the document itself has none (an exchange of notes). `parameters` says what is otherwise in this form about
    parameters of the family: another default, fewer choices.
    """

    label: str
    outline: tuple[OutlineEntry, ...]
    role: Role = "main"
    form: Form = "agreement"
    instrument: str = "Agreement"
    title: str = ""
    parameters: Mapping[str, Declaration] = {}


class FamilyTemplate(_Declared):
    """A family of drafts: its parameters and its forms.

    `folders` hold its clauses, those of a department before those that ship, the family's own before the common.
    `renamed` says what parameters of earlier versions are called now.
    """

    id: str
    label: str
    version: str
    description: str = ""
    parameters: Mapping[str, Declaration]
    forms: Mapping[str, FormDeclaration]
    terms: Mapping[str, Mapping[str, str]] = {}
    renamed: Mapping[str, str] = {}
    folders: tuple[Path, ...] = Field(exclude=True)
    _made: dict[str, "FamilyTemplate"] = PrivateAttr(default_factory=dict)
    _store: ClauseStore | None = PrivateAttr(None)

    def __hash__(self) -> int:
        """Families are told apart by identity: what is made from one (its pydantic model) is kept with it."""
        return id(self)

    @property
    def clauses(self) -> ClauseStore:
        """The clauses that this family can use."""
        if self._store is None:
            self._store = ClauseStore(self.folders)
        return self._store

    def in_form(self, name: str) -> "FamilyTemplate":
        """Return the family with its parameters as that form declares them; itself where there is no such form."""
        own = self.forms[name].parameters if name in self.forms else {}
        if not own:
            return self
        if name not in self._made:
            self._made[name] = self.model_copy(update={"parameters": {**self.parameters, **own}})
            self._made[name]._made = {}
        return self._made[name]

    def variant(self, entry: OutlineEntry, value: str) -> str:
        """Return the variant that `value` of the parameter of `choose` takes: as said there, of that code or name."""
        return entry.choose.get(value) or self.clauses.by_code(entry.clause, value) or value

    def reachable(self, entry: OutlineEntry) -> tuple[str, ...]:
        """Return the variants that the values of a parameter, or the outline alone, can put in this place."""
        if not entry.choose:
            return (entry.variant or "standard",)
        declared = self.parameters.get(entry.choose["parameter"])
        values = ("True", "False") if declared and declared.type == "boolean" else declared.choices if declared else ()
        return tuple(dict.fromkeys(self.variant(entry, value) for value in values))

    def form(self, name: str) -> FormDeclaration:
        """Return the form of that name; raises `NotFoundError` listing the known ones."""
        if name not in self.forms:
            raise unknown(f"form of the family {self.id!r}", name, self.forms)
        return self.forms[name]
