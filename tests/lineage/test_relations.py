"""Who acts on whom, also where an instrument names its base by the title only."""

from pathlib import Path

import pytest

from agreements.library import relations
from agreements.model import Agreement, Party, Relation, Signing
from agreements.repository import Repository

BASE, PROTOCOL = "valdoria-tamaris-1970", "valdoria-tamaris-protocol-1990"
_PARTIES = (Party(code="VAL", name="Valdoria"), Party(code="TAM", name="Tamaris"))
_TITLE = "Agreement between Valdoria and Tamaris on Visiting Forces"


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """Return a repository of a base and of a protocol that knows it by its title, and knows one that is not held."""
    repository = Repository(tmp_path)
    repository.add(Agreement(id=BASE, title=_TITLE, parties=_PARTIES, signings=(Signing(date="1970-05-04"),)))
    amends = tuple(
        Relation(kind="amends", title=title) for title in (_TITLE, "Agreement between Orlenia and Vestmark on Lanterns")
    )
    protocol = Agreement(
        id=PROTOCOL,
        title="Protocol amending the Agreement between Valdoria and Tamaris on Visiting Forces",
        parties=_PARTIES,
        signings=(Signing(date="1990-02-01"),),
        relations=amends,
    )
    repository.add(protocol)
    return tmp_path


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (BASE, {("amended-by", PROTOCOL, "other")}),
        (PROTOCOL, {("amends", BASE, "this"), ("amends", "", "this")}),
    ],
)
def test_a_title_leads_to_the_agreement_that_it_certainly_means(
    held: Path, of: str, expected: set[tuple[str, str, str]]
) -> None:
    assert {(row.kind, row.id, row.stated_by) for row in relations(held, of)} == expected
