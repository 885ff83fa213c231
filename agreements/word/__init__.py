"""Agreements as Word files, and what becomes of them: `write` and `render`, `redline`, `accept` and `reject`.

`writing` makes them, `revising` compares and marks them up, `handover` looks at what leaves.
"""

from typing import TYPE_CHECKING

from agreements.registry import lazy

if TYPE_CHECKING:
    from agreements.word.allowlist import NAMESPACES as NAMESPACES
    from agreements.word.bilingual import LanguageColumn as LanguageColumn
    from agreements.word.bilingual import language_columns as language_columns
    from agreements.word.decisions import Found as Found
    from agreements.word.decisions import HandoverItem as HandoverItem
    from agreements.word.decisions import HandoverKind as HandoverKind
    from agreements.word.decisions import handover_kinds as handover_kinds
    from agreements.word.handover import Handover as Handover
    from agreements.word.handover import Revisions as Revisions
    from agreements.word.handover import look as look
    from agreements.word.plain_lines import as_lines as as_lines
    from agreements.word.revising.align import BlockElement as BlockElement
    from agreements.word.revising.answer import Answered as Answered
    from agreements.word.revising.answer import Disposition as Disposition
    from agreements.word.revising.answer import Rewording as Rewording
    from agreements.word.revising.answer import answered as answered
    from agreements.word.revising.atoms import content as content
    from agreements.word.revising.changes import KINDS as KINDS
    from agreements.word.revising.changes import Marked as Marked
    from agreements.word.revising.changes import OwnChanges as OwnChanges
    from agreements.word.revising.changes import RevisionKind as RevisionKind
    from agreements.word.revising.changes import Said as Said
    from agreements.word.revising.changes import Story as Story
    from agreements.word.revising.changes import TrackedChange as TrackedChange
    from agreements.word.revising.changes import View as View
    from agreements.word.revising.changes import change_places as change_places
    from agreements.word.revising.changes import own_changes as own_changes
    from agreements.word.revising.changes import read_changes as read_changes
    from agreements.word.revising.combining import Combination as Combination
    from agreements.word.revising.combining import CombinedFile as CombinedFile
    from agreements.word.revising.combining import Gap as Gap
    from agreements.word.revising.combining import HandDraft as HandDraft
    from agreements.word.revising.combining import Proposal as Proposal
    from agreements.word.revising.combining import combine as combine
    from agreements.word.revising.comments import Comment as Comment
    from agreements.word.revising.differences import Difference as Difference
    from agreements.word.revising.differences import FileDifferences as FileDifferences
    from agreements.word.revising.differences import elsewhere as elsewhere
    from agreements.word.revising.differences import file_differences as file_differences
    from agreements.word.revising.differences import says_number as says_number
    from agreements.word.revising.paths import TITLE as TITLE
    from agreements.word.revising.paths import is_head as is_head
    from agreements.word.revising.paths import paths_of as paths_of
    from agreements.word.revising.proof import NOT_EXAMINED as NOT_EXAMINED
    from agreements.word.revising.proof import Decided as Decided
    from agreements.word.revising.proof import Proof as Proof
    from agreements.word.revising.proof import Unlike as Unlike
    from agreements.word.revising.proof import left_out as left_out
    from agreements.word.revising.proof import prove_answer as prove_answer
    from agreements.word.revising.proof import second_reading as second_reading
    from agreements.word.revising.proof import sentences as sentences
    from agreements.word.revising.redline import Redline as Redline
    from agreements.word.revising.redline import RedlineOptions as RedlineOptions
    from agreements.word.revising.redline import redline as redline
    from agreements.word.revising.returning import Files as Files
    from agreements.word.revising.retyped import tell_retyped as tell_retyped
    from agreements.word.revising.settle import Prior as Prior
    from agreements.word.revising.settle import accept as accept
    from agreements.word.revising.settle import reject as reject
    from agreements.word.revising.settle import settled as settled
    from agreements.word.revising.settle import without_page_numbers as without_page_numbers
    from agreements.word.writing.options import SPECIMEN_LINE as SPECIMEN_LINE
    from agreements.word.writing.options import Columns as Columns
    from agreements.word.writing.options import Contents as Contents
    from agreements.word.writing.options import NotesAs as NotesAs
    from agreements.word.writing.options import PageLayout as PageLayout
    from agreements.word.writing.options import PaperSize as PaperSize
    from agreements.word.writing.options import WordOptions as WordOptions
    from agreements.word.writing.papers import Paper as Paper
    from agreements.word.writing.papers import PaperParagraph as PaperParagraph
    from agreements.word.writing.papers import Span as Span
    from agreements.word.writing.papers import SpanLook as SpanLook
    from agreements.word.writing.papers import Table as Table
    from agreements.word.writing.papers import TableCell as TableCell
    from agreements.word.writing.papers import TableLine as TableLine
    from agreements.word.writing.papers import attached as attached
    from agreements.word.writing.papers import paper_file as paper_file
    from agreements.word.writing.papers import table_file as table_file
    from agreements.word.writing.writer import render as render
    from agreements.word.writing.writer import write as write

