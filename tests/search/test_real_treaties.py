"""Search over real agreements: the right provision first, quoted letter for letter."""

from pathlib import Path

import pytest

from agreements.parsing import parse
from agreements.reading import read
from agreements.search import Index, Searcher
from agreements.search.batch import prepare

NAMES = (
    "nato-sofa-1951.md", "canada-netherlands-training-forces-1996.md", "netherlands-somalia-forces-support.md",
    "us-netherlands-military-cemeteries.md", "us-compact-fsm-2003-title3-security.txt",
)  # fmt: skip


@pytest.fixture(scope="module")
def treaties(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("treaties")
    with Index(folder).building() as batch:
        for name in NAMES:
            path = shared / "treaties" / "security" / name
            batch.put_prepared(path.stem, prepare(parse(read(path), id=path.stem).agreement))
    return Searcher(folder)


def test_the_arbitrator_of_official_duty(treaties: Searcher, shared: Path) -> None:
    results = treaties.search('"official duty" AND arbitrator')
    hit = next(h for h in results.hits[:3] if h.ref == "nato-sofa-1951#VIII.8")
    assert "Article VIII, paragraph 8" in hit.citation
    assert hit.snippet in (shared / "treaties" / "security" / "nato-sofa-1951.md").read_text(encoding="utf-8")
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["official duty", "arbitrator"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("driving permit or license", "nato-sofa-1951#IV"),  # American spelling finds British text
        ("graves and cemeteries maintenance", "us-netherlands-military-cemeteries#"),
        ("seventy-five percent of the sum", "nato-sofa-1951#VIII.5"),
        ("heading:responsibility foreclose access third country", "us-compact-fsm-2003-title3-security#"),
    ],
)
def test_first_hit(treaties: Searcher, query: str, first: str) -> None:
    assert any(hit.ref.startswith(first) for hit in treaties.search(query).hits[:3])


@pytest.mark.parametrize("query", ["duty", '"sending State"', "customs OR tax*", "claims damage property force"])
def test_every_snippet_is_a_slice_of_its_text(treaties: Searcher, query: str) -> None:
    results = treaties.search(query, limit=200)
    assert len(results.hits) == min(results.total, 200) > 5
    for hit in results.hits:
        assert hit.snippet in hit.text and "\n" not in hit.snippet
        assert all(hit.snippet[a:b] for a, b in hit.highlights)
