"""Patterns written as lists of phrases, one to a line."""

import re


def any_of(*phrases: str, case: bool = False) -> re.Pattern[str]:
    """Return a pattern that matches any of `phrases` (regular expressions), from left to right.

    A blank in a phrase also matches a non-breaking one, so character classes write `\\s` for it. Case counts only
    where `case` is True.
    """
    alternatives = (phrase.replace(" ", "[ \u00a0]") for phrase in phrases)
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), 0 if case else re.IGNORECASE)


def words(*phrases: str, case: bool = False) -> re.Pattern[str]:
    """Return a pattern as `any_of`, matching whole words only."""
    return any_of(*(rf"\b(?:{phrase})\b" for phrase in phrases), case=case)


def standing_in(text: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `parts` that stand in `text`: looked for once in a whole, and no more in each of its pieces."""
    return tuple(part for part in parts if part in text)


def contains(text: str, parts: tuple[str, ...]) -> bool:
    """Return whether any of `parts` stands in `text`: a cheap test before a costly pattern."""
    for part in parts:  # noqa: SIM110  (a generator costs more than the search)
        if part in text:
            return True
    return False
