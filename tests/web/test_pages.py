"""What the pages say: the desk, search, help; escaped to the letter, and nothing that a script could hide in."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agreements import library
from agreements.web import routes
from tests.web.conftest import PAGES, Asking, OpenWorkbench


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_script_or_a_style_in_it(client: Asking, path: str) -> None:
    html = client.get(path).text
    assert not re.search(r"<script[^>]*>[^<]", html)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert html.count("<h1>") == 1
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)
    assert len(html) < 100_000


def test_the_desk_says_what_is_there(client: Asking) -> None:
    html = client.get("/").text
    html += client.get("/desk/saved").text
    for words in ("Talks on visits", "Ask the legal adviser", "1 February 2030", "waivers", "for the talks"):
        assert words in html
    assert "Read-only" not in html


def test_every_page_names_an_agreement_that_cannot_be_read(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    assert "cannot be read" not in open_workbench(own_repository).get("/search?q=claims").text
    text = own_repository / "agreements" / "valdoria-tamaris-1999" / "agreement.md"
    text.write_bytes(b"---\n: : {\n")
    for path in ("/", "/search?q=claims", "/agreements", "/calendar", "/nowhere"):
        assert "is in no answer: valdoria-tamaris-1999" in open_workbench(own_repository).get(path).text


def test_an_empty_desk_says_what_to_do(open_workbench: OpenWorkbench, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("ARTICLE I\n\nFuel is supplied at cost.\n", encoding="utf-8")
    library.import_files(tmp_path / "empty", [file])
    client = open_workbench(tmp_path / "empty")
    assert '<a href="/n">Begin one</a>' in client.get("/").text
    assert "No search is saved." in client.get("/desk/saved").text


_ASKED = ["claims", '"official duty" AND arbitrator', "who pays for damage?", "zzzz", "tax*"]
_FILTERED: list[dict[str, str]] = [{}, {"specimens": "1", "by": "article", "sort": "date"}, {"family": "sofa"}]


def _same_as_the_verb(client: Asking, folder: Path, query: str, how: dict[str, str]) -> None:
    options: dict[str, Any] = {name: [value] if name == "family" else value for name, value in how.items()}
    options |= {"specimens": True} if "specimens" in how else {}
    asked, lines = library.search_page(folder, query, size=20, **options)
    html = client.get("/search", params={"q": query, **how}).text
    shown = re.findall(r'data-ref="([^"]+)"', html)
    assert shown == [line.hit.ref for line in lines.lines], query
    in_order = [hit.ref for hit in library.search(folder, query, limit=500, **options).hits]
    assert shown == [ref for ref in in_order if ref in shown], query
    counts = {
        value: int(count) for value, count in re.findall(r'value="([^"]+)"[^>]*> [^<]* <span class="count">(\d+)', html)
    }
    for name in ("family", "status"):
        for value, count in asked.facets.get(name, {}).items():
            assert counts[value] == count, (query, value)


@pytest.mark.parametrize("how", _FILTERED)
def test_search_gives_what_the_verb_gives_in_its_order(
    client: Asking, treaty_repository: Path, how: dict[str, str]
) -> None:
    for query in _ASKED:
        _same_as_the_verb(client, treaty_repository, query, how)


def test_the_labelled_queries_give_what_the_command_gives(
    client: Asking, treaty_repository: Path, shared: Path
) -> None:
    queries = json.loads((shared / "labels" / "queries.json").read_text(encoding="utf-8"))
    assert len(queries) == 37
    for row in queries:
        _same_as_the_verb(client, treaty_repository, row["text"], {"specimens": "1"})


def test_what_pages_cost_is_measured_and_none_is_heavy(client: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import web as benchmark

    benchmark._measure(client.workbench, 1)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[2:]]
    assert len(rows) == len(benchmark._paths(client.workbench.desk))
    assert all(int(row[-1]) <= 150 for row in rows)  # kB, as docs say of every page


@pytest.mark.parametrize("bad", ["family=sofaa", "topic=nothing", "status=maybe", "by=line", "offset=-1", "since=soon"])
def test_a_filter_that_nothing_answers_is_refused_and_not_answered_by_silence(client: Asking, bad: str) -> None:
    answer = client.get(f"/search?q=claims&{bad}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_hostile_words_are_shown_to_the_letter(client: Asking) -> None:
    html = client.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_command_of_a_page_gives_the_same(
    client: Asking, treaty_repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import html as escaping
    import shlex

    from agreements.commands import main

    page = client.get("/search", params={"q": '"official duty"', "specimens": "1", "since": "2000"}).text
    found = re.search(r"<code>(agreements [^<]*)</code></p>\n</details>", page)
    assert found
    words = shlex.split(escaping.unescape(found[1]))[1:]
    with pytest.raises(SystemExit):
        main(["--repo", str(treaty_repository), *words])
    refs = re.findall(r"^ *\d+  (\S+#\S+)", capsys.readouterr().out, re.MULTILINE)
    assert refs
    assert re.findall(r'data-ref="([^"]+)"', page) == refs


def test_an_article_is_one_line_on_the_page_and_what_else_of_it_answers_is_a_link(
    client: Asking, treaty_repository: Path
) -> None:
    _, page = library.search_page(treaty_repository, "claims", size=20, specimens=True)
    folded = [(line.hit.ref, line.folded[0].path) for line in page.lines if line.folded]
    assert folded
    html = client.get("/search?q=claims&specimens=1").text
    for ref, path in folded:
        assert html.count(f'data-ref="{ref}"') == 1
        assert f">#{path}</a>" in html


def test_no_agreement_fills_the_page_of_hits_alone_unless_all_are_asked_for(client: Asking) -> None:
    few, every = (client.get(f"/search?q=shall&specimens=1{more}").text for more in ("", "&all=1"))
    assert "Three articles of an agreement stand here at most" in few
    assert "Three articles of an agreement stand here at most" not in every
    most = [max(Counter(re.findall(r'data-ref="([^"#]+)#', html)).values()) for html in (few, every)]
    assert most[0] == 3
    assert most[1] > 3


def test_the_routes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    from agreements.commands import main

    with pytest.raises(SystemExit):
        main(["--json", "serve", "--routes"])
    assert [tuple(row.values()) for row in json.loads(capsys.readouterr().out)] == list(routes())


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], treaty_repository: Path
) -> None:
    import importlib.util

    from agreements.commands import main

    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "starlette" else found(name))
    for line in (["serve"], ["open"]):
        with pytest.raises(SystemExit) as ended:
            main(["--repo", str(treaty_repository), *line])
        assert ended.value.code == 1
        assert "pip install 'security-agreements[web]'" in capsys.readouterr().err


def test_search_says_no_where_words_tell_that_nothing_is_held(client: Asking, treaty_repository: Path) -> None:
    asked = "claims of walruses and zoology"
    found = library.search(treaty_repository, asked, specimens=True)
    assert found.hits
    html = client.get("/search?q=claims+of+walruses+and+zoology&specimens=1").text
    assert found.says_no() in html
    assert found.says_no().startswith("No clause on this is held")
    assert "below are only the nearest" in html
    assert "What is unpublished is not covered" in html
    assert "No clause on this is held" not in client.get("/search?q=claims&specimens=1").text


def test_what_was_read_into_a_query_is_shown_and_taken_off(client: Asking) -> None:
    html = client.get("/search?q=claims+Germany+sofa&specimens=1").text
    assert "What agrees with" in html
    link = re.search(r'href="(/search\?[^"]*take_off=[^"]*)">Take it off', html)
    assert link
    without = client.get(link[1].replace("&amp;", "&")).text
    assert "What agrees with" not in without
    assert "Taken off:" in without


def test_a_place_comes_first_only_where_its_text_is_held(client: Asking) -> None:
    words = "it comes first"
    assert words in client.get("/search?q=valdoria-tamaris-1999%23I.2").text
    assert words not in client.get("/search?q=TIAS+2846&specimens=1").text
