"""Real treaties put into containers of our own making, and how well their articles are found again.

usage: python benchmarks/containers.py TREATIES.jsonl.gz [--count N]

TREATIES is a collection of records with Markdown text. Each of the first N treaties that are short enough is parsed as
it is, which gives the articles to be found, and set anew: as a scan (A4 pages drawn at 200 dots to the inch, turned by
half a degree, with noise, and no text layer) and as a print in two columns with invented sentences in another language
beside it, the treaty on the left and on the right. Prints the F1 of the articles found (number equal, words of the body
at least 0.90 alike in sequence). Scans are left out where tesseract is not installed.
"""

import argparse
import difflib
import io
import random
import re
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from agreements.model import Agreement, Provision
from agreements.parsing import parse
from agreements.reading import read, read_text, records

_MOST, _LEAST = 6000, 1500  # characters of a treaty
_ARTICLES = 4
_DPI = 200
_WIDTH, _HEIGHT = 595, 842  # points of an A4 page
_MARGIN = 64
_FONT = "LiberationSerif-Regular.ttf"
_ALIKE = 0.90
_DUTCH = (
    "De vlaggen van beide havens worden bij zonsopgang gehesen en pas na het vallen van de avond weer neergehaald.",
    "Elke schipper meldt zich bij de havenmeester en toont hem de papieren die hij op de reis heeft meegenomen.",
    "Het water in de gracht mag niet worden gebruikt voordat de sluiswachter daarvoor zijn toestemming heeft gegeven.",
    "Wie een brug wil oversteken wacht tot de boten voorbij zijn en geeft voorrang aan het vee uit de weiden.",
    "De markt op het plein blijft open zolang er licht is, tenzij de regen de kramen heeft doen omvallen.",
    "Alle brieven die op zaterdag aankomen worden bewaard in de kamer van de bode tot zij worden afgehaald.",
)
Line = tuple[float, float, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("treaties", type=Path)
    parser.add_argument("--count", type=int, default=10)
    options = parser.parse_args()
    found: dict[str, list[float]] = {}
    kinds = ("treaty left", "treaty right", *(("scan",) if shutil.which("tesseract") else ()))
    for name, agreement in _born(options.treaties, options.count):
        row = {kind: _score(agreement, _made(kind, _paragraphs(agreement))) for kind in kinds}
        print(f"{name:<24}" + "".join(f"{kind:>14} {f1:.2f}" for kind, f1 in row.items()), flush=True)
        for kind, f1 in row.items():
            found.setdefault(kind, []).append(f1)
    print("mean" + " " * 20 + "".join(f"{kind:>14} {statistics.mean(all_f1):.3f}" for kind, all_f1 in found.items()))


def _born(path: Path, count: int) -> Iterator[tuple[str, Agreement]]:
    """Yield the first treaties that are long enough to say something and short enough to be recognised soon."""
    for record in records(path):
        if count and _LEAST < len(record.text) < _MOST:
            agreement = parse(read_text(record.text, name=record.id), id="born").agreement
            if len(_articles(agreement)) >= _ARTICLES and len(agreement.documents) == 1:
                count -= 1
                yield record.id, agreement


def _articles(agreement: Agreement) -> list[tuple[str, list[str]]]:
    documents = [d for d in agreement.documents if d.language == "en"]
    return [
        ((p.number or "").strip(" .").lower(), _words(p)) for d in documents for p in d.walk() if p.kind == "article"
    ]


def _words(article: Provision) -> list[str]:
    body = " ".join([article.text, *(child.words() for child in article.children)])
    return re.findall(r"\w+", body.lower())


def _score(born: Agreement, path: Path) -> float:
    """Return the F1 of the articles of `born` that are found in the file at `path`, which is then deleted."""
    found = _articles(parse(read(path), id="again").agreement)
    path.unlink()
    left, hits = list(found), 0
    for number, words in _articles(born):
        same = next((row for row in left if row[0] == number and _alike(row[1], words)), None)
        if same:
            left.remove(same)
            hits += 1
    return 2 * hits / (len(found) + len(_articles(born)))


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    return one == other or difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


# ---------------------------------------------------------------------- setting the pages


def _paragraphs(agreement: Agreement) -> list[str]:
    """Return the words of an agreement one printed paragraph to a row; heads of articles stand alone."""
    out = [agreement.title]
    for provision in agreement.documents[0].walk():
        if provision.kind == "article":
            out += [f"Article {provision.number}", *([provision.heading] if provision.heading else []), provision.text]
        else:
            out.append(" ".join(x for x in (provision.number, provision.heading, provision.text) if x))
    return [row for row in out if row]


def _beside(paragraphs: Sequence[str]) -> list[str]:
    """Return as much text in another language: invented sentences under the same numbers of articles."""
    chance = random.Random(1)  # the same pages each time
    out = []
    for paragraph in paragraphs:
        if head := re.fullmatch(r"Article (\w+)", paragraph):
            out.append(f"Artikel {head[1]}")
        else:
            out.append(" ".join(chance.choice(_DUTCH) for _ in range(max(1, len(paragraph) // 110))))
    return out


def _made(kind: str, paragraphs: Sequence[str]) -> Path:
    whole = _WIDTH - 2 * _MARGIN
    if kind == "scan":
        data = _scanned(_set(paragraphs, _MARGIN, whole))
    else:
        half = whole / 2 - 10
        texts = (paragraphs, _beside(paragraphs)) if kind == "treaty left" else (_beside(paragraphs), paragraphs)
        columns = [_set(text, left, half) for text, left in zip(texts, (_MARGIN, _MARGIN + half + 20), strict=True)]
        pages = max(map(len, columns))
        data = _printed([[line for column in columns if n < len(column) for line in column[n]] for n in range(pages)])
    with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as file:
        file.write(data)
    return Path(file.name)


def _set(paragraphs: Sequence[str], left: float, width: float, size: float = 10) -> list[list[Line]]:
    """Return the lines of each page, with a line of white after each paragraph."""
    font = ImageFont.truetype(_FONT, size)
    pages: list[list[Line]] = [[]]
    top = float(_MARGIN)
    for paragraph in paragraphs:
        for line in _wrapped(paragraph, font, width):
            if top > _HEIGHT - _MARGIN:
                pages.append([])
                top = float(_MARGIN)
            pages[-1].append((left, top, line))
            top += 1.25 * size
        top += 0.8 * size
    return pages


def _wrapped(paragraph: str, font: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    yield line


def _scanned(pages: Sequence[Sequence[Line]]) -> bytes:
    """Return a PDF of pictures of `pages`, as a scanner gives them."""
    scale = _DPI / 72
    font = ImageFont.truetype(_FONT, 10.5 * scale)
    pictures = []
    for lines in pages:
        picture = Image.new("L", (round(_WIDTH * scale), round(_HEIGHT * scale)), 250)
        draw = ImageDraw.Draw(picture)
        for left, top, words in lines:
            draw.text((left * scale, top * scale), words, fill=20, font=font)
        turned = picture.rotate(0.5, resample=Image.Resampling.BICUBIC, fillcolor=250)
        pictures.append(Image.blend(turned, Image.effect_noise(turned.size, 60), 0.12))
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=_DPI, save_all=True, append_images=pictures[1:])
    return out.getvalue()


def _printed(pages: Sequence[Sequence[Line]]) -> bytes:
    """Return a PDF with a text layer: one text object for each line, in Times."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        look = f"/MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {look} /Contents {5 + 2 * number} 0 R >>")
        stream = "\n".join(_shown(line) for line in lines)
        objects.append(f"<< /Length {len(stream.encode('cp1252', 'replace'))} >>\nstream\n{stream}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252", "replace")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _shown(line: Line) -> str:
    left, top, words = line
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 10 Tf 1 0 0 1 {left:.1f} {_HEIGHT - top:.1f} Tm ({escaped}) Tj ET"


if __name__ == "__main__":
    main()
