"""What every assembled draft must be, whatever its family and its options."""

import re
from functools import lru_cache
from pathlib import Path

from agreements.drafting import DraftRequest, assemble, load_parameters
from agreements.drafting.alternat import Original
from agreements.model import Agreement, Provision
from agreements.reference import places, resolve

ROOT = Path(__file__).resolve().parents[2]
# Traces of templates, of a reference not filled, of a value not given, and of words run together badly.
_LEFTOVERS = re.compile(r"\{\{|\}\}|\{%|%\}|#\.|\(#\)|\bNone\b|\bundefined\b|  | [,.;:]|\breference\b|\.\.|;\.")


def draft(request: DraftRequest, original: Original = "us") -> Agreement:
    """The draft that `request` asks for; no finding of severity error."""
    made = assemble(request, original=original)
    assert [f for f in made.findings if f.severity == "error"] == []
    assert made.agreement is not None
    return made.agreement


@lru_cache
def cached(path: Path) -> Agreement:
    """The draft of a parameter file, assembled once."""
    return draft(load_parameters(path))


def articles(agreement: Agreement) -> dict[str, Provision]:
    """The articles of the main text by id, in order."""
    main = agreement.main
    assert main is not None
    return {p.id or "": p for p in main.provisions if p.kind == "article"}


def all_words(agreement: Agreement) -> str:
    """All words of all documents."""
    titles = [document.title or "" for document in agreement.documents]
    return "\n".join([*titles, *(p.words() for document in agreement.documents for p in document.provisions)])


def check_sound(agreement: Agreement) -> None:
    """No leftover of a template, no reference without a place, no gap in the numbers, no undefined term."""
    defined = {
        found.group(1)
        for provision in articles(agreement)["definitions"].walk()
        if (found := re.match(r'["“](.+?)["”]', provision.text))
    }
    used = set()
    annexes = {f"annex-{(d.number or '').lower()}" for d in agreement.documents if d.role == "annex"}
    for place in places(agreement):
        provision = place.provision
        for words in (provision.text, provision.heading or ""):
            assert not _LEFTOVERS.search(words), (place.path, words)
        for mark in provision.marks:
            if mark.kind == "reference" and mark.target not in annexes:
                resolve(agreement, mark.target)
            if mark.kind == "term":
                used.add(mark.target)
    assert used == defined
    for provision in (p for document in agreement.documents for p in document.walk()):
        numbers = [c.number for c in provision.children if c.number and c.number.endswith(".")]
        assert numbers == [f"{n}." for n in range(1, len(numbers) + 1)]
