"""The hidden marks of a file: random-looking names of bookmarks, by which a file that came back is matched.

A mark says nothing by itself. It is a keyed hash (HMAC-SHA256, RFC 2104) of the place of a provision in its draft;
the key stays with the parameter file, so nobody else can tell which clause or variant a mark stands for, nor that two
drafts have a clause in common. With the same key the same clause has the same mark, in both originals and in
every later round, wherever it stands by then.
"""

import base64
import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from agreements.citation import document_words
from agreements.model import Agreement, Document, Provision
from agreements.reference import places

_TAG = 6  # characters that all marks of a draft share
_OWN = 9  # characters of the one mark: 45 bits, so that no two provisions of a draft meet
_MARK = re.compile(rf"_x[a-z2-7]{{{_TAG + _OWN}}}")  # Word hides bookmarks whose name begins with `_`


def provision_marks(agreement: Agreement, key: str) -> tuple[tuple[str, ...], ...]:
    """Return for each document of `agreement` the marks of its provisions, in reading order.

    `key` is the draft's own secret; a text that is no draft has none, and its marks are made from its id.
    """
    tag = draft_tag(key or agreement.id)
    seen: Counter[str] = Counter()
    return tuple(
        tuple(_mark(tag, key or agreement.id, name, seen) for name in _names(document))
        for document in agreement.documents
    )


def document_mark(document: Document, index: int, key: str) -> str:
    """Return the mark of the head of an annex; `index` is its place among the documents."""
    return _mark(draft_tag(key), key, f"document {index} {document_words(document)}", Counter())


def draft_tag(key: str) -> str:
    """Return what all marks of the draft with that `key` begin with, by which its file of provenance is found."""
    return f"_x{_hashed(key, 'draft')[:_TAG]}"


def is_mark(bookmark: str) -> bool:
    """Whether `bookmark` looks like a mark of ours."""
    return bool(_MARK.fullmatch(bookmark))


class Anchored(Protocol):
    """A block of a file as it was read: where its words begin, and the bookmarks that stand in it."""

    @property
    def start(self) -> int:
        """Where its words begin in the text that was read."""

    @property
    def anchors(self) -> Sequence[str]:
        """The bookmarks that stand in it."""


def marks_of(agreement: Agreement, blocks: Iterable[Anchored]) -> dict[str, str]:
    """Return the marks of provisions by their paths: that of the block in which each begins."""
    own = ((block.start, next(filter(is_mark, block.anchors), "")) for block in blocks)
    at = {start: mark for start, mark in own if mark}
    if not at:
        return {}
    begins = ((place.path, place.provision.provenance) for place in places(agreement))
    return {path: at[made.start] for path, made in begins if made and made.start is not None and made.start in at}


def tag_of(mark: str) -> str:
    """Return the tag of the draft that `mark` belongs to."""
    return mark[: 2 + _TAG]


def _mark(tag: str, key: str, name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return f"{tag}{_hashed(key, f'{name} {seen[name]}')[:_OWN]}"


def _hashed(key: str, message: str) -> str:
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii").lower()


def _names(document: Document) -> Iterator[str]:
    """Yield a name for each provision: its id where it has one, else its place among its siblings without one."""
    above = f"{document.role} {document.number or ''} {document.language}"
    yield from _below(document.provisions, above)


def _below(provisions: Sequence[Provision], above: str) -> Iterator[str]:
    unnamed = 0
    for provision in provisions:
        unnamed += provision.id is None
        own = provision.id or f"{above}/{unnamed}"
        yield own
        yield from _below(provision.children, own)
