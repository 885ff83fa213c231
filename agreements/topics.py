"""The registry of clause topics: what a provision can be about, loaded from `data/topics.csv`.

A fine topic counts under one core topic (often itself): clauses are classified fine, matrices are shown core.
To add a topic, add a row.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from agreements.errors import unknown
from agreements.resources import data

NOT_FOUND = "not found by the program"
"""What is said of a topic that no person read for: it is no statement about the text."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its id, the core topic it counts under, its label and definition for people.

    `triggers` are words that hint at it (`...` stands for any few words), `families` the ids of the families
    where it is usual; empty means every family. `always_told` marks those that no brief leaves out: sovereign
    immunity, jurisdiction, claims and money.
    """

    id: str
    core: str
    label: str
    definition: str
    triggers: tuple[str, ...]
    families: tuple[str, ...]
    always_told: bool = False

    def usual_in(self, family: str) -> bool:
        """Whether clauses on this topic are usual in agreements of `family`."""
        return not self.families or family in self.families


@cache
def topics() -> Mapping[str, Topic]:
    """Return all topics by id, in the order in which agreements usually treat them."""
    with data("topics.csv").open(encoding="utf-8", newline="") as rows:
        found = {row["id"]: _topic(row) for row in csv.DictReader(rows)}
    return MappingProxyType(found)


def topic(topic_id: str) -> Topic:
    """Return the topic `topic_id`; raises `NotFoundError` that lists the known ones."""
    try:
        return topics()[topic_id]
    except KeyError:
        raise unknown("topic", topic_id, topics()) from None


def core_of(topic_id: str) -> str:
    """Return the id of the core topic that `topic_id` counts under; raises `NotFoundError`."""
    return topic(topic_id).core


def fine_of(core_id: str) -> tuple[str, ...]:
    """Return the ids of the fine topics that count under `core_id`; empty when it is no core topic."""
    return tuple(t.id for t in topics().values() if t.core == core_id)


def _topic(row: dict[str, str]) -> Topic:
    triggers = tuple(x.strip() for x in row["triggers"].split(";") if x.strip())
    families = tuple(row["families"].split())
    told = row["always_told"] == "yes"
    return Topic(row["id"], row["core"], row["label"], row["definition"], triggers, families, told)
