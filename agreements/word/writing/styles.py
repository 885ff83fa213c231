"""How each style of our Word files looks: the conventions of a treaty office, in one table.

Lengths are in twentieths of a point (720 is half an inch), sizes in half points. The sources are the customs
noted in the domain dossier: 12-point serif, centred heads that stay with their text, room between paragraphs.
"""

from dataclasses import dataclass, field

from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.lists import STEP, indent
from agreements.ooxml.xml import Properties, make

FONT = "Times New Roman"

_AFTER: Properties = {"spacing": {"after": 240}}
_CENTRED_HEAD: Properties = {"keepNext": True, "keepLines": True, "jc": "center"}


@dataclass(frozen=True, slots=True)
class StyleFormat:
    """The paragraph and run properties of a style, the style it is `based` on and the style that `follows` it."""

    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)
    based: str = "Normal"
    follows: str = ""


def _numbered(level: int) -> StyleFormat:
    return StyleFormat({"ind": indent(level), "jc": "both"}, based=styles.ARTICLE_TEXT)


def _headed(level: int) -> StyleFormat:
    return StyleFormat(
        {"ind": indent(level), "keepNext": True, "jc": "left"},
        {"b": True},
        based=styles.LEVELS[level],  # which gives it its number
        follows=styles.FOLLOWING[level],
    )


def _following(level: int) -> StyleFormat:
    return StyleFormat({"ind": {"left": STEP * level}, "jc": "both"}, based=styles.ARTICLE_TEXT)


_CONTENTS_TAB = 2160

_UNCOUNTED: Properties = {"suppressLineNumbers": True}  # what is no text of the agreement has no line numbers

CONTENTS_LOOKS = {
    styles.CONTENTS_HEADING: StyleFormat(
        {**_UNCOUNTED, "keepNext": True, "jc": "center", "spacing": {"after": 240}}, {"b": True}
    ),
    **{
        label: StyleFormat(
            {
                **_UNCOUNTED,
                "spacing": {"after": 0, "line": 240, "lineRule": "auto"},
                "ind": {"left": _CONTENTS_TAB, "hanging": _CONTENTS_TAB},
            }
        )
        for label in styles.CONTENTS
    },
}
"""The styles of a table of contents, which only a file that has one holds, with the tabs for its width."""


def contents_tabs(width: int) -> etree._Element:
    """Return the tabs of a line of contents in a text of that `width`: to its heading, and by dots to its page."""
    heading = make("tab", val="left", pos=_CONTENTS_TAB)
    return make("tabs", heading, make("tab", val="right", leader="dot", pos=width))


COLUMN_LOOK = StyleFormat({**_UNCOUNTED, "keepNext": True, "jc": "center", "spacing": {"after": 240}}, {"b": True})
"""The style of the language names above two columns, which only a file with columns holds."""

NOTE_LOOK = StyleFormat(
    {**_UNCOUNTED, "spacing": {"after": 40, "line": 240, "lineRule": "auto"}, "jc": "both"}, {"sz": 18, "szCs": 18}
)
"""The style of drafting notes at the foot of the page, which only such a working copy holds."""

LOOKS: dict[str, StyleFormat] = {
    styles.TITLE: StyleFormat(
        {**_CENTRED_HEAD, "spacing": {"before": 240, "after": 480}}, {"b": True, "caps": True}, follows=styles.PREAMBLE
    ),
    styles.PREAMBLE: StyleFormat({**_AFTER, "jc": "both"}),
    styles.PREAMBLE_HEADING: StyleFormat({**_CENTRED_HEAD, **_AFTER}, {"b": True}, follows=styles.PREAMBLE),
    styles.DIVISION: StyleFormat(
        {**_CENTRED_HEAD, "spacing": {"before": 480, "after": 120}, "outlineLvl": 0}, {"b": True, "caps": True}
    ),
    styles.DIVISION_HEADING: StyleFormat({**_CENTRED_HEAD, **_AFTER}, {"b": True}),
    styles.ARTICLE: StyleFormat(
        {**_CENTRED_HEAD, "spacing": {"before": 360, "after": 240}, "outlineLvl": 1},
        {"b": True},
        follows=styles.LEVELS[1],
    ),
    styles.ARTICLE_HEADING: StyleFormat({**_CENTRED_HEAD, **_AFTER}, {"b": True}, follows=styles.LEVELS[1]),
    styles.ARTICLE_TEXT: StyleFormat({**_AFTER, "jc": "both"}),
    styles.SECTION: StyleFormat(
        {"keepNext": True, "keepLines": True, "spacing": {"before": 120, "after": 120}, "outlineLvl": 2}, {"b": True}
    ),
    styles.SECTION_HEADING: StyleFormat({"keepNext": True, "keepLines": True, **_AFTER}, {"b": True}),
    styles.TESTIMONIUM: StyleFormat({**_AFTER, "keepNext": True, "keepLines": True, "jc": "both"}),
    styles.SIGNATURE: StyleFormat({"keepNext": True, "keepLines": True, "spacing": {"before": 120}, "jc": "left"}),
    styles.SIGNATURE_LINE: StyleFormat({"keepNext": True, "spacing": {"before": 840, "after": 60}}),
    styles.ANNEX: StyleFormat(
        {**_CENTRED_HEAD, "pageBreakBefore": True, "spacing": {"after": 120}, "outlineLvl": 0},
        {"b": True, "caps": True},
        follows=styles.ANNEX_TITLE,
    ),
    styles.ANNEX_TITLE: StyleFormat(
        {**_CENTRED_HEAD, "spacing": {"after": 360}}, {"b": True}, follows=styles.ARTICLE_TEXT
    ),
    styles.NOTE_TITLE: StyleFormat({**_CENTRED_HEAD, **_AFTER}, {"b": True}, follows=styles.NOTE_TEXT),
    styles.REPLY_TITLE: StyleFormat({**_CENTRED_HEAD, **_AFTER}, {"b": True}, follows=styles.REPLY_TEXT),
    styles.NOTE_TEXT: StyleFormat({**_AFTER, "jc": "both"}),
    styles.REPLY_TEXT: StyleFormat({**_AFTER, "jc": "both"}),
    styles.BODY_TEXT: StyleFormat({**_AFTER, "jc": "both"}),
    styles.MARKING: StyleFormat({**_UNCOUNTED, "jc": "center"}, {"b": True}),
    styles.DRAFT_LINE: StyleFormat({**_UNCOUNTED, "jc": "center"}, {"sz": 20, "szCs": 20}),
    styles.PAGE_NUMBER: StyleFormat({**_UNCOUNTED, "jc": "center"}),
    **{name: _numbered(level) for level, name in enumerate(styles.LEVELS) if level},
    **{name: _numbered(level) for level, name in enumerate(styles.LETTERED) if level},
    styles.TYPED[0]: StyleFormat(
        {**_CENTRED_HEAD, "spacing": {"before": 360, "after": 240}, "outlineLvl": 1}, {"b": True}
    ),
    **{name: _numbered(level) for level, name in enumerate(styles.TYPED) if level},
    **{name: _headed(level) for level, name in enumerate(styles.HEADED) if level},
    **{name: _following(level) for level, name in enumerate(styles.FOLLOWING) if level},
}
