"""Web pages: what is the document, and how its paragraphs read."""

import pytest

from agreements.parsing import parse
from agreements.reading.blocks import Block, Reading
from agreements.reading.html import read
from agreements.reading.source import SourceFile

LONG = "The authorities of the Parties shall consult each other on the application of this arrangement. " * 3


def page(body: str, head: str = "") -> Reading:
    return read(SourceFile.of("t.html", f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()))


def texts(body: str) -> list[str]:
    return [b.text for b in page(body).blocks]


def shown(body: str) -> list[tuple[str, str | None, str]]:
    return [(b.kind, b.number, b.text) for b in page(body).blocks]


def test_paragraphs_heads_and_how_they_look() -> None:
    body = "<h2>ARTICLE I</h2><p align=center><b>Scope</b></p><div><center>Title</center>plain <i>in rem</i></div>"
    head, scope, title, plain = page(body).blocks
    assert (head.kind, head.level, head.caps) == ("heading", 2, True)
    assert (scope.centred, scope.bold, scope.style) == (True, True, "p")
    assert title.centred and not plain.centred
    assert [plain.text[m.start : m.end] for m in plain.marks] == ["in rem"]


def test_navigation_and_forms_are_left_out_and_said() -> None:
    around = "<header><ul><li>Home</li></ul></header><form>Search</form><div class='site-menu'>Treaties</div>"
    reading = page(f"{around}<p>{LONG}</p><footer>Copyright</footer><script>no()</script>")
    assert [b.text for b in reading.blocks] == [LONG.strip()]
    said = " ".join(f.message for f in reading.findings)
    assert all(word in said for word in ("Home", "Search", "Treaties", "Copyright"))
    assert {f.severity for f in reading.findings} == {"info"}


def test_the_declared_main_part_is_the_document() -> None:
    reading = page(f"<p>See also: other treaties</p><main><p>{LONG}</p></main><p>Last changed in May</p>")
    assert [b.text for b in reading.blocks] == [LONG.strip()]
    assert "See also: other treaties" in reading.findings[0].message
    assert "Last changed in May" in reading.findings[0].message


def test_nothing_large_goes_whatever_it_is_called() -> None:
    assert texts(f"<form><div class='menu'><p>{LONG}</p></div></form>") == [LONG.strip()]
    assert texts(f"<main><p>small</p></main><p>{LONG}</p>") == ["small", LONG.strip()]


def test_a_list_of_links_is_navigation() -> None:
    links = "".join(f"<li><a href='#a{n}'>Article {n}</a></li>" for n in range(1, 6))
    assert texts(f"<ul>{links}</ul><p>{LONG}</p>") == [LONG.strip()]


def test_ordered_lists_show_the_numbers_of_the_browser() -> None:
    body = "<ol start=3><li>third<ol type=a><li>one<li value=4>four</ol></li></ol><ol type=i reversed><li>x<li>y</ol>"
    assert shown(body) == [
        ("list", "3.", "third"),
        ("list", "a.", "one"),
        ("list", "d.", "four"),
        ("list", "ii.", "x"),
        ("list", "i.", "y"),
    ]
    assert [b.level for b in page(body).blocks] == [0, 1, 1, 0, 0]


def test_items_that_bring_their_numbers_get_no_second_one() -> None:
    assert shown("<ol><li>(a) one</li><li>(b) two</li></ol>") == [("list", None, "(a) one"), ("list", None, "(b) two")]
    assert shown("<ol style='list-style-type:none'><li>one</li></ol>") == [("list", None, "one")]
    assert shown("<ul><li>one</li></ul>") == [("list", None, "one")]


def test_only_the_first_paragraph_of_an_item_has_its_number() -> None:
    assert shown("<ol><li><p>one</p><p>more</p></li></ol>") == [("list", "1.", "one"), ("list", None, "more")]


def test_line_breaks_are_blanks_or_paragraphs_by_what_follows() -> None:
    assert texts("<p>Agreement<br>between A and B</p>") == ["Agreement between A and B"]
    assert texts("<p>Article 1<br>Scope</p>") == ["Article 1", "Scope"]
    assert texts("<p>The Parties:<br>(a) shall meet;<br>(b) shall act.</p>") == [
        "The Parties:",
        "(a) shall meet;",
        "(b) shall act.",
    ]
    assert texts("<td>one<br>&nbsp;<br>two</td>") == ["one", "two"]


def test_tables_of_data_read_row_by_row_and_frames_as_text() -> None:
    data = "<table><tr><th>Us</th><th>Them</th></tr><tr><td>SECRET</td><td>HEMLIG</td></tr></table>"
    assert shown(data) == [("table", None, "Us | Them"), ("table", None, "SECRET | HEMLIG")]
    frame = f"<table><tr><td>{LONG}</td><td><p>{LONG}</p></td></tr></table>"
    assert texts(frame) == [LONG.strip()] * 2
    signed = (
        "<table><tr><td>For the Republic of A:</td><td>For the Kingdom of B:</td></tr><tr><td>X</td><td>Y</td></tr>"
    )
    assert texts(f"{signed}</table>") == ["For the Republic of A:", "X", "For the Kingdom of B:", "Y"]


