"""Words broken at a line end."""

import pytest

from agreements.parsing.hyphens import Vocabulary

WORDS = ["subdivision cross-servicing member the force agreed upon long-term inter-service interservice interservice"]


@pytest.mark.parametrize(
    ("before", "after", "joined", "why"),
    [
        ("the sub-", "division of", "the subdivision of", "the document writes it as one word"),
        ("any cross-", "servicing act", "any cross-servicing act", "the document writes it with a hyphen"),
        ("an inter-", "service body", "an interservice body", "the form that is more frequent"),
        ("perso-", "nnel shall", "personnel shall", "a part that is no word of the document"),
        ("the non-", "nationals", "the non-nationals", "a part that keeps its hyphen in English"),
        ("under-", "the", "underthe", "a prefix makes one word more often than a compound"),
        ("the member-", "force", "the member-force", "both parts are words of the document"),
        ("the on-", "force", "the on-force", "a part that makes compounds of words of the document"),
        ("the on-", "ly", "the only", "and otherwise begins a word"),
        ("Anglo-", "American", "Anglo-American", "a capital after the hyphen"),
        ("STA-", "TUS", "STATUS", "capitals throughout are no sign"),
        ("sea-", "and air transport", "sea- and air transport", "a hyphen that stands for the rest of the word"),
        ("soft\u00ad", "ware", "software", "a soft hyphen"),
        ("state-of-the-", "art", "state-of-the-art", "a chain of hyphens"),
        ("in 1990-", "1995", "in 1990-1995", "a range of numbers"),
        ("a dash -", "here", "a dash -here", "no word before the hyphen: nothing is taken away"),
    ],
)
def test_join(before: str, after: str, joined: str, why: str) -> None:
    first, between = Vocabulary(WORDS).join(before, after)
    assert first + between + after == joined, why


def test_the_broken_halves_are_no_words_of_the_document() -> None:
    vocabulary = Vocabulary(["the sen-", "ding State, the sending State"])
    assert vocabulary.join("the sen-", "ding State") == ("the sen", "")
