"""The Word files of a draft as they were edited: their provisions in reading order, each with its hidden mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreements.drafting import DraftProvenance
from agreements.drafting.provenance import own_words
from agreements.intake.files import ParsedFile
from agreements.model import Document, Provision
from agreements.reference import Place, places
from agreements.updating.tree import EDITED


@dataclass(frozen=True, slots=True)
class EditedProvision:
    """A provision of an edited file: `key` names it among those of all files, `above` is the key of its parent.

    `origin` is the path that the record gives it, empty for what was added by hand. `document` counts the documents.
    """

    key: str
    above: str
    place: Place
    document: int
    origin: str = ""

    @property
    def provision(self) -> Provision:
        """The provision as it was edited."""
        return self.place.provision


@dataclass(frozen=True, slots=True)
class EditedDraft:
    """All that the edited files hold."""

    documents: tuple[Document, ...]
    provisions: tuple[EditedProvision, ...]

    @property
    def by_origin(self) -> Mapping[str, EditedProvision]:
        """Those that were assembled, by the path in the record."""
        return {each.origin: each for each in self.provisions if each.origin}


def edited_of(files: Sequence[ParsedFile], known: DraftProvenance) -> EditedDraft:
    """Return what `files` hold; what lost its mark is known by its words where they stand once."""
    by_mark = {origin.mark: origin.path for origin in known.origins if origin.mark}
    documents: list[Document] = []
    found: list[EditedProvision] = []
    for index, file in enumerate(files):
        prefix = f"{EDITED}{index}/" if index else EDITED
        first = len(documents)
        documents += file.agreement.documents
        keys: dict[tuple[int, ...], str] = {}
        at = {id(document): first + n for n, document in enumerate(file.agreement.documents)}
        marks = _last(file.marks)
        for place in places(file.agreement):
            number = at[id(place.document)]
            chain = tuple(map(id, place.chain))
            keys[chain] = prefix + place.path
            above = keys.get(chain[:-1], f"document:{number}")
            origin = by_mark.get(marks.get(place.path, ""), "") if own_words(place.provision) else ""
            found.append(EditedProvision(prefix + place.path, above, place, number, origin))
    return EditedDraft(tuple(documents), tuple(_by_words(found, known)))


def _last(marks: Mapping[str, str]) -> dict[str, str]:
    """Return `marks` by path, each once: a frame begins where the first provision in it does, whose mark it is."""
    return {path: mark for mark, path in {mark: path for path, mark in marks.items()}.items()}


def _by_words(found: list[EditedProvision], known: DraftProvenance) -> list[EditedProvision]:
    present = {each.origin for each in found if each.origin}
    lost: dict[str, list[str]] = {}
    for origin in known.origins:
        if origin.path not in present:
            lost.setdefault(origin.words, []).append(origin.path)
    out = []
    for each in found:
        words = own_words(each.provision)
        if not each.origin and words in lost and lost[words]:
            each = EditedProvision(each.key, each.above, each.place, each.document, lost[words].pop(0))  # noqa: PLW2901
        out.append(each)
    return out
