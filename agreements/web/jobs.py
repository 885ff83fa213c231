"""Work that takes longer than a page: it runs on a thread of its own, tells how far it is, and can be stopped."""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from agreements.errors import AgreementsError
from agreements.web.sessions import PersonSession, Upload

_NUMBERS = itertools.count(1)
_KEPT = 20  # jobs of a session that are remembered
_WAIT = 0.5  # seconds between looks of a page that watches
_PULSE = 15.0  # seconds after which a page that watches hears something, so that nothing between gives up


class JobStoppedError(Exception):
    """A person stopped the job."""


class BackgroundJob:
    """A piece of `work` of a session: `title`, how far it is, what it said, and what came of it.

    `work` gets the job itself, calls `progress` and `tell` as it goes, and returns the result. Uploads that were given
    along are removed at its end. `state` is running, done, failed or stopped.
    """

    def __init__(
        self, session: PersonSession, title: str, work: "Callable[[BackgroundJob], Any]", uploads: Sequence[Upload] = ()
    ) -> None:
        self.number, self.title = next(_NUMBERS), title
        self.state, self.result, self.error, self.hint = "running", None, "", ""
        self.done, self.all, self.last = 0, 0, ""
        self.lines: list[str] = []
        self._work, self._uploads = work, uploads
        self._stopped = threading.Event()
        self._moved = threading.Condition()
        for upload in uploads:
            upload.taken = True
        session.jobs[self.number] = self
        for old in [number for number, job in session.jobs.items() if not job.runs][:-_KEPT]:
            del session.jobs[old]
        self._thread = threading.Thread(target=self._run, name=f"job {self.number}", daemon=True)
        self._thread.start()

    @property
    def runs(self) -> bool:
        """Whether it is still at work."""
        return self.state == "running"

    def cancel(self) -> None:
        """Stop it at the next moment at which nothing is lost; what was finished is kept."""
        self._stopped.set()

    def wait(self, seconds: float) -> None:
        """Wait for its end, at most so long."""
        self._thread.join(seconds)

    def progress(self, done: int, every: int, last: str, share: float = 0.0) -> None:
        """Note how far it is; raises `JobStoppedError` where it was stopped meanwhile."""
        with self._moved:
            self.done, self.all, self.last = done, every, last
            self._moved.notify_all()
        if self._stopped.is_set():
            raise JobStoppedError

    def tell(self, line: str) -> None:
        """Note a line for the person; raises as `progress`."""
        with self._moved:
            self.lines.append(line)
            self._moved.notify_all()
        if self._stopped.is_set():
            raise JobStoppedError

    def events(self) -> Iterator[tuple[str, str]]:
        """Yield what a page that watches is told, until the end: `progress` (done, all, words), `line`, `done`."""
        seen, quiet, before = 0, 0.0, (-1, -1, "")
        while True:
            with self._moved:
                now, lines, state = (self.done, self.all, self.last), self.lines[seen:], self.state
            if now != before:
                words = f"{now[0]} of {now[1]}: {now[2]}" if now[1] else "Beginning"
                yield "progress", json.dumps([now[0], now[1], words])
            yield from (("line", json.dumps(line)) for line in lines)
            quiet = 0.0 if lines or now != before else quiet + _WAIT
            seen, before = seen + len(lines), now
            if state != "running":
                yield "done", json.dumps(state)
                return
            if quiet >= _PULSE:
                quiet = 0.0
                yield "pulse", "0"
            with self._moved:
                self._moved.wait(_WAIT)

    def _run(self) -> None:
        state = "failed"
        try:
            self.result = self._work(self)
            state = "done"
        except JobStoppedError:
            state = "stopped"
        except AgreementsError as error:
            self.error, self.hint = str(error), error.hint
        except Exception as error:
            self.error = f"The program itself failed ({type(error).__name__}); your files are as they were."
        finally:
            for upload in self._uploads:
                upload.remove()
            with self._moved:
                self.state = state
                self._moved.notify_all()
