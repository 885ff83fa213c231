"""The texts of a negotiation: kept as they were exchanged, and read again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agreements.comparing import WORDS_STAND, align, same_words
from agreements.drafting.provenance import SUFFIX, clauses_by_mark
from agreements.errors import AgreementsError, UnreadableError
from agreements.findings import Finding, info, warning
from agreements.intake.files import ParsedFile, parse_file
from agreements.isodates import today
from agreements.model import Agreement
from agreements.negotiation.brackets import Labels
from agreements.negotiation.file import NegotiatedText, Negotiation, TextOrigin
from agreements.negotiation.joint import open_places
from agreements.negotiation.joint_parts import without_agreed_marks
from agreements.negotiation.records import RecordError, validated
from agreements.negotiation.store import Negotiations
from agreements.platform import printable, safe_name
from agreements.textform import print_document
from agreements.word import look


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that was kept, and what a person should know of it."""

    text: NegotiatedText
    findings: tuple[Finding, ...]


def keep_text(
    store: Negotiations, negotiation: str, file: Path, side: TextOrigin, facts: Mapping[str, Any]
) -> KeptText:
    """Keep the file of a text that was tabled (`us`), received (`partner`), worked out together (`joint`) or a `draft`.

    `facts` are `date` (default: today), `round` (default: the last one), `base` (default: the text exchanged last),
    `marking` and `note`. The file stays untouched; the record of the clauses of a draft of ours is kept with it. A text
    that cannot be read is refused, because nobody could tell whether it is classified.
    """
    parsed = parse_file(file)
    content = file.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    told: list[Finding] = []

    def how(held: Negotiation) -> NegotiatedText:
        told.extend(_remarks(held, file, side, sha256))
        told.extend(_same_words(store, held, file, content, parsed.agreement))
        number = held.next_number("texts")
        base, differing = _difference(store, held, facts.get("base"), side, parsed.agreement)
        row: dict[str, Any] = {
            **{"number": number, "side": side, "date": facts.get("date") or today(), "sha256": sha256},
            **{"file": safe_name(f"{number:02d}-{side}-{file.name}"), "name": printable(file.name)},
            **{"base": base, "round": _round(held, facts.get("round")), "note": facts.get("note") or ""},
            "marking": facts.get("marking") or parsed.agreement.marking,
            "open_brackets": sum(1 for _ in open_places(parsed.agreement, Labels(*held.labels))),
            **differing,
        }
        return validated(row, NegotiatedText, file.name)

    record = file.with_name(f"{file.stem}{SUFFIX}")
    beside = {SUFFIX: record.read_bytes()} if side in ("us", "draft") and record.is_file() else {}
    kept = store.keep_text(negotiation, content, how, beside=beside)
    return KeptText(kept, (*told, *parsed.findings))


def read_text(store: Negotiations, negotiation: str, text: NegotiatedText) -> Agreement:
    """Return the agreement that a text of a negotiation holds; raises as `parse_file` when it is damaged."""
    return parsed_text(store, negotiation, text).agreement


def parsed_text(store: Negotiations, negotiation: str, text: NegotiatedText) -> ParsedFile:
    """Return a text of a negotiation as it was understood, with the words of its facts; raises as `read_text`."""
    return parse_file(store.path(negotiation, text), agreement_id=f"text-{text.number}")


def answered(held: Negotiation, theirs: Path | None = None) -> tuple[NegotiatedText, NegotiatedText | None]:
    """Return our text that an answer is to be held against, and the text of theirs that is the answer.

    `theirs` is the file of an answer that may not be kept yet; without it their last text is the answer. Ours is the
    one that it was made from, else our last before it. Raises `RecordError` where a text is missing, or where `theirs`
    is a text that we tabled ourselves.
    """
    answer = held.last("partner")
    if theirs is not None:
        sha256 = hashlib.sha256(theirs.read_bytes()).hexdigest()
        known = next((text for text in held.texts if text.sha256 == sha256), None)
        if known is not None and known.side in ("us", "draft"):
            raise RecordError(
                f"{theirs.name} is text {known.number} of {held.id}, which we tabled ourselves."
                if known.side == "us"
                else f"{theirs.name} is text {known.number} of {held.id}, a draft of ours.",
                hint="Name the file that the other side sent.",
            )
        answer = known
    elif answer is None:
        gone = f" that is kept ({held.purged_texts})" if held.purged_texts else ""
        raise RecordError(
            f"{held.id} has no text of theirs{gone}.",
            hint=f"`agreements negotiation receive {held.id} FILE` keeps it, or name the file.",
        )
    ours = held.text(answer.base) if answer is not None and answer.base is not None else None
    if ours is None or ours.side != "us":
        ours_kept = [text for text in held.texts if text.side == "us" and not text.purged]
        before = [text for text in ours_kept if not answer or text.number < answer.number]
        if not before:
            hint = f"`agreements negotiation table {held.id} FILE` keeps what was sent, or name both files."
            raise RecordError(f"{held.id} has no text of ours to hold it against.", hint=hint)
        ours = before[-1]
    return ours, answer


