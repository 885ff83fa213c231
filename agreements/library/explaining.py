"""The verb `explain`: where each provision of a draft comes from, and whether a file still reads so."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from agreements.bookmarks import tag_of
from agreements.drafting.assembly import assemble
from agreements.drafting.provenance import SUFFIX, Origin, Provenance, find, own_words, provenance_of, read_provenance
from agreements.drafting.request import load_parameters
from agreements.errors import ParameterError
from agreements.intake.files import ParsedFile, parse_file
from agreements.reference import places

_PARAMETERS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Explained:
    """The `origin` of a provision, and what has become of it.

    `now` is its path in the file that came back: that of the draft where no file was named, empty where the file
    has it no more. `same` is False where its words are others.
    """

    origin: Origin
    now: str
    same: bool = True

    def as_json(self) -> dict[str, Any]:
        """Return the row for JSON, without the words."""
        row = asdict(self.origin)
        row.pop("words")
        return row | {"precedents": [*self.origin.precedents], "now": self.now, "same": self.same}


def explain(draft: Path, file: Path | None = None) -> list[Explained]:
    """Return where each provision of a draft comes from; with a Word, PDF or text `file`, whether it still reads so.

    `draft` is a parameter file, a file of provenance, or a Word file of a draft, whose provenance is looked for
    beside it. Provisions of a Word file are matched by their hidden marks, of other files by their paths. Raises
    `ParameterError` when parameters do not assemble, `NotFoundError` when no provenance is found, and as `parse_file`.
    """
    known, compared = _known(draft, file)
    if compared is None:
        return [Explained(origin, origin.path) for origin in known.origins]
    parsed = parse_file(compared)
    return list(_compared(known, parsed))


def _known(draft: Path, file: Path | None) -> tuple[Provenance, Path | None]:
    """Return the provenance that `draft` names, and the file to hold against it."""
    if draft.suffix.lower() in _PARAMETERS:
        made = assemble(load_parameters(draft))
        if made.agreement is None:
            hint = f"`agreements draft check {draft}` says what is wrong."
            raise ParameterError(f"{draft} does not assemble.", hint=hint)
        return provenance_of(made), file
    if draft.name.endswith(SUFFIX):
        return read_provenance(draft), file
    marked = file or draft
    tags = {tag_of(mark) for mark in parse_file(draft).marks.values()}
    return find(tags, draft), marked


def _compared(known: Provenance, parsed: ParsedFile) -> Iterator[Explained]:
    own = {path: mark for path, mark in parsed.marks.items() if tag_of(mark) == known.tag}
    words = {place.path: own_words(place.provision) for place in places(parsed.agreement)}
    by_mark: Mapping[str, str] = {mark: path for path, mark in own.items()}
    written = {origin.mark for origin in known.origins} & by_mark.keys()
    for origin in known.origins:
        by_path = origin.path if origin.path in words else ""
        now = by_mark.get(origin.mark, "") if written else by_path
        yield Explained(origin, now, same=_plain(words.get(now, "")) == _plain(origin.words))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
