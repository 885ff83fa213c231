"""Automatic numbers: what Word shows before each paragraph, from lists, styles and overrides."""

import pytest
from lxml import etree

from agreements.ooxml.numbering import ListCounter, Numbered, formatted
from agreements.ooxml.numerals import whole

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def xml(text: str) -> etree._Element:
    return etree.fromstring(text.replace(">", f" {NS}>", 1).replace(f"/ {NS}>", f" {NS}/>"))


def lvl(level: int, form: str, pattern: str, more: str = "") -> str:
    head = f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
    return f'{head}{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


OUTLINE = [
    lvl(0, "upperRoman", "Article %1"),
    lvl(1, "decimal", "%2."),
    lvl(2, "lowerLetter", "(%3)"),
    lvl(3, "lowerRoman", "(%4)"),
]


def numbering(
    levels: list[str], nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> etree._Element:
    return xml(f'<w:numbering><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}</w:numbering>')


def numbered(level: int | None = None, number: int | None = 1, style: str = "") -> etree._Element:
    place = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    place += "" if number is None else f'<w:numId w:val="{number}"/>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return xml(f"<w:p><w:pPr>{named}{f'<w:numPr>{place}</w:numPr>' if place else ''}</w:pPr></w:p>")


def shown(counter: ListCounter, *levels: int, number: int = 1) -> list[str]:
    results = [counter.number(numbered(level, number)) for level in levels]
    return [result.text if result else "-" for result in results]


def test_levels_count_and_start_again_below_a_higher_one() -> None:
    counter = ListCounter(numbering(OUTLINE), None)
    assert shown(counter, 0, 1, 2, 3, 3, 2, 1, 2, 0, 1, 2) == [
        "Article I", "1.", "(a)", "(i)", "(ii)", "(b)", "2.", "(a)", "Article II", "1.", "(a)",
    ]  # fmt: skip


def test_numbers_of_higher_levels_are_part_of_the_pattern_and_legal_ones_are_digits() -> None:
    levels = [lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2"), lvl(2, "decimal", "%1.%2.%3", "<w:isLgl/>")]
    assert shown(ListCounter(numbering(levels), None), 0, 0, 1, 2) == ["I.", "II.", "II.1", "2.1.1"]


def test_a_level_before_any_higher_one_shows_the_start_of_that() -> None:
    levels = [lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2")]
    assert shown(ListCounter(numbering(levels), None), 1, 1, 0) == ["1.1", "1.2", "1"]


@pytest.mark.parametrize(
    ("restart", "last", "why"),
    [
        ("", "a", "a level starts again below every higher one"),
        ('<w:lvlRestart w:val="0"/>', "b", "never starts again"),
        ('<w:lvlRestart w:val="1"/>', "a", "starts again below the first level"),
        ('<w:lvlRestart w:val="2"/>', "b", "starts again below the second level only"),
    ],
)
def test_restart(restart: str, last: str, why: str) -> None:
    levels = [lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2"), lvl(2, "lowerLetter", "%3", restart)]
    assert shown(ListCounter(numbering(levels), None), 1, 2, 0, 2)[-1] == last, why


def test_lists_that_share_an_abstract_list_count_on_unless_overridden() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    counter = ListCounter(numbering([lvl(0, "decimal", "%1.")], nums), None)
    assert shown(counter, 0, 0) == ["1.", "2."]
    assert shown(counter, 0, number=2) == ["3."]
    assert shown(counter, 0, 0, number=3) == ["5.", "6."]


def test_an_override_may_replace_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    nums = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}</w:num>'
    assert shown(ListCounter(numbering(OUTLINE, nums), None), 0, 0) == ["a)", "b)"]


def style(name: str, level: str = "", number: str = '<w:numId w:val="1"/>', more: str = "") -> str:
    place = f"<w:pPr><w:numPr>{level}{number}</w:numPr></w:pPr>" if number else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}">{more}{place}</w:style>'


STYLES = xml(
    "<w:styles>"
    + style("Art")
    + style("Par", '<w:ilvl w:val="1"/>')
    + style("Child", number="", more='<w:basedOn w:val="Par"/>')
    + style("Tied")
    + style("Loop", number="", more='<w:basedOn w:val="Loop"/>')
    + "</w:styles>"
)


@pytest.mark.parametrize(
    ("paragraph", "expected", "why"),
    [
        (numbered(None, None, "Art"), Numbered("Article I", 0), "the style names the list"),
        (numbered(None, None, "Par"), Numbered("1.", 1), "and the level"),
        (numbered(None, None, "Child"), Numbered("1.", 1), "a style inherits both"),
        (numbered(None, None, "Tied"), Numbered("(a)", 2), "the list names the style of a level"),
        (numbered(2, None, "Art"), Numbered("(a)", 2), "the paragraph gives the level, its style the list"),
        (numbered(None, 0, "Art"), None, "list 0 takes the number away"),
        (numbered(0, 9), None, "a list that is not there"),
        (numbered(None, None, "Loop"), None, "a style based on itself"),
        (numbered(None, None), None, "no list"),
    ],
)
def test_where_list_and_level_come_from(paragraph: etree._Element, expected: Numbered | None, why: str) -> None:
    levels = [*OUTLINE[:2], lvl(2, "lowerLetter", "(%3)", '<w:pStyle w:val="Tied"/>')]
    assert ListCounter(numbering(levels), STYLES).number(paragraph) == expected, why


def test_bullets_are_no_numbers_but_count_as_list_items() -> None:
    counter = ListCounter(numbering([lvl(0, "bullet", "•")]), None)
    assert counter.number(numbered(0)) == Numbered("", 0)


def test_without_a_numbering_part_nothing_is_numbered() -> None:
    assert ListCounter(None, None).number(numbered(0)) is None


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "decimal", "4"), (4, "lowerRoman", "iv"), (27, "lowerLetter", "aa"), (7, "decimalZero", "07"),
        (1, "ordinal", "1st"), (12, "ordinal", "12th"), (23, "ordinal", "23rd"), (1, "cardinalText", "One"),
        (11, "ordinal", "11th"), (13, "ordinal", "13th"), (111, "ordinal", "111th"), (21, "ordinal", "21st"),
        (42, "cardinalText", "Forty-two"), (12, "ordinalText", "Twelfth"), (20, "ordinalText", "Twentieth"),
        (31, "ordinalText", "Thirty-first"), (3, "none", ""), (3, "chicago", "‡"), (9, "chicago", "9 (chicago)"),
        (0, "lowerRoman", "0"), (0, "cardinalText", "0"), (0, "ordinalText", "0"),
        (544, "lowerRoman", "dxliv"), (500, "upperRoman", "D"),
        (3, "russianLower", "в"), (2, "decimalEnclosedCircle", "②"), (12, "decimalFullWidth", "１２"),
        (12, "chineseCounting", "十二"), (40, "japaneseCounting", "四十"), (3, "koreanCounting", "삼"),
        (2, "ganada", "나"), (4, "numberInDash", "- 4 -"), (12, "hex", "C"), (5, "bahtText", "5 (bahtText)"),
    ],
)  # fmt: skip
def test_formats(value: int, form: str, text: str) -> None:
    assert formatted(value, form) == text


