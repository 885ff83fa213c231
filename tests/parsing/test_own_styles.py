"""A memorandum without heads comes back from our own Word file as it was: its points stand beside the preamble."""

from pathlib import Path

import pytest

from agreements import word
from agreements.model import Agreement, Document, Provision
from agreements.parsing import parse
from agreements.reading import read
from tests.reviewing.test_numbers_kept import typed_heads
from tests.reviewing.test_review import OURS


@pytest.mark.parametrize("formula", ["have reached the following understandings:", "Have agreed as follows:"])
def test_points_after_a_preamble_without_heads(tmp_path: Path, formula: str) -> None:
    def text(words: str) -> Provision:
        return Provision(kind="text", text=words)

    letters = tuple(Provision(kind="subparagraph", number=f"({x})", text=f"Item {x}.") for x in "ab")
    points = (
        Provision(kind="paragraph", number="1.", text="Guests knock."),
        Provision(kind="paragraph", number="2.", text="Hosts open:", children=letters),
    )
    preamble = Provision(kind="preamble", children=(text("The Ministries of Valdoria and Tamaris,"), text(formula)))
    signed = Provision(kind="signature", children=(text("For Valdoria:"), text("For Tamaris:")))
    main = Document(title="Memorandum of Understanding on Visits", provisions=(preamble, *points, signed))
    (path,) = word.write(Agreement(id="mou", form="mou", documents=(main,)), tmp_path / "mou.docx")
    back = parse(read(path), id="back").agreement.documents[0]
    assert [(p.kind, p.number, p.words()) for p in back.provisions] == [
        (p.kind, p.number, p.words()) for p in main.provisions
    ]


@pytest.mark.parametrize("form", ["Article {}. {}", "ARTICLE {} – {}", "Article {}: {}"])
def test_a_head_whose_number_is_typed_before_its_heading(tmp_path: Path, form: str) -> None:
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(typed_heads(OURS, form))
    ours, theirs = (
        parse(read(tmp_path / f"{stem}.docx"), id=stem).agreement.documents[0].provisions for stem in ("ours", "theirs")
    )
    assert [p.heading for p in theirs] == [p.heading for p in ours]
    assert [p.number for p in theirs if p.kind == "article"] == ["1", "2", "3", "4", "5"]
