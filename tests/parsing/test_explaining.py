"""Heads that explain an article of another instrument (`Re Article 5`) are heads of their own, and no articles here."""

import pytest

from agreements.model import Agreement
from agreements.parsing import parse
from agreements.parsing.explaining import explains_article
from agreements.reading import read_text
from agreements.reference import places

AGREEMENT = """AGREEMENT BETWEEN LORN AND VELMAR ON LIGHTHOUSES

The Government of Lorn and the Government of Velmar have agreed as follows:

Article 1

1. The Parties shall keep the lighthouses open by night.

2. They shall tell each other of every storm.

Article 2

1. The oil shall be free.

2. The lamps shall be of brass.

Done at Lorn on 3 May 2011.

"""
PROTOCOL = """PROTOCOL OF SIGNATURE

At the time of signing the Agreement between Lorn and Velmar on Lighthouses, the undersigned have agreed on this:

Re Article 1

The lamps named in paragraph 2 are lit at dusk.

Re Article 2, paragraph 2

1. The oil named in paragraph 2 is free.

2. Article 1 does not apply to it, nor does Article 2 of this Protocol.

Ad Article 7

Nothing is lit by day.

Done at Lorn on 3 May 2011.
"""


def read(text: str) -> Agreement:
    return parse(read_text(text), id="x").agreement


def marks(agreement: Agreement) -> list[tuple[str, str]]:
    own = [p for d in agreement.documents for p in d.walk() if d.role == "protocol" or len(agreement.documents) == 1]
    return [(p.text[m.start : m.end], m.target) for p in own for m in p.marks if m.kind == "reference"]


@pytest.mark.parametrize(
    "line",
    [
        "Re Article 1", "RE ARTICLE IV", "Re Article I, paragraph 1, sub-paragraph (a)", "ad Article V",
        "**Ad Article 4**", "Ad Articles 5, 6, 7, 13 and 25", "Re Article 2 (maritime affairs)",
        "Re Article V, paragraph 1, second sentence",
        "Zu Artikel 3", "Zu Artikel 5 Absatz 2", "Ad article 5, paragraphe 2", "With reference to Article III:",
        "Ad artículo 3", "Ad articolo 4", "To Article 3",
    ],
)  # fmt: skip
def test_a_line_that_explains(line: str) -> None:
    assert explains_article(line)


@pytest.mark.parametrize(
    "line",
    [
        "Article 1", "Re Article 1: The lamps are lit.", "to Article 3", "To Article 3 the Parties add a lamp",
        "Re lamps",
        "Zu Artikel 3 wird erklärt", "Concerning Article 5 it was agreed", "Re Article", "Sur les articles", "",
    ],
)  # fmt: skip
def test_a_line_that_does_not(line: str) -> None:
    assert not explains_article(line)


def test_what_stands_below_such_a_head_is_of_it() -> None:
    found = read(PROTOCOL)
    assert not [p for d in found.documents for p in d.walk() if p.kind in ("article", "section", "part")]
    heads = {p.text: [child.text[:12] for child in p.children] for d in found.documents for p in d.walk() if p.children}
    assert heads["Re Article 1"] == ["The lamps na"]
    assert heads["Re Article 2, paragraph 2"] == ["The oil name", "Article 1 do"]
    assert heads["Ad Article 7"] == ["Nothing is l"]


def test_references_below_it_go_to_the_agreement_that_it_explains() -> None:
    found = read(AGREEMENT + PROTOCOL)
    held = {place.path for place in places(found)}
    assert marks(found) == [
        ("Article 1", "1"),
        ("paragraph 2", "1.2"),
        ("Article 2, paragraph 2", "2.2"),
        ("paragraph 2", ""),  # its own second point, or that of the article: nobody knows
        ("Article 1", "1"),
        ("Article 2", ""),  # of this Protocol, which has none
        ("Article 7", ""),
    ]
    assert {target for _, target in marks(found) if target} <= held


def test_a_protocol_that_stands_alone_means_no_article_of_its_own() -> None:
    own = PROTOCOL.replace("Re Article 1\n", "Article 1\n\nThis Protocol is part of the Agreement.\n\nRe Article 1\n")
    found = dict(marks(read(own)))
    assert found["Article 2, paragraph 2"] == ""
    assert found["Article 1"] == ""
    assert found["paragraph 2"] == ""


def test_in_german_too() -> None:
    text = """PROTOKOLL

Bei der Unterzeichnung des Abkommens über Leuchttürme haben die Unterzeichneten folgende Bestimmungen vereinbart:

Zu Artikel 3

Der Begriff umfasst nicht die Feuerschiffe nach Absatz 1 und nach Artikel 3.

Zu Artikel 5 Absatz 2

Das Öl ist frei und wird nicht besteuert.

Geschehen zu Lorn am 3. Mai 2011.
"""
    found = read(text)
    assert {target for _, target in marks(found)} == {""}
    heads = [p.text for d in found.documents for p in d.walk() if p.children and p.kind == "text"]
    assert heads == ["Zu Artikel 3", "Zu Artikel 5 Absatz 2"]