def clauses_by_path(store: Negotiations, negotiation: str, text: NegotiatedText | None) -> dict[str, str]:
    """Return the id of the clause by path for a `text` that we tabled; empty where no record was kept with it."""
    if text is None or text.side not in ("us", "draft"):
        return {}
    return clauses_in(store.path(negotiation, text))


def clauses_in(file: Path) -> dict[str, str]:
    """Return the id of the clause by path for the Word file `file` of a draft.

    The record is the file `*.provenance.json` beside it; where there is none, or one of another version, nothing is
    known and the text itself is whole. Raises as `parse_file`.
    """
    try:
        origins = clauses_by_mark(file)
    except AgreementsError:
        return {}
    return {path: origins[mark] for path, mark in parse_file(file).marks.items() if mark in origins} if origins else {}


def _round(held: Negotiation, wanted: int | None) -> int | None:
    known = [r.number for r in held.rounds]
    if wanted is not None and wanted not in known:
        raise RecordError(f"{held.id} has no round {wanted}.", hint="`negotiation round` notes one.")
    return wanted if wanted is not None else (known[-1] if known else None)


def _difference(
    store: Negotiations, held: Negotiation, base: int | None, side: TextOrigin, agreement: Agreement
) -> tuple[int | None, dict[str, int]]:
    """Return the number of the base of a new text and the count of words that differ from it.

    A first joint text is not counted: it holds the words of both sides, and every bracket would count as new.
    """
    last = held.last("us", "partner", "joint", "draft") if side in ("us", "draft") else held.last()
    before = held.text(base) if base is not None else last
    if before is None:
        if base is not None:
            raise RecordError(f"{held.id} has no text {base}.", hint="`negotiation status` lists them.")
        return None, {}
    if side == "joint" and before.side != "joint":
        return before.number, {}
    earlier = parse_file(store.path(held.id, before)).agreement
    pairs = align(without_agreed_marks(earlier), without_agreed_marks(agreement))
    counts = {
        "words_deleted": sum(pair.words_deleted for pair in pairs),
        "words_inserted": sum(pair.words_inserted for pair in pairs),
    }
    return before.number, counts


def _remarks(held: Negotiation, file: Path, side: TextOrigin, sha256: str) -> list[Finding]:
    found = [
        warning("same-text", file.name, f"This is the same file as text {text.number} of {text.date}.")
        for text in held.texts
        if text.sha256 == sha256 and (text.side, side) != ("draft", "us")  # a draft that was cleared is tabled
    ]
    if side == "us" and file.suffix.lower() == ".docx":
        try:
            told = look(file).finding()
            found += [told] if told is not None else []
        except UnreadableError as problem:
            found.append(info("handover", file.name, f"The check before handing over could not read it: {problem}"))
    return found


def _same_words(
    store: Negotiations, held: Negotiation, file: Path, content: bytes, agreement: Agreement
) -> list[Finding]:
    """Say that a file has the very words of one that is kept and is another: neither a new text nor that file.

    The words are compared provision by provision, and by a second count over all that was read.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if any(text.sha256 == sha256 for text in held.texts):  # it is told as that file
        return []
    for text in reversed([each for each in held.texts if not each.purged]):
        try:
            earlier = read_text(store, held.id, text)
        except AgreementsError:  # a damaged file is told where it is read
            continue
        if same_words(_all_words(earlier), _all_words(agreement)) and all(
            pair.change in WORDS_STAND for pair in align(earlier, agreement)
        ):
            message = (
                f"Another file than text {text.number} of {text.date} ({text.name}), and the same words as read, "
                "tracked changes accepted. Not compared: how they are set, comments, headers, what lies behind."
            )
            return [warning("same-words", file.name, message, "Ask whether it is the file that was meant.")]
    return []


def _all_words(agreement: Agreement) -> str:
    return "\n".join(print_document(document) for document in agreement.documents)
