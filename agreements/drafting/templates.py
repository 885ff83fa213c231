"""Jinja, fenced in: clause bodies and short texts are rendered here, and nowhere else.

Templates see parameter values and the few functions that assembly gives them. Every value is escaped on its way
into the text form, so none can become a heading, a number or a mark. Attributes are limited to the fields and
properties of our own values; there is no loader, no arithmetic on text, and only the filters listed below.
Comments are written `{!-- ... --}`, because `{#` begins an id in the text form. Lines that hold only a statement
become empty lines, which the text form passes over.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.nodes import Template as TemplateTree
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from agreements import inline
from agreements.drafting import phrases
from agreements.drafting.clauses import ClauseText
from agreements.drafting.values import CitedInstrument, CompoundValue, Money, Period
from agreements.errors import AgreementsError, TemplateError
from agreements.language.numbers import in_words
from agreements.model import Mark

_SPECIAL = re.compile(r"[\\\[\]{}*]")
_OPEN_BRACKET = re.compile(r"(\[(US|PARTNER): [^\[\]]+\])")
_FAILURES = (
    UndefinedError, SecurityError, TemplateRuntimeError, TypeError, ValueError, RecursionError, AgreementsError,
)  # fmt: skip
_ARITHMETIC = frozenset({"+", "-", "*", "/", "//", "%", "**"})
_LARGEST = 10**12
_MOST_TURNS = 20_000  # turns of loops in one clause; the longest list that a draft has is of some hundreds
_LONGEST = 1_000_000  # characters that one clause gives
_TURN = "turn_of_a_loop"
_REFUSED = (nodes.Concat, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_DECLARING = (nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Import, nodes.FromImport, nodes.NSRef)
_OF_JINJA = frozenset({"self", "super", "caller", "varargs", "kwargs", "loop"})
_turns: ContextVar[list[int] | None] = ContextVar("turns", default=None)


class RenderedWords(Markup):
    """Words that are already in the text form: what `ref`, `term` and a rendered text give back."""

    @classmethod
    def mark(cls, words: str, kind: Any, target: str = "") -> "RenderedWords":
        """Return `words` under a mark."""
        return cls(inline.encode(words, [Mark(start=0, end=len(words), kind=kind, target=target)]))


def escape(text: str) -> RenderedWords:
    """Return `text` in the text form, so that it reads as typed wherever in a line it stands.

    Words in open brackets, `[US: ten days]` or `[PARTNER: ...]`, read as typed too, and come under a mark.
    """
    pieces = _OPEN_BRACKET.split(text)
    encoded = _SPECIAL.sub(r"\\\g<0>", pieces[0])
    out = encoded if not encoded or encoded.startswith("\\") else "\\" + encoded
    for words, side, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        out += str(RenderedWords.mark(words, "bracket", side.lower())) + _SPECIAL.sub(r"\\\g<0>", after)
    return RenderedWords(out)


def template_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark `function` as one that templates may call."""
    function.template_function = True  # type: ignore[attr-defined]
    return function


def _finalize(value: Any) -> Markup:
    """Turn the result of an expression into the text form; refuse what is not words."""
    if isinstance(value, Undefined):
        str(value)  # raises, naming what is undefined
    if isinstance(value, Markup):
        return value
    if value is None:
        raise TemplateRuntimeError("a value that was not given is printed here; ask for it with 'if' first")
    if isinstance(value, str):
        return escape(value)
    return escape(_printed(value))


def _printed(value: Any) -> str:
    if isinstance(value, CitedInstrument):
        return value.plain
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, date, Period, Money)):
        raise TemplateRuntimeError(f"a {_called(value)} cannot be printed as it is; name one of its fields")
    if isinstance(value, (Period, Money)):
        return value.words
    return phrases.date_words(value) if isinstance(value, date) else phrases.grouped(value)


