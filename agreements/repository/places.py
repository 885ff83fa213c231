"""Which repository folder to use when none is named, and the user's own, seeded with what ships."""

import os
from collections.abc import Callable
from pathlib import Path

from agreements.platform import data_folder
from agreements.resources import shipped


def repository_folder(named: str | None, *, tell: Callable[[str], None]) -> Path:
    """Return the repository folder: `named`, else $AGREEMENTS_REPO, else ./repository, else the user's own.

    Only the user's own folder is seeded, once, with the shipped corpus; `tell` gets a line saying so.
    """
    if chosen := named or os.environ.get("AGREEMENTS_REPO"):
        return Path(chosen).expanduser()
    if (here := Path("repository")).is_dir():
        return here
    own = data_folder() / "repository"
    if not own.exists():
        tell(f"Making your repository in {own} with the facts and specimens that ship.")
        seed(own)
    return own


def seed(folder: Path) -> int:
    """Fill the new or empty repository `folder` with the shipped corpus; returns how many agreements it then has.

    The corpus is a repository itself: facts of real agreements without text, and invented specimens.
    """
    from agreements.repository import Repository

    corpus, repository = Repository(shipped("corpus")), Repository(folder)
    with repository.writing() as writer:
        for agreement_id in corpus.ids():
            writer.add(corpus.get(agreement_id))
    return len(repository.ids())
