"""Partners, calendar, clauses, hand-over: each page says what its command says; what is dropped is not kept."""

import html as escaping
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from agreements import library
from agreements.web.drawing import YearScale
from agreements.word import render
from tests.web.conftest import Asking, OpenWorkbench
from tests.web.test_tables import told, words_in


@pytest.mark.parametrize("code", ["AUS", "POL", "BHR"])
def test_a_partner_has_all_that_the_command_names(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str], code: str
) -> None:
    said = told(treaty_repository, capsys, "partner", code)
    page = client.get(f"/partners/{code}").text
    shown = re.findall(r'<li data-item data-open="/a/([^"]+)"', page)
    assert shown == [row["id"] for row in (*said["bilateral"], *said["multilateral"])]
    for row in said["bilateral"]:
        assert row["status"] in words_in(page)
    assert client.get("/partners/Nowhereland").status_code == 404
    assert f'href="/partners/{code}"' in client.get("/partners").text


def test_the_picture_of_lives_says_what_its_table_says(client: Asking) -> None:
    page = client.get("/partners/AUS").text
    picture = page[page.index("<svg") : page.index("</svg>")]
    table = page[page.index("</svg>") : page.index("</table>")]
    drawn = [escaping.unescape(title) for title in re.findall(r"<title>(.*?)</title>", picture)]
    rows = re.findall(r"<tr><td><time[^>]*>(.*?)</time></td><td>(.*?)(?: <span.*?)?</td>", table)
    assert drawn
    assert drawn == [f"{day}: {escaping.unescape(what)}" for day, what in rows]
    assert " style=" not in picture


def test_days_stand_on_a_scale_in_their_order() -> None:
    scale = YearScale.of(["1951-06-19", "1963", "2014-08"], date(2026, 11, 30))
    places = [scale.at(day) for day in ("1951-06-19", "1963", "2014-08", "2026-11-30")]
    assert places == sorted(places)
    assert all(0 < place < 1000 for place in places)
    years = [year for year, _ in scale.marks()]
    assert len(years) <= 12
    assert {b - a for a, b in pairwise(years)} == {10}
    assert YearScale.of([], date(2026, 1, 1)).marks()


@pytest.mark.parametrize("more", ["", "all=1", "party=AUS&all=1", "since=2030-01-01"])
def test_the_calendar_has_the_deadlines_of_the_command(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str], more: str
) -> None:
    asked = dict(pair.split("=") for pair in more.split("&") if pair)
    words = [w for name, value in asked.items() for w in ([f"--{name}"] if name == "all" else [f"--{name}", value])]
    said = told(treaty_repository, capsys, "calendar", *words)
    page = client.get("/calendar", params=asked).text
    shown = re.findall(r'<li><time datetime="([^"]+)"', page)
    assert shown == [row["due"] for row in said["deadlines"] if row["due"]]
    counted = re.search(r"([\d,]+) deadlines? cannot be computed", page)
    assert int(counted[1].replace(",", "") if counted else 0) == said["cannot_compute"]
    if counted and shown:
        assert page.index("cannot be computed") < page.index("<li><time")
    file = client.get("/calendar.ics", params=asked)
    assert file.headers["content-type"].startswith("text/calendar")
    assert file.text.count("BEGIN:VEVENT") == sum(
        row["due"] is not None and "done" not in row for row in said["deadlines"]
    )


def test_a_clause_stands_with_all_its_variants(client: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    rows = library.clause_variants("sofa")
    page = client.get("/clauses/sofa").text
    assert page.count('<article class="card">') == len(rows)
    for row in rows:
        assert f"{row.clause}/{row.variant}" in page
        assert " ".join(row.effect.split()) in words_in(page)
    one = client.get("/clauses/sofa", params={"clause": rows[0].clause}).text
    assert one.count('<article class="card">') == sum(row.clause == rows[0].clause for row in rows)
    assert client.get("/clauses/nothing").status_code == 404


def test_hand_over_says_found_not_found_and_not_examined(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    client = open_workbench(own_repository)
    content = render(library.get(own_repository, "valdoria-tamaris-1999").agreement)
    came = client.post_form("/handover", files={"file": ("ours.docx", content)})
    assert came.status_code == 303
    page = client.get(came.headers["location"]).text
    file = own_repository.parent / "ours.docx"
    file.write_bytes(content)
    said = library.handover(file)
    words = words_in(page)
    assert ", ".join(said.not_found) in words
    for each in said.not_examined:
        assert each in words
    for found in said.found:
        assert f"{found.kind.what} ({found.count})" in words
    assert "may leave" not in words
    copy = client.post_form(came.headers["location"])
    assert copy.status_code == 200
    target = own_repository.parent / "copy.docx"
    made = library.make_handover(file, target)
    if made.output:
        assert copy.content == target.read_bytes()
        assert 'filename="ours.docx"' in copy.headers["content-disposition"]
    assert client.post_form(f"{came.headers['location']}/forget").status_code == 303
    assert client.get(came.headers["location"]).status_code == 404
    assert not [x for x in client.workbench.sessions.folder.rglob("*") if x.is_file()]


def test_what_is_no_word_file_is_refused_and_not_kept(client: Asking) -> None:
    answer = client.post_form("/handover", files={"file": ("ours.docx", b"canary")})
    assert (answer.status_code, "canary" in answer.text) == (422, False)
    assert not [x for x in client.workbench.sessions.folder.rglob("*") if x.is_file()]
    assert client.post_form("/handover").status_code == 400
    assert client.get("/handover/../x").status_code == 404


def test_many_instruments_are_listed_page_by_page(client: Asking, treaty_repository: Path) -> None:
    found = library.partner(treaty_repository, "USA")
    wanted, address, seen = [row.id for row in (*found.bilateral, *found.multilateral)], "/partners/USA", []
    assert len(wanted) > 60
    while address:
        page = client.get(address)
        assert len(page.content) < 150_000
        seen += re.findall(r'<li data-item data-open="/a/([^"]+)"', page.text)
        link = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = escaping.unescape(link[1]) if link else ""
    assert seen == wanted


@pytest.mark.parametrize(
    ("screen", "address", "row"),
    [
        ("calendar", "/calendar?all=1", r"<li><time datetime=.*?</li>"),
        ("variants", "/variants/claims?specimens=1", r'<li data-item data-open="[^"]+"'),
    ],
)
def test_long_lists_come_page_by_page(
    client: Asking, monkeypatch: pytest.MonkeyPatch, screen: str, address: str, row: str
) -> None:
    wanted = re.findall(row, client.get(address).text, re.DOTALL)
    monkeypatch.setattr(f"agreements.web.screens.{screen}._PAGE", 4)
    seen: list[str] = []
    while address:
        page = client.get(address).text
        rows = re.findall(row, page, re.DOTALL)
        assert 0 < len(rows) <= 4
        seen += rows
        link = re.search(r'rel="next" href="([^"]+)"', page)
        address = escaping.unescape(link[1]) if link else ""
    assert len(wanted) > 8
    assert seen == wanted
