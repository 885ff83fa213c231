"""A protocol that is imported changes the agreement that it names, whichever came first."""

from pathlib import Path

import pytest

from agreements.drafting import DraftRequest, assemble
from agreements.language.treaties import names
from agreements.library import get, import_files, search
from agreements.word import write

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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Agreement between Norway and Chile on Visits during Exercises, signed at Oslo on 3 May 1960, applies",
         "Agreement between Norway and Chile on Visits during Exercises, signed at Oslo on 3 May 1960"),
        ("the Agreement between Norway and Chile on Visits during May 1960 applies",
         "Agreement between Norway and Chile on Visits"),
        ("the Agreement between Norway and Chile on Visits during an exercise",
         "Agreement between Norway and Chile on Visits"),
        ("the Agreement between Norway and Chile on the Carriage of Goods through the Territory of Chile by Road, done"
         " at Lima on 3 May 1960, applies",
         "Agreement between Norway and Chile on the Carriage of Goods through the Territory of Chile by Road, done"
         " at Lima on 3 May 1960"),
        ("Recalling the Convention on Carriage by Lake without Locks (hereinafter “the Convention”)",
         "Convention on Carriage by Lake without Locks"),
        ("the Agreement on the Transit of Troops by Sea shall be read with it",
         "Agreement on the Transit of Troops by Sea"),
        ("They carry out the Agreement on Visits through Liaison Officers.", "Agreement on Visits"),
        ("They carry out the Agreement on Visits through the Joint Board (hereinafter “the Board”).",
         "Agreement on Visits"),
        ("They amended the Agreement on Visits by Protocols of 3 May 1990.", "Agreement on Visits"),
        ("They apply the Agreement on Visits before the Exercise that begins on 3 May 2001.", "Agreement on Visits"),
    ],
)  # fmt: skip
def test_a_title_goes_on_behind_during_where_a_name_follows(text: str, words: str) -> None:
    assert [name.words for name in names(text)] == [words]


def test_a_protocol_drafted_to_an_agreement_in_capitals_changes_it_once_it_is_imported(tmp_path: Path) -> None:
    title = "Agreement between Norway and the United States of America on Visits during Exercises"
    base = BASE.replace("Agreement between Norway and Chile on Visits of Forces", title.upper())
    (tmp_path / "base.md").write_text(base, encoding="utf-8")
    import_files(tmp_path / "r", [tmp_path / "base.md"])
    parties = {"receiving": {"long": "Kingdom of Norway", "short": "Norway", "adjective": "Norwegian"}}
    changes = [
        {"action": "replace", "path": "I.2", "words": "Hosts blow the horn."},
        {"action": "add", "path": "II.2", "words": "A bell hangs beside it."},
    ]
    signed = {"signing_place": "Oslo", "signing_date": "1971-06-09", "amended": "base", "changes": changes}
    asked = DraftRequest("sofa", "amendment", {**parties, **signed}, "UNCLASSIFIED", "1971-06-01")
    held = get(tmp_path / "r", "base").agreement
    made = assemble(asked, held=lambda _: held).agreement
    assert made is not None
    write(made, tmp_path / "protocol.docx")
    import_files(tmp_path / "r", [tmp_path / "protocol.docx"])
    found = {c.path: c.action for c in get(tmp_path / "r", "base").changes}
    assert found == {"I.2": "replaced", "II.2": "added"}
