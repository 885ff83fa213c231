"""A new variant begun from a precedent: its parties, roles, periods, sums, shares, dates and places become parameters.

The words stay those of the precedent, for a person to write anew; what could not be carried over is said.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements import states
from agreements.citation import cite
from agreements.classifying import classify
from agreements.display import shown_short
from agreements.drafting import strictyaml
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.loading import family as family_template
from agreements.drafting.parameters import form_entries
from agreements.errors import AgreementsError, QueryError
from agreements.language import dates
from agreements.language.money import StatedSum, sums
from agreements.language.periods import PERIOD, period
from agreements.model import Agreement, Document, Mark, Provision
from agreements.platform import replace_file
from agreements.reference import Place, Reference, resolve
from agreements.textform import print_document

_PERIOD = re.compile(rf"(?<![-\w]){PERIOD}(?!-)", re.IGNORECASE)
_PERCENT = re.compile(r"\b(?P<rate>\d{1,3}(?:\.\d+)?) ?(?:per ?cent\b|%)", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:the |a )?(?P<role>sending|receiving|host) (?:State|Party|Nation)(?P<owner>['’]s)?\b", re.IGNORECASE
)
_BEFORE = re.compile(r"(?P<government>\b(?:the )?Government of )?\b(?:the )?$", re.IGNORECASE)
_NO_NATIONALITY = re.compile(
    r"\s(?:languages?|texts?|versions?|francs?|dollars?|pounds?|law of nations)\b", re.IGNORECASE
)
_ADJECTIVE = re.compile(r"\b[A-Z][\w’'-]*")
_BOTH = re.compile(r"\bContracting (?=Part(?:y|ies)\b)")
_FIRST = 0xE000  # the private use area: these characters stand for expressions until the text form is printed
_HOLDERS = re.compile("[\ue000-\uf8ff]")
_CLOSING = ("testimonium", "signature")  # read as part of the last article where nothing sets them apart
_AMERICAN = re.compile(r"(?P<the>\b[Tt]he )?\bU\.[ \u00a0]?S\.(?!\w)(?P<owner>(?<=\.)['’]s)?")
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
    """The body of a new variant, what was replaced, and what could not be: references to its own text, names of States.

    `references` are references to the text that the words come from, `names` the States that it still names.
    """

    body: str
    replaced: tuple[Replaced, ...]
    references: tuple[str, ...]
    names: tuple[str, ...] = ()


def started(agreement: Agreement, place: Place, clause: str, *, sending: str = "", named: str = "") -> Started:
    """Return the provision at `place` of `agreement` as the body of a variant of `clause`.

    `sending` is the code of the party that takes the part of the sending State: the United States where it is a
    party, else it must be named when the text names a party. New parameters are called after `named` (default: the
    clause). Raises `QueryError` when `sending` is needed or is no party.
    """
    work = _Work(named or clause, _roles(agreement, sending), _places_of(agreement))
    provision = work.provision(place.provision, clause, top=True)
    text = print_document(Document(provisions=(provision,)))
    left = tuple(dict.fromkeys(text[found.start : found.end] for found in states.find_in(text)))
    body = _HOLDERS.sub(lambda found: work.expressions[ord(found.group()) - _FIRST], text)
    return Started(body, tuple(work.replaced.values()), tuple(dict.fromkeys(work.references)), left)


def _places_of(agreement: Agreement) -> re.Pattern[str] | None:
    """Return what finds the places where the agreement was signed; None where none is known."""
    known = {signing.place for signing in agreement.signings if signing.place and len(signing.place) > 2}
    ordered = sorted(known, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b") if known else None


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

    def __init__(self, called: str, roles: Mapping[str, str], places: re.Pattern[str] | None) -> None:
        self._called = called
        self._roles = roles
        self._places = places
        self.expressions: list[str] = []
        self.replaced: dict[str, Replaced] = {}
        self.references: list[str] = []

    def provision(self, source: Provision, identifier: str, *, top: bool = False) -> Provision:
        """Return `source` with automatic numbers, ids below `identifier`, and expressions in its words."""
        own = [child for child in source.children if child.kind not in _CLOSING]
        children = tuple(self.provision(child, f"{identifier}.p{n}") for n, child in enumerate(own, 1))
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
        text = _AMERICAN.sub(self._american, self._names(text))
        text = _ADJECTIVE.sub(self._adjective, text)
        text = _ROLE.sub(self._role, text)
        text = self._dates(text)
        text = self._sums(text)
        text = _PERIOD.sub(self._period, text)
        text = _PERCENT.sub(self._percent, text)
        return self._places.sub(self._place, text) if self._places else text

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
            if named.code == "USA" and lead is None:
                words = "adjective"  # `United States forces` and `U.S. forces`: the State itself has its article
            by = f"{{{{ {role}.{words}{_opening(out + kept)} }}}}"
            self._note(text[last + len(kept) : named.end], by)
            out, last = out + kept + self._held(by), named.end
        return out + text[last:]

    def _american(self, found: re.Match[str]) -> str:
        role = self._roles.get("USA")
        if role is None:
            return found.group()
        by = f"{{{{ {role}.adjective }}}}"
        self._note("U.S.", by)
        return f"{found['the'] or ''}{self._held(by)}{found['owner'] or ''}"

    def _adjective(self, found: re.Match[str]) -> str:
        """Put the party's own adjective for that of a party; a language and a currency keep their name."""
        role = self._roles.get(states.of_adjective(found.group()) or "")
        if role is None or _NO_NATIONALITY.match(found.string, found.end()):
            return found.group()
        by = f"{{{{ {role}.adjective }}}}"
        self._note(found.group(), by)
        return self._held(by)

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

    def _sums(self, text: str) -> str:
        out, last = "", 0
        for stated in sums(text):
            if stated.amount is None:
                continue  # printed twice, not alike: a person has to read it
            words = text[stated.start : stated.end]
            by = self._parameter("money", "money", words, _money(stated))
            out, last = out + text[last : stated.start] + self._held(by), stated.end
        return out + text[last:]

    def _place(self, found: re.Match[str]) -> str:
        return self._held(self._parameter("place", "", found.group(), found.group()))

    def _period(self, found: re.Match[str]) -> str:
        read = period(found.group())
        if read is None:
            return found.group()
        return self._held(self._parameter("period", "period", found.group(), {read.unit: str(read.number)}))

    def _percent(self, found: re.Match[str]) -> str:
        return self._held(self._parameter("percent", "percent", found.group(), found["rate"]))

    def _parameter(self, kind: str, shown_as: str, words: str, default: object) -> str:
        """Return the expression for a new parameter with the value that `words` had; the same words share one."""
        if words not in self.replaced:
            count = sum(row.parameter.startswith(f"{self._called}_{kind}") for row in self.replaced.values()) + 1
            name = f"{self._called}_{kind}{count if count > 1 else ''}"
            of_type = "line" if kind == "place" else kind
            declaration = {"type": of_type, "label": f"{self._called}: {words}", "default": default}
            shown = f"{{{{ {name} | {shown_as} }}}}" if shown_as else f"{{{{ {name} }}}}"
            self.replaced[words] = Replaced(words, shown, name, declaration)
        return self.replaced[words].by

    def _note(self, words: str, by: str) -> None:
        self.replaced.setdefault(words.strip(), Replaced(words.strip(), by))


