"""The check of a template folder: each fault of a department's file is told with file and line."""

from pathlib import Path

import pytest

from agreements.drafting.lint import lint
from agreements.errors import TemplateError
from agreements.resources import shipped

HEAD = "---\nlabel: Ours\neffect: Neutral.\nuse: Always.\nnote: Keep it short.\n"

BODY = HEAD + "---\n## {#peace}: Peace\n\n"
YES = "---\n## {#peace}: P\n\nYes.\n"
CLAUSE = "pact/clauses/peace/standard.md"
FAMILY = """\
id: pact
label: Pact
version: "1"
parameters: {}
forms:
  agreement:
    label: Pact
    title: Pact
    outline: [{clause: peace}, {clause: amendment}]
"""


def found(root: Path, name: str, text: str) -> list[tuple[str, str, str]]:
    """What lint says of a folder that holds this one file, laid over the shipped `common` clauses only."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    family = root / "pact" / "family.yaml"
    if not family.exists():
        family.parent.mkdir(exist_ok=True)
        family.write_text(FAMILY)
    over = root.parent / "over"
    if not over.exists():
        over.mkdir()
        (over / "common").symlink_to(shipped("templates") / "common")
    return [(f.code, f.where, f.message) for f in lint(root, over=(over,))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def test_a_sound_folder_has_no_findings(root: Path) -> None:
    assert found(root, CLAUSE, HEAD + "topics: [purpose_scope]\n---\n## {#peace}: Peace\n\nThere is peace.\n") == []


@pytest.mark.parametrize(
    ("text", "code", "where", "told"),
    [
        (BODY + "So says\n{{ partner }}.\n", "template-undeclared", CLAUSE + ":10", "partner"),
        (HEAD + "parameters: [partner]\n" + YES, "template-undeclared", CLAUSE + ":6", "partner"),
        (BODY + "{% if funds %}x\n", "template-syntax", CLAUSE + ":9", "end"),
        (HEAD + "---\n{% include 'other' %}\n", "template-syntax", CLAUSE + ":7", "include"),
        ("No front matter\n", "template-clause", CLAUSE, "front matter"),
        (HEAD + "colour: red\n---\nx\n", "template-clause", CLAUSE, "colour"),
        (HEAD + "topics: [quiet]\n---\nYes.\n", "template-topic", CLAUSE + ":6", "quiet"),
        (HEAD + "requires: [war]\n" + YES, "template-requires", CLAUSE + ":6", "war"),
        (HEAD + "excludes: [amendment/war]\n" + YES, "template-excludes", CLAUSE + ":6", "amendment/war"),
        (HEAD + "needs: [{test: nato, message: m}]\n" + YES, "template-undeclared", CLAUSE + ":6", "nato"),
        (HEAD + "needs: [{test: a b, message: m}]\n" + YES, "template-syntax", CLAUSE + ":6", "a b"),
        (HEAD + "precedents: [no reference]\n" + YES, "template-clause", CLAUSE, "not a reference"),
        (HEAD + "unfinished: the period.\n" + YES, "template-unfinished", CLAUSE + ":6", "the period"),
        (HEAD.replace("Neutral", "Good") + YES, "template-effect", CLAUSE + ":3", "begin"),
        ("---\nlabel: Ours\n" + YES, "template-described", CLAUSE, "effect"),
        (BODY + "As with France.\n", "template-state", CLAUSE + ":9", "France"),
        (BODY + "See {{ ref('nowhere') }}.\n", "template-assembly", "pact/family.yaml", "nowhere"),
        (BODY + "{{ term('peace') }}.\n", "template-assembly", "pact/family.yaml", "peace"),
        (BODY + "{{ sending.password }}\n", "template-assembly", "pact/family.yaml", "password"),
    ],
    ids=[
        "undeclared in the body", "undeclared in front matter", "open statement", "include", "no front matter",
        "unknown key", "unknown topic", "requires nothing known", "excludes nothing known", "condition on nothing",
        "broken condition", "no reference", "not finished", "effect not neutral", "not described", "names a State",
        "reference to nothing", "unknown term", "unknown field",
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(root: Path, text: str, code: str, where: str, told: str) -> None:
    rows = found(root, CLAUSE, text)
    assert any(c == code and w == where and told in m for c, w, m in rows), rows


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("", "", "does not say how it differs"),
        ("differs: {duty: We give.}\n", "differs: {duty: We give.}\n", "in the same words"),
        ("differs: {duty: We give.}\n", "differs: {duty: They give.}\n", ""),
    ],
    ids=["neither says", "both say the same", "each says its own"],
)
def test_variants_say_how_they_differ(root: Path, first: str, second: str, told: str) -> None:
    body = "topics: [purpose_scope]\n---\n## {#peace}: Peace\n\nThere is peace.\n"
    found(root, CLAUSE.replace("standard", "other"), HEAD + first + body)
    rows = found(root, CLAUSE, HEAD + second + body)
    assert [m for c, _, m in rows if c == "template-differs" and told in m] if told else rows == []


def test_a_clause_in_no_outline_is_said(root: Path) -> None:
    rows = found(root, "pact/clauses/war/standard.md", HEAD + "---\n## {#war}: War\n\nNo.\n")
    assert ("template-unused", "pact/clauses/war/standard.md") in {(c, w) for c, w, _ in rows}


def test_a_wrong_family_file_is_said(root: Path) -> None:
    rows = found(root, "pact/family.yaml", "id: pact\nlabel: Pact\n")
    assert any(c == "template-family" and "version" in m for c, _, m in rows), rows


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no template folder"):
        lint(tmp_path / "gone")
