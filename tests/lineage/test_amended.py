"""A protocol that is imported changes the agreement that it names, whichever came first."""

from pathlib import Path

import pytest

from agreements.library import get, import_files, search

BASE = """\
# Agreement between Norway and Chile on Visits of Forces

## Article I

### Guests

1. Guests knock at the gate.

2. Hosts open the gate.

## Article II

### Lanterns

A lantern hangs at every gate.

DONE at Oslo, this 3rd day of May, 1960.
"""
PROTOCOL = """\
# Protocol amending the Agreement between Norway and Chile on Visits of Forces

Norway and Chile, wishing to amend the Agreement between Norway and Chile on Visits of Forces, signed at Oslo on
3 May 1960 (hereinafter “the Agreement”), have agreed as follows:

## Article 1

Paragraph 2 of Article I of the Agreement shall be replaced by the following: “2. Hosts blow the horn.”

## Article 2

Article II of the Agreement is deleted.

DONE at Oslo, this 9th day of June, 1971.
"""


@pytest.mark.parametrize("order", [("base", "protocol"), ("protocol", "base")])
def test_the_text_as_of_a_day(tmp_path: Path, order: tuple[str, str]) -> None:
    texts = {"base": BASE, "protocol": PROTOCOL}
    for name in order:
        (tmp_path / f"{name}.md").write_text(texts[name], encoding="utf-8")
        import_files(tmp_path / "r", [tmp_path / f"{name}.md"])
    folder = tmp_path / "r"
    shown = get(folder, "base#I.2")
    assert [(c.action, c.path, c.by, c.since) for c in shown.changes] == [
        ("replaced", "I.2", "protocol#1", "1971-06-09")
    ]
    then = get(folder, "base#I.2", as_of="1975").place
    before = get(folder, "base#I.2", as_of="1965").place
    assert then is not None
    assert before is not None
    assert (before.provision.text, then.provision.text) == ("Hosts open the gate.", "Hosts blow the horn.")
    assert [c.by for c in get(folder, "base#II").changes] == ["protocol#2"]
    assert [[c.action for c in hit.changes] for hit in search(folder, "lantern").hits] == [["deleted"]]
