"""A treaty made of the words of each pack is read back: articles, numbers, signing date; in full packs parties too."""

import random
from itertools import product

import pytest

from agreements.languages import LanguagePack, languages
from agreements.parsing.pipeline import parse
from agreements.reading.blocks import Block
from tests.parsing.conftest import reading_of

DAYS = ("2011-05-23", "1998-11-14")
_STATES = ("FRA", "POL")


def made(pack: LanguagePack, day: str, rng: random.Random) -> list[Block]:
    """The paragraphs of a treaty in the words of a pack, each marked with its language as a reader would."""
    noun = rng.choice(pack.instruments)
    parties = _named(pack)
    texts = [_title(pack, noun, parties), f"{' '.join(parties)} {rng.choice(pack.agreed)}:"]
    for number in range(1, 4):
        form = pack.article[0]
        texts += [form.replace("#", str(number)) if "#" in form else f"{form} {number}", f"{noun}. " * 6]
    texts[-1] = _entry(pack) or texts[-1]
    year, month, date = day.split("-")
    written = pack.dates[0].format(year=year, month=pack.months[int(month) - 1].split("|")[0], day=int(date))
    done = rng.choice(pack.done)
    closing = f"{written} {done[1:]}" if done.startswith("…") else f"{done} Lorn {written}"
    texts += [_capital(rng.choice(pack.witness)), _capital(closing)]
    return [Block(text.strip(), 0, 0, language=pack.code) for text in texts]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _named(pack: LanguagePack) -> list[str]:
    return [pack.states[code][0] if code in pack.states else code for code in _STATES] if pack.states else []


def _title(pack: LanguagePack, noun: str, parties: list[str]) -> str:
    return f"{_capital(noun)} {pack.between[0] if pack.between else ''} {' '.join(parties)}".replace("  ", " ").strip()


def _entry(pack: LanguagePack) -> str:
    return ENTRIES.get(pack.code, "")


ENTRIES = {
    "en": "This Agreement shall enter into force on signature.",
    "fr": "Le présent accord entrera en vigueur à la date de sa signature.",
    "es": "El presente acuerdo entrará en vigor en la fecha de su firma.",
    "pt": "O presente acordo entrará em vigor na data da sua assinatura.",
    "it": "Il presente accordo entrerà in vigore alla data della firma.",
    "de": "Dieses Abkommen tritt am Tag der Unterzeichnung in Kraft.",
    "pl": "Niniejsza umowa wejdzie w życie z dniem podpisania.",
    "ru": "Настоящее соглашение вступает в силу с даты подписания.",
    "ar": "تدخل هذه الاتفاقية حيز النفاذ من تاريخ التوقيع عليها.",
    "ja": "この協定は、署名の日に効力を生ずる。",
    "ko": "이 협정은 서명한 날에 발효한다.",
}


@pytest.mark.parametrize(("code", "day"), [*product(languages(), DAYS)])
def test_a_treaty_of_a_pack_reads_back(code: str, day: str) -> None:
    pack = languages()[code]
    found = parse(reading_of(*made(pack, day, random.Random(f"{code}{day}"))), id="x").agreement
    articles = [p for d in found.documents for p in d.walk() if p.kind == "article"]
    assert len(articles) == 3
    assert [d.language for d in found.documents] == [code]
    assert [s.date for s in found.signings] == [day]
    if pack.full:
        assert found.entry_into_force
        assert found.entry_into_force.formula == "1"
        if pack.states:
            assert [party.code for party in found.parties] == list(_STATES)
