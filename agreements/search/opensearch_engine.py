"""The engine for a shared server or more than one machine: OpenSearch. The only module that knows its client.

A folder of the index holds a note that names the index on the server. A build fills a new index, then moves the
alias `<name>-<level>` to it in one step; the generation before stays until the next build, for whoever reads it.
Drafts and rejected texts do not leave for the server unless AGREEMENTS_OPENSEARCH_DRAFTS says so.
"""

import json
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from agreements.errors import RepositoryError
from agreements.search.clauses import Clause
from agreements.search.engine import RankedRows, Sort
from agreements.search.fields import LATEST, IndexRow
from agreements.search.opensearch_query import PAYLOAD, WINDOW, compiled, document, index_body, literal

if TYPE_CHECKING:
    from opensearchpy import OpenSearch as Client

URL, USER, PASSWORD = "AGREEMENTS_OPENSEARCH_URL", "AGREEMENTS_OPENSEARCH_USER", "AGREEMENTS_OPENSEARCH_PASSWORD"
"""Names of the environment variables with the server's address and the login."""
CERTIFICATE = "AGREEMENTS_OPENSEARCH_CA"
"""File with the certificate of the authority that signed the server's, where that is the department's own."""
NAME = "AGREEMENTS_OPENSEARCH_NAME"
"""How the indexes of this repository begin on the server (default: made from the folder's path)."""
DRAFTS = "AGREEMENTS_OPENSEARCH_DRAFTS"
"""`1` when drafts and rejected texts may leave for the server."""