def _called(value: Any) -> str:
    kind = type(value)
    return (kind.called() if issubclass(kind, CompoundValue) else kind.__name__).lower()


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = _ARITHMETIC

    def getattr(self, obj: Any, attribute: str) -> Any:
        # What is not for templates is not even looked at: reading a property can have effects.
        if isinstance(obj, CompoundValue) and attribute not in type(obj).visible():
            return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(obj, CompoundValue) else super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return isinstance(obj, CompoundValue) or (isinstance(obj, LoopContext) and not attr.startswith("_"))

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(obj, Macro) or getattr(obj, "template_function", False) is True

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        numbers = (int, Decimal)
        if not (isinstance(left, numbers) and isinstance(right, numbers)) or operator == "**":
            raise SecurityError(f"{operator!r} works on numbers only")
        if max(abs(int(left)), abs(int(right))) > _LARGEST:
            raise SecurityError("a number is too large")
        return super().call_binop(context, operator, left, right)


def _joined(items: Iterable[Any], separator: str = ", ") -> RenderedWords:
    return RenderedWords(separator.join(_finalize(item) for item in items))


def _listed(items: Iterable[Any], conjunction: str = "and") -> RenderedWords:
    return RenderedWords(phrases.listed([str(_finalize(item)) for item in items], conjunction))


def _enumerated(items: Iterable[Any]) -> RenderedWords:
    return RenderedWords(phrases.enumerated([str(_finalize(item)) for item in items]))


def _capitalized(text: str) -> str:
    return _with_first(text, str.upper)


def _uncapitalized(text: str) -> str:
    """A word that is not simply capitalized (`U.S.`, `NATO`) stays as it is."""
    return _with_first(text, str.lower) if re.match(r"[\\\[]*\w(?:[^\W\dA-Z]|$)", text) else text


def _with_first(text: str, change: Callable[[str], str]) -> str:
    """Change the first letter, which in the text form may stand behind a bracket or a backslash."""
    at = len(text) - len(text.lstrip("[\\")) if isinstance(text, Markup) else 0
    return type(text)(str(text)[:at] + change(str(text)[at : at + 1]) + str(text)[at + 1 :])


def _period(value: Any) -> str:
    if not isinstance(value, Period):
        raise TemplateRuntimeError("only a period goes through the filter 'period'")
    return value.words


def _percent(value: Any) -> str:
    return f"{Decimal(value).normalize():f} percent"


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """Return the one sandbox that all templates are compiled in."""
    sandbox = _Sandbox(
        undefined=StrictUndefined,
        finalize=_finalize,
        autoescape=True,
        keep_trailing_newline=True,
        comment_start_string="{!--",
        comment_end_string="--}",
    )
    sandbox.globals.clear()
    sandbox.filters = {
        "words": lambda n: in_words(int(n)),
        "ordinal": lambda n: phrases.ordinal_words(int(n)),
        "counted": lambda n, unit: phrases.counted(int(n), unit),
        "period": _period,
        "date": phrases.date_words,
        "year": lambda n: str(int(n)),
        "done_on": phrases.done_on,
        "money": lambda m: m.words,
        "percent": _percent,
        "possessive": lambda s: f"{s}'" if s.endswith("s") else f"{s}'s",
        "upper": lambda s: s.upper(),
        "lower": lambda s: s.lower(),
        "capitalize_first": _capitalized,
        "lower_first": _uncapitalized,
        "listed": _listed,
        "enumerated": _enumerated,
        "join": _joined,
        "length": len,
        "first": lambda items: items[0],
        "last": lambda items: items[-1],
    }
    return sandbox


@lru_cache(maxsize=1024)
def names_used(source: str) -> frozenset[str]:
    """Return the names that a template asks for (parameters and functions); none when it is no template."""
    if _is_plain(source):
        return frozenset()
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError:
        return frozenset()
    found = list(tree.find_all((nodes.Name, *_DECLARING)))
    if any(not isinstance(node, nodes.Name) or node.ctx != "load" or node.name in _OF_JINJA for node in found):
        return frozenset(meta.find_undeclared_variables(tree))  # some are the template's own, in a part of it
    return frozenset(node.name for node in found if isinstance(node, nodes.Name))


def _is_plain(source: str) -> bool:
    """Whether `source` is words alone: whatever Jinja reads begins with a brace, and it changes other line ends."""
    return "{" not in source and "\r" not in source


def lines_of(source: str, names: frozenset[str]) -> dict[str, int]:
    """Return the first line of a template on which each of `names` stands."""
    found: dict[str, int] = {}
    for node in environment().parse(source).find_all(nodes.Name):
        if node.name in names:
            found.setdefault(node.name, node.lineno)
    return found


