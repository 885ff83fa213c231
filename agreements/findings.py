"""Findings: problems in a user's document, returned as data and never raised.

The codes stand in one register, `data/findings.csv`: what each means, what to do, and the page of the docs about it.
`docs/findings.md` is made from it. A code that is raised and does not stand there fails a test, as does one that stands
there and is raised nowhere. Packages that add checks raise codes of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should know about a document.

    `code` is a stable word, `where` a path (`VII.3`), page (`page 4`) or file, `fix` what to do where one is known.
    """

    code: str
    severity: Severity
    where: str
    message: str
    fix: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the finding as the `F` of the JSON contract; `fix` only where there is one."""
        row = {"code": self.code, "severity": self.severity, "where": self.where, "message": self.message}
        if self.fix:
            row["fix"] = self.fix
        return row


@dataclass(frozen=True, slots=True)
class FindingCode:
    """A row of the register of codes: the severities it comes with, what it `means`, what to do, and the `page`.

    `code` ends in `*` where a data file of rules has one code for each rule (`limit-*`). `page` is a file of `docs/`.
    """

    code: str
    severities: tuple[Severity, ...]
    means: str
    fix: str
    page: str


@cache
def finding_codes() -> Mapping[str, FindingCode]:
    """Return the register by code, in alphabetical order. It is read when asked for: a search needs none of it."""
    import csv

    from agreements.resources import data

    with data("findings.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            FindingCode(row["code"], tuple(row["severity"].split()), row["means"], row["fix"], row["page"])  # type: ignore[arg-type]
            for row in csv.DictReader(file)
        ]
    return {row.code: row for row in rows}


def finding_code(code: str) -> FindingCode | None:
    """Return what the register says of `code`, itself or as a rule (`limit-fees` by `limit-*`); None for another."""
    known = finding_codes()
    return known.get(code) or next((row for stem, row in known.items() if _covers(stem, code)), None)


def _covers(stem: str, code: str) -> bool:
    return stem.endswith("*") and code.startswith(stem[:-1]) and code != stem[:-1]


def info(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity info: nothing to do, but said."""
    return Finding(code, "info", where, message, fix)


def warning(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity warning: a person should look."""
    return Finding(code, "warning", where, message, fix)


def error(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity error: the result should not be relied on before it is settled."""
    return Finding(code, "error", where, message, fix)
