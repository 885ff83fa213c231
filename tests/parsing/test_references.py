from collections.abc import Callable

import pytest

from agreements.model import Mark
from agreements.parsing import Parsed
from agreements.parsing.citing import cited_in
from agreements.parsing.references import _Found, _merged

BODY = (
    "# Article I",
    "1. Visits are free.",
    "2. Guests shall:",
    "(a) knock;",
    "(b) wait.",
    "# Article II",
)
ANNEX = ("DONE at Lorn.", "# Annex A", "# Article 1", "Forms under Article I of the Agreement are free.")


def targets(parsed: Callable[..., Parsed], words: str) -> list[tuple[str, str]]:
    """The references that `words`, as the text of Article II, hold: their words and where they lead."""
    article = parsed(*BODY, words, *ANNEX).agreement.documents[0].provisions[1]
    return [(article.text[m.start : m.end], m.target) for m in article.marks if m.kind == "reference"]


@pytest.mark.parametrize(
    ("words", "found", "why"),
    [
        ("See paragraph 2(b) of Article I.", [("paragraph 2(b) of Article I", "I.2.b")], "a whole reference"),
        ("See paragraph 2 (b) of Article I.", [("paragraph 2 (b) of Article I", "I.2.b")], "with a blank"),
        ("Article I applies.", [("Article I", "I")], "an article"),
        ("See paragraphs 1 and 2 of Article I.", [("paragraphs 1", "I.1"), ("2 of Article I", "I.2")], "a list"),
        ("See sub-paragraph (a) of paragraph 2 of Article I.",
         [("sub-paragraph (a) of paragraph 2 of Article I", "I.2.a")], "inside out"),
        ("See paragraph 2(a) and (b) of Article I.", [("paragraph 2(a)", "I.2.a"), ("(b) of Article I", "I.2.b")],
         "the second goes on under the first's paragraph"),
        ("This Article and this Agreement.", [], "capital `This` begins a sentence and is not followed up"),
        ("Nothing in this Article is new.", [("this Article", "II")], "the article around"),
        ("See Annex A.", [("Annex A", "annex-a")], "an annex"),
        ("See Annex B.", [("Annex B", "")], "an annex that is not there stays without target"),
        ("See Article IX.", [("Article IX", "")], "an article that is not there"),
        ("See paragraph 2 of Article I of the Lorn Pact.", [("paragraph 2 of Article I of the Lorn Pact", "")],
         "another instrument: its name belongs to the reference"),
        ("See Articles I and II of the Lorn Pact.", [("Articles I", ""), ("II of the Lorn Pact", "")],
         "a list in another instrument"),
        ("See Article I of the Tariff Code.", [("Article I", "")], "a law is no agreement, and no article of ours"),
        ("See Article I, paragraph 2(b), and Annex A.",
         [("Article I, paragraph 2(b)", "I.2.b"), ("Annex A", "annex-a")],
         "the article first"),
        ("See Article I, paragraph 2, sub-paragraph (b).", [("Article I, paragraph 2, sub-paragraph (b)", "I.2.b")],
         "from the outside in"),
        ("See Article I and paragraph 2(a) of that Article.", [("Article I", "I"),
         ("paragraph 2(a) of that Article", "I.2.a")], "the article named last"),
        ("See Article I of the Lorn Pact and paragraph 1 of that Article.", [("Article I of the Lorn Pact", ""),
         ("paragraph 1 of that Article", "")], "the article named last is another instrument's"),
        ("In Article I of the Lorn Pact, paragraph 1.", [("Article I of the Lorn Pact", ""), ("paragraph 1", "")],
         "a paragraph is never an article of that number"),
        ("Under the Lorn Convention on Tolls, Article I, all pay.", [("Article I", "")], "named before, and on what"),
        ("The Lorn Convention (Article I) and the LORNPA, Article II.", [("Article I", ""), ("Article II", "")],
         "named before, in brackets and as an acronym"),
        ("See Protocol 4, Article I.", [("Article I", "")], "a numbered protocol"),
        ("See Article I of the above Convention.", [("Article I of the above Convention", "")], "one named above"),
        ("See Articles I, II and IX.", [("Articles I", ""), ("II", ""), ("IX", "")], "a list too long for this text"),
        ("In Article I, paragraph 1, the words “go” are deleted.", [("Article I, paragraph 1", "")], "what is amended"),
        ("Article I shall read as follows:", [("Article I", "")], "what gets new words"),
        ("See Annex A to the Convention of Lorn.", [("Annex A", "")], "an annex of another instrument"),
        ("See Annex A of this Agreement and Annex A to the Lorn Pact.", [("Annex A", "annex-a"), ("Annex A", "")],
         "an annex of this one"),
        ("See Article I LORNPA.", [("Article I LORNPA", "")], "an acronym right behind"),
        ("See Article I of LORNPA.", [("Article I of LORNPA", "")], "an acronym without an article"),
        ("See LORNPA Article I.", [("Article I", "")], "an acronym right before"),
        ("See the Lorn Harbour Convention, Article I.", [("Article I", "")], "a name right before"),
        ("See Article I US forces.", [("Article I", "I")], "a State is no instrument"),
        ("See Article I of Protocol No. 3.", [("Article I of Protocol No. 3", "")], "a numbered instrument"),
        ("See Article I common to the Lorn Pacts.", [("Article I", "")], "an article of several instruments"),
        ("See Article I of its Constitution.", [("Article I", "")], "a constitution"),
        ("See Article I(1), (2) and (3) of Board Directive 8/77.",
         [("Article I(1)", ""), ("(2)", ""), ("(3)", "")], "a list below one article of a law"),
        ("See Article I(1), (2)(a) and (2)(b).",
         [("Article I(1)", "I.1"), ("(2)(a)", "I.2.a"), ("(2)(b)", "I.2.b")], "the same here"),
        ("See Article I.2.a and Article I.1.", [("Article I.2.a", "I.2.a"), ("Article I.1", "I.1")], "dots"),
        ("See Articles I-II and paragraphs 1-2 of Article I.",
         [("Articles I", "I"), ("II", "II"), ("paragraphs 1", "I.1"), ("2 of Article I", "I.2")], "ranges"),
        ("See Articles I to II.", [("Articles I", "I"), ("II", "II")], "a range in words"),
        ("See Article I para. 2(a).", [("Article I para. 2(a)", "I.2.a")], "an abbreviated paragraph"),
        ("See Article One.", [("Article One", "")], "a number of another kind may be another text's"),
        ("See Article 1.", [("Article 1", "")], "so may Arabic figures where heads are Roman"),
        ("See the preceding Article.", [("the preceding Article", "I")], "the article before"),
        ("See the following Article.", [("the following Article", "")], "the article after, where there is none"),
        ("See Article 1 of Annex A.", [("Article 1 of Annex A", "annex-a.1")], "an article of an annex"),
        ("See paragraph 2.1(b)(ii).", [("paragraph 2.1(b)(ii)", "")], "a long number is one mark"),
        ("See Articles I and II, respectively, of the Lorn Pact.", [("Articles I", ""),
         ("II, respectively, of the Lorn Pact", "")], "a word between a list and what it belongs to"),
        ("See Article I (as amended in 1999) of the Lorn Pact.",
         [("Article I (as amended in 1999) of the Lorn Pact", "")], "brackets between"),
        ("See Article I, first sentence, of the Lorn Pact.", [("Article I, first sentence, of the Lorn Pact", "")],
         "the part that is meant between"),
        ("See paragraph 1 (in part) of Article I.", [("paragraph 1", ""), ("Article I", "I")],
         "brackets before an article of ours"),
        ("See Article I et seq. of the Lorn Pact.", [("Article I et seq. of the Lorn Pact", "")], "and what follows"),
        ("See Article I of the aforementioned Pact.",
         [("Article I of the aforementioned Pact", "")], "one named before"),
        ("See Article I of the previous Agreement.", [("Article I of the previous Agreement", "")], "an earlier one"),
        ("See Article I of both Pacts.", [("Article I", "")], "two others"),
        ("See articles I and II of the law of 3 May 1990.", [("articles I", ""), ("II", "")], "a law in small letters"),
        ("See section 2 of title 22 of the rules.", [("section 2", "")], "a title of a code in small letters"),
        ("See the Lorn Pact, in particular its Article I.", [("Article I", "")], "its own article"),
        ("The Pact's Article I applies.", [("Article I", "")], "whose article it is stands before"),
        ("This Agreement's Article I applies.", [("Article I", "I")], "and here it is ours"),
        ("See Arts. I and II.", [("Arts. I", "I"), ("II", "II")], "an abbreviated plural"),
        ("No reference here.", [], "none"),
        ("See paragraph 9 and (b).", [("paragraph 9", ""), ("(b)", "")], "numbers that nothing around has"),
    ],
)  # fmt: skip
def test_references(parsed: Callable[..., Parsed], words: str, found: list[tuple[str, str]], why: str) -> None:
    assert targets(parsed, words) == found, why