def test_footnote_marks_leave_the_text_and_are_said() -> None:
    reading = page("<p>The Treaty<sup><a href='#fn1'>1</a></sup> applies to 10<sup>3</sup> kg.</p>")
    assert reading.blocks[0].text == "The Treaty applies to 103 kg."
    assert [f.code for f in reading.findings] == ["footnote-marks"]


FOOTNOTES = {
    "raised links to a list": (
        "<p>The Treaty<sup><a href='#n1'>1</a></sup> applies.</p><p>It ends.<a href='#n2'><sup>2</sup></a></p>"
        "<ol><li id='n1'>See the notes. <a href='#r1'>↩</a></li><li id='n2'>Not yet.</li></ol>"
    ),
    "links in brackets to named paragraphs": (
        "<p>The Treaty<a href='#_ftn1' name='_r1'>[1]</a> applies.</p><p>It ends.<a href='#_ftn2'>[2]</a></p>"
        "<div><p><a href='#_r1' name='_ftn1'>[1]</a> See the notes.</p></div>"
        "<div><p><a href='#_r2' name='_ftn2'>[2]</a> Not yet.</p></div>"
    ),
}


FOOTNOTES["raised signs without links, as in the volumes of a treaty series"] = (
    "<p>The Treaty<sup>1</sup> applies.</p><p>It ends.<sup>2</sup></p><hr>"
    "<p><sup>1</sup> See the notes.</p><p><sup>2</sup> Not yet.</p>"
)


def test_a_power_is_no_mark_of_a_footnote_and_pages_count_anew() -> None:
    body = (
        "<p>An area<sup>1</sup> of 40 km<sup>2</sup>.</p><p><sup>1</sup> As of 1950.</p>"
        "<p>A wall<sup>1</sup> of 5 m<sup>2</sup>.</p><p><sup>1</sup> As of 1951.</p><p><sup>2</sup> A loose line.</p>"
    )
    assert [(b.kind == "footnote", b.text) for b in page(body).blocks] == [
        (False, "An area of 40 km2."),
        (True, "As of 1950."),
        (False, "A wall of 5 m2."),
        (True, "As of 1951."),
        (False, "2 A loose line."),
    ]


@pytest.mark.parametrize("body", FOOTNOTES.values(), ids=FOOTNOTES.keys())
def test_footnotes_stand_after_the_block_of_their_mark(body: str) -> None:
    assert [(b.kind == "footnote", b.number, b.text) for b in page(body).blocks] == [
        (False, None, "The Treaty applies."),
        (True, "1", "See the notes."),
        (False, None, "It ends."),
        (True, "2", "Not yet."),
    ]
    said = [f.message for f in page(body).findings if f.code == "footnote"]
    assert said == ["Footnote 1 kept apart: See the notes.", "Footnote 2 kept apart: Not yet."]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<p><a href='#a1'>[1]</a> Scope</p><p id='a1'>1 The Treaty applies.</p>", "an entry of a table of contents"),
        ("<p>See Article <a href='#a1'>1</a> above.</p><p id='a1'>1 The Treaty applies.</p>", "a link in the text"),
        ("<p id='a1'>1 The Treaty applies.</p><p>See there<sup><a href='#a1'>1</a></sup>.</p>", "what stands above"),
        ("<p>See there<a href='#a2'>[1]</a>.</p><p id='a2'>2 The Treaty applies.</p>", "another sign"),
    ],
)
def test_other_links_lead_to_no_footnote(body: str, why: str) -> None:
    assert all(block.kind != "footnote" for block in page(body).blocks)
    assert any("The Treaty applies." in block.text for block in page(body).blocks)


def test_a_footnote_of_a_web_page_is_a_mark_of_its_provision() -> None:
    body = "<h2>Article 1</h2><p>The Treaty<sup><a href='#n'>1</a></sup> applies.</p><ol><li id='n'>See it.</li></ol>"
    (article,) = parse(page(body), id="a").agreement.documents[0].provisions
    assert article.text == "The Treaty applies."
    assert [(mark.kind, mark.target) for mark in article.marks] == [("note", "1 See it.")]


def test_blocks_have_their_places_and_the_page_its_title() -> None:
    reading = page("<p>one</p><p>two</p>", "<title>The Agreement | Office</title>")
    assert [reading.text[b.start : b.end] for b in reading.blocks] == ["one", "two"]
    assert reading.title == "The Agreement | Office"


def test_encodings_and_declared_entities() -> None:
    western = "<html><head><meta charset=iso-8859-2></head><body><p>Łódź agrees</p><p>x</p></body></html>"
    assert read(SourceFile.of("a.html", western.encode("iso-8859-2"))).blocks[0] == Block(
        "Łódź agrees", 0, 11, level=0, style="p"
    )
    bomb = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>Before &a; after</p><p>x</p></body>'
    assert read(SourceFile.of("a.html", bomb.encode())).blocks[0].text == "Before &a; after"


def test_hidden_words_are_no_words_of_the_page() -> None:
    assert texts(f"<p>{LONG}</p><p hidden>no</p><p style='display: none'>no</p>") == [LONG.strip()]
