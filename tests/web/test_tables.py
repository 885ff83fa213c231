"""Compare, coverage, similar provisions, variants: each page says what its command says, and takes what people read."""

import html as escaping
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring

from agreements import library
from agreements.model import Agreement, Document, Provision
from agreements.repository import Repository
from tests.web.conftest import Asking, OpenWorkbench

A, B = "specimen-sofa-aurelia-sarnovia", "specimen-sofa-halvard-ondara"
HOSTILE = """Agreement between the Republic of Valdoria and the Kingdom of Tamaris on Names

ARTICLE I
Scope

1. The sign <script>alert(1)</script> is a sign & no more; so is \u202ejavascript:alert(2)\u202c.
"""


def told(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """Return what a command says as JSON."""
    from agreements.commands import main

    with pytest.raises(SystemExit):
        main(["--repo", str(folder), "--json", *words])
    return json.loads(capsys.readouterr().out)


def words_in(html: str) -> str:
    """Return the words of a page."""
    return " ".join(escaping.unescape(re.sub(r"<[^>]*>", "", html)).split())


def marked(html: str, tag: str) -> list[str]:
    """Return what stands in the elements `tag` of the rows of a comparison."""
    inside = html[html.index('class="beside"') :]
    return [escaping.unescape(found) for found in re.findall(rf"<{tag}>(.*?)</{tag}>", inside, re.DOTALL)]


# ---------------------------------------------------------------------- compare


@pytest.mark.parametrize(("a", "b"), [(A, B), (f"{A}#15", f"{B}#15"), ("valdoria-tamaris-1999", A), (A, A)])
def test_a_comparison_marks_the_words_that_the_command_names(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str], a: str, b: str
) -> None:
    answer = told(treaty_repository, capsys, "compare", a, b)
    rows = answer["pairs"]
    page = client.get("/compare", params={"a": a, "b": b})
    assert page.status_code == 200
    pieces = [piece for row in rows for name in ("heading", "text") for piece in row.get(name, ())]
    pieces += [piece for beside in answer["elsewhere"] for piece in beside["differences"]]
    for tag, kind in (("del", "deleted"), ("ins", "inserted")):
        assert marked(page.text, tag) == [text for each, text in pieces if each == kind]
    stands = ("same", "renumbered", "typography", "alternat")
    assert page.text.count("data-change") == sum(row["change"] not in stands for row in rows)
    assert ("provisions are the same" in page.text) == any(row["change"] == "same" for row in rows)


def test_every_provision_can_be_shown_in_full(client: Asking) -> None:
    folded = client.get("/compare", params={"a": A, "b": A}).text
    whole = client.get("/compare", params={"a": A, "b": A, "all": "1"}).text
    assert "Each Party waives" not in words_in(folded)
    assert words_in(whole).count("Each Party waives its claims against the other") == 2
    assert len(folded) < 60_000


def test_a_long_comparison_is_shown_in_parts_and_all_of_it_on_one_page(
    open_workbench: OpenWorkbench, tmp_path: Path
) -> None:
    ours = "The Parties agree on the mooring of ship {n}, its berth, its watch and what is due for each of these. "
    for name, said in (("ours", ours), ("theirs", ours.replace("watch", "guard"))):
        provisions = tuple(
            Provision(kind="article", number=str(n), text=(2 * said.format(n=n)).strip()) for n in range(1, 181)
        )
        document = Document(role="main", language="en", provisions=provisions)
        Repository(tmp_path / "r").add(Agreement(id=name, title=name, family="other", documents=(document,)))
    client = open_workbench(tmp_path / "r")
    address, seen = "/compare?a=ours&b=theirs", []
    while address:
        page = document_fromstring(client.get(address).text)
        assert len(client.get(address).content) < 150_000
        seen += page.xpath("//*[@data-change]//a[@class='ref']/text()")[::2]
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert seen == [str(n) for n in range(1, 181)]
    assert page.xpath("//a[@rel='prev']")
    whole = client.get(page.xpath("//p[@class='note']/a/@href")[0]).text
    assert whole.count("data-change") == 180
    assert 'rel="prev"' not in whole
    assert client.get("/compare?a=ours&b=theirs&part=99").status_code == 400


