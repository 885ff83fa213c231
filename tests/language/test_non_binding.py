"""What a text says of its own legal force, and what is said of a part of it or of something else."""

import pytest

from agreements.language.non_binding import says_not_binding


@pytest.mark.parametrize(
    "text",
    [
        "This Letter of Intent records hopes. It is not legally binding.",
        "The Participants understand that this Arrangement does not create legally binding obligations.",
        "This Roadmap does not constitute an international agreement.",
        "The terms set out in this Framework are not legally binding.",
        "Nothing in this Memorandum is intended to be legally binding.",
        "The Participants do not intend this Memorandum to be legally binding.",
        "The present declaration shall not create rights or obligations under international law.",
        "This Statement is legally non-binding.",
        "4. This Plan will not be legally binding upon the Signatories.",
    ],
)
def test_it_says_that_it_does_not_bind(text: str) -> None:
    assert says_not_binding(["Pilots fly.", text]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "With the exception of Section 4, this Memorandum is not legally binding.",
        "This Section is not legally binding.",
        "Annex C to this Memorandum is not legally binding.",
        "This Memorandum is not legally binding. Section 9 is legally binding.",
        "This Memorandum is not legally binding until both Participants have approved it.",
        "The advice of the board set up by this Agreement is not legally binding.",
        "This Agreement does not constitute an obligation under domestic law to spend funds.",
        "This Agreement shall not create rights for third persons.",
        "This Agreement is not binding on other States.",
        "The schedule is not an international agreement.",
    ],
)
def test_it_says_no_such_thing_of_the_whole(text: str) -> None:
    assert says_not_binding(["Pilots fly.", text]) is None
