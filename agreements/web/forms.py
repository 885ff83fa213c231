"""What a form sends: its token first, then its fields; files are streamed to the folder of the session.

A file is at most 100 MB, a request holds at most 200. What is uploaded lies in the folder only while a screen or a
job reads it: the readers' own gates decide whether anything is kept.
"""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import parse_qsl

from python_multipart.exceptions import ParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from agreements import platform
from agreements.web.sessions import PersonSession, Upload

LARGEST_FILE = 100_000_000  # bytes
MOST_FILES = 200
_LARGEST_FIELDS = 8_000_000  # bytes of all fields together: a clause or a text that was edited
_TOKEN = "token"


class FormRefusedError(Exception):
    """A form that is not answered: the status, and why in words."""

    def __init__(self, status: int, why: str, hint: str) -> None:
        super().__init__(why)
        self.status, self.hint = status, hint


@dataclass(slots=True)
class FormContent:
    """The fields of a form and the files that came with it."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    uploads: list[Upload] = field(default_factory=list)


async def read_form(content_type: str, body: AsyncIterator[bytes], session: PersonSession) -> FormContent:
    """Return the fields and files of a form of `session`; raises `FormRefusedError`, and then no file is left."""
    kind, options = parse_options_header(content_type)
    found = FormContent()
    try:
        if kind == b"multipart/form-data" and options.get(b"boundary"):
            await _parts(options[b"boundary"], body, found, session)
        else:
            await _fields(body, found)
        _check_token(found, session)
    except BaseException:
        for upload in found.uploads:
            upload.remove()
        raise
    found.fields.pop(_TOKEN, None)
    return found


async def _fields(body: AsyncIterator[bytes], found: FormContent) -> None:
    content = b""
    async for chunk in body:
        content += chunk
        if len(content) > _LARGEST_FIELDS:
            raise _too_large_fields()
    try:
        pairs = parse_qsl(content.decode("utf-8"), keep_blank_values=True)
    except (UnicodeDecodeError, ValueError) as error:
        raise FormRefusedError(400, "The form cannot be read.", "Go back, reload the page and try again.") from error
    for name, value in pairs:
        found.fields.setdefault(name, []).append(value)


async def _parts(boundary: bytes, body: AsyncIterator[bytes], found: FormContent, session: PersonSession) -> None:
    parts = _Parts(found, session)
    parser = MultipartParser(boundary, parts.callbacks())  # type: ignore[arg-type]
    try:
        async for chunk in body:
            parser.write(chunk)
        parser.finalize()
    except ParseError as error:
        raise FormRefusedError(400, "The form cannot be read.", "Go back, reload the page and try again.") from error
    finally:
        parts.close()


class _Parts:
    """The parts of a form as they come in: fields in memory, files to the folder as they come."""

    def __init__(self, found: FormContent, session: PersonSession) -> None:
        self.found, self.session = found, session
        self.header, self.value = b"", b""
        self.headers: dict[bytes, bytes] = {}
        self.name = ""
        self.content = bytearray()
        self.file: BinaryIO | None = None
        self.size, self.of_fields = 0, 0

    def callbacks(self) -> dict[str, object]:
        """Return what the parser calls."""
        return {
            "on_part_begin": self.begin,
            "on_header_field": self.header_field,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_part_data": self.data,
            "on_part_end": self.end,
        }

    def begin(self) -> None:
        """A part begins."""
        self.headers, self.content, self.size = {}, bytearray(), 0

    def header_field(self, data: bytes, start: int, end: int) -> None:
        """Some of the name of a header."""
        self.header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        """Some of the value of a header."""
        self.value += data[start:end]

    def header_end(self) -> None:
        """A header is whole."""
        self.headers[self.header.lower()] = self.value
        self.header, self.value = b"", b""

    def headers_finished(self) -> None:
        """The headers of a part are whole: it is a field, or a file that is opened."""
        _, options = parse_options_header(self.headers.get(b"content-disposition", b""))
        self.name = options.get(b"name", b"").decode("utf-8", "replace")
        given = options.get(b"filename")
        if not given:  # a field; or a place for files that was left empty
            self.name = self.name if given is None else ""
            return
        _check_token(self.found, self.session)  # the token stands first: nobody else's bytes reach the disk
        if len(self.found.uploads) >= MOST_FILES:
            raise FormRefusedError(413, f"A form takes {MOST_FILES} files at most.", "Send the rest in a second one.")
        name = platform.safe_name(given.decode("utf-8", "replace").replace("\\", "/").rpartition("/")[2])
        folder = platform.private_folder(self.session.folder / secrets.token_hex(8))
        self.found.uploads.append(Upload(name, folder / name, self.name))
        self.file = (folder / name).open("wb")

    def data(self, data: bytes, start: int, end: int) -> None:
        """Some of the content of a part."""
        self.size += end - start
        if self.file is None:
            self.of_fields += end - start
            if self.of_fields > _LARGEST_FIELDS:
                raise _too_large_fields()
            self.content += data[start:end]
            return
        if self.size > LARGEST_FILE:
            why = f"A file is larger than {LARGEST_FILE // 1_000_000} MB and was not taken; nothing of it was kept."
            raise FormRefusedError(413, why, "Split it, or save it without pictures. Or: agreements import FILE")
        self.file.write(data[start:end])

    def end(self) -> None:
        """A part is whole."""
        if self.file is not None:
            self.close()
        elif self.name:
            value = bytes(self.content).decode("utf-8", "replace")
            self.found.fields.setdefault(self.name, []).append(value)

    def close(self) -> None:
        """Close the file that is open."""
        if self.file is not None:
            self.file.close()
            self.file = None


def _check_token(found: FormContent, session: PersonSession) -> None:
    if not session.knows(next(iter(found.fields.get(_TOKEN, [])), "")):
        raise FormRefusedError(
            403, "This form was not sent by a page of this workbench.", "Open the page again, and send it from there."
        )


def _too_large_fields() -> FormRefusedError:
    return FormRefusedError(413, "What was typed is too long.", "Save it as a file and import that.")
