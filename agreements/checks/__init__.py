"""Checks: an agreement or draft in, findings out; the checks are the rows of `registry.CHECKS`, a function each."""

from collections.abc import Iterable, Iterator, Sequence

from agreements.errors import PluginError
from agreements.findings import Finding, warning
from agreements.language.typesetting import with_plain_blanks
from agreements.model import Agreement
from agreements.registry import CHECKS


def check(agreement: Agreement, names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Return the findings of the checks `names` (default: all) over `agreement`, the gravest first.

    A check of another package that cannot be run is a finding itself, so that its silence is no verdict. Raises
    `NotFoundError` that lists the known checks when one is not known.
    """
    agreement = with_plain_blanks(agreement)
    order = {"error": 0, "warning": 1, "info": 2}
    return tuple(sorted(_run(agreement, names or tuple(CHECKS)), key=lambda finding: order[finding.severity]))


def _run(agreement: Agreement, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if CHECKS.row(name).package:
            yield from _added(agreement, name)
        else:
            yield from CHECKS[name](agreement)


def _added(agreement: Agreement, name: str) -> Sequence[Finding]:
    """Return the findings of a check that another package adds, all or none."""
    package = CHECKS.row(name).package
    try:
        return [_sound(finding) for finding in CHECKS[name](agreement)]
    except PluginError as error:
        return [warning("check-not-run", "", f"{error} What it looks for was not examined.", fix=error.hint)]
    except Exception as error:
        said = f"The check {name!r} of {package} failed ({type(error).__name__}: {error}); what it looks for was not"
        return [warning("check-not-run", "", f"{said} examined.", fix="Update or remove that package.")]


def _sound(finding: object) -> Finding:
    if not isinstance(finding, Finding):
        raise TypeError(f"it gave {finding!r:.40} where a finding belongs")
    return finding


__all__ = ["CHECKS", "check"]
