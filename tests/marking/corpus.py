"""The corpus of markings, read from its two files."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_ESCAPE = re.compile(r"\\(?:n|t|f|\\|u[0-9a-f]{4}|U[0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Case:
    """One text at one place; `level` is what a refusal must name (empty where the text is innocent)."""

    place: str
    text: str
    why: str
    level: str = ""

    @property
    def id(self) -> str:
        return f"{self.place}: {self.text[:50]!r}"


def _plain(written: str) -> str:
    return _ESCAPE.sub(lambda found: found[0].encode().decode("unicode_escape"), written)


def _read(name: str) -> tuple[Case, ...]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(Case(r["place"], _plain(r["text"]), r["why"], r.get("level", "")) for r in rows)


IN_USE = _read("in_use.csv")
INNOCENT = _read("innocent.csv")
