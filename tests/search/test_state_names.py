"""States are named in any language, and with a slip at the keyboard; words of the texts are no names."""

import pytest

from agreements.repository import Facts
from agreements.search.naming import Catalog
from agreements.search.understanding import Held, understand

WORDS = frozenset(("tax", "fuel", "islands", "island", "marshal", "coast"))


def _read(query: str, *facts: Facts) -> set[str]:
    held = Held(lambda field, value: True, lambda word: word in WORDS)
    return {each.id for each in understand(query, Catalog(lambda: facts), held).first}


@pytest.mark.parametrize(
    ("query", "party"),
    [
        ("Zuid-Afrika tax", "ZAF"),
        ("fuel Afrique du Sud", "ZAF"),
        ("tax Suid-Afrika", "ZAF"),
        ("Nederland fuel", "NLD"),
        ("tax Marshal Islands", "MHL"),
        ("tax Kyrgystan", "KGZ"),
    ],
)
def test_a_state_is_named(query: str, party: str) -> None:
    assert _read(query) == {f"party:{party}"}


def test_words_of_the_texts_are_no_names() -> None:
    assert _read("tax coast island fuel") == set()


def test_an_agreement_is_named_by_its_title_and_year() -> None:
    charter = Facts(id="brannock-ozeria-charter-1986", title="Harbour Charter")
    other = Facts(id="brannock-ozeria-charter-2003", title="Harbour Charter")
    assert _read("tax Charter 1986", charter, other) == {"agreement:brannock-ozeria-charter-1986"}
    assert _read("tax 2003 Harbour Charter", charter, other) == {"agreement:brannock-ozeria-charter-2003"}
    assert _read("tax Lease 1986", charter, other) == {"signed:1986"}