@pytest.mark.parametrize("words", ["paragraph 2.1 of Article 2", "Article 2.2.1", "Article 2, paragraph 2.1"])
def test_a_number_with_what_it_stands_under_is_found_below_that(parsed: Callable[..., Parsed], words: str) -> None:
    text = parsed("# Article 1", f"See {words}.", "# Article 2", "1. Doors.", "2. Gates:", "2.1 Knock.", "2.2 Wait.")
    first, second = text.agreement.documents[0].provisions
    assert second.children[1].children[0].number == "2.1"
    assert [(first.text[m.start : m.end], m.target) for m in first.marks] == [(words, "2.2.2-1")]


ELSEWHERE = [
    ("fr", "Voir l'article 2 {}.", "du présent accord",
     ["du règlement (UE) 2016/679", "de la loi du 3 mai 1990", "de ladite convention", "de l'accord précité",
      "du code pénal", "et 3, respectivement, de la Convention de Lorn", ", première phrase, du Traité de Lorn"]),
    ("es", "Véase el artículo 2 {}.", "del presente Convenio",
     ["de la ley de 3 de mayo de 1990", "de dicho convenio", "del citado Acuerdo", "del código penal",
      "y 3, respectivamente, del Tratado de Lorn"]),
    ("pt", "Ver o artigo 2 {}.", "do presente Acordo",
     ["da lei de 3 de maio de 1990", "da referida convenção", "do código penal", "da convenção citada"]),
    ("de", "Siehe Artikel 2 {}.", "dieses Abkommens", ["des genannten Abkommens", "der Verordnung (EU) 2016/679"]),
    ("it", "Si veda l'articolo 2 {}.", "del presente Accordo",
     ["della legge 3 maggio 1990", "del suddetto accordo", "del codice penale", "dell'accordo citato"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "sentence", "ours", "theirs"), ELSEWHERE, ids=[row[0] for row in ELSEWHERE])
def test_articles_of_other_texts_in_other_languages(code: str, sentence: str, ours: str, theirs: list[str]) -> None:
    def elsewhere(words: str) -> list[bool]:
        return [found.elsewhere for found in cited_in(sentence.format(words).replace(" ,", ","), code)]

    assert elsewhere(ours) == [False]
    assert {words for words in theirs if not all(elsewhere(words))} == set()


def test_a_recital_cites_other_texts_unless_it_says_this_one(parsed: Callable[..., Parsed]) -> None:
    first = "Recalling Article I and Article I of this Agreement, they have agreed:"
    preamble = parsed("# Agreement on visits", first, *BODY, "Guests dine.").agreement.documents[0].provisions[0]
    assert [m.target for p in preamble.walk() for m in p.marks if m.kind == "reference"] == ["", "I"]


def test_a_bare_paragraph_means_the_nearest(parsed: Callable[..., Parsed]) -> None:
    main = parsed(
        "# Article 1", "1. First.", "2. As in paragraph 1:", "(a) one,", "(b) as in (a), or sub-paragraph (a)."
    )
    second = main.agreement.documents[0].provisions[0].children[1]
    assert [m.target for m in second.marks] == ["1.1"]
    assert [m.target for m in second.children[1].marks] == ["1.2.a"]


def test_an_annex_refers_to_its_own_articles_first(parsed: Callable[..., Parsed]) -> None:
    annex = parsed(*BODY, "Words.", *ANNEX, "# Article 2", "See Article 1 and Article II.").agreement.documents[1]
    assert [m.target for p in annex.walk() for m in p.marks] == ["I", "annex-a.1", "II"]


def test_emphasis_that_crosses_a_reference_is_cut_at_its_edges() -> None:
    emphasis = Mark(start=2, end=8, kind="emphasis")
    merged = _merged([emphasis], [_Found(5, 12, "VII")])
    assert [(m.start, m.end, m.kind) for m in merged] == [(2, 5, "emphasis"), (5, 12, "reference"), (5, 8, "emphasis")]


def test_the_points_of_a_note_may_be_called_articles(parsed: Callable[..., Parsed]) -> None:
    note = parsed(
        *("# Nr. I", "Excellency, I have the honour to propose this:", "1. Doors", "1.1 Guests knock.", "2. Gates"),
        *("2.1 Guests wait.", "2.2 Hosts follow paragraph 1 of this Article.", "# Nr. II", "Excellency, I agree."),
    ).agreement.documents[0]
    marks = [m.target for p in note.walk() for m in p.marks]
    assert marks in (["2"], [""]), "never the point that is called 1"


def test_a_number_that_two_provisions_have_leads_to_neither(parsed: Callable[..., Parsed]) -> None:
    text = parsed(
        *("# Protocol on Doors", "Have agreed as follows:", "Ad Article 7", "1. Guests knock.", "2. Hosts open."),
        *("# Ad Article 8", "1. Guests wait.", "2. As Section 1 of the rules says.", "DONE at Lorn."),
    ).agreement.documents[0]
    assert {m.target for p in text.walk() for m in p.marks if p.text[m.start : m.end].startswith("Section")} == {""}
