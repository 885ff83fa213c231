"""Findings: problems in a user's document, returned as data and never raised."""

from dataclasses import dataclass
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


def info(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity info: nothing to do, but said."""
    return Finding(code, "info", where, message, fix)


def warning(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity warning: a person should look."""
    return Finding(code, "warning", where, message, fix)


def error(code: str, where: str, message: str, fix: str = "") -> Finding:
    """Return a finding of severity error: the result should not be relied on before it is settled."""
    return Finding(code, "error", where, message, fix)
