"""The verbs `compare` and `redline`: any two of reference, agreement and file, by provision and as a Word file."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements import reading
from agreements.comparing import Pair, Side, align
from agreements.comparing.one_draft import identified, read_as_foreign, strange
from agreements.errors import AgreementsError, NotFoundError, RepositoryError
from agreements.findings import Finding
from agreements.intake.files import marks_of, parse_file
from agreements.library.repositories import get
from agreements.model import Agreement
from agreements.reading import source
from agreements.reference import Place

if TYPE_CHECKING:
    from agreements import word


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: the agreement, the one `place` of it that was named, the file it was read from.

    `marks` are the hidden marks of a file of ours, by the paths of the provisions.
    """

    agreement: Agreement
    place: Place | None = None
    file: Path | None = None
    findings: tuple[Finding, ...] = ()
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return how it is called: the file's name, or the reference."""
        if self.file:
            return self.file.name
        return f"{self.agreement.id}#{self.place.path}" if self.place else self.agreement.id

    @property
    def content(self) -> Agreement | Place:
        """Return what of it is compared."""
        return self.place or self.agreement

    def ref(self, side: Side | None) -> str | None:
        """Return the reference of a provision of this side, None where it has none."""
        return f"{self.agreement.id}#{side.path}" if side else None


@dataclass(slots=True)
class Comparison:
    """Two texts compared: their provisions in pairs, what a person should know, the files written."""

    a: Compared
    b: Compared
    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...] = ()
    files: list[Path] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return `{a, b, pairs, findings, files}` of the JSON contract."""
        return {
            "a": self.a.name,
            "b": self.b.name,
            "pairs": [self._row(pair) for pair in self.pairs],
            "findings": [finding.as_json() for finding in self.findings],
            "files": [str(file) for file in self.files],
        }

    def _row(self, pair: Pair) -> dict[str, Any]:
        row: dict[str, Any] = {
            "a": self.a.ref(pair.a),
            "b": self.b.ref(pair.b),
            "change": pair.change,
            "similarity": round(pair.similarity, 3),
            "words_deleted": pair.words_deleted,
            "words_inserted": pair.words_inserted,
        }
        for name, pieces in (("heading", pair.heading), ("text", pair.text)):
            if any(piece.kind != "equal" for piece in pieces):
                row[name] = [[piece.kind, piece.text] for piece in pieces]
        return row


def is_file(name: str) -> bool:
    """Whether `name` means a file and not a reference: there is one, it has the suffix of a format, or a folder."""
    path = Path(name)
    return path.is_file() or path.suffix.lower() in source.SUFFIXES or os.sep in name.partition("#")[0]


def compare(folder: Path | None, a: str, b: str, *, topic: str = "") -> Comparison:
    """Return the provisions of `a` and `b` in pairs; each is a file, an agreement's id or a reference.

    `folder` is the repository, None where both are files. `topic` (fine or core id) keeps the provisions about it.
    Raises `NotFoundError`, `ReferenceSyntaxError`, `RepositoryError`, or as `parse_file`.
    """
    first, second, pairs = _paired(_side(folder, a), _side(folder, b))
    if topic:
        pairs = _about(topic, pairs, first.agreement, second.agreement)
    return Comparison(first, second, pairs, (*first.findings, *second.findings))


def _paired(a: Compared, b: Compared) -> tuple[Compared, Compared, tuple[Pair, ...]]:
    """Return both sides, read alike where both are Word files, and their provisions in pairs."""
    found = _aligned(a, b)
    if strange(found[2]) and _word_file(a) is not None and _word_file(b) is not None:
        others = (_aligned(_foreign(a), b), _aligned(a, _foreign(b)))
        found = min(found, *others, key=lambda each: strange(each[2]))
    return found


def _aligned(a: Compared, b: Compared) -> tuple[Compared, Compared, tuple[Pair, ...]]:
    one, other = _by_marks(a, b)
    return one, other, align(one.content, other.content)


def _foreign(side: Compared) -> Compared:
    if side.file is None:
        return side
    found = reading.read(side.file)
    agreement = read_as_foreign(found, id=side.agreement.id).agreement
    return replace(side, agreement=agreement, marks=marks_of(agreement, found))


def redline(
    compared: Comparison, output: Path, *, author: str, date: str, prior: "word.Prior" = "refuse"
) -> tuple[Path, tuple[Finding, ...]]:
    """Write a redline of the comparison to the Word file `output`; return it and what a person should know.

    It is a copy of A's Word file (A written to Word where it is none) with tracked changes that make it B, by `author`
    at `date` (ISO 8601). `prior` says what becomes of tracked changes in the files (`word.RedlineOptions`). Raises
    `AgreementsError` when it cannot be made or written.
    """
    from agreements import word
    from agreements.platform import save

    if output.suffix.lower() != ".docx":
        raise AgreementsError(f"{output.name} is no name for a Word file.", hint="Let the name end in .docx")
    first, second = _word_file(compared.a), _word_file(compared.b)
    both_files = first is not None and second is not None
    options = word.RedlineOptions(author=author, date=date, prior=prior, edges=both_files)
    contents = [
        found if found is not None else word.render(_agreement(side))
        for found, side in ((first, compared.a), (second, compared.b))
    ]
    made = word.redline(contents[0], contents[1], options, names=(compared.a.name, compared.b.name))
    save(output, made.content)
    return output, made.findings


def _word_file(side: Compared) -> bytes | None:
    """Return the bytes of a side that was read from a Word file."""
    if side.file is None:
        return None
    loaded = source.load(side.file)
    return loaded.data if source.kind_of(loaded) == "word" else None


def _agreement(side: Compared) -> Agreement:
    """Return what of a side is to be written: the agreement, or a document of the one provision that was named."""
    if side.place is None:
        return side.agreement
    alone = side.place.document.model_copy(update={"provisions": (side.place.provision,)})
    return side.agreement.model_copy(update={"documents": (alone,)})


def _by_marks(a: Compared, b: Compared) -> tuple[Compared, Compared]:
    """Return both sides with the hidden marks that they share, as two files of one draft do, as ids to match by."""
    one, other = identified(a.agreement, a.marks, b.agreement, b.marks)
    return replace(a, agreement=one), replace(b, agreement=other)


def _side(folder: Path | None, name: str) -> Compared:
    if is_file(name):
        parsed = parse_file(Path(name))
        return Compared(parsed.agreement, file=Path(name), findings=parsed.findings, marks=parsed.marks)
    if folder is None:
        raise RepositoryError(f"{name} is no file, and no repository was named.", hint="Name one with --repo.")
    shown = get(folder, name)
    if not shown.agreement.text_held:
        hint = f"`agreements wanted {shown.agreement.id}` says where to look for it."
        raise NotFoundError(f"The text of {shown.agreement.id} is not held, only its facts.", hint=hint)
    return Compared(shown.agreement, shown.place)


def _about(topic: str, pairs: Sequence[Pair], a: Agreement, b: Agreement) -> tuple[Pair, ...]:
    """Return the pairs of which a side is about `topic`."""
    from agreements.classifying import topics_by_path
    from agreements.topics import fine_of
    from agreements.topics import topic as known

    wanted = {known(topic).id, *fine_of(topic)}
    first, second = topics_by_path(a), topics_by_path(b)
    return tuple(p for p in pairs if wanted & {*_topics(first, p.a), *_topics(second, p.b)})


def _topics(by_path: Mapping[str, Sequence[str]], side: Side | None) -> Sequence[str]:
    """Return the topics of a provision: its own, else those of the nearest one above it that has any."""
    path = side.path if side else ""
    while path and path not in by_path:
        path = path.rpartition(".")[0]
    return by_path.get(path, ())
