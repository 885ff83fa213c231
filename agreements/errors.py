"""The exceptions of the library: one base, messages that say what to do next."""

from collections.abc import Iterable

_MANY = 40  # names: more of them are no help
_NEAR = 6
_ALIKE = 0.8  # of the letters of a word of a name, in their order
_PART = 3  # letters of a word that names may share
_NEXT = "What is stored stays stored. Make room or check your rights, then run: agreements index"


class AgreementsError(Exception):
    """Base of every error that the library raises on purpose.

    `code` is a stable word for programs (the `code` of `--json` errors), `hint` says what to do next.
    """

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UnreadableError(AgreementsError):
    """A file could not be read as a document (not a document, empty, damaged, password-protected, too large)."""

    code = "unreadable"


class ClassifiedError(AgreementsError):
    """A text bears a classification marking in use; the system is for unclassified text only.

    `marking` is made of known words of markings alone, `level` is one of theirs, `where` names the place; none of
    them quotes the text.
    """

    code = "classified"

    def __init__(self, message: str, *, hint: str = "", marking: str = "", level: str = "", where: str = "") -> None:
        super().__init__(message, hint=hint)
        self.marking = marking
        self.level = level
        self.where = where


class UnprovenError(AgreementsError):
    """A Word file was made that does not say what it should, so that it was not written."""

    code = "unproven"


class ReferenceSyntaxError(AgreementsError):
    """A reference is not of the form `agreement-id#path`."""

    code = "reference"


class TextFormError(AgreementsError):
    """A file in the text form does not parse; `line` counts from 1."""

    code = "text-form"

    def __init__(self, message: str, *, line: int = 0, hint: str = "") -> None:
        super().__init__(f"line {line}: {message}" if line else message, hint=hint)
        self.line = line


class NotFoundError(AgreementsError):
    """Something was asked for by a name that is not known."""

    code = "not-found"


class RepositoryError(AgreementsError):
    """The repository folder is missing, locked or damaged."""

    code = "repository"


class IndexWriteError(RepositoryError):
    """The search index could not be written: `why` in few words, `busy` when another program is writing it.

    The files of the repository are not touched by that: what was stored is stored.
    """

    code = "index"

    def __init__(self, why: str, *, hint: str = "", busy: bool = False) -> None:
        super().__init__(f"The search index cannot be written: {why}.", hint=hint or _NEXT)
        self.why = why
        self.busy = busy


class ChangedMeanwhileError(RepositoryError):
    """What was to be written was made from what somebody else has changed since.

    `ours` is the text that was to be written, `theirs` the one that stands now; nothing was written.
    """

    code = "changed"

    def __init__(self, message: str, *, hint: str = "", ours: str = "", theirs: str = "") -> None:
        super().__init__(message, hint=hint)
        self.ours = ours
        self.theirs = theirs


class ParameterError(AgreementsError):
    """A parameter file cannot be used at all (wrong family, not YAML, not a mapping)."""

    code = "parameters"


class TemplateError(AgreementsError):
    """A template is wrong; the message names the clause, the file and the line."""

    code = "template"


class PluginError(AgreementsError):
    """What another package adds (a format, a check ...) cannot be loaded or does not do what it should."""

    code = "plugin"


class QueryError(AgreementsError):
    """A search cannot be run at all (an option with an impossible value); query text itself is never refused."""

    code = "query"


def unknown(what: str, name: str, known: Iterable[str]) -> NotFoundError:
    """Return a `NotFoundError` for `name` that lists the `known` names, the near ones first; of many only those."""
    names = sorted(known)
    if not names:
        return NotFoundError(f"There is no {what} named {name!r}.", hint="None is known here.")
    near = nearest(name, names)
    if len(names) > _MANY and near:
        return NotFoundError(f"There is no {what} named {name!r}.", hint="Near: " + ", ".join(near) + ".")
    first = f"Near: {', '.join(near)}. " if near and len(near) < len(names) else ""
    return NotFoundError(f"There is no {what} named {name!r}.", hint=first + "Known: " + ", ".join(names) + ".")


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return those of `known` that are written nearly as `name`, or have a word that is or begins with it."""
    from difflib import get_close_matches

    names = {each.lower().replace("-", "_"): each for each in known}
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    parts = [each for each in names if len(plain) >= _PART and f"_{plain}" in f"_{each}"]
    words = {word for each in names for word in each.split("_") if len(word) > _PART}
    alike = set(get_close_matches(plain, words, 2, _ALIKE))
    parts += [each for each in names if not alike.isdisjoint(each.split("_"))]
    return [names[each] for each in dict.fromkeys([*get_close_matches(plain, names, 5, 0.6), *parts])][:_NEAR]
