"""E-mails and archives: what is in them becomes candidates, headers are no text, nothing marked comes in by a door."""

import base64
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from agreements import library
from agreements.errors import ClassifiedError, UnreadableError
from agreements.intake.files import parse_file
from agreements.intake.importing import ImportReport
from agreements.platform import printable
from tests.reading.offices import HEAD, PLAIN, archive, mail, outlook, plain_odt, plain_rtf

SPILL = "(S//NF) The CANARY of their minister is small."
TEXT = PLAIN.encode()
FILES = {
    "harbours.txt": TEXT, "airfields.rtf": plain_rtf(), "map.png": b"\x89PNG\r\n", "b.docx": b"PK\3\4",
}  # fmt: skip
OTHER = PLAIN.replace("harbours", "airfields").replace("HARBOURS", "AIRFIELDS").encode()


def taken(folder: Path, name: str, content: bytes, **how: str) -> ImportReport:
    (folder / name).write_bytes(content)
    return library.import_files(folder / "repository", [folder / name], **how)  # type: ignore[arg-type]


def outcome(report: ImportReport) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return (
        [(row.id, row.status) for row in report.imported],
        [(row.code, printable(row.file).rpartition("/")[2]) for row in report.failed],
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.eml", mail(FILES)),
        ("m.msg", outlook(FILES)),
        ("m.zip", archive({**FILES, "in/docks.txt": TEXT})),
    ],
)
def test_what_is_attached_is_read_and_the_rest_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    report = taken(tmp_path, name, content)
    read, left = outcome(report)
    assert {own for own, _ in read} == {"harbours", "airfields"} or [s for _, s in read] == ["new", "unchanged"]
    assert sorted(left) == [("not-read", f"{name}: map.png"), ("unreadable", f"{name}: b.docx")]
    assert "recognised" in " ".join(row.error for row in report.failed)
    assert any(HEAD in path.read_text(encoding="utf-8") for path in tmp_path.rglob("agreement.md"))
    kept = {path.name for path in tmp_path.rglob("source/*")}
    assert "harbours.txt" in kept
    assert not any(path.suffix in (".eml", ".msg", ".zip") for path in (tmp_path / "repository").rglob("*"))
    for path in (tmp_path / "repository").rglob("*.md"):
        assert "see the draft" not in path.read_text(encoding="utf-8")
        assert "example" not in path.read_text(encoding="utf-8")


def test_words_of_a_mail_that_are_not_kept_are_said_with_its_first_document(tmp_path: Path) -> None:
    content = mail({"harbours.txt": TEXT, "airfields.txt": OTHER}, words="Note that para 3 was amended by letter.")
    told = [
        [f.message for f in row.findings if f.code == "mail-words"]
        for row in taken(tmp_path, "m.eml", content).imported
    ]
    assert told == [["The words of the e-mail itself are kept nowhere: “Note that para 3 was amended by letter.”"], []]
    (tmp_path / "one.eml").write_bytes(mail({"harbours.txt": TEXT}, words="Amended since."))
    assert any("“Amended since.”" in f.message for f in parse_file(tmp_path / "one.eml").findings)
    (tmp_path / "none.eml").write_bytes(mail({"harbours.txt": TEXT}, words=" -- "))
    assert not any(f.code == "mail-words" for f in parse_file(tmp_path / "none.eml").findings)


