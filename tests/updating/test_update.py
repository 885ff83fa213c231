"""`draft update`: what was edited in Word is carried over into a draft that is assembled anew."""

import copy
import json
import re
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from agreements import library
from agreements.__main__ import main
from agreements.drafting.provenance import SUFFIX, own_words, read_provenance
from agreements.errors import AgreementsError, NotFoundError, ParameterError
from agreements.intake.files import parse_file
from agreements.language.typesetting import typeset
from agreements.reference import places

DRAFTS = Path(__file__).resolve().parents[2] / "docs/examples/drafts"


class Folder:
    """A folder with a parameter file, the draft made of it, and that draft open in Word."""

    def __init__(self, folder: Path, example: str = "transit-karuzhan", *, key: str = "") -> None:
        self.folder, self.parameters = folder, folder / "my.yaml"
        source = (DRAFTS / f"{example}.yaml").read_text(encoding="utf-8")
        self.parameters.write_text(f"{source}draft_key: {key}\n" if key else source, encoding="utf-8")
        library.assemble_file(self.parameters, folder / "draft.docx")
        self.word: Document = docx.Document(str(folder / "draft.docx"))
        self.edited = folder / "draft.docx"

    def paragraph(self, words: str) -> Paragraph:
        return next(p for p in self.word.paragraphs if words in p.text)

    def type_over(self, old: str, new: str) -> None:
        run = next(run for run in self.paragraph(old).runs if old in run.text)
        run.text = run.text.replace(old, new, 1)

    def add_after(self, words: str, new: str) -> None:
        """Copy the paragraph with `words`, as a person does who types a paragraph after it."""
        first = self.paragraph(words)
        made = copy.deepcopy(first._p)
        for mark in made.xpath(".//w:bookmarkStart | .//w:bookmarkEnd"):
            mark.getparent().remove(mark)
        first._p.addnext(made)
        paragraph = Paragraph(made, first._parent)
        for run in paragraph.runs[1:]:
            run._r.getparent().remove(run._r)
        paragraph.runs[0].text = new

    def remove(self, words: str) -> None:
        paragraph = self.paragraph(words)._p
        paragraph.getparent().remove(paragraph)

    def save(self, name: str = "edited.docx") -> None:
        self.edited = self.folder / name
        self.word.save(str(self.edited))

    def set(self, old: str, new: str) -> None:
        source = self.parameters.read_text(encoding="utf-8")
        assert source.count(old) == 1
        self.parameters.write_text(source.replace(old, new), encoding="utf-8")

    def update(self, name: str = "new.docx", **options: object) -> library.UpdateReport:
        return library.update_draft(self.parameters, self.edited, self.folder / name, **options)  # type: ignore[arg-type]


def words_of(file: Path) -> dict[str, str]:
    """The words of each provision by its path, with the marks of a keyboard."""
    straight = typeset(parse_file(file).agreement, "straight")
    return {place.path: own_words(place.provision) for place in places(straight)}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_without_edits_the_file_is_that_of_a_fresh_assembly(folder: Folder) -> None:
    folder.set("validity: {hours: 96}", "validity: {hours: 48}")
    report = folder.update()
    fresh = library.assemble_file(folder.parameters, folder.folder / "fresh.docx")
    assert report.files[0].read_bytes() == fresh.files[0].read_bytes()
    assert (report.edits, report.conflicts, report.unplaced) == (0, (), ())


def test_words_that_were_typed_stand_beside_what_a_parameter_changes(folder: Folder) -> None:
    folder.type_over("Within that time a change of hour", "Within that period a change of hour")
    folder.type_over("grants a right of passage only", "grants a right of overflight only")
    folder.save()
    folder.set("validity: {hours: 96}", "validity: {hours: 48}")
    report = folder.update()
    now = words_of(report.files[0])
    assert "for forty-eight (48) hours. Within that period a change" in now["IV.2"]
    assert "grants a right of overflight only" in now["I.2"]
    assert (report.edits, report.conflicts, report.unplaced) == (2, (), ())


