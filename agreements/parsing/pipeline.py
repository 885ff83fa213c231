"""From a reading to an agreement: the pure function that everything in this package serves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agreements.errors import UnreadableError
from agreements.findings import Finding, info, warning
from agreements.marking import Declassification, refuse, refuse_name
from agreements.model import Agreement, Document, Source
from agreements.parsing import metadata, own_styles
from agreements.parsing.evidence import Evidence, Passage, with_boxes
from agreements.parsing.held import HeldDocuments, held
from agreements.parsing.notes import notice_given, qualified
from agreements.parsing.paragraphs import blocks_of
from agreements.parsing.references import with_references
from agreements.parsing.spans import unstruck
from agreements.reading import Block, Reading, read_text
from agreements.reading.marked import pieces_beside, pieces_of

if TYPE_CHECKING:
    from agreements.parsing.covers import Uncovered
    from agreements.parsing.instruments import InstrumentBlocks


@dataclass(frozen=True, slots=True)
class Parsed:
    """An agreement as it was read, what a person should know about the reading, and where each value stands.

    `by_styles` says that the styles of a file of ours told what each paragraph is, not its words and layout.
    """

    agreement: Agreement
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    by_styles: bool = False


def parse(reading: Reading, *, id: str, family: str = "", struck: bool = False, dated: bool = True) -> Parsed:
    """Return the agreement that `reading` holds, under the id `id`.

    Any text gives an agreement: what cannot be placed becomes a provision of kind `text`. Facts that the text does
    not state are empty. `family` empty means: from the title where that is certain, else `other`. Words that are struck
    out by their look are left out and told, unless `struck` says that they stand (where two files are compared). Not
    `dated`: signing, entry into force, term and effects are not looked for, which nobody asks of an answer. Raises
    `ClassifiedError` for a text that bears classification markings in use.
    """
    blocks, findings = blocks_of(reading)
    findings = (*findings, *gate(reading, blocks))
    kept, gone = (list(blocks), []) if struck else unstruck(blocks)
    if gone:
        findings = (*findings, _struck(gone))
    kept = [block for block in kept if block.text or block.number]
    documents = own_styles.documents(kept, reading)
    title = documents[0].title or "" if documents else ""
    by_words = None
    if not documents:
        by_words = _by_words(kept, reading)
        documents, title = by_words.documents, by_words.title
        findings = (*findings, *by_words.findings)
    found = held([d for d in documents if d.provisions or d.title])
    if by_words:
        from agreements.parsing.invariants import broken

        findings = (*findings, *broken(found.places, found.documents, by_words.blocks))
    documents = with_references(found)
    if not any(d.provisions for d in documents):
        findings = (*findings, warning("no-text", reading.name, "No text of an agreement was found in this file."))
    facts, passages = metadata.read(found.documents, title, reading)
    if dated:
        from agreements.parsing import amending

        said, more = metadata.times(found.documents, by_words.uncovered if by_words else None)
        facts |= said
        passages += more
        facts["effects"], facts["relations"] = amending.effects(found, title)
        findings = (*findings, *_of_reply(found, facts))
        ended = _ended(found, facts)
        passages = ended or passages
    findings = (*findings, *metadata.proposed(facts, found.documents))
    if family:
        facts["family"] = family
    source = Source(file=reading.name, sha256=reading.sha256)
    agreement = Agreement(id=id, documents=documents, sources=(source,), **facts)
    evidence = with_boxes(metadata.placed(passages, found, reading.text), reading.lines)
    return Parsed(agreement, (*reading.findings, *findings), evidence, by_styles=by_words is None)


def _ended(found: HeldDocuments, facts: dict[str, Any]) -> list[Passage]:
    """Take down a note that gives notice of termination as what it is: no agreement, and the end of another."""
    given = notice_given(found.documents, facts["signings"]) if facts["form"] == "exchange-of-notes" else None
    if given is None:
        return []
    facts |= given.facts() | {"termination_notice_months": None, "termination_notice_days": None, "term": ""}
    return [Passage("entry_into_force", given.provision, given.words)]


def _of_reply(found: HeldDocuments, facts: dict[str, Any]) -> tuple[Finding, ...]:
    """Say where the reply of an exchange of notes is no plain acceptance, and take back what such notes do not make."""
    reply = qualified(found.documents, facts["form"])
    if reply is None:
        return ()
    facts["entry_into_force"] = reply.on(facts["entry_into_force"])
    if reply.how == "changes":
        facts["standing"] = "draft"
    path = next((place.path for place in found.places if place.provision is reply.provision), "")
    return (reply.finding(path),)


@dataclass(frozen=True, slots=True)
class _ByWords:
    """The documents of a file that its words and layout were asked about, and what was found on the way."""

    documents: tuple[Document, ...]
    title: str
    uncovered: "Uncovered"
    blocks: Sequence[Block]
    findings: tuple[Finding, ...]


def _by_words(kept: Sequence[Block], reading: Reading) -> _ByWords:
    """Return the documents of a file that is not of ours: what is a head, a title, an annex is told by its words."""
    from agreements.parsing import instruments, multilingual
    from agreements.parsing.contents import without_contents
    from agreements.parsing.covers import signed_in, without_covers, without_law
    from agreements.parsing.damaged_heads import filled, repaired, set_right
    from agreements.parsing.fronts import opened, plain_title
    from agreements.parsing.mending import close_set, mended

    kept, together = close_set(kept, reading.text)
    uncovered = without_covers(kept)
    kept, left_out = without_contents(mended(uncovered.blocks))
    kept, law = without_law(kept)
    uncovered = uncovered.beside(opened(kept))
    kept, misread = repaired(uncovered.blocks, reading.recognised)
    kept, damaged = filled(kept)
    kept, misread_ones = set_right(kept, reading.text)
    findings = (*together, *uncovered.findings, *law, *left_out, *misread, *damaged, *misread_ones)
    texts = [text for _, own in multilingual.texts(kept) for text in instruments.divide(own)]
    title, signed = signed_in(plain_title(instruments.title_of(texts) or uncovered.title))
    uncovered = replace(uncovered, signed=uncovered.signed or signed)
    return _ByWords(tuple(_document(text, reading) for text in texts), title, uncovered, kept, findings)


def gate(reading: Reading, blocks: Sequence[Block] | None = None) -> tuple[Finding, ...]:
    """Raise `ClassifiedError` where `reading` bears a marking in use; its words quote nothing.

    `blocks` are its paragraphs where they are at hand.

    Return the record of the declassification line by which a declassified print was let in, if it was.
    """
    blocks = blocks_of(reading)[0] if blocks is None else blocks
    refuse_name(reading.name)
    freed = refuse(pieces_of(reading, blocks), what=reading.name)
    return () if freed is None else (_recorded(freed),)


def gate_text(text: str, name: str, *, lies: bool = False) -> None:
    """As `gate`, for a `text` in the form of `agreement.md`; one without words of a treaty is asked by its facts.

    `lies` is as in `refuse`.
    """
    refuse_name(name)
    try:
        reading = read_text(text, name=name)
    except UnreadableError:
        pieces = list(pieces_beside(text))
    else:
        pieces = pieces_of(reading, blocks_of(reading)[0])
    refuse(pieces, what=name, lies=lies)


def _struck(gone: Sequence[str]) -> Finding:
    words, where = " / ".join(gone), f"{len(gone)} places" if len(gone) > 1 else "one place"
    message = f"Words that are struck out were left out of the text, in {where}: {words}"
    return warning("struck-out", "text", message, "Ask what is meant: a look is no tracked change.")


def _recorded(freed: Declassification) -> Finding:
    message = f"Let in as a declassified print, by its own line: “{freed.line}” (dated {freed.day.isoformat()})."
    return info("declassified-print", freed.where, message)


def _document(text: "InstrumentBlocks", reading: Reading) -> Document:
    from agreements.parsing.structure import outline

    nodes = outline(text.blocks, reading.text, text.role)
    title = " ".join(block.text for block in text.heads) or None
    return Document(
        role=text.role,
        language=_language(text),
        number=text.number,
        title=title,
        provisions=tuple(node.build(reading.name) for node in nodes),
    )


def _language(text: "InstrumentBlocks") -> str:
    """Return the language that most of the words of `text` are in, English where none was told."""
    sizes: Counter[str] = Counter()
    for block in (*text.heads, *text.blocks):
        sizes[block.language or "en"] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else "en"
