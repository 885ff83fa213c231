"""Precision: the checks over real treaties that were concluded, in which hardly anything is wrong."""

from pathlib import Path

from agreements.checks import check
from agreements.library import parse_file

# The checks that read words; those of the tree tell more about the copy at hand than about the treaty.
WORDS = (
    *("references", "reference-levels", "reference-circles", "terms", "terms-undefined", "terms-capitals"),
    *("placeholders", "leftover-names", "leftover-styles", "contradictions", "limits", "acsa"),
)
LONGEST = 20_000  # words: the longest of them is a book of many annexes


def test_concluded_treaties_have_hardly_a_finding(shared: Path) -> None:
    errors, warnings, texts = [], [], 0
    for path in sorted((shared / "treaties" / "security").iterdir()):
        held = parse_file(path).agreement
        if sum(len(p.text.split()) for document in held.documents for p in document.walk()) > LONGEST:
            continue
        texts += 1
        found = check(held, WORDS)
        errors += [(path.name, f) for f in found if f.severity == "error"]
        warnings += [(path.name, f) for f in found if f.severity == "warning"]
    assert texts > 20
    assert errors == []
    assert len(warnings) <= texts / 3, warnings
