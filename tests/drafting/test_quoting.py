"""Notes in reply that repeat the note they answer, in the third and the first person, in every family with notes."""

from dataclasses import replace

import pytest

from agreements.drafting import assemble, families, family, load_parameters
from agreements.drafting.effects import completed
from agreements.drafting.request import DraftRequest
from agreements.lineage.consolidation import is_quotation
from agreements.model import Document
from tests.drafting.sound import ROOT, check_sound, draft

VALDORIA = ROOT / "docs/examples/drafts/sofa-notes.yaml"


def _quotes(name: str, form: str) -> bool:
    """Whether the form has a reply that may repeat the note, not only a note that needs none or a reply in words."""
    documents = (entry.document for entry in family(name).forms[form].outline if entry.document)
    clauses = (entry for document in documents if document.role == "reply-note" for entry in document.outline)
    return any(entry.when == 'reply_style == "quotes"' for entry in clauses)


NOTES = [
    (name, form)
    for name in families()
    for form, declared in family(name).forms.items()
    if declared.role == "offer-note" and form != "annex-change" and _quotes(name, form)
]


def lines(document: Document) -> list[str]:
    return [" ".join(x for x in (p.number, p.text) if x) for p in document.walk() if p.number or p.text]


@pytest.mark.parametrize("style", ["third_person", "first_person"])
@pytest.mark.parametrize(("name", "form"), NOTES)
def test_the_reply_repeats_every_line_of_the_offer(name: str, form: str, style: str) -> None:
    made = assemble(completed(DraftRequest(name, form, {"reply_style": "quotes", "note_style": style})))
    assert made.agreement is not None, made.findings
    check_sound(made.agreement)
    offer, reply = (next(d for d in made.agreement.documents if d.role == r) for r in ("offer-note", "reply-note"))
    expected = [f'"{line}' for line in lines(offer)]
    expected[-1] += '"'
    found = lines(reply)
    start = found.index(expected[0])
    assert found[start : start + len(expected)] == expected
    assert is_quotation(expected)
    assert found[start - 1].endswith("which reads as follows:")
    assert "are acceptable to" in found[start + len(expected)]


def test_what_is_open_in_the_offer_is_open_in_the_reply() -> None:
    request = load_parameters(VALDORIA)
    notice = {"us": {"months": "12"}, "partner": {"months": "6"}}
    more = {"reply_style": "quotes", "termination_notice": notice}
    agreement = draft(replace(request, parameters={**request.parameters, **more}))
    marks = [[m.target for p in d.walk() for m in p.marks if m.kind == "bracket"] for d in agreement.documents]
    assert marks == [["us", "partner"], ["us", "partner"]]


def test_a_reply_that_only_accepts_repeats_nothing() -> None:
    reply = draft(load_parameters(VALDORIA)).documents[-1]
    assert len(reply.provisions) == 5
