"""What only a server brings: who may be asked and how, what may leave for it, generations and their alias."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.errors import RepositoryError
from agreements.model import Agreement
from agreements.repository import Repository
from agreements.search import Filters, Index, search
from agreements.search.clauses import Bool, KeywordClause, Like, Near, TermClause, Weighed
from agreements.search.opensearch_engine import OpenSearch, Server
from agreements.search.opensearch_query import compiled, literal

ENGINE = "opensearch"


@pytest.fixture
def client(opensearch_server: str) -> Iterator[Any]:
    from opensearchpy import OpenSearch as Client

    yield Client(hosts=[opensearch_server])


@pytest.fixture
def index(tmp_path: Path, client: Any, monkeypatch: pytest.MonkeyPatch) -> Index:
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_NAME", f"t{abs(hash(tmp_path))}")
    return Index(tmp_path / "index", ENGINE)


def fill(index: Index, agreements: tuple[Agreement, ...]) -> None:
    with index.building() as batch:
        for agreement in agreements:
            batch.put(agreement)
        batch.fingerprint = "one"


def on_server(client: Any, index: Index) -> dict[str, list[str]]:
    """Return the indexes of `index` on the server, each with its aliases."""
    found = client.indices.get(index=os.environ["AGREEMENTS_OPENSEARCH_NAME"] + ".*")
    return {name: list(body["aliases"]) for name, body in found.items()}


@pytest.mark.parametrize(
    ("url", "user", "expected"),
    [
        ("", "", "No OpenSearch server"),
        ("search.example:9200", "", "No OpenSearch server"),  # no scheme
        ("http://search.example:9200", "reader", "without encryption"),
        ("https://search.example:9200", "", "no login"),
        ("https://search.example", "reader", "https://search.example:443"),
        ("https://reader:secret@search.example:9200", "", "https://search.example:9200"),
        ("http://localhost:9200", "", "http://localhost:9200"),  # the machine itself, for trying out
    ],
)
def test_only_safe_servers_are_asked(monkeypatch: pytest.MonkeyPatch, url: str, user: str, expected: str) -> None:
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_URL", url)
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_USER", user)
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_PASSWORD", "secret" if user else "")
    if "//" in expected:
        assert Server.configured().address == expected
        assert "secret" not in OpenSearch().version()
    else:
        with pytest.raises(RepositoryError, match=expected) as raised:
            Server.configured()
        assert "AGREEMENTS_OPENSEARCH" in raised.value.hint


def test_certificates_are_checked(monkeypatch: pytest.MonkeyPatch, opensearch_server: str) -> None:
    from agreements.search.opensearch_engine import _client

    made = _client(Server("search.example", 9200, True, "reader", "secret", ""))
    [connection] = made.transport.connection_pool.connections
    assert connection.use_ssl and connection.pool.cert_reqs == "CERT_REQUIRED"
    assert connection.headers["authorization"].startswith("Basic ")


def test_a_server_that_is_not_there_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opensearchpy")
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_URL", "http://127.0.0.1:9")
    with pytest.raises(RepositoryError, match="cannot be reached"):
        fill(Index(tmp_path, ENGINE), ())


def test_a_name_that_would_reach_into_others_is_refused(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_NAME", "treaties.*")
    with pytest.raises(RepositoryError, match="no name for indexes"):
        fill(index, ())


def test_drafts_do_not_leave_unless_asked(
    index: Index, collection: tuple[Agreement, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AGREEMENTS_OPENSEARCH_DRAFTS")
    rejected = collection[3].model_copy(update={"id": "rejected-sofa", "standing": "rejected"})
    fill(index, (*collection, rejected))
    everything = Filters(drafts=True, specimens=True)
    held = {h.agreement for h in search(index.folder, "*", everything, engine=ENGINE, limit=100).hits}
    assert held == {"valdoria-tamaris-1999", "norlandia-supply-2011", "specimen-sofa"}
    with index.updating() as batch:
        batch.put(collection[3])
        batch.fingerprint = "two"
    assert search(index.folder, "keep", everything, engine=ENGINE).total == 0
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_DRAFTS", "1")
    assert index.is_stale("two")  # to be made anew with the drafts


def test_the_alias_moves_and_one_generation_stays(index: Index, client: Any, collection: tuple[Agreement, ...]) -> None:
    fill(index, collection)
    first = on_server(client, index)
    assert sorted(len(aliases) for aliases in first.values()) == [1, 1]
    fill(index, collection[:1])
    second = on_server(client, index)
    assert set(first) < set(second) and len(second) == 4
    assert {name for name, aliases in second.items() if aliases} == set(second) - set(first)
    fill(index, collection[:1])
    third = on_server(client, index)
    assert len(third) == 4 and not set(first) & set(third)


def test_what_is_dropped_goes_from_every_generation(
    index: Index, client: Any, collection: tuple[Agreement, ...]
) -> None:
    fill(index, collection)
    fill(index, collection)
    with index.updating() as batch:
        batch.drop("norlandia-supply-2011")
        batch.fingerprint = "two"
    query = {"query": {"term": {"agreement": "norlandia-supply-2011"}}}
    assert client.count(index=",".join(on_server(client, index)), body=query)["count"] == 0


def test_a_purge_reaches_the_server(
    tmp_path: Path, client: Any, collection: tuple[Agreement, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_NAME", "purged")
    repository = Repository(tmp_path / "desk")
    for agreement in collection[:2]:
        repository.add(agreement)
    for _ in range(2):  # two generations
        library.refresh_index(repository.root, engine=ENGINE, rebuild=True)
    server = os.environ["AGREEMENTS_OPENSEARCH_URL"]
    monkeypatch.delenv("AGREEMENTS_OPENSEARCH_URL")
    with pytest.raises(RepositoryError, match="No OpenSearch server"):
        library.purge(repository.root, "norlandia-supply-2011", "spilled", spill="S-1")
    assert repository.holds("norlandia-supply-2011")  # not half done
    monkeypatch.setenv("AGREEMENTS_OPENSEARCH_URL", server)
    library.purge(repository.root, "norlandia-supply-2011", "spilled", spill="S-1")
    query = {"query": {"term": {"agreement": "norlandia-supply-2011"}}}
    assert client.count(index="purged.*", body=query)["count"] == 0
    assert library.search(repository.root, "umpire", engine=ENGINE).total == 1


def test_a_failed_build_leaves_nothing_on_the_server(
    index: Index, client: Any, collection: tuple[Agreement, ...]
) -> None:
    fill(index, collection)
    before = on_server(client, index)
    with pytest.raises(RuntimeError), index.building() as batch:
        batch.put(collection[0])
        raise RuntimeError
    assert on_server(client, index) == before


def test_a_busy_server_is_asked_again(
    index: Index, collection: tuple[Agreement, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    from opensearchpy import OpenSearch as Client
    from opensearchpy.exceptions import TransportError

    sent, calls = Client.bulk, []

    def busy_at_first(self: Client, *arguments: Any, **options: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise TransportError(429, "rejected_execution_exception", {})
        return sent(self, *arguments, **options)

    monkeypatch.setattr(Client, "bulk", busy_at_first)
    monkeypatch.setattr("time.sleep", calls.append)
    fill(index, collection)
    assert search(index.folder, "umpire", engine=ENGINE).total == 1
    assert calls[1] == 1  # a second later


def test_many_rows_go_in_pieces(index: Index, collection: tuple[Agreement, ...]) -> None:
    copies = tuple(collection[0].model_copy(update={"id": f"copy-{number}"}) for number in range(200))
    fill(index, (*copies, copies[0]))  # one comes twice: only the last counts
    assert search(index.folder, "umpire", engine=ENGINE, limit=0).total == 200


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (TermClause("text", "umpir"), {"term": {"text": {"value": "umpir"}}}),
        (Weighed(TermClause("text", "a"), 2.0), {"bool": {"must": [{"term": {"text": {"value": "a"}}}], "boost": 2.0}}),
        (KeywordClause("family", "dca"), {"bool": {"filter": [{"term": {"family": {"value": "dca"}}}]}}),
        (
            Bool(never=(KeywordClause("family", "dca"),)),
            {"bool": {"must_not": [{"bool": {"filter": [{"term": {"family": {"value": "dca"}}}]}}]}},
        ),
        (Like("words", "a*"), {"constant_score": {"filter": {"wildcard": {"words": {"value": "a*"}}}, "boost": 1.0}}),
    ],
)
def test_clauses_become_the_servers_own(clause: Any, expected: dict[str, Any]) -> None:
    assert compiled(clause) == expected


def test_words_in_any_order_are_asked_for_in_every_order() -> None:
    asked = compiled(Near("text", ("a", "b", "c"), 2, ordered=False))
    assert len(asked["dis_max"]["queries"]) == 6
    assert all(q["span_near"]["in_order"] for q in asked["dis_max"]["queries"])


def test_a_prefix_is_taken_literally() -> None:
    assert literal("a.b|c*") == r"a\.b\|c\*"
