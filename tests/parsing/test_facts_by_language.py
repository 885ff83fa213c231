"""One small agreement in each language with full facts: what it states is read, by the words of its pack alone."""

import tomllib
from pathlib import Path

import pytest

from agreements.parsing import Parsed, parse
from agreements.reading import read_text

TEXTS = Path(__file__).parent / "by_language"


def of(code: str) -> Parsed:
    return parse(read_text((TEXTS / f"{code}.txt").read_text(encoding="utf-8")), id="x")


@pytest.mark.parametrize(
    ("code", "parties", "signing", "tongues", "entry", "references"),
    [
        ('fr', ['FRA', 'ESP'], ('2011-05-03', 'Toulouse'), ('fr', 'es'), ('5b', None),
         [("paragraphe 2 de l'article premier", 'premier.2'), ('articles 1', 'premier'),
          ('3', '3'), ('article 2', ''), ('Le présent article', '3')]),
        ('es', ['ESP', 'ARG'], ('2011-05-03', 'Salamanca'), ('es', 'en'), ('5a', None),
         [('apartado 2 del artículo 1', 'primero.2'), ('artículos 1', 'primero'), ('2', '2')]),
        ('de', ['DEU', 'ITA'], ('2011-05-03', 'Bonn'), ('de', 'it'), ('6', '2012-07-01'),
         [('Absatz 2 des Artikels 1', '1.2'), ('Artikel 1 Absatz 1', '1.1')]),
        ('ru', ['RUS', 'FRA'], ('2011-05-03', 'Москве'), ('ru', 'fr'), ('4', None), [('пункт 2 статьи 1', '1.2')]),
        ('pl', ['POL', 'FRA'], ('2011-05-03', 'Krakowie'), ('pl', 'fr'), ('5a', None), [('ustęp 2 artykułu 1', '1.2')]),
        ('it', ['ITA', 'ESP'], ('2011-05-03', 'Roma'), ('it', 'es'), ('1', None),
         [("paragrafo 2 dell'articolo 1", '1.2')]),
        ('pt', ['PRT', 'ESP'], ('2011-05-03', 'Lisboa'), ('pt', 'es'), ('8', None),
         [('número 2 do artigo 1', '1-º.2')]),
        ('ar', ['MAR', 'FRA'], ('2011-05-03', 'الرباط'), ('ar', 'fr'), ('1', None), [('المادة 1', 'الأولى')]),
        ('ja', ['JPN', 'FRA'], ('2011-05-03', '京都'), ('ja', 'fr'), ('1', None), [('第一条2', '一.2')]),
        ('ko', ['KOR', 'FRA'], ('2011-05-03', '부산'), ('ko', 'fr'), ('1', None), [('제1조', '1')]),
    ],
)  # fmt: skip
def test_facts(  # noqa: PLR0917
    code: str,
    parties: list[str],
    signing: tuple[str, str],
    tongues: tuple[str, str],
    entry: tuple[str, str | None],
    references: list[tuple[str, str]],
) -> None:
    found = of(code).agreement
    assert [document.language for document in found.documents] == [code]
    assert [party.code for party in found.parties] == parties
    assert found.form == "agreement"
    assert [(s.date, s.place) for s in found.signings] == [signing]
    assert found.languages == tongues
    assert found.entry_into_force
    assert (found.entry_into_force.formula, found.entry_into_force.date) == entry
    marks = [(p.text[m.start : m.end], m.target) for p in found.documents[0].walk() for m in p.marks]
    assert marks == references
    kinds = [child.kind for p in found.documents[0].provisions for child in p.children]
    assert "testimonium" in kinds


SENTENCES = tomllib.loads((TEXTS / "sentences.toml").read_text(encoding="utf-8"))


def _with(code: str, sentence: str, *, at: int) -> Parsed:
    """The small agreement with `sentence` in the place of its paragraph `at`."""
    texts = (TEXTS / f"{code}.txt").read_text(encoding="utf-8").rstrip().split("\n\n")
    return parse(read_text("\n\n".join([*texts[:at], sentence, *texts[at:][1:]])), id="x")


def _entry_at(code: str) -> int:
    texts = (TEXTS / f"{code}.txt").read_text(encoding="utf-8").rstrip().split("\n\n")
    entry = of(code).agreement.entry_into_force
    assert entry
    return next(n for n, text in enumerate(texts) if entry.evidence[:20] in text)


@pytest.mark.parametrize(
    ("code", "formula", "sentence"),
    [(code, formula, words) for code, own in SENTENCES.items() for formula, words in own["entry"].items()],
)
def test_every_formula_of_entry_into_force(code: str, formula: str, sentence: str) -> None:
    entry = _with(code, sentence, at=_entry_at(code)).agreement.entry_into_force
    assert entry
    assert (entry.formula, entry.date) == (formula, "2012-07-01" if formula == "6" else None)


@pytest.mark.parametrize(
    ("code", "sentence"), [(code, words) for code, own in SENTENCES.items() for words in own["signed"]]
)
def test_ways_to_sign(code: str, sentence: str) -> None:
    signings = _with(code, sentence, at=-1).agreement.signings
    assert (signings[-1].date, signings[-1].place) == ("2011-05-03", SENTENCES[code]["place"])