@pytest.mark.parametrize("form", ["lowerLetter", "upperRoman", "cardinalText"])
def test_a_start_beyond_all_use_is_in_figures_and_takes_no_memory(form: str) -> None:
    assert formatted(999_999_999, form) == f"999999999 ({form})"


def test_a_number_that_its_list_hides_is_not_shown() -> None:
    hidden = lvl(0, "decimal", "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    counter = ListCounter(numbering([hidden]), None)
    assert counter.number(numbered(0)) == Numbered("", 0)
    assert counter.form(numbered(0)) == ""


@pytest.mark.parametrize(
    ("held", "value"), [("7", 7), (" -2 ", -2), ("9" * 5000, 1), ("²", 1), ("", 1), (None, 1), ("٣", 3), ("x", 1)]
)
def test_a_whole_number_of_an_attribute_stops_no_reading(held: str | None, value: int) -> None:
    assert whole(held, 1) == value


def test_a_level_is_told_without_counting() -> None:
    counter = ListCounter(numbering(OUTLINE[:2]), None)
    assert [counter.level(numbered(level)) for level in (0, 1, 1, 7)] == [0, 1, 1, None]
    assert counter.level(numbered(number=None)) is None
    assert shown(counter, 0, 1) == ["Article I", "1."]


WITH_DEFAULT = """<w:styles>
<w:style w:type="paragraph" w:default="{default}" w:styleId="Normal">{listed}</w:style>
<w:style w:type="character" w:default="1" w:styleId="Default"/>
<w:style w:type="numbering" w:styleId="Outline"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""
LISTED = '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'


@pytest.mark.parametrize(("default", "number"), [("1", "1."), ("true", "1."), ("on", "1."), ("0", None)])
def test_a_paragraph_without_a_style_has_the_list_of_the_default_one(default: str, number: str | None) -> None:
    counter = ListCounter(numbering(OUTLINE), xml(WITH_DEFAULT.format(default=default, listed=LISTED)))
    found = counter.number(numbered(number=None))
    assert (found.text if found else None) == number


def test_a_list_that_links_to_a_style_counts_with_the_list_of_that_style() -> None:
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Outline"/></w:abstractNum>'
    nums = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))
    counter = ListCounter(numbering(OUTLINE, linked + nums), xml(WITH_DEFAULT.format(default="1", listed="")))
    assert shown(counter, 0, number=1) + shown(counter, 0, 1, number=2) == ["Article I", "Article II", "1."]
