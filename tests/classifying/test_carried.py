"""A topic whose words a clause only shares is not carried by it."""

import pytest

from agreements.classifying import carries


@pytest.mark.parametrize(
    ("core", "text", "is_carried"),
    [
        ("claims_third_party", "Each Party waives any claim against the other for damage to its property.", False),
        ("claims_third_party", "The Parties waive all claims for injury suffered by members of their forces.", False),
        ("claims_third_party", "Claims of persons who belong to neither force are settled by Lorn.", True),
        ("claims_third_party", "Damage caused by the force shall be compensated under Annex B.", True),
        ("overflight_clearance", "Aircraft pay no landing, parking, overflight or navigation charges.", False),
        ("overflight_clearance", "Aircraft may overfly the territory of Lorn on 48 hours' notice.", True),
        ("overflight_clearance", "Each flight needs a diplomatic clearance.", True),
        ("transit_routes", "This Article applies to goods in transit through the territory of a Party.", False),
        ("transit_routes", "Convoys use the routes that Annex A lists.", True),
        ("transit_routes", "Forces of either Party may pass through the territory of the other by rail.", True),
        ("labor", "Each Party waives any claim.", True),
    ],
)  # fmt: skip
def test_what_only_shares_the_words_of_a_topic_does_not_carry_it(core: str, text: str, is_carried: bool) -> None:
    assert carries(core, text) is is_carried
