"""A negotiation of two invented States, kept through the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agreements import word
from agreements.commands import main
from agreements.model import Agreement
from agreements.textform import parse_document

OURS = """\
# Agreement between Valdoria and Tamaris on the Status of Visiting Forces

## Preamble
The Government of Valdoria and the Government of Tamaris,
Have agreed as follows:
## Article I: Definitions
In this Agreement the term "force" means the armed forces of Valdoria.
## Article II: Claims
1. Each Party waives all claims against the other Party for damage to property used by its armed forces.
2. Claims of third parties shall be settled within ninety days.
## Article III: Taxation
The force shall be exempt from all taxes of Tamaris.
## Article IV: Entry into Force
This Agreement shall enter into force on the date of signature.
## Testimonium
Done at Port Tamar, in duplicate.
"""
THEIRS = OURS.replace("within ninety days", "within thirty days, with interest").replace(
    "exempt from all taxes", "exempt from direct taxes"
)


def agreement(source: str, **facts: Any) -> Agreement:
    return Agreement(id="text", documents=(parse_document(source),), **facts)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run `agreements --repo ... ARGUMENTS` and return its JSON (`json=True`), else (status, output, errors)."""

    def call(*arguments: str | Path, as_json: bool = False) -> Any:
        words = ["--repo", str(tmp_path / "repo"), *(["--json"] if as_json else []), *map(str, arguments)]
        (tmp_path / "repo").mkdir(exist_ok=True)
        with pytest.raises(SystemExit) as stopped:
            main(words)
        shown = capsys.readouterr()
        return json.loads(shown.out) if as_json else (stopped.value.code, shown.out, shown.err)

    return call


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    """The Word files of our text and of theirs."""
    paths = (tmp_path / "ours.docx", tmp_path / "theirs.docx")
    for path, source in zip(paths, (OURS, THEIRS), strict=True):
        word.write(agreement(source, marking="UNCLASSIFIED"), path)
    return paths


@pytest.fixture
def kept(run: Callable[..., Any], texts: tuple[Path, Path]) -> str:
    """The id of a negotiation with an authority, a round, two texts and two positions."""
    ours, theirs = texts
    name = "tamaris-sofa"
    for words in (
        ("new", name, "--partner", "Tamaris", "--family", "sofa", "--title", "Visiting forces", "--marking",
         "SENSITIVE BUT UNCLASSIFIED"),
        ("set", name, "--stage", "in-negotiation", "--date", "2026-03-02", "--authority", "action-memorandum",
         "--scope", "negotiate", "--approved", "2026-02-01", "--limit", "no interest on claims"),
        ("round", name, "--date", "2026-04-14", "--place", "Port Tamar", "--our-head", "A. Adler",
         "--ad-referendum", "I"),
        ("table", name, ours, "--date", "2026-04-14"),
        ("receive", name, theirs, "--date", "2026-04-15"),
        ("position", name, "II.2", "--preferred", "Claims of third parties shall be settled within ninety days.",
         "--fallback", "Claims of third parties shall be settled within sixty days.", "--beyond",
         "phrase: with interest", "--rationale", "Interest is not funded."),
        ("position", name, "official_tax", "--held-elsewhere", "Registry, file 12"),
    ):  # fmt: skip
        code, _, errors = run("negotiation", *words)
        assert code in (0, None), errors
    return name
