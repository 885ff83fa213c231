"""Type that nobody sees though it is not hidden text: as light as what is behind it, or too small to read."""

import re

from lxml import etree

from agreements.ooxml.schema import child_of, local, name
from agreements.ooxml.xml import figure

_RUN_LOOK, _VALUE, _SIZE, _SCALE, _COLOUR, _BOX = map(name, ("rPr", "val", "sz", "w", "color", "txbxContent"))
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FILL, _NO_FILL = f"{_W14}textFill", f"{_W14}noFill"
_TINY = 4  # half points: two points
_FLAT = 40  # twentieths of a point: a row that is two points high
_NEAR = 32  # of 255: colours that an eye does not tell apart
_WHITE = (255, 255, 255)


def is_faint(run: etree._Element) -> bool:
    """Return whether the words of `run` cannot be read, by what the run itself says of their size and colour."""
    own = child_of(run, _RUN_LOOK)
    for each in () if own is None else own:
        if each.tag == _SIZE and 0 < figure(each.get(_VALUE, "24")) <= _TINY:
            return True
        if each.tag == _SCALE and 0 < figure(each.get(_VALUE, "100").rstrip("%")) <= _TINY:
            return True
        if each.tag == _FILL and each.find(_NO_FILL) is not None:
            return True
        if each.tag == _COLOUR:
            written = _colour(each, "val", "themeColor")
            if written is not None and _alike(written, _ground(run)):
                return True
    return False


def is_unseen_row(row: etree._Element) -> bool:
    """Return whether a table row is hidden, or so low that it shows nothing."""
    return is_unseen_look(row.find(name("trPr")))


def is_unseen_look(own: etree._Element | None) -> bool:
    """Return whether the properties `own` of a table row let nothing of it be seen."""
    hidden = None if own is None else own.find(name("hidden"))
    if hidden is not None and hidden.get(_VALUE, "1") not in ("0", "false", "off"):
        return True
    height = None if own is None else own.find(name("trHeight"))
    return (
        height is not None and height.get(name("hRule")) == "exact" and 0 <= figure(height.get(_VALUE, "1000")) <= _FLAT
    )


def _colour(element: etree._Element, key: str, theme: str) -> tuple[int, ...] | None:
    if element.get(name(theme)) in ("background1", "light1") and not element.get(name(f"{theme}Shade")):
        return _WHITE
    value = element.get(name(key), "")
    return tuple(bytes.fromhex(value)) if re.fullmatch(r"[0-9A-Fa-f]{6}", value) else None


def _ground(run: etree._Element) -> tuple[int, ...] | None:
    """Return the colour behind `run`: white where nothing is said, None where it cannot be told."""
    for around in (run, *run.iterancestors(name("p"), name("tc"), name("tbl"), _BOX)):
        if around.tag == _BOX:
            return None  # the fill of a shape
        own = around.find(name(f"{local(around)}Pr"))
        shade = None if own is None else own.find(name("shd"))
        if around is run and own is not None and own.find(name("highlight")) is not None:
            return None
        if shade is not None and shade.get(name("fill"), "auto") != "auto":
            return _colour(shade, "fill", "themeFill")
        if own is not None and around.tag == name("tbl") and own.find(name("tblStyle")) is not None:
            return None  # the style of the table may shade its rows
    return _WHITE


def _alike(one: tuple[int, ...], other: tuple[int, ...] | None) -> bool:
    return other is not None and all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))
