"""Pictures of the screens, held against those that a person has looked at.

usage: python -m tests.web.pictures --write

Each screen is taken once, in the visit in which axe looks at it: wide, light, on a day that does not change. With
`--write` they are stored anew, at half the size and in the colours of the style sheet; look at each before you commit
it. Another Chromium or other fonts draw letters otherwise: where a picture differs and these do too, the test skips and
says so.
"""

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from agreements.web import layout

STORED = Path(__file__).parent / "seen"
"""The pictures that were looked at, and `drawn_by.json`: what drew them."""
_WRITES = "AGREEMENTS_PICTURES"
_MOST = 0.005  # of the pixels may differ
_ALIKE = 12  # steps of 255 between colours that are told apart
_BLENDED = ("ink", "soft", "accent", "link", "inserted", "deleted", "band-ink")
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>"""
_RULE = (
    '<match target="pattern"><test name="family"><string>{asked}</string></test>'
    '<edit name="family" mode="prepend" binding="strong"><string>{given}</string></edit></match>'
)
_GIVEN = {
    "Liberation Serif": ("Charter", "Bitstream Charter", "Source Serif 4", "Times New Roman", "serif"),
    "Liberation Sans": ("system-ui", "Segoe UI", "Helvetica Neue", "sans-serif"),
    "Liberation Mono": ("ui-monospace", "Cascadia Mono", "Consolas", "monospace"),
}


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a browser that writes with the Liberation fonts, whatever else is installed."""
    rules = "".join(_RULE.format(asked=asked, given=given) for given, all_of in _GIVEN.items() for asked in all_of)
    file = folder / "fonts.conf"
    file.write_text(_FONTS.format(rules=rules), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(file)}


def drawn_by(chromium: Any) -> dict[str, str]:
    """Return what the pictures depend on beside our own pages: the browser and the fonts."""
    asked = ["fc-list", "--format", "%{family[0]} %{fontversion}\n", ":family=Liberation Serif:style=Regular"]
    try:
        fonts = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split("\n")[0]
    except OSError:
        fonts = ""
    return {"chromium": chromium.version, "fonts": fonts or "none of fonts-liberation"}


def name_of(path: str) -> str:
    """Return the name under which the picture of an address is stored."""
    return re.sub(r"\W+", "-", path.replace("specimens=1", "")).strip("-") or "desk"


def hold(taken: Mapping[str, bytes], by: Mapping[str, str]) -> None:
    """Hold pictures (address: PNG), which `by` drew, against the stored ones; or store them."""
    STORED.mkdir(exist_ok=True)
    note = STORED / "drawn_by.json"
    if os.environ.get(_WRITES):
        for path, content in taken.items():
            _small(content, _colours()).save(STORED / f"{name_of(path)}.png", optimize=True)
        note.write_text(json.dumps(by, indent=1) + "\n", encoding="utf-8")
        return
    others = [f"{name_of(path)}: {words}" for path, content in taken.items() if (words := _differs(path, content))]
    if others and (stored := json.loads(note.read_text(encoding="utf-8"))) != by:
        pytest.skip(f"{len(others)} pictures differ, drawn by {by}; the stored ones by {stored}")
    assert not others, "\n".join(
        [*others, "Look at them; `python -m tests.web.pictures --write` stores what is right."]
    )


def _small(content: bytes, colours: Any) -> Any:
    """Return a picture at half its size, in the colours of the picture `colours`."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB").reduce(2).quantize(palette=colours, dither=Image.Dither.NONE)


def _colours() -> Any:
    """Return a picture with the colours of the style sheet on paper, and those between letters and their ground."""
    from PIL import Image

    light = (layout.HERE / "static" / "workbench.css").read_text(encoding="utf-8").split("@media")[0]
    named = {name: tuple(bytes.fromhex(code)) for name, code in re.findall(r"--([\w-]+): #([0-9a-f]{6})", light)}
    blends = [
        tuple(round(part * a + (1 - part) * b) for a, b in zip(named[name], named[ground], strict=True))
        for name in _BLENDED
        for ground in ("band" if name == "band-ink" else "sheet",)
        for part in (0.3, 0.65)
    ]
    made = Image.new("P", (1, 1))
    made.putpalette([value for colour in (*named.values(), *blends) for value in colour])
    return made


def _differs(path: str, content: bytes) -> str:
    """Return in which share of its pixels a picture differs from the stored one, and where it lies; or nothing."""
    from PIL import Image, ImageChops

    file = STORED / f"{name_of(path)}.png"
    if not file.exists():
        return "no picture is stored"
    with Image.open(file) as held:
        seen = _small(content, held).convert("RGB")
        apart = ImageChops.difference(held.convert("RGB"), seen).split() if held.size == seen.size else ()
        most = ImageChops.lighter(ImageChops.lighter(*apart[:2]), apart[2]).histogram() if apart else [0, 1]
    share = sum(most[_ALIKE:]) / sum(most) if apart else 1.0
    if share < _MOST:
        return ""
    place = Path(tempfile.gettempdir()) / "agreements-pictures"
    place.mkdir(exist_ok=True)
    (place / file.name).write_bytes(content)
    return f"{share:.1%} of its pixels differ; what was seen lies in {place / file.name}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", required=True, help="store the pictures of all screens anew")
    parser.parse_args()
    for old in STORED.glob("*.png"):
        old.unlink()
    words = ["-q", "-p", "no:cacheprovider", "-k", "pictures", str(Path(__file__).parent)]
    done = subprocess.run([sys.executable, "-m", "pytest", *words], env={**os.environ, _WRITES: "1"}, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
