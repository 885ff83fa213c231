"""The theme part that Word expects in every file: plain colours, one font, no effects.

Nothing of ours refers to it, but Word offers its colours to a person who edits the file, and validators ask for it.
"""

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F2A44", "lt2": "EEEEEE", "accent1": "1F3864", "accent2": "7F1D1D",
    "accent3": "385723", "accent4": "7F6000", "accent5": "3A3A3A", "accent6": "5B2C6F", "hlink": "1F3864",
    "folHlink": "5B2C6F",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_WIDTHS = (6350, 12700, 19050)  # the three line widths of a theme, in English Metric Units (12,700 to a point)


def theme(font: str) -> str:
    """Return the XML of a theme whose headings and words are in `font`."""
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in _COLOURS.items())
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    lines = "".join(f'<a:ln w="{width}">{_FILL}</a:ln>' for width in _WIDTHS)
    return (
        f'<a:theme xmlns:a="{_DRAWING}" name="Treaty"><a:themeElements>'
        f'<a:clrScheme name="Treaty">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Treaty"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="Treaty"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