@pytest.mark.parametrize(
    ("code", "sentence", "targets"),
    [(code, words, targets) for code, own in SENTENCES.items() for words, targets in own["refers"]],
)
def test_references_lead_into_this_agreement_or_nowhere(code: str, sentence: str, targets: list[str]) -> None:
    walked = _with(code, sentence, at=_entry_at(code)).agreement.documents[0].walk()
    (provision,) = (each for each in walked if sentence in each.text)
    assert [mark.target for mark in provision.marks if mark.kind == "reference"] == targets


SHORT = {
    "ja": (
        "灯台に関する日本国とフランスとの間の協定", "日本国政府及びフランス共和国政府は、次のとおり協定した。",
        "第一条", "両国は、灯台を開放する。", "第二条",
           "油は無料とする。", "2011年5月3日、東京において作成した。",
    ),
    "es": (
        "Acuerdo entre España y Chile sobre faros",
        "El Gobierno de España y el Gobierno de Chile han convenido lo siguiente:", "Artículo primero",
        "Las Partes mantienen abiertos los faros y se avisan de cada tormenta.", "Artículo segundo",
        "El aceite es gratuito para las dos Partes.", "Hecho en Sevilla el 3 de mayo de 2011.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "parties", "place"), [("ja", ["JPN", "FRA"], "東京"), ("es", ["ESP", "CHL"], "Sevilla")]
)
def test_a_text_of_short_lines_tells_its_language_as_a_whole(code: str, parties: list[str], place: str) -> None:
    found = parse(read_text("\n\n".join(SHORT[code])), id="x").agreement
    assert [document.language for document in found.documents] == [code]
    assert found.title == SHORT[code][0]
    assert [party.code for party in found.parties] == parties
    assert [(s.date, s.place) for s in found.signings] == [("2011-05-03", place)]


@pytest.mark.parametrize(
    ("code", "sentence", "formula"),
    [
        ("fr", "Le présent Accord entre en vigueur à la date de sa signature.", "1"),
        ("ru", "Настоящее Соглашение временно применяется с даты подписания и вступает в силу с даты получения"
         " последнего уведомления о выполнении внутригосударственных процедур.", "4"),
    ],
)  # fmt: skip
def test_a_signature_and_provisional_application_are_no_condition(code: str, sentence: str, formula: str) -> None:
    found = _with(code, sentence, at=_entry_at(code)).agreement
    assert found.entry_into_force
    assert (found.entry_into_force.formula, found.entry_into_force.condition) == (formula, "")
    assert bool(found.provisional_application) is (code == "ru")


EASTERN = {
    "ja": ("日本国と{}との間の灯台に関する協定", "両国は、次のとおり協定した。", "第一条",
           "両国は、夜間灯台を開放し、嵐を相互に通知する。", "第二条",
           "油は無料とする。", "2011年5月3日、東京において作成した。"),
    "ko": ("대한민국 정부와 {} 정부 간의 등대에 관한 협정", "양국은 다음과 같이 합의하였다.", "제1조",
           "양 당사국은 밤에 등대를 개방하고 모든 폭풍을 서로 통보한다.", "제2조", "기름은 무료로 한다.",
           "2011년 5월 3일 서울에서 작성하였다."),
}  # fmt: skip


def _eastern(code: str, title: str) -> list[str]:
    text = "\n\n".join([title, *EASTERN[code][1:]])
    found = parse(read_text(text), id="x").agreement
    assert [document.language for document in found.documents] == [code]
    return [party.code for party in found.parties]


@pytest.mark.parametrize(
    ("code", "name", "party"),
    [
        ("ja", "ギニア共和国", "GIN"), ("ja", "赤道ギニア共和国", "GNQ"), ("ja", "パプアニューギニア独立国", "PNG"),
        ("ja", "パプア・ニューギニア", ""), ("ja", "マリ共和国", "MLI"), ("ja", "マリアナ共和国", ""),
        ("ja", "ロルン共和国", ""),
        ("ko", "도미니카공화국", "DOM"), ("ko", "도미니카연방", "DMA"), ("ko", "적도기니공화국", "GNQ"),
        ("ko", "파푸아뉴기니독립국", "PNG"), ("ko", "파푸아 뉴기니", ""), ("ko", "말리아나공화국", ""),
        ("ko", "말리공화국", "MLI"),
        ("ko", "보스니아헤르체고비나", "BIH"), ("ko", "로른공화국", ""),
    ],
)  # fmt: skip
def test_part_of_a_longer_name_is_no_state(code: str, name: str, party: str) -> None:
    own = {"ja": "JPN", "ko": "KOR"}[code]
    assert _eastern(code, EASTERN[code][0].format(name)) == ([own, party] if party else [])


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("ja", "日本国における国際連合の軍隊の地位に関する協定"),
        ("ko", "대한민국 내의 국제연합 군대의 지위에 관한 협정"),
    ],
)
def test_a_title_that_does_not_say_between_whom_names_no_parties(code: str, title: str) -> None:
    assert _eastern(code, title) == []
