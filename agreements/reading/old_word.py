"""Word files of the form that was used until 2007 (`.doc`), made into `.docx` by LibreOffice where it is installed."""

from dataclasses import replace

from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import info
from agreements.libreoffice import converted, converter
from agreements.reading import word
from agreements.reading.blocks import Reading
from agreements.reading.source import SourceFile

_ENCRYPTED = 0x0100  # of the flags at offset 10 of the file information block (MS-DOC 2.5.2)


def read(source: SourceFile) -> Reading:
    """Return the blocks of an old Word file.

    Raises `UnreadableError` when LibreOffice is not installed, cannot read it or takes too long, and as `word.read`.
    """
    if _is_protected(source.data):
        hint = "Remove the password in Word and try again."
        raise UnreadableError(f"{source.name} is protected by a password.", hint=hint)
    program = converter()
    if program is None:
        hint = "Install LibreOffice, with which it is read here, or save it as Word (.docx)."
        raise UnreadableError(f"{source.name} is an old Word file (.doc).", hint=hint)
    try:
        made = converted(program, source.data, ".doc", "docx")
    except AgreementsError as error:
        hint = "Open it in Word and save it as .docx."
        raise UnreadableError(f"{source.name} is an old Word file (.doc). {error}", hint=hint) from error
    reading = word.read(SourceFile(source.name, source.suffix, made, source.sha256))
    said = info("converted", source.name, "An old Word file (.doc); it was read as LibreOffice converts it to .docx.")
    return replace(reading, findings=(said, *reading.findings))


def _is_protected(data: bytes) -> bool:
    import olefile

    try:
        with olefile.OleFileIO(data) as file, file.openstream("WordDocument") as stream:
            head = stream.read(12)
    except (OSError, ValueError, TypeError, IndexError):
        return False
    return len(head) == 12 and bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED)
