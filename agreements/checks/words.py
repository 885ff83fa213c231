"""Checks of the words: things left to fill in, and words that are not agreed."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from agreements.checks.passages import is_cued, is_operative
from agreements.findings import Finding, error, info
from agreements.model import Agreement, Provision
from agreements.reference import Place, places

_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|\bX{4,}\b|(?<!Article )(?<!Articles )(?<!Section )(?<!and )(?<!or )(?<!, )(?<!to )\bXXX\b"  # 30
    r"|\bT(?:BD|BC)\b|\binsert (?:the |a |an )?(?:\w+ ){0,3}?here\b"
    r"|\[(?:insert|name|date|place|●|\*)[^\[\]]{0,200}\]|\((?:insert|to be"
    r" (?:confirmed|determined|decided"
    r"|completed|agreed|inserted|supplied|filled|drafted))\b[^()]{0,120}\)|\?\?\?|\bl?orem ipsum\b",
    re.IGNORECASE,
)
_OPEN = ("{{", "}}", "{%", "xx", "tbd", "tbc", "[", "insert", "(insert", "(to be", "???", "orem ipsum")
_OF_A_NUMBER = re.compile(
    r"\b(?:X{1,2}|xx|N{1,2}|n)(?: \((?:X{1,2}|xx|N{1,2}|\d{0,3}|_+)\))? (?=(?:calendar |working )?"
    r"(?:hours?|days?|weeks?|months?|years?|percent|per cent)\b)|\b(?:within|of|after|No\.) X{2}\b"
    r"|(?<=[a-z.] )(?:DATE|NAME|PLACE|AMOUNT|NUMBER)\b(?= [a-z(]|[.,;]|$)|\b[A-Z]{3} (?:\.{3}|…)"
)
_NOTE = re.compile(  # what one drafter says to another, left in the text
    r"\b(?:(?:note|memo|message) (?:to|for) (?:the )?(?:drafters?|negotiators?|reviewers?"
    r"|file|self|editors?|translators?)"
    r"|drafter[’']?s?[’']? notes?|drafting notes?|editor[’']s note|internal (?:note|comment)|for internal use only"
    r"|(?:delete|remove|strike) before (?:sending|signature|tabling)|to be deleted|check with (?:the )?[A-Z])\b"
    r"|\b(?:NB|N\.B\.|TODO|FIXME|COMMENT|QUERY) ?:",
)
_NOTED = (
    *("note", "memo", "message", "comment", "internal", "delete", "remove", "strike", "check with", "nb", "n.b."),
    *("todo", "fixme", "query"),
)
_ANY_CASE = re.compile(_NOTE.pattern.replace("check with (?:the )?[A-Z]", "(?!)"), re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\[\]]+\]")
_FORMS = ("annex", "appendix")  # these may hold forms
_BLANK = re.compile(r"_{4,}|(?<=\d)_{2,3}(?![\w])")  # a line, or the rest of a year: 20__
_LINE = 70  # characters of a line with its blanks that are shown
_OWED = re.compile(r"\b(?:shall|may|should|is|are|intends?)\b")


def placeholders(agreement: Agreement) -> Iterator[Finding]:
    """Say where something is left to fill in (template marks, `[insert ...]`), and where a line is left blank."""
    for place in places(agreement):
        words = _own_words(place.provision)
        for match in chain(_PLACEHOLDER.finditer(words) if is_cued(words, _OPEN) else (), _OF_A_NUMBER.finditer(words)):
            if place.document.role in _FORMS and not match.group().startswith(("{", "}")):
                yield info("blank", place.path, f"{match.group()!r} is to be filled in when the form is used.")
            else:
                yield error("placeholder", place.path, f"{match.group()!r} is left to fill in.", "Fill it in.")
        blanks = [*_BLANK.finditer(place.provision.text)] if "__" in place.provision.text else []
        if blanks and _states_a_rule(place):
            message = "A blank stands in a provision that says what is owed."
            yield error(
                "placeholder", place.path, message, "Fill it in: only the closing and the numbers of notes wait."
            )
        elif blanks:
            count, line = len(blanks), _with_blanks(place.provision.text, blanks)
            message = f"{count} blank{'s' if count > 1 else ''} to be filled in by hand: “{line}”."
            yield info("blank", place.path, message)


def _with_blanks(text: str, blanks: Sequence[re.Match[str]]) -> str:
    """Return the words from the one before the first blank to the last blank."""
    before = text[: blanks[0].start()].rstrip(" \u00a0(")
    start = max(before.rfind(" "), before.rfind("\n")) + 1
    line = " ".join(text[start : blanks[-1].end()].split())
    return line if len(line) <= _LINE else f"{line[: _LINE - 4].rsplit(' ', 1)[0]} ..."


def drafting_notes(agreement: Agreement) -> Iterator[Finding]:
    """Say where words of one drafter to another were left in the text."""
    for place in places(agreement):
        words = _own_words(place.provision)
        if found := (_NOTE.search(words) or _ANY_CASE.search(words) if is_cued(words, _NOTED) else None):
            message = f"“{found.group()}”: a note among drafters stands in the text."
            yield error("drafting-note", place.path, message, "Take it out; comments belong in the working copy.")


def _states_a_rule(place: Place) -> bool:
    """Whether a provision is numbered and speaks of what is owed or may be done; forms and letters have blanks."""
    numbered = place.provision.number is not None or any(provision.number for provision in place.chain)
    return (
        place.document.role not in _FORMS
        and numbered
        and is_operative(place)
        and bool(_OWED.search(place.provision.text))
    )


def open_brackets(agreement: Agreement) -> Iterator[Finding]:
    """Count the words still between square brackets: text that is not agreed."""
    for place in places(agreement):
        marked = sum(mark.kind == "bracket" for mark in place.provision.marks)
        typed = 0 if marked else sum(1 for m in _BRACKET.finditer(place.provision.text) if not _PLACEHOLDER.match(m[0]))
        if count := marked or typed:
            yield info("open-bracket", place.path, f"{count} open bracket{'s' if count > 1 else ''}.")


def _own_words(provision: Provision) -> str:
    return " ".join(x for x in (provision.heading, provision.text) if x)
