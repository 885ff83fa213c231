"""Provisions of real treaties for benchmarks: read and cut once, and repeated with edits up to any number."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from agreements.classifying import topics_by_path
from agreements.errors import AgreementsError
from agreements.model import Agreement
from agreements.parsing import parse
from agreements.reading import read_text
from agreements.search.batch import PreparedRows, prepare
from agreements.search.fields import IndexRow


@dataclass(frozen=True, slots=True)
class Plain:
    """One provision as other programs are given it: its words as they stand, and the values that results count."""

    agreement: str
    texts: dict[str, str]
    keywords: dict[str, tuple[str, ...]]
    latest: int


def records(data: Path, most: int) -> Iterator[tuple[str, str]]:
    """Yield id and text of the first records of a file of records (`.jsonl` or `.jsonl.gz` with id, text)."""
    opener = gzip.open if data.suffix == ".gz" else open
    with opener(data, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, islice(lines, most)):
            yield str(record["id"]), str(record["text"])


def agreements(data: Path, most: int) -> Iterator[Agreement]:
    """Yield the agreements of the first records of `data`; those that cannot be read are named and left out."""
    for name, text in records(data, most):
        try:
            yield parse(read_text(text, name=name), id=name).agreement
        except AgreementsError as error:
            print(f"{name}: {error}")


def prepared(found: Sequence[Agreement]) -> dict[str, PreparedRows]:
    """Return the rows of each agreement, with the topics that an import gives them."""
    return {agreement.id: prepare(agreement, topics_by_path(agreement)) for agreement in found}


def repeated(rows: dict[str, PreparedRows], provisions: int) -> Iterator[tuple[str, PreparedRows]]:
    """Yield id and rows of agreement after agreement, again and again with edits, until there are so many rows.

    Rows of the level `paragraph` are counted.
    """
    count = copy = 0
    while count < provisions:
        for agreement, own in rows.items():
            yield (name := f"{agreement}-{copy}"), [(levels, _edited(row, name, copy)) for levels, row in own]
            count += sum("paragraph" in levels for levels, _ in own)
            if count >= provisions:
                return
        copy += 1


def paragraphs(own: PreparedRows) -> Iterator[IndexRow]:
    """Yield the rows of the level `paragraph`."""
    return (row for levels, row in own if "paragraph" in levels)


def plain(row: IndexRow) -> Plain:
    """Return the provision of `row` as other programs are given it."""
    shown = json.loads(row.payload)
    texts = {
        "text": shown["text"],
        "heading": shown["heading"],
        "context": shown["article"],
        "title": shown["title"],
        "parties": " ".join(shown["parties"]),
    }
    return Plain(row.keywords["agreement"][0], texts, row.keywords, row.latest)


def _edited(row: IndexRow, agreement: str, copy: int) -> IndexRow:
    """Return `row` for another agreement, with a word of its own in what is indexed and in what is shown."""
    word = f"edition{copy}"
    return replace(
        row,
        texts=row.texts | {"text": f"{row.texts['text']} {word}"},
        words=row.words | {"words": f"{row.words['words']} {word}"},
        keywords=row.keywords | {"agreement": (agreement,)},
        payload=row.payload.replace(b'","starts":', f' {word}","starts":'.encode(), 1),
    )
