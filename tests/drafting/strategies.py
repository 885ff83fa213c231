"""Hypothesis strategies for requests of any family: every option that its declarations allow."""

from typing import Any

from hypothesis import strategies as st

from agreements.drafting import DraftRequest, FamilyTemplate
from agreements.drafting.declarations import Declaration

_PERIODS = st.one_of(
    st.fixed_dictionaries({"months": st.integers(1, 12).map(str)}),
    st.fixed_dictionaries({"days": st.integers(1, 365).map(str)}),
)
PARTIES = {
    "sending": {"long": "Commonwealth of Aurelia", "short": "Aurelia", "adjective": "Aurelian"},
    "receiving": {"long": "Federated Isles of Tarn", "short": "Isles", "article": "the", "adjective": "Tarnish"},
}


def _values(declaration: Declaration) -> st.SearchStrategy[Any] | None:
    """Return values that the declaration accepts, or None where its default or example is enough."""
    if declaration.type == "choice":
        return st.sampled_from(sorted(declaration.choices))
    if declaration.type == "boolean":
        return st.sampled_from(["yes", "no"])
    if declaration.type == "period" and not declaration.checks:
        return _PERIODS
    if declaration.type == "date":
        return st.dates().map(str)
    if declaration.type == "integer":
        low, high = int(declaration.minimum or 1), int(declaration.maximum or 99)
        return st.integers(low, high).map(str)
    return None


@st.composite
def requests(draw: st.DrawFn, family: FamilyTemplate, form: str, **fixed: Any) -> DraftRequest:
    """Draw a request with two invented States, random options, and what `fixed` says."""
    parameters: dict[str, Any] = dict(PARTIES)
    for name, declaration in family.in_form(form).parameters.items():
        values = _values(declaration)
        if values is not None and (declaration.required or draw(st.booleans())):
            parameters[name] = draw(values)
        elif declaration.required and name not in parameters:
            parameters[name] = declaration.example
    if parameters.get("entry_into_force") in ("5a", "5b"):
        parameters["entry_delay"] = {"months": str(draw(st.integers(1, 12)))}
    if parameters.get("reciprocal") == "yes" and parameters.get("vf_jurisdiction_model") == "J6":
        parameters["vf_jurisdiction_model"] = "J3"  # a list of offenses is made for the law of one State
    return DraftRequest(family.id, form, parameters | fixed, "UNCLASSIFIED", "2026-11-22")
