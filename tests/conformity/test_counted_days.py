"""Days and months that a treaty counts off, in each language that has them, and what nothing answers."""

from pathlib import Path

import pytest

from agreements.languages.ordinals import ordinals_in, reads_ordinals
from tests.conformity.test_conformity import rail


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "on the thirtieth (30th) calendar day, the 45th day, the first day of the second month", [30, 45, 1, 2]),
        ("fr", "le quatre-vingt-dixième jour, le premier jour du deuxième mois, le 30e jour", [90, 1, 2, 30]),
        ("de", "am fünfundvierzigsten Tag, am ersten Tag des zweiten Monats, am 30. Tag", [45, 1, 2, 30]),
        ("nl", "op de vijfenveertigste dag, op de eerste dag van de tweede maand", [45, 1, 2]),
        ("es", "el cuadragésimo quinto día, el primer día del segundo mes", [45, 1, 2]),
        ("it", "il quarantacinquesimo giorno, il primo giorno del secondo mese; prima del giorno", [45, 1, 2]),
        ("pt", "no sexagésimo dia, no primeiro dia do segundo mês, no 30.º dia", [60, 1, 2, 30]),
        ("pl", "czterdziestego piątego dnia, pierwszego dnia drugiego miesiąca, 30. dnia", [45, 1, 2, 30]),
        ("ru", "на сорок пятый день, в первый день второго месяца, с 30-го дня, тридцати дней", [45, 1, 2, 30]),
        ("ar", "في اليوم الخامس والأربعين، اليوم الأول من الشهر الثاني", [45, 1, 2]),
    ],
)
def test_an_ordinal_is_read_with_its_unit(code: str, text: str, values: list[int]) -> None:
    assert [each.value for each in ordinals_in(text, code)] == values


def test_a_date_and_a_language_without_ordinals_have_none() -> None:
    assert ordinals_in("done on the tenth day of June, 2027", "en") == []
    assert not reads_ordinals("tr")
    assert ordinals_in("otuzuncu günde", "tr") == []


SUBJECTS = ("TRANSIT", "О ТРАНЗИТЕ")
TONGUES = ("English and Russian", "английском и русском")


@pytest.mark.parametrize(
    ("ours", "theirs", "told", "unread"),
    [
        ("on the twentieth day after receipt", "на двадцатый день после получения", "", ""),
        ("on the twentieth day after receipt", "через двадцать (20) дней после получения", "", ""),
        ("on the twentieth day after receipt", "на шестидесятый день после получения", "шестидесятый день", ""),
        ("on the first day of the third month", "в первый день второго месяца", "второго месяца", ""),
        ("on the twentieth day after receipt", "после получения", "", "twentieth day"),
    ],
)
def test_another_day_that_is_counted_off_is_told(
    ours: str, theirs: str, told: str, unread: str, tmp_path: Path
) -> None:
    first = (f"Consultations begin {ours} of a request.", f"Консультации начинаются {theirs} запроса.")
    found = rail(tmp_path, SUBJECTS, TONGUES, first)
    assert [(each.subject, each.b_words) for each in found.differs] == ([("periods", told)] if told else [])
    assert any(unread in what and "no ordinal" in why for what, why in found.not_examined) == bool(unread)


def test_terms_of_an_item_that_is_told_to_be_left_out_are_not_told_again(tmp_path: Path) -> None:
    opening = "For the purposes of this Agreement, as the Parties understand:"
    ours = f"{opening}\n(a) “cargo” means goods;\n(b) “crew” means staff."
    theirs = "В целях Соглашения:\na) «груз» означает товары;"
    found = rail(tmp_path, SUBJECTS, TONGUES, (ours, theirs))
    assert "defined terms" not in [each.subject for each in found.differs]
