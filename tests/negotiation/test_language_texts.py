"""Texts in other languages: sent, returned, compared, certified; any change of either text voids the certificate."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agreements.errors import NotFoundError
from agreements.library import Desk
from agreements.negotiation.calendar import calendar
from agreements.negotiation.records import RecordError

FRENCH = """\
# Accord entre Valdoria et Tamaris relatif au statut des forces en visite

## Article premier: Définitions
Dans le présent Accord, le terme « force » désigne les forces armées de Valdoria.
"""
ID = "tamaris-sofa"


@pytest.fixture
def french(tmp_path: Path) -> Path:
    path = tmp_path / "accord.md"
    path.write_text(FRENCH, encoding="utf-8")
    return path


@pytest.fixture
def certified(kept: str, tmp_path: Path, french: Path) -> Desk:
    """A desk with the French text of text 2 sent, returned, compared and certified, by the acts 8 to 11."""
    assert kept == ID
    desk = Desk(tmp_path / "repo")
    desk.keep_language_step(ID, "French", "sent", {"by": "LS", "date": "2026-05-01", "due": "2026-05-20"})
    desk.keep_language_step(ID, "fr", "returned", {"by": "LS", "date": "2026-05-18"}, file=french)
    desk.keep_language_step(ID, "fr", "compared", {"by": "LS", "date": "2026-05-19"})
    desk.keep_language_step(ID, "fr", "certified", {"by": "LS", "date": "2026-05-20"})
    return desk


def standing(desk: Desk) -> Any:
    (found,) = desk.language_standings(ID)
    return found


def findings(desk: Desk) -> list[Any]:
    return [concern.finding for concern in desk.doctor().concerns]


def test_each_step_says_who_when_and_on_which_two_texts(certified: Desk) -> None:
    sent, returned, compared, given = certified.negotiation_status(ID).negotiation.language_texts
    tabled = certified.negotiation_status(ID).negotiation.texts[-1]
    assert {step.sha256 for step in (sent, returned, compared, given)} == {tabled.sha256}
    assert (sent.translation, sent.due) == ("", "2026-05-20")
    assert {step.translation for step in (compared, given)} == {returned.translation}
    assert returned.name == "accord.md"
    assert standing(certified).stands
    assert standing(certified).said == "French: certified 2026-05-20 by LS on text 2"


def test_a_later_text_voids_the_certificate_everywhere(
    certified: Desk, texts: tuple[Path, Path], run: Callable[..., Any], tmp_path: Path
) -> None:
    certified.keep_text(ID, texts[0], "us", {"date": "2026-06-01"})
    assert standing(certified).void == ("text 3 (tabled 2026-06-01) came after",)
    shown = " ".join(run("negotiation", "status", ID)[1].split())
    assert "French: certificate VOID (certified 2026-05-20 by LS on text 2): text 3 (tabled 2026-06-01) came" in shown
    (row,) = [d for d in calendar(certified.repository, [ID]) if "certified anew" in d.subject.title]
    assert row.due == ""
    assert "the certificate is void: text 3 (tabled 2026-06-01) came after" in row.missing
    target = tmp_path / "brief.docx"
    assert run("negotiation", "brief", ID, "-o", target)[0] == 0
    with zipfile.ZipFile(target) as package:
        assert "certificate VOID" in package.read("word/document.xml").decode()


def test_another_translation_voids_it_and_a_new_certificate_stands(certified: Desk, french: Path) -> None:
    french.write_text(FRENCH.replace("désigne", "s'entend de"), encoding="utf-8")
    certified.keep_language_step(ID, "fr", "returned", {"by": "LS", "date": "2026-05-22"}, file=french)
    assert standing(certified).void == ("another French text was returned 2026-05-22",)
    certified.keep_language_step(ID, "fr", "certified", {"by": "LS", "date": "2026-05-23"})
    assert standing(certified).stands


def test_a_file_changed_in_its_place_voids_it(certified: Desk) -> None:
    (path,) = (certified.repository.root / "negotiations" / ID / "texts").glob("fr-*")
    path.write_text(FRENCH + "\n2. De plus.\n", encoding="utf-8")
    assert standing(certified).void == ("the file of the French text is no longer the one that was certified",)
    assert any("is not the file that was kept" in f.message for f in findings(certified))


def test_a_certificate_is_undone_on_record_and_its_file_stays(certified: Desk, run: Callable[..., Any]) -> None:
    certified.undo(11)
    assert standing(certified).said == "French: compared 2026-05-19 by LS on text 2; not certified"
    assert "language text fr certified of 2026-05-20 (undone" in " ".join(run("negotiation", "status", ID)[1].split())
    for act in (10, 9):
        certified.undo(act)
    assert list((certified.repository.root / "negotiations" / ID / "texts").glob("fr-*"))
    assert not [f for f in findings(certified) if f.code == "orphan"]


def test_a_text_sent_is_due_in_the_calendar_until_it_is_back(kept: str, tmp_path: Path, french: Path) -> None:
    desk = Desk(tmp_path / "repo")
    desk.keep_language_step(ID, "fr", "sent", {"by": "LS", "due": "2026-05-20"})
    assert [d.due for d in calendar(desk.repository, [ID]) if d.subject.title == "French text back from LS"] == [
        "2026-05-20"
    ]
    desk.keep_language_step(ID, "fr", "returned", {"by": "LS"}, file=french)
    assert not [d for d in calendar(desk.repository, [ID]) if d.subject.title == "French text back from LS"]


def test_a_text_of_the_record_may_be_the_one_in_the_language(kept: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "repo")
    desk.keep_language_step(ID, "fr", "certified", {"by": "LS", "text": 1, "other": 2})
    assert standing(desk).stands  # text 2 is the other language, and no later text


def test_what_is_missing_is_refused(kept: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "repo")
    with pytest.raises(RecordError, match="No text in French is kept"):
        desk.keep_language_step(ID, "fr", "certified", {"by": "LS"})
    with pytest.raises(RecordError, match="who did it"):
        desk.keep_language_step(ID, "fr", "sent", {})
    with pytest.raises(NotFoundError):
        desk.keep_language_step(ID, "Elvish", "sent", {"by": "LS"})
    with pytest.raises(RecordError, match="no text 9"):
        desk.keep_language_step(ID, "fr", "sent", {"by": "LS", "text": 9})


def test_the_command_line_says_how_each_language_stands(kept: str, run: Callable[..., Any], french: Path) -> None:
    assert run("negotiation", "language", ID)[1] == "No text in another language is recorded.\n"
    status, shown, _ = run("negotiation", "language", ID, "French", "sent", "--by", "LS", "--date", "2026-05-01")
    assert (status, shown) == (0, "French: sent 2026-05-01 by LS on text 2; not certified.\n")
    run("negotiation", "language", ID, "French", "returned", french, "--by", "LS", as_json=True)
    found = run("negotiation", "language", ID, "French", "certified", "--by", "LS", as_json=True)
    assert (found[0]["language"], found[0]["certified"], found[0]["void"]) == ("fr", True, [])
    assert run("negotiation", "language", ID, "French")[0] == 2


def test_a_certificate_of_another_text_than_the_one_that_is_signed_is_open(certified: Desk) -> None:
    certified.set_signing(ID, {"text": 1, "languages": ["English", "French"]})
    (first, *_) = certified.signing_sheet(ID, day="2026-06-02").sections
    assert any("not a certificate of text 1, which is signed" in line.words for line in first.lines)
    certified.set_signing(ID, {"text": 2})
    (first, *_) = certified.signing_sheet(ID, day="2026-06-02").sections
    assert not any(line.name == "Language" for line in first.lines), "English is the text's own, French is certified"
    certified.set_signing(ID, {"languages": ["English", "French", "German"]})
    (first, *rest) = certified.signing_sheet(ID, day="2026-06-02").sections
    assert [line.words.partition(":")[0] for line in first.lines if line.name == "Language"] == ["German"]
    said = [line.words for section in rest for line in section.lines if line.name == "Language"]
    assert any(words.startswith("English: the language of text 2, against which") for words in said)


def test_a_step_of_a_day_before_the_one_ahead_of_it_is_told(kept: str, tmp_path: Path, french: Path) -> None:
    desk = Desk(tmp_path / "repo")
    desk.keep_language_step(kept, "fr", "sent", {"by": "LS", "date": "2026-05-21"})
    desk.keep_language_step(kept, "fr", "returned", {"by": "LS", "date": "2026-05-12"}, file=french)
    assert "that is before the day on which it was sent (2026-05-21)" in standing(desk).said


def test_a_step_of_a_day_before_its_text_is_told_for_as_long_as_it_stands(
    kept: str, tmp_path: Path, french: Path
) -> None:
    desk = Desk(tmp_path / "repo")
    (text,) = [each for each in desk.negotiation_status(ID).negotiation.texts if each.number == 2]
    desk.keep_language_step(kept, "fr", "sent", {"by": "LS", "date": "2020-01-02"})
    assert f"that is before text 2 ({text.how} {text.date})" in standing(desk).said
    desk.keep_language_step(kept, "fr", "returned", {"by": "LS", "date": "2026-05-12"}, file=french)
    assert f"sent 2020-01-02 is before text 2 ({text.how} {text.date})" in standing(desk).said


def test_a_file_in_another_language_than_it_is_kept_as_is_told(
    kept: str, run: Callable[..., Any], tmp_path: Path
) -> None:
    english = tmp_path / "english.md"
    english.write_text("# Agreement\n\n## Article 1\nThe Parties shall consult each other before any visit.\n", "utf-8")
    told = run("negotiation", "language", kept, "French", "returned", english, "--by", "LS")[1]
    assert "english.md is kept as French and reads as English" in told