def test_words_that_both_changed_stand_twice_in_brackets_and_are_told(folder: Folder) -> None:
    folder.type_over("ninety-six (96) hours. Within", "ninety (90) hours after notice. Within")
    folder.save()
    folder.set("validity: {hours: 96}", "validity: {hours: 48}")
    report = folder.update()
    said = words_of(report.files[0])["IV.2"]
    assert re.search(r"\[EDITED: [^]]*ninety \(90\)[^]]*after notice[^]]*\] \[ASSEMBLED: [^]]*forty-eight \(48\)", said)
    assert [conflict.path for conflict in report.conflicts] == ["IV.2"]
    assert report.typed == ()  # more than a value was typed
    marks = [m for p in places(report.draft.agreement) if p.path == "IV.2" for m in p.provision.marks]  # type: ignore[arg-type]
    assert "bracket" in {mark.kind for mark in marks}


def test_what_came_and_went_by_hand_keeps_its_place_and_references_follow(folder: Folder) -> None:
    folder.add_after("No charges of any kind", "Fees of agents are charges.")
    on = False
    for paragraph in list(folder.word.paragraphs):  # the whole of Article V
        on = (on or paragraph.text.endswith("Air Routes")) and not paragraph.text.endswith("Passage without Landing")
        if on:
            paragraph._p.getparent().remove(paragraph._p)
    folder.save()
    report = folder.update()
    now = words_of(report.files[0])
    assert now["VIII.2"] == "Fees of agents are charges."
    assert "to which Articles VI and XI apply" in now["V.1"]
    assert "In particular, Article XIII shall" in now["XVI.6"]
    assert not any("Air Routes" in words for words in now.values())
    with_fields = {p.path: p.provision for p in places(report.draft.agreement)}["V.1"]  # type: ignore[arg-type]
    assert [m.target for m in with_fields.marks if m.kind == "reference"] == ["VI", "XI"]


def test_an_edit_of_a_clause_that_goes_and_a_deletion_of_one_that_changes_are_told(folder: Folder) -> None:
    folder.remove("A transit permission is valid")
    folder.type_over("No charges of any kind", "No charges of whatever kind")
    folder.save()
    folder.set("validity: {hours: 96}", "validity: {hours: 48}")
    folder.set("fees_rule: exempt", "fees_rule: tariff")
    report = folder.update()
    assert {(c.path, c.edited is None) for c in report.conflicts} == {("IV.2", True), ("IX.1", False)}
    text = "\n".join(words_of(report.files[0]).values())
    assert "[ASSEMBLED: A transit permission is valid" in text
    assert text.count("of whatever kind") == 1


def test_the_next_update_finds_the_same_edits_again(folder: Folder) -> None:
    folder.add_after("No charges of any kind", "Fees of agents are charges.")
    folder.remove("Karuzhan shall give transit aircraft the same traffic service")
    folder.type_over("grants a right of passage only", "grants a right of overflight only")
    folder.save()
    first = folder.update()
    folder.edited = first.files[0]
    second = folder.update("second.docx")
    assert second.files[0].read_bytes() == first.files[0].read_bytes()
    assert (second.edits, second.added, second.deleted) == (first.edits, first.added, first.deleted) == (1, 1, 1)
    folder.set("lead_time: {hours: 72}", "lead_time: {hours: 60}")
    third = words_of(folder.update("third.docx").files[0])
    assert "sixty (60) hours" in third["IV.1"]
    assert third["IX.2"] == "Fees of agents are charges."
    assert not any("same traffic service" in words for words in third.values())


def test_a_value_that_was_typed_over_is_listed_and_taken_when_asked(folder: Folder) -> None:
    folder.type_over("sixty (60) days", "90 days")
    folder.save()
    before = folder.parameters.read_text(encoding="utf-8")
    report = folder.update("listed.docx")
    assert [(t.name, t.was, t.typed, t.path) for t in report.typed] == [
        ("termination_notice", "sixty (60) days", "90 days", "XVII.4")
    ]
    assert folder.parameters.read_text(encoding="utf-8") == before
    taken = folder.update(take=["termination_notice"])
    after = folder.parameters.read_text(encoding="utf-8")
    assert after == before.replace("termination_notice: {days: 60}", "termination_notice: {days: 90}")
    assert "ninety (90) days" in words_of(taken.files[0])["XVII.4"]
    assert taken.conflicts == ()
    with pytest.raises(ParameterError, match=r"Nothing was typed over in the place of validity"):
        folder.update("no.docx", take=["validity"])


