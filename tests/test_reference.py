"""References parse, print and resolve; paths and locators name a place in one way only."""

import pytest
from hypothesis import given, settings

from agreements.citation import cite, date_words, locator
from agreements.errors import NotFoundError, ReferenceSyntaxError
from agreements.model import Agreement, Citation, Document, Party, Signing, Status
from agreements.reference import Reference, places, resolve
from agreements.textform import parse_document
from tests.hostile import documents

MAIN = parse_document(
    """\
# Agreement between Arland and Borduria on Visits
## Preamble
Desiring to help,
Have agreed as follows:
## Article VIII
words of its own
8. eight
  (b) below
    (i) lowest
  closing words
a second paragraph
## {label="Title"} Part THREE
### Article I
#### Section 311
{paragraph n="(a)"} of the section
## Article One
## Article VIII
"""
)
AGREEMENT = Agreement(
    id="arland-borduria-1999",
    title="Agreement between Arland and Borduria on Visits",
    parties=(Party(name="Arland"), Party(name="Borduria")),
    signings=(Signing(date="1999-03-14", place="Kestrel City"),),
    citations=(Citation(text="1 ABC 2"),),
    status=Status(value="in-force", as_of="2026-01"),
    authority="official-print",
    documents=(
        MAIN,
        parse_document("# Annex A: Sites\n1. one\n1. again"),
        parse_document("## Article I\n1. un", language="fr"),
        parse_document("# Reply note\n1. accepted"),
    ),
)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("preamble.1", "preamble, recital 1"),
        ("VIII", "Article VIII"),
        ("VIII.8", "Article VIII, paragraph 8"),
        ("VIII.8.b.i", "Article VIII, paragraph 8(b)(i)"),
        ("VIII.8.p2", "Article VIII, paragraph 8, unnumbered paragraph 2"),  # its own words are p1
        ("VIII.p2", "Article VIII, unnumbered paragraph 2"),
        ("part-3", "Title THREE"),  # spelled numbers become figures in paths only
        ("I.311.a", "Title THREE, Article I, Section 311(a)"),  # articles are numbered through the parts
        ("1", "Article One"),
        ("VIII~2", "Article VIII"),  # a second article of that number
        ("annex-a.1~2", "Annex A, paragraph 1"),
        ("I.1@fr", "Article I, paragraph 1"),
        ("reply-note.1", "Reply note, paragraph 1"),
    ],
)
def test_paths_and_their_words(path: str, words: str) -> None:
    bare, _, language = path.partition("@")
    place = resolve(AGREEMENT, bare, language)
    assert (place.path, locator(place)) == (path, words)


@settings(max_examples=200, deadline=None)
@given(documents)
def test_every_provision_of_any_document_has_its_own_path(document: Document) -> None:
    agreement = Agreement(id="x", documents=(document,))
    paths = [place.path for place in places(agreement)]
    assert len(paths) == len(set(paths)) == sum(1 for _ in document.walk())


@pytest.mark.parametrize("text", ["nato-sofa-1951#VII.3.a", "nato-sofa-1951", "x#annex-a.2@fr", "x#preamble.4~2"])
def test_references_print_as_they_parse(text: str) -> None:
    assert str(Reference.parse(text)) == text


@pytest.mark.parametrize("text", ["", "Article VII", "#VII", "NATO SOFA#VII", "x#a b"])
def test_what_is_no_reference_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ReferenceSyntaxError) as caught:
        Reference.parse(text)
    assert "nato-sofa-1951#VII.3.a" in caught.value.hint


def test_an_unknown_path_names_what_is_near() -> None:
    with pytest.raises(NotFoundError) as caught:
        resolve(AGREEMENT, "VIII.9")
    assert "VIII.8" in caught.value.hint


def test_a_citation_says_all_that_a_negotiator_needs() -> None:
    assert cite(AGREEMENT, "VIII.8.b") == (
        "Agreement between Arland and Borduria on Visits, signed at Kestrel City 14 March 1999, "
        "Article VIII, paragraph 8(b); 1 ABC 2; in force (as of 2026-01); official print"
    )
    notes = AGREEMENT.model_copy(update={"title": "", "form": "exchange-of-notes", "signings": ()})
    assert cite(notes).startswith("Exchange of notes (Arland - Borduria); 1 ABC 2; in force")
    facts = Agreement(id="x", title="T", parties=(Party(code="JOR", name="Jordan"),))
    assert cite(facts) == "T (Jordan); no citation established; status not established; text not held"


@pytest.mark.parametrize(
    ("date", "words"), [("1951", "1951"), ("2023-12", "December 2023"), ("1951-06-09", "9 June 1951")]
)
def test_dates_are_said_as_far_as_they_are_known(date: str, words: str) -> None:
    assert date_words(date) == words
