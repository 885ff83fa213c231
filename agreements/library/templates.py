"""Verbs for clause templates: check a folder of them, list what there is, begin a variant from a precedent, gather
the wordings that agreements held have, and take one of them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from agreements.platform import StrPath, as_path

if TYPE_CHECKING:
    from agreements.comparing.harvest import Harvest
    from agreements.drafting.proposals import TakenVariant, WrittenProposals
    from agreements.drafting.starting import StartedVariant
    from agreements.drafting.variants import VariantRow
    from agreements.findings import Finding
    from agreements.model import Agreement


def lint_templates(folder: StrPath | None = None) -> "tuple[Finding, ...]":
    """Return what is wrong with a template folder (default: the one in use).

    A folder other than the shipped one is checked as it lies over the shipped templates.
    Raises `TemplateError` when there is no such folder.
    """
    folder = None if folder is None else as_path(folder)
    from agreements.drafting.lint import lint
    from agreements.drafting.loading import template_folders
    from agreements.resources import shipped

    ships = shipped("templates")
    checked = folder.resolve() if folder else template_folders()[0]
    return lint(checked, over=() if checked == ships else (ships,))


def clause_variants(name: str | None = None) -> "list[VariantRow]":
    """Return the variants that the family `name` (default: every family) can use, each file once.

    Raises `NotFoundError` listing the known families.
    """
    from agreements.drafting import variants

    return variants.clause_variants(name)


def start_variant(
    folder: StrPath, reference: str, output: StrPath, *, family: str, clause: str, variant: str, sending: str = ""
) -> "StartedVariant":
    """Begin `variant` of `clause` of `family` in the template folder `output` from `reference` in the repository.

    The clause file carries the words of the precedent with parameters in place of its parties and numbers, and is
    marked as unfinished; new parameters and the new choice are declared in the folder's `family.yaml`. `sending` is
    the party that takes the part of the sending State. Raises `NotFoundError` for what is not there, `QueryError`
    for a name that cannot be one, `AgreementsError` when the file exists or cannot be written.
    """
    folder = as_path(folder)
    output = as_path(output)
    from agreements.drafting import starting
    from agreements.repository import open_repository

    def held(agreement: str) -> "Agreement":
        return open_repository(folder).get(agreement)

    return starting.start_variant(
        held, reference, output, family=family, clause=clause, variant=variant, sending=sending
    )


def harvest_templates(
    folder: StrPath,
    topic: str,
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    clause: str = "",
    sending: str = "",
    limit: int = 12,
    tell: Callable[[str], None] | None = None,
) -> "Harvest":
    """Return the wordings on `topic` that concluded agreements in the repository `folder` have, as proposed variants.

    `topic` is a topic or a kind of variant. Of any of `families` with all of `parties`; for the clause of each family
    that is on the topic, or for `clause`. `sending` is the party that takes the part of the sending State where the
    United States is none. Nothing is written. Raises `NotFoundError` for what is unknown, `RepositoryError`.
    """
    from agreements.comparing.harvest import harvest
    from agreements.repository import open_repository

    return harvest(
        open_repository(as_path(folder)),
        topic,
        families=families,
        parties=parties,
        clause=clause,
        sending=sending,
        limit=limit,
        tell=tell,
    )


def write_proposals(harvest: "Harvest", output: StrPath) -> "WrittenProposals":
    """Write the proposals of a harvest below the template folder `output`, outside every draft until one is taken.

    A file that a person changed is left as it is. Raises `AgreementsError` when one cannot be written.
    """
    from agreements.drafting import proposals

    return proposals.write_proposals(harvest.proposals, as_path(output))


def take_proposal(output: StrPath, proposal: str) -> "TakenVariant":
    """Make `proposal` (`sofa/claims/NAME`) of the template folder `output` a variant that drafts can use.

    Raises `NotFoundError` that lists the proposals, `AgreementsError` where the variant is there already or a file
    cannot be written, `ClassifiedError` where the file bears a marking in use.
    """
    from agreements.drafting import proposals

    return proposals.take_proposal(as_path(output), proposal)


def check_data() -> "tuple[Finding, ...]":
    """Return what is wrong with data files of the package, template folders in use and what other packages add.

    `where` of a finding is a file and a line.
    """
    from agreements import data_schemas

    return tuple(data_schemas.check_data())
