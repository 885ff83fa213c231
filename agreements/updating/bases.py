"""What a draft was as it was assembled, by its record, and which provision of it answers which of a newer assembly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agreements.comparing.matching import MatchItem, match
from agreements.drafting import DraftProvenance, Origin
from agreements.drafting.provenance import own_words
from agreements.model import Agreement, Provision
from agreements.reference import places


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """Heading and text of a provision."""

    heading: str
    text: str

    @classmethod
    def of(cls, provision: Provision) -> "RecordedLine":
        """Return those of `provision`."""
        return cls(provision.heading or "", provision.text)

    @classmethod
    def recorded(cls, origin: Origin, likely: Iterable[str]) -> "RecordedLine":
        """Return those of `origin`; where the record does not say which words are the heading, one of the `likely`."""
        length = origin.heading
        if length is None:
            length = next((len(h) for h in likely if h and f"{origin.words} ".startswith(f"{h} ")), 0)
        return cls(origin.words[:length], origin.words[length:].lstrip(" ") if length else origin.words)


def answers(known: DraftProvenance, now: Agreement) -> dict[str, str]:
    """Return which provision of the record answers which of `now`, by their paths.

    Drafted provisions have ids that stay when other variants are chosen. The items of lists and the recitals have none:
    they are matched by their words among those that stand under the same provision.
    """
    here = {place.path: place.provision for place in places(now)}
    by_id = {provision.id: path for path, provision in here.items() if provision.id}
    found = {origin.path: by_id[origin.id] for origin in known.origins if origin.id in by_id}
    below: dict[str, list[str]] = defaultdict(list)
    for path, provision in here.items():
        if not provision.id and own_words(provision):
            below[parent(path)].append(path)
    groups: dict[str, list[Origin]] = defaultdict(list)
    for origin in known.origins:
        if not origin.id:
            groups[parent(origin.path)].append(origin)
    for above in sorted(groups, key=lambda path: path.count(".")):
        _match(groups[above], below.get(found.get(above, above), []), here, found)
    return found


def _match(before: list[Origin], after: list[str], here: Mapping[str, Provision], found: dict[str, str]) -> None:
    left = [MatchItem(origin.words) for origin in before]
    right = [MatchItem(own_words(here[path])) for path in after]
    pairs = match(left, right)
    for i, j in (*pairs.in_order, *pairs.moved):
        found[before[i].path] = after[j]


def parent(path: str) -> str:
    """Return the path of what a provision stands under: empty for the main text."""
    return re.sub(r"~\d+$", "", path.rpartition(".")[0])
