"""Trial drafts: every form of a family assembled until every value of every choice has stood in a draft.

First the defaults, then many values together, each draft taking the next value of every choice: a sound family needs
few drafts. Where one fails, the values are tried one by one, so that the finding names the choice that does it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agreements.drafting.assembly import assemble
from agreements.drafting.declarations import FamilyTemplate
from agreements.drafting.effects import completed
from agreements.drafting.loading import Root
from agreements.drafting.parameters import clauses_that_use, form_parameters, validate
from agreements.drafting.request import DraftRequest
from agreements.drafting.templates import names_in
from agreements.errors import TemplateError
from agreements.findings import Finding, error

_FURTHER = 2  # drafts beyond those that the longest list of values needs, for values that conditions left out
_Place = tuple[str, str, frozenset[str], str]  # a value of a parameter, the clauses that use it, the role of the text


def trials(template: FamilyTemplate, root: Root) -> Iterator[Finding]:
    """Yield an error for every choice of `template` with which a draft does not assemble, each problem once."""
    told: set[str] = set()
    seen: set[_Place] = set()
    for form in template.forms:
        yield from _Trials(template.in_form(form), form, root, told, seen).findings()


@dataclass(slots=True)
class _Trials:
    """The trials of one form. `seen` is what has stood in drafts, of this form or of another that uses it alike."""

    template: FamilyTemplate
    form: str
    root: Root
    told: set[str]
    seen: set[_Place]

    def findings(self) -> Iterator[Finding]:
        choices = self._choices()
        before = set(self.seen)
        try:
            self._try({name: values[0] for name, values in choices.items()})
            for turn in range(1, max((len(values) for values in choices.values()), default=0) + _FURTHER):
                unseen = {n: [v for v in values if not self._stood(n, v)] for n, values in choices.items()}
                if not any(unseen.values()):
                    break
                self._try({n: (unseen[n] or values)[turn % len(unseen[n] or values)] for n, values in choices.items()})
        except TemplateError:
            self.seen.clear()
            self.seen |= before
        for name, values in choices.items():
            for value in values:
                yield from self._alone(name, value, choices)

    def _choices(self) -> dict[str, tuple[str, ...]]:
        """Return the values of every choice that the form asks for, its default first."""
        declared = form_parameters(self.template, self.form)
        found = {n: ("yes", "no") if d.type == "boolean" else tuple(d.choices) for n, d in declared.items()}
        return {n: tuple(sorted(v, key=lambda x: x != declared[n].default)) for n, v in found.items() if v}

    def _alone(self, name: str, value: str, choices: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
        """Try one value with the defaults of all others, then with the one other value that lets it count."""
        others = names_in(self.template.parameters[name].when) & choices.keys()
        for further in ({}, *({other: v} for other in sorted(others) for v in choices[other])):
            if self._stood(name, value):
                return
            try:
                self._try({name: value, **further})
            except TemplateError as failure:
                if str(failure) not in self.told:
                    self.told.add(str(failure))
                    message = f"{failure} (form {self.form}, {name}: {value})"
                    yield error("template-assembly", f"{self.template.id}/family.yaml", message, failure.hint)
                return

    def _try(self, parameters: Mapping[str, str]) -> None:
        """Assemble one draft and remember which of `parameters` counted in it."""
        request = completed(DraftRequest(self.template.id, self.form, dict(parameters)), self.root)
        if assemble(request, root=self.root).agreement is None:
            return
        new = {(name, value) for name, value in parameters.items() if not self._stood(name, value)}
        declared = self.template.parameters
        if any(declared[name].when for name, _ in new):  # the value of another parameter may leave it out
            values = validate(self.template, self.form, request.parameters).values
            new = {(name, value) for name, value in new if values[name] is not None}
        self.seen |= {self._place(name, value) for name, value in new}

    def _stood(self, name: str, value: str) -> bool:
        return self._place(name, value) in self.seen

    def _place(self, name: str, value: str) -> _Place:
        role = self.template.forms[self.form].role
        return name, value, clauses_that_use(self.template, self.form, name), role
