"""Any form of any family, with any variants and options: complete, numbered, with settled references and terms."""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agreements.checks import check
from agreements.drafting import assemble, families, family
from agreements.drafting.effects import completed
from tests.drafting.sound import check_sound
from tests.drafting.strategies import requests

# A form that families share is tried in one of them.
FORMS = [
    (name, form)
    for name in families()
    for form, declared in family(name).forms.items()
    if name == "dca" or form not in family("dca").forms or declared.outline != family("dca").forms[form].outline
]
_CHANGES: list[dict[str, Any]] = [
    {"action": "delete", "path": "XXI.2"},
    {"action": "add", "path": "annex-a.4", "words": ["One & {two}.", "[three] four."]},
    {"action": "replace", "path": "IV", "heading": "New", "words": ["First.", "Second."]},
]


@pytest.mark.parametrize(("name", "form"), FORMS, ids=lambda v: v)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_options_of_any_form_give_a_sound_draft(name: str, form: str, data: st.DataObject) -> None:
    request = data.draw(requests(family(name), form))
    if "changes" in family(name).parameters and "amend" in form:
        changes = data.draw(st.lists(st.sampled_from(_CHANGES), min_size=1, max_size=3))
        request = type(request)(**{**_fields(request), "parameters": {**request.parameters, "changes": changes}})
    made = assemble(completed(request))
    assume(made.agreement is not None)  # options that contradict each other are findings, which other tests hold
    assert made.agreement is not None
    check_sound(made.agreement)
    wrong = [f for f in check(made.agreement) if f.severity == "error" and f.code != "open-bracket"]
    assert wrong == []


def _fields(request: Any) -> dict[str, Any]:
    return {name: getattr(request, name) for name in request.__dataclass_fields__}
