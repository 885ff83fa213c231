"""The programs that search is compared with, each as it comes: how it is filled, and how it is asked."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import tantivy
from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh.analysis import StemmingAnalyzer
from whoosh.qparser import OrGroup, QueryParser
from whoosh.sorting import Count, FieldFacet
from world import Plain

from agreements.search.fields import FACETS, TEXT_FIELDS

Ask = Callable[[str], object]
_HEAP = 128_000_000  # bytes, as much as ours


def fill_tantivy(folder: Path, provisions: Iterable[Plain]) -> None:
    """Write an index with bare tantivy: our text fields with its English stemmer, our facets, one writer thread."""
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, stored=name == "text", tokenizer_name="en_stem")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", fast=True)
    builder.add_text_field("agreement", tokenizer_name="raw", stored=True)
    builder.add_integer_field("latest", indexed=True, fast=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(_HEAP, 1)
    for provision in provisions:
        document = tantivy.Document()
        for name, text in provision.texts.items():
            document.add_text(name, text)
        for name in FACETS:
            for value in provision.keywords[name]:
                document.add_text(name, value)
        document.add_text("agreement", provision.agreement)
        document.add_integer("latest", provision.latest)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def ask_tantivy(folder: Path) -> Ask:
    """Return what asks it for ten stored texts and the facets."""
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    counted = {name: {"terms": {"field": name, "size": 2000}} for name in FACETS}

    def ask(query: str) -> object:
        parsed = index.parse_query(query, ["text"])
        texts = [searcher.doc(address).get_first("text") for _, address in searcher.search(parsed, 10).hits]
        return texts, searcher.aggregate(parsed, counted)

    return ask


def fill_sqlite(file: Path, provisions: Iterable[Plain]) -> None:
    """Write a table of SQLite FTS5 with its Porter stemmer."""
    with sqlite3.connect(file) as database:
        database.execute("create virtual table units using fts5(text, tokenize='porter unicode61')")
        database.executemany("insert into units values (?)", ((p.texts["text"],) for p in provisions))


def ask_sqlite(file: Path) -> Ask:
    """Return what asks it for ten snippets."""
    database = sqlite3.connect(file)
    asked = "select snippet(units, 0, '[', ']', '...', 40) from units where units match ? order by rank limit 10"

    def ask(query: str) -> object:
        match = query if query.startswith('"') else " OR ".join(f'"{word}"' for word in query.split())
        return database.execute(asked, (match,)).fetchall()

    return ask


def fill_whoosh(folder: Path, provisions: Iterable[Plain]) -> None:
    """Write an index with whoosh: one field of text with its stemmer, and our facets."""
    folder.mkdir(parents=True)
    facets = {name: whoosh_fields.KEYWORD(commas=True) for name in FACETS}
    schema = whoosh_fields.Schema(text=whoosh_fields.TEXT(analyzer=StemmingAnalyzer(), stored=True), **facets)
    writer = whoosh_index.create_in(folder, schema).writer(limitmb=256)
    for provision in provisions:
        values = {name: ",".join(provision.keywords[name]) for name in FACETS}
        writer.add_document(text=provision.texts["text"], **values)
    writer.commit()


def ask_whoosh(folder: Path) -> Ask:
    """Return what asks it for ten highlighted hits and the facets."""
    index = whoosh_index.open_dir(folder)
    searcher, parser = index.searcher(), QueryParser("text", index.schema, group=OrGroup)
    facets = {name: FieldFacet(name, allow_overlap=True) for name in FACETS}

    def ask(query: str) -> object:
        found = searcher.search(parser.parse(query), limit=10, groupedby=facets, maptype=Count)
        return [hit.highlights("text") for hit in found], [found.groups(name) for name in FACETS]

    return ask