__getattr__, __dir__, __all__ = lazy(
    __name__,
    {
        "BlockElement": "revising.align",
        "Columns": "writing.options",
        "Combination": "revising.combining",
        "CombinedFile": "revising.combining",
        "Comment": "revising.comments",
        "Contents": "writing.options",
        "Decided": "revising.proof",
        "Difference": "revising.differences",
        "Disposition": "revising.answer",
        "FileDifferences": "revising.differences",
        "Files": "revising.returning",
        "Found": "decisions",
        "Handover": "handover",
        "Gap": "revising.combining",
        "HandDraft": "revising.combining",
        "HandoverItem": "decisions",
        "HandoverKind": "decisions",
        "KINDS": "revising.changes",
        "OwnChanges": "revising.changes",
        "own_changes": "revising.changes",
        "LanguageColumn": "bilingual",
        "Marked": "revising.changes",
        "NAMESPACES": "allowlist",
        "NOT_EXAMINED": "revising.proof",
        "NotesAs": "writing.options",
        "PageLayout": "writing.options",
        "Paper": "writing.papers",
        "PaperParagraph": "writing.papers",
        "PaperSize": "writing.options",
        "Prior": "revising.settle",
        "Proof": "revising.proof",
        "Proposal": "revising.combining",
        "Redline": "revising.redline",
        "RedlineOptions": "revising.redline",
        "RevisionKind": "revising.changes",
        "Revisions": "handover",
        "Answered": "revising.answer",
        "Rewording": "revising.answer",
        "SPECIMEN_LINE": "writing.options",
        "Said": "revising.changes",
        "Span": "writing.papers",
        "SpanLook": "writing.papers",
        "Story": "revising.changes",
        "TITLE": "revising.paths",
        "Table": "writing.papers",
        "TableCell": "writing.papers",
        "TableLine": "writing.papers",
        "TrackedChange": "revising.changes",
        "Unlike": "revising.proof",
        "View": "revising.changes",
        "WordOptions": "writing.options",
        "accept": "revising.settle",
        "answered": "revising.answer",
        "as_lines": "plain_lines",
        "attached": "writing.papers",
        "content": "revising.atoms",
        "elsewhere": "revising.differences",
        "file_differences": "revising.differences",
        "handover_kinds": "decisions",
        "look": "handover",
        "combine": "revising.combining",
        "change_places": "revising.changes",
        "language_columns": "bilingual",
        "left_out": "revising.proof",
        "paper_file": "writing.papers",
        "is_head": "revising.paths",
        "paths_of": "revising.paths",
        "prove_answer": "revising.proof",
        "read_changes": "revising.changes",
        "redline": "revising.redline",
        "reject": "revising.settle",
        "render": "writing.writer",
        "second_reading": "revising.proof",
        "tell_retyped": "revising.retyped",
        "says_number": "revising.differences",
        "sentences": "revising.proof",
        "settled": "revising.settle",
        "without_page_numbers": "revising.settle",
        "table_file": "writing.papers",
        "write": "writing.writer",
    },
)
