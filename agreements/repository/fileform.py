"""An agreement as files: `agreement.md` (facts as YAML, then the main text) and `documents/*.md`.

The YAML holds strings only and the model converts them, so what a person typed (`no`, `2010-10-10`, `08`) stays
what it was. Only fields that say something are written.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from agreements.errors import RepositoryError, TextFormError
from agreements.model import Agreement, Document
from agreements.platform import safe_name
from agreements.reference import document_name
from agreements.repository.layout import DOCUMENTS, MAIN_FILE
from agreements.textform import parse_document, print_document

_FIELDS = tuple(name for name in Agreement.model_fields if name != "documents")
_LANGUAGE, _FILES = "language", "documents"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_MOST_NODES = 100_000  # hand-written facts are some hundreds of values; more is an alias bomb
_LOADER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_DUMPER: Any = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper


def print_agreement(agreement: Agreement) -> dict[str, str]:
    """Return the files of `agreement`: relative name (with `/`) to text, `agreement.md` first."""
    front = agreement.model_dump(exclude_defaults=True, exclude={"documents"})
    names = dict(_document_files(agreement))
    body, others = "", {}
    for document, name in zip(agreement.documents, names, strict=True):
        if name == MAIN_FILE:
            front[_LANGUAGE] = document.language
            body = print_document(document)
        else:
            others[f"{DOCUMENTS}/{name}"] = _file({_LANGUAGE: document.language}, print_document(document))
    if len(names) > 1:
        front[_FILES] = tuple(names)
    return {MAIN_FILE: _file(front, body), **others}


def read_agreement(folder: Path) -> Agreement:
    """Return the agreement whose files lie in `folder`.

    Raises `RepositoryError` naming the file, and the line where there is one, when a file cannot be read.
    """
    path = folder / MAIN_FILE
    front, body = read_front(path)
    listed = front.pop(_FILES, None)
    language = front.pop(_LANGUAGE, None)
    documents = {}
    if language is not None or body.strip():
        documents[MAIN_FILE] = _document(path, body, language)
    for name in _other_names(folder, path, listed):
        other = folder / DOCUMENTS / name
        own, text = read_front(other)
        documents[name] = _document(other, text, own.get(_LANGUAGE))
    order = [n for n in listed or () if n in documents]
    order += [n for n in documents if n not in order]
    return _agreement(path, front, tuple(documents[n] for n in order))


def read_facts(folder: Path) -> tuple[Agreement, tuple[str, ...]]:
    """Return the agreement whose files lie in `folder` without its texts, and the languages of these, one for each.

    Much quicker than `read_agreement`, because no text is parsed. Raises `RepositoryError` likewise.
    """
    path = folder / MAIN_FILE
    front, body = read_front(path)
    names = _other_names(folder, path, front.pop(_FILES, None))
    own = front.pop(_LANGUAGE, None)
    first = (own or "en",) if body.strip() else ()
    return _agreement(path, front, ()), (*first, *(name.split(".")[-2] for name in names if name.count(".") > 1))


def read_front(path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter of the file at `path` (every scalar a string) and the text after it.

    The text keeps its line numbers (blank lines stand for the front matter). Raises `RepositoryError`.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise RepositoryError(f"{path} is missing.", hint="Put it back from a copy, or import it again.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise RepositoryError(f"{path} cannot be read: {error}.", hint="Save the file as UTF-8.") from error
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end()) if opening else None
    if not opening or not closing:
        raise RepositoryError(
            f"{path} has no front matter.",
            hint="The facts stand at the top, between two lines of three hyphens.",
        )
    facts = _load(path, text[opening.end() : closing.start()])
    return facts, "\n" * text.count("\n", 0, closing.end()) + text[closing.end() :]


def _load(path: Path, source: str) -> dict[str, Any]:
    try:
        facts = yaml.load(source, Loader=_LOADER)  # a base loader makes strings, never objects
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        what = getattr(error, "problem", None) or str(error)
        raise RepositoryError(
            f"{path}: {where}the front matter is not YAML: {what}.", hint="Put quotes around the value."
        ) from error
    if not isinstance(facts, dict):
        raise RepositoryError(f"{path}: the front matter is not a list of `name: value` lines.")
    if sum(1 for _ in _nodes(facts)) >= _MOST_NODES:
        raise RepositoryError(f"{path}: the front matter holds more than {_MOST_NODES} values.")
    return facts


def _nodes(value: Any) -> Iterator[Any]:
    """Yield `value` and all inside it, at most `_MOST_NODES` (aliases could make a few lines endless)."""
    pending, count = [value], 0
    while pending and count < _MOST_NODES:
        count += 1
        yield (item := pending.pop())
        if isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty(v) for k, v in value.items() if v != ""}
    return [_without_empty(v) for v in value] if isinstance(value, list) else value


def _agreement(path: Path, front: Mapping[str, Any], documents: tuple[Document, ...]) -> Agreement:
    try:
        return Agreement.model_validate({**_without_empty(dict(front)), "documents": documents})
    except ValidationError as error:
        problems = "; ".join(_problem(e) for e in error.errors()[:5])
        raise RepositoryError(f"{path}: {problems}.", hint="Correct the front matter of this file.") from error


def _problem(error: Any) -> str:
    where = ".".join(str(x) for x in error["loc"])
    if error["type"] == "extra_forbidden":
        known = f"; known: {', '.join(_FIELDS)}" if len(error["loc"]) == 1 else ""
        return f"{where} is not a field{known}"
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"


def _document(path: Path, body: str, language: str | None) -> Document:
    try:
        return parse_document(body, language=language or "en")
    except TextFormError as error:
        raise RepositoryError(f"{path}: {error}", hint=error.hint) from error


def _other_names(folder: Path, path: Path, listed: Any) -> list[str]:
    """Return the names in `documents/`, those that `agreement.md` lists first, and check that none is missing."""
    if not (listed is None or (isinstance(listed, list) and all(isinstance(n, str) for n in listed))):
        raise RepositoryError(f"{path}: documents is not a list of file names.")
    try:
        present = sorted(p.name for p in (folder / DOCUMENTS).iterdir() if p.suffix == ".md")
    except (FileNotFoundError, NotADirectoryError):
        present = []
    names = [n for n in listed or () if n != MAIN_FILE]
    if missing := [n for n in names if n not in present]:
        raise RepositoryError(
            f"{path} lists {missing[0]}, which is not in its folder {DOCUMENTS}.",
            hint="Put the file back, or take its name out of the list.",
        )
    return names + [n for n in present if n not in names]


def _document_files(agreement: Agreement) -> Iterator[tuple[str, Document]]:
    """Yield a file name for every document, in order; the main document is in `agreement.md`."""
    taken: set[str] = set()
    main = agreement.main
    for document in agreement.documents:
        if document is main and MAIN_FILE not in taken:
            taken.add(MAIN_FILE)
            yield MAIN_FILE, document
            continue
        stem = document_name(document).lower()
        name, count = safe_name(f"{stem}.{document.language}.md"), 1
        while name in taken:
            count += 1
            name = safe_name(f"{stem}~{count}.{document.language}.md")
        taken.add(name)
        yield name, document


def _file(front: Mapping[str, Any], body: str) -> str:
    facts = yaml.dump(
        _plain(front), Dumper=_DUMPER, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False
    )
    return f"---\n{facts}---\n{body}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, (list, tuple)) else value
