"""Lists that have one item: the words around them are in the singular."""

from typing import Any

import pytest

from agreements.drafting import DraftRequest, assemble
from agreements.drafting.effects import completed

_SITES = [{"name": "Port Sable", "use": "joint"}]


@pytest.mark.parametrize(
    ("family", "form", "given", "one", "more"),
    [
        ("transit", "agreement", {"corridors": ["A"]}, "agreed route is", "agreed routes are"),
        ("transit", "agreement", {"basis": "resolutions", "resolutions": ["resolution 1"]}, "by which States are", ""),
        ("dca", "agreement", {"access_model": "listed", "sites": _SITES}, "facility or area is", "areas are"),
        ("dca", "mou", {"cooperation_areas": ["training"]}, "area of cooperation is", "areas of cooperation are"),
        ("facilities_access", "agreement", {"sites": _SITES}, "authorized location is", "authorized locations are"),
        ("sofa", "visiting-forces", {"vf_jurisdiction_model": "J6", "reciprocal": "no", "grave_offenses": ["murder"]},
         "following offense, if it was", "following offenses, if they were"),
        ("dca", "correction-notes", {"corrections": ["in Article I, for A read B"]}, "an error that does",
         "errors that do"),
    ],
)  # fmt: skip
def test_the_words_around_a_list_agree_with_its_number(
    family: str, form: str, given: dict[str, Any], one: str, more: str
) -> None:
    (name,) = [name for name, value in given.items() if isinstance(value, list)]
    assert one in _text(family, form, given)
    assert more in _text(family, form, {**given, name: given[name] * 2})


def _text(family: str, form: str, given: dict[str, Any]) -> str:
    made = assemble(completed(DraftRequest(family, form, given)))
    assert made.agreement, made.findings
    return " ".join(p.text for document in made.agreement.documents for p in document.walk())