def test_a_paragraph_in_a_style_of_its_own_changes_nothing_else(folder: Folder) -> None:
    before = words_of(folder.edited)
    typed = folder.paragraph("A request or notice shall be made").insert_paragraph_before("Nobody numbered this.")
    typed.style = folder.word.styles["Normal"]
    folder.save()
    report = folder.update()
    assert (report.edits, report.added, report.deleted, report.moved, report.unplaced) == (0, 1, 0, 0, ())
    made = report.draft.agreement
    assert made
    assert [d.title for d in made.documents][1:] == ["Routes", "Form of Request"]
    now = [own_words(p.provision) for p in places(made)]
    now.remove("Nobody numbered this.")
    assert now == [*before.values()]


def test_tracked_changes_count_as_made(folder: Folder) -> None:
    run = next(run for run in folder.paragraph("right of passage only").runs if "right of passage only" in run.text)
    tracked = copy.deepcopy(run._r)
    inserted = run._r.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {})
    for name, value in (("id", "900"), ("author", "A"), ("date", "2026-11-22T00:00:00Z")):
        inserted.set(f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}", value)
    run._r.addnext(inserted)
    inserted.append(tracked)
    tracked.text = " It lapses without use."
    folder.save()
    assert "It lapses without use." in words_of(folder.update().files[0])["I.2"]


def test_no_file_is_written_over_that_was_edited_and_a_record_is_needed(folder: Folder) -> None:
    folder.save()
    with pytest.raises(AgreementsError, match="never written over"):
        folder.update("edited.docx")
    with pytest.raises(AgreementsError, match="not written over"):
        folder.update("draft.docx")
    (folder.folder / f"draft{SUFFIX}").unlink()
    with pytest.raises(NotFoundError, match="provenance"):
        folder.update()


def test_both_originals_have_the_edits_and_each_its_record(folder: Folder, tmp_path: Path) -> None:
    folder.type_over("grants a right of passage only", "grants a right of overflight only")
    folder.save()
    report = folder.update("both")
    assert [file.name for file in report.files] == ["my-us.docx", "my-partner.docx"]
    for file in report.files:
        assert "right of overflight only" in words_of(file)["I.2"]
        assert read_provenance(file.with_name(f"{file.stem}{SUFFIX}")).files == (file.name,)


def test_the_two_notes_of_an_exchange_are_named_both(tmp_path: Path) -> None:
    folder = Folder(tmp_path, "flights-marena")
    reply = docx.Document(str(tmp_path / "draft-reply.docx"))
    run = next(r for p in reply.paragraphs for r in p.runs if len(r.text) > 40)
    run.text += " zqreply"
    reply.save(str(tmp_path / "edited-reply.docx"))
    folder.save("edited.docx")
    alone = folder.update("alone.docx")
    assert any("reply note is not in the file" in line for line in alone.unplaced)
    both = library.update_draft(folder.parameters, [folder.edited, tmp_path / "edited-reply.docx"], tmp_path / "n.docx")
    assert both.unplaced == ()
    assert "zqreply" in "\n".join(words_of(both.files[1]).values())
    assert "zqreply" not in "\n".join(words_of(both.files[0]).values())


def test_the_command_prints_what_a_person_must_see(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.type_over("sixty (60) days", "ninety (90) days")
    folder.save()
    given = [
        "draft",
        "update",
        str(folder.parameters),
        "--from",
        str(folder.edited),
        "-o",
        str(folder.folder / "n.docx"),
    ]
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "termination_notice: sixty (60) days, typed ninety (90) days in XVII.4" in said
    with pytest.raises(SystemExit):
        main(["--json", *given])
    assert json.loads(capsys.readouterr().out)["typed"][0]["value"] == {"days": "90"}


def test_the_guide_shows_what_the_command_prints(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.type_over("grants a right of passage only", "grants a right of overflight only")
    folder.type_over("sixty (60) days", "ninety (90) days")
    folder.type_over("ninety-six (96) hours. Within", "ninety (90) hours after notice. Within")
    folder.save()
    folder.set("validity: {hours: 96}", "validity: {hours: 48}")
    new = str(folder.folder / "karuzhan-2.docx")
    with pytest.raises(SystemExit):
        main(["draft", "update", str(folder.parameters), "--from", str(folder.edited), "-o", new])
    printed = capsys.readouterr().out
    guide = (DRAFTS.parents[1] / "guide.md").read_text(encoding="utf-8")
    shown = re.search(r"```text\n(Provisions carried over.*?)```", guide, re.DOTALL)
    assert shown
    for line in shown.group(1).splitlines():
        assert line in printed
