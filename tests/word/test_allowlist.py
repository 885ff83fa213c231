"""What may leave in a Word file, by its data; pictures and prefixes that stop telling of their making."""

import zlib
from pathlib import Path

import pytest
from lxml import etree

from agreements.word.allowlist import elements, left_out, may_say
from agreements.word.cleaning import serialised
from agreements.word.pictures import bare, is_cleanable
from tests.ooxml.building import NAMES

EXAMPLES = Path(__file__).resolve().parents[2] / "docs/examples/drafts"
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
MARK = "HARBORPLAN"  # what must be nowhere in a copy

# ---------------------------------------------------------------------- the allowlist


@pytest.mark.parametrize(
    ("kind", "value", "may"),
    [
        ("figure", "720", True),
        ("figure", "50%", True),
        ("figure", "1.5in", True),
        ("figure", "FF00AA", True),
        ("figure", MARK, False),
        ("word", "center", True),
        ("word", MARK, False),
        ("lang", "en-US", True),
        ("lang", f"{MARK} plan", False),
        ("rel", "rId12", True),
        ("rel", f"rId{MARK}", False),
    ],
)
def test_values_are_known_too(kind: str, value: str, may: bool) -> None:
    assert may_say(kind, value) == may


def test_no_name_is_both_let_out_and_left_out() -> None:
    assert elements().keys() & left_out().keys() == set()


def test_names_stand_in_the_schemas_of_the_standard() -> None:
    import json
    from importlib import resources

    known = set()
    for schema in (resources.files("openxml_audit") / "data" / "openxml" / "schemas").iterdir():
        loaded = json.loads(schema.read_text(encoding="utf-8"))
        names = (kind["Name"].rpartition("/")[2].rpartition(":")[2] for kind in loaded.get("Types", ()))
        known |= {f"{{{loaded['TargetNamespace']}}}{name}" for name in names}
    own = {name for name in elements() if "markup-compatibility" not in name}
    assert own - known == set()


# ---------------------------------------------------------------------- pictures

EXIF = b"\xff\xe1\x00\x11Exif: N 38 53.2"
SCAN = b"\xff\xda\x00\x02pic\xff\x00ture\xff\xd9"
JPEG = b"\xff\xd8\xff\xe0\x00\x04JF"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00"
IMAGE = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"


def test_pictures_stop_telling_of_their_making_and_stay_the_same_picture() -> None:
    assert bare(JPEG + EXIF + b"\xff\xfe\x00\x06me!!" + SCAN + b"hidden behind\xff\xd9") == JPEG + SCAN
    text = b"tEXtAuthor\x00A. Person"
    chunk = len(text[4:]).to_bytes(4, "big") + text + zlib.crc32(text).to_bytes(4, "big")
    png = (EXAMPLES / "pictures" / "sofa-notes.png").read_bytes()
    assert bare(png[:33] + chunk + png[33:] + b"hidden behind") == png
    assert bare(GIF + b"\x21\xfe\x03me!\x00" + IMAGE + b";hidden behind") == GIF + IMAGE + b";"
    pace, again = b"\x21\xf9\x04\x00\x0a\x00\x00\x00", b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    other = b"\x21\xff\x0bXMP DataXMP\x02me\x00"
    assert bare(GIF + again + other + pace + IMAGE + b";") == GIF + again + pace + IMAGE + b";"
    assert all(map(is_cleanable, (JPEG + SCAN, png, GIF + IMAGE + b";")))
    assert not is_cleanable(b"\x01\x00\x00\x00 EMF")


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\xff\xffcut", b"\x89PNG\r\n\x1a\n", GIF, b"BM"),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt.....",
    ],
)  # fmt: skip
def test_damaged_pictures_stay_as_they_are_and_wait(content: bytes) -> None:
    assert bare(content) == content
    assert not is_cleanable(content)


# ---------------------------------------------------------------------- prefixes


def test_prefixes_that_older_programs_do_not_know_are_named_as_such_and_no_others():
    w14 = f'<w:p xmlns:w="{NAMES["w"]}" {W14} w14:paraId="00000001"/>'
    assert b'mc:Ignorable="w14"' in serialised(etree.fromstring(w14))
    assert b"Ignorable" not in serialised(etree.fromstring(f'<w:p xmlns:w="{NAMES["w"]}" {W14}/>'))
