"""The interview: which question comes next, what it says, and what an answer becomes in the parameter file.

Pure: the answers go in and come out as data. `agreements.drafting.interview_file` keeps them in a file after each one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from agreements.drafting import effects, typed
from agreements.drafting.declarations import Declaration, FamilyTemplate
from agreements.drafting.loading import family
from agreements.drafting.parameters import example, form_parameters, validate
from agreements.drafting.request import MARKINGS, DraftRequest
from agreements.drafting.templates import Renderer, names_used
from agreements.findings import Finding

_PARTY = (
    ("long", "long name, without article", True),
    ("short", "short name, without article", True),
    ("adjective", "adjective", True),
    ("article", "article before the short name (the), where it has one", False),
    ("forces", "armed forces", False),
    ("department", "ministry or department of defense", False),
    ("ministry", "ministry of foreign affairs", False),
)
_HEAD = ("form", "marking", "draft_date")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a question offers: the value, what it means, and what it takes into the text."""

    value: str
    words: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is put. `field` is the part of a compound value, `many` says that answers are added to a list.

    An empty answer takes `default` where there is one, and leaves the parameter out where it is not `required`.
    """

    name: str
    label: str
    help: str = ""
    field: str = ""
    choices: tuple[Choice, ...] = ()
    default: str = ""
    example: str = ""
    required: bool = False
    many: bool = False
    given: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()


@dataclass(slots=True)
class Answers:
    """What has been answered: the request so far, what was left as it is, and the one that is not finished."""

    request: DraftRequest
    left: list[str] = field(default_factory=list)
    unfinished: str = ""


class Interview:
    """One interview over `answers`, which it changes answer by answer.

    Going `back` loses nothing: the question comes again with its answer in place, and all later answers stay.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self._asked: list[str] = []
        self._again = ""  # the question that is put again although it is answered
        self._renewed: list[str] = []  # the fields of a party that were put again already
        if len(self._family.forms) == 1:
            answers.request = _with_head(answers.request, "form", next(iter(self._family.forms)))

    @cached_property
    def _family(self) -> FamilyTemplate:
        return family(self.answers.request.family)

    @property
    def _template(self) -> FamilyTemplate:
        return self._family.in_form(self.answers.request.form)

    def question(self) -> Question | None:
        """Return the next question, or None when everything is answered."""
        for name in self._names():
            if not self._done(name):
                return self._question(name)
        return None

    def progress(self) -> tuple[int, int]:
        """Return how many of the questions that count at present are answered, and how many there are."""
        names = list(self._names())
        return sum(self._done(name) for name in names), len(names)

    def answer(self, question: Question, words: str) -> str:
        """Take an answer; return why it cannot be taken, or nothing."""
        words = words.strip()
        try:
            if question.name in _HEAD:
                return self._take_head(question, words)
            if not words:
                return self._take_nothing(question)
            return self._take(question, words)
        except ValueError as reason:
            return str(reason)

    def back(self) -> bool:
        """Put the last question of this sitting again, its answer in place; False when there is none.

        Nothing is forgotten: an empty answer keeps what was answered, and all other answers stay as they are.
        """
        known = set(self._names())
        while self._asked:
            name = self._asked.pop()
            if name in known:  # another answer may have made it a question that does not count
                self._again, self._renewed = name, []
                return True
        return False

    def questions(self) -> tuple[Question, ...]:
        """Return all questions that count at present in their order, each whole and with its answer as `default`.

        A party is one question here, whose `default` is its long name: `put` takes all its fields at once.
        """
        return tuple(self._whole(name) for name in self._names())

    def is_answered(self, name: str) -> bool:
        """Whether a question is answered, or was left as it is."""
        return self._done(name)

    def given(self, name: str) -> str:
        """Return the answer to `name` as a person would type it, of a list a line each; empty where there is none."""
        if name in _HEAD:
            return str(getattr(self.answers.request, name))
        declaration, value = self._declared(name), self.answers.request.parameters.get(name)
        if value in (None, "", [], {}):
            return ""
        if declaration.type == "list":
            return "\n".join(typed.written(declaration, [item]) for item in value)
        return typed.written(declaration, value)

    def fields(self, name: str) -> tuple[Question, ...]:
        """Return the fields of a party as questions, each with its answer as `default`; none for another kind."""
        if name in _HEAD or self._declared(name).type != "party":
            return ()
        given = self.answers.request.parameters.get(name) or {}
        return tuple(replace(self._field_question(name, key), default=str(given.get(key, ""))) for key, _, _ in _PARTY)

    def put(self, name: str, words: str | Mapping[str, str]) -> str:
        """Take the whole answer to any question that counts; return why it cannot be taken, or nothing.

        A list has an answer on each line, a party its fields by name. An empty answer leaves the question as it is: the
        default of the template, or out of the text. All other answers stay.
        """
        if name not in set(self._names()):
            return "That question does not count at present: another answer decides whether it does."
        try:
            if name in _HEAD:
                return self._take_head(self._head_question(name), str(words).strip())
            return self._put(name, words)
        except ValueError as reason:
            return str(reason)

    def _put(self, name: str, words: str | Mapping[str, str]) -> str:
        declaration = self._declared(name)
        value: Any
        if isinstance(words, Mapping):
            value = {key: words[key].strip() for key, _, _ in _PARTY if words.get(key, "").strip()}
        elif declaration.type == "list":
            value = [typed.read(declaration, line) for line in words.splitlines() if line.strip()]
        else:
            value = typed.read(declaration, words) if words.strip() else None
        if value in (None, [], {}):
            if declaration.required and not self._default(declaration):
                return "This one is needed."
            self.reopen(name)
            self.answers.left.append(name)
            return ""
        if reason := self._refused(name, value, f"parameters.{name}", whole=True):
            return reason
        self._keep(name, value)
        self.answers.left = [each for each in self.answers.left if not each.startswith(f"{name}.")]
        self._finish(name)
        return ""

    def reopen(self, name: str) -> None:
        """Forget the answer to `name`, which does not fit."""
        answers = self.answers
        given = {k: v for k, v in answers.request.parameters.items() if k != name}
        answers.request = replace(answers.request, parameters=given)
        if name in _HEAD:
            answers.request = _with_head(answers.request, name, "")
        answers.left = [n for n in answers.left if n.split(".")[0] != name]
        answers.unfinished = "" if answers.unfinished == name else answers.unfinished

    def preview(self, question: Question, words: str) -> tuple[str, ...]:
        """Return lines of the draft that this answer would make or change; empty where there are none."""
        if question.name in _HEAD or question.field or not words:
            return ()
        try:
            value = typed.read(self._declared(question.name), words)
        except ValueError:
            return ()
        return effects.preview(self.answers.request, question.name, [value] if question.many else value)

    # -- the order of questions

    def _names(self) -> Iterator[str]:
        if len(self._family.forms) > 1:
            yield "form"
        yield from _HEAD[1:]
        if self.answers.request.form not in self._family.forms:
            return
        template, form = self._template, self.answers.request.form
        values = validate(template, form, self.answers.request.parameters).values
        renderer = Renderer(values)
        for name, declaration in form_parameters(template, form).items():
            if not declaration.when or renderer.condition(declaration.when, name):
                yield name

    def _done(self, name: str) -> bool:
        request = self.answers.request
        if name == self._again:
            return False
        if name in self.answers.left:
            return True
        if name in _HEAD:
            return bool(getattr(request, name))
        return name in request.parameters and name != self.answers.unfinished

    # -- the questions

    def _declared(self, name: str) -> Declaration:
        return self._template.parameters[name]

    def _whole(self, name: str) -> Question:
        """Return a question as it is put for its whole answer."""
        if name in _HEAD:
            return replace(self._head_question(name), default=self.given(name))
        declaration = self._declared(name)
        if declaration.type == "party":
            return Question(name, declaration.label, declaration.help, default=self.given(name), required=True)
        return replace(self._plain_question(name), default=self.given(name) or self._default(declaration))

    def _question(self, name: str) -> Question:
        if name in _HEAD:
            question = self._head_question(name)
            return replace(question, default=self.given(name)) if name == self._again else question
        declaration = self._declared(name)
        if declaration.type == "party":
            return self._party_question(name)
        question = self._plain_question(name)
        if name == self._again and not question.many:
            return replace(question, default=self.given(name) or question.default)
        return question

    def _plain_question(self, name: str) -> Question:
        declaration = self._declared(name)
        given = self.answers.request.parameters.get(name, ())
        many = declaration.type == "list"
        return Question(
            name=name,
            label=declaration.label,
            help=declaration.help,
            choices=tuple(self._choices(name, declaration)),
            default="" if given else self._default(declaration),
            example=typed.written(declaration, example(declaration)).split(" | ", maxsplit=1)[0],
            required=declaration.required and not given,
            many=many,
            given=tuple(typed.written(declaration, [item]) for item in given) if many else (),
            decides=effects.clauses_of(self._template, self.answers.request.form, name),
        )

    def _head_question(self, name: str) -> Question:
        if name == "form":
            forms = self._family.forms
            choices = tuple(Choice(key, form.label) for key, form in forms.items())
            return Question(name, "Form", "What kind of instrument it is.", choices=choices, required=True)
        if name == "marking":
            told = "Stands in the header of every page. It must be chosen; the system is for unclassified text only."
            return Question(name, "Marking", told, choices=tuple(Choice(m) for m in MARKINGS), required=True)
        return Question(name, "Date of the draft", "Stands in the header of every page.", example="2026-11-22")

    def _choices(self, name: str, declaration: Declaration) -> Iterator[Choice]:
        known = {"yes": "", "no": ""} if declaration.type == "boolean" else declaration.choices
        for value, words in known.items():
            yield Choice(value, words, effects.effect_of(self._template, self.answers.request.form, name, value))

    def _default(self, declaration: Declaration) -> str:
        default = declaration.default
        if isinstance(default, str) and "{{" in default:
            values = validate(self._template, self.answers.request.form, self.answers.request.parameters).values
            if any(values.get(name) is None for name in names_used(default)):
                return ""
            return Renderer(values).plain(default, "default")
        return "" if default in (None, []) else typed.written(declaration, default)

    def _party_question(self, name: str) -> Question:
        given = self.answers.request.parameters.get(name) or {}
        for key, _, _ in _PARTY:
            if name == self._again and key not in self._renewed:
                question = self._field_question(name, key)
                return replace(question, default=str(given.get(key, "")) or question.default)
            if name != self._again and key not in given and f"{name}.{key}" not in self.answers.left:
                return self._field_question(name, key)
        raise AssertionError(f"{name} is answered in full")  # `_close_field` closes a party with its last field

    def _field_question(self, name: str, key: str) -> Question:
        declaration = self._declared(name)
        words, required = next((words, required) for each, words, required in _PARTY if each == key)
        default = declaration.default.get("long", "") if declaration.default and key == "long" else ""
        shown = {**example(declaration), "article": "the", "forces": "Valdorian Defense Force"}.get(key, "")
        label = f"{declaration.label}: {words}"
        return Question(name, label, declaration.help if key == "long" else "", key, (), default, shown, required)

    # -- the answers

    def _take_head(self, question: Question, words: str) -> str:
        words = words or (question.default if question.name == self._again else "")
        if question.choices:
            declaration = Declaration(
                type="choice", label=question.label, choices={c.value: c.words for c in question.choices}
            )
            words = typed.read(declaration, words)
        if words and (reason := self._refused_head(question.name, words)):
            return reason
        left = [name for name in self.answers.left if name != question.name]
        self.answers.left = left if words else [*left, question.name]
        self.answers.request = _with_head(self.answers.request, question.name, words)
        self._finish(question.name)
        return ""

    def _refused_head(self, name: str, words: str) -> str:
        from datetime import date

        if name == "draft_date":
            try:
                date.fromisoformat(words)
            except ValueError:
                return "Type a date as year-month-day, for example 2026-11-22."
        return ""

    def _take_nothing(self, question: Question) -> str:
        if question.required and not question.default:
            return f"This one is needed. For example: {question.example}" if question.example else "This one is needed."
        name = question.name
        kept = name == self._again and name in self.answers.request.parameters
        if question.field and (kept or not question.default):
            return self._close_field(question, "" if kept else f"{name}.{question.field}")
        if not question.given and not kept and name not in self.answers.left:
            self.answers.left.append(name)
        self._finish(name)
        return ""

    def _take(self, question: Question, words: str) -> str:
        name = question.name
        declaration = self._declared(name)
        given = self.answers.request.parameters
        if question.field:
            value: Any = {**(given.get(name) or {}), question.field: words}
        elif question.many:
            value = [*given.get(name, ()), typed.read(declaration, words)]
        else:
            value = typed.read(declaration, words)
        at = f"parameters.{name}" + (f".{question.field}" if question.field else "")
        if reason := self._refused(name, value, at, whole=not question.field):
            return reason
        self._keep(name, value)
        if question.field:
            return self._close_field(question)
        if question.many:
            self.answers.unfinished = name
        else:
            self._finish(name)
        return ""

    def _close_field(self, question: Question, left: str = "") -> str:
        """Go on to the next field of a party, or close it with its last."""
        if left:
            self.answers.left.append(left)
        if question.name == self._again:
            self._renewed.append(question.field)
        else:
            self.answers.unfinished = question.name
        if question.field == _PARTY[-1][0]:
            self.answers.left = [n for n in self.answers.left if not n.startswith(f"{question.name}.")]
            self._finish(question.name)
        return ""

    def _finish(self, name: str) -> None:
        if name == self.answers.unfinished:
            self.answers.unfinished = ""
        self._again, self._renewed = "", []
        self._asked = [*(each for each in self._asked if each != name), name]

    def _keep(self, name: str, value: Any) -> None:
        request = self.answers.request
        self.answers.request = replace(request, parameters={**request.parameters, name: value})
        self.answers.left = [each for each in self.answers.left if each != name]

    def _refused(self, name: str, value: Any, at: str, *, whole: bool) -> str:
        """Return why `value` cannot be the parameter `name`, or nothing."""
        request = self.answers.request
        found = validate(self._template, request.form, {**request.parameters, name: value}).findings
        mine: Callable[[Finding], bool] = lambda f: f.where == at or (whole and f.where.startswith(at + "."))  # noqa: E731
        wrong = [f for f in found if f.code == "parameter-invalid" and mine(f)]
        return f"{wrong[0].message} {wrong[0].fix}".strip() if wrong else ""


def _with_head(request: DraftRequest, name: str, words: str) -> DraftRequest:
    """Return `request` with its form, marking or date."""
    if name == "form":
        return replace(request, form=words)
    return replace(request, marking=words) if name == "marking" else replace(request, draft_date=words)
