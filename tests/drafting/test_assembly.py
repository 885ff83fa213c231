"""Assembly: selection, provenance, alternat, definitions, determinism."""

from collections.abc import Callable

import pytest

from agreements.drafting import DraftRequest, assemble
from agreements.errors import TemplateError
from agreements.model import Agreement
from tests.drafting.conftest import Mini

Ask = Callable[..., DraftRequest]

_CLAUSES = {
    "title": "# Agreement between {{ parties.both }} on {{ words or 'Cooperation' }}",
    "definitions": """
        ---
        label: Definitions
        collects: definitions
        ---
        ## {#definitions}: Definitions
        In this Agreement:
        {% for definition in definitions %}
        (#) "{{ definition.name }}" {{ definition.words }}{% if loop.last %}.{% else %};{% endif %}

        {% endfor %}
        """,
    "use/plain": "---\nlabel: Use\ncode: P\nterms: {zone: 'means land'}\n---\n## {#use}: Use\nNo term here.",
    "use/terms": """
        ---
        label: Use
        terms:
          zone: means an area that is a {{ term("site") }} of {{ receiving.the_short }}
          site: means land
          unused: means nothing
        ---
        ## {#use}: Use
        {{ term("zone", "Zones") }} are used.
        """,
}


def made(request: DraftRequest, root: object, **options: object) -> Agreement:
    draft = assemble(request, root=root, **options)  # type: ignore[arg-type]
    assert draft.agreement is not None, draft.findings
    return draft.agreement


@pytest.fixture
def root(mini: Mini) -> object:
    choice = "{parameter: length, indefinite: terms, fixed: plain}"
    return mini(_CLAUSES, f"- clause: title\n- clause: definitions\n- {{clause: use, choose: {choice}}}")


def test_terms_that_are_used_are_defined_and_no_others(root: object, ask: Ask) -> None:
    definitions = made(ask(), root).documents[0].provisions[0]
    assert [p.text for p in definitions.children] == [
        '"site" means land;',
        '"zone" means an area that is a site of Valdoria.',
    ]
    assert [p.number for p in definitions.children] == ["(a)", "(b)"]


def test_an_unknown_term_lists_the_known(mini: Mini, ask: Ask) -> None:
    folder = mini({"use": "---\nlabel: Use\nterms: {zone: means land}\n---\n## {#use}: Use\n{{ term('zne') }}"})
    with pytest.raises(TemplateError, match=r"clause use.*line 6: There is no defined term named 'zne'") as caught:
        assemble(ask(), root=folder)
    assert "zone" in caught.value.hint


def test_a_parameter_chooses_the_variant_and_a_person_may_override_it(root: object, ask: Ask) -> None:
    def used(request: DraftRequest) -> str:
        return dict(assemble(request, root=root).clauses)["use"]  # type: ignore[arg-type]

    assert used(ask()) == "terms"
    assert used(ask(length="fixed", period={"years": 1})) == "plain"
    assert used(ask(variants={"use": "plain"}, period={"years": 1})) == "plain"


def test_a_variant_is_found_by_its_code(mini: Mini, ask: Ask) -> None:
    folder = mini(
        {"use/one": "---\nlabel: U\ncode: indefinite\n---\n## {#u}: U\nOne.", "use/two": "## {#u}: U\nTwo."},
        "- {clause: use, choose: {parameter: length}}",
    )
    assert made(ask(), folder).documents[0].provisions[0].text == "One."
    with pytest.raises(TemplateError, match="no variant of the clause 'use' named 'fixed'"):
        assemble(ask(length="fixed", period={"years": 1}), root=folder)


def test_clauses_gathered_in_an_article(mini: Mini, ask: Ask) -> None:
    clauses = {"a": "#. {#a} First.", "b": "#. {#b} Second, see {{ ref('a') }}.", "c": "#. {#c} Third."}
    outline = """- article:
    id: final
    heading: Final Provisions for {{ receiving.short }}
    outline:
      - clause: a
      - clause: b
      - {clause: c, when: length == "fixed"}"""
    (article,) = made(ask(), mini(clauses, outline)).documents[0].provisions
    assert (article.id, article.number, article.heading) == ("final", "I", "Final Provisions for Valdoria")
    assert [p.text for p in article.children] == ["First.", "Second, see paragraph 1 of this Article."]


