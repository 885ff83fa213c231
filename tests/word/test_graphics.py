"""Words that a chart, a diagram or a graphic shows: no text, but never lost without a word."""

import pytest

from agreements import word
from agreements.errors import UnreadableError
from agreements.ooxml.graphics import Graphic, graphics_in
from agreements.ooxml.package import Package
from agreements.ooxml.schema import name
from agreements.reading import word as reader
from agreements.reading.source import SourceFile
from tests.ooxml.building import NAMES, p, word_file

DRAWING = NAMES["a"]
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
US = word.RedlineOptions(author="US", date="2026-11-22")
CHOICE = (
    '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
)


def paragraph(*texts):
    return "<a:p>" + "".join(f"<a:r><a:t>{text}</a:t></a:r>" for text in texts) + "</a:p>"


def frame(kind, named):
    inside = f'<x:{kind} xmlns:x="{CHART}" {named}/>'
    return f"<w:r><w:drawing><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></w:drawing></w:r>"


def charted(*values, title="Costs", beside="The costs are shared as drawn here."):
    cells = "".join(f"<c:pt><c:v>{value}</c:v></c:pt>" for value in values)
    said = f"<c:title>{paragraph(title)}</c:title><c:strCache>{cells}</c:strCache>"
    whole = f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}">{said}</c:chartSpace>'
    body = p("The first paragraph.") + p(beside, inner=frame("chart", 'r:id="rchart"'))
    return word_file(body, graphics={"chart": whole})


def diagrammed(*texts):
    whole = f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{DRAWING}">{"".join(paragraph(t) for t in texts)}</d:dataModel>'
    body = p("How a claim goes its way.") + p(inner=frame("relIds", 'r:dm="rdiagramData" r:lo="rgone"'))
    return word_file(body, graphics={"diagramData": whole})


def drawn(inside, beside="As drawn."):
    return word_file(p(beside, inner=f"<w:r>{inside}</w:r>"))


def graphics(content):
    package = Package.of("file", content)
    return [each for drawing in package.body().iter(name("drawing")) for each in graphics_in(package, drawing)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (charted("East", "West", "East", "4.5"), [Graphic("chart", ("Costs", "East", "West", "4.5"))]),
        (diagrammed("Lodged", "Settled"), [Graphic("diagram", ("Lodged", "Settled"))]),
        (diagrammed(), []),  # without words there is nothing to tell
        (drawn(f"<w:drawing>{paragraph('Not to ', 'scale')}</w:drawing>"), [Graphic("graphic", ("Not to scale",))]),
        (
            drawn(f"<w:drawing>{CHOICE.format(paragraph('now'), paragraph('of old'))}</w:drawing>"),
            [Graphic("graphic", ("now",))],
        ),
        (drawn(f"<w:drawing>{p('in a box')}</w:drawing>"), []),  # a paragraph, which is read as one
    ],
)
def test_the_words_of_a_graphic_in_their_order(content, found):
    assert graphics(content) == found


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (charted("East"), "A chart in “The costs are shared as drawn here.” shows words that are not read"),
        (charted("East", beside=""), "A chart after “The first paragraph.” shows words that are not read"),
        (diagrammed("Lodged", "Settled"), "part of the text: Lodged; Settled"),
    ],
)
def test_a_reading_names_them_where_they_stand(content, said):
    found = reader.read(SourceFile.of("file.docx", content)).findings
    assert [finding.code for finding in found] == ["graphic"]
    assert said in found[0].message


def test_a_file_of_graphics_alone_is_not_called_empty():
    with pytest.raises(UnreadableError, match="no words but those that its charts and diagrams show"):
        reader.read(SourceFile.of("file.docx", drawn(f"<w:drawing>{paragraph('Scale')}</w:drawing>", beside="")))


@pytest.mark.parametrize(
    ("one", "other", "gone", "new"),
    [
        (charted("East"), charted("West"), "East", "West"),
        (charted("East", title="Costs"), charted("East", title="Shares"), "Costs", "Shares"),
        (diagrammed("Lodged"), diagrammed("Paid"), "Lodged", "Paid"),
    ],
)
def test_other_words_in_a_graphic_are_told_as_they_are(one, other, gone, new):
    differences, _ = word.elsewhere(one, other, names=("a", "b"))
    (found,) = differences
    assert found.what == "object"
    assert gone in "".join(piece.text for piece in found.pieces if piece.kind == "deleted")
    assert new in "".join(piece.text for piece in found.pieces if piece.kind == "inserted")
    assert word.redline(one, other, US).proof.outcome == "named"
