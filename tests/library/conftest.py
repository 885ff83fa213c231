"""A small repository of agreements between invented parties with everything that the map shows."""

from pathlib import Path

import pytest

from agreements.library import import_files
from agreements.model import Agreement, EntryIntoForce, Party, Relation, Signing, Status
from agreements.repository import Repository

BASE = """\
# Agreement between Germany and France on the Status of Visiting Forces

## Article I

### Definitions

In this Agreement the term "force" means the personnel of the armed services of one Party.

## Article II

### Claims

Each Party waives all claims against the other Party for damage to its property used by its armed services.

## Article III

### Wearing of Uniforms

Members of the force shall normally wear uniforms while performing official duties.

## Article IV

### Entry into force

This Agreement shall enter into force on the date of signature.

DONE at Kestrel City, this 14th day of March, 1999.
"""
DETACHMENT = """\
# Agreement between Germany and France on a Detachment

## Article I

### Claims

Claims shall be dealt with in accordance with Article II of the Agreement on the Status of Visiting Forces.

## Article II

### Entry into force

This Agreement shall enter into force on the date of signature.

DONE at Kestrel City, this 2nd day of May, 2003.
"""


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two texts (`base-1999`, `detachment-2003`) and the facts of four agreements."""
    folder = tmp_path_factory.mktemp("desk")
    for name, text in (("base-1999", BASE), ("detachment-2003", DETACHMENT)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    import_files(folder / "r", [folder / "base-1999.md", folder / "detachment-2003.md"], family="sofa")
    repository = Repository(folder / "r")
    held = repository.get("detachment-2003")
    supplements = (Relation(kind="supplements", target="base-1999"),)
    repository.replace(held.model_copy(update={"relations": supplements}))
    for agreement in _facts():
        repository.add(agreement)
    return folder / "r"


def _facts() -> tuple[Agreement, ...]:
    def bilateral(agreement_id: str, codes: str, signed: str, force: str, status: str, **fields: object) -> Agreement:
        return Agreement.model_validate(
            {
                "id": agreement_id,
                "title": f"Agreement {agreement_id}",
                "parties": [Party(code=code) for code in codes.split()],
                "signings": [Signing(date=signed)],
                "entry_into_force": EntryIntoForce(date=force) if force else None,
                "status": Status(value=status, as_of="2025-12"),
                **fields,
            }
        )

    members = [("DEU", "1990", None), ("FRA", "1990", None), ("ITA", "1990", None), ("ESP", "1990", "2010")]
    return (
        bilateral(
            "old-1990", "DEU USA", "1990-01-01", "1990-02-01", "superseded",
            relations=[Relation(kind="superseded-by", target="new-2005")],
        ),
        bilateral("new-2005", "DEU USA", "2005-06-01", "2005-09-01", "in-force", family="acsa"),
        bilateral(
            "change-2008", "DEU USA", "2008-01-10", "", "signed",
            relations=[Relation(kind="amends", target="new-2005", note="Article 4")],
        ),
        bilateral("italy-2011", "ITA USA", "2011-03-01", "2011-04-01", "expired", family="dca", term="five (5) years"),
        Agreement(
            id="club-1990",
            title="Convention of the Club",
            family="sofa",
            parties=tuple(Party(code=c, since=s, until=u) for c, s, u in members),
            signings=(Signing(date="1990-05-05"),),
            entry_into_force=EntryIntoForce(date="1990-05-05"),
            status=Status(value="in-force", as_of="2025-12"),
        ),
    )  # fmt: skip
