"""Repository and drafting library for security agreements.

    from agreements import library

    library.import_files(Path("repository"), ["texts/"])
    hits = library.search(Path("repository"), '"official duty" AND arbitrator').hits

`library` holds the verbs. The names below are the types they speak in; they load when first used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agreements.citation import cite
    from agreements.errors import AgreementsError
    from agreements.findings import Finding
    from agreements.model import Agreement, Document, Mark, Party, Provision
    from agreements.reference import Reference

_HOMES = {
    "Agreement": "model",
    "AgreementsError": "errors",
    "Document": "model",
    "Finding": "findings",
    "Mark": "model",
    "Party": "model",
    "Provision": "model",
    "Reference": "reference",
    "cite": "citation",
}

__all__ = [
    "Agreement",
    "AgreementsError",
    "Document",
    "Finding",
    "Mark",
    "Party",
    "Provision",
    "Reference",
    "cite",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'agreements' has no attribute {name!r}")
    return getattr(importlib.import_module(f"agreements.{_HOMES[name]}"), name)
