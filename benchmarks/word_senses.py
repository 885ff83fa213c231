"""Make `agreements/data/word_senses.bin`: vectors of words whose sums are as near as an encoder says of the texts.

usage: AGREEMENTS_MODEL=FOLDER python benchmarks/word_senses.py RECORDS [--to FILE]

RECORDS is a file of public treaties (`.jsonl` or `.jsonl.gz`, a record with `id` and text a line); those by which
search is measured (`data/unseen.json`, `data/development.json`) are left out, and no query is looked at. Learned from
are headings, runs of three to twelve words and provisions: the encoder says where each lies, its 64 first principal
directions are kept, and the vectors of words, at first those that the encoder gives each word alone, are moved until
the sum of the words of a text lies where the text does, and as near to the other texts of a batch. The words are the
whole words of the encoder's vocabulary and those of two texts or more, by their stems. Takes some fifteen minutes on
one core; needed only when the analyser's stems change much.
"""

import argparse
import math
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from plain_words import everyday_words
from search_quality import records_but

from agreements import library
from agreements.repository import open_repository
from agreements.resources import data
from agreements.search.analysis import fold, stem, terms
from agreements.search.embeddings import passages
from agreements.search.encoder import Encoder
from agreements.search.fresh import index_of
from agreements.search.searching import Searcher

Numbers = NDArray[np.float32]
DIMENSIONS = 64
PASSAGES, HEADINGS, RUNS = 13_000, 4_000, 9_000
LONGEST = 110  # words of a provision that are read
ROUNDS, BATCH, RATE = 5, 512, 0.01
SHARPNESS = 0.05  # of what tells the nearer texts of a batch from the others
SEED = 5
_WORD = re.compile(r"[^\W\d_]+")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--to", type=Path, default=data("topics.csv").with_name("word_senses.bin"))
    options = parser.parse_args()
    encoder = Encoder()
    texts = training_texts(options.records)
    print(f"{len(texts)} texts", flush=True)
    where = encoder.encode(texts)
    words, alone = vocabulary(texts, encoder)
    print(f"{len(words)} words", flush=True)
    learned = Learning(words, alone, texts, where).learned()
    write(options.to, words, learned)
    print(f"{options.to} written")


