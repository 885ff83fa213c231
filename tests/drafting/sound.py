"""What every assembled draft must be, whatever its family and its options: complete, numbered, free of leftovers."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from agreements.drafting import DraftRequest, assemble, load_parameters, phrases
from agreements.drafting.alternat import Original
from agreements.model import Agreement, Document, Provision
from agreements.reference import document_name, resolve
from agreements.textform import parse_document, print_document

ROOT = Path(__file__).resolve().parents[2]
# Traces of templates, of a reference not filled, of a value not given, and of words run together badly.
_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\]\(|#|\bNone\b|\bTrue\b|\bFalse\b|\bundefined\b|\breference\b|  | [,.;:]|\.\.|,,|;\."
    r"|\b(the|a|of|and|shall) \1\b"
)
_SEQUENCES = {
    "roman": phrases.roman,
    "arabic": str,
    "dotted": lambda n: f"{n}.",
    "letters": lambda n: f"({phrases.letter(n)})",
    "items": lambda n: f"({phrases.roman(n).lower()})",
    "capitals": lambda n: f"({phrases.letter(n).upper()})",
}


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
    """Fail, naming the place, where a draft is not as every draft must be."""
    assert Agreement.model_validate(agreement.model_dump()) == agreement
    names = {document_name(document) for document in agreement.documents}
    for document in agreement.documents:
        _assert_numbered(document.provisions, document_name(document))
        for provision in document.walk():
            where = f"{document_name(document)}, {provision.id or provision.text[:40]!r}"
            for words in (provision.text, provision.heading or ""):
                assert not (found := _LEFTOVER.search(words)), f"{where}: {found}"
            assert provision.text or provision.children or provision.heading, f"{where} is empty"
            for mark in provision.marks:
                if mark.kind == "reference" and mark.target not in names and "#" not in mark.target:
                    resolve(agreement, mark.target)
        assert _plain(parse_document(print_document(document))) == _plain(document)
    _assert_terms(agreement)


def _assert_numbered(provisions: Sequence[Provision], where: str) -> None:
    numbers = [p.number for p in provisions if p.number]
    possible = [[make(i) for i in range(1, len(numbers) + 1)] for make in _SEQUENCES.values()]
    assert numbers in possible or not numbers, f"{where}: {numbers}"
    for provision in provisions:
        _assert_numbered(provision.children, f"{where}.{provision.number}")


def _assert_terms(agreement: Agreement) -> None:
    """Terms under a mark are defined, and what the list of definitions defines is used under a mark."""
    used = {m.target for d in agreement.documents for p in d.walk() for m in p.marks if m.kind == "term"}
    defined = set(_defined(agreement))
    assert used == defined, f"used and not defined, or defined and not used: {used ^ defined}"


def _defined(agreement: Agreement) -> Iterator[str]:
    for document in agreement.documents:
        for provision in document.walk():
            if (provision.id or "").startswith("definitions.") and (found := re.match(r'"(.+?)"', provision.text)):
                yield found.group(1)


def _plain(document: Document) -> tuple[Provision, ...]:
    def plain(provision: Provision) -> Provision:
        children = tuple(plain(child) for child in provision.children)
        return provision.model_copy(update={"provenance": None, "children": children})

    return tuple(plain(provision) for provision in document.provisions)
