"""What cameras and programs put into a picture beside the picture: place, time, device, words. JPEG, PNG and GIF.

All are lists of stretches that say what they hold (JPEG: ITU-T T.81, annex B; PNG: ISO/IEC 15948, clause 11; GIF: the
specification of version 89a, clauses 20 to 26), so those that do not make the picture can go without a change to a
single point of it. Whatever follows the end of the picture goes too.
"""

import re
import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_GIF = (b"GIF87a", b"GIF89a")
# What makes the picture, or its colours; all other stretches of a PNG go.
_MAKES_PNG = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"acTL",
        b"fcTL",
    )
) | {b"fdAT", b"cICP", b"iCCP"}
_FORMATS = (  # how a format begins, its suffix, its content type
    (_PNG, "png", "image/png"),
    (b"\xff\xd8", "jpeg", "image/jpeg"),
    (b"GIF8", "gif", "image/gif"),
    (b"\x01\x00\x00\x00", "emf", "image/x-emf"),
    (b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"),
    (b"\x01\x00\x09\x00", "wmf", "image/x-wmf"),
    (b"II*\x00", "tiff", "image/tiff"),
    (b"MM\x00*", "tiff", "image/tiff"),
    (b"BM", "bmp", "image/bmp"),
    (b"<svg", "svg", "image/svg+xml"),
    (b"<?xml", "svg", "image/svg+xml"),
)
# JFIF, colour profile and Adobe's colour transform are needed to show the picture; the other application segments
# (Exif and XMP in APP1, Photoshop in APP13) and comments are not.
_NEEDED = frozenset((0xE0, 0xE2, 0xEE))
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_SCAN = 0xDA
_END = 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # within a scan, 0 and the marks of its parts are no marks


def bare(content: bytes) -> bytes:
    """Return a picture without what its makers' programs say in it; other formats and damaged files as they are."""
    if content.startswith(_PNG):
        return _bare_png(content)
    if content.startswith(_GIF):
        return _bare_gif(content)
    return _bare_jpeg(content) if content.startswith(_JPEG) else content


def format_of(content: bytes) -> tuple[str, str]:
    """Return the suffix and the content type of a picture by how it begins; `bin` for what is not known."""
    return next(
        ((suffix, sort) for begins, suffix, sort in _FORMATS if content.startswith(begins)),
        ("bin", "application/octet-stream"),
    )


def is_cleanable(content: bytes) -> bool:
    """Whether `bare` can look into the picture and reaches its end."""
    suffix = format_of(content)[0]
    return suffix in _ENDS and bare(content).endswith(_ENDS[suffix])


_ENDS = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9", "gif": b";"}


def _bare_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        end = at + 12 + size
        if end > len(content):
            return content
        if content[at + 4 : at + 8] in _MAKES_PNG:
            kept.append(content[at:end])
        if content[at + 4 : at + 8] == b"IEND":
            break
        at = end
    return b"".join(kept)


def _bare_gif(content: bytes) -> bytes:
    """Without comments, plain text and all extensions but those that steer and repeat the picture."""
    at = 13 + _table(content[10:11])
    kept = [content[:at]]
    while at < len(content):
        begins = at
        if content[at] == 0x3B:  # the end
            return b"".join([*kept, b";"])
        if content[at] == 0x2C:  # a picture: its head, its colours, the size of its codes, its data
            at = _after_blocks(content, at + 11 + _table(content[at + 9 : at + 10]))
            kept.append(content[begins:at])
        elif content[at] == 0x21:  # an extension
            at = _after_blocks(content, at + 2)
            steers = content[begins + 1] == 0xF9 or content[begins + 3 : begins + 14] == b"NETSCAPE2.0"
            kept.append(content[begins:at] if steers else b"")
        else:
            return content
    return content


def _table(flags: bytes) -> int:
    """Return the size of the table of colours that follows, by the byte that speaks of it."""
    return 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    """Return where the blocks that begin at `at` end, each of which says its length, the last being empty."""
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [_JPEG], len(_JPEG)
    while at + 2 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _END:
            return b"".join([*kept, content[at : at + 2]])
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            following = _MARKER.search(content, end)  # the picture itself goes on to the next mark
            end = following.start() if following else len(content)
        if end > len(content) or end <= at:
            return content
        if marker != _COMMENT and (marker not in _APPLICATION or marker in _NEEDED):
            kept.append(content[at:end])
        at = end
    return b"".join(kept) if at >= len(content) else content
