"""Defined terms: used in a clause, they pull their definition into the article of definitions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ConfigDict

from agreements.drafting.templates import RenderedWords, Renderer
from agreements.drafting.values import CompoundValue
from agreements.errors import unknown


class Definition(CompoundValue):
    """A definition as the clause of definitions prints it: the term, and what follows it, in the text form."""

    id: RenderedWords
    name: str
    words: RenderedWords

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A defined term: its name and its definition as templates, and where they stand."""

    id: str
    name: str
    definition: str
    where: str


class Glossary:
    """The terms that a draft can use, and those that it has used so far."""

    def __init__(self, renderer: Renderer, shared: Mapping[str, Mapping[str, str]], where: str) -> None:
        self._renderer = renderer
        self._terms: dict[str, DefinedTerm] = {}
        self._used: dict[str, str] = {}
        for identifier, entry in shared.items():
            self.add(DefinedTerm(identifier, entry.get("term", identifier), entry.get("definition", ""), where))

    def add(self, term: DefinedTerm) -> None:
        """Add a term, or replace the one of the same id."""
        self._terms[term.id] = term

    def use(self, wanted: str, words: str = "") -> RenderedWords:
        """Return the term (its id or its name) under a mark, and remember that its definition is needed.

        Raises `NotFoundError` listing the known terms.
        """
        term = self._terms.get(wanted) or next((t for t in self._terms.values() if self._name(t) == wanted), None)
        if term is None:
            raise unknown("defined term", wanted, self._terms)
        name = self._used.setdefault(term.id, self._name(term))
        return RenderedWords.mark(words or name, "term", name)

    def share(self, other: "Glossary") -> None:
        """Take the terms that the draft of the other side uses as used in this one too."""
        for identifier, name in other._used.items():
            self._used.setdefault(identifier, name)

    def definitions(self) -> tuple[Definition, ...]:
        """Return the definitions of all terms used, and of those they use in turn, in alphabetical order."""
        done: dict[str, Definition] = {}
        while waiting := [i for i in self._used if i not in done]:
            for identifier in waiting:
                term = self._terms[identifier]
                words = self._renderer.text(term.definition, f"{term.where}, term {identifier}")
                done[identifier] = Definition(
                    id=RenderedWords(_slug(identifier)), name=self._used[identifier], words=words
                )
        return tuple(sorted(done.values(), key=lambda d: d.name.lower()))

    def _name(self, term: DefinedTerm) -> str:
        return self._renderer.plain(term.name, f"{term.where}, term {term.id}")


def _slug(identifier: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in identifier).strip("_") or "term"


def terms_of(terms: Mapping[str, str], where: str) -> Iterable[DefinedTerm]:
    """Yield the terms that a clause defines in its front matter."""
    for name, definition in terms.items():
        yield DefinedTerm(name, name, definition, where)
