"""The joint text as a Word file: read back to the letter, typed in with tracked changes, saved by LibreOffice."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from agreements import library, word
from agreements.library import parse_file
from agreements.negotiation.brackets import SIDES, Labels
from agreements.negotiation.joint import join, plain, resolve
from tests.negotiation.conftest import OURS, THEIRS, agreement
from tests.negotiation.strategies import agreements, edited

L = Labels()
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@given(st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_to_word_reads_back_for_either_side(data: st.DataObject) -> None:
    us = data.draw(agreements())
    partner = data.draw(edited(us) | agreements())
    with TemporaryDirectory() as folder:
        path = written(join(us, partner).agreement, Path(folder) / "joint.docx")
        back = plain(parse_file(path).agreement)
    for side, wanted in zip(SIDES, (us, partner), strict=True):
        assert resolve(back, side, L).documents == plain(wanted).documents


def written(joint, path: Path) -> Path:
    word.write(joint, path, options=word.WordOptions(separate_notes=False, frozen=True))
    return path


@pytest.fixture
def joint_file(tmp_path: Path) -> Path:
    """The joint text of the two texts of `conftest`."""
    return written(join(agreement(OURS), agreement(THEIRS), mark_agreed=True).agreement, tmp_path / "joint.docx")


def test_what_people_typed_in_word_with_tracked_changes_counts(joint_file: Path, tmp_path: Path) -> None:
    typed = tmp_path / "typed.docx"
    shutil.copy(joint_file, typed)
    change(typed, "[US: ninety] [PARTNER: thirty]", "sixty")
    change(typed, "[US: all] [PARTNER: direct]", "[US: all] [PARTNER: direct and indirect]")
    options = word.RedlineOptions(author="Rapporteur", date="2026-04-16")
    made = word.redline(joint_file.read_bytes(), typed.read_bytes(), options)
    tracked = tmp_path / "tracked.docx"
    tracked.write_bytes(made.content)
    before, after = (library.read_joint(path) for path in (joint_file, tracked))
    assert ("II.2", "ninety", "thirty") in [(o.path, o.us, o.partner) for o in before.open]
    assert [(o.path, o.us, o.partner) for o in after.open] == [
        ("II.2", None, ", with interest"),
        ("III", "all", "direct and indirect"),
    ]


def change(path: Path, old: str, new: str) -> None:
    """Type `new` in the place of `old`, as a person does: wherever the runs of the paragraph begin and end."""
    file = docx.Document(str(path))
    for paragraph in file.paragraphs:
        if old in paragraph.text:
            text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run._element.getparent().remove(run._element)
            paragraph.runs[0].text = text
            file.save(str(path))
            return
    raise AssertionError(f"{old} is not in the file")


def test_a_new_paragraph_of_another_hand_is_read_too(joint_file: Path) -> None:
    file = docx.Document(str(joint_file))
    claims = next(p for p in file.paragraphs if "with interest" in p.text)
    claims.insert_paragraph_before("[PARTNER: The Parties shall consult on claims every year.]")
    file.save(str(joint_file))
    report = library.read_joint(joint_file)
    assert "The Parties shall consult on claims every year." in [o.partner for o in report.open]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("[PARTNER: thirty] days", "[PARTNER: thirty days", "bracket", "is not closed"),
        ("[PARTNER: thirty]", "[TAMARIS: thirty]", "bracket", "TAMARIS is the label of no side"),
        ('means the armed', 'means [US: all] the armed', "agreed-but-open", "marked ad referendum"),
    ],
)  # fmt: skip
def test_what_was_typed_wrongly_is_told(joint_file: Path, old: str, new: str, code: str, says: str) -> None:
    assert library.read_joint(joint_file).findings == ()
    change(joint_file, old, new)
    found = library.read_joint(joint_file).findings
    assert [(f.code, says in f.message) for f in found] == [(code, True)]


def test_the_file_is_sound(joint_file: Path) -> None:
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(joint_file)
    assert [str(error) for error in found.errors] == []


def test_nothing_of_our_own_leaves_with_it(joint_file: Path) -> None:
    assert library.handover(joint_file).found == ()


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_saved_by_libreoffice_it_has_the_same_open_places(joint_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "again"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "docx", "--outdir", str(out), str(joint_file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    before, after = (library.read_joint(path) for path in (joint_file, out / joint_file.name))
    assert [(o.path, o.us, o.partner) for o in after.open] == [(o.path, o.us, o.partner) for o in before.open]
    assert after.agreed == before.agreed
    for side in SIDES:
        assert resolve(after.agreement, side, L).documents == resolve(before.agreement, side, L).documents
