"""The lines of a table of contents held against the headings of the text: Word renews them only when it is asked."""

from collections.abc import Iterator, Sequence

from agreements.findings import Finding, warning
from agreements.reading.blocks import Block

_LONGEST = 40  # words of a heading
_NAMED = 3  # lines and headings that a finding names
_LEAST = 0.5  # of the lines must end with the words of a heading: else they are written in a way that is not read


def stale_contents(lines: Sequence[str], blocks: Sequence[Block], name: str) -> Iterator[Finding]:
    """Yield that `lines` of the contents of the file `name` lead to no heading in `blocks`, or that headings have none.

    A heading has to be in the contents where it is of the style and level of one that a line leads to. Nothing is said
    of contents of which most lines have the words of no heading: how they are written is not known then.
    """
    heads = [block for block in blocks if block.text and len(block.text.split()) <= _LONGEST]
    found = [(line, _led_to(line, waiting)) for waiting in [_waiting(heads)] for line in lines]
    led = [block for _, block in found if block]
    if not led or sum(map(_Ends(heads), lines)) < _LEAST * len(lines):
        return
    looks = {(block.style, block.level) for block in led if block.level}
    listed = {id(block) for block in led}
    asked = (block for block in heads if (block.style, block.level) in looks and id(block) not in listed)
    gone = [line for line, block in found if not block]
    missing = [" ".join(filter(None, (block.number, block.text))) for block in asked]
    if gone or missing:
        said = [f"no heading says {_some(gone)}"] if gone else []
        said += [f"{_some(missing)} {'is' if len(missing) == 1 else 'are'} not in it"] if missing else []
        message = f"The table of contents of {name} is not that of its text: {'; '.join(said)}."
        yield warning("contents-stale", name, message, "Renew it (in Word: F9).")


def _waiting(heads: Sequence[Block]) -> dict[str, list[Block]]:
    """Return the headings by their letters, with and without their numbers; a typed number may stand alone on a line.

    A line that gives a number answers no heading without it: `Article VII Claims` is not `Claims`.
    """
    found: dict[str, list[Block]] = {}
    for at, block in enumerate(heads):
        own = f"{block.number or ''}{block.text}"
        following = heads[at + 1].text if at + 1 < len(heads) else ""
        for words in dict.fromkeys(map(_letters, (own, own + following, block.text))):
            found.setdefault(words, []).append(block)
    return found


def _led_to(line: str, waiting: dict[str, list[Block]]) -> Block | None:
    """Return the heading that a line leads to, with or without the number of a page: each waits for one line."""
    return next((waiting[way].pop(0) for way in _ways(line) if waiting.get(way)), None)


class _Ends:
    """Whether a line ends with the words of one of `heads`, under whatever number."""

    def __init__(self, heads: Sequence[Block]) -> None:
        self._words = tuple({words for block in heads if (words := _letters(block.text))})

    def __call__(self, line: str) -> bool:
        return any(each.endswith(self._words) for each in _ways(line))


def _ways(line: str) -> tuple[str, ...]:
    """Return the letters of a line: all, without its last word, without the figures at its end."""
    whole = _letters(line)
    return whole, _letters(line.rpartition(" ")[0]), whole.rstrip("0123456789")


def _letters(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())


def _some(words: Sequence[str]) -> str:
    shown = ", ".join(f"“{' '.join(each.split())}”" for each in words[:_NAMED])
    return shown + (f" and {len(words) - _NAMED} more" if len(words) > _NAMED else "")