def _money(stated: StatedSum) -> dict[str, str]:
    return {"amount": str(stated.amount), "currency": stated.currency or stated.named}


def _opening(before: str) -> str:
    """Return the filter for words that open a sentence after `before`; empty within one."""
    return " | capitalize_first" if not before.strip() or before.rstrip()[-1] in ".:" else ""


def _own_references(source: Provision) -> Iterator[str]:
    marks: tuple[Mark, ...] = tuple(
        mark for mark in source.marks if mark.kind == "reference" and "#" not in mark.target
    )
    yield from (source.text[mark.start : mark.end] for mark in marks)


# ---------------------------------------------------------------------- its file, and what is declared for it

FILE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PROVISION_ID = re.compile(r"\{#([\w.]+)\}")


@shown_short
@dataclass(slots=True)
class StartedVariant:
    """What was begun: the clause file, what stands in place of which words, and what a person has still to do."""

    file: Path
    reference: str
    citation: str
    replaced: tuple[Replaced, ...]
    to_do: tuple[str, ...]
    files: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the result for JSON."""
        return {
            "file": str(self.file),
            "files": [str(file) for file in self.files],
            "reference": self.reference,
            "citation": self.citation,
            "replaced": [{"words": r.words, "by": r.by, "parameter": r.parameter} for r in self.replaced],
            "to_do": list(self.to_do),
        }


def start_variant(
    held: Callable[[str], Agreement],
    reference: str,
    output: Path,
    *,
    family: str,
    clause: str,
    variant: str,
    sending: str = "",
) -> StartedVariant:
    """Begin `variant` of `clause` of `family` in the template folder `output` from `reference`.

    `held` gives the agreement of an id.

    The clause file carries the words of the precedent with parameters in place of its parties and numbers, and is
    marked as unfinished; new parameters and the new choice are declared in the folder's `family.yaml`. `sending` is
    the party that takes the part of the sending State. Raises `NotFoundError` for what is not there, `QueryError`
    for a name that cannot be one, `AgreementsError` when the file exists or cannot be written.
    """
    template, asked = family_template(family), _asked(reference, clause, variant)
    agreement = held(asked.agreement)
    place = resolve(agreement, asked.path, asked.language)
    made = started(agreement, place, clause, sending=sending)
    file = output / family / "clauses" / clause / f"{variant}.md"
    if file.exists():
        raise AgreementsError(f"{file} exists already.", hint="Name another variant, or remove the file.")
    to_do = tuple(_to_do(made, template, clause))
    topics = [name for name, _ in classify(place.provision, place.provision.heading or "", family)][:3]
    head = {
        "label": place.provision.heading or clause.replace("_", " ").capitalize(),
        "topics": topics,
        "precedents": [str(asked)],
        "parameters": [row.parameter for row in made.replaced if row.parameter],
        "unfinished": " ".join(to_do),
    }
    declared = _declarations(made, template, clause, variant, str(head["label"]))
    result = StartedVariant(file, str(asked), cite(agreement, asked.path, asked.language), made.replaced, to_do)
    families = output / family / "family.yaml"
    families_text = with_declarations(families, declared)  # refused before anything is written
    text = f"---\n{strictyaml.block({k: v for k, v in head.items() if v})}---\n{made.body}"
    _write(file, text, result)
    if declared:
        _write(families, families_text, result)
    return result


def _asked(reference: str, *names: str) -> Reference:
    """Return the reference to a provision; refuses a whole agreement, and names that cannot be those of files."""
    for name in names:
        if not FILE_NAME.fullmatch(name):
            raise QueryError(f"{name!r} cannot name a file of a clause.", hint="Use small letters, digits and _.")
    asked = Reference.parse(reference)
    if not asked.path:
        raise QueryError(f"{reference} names a whole agreement.", hint=f"Name a provision, for example {reference}#II.")
    return asked


def _to_do(made: Started, template: FamilyTemplate, clause: str) -> list[str]:
    """Return what a person has to do before the variant can stand in drafts."""
    out = ["Write it in words of your own, and say its effect, when to use it and how it differs."]
    if made.references:
        out.append(f"Replace its references by ref(): {', '.join(made.references)}.")
    ids = {
        found
        for path in template.clauses.variants(clause).values()
        for found in _PROVISION_ID.findall(path.read_text(encoding="utf-8"))
    }
    if ids:
        out.append(f"Name its provisions as the other variants do: {', '.join(sorted(ids))}.")
    return out


def _declarations(made: Started, template: FamilyTemplate, clause: str, variant: str, label: str) -> dict[str, Any]:
    """Return the new parameters, and the variant as a choice of the parameter that chooses the clause."""
    declared: dict[str, Any] = {row.parameter: dict(row.declaration) for row in made.replaced if row.parameter}
    return declared | {chooser: {"choices": {variant: label}} for chooser in choosers(template, clause)}


def choosers(template: FamilyTemplate, clause: str) -> tuple[str, ...]:
    """Return the parameters whose choices are the variants of `clause` in some form of the family."""
    entries = (entry for form in template.forms for entry in form_entries(template, form) if entry.clause == clause)
    named = dict.fromkeys(entry.choose.get("parameter", "") for entry in entries)
    return tuple(name for name in named if name in template.parameters and template.parameters[name].choices)


def with_declarations(file: Path, declared: dict[str, Any]) -> str:
    """Return the text of `file` with the declarations in it; it keeps what it has, its comments too."""
    block = strictyaml.block(declared)
    indented = "".join(f"  {line}\n" for line in block.splitlines())
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    known = (strictyaml.load_asked(text, what=file.name) or {}).get("parameters", {}) if text else {}
    if clash := sorted(known.keys() & declared.keys()):
        hint = f"Add this there by hand:\n{indented}"
        raise AgreementsError(f"{file} declares {', '.join(clash)} already; it was left as it is.", hint=hint)
    head = re.compile(r"^parameters:[ \t]*\n", re.MULTILINE)
    if head.search(text):
        return head.sub(lambda found: found.group() + indented, text, count=1)
    return f"{text.rstrip()}\n\nparameters:\n{indented}".lstrip()


def _write(file: Path, text: str, result: StartedVariant) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, text.encode("utf-8"))
    except OSError as error:
        raise AgreementsError(f"{file} cannot be written: {error.strerror}.", hint="Name another folder.") from error
    result.files.append(file)
