"""What the later steps of parsing look through again and again, gathered once: places, paths and given names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agreements.language.treaties import aliases
from agreements.model import Agreement, Document
from agreements.reference import Place, places


@dataclass(frozen=True, slots=True)
class HeldDocuments:
    """The documents of an agreement, all their provisions with their paths, in reading order.

    `aliases` are the names that the text gives to other instruments, each with the full words it stands for.
    """

    documents: tuple[Document, ...]
    places: tuple[Place, ...]
    aliases: Mapping[str, str]

    def words(self) -> str:
        """Return the text of every provision, one to a line: for a first look that rules most searches out."""
        return "\n".join(place.chain[-1].text for place in self.places)


def held(documents: Sequence[Document]) -> HeldDocuments:
    """Return what `documents` hold."""
    kept = tuple(documents)
    return HeldDocuments(kept, tuple(places(Agreement(id="draft", documents=kept))), aliases(kept))
