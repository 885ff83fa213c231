"""Drafting: clause templates and a parameter file in, a numbered draft with settled references out.

`load_parameters(path)` reads what a person asks for, `assemble(request, original="us")` returns the `Draft`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.drafting.assembly import Draft as Draft
    from agreements.drafting.assembly import assemble as assemble
    from agreements.drafting.declarations import FamilyTemplate as FamilyTemplate
    from agreements.drafting.loading import families as families
    from agreements.drafting.loading import family as family
    from agreements.drafting.request import MARKINGS as MARKINGS
    from agreements.drafting.request import DraftRequest as DraftRequest
    from agreements.drafting.request import load_parameters as load_parameters
    from agreements.drafting.request import request_from as request_from
    from agreements.drafting.schema import parameter_schema as parameter_schema
    from agreements.drafting.schema import parameter_template as parameter_template

_HOMES = {
    "Draft": "assembly",
    "DraftRequest": "request",
    "FamilyTemplate": "declarations",
    "MARKINGS": "request",
    "assemble": "assembly",
    "families": "loading",
    "family": "loading",
    "load_parameters": "request",
    "parameter_schema": "schema",
    "parameter_template": "schema",
    "request_from": "request",
}
__all__ = [
    "MARKINGS",
    "Draft",
    "DraftRequest",
    "FamilyTemplate",
    "assemble",
    "families",
    "family",
    "load_parameters",
    "parameter_schema",
    "parameter_template",
    "request_from",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: searching needs neither yaml nor jinja2."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
