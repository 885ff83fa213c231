"""Small agreements of our own words between invented States."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agreements.model import Agreement, Document, Party, Provenance, Provision, Signing
from agreements.repository import Repository

Make = Callable[..., Agreement]


def made(
    agreement_id: str = "valdoria-2019",
    words: str = "Members of the force may wear their uniforms on duty.",
    *,
    parties: tuple[str, ...] = ("VAL", "NOR"),
    signed: str = "2019-05-03",
    title: str = "Agreement on the Status of Visiting Forces",
    text: bool = True,
    **more: Any,
) -> Agreement:
    """Return an agreement with one article of two paragraphs, or its facts alone."""
    where = Provenance(source="valdoria.txt", start=10, end=60)
    paragraphs = (
        Provision(kind="paragraph", number="1.", text=words, provenance=where),
        Provision(kind="paragraph", number="2.", text="Civilian clothes are worn otherwise."),
    )
    article = Provision(kind="article", number="I", heading="Uniforms", children=paragraphs)
    camps = (Provision(kind="text", text="Camp Aster"),)
    annex = Document(role="annex", number="A", title="List of camps", provisions=camps)
    fields: dict[str, Any] = {
        "id": agreement_id,
        "family": "sofa",
        "title": title,
        "parties": tuple(Party(code=code) for code in parties),
        "signings": (Signing(date=signed, place="Port Aster"),) if signed else (),
        "documents": (Document(title=title, provisions=(article,)), annex) if text else (),
    }
    return Agreement(**(fields | more))


@pytest.fixture(name="make")
def _make() -> Make:
    return made


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")
