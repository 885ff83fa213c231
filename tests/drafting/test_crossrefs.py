"""References: their words depend on where both ends stand, and their targets are paths of the finished draft."""

from collections.abc import Callable

import pytest

from agreements.drafting import DraftRequest, assemble
from agreements.errors import TemplateError
from agreements.model import Agreement, Document, Provision, Signing
from agreements.reference import resolve
from tests.drafting.conftest import Mini

Ask = Callable[..., DraftRequest]

_CLAIMS = """
## {#claims}: Claims
#. {#claims.one} First.
#. {#claims.two} Second:
  (#) {#claims.two.a} item;
  (#) {#claims.two.b} %s
"""


def body(mini: Mini, ask: Ask, here: str, outline: str = "") -> Provision:
    """Return the provision that has the id `here` in a draft of two articles and an annex."""
    clauses = {
        "first": "## {#first}: First\nOwn text.",
        "claims": _CLAIMS % here,
        "list": "#. {#list.a} Here {{ ref('claims.one') }}.\n#. {#list.b} There {{ ref('list.a') }}.",
    }
    annex = "- document: {role: annex, number: A, title: List, outline: [{clause: list}]}"
    default = f"- clause: first\n- clause: claims\n{annex}"
    draft = assemble(ask(), root=mini(clauses, outline or default))
    assert draft.agreement is not None
    found = [p for document in draft.agreement.documents for p in document.walk() if p.id == "claims.two.b"]
    for mark in (m for m in found[0].marks if m.kind == "reference" and not m.target.startswith("annex")):
        resolve(draft.agreement, mark.target)
    return found[0]


@pytest.mark.parametrize(
    ("template", "words", "targets"),
    [
        ("{{ ref('first') }}", "Article I", ["I"]),
        ("{{ ref('claims') }}", "this Article", ["II"]),
        ("{{ ref('claims.one') }}", "paragraph 1 of this Article", ["II.1"]),
        ("{{ ref('claims.two') }}", "this paragraph", ["II.2"]),
        ("{{ ref('claims.two.a') }}", "subparagraph (a) of this paragraph", ["II.2.a"]),
        ("{{ ref('claims.one', article=True) }}", "this Article", ["II"]),
        ("{{ ref('claims.one', bare=True) }}", "paragraph 1", ["II.1"]),
        ("{{ ref('claims.one', 'the waiver') }}", "the waiver", ["II.1"]),
        ("{{ ref('annex-a') }}", "Annex A", ["annex-a"]),
        ("{{ ref('list.a') }}", "paragraph 1 of Annex A", ["annex-a.1"]),
        ("{{ refs('claims.one', 'claims.two') }}", "paragraphs 1 and 2 of this Article", ["II.1", "II.2"]),
        ("{{ refs('first', 'claims.one') }}", "Article I and paragraph 1 of this Article", ["I", "II.1"]),
        ("{{ ref('nato-sofa-1951#VII', 'Article VII') }}", "Article VII", ["nato-sofa-1951#VII"]),
        ("Before {{ ref('first') }} and after.", "Before Article I and after.", ["I"]),
    ],
)
def test_words_and_targets(mini: Mini, ask: Ask, template: str, words: str, targets: list[str]) -> None:
    if "nato" in template:
        draft = assemble(ask(), root=mini({"x": "## {#x}: X\n" + template}))
        assert draft.agreement is not None
        provision = draft.agreement.documents[0].provisions[0]
    else:
        provision = body(mini, ask, template)
    assert provision.text == words
    assert [m.target for m in provision.marks] == targets


def test_a_sentence_that_begins_with_a_reference_begins_with_a_capital(mini: Mini, ask: Ask) -> None:
    assert body(mini, ask, "{{ ref('claims.one') | capitalize_first }} applies.").text.startswith("Paragraph 1 of")


def test_marks_that_follow_a_reference_move_with_the_words(mini: Mini, ask: Ask) -> None:
    provision = body(mini, ask, "See {{ ref('first') }}, [loudly](emphasis), {{ ref('claims.one') }}.")
    shown = {provision.text[m.start : m.end] for m in provision.marks}
    assert shown == {"Article I", "loudly", "paragraph 1 of this Article"}


