"""Comments and footnotes: the parts that hold them, and what refers to them in the text (29500-1, 17.11 and 17.13)."""

from collections.abc import Iterable, Sequence

from lxml import etree

from agreements.ooxml.schema import name
from agreements.ooxml.xml import Properties, make, paragraph, properties, run

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SMALL: Properties = {"sz": 18, "szCs": 18}
_RAISED: Properties = {"vertAlign": "superscript"}


def comments_part(comments: Iterable[etree._Element]) -> etree._Element:
    """Return the root of the part that holds `comments`."""
    return make("comments", *comments)


def comment(identifier: int, lines: Sequence[str], *, author: str, initials: str, date: str = "") -> etree._Element:
    """Return a comment of one paragraph a line; `date` (ISO 8601, with time) may be absent."""
    made = make("comment", *(paragraph({}, [run(line, _SMALL)]) for line in lines), id=identifier, author=author)
    if date:
        made.set(name("date"), date)
    made.set(name("initials"), initials)
    return made


def commented(identifier: int, content: Sequence[etree._Element]) -> list[etree._Element]:
    """Return `content` as what the comment with that identifier is about."""
    about = make("commentRangeStart", id=identifier), make("commentRangeEnd", id=identifier)
    return [about[0], *content, about[1], make("r", make("commentReference", id=identifier))]


def footnotes_part(footnotes: Iterable[etree._Element]) -> etree._Element:
    """Return the root of the part that holds `footnotes`, with the two lines between text and notes that Word wants."""
    lines = (("separator", -1), ("continuationSeparator", 0))
    own = [make("footnote", paragraph({}, [make("r", make(kind))]), type=kind, id=at) for kind, at in lines]
    return make("footnotes", *own, *footnotes)


def footnote(identifier: int, lines: Sequence[str], style: str) -> etree._Element:
    """Return a footnote of one paragraph a line, in the paragraph style with the id `style`."""
    sign = make("r", properties("rPr", _RAISED), make("footnoteRef"))
    first, *rest = lines
    return make(
        "footnote",
        paragraph({"pStyle": style}, [sign, run(f" {first}")]),
        *(paragraph({"pStyle": style}, [run(line)]) for line in rest),
        id=identifier,
    )


def footnoted(identifier: int, content: Sequence[etree._Element]) -> list[etree._Element]:
    """Return `content` with the sign of the footnote after it."""
    return [*content, make("r", properties("rPr", _RAISED), make("footnoteReference", id=identifier))]
