import pytest

from agreements.errors import NotFoundError
from agreements.families import FAMILIES, by_title, family


@pytest.mark.parametrize("name", ["facilities_access", "FAA", "faa", "Facilities-Access", " facilities access "])
def test_a_family_is_found_by_id_or_code_in_any_writing(name: str) -> None:
    assert family(name).id == "facilities_access"


def test_ids_and_codes_are_unique() -> None:
    names = [n.lower() for f in FAMILIES.values() for n in {f.id, f.code.lower()}]
    assert len(names) == len(set(names))


def test_an_unknown_family_lists_the_known() -> None:
    with pytest.raises(NotFoundError) as caught:
        family("treaty")
    assert "acsa" in caught.value.hint


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Agreement on Defence Co-operation between Norway and Chile", "dca"),
        ("Agreement on Defense Cooperation, the Status of Forces, and Access to and Use of Agreed Facilities", "dca"),
        ("Defense Cooperation Agreement (access to facilities)", "facilities_access"),
        (
            "Agreement under Article 9 of the Treaty of Friendship regarding Areas and the Status of Forces in Chile",
            "sofa",
        ),
        ("Agreement on Military Visits (status provisions)", "sofa"),
        ("Agreement regarding the Treatment of the Armed Forces of Norway Visiting Chile", "sofa"),
        ("Agreement on the Use of Two Airfields in Chile", "facilities_access"),
        ("Agreement regarding the Transit Center at Kestrel Airport", "facilities_access"),
        ("Agreement on the Air Transit of Cargo", "transit"),
        ("Agreement on Air Navigation Fees", "state_flights"),
        ("Mutual Logistics Support Agreement", "acsa"),
        ("Agreement on Reciprocal Provision of Logistic Support, Supplies and Services", "acsa"),
        ("Agreement concerning New Special Measures relating to Article 20", "sma"),
        ("Agreement on the Protection of Classified Military Information", "other"),
        ("Memorandum of Understanding on Reciprocal Defense Procurement", "other"),
        ("Air Defense Agreement between Norway and Chile", "other"),
        ("Agreement on Transit of Natural Gas", "other"),
        ("Convention on the Use of Rivers", "other"),
        ("Agreement amending the Agreement of 3 May 1960", "other"),
        ("Agreement on the Status of Classified Matter", "other"),
        ("Agreement on the Defence of Crops against Beetles", "other"),
        ("Agreement on the Defence of Norway", "dca"),
        ("Agreement on Technical Cooperation in Defence Research", "other"),
        ("Agreement on the Transit of Goods", "other"),
        ("Agreement on the Transit of Troops and Goods", "transit"),
        ("Agreement on overflight charges of civil airlines", "other"),
        ("Agreement on the Status of the Headquarters of the Lamp Organization", "other"),
        ("Protocol on the Status of International Military Headquarters", "sofa"),
        ("Agreement on Special Measures against Fire Blight", "other"),
        ("Agreement on access to fishing facilities", "other"),
    ],
)
def test_a_title_gives_the_family_only_where_it_is_certain(title: str, wanted: str) -> None:
    assert by_title(title) == wanted
