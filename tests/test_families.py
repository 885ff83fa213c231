import pytest

from agreements.errors import NotFoundError
from agreements.families import FAMILIES, family


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
