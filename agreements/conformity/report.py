"""What was found of two language texts as a paper that can be attached: findings first, then the texts side by side."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from agreements.conformity.documents import language_called
from agreements.conformity.results import Conformity, LanguageDifference
from agreements.errors import AgreementsError
from agreements.reading import save_checked
from agreements.word import Paper, PaperParagraph, Span, Table, TableCell, TableLine, paper_file

SUFFIXES = (".docx", ".html", ".md")
NO_VERDICT = (
    "Nothing was translated, and no program can say that two texts mean the same: what is listed was compared, what is "
    "not examined is for a person."
)
_STYLE = (
    "body{font:16px/1.5 Georgia,serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "th,td{border:1px solid #999;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "td{white-space:pre-line;width:50%}.found td{width:auto}mark{background:#ffe58a}"
    ".marking{text-align:center;font-weight:bold}"
)


def write_report(found: Conformity, output: Path) -> Path:
    """Write `found` to `output`, Word, HTML or Markdown by its suffix, and return it.

    Raises `AgreementsError` for another suffix or a file that cannot be written, `ClassifiedError`.
    """
    suffix = output.suffix.lower()
    if suffix not in SUFFIXES:
        raise AgreementsError(f"{output.name} is no name for a report.", hint="Let it end in .docx, .html or .md")
    made = {".docx": _word, ".html": _html, ".md": _markdown}[suffix](found)
    save_checked(output, made)
    found.files.append(str(output))
    return output


def title_of(found: Conformity) -> str:
    """Return the title of the report: the two languages, or the two names where there is one language."""
    if found.a_language == found.b_language:
        return f"Two texts held against each other: {found.a_name} and {found.b_name}"
    names = (language_called(code) for code in (found.a_language, found.b_language))
    return f"The {' and the '.join(names)} text held against each other"


def summary_of(found: Conformity) -> Iterator[tuple[str, str]]:
    """Yield the three verdicts in a line each: differs, not found to differ, not examined."""
    count = len(found.differs)
    yield "Differs", f"{count} {'place' if count == 1 else 'places'}" if count else "nothing was found"
    rows = [f"{what} ({number})" for what, number in found.not_found_to_differ.items()]
    yield "Not found to differ", ", ".join(rows) or "nothing was compared without a difference"
    yield "Not examined", "; ".join(f"{what}: {why}" for what, why in found.not_examined) or "nothing is known"


def _heads(found: Conformity) -> tuple[str, str]:
    return f"A  {language_called(found.a_language)}", f"B  {language_called(found.b_language)}"


def _words_of(found: Conformity) -> tuple[set[str], set[str]]:
    """Return the words in which each text differs, to be marked in the columns."""
    one, other = (
        {w for each in found.differs if (w := getattr(each, f"{side}_words")) and len(w) < 60} for side in "ab"
    )
    return one, other


def _parts(text: str, marked: set[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of `text`, each with whether it is one of the words in `marked`."""
    at = 0
    spots = sorted((text.find(words), words) for words in marked if words in text)
    for place, words in spots:
        if place < at:
            continue
        yield text[at:place], False
        yield words, True
        at = place + len(words)
    yield text[at:], False


# ---------------------------------------------------------------------- Word


def _word(found: Conformity) -> bytes:
    blocks: list[PaperParagraph | Table] = [PaperParagraph("title", [Span(title_of(found))])]
    for name, words in (("A", found.a_name), ("B", found.b_name)):
        blocks.append(PaperParagraph("head", [Span(f"{name}:\t", "bold"), Span(words)]))
    blocks.append(PaperParagraph("text", [Span(NO_VERDICT)]))
    blocks.append(PaperParagraph("heading", [Span(f"Differs ({len(found.differs)})")]))
    if found.differs:
        rows = [_row(number, each) for number, each in enumerate(found.differs, 1)]
        blocks.append(Table(("", "What", *_heads(found)), (5, 35, 30, 30), rows))
    else:
        blocks.append(PaperParagraph("text", [Span("Nothing was found in which they differ.")]))
    for name, words in [*summary_of(found)][1:]:
        blocks.append(PaperParagraph("heading", [Span(name)]))
        blocks += [PaperParagraph("point", [Span(words_of)]) for words_of in words.split("; ")]
    blocks.append(PaperParagraph("heading", [Span("The texts side by side")]))
    marks = _words_of(found)
    sides: list[list[TableCell]] = [
        [_cell(one, words, mark) for (one, words), mark in zip(pair, marks, strict=True)] for pair in found.pairs
    ]
    blocks.append(Table(_heads(found), (50, 50), sides))
    return paper_file(Paper(title_of(found), blocks, marking=found.marking, size=10))


