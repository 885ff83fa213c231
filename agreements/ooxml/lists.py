"""Multilevel lists: the `w:abstractNum` and `w:num` that make Word number articles and paragraphs by itself.

Every list has an abstract list of its own. Two lists that share one and restart by override come out differently
in Word and in LibreOffice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from agreements.ooxml import styles
from agreements.ooxml.numerals import NumberFormat
from agreements.ooxml.xml import make, properties

STEP = 720
DEPTH = 9
"""Levels that a list of Word has."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: how it prints and where it starts."""

    form: NumberFormat
    start: int = 1


def abstract_list(identifier: int, levels: Sequence[ListLevel], *, tied: bool = False) -> etree._Element:
    """Return the `w:abstractNum` numbered `identifier`; `tied` levels number the paragraphs of their styles.

    A style can be tied to one list of a file only: the first.
    """
    rest = [ListLevel(NumberFormat("decimal", "(", ")"))] * (DEPTH - len(levels))
    return make(
        "abstractNum",
        make("nsid", val=f"{0x5A000000 + identifier:08X}"),
        make("multiLevelType", val="multilevel"),
        make("tmpl", val=f"{0x5B000000 + identifier:08X}"),
        *(_level(number, level, tied=tied) for number, level in enumerate([*levels, *rest])),
        abstractNumId=identifier,
    )


def list_instance(identifier: int) -> etree._Element:
    """Return the `w:num` by which paragraphs name the abstract list `identifier`."""
    return make("num", make("abstractNumId", val=identifier), numId=identifier)


def numbered(list_id: int, level: int) -> etree._Element:
    """Return the `w:numPr` of a paragraph at `level` of the list."""
    return properties("numPr", {"ilvl": level, "numId": list_id})


def indent(level: int) -> dict[str, int]:
    """Return the `w:ind` at `level`, in twentieths of a point: the number hangs half an inch before its words."""
    return {"left": STEP * level, "hanging": STEP} if level else {"left": 0, "firstLine": 0}


def lettered(level: int) -> int:
    """Return the level of a list at which lettered provisions of `level` (1: directly under an article) stand."""
    return len(styles.LEVELS) + level - 1


def _level(number: int, level: ListLevel, *, tied: bool) -> etree._Element:
    style = styles.TIED[number] if tied and number < len(styles.TIED) else ""
    shown = number - lettered(0) if number >= lettered(1) else number
    parts = [
        make("start", val=level.start),
        make("numFmt", val=level.form.numeral),
        *([make("pStyle", val=styles.style_id(style))] if style else []),
        make("suff", val="tab" if number else "nothing"),
        make("lvlText", val=level.form.level_text(number)),
        make("lvlJc", val="left"),
        properties("pPr", {"ind": indent(shown)}),
    ]
    return make("lvl", *parts, ilvl=number)
