"""Every code of a finding stands in one register, with what it means; none stands there that nothing raises."""

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import agreements
from agreements.checks import acsa, limits
from agreements.findings import finding_code, finding_codes

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(agreements.__file__).parent
_MAKERS = ("info", "warning", "error")

# Codes that a module puts together, with the words of its text that they are put together from.
_MADE = {
    "checks/acsa.py": {"acsa-*": "acsa-"},
    "checks/limits.py": {"limit-*": "limit-"},
    "checks/roles.py": {code: code for code in ("wrong-side", "wrong-grantor", "wrong-owner")},
    "drafting/amending.py": {
        "amendment": "amendment",
        "implementation": "implementation",
        "amendment-unchecked": "-unchecked",
        "implementation-unchecked": "-unchecked",
    },
    "drafting/lint.py": {"template-requires": "requires", "template-excludes": "excludes"},
    "findings.py": {},
    "intake/gates.py": {"reference-open": "reference-open"},
    "intake/health.py": {"source-changed": "source-changed", "source-missing": "source-missing"},
    "parsing/covers.py": {word: word for word in ("cover", "cover-facts", "law-around", "printing-notice")},
    "parsing/furniture.py": {word: word for word in ("running-head", "page-number")},
    "reading/pages.py": {word: word for word in ("no-text-layer", "garbled-text")},
    "reading/word.py": {"tracked-deleted": "deleted", "tracked-inserted": "inserted"},
}


class Call(NamedTuple):
    """A call that makes a finding; `code` is None where it is put together."""

    module: str
    line: int
    severity: str | None
    code: str | None


def _calls(tree: ast.Module, module: str) -> Iterator[Call]:
    makers = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "agreements.findings"
        for alias in node.names
    } & {*_MAKERS}
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            name, first = node.func.id, node.args[0]
            if name in makers or name == "Finding":
                called.add(node.func)
                code = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None
                yield Call(module, node.lineno, name if name in makers else None, code)
    for node in ast.walk(tree):  # `make = warning`: called by another name
        if isinstance(node, ast.Name) and node.id in makers and node not in called:
            yield Call(module, node.lineno, node.id, None)


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        found += _calls(ast.parse(path.read_text(encoding="utf-8")), module)
    assert len(found) > 120
    return found


def test_every_code_that_is_raised_is_registered_with_its_severity(calls: list[Call]) -> None:
    known = finding_codes()
    literal = [call for call in calls if call.code is not None]
    assert [c for c in literal if c.code not in known or c.severity not in known[c.code].severities] == []


def test_a_code_that_is_put_together_is_declared_here(calls: list[Call]) -> None:
    put_together = {c.module for c in calls if c.code is None}
    assert put_together == _MADE.keys()
    for module, codes in _MADE.items():
        source = (PACKAGE / module).read_text(encoding="utf-8")
        assert [code for code, words in codes.items() if words not in source] == [], module
    assert {code for codes in _MADE.values() for code in codes} <= finding_codes().keys()


def test_no_registered_code_stands_unused(calls: list[Call]) -> None:
    raised = {c.code for c in calls} | {code for codes in _MADE.values() for code in codes}
    assert sorted(finding_codes().keys() - raised) == []


def test_no_registered_severity_stands_unused(calls: list[Call]) -> None:
    by_code: dict[str, set[str | None]] = {}
    for call in calls:
        if call.code is not None:
            by_code.setdefault(call.code, set()).add(call.severity)
    made = {code for codes in _MADE.values() for code in codes}
    for code, severities in by_code.items():
        if code not in made:
            assert set(finding_codes()[code].severities) == severities, code


def test_the_rules_of_a_data_file_share_a_row() -> None:
    for rule in limits.limits():
        row = finding_code(f"limit-{rule.id}")
        assert row is not None and row.code == "limit-*" and rule.severity in row.severities
    for question in acsa.rules():
        row = finding_code(f"acsa-{question.id}")
        assert row is not None and row.code == "acsa-*"
    assert finding_code("limit-") is None
    assert finding_code("no-such-code") is None


def test_the_golden_answers_hold_registered_codes_only() -> None:
    shown = set()
    for path in (ROOT / "tests" / "golden" / "answers").glob("*.txt"):
        shown |= set(re.findall(r'"code": "([^"]+)",\s+"severity": "(\w+)"', path.read_text(encoding="utf-8")))
    assert len(shown) > 20
    unknown = [
        (code, severity)
        for code, severity in sorted(shown)
        if (row := finding_code(code)) is None or severity not in row.severities
    ]
    assert unknown == []


def test_the_page_is_current_and_its_links_lead_somewhere() -> None:
    spec = importlib.util.spec_from_file_location("findings_page", ROOT / "scripts" / "findings.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.page()
    assert module.PAGE.read_text(encoding="utf-8") == page, "python scripts/findings.py --write makes it anew"
    assert [row.code for row in finding_codes().values() if f"| `{row.code}` |" not in page] == []
    assert [row.page for row in finding_codes().values() if not (ROOT / "docs" / row.page).is_file()] == []


def test_the_register_is_in_order() -> None:
    assert list(finding_codes()) == sorted(finding_codes())