def test_a_comparison_about_one_topic_says_what_is_not_seen(client: Asking) -> None:
    page = client.get("/compare", params={"a": "valdoria-tamaris-1999", "b": A, "topic": "dependents"})
    assert "A: not found by the program" in words_in(page.text)


def test_no_address_names_a_file(client: Asking, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "canary").write_text("ARTICLE I\n\nThe canary sings.\n", encoding="utf-8")
    (tmp_path / "canary.txt").write_text("ARTICLE I\n\nThe canary sings.\n", encoding="utf-8")
    for name, status in (("canary", 404), ("canary.txt", 404), (str(tmp_path / "canary.txt"), 400), ("../x.docx", 400)):
        answer = client.get("/compare", params={"a": name, "b": A})
        assert (answer.status_code, "sings" in answer.text) == (status, False), name


def test_files_are_compared_and_not_kept(client: Asking) -> None:
    files = {
        "file_a": ("ours.txt", b"ARTICLE I\n\nFuel is supplied at cost.\n"),
        "file_b": ("theirs.txt", b"ARTICLE I\n\nFuel is supplied at a fair cost.\n"),
    }
    page = client.post_form("/compare", files=files)
    assert page.status_code == 200
    assert marked(page.text, "ins") == ["a fair "]
    assert "ours.txt" in page.text
    assert not [x for x in client.workbench.sessions.folder.rglob("*") if x.is_file()]


def test_a_file_is_compared_with_a_text_that_is_held(client: Asking) -> None:
    file = {"file_a": ("ours.txt", b"ARTICLE I\nClaims\n\nEach Party waives its claims.\n")}
    page = client.post_form("/compare", {"b": "valdoria-tamaris-1999#I"}, files=file)
    assert page.status_code == 200
    assert 'href="/a/valdoria-tamaris-1999/I.1#I.1"' in page.text
    lacking = client.post_form("/compare", {"a": ""}, files=file)
    assert (lacking.status_code, "B is not named" in lacking.text) == (400, True)


def test_a_classified_file_is_not_compared(client: Asking) -> None:
    file = {"file_a": ("x.txt", b"TOP SECRET//NOFORN\n\nARTICLE I\n\nFuel is supplied at cost.\n")}
    answer = client.post_form("/compare", {"b": A}, files=file)
    assert answer.status_code == 422
    assert "Fuel" not in answer.text


