"""An agreement as a Word file: real styles, real numbering, references that follow, the same bytes each time."""

import io
from collections.abc import Sequence
from pathlib import Path

import docx

from agreements.errors import AgreementsError
from agreements.model import Agreement, Document
from agreements.ooxml import styles
from agreements.ooxml.package import repacked
from agreements.reading import save_checked
from agreements.word import contents, frame
from agreements.word.base import BASE, style_element
from agreements.word.looks import COLUMN_LOOK
from agreements.word.numbers import plan
from agreements.word.options import SPECIMEN_LINE, WordOptions
from agreements.word.remarks import Remarks
from agreements.word.story import remarks_by_mark, story

_NO_BREAK = "\u00a0"


def write(agreement: Agreement, path: Path, *, options: WordOptions | None = None) -> list[Path]:
    """Write the documents of `agreement` to the Word file `path`; return the files written.

    The reply of an exchange of notes goes to a file of its own beside it (`notes-reply.docx`), as it leaves by
    another hand. Files are replaced whole. Raises `AgreementsError` when there is no text to write, `path` does
    not end in `.docx`, or the file cannot be written.
    """
    options = options or WordOptions()
    if path.suffix.lower() != ".docx":
        raise AgreementsError(f"{path.name} is no name for a Word file.", hint="Let the name end in .docx")
    papers = [
        (path.with_name(f"{path.stem}{ending}{path.suffix}"), render(agreement, options, indexes))
        for ending, indexes in _papers(agreement, options)
    ]
    for target, content in papers:
        save_checked(target, content)
    return [target for target, _ in papers]


def render(agreement: Agreement, options: WordOptions | None = None, indexes: Sequence[int] | None = None) -> bytes:
    """Return one Word file of those documents of `agreement` whose `indexes` are given (all that are held)."""
    options = options or WordOptions()
    chosen = _held(agreement, options) if indexes is None else indexes
    documents = [agreement.documents[i] for i in chosen]
    if not documents:
        raise AgreementsError(
            f"There is no text of {agreement.id} to write.", hint="Import its text, or choose other documents."
        )
    others = options.columns.documents if options.columns else ()
    lists = plan((*documents, *others), blank=_blank(documents), typed=options.frozen)
    file = docx.Document(str(BASE))
    frame.set_page(file, options)
    frame.set_spacing(file, options)
    marking = agreement.marking if options.marking is None else options.marking
    specimen = SPECIMEN_LINE if agreement.standing == "specimen" else ""
    frame.set_header_and_footer(file, marking, [specimen, options.draft_line], options.banner)
    frame.set_properties(file, agreement.title or documents[0].title or "", options, documents[0].language)
    frame.set_lists(file, lists)
    remarks = Remarks(remarks_by_mark(agreement, options), options.remarks_as, options.date)
    written = story(agreement, chosen, lists, options, remarks)
    remarks.write(file)
    if written.has_contents:
        contents.add_styles(file)
    if options.columns:
        file.styles.element.append(style_element(styles.COLUMN_HEADING, COLUMN_LOOK))
    body, elements = file.element.body, written.elements
    if elements and elements[-1].tag.endswith("}tbl"):
        elements.append(frame.closing_paragraph())
    for element in elements:
        body.sectPr.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return repacked(out.getvalue())


def _blank(documents: Sequence[Document]) -> str:
    """Return what stands between the word and the number in the references of `documents`.

    The article heads have the same, so that a reference reads the same when Word has computed it anew.
    """
    referring = (
        provision.text[mark.start : mark.end]
        for document in documents
        for provision in document.walk()
        for mark in provision.marks
        if mark.kind == "reference"
    )
    return _NO_BREAK if any(_NO_BREAK in words for words in referring) else " "


def _held(agreement: Agreement, options: WordOptions) -> list[int]:
    return [
        index
        for index, document in enumerate(agreement.documents)
        if not options.roles or document.role in options.roles
    ]


def _papers(agreement: Agreement, options: WordOptions) -> list[tuple[str, list[int]]]:
    """Return for each file its addition to the name and the indexes of its documents."""
    held = _held(agreement, options)
    replies = [i for i in held if agreement.documents[i].role == "reply-note"]
    others = [i for i in held if i not in replies]
    if options.separate_notes and replies and others:
        return [("", others), ("-reply", replies)]
    return [("", held)]
