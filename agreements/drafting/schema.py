"""What a person needs to fill in a parameter file: its JSON Schema, and a commented file to start from."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agreements.drafting import strictyaml
from agreements.drafting.declarations import Declaration, FamilyTemplate
from agreements.drafting.loading import family
from agreements.drafting.parameters import example, form_parameters, parameter_model, validate
from agreements.drafting.request import MARKINGS
from agreements.drafting.style import CHOICES as STYLE_CHOICES
from agreements.drafting.style import PRESETS
from agreements.drafting.values import DraftParty


def parameter_schema(name: str, root: Path | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a parameter file of the family `name`; raises `NotFoundError` for another.

    A value, or a variant, may be what each side asks for (`us`, `partner`). Required is what every form requires.
    """
    template = family(name, root)
    parameters = _called(parameter_model(template).model_json_schema())
    definitions = parameters.pop("$defs", {})
    for key, declaration in template.parameters.items():
        parameters["properties"][key] = _described(parameters["properties"][key], declaration)
    asked = [form_parameters(template.in_form(form), form).keys() for form in template.forms]
    everywhere = set.intersection(*map(set, asked))
    declared = {name: d for name, d in template.parameters.items() if name in everywhere}
    required = [name for name, d in declared.items() if d.required and not d.when and d.default is None]
    parameters |= {"required": required}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Parameters of a draft: {template.label}",
        "type": "object",
        "additionalProperties": False,
        "required": ["family", "form", "marking", "parameters"],
        "properties": {
            "family": {"const": template.id},
            "form": {"enum": list(template.forms)},
            "template_version": {"type": "string"},
            "draft_date": {"type": "string", "format": "date"},
            "marking": {"enum": list(MARKINGS)},
            "style": _style_schema(),
            "variants": {"type": "object", "additionalProperties": _open({"type": "string"})},
            "parameters": parameters,
        },
        "$defs": definitions,
    }


def _style_schema() -> dict[str, Any]:
    each = {name: {"enum": list(choices)} for name, choices in STYLE_CHOICES.items()}
    one_by_one = {"type": "object", "properties": each, "additionalProperties": False}
    return {"anyOf": [{"enum": list(PRESETS)}, one_by_one]}


def _called(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with a party under the name that users of the schema know, whatever its class is called."""
    own, known = DraftParty.__name__, DraftParty.called()
    named: dict[str, Any] = json.loads(json.dumps(schema).replace(f'"#/$defs/{own}"', f'"#/$defs/{known}"'))
    if own in named.get("$defs", {}):
        named["$defs"][known] = named["$defs"].pop(own)
        named["$defs"] = dict(sorted(named["$defs"].items()))
    return named


def _described(schema: dict[str, Any], declaration: Declaration) -> dict[str, Any]:
    """Return the schema of a parameter with what the declaration says of it, and room for what each side asks for."""
    about: dict[str, Any] = {key: schema.pop(key) for key in ("title", "description") if key in schema}
    schema.pop("default", None)
    if declaration.default is not None and not _built(declaration):
        about["default"] = declaration.default
    if declaration.when:
        about["x-when"] = declaration.when
    if declaration.choices:
        about["x-labels"] = dict(declaration.choices)
    if "instrument" in (declaration.type, declaration.item):
        schema = _or_words(schema)
    return about | (schema if declaration.type == "period" else _open(schema))


def _or_words(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema` with words in the place of each cited agreement too."""
    if "items" in schema:
        return schema | {"items": {"anyOf": [{"type": "string"}, schema["items"]]}}
    parts = schema.get("anyOf", [schema])
    return {"anyOf": [{"type": "string"}, *[part if "items" not in part else _or_words(part) for part in parts]]}


def _open(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema`, or one value of it for each side."""
    sides = {"type": "object", "properties": {"us": schema, "partner": schema}, "required": ["us", "partner"]}
    return {"anyOf": [*schema.get("anyOf", [schema]), sides | {"additionalProperties": False}]}


def parameter_template(name: str, form: str = "", root: Path | None = None) -> str:
    """Return a commented parameter file for `form` (default: the first) of the family `name`, to be filled in.

    Parameters that must be given stand there with an example; the others are commented out with their default.
    Raises `NotFoundError` for an unknown family or form.
    """
    template = family(name, root)
    form = form or next(iter(template.forms))
    template.form(form)
    lines = [
        f"# {template.label}: {template.forms[form].label}. Lines that begin with # are comments.",
        f"family: {name}",
        f"form: {form}",
        f'template_version: "{template.version}"',
        "style: us  # us or uk, or each by itself; without it the words are as the templates have them",
        'draft_date: ""  # year-month-day, for example 2026-11-22',
        f'marking: ""  # must be chosen: {", ".join(MARKINGS)}',
        '# draft_number: "1"  # for the line on every page; proposal_of: us, partner or joint says whose text it is',
        '# draft_key: ""  # any words that stay with us: the hidden marks in Word then last from round to round',
        "parameters:",
    ]
    declared = form_parameters(template.in_form(form), form)
    wanted = _wanted(template.in_form(form), form)
    for key, declaration in declared.items():
        lines += ["", *_entry(key, declaration, must=key in wanted)]
    return "\n".join(lines) + "\n"


def _wanted(template: FamilyTemplate, form: str) -> set[str]:
    """Return the parameters that must be given where all others keep their defaults."""
    given: dict[str, Any] = {}
    while (
        missing := {
            finding.where.removeprefix("parameters.")
            for finding in validate(template, form, given).findings
            if finding.code == "parameter-missing"
        }
        - given.keys()
    ):
        given |= {name: example(template.parameters[name]) for name in missing}
    return set(given)


def _entry(name: str, declaration: Declaration, *, must: bool) -> Iterator[str]:
    yield f"  # {declaration.label}."
    if declaration.help:
        yield f"  # {declaration.help}"
    if declaration.when:
        yield f"  # Counts where {declaration.when}."
    for value, words in declaration.choices.items():
        yield f"  #   {value}{': ' + words if words else ''}"
    if _built(declaration):
        yield "  # Built from other parameters when it is not given."
    shown = example(declaration) if declaration.default in (None, []) or _built(declaration) else declaration.default
    mark = "  " if must else "  # "
    for line in strictyaml.block({name: shown}).splitlines():
        yield mark + line


def _built(declaration: Declaration) -> bool:
    """Whether the default is a template over other parameters."""
    return isinstance(declaration.default, str) and "{{" in declaration.default
