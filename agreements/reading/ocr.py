"""Recognition of pages that are pictures, by the program `tesseract` where it is installed.

The picture goes in through a pipe and the words with their places come out through another: nothing is written to
disk, so nothing of a page is left behind.

Each page is read in one language, the one in which a strip of it is recognised best: the models of several at once are
slower than each alone, and worse. The first page is tried in all; the pages after it in its language, and in the others
only where that one does clearly worse than on the first.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice

from agreements.languages import languages

PROGRAM = "tesseract"
TIME_LIMIT = 180  # seconds for one page
LANGUAGE_LIMIT = 12  # languages that a page is tried in, unless the variable names them
LANGUAGES_VARIABLE = "AGREEMENTS_OCR_LANGUAGES"
NOT_INSTALLED = f"{PROGRAM} is not installed"
ADVICE = "Install the program tesseract (Debian and Ubuntu: apt install tesseract-ocr) and read the file again."
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))
_AS_FOUND, _TURNED = "3", "1"  # tesseract's ways to look at a page: as it is, or after finding which way is up
_POOR = 0.5  # quality below which the page may lie on its side or head
_WORSE = 0.025  # of quality: a page that its document's language reads worse by this is tried in the others
_BETTER = 0.01  # of quality by which another language than the one before has to read a strip better
_SURE = 0.95  # quality of a strip that no other language is tried on
_STRIP = 0.12  # of a page, from blank row to blank row, that languages are tried on
_DARK = 160  # shades of grey: what is darker is ink


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

    def strip(self) -> "Picture":
        """Return the strip of the page that has most ink, cut where no line runs; all of it where it has no such rows.

        A page that lies on its side has blank rows at its edges alone and is taken whole.
        """
        rows = [self.grey[row * self.width : (row + 1) * self.width] for row in range(self.height)]
        inked = [min(row, default=255) < _DARK for row in rows]
        blank = [row for row in range(1, self.height) if not inked[row] and inked[row - 1]] + [self.height]
        size = round(self.height * _STRIP)
        cuts = ((top, next((end for end in blank if end >= top + size), self.height)) for top in (0, *blank[:-1]))
        top, end = max(cuts, key=lambda cut: (sum(inked[cut[0] : cut[1]]), -cut[0]))
        return Picture(self.width, end - top, b"".join(rows[top:end]), self.dpi)


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
class RecognisedPage:
    """The words of a page, and the language (tesseract's code, `fra`) that it was read in."""

    words: list[OcrWord]
    language: str


@dataclass(frozen=True, slots=True)
class _Tried:
    """How well a strip of a page was read in the language that reads it best."""

    language: str
    quality: float


@dataclass(frozen=True, slots=True)
class Recogniser:
    """The program at `path`, and the `languages` (its own codes, `eng`, `fra`) of which it reads each page in one."""

    path: str
    languages: tuple[str, ...]
    turns: bool  # whether it can find out which way is up

    def page(self, picture: Picture, like: _Tried | None = None) -> RecognisedPage:
        """Return one page, tried first in the language of a page before. Raises `RecognitionError`."""
        return self._read(picture, self._chosen(picture, like).language)

    def pages(self, pictures: Iterable[Picture]) -> Iterator["RecognisedPage | RecognitionError"]:
        """Yield each page in order, or the error; as many pages at once as there are processors."""
        at_once = os.cpu_count() or 1
        left = iter(pictures)
        with ThreadPoolExecutor(at_once) as pool:
            waiting: list[Future[RecognisedPage]] = []
            like: _Tried | None = None
            if first := next(left, None):
                try:
                    like = self._chosen(first, None)
                except RecognitionError as error:  # the pages after it may fare better
                    yield error
                else:
                    waiting = [pool.submit(self._read, first, like.language)]
            waiting += [pool.submit(self.page, p, like) for p in islice(left, at_once - len(waiting))]
            while waiting:
                try:
                    yield waiting.pop(0).result()
                except RecognitionError as error:
                    yield error
                waiting += [pool.submit(self.page, p, like) for p in islice(left, 1)]

    def _read(self, picture: Picture, language: str) -> RecognisedPage:
        return RecognisedPage(self._words(picture, language), language)

    def _chosen(self, picture: Picture, like: _Tried | None) -> _Tried:
        """Return the language that reads a strip of the page best; the one of `like` where that does as well as there.

        It hangs on the page and `like` alone, so that the same file is read the same however many run at once.
        """
        if len(self.languages) == 1:
            return _Tried(self.languages[0], 0.0)
        strip = picture.strip()
        order = sorted(self.languages, key=lambda language: like is None or language != like.language)
        best = self._tried(strip, order, _AS_FOUND, like)
        return self._tried(strip, order, _TURNED, like) if self.turns and best.quality < _POOR else best

    def _tried(self, strip: Picture, order: Sequence[str], way: str, like: _Tried | None) -> _Tried:
        best = _Tried(order[0], quality(self._run(strip, way, order[0])))
        enough = min(_SURE, like.quality - _WORSE) if like else _SURE
        for language in order[1:]:
            if best.quality >= enough:
                break
            found = quality(self._run(strip, way, language))
            if found > best.quality + _BETTER:
                best, enough = _Tried(language, found), _SURE
        return best

    def _words(self, picture: Picture, language: str) -> list[OcrWord]:
        found = self._run(picture, _AS_FOUND, language)
        if self.turns and quality(found) < _POOR:
            again = self._run(picture, _TURNED, language)
            found = max((found, again), key=quality)
        return found

    def _run(self, picture: Picture, way: str, language: str) -> list[OcrWord]:
        command = [self.path, "stdin", "stdout", "--dpi", str(picture.dpi), "--psm", way, "-l", language, "tsv"]
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

    English first, then those whose packs name a model of it (`ocr`), at most `LANGUAGE_LIMIT` in all, else whatever is
    installed; the environment variable `AGREEMENTS_OCR_LANGUAGES` (such as `eng+por`) chooses others.
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
    known = [code for code in _models() if code in installed][:LANGUAGE_LIMIT]
    others = [code for code in installed if code not in _NO_LANGUAGES][:1]
    chosen = tuple(dict.fromkeys(wanted or known or others))
    return Recogniser(path, chosen, "osd" in installed) if chosen else None


@cache
def _models() -> tuple[str, ...]:
    """Return the models of tesseract for the languages of the packs, English first."""
    return tuple(pack.ocr for pack in languages().values() if pack.ocr)


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
