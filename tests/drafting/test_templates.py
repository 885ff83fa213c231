"""The sandbox: what templates may do, what values can never do, and how a wrong template is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements import inline
from agreements.drafting import DraftRequest, assemble
from agreements.drafting.templates import Renderer, escape
from agreements.drafting.values import DraftParty
from agreements.errors import TemplateError
from agreements.textform import parse_provisions
from tests.drafting.conftest import RECEIVING, Mini

PARTY = DraftParty(**RECEIVING)
Ask = Callable[..., DraftRequest]


@pytest.mark.parametrize(
    "source",
    [
        "{{ party.__class__ }}",
        "{{ party['__class__'] }}",
        "{{ party.model_dump() }}",  # a method of pydantic
        "{{ party.model_fields }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ words.format(party) }}",  # format strings reach attributes
        "{{ words.encode() }}",
        "{{ words | attr('__class__') }}",
        "{{ words | map(attribute='__class__') }}",
        "{{ words | safe }}",
        "{{ cycler }}",
        "{{ range(10) }}",
        "{{ lipsum() }}",
        "{{ words * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%s' % party }}",
        "{{ words ~ words }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{{ self }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    ],
)
def test_a_template_cannot_leave_its_sandbox(source: str) -> None:
    with pytest.raises(TemplateError, match="the place"):
        Renderer({"party": PARTY, "words": "x"}).text(source, "the place")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ party.colour }}", "no attribute 'colour'"),
        ("{{ absent }}", "not given"),
        ("{{ party }}", "cannot be printed"),
        ("{{ words == words }}", "cannot be printed"),
        ("{% if %}", "Expected an expression"),
        ("{{ words | shout }}", "No filter named 'shout'"),
    ],
)
def test_what_cannot_be_printed_is_said(source: str, reason: str) -> None:
    with pytest.raises(TemplateError, match=reason):
        Renderer({"party": PARTY, "words": "x", "absent": None}).text(source, "the place")


def test_an_error_names_clause_variant_file_and_line(mini: Mini, ask: Ask) -> None:
    root = mini(
        {"claims/full": "---\nlabel: Claims\n---\n## {#claims}: Claims\n\n#. One.\n#. {{ wrods }}"},
        outline="- {clause: claims, variant: full}",
    )
    with pytest.raises(TemplateError, match=r"clause claims, variant full \(mini/full\.md\), line 7: 'wrods'"):
        assemble(ask(), root=root)


def test_text_that_is_no_text_form_names_its_clause(mini: Mini, ask: Ask) -> None:
    root = mini({"claims": "## {#claims}: Claims\n\n#. An open [bracket"})
    with pytest.raises(TemplateError, match=r"clause claims, variant standard .* '\[' is not closed"):
        assemble(ask(), root=root)


@pytest.mark.parametrize("place", ["{{ words }}", "#. {{ words }}", "#. **{{ words }}** text", "Before {{ words }}."])
@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1))
def test_a_value_never_becomes_structure(place: str, words: str) -> None:
    words = words.strip() or "x"
    (provision,) = parse_provisions(str(Renderer({"words": words}).text(place, "test")))
    shown = provision.heading if "**" in place else provision.text
    assert shown == (f"Before {words}." if "Before" in place else words)
    assert not provision.marks
    assert not provision.children


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_escaped_words_read_as_typed(words: str) -> None:
    assert inline.decode(escape(words)) == (words, ())


def test_filters_print_in_treaty_order(tmp_path: Path) -> None:
    render = Renderer({"items": ("ship visits", "A & B", "x"), "words": "the end", "number": 1234}).plain
    assert render("{{ items | listed }}", "") == "ship visits, A & B and x"
    assert render("{{ items | join('; ') }}", "") == "ship visits; A & B; x"
    assert render("{{ words | capitalize_first }} {{ number }} {{ 3 | ordinal }}", "") == "The end 1,234 third"
    assert render("{{ 'U.S. forces' | lower_first }} {{ 'The end' | lower_first }}", "") == "U.S. forces the end"
