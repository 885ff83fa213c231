"""What is recognised in every text of the corpus, and in forms of some, wherever it stands (`verdicts.txt`).

The corpus says what a door lets in; this says what each kind of place makes of the words alone. `python -m
tests.marking.test_verdicts` writes the file anew: read the difference that git shows before you keep it.
"""

# ruff: noqa: E501  (one form of a marking after the other)
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

from agreements.marking import PassageKind, PlacedText, examine
from tests.marking.corpus import IN_USE, INNOCENT

KEPT = Path(__file__).with_name("verdicts.txt")
KINDS: tuple[PassageKind, ...] = get_args(PassageKind)
TODAY = date(2026, 12, 1)
WORDS = "The Parties meet at Lorn."
MARKS = (
    "SECRET", "TOP SECRET", "CONFIDENTIAL", "RESTRICTED", "SECRET//NOFORN", "TOP SECRET//SI//NOFORN", "S//NF", "TS", "C",
    "NATO SECRET", "COSMIC TOP SECRET", "SECRET UE", "GEHEIM", "VS-NfD", "Très Secret", "СЕКРЕТНО", "ДСП", "극비", "極秘",
    "대외비", "NOFORN", "REL TO USA, NATO", "SECRET//REL TO USA, KOR", "UNCLASSIFIED", "CUI", "SECRET AND CONFIDENTIAL",
    "SECRET/GEHEIM", "CONFIDENTIAL - MODIFIED HANDLING AUTHORIZED", "UK OFFICIAL-SENSITIVE", "RESTRICTED DATA",
)  # fmt: skip
FORMS = (
    "{}", "({})", "[{}]", "“{}”", "{}:", "{},", "{}.", "- {} -", "1. {}", "({}) {words}", "1.1 ({}) {words}", "{words} ({})",
    "{words} [{}]", "{}: {words}", "{} - {words}", "{} {words}", "{words} {}", "Classification: {}", "Handling {}", "{} COPY",
    "This document is classified {}.", "The words of this page are {}", "{} until signed", "{} when filled in", "{} (draft)",
    "{}\tPage 1", "{}  |  Page 1", "Page 1 of 9   {}", "{} 0142", "{} LORN 0142", "US {}", "{}/ALPHA/BRAVO", "{}//ALPHA BRAVO",
    "no {} papers", "{} CONFIDENTIAL", "UNCLASSIFIED//{}", "{} DECLASSIFIED 2 January 1999", "~~{}~~",
)  # fmt: skip


def forms(mark: str) -> Iterator[str]:
    """Yield a marking in other letters and in every form."""
    yield from (
        mark.lower(),
        mark.title(),
        " ".join(mark),
        "-".join(mark),
        f"{mark[:3]} {mark[3:]}",
        f"{mark[:3]}-{mark[3:]}",
    )
    yield from (form.format(mark, words=WORDS) for form in FORMS)


def texts() -> list[str]:
    of_corpus = (case.text for case in (*IN_USE, *INNOCENT) if "|" not in case.text)
    return list(dict.fromkeys([*of_corpus, *(form for mark in MARKS for form in forms(mark))]))


def verdict(text: str) -> str:
    """Return what is recognised in the lines of `text`, each with the kinds of places where it is."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        seen = examine([PlacedText(line, "here", kind) for line in text.splitlines()], today=TODAY)
        named = (f"{each.name} ({each.owner}{'*' if each.other else ''}: {each.level})" for each in seen.markings)
        said = "; ".join(named) or ("declassified" if seen.declassified else "")
        if said:
            found.setdefault(said, []).append(kind)
    return " / ".join(f"{' '.join(kinds)}: {said}" for said, kinds in found.items())


def line(text: str) -> str:
    return f"{text!r}\t{verdict(text)}"


def test_what_is_recognised_of_every_text_wherever_it_stands() -> None:
    """The file says it for each text, in order; the first that differs is told."""
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    wanted = texts()
    assert len(wanted) == len(kept)
    for text, expected in zip(wanted, kept, strict=True):
        assert line(text) == expected


if __name__ == "__main__":
    KEPT.write_text("".join(f"{line(text)}\n" for text in texts()), encoding="utf-8")
