"""Which texts a closing calls authentic and which prevails, in the words of each language."""

import pytest

from agreements.languages import authentic

ALIKE = ("alike", "")
ROWS = [
    ("en", "DONE in the English and French languages, both texts being equally authentic.", ALIKE),
    ("en", "In English, French and Arabic, the English and French texts being equally authentic.", ("alone", "en fr")),
    ("en", "Done in English and French, the English text of which shall be authentic.", ("alone", "en")),
    ("en", "Done in the English language; the French text shall be considered equally authentic.", ALIKE),
    ("en", "Done in English and French, the latter being authentic.", ("unread", "")),
    ("en", "Done in English, the French text prevailing.", ("unread", "")),
    ("en", "In case of divergence the French text shall prevail.", ("prevailing", "fr")),
    ("fr", "Fait en langues française et anglaise, le texte français faisant foi.", ("alone", "fr")),
    ("fr", "Fait en langues française et anglaise, chacun des textes faisant foi.", ALIKE),
    ("fr", "Fait en langues française et anglaise, le premier, seul, faisant foi.", ("unread", "")),
    ("es", "Hecho en inglés y español, siendo ambos textos igualmente auténticos.", ALIKE),
    ("es", "En caso de divergencia prevalecerá el texto en inglés.", ("prevailing", "en")),
    ("de", "in deutscher und englischer Sprache, wobei jeder Wortlaut gleichermaßen verbindlich ist.", ALIKE),
    ("de", "in deutscher und englischer Sprache, wobei der deutsche Wortlaut verbindlich ist.", ("alone", "de")),
    ("it", "nelle lingue inglese e italiana, facendo fede il solo testo italiano.", ("alone", "it")),
    ("pt", "em português e inglês, sendo ambos os textos igualmente autênticos.", ALIKE),
    ("pl", "w językach polskim i angielskim, przy czym tekst polski jest rozstrzygający.", ("prevailing", "pl")),
    ("pl", "w językach polskim i angielskim, przy czym oba teksty są jednakowo autentyczne.", ALIKE),
    ("ru", "на русском и английском языках, причем аутентичным является русский текст.", ("alone", "ru")),
    ("ru", "на русском и английском языках, причем оба текста имеют одинаковую силу.", ALIKE),
    ("ar", "باللغتين العربية والإنجليزية، والنصان متساويان في الحجية.", ALIKE),
    ("ar", "وفي حالة الاختلاف يرجح النص الإنجليزي.", ("prevailing", "en")),
    ("nl", "in de Nederlandse en de Engelse taal, zijnde de Engelse tekst authentiek.", ("alone", "en")),
    ("nl", "in de Nederlandse en de Engelse taal, zijnde beide teksten gelijkelijk authentiek.", ALIKE),
    ("ja", "解釈に相違がある場合には、英語の本文による。", ("prevailing", "en")),
    ("ko", "해석상의 차이가 있는 경우 영어본이 우선한다.", ("prevailing", "en")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words", "said"), ROWS, ids=[f"{code}-{n}" for n, (code, *_) in enumerate(ROWS)])
def test_what_is_authentic_is_told_with_the_text_that_it_is_said_of(
    code: str, words: str, said: tuple[str, str]
) -> None:
    found = authentic.said_in(words, code)
    told = [("alike", "")] if found.alike else []
    told += [("alone", " ".join(sorted(found.alone)))] if found.alone else []
    told += [("prevailing", " ".join(found.prevailing))] if found.prevailing else []
    told += [("unread", "")] if found.unread else []
    assert told == [said]
