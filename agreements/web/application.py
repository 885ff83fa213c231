"""The application: every screen behind the guard, on a desk that is held open."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from hashlib import sha256
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from agreements.errors import (
    AgreementsError,
    ChangedMeanwhileError,
    ClassifiedError,
    NotFoundError,
    QueryError,
    ReferenceSyntaxError,
)
from agreements.garbage import collecting_rarely
from agreements.library import Desk
from agreements.platform import StrPath, safe_name
from agreements.web import layout
from agreements.web.forms import FormContent, FormRefusedError, read_form
from agreements.web.guard import Guard
from agreements.web.screen import Answer, Elsewhere, EventStream, FileSent, PageView, ScreenRoute, Visit
from agreements.web.screens import all_routes
from agreements.web.sessions import Sessions, new_folder

_STATUS: tuple[tuple[type[AgreementsError], int], ...] = (
    (NotFoundError, 404),
    (ClassifiedError, 422),
    (ChangedMeanwhileError, 409),
    (QueryError, 400),
    (ReferenceSyntaxError, 400),
)
_REFUSED = 422  # what a verb does not do, for a reason that it gives
_YEAR = "private, max-age=31536000, immutable"


class Workbench:
    """A repository at work in the browser: its desk, and who is there. Close it at the end.

    `folder` is that of the repository, `port` the one it will answer on, `room` where uploads lie (default: a new
    folder in the person's own cache). Raises `RepositoryError` when there is no repository.
    """

    def __init__(self, folder: StrPath, *, port: int, read_only: bool = False, room: Path | None = None) -> None:
        self.desk = Desk(folder)
        self.sessions = Sessions(room or new_folder())
        self.port, self.read_only = port, read_only
        # What a desk keeps are a great many objects without cycles: a look through them all stops a page in its middle.
        self._collecting = ExitStack()
        self._collecting.enter_context(collecting_rarely())

    def close(self) -> None:
        """Let go of the repository and remove what was uploaded."""
        self._collecting.close()
        self.sessions.end()
        self.desk.close()


def application(workbench: Workbench) -> ASGIApp:
    """Return the ASGI application of a workbench, with its guard."""
    routes = [Route("/static/{name}", _static, methods=["GET"])]
    routes += [Route(r.path, _endpoint(workbench, r), methods=[r.method]) for r in _routes()]

    async def failed(request: Request, error: Exception) -> Response:
        return _page(request, workbench, _failure(error))

    app = Starlette(
        routes=routes, exception_handlers={HTTPException: failed, Exception: failed}, lifespan=_lifespan(workbench)
    )
    app.router.redirect_slashes = False
    return Guard(app, workbench.sessions, port=workbench.port)


def _routes() -> Sequence[ScreenRoute]:
    return tuple(all_routes())


def _lifespan(workbench: Workbench) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(workbench.close)

    return lifespan


def _endpoint(workbench: Workbench, route: ScreenRoute) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a request for `route`: the form is read, the screen asked on a thread, its answer sent."""

    async def endpoint(request: Request) -> Response:
        request.scope["workbench.route"] = route.path
        form = FormContent()
        try:
            if route.method == "POST":
                form = await read_form(
                    request.headers.get("content-type", ""), request.stream(), request.scope["workbench.session"]
                )
                _refuse_writing(route, workbench)
            visit = _visit(request, workbench, form)
            return await _sent(request, visit, await run_in_threadpool(route.handler, visit))
        except FormRefusedError as refused:
            return _page(request, workbench, _error(refused.status, str(refused), refused.hint))
        except Exception as error:  # a fault of ours is shown too, and harms no other page
            return _page(request, workbench, _failure(error))
        finally:
            for upload in form.uploads:
                if not upload.taken:
                    upload.remove()

    return endpoint


def _refuse_writing(route: ScreenRoute, workbench: Workbench) -> None:
    if route.writes and workbench.read_only:
        why = "This workbench is read-only: nothing was written."
        raise FormRefusedError(403, why, "Start it without --read-only to change things.")


def _visit(request: Request, workbench: Workbench, form: FormContent) -> Visit:
    query: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        query.setdefault(name, []).append(value)
    return Visit(
        desk=workbench.desk,
        session=request.scope["workbench.session"],
        route=request.scope.get("workbench.route", "-"),
        address=request.url.path,
        path={name: str(value) for name, value in request.path_params.items()},
        query=query,
        form=form.fields,
        uploads=form.uploads,
        read_only=workbench.read_only,
    )


async def _sent(request: Request, visit: Visit, answer: Answer) -> Response:
    if isinstance(answer, PageView):
        body = (await run_in_threadpool(layout.page, answer, visit)).encode()
        return _with_etag(request, Response(body, answer.status, media_type="text/html"))
    if isinstance(answer, Elsewhere):
        return RedirectResponse(answer.address, 303)
    if isinstance(answer, EventStream):
        lines = (f"event: {kind}\ndata: {text}\n\n" for kind, text in answer.events)
        headers = {"cache-control": "no-store"}
        return StreamingResponse(iterate_in_threadpool(lines), media_type="text/event-stream", headers=headers)
    return _file(request, answer)


def _file(request: Request, answer: FileSent) -> Response:
    headers: dict[str, str] = {}
    if answer.name:
        plain = safe_name(answer.name).encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
        headers["content-disposition"] = f'attachment; filename="{plain}"'
    return _with_etag(request, Response(answer.content, media_type=answer.media_type, headers=headers))


def _with_etag(request: Request, response: Response) -> Response:
    """Return `response` with the hash of its body as tag; where the browser has that body, only that it is the same."""
    tag = f'"{sha256(bytes(response.body)).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if response.status_code == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response


async def _static(request: Request) -> Response:
    request.scope["workbench.route"] = "/static/{name}"
    name = request.path_params["name"]
    if (content := layout.static_files().get(name)) is None:
        raise HTTPException(404)
    sent = Response(content, media_type=layout.TYPES[Path(name).suffix], headers={"x-robots-tag": "none"})
    if "v" not in request.query_params:  # a script that another one names: asked for again, and mostly the same
        return _with_etag(request, sent)
    sent.headers["cache-control"] = _YEAR
    return sent


def _failure(error: Exception) -> PageView:
    """Return the page that says what went wrong and what to do; nothing of the program's insides."""
    if isinstance(error, AgreementsError):
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), _REFUSED)
        return _error(status, str(error), error.hint)
    if isinstance(error, HTTPException):
        if error.status_code == 405:
            return _error(405, "That address takes no form.", "Go back and choose from the page.")
        return _error(404, "There is no such page.", "Choose a screen on the left, or search.")
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    message = f"The program itself failed ({type(error).__name__} at {place}); your files are as they were."
    return _error(500, message, "Please report this line. Everything else can be used on.")


def _error(status: int, message: str, hint: str) -> PageView:
    title = {403: "Refused", 404: "Not found", 409: "Changed meanwhile", 413: "Too large", 500: "A fault"}
    values: Mapping[str, str] = {"message": message, "hint": hint}
    return PageView("error.html", title.get(status, "That cannot be done"), values, status=status)


def _page(request: Request, workbench: Workbench, view: PageView) -> Response:
    visit = _visit(request, workbench, FormContent())
    body = layout.page(view, visit)
    return Response(body, view.status, media_type="text/html", headers={"cache-control": "no-store"})
