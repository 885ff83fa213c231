"""Two language texts held against each other: true pairs are left alone, what was planted is told, nothing conforms."""

import importlib.util
import itertools
import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.commands import main
from agreements.conformity import Conformity
from agreements.errors import AgreementsError, NotFoundError
from tests.word.auditing import audited

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "benchmarks" / "data" / "conformity"
PAIRS = [
    (name, a, b)
    for name, codes in (("training", ("en", "fr", "es", "de")), ("fuel", ("en", "fr", "pl", "ar")),
                        ("customs", ("en", "fr", "es", "it")))
    for a, b in itertools.combinations(codes, 2)
]  # fmt: skip


def _benchmark() -> Any:
    spec = importlib.util.spec_from_file_location("conformity_benchmark", ROOT / "benchmarks" / "conformity.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()


def held(tmp_path: Path, one: str, other: str, *codes: str) -> Conformity:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, text in zip(paths, (one, other), strict=True):
        path.write_text(text, encoding="utf-8")
    return library.conform(None, str(paths[0]), str(paths[1]), languages=codes)


def text(name: str, code: str) -> str:
    return (DATA / f"{name}.{code}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "a", "b"), PAIRS)
def test_texts_that_state_the_same_are_left_alone(name: str, a: str, b: str) -> None:
    found = library.conform(None, str(DATA / f"{name}.{a}.txt"), str(DATA / f"{name}.{b}.txt"))
    assert [each.said for each in found.differs] == []
    assert (found.a_language, found.b_language) == (a, b)
    assert found.compared["articles"] >= 6
    assert found.not_examined


@pytest.mark.parametrize("plant", BENCHMARK.PLANTS, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_told(plant: Any, tmp_path: Path) -> None:
    kept = BENCHMARK.texts(["training", "fuel", "customs"])
    rng = random.Random(7)
    for name, a, b in [
        ("training", "en", "fr"),
        ("training", "de", "es"),
        ("customs", "fr", "it"),
        ("fuel", "en", "fr"),
    ]:
        made = plant(kept[name][b], b, rng)
        if made is not None:
            told, _ = BENCHMARK.told(tmp_path, kept[name][a], made)
            assert told, f"{name} {a}/{b}: {made.what}"


def test_both_places_and_both_words_are_named(tmp_path: Path) -> None:
    other = text("training", "fr").replace("quarante-cinq (45) jours", "quatre-vingt-dix (90) jours")
    (found,) = held(tmp_path, text("training", "en"), other).differs
    assert (found.subject, found.a_place, found.b_place) == ("periods", "5.2", "5.2")
    assert (found.a_words, found.b_words) == ("forty-five (45) days", "quatre-vingt-dix (90) jours")


def test_a_state_that_only_one_text_names_is_told(tmp_path: Path) -> None:
    other = text("training", "es").replace("los reglamentos del Estado anfitrión", "los reglamentos de Francia")
    (found,) = held(tmp_path, text("training", "en"), other).differs
    assert (found.subject, found.a_place, found.b_words) == ("names", "7.3", "Francia")


def test_a_definition_without_its_term_is_told(tmp_path: Path) -> None:
    other = text("training", "de").replace("bezeichnet der Ausdruck „Angehöriger“ den", "sind Angehörige der")
    (found,) = held(tmp_path, text("training", "en"), other).differs
    assert (found.subject, found.a_place) == ("defined terms", "1.c")


def test_a_text_that_prevails_in_one_language_alone_is_told(tmp_path: Path) -> None:
    other = text("customs", "fr").replace(" En cas de divergence, le texte anglais prévaut.", "")
    (found,) = held(tmp_path, text("customs", "en"), other).differs
    assert found.subject == "languages clause"
    assert "prevails" in found.said


@pytest.mark.parametrize(
    ("code", "ours", "theirs", "rules"),
    [
        ("fr", "les quatre textes faisant également foi.", "le texte français faisant foi.", "French alone"),
        ("es", "prevalecerá el texto inglés", "prevalecerá el texto español", "Spanish prevails"),
    ],
)
def test_another_text_that_is_authentic_or_prevails_is_told(
    code: str, ours: str, theirs: str, rules: str, tmp_path: Path
) -> None:
    assert ours in text("customs", code)
    (found,) = held(tmp_path, text("customs", "en"), text("customs", code).replace(ours, theirs)).differs
    assert found.subject == "languages clause"
    assert rules in found.said
    assert theirs.rstrip(".") in found.b_words


def test_what_is_said_of_no_text_that_could_be_told_is_not_examined(tmp_path: Path) -> None:
    other = text("customs", "fr").replace("les quatre textes faisant également foi", "le dernier faisant foi")
    found = held(tmp_path, text("customs", "en"), other)
    assert found.differs == []
    assert any("authentic" in what and "le dernier faisant foi" in why for what, why in found.not_examined)


LISTS = (
    "PROTOCOL\n\nArticle 1\n\nBelmora shall provide:\n\n(a) refueling;\n\n(b) crew transport; and\n\n(c) guarding of"
    " the aircraft.\n\nArticle 2\n\nThis Protocol shall enter into force on signature.\n"
)
FRENCH_LISTS = (
    "PROTOCOLE\n\nArticle 1\n\nBelmora fournit :\n\na) le ravitaillement en carburant ;\n\nb) le transport des"
    " équipages ; et\n\nArticle 2\n\nLe présent Protocole entre en vigueur à la date de sa signature.\n"
)


def test_an_item_that_only_its_letter_tells_is_told_as_that_and_nothing_is_made_of_short_words(tmp_path: Path) -> None:
    (found,) = held(tmp_path, LISTS, FRENCH_LISTS, "en", "fr").differs
    assert (found.subject, found.a_place, found.b_place) == ("list items", "1.c", "")
    assert "By its letter" in found.said
    assert "could not be told" in found.said


def test_an_item_that_is_proven_to_be_left_out_is_named_with_what_is_numbered_otherwise(tmp_path: Path) -> None:
    ours = LISTS.replace("crew transport", "crew transport within thirty (30) days of the request made under Article 2")
    theirs = FRENCH_LISTS.replace("le transport des équipages ; et", "la garde des aéronefs dans les dix (10) jours.")
    ours = ours.replace("guarding of the aircraft", "guarding of the aircraft within ten (10) days")
    found = held(tmp_path, ours, theirs, "en", "fr").differs
    assert [(each.subject, each.a_place) for each in found] == [("numbering", "1.c"), ("list items", "1.b")]
    assert "By its letter" not in found[1].said


def test_an_annex_of_one_text_is_told(tmp_path: Path) -> None:
    one = text("customs", "en") + "\nANNEX A\nForms\n\n1. The form is green.\n2. It is signed by an officer.\n"
    found = held(tmp_path, one, text("customs", "fr")).differs
    assert [each.subject for each in found] == ["documents"]


def test_one_file_may_hold_both_texts(tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_text(text("training", "en") + text("training", "es").replace("noventa (90)", "treinta (30)"), "utf-8")
    found = library.conform(None, str(path))
    assert [(each.subject, each.b_place) for each in found.differs] == [("periods", "2.1")]
    with pytest.raises(NotFoundError, match="no text in French"):
        library.conform(None, str(path), languages=["en", "fr"])
    with pytest.raises(NotFoundError, match="one text alone"):
        library.conform(None, str(DATA / "fuel.en.txt"))


def test_the_same_text_in_two_formats_is_left_alone(tmp_path: Path) -> None:
    library.export_file(DATA / "customs.en.txt", "docx", tmp_path / "customs.docx")
    assert library.conform(None, str(DATA / "customs.en.txt"), str(tmp_path / "customs.docx")).differs == []


@pytest.mark.parametrize("suffix", [".docx", ".html", ".md"])
def test_a_report_has_the_findings_first_and_the_texts_side_by_side(suffix: str, tmp_path: Path) -> None:
    other = text("training", "fr").replace("75 000 euros", "95 000 euros")
    found = held(tmp_path, text("training", "en"), other)
    target = library.write_conformity(found, tmp_path / f"report{suffix}")
    if suffix == ".docx":
        assert not audited(target.read_bytes())
        words = "\n".join(p.words() for d in library.parse_file(target).agreement.documents for p in d.provisions)
    else:
        words = target.read_text(encoding="utf-8")
    assert "95 000 euros" in words
    assert words.index("EUR 75,000") < words.index("side by side")
    assert "Not examined" in words
    assert "Demandes d'indemnisation" in words.replace("&#x27;", "'")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgreementsError, match="no name for a report"):
        library.write_conformity(library.conform(None, str(DATA / "fuel.en.txt"), str(DATA / "fuel.fr.txt")), "r.xlsx")


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as stopped:
        main(["conform", *words])
    return int(stopped.value.code or 0), capsys.readouterr().out


def test_no_verdict_says_that_two_texts_conform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not the command, not its JSON, not a report: whether a text conforms is for the person who certifies it."""
    other = tmp_path / "other.txt"
    other.write_text(text("fuel", "fr").replace("40 000 litres", "45 000 litres"), encoding="utf-8")
    for b, code in ((str(DATA / "fuel.fr.txt"), 0), (str(other), 1)):
        for more in ([], ["--json"], ["-o", str(tmp_path / "r.html")], ["-o", str(tmp_path / "r.md")]):
            status, shown = _run(capsys, str(DATA / "fuel.en.txt"), b, *more)
            assert status == code
            written = "".join(p.read_text(encoding="utf-8") for p in tmp_path.glob("r.*"))
            for words in (shown, written):
                plain = words.replace(str(DATA), "").replace(str(tmp_path), "").lower()
                assert "conform" not in plain
                assert "identical" not in plain
                assert "equivalent" not in plain
    assert "Not found to differ" in shown


def test_the_answer_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(text("fuel", "pl").replace("artykułu III", "artykułu II"), encoding="utf-8")
    status, shown = _run(capsys, str(DATA / "fuel.en.txt"), str(other), "--json")
    row = json.loads(shown)
    assert status == 1
    (found,) = row["differs"]
    assert (found["verdict"], found["subject"], found["a"]["place"]) == ("differs", "references", "V.1")
    assert (row["a"]["language"], row["b"]["language"]) == ("en", "pl")
    assert {"what", "compared"} == set(row["not_found_to_differ"][0])
    assert {"what", "why"} == set(row["not_examined"][0])


RAIL = (
    "AGREEMENT BETWEEN THE GOVERNMENT OF BELMORA AND THE GOVERNMENT OF TESSARIA ON {subject}\n\nArticle 1\n\n"
    "{first}\n\nArticle 2\n\nThis Agreement shall enter into force on the date of its signature.\n\n"
    "Done at Alkara on 3 May 2027, in duplicate, in the {tongues} languages, all texts being equally authentic. In"
    " case of divergence, the English text shall prevail.\n"
)
RAIL_RU = (
    "СОГЛАШЕНИЕ МЕЖДУ ПРАВИТЕЛЬСТВОМ БЕЛЬМОРЫ И ПРАВИТЕЛЬСТВОМ ТЕССАРИИ {subject}\n\nСтатья 1\n\n{first}\n\nСтатья 2"
    "\n\nНастоящее Соглашение вступает в силу с даты его подписания.\n\nСовершено в Алкаре 3 мая 2027 года в двух"
    " экземплярах, каждый на {tongues} языках, причем все тексты имеют одинаковую силу. В случае расхождений"
    " преимущественную силу имеет текст на английском языке.\n"
)
FIRST = ("The Parties shall facilitate transit.", "Стороны содействуют транзиту.")


def rail(
    tmp_path: Path, subjects: tuple[str, str], tongues: tuple[str, str], first: tuple[str, str] = FIRST
) -> Conformity:
    ours = RAIL.format(subject=subjects[0], tongues=tongues[0], first=first[0])
    theirs = RAIL_RU.format(subject=subjects[1], tongues=tongues[1], first=first[1])
    return held(tmp_path, ours, theirs, "en", "ru")


def test_a_word_in_capitals_of_a_title_is_no_state_until_it_is_proven(tmp_path: Path) -> None:
    tongues = ("English, Uzbek and Russian", "английском, узбекском и русском")
    assert rail(tmp_path, ("THE TRANSIT OF CARGO", "О ТРАНЗИТЕ ГРУЗОВ"), tongues).differs == []
    doubtful = rail(tmp_path, ("TRANSIT AND PANAMA HATS", "О ТРАНЗИТЕ И ШЛЯПАХ"), tongues)
    assert doubtful.differs == []
    assert any("PANAMA" in what and "common word" in why for what, why in doubtful.not_examined)
    body = ("The Parties shall facilitate transit through Panama.", "Стороны содействуют транзиту.")
    (told,) = rail(tmp_path, ("TRANSIT", "О ТРАНЗИТЕ"), tongues, body).differs
    assert (told.subject, told.a_words) == ("names", "Panama")


def test_a_language_without_a_word_in_the_other_tongue_is_unread_and_one_that_is_left_out_is_told(
    tmp_path: Path,
) -> None:
    subjects = ("TRANSIT", "О ТРАНЗИТЕ")
    unread = rail(tmp_path, subjects, ("English, Papiamento and Russian", "английском, папьяменто и русском"))
    assert unread.differs == []
    assert any("Papiamento" in what and "was not read" in why for what, why in unread.not_examined)
    (told,) = rail(tmp_path, subjects, ("English, Pashto and Russian", "английском и русском")).differs
    assert told.said == (
        "The closing of the English text names English, Pashto, Russian, that of the Russian text English, Russian."
    )


def test_the_text_that_prevails_is_no_language_of_the_list(tmp_path: Path) -> None:
    theirs = RAIL_RU.format(subject="О ТРАНЗИТЕ", tongues="английском и русском", first=FIRST[1])
    theirs = theirs.replace("текст на английском языке", "текст на французском языке")
    ours = RAIL.format(subject="TRANSIT", tongues="English and Russian", first=FIRST[0])
    (told,) = held(tmp_path, ours, theirs, "en", "ru").differs
    assert "says that the text in French prevails" in told.said


_ANNEXED = (
    "{title}\n\n{article} 1\n{head}\n1. {words}\n2. {row}\n\n{done}\n\n{annex} A\n{points}\n1. {first}\n2. {second}\n"
)
_IN_ENGLISH = _ANNEXED.format(
    title="Agreement between the Republic of Avaria and the Kingdom of Bessen", article="Article", head="Support",
    words="Reports are due within thirty (30) days and paid within sixty (60) days.",
    row="The Host shall provide: meals for 600 persons; up to 250,000 liters of fuel; carriage; and medical care.",
    done="DONE at Port Lume on 3 May 2027, in the English and Spanish languages.", annex="Annex",
    points="Points of contact",
    first="The staff of Avaria.", second="The staff of Bessen.",
)  # fmt: skip
_IN_SPANISH = _ANNEXED.format(
    title="Acuerdo entre la República de Avaria y el Reino de Bessen", article="Artículo", head="Apoyo",
    words="Los informes se presentan en treinta (30) días y se pagan en sesenta (60) días.",
    row="El anfitrión proporcionará: comidas para 600 personas; hasta 250.000 litros de combustible; transporte; y "
    "atención médica.", done="HECHO en Port Lume el 3 de mayo de 2027, en los idiomas inglés y español.",
    annex="Anexo", points="Puntos de contacto", first="El personal de Avaria.", second="El personal de Bessen.",
)  # fmt: skip


def _held(tmp_path: Path, english: str, spanish: str) -> list[tuple[str, str]]:
    (tmp_path / "en.txt").write_text(english, encoding="utf-8")
    (tmp_path / "es.txt").write_text(spanish, encoding="utf-8")
    found = library.conform(None, str(tmp_path / "en.txt"), str(tmp_path / "es.txt"))
    return [(each.subject, each.a_place) for each in found.differs]


def test_an_annex_that_opens_in_another_language_answers_the_annex(tmp_path: Path) -> None:
    """`Anexo A` was no annex, so that the English one stood alone and nothing in it was compared."""
    assert _held(tmp_path, _IN_ENGLISH, _IN_SPANISH) == []
    one_less = _IN_SPANISH.replace("2. El personal de Bessen.\n", "")
    assert [place for _, place in _held(tmp_path, _IN_ENGLISH, one_less)] == ["annex-a 2"]


def test_the_items_of_a_list_are_counted_between_semicolons_and_figures_in_brackets_are_none(tmp_path: Path) -> None:
    assert _held(tmp_path, _IN_ENGLISH, _IN_SPANISH.replace("; y atención médica", "")) == [("list items", "1.2")]
    found = library.conform(None, str(tmp_path / "en.txt"), str(tmp_path / "es.txt"))
    assert found.compared["list items"] == 4
