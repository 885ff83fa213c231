"""A PDF that is protected by a password is read with it; the password is asked, and stands nowhere afterwards."""

import hashlib
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from agreements.commands import group
from agreements.errors import UnreadableError
from agreements.intake.files import parse_file
from agreements.intake.jobs import Job
from agreements.library import import_files
from agreements.reading.source import SourceFile
from tests.reading.offices import HEAD

PASSWORD = "open-sesame-77"
_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, at, out = list(range(256)), 0, bytearray()
    for i in range(256):
        at = (at + state[i] + key[i % len(key)]) % 256
        state[i], state[at] = state[at], state[i]
    i = at = 0
    for byte in data:
        i = (i + 1) % 256
        at = (at + state[i]) % 256
        state[i], state[at] = state[at], state[i]
        out.append(byte ^ state[(state[i] + state[at]) % 256])
    return bytes(out)


def protected(words: str, password: str = PASSWORD) -> bytes:
    """Return a PDF of one page, protected by the standard handler of 40 bits (ISO 32000-1, 7.6.3)."""
    padded = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4 & 0xFFFFFFFF).to_bytes(4, "little") + b"0123456789abcdef").digest()[:5]
    stream = _rc4(
        hashlib.md5(key + (5).to_bytes(3, "little") + b"\0\0").digest()[:10],
        f"BT /F1 12 Tf 72 720 Td ({words}) Tj 0 -40 Td (The Parties have agreed as follows:) Tj ET".encode(),
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
        b" /Contents 5 0 R >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{_rc4(key, _PAD).hex()}> /P -4 >>".encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    ids = b"0123456789abcdef".hex()
    tail = (
        f"xref\n0 7\n0000000000 65535 f \n{table}trailer << /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [<{ids}><{ids}>] >>"
    )
    return out + f"{tail}\nstartxref\n{len(out)}\n%%EOF\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    path.write_bytes(protected(HEAD))
    return path


def test_without_the_password_it_is_said_what_to_do(file: Path) -> None:
    with pytest.raises(UnreadableError, match="protected by a password") as caught:
        parse_file(file)
    assert "--password" in caught.value.hint
    with pytest.raises(UnreadableError, match="does not open it") as caught:
        parse_file(file, password="another")
    assert "another" not in str(caught.value)


def test_it_is_read_with_the_password_which_is_kept_nowhere(file: Path, tmp_path: Path) -> None:
    assert HEAD in parse_file(file, password=PASSWORD).agreement.model_dump_json()
    report = import_files(tmp_path / "r", [file], password=PASSWORD)
    assert [row.status for row in report.imported] == ["new"]
    assert not [p for p in (tmp_path / "r").rglob("*") if p.is_file() and PASSWORD.encode() in p.read_bytes()]
    assert PASSWORD not in repr(report)
    assert PASSWORD not in repr(Job("a", password=PASSWORD))
    assert PASSWORD not in repr(SourceFile("a", "", b"", "", PASSWORD))
    assert pickle.loads(pickle.dumps(Job("a", password=PASSWORD))).password == PASSWORD


def test_the_command_line_asks_for_it(file: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(
        group, ["--repo", str(tmp_path / "r"), "import", str(file), "--password"], input=f"{PASSWORD}\n"
    )
    assert told.exit_code == 0, told.output
    assert PASSWORD not in told.output
