"""Who accepted a variant is shown with the words that limit it, on the terminal and in JSON."""

import json
import subprocess
import sys
from pathlib import Path

from agreements import library

ROOT = Path(__file__).resolve().parents[2]

_TEXT = """# Agreement between the Republic of Chile and the Kingdom of Norway on Visiting Forces

## Article I: Taxes

1. Vehicles of a visiting force shall be exempt from all taxes.

2. This exemption does not apply to private vehicles of its members.

3. Fuel is sold at the price of the day.

Done at Oslo, 2 May 2003.
"""


def test_an_exception_in_the_next_paragraph_stays_with_the_rule(tmp_path: Path) -> None:
    file, repository = tmp_path / "visits.md", tmp_path / "r"
    file.write_text(_TEXT, encoding="utf-8")
    library.import_files(repository, [file])
    (row,) = library.accepted_variants(repository, "tax_method").groups["exempt"]
    assert (row.place, row.words) == ("visits#I.1", "exempt from all taxes")
    assert row.limits == ("This exemption does not apply to private vehicles of its members.",)
    command = [sys.executable, "-m", "agreements", "--repo", str(repository)]
    run = [subprocess.run([*command, *line], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
           for line in (["variants", "tax_method"], ["--json", "variants", "tax_method"])]  # fmt: skip
    assert "but: “This exemption does not apply" in run[0].stdout
    (told,) = json.loads(run[1].stdout)["groups"][0]["agreements"]
    assert told["limits"] == list(row.limits)
