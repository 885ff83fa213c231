"""A page made from the record of a negotiation: headings with lines under them, for a screen, JSON and Word alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from agreements.citation import date_words
from agreements.display import shown_short
from agreements.errors import AgreementsError, QueryError
from agreements.reading import save_checked
from agreements.word import Paper, PaperParagraph, Span, Table, paper_file


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A line of a page: what it is about, and what is said of it; `missing` where that is what nobody recorded."""

    name: str
    words: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class RecordSection:
    """The lines of a page under one heading."""

    heading: str
    lines: tuple[RecordLine, ...]


@shown_short
@dataclass(frozen=True, slots=True)
class RecordPage:
    """A page from the record of a negotiation as of a `day` (ISO): what is open first, then what is recorded."""

    title: str
    marking: str
    day: str
    sections: tuple[RecordSection, ...]

    def as_json(self) -> dict[str, Any]:
        """Return `{title, marking, as_of, sections: [{heading, lines: [{name, words, missing}]}]}`."""
        rows = [
            {
                "heading": section.heading,
                "lines": [{"name": line.name, "words": line.words, "missing": line.missing} for line in section.lines],
            }
            for section in self.sections
        ]
        return {"title": self.title, "marking": self.marking, "as_of": self.day, "sections": rows}


def page_day(day: str) -> str:
    """Return the `day` (ISO) of a page; raises `QueryError` where it is none."""
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        raise QueryError("That is no day.", hint="Write it as 2026-05-31.") from None


def write_page(page: RecordPage, target: Path) -> Path:
    """Write `page` to the Word file `target`; raises `AgreementsError` when its name or the disk refuses."""
    if target.suffix.lower() != ".docx":
        raise AgreementsError(f"{target.name} is no name for a Word file.", hint="Let the name end in .docx")
    paper = Paper(page.title, list(_blocks(page)), page.marking, ["INTERNAL: NOT FOR THE OTHER SIDE"], 11, page.day)
    save_checked(target, paper_file(paper))
    return target


def _blocks(page: RecordPage) -> Iterator[PaperParagraph | Table]:
    yield PaperParagraph("title", [Span(page.title)])
    yield PaperParagraph("head", [Span("As of:\t", "bold"), Span(date_words(page.day))])
    for section in page.sections:
        rows = [
            [[[Span(line.name, "bold")]], [[Span(line.words, "blank" if line.missing else "plain")]]]
            for line in section.lines
        ]
        yield Table((section.heading, ""), (30, 70), rows)
