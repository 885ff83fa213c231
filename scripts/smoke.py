"""Walk the whole way once with what is installed here: import, search, draft, compare, review, hand over.

    python scripts/smoke.py [FOLDER]

`.ci/run` does this with the newest and with the lowest versions of every dependency. It asks of each only that the way
leads through and its answers are right where they are plain; the tests, with the pinned versions, ask for the rest.
Needs the product and nothing for development. Search on a server is left out where osmem-server is not installed.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, build_opener

import docx

PROGRAM = [sys.executable, "-W", "ignore", "-m", "agreements"]  # a warning of an old package is not ours
TREATY = """Agreement between the Republic of Valdoria and the Kingdom of Tamaris on Visits of Their Forces

The Republic of Valdoria and the Kingdom of Tamaris,

Have agreed as follows:

ARTICLE I
Claims

1. Each Party waives its claims against the other for damage to its property.

2. A dispute about official duty is put to an arbitrator.

ARTICLE II
Entry into force

This Agreement enters into force on signature.

Done at Kestrel City on 14 March 1999, in two originals, in the English language.
"""
FRENCH = (
    "Les Parties se consultent sur l'application du présent Accord à la demande de l'une ou de l'autre d'entre elles."
)
PAGE = (
    "ARTICLE I",
    "Fuel",
    "1. The Receiving State supplies fuel to the visiting forces at cost.",
    "ARTICLE II",
    "2. The end.",
)


def pdf(lines: tuple[str, ...]) -> bytes:
    """Return a PDF of one page that holds `lines`."""
    words = "".join(f"BT /F 12 Tf 72 {720 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    page = "/MediaBox [0 0 612 792] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(words)} >>\nstream\n{words}endstream",
    )
    body = "".join(f"{n} 0 obj\n{content}\nendobj\n" for n, content in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer\n<< /Root 1 0 R >>\n".encode("ascii")


def agreements(*arguments: object, status: int = 0) -> Any:
    """Run the command line with `--json` and return what it printed; end the walk where its exit status is another."""
    command = [*PROGRAM, "--json", *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ran.returncode != status:
        sys.exit(f"{' '.join(command[4:])}\nended with {ran.returncode}:\n{ran.stdout[-2000:]}\n{ran.stderr[-4000:]}")
    return json.loads(ran.stdout) if ran.stdout.strip() else {}


def expect(said: str, *, true: object) -> None:
    """Say what was seen, or end the walk where it is not so."""
    if not true:
        sys.exit(f"not so: {said}")
    print(f"  {said}", flush=True)


@contextmanager
def engines() -> Iterator[tuple[str, ...]]:
    """The engines that can be searched with here; a search server in memory runs for the third."""
    if not (find_spec("osmem_server") and find_spec("opensearchpy")):
        yield ("tantivy", "whoosh")
        return
    import osmem_server

    started = osmem_server.OsmemServer.start(japanese=False)
    os.environ |= {"AGREEMENTS_OPENSEARCH_URL": started.url, "AGREEMENTS_OPENSEARCH_DRAFTS": "1"}
    try:
        yield ("tantivy", "whoosh", "opensearch")
    finally:
        started.process.terminate()
        started.process.communicate(timeout=30)


def import_and_search(folder: Path) -> None:
    """Import a text, a page, a PDF and a Word file, and find their words with each engine."""
    repository, texts = ("--repo", folder / "repository"), folder / "texts"
    texts.mkdir()
    (texts / "visits.txt").write_text(TREATY, encoding="utf-8")
    paragraphs = "".join(f"<h2>Article {n}</h2><p>{FRENCH} {FRENCH}</p>" for n in (1, 2))
    (texts / "accord.html").write_text(f"<html><body>{paragraphs}</body></html>", encoding="utf-8")
    (texts / "fuel.pdf").write_bytes(pdf(PAGE))
    word = docx.Document()
    for line in TREATY.replace("arbitrator", "umpire").split("\n\n"):
        word.add_paragraph(line)
    word.save(str(texts / "umpire.docx"))
    read = agreements(*repository, "import", texts, "--jobs", 1, status=1)["imported"]
    told = {finding["code"] for item in read for finding in item["findings"]}
    expect("a text that is nearly another is told, and kept as its own", true="may-be-same" in told)
    listed = {row["id"] for row in agreements(*repository, "list")}
    expect("text, HTML, PDF and Word are imported", true={"visits", "accord", "fuel", "umpire"} <= listed)
    french = agreements("parse", texts / "accord.html")["documents"][0]["language"]
    expect("a French text is known as one", true=french == "fr")
    with engines() as names:
        for name in names:
            for query, ref in (('"official duty" AND arbitrator', "visits#I.2"), ("supplies fuel", "fuel#I.1")):
                hits = agreements(*repository, "search", query, "--engine", name)["hits"]
                expect(f"{name} finds {ref}", true=hits and hits[0]["ref"] == ref)
    agreements(*repository, "similar", "visits#I.1")
    for name in ("binder.docx", "binder.xlsx"):
        agreements(*repository, "search", "claims", "-o", folder / name)
    for form in ("akn", "html"):
        agreements(*repository, "export", "visits", "--to", form, "-o", folder / f"visits.{form}")
    agreements(*repository, "calendar", "--all", "--ics", folder / "deadlines.ics")
    expect("binders, exports and a calendar are written", true=(folder / "deadlines.ics").stat().st_size)


def open_workbench(folder: Path) -> None:
    """Serve the pages, come in by the key, search, and look at a page of the print."""
    if not find_spec("starlette"):
        return
    command = [*PROGRAM, "--repo", str(folder / "repository"), "serve", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as serving:
        assert serving.stdout
        address = serving.stdout.readline().strip()
        person = build_opener(HTTPCookieProcessor())
        person.open(address, timeout=60).read()
        own = address.partition("?")[0]
        found = person.open(f"{own}search?q=arbitrator", timeout=60).read().decode()
        page = person.open(f"{own}a/fuel/page/1", timeout=60).read()
        serving.terminate()
    expect("the workbench finds visits#I.2", true="visits#I.2" in found)
    expect("it draws a page of the print", true=page.startswith(b"\x89PNG"))


def draft_and_negotiate(folder: Path) -> None:
    """Assemble both originals, read them back, answer a counter-draft, and make the copy that leaves."""
    (parameters,) = (folder / "tour").glob("*.yaml")
    agreements("draft", "assemble", parameters, "-o", folder / "originals", "--both")
    ours, partner = sorted((folder / "originals").glob("*.docx"))
    read = [agreements("parse", file)["documents"][0]["provisions"] for file in (ours, partner)]
    expect("both originals are read back", true=len(read[0]) == len(read[1]) > 10)
    theirs = folder / "theirs.docx"
    word = docx.Document(str(ours))
    changed = next(run for p in word.paragraphs for run in p.runs if " shall " in run.text)
    changed.text = changed.text.replace(" shall ", " may ")
    word.save(str(theirs))
    asked = ("compare", ours, theirs, "-o", folder / "redline.docx", "--author", "U.S. side")
    pairs = [pair for pair in agreements(*asked)["pairs"] if pair["change"] != "same"]
    expect("the one change is found by comparing", true=len(pairs) == 1)
    changes = agreements("changes", folder / "redline.docx")["changes"]
    expect("the redline tracks it", true={c["text"].strip() for c in changes} == {"shall", "may"})
    agreements("review", ours, theirs, "-o", folder / "memo.docx", "--no-precedents")
    expect("the review has a memo", true=(folder / "memo.docx").stat().st_size)
    agreements("handover", theirs, "-o", folder / "out.docx")
    agreements("handover", folder / "out.docx")
    agreements("handover", folder / "redline.docx", status=1)
    expect("nothing is found in a copy, tracked changes are in a redline", true=True)


def walk(folder: Path) -> None:
    """Walk the whole way in `folder`, which is empty."""
    agreements("tour", folder / "tour")
    expect("the tour leads to its end", true=(folder / "tour").is_dir())
    import_and_search(folder)
    open_workbench(folder)
    draft_and_negotiate(folder)


if __name__ == "__main__":
    if sys.argv[1:]:
        Path(sys.argv[1]).mkdir(parents=True)
        walk(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
            walk(Path(temporary))
