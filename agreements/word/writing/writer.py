"""An agreement as a Word file: real styles, real numbering, references that follow, the same bytes each time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from lxml import etree

from agreements.bookmarks import document_mark, provision_marks
from agreements.citation import document_words
from agreements.errors import AgreementsError
from agreements.model import Agreement, Document
from agreements.ooxml import styles
from agreements.ooxml.package import repacked
from agreements.reading import save_checked
from agreements.reference import document_name, places
from agreements.word.writing import columns, contents, frame
from agreements.word.writing.base import BASE, style_element
from agreements.word.writing.body import Body, Placed
from agreements.word.writing.drafting_notes import Remarks
from agreements.word.writing.numbering import NumberingPlan, Slot, plan
from agreements.word.writing.options import SPECIMEN_LINE, Columns, WordOptions
from agreements.word.writing.runs import Anchor, chains
from agreements.word.writing.styles import COLUMN_LOOK

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
    if not chosen:
        raise AgreementsError(
            f"There is no text of {agreement.id} to write.", hint="Import its text, or choose other documents."
        )
    content, lines = _file(agreement, options, chosen)
    pages = contents.pages(content, lines) if lines and options.page_numbers else []
    return _file(agreement, options, chosen, pages)[0] if pages else content


def _file(
    agreement: Agreement, options: WordOptions, chosen: Sequence[int], pages: Sequence[int] = ()
) -> tuple[bytes, Sequence[contents.ContentsEntry]]:
    """Return a Word file of the `chosen` documents, and the lines of its table of contents, whose `pages` are given."""
    documents = [agreement.documents[i] for i in chosen]
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
    written = story(agreement, chosen, lists, options, remarks, pages=pages)
    remarks.write(file)
    if written.contents:
        contents.add_styles(file, frame.text_width(options))
    if options.columns:
        file.styles.element.append(style_element(styles.COLUMN_HEADING, COLUMN_LOOK))
    body, elements = file.element.body, written.elements
    if elements and elements[-1].tag.endswith("}tbl"):
        elements.append(frame.closing_paragraph())
    for element in elements:
        body.sectPr.addprevious(element)
    out = io.BytesIO()
    file.save(out)
    return repacked(out.getvalue()), written.contents


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


@dataclass(frozen=True, slots=True)
class StoryElements:
    """The paragraphs and tables of a file, and the lines of the table of `contents` among them, where there is one."""

    elements: list[etree._Element]
    contents: Sequence[contents.ContentsEntry]


def story(
    agreement: Agreement,
    chosen: Sequence[int],
    lists: NumberingPlan,
    options: WordOptions,
    remarks: Remarks,
    *,
    pages: Sequence[int] = (),
) -> StoryElements:
    """Return the words of the `chosen` documents of `agreement`, every provision with a hidden mark of its own.

    `lists` are planned for these documents; what `remarks` hold is attached at its provisions. `pages` are those of the
    lines of the contents.
    """
    placed = _placed(agreement, chosen, lists, options)
    heads = _heads(agreement, chosen, options, _blank([agreement.documents[i] for i in chosen]))
    anchors = {i: [p.anchor for p in placed[i]] for i in chosen}
    names = {document_name(agreement.documents[i]): anchor for i, anchor in reversed(heads.items())}
    body = Body(
        chains(agreement, anchors),
        names,
        [p.name for p in agreement.parties],
        frame.text_width(options),
        marked=not options.frozen,
        remarks=remarks,
        narrow=options.columns is not None,
    )
    lines = _contents(agreement, chosen, anchors, heads, options)
    table = contents.table(lines, pages, frozen=options.frozen) if lines else []
    if options.columns:
        writer = _Columns(body, options.columns, lists.slots[len(chosen) :])
        above = [*table, columns.between(new_page=True)] if table else []
        return StoryElements([*above, *writer.elements(agreement, chosen, placed, heads)], lines)
    for i in chosen:
        first = i == chosen[0]
        body.add(agreement.documents[i], placed[i], heads.get(i), primary=first, contents=table if first else ())
    return StoryElements(body.elements, lines)


class _Columns:
    """Writes documents in two columns; `slots` are the numbers of the documents of the second language."""

    def __init__(self, body: Body, columns: Columns, slots: Sequence[Sequence[Slot]]) -> None:
        self._body = body
        self._columns = columns
        self._slots = {id(document): row for document, row in zip(columns.documents, slots, strict=True)}

    def elements(
        self, agreement: Agreement, chosen: Sequence[int], placed: dict[int, list[Placed]], heads: dict[int, Anchor]
    ) -> list[etree._Element]:
        """Return a table for each of the `chosen` documents."""
        found: list[etree._Element] = []
        for i in chosen:
            document, first = agreement.documents[i], i == chosen[0]
            if not first:
                found.append(columns.between(new_page=True))
            self._body.pieces = []
            self._body.add(document, placed[i], heads.get(i), primary=first)
            other = self._other(document, heads.get(i))
            found.append(columns.side_by_side(self._body, document, other, self._columns))
        return found

    def _other(self, document: Document, head: Anchor | None) -> Body | None:
        answer = self._columns.answer(document)
        if answer is None:
            return None
        body = Body({}, {}, width=self._body.width, marked=False, narrow=True)
        placed = [Placed(slot, Anchor("", slot.shown)) for slot in self._slots[id(answer)]]
        body.add(answer, placed, Anchor("", head.shown) if head else None, primary=False)
        return body


def remarks_by_mark(agreement: Agreement, options: WordOptions) -> dict[str, Sequence[str]]:
    """Return the remarks of `options`, which are given by path, by the marks of the provisions."""
    if not options.remarks:
        return {}
    marks = (mark for row in provision_marks(agreement, options.key) for mark in row)
    paths = (place.path for place in places(agreement))
    return {mark: options.remarks[path] for mark, path in zip(marks, paths, strict=True) if path in options.remarks}


def _placed(
    agreement: Agreement, chosen: Sequence[int], lists: NumberingPlan, options: WordOptions
) -> dict[int, list[Placed]]:
    marks = provision_marks(agreement, options.key)
    return {
        i: [Placed(slot, Anchor(mark, slot.shown)) for slot, mark in zip(slots, marks[i], strict=True)]
        for i, slots in zip(chosen, lists.slots[: len(chosen)], strict=True)
    }


def _heads(agreement: Agreement, chosen: Sequence[int], options: WordOptions, blank: str) -> dict[int, Anchor]:
    """Return the anchors of the numbered annexes, by their indexes; `blank` stands before their numbers."""
    key = options.key or agreement.id
    documents = {i: agreement.documents[i] for i in chosen if agreement.documents[i].number is not None}
    return {
        i: Anchor(document_mark(document, i, key), document_words(document).replace(" ", blank), is_document=True)
        for i, document in documents.items()
    }


def _contents(
    agreement: Agreement,
    chosen: Sequence[int],
    anchors: dict[int, list[Anchor]],
    heads: dict[int, Anchor],
    options: WordOptions,
) -> list[contents.ContentsEntry]:
    """Return the lines of the table of contents, none where there is to be none."""
    first = agreement.documents[chosen[0]]
    by_itself = options.contents == "auto" and not options.frozen and agreement.standing == "draft"
    if not (options.contents == "always" or (by_itself and contents.article_count(first) >= contents.LONG)):
        return []
    return [
        entry
        for i in chosen
        for entry in contents.entries(
            agreement.documents[i], [a.bookmark for a in anchors[i]], heads[i].bookmark if i in heads else ""
        )
    ]
