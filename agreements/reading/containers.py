"""Files that hold files: e-mails (`.eml`, RFC 5322; `.msg`, MS-OXMSG) and zip archives, and what is in those in them.

Nothing is unpacked to the disk. Before anything of a container is kept, all of it is asked for markings: names,
headers, the words of an e-mail, which are never text, and each file. One that bears a marking in use has the whole
container refused.
"""

import email
import email.policy
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import PurePosixPath

from agreements.errors import UnreadableError
from agreements.findings import Finding, info
from agreements.marking import PlacedText, entries, name_pieces, refuse
from agreements.ooxml.package import MEBI, OLE, UNPACKED_LIMIT
from agreements.platform import safe_name
from agreements.reading import source as sources
from agreements.reading.archives import is_link, open_archive
from agreements.reading.blocks import Reading
from agreements.reading.source import SourceFile, is_system_file

DEPTH_LIMIT = 4
FILE_LIMIT = 2_000
KINDS = ("mail", "archive")
_SOME = 5  # names in a message
_QUOTED = 240  # characters of an e-mail that are quoted
_SUBJECT, _TEXT = "0037", "1000"  # properties of Outlook (MS-OXPROPS)
_STRINGS = {"001F": "utf-16-le", "001E": "cp1252"}
_PROPERTY = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})")
_DATA, _LONG_NAME, _SHORT_NAME, _SHOWN_NAME = "3701", "3707", "3704", "3001"
_ATTACHED = "__attach_version1.0_"
_MAILBOX = b"From "  # what each message of a mailbox (RFC 4155) begins with
_MESSAGE_OF_BOX = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\s]{1,200} [^\r\n]{8,60}\d{4}[^\r\n]{0,12}\r?\n")
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_ADDRESSED = 4_000  # signs of a header in which the names before addresses are looked at
_MOST_PARTS = 2_000
_RULE = re.compile(  # what a program for mail writes above the message that is answered or sent on
    r"\W{0,8}(?:original (?:message|appointment)|forwarded message|begin forwarded message|mensaje original|"
    r"message d.origine|ursprüngliche nachricht|messaggio originale|oorspronkelijk bericht)\W{0,8}",
    re.IGNORECASE,
)
_SENDER = re.compile(r"\W{0,3}(?:from|de|von|da|van) ?: ?\*?(?: |$)", re.IGNORECASE)
_SENT = re.compile(
    r"\W{0,3}(?:sent|date|envoyé|enviado(?: el)?|fecha|gesendet|datum|inviato|data|verzonden) ?: ?\*?(?: |$)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\W{0,3}(?:to|cc|subject|à|a|objet|para|asunto|an|betreff|oggetto|aan|onderwerp) ?: ?\*?(?: |$)", re.IGNORECASE
)
_WROTE = ("wrote", "a écrit", "escribió", "schrieb", "ha scritto", "schreef")
_ON = ("on ", "le ", "el ", "am ", "il ", "op ")
_WHEN = re.compile(r"\d[:.h]\d\d|@")  # a sentence of one's own names neither hour nor address
_LONGEST_HEAD = 400  # characters of the line that says who wrote when
_HEAD_LINES = 12  # after the sender, within which the head of a quoted message says when it was sent and to whom
_WROTE_LINES = 3  # over which a program for mail breaks the line that says who wrote


