"""Recognition of pages that are pictures, by the program `tesseract` where it is installed.

The picture goes in through a pipe and the words with their places come out through another: nothing is written to
disk, so nothing of a page is left behind.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

PROGRAM = "tesseract"
TIME_LIMIT = 180  # seconds for one page
LANGUAGE_LIMIT = 4  # more languages at once make recognition slow, and worse
LANGUAGES_VARIABLE = "AGREEMENTS_OCR_LANGUAGES"
NOT_INSTALLED = f"{PROGRAM} is not installed"
ADVICE = "Install the program tesseract (Debian and Ubuntu: apt install tesseract-ocr) and read the file again."
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))
_AS_FOUND, _TURNED = "3", "1"  # tesseract's ways to look at a page: as it is, or after finding which way is up
_POOR = 0.5  # quality below which the page may lie on its side or head


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in shades of grey, one byte for each point of the picture, and how many of these make an inch."""

    width: int
    height: int
    grey: bytes
    dpi: int

    def as_pgm(self) -> bytes:
        """Return the picture as a file of the portable grey format."""
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + self.grey


@dataclass(frozen=True, slots=True)
class OcrWord:
    """A recognised word: its place in points of the picture, how sure it is (0 to 1), and the line it stands on."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The program at `path`, asked for `languages` (its own codes joined by `+`, such as `eng+fra`)."""

    path: str
    languages: str
    turns: bool  # whether it can find out which way is up

    def words(self, picture: Picture) -> list[OcrWord]:
        """Return the words of one page. Raises `RecognitionError` when the program fails or takes too long."""
        found = self._run(picture, _AS_FOUND)
        if self.turns and quality(found) < _POOR:
            again = self._run(picture, _TURNED)
            found = max((found, again), key=quality)
        return found

    def all_words(self, pictures: Iterable[Picture]) -> Iterator["list[OcrWord] | RecognitionError"]:
        """Yield the words of each page in order, or the error; as many pages at once as there are processors."""
        at_once = os.cpu_count() or 1
        left = iter(pictures)
        with ThreadPoolExecutor(at_once) as pool:
            waiting: list[Future[list[OcrWord]]] = [pool.submit(self.words, p) for p in islice(left, at_once)]
            while waiting:
                first = waiting.pop(0)
                try:
                    yield first.result()
                except RecognitionError as error:
                    yield error
                waiting += [pool.submit(self.words, p) for p in islice(left, 1)]

    def _run(self, picture: Picture, way: str) -> list[OcrWord]:
        command = [self.path, "stdin", "stdout", "--dpi", str(picture.dpi), "--psm", way, "-l", self.languages, "tsv"]
        try:
            done = subprocess.run(
                command,
                input=picture.as_pgm(),
                capture_output=True,
                timeout=TIME_LIMIT,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # one page to a processor is faster than all to one
            )
        except subprocess.TimeoutExpired as error:
            raise RecognitionError(f"recognition took longer than {TIME_LIMIT} seconds") from error
        except OSError as error:
            raise RecognitionError(f"{self.path} does not run: {error.strerror}") from error
        if done.returncode:
            lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise RecognitionError(f"{PROGRAM} failed: {lines[-1] if lines else done.returncode}")
        return list(_words(done.stdout.decode("utf-8", "replace")))


class RecognitionError(Exception):
    """A page could not be recognised; the message says why, the file is read without it."""


def recogniser() -> Recogniser | None:
    """Return the recogniser with the installed languages, None where the program is not installed.

    English first, at most `LANGUAGE_LIMIT` in all; the environment variable `AGREEMENTS_OCR_LANGUAGES` (such as
    `eng+por`) chooses others.
    """
    path = shutil.which(PROGRAM)
    if not path:
        return None
    try:
        listed = subprocess.run([path, "--list-langs"], capture_output=True, timeout=30, check=False, text=True)
    except (OSError, subprocess.TimeoutExpired):
        return None
    installed = [line.strip() for line in listed.stdout.splitlines()[1:] if line.strip()]
    wanted = [code for code in os.environ.get(LANGUAGES_VARIABLE, "").split("+") if code in installed]
    usual = sorted((code for code in installed if code not in _NO_LANGUAGES), key=lambda code: (code != "eng", code))
    languages = "+".join(wanted or usual[:LANGUAGE_LIMIT])
    return Recogniser(path, languages, "osd" in installed) if languages else None


def quality(words: Iterable[OcrWord]) -> float:
    """Return how sure the recognition of a page is on the whole (0 to 1): the mean over its characters."""
    sizes = [(len(word.text), word.sure) for word in words]
    return sum(n * sure for n, sure in sizes) / max(1, sum(n for n, _ in sizes))


def _words(table: str) -> Iterator[OcrWord]:
    """Read tesseract's table of tab-separated values, of which the rows of level 5 are words."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            block, paragraph, line = map(int, cells[2:5])
            left, top, width, height = map(int, cells[6:10])
            sure = max(0.0, float(cells[10])) / 100
            yield OcrWord(cells[11].strip(), left, top, left + width, top + height, sure, (block, paragraph, line))