def test_hostile_treaty_text_is_shown_to_the_letter(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    file = own_repository.parent / "names.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    library.import_files(own_repository, [file])
    client = open_workbench(own_repository)
    for page in (
        client.get("/compare", params={"a": "names", "b": "valdoria-tamaris-1999"}),
        client.get("/similar/names/I.1"),
        client.post_form("/similar", {"text": HOSTILE.rsplit("\n\n", maxsplit=1)[-1]}),
    ):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; is a sign &amp; no more" in page.text


# ---------------------------------------------------------------------- coverage


def test_the_table_has_the_cells_of_the_command(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(treaty_repository, capsys, "matrix", "--family", "sofa", "--specimens")
    page = client.get("/matrix", params={"family": "sofa", "specimens": "1"}).text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    assert [words_in(head) for head, _ in rows] == [topic["label"] for topic in said["topics"]]
    for topic, (_, cells) in zip(said["topics"], rows, strict=True):
        states = re.findall(r'<td class="([a-z-]+)">', cells)
        assert states == [agreement["topics"][topic["id"]]["state"] for agreement in said["agreements"]]
    carried = [cell["ref"] for each in said["agreements"] for cell in each["topics"].values() if "ref" in cell]
    assert carried
    for ref in carried:
        assert f'href="/a/{ref.replace("#", "/")}#{ref.partition("#")[2]}"' in page
    assert "missing" not in page.lower()


def test_a_reading_is_kept_with_name_and_day_and_can_be_withdrawn(
    open_workbench: OpenWorkbench, own_repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = open_workbench(own_repository)
    address = "/matrix/valdoria-tamaris-1999/dependents"
    assert "not found by the program" in client.get(address).text
    kept = client.post_form(address, {"by": "Jane Roe", "on": "2026-11-29"})
    assert (kept.status_code, kept.headers["location"]) == (303, address)
    assert "not in this text, read by Jane Roe on 2026-11-29" in client.get(address).text
    assert 'class="not-in-text"' in client.get("/matrix?family=sofa&specimens=1").text
    (row,) = told(own_repository, capsys, "not-in-text", "valdoria-tamaris-1999")
    assert (row["topic"], row["by"], row["on"]) == ("dependents", "Jane Roe", "2026-11-29")
    assert client.post_form(address, {"withdraw": "1"}).status_code == 303
    assert told(own_repository, capsys, "not-in-text", "valdoria-tamaris-1999") == []


def test_what_the_program_sees_is_not_read_away_without_saying_so(
    open_workbench: OpenWorkbench, own_repository: Path
) -> None:
    client = open_workbench(own_repository)
    address = "/matrix/valdoria-tamaris-1999/claims_government"
    refused = client.post_form(address, {"by": "Jane Roe"})
    assert (refused.status_code, "valdoria-tamaris-1999#I" in refused.text) == (400, True)
    assert client.post_form(address, {"by": "Jane Roe", "anyway": "1"}).status_code == 303
    assert client.post_form("/matrix/valdoria-tamaris-1999/dependents", {"by": ""}).status_code == 400
    assert client.get("/matrix/valdoria-tamaris-1999/nothing").status_code == 404
    read_only = open_workbench(own_repository, read_only=True)
    assert read_only.post_form(address, {"withdraw": "1"}).status_code == 403


# ---------------------------------------------------------------------- similar, variants


@pytest.mark.parametrize("by", ["", "paragraph", "article"])
def test_similar_provisions_stand_in_the_groups_of_the_command(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    ref = "valdoria-tamaris-1999#I"
    said = told(treaty_repository, capsys, "similar", ref, "--limit", "20", *(["--by", by] if by else []))
    page = client.get("/similar/valdoria-tamaris-1999/I", params={"by": by}).text
    shown = re.findall(r'class="alike" data-item data-open="/a/([^"]+)"', page)
    assert shown == [found.replace("#", "/") for group in said["wordings"] for found in group]
    assert page.count('aria-labelledby="wording-') == len(said["wordings"])


def test_words_that_bear_a_marking_are_not_looked_for(client: Asking) -> None:
    answer = client.post_form("/similar", {"text": "(S//NF) Each Party waives its claims."})
    assert answer.status_code == 422
    assert "waives" not in answer.text


@pytest.mark.parametrize("topic", ["claims", "recall_window", "criminal_jurisdiction"])
def test_variants_are_those_of_the_command(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str], topic: str
) -> None:
    said = told(treaty_repository, capsys, "variants", topic, "--specimens")
    tables = said if isinstance(said, list) else [said]
    page = client.get(f"/variants/{topic}", params={"specimens": "1"}).text
    rows = [row for table in tables for group in table["groups"] for row in group["agreements"]]
    shown = re.findall(r'data-open="/a/([^"#]+)[#"]', page)
    assert shown == [(row.get("evidence") or row["agreement"]).replace("#", "/") for row in rows]
    for row in rows:
        assert " ".join(row.get("words", "").split()) in words_in(page)
    assert client.get("/variants/nothing").status_code == 404


def test_the_kinds_of_variant_are_listed(client: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    from agreements.commands import main

    with pytest.raises(SystemExit):
        main(["--json", "variants"])
    for kind, label in json.loads(capsys.readouterr().out).items():
        assert f'<a href="/variants/{kind}">{label}</a>' in client.get("/variants").text
