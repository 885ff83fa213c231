"""What differs between operating systems, in one place: file names, atomic writing, the data folder, the terminal."""

import contextlib
import errno
import getpass
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from agreements.errors import AgreementsError

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"] + [f"{d}{n}" for d in ("com", "lpt") for n in range(10)]
)  # Windows devices: no file may have them as its name, with or without a suffix
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
_LONGEST_NAME = 120  # leaves room for the folders above it in the 260 characters that Windows allows a path
_ATTEMPTS = 8
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NO_ROOM = 64 * 1024  # bytes: less holds no index of anything


StrPath = str | os.PathLike[str]
"""What is taken for a path: a string or any path."""


def as_path(given: StrPath) -> Path:
    """Return `given` as a path; `~` at its beginning is the user's own folder."""
    return Path(given).expanduser()


def data_folder() -> Path:
    """Return the user's own data folder for this library; it need not exist yet."""
    from platformdirs import user_data_path

    return user_data_path("agreements", appauthor=False)


def login_name() -> str:
    """Return the name under which this person is logged in, empty where the system does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def cache_folder() -> Path:
    """Return the user's own folder for what can be worked out again at any time; it need not exist yet."""
    from platformdirs import user_cache_path

    return user_cache_path("agreements", appauthor=False)


def can_write(folder: Path) -> bool:
    """Whether files can be made in `folder`, or in the nearest folder above it that exists.

    Windows tells only when it is tried, and a full disk is not asked: whoever writes must be ready for a refusal.
    """
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    return os.access(nearest, os.W_OK | os.X_OK)


def why_not(problem: OSError) -> str:
    """Return in few words why the system refused to write: `disk full`, `no right to write`, or its own words."""
    known = {
        errno.ENOSPC: "disk full",
        getattr(errno, "EDQUOT", -1): "disk quota used up",
        errno.EROFS: "the disk is read-only",
    }
    known |= dict.fromkeys((errno.EACCES, errno.EPERM), "no right to write")
    words = known.get(problem.errno or 0) or (problem.strerror or type(problem).__name__)
    return words[:1].lower() + words[1:]


def is_full(folder: Path) -> bool:
    """Whether the disk of `folder` has no room left that is worth mentioning."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    try:
        return shutil.disk_usage(nearest).free < _NO_ROOM
    except OSError:
        return False


def safe_name(name: str, *, default: str = "file") -> str:
    """Return `name` as a file name that is legal on Windows, macOS and Linux.

    Forbidden characters become `_`, the suffix survives shortening; `default` stands in for an empty name.
    """
    clean = _FORBIDDEN.sub("_", name).strip().rstrip(". ") or default
    if len(clean.encode("utf-8")) > _LONGEST_NAME:
        stem, suffix = os.path.splitext(clean)  # noqa: PTH122 - a name, not a path
        suffix = suffix[:16]
        room = _LONGEST_NAME - len(suffix.encode("utf-8"))
        clean = stem.encode("utf-8")[:room].decode("utf-8", "ignore").rstrip(". ") + suffix
    stem, dot, rest = clean.partition(".")
    return f"{stem}_{dot}{rest}" if stem.lower() in _RESERVED else clean


def plain_name(name: str) -> str:
    """Return the name that `safe_name` turned into `name`, as far as it only avoided a reserved device."""
    stem, dot, rest = name.partition(".")
    return stem[:-1] + dot + rest if stem.endswith("_") and stem[:-1].lower() in _RESERVED else name


def printable(path: Path | str) -> str:
    """Return `path` for a message: bytes that are no UTF-8 are shown as `\\xff` instead of failing to print.

    So are characters that cannot be seen, or that turn the order of others: nobody is shown another name than it is.
    """
    words = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), words)


def is_running(process: int) -> bool:
    """Whether a process of that number runs on this computer, as far as the system says; else it is taken for one."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def is_readable_name(name: str) -> bool:
    """Whether a file name is valid Unicode, so that it can be stored, shown and typed."""
    return name.isascii() or not any("\ud800" <= c <= "\udfff" for c in name)


