"""References to other agreements lead to those that are held, and to none where that is not certain."""

import shutil
from pathlib import Path

import pytest

from agreements.library import doctor, get, import_files
from agreements.lineage.citations import Led, leads
from agreements.lineage.names import NameIndex
from agreements.model import Agreement, Document, Party, Provision
from agreements.repository import Facts, Repository

FACTS = (
    Facts(
        "visits-1960", "Agreement between Norway and Chile on Visits of Forces", "Visits Agreement", "sofa",
        parties=("NOR", "CHL"), signed=("1960-05-03",), citations=("TIAS 4321",), documents=1,
    ),
    Facts("visits-1985", "Agreement on Visits of Forces", parties=("NOR", "CHL"), signed=("1985-02-11",)),
    Facts("claims-1960", "Agreement on Claims", parties=("NOR", "CHL"), signed=("1960-11-30",)),
    Facts("claims-peru-1960", "Agreement on Claims", parties=("NOR", "PER"), signed=("1960-11-30",)),
    Facts("protocol-1971", "Protocol amending the Agreement on Claims", parties=("NOR", "CHL"), signed=("1971-01-01",)),
    Facts(
        "nato-status",
        "Agreement between the Parties to the North Atlantic Treaty regarding the Status of their Forces",
        parties=("NOR", "DNK", "USA"), signed=("1951-06-19",),
    ),
    Facts("draft-1999", "Agreement on Porpoises", parties=("NOR", "CHL"), signed=("1999-01-01",), standing="draft"),
)  # fmt: skip
PATHS = {"visits-1960": frozenset({"VII", "VII.3", "VII.3.a", "annex-a"})}


def citing(text: str, *more: str) -> Agreement:
    """An agreement between Norway and Chile with `text` as its Article 1, `more` as further articles."""
    from agreements.parsing.held import held
    from agreements.parsing.references import with_references

    provisions = [Provision(kind="article", number=str(n), text=words) for n, words in enumerate((text, *more), 1)]
    return Agreement(
        id="citing",
        title="Agreement on Harbours",
        parties=(Party(code="NOR"), Party(code="CHL")),
        documents=with_references(held([Document(provisions=tuple(provisions))])),
    )


def led(text: str, *more: str) -> Led:
    """The one reference to another agreement in `text`."""
    catalog = NameIndex({f.id: f for f in FACTS}, PATHS.__getitem__)
    (found,) = leads(citing(text, *more), catalog)
    return found


@pytest.mark.parametrize(
    ("text", "target", "why"),
    [
        ("As in Article VII of the Agreement between Norway and Chile on Visits of Forces of 3 May 1960.",
         "visits-1960#VII", "parties, matter and date"),
        ("As in paragraph 3(a) of Article VII of the Agreement between Norway and Chile of 3 May 1960.",
         "visits-1960#VII.3.a", "parties and a full date"),
        ("As in Article 7, paragraph 3, of the Visits Agreement.", "visits-1960#VII.3",
         "the short title, and the article in other figures than printed"),
        ("As in Article 2 of the Agreement between Norway and Chile of 1960.", "",
         "two of that year between these parties"),
        ("As in Article 2 of the Agreement between Norway and Chile on Claims of 1960.", "claims-1960#2",
         "parties, matter and year; its text is not held, so the path is as cited"),
        ("As in Article 2 of the Agreement on Claims.", "claims-1960#2", "the title, between the same parties"),
        ("As in Article 2 of the Agreement on Claims of 30 November 1960.", "",
         "the same title on the same day with two partners"),
        ("As in Article 2 of the Agreement on Visits of Forces of 11 February 1985.", "visits-1985#2",
         "title and date"),
        ("As in Article 2 of the Agreement on Visits of Forces of 12 February 1985.", "", "another day"),
        ("As in Article 2 of the Agreement between Norway and Peru on Visits of Forces.", "", "other parties"),
        ("As in Article VII of the NATO Status of Forces Agreement.", "nato-status#VII",
         "an organisation and the matter"),
        ("As in Article VII of the NATO SOFA.", "nato-status#VII", "the acronym of a family"),
        ("As in Article XL of the Visits Agreement.", "", "its text is held and has no such article"),
        ("As in Article 2 of the Agreement on Porpoises.", "", "a draft is no agreement"),
        ("As in Article 2 of the Agreement.", "", "which agreement is not said"),
        ("As in Article 2 of the Convention on Whales.", "", "not held"),
    ],
)  # fmt: skip
def test_names(text: str, target: str, why: str) -> None:
    assert led(text).target == target, why


