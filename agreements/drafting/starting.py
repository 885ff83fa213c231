"""A new variant begun from a precedent: its parties, roles, periods, shares and dates become parameters.

The words stay those of the precedent, for a person to write anew; what could not be carried over is said.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from agreements import states
from agreements.classifying.amounts import PERIOD, period
from agreements.errors import QueryError
from agreements.model import Agreement, Document, Mark, Provision
from agreements.parsing import dates
from agreements.reference import Place
from agreements.textform import print_document

_PERIOD = re.compile(rf"(?<![-\w]){PERIOD}(?!-)", re.IGNORECASE)
_PERCENT = re.compile(r"\b(?P<rate>\d{1,3}(?:\.\d+)?) ?(?:per ?cent\b|%)", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:the |a )?(?P<role>sending|receiving|host) (?:State|Party|Nation)(?P<owner>['’]s)?\b", re.IGNORECASE
)
_BEFORE = re.compile(r"(?P<government>\b(?:the )?Government of )?\b(?:the )?$", re.IGNORECASE)
_BOTH = re.compile(r"\bContracting (?=Part(?:y|ies)\b)")
_FIRST = 0xE000  # the private use area: these characters stand for expressions until the text form is printed
_HOLDERS = re.compile("[\ue000-\uf8ff]")
_NUMBERS = {"article": "#", "section": "#", "paragraph": "#.", "subparagraph": "(#)", "item": "(#)"}


@dataclass(frozen=True, slots=True)
class Replaced:
    """Words of the precedent and what stands in their place; `parameter` names a new parameter (empty: none)."""

    words: str
    by: str
    parameter: str = ""
    declaration: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Started:
    """The body of a new variant, what was replaced, and the references to its own text that could not be kept."""

    body: str
    replaced: tuple[Replaced, ...]
    references: tuple[str, ...]


def started(agreement: Agreement, place: Place, clause: str, *, sending: str = "") -> Started:
    """Return the provision at `place` of `agreement` as the body of a variant of `clause`.

    `sending` is the code of the party that takes the part of the sending State: the United States where it is a
    party, else it must be named when the text names a party. Raises `QueryError` when it is needed or is no party.
    """
    work = _Work(clause, _roles(agreement, sending))
    provision = work.provision(place.provision, clause, top=True)
    text = print_document(Document(provisions=(provision,)))
    body = _HOLDERS.sub(lambda found: work.expressions[ord(found.group()) - _FIRST], text)
    return Started(body, tuple(work.replaced.values()), tuple(dict.fromkeys(work.references)))


def _roles(agreement: Agreement, sending: str) -> dict[str, str]:
    """Return the part (`sending`, `receiving`) of each party of a bilateral text by its code."""
    codes = [party.code for party in agreement.parties if party.code]
    wanted = states.code_of(sending) or sending.upper()
    if sending and wanted not in codes:
        raise QueryError(f"{sending} is not a party of {agreement.id}.", hint=f"Its parties: {', '.join(codes)}.")
    first = wanted or ("USA" if "USA" in codes else "")
    if len(codes) != 2 or not first:
        return {}
    return {code: "sending" if code == first else "receiving" for code in codes}


class _Work:
    """One conversion: the expressions behind the placeholders, and what was replaced by which."""

    def __init__(self, clause: str, roles: Mapping[str, str]) -> None:
        self._clause = clause
        self._roles = roles
        self.expressions: list[str] = []
        self.replaced: dict[str, Replaced] = {}
        self.references: list[str] = []

    def provision(self, source: Provision, identifier: str, *, top: bool = False) -> Provision:
        """Return `source` with automatic numbers, ids below `identifier`, and expressions in its words."""
        children = tuple(self.provision(child, f"{identifier}.p{n}") for n, child in enumerate(source.children, 1))
        self.references += _own_references(source)
        kind = "article" if top and source.heading else source.kind
        if top and kind not in _NUMBERS:
            kind = "paragraph"
        return Provision(
            kind=kind,
            number=_NUMBERS.get(kind),
            heading=self._words(source.heading) if source.heading else None,
            text=self._words(source.text),
            children=children,
            id=identifier,
        )

    def _words(self, text: str) -> str:
        text = _BOTH.sub("", text).replace("{", self._held('{{ "{" }}'))
        text = self._names(text)
        text = _ROLE.sub(self._role, text)
        text = self._dates(text)
        text = _PERIOD.sub(self._period, text)
        return _PERCENT.sub(self._percent, text)

    def _held(self, expression: str) -> str:
        """Return the character that stands for `expression` until the text form is printed."""
        if expression not in self.expressions:
            self.expressions.append(expression)
        return chr(_FIRST + self.expressions.index(expression))

    def _names(self, text: str) -> str:
        out, last = "", 0
        for named in states.find_in(text):
            role = self._roles.get(named.code)
            if role is None:
                continue
            before = text[last : named.start]
            lead = _BEFORE.search(before)
            words = "the_government" if lead and lead["government"] else "the_short"
            kept = before[: lead.start()] if lead else before
            by = f"{{{{ {role}.{words}{_opening(out + kept)} }}}}"
            self._note(text[last + len(kept) : named.end], by)
            out, last = out + kept + self._held(by), named.end
        return out + text[last:]

    def _role(self, found: re.Match[str]) -> str:
        role = "sending" if found["role"].lower() == "sending" else "receiving"
        words = "the_possessive" if found["owner"] else "the_short"
        by = f"{{{{ {role}.{words}{_opening(found.string[: found.start()])} }}}}"
        self._note(found.group(), by)
        return self._held(by)

    def _dates(self, text: str) -> str:
        out, last = "", 0
        for dated in dates.find(text):
            words = text[dated.start : dated.end]
            by = self._parameter("date", "date", words, dated.iso)
            out, last = out + text[last : dated.start] + self._held(by), dated.end
        return out + text[last:]

    def _period(self, found: re.Match[str]) -> str:
        read = period(found.group())
        if read is None:
            return found.group()
        return self._held(self._parameter("period", "period", found.group(), {read[1]: str(read[0])}))

    def _percent(self, found: re.Match[str]) -> str:
        return self._held(self._parameter("percent", "percent", found.group(), found["rate"]))

    def _parameter(self, kind: str, shown_as: str, words: str, default: object) -> str:
        """Return the expression for a new parameter with the value that `words` had; the same words share one."""
        if words not in self.replaced:
            count = sum(row.parameter.startswith(f"{self._clause}_{kind}") for row in self.replaced.values()) + 1
            name = f"{self._clause}_{kind}{count if count > 1 else ''}"
            declaration = {"type": kind, "label": f"{self._clause}: {words}", "default": default}
            self.replaced[words] = Replaced(words, f"{{{{ {name} | {shown_as} }}}}", name, declaration)
        return self.replaced[words].by

    def _note(self, words: str, by: str) -> None:
        self.replaced.setdefault(words.strip(), Replaced(words.strip(), by))


def _opening(before: str) -> str:
    """Return the filter for words that open a sentence after `before`; empty within one."""
    return " | capitalize_first" if not before.strip() or before.rstrip()[-1] in ".:" else ""


def _own_references(source: Provision) -> Iterator[str]:
    marks: tuple[Mark, ...] = tuple(mark for mark in source.marks if mark.kind == "reference")
    yield from (source.text[mark.start : mark.end] for mark in marks)