def training_texts(records: Path) -> list[str]:
    """Return headings, runs of words and provisions of the treaties in `records`, drawn with a fixed seed."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory(prefix="senses-") as scratch:
        repository, chosen = Path(scratch) / "repository", Path(scratch) / "chosen.jsonl"
        chosen.write_bytes(b"\n".join(records_but(records)))
        library.import_files(repository, [chosen])
        with Searcher(index_of(open_repository(repository), "tantivy").folder, "tantivy") as searcher:
            held = dict(passages(searcher.reader("paragraph")))
    provisions = [held[key] for key in sorted(held)]
    headings = sorted({text.split(". ")[0] for text in provisions if len(text.split(". ")[0].split()) <= 12})
    chance.shuffle(provisions)
    chance.shuffle(headings)
    provisions = provisions[:PASSAGES]
    return headings[:HEADINGS] + _runs(provisions, chance) + [" ".join(t.split()[:LONGEST]) for t in provisions]


def _runs(provisions: Sequence[str], chance: random.Random) -> list[str]:
    out = []
    for words in (text.split() for text in provisions):
        if len(words) > 12:
            length = chance.randint(3, 12)
            start = chance.randrange(len(words) - length)
            out.append(" ".join(words[start : start + length]))
    return out[:RUNS]


def vocabulary(texts: Sequence[str], encoder: Encoder) -> tuple[list[str], Numbers]:
    """Return the stems of the words to learn, sorted, and where the encoder puts each alone (its forms by number)."""
    counts = Counter(word for text in texts for word in _WORD.findall(fold(text)))
    forms = {*everyday_words(encoder.folder), *(word for word, n in counts.items() if n > 1 and word.isascii())}
    by_stem: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        if (term := stem(form)).isalpha() and term.isascii():
            by_stem[term].append(form)
    words = sorted(by_stem)
    rows = []
    for word in words:
        held = by_stem[word]
        weights = np.array([counts[form] + 0.01 for form in held], np.float32)
        rows.append((encoder.encode(held) * weights[:, None]).sum(axis=0) / weights.sum())
    return words, np.stack(rows)


class Learning:
    """The vectors of `words`, learned from `texts` that lie `where` the encoder says."""

    def __init__(self, words: Sequence[str], alone: Numbers, texts: Sequence[str], where: Numbers) -> None:
        at = {word: number for number, word in enumerate(words)}
        self._counts = [Counter(at[term] for term in terms(text) if term in at) for text in texts]
        kept = [number for number, counts in enumerate(self._counts) if counts]
        self._counts = [self._counts[number] for number in kept]
        centred = _unit(where[kept] - where.mean(axis=0))
        directions = np.linalg.svd(centred[::4], full_matrices=False)[2][:DIMENSIONS].T
        self._where = _unit(centred @ directions)
        texts_with = Counter(number for counts in self._counts for number in counts)
        rarity = [math.log(1 + len(texts) / (1 + texts_with[number])) for number in range(len(words))]
        first = _unit((alone - alone.mean(axis=0)) @ directions)
        self._words: Numbers = (first * np.array(rarity, np.float32)[:, None] / max(rarity)).astype(np.float32)

    def learned(self) -> Numbers:
        """Return the vectors after `ROUNDS` over the texts, by Adam with a falling rate."""
        chance = np.random.default_rng(SEED)
        order = np.arange(len(self._counts))
        mean, spread, step = np.zeros_like(self._words), np.zeros_like(self._words), 0
        for number in range(ROUNDS):
            chance.shuffle(order)
            rate = RATE * (1 - number / ROUNDS) + 1e-4
            for start in range(0, len(order), BATCH):
                slope, step = self._slope(order[start : start + BATCH]), step + 1
                mean = 0.9 * mean + 0.1 * slope
                spread = 0.99 * spread + 0.01 * slope * slope
                seen = np.abs(slope).sum(axis=1) > 0
                moved = (mean[seen] / (1 - 0.9**step)) / (np.sqrt(spread[seen] / (1 - 0.99**step)) + 1e-8)
                self._words[seen] -= rate * moved
            print(f"round {number + 1} of {ROUNDS}: nearness {self.nearness():.4f}", flush=True)
        return self._words

    def nearness(self) -> float:
        """Return the mean cosine between where the first texts lie and where their words put them."""
        some = np.arange(min(2_000, len(self._counts)))
        return float((self._sums(some)[1] * self._where[some]).sum(axis=1).mean())

    def _slope(self, batch: NDArray[np.int64]) -> Numbers:
        lengths, sums, rows, held, weights = self._summed(batch)
        wanted = self._where[batch]
        ours, theirs = _shares(sums @ wanted.T), _shares(wanted @ wanted.T)
        pull = -wanted + (ours - theirs) @ wanted / 2
        slope = (pull - (pull * sums).sum(axis=1, keepdims=True) * sums) / lengths / len(batch)
        out = np.zeros_like(self._words)
        np.add.at(out, held, slope[rows] * weights[:, None])
        return out

    def _sums(self, batch: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
        lengths, sums, *_ = self._summed(batch)
        return lengths, sums

    def _summed(self, batch: NDArray[np.int64]) -> tuple[Numbers, Numbers, NDArray[np.int64], list[int], Numbers]:
        counts = [self._counts[number] for number in batch]
        held = [word for each in counts for word in each]
        weights = np.array([1 + math.log(n) for each in counts for n in each.values()], np.float32)
        rows = np.repeat(np.arange(len(counts)), [len(each) for each in counts])
        starts = np.cumsum([0, *(len(each) for each in counts[:-1])])
        sums = np.add.reduceat(self._words[held] * weights[:, None], starts, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True) + 1e-6
        return lengths, sums / lengths, rows, held, weights


def _shares(cosines: Numbers) -> Numbers:
    raised = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / SHARPNESS)
    out: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return out


def _unit(rows: Numbers) -> Numbers:
    out: Numbers = rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)
    return out


def write(file: Path, words: Sequence[str], vectors: Numbers) -> None:
    """Write `vectors` of `words` into `file`, each number as one signed byte."""
    rows = np.round(vectors / np.abs(vectors).max() * 127).astype(np.int8)
    head = f"{len(words)} {vectors.shape[1]}\n" + "".join(f"{word}\n" for word in words)
    file.write_bytes(head.encode("ascii") + rows.tobytes())


if __name__ == "__main__":
    main()
