"""The server: two loopback sockets on one port, a workbench behind them, an end after eight idle hours."""

import asyncio
import contextlib
import http.client
import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import uvicorn

from agreements.errors import AgreementsError
from agreements.platform import StrPath, as_path
from agreements.web.application import Workbench, application
from agreements.web.guard import KEY_ADDRESS
from agreements.web.screens import all_routes
from agreements.web.sessions import offer, running

IDLE_HOURS = 8
_LOOK = 30.0  # seconds between looks at how long nobody asked for anything
_TRIES = 20  # random ports that are tried until one is free under both addresses
_PATIENCE = 2  # seconds that requests in progress get at the end


class Serving:
    """A workbench on the repository in `folder`, at `port` (default: a free one) of this computer's own addresses.

    Raises `RepositoryError` when there is no repository, `AgreementsError` when the port is taken.
    """

    def __init__(
        self, folder: StrPath, *, port: int | None = None, read_only: bool = False, idle_hours: float = IDLE_HOURS
    ) -> None:
        list(running())  # removes what a workbench left that was killed
        self.sockets = _sockets(port)
        self.port: int = self.sockets[0].getsockname()[1]
        try:
            self.workbench = Workbench(folder, port=self.port, read_only=read_only)
        except BaseException:
            _close(self.sockets)
            raise
        self._idle_seconds = idle_hours * 3600
        self._server = uvicorn.Server(
            uvicorn.Config(
                application(self.workbench),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE,
                ws="none",
                http="h11",
                loop="asyncio",
            )
        )

    def address(self, path: str = "/") -> str:
        """Return the address of `path` with a new key, which opens it once."""
        return _keyed(self.port, path, self.workbench.sessions.new_key())

    def address_of_file(self, file: StrPath) -> str:
        """Return the address at which `file`, of the person's own, is looked at, with a new key."""
        return self.address(f"/open/{offer(self.workbench.sessions.folder, as_path(file))}")

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Answer until `stop`, an interruption or eight idle hours; `ready` is called once it answers."""
        sessions = self.workbench.sessions
        try:
            sessions.note_start(self.port, self.workbench.desk.repository.root)
            asyncio.run(self._serve(ready))
        finally:
            self.workbench.close()
            _close(self.sockets)

    def stop(self) -> None:
        """Let `run` end; may be called from another thread."""
        self._server.should_exit = True

    async def _serve(self, ready: Callable[[], None]) -> None:
        watching = asyncio.create_task(self._watch(ready))
        try:
            await self._server.serve(sockets=self.sockets)
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching

    async def _watch(self, ready: Callable[[], None]) -> None:
        while not self._server.started:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(ready)
        while self.workbench.sessions.idle() < self._idle_seconds:
            await asyncio.sleep(min(_LOOK, self._idle_seconds))
        self.stop()


def routes() -> Iterator[tuple[str, str]]:
    """Yield method and address of everything that the workbench answers."""
    yield "GET", "/static/{name}"
    yield from ((route.method, route.path) for route in all_routes())


def keys_of_running(folder: StrPath, path: str = "/", *, file: StrPath | None = None) -> str:
    """Return an address with a new key at a workbench of this person that already serves `folder`; empty for none.

    It is that of `path`, or the one at which `file` is looked at.
    """
    wanted = str(as_path(folder).resolve())
    for note in running():
        if note.repository == wanted and (key := _asked_for_key(note.port, note.secret)):
            return _keyed(note.port, f"/open/{offer(note.folder, as_path(file))}" if file else path, key)
    return ""


def _keyed(port: int, path: str, key: str) -> str:
    parts = urlsplit(path)
    query = "&".join(x for x in (parts.query, f"key={key}") if x)
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"http://127.0.0.1:{port}{parts.path or '/'}?{query}{fragment}"


def _asked_for_key(port: int, secret: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("POST", KEY_ADDRESS, headers={"Authorization": f"Bearer {secret}"})
        answer = connection.getresponse()
        return answer.read().decode("ascii") if answer.status == 200 else ""
    except (OSError, http.client.HTTPException, UnicodeDecodeError):
        return ""
    finally:
        connection.close()


def _sockets(port: int | None) -> list[socket.socket]:
    """Return listening sockets at 127.0.0.1 and, where this computer has it, ::1, both at the same port."""
    for _ in range(_TRIES):
        first = _bound(socket.AF_INET, "127.0.0.1", port or 0)
        if first is None:
            break
        taken = first.getsockname()[1]
        if not _has_ipv6():
            return [first]
        if second := _bound(socket.AF_INET6, "::1", taken):
            return [first, second]
        first.close()
        if port:
            break
    named = f"Port {port} is" if port else "All ports are"
    raise AgreementsError(f"{named} taken by another program.", hint="Name another one (--port N), or none.")


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket | None:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows: else another program could take the port beside us
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError:
        made.close()
        return None
    return made


def _has_ipv6() -> bool:
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as tried:
            tried.bind(("::1", 0))
    except OSError:
        return False
    return True


def _close(sockets: list[socket.socket]) -> None:
    for each in sockets:
        each.close()
