"""The tour: the whole way in two minutes, on a repository of its own that can be looked at afterwards."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.display import shown_short
from agreements.library.draft import assemble_file
from agreements.library.find import get, search
from agreements.library.keep import import_files, refresh_index, wanted
from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.search import Hit

EXAMPLE = "dca-norlandia.yaml"
QUERY = "claims AND (waive OR waiver)"


@shown_short
@dataclass(frozen=True, slots=True)
class Tour:
    """What the tour did: counts, the precedent it found, the files it wrote (all below `folder`)."""

    folder: Path
    repository: Path
    agreements: int
    facts_only: int
    query: str
    hits: "tuple[Hit, ...]"
    total: int
    precedent: str
    citation: str
    parameters: Path
    originals: tuple[Path, Path]
    provisions: int
    read_back: str
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return the tour as JSON values."""
        return {
            "folder": str(self.folder),
            "repository": str(self.repository),
            "agreements": self.agreements,
            "facts_only": self.facts_only,
            "query": self.query,
            "hits": [hit.ref for hit in self.hits],
            "precedent": self.precedent,
            "citation": self.citation,
            "parameters": str(self.parameters),
            "files": [str(file) for file in self.originals],
            "read_back": self.read_back,
            "seconds": round(self.seconds, 1),
        }


def tour(folder: StrPath | None = None, *, tell: Callable[[str], None]) -> Tour:
    """Seed a repository, search it, show a precedent, assemble a draft and write both originals to Word.

    Everything lies in `folder` (default: a new temporary one, which is kept); `tell` gets a line for each step.
    Raises `RepositoryError` when `folder` holds other things.
    """
    folder = None if folder is None else as_path(folder)
    import shutil

    from agreements.repository.places import seed
    from agreements.resources import shipped

    began = time.monotonic()
    folder = _place(folder)
    repository = folder / "repository"
    tell("Seeding a repository with the facts and specimens that ship ...")
    count = seed(repository)
    refresh_index(repository)
    tell("Searching it ...")
    results = search(repository, QUERY, limit=3)
    precedent = get(repository, results.hits[0].ref)
    tell("Assembling a draft and writing both originals to Word ...")
    parameters = folder / EXAMPLE
    shutil.copyfile(shipped("examples") / "drafts" / EXAMPLE, parameters)
    ours = assemble_file(parameters, folder / "draft-our-original.docx", original="us")
    theirs = assemble_file(parameters, folder / "draft-partner-original.docx", original="partner")
    tell("Reading the Word file back into the repository ...")
    back = import_files(repository, ours.files[:1])
    agreement = ours.draft.agreement
    return Tour(
        folder=folder,
        repository=repository,
        agreements=count,
        facts_only=len(wanted(repository)),
        query=QUERY,
        hits=tuple(results.hits),
        total=results.total,
        precedent=results.hits[0].text,
        citation=precedent.citation,
        parameters=parameters,
        originals=(ours.files[0], theirs.files[0]),
        provisions=sum(1 for d in agreement.documents for _ in d.walk()) if agreement else 0,
        read_back=back.imported[0].id,
        seconds=time.monotonic() - began,
    )


def _place(folder: Path | None) -> Path:
    import tempfile

    from agreements.errors import RepositoryError

    if folder is None:
        return Path(tempfile.mkdtemp(prefix="agreements-tour-"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RepositoryError(f"{folder} is not empty.", hint="Name a new folder for the tour, or none.")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