def test_containers_in_containers(tmp_path: Path) -> None:
    inner = archive({"deep/harbours.txt": TEXT})
    report = taken(tmp_path, "m.eml", mail({"files.zip": inner, "forwarded.eml": mail({"airfields.txt": OTHER})}))
    assert sorted(row.id for row in report.imported) == ["airfields", "harbours"]
    nested = TEXT
    for _ in range(6):
        nested = archive({"a.txt" if nested is TEXT else "a.zip": nested})
    assert "stand in each other" in taken(tmp_path, "deep.zip", nested).failed[0].error


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.eml", mail({"a.txt": TEXT}, subject=SPILL)),
        ("m.eml", mail({"a.txt": TEXT}, to=f'"{SPILL}" <b@example>')),
        ("m.eml", mail({"a.txt": TEXT}, words=SPILL)),
        ("m.eml", mail({"a.txt": TEXT, "b.txt": TEXT + f"\n\n{SPILL}\n".encode()})),
        ("m.eml", mail({"a.txt": TEXT, "b.odt": plain_odt(extra=f"<text:p>{SPILL}</text:p>")})),
        ("m.eml", mail({"a.txt": TEXT, "b.csv": f"a\n{SPILL}\n".encode()})),
        ("m.eml", mail({"a.txt": TEXT, "SECRET - CANARY.png": b"\x89PNG\r\n"})),
        ("m.eml", mail({"a.txt": TEXT, "b.zip": archive({"c.txt": TEXT + f"\n\n{SPILL}\n".encode()})})),
        ("m.msg", outlook({"a.txt": TEXT}, subject=SPILL)),
        ("m.msg", outlook({"a.txt": TEXT}, words=SPILL)),
        ("m.msg", outlook({"a.txt": TEXT, "b.txt": TEXT + f"\n\n{SPILL}\n".encode()})),
        ("m.msg", outlook({"a.txt": TEXT, "SECRET - CANARY.png": b"\x89PNG\r\n"})),
        ("m.zip", archive({"a.txt": TEXT, "b.txt": TEXT + f"\n\n{SPILL}\n".encode()})),
        ("m.zip", archive({"SECRET - CANARY/a.txt": TEXT})),
        ("m.zip", archive({"a.txt": TEXT, "b.json": b'{"marking": "SECRET", "x": "CANARY"}'})),
    ],
)
def test_one_mark_has_the_whole_refused_and_nothing_kept(tmp_path: Path, name: str, content: bytes) -> None:
    report = taken(tmp_path, name, content)
    assert not report.imported
    assert [row.code for row in report.failed] == ["classified"]
    assert "CANARY" not in str(report.failed)
    for path in (tmp_path / "repository").rglob("*"):
        assert "CANARY" not in path.name
        assert not path.is_file() or b"CANARY" not in path.read_bytes()
    with pytest.raises((ClassifiedError, UnreadableError)):
        parse_file(tmp_path / name)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a.txt", TEXT)
        entry = zipfile.ZipInfo("passwords.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        target.writestr(entry, "/etc/passwd")
    return out.getvalue()


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    read, left = outcome(taken(tmp_path, "m.zip", linked()))
    assert read == [("a", "new")]
    assert left == [("not-read", "m.zip: passwords.txt")]


BAD_ARCHIVES = {
    "out of its folder": (lambda: archive({"../a.txt": TEXT}), "leads out"),
    "out of its drive": (lambda: archive({"C:\\a.txt": TEXT}), "leads out"),
    "too large": (lambda: archive({"a.txt": b" " * 40_000_000}), "times its size"),
    "too many": (lambda: archive({f"{n}.txt": b"a" for n in range(2_500)}), "2,000 files"),
    "cut off": (lambda: archive({"a.txt": TEXT})[:80], "damaged"),
}


@pytest.mark.parametrize("kind", BAD_ARCHIVES)
def test_bad_archives_are_refused_by_a_limit_that_is_named(tmp_path: Path, kind: str) -> None:
    made, message = BAD_ARCHIVES[kind]
    content = made()
    report = taken(tmp_path, "m.zip", content)
    assert not report.imported
    assert message in report.failed[0].error


def test_a_size_that_lies_is_seen(tmp_path: Path) -> None:
    content = archive({"a.txt": TEXT}, stored=True)
    size = len(TEXT).to_bytes(4, "little")
    assert content.count(size) == 4
    report = taken(tmp_path, "m.zip", content.replace(size, (10).to_bytes(4, "little")))
    assert not report.imported


def test_the_only_document_of_a_container_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "m.eml").write_bytes(mail({"harbours.txt": TEXT}))
    assert parse_file(tmp_path / "m.eml").agreement.title == HEAD
    (tmp_path / "m.eml").write_bytes(mail({"a.txt": TEXT, "b.txt": OTHER}))
    with pytest.raises(UnreadableError, match=r"2 documents: a.txt, b.txt"):
        parse_file(tmp_path / "m.eml")
    (tmp_path / "m.eml").write_bytes(mail({}))
    with pytest.raises(UnreadableError, match="holds no document"):
        parse_file(tmp_path / "m.eml")


def test_an_e_mail_that_is_called_a_text_is_none(tmp_path: Path) -> None:
    report = taken(tmp_path, "mail.txt", mail({"harbours.txt": TEXT}))
    assert [row.id for row in report.imported] == ["harbours"]


def test_the_id_that_is_given_is_that_of_the_only_document(tmp_path: Path) -> None:
    report = taken(tmp_path, "m.eml", mail({"harbours.txt": TEXT}), agreement_id="chosen")
    assert [row.id for row in report.imported] == ["chosen"]
    again = taken(tmp_path, "m.eml", mail({"harbours.txt": TEXT}, subject="once more"))
    assert [(row.id, row.status) for row in again.imported] == [("chosen", "unchanged")]


def test_each_message_of_a_mailbox_is_read(tmp_path: Path) -> None:
    head = b"From desk@example.org Thu Jan  1 00:00:00 2026\n"
    box = head + mail({"harbours.txt": TEXT}) + b"\n\n" + head + mail({"airfields.txt": OTHER}) + b"\n"
    read, left = outcome(taken(tmp_path, "two.mbox", box))
    assert {own for own, _ in read} == {"airfields", "harbours"}
    assert not left


@pytest.mark.parametrize("spoil", [lambda code: code[:-6], lambda code: "@@" + code[2:]], ids=["cut", "spoilt"])
def test_a_file_of_a_mail_whose_code_is_spoilt_is_no_text(tmp_path: Path, spoil: Callable[[str], str]) -> None:
    code = base64.b64encode(TEXT).decode()
    parts = "Content-Type: text/plain; name=a.txt\nContent-Transfer-Encoding: base64\n"
    written = f"Subject: x\nMIME-Version: 1.0\n{parts}Content-Disposition: attachment; filename=a.txt\n\n"
    report = taken(tmp_path, "m.eml", f"{written}{spoil(code)}\n".encode())
    assert not report.imported
    assert "a.txt in m.eml is damaged or was cut off" in report.failed[0].error
    assert taken(tmp_path, "whole.eml", f"{written}{code[:60]}\n {code[60:]}\n".encode()).imported
