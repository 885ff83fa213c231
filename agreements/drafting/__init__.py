"""Drafting: clause templates and a parameter file in, a numbered draft with settled references out."""

from typing import Any

_HOMES = {
    "Draft": "assembly",
    "DraftRequest": "request",
    "FamilyTemplate": "declarations",
    "MARKINGS": "request",
    "assemble": "assembly",
    "families": "declarations",
    "family": "declarations",
    "load_parameters": "request",
    "parameter_schema": "schema",
    "parameter_template": "schema",
    "request_from": "request",
}
__all__ = sorted(_HOMES)  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: yaml and jinja2 are not needed to search."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