@dataclass(frozen=True, slots=True)
class Contained:
    """A file in a container: its name as it stands there, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ContainerContents:
    """What a container holds: files, and what stands beside them, for the gate; `words` are those of an e-mail."""

    files: tuple[Contained, ...] = ()
    pieces: tuple[PlacedText, ...] = ()
    left_out: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """All files of a container, also of those in it.

    `documents` may be agreements, each with the name that it is shown under; `others` are not read, with the reason
    and what to do. `words` are what the e-mails among them say themselves, the outermost first.
    """

    documents: tuple[tuple[str, SourceFile], ...]
    others: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()


def is_container(source: SourceFile) -> bool:
    """Whether `source` is an e-mail or an archive; raises `UnreadableError` for what is no document at all."""
    return sources.kind_of(source) in KINDS


def unpack(source: SourceFile) -> Unpacked:
    """Return what the container `source` holds, when nothing in it but documents bears a marking.

    Whoever reads the documents asks those. Raises `ClassifiedError` that quotes nothing, `UnreadableError` when it is
    damaged, protected by a password or beyond a limit, which is named.
    """
    from agreements.reading.written import refuse_file

    documents: list[tuple[str, SourceFile]] = []
    others: list[tuple[str, str]] = []
    words: list[str] = []
    waiting = [(source, source.name, 1)]
    count = size = 0
    while waiting:
        container, shown, depth = waiting.pop()
        held = _contents(container)
        refuse([*held.pieces, *(piece for each in held.files for piece in _names(each.name))], what=source.name)
        words += [held.words] if held.words.strip() else []
        others += ((f"{shown}: {name}", "It is a link, which is not followed.") for name in held.left_out)
        for each in held.files:
            count, size = count + 1, size + len(each.data)
            _check(source.name, count, size, depth)
            own = SourceFile.of(safe_name(PurePosixPath(each.name.replace("\\", "/")).name), each.data)
            name = f"{shown}: {each.name}"
            if is_system_file(own.name):
                continue
            if (kind := _kind(own)) in KINDS:
                waiting.append((own, name, depth + 1))
            elif kind and sources.is_document_name(own.name):
                documents.append((name, own))
            else:
                refuse_file(own.name, own.data)
                others.append((name, sources.advice_for(own.name)))
    return Unpacked(tuple(documents), tuple(others), tuple(words))


def without_quotation(mail: str) -> tuple[str, str]:
    """Return the words of an answer by e-mail, and those of the messages that it quotes.

    A quotation is what lines with `>` before them say, and all below the head of another message as programs for mail
    write it (a rule that names it, its sender and day, or who wrote it when); where lines with `>` follow such a head,
    it ends with them. Where nothing else is said, all of it is the answer: a message sent on as it came.
    """
    lines = mail.splitlines()
    own: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith(">"):
            quoted.append(lines[at].strip())
        elif (head := _quotation_head(lines, at)) and _is_marked(lines, at + head):
            quoted += lines[at : at + head]
            at += head
            continue
        elif head:
            quoted += lines[at:]
            break
        else:
            own.append(lines[at])
        at += 1
    said = "\n".join(own).strip(" \n_")
    return (said, "\n".join(quoted)) if any(c.isalnum() for c in said) else (mail.strip(), "")


def _quotation_head(lines: list[str], at: int) -> int:
    """Return how many lines the head of a quoted message has that begins at the line `at`, 0 where none does."""
    line = lines[at].strip()
    if _RULE.fullmatch(line):
        return 1
    if _SENDER.match(f"{line} "):
        after = [each.strip() + " " for each in lines[at + 1 : at + _HEAD_LINES]]
        sent = next((n for n, each in enumerate(after, 1) if _SENT.match(each)), 0)
        about = [n for n, each in enumerate(after, 1) if _ABOUT.match(each)]
        return max(sent, *about) + 1 if sent and about else 0
    told = ""
    for count, each in enumerate(lines[at : at + _WROTE_LINES], 1):
        own = each.strip().casefold()
        if not own or (told and own.startswith(_ON)):
            return 0
        told = f"{told} {own}".strip()
        if _says_who_wrote(told):
            return count
    return 0


def _says_who_wrote(line: str) -> bool:
    told = len(line) <= _LONGEST_HEAD and line.startswith(_ON) and line.endswith(":")
    return told and any(word in line for word in _WROTE) and bool(_WHEN.search(line))


def _is_marked(lines: list[str], at: int) -> bool:
    """Whether the next line that says anything has the mark of a quotation."""
    return next((each for each in lines[at:] if each.strip()), "").lstrip().startswith(">")


def _check(name: str, count: int, size: int, depth: int) -> None:
    reason = ""
    if depth > DEPTH_LIMIT:
        reason = f"more than {DEPTH_LIMIT} containers stand in each other, which is the limit"
    elif count > FILE_LIMIT:
        reason = f"it holds more than {FILE_LIMIT:,} files, which is the limit"
    elif size > UNPACKED_LIMIT:
        reason = f"it unpacks to more than {UNPACKED_LIMIT // MEBI} MB, which is the limit"
    if reason:
        raise UnreadableError(f"{name} is refused: {reason}.", hint="Take out the files that matter.")


def _contents(container: SourceFile) -> ContainerContents:
    if sources.kind_of(container) == "mail":
        return _of_outlook(container) if container.data.startswith(OLE) else _of_mail(container)
    archive = open_archive(container.name, container.data)
    links = tuple(entry.filename for entry in archive.zip.infolist() if is_link(entry))
    remark = archive.zip.comment.decode("utf-8", "replace")
    names = (*(PlacedText(name, "a name") for name in links), *entries(remark, "the comment of the archive"))
    names += tuple(
        piece
        for entry in archive.zip.infolist()
        if entry.comment
        for piece in entries(entry.comment.decode("utf-8", "replace"), "the comment of a file in the archive")
    )
    return ContainerContents(tuple(Contained(e.filename, archive.read(e)) for e in archive.files()), names, links)


def _names(name: str) -> Iterator[PlacedText]:
    for part in name.replace("\\", "/").split("/"):
        yield from name_pieces(part)


def _kind(own: SourceFile) -> str:
    """Return what a file is, empty where it is nothing that can be read."""
    try:
        return sources.kind_of(own) if own.data.strip() else ""
    except UnreadableError:
        return "unreadable"  # whoever reads it says why


def read(source: SourceFile) -> Reading:
    """Return the only document in a container; raises `UnreadableError` where there is none or there are several."""
    from agreements.reading.readers import read_source

    found = unpack(source)
    if len(found.documents) == 1:
        taken = read_source(found.documents[0][1])
        return replace(taken, findings=(*taken.findings, *beside(found)))
    if not found.documents:
        raise UnreadableError(
            f"{source.name} holds no document that can be read.",
            hint="Where the text stands in the e-mail itself, save it as a text file.",
        )
    names = ", ".join(name.rpartition(": ")[2] for name, _ in found.documents[:_SOME])
    raise UnreadableError(
        f"{source.name} holds {len(found.documents)} documents: {names}.",
        hint="Save the one you mean, or import them all with `agreements import`.",
    )


def beside(found: Unpacked) -> tuple[Finding, ...]:
    """Return a finding that quotes what e-mails say beside the files that they bring: none of it is kept."""
    words = " ".join(" ".join(found.words).split())
    if not any(character.isalnum() for character in words):
        return ()
    shown = textwrap.shorten(words, _QUOTED, placeholder=" ...")
    message = f"The words of the e-mail itself are kept nowhere: “{shown}”"
    fix = "Read them in the e-mail: what they say of the agreement goes into its facts, in agreement.md."
    return (info("mail-words", "", message, fix),)


# ---------------------------------------------------------------------- RFC 5322


def _of_mail(source: SourceFile) -> ContainerContents:
    if len(messages := _of_mailbox(source.data)) > 1:
        return ContainerContents(tuple(Contained(f"message-{n}.eml", each) for n, each in enumerate(messages, 1)))
    try:
        message = email.message_from_bytes(source.data, policy=email.policy.compat32)
        parts = list(_parts(message, source.name))
    except (ValueError, LookupError, RecursionError, AssertionError) as error:
        raise UnreadableError(f"{source.name} is damaged: it does not read as an e-mail.") from error
    pieces = [piece for part in parts for name, value in part.items() for piece in _header(name, str(value))]
    files: list[Contained] = []
    said: list[str] = []
    for part in parts:
        name = _file_name(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            attached = (each for each in (inner if isinstance(inner, list) else ()) if isinstance(each, Message))
            files += (Contained(name or "message.eml", each.as_bytes()) for each in attached)
        elif part.is_multipart():
            continue
        elif name or part.get_content_maintype() != "text":
            called = name or f"unnamed.{part.get_content_subtype()}"
            _check_code(part, called, source.name)
            files.append(Contained(called, _bytes(part)))
        else:
            own = _written(part)
            pieces += entries(own, "the words of the e-mail")
            said += [own] if part.get_content_subtype() == "plain" or not said else []
    return ContainerContents(tuple(files), tuple(pieces), words="\n".join(said))


def _of_mailbox(data: bytes) -> list[bytes]:
    """Return the messages of a mailbox, one after the other in a file; of an e-mail none."""
    if not data.startswith(_MAILBOX):
        return []
    heads = list(_MESSAGE_OF_BOX.finditer(data))
    ends = [*(head.start() for head in heads[1:]), len(data)]
    return [data[head.end() : end] for head, end in zip(heads, ends, strict=True)]


def _check_code(part: Message, name: str, mail: str) -> None:
    """Raise `UnreadableError` where a file in base64 is cut off or spoilt: what is left of it is another text."""
    payload = part.get_payload()
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64" or not isinstance(payload, str):
        return
    code = "".join(payload.split())
    if len(code) % 4 or not _BASE64.fullmatch(code):
        raise UnreadableError(
            f"{name} in {mail} is damaged or was cut off: its code does not read to the end.",
            hint="Get the e-mail, or the file in it, again from its source.",
        )


def _parts(message: Message, name: str) -> Iterator[Message]:
    """Yield the parts of a message, without going into messages that are attached to it."""
    waiting, count = [message], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MOST_PARTS:
            raise UnreadableError(f"{name} is refused: it has more than {_MOST_PARTS:,} parts, which is the limit.")
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != "message/rfc822":
            waiting += [each for each in reversed(inner) if isinstance(each, Message)]


def _header(name: str, value: str) -> Iterator[PlacedText]:
    value = _decoded(value)
    where = f"the header {name}" if name.replace("-", "").isalnum() else "a header"
    yield from entries(value, where)
    if "<" in value and len(value) <= _ADDRESSED:  # the name of a person before the address
        yield from (piece for said, _ in getaddresses([value]) for piece in entries(said, where))


def _file_name(part: Message) -> str:
    return _decoded(part.get_filename() or "")


def _decoded(value: str) -> str:
    """Return the words of a header; one that is written wrongly stays as it stands."""
    try:
        return str(make_header(decode_header(value)))
    except (ValueError, LookupError):
        return value


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _written(part: Message) -> str:
    data = _bytes(part)
    try:
        words = data.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        words = data.decode("utf-8", "replace")
    if part.get_content_subtype() == "html":
        words = re.sub(r"<[^<>]*>", "\n", words)
    return words


# ---------------------------------------------------------------------- Outlook


def _of_outlook(source: SourceFile) -> ContainerContents:
    import olefile

    try:
        with olefile.OleFileIO(source.data) as file:
            streams = {"/".join(path): file.openstream(path).read() for path in file.listdir()}
    except (OSError, ValueError, TypeError, IndexError, RecursionError) as error:
        raise UnreadableError(f"{source.name} is damaged: it does not read as an e-mail of Outlook.") from error
    return _message(streams, "")


def _message(streams: dict[str, bytes], under: str) -> ContainerContents:
    """Return what the message that lies `under` a path holds; one that is attached lies in the same file."""
    own = {path.removeprefix(under): data for path, data in streams.items() if path.startswith(under)}
    pieces: list[PlacedText] = []
    said: list[str] = []
    attached: dict[str, dict[str, bytes]] = {}
    for path, data in own.items():
        folder, slash, _ = path.partition("/")
        if folder.startswith(_ATTACHED):
            attached.setdefault(folder, {})[path[len(folder) + 1 :]] = data
        elif not slash or folder.startswith("__recip"):
            found = _PROPERTY.search(path)
            words = _string(found[2], data) if found else ""
            where = "the subject" if found and found[1] == _SUBJECT else "the e-mail and its headers"
            pieces += entries(words, where)
            said += [words] if found and found[1] == _TEXT else []
    files: list[Contained] = []
    for folder, parts in sorted(attached.items()):
        name = next((words for key in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME) if (words := _named(parts, key))), "")
        content = parts.get(f"__substg1.0_{_DATA}0102")
        if content is not None:
            files.append(Contained(name or "unnamed", content))
        inner = f"{under}{folder}/__substg1.0_{_DATA}000D/"
        if any(path.startswith(inner) for path in streams):
            within = _message(streams, inner)
            files += (Contained(f"{name or 'message'}: {each.name}", each.data) for each in within.files)
            pieces += within.pieces
            said += [within.words] if within.words else []
        pieces += (piece for key in (_LONG_NAME, _SHOWN_NAME) for piece in entries(_named(parts, key), "a name"))
    return ContainerContents(tuple(files), tuple(pieces), words="\n".join(said))


def _named(parts: dict[str, bytes], key: str) -> str:
    found = ((kind, parts.get(f"__substg1.0_{key}{kind}")) for kind in _STRINGS)
    return next((words for kind, data in found if data and (words := _string(kind, data))), "")


def _string(kind: str, data: bytes) -> str:
    return data.decode(_STRINGS[kind], "replace").rstrip("\0") if kind in _STRINGS else ""