def syntax_problem(source: str, name: str = "<text>") -> tuple[int, str] | None:
    """Return the line and the reason where `source` (of the file `name`) is no template; None where it is one."""
    try:
        _compiled(source, name)
    except TemplateSyntaxError as error:
        return error.lineno, error.message or "syntax error"
    except (TemplateRuntimeError, SecurityError) as error:
        return 1, str(error)
    return None


def names_in(condition: str) -> frozenset[str]:
    """Return the names that a condition asks for."""
    return names_used(f"{{% if {condition} %}}{{% endif %}}") if condition else frozenset()


class Renderer:
    """Renders clauses and short texts over one set of names: parameter values and functions of assembly."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = dict(names)

    def clause(self, clause: ClauseText, **more: Any) -> str:
        """Return the body of `clause` in the text form; raises `TemplateError` with clause, file and line."""
        return self._render(clause.source, clause.where, clause.path, more)

    def text(self, source: str, where: str) -> RenderedWords:
        """Return a short template (a title, a definition) as words in the text form; `where` is for messages."""
        return RenderedWords(self._render(source, where, None, {}).strip())

    def plain(self, source: str, where: str) -> str:
        """Return a short template as plain words, without marks."""
        return inline.decode(self.text(source, where))[0]

    def condition(self, source: str, where: str) -> bool:
        """Return whether the condition (a Jinja expression) holds."""
        return bool(self._render(f"{{% if {source} %}}yes{{% endif %}}", f"{where}, condition {source!r}", None, {}))

    def _render(self, source: str, where: str, path: Path | None, more: Mapping[str, Any]) -> str:
        if _is_plain(source):
            return source
        name = str(path) if path else "<text>"
        try:
            with _counting():
                return _bounded(_compiled(source, name).render(**self.names, **more))
        except TemplateSyntaxError as error:
            raise TemplateError(_told(where, error.lineno, error.message or "syntax error", path)) from error
        except TemplateError:
            raise  # of a template within this one, and told there
        except _FAILURES as error:
            hint = error.hint if isinstance(error, AgreementsError) else ""
            raise TemplateError(_told(where, _line(error, name), _reason(error), path), hint=hint) from error


@lru_cache(maxsize=4096)
def _compiled(source: str, name: str) -> Template:
    tree: TemplateTree = environment().parse(source, name, name)
    found = list(tree.find_all((*_REFUSED, nodes.For, nodes.Macro)))
    for node in found:
        if isinstance(node, _REFUSED):
            raise TemplateSyntaxError(
                f"a template cannot use {type(node).__name__.lower()}; write the words out", node.lineno, name, name
            )
    for loop in found:
        assert isinstance(loop, nodes.For | nodes.Macro)
        loop.body.insert(0, nodes.Output([nodes.Call(nodes.Name(_TURN, "load"), [], [], None, None)]))
    return Template.from_code(environment(), environment().compile(tree, name, name), {_TURN: _turn}, None)


@template_function
def _turn() -> RenderedWords:
    """Count a turn of a loop or a call of a macro; raises `SecurityError` where a template takes too many."""
    turns = _turns.get()
    if turns is not None:
        turns[0] += 1
        if turns[0] > _MOST_TURNS:
            raise SecurityError(f"it takes more than {_MOST_TURNS:,} turns; are its loops right?")
    return RenderedWords()


def _bounded(words: str) -> str:
    if len(words) > _LONGEST:
        raise SecurityError(f"it gives more than {_LONGEST:,} characters")
    return words


@contextmanager
def _counting() -> Iterator[None]:
    """A block in which the turns of one template, and of those within it, are counted together."""
    if _turns.get() is not None:
        yield
        return
    reset = _turns.set([0])
    try:
        yield
    finally:
        _turns.reset(reset)


def _told(where: str, line: int | None, reason: str, path: Path | None) -> str:
    place = f", line {line}" if line and path else ""
    return f"{where}{place}: {reason.rstrip('.')}."


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it calls itself without end"
    return str(error) or type(error).__name__


def _line(error: BaseException, name: str) -> int | None:
    """Return the line of the template file `name` where `error` arose: the innermost frame that lies in it."""
    line, frame = None, error.__traceback__
    while frame:
        if frame.tb_frame.f_code.co_filename == name:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