_LAYOUT = "1"  # goes up when `index_body` or `document` change
_NOTE = "server.json"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]*")
_UNPUBLISHED = ("draft", "rejected")
_CHUNK, _CHUNK_BYTES = 500, 8_000_000
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 6, 1, 30  # seconds; a busy server says so and is asked again, ever later
_TIMEOUT = 60.0
_MOST_VALUES, _MOST_WORDS = 2000, 60_000


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server is and who asks: from the environment, never stored."""

    host: str
    port: int
    secure: bool
    user: str
    password: str
    certificate: str

    @property
    def address(self) -> str:
        """Return the address without the login."""
        return f"{'https' if self.secure else 'http'}://{self.host}:{self.port}"

    @classmethod
    def configured(cls) -> "Server":
        """Return the server that the environment names; raises `RepositoryError` for none, or an unsafe one."""
        parts = urlsplit(os.environ.get(URL, ""))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RepositoryError("No OpenSearch server is named.", hint=f"Set {URL}=https://HOST:9200.")
        secure = parts.scheme == "https"
        user = os.environ.get(USER) or unquote(parts.username or "")
        password = os.environ.get(PASSWORD) or unquote(parts.password or "")
        if parts.hostname not in _LOOPBACK:
            if not secure:
                raise RepositoryError(
                    f"{parts.hostname} is asked for without encryption.", hint=f"Let {URL} begin with https://"
                )
            if not (user and password):
                raise RepositoryError(f"There is no login for {parts.hostname}.", hint=f"Set {USER} and {PASSWORD}.")
        port = parts.port or (443 if secure else 9200)
        return cls(parts.hostname, port, secure, user, password, os.environ.get(CERTIFICATE, ""))


class OpenSearch:
    """Writes and opens indexes on the server that the environment names."""

    name = "opensearch"

    def version(self) -> str:
        """Return what an index was made for: the layout, the server, whether drafts are on it."""
        return f"{_LAYOUT} {Server.configured().address}" + (" with drafts" if _drafts_allowed() else "")

    @contextmanager
    def writing(self, folder: Path) -> Iterator["OpenSearchWriter"]:
        """Open the index of `folder` for one batch; see `Engine`."""
        client = _client(Server.configured())
        known = _noted(folder)
        with _in_words():
            new = known is None or not client.indices.exists(index=known)
            name = f"{_base(folder.parent.parent)}.{folder.parent.name.lower()}.{folder.name}" if new else str(known)
            writer = OpenSearchWriter(client, name, f"{_base(folder.parent.parent)}.*.{folder.name}", new=new)
        try:
            yield writer
            with _in_words():
                writer.end()
                if new:
                    _switch(client, _base(folder.parent.parent), folder.name, name)
        except BaseException:
            if new:
                with suppress(Exception):
                    client.indices.delete(index=name, ignore_unavailable=True)
            raise
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _NOTE).write_text(json.dumps({"index": name}), encoding="utf-8")

    def open(self, folder: Path) -> "OpenSearchReader":
        """Open the index that is noted in `folder`; see `Engine`."""
        name = _noted(folder)
        if name is None:
            raise ValueError(f"no index is noted in {folder}")
        client = _client(Server.configured())
        with _in_words():
            if not client.indices.exists(index=name):
                raise ValueError(f"the server has no index {name}")
        return OpenSearchReader(client, name)

    def is_elsewhere(self, root: Path) -> bool:
        """Whether the server may hold something of the index whose folder is `root`; see `Remote`."""
        return bool(os.environ.get(URL)) or any(root.glob(f"*/*/{_NOTE}"))

    def forget(self, root: Path, agreement: str) -> None:
        """Remove an agreement from the server, in every generation and from its disk too; see `Remote`."""
        client = _client(Server.configured())
        every = f"{_base(root)}.*"
        with _in_words():
            client.delete_by_query(
                index=every,
                body={"query": {"term": {"agreement": {"value": agreement}}}},
                conflicts="proceed",
                allow_no_indices=True,
                refresh=True,
            )
            client.indices.forcemerge(index=every, max_num_segments=1, allow_no_indices=True)


class OpenSearchWriter:
    """One batch. A new index is filled as rows come; a change of one that serves is sent whole at the end."""

    def __init__(self, client: "Client", name: str, generations: str, *, new: bool) -> None:
        self._client = client
        self._name = name
        self._generations = generations
        self._new = new
        self._dropped: dict[str, None] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._waiting = 0
        self._sent: set[str] = set()
        if new:
            client.indices.create(index=name, body=index_body())

    def drop(self, agreement: str) -> None:
        """Remove the rows of `agreement`."""
        self._waiting -= len(self._rows.pop(agreement, ()))
        if not self._new:
            self._dropped[agreement] = None
        elif agreement in self._sent:
            with _in_words():
                self._client.indices.refresh(index=self._name)
                self._delete([agreement], self._name)
            self._sent.discard(agreement)

    def add(self, row: IndexRow) -> None:
        """Add `row`, unless it is none that may leave."""
        if not _drafts_allowed() and set(row.keywords["standing"]) & set(_UNPUBLISHED):
            return
        self._rows.setdefault(row.keywords["agreement"][0], []).append(document(row))
        self._waiting += 1
        if self._new and self._waiting >= _CHUNK:
            with _in_words():
                self._send()

    def end(self) -> None:
        """Send what waits, and let it be seen.

        What is dropped goes from every generation: a text that was purged is not left in the one before.
        """
        agreements = list(self._dropped)
        for start in range(0, len(agreements), _CHUNK):
            self._delete(agreements[start : start + _CHUNK], self._generations)
        self._send()
        self._client.indices.refresh(index=self._generations)

    def _send(self) -> None:
        from opensearchpy.helpers import streaming_bulk

        actions = ({"_index": self._name, **row} for rows in self._rows.values() for row in rows)
        for _ in streaming_bulk(
            self._client,
            actions,
            chunk_size=_CHUNK,
            max_chunk_bytes=_CHUNK_BYTES,
            max_retries=_RETRIES,
            initial_backoff=_FIRST_WAIT,
            max_backoff=_LONGEST_WAIT,
        ):
            pass
        self._sent.update(self._rows)
        self._rows.clear()
        self._waiting = 0

    def _delete(self, agreements: list[str], index: str) -> None:
        self._client.delete_by_query(
            index=index, body={"query": {"terms": {"agreement": agreements}}}, conflicts="proceed"
        )


class OpenSearchReader:
    """One index on the server, as it was when it was last refreshed."""

    def __init__(self, client: "Client", name: str) -> None:
        self._client = client
        self._name = name
        self._frequency = lru_cache(maxsize=4096)(self._count)

    def search(self, clause: Clause, *, limit: int, offset: int = 0, sort: Sort = "relevance") -> RankedRows:
        """Return the rows that match `clause`, of the first hundred thousand; see `Reader`."""
        offset = min(offset, WINDOW)
        order = [{LATEST: "desc"}, "_doc"] if sort == "date" else ["_score", "_doc"]
        found = self._ask(
            {
                "query": compiled(clause),
                "from": offset,
                "size": min(limit, WINDOW - offset),
                "sort": order,
                "track_total_hits": True,
                "_source": [PAYLOAD],
            }
        )["hits"]
        rows = [(float(hit["_score"] or 0.0), hit["_source"][PAYLOAD].encode()) for hit in found["hits"]]
        return RankedRows(int(found["total"]["value"]), rows)

    def facets(self, clause: Clause, fields: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return how many matching rows have each value; see `Reader`."""
        wanted = {field: {"terms": {"field": field, "size": _MOST_VALUES}} for field in fields}
        counted = self._ask({"query": compiled(clause), "size": 0, "aggs": wanted})["aggregations"]
        return {field: dict(_buckets(counted[field])) for field in wanted}

    def frequency(self, field: str, term: str) -> int:
        """Return in how many rows `term` stands in `field`."""
        return self._frequency(field, term)

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Return the terms of `field` that begin with `prefix`, the most frequent first, at most sixty thousand."""
        size = min(limit or _MOST_WORDS, _MOST_WORDS)
        terms = {"field": field, "size": size} | ({"include": literal(prefix) + ".*"} if prefix else {})
        return _buckets(self._ask({"size": 0, "aggs": {"terms": {"terms": terms}}})["aggregations"]["terms"])

    def close(self) -> None:
        """Let go of the index; the connection stays for the next search of this program."""
        self._frequency.cache_clear()

    def _count(self, field: str, term: str) -> int:
        with _in_words():
            found = self._client.count(index=self._name, body={"query": {"term": {field: {"value": term}}}})
        return int(found["count"])

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        with _in_words():
            answer: dict[str, Any] = self._client.search(index=self._name, body=body)
        return answer


def _buckets(counted: dict[str, Any]) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted["buckets"]]


@cache
def _client(server: Server) -> "Client":
    try:
        from opensearchpy import OpenSearch as Connected
    except ImportError as error:
        raise RepositoryError(
            "The OpenSearch client is not installed.", hint="Run: pip install 'security-agreements[opensearch]'"
        ) from error
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # what goes wrong is said once, by `_in_words`
    return Connected(
        hosts=[{"host": server.host, "port": server.port}],
        http_auth=(server.user, server.password) if server.user else None,
        use_ssl=server.secure,
        verify_certs=server.secure,
        ca_certs=server.certificate or None,
        timeout=_TIMEOUT,
        max_retries=3,
        retry_on_timeout=True,
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what the client raises into an error for people: which server, what it said, what to do."""
    from opensearchpy import exceptions
    from opensearchpy.helpers import BulkIndexError

    try:
        yield
    except BulkIndexError as error:
        raise _refused(f"refused {len(error.errors)} rows") from error
    except (exceptions.AuthenticationException, exceptions.AuthorizationException) as error:
        hint = f"Check {USER} and {PASSWORD}, and that this account may write indexes that begin with its name."
        raise _refused("refused the login", hint) from error
    except exceptions.SSLError as error:
        raise _refused(
            "has a certificate that is not trusted", f"Name its authority's file in {CERTIFICATE}."
        ) from error
    except exceptions.ConnectionError as error:
        raise _refused("cannot be reached", f"Check {URL} and the network.") from error
    except exceptions.TransportError as error:
        raise _refused(f"answered {error.status_code} {error.error}") from error


