"""What each page of the workbench costs: CPU of the server, its weight, and the memory of the process.

usage: python benchmarks/web.py REPOSITORY [--times 30]

Every page is asked for at an open workbench in this process, without a network between. The first answer of each is
left out of the percentiles and told by itself: it works out what is kept until a file changes. CPU is that of the whole
process while nothing else runs in it. `first page` is a fresh `agreements serve` from its start to the first answer.
"""

import argparse
import asyncio
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from agreements.library import Desk
from agreements.reference import places
from agreements.web import Workbench, application

PORT = 8765


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--times", type=int, default=30)
    options = parser.parse_args()
    print(f"first page {_first_page(options.repository):.2f} s after the start")
    with tempfile.TemporaryDirectory(prefix="bench-web-") as scratch:
        workbench = Workbench(options.repository, port=PORT, room=Path(scratch) / "room")
        try:
            _measure(workbench, options.times)
        finally:
            workbench.close()
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _measure(workbench: Workbench, times: int) -> None:
    held = workbench.desk.listing()
    print(f"{len(held)} agreements, {sum(facts.text_held for facts in held)} with text")
    asking = _Asking(workbench)
    print(f"{'page':<44}{'first, ms':>10}{'p50':>7}{'p95':>7}{'kB':>7}")
    for path in _paths(workbench.desk):
        first, weight = asking.get(path)
        taken = sorted(asking.get(path)[0] for _ in range(times))
        p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
        print(f"{path[:43]:<44}{first:>10.0f}{statistics.median(taken):>7.0f}{p95:>7.0f}{weight / 1000:>7.0f}")


def _paths(desk: Desk) -> list[str]:
    """Return a page of each kind; of the agreements the longest and its most central paragraph."""
    texts = sorted((facts for facts in desk.listing() if facts.text_held), key=lambda facts: -_lines(desk, facts.id))
    longest, other = texts[0].id, texts[1].id
    family = Counter(facts.family for facts in texts).most_common(1)[0][0]
    codes = Counter(code for facts in desk.listing() for code in facts.parties)
    paths = [place.path for place in places(desk.get(longest).agreement)]
    middle = paths[len(paths) // 2]
    reader = [f"/a/{longest}/{middle}?tab={tab}" for tab in ("source", "similar", "changed", "topics", "relations")]
    return [
        *("/", "/search?q=waiver+of+claims", "/search?q=who+pays+for+damage+to+third+parties%3F", "/search?q=tax*"),
        *(f"/a/{longest}", *reader, f"/a/{longest}/source", f"/similar/{longest}/{middle}", "/agreements"),
        *(f"/compare?a={longest}&b={other}", f"/matrix?family={family}", "/variants/claims", "/calendar", "/n"),
        *([f"/partners/{codes.most_common(1)[0][0]}"] if codes else []),
        *("/clauses/sofa", "/import", "/help/keys"),
    ]


def _lines(desk: Desk, agreement: str) -> int:
    """Return how many lines the texts of an agreement have: to read thousands as agreements warms what is timed."""
    folder = desk.repository.folder(agreement)
    files = (folder / "agreement.md", *(folder / "documents").glob("*.md"))
    return sum(file.read_bytes().count(b"\n") for file in files)


class _Asking:
    """A person at the workbench, in this process."""

    def __init__(self, workbench: Workbench) -> None:
        self._app = application(workbench)
        self._headers = [(b"host", f"127.0.0.1:{PORT}".encode())]
        status, headers, _ = asyncio.run(self._ask(f"/?key={workbench.sessions.new_key()}"))
        assert status == 303
        cookie = dict(headers)[b"set-cookie"].split(b";")[0]
        self._headers.append((b"cookie", cookie))

    def get(self, path: str) -> tuple[float, int]:
        """Return milliseconds of CPU and bytes of a page."""
        began = time.process_time()
        status, _, body = asyncio.run(self._ask(path))
        assert status == 200, (path, status, body[:300])
        return (time.process_time() - began) * 1000, len(body)

    async def _ask(self, path: str) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        parts = urlsplit(path)
        scope = {
            "type": "http", "method": "GET", "path": parts.path, "raw_path": parts.path.encode(), "scheme": "http",
            "query_string": parts.query.encode(), "headers": self._headers, "http_version": "1.1", "root_path": "",
            "server": ("127.0.0.1", PORT), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        answer: dict[str, Any] = {"body": b""}

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            answer.update({k: v for k, v in message.items() if k in ("status", "headers")})
            answer["body"] += message.get("body", b"")

        await self._app(scope, receive, send)
        return answer["status"], list(answer["headers"]), answer["body"]


def _first_page(repository: Path) -> float:
    command = [sys.executable, "-m", "agreements", "--repo", str(repository), "serve", "--no-open"]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?key=\S+", address), address
        build_opener(HTTPCookieProcessor()).open(address, timeout=30).read()
        took = time.monotonic() - began
        process.terminate()
    return took


if __name__ == "__main__":
    main()
