"""What cameras and programs put into a picture beside the picture: place, time, device, words. JPEG and PNG.

Both are lists of stretches that say what they hold (JPEG: ITU-T T.81, annex B; PNG: ISO/IEC 15948, clause 11), so those
that do not make the picture can go without a change to a single point of it.
"""

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_TOLD_BY_PNG = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
# JFIF, colour profile and Adobe's colour transform are needed to show the picture; the other application segments
# (Exif and XMP in APP1, Photoshop in APP13) and comments are not.
_NEEDED = frozenset((0xE0, 0xE2, 0xEE))
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_SCAN = 0xDA


def bare(content: bytes) -> bytes:
    """Return a picture without what its makers' programs say in it; other formats and damaged files as they are."""
    if content.startswith(_PNG):
        return _bare_png(content)
    return _bare_jpeg(content) if content.startswith(_JPEG) else content


def _bare_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        end = at + 12 + size
        if end > len(content):
            return content
        if content[at + 4 : at + 8] not in _TOLD_BY_PNG:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _SCAN:
            return b"".join([*kept, content[at:]])  # from here on it is the picture itself
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content):
            return content
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _NEEDED):
            kept.append(content[at:end])
        at = end
    return content
