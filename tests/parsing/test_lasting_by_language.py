"""How long an agreement lasts and how it ends, in every language whose pack has words for it; what tells neither."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from agreements.languages import languages, lengths, not_read
from agreements.model import Agreement, EntryIntoForce
from agreements.negotiation.calendar import subject_of
from agreements.parsing import parse
from agreements.reading import read_text

TEXTS = Path(__file__).parent / "by_language"
ROWS = tomllib.loads((TEXTS / "lasting.toml").read_text(encoding="utf-8"))


def read(code: str, sentence: str) -> Agreement:
    """The small agreement of a language with `sentence` as a paragraph before its closing."""
    texts = (TEXTS / f"{code}.txt").read_text(encoding="utf-8").rstrip().split("\n\n")
    opening = {
        "fr": "Fait à",
        "es": "Hecho",
        "pt": "Feito",
        "de": "Geschehen",
        "it": "Fatto",
        "pl": "Sporz",
        "ru": "Совершено",
    }
    at = next((n for n, text in enumerate(texts) if text.startswith(opening.get(code, "حرر"))), len(texts) - 1)
    found = parse(read_text("\n\n".join([*texts[: at - 1], sentence, *texts[at:]])), id="x").agreement
    assert [document.language for document in found.documents] == [code]
    return found.model_copy(update={"entry_into_force": EntryIntoForce(date="2011-05-03")})


def test_every_language_that_is_read_has_sentences() -> None:
    assert set(ROWS) == {code for code, pack in languages().items() if pack.lasting}
    assert {code for code in languages() if not not_read("term", [code])} == {"en", *ROWS}


@pytest.mark.parametrize(("code", "row"), [(code, row) for code, own in ROWS.items() for row in own["states"]])
def test_what_a_text_states(code: str, row: tuple[str, str, str, int, str]) -> None:
    sentence, term, renewal, notice, end = row
    found = read(code, sentence)
    assert (found.term, found.renewal.split(" ")[0]) == (term, renewal)
    assert (found.termination_notice_months or 0) == notice
    known = subject_of(found, today=date(2012, 1, 1)).happenings.get("term-end")
    assert (known.date if known else "") == end


SILENT = [(code, words) for code, own in ROWS.items() for words in own["silent"]]


@pytest.mark.parametrize(("code", "sentence"), SILENT)
def test_what_is_no_term_of_its_own(code: str, sentence: str) -> None:
    found = read(code, sentence)
    assert (found.term, found.renewal, found.termination_notice_months) == ("", "", None)


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("five (5) years", 5, "years"), ("cinq (5) ans", 5, "years"), ("vingt-cinq ans", 25, "years"),
        ("treinta días", 30, "days"), ("sechs Monaten", 6, "months"), ("пяти лет", 5, "years"),
        ("18 mesi", 18, "months"), ("خمس سنوات", 5, "years"),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read_in_its_language(words: str, number: int, unit: str) -> None:
    assert lengths.length(words) == lengths.Length(number, unit)


@pytest.mark.parametrize("words", ["cinq (6) ans", "for long", "", "ans", "jusqu'au bout"])
def test_what_is_no_length_of_time(words: str) -> None:
    assert lengths.length(words) is None
