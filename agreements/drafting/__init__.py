"""Drafting: clause templates and a parameter file in, a numbered draft with settled references out.

`load_parameters(path)` reads what a person asks for, `assemble(request, original="us")` returns the `Draft`.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.drafting.alternat import Original as Original
    from agreements.drafting.assembly import Draft as Draft
    from agreements.drafting.assembly import assemble as assemble
    from agreements.drafting.clauses import read_clause as read_clause
    from agreements.drafting.declarations import FamilyTemplate as FamilyTemplate
    from agreements.drafting.loading import families as families
    from agreements.drafting.loading import family as family
    from agreements.drafting.loading import template_folders as template_folders
    from agreements.drafting.provenance import DraftProvenance as DraftProvenance
    from agreements.drafting.provenance import Origin as Origin
    from agreements.drafting.provenance import clauses_by_mark as clauses_by_mark
    from agreements.drafting.provenance import has_record as has_record
    from agreements.drafting.provenance import provenance_of as provenance_of
    from agreements.drafting.request import MARKINGS as MARKINGS
    from agreements.drafting.request import DraftRequest as DraftRequest
    from agreements.drafting.request import load_parameters as load_parameters
    from agreements.drafting.request import request_from as request_from
    from agreements.drafting.schema import parameter_schema as parameter_schema
    from agreements.drafting.schema import parameter_template as parameter_template

__all__ = [
    "MARKINGS",
    "Draft",
    "DraftProvenance",
    "DraftRequest",
    "FamilyTemplate",
    "Origin",
    "Original",
    "assemble",
    "clauses_by_mark",
    "families",
    "family",
    "has_record",
    "load_parameters",
    "parameter_schema",
    "parameter_template",
    "parameters",
    "proposals",
    "provenance_of",
    "read_clause",
    "request_from",
    "starting",
    "style",
    "template_folders",
    "variants",
]

__getattr__, __dir__, _ = lazy(
    __name__,
    {
        "Original": "alternat",
        "Draft": "assembly",
        "DraftProvenance": "provenance",
        "DraftRequest": "request",
        "FamilyTemplate": "declarations",
        "MARKINGS": "request",
        "Origin": "provenance",
        "assemble": "assembly",
        "clauses_by_mark": "provenance",
        "families": "loading",
        "family": "loading",
        "has_record": "provenance",
        "load_parameters": "request",
        "parameter_schema": "schema",
        "parameter_template": "schema",
        "provenance_of": "provenance",
        "read_clause": "clauses",
        "template_folders": "loading",
        "request_from": "request",
        "parameters": "",
        "proposals": "",
        "starting": "",
        "style": "",
        "variants": "",
    },
)
