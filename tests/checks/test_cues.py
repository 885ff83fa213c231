"""No rule misses what it looks for because its cues, which say where to look, do not stand there."""

import re

import pytest

from agreements.checks.limits import limits
from agreements.checks.rights import exceptions
from tests.pumping import matched

_BETWEEN = re.compile(r"(?:\\b)?(?:\.|\[\^;\])\{0,\d+\}\??(?:\\b)?")  # what a rule lets stand between its words
_RULES = [
    *((rule.id, rule.cues, [rule.finds, *([rule.near] if rule.near else [])]) for rule in limits()),
    *((rule.id, rule.cues, [rule.finds]) for rule in exceptions()),
]


def _words(finds: re.Pattern[str]) -> list[str]:
    apart = re.compile(_BETWEEN.sub(" ", finds.pattern), re.IGNORECASE)
    return [text.lower() for text in matched(apart) if finds.search(text)]


@pytest.mark.parametrize(("name", "cues", "needed"), _RULES, ids=[row[0] for row in _RULES])
def test_a_cue_stands_wherever_a_rule_finds_words(
    name: str, cues: tuple[str, ...], needed: list[re.Pattern[str]]
) -> None:
    words = [_words(pattern) for pattern in needed]
    assert all(words), f"no words are known that {name} finds"
    assert any(all(any(cue in text for cue in cues) for text in texts) for texts in words)
