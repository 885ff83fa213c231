"""The texts of an index as search by meaning reads them. Used while vectors are made only."""

import json
from collections.abc import Iterator

from agreements.search.clauses import KeywordClause
from agreements.search.engine import IndexReader
from agreements.search.fields import wording_of

_MOST = 100_000  # provisions of one agreement


def passages(reader: IndexReader) -> Iterator[tuple[str, str]]:
    """Yield for every provision of the index of `reader` its wording and the text that is encoded for it."""
    for agreement, _ in reader.vocabulary("agreement", ""):
        for _, payload in reader.search(KeywordClause("agreement", agreement), limit=_MOST).rows:
            shown = json.loads(payload)
            heading, text = shown["heading"], shown["text"]
            yield wording_of(heading, text), f"{heading}. {text}" if heading else text
