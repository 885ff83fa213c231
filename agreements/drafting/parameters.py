"""Parameters of a draft: one pydantic model for each family, made from its declarations; all problems at once."""

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from agreements.drafting import values
from agreements.drafting.declarations import Declaration, FamilyTemplate, OutlineEntry
from agreements.drafting.templates import Renderer, names_in, names_used
from agreements.errors import NotFoundError, TemplateError
from agreements.findings import Finding, error, warning

_TYPES: dict[str, Any] = {
    "party": values.DraftParty,
    "text": values.ValueLine,
    "line": values.ValueLine,
    "date": values.Date,
    "period": values.Period,
    "integer": int,
    "decimal": Decimal,
    "money": values.Money,
    "percent": Annotated[Decimal, Field(ge=0, le=100)],
    "boolean": bool,
    "signer": values.Signer,
    "site": values.Site,
    "contact": values.Contact,
    "change": values.Change,
    "instrument": values.CitedInstrument,
    "language": values.Language,
    "languages": Annotated[tuple[values.Language, ...], Field(min_length=1)],
}
_EXAMPLES: dict[str, Any] = {
    "party": {"long": "Republic of Valdoria", "short": "Valdoria", "adjective": "Valdorian"},
    "text": "words on one or more lines",
    "line": "words on one line",
    "date": "2026-11-22",
    "period": {"months": "12"},
    "integer": "30",
    "decimal": "2.5",
    "money": {"amount": "24500000", "currency": "USD"},
    "percent": "5",
    "boolean": "yes",
    "signer": {"name": "A. Name", "title": "Minister of Foreign Affairs"},
    "site": {"name": "Port Sable Naval Station", "use": "joint"},
    "contact": {"office": "Directorate of Logistics"},
    "change": {"action": "replace", "path": "XV.2", "words": "The new words of the paragraph."},
    "instrument": "the Agreement on Defense Cooperation, signed at Norhavn on 5 May 2027",
    "language": {"code": "fr", "name": "French"},
    "languages": [{"code": "en", "name": "English"}],
}


