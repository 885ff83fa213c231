"""One small agreement in each language with full facts: what it states is read, by the words of its pack alone."""

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
        ('ja', ['JPN', 'FRA'], ('2011-05-03', '京都'), ('ja', 'fr'), ('1', None), [('第一条2', '')]),
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
