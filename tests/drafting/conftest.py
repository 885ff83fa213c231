"""A small family of templates, written to a temporary folder, for the tests of the engine."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from agreements.drafting import DraftRequest

Mini = Callable[..., Path]

_PARAMETERS = """
sending:
  type: party
  label: Sending State
  default: {long: Commonwealth of Aurelia, short: Aurelia, adjective: Aurelian}
receiving: {type: party, label: Receiving State, required: true}
words: {type: text, label: Words}
site: {type: site, label: Site}
length: {type: choice, label: Duration, choices: [indefinite, fixed], default: indefinite}
period: {type: period, label: Period, when: length == "fixed", required: true}
"""
RECEIVING = {"long": "Republic of Valdoria", "short": "Valdoria", "adjective": "Valdorian"}


@pytest.fixture
def mini(tmp_path: Path) -> Mini:
    """A function that writes a family `mini` of the given clauses (id, or id/variant) and returns its root."""

    def write(clauses: Mapping[str, str], outline: str = "", more: str = "") -> Path:
        common = tmp_path / "common"
        common.mkdir(exist_ok=True)
        (common / "parameters.yaml").write_text(_PARAMETERS)
        for name, body in clauses.items():
            clause, _, variant = name.partition("/")
            path = tmp_path / "mini" / "clauses" / clause / f"{variant or 'standard'}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = dedent(body).strip() + "\n"
            path.write_text(text if text.startswith("---") else f"---\nlabel: {clause}\n---\n{text}")
        entries = outline or "\n".join(f"- clause: {name}" for name in clauses)
        indented = "\n".join("      " + line for line in entries.splitlines())
        family = f'id: mini\nlabel: Mini\nversion: "1.0"\nparameters: {{}}\n{dedent(more)}\nforms:\n'
        family += f"  agreement:\n    label: Agreement\n    title: Mini\n    outline:\n{indented}\n"
        (tmp_path / "mini" / "family.yaml").write_text(family)
        return tmp_path

    return write


@pytest.fixture
def ask() -> Callable[..., DraftRequest]:
    """A function that makes a request for the family `mini` with these parameters."""

    def request(form: str = "agreement", variants: Mapping[str, str] | None = None, **given: Any) -> DraftRequest:
        parameters = {"receiving": RECEIVING, **given}
        return DraftRequest("mini", form, parameters, "UNCLASSIFIED", "2026-11-22", variants=variants or {})

    return request