def _row(number: int, each: LanguageDifference) -> list[TableCell]:
    sides = ((each.a_place, each.a_words), (each.b_place, each.b_words))
    cells: list[TableCell] = [
        [[Span(f"{place}: ", "bold"), Span(words)] if words else [Span(f"{place or '-'}: nothing found")]]
        for place, words in sides
    ]
    return [[[Span(str(number))]], [[Span(f"{each.subject}: ", "bold"), Span(each.said)]], *cells]


def _cell(place: str, words: str, marked: set[str]) -> TableCell:
    lines: list[TableLine] = [[Span(place, "bold")]] if place else []
    lines += [
        [Span(text, "bold") if is_marked else Span(text) for text, is_marked in _parts(line, marked) if text]
        for line in words.split("\n")
    ]
    return lines or [[Span("")]]


# ---------------------------------------------------------------------- HTML and Markdown


def _html(found: Conformity) -> bytes:
    marking = f'<p class="marking">{escape(found.marking)}</p>\n' if found.marking else ""
    heads = "".join(f"<th>{escape(head)}</th>" for head in _heads(found))
    rows = "\n".join(
        f"<tr><td>{number}</td><td><b>{escape(each.subject)}</b>: {escape(each.said)}</td>"
        + "".join(f"<td>{escape(words or 'nothing found')}</td>" for words in (each.a_words, each.b_words))
        + "</tr>"
        for number, each in enumerate(found.differs, 1)
    )
    differs = f'<table class="found"><tr><th></th><th>What</th>{heads}</tr>\n{rows}</table>' if found.differs else ""
    said = "".join(f"<h2>{escape(name)}</h2><p>{escape(words)}</p>" for name, words in [*summary_of(found)][1:])
    marks = _words_of(found)
    sides = "\n".join(
        f"<tr>{''.join(_html_cell(*each, mark) for each, mark in zip(pair, marks, strict=True))}</tr>"
        for pair in found.pairs
    )
    title = escape(title_of(found))
    count = escape(dict(summary_of(found))["Differs"])
    page = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n{marking}<h1>{title}</h1>\n<p>A: {escape(found.a_name)}<br>"
        f"B: {escape(found.b_name)}</p>\n<p>{escape(NO_VERDICT)}</p>\n<h2>Differs: {count}</h2>\n{differs}\n{said}\n"
        f"<h2>The texts side by side</h2>\n<table><tr>{heads}</tr>\n{sides}\n</table>\n{marking}</body>\n</html>\n"
    )
    return page.encode()


def _html_cell(place: str, words: str, marked: set[str]) -> str:
    said = "".join(
        f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in _parts(words, marked)
    )
    return f"<td><b>{escape(place)}</b>\n{said}</td>"


def _markdown(found: Conformity) -> bytes:
    lines = [f"# {_plain(title_of(found))}", "", f"A: {_plain(found.a_name)}", "", f"B: {_plain(found.b_name)}", ""]
    lines = [*([found.marking, ""] if found.marking else []), *lines, NO_VERDICT, ""]
    lines += [f"## Differs ({len(found.differs)})", ""]
    if found.differs:
        lines += [f"| | What | {' | '.join(_heads(found))} |", "|---|---|---|---|"]
    for number, each in enumerate(found.differs, 1):
        words = [_plain(x or "nothing found") for x in (each.a_words, each.b_words)]
        lines.append(f"| {number} | **{each.subject}**: {_plain(each.said)} | {' | '.join(words)} |")
    for name, said in [*summary_of(found)][1:]:
        lines += ["", f"## {name}", "", _plain(said)]
    lines += ["", "## The texts side by side", "", f"| {' | '.join(_heads(found))} |", "|---|---|"]
    lines += [f"| {' | '.join(_plain_cell(*each) for each in pair)} |" for pair in found.pairs]
    return ("\n".join(lines) + "\n").encode()


def _plain_cell(place: str, words: str) -> str:
    return "<br>".join([f"**{_plain(place)}**", *(_plain(line) for line in words.split("\n"))])


def _plain(text: str) -> str:
    """Return words that stand in a cell of Markdown as they are."""
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text
