"""Files of the kinds that offices send, made here: OpenDocument, rich text, e-mails, archives, messages of Outlook."""

import io
import struct
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage

HEAD = "AGREEMENT BETWEEN ARLAND AND BORDURIA ON SHARED HARBOURS"
OPENING = "The Government of Arland and the Government of Borduria have agreed as follows:"
FIRST = "Each Party may use the harbours of the other Party."
SECOND = "The harbour dues shall be paid within 30 days."
PLAIN = (
    f"{HEAD}\n\n{OPENING}\n\nArticle 1\nUse\n\n1. {FIRST}\n\n2. {SECOND}\n\nArticle 2\nForce\n\n"
    "This Agreement shall enter into force on signature.\n"
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office", "text": "text", "style": "style", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible", "meta": "meta", "manifest": "manifest",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
_STYLES = """
<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Struck" style:family="text"><style:text-properties
 style:text-line-through-style="solid"/></style:style>
<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Mid" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
</text:list-style>"""


def archive(files: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return out.getvalue()


def odt(body: str, *, header: str = "", title: str = "", manifest: str = "") -> bytes:
    """Return an OpenDocument text with `body` (elements of it), a header and a title."""
    content = (
        f"{_XML}<office:document-content {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f"{_XML}<office:document-styles {_SPACES}><office:master-styles><style:master-page style:name='S'>"
        f"<style:header><text:p>{header}</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    meta = f"{_XML}<office:document-meta {_SPACES}><office:meta><dc:title>{title}</dc:title></office:meta>"
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": styles,
        "meta.xml": f"{meta}</office:document-meta>",
        "META-INF/manifest.xml": f"{_XML}<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>",
    }
    return archive(files)


def plain_odt(extra: str = "", **how: str) -> bytes:
    body = (
        f'<text:p text:style-name="Mid">{HEAD}</text:p><text:p>{OPENING}</text:p>'
        '<text:h text:outline-level="1">Article 1</text:h><text:h text:outline-level="1">Use</text:h>'
        f'<text:list text:style-name="L"><text:list-item><text:p>{FIRST}</text:p></text:list-item>'
        f"<text:list-item><text:p>{SECOND}</text:p></text:list-item></text:list>{extra}"
    )
    return odt(body, **how)


def rtf(body: str, *, before: str = "") -> bytes:
    return (
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial;}}" + before + body + "}"
    ).encode()


def plain_rtf(extra: str = "", **how: str) -> bytes:
    return rtf(
        f"\\pard\\qc\\b {HEAD}\\b0\\par\\pard {OPENING}\\par Article 1\\par Use\\par "
        f"{{\\listtext 1.\\tab}}{FIRST}\\par {{\\listtext 2.\\tab}}{SECOND}\\par {extra}",
        **how,
    )


def mail(
    files: Mapping[str, bytes],
    *,
    subject: str = "the draft",
    words: str = "Please see the draft.",
    to: str = "b@example",
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example", to, subject
    message.set_content(words)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def outlook(files: Mapping[str, bytes], *, subject: str = "the draft", words: str = "Please see the draft.") -> bytes:
    """Return an Outlook message, a compound file (MS-CFB) whose streams are all kept in whole sectors."""
    tree: dict[str, bytes | dict[str, bytes]] = {
        "__properties_version1.0": b"\0" * 4096,
        "__substg1.0_0037001F": _string(subject),
        "__substg1.0_1000001F": _string(words),
    }
    for number, (name, content) in enumerate(files.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": _string(name),
            "__substg1.0_37010102": content.ljust(4096, b"\n"),
        }
    return compound(tree)


def _string(words: str) -> bytes:
    """Return words as a stream that is long enough to stand in sectors of its own."""
    return words.encode("utf-16-le").ljust(4096, b"\0")


def compound(tree: Mapping[str, bytes | dict[str, bytes]]) -> bytes:
    """Return a compound file with the streams and storages of `tree`; each stream has 4096 bytes at least."""
    entries: list[list[object]] = [["Root Entry", 5, b"", -1]]
    for name, node in tree.items():
        entries.append([name, 1 if isinstance(node, dict) else 2, b"" if isinstance(node, dict) else node, 0])
        if isinstance(node, dict):
            storage = len(entries) - 1
            entries.extend([inner, 2, data, storage] for inner, data in node.items())
    sectors: list[bytes] = []
    chains: list[int] = []

    def put(data: bytes) -> int:
        if not data:
            return -2
        start = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors.extend(pieces)
        chains.extend([*range(start + 1, start + len(pieces)), -2])
        return start

    starts = [put(bytes(each[2])) if each[1] == 2 else -2 for each in entries]  # type: ignore[call-overload]
    children: dict[int, list[int]] = {}
    for number, each in enumerate(entries[1:], 1):
        children.setdefault(int(str(each[3])), []).append(number)
    rows = b""
    for number, (name, kind, data, parent) in enumerate(entries):
        mates = children.get(int(str(parent)), [])
        after = mates[mates.index(number) + 1] if number in mates and mates.index(number) + 1 < len(mates) else -1
        own = children.get(number, [-1])[0]
        raw = str(name).encode("utf-16-le") + b"\0\0"
        rows += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), int(str(kind)), 1)
        rows += struct.pack("<iii", -1, after, own) + b"\0" * 36
        rows += struct.pack("<iQ", starts[number], len(bytes(data)) if kind == 2 else 0)  # type: ignore[call-overload]
    directory = put(rows.ljust(-(-len(rows) // 512) * 512, b"\0"))
    needed = -(-(len(sectors) + 8) // 128)
    fat = len(sectors)
    chains += [-3] * needed
    table = struct.pack(f"<{len(chains)}i", *chains).ljust(needed * 512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<iiiiiiiiii", 0, needed, directory, 0, 4096, -2, 0, -2, 0, fat)
    head += struct.pack(f"<{needed - 1}i", *range(fat + 1, fat + needed))
    return head.ljust(512, b"\xff") + b"".join(sectors) + table
