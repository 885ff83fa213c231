"""Both originals of what is signed, and the repository that a draft may cite."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements import library
from agreements.commands import group
from agreements.library import parse_file
from agreements.repository import Repository

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"


@pytest.mark.parametrize(
    ("name", "output", "original", "files"),
    [
        ("acsa-orlenia", "x.docx", None, ["x.docx"]),
        ("acsa-orlenia", "x.docx", "partner", ["x.docx"]),
        ("acsa-orlenia", "x.docx", "both", ["x-us.docx", "x-partner.docx"]),
        ("acsa-orlenia", "folder", None, ["folder/acsa-orlenia-us.docx", "folder/acsa-orlenia-partner.docx"]),
        ("acsa-orlenia", "folder", "us", ["folder/acsa-orlenia.docx"]),
        ("sofa-notes", "folder", None, ["folder/sofa-notes.docx", "folder/sofa-notes-reply.docx"]),
        ("sofa-notes", "x.docx", "both", ["x.docx", "x-reply.docx"]),
    ],
)
def test_the_files_written(tmp_path: Path, name: str, output: str, original: object, files: list[str]) -> None:
    report = library.assemble_file(EXAMPLES / f"{name}.yaml", tmp_path / output, original=original)  # type: ignore[arg-type]
    assert [file.relative_to(tmp_path).as_posix() for file in report.files] == files
    assert all(file.is_file() for file in report.files)


def test_the_originals_differ_in_the_order_of_the_parties_only(tmp_path: Path) -> None:
    ours, theirs = library.assemble_file(EXAMPLES / "acsa-orlenia.yaml", tmp_path / "both").files
    us, partner = (parse_file(file).agreement for file in (ours, theirs))
    assert us.title.startswith(
        "Acquisition and Cross-Servicing Agreement (No.\u00a0US-OR-01) between the Department of Defense"
    )
    assert partner.title.startswith(us.title.split(" between ")[0] + " between the Ministry of Defence")
    articles = [[p.words() for p in a.documents[0].provisions if p.kind == "article"] for a in (us, partner)]
    assert articles[0] == articles[1]


_AMENDMENT = """
family: acsa
form: amendment
marking: UNCLASSIFIED
parameters:
  receiving: {long: Republic of Sandoria, short: Sandoria, adjective: Sandorian}
  amended: %s
  changes:
    - {action: delete, path: IV.2}
"""


def test_a_draft_is_checked_against_the_repository(tmp_path: Path) -> None:
    specimen = "specimen-acsa-belmoor-sandoria"
    repository = tmp_path / "repository"
    Repository(repository).add(Repository(Path(__file__).resolve().parents[2] / "corpus").get(specimen))
    file = tmp_path / "p.yaml"
    file.write_text(_AMENDMENT % specimen)
    arguments = ["--repo", str(repository), "draft", "assemble", str(file), "-o", str(tmp_path / "p.docx")]
    done = CliRunner().invoke(group, arguments)
    assert done.exit_code == 0, done.output
    assert "Belmoor" in parse_file(tmp_path / "p.docx").agreement.title
    file.write_text(_AMENDMENT.replace("IV.2", "XLI") % specimen)
    refused = CliRunner().invoke(group, arguments)
    assert refused.exit_code == 1
    assert f"{specimen} has no provision XLI" in refused.output
