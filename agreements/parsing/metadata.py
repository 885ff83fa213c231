"""The facts that a text states about itself. Nothing is guessed: a missing value is better than a wrong one."""

from collections.abc import Sequence
from typing import Any

from agreements.model import Document
from agreements.parsing.evidence import Evidence
from agreements.reading.blocks import Reading


def read(documents: Sequence[Document], reading: Reading) -> tuple[dict[str, Any], tuple[Evidence, ...]]:
    """Return the fields of the agreement that `documents` state, and where each was read."""
    main = next((d for d in documents if d.role == "main"), documents[0] if documents else None)
    facts: dict[str, Any] = {"title": (main.title or "") if main else ""}
    return facts, ()
