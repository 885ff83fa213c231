"""The words of one file, from its first title to its last signature: which documents, with which marks and notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from agreements.bookmarks import document_mark, provision_marks
from agreements.citation import document_words
from agreements.model import Agreement, Document
from agreements.reference import document_name, places
from agreements.word import columns, contents, frame
from agreements.word.body import Body, Placed
from agreements.word.numbers import NumberingPlan, Slot
from agreements.word.options import Columns, WordOptions
from agreements.word.references import Anchor, chains
from agreements.word.remarks import Remarks


@dataclass(frozen=True, slots=True)
class StoryElements:
    """The paragraphs and tables of a file; `has_contents` says that a table of contents is among them."""

    elements: list[etree._Element]
    has_contents: bool


def story(
    agreement: Agreement, chosen: Sequence[int], lists: NumberingPlan, options: WordOptions, remarks: Remarks
) -> StoryElements:
    """Return the words of the `chosen` documents of `agreement`, every provision with a hidden mark of its own.

    `lists` are planned for these documents; what `remarks` hold is attached at its provisions.
    """
    placed = _placed(agreement, chosen, lists, options)
    heads = _heads(agreement, chosen, options)
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
    table = contents.table(lines, frozen=options.frozen) if lines else []
    if options.columns:
        writer = _Columns(body, options.columns, lists.slots[len(chosen) :])
        above = [*table, columns.between(new_page=True)] if table else []
        return StoryElements([*above, *writer.elements(agreement, chosen, placed, heads)], bool(table))
    for i in chosen:
        first = i == chosen[0]
        body.add(agreement.documents[i], placed[i], heads.get(i), primary=first, contents=table if first else ())
    return StoryElements(body.elements, bool(table))


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
            other = self._other(document)
            found.append(columns.side_by_side(self._body, document, other, self._columns))
        return found

    def _other(self, document: Document) -> Body | None:
        answer = self._columns.answer(document)
        if answer is None:
            return None
        body = Body({}, {}, width=self._body.width, marked=False, narrow=True)
        body.add(
            answer, [Placed(slot, Anchor("", slot.shown)) for slot in self._slots[id(answer)]], None, primary=False
        )
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


def _heads(agreement: Agreement, chosen: Sequence[int], options: WordOptions) -> dict[int, Anchor]:
    """Return the anchors of the numbered annexes, by their indexes."""
    key = options.key or agreement.id
    documents = {i: agreement.documents[i] for i in chosen if agreement.documents[i].number is not None}
    return {
        i: Anchor(document_mark(document, i, key), document_words(document), is_document=True)
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
