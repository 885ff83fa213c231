"""Queries as desk officers type them, over real treaties: the right provision first, and what was read into them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.repository.places import seed

QUERIES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "understood.toml").read_text(encoding="utf-8")
)["query"]


@pytest.fixture(scope="module")
def repository(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("understood") / "r"
    seed(folder)
    library.import_files(folder, [shared / "treaties" / "security"])
    return folder


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["text"])
def test_a_query_is_understood(repository: Path, query: dict[str, Any]) -> None:
    results = library.search(repository, query["text"])
    if wanted := query.get("first"):
        assert results.hits
        assert results.hits[0].ref in wanted
    assert {hit.ref for hit in results.hits} >= set(query.get("finds", ()))
    if agreement := query.get("first_of"):
        assert results.hits
        assert results.hits[0].agreement == agreement
    assert results.understanding
    assert {each.id for each in results.understanding.first} >= set(query.get("read", ()))
    assert results.is_about is not query.get("says_no", False)
    if suggested := query.get("suggests"):
        assert results.suggestion == suggested