def test_what_is_not_certain_says_its_candidates() -> None:
    found = led("As in Article 2 of the Agreement between Norway and Chile of 1960.")
    assert found.words == "Article 2 of the Agreement between Norway and Chile of 1960"
    assert found.candidates == ("visits-1960", "claims-1960")
    assert found.why == "It may mean visits-1960 or claims-1960."
    assert led("As in Article XL of the Visits Agreement.").why == "visits-1960 has no such provision."


@pytest.mark.parametrize(
    ("naming", "reference"),
    [
        ("The Agreement on Visits of Forces, signed at Oslo on 3 May 1960 (hereinafter “the Agreement”), goes "
         "on.", "See Article VII of the Agreement."),
        ("“Rules Agreement” means the Agreement on Visits of Forces of 3 May 1960.",
         "See Article VII of the Rules Agreement."),
        ("They apply the Agreement on Visits of Forces of 3 May 1960 (the “Guests Agreement”).",
         "See Article VII of the Guests Agreement."),
    ],
)  # fmt: skip
def test_names_that_the_text_gives(naming: str, reference: str) -> None:
    found = led(naming, reference)
    assert (found.path, found.target) == ("2", "visits-1960#VII")


def test_that_agreement_is_the_one_named_before() -> None:
    one = (
        "Under the Agreement on Visits of Forces of 3 May 1960 costs are shared, as Article VII of that Agreement says."
    )
    assert led(one).target == "visits-1960#VII"
    two = "The Agreement on Claims and the Agreement on Whales go on, and so does Article VII of that Agreement."
    assert not led(two).target


BASE = """\
# Agreement between Norway and Chile on Visits of Forces

## Article I

Guests knock.

## Article II

1. Guests wait.

2. Hosts open.

DONE at Oslo, this 3rd day of May, 1960.
"""
LATER = """\
# Agreement between Norway and Chile on Harbours

## Article I

Ships shall be received as Article II of the Agreement between Norway and Chile on Visits of Forces, signed at Oslo on
3 May 1960, provides. Article IV of the Convention on Whales remains applicable.

DONE at Oslo, this 9th day of June, 1971.
"""


@pytest.mark.parametrize("first", ["base", "later"])
def test_whichever_came_first(tmp_path: Path, first: str) -> None:
    files = {"base": tmp_path / "base.md", "later": tmp_path / "later.md"}
    files["base"].write_text(BASE, encoding="utf-8")
    files["later"].write_text(LATER, encoding="utf-8")
    for name in sorted(files, key=lambda n: n != first):
        import_files(tmp_path / "r", [files[name]])
    shown = get(tmp_path / "r", "later#I")
    assert [led.target for led in shown.references] == ["base#II", ""]
    assert shown.place is not None
    assert [m.target for m in shown.place.provision.marks] == ["base#II", ""]
    stored = Repository(tmp_path / "r").get("later").documents[0].provisions[0]
    assert [m.target for m in stored.marks] == ["", ""], "the stored text keeps what it says, not what is held"
    found = {c.finding.code: c.finding for c in doctor(tmp_path / "r", ["later"]).concerns}
    assert found["reference-not-held"].message.startswith("1 reference to agreements that are not held: I")
    assert "reference-open" not in found
    shutil.rmtree(tmp_path / "r" / "agreements" / "base")
    assert [led.target for led in get(tmp_path / "r", "later#I").references] == ["", ""]


def test_a_document_of_an_agreement_is_a_place(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(BASE + "\n# Annex A\n\n1. Doors\n\n2. Windows\n", encoding="utf-8")
    import_files(tmp_path / "r", [tmp_path / "x.md"])
    shown = get(tmp_path / "r", "x#annex-a")
    assert shown.place is not None
    assert shown.place.provision.words() == "Annex A\n1. Doors\n2. Windows"
    assert "Annex A" in shown.citation


def test_references_of_real_agreements(shared: Path, tmp_path: Path) -> None:
    texts = shared / "treaties" / "security"
    names = ("nato-sofa-1951", "germany-sofa-supplementary-agreement-1959", "germany-sofa-sa-art45-implementation")
    import_files(tmp_path / "r", [texts / f"{name}.md" for name in names])
    every = get(tmp_path / "r", "germany-sofa-supplementary-agreement-1959").references
    targets = [led.target for led in every if "NATO Status of Forces" in led.words]
    assert len(targets) > 30
    assert all(target.startswith("nato-sofa-1951#") for target in targets)
    (implemented,) = get(tmp_path / "r", "germany-sofa-sa-art45-implementation#preamble").references
    assert implemented.target == "germany-sofa-supplementary-agreement-1959#45.5"