def test_provenance_names_clause_variant_version_and_parameters(root: object, ask: Ask) -> None:
    provenance = made(ask(), root).documents[0].provisions[1].provenance
    assert provenance is not None
    assert (provenance.clause, provenance.variant, provenance.template_version) == ("use", "terms", "1.0")


def test_the_alternat_changes_the_order_of_the_parties_only(root: object, ask: Ask) -> None:
    ours, theirs = made(ask(), root), made(ask(), root, original="partner")
    us, partner = "the Government of the Commonwealth of Aurelia", "the Government of the Republic of Valdoria"
    assert ours.title == f"Agreement between {us} and {partner} on Cooperation"
    assert theirs.title == f"Agreement between {partner} and {us} on Cooperation"
    assert ours.documents[0].provisions == theirs.documents[0].provisions


def test_the_same_request_gives_the_same_draft(root: object, ask: Ask) -> None:
    assert made(ask(), root) == made(ask(), root)


def test_a_title_takes_values_as_typed(root: object, ask: Ask) -> None:
    assert made(ask(words="# [x] \\ {y} **z**"), root).title.endswith(" on # [x] \\ {y} **z**")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{% for a in words %}{% for b in words %}{% for c in words %}{% endfor %}{% endfor %}{% endfor %}", "turns"),
        ("{% for a in words %}{% for b in words %}" + "long words " * 300 + "{% endfor %}{% endfor %}", "characters"),
        ("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}", "without end|turns"),
    ],
)
def test_a_template_that_takes_or_gives_too_much_is_stopped(mini: Mini, ask: Ask, body: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        assemble(ask(words="w" * 60), root=mini({"a": f"## {{#a}}: A\n{body}"}))


def test_a_clause_can_require_another(mini: Mini, ask: Ask) -> None:
    folder = mini({"a": "---\nlabel: A\nrequires: [b]\n---\n## {#a}: A\nText."})
    draft = assemble(ask(), root=folder)
    assert draft.agreement is None
    assert [(f.code, f.where) for f in draft.findings] == [("clause-requires", "a")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no front matter", "begins with front matter"),
        ("---\nlabel: [\n---\nx", "front matter, line"),
        ("---\ntopics: [x]\n---\nx", "label: Field required"),
        ("---\nlabel: A\ncolour: red\n---\nx", "colour: Extra inputs"),
    ],
)
def test_a_wrong_clause_file_is_told(mini: Mini, ask: Ask, text: str, reason: str) -> None:
    folder = mini({"a": "x"})
    (folder / "mini" / "clauses" / "a" / "standard.md").write_text(text)
    with pytest.raises(TemplateError, match=r"a/standard\.md: .*" + reason):
        assemble(ask(), root=folder)


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ("- {clause: nothing}", "no clause named 'nothing'"),
        ("- {clause: a, variant: other}", "no variant of the clause 'a' named 'other'"),
        ("- {clause: a, when: colour}", "'colour' is undefined"),
        ("- {clause: a, document: {role: annex, outline: []}}", "a clause, an article or a document"),
        ("- {clause: a, choose: {C1: x}}", "choose names its parameter"),
    ],
)
def test_a_wrong_outline_is_told(mini: Mini, ask: Ask, outline: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        assemble(ask(), root=mini({"a": "## {#a}: A\nText."}, outline))


def test_a_family_variant_hides_the_common_one_of_its_name(mini: Mini, ask: Ask) -> None:
    folder = mini({"a": "## {#a}: A\nThe family's."})
    for variant, words in (("standard", "The common one."), ("other", "Common too.")):
        path = folder / "common" / "clauses" / "a" / f"{variant}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\nlabel: A\n---\n## {{#a}}: A\n{words}\n")
    assert made(ask(), folder).documents[0].provisions[0].text == "The family's."
    assert made(ask(variants={"a": "other"}), folder).documents[0].provisions[0].text == "Common too."
