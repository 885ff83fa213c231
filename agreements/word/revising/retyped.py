"""A paragraph that was typed anew in capitals, or out of them, is one paragraph: no word of it went or came."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from agreements.comparing import differences
from agreements.language.typography import plain
from agreements.word.revising.differences import Difference, DifferentThing, FileDifferences, typed_before

_NUMBER = 5  # words before those of a heading in which its number is typed, one more


def tell_retyped(found: FileDifferences, alike: Callable[[str, str], bool] | None = None) -> None:
    """Tell in `found` a paragraph that went, and one that came in its place with the same words, as one: typography.

    So is a line told that stands where it stood, all in capitals in one of the files; and where a list showed a number
    before it that is typed now (`ARTICLE II DEFINITIONS` for `Definitions`), as a number that is typed.

    `alike` says of other words whether they say the same too, as those of an original in another order.
    """
    gone = {plain(each.before).casefold(): each for each in found.differences if each.how == "removed"}
    told: list[Difference] = []
    dropped: set[int] = set()
    for each in found.differences:
        if each.how == "changed" and each.what == "words" and _is_retyped(each.before, each.after):
            told.append(replace(each, what="typography"))
            continue
        was, typed = _gone_for(each, gone) if each.how == "added" else (None, "")
        if was is None and each.how == "added" and alike is not None:
            was = next((other for other in gone.values() if alike(other.before, each.after)), None)
        if was is None or was.number in dropped or not _at_one_place(found, was, each):
            told.append(each)
            continue
        dropped.add(was.number)
        pieces = differences(was.before, each.after)
        if was.a and each.b:
            found.pairs[was.a] = each.b
        what: DifferentThing = "typed-number" if typed else "typography"
        told.append(replace(each, how="changed", a=was.a, pieces=pieces, what=what, listed=was.listed if typed else ""))
    found.differences = [each for each in told if each.number not in dropped]


def _gone_for(come: Difference, gone: Mapping[str, Difference]) -> tuple[Difference | None, str]:
    """Return what went and says the words that came, and the number typed before these that a list showed there."""
    words = plain(come.after).casefold()
    if words in gone:
        return gone[words], ""
    parts = words.split(" ")
    for count in range(1, min(_NUMBER, len(parts))):
        was = gone.get(" ".join(parts[count:]))
        if was and was.listed and (typed := typed_before(come.after, was.listed)):
            return (
                (was, typed)
                if plain(come.after[len(typed) :]).casefold() == plain(was.before).casefold()
                else (None, "")
            )
    return None, ""


def _is_retyped(before: str, after: str) -> bool:
    return (before.isupper() or after.isupper()) and plain(before).casefold() == plain(after).casefold()


def _at_one_place(found: FileDifferences, gone: Difference, come: Difference) -> bool:
    """Whether what went stood between the same paragraphs as what came."""
    if gone.a is None or come.b is None or gone.story != come.story:
        return False
    part, place = gone.a.part, gone.a.index
    answers = [(a.index, b.index) for a, b in found.pairs.items() if a.part == part and b.part == come.b.part]
    before = max((b for a, b in answers if a < place), default=-1)
    after = min((b for a, b in answers if a > place), default=come.b.index + 1)
    return before < come.b.index < after
