"""The analyser: what meets, what stays apart, and that every term knows its characters."""

from itertools import pairwise
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from agreements.search import analysis
from agreements.search.analysis import analyse, fold, stem, terms, tokens
from agreements.search.spelling import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("defence", "Defense"),
        ("licences", "license"),
        ("offences", "offense"),
        ("authorised", "authorizes"),
        ("organisation", "organization"),
        ("analysed", "analyzed"),
        ("programmes", "program"),
        ("honour", "honor"),
        ("labourers", "laborer"),
        ("connexion", "connection"),
        ("harbours", "harbor"),
        ("centre", "centers"),
        ("manoeuvres", "maneuver"),
        ("cancelled", "canceled"),
        ("travelling", "traveling"),
        ("fulfilment", "fulfillment"),
        ("judgement", "judgment"),
        ("enquiries", "inquiry"),
        ("cheques", "check"),
        ("co-operation", "cooperation"),
        ("co\u2011ordinate", "coordinate"),  # a non-breaking hyphen
        ("co\u00adordinate", "coordinate"),  # a soft hyphen
        ("per cent", "percent"),
        ("per\u00a0cent", "%"),
        ("A & T", "A&T"),
        ("U.S.", "US"),
        ("1,000", "1000"),
        ("Article VII", "article 7"),
        ("Article V", "articles 5"),
        ("ARTICLE X", "Article 10"),
        ("soldier's", "soldier"),
        ("soldier’s", "soldier"),
        ("Türkiye", "TURKIYE"),
        ("Re\u0301publique", "République"),  # the accent as a letter of its own
        ("ofﬁcial", "official"),  # a ligature
        ("cross-servicing", "cross servicing"),
        ("cross\u2010servicing", "cross-servicing"),
    ],
)
def test_spellings_meet(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("exercise", "exorcise"),
        ("wise", "wiz"),
        ("I", "1"),  # the pronoun
        ("civil", "civic"),
        ("force", "forge"),
        ("24.5", "245"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3.The Party", ["3", "the", "parti"]),  # a number glued to a word
        ("____ and ____", ["and"]),
        ("(a)“force” means", ["a", "forc", "mean"]),
        ("30th day", ["30th", "day"]),
        ("d’Ivoire", ["d", "ivoir"]),
        ("", []),
        (" \u00a0\n", []),
    ],
)
def test_terms(written: str, expected: list[str]) -> None:
    assert terms(written) == expected


def test_words_are_those_written_and_the_one_spelling() -> None:
    assert set(analyse("Defence forces").words.split()) == {"defence", "defense", "forces"}


def test_compounds_know_their_parts() -> None:
    assert analyse("cross-servicing and co-operation").compounds == "crossserv|cross|servic"


@given(st.text(max_size=200))
def test_tokens_point_into_the_text(text: str) -> None:
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) and t.term and not t.term.isspace() for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [t.term for t in found] == analyse(text).terms.split()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


_PLAIN = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=14)


@given(_PLAIN)
def test_one_spelling_is_stable(word: str) -> None:
    assert canonical(canonical(word)) == canonical(word)


@pytest.fixture(scope="module")
def tantivy_stemmer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.stemmer("english")).build()


_WORDS = """
agreement agreements parties party jurisdiction jurisdictional taxes taxation waive waiver notified notification
dying skies news proceed proceeding exceedingly generously arbitrator conclusively forces
"""


def test_stems_are_those_of_tantivy(tantivy_stemmer: tantivy.TextAnalyzer) -> None:
    words = _WORDS.split()
    assert [stem(w) for w in words] == [tantivy_stemmer.analyze(canonical(w))[0] for w in words]


def test_stems_of_a_real_treaty_are_those_of_tantivy(shared: Path, tantivy_stemmer: tantivy.TextAnalyzer) -> None:
    text = (shared / "treaties" / "security" / "nato-sofa-1951.md").read_text(encoding="utf-8")
    words = {w for w in analyse(text).words.split() if w.isascii() and w.isalpha() and len(w) > 4}
    assert len(words) > 500
    words -= {
        "customs",
        "goods",
        "arms",
        "organ",
        "organs",
        "landing",
        "landings",
        "personal",
        "accession",
    }  # taken for others
    words = {w for w in words if not w.startswith(("organiz", "organis"))}
    assert [w for w in words if tantivy_stemmer.analyze(canonical(w))[0] != stem(w) and not stem(w).isdigit()] == []


def test_version_is_stamped() -> None:
    assert analysis.VERSION


def test_words_that_the_stemmer_takes_for_others_have_their_own_terms() -> None:
    assert terms("landing") == terms("landings") != terms("land")
    assert terms("customs") != terms("custom")
    assert terms("organization") == terms("organisations") != terms("organ")
