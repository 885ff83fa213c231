"""Whatever steps ask for it: the head and the marker of a block are looked for once."""

from collections import Counter

import pytest

from agreements.parsing import heads, markers, parse
from agreements.reading import Block, read_text

TEXT = """AGREEMENT BETWEEN NORLAND AND SUDERIA ON TENTS

The Parties have agreed as follows:

Article 1
Loans

1. The Parties lend each other tents in accordance with paragraph 2 of this Article.

2. Tents are free: (a) in winter; and (b) in the mountains.

Article 2
Term

This Agreement lasts four years.

Done at Northport on 4 May 2031.

Annex A

1. Tents.
"""


@pytest.mark.parametrize("module", [heads, markers])
def test_a_block_is_read_once(module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: Counter[tuple[int, str | None, str]] = Counter()
    read = module._read  # type: ignore[attr-defined]

    def counted(block: Block) -> object:
        reads[block.start, block.number, block.text] += 1
        return read(block)

    monkeypatch.setattr(module, "_read", counted)
    parsed = parse(read_text(TEXT), id="x")
    assert [p.number for p in parsed.agreement.documents[0].provisions if p.kind == "article"] == ["1", "2"]
    assert len(reads) > 10
    assert reads.most_common(1)[0][1] == 1
