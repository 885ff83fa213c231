"""Did you mean: only for a word that the texts have in no spelling."""

import pytest

from agreements.search import tree
from agreements.search.suggest import corrected, suggestion


class Texts:
    """The words of some texts, as an index gives them."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def frequency(self, field: str, term: str) -> int:
        return self.words.count(term)

    def vocabulary(self, field: str, prefix: str, limit: int = 0):
        return [(word, 1) for word in self.words if word.startswith(prefix)]


@pytest.mark.parametrize(
    ("word", "suggested", "why"),
    [
        (tree.Word("waivr", "waivr"), "waiver", "unknown"),
        (tree.Word("waiver", "waiver"), None, "known"),
        (tree.Word("crosservicing", "crosservicing", parts=("cros", "servic")), None, "the texts hyphenate it"),
        (tree.Word("cros", "cros", closed=("crosservic",)), None, "the texts write it and its neighbour as one"),
        (
            tree.Word("crosservicing", "crosservicing"),
            "crosservicings",
            "the same word, and the texts have it in no form",
        ),
        (tree.Word("art9", "art9"), None, "no word of letters"),
    ],
)
def test_a_word_is_replaced_only_where_the_texts_have_it_in_no_spelling(
    word: tree.Word, suggested: str | None, why: str
) -> None:
    texts = Texts("waiver", "crosservicings", "cross", "arts")
    assert suggestion(word.surface, word, texts) == suggested, why


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("falcomer", "falconer", "no text has it, and many have one that is near"),
        ("poison", None, "a word of the language, whatever is near it"),
        ("falconer", None, "the texts have it"),
        ("gyrfalcon", None, "nothing is near"),
    ],
)
def test_a_slip_is_read_as_what_is_meant(typed: str, meant: str | None, why: str) -> None:
    texts = Texts(*["falconer", "person"] * 5)
    node, slips = corrected(tree.Some((tree.Word(typed, typed), tree.Word("mew", "mew"))), texts)
    assert slips == ({typed: meant} if meant else {}), why
    assert isinstance(node, tree.Some) and node.nodes[0].surface == (meant or typed)
    assert suggestion("poison", tree.Word("poison", "poison"), texts) is None
