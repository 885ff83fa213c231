"""What texts in French, Spanish, Portuguese and German apply of others."""

import pytest

from agreements.lineage.incorporation import incorporations

APPLIED = [
    ("fr", "Les Parties appliquent les dispositions de la Convention sur les ports, signée à Lorn le 3 mai 1960.",
     "Convention sur les ports, signée à Lorn le 3 mai 1960", (), ()),
    ("fr", "Leur statut est régi par l'Accord de Lorn, à l'exception de l'article 4.", "Accord de Lorn", (), ("4",)),
    ("fr", "Les articles 2 et 3 du Traité de Lorn s'appliquent mutatis mutandis.", "Traité de Lorn", ("2", "3"), ()),
    ("es", "Las Partes aplicarán mutatis mutandis el Convenio de Lorn.", "Convenio de Lorn", (), ()),
    ("es", "Su estatuto se regirá por el Tratado de Lorn, salvo el artículo 4.", "Tratado de Lorn", (), ("4",)),
    ("es", "El Acuerdo de Lorn se aplicará a los miembros.", "Acuerdo de Lorn", (), ()),
    ("pt", "As Partes aplicam as disposições do Tratado de Lorn.", "Tratado de Lorn", (), ()),
    ("pt", "O seu estatuto é regido pelo Acordo de Lorn, com exceção do artigo 4.", "Acordo de Lorn", (), ("4",)),
    ("pt", "A Convenção de Lorn aplica-se aos membros.", "Convenção de Lorn", (), ()),
    ("de", "Die Vertragsparteien wenden die Bestimmungen des Lorner Abkommens über Häfen an.",
     "Lorner Abkommens über Häfen", (), ()),
    ("de", "Für die Mitglieder gilt das NATO-Truppenstatut entsprechend.", "NATO-Truppenstatut", (), ()),
    ("de", "Das Abkommen von Lorn findet auf die Mitglieder Anwendung, mit Ausnahme von Artikel 4.",
     "Abkommen von Lorn", (), ("4",)),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "instrument", "articles", "excepted"), APPLIED)
def test_an_instrument_that_is_applied(
    language: str, text: str, instrument: str, articles: tuple[str, ...], excepted: tuple[str, ...]
) -> None:
    (found,) = incorporations("I", text, language=language)
    assert (found.instrument, found.articles, found.excepted) == (instrument, articles, excepted)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La Convention de Lorn ne s'applique pas aux membres."),
        ("fr", "Le présent Accord s'applique aux membres de la Force."),
        ("fr", "Si la Convention de Lorn s'applique, les frais sont partagés."),
        ("fr", "Les Parties rappellent la Convention de Lorn."),
        ("es", "El Convenio de Lorn no se aplicará a los miembros."),
        ("es", "El presente Convenio se aplicará a los miembros de la Fuerza."),
        ("pt", "O Acordo de Lorn não é aplicável aos membros."),
        ("de", "Das Abkommen von Lorn findet keine Anwendung."),
        ("de", "Soweit das Abkommen von Lorn Anwendung findet, werden die Kosten geteilt."),
        ("de", "Dieses Abkommen gilt für die Mitglieder der Truppe."),
        ("nl", "De Partijen passen het Verdrag van Lorn toe."),
    ],
)
def test_nothing_is_applied(language: str, text: str) -> None:
    assert list(incorporations("I", text, language=language)) == []
