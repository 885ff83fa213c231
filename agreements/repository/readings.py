"""Readings by people: that a topic is not in the text of an agreement, by whom, when, and what exactly was read.

`readings/<id>.json` keeps them for an agreement. What a program did not find may stand there all the same; only a
person who read the text can say that it does not, and only of the text that was read.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from agreements.errors import RepositoryError
from agreements.marking import refuse_entry
from agreements.platform import safe_name
from agreements.repository.layout import Layout
from agreements.repository.publishing import noted


@dataclass(frozen=True, slots=True)
class AbsenceReading:
    """That core topic `topic` is not in agreement `id`, read `by` somebody `on` a day (ISO).

    `texts` are the originals and annexes that were read and `linked` the agreements that these are linked with, each
    with the SHA-256 of its words then. `despite` is the place at which the program sees the topic, where the person
    said that it is not about it.
    """

    id: str
    topic: str
    by: str
    on: str
    texts: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    despite: str = ""


def absence_readings(layout: Layout, agreement_id: str = "") -> tuple[AbsenceReading, ...]:
    """Return all readings, or those of one agreement; raises `RepositoryError` for a file that is damaged."""
    if agreement_id:
        paths = [_place(layout, agreement_id)]
    else:
        paths = sorted(layout.readings.glob("*.json")) if layout.readings.is_dir() else []
    return tuple(reading for path in paths if path.is_file() for reading in _read(path))


def keep_readings(layout: Layout, agreement_id: str, new: Iterable[AbsenceReading]) -> None:
    """Keep readings of an agreement, each in place of an earlier one of its topic. Use it under the lock.

    Raises `NotFoundError`, `RepositoryError`, and `ClassifiedError` when a name bears a marking in use.
    """
    layout.folder(agreement_id)  # there is one
    by_topic = {reading.topic: reading for reading in absence_readings(layout, agreement_id)}
    for reading in new:
        refuse_entry(f"{reading.by}\n{reading.on}", what="the reading")
        by_topic[reading.topic] = reading
    _write(layout, agreement_id, "not-in-text", [*by_topic.values()])


def withdraw_readings(layout: Layout, agreement_id: str, topics: Iterable[str]) -> tuple[AbsenceReading, ...]:
    """Forget the readings of an agreement on `topics` and return them. Use it under the lock.

    Raises `RepositoryError` when there is none.
    """
    every, wanted = absence_readings(layout, agreement_id), set(topics)
    gone = tuple(reading for reading in every if reading.topic in wanted)
    if not gone:
        raise RepositoryError(
            f"No reading of {agreement_id} on {', '.join(sorted(wanted))} is kept.",
            hint="`agreements not-in-text` lists those that are.",
        )
    _write(layout, agreement_id, "withdraw", [reading for reading in every if reading not in gone])
    return gone


def forget_readings(layout: Layout, agreement_id: str) -> None:
    """Remove what is kept of the readings of an agreement, as a purge does."""
    _place(layout, agreement_id).unlink(missing_ok=True)


def _place(layout: Layout, agreement_id: str) -> Path:
    return layout.readings / f"{safe_name(agreement_id)}.json"


def _read(path: Path) -> tuple[AbsenceReading, ...]:
    try:
        return tuple(AbsenceReading(**row) for row in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise RepositoryError(
            f"The readings in {path} are damaged: {error}.", hint="Mend the file, or delete it and read again."
        ) from error


def _write(layout: Layout, agreement_id: str, what: str, every: Sequence[AbsenceReading]) -> None:
    content = json.dumps([asdict(reading) for reading in every], ensure_ascii=False, indent=1)
    noted(layout, agreement_id, what, _place(layout, agreement_id), content.encode() + b"\n")
