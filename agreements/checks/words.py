"""Checks of the words: things left to fill in, and words that are not agreed."""

import re
from collections.abc import Iterator

from agreements.findings import Finding, error, info
from agreements.model import Agreement, Provision
from agreements.reference import places

_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|\bX{4,}\b|(?<!Article )(?<!Articles )(?<!Section )(?<!and )(?<!or )(?<!, )(?<!to )\bXXX\b"  # 30
    r"|\bT(?:BD|BC)\b|\[(?:insert|name|date|place|●|\*)[^\[\]]{0,200}\]",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\[[^\[\]]+\]")
_FORMS = ("annex", "appendix")  # these may hold forms
_BLANK = re.compile(r"_{4,}")


def placeholders(agreement: Agreement) -> Iterator[Finding]:
    """Say where something is left to fill in (template marks, `[insert ...]`), and where a line is left blank."""
    for place in places(agreement):
        for match in _PLACEHOLDER.finditer(_own_words(place.provision)):
            if place.document.role in _FORMS and not match.group().startswith(("{", "}")):
                yield info("blank", place.path, f"{match.group()!r} is to be filled in when the form is used.")
            else:
                yield error("placeholder", place.path, f"{match.group()!r} is left to fill in.", "Fill it in.")
        if blanks := len(_BLANK.findall(place.provision.text)):
            message = f"{blanks} blank{'s' if blanks > 1 else ''} to be filled in by hand (date, place, number)."
            yield info("blank", place.path, message)


def open_brackets(agreement: Agreement) -> Iterator[Finding]:
    """Count the words still between square brackets: text that is not agreed."""
    for place in places(agreement):
        marked = sum(mark.kind == "bracket" for mark in place.provision.marks)
        typed = 0 if marked else sum(1 for m in _BRACKET.finditer(place.provision.text) if not _PLACEHOLDER.match(m[0]))
        if count := marked or typed:
            yield info("open-bracket", place.path, f"{count} open bracket{'s' if count > 1 else ''}.")


def _own_words(provision: Provision) -> str:
    return " ".join(x for x in (provision.heading, provision.text) if x)
