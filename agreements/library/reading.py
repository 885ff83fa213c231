"""Verbs over a file that is only looked at: parse it, classify it. Nothing is stored."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.intake.files import parse_file

if TYPE_CHECKING:
    from agreements.model import Agreement

__all__ = ["classify_agreement", "classify_file", "parse_file"]


def classify_file(path: Path) -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of the file at `path`; raises as `parse_file`."""
    return classify_agreement(parse_file(path).agreement)


def classify_agreement(agreement: "Agreement", *, under: str = "") -> list[dict[str, Any]]:
    """Return path, text and topics of every top-level provision of `agreement` (of the one at path `under`)."""
    from agreements.classifying import classify_agreement as classify

    return [
        {
            "path": row.path,
            "text": row.text,
            "topics": [{"id": t.id, "core": t.core, "confidence": round(t.confidence, 2)} for t in row.topics],
        }
        for row in classify(agreement)
        if not under or row.path == under or row.path.startswith(f"{under}.")
    ]