def test_words_of_an_annex_name_the_agreement(mini: Mini, ask: Ask) -> None:
    clauses = {
        "claims": "## {#claims}: Claims\n#. {#claims.one} a\n#. b",
        "list": "#. {#l.a} By {{ ref('claims.one') }} and {{ ref('annex-a') }}.\n#. {#l.b} By {{ ref('l.a') }}.",
    }
    outline = "- clause: claims\n- document: {role: annex, number: A, title: List, outline: [{clause: list}]}"
    draft = assemble(ask(), root=mini(clauses, outline))
    assert draft.agreement is not None
    one, two = draft.agreement.documents[1].provisions
    assert one.text == "By paragraph 1 of Article I of the Agreement and this Annex."
    assert two.text == "By paragraph 1."


def test_a_dropped_clause_renumbers_what_follows(mini: Mini, ask: Ask) -> None:
    clauses = {
        "one": "## {#one}: One\nText.",
        "two": "## {#two}: Two\nText.",
        "three": "## {#three}: Three\nUnder {{ ref('two') }}.",
    }
    outline = '- {clause: one, when: length == "fixed"}\n- clause: two\n- clause: three'
    root = mini(clauses, outline)
    texts = []
    for given in ({}, {"length": "fixed", "period": {"years": 2}}):
        draft = assemble(ask(**given), root=root)
        assert draft.agreement is not None
        texts.append(draft.agreement.documents[0].provisions[-1].text)
    assert texts == ["Under Article I.", "Under Article II."]


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ ref('clams') }}", "refers to 'clams', which is not in this draft"),
        ("{{ ref('not an id') }}", "is not the id of a provision"),
        ("{{ refs('first') }}", "two or more"),
        ("{{ ref('nato-sofa-1951#VII') }}", "needs its words"),
    ],
)
def test_a_reference_to_nothing_is_refused(mini: Mini, ask: Ask, template: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        body(mini, ask, template)


def test_one_id_cannot_stand_twice(mini: Mini, ask: Ask) -> None:
    root = mini({"a": "## {#same}: A\nText.", "b": "## {#same}: B\nText."})
    with pytest.raises(TemplateError, match="'same'"):
        assemble(ask(), root=root)


def test_another_agreement_is_named_from_the_repository(mini: Mini, ask: Ask) -> None:
    held = Agreement(
        id="base",
        title="Agreement on Visits",
        signings=(Signing(date="1999-03-14", place="Kestrel City"),),
        documents=(
            Document(provisions=(Provision(kind="article", number="VII", children=(_paragraph("3."),)),)),
            Document(role="annex", number="A", provisions=(_paragraph("1."),)),
        ),
    )
    root = mini({"a": "## {#a}: A\n{{ ref('base#VII.3') }}; {{ ref('base#annex-a.1') }}; {{ ref('base#') }}."})
    with pytest.raises(TemplateError, match="needs its words, or a repository"):
        assemble(ask(), root=root)
    draft = assemble(ask(), root=root, held={"base": held}.__getitem__)
    assert draft.agreement is not None
    named = "the Agreement on Visits, signed at Kestrel City on 14 March 1999"
    provision = draft.agreement.documents[0].provisions[0]
    assert provision.text == f"paragraph 3 of Article VII of {named}; paragraph 1 of Annex A to {named}; {named}."
    assert [m.target for m in provision.marks] == ["base#VII.3", "base#annex-a.1", "base"]


def _paragraph(number: str) -> Provision:
    return Provision(kind="paragraph", number=number, text="Words.")


@pytest.mark.parametrize(
    ("here", "target", "words"),
    [
        ("main", "implementing-arrangement", "the Implementing Arrangement"),
        ("main", "ia.one", "paragraph 1 of the Implementing Arrangement"),
        ("ia", "implementing-arrangement", "this Implementing Arrangement"),
        ("ia", "claims.one", "paragraph 1 of Article I of the Agreement"),
    ],
)
def test_an_arrangement_in_the_same_draft_is_named(mini: Mini, ask: Ask, here: str, target: str, words: str) -> None:
    own = "{{ ref('" + target + "') }}"
    clauses = {
        "claims": "## {#claims}: Claims\n#. {#claims.one} a\n#. {#main} " + (own if here == "main" else "b"),
        "ia": "#. {#ia.one} a\n#. {#ia} " + (own if here == "ia" else "b"),
    }
    outline = "- clause: claims\n- document: {role: implementing-arrangement, title: X, outline: [{clause: ia}]}"
    draft = assemble(ask(), root=mini(clauses, outline))
    assert draft.agreement is not None
    assert next(p.text for d in draft.agreement.documents for p in d.walk() if p.id == here) == words
