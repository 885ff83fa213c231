"""A paragraph that was typed anew in capitals, or out of them, is one paragraph: no word of it went or came."""

from collections.abc import Callable
from dataclasses import replace

from agreements.comparing import differences
from agreements.language.typography import plain
from agreements.word.revising.differences import Difference, FileDifferences


def tell_retyped(found: FileDifferences, alike: Callable[[str, str], bool] | None = None) -> None:
    """Tell in `found` a paragraph that went, and one that came in its place with the same words, as one: typography.

    So is a line told that stands where it stood, all in capitals in one of the files.

    `alike` says of other words whether they say the same too, as those of an original in another order.
    """
    gone = {plain(each.before).casefold(): each for each in found.differences if each.how == "removed"}
    told: list[Difference] = []
    dropped: set[int] = set()
    for each in found.differences:
        if each.how == "changed" and each.what == "words" and _is_retyped(each.before, each.after):
            told.append(replace(each, what="typography"))
            continue
        was = gone.get(plain(each.after).casefold()) if each.how == "added" else None
        if was is None and each.how == "added" and alike is not None:
            was = next((other for other in gone.values() if alike(other.before, each.after)), None)
        if was is None or was.number in dropped or not _at_one_place(found, was, each):
            told.append(each)
            continue
        dropped.add(was.number)
        pieces = differences(was.before, each.after)
        if was.a and each.b:
            found.pairs[was.a] = each.b
        told.append(replace(each, how="changed", a=was.a, pieces=pieces, what="typography"))
    found.differences = [each for each in told if each.number not in dropped]


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
