"""Specimens: our own drafts between invented States, which ship so that there is something to search and to show.

`python -m agreements.intake.specimens` assembles `corpus/specimens/params/*.yaml` anew into the shipped corpus; a test
holds the files to what the templates give.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from agreements import drafting
from agreements.errors import TemplateError
from agreements.intake.files import id_from
from agreements.model import Agreement, Provision, Status
from agreements.resources import shipped

NOTE = "Specimen assembled from clause templates. Its States are invented; it is an agreement of nobody."


def specimens(folder: Path | None = None) -> Iterator[Agreement]:
    """Yield the specimen that each parameter file in `folder` (default: those that ship) assembles to.

    Raises `TemplateError` when one does not assemble, naming the file and the reason.
    """
    for file in sorted((folder or shipped("corpus") / "specimens" / "params").glob("*.yaml")):
        draft = drafting.assemble(drafting.load_parameters(file))
        if draft.agreement is None:
            raise TemplateError(f"{file.name} does not assemble: {draft.findings[0].message}")
        yield specimen(draft.agreement)


def specimen(draft: Agreement) -> Agreement:
    """Return `draft` as a specimen: under an id that says so, without the provenance of a draft."""
    return draft.model_copy(
        update={
            "id": f"specimen-{draft.family.replace('_', '-')}-{id_from('-'.join(_names(draft)))}",
            "standing": "specimen",
            "authority": "specimen",
            "status": Status(),
            "notes": (NOTE,),
            "documents": tuple(
                document.model_copy(update={"provisions": tuple(_plain(p) for p in document.provisions)})
                for document in draft.documents
            ),
        }
    )


def _names(draft: Agreement) -> list[str]:
    """Return the invented States' names without what is the same in all (`Kingdom of`, `Republic of`)."""
    return [re.sub(r"^.*\bof (?:the )?", "", party.name) or party.name for party in draft.parties]


def _plain(provision: Provision) -> Provision:
    children = tuple(_plain(child) for child in provision.children)
    return provision.model_copy(update={"provenance": None, "id": None, "children": children})


def main() -> None:
    """Write the specimens into the corpus of the checkout: those that are new or read otherwise than the one there."""
    from agreements.platform import remove_tree
    from agreements.repository import Repository

    corpus = Repository(shipped("corpus"))
    made = {agreement.id: agreement for agreement in specimens()}
    there = {each: corpus.get(each) for each in corpus.ids() if each.startswith("specimen-")}
    for agreement_id, held in there.items():
        if made.get(agreement_id) != held:
            remove_tree(corpus.folder(agreement_id))
    for agreement_id, agreement in made.items():
        if there.get(agreement_id) != agreement:
            outcome = corpus.add(agreement)
            print(outcome.status, outcome.id)


if __name__ == "__main__":
    main()