@dataclass(slots=True)
class Parameters:
    """The values of a draft by name (None where nothing was given), and what was wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@lru_cache(maxsize=32)
def parameter_model(family: FamilyTemplate) -> type[BaseModel]:
    """Return the pydantic model of the parameters of `family`; absent ones are None."""
    fields: dict[str, Any] = {
        name: (
            value_type(declaration) | None,
            Field(None, title=declaration.label, description=declaration.help or None),
        )
        for name, declaration in family.parameters.items()
    }
    config = ConfigDict(extra="forbid", frozen=True)
    return create_model(f"{family.id.title().replace('_', '')}Parameters", __config__=config, **fields)


def value_type(declaration: Declaration) -> Any:
    """Return the Python type that a declaration stands for, with its limits."""
    if declaration.type == "choice":
        return Literal[tuple(declaration.choices)]
    if declaration.type == "list":
        item: Any = _TYPES[declaration.item or "line"]
        return tuple[item, ...]
    base = _TYPES[declaration.type]
    if declaration.minimum is None and declaration.maximum is None:
        return base
    return Annotated[base, Field(ge=declaration.minimum, le=declaration.maximum)]


def validate(family: FamilyTemplate, form: str, given: Mapping[str, Any]) -> Parameters:
    """Return the values of all parameters of `family` from what was `given`, with every problem as a finding."""
    given = {name: value for name, value in given.items() if value not in ("", None)}
    check = _Check(family, form, frozenset(given))
    check.findings += _unknown_names(family, given)
    check.accept({name: value for name, value in given.items() if name in family.parameters})
    for name in family.parameters:
        check.settle(name)
    return Parameters(check.values, check.findings)


class _Check:
    """One validation: the values settled so far (None where there is none), and the names of those in error."""

    def __init__(self, family: FamilyTemplate, form: str, given: frozenset[str]) -> None:
        self._family = family
        self._form = form
        self._given = given
        self._model = parameter_model(family)
        self._accepted: dict[str, Any] = {}
        self._settled: set[str] = set()
        self.values: dict[str, Any] = dict.fromkeys(family.parameters)
        self.bad: set[str] = set()
        self.findings: list[Finding] = []

    @cached_property
    def _of_other_forms(self) -> frozenset[str]:
        """What other forms ask for and this one does not: there it may be required, here it is not."""
        asked = {form: form_parameters(self._family, form).keys() for form in self._family.forms}
        own = asked.pop(self._form, self._family.parameters.keys())
        return frozenset().union(*asked.values()) - own

    def accept(self, given: Mapping[str, Any]) -> None:
        """Take the given values that are right; the problems of the others become findings."""
        try:
            accepted = self._model.model_validate(given)
        except ValidationError as failure:
            for details in failure.errors():
                name = str(details["loc"][0])
                self.bad.add(name)
                self.findings.append(_invalid(self._family, self._form, name, details))
            accepted = self._model.model_validate({k: v for k, v in given.items() if k not in self.bad})
        self._accepted = {name: getattr(accepted, name) for name in self._family.parameters}

    def settle(self, name: str) -> None:
        """Give a parameter its value or default, and say when it is missing or asked for by nothing.

        The parameters that its default and its condition depend on are settled before it, wherever they stand.
        """
        if name in self._settled or name in self.bad:
            return
        self._settled.add(name)
        declaration = self._family.parameters[name]
        built_on = names_used(declaration.default) if isinstance(declaration.default, str) else frozenset()
        for other in (built_on | names_in(declaration.when)) & self._family.parameters.keys():
            self.settle(other)
        value = self._accepted.get(name)
        if value is None and declaration.default not in (None, ""):  # a form says "" for: none here
            value = self._default(name, declaration.default)
        self.values[name] = value
        where = f"parameters.{name}"
        if declaration.when:
            if self.bad & names_in(declaration.when):
                return
            if not Renderer(self.values).condition(declaration.when, f"parameter {name}"):
                self.values[name] = None
                if name in self._given:
                    message = f"{declaration.label} is not used: it counts only where {declaration.when}."
                    self.findings.append(warning("parameter-unused", where, message))
                return
        if value is not None:
            self.findings += self._tested(name, declaration, value)
        if declaration.required and value in (None, ()) and name not in self._of_other_forms:
            message = f"{declaration.label} is missing{_needed(self._family, self._form, name)}."
            self.findings.append(error("parameter-missing", where, message, self._example(name)))

    def _tested(self, name: str, declaration: Declaration, value: Any) -> Iterator[Finding]:
        """Yield what a value does not hold against: the tests of its parameter, and that a party is a State."""
        where = f"parameters.{name}"
        if isinstance(value, values.DraftParty) and value.is_organization and not declaration.organizations:
            message = f"{declaration.label}: {value.the_long} is an organization. {values.OF_STATES}."
            yield error("parameter-invalid", where, message, self._example(name))
        for check in declaration.checks:
            if not self.bad & names_in(check.test) and not Renderer(self.values).condition(check.test, where):
                message = f"{declaration.label}: {check.message}."
                if check.severity == "warning":
                    yield warning("parameter-authority", where, message)
                else:
                    yield error("parameter-invalid", where, message, self._example(name))

    def _example(self, name: str) -> str:
        """Return the first value that passes the tests of the parameter beside the others given.

        Where none of those tried does, it is said what the parameter is held against.
        """
        declaration = self._family.parameters[name]
        tests = [check.test for check in declaration.checks if check.severity == "error"]
        for value in _examples(declaration):
            with suppress(ValidationError, TemplateError):
                made = getattr(self._model.model_validate({name: value}), name)
                renderer = Renderer({**self.values, name: made})
                if all(renderer.condition(test, name) for test in tests):
                    return _told_example(name, value)
        against = sorted(frozenset().union(*map(names_in, tests)) & self._family.parameters.keys() - {name})
        return f"Change it{', or ' + ' or '.join(against) if against else ''}."

    def _default(self, name: str, default: Any) -> Any:
        where = f"default of the parameter {name}"
        if isinstance(default, str) and "{{" in default:
            if any(self.values.get(other) is None for other in names_used(default)):
                return None  # what it is built from is missing or wrong, which is said there
            default = Renderer(self.values).plain(default, where)
        try:
            return _converted(self._model, name, default if isinstance(default, str) else _Same(default))
        except ValidationError as failure:
            raise TemplateError(f"{where}: {failure.errors()[0]['msg']}.") from failure


class _Same:
    """A default that is no text, told apart from others by what it says, so that its value can be kept."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self._said = repr(value)

    def __hash__(self) -> int:
        return hash(self._said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other._said == self._said


@lru_cache(maxsize=4096)
def _converted(model: type[BaseModel], name: str, default: "str | _Same") -> Any:
    """Return a default as a value of its parameter; values are frozen, so that drafts can share them."""
    given = default.value if isinstance(default, _Same) else default
    return getattr(model.model_validate({name: given}), name)


_MORE_PARTIES = re.compile(
    r"(?:third|fourth|part(?:y|ies)|signator(?:y|ies)|organi[sz]ations?)(?:_?(?:part(?:y|ies)|state|\d))?\Z"
)


def _unknown_names(family: FamilyTemplate, given: Mapping[str, Any]) -> Iterator[Finding]:
    for name in given:
        if name not in family.parameters:
            near = difflib.get_close_matches(str(name), family.parameters, n=1)
            if _MORE_PARTIES.match(str(name)):
                message = f"There is no parameter {name!r}: the Parties are `sending` and `receiving`."
                yield error("parameter-unknown", f"parameters.{name}", message, f"{values.TWO_PARTIES}.")
                continue
            fix = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(family.parameters))}."
            message = f"The family {family.id} has no parameter {name!r}."
            yield error("parameter-unknown", f"parameters.{name}", message, fix)