def write_bytes(path: Path, content: bytes, *, durable: bool = True, as_folder: bool = True) -> None:
    """Write `content` to `path`; when `durable`, return only after it is on the disk.

    A file that is made is from its beginning no more open to others than its folder is, unless not `as_folder`.
    """
    with open(path, "wb", opener=_as_its_folder if as_folder else None) as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def replace_file(path: Path, content: bytes, *, as_folder: bool = True) -> None:
    """Put `content` at `path` so that a reader or a crash sees the old or the new file, never a part.

    `as_folder` as in `write_bytes`.
    """
    temporary = path.with_name(f".tmp-{os.getpid()}-{path.name}")
    try:
        write_bytes(temporary, content, as_folder=as_folder)
        move(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def append_bytes(path: Path, content: bytes) -> None:
    """Add `content` to the end of `path`, which need not exist; returns after it is on the disk."""
    with open(path, "ab", opener=_as_its_folder) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _as_its_folder(name: str, flags: int) -> int:
    """Open a file; one that is made has the rights of its folder, less what the system takes off.

    On Windows the rights of the folder go on to it.
    """
    if sys.platform == "win32":
        return os.open(name, flags)
    return os.open(name, flags, os.stat(Path(name).parent).st_mode & 0o666)  # noqa: PTH116


def save(path: Path, content: bytes) -> None:
    """Put a finished file in place as `replace_file` does.

    Raises `AgreementsError` that says why it cannot (no such folder, the file is open in Word, the disk is full).
    """
    try:
        replace_file(path, content, as_folder=False)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise AgreementsError(f"{printable(path)} cannot be written: {reason}.", hint=_advice(error)) from error


def _advice(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "Make the folder first, or choose another."
    if isinstance(error, IsADirectoryError):
        return "That is a folder; name a file in it."
    if isinstance(error, PermissionError):
        return "If the file is open in Word, close it there and try again; else choose a folder you may write to."
    return "Choose another place or free some space, and try again."


def move(source: Path, target: Path) -> None:
    """Rename `source` to `target` on the same disk, trying again while Windows has either of them open."""
    for attempt in range(_ATTEMPTS):
        try:
            os.replace(source, target)  # noqa: PTH105 - one name to fail at in tests
        except PermissionError:
            if attempt == _ATTEMPTS - 1 or sys.platform != "win32":
                raise
            time.sleep(0.02 * 2**attempt)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make renames inside `folder` durable where the system can (Windows cannot, and need not).

    Raises `OSError` where it could not; a file system that knows no such thing is no failure.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def private_folder(folder: Path) -> Path:
    """Return `folder`, made where it is missing so that nobody but its owner can look into it (0700).

    On Windows the rights of the folder above go on to it: the user's own folder is closed to others already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077 and folder.stat().st_uid == os.getuid():
        folder.chmod(0o700)
    return folder


def make_folder_within(folder: Path) -> None:
    """Make `folder` where it is missing, from its beginning no more open to others than the one above it."""
    above = 0o777 if sys.platform == "win32" else folder.parent.stat().st_mode & 0o777
    folder.mkdir(mode=above, exist_ok=True)


def set_rights(folder: Path, mode: int) -> None:
    """Give `folder` the rights `mode`, and all in it the same (files: but to run them), as far as this person owns it.

    On Windows nothing is done: the rights of the folder above go on to it.
    """
    if sys.platform == "win32":
        return
    folder.chmod(mode)
    for path in folder.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # gone meanwhile
            if not path.is_symlink() and path.stat().st_uid == os.getuid():
                path.chmod(mode if path.is_dir() else mode & 0o666)


def remove_tree(folder: Path) -> None:
    """Remove `folder` and all in it; nothing happens when it is not there."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)


def editor_command() -> list[str]:
    """Return the command of the editor that a person chose ($VISUAL, $EDITOR), else of one that is here; or nothing."""
    windows = sys.platform == "win32"
    if chosen := os.environ.get("VISUAL") or os.environ.get("EDITOR"):
        if Path(chosen).is_file():  # a path with blanks in it, as on Windows
            return [chosen]
        return [part.strip('"') for part in shlex.split(chosen, posix=not windows)]
    usual = ("notepad",) if windows else ("sensible-editor", "nano", "vim", "vi")
    return next(([name] for name in usual if shutil.which(name)), [])


def run_limited(command: list[str], patience: float) -> None:
    """Run `command` without its output being shown; what it started ends with it after `patience` seconds.

    Raises `subprocess.TimeoutExpired`, `subprocess.CalledProcessError` where it fails, `OSError` where it cannot start.
    """
    windows = sys.platform == "win32"
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if sys.platform == "linux":  # its memory is its own matter
        command = ["/bin/sh", "-c", 'ulimit -S -v unlimited; exec "$@"', "sh", *command]
    process = subprocess.Popen(command, **quiet, start_new_session=not windows)
    try:
        status = process.wait(patience)
    except BaseException:
        _end_all(process)
        raise
    if status:
        raise subprocess.CalledProcessError(status, command[0])


def _end_all(process: "subprocess.Popen[bytes]") -> None:
    """End a process and those that it started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def limited_memory(most: int) -> Iterator[None]:
    """A block in which this process may use `most` bytes more than it does, where the system can say so.

    Windows cannot, and neither do all others. Raises `MemoryError` in the block where more is asked for.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    before, hard = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    limit = used + most if hard < 0 else min(used + most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))


def terminal_width(*, default: int = 100, widest: int = 120) -> int:
    """Return the columns to print in: the terminal's own, at most `widest`, and `default` where there is none."""
    return min(shutil.get_terminal_size((default, 24)).columns, widest)
