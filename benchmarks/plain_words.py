"""Make `agreements/data/plain_words.csv`: the everyday words that are near in meaning to each topic.

usage: AGREEMENTS_MODEL=FOLDER python benchmarks/plain_words.py [--to FILE]

Nobody chose the words. Taken are all whole words of the encoder's own vocabulary; a topic is what `topics.csv` (label,
label with definition, triggers) and `topic_cues.csv` (headings and strong cues) say of it, and a word is as near to it
as to the nearest of these texts, less what any word is on average (a topic near to everything is near to nothing). A
word keeps the few topics it is nearest to. Takes a quarter of an hour on one core; needed only when topics or cues
change much.
"""

import argparse
import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from agreements.resources import data
from agreements.search.analysis import STOP_WORDS
from agreements.search.encoder import Encoder

LEAST = 0.2
"""Cosine above the average of all words from which a word belongs to a topic."""
MOST = 5
"""Topics of one word."""
NEAR_FIRST = 0.6
"""A further topic needs this share of what the first has."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--to", type=Path, default=data("topics.csv").with_name("plain_words.csv"))
    options = parser.parse_args()
    encoder = Encoder()
    words = everyday_words(encoder.folder)
    texts = topic_texts()
    rows = topics_of(words, encoder.encode(words), {topic: encoder.encode(said) for topic, said in texts.items()})
    with options.to.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("word", "topics"))
        writer.writerows((word, " ".join(topics)) for word, topics in rows)
    print(f"{len(words)} words and {len(texts)} topics read; {options.to} written")


def everyday_words(model: Path) -> list[str]:
    """Return the whole words in the vocabulary of the encoder in the folder `model`, sorted."""
    vocabulary = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return sorted(w for w in vocabulary if re.fullmatch("[a-z]{3,}", w) and w not in STOP_WORDS)


def topic_texts() -> Mapping[str, Sequence[str]]:
    """Return the short texts that say what each topic is about."""
    out: dict[str, list[str]] = defaultdict(list)
    for row in _rows("topics.csv"):
        out[row["id"]] += [row["label"], f"{row['label']}. {row['definition']}", *_parts(row["triggers"])]
    for row in _rows("topic_cues.csv"):
        out[row["topic"]] += [part for column in ("heading", "decisive", "strong") for part in _parts(row[column])]
    return out


def topics_of(
    words: Sequence[str], vectors: "np.ndarray", texts: Mapping[str, "np.ndarray"]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each of the `words` that is near to a topic, with its topics, the nearest first.

    `vectors` are the unit vectors of the words, `texts` those of the texts of each topic.
    """
    names = list(texts)
    near = np.column_stack([(vectors @ texts[name].T).max(axis=1) for name in names])
    near -= near.mean(axis=0)
    for word, row in zip(words, near, strict=True):
        best = np.argsort(-row, kind="stable")[:MOST]
        kept = [names[i] for i in best if row[i] >= max(LEAST, NEAR_FIRST * row[best[0]])]
        if kept:
            yield word, kept


def _rows(name: str) -> list[dict[str, str]]:
    with data(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _parts(cell: str) -> list[str]:
    plain = (re.sub(r"\.\.\.|[*@]", " ", part) for part in cell.split(";"))
    return [" ".join(part.split()) for part in plain if part.strip()]


if __name__ == "__main__":
    main()
