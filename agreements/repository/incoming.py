"""An agreement on its way into the repository, with the file it was read from."""

import pickle
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from agreements.errors import UnreadableError
from agreements.findings import Finding, warning
from agreements.model import Agreement, Source
from agreements.platform import is_readable_name, printable, safe_name
from agreements.repository.facts import Facts
from agreements.repository.fileform import print_agreement
from agreements.repository.layout import HISTORY, SOURCES
from agreements.repository.record import digest


@dataclass(frozen=True, slots=True)
class PreparedAgreement:
    """An agreement as `preparing.prepare` makes it ready for the disk in another process, with its `facts`.

    It was read from content of the hash `sha`. `files` are those of its folder (relative name with `/` to content) but
    the source itself, as they are when nothing of the agreement is held; `packed` is the agreement as a pickle.
    """

    facts: Facts
    sha: str
    files: Mapping[str, bytes]
    packed: bytes

    def agreement(self) -> Agreement:
        """Return the agreement itself, which takes a while: most often the files are all that is needed."""
        return cast(Agreement, pickle.loads(self.packed))


@dataclass(frozen=True, slots=True)
class Incoming:
    """An agreement `id` that was read from `content` (None: from no file) called `name`, with what reading it said.

    `tree` gives the agreement itself, `spare` is the id to take where `id` is held of a file with another name.
    """

    id: str
    tree: Callable[[], Agreement]
    name: str = ""
    content: bytes | None = None
    sha: str = ""
    evidence: Sequence[Any] = ()
    findings: tuple[Finding, ...] = ()
    spare: str = ""

    @property
    def agreement(self) -> Agreement:
        """The agreement itself."""
        return self.tree()

    def sourced(self, agreement: Agreement) -> Agreement:
        """Return `agreement` with this file among its sources."""
        if not self.sha or self.sha in {s.sha256 for s in agreement.sources}:
            return agreement
        source = Source(file=safe_name(self.name), sha256=self.sha)
        return agreement.model_copy(update={"sources": (*agreement.sources, source)})

    def is_named_otherwise(self, held: Agreement) -> bool:
        """Whether `held` was read from files of other names than this one, which only come to the same id."""
        names = {_stem(source.file) for source in held.sources if source.file}
        return bool(self.spare and self.id != self.spare and names) and _stem(safe_name(self.name)) not in names

    def under_spare_id(self) -> "Incoming":
        """Return the same under the spare id."""
        agreement = self.agreement.model_copy(update={"id": self.spare})
        return replace(self, id=self.spare, tree=lambda: agreement)

    def source_file(self, taken: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the file to keep, by a relative name that is not `taken` by another."""
        if self.content is None:
            return {}
        plain = safe_name(self.name)
        name, count = f"{SOURCES}/{plain}", 1
        while taken.get(name, self.content) != self.content:
            count += 1
            name = f"{SOURCES}/{count}-{plain}"
        return {name: self.content}

    def remarks(self) -> tuple[Finding, ...]:
        """Return what there is to say of the file name itself."""
        if is_readable_name(self.name):
            return ()
        message = f"The file name {self.shown()} is not valid text; the file is kept as {safe_name(self.name)}."
        return (warning("file-name", self.shown(), message),)

    def shown(self) -> str:
        """Return what to call this in a message: its file name, or its id when there is no file."""
        return printable(self.name) if self.name else self.id


def incoming(
    agreement: Agreement | PreparedAgreement,
    source: Path | bytes | None,
    name: str,
    evidence: Iterable[Any],
    findings: Iterable[Finding],
) -> Incoming:
    """Return what is to be added; raises `UnreadableError` when `source` is a file that cannot be read."""
    content: bytes | None
    own = agreement.facts.id if isinstance(agreement, PreparedAgreement) else agreement.id
    tree = cache(agreement.agreement) if isinstance(agreement, PreparedAgreement) else lambda: agreement
    if isinstance(source, Path):
        name = name or source.name
        content = _content(source)
    else:
        name = name or (f"{own}.txt" if source is not None else "")
        content = source
    sha = digest(content) if content is not None else ""
    return Incoming(own, tree, name, content, sha, tuple(evidence), tuple(findings))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableError(
            f"{printable(path)} cannot be read: {problem.strerror or problem}.", hint="Look at its permissions."
        ) from problem


def _stem(name: str) -> str:
    return unicodedata.normalize("NFC", Path(name).stem).casefold()


def text_hash(agreement: Agreement) -> str:
    """Return the SHA-256 of the text form of all documents of `agreement`; empty when no text is held."""
    return text_hash_of(print_agreement(agreement)) if agreement.text_held else ""


def text_hash_of(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of the texts in the `files` of an agreement, whatever its facts are."""
    return digest("\f".join(text.partition("\n---\n")[2] for text in files.values()))


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of an agreement's `folder` (relative name with `/` to content) but those of its history."""
    paths = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return {p.as_posix(): (folder / p).read_bytes() for p in paths if p.parts[0] != HISTORY}
