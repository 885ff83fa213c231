"""Tracked changes that are in the files before a redline is made: never flattened unless the caller says so."""

from collections import Counter
from typing import Literal

from agreements.errors import AgreementsError
from agreements.findings import Finding, info
from agreements.ooxml import revisions
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.word.revisions import accept, reject

Prior = Literal["refuse", "keep", "final", "original"]
_HINT = (
    "Settle them in Word, or choose --prior final (compare with all accepted), --prior original (with all rejected) or "
    "--prior keep (ours on top of theirs)."
)


def authors(parts: Package) -> Counter[str]:
    """Return how many tracked changes each author has in a file."""
    return Counter(
        change.get(name("author"), "") or "an unnamed author"
        for root in parts.stories().values()
        for change in root.iter(*revisions.CHANGES)
    )


def settled(a: bytes, b: bytes, how: Prior, names: tuple[str, str]) -> tuple[bytes, bytes, tuple[Finding, ...]]:
    """Return both files as they are to be compared, and what a person should know about it.

    Raises `AgreementsError` for tracked changes that are to be refused, or that cannot be kept.
    """
    contents, findings = [a, b], []
    for index, file_name in enumerate(names):
        parts = Package.of(file_name, contents[index])
        found = authors(parts)
        if not found:
            continue
        who = ", ".join(f"{count} by {author}" for author, count in found.most_common())
        if how == "refuse":
            raise AgreementsError(f"{file_name} already has tracked changes: {who}.", hint=_HINT)
        if how == "keep" and index == 0:
            _refuse_cells(parts)
            message = f"Its tracked changes are kept: {who}."
        elif how == "original":
            contents[index] = reject(contents[index], file_name=file_name)
            message = f"Its tracked changes were left out: {who}."
        else:
            contents[index] = accept(contents[index], file_name=file_name)
            message = f"Its tracked changes were read as accepted: {who}."
        findings.append(info("prior-changes", file_name, message))
    return contents[0], contents[1], tuple(findings)


def _refuse_cells(parts: Package) -> None:
    """Raise `AgreementsError` where others put single cells in or took them out: nothing can go on top of that."""
    for root in parts.stories().values():
        for change in root.iter(*revisions.CELLS):
            raise AgreementsError(
                f"{parts.name} has single cells of a table put in, taken out or joined by "
                f"{change.get(name('author'), '') or 'another author'}, on top of which no redline can be made.",
                hint="Choose --prior final or --prior original, or settle these changes in Word.",
            )