def _refused(what: str, hint: str = "See the server's log; the index is made anew when it answers.") -> RepositoryError:
    return RepositoryError(f"The OpenSearch server {Server.configured().address} {what}.", hint=hint)


def _switch(client: "Client", base: str, level: str, name: str) -> None:
    """Move the alias to the index `name` in one step, and delete what it neither serves now nor served until now."""
    alias = f"{base}-{level}"
    every = set(client.indices.get(index=f"{base}.*.{level}"))
    served = set(client.indices.get_alias(name=alias)) if client.indices.exists_alias(name=alias) else set()
    actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": alias}} for old in sorted(served)]
    client.indices.update_aliases(body={"actions": [*actions, {"add": {"index": name, "alias": alias}}]})
    if gone := every - served - {name}:
        client.indices.delete(index=",".join(sorted(gone)), ignore_unavailable=True)


def _noted(folder: Path) -> str | None:
    try:
        return str(json.loads((folder / _NOTE).read_text(encoding="utf-8"))["index"])
    except FileNotFoundError:
        return None


def _base(root: Path) -> str:
    """Return how the indexes of a repository begin: one name for each folder, unless the department names it."""
    if named := os.environ.get(NAME):
        if not _PLAIN.fullmatch(named):  # a full stop parts the name from the generation
            raise RepositoryError(
                f"{named!r} is no name for indexes.", hint=f"Use small letters, digits and hyphens in {NAME}."
            )
        return named
    return f"agreements-{sha256(str(root.resolve()).encode()).hexdigest()[:12]}"


def _drafts_allowed() -> bool:
    return os.environ.get(DRAFTS, "") == "1"
