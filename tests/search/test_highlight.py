"""Snippets: letter for letter, whole sentences, and the right characters marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.search.highlight import Highlighter
from agreements.search.lucene import read
from agreements.search.window import LONGEST


def marked(query: str, text: str, starts: list[int] | None = None) -> tuple[str, list[str]]:
    snippet, spans = Highlighter(read(query).tree).snippet(text, starts or [0])
    return snippet, [snippet[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("claims", "No claims. None.", ["claims"]),
        ("defense", "Ministry of Defence", ["Defence"]),
        ('"official duty"', "an official duty, or another duty", ["official duty"]),  # not the second
        ('"duty act"~3', "an act in official duty", ["act", "duty"]),
        ("percent", "75 per cent", ["per cent"]),
        ("crossservicing", "a cross-servicing and a crossservicing", ["crossservicing"]),  # the index adds the rest
        ("cross-servicing", "a cross-servicing and a crossservicing", ["cross-servicing", "crossservicing"]),
        ("licens*", "a licence, licensed", ["licence", "licensed"]),
        ("arbitrater~", "the arbitrator decides", ["arbitrator"]),
        ("claims NOT waiver", "claims without waiver", ["claims"]),  # what must not be there is not marked
        ("heading:claims", "claims", []),  # looked for elsewhere
        ("the claims of a force", "the claims of a force", ["claims", "force"]),  # stop words are not marked
        ("party:JOR claims", "JOR claims", ["claims"]),
        ("enquiry", "an inquiry, enquiries", ["inquiry", "enquiries"]),
        ("article 8", "see Article VIII", ["Article", "VIII"]),
        ("republique", "la République", ["République"]),
    ],
)
def test_what_is_marked(query: str, text: str, expected: list[str]) -> None:
    assert marked(query, text)[1] == expected


def test_snippet_is_the_whole_sentence_with_its_negation() -> None:
    filler = "An unrelated sentence of some length stands here to fill the place. " * 5
    text = (
        f"{filler}Official vehicles shall not, save in the cases of Art. 4, be subject to inspection. {filler}".strip()
    )
    snippet, words = marked("inspection", text)
    assert snippet == "Official vehicles shall not, save in the cases of Art. 4, be subject to inspection."
    assert words == ["inspection"]


def test_snippet_stays_within_one_provision_and_leaves_its_number() -> None:
    text = "Each side:\n(a) keeps its claims;\n(b) pays."
    starts = [0, text.index("keeps"), text.index("pays")]
    assert marked("claims", text, starts) == ("keeps its claims;", ["claims"])


def test_phrase_is_found_across_lines_as_the_index_finds_it() -> None:
    text = "It is an official\n(a) duty."
    assert marked('"official duty"', text, [0, text.index("duty")])[0] in text


def test_best_sentence_wins_over_the_first() -> None:
    far = "Claims are one thing, and many words follow here to make this a sentence of its own, long enough. " * 3
    snippet, words = marked("claims waiver force", far + "The waiver of claims binds the force.")
    assert words[-3:] == ["waiver", "claims", "force"] and snippet.endswith("The waiver of claims binds the force.")


def test_a_very_long_sentence_is_cut_at_a_clause() -> None:
    text = (
        "The sides agree that " + "; ".join(f"matter {i} of the list is settled" for i in range(60)) + "; claims end."
    )
    snippet, words = marked("claims", text)
    assert len(snippet) <= LONGEST and words == ["claims"] and snippet.startswith("matter") and snippet in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An umpire decides, as paragraph 2 /b/ says.", "An umpire decides"),  # the rest adds nothing
        ("Under point /b/ of the list, an umpire decides.", "an umpire decides."),
        ("An umpire under /b/ shall not decide.", "An umpire under b shall not decide."),  # a "not" is never cut off
        ("Unless /b/ applies, an umpire decides.", "Unless b applies, an umpire decides."),
        ("The umpire /decides/.", "The umpire"),
        ("Nothing of the sort /here/. An umpire decides.", "An umpire decides."),
    ],
)
def test_snippet_keeps_to_one_type_where_nothing_limiting_is_lost(text: str, expected: str) -> None:
    first, second = (i for i, c in enumerate(text) if c == "/")
    snippet, _ = Highlighter(read("umpire").tree).snippet(text.replace("/", ""), [0], [first, second - 1])
    assert snippet == expected


def test_no_match_shows_the_beginning() -> None:
    assert marked("absent", "First words. Others.") == ("First words. Others.", [])
    assert marked("absent", "", []) == ("", [])


_WORDS = st.lists(
    st.sampled_from(["claims", "duty", "official", "Official", "not.", "No. 4", "end.", "café", "(x)", ";"]),
    max_size=60,
)  # fmt: skip


@given(
    st.lists(_WORDS.map(" ".join), min_size=1, max_size=5),
    st.sampled_from(["claims", '"official duty"', "off*", '"claims duty"~2', "duty~"]),
)
def test_snippets_are_slices_and_marks_lie_in_them(lines: list[str], query: str) -> None:
    text = "\n".join(lines)
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    snippet, spans = Highlighter(read(query).tree).snippet(text, starts)
    assert snippet in text and "\n" not in snippet
    assert all(0 <= a < b <= len(snippet) for a, b in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