def _invalid(family: FamilyTemplate, form: str, name: str, details: ErrorDetails) -> Finding:
    declaration = family.parameters[name]
    where = ".".join(["parameters", *(str(part) for part in details["loc"])])
    message = f"{declaration.label}: {_reason(declaration, details)}{_needed(family, form, name)}."
    return error("parameter-invalid", where, message, _told_example(name, next(_examples(declaration))))


def _reason(declaration: Declaration, details: ErrorDetails) -> str:
    kind, shown = details["type"], _shown(details["input"])
    if kind == "missing":
        return f"{details['loc'][-1]} is missing"
    if kind == "extra_forbidden":
        return f"there is no field {str(details['loc'][-1])!r}"
    if kind == "literal_error":
        return f"{shown} is not one of: {', '.join(declaration.choices)}"
    if kind == "model_type" and declaration.type == "party" and isinstance(details["input"], list):
        return values.TWO_PARTIES[:1].lower() + values.TWO_PARTIES[1:]
    if kind in ("model_type", "tuple_type", "string_type"):
        wanted = {"model_type": "fields with values", "tuple_type": "a list", "string_type": "words"}[kind]
        return f"{shown} is not {wanted}"
    message = details["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return f"{shown}: {message[:1].lower()}{message[1:]}"


def _shown(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."


def _told_example(name: str, value: Any) -> str:
    return f"For example {name}: {_flow(value)}"


def _examples(declaration: Declaration) -> Iterator[Any]:
    """Yield values to show: the choices, or the example of the declaration, its default and the edges of its limits."""
    if declaration.choices:
        yield from declaration.choices
        return
    yield example(declaration)
    is_plain = declaration.default is not None and not _is_template(declaration.default)
    yield from (value for value in (declaration.default if is_plain else None,) if value not in (None, "", []))
    yield from (f"{edge:g}" for edge in (declaration.maximum, declaration.minimum) if edge is not None)


def _is_template(default: Any) -> bool:
    return isinstance(default, str) and "{{" in default


def example(declaration: Declaration) -> Any:
    """Return a value that the declaration accepts: its own example, else the usual one of its type."""
    if declaration.example is not None:
        return declaration.example
    if declaration.type == "list":
        return [_EXAMPLES[declaration.item or "line"]]
    return next(iter(declaration.choices), None) or _within_limits(declaration, _EXAMPLES[declaration.type])


def _within_limits(declaration: Declaration, usual: Any) -> Any:
    """Return the `usual` example of a number, or the default or the limit where the limits of this one exclude it."""
    least, most = declaration.minimum, declaration.maximum
    if least is None and most is None:
        return usual
    if (least is None or float(usual) >= least) and (most is None or float(usual) <= most):
        return usual
    default = declaration.default
    return default if default and not _is_template(default) else f"{most if most is not None else least:g}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(v) for v in value) + "]"
    return str(value)


def _needed(family: FamilyTemplate, form: str, name: str) -> str:
    clauses = sorted({clause for clause, names in _uses(family, form) if name in names})
    if not clauses:
        return ""
    return f" (needed by the clause{'s' if len(clauses) > 1 else ''} {', '.join(clauses)})"


@lru_cache(maxsize=128)
def _uses(family: FamilyTemplate, form: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return every clause that the form may use, each with the names that one of its variants asks for."""
    return tuple(_asked_for(family, form))


def _asked_for(family: FamilyTemplate, form: str) -> Iterator[tuple[str, frozenset[str]]]:
    store = family.clauses
    for entry in form_entries(family, form):
        if not entry.clause:
            continue
        chosen = entry.choose.get("parameter", "")
        for variant in family.reachable(entry):
            with suppress(NotFoundError, TemplateError):  # reported where the clause is assembled
                clause = store.get(entry.clause, variant)
                yield clause.id, names_used(clause.body) | {*clause.front.parameters, chosen} - {""}


def clauses_that_use(family: FamilyTemplate, form: str, name: str) -> frozenset[str]:
    """Return the ids of the clauses of `form` that ask for the parameter `name`, or are chosen by it."""
    return frozenset(clause for clause, names in _uses(family, form) if name in names)


def form_entries(family: FamilyTemplate, form: str) -> Iterator[OutlineEntry]:
    """Yield every entry of the outline of `form`, those inside articles and further documents after their own."""
    waiting = list(family.forms[form].outline) if form in family.forms else []
    while waiting:
        entry = waiting.pop(0)
        yield entry
        further = entry.document or entry.article
        waiting = [*(further.outline if further else ()), *waiting]


@lru_cache(maxsize=128)
def form_parameters(family: FamilyTemplate, form: str) -> Mapping[str, Declaration]:
    """Return the parameters that `form` may ask for, with those that conditions and defaults depend on."""
    asked = {"sending", "receiving", "party_names", "languages", "article_numbers"}
    for _, names in _uses(family, form):
        asked |= names
    for entry in form_entries(family, form):
        asked |= names_in(entry.when)
    for name, declaration in reversed(list(family.parameters.items())):
        if name in asked:
            asked |= names_in(declaration.when)
            asked |= names_used(declaration.default) if isinstance(declaration.default, str) else set()
    return {name: d for name, d in family.parameters.items() if name in asked}
