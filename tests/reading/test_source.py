"""What a file is by its content: a parameter file of a draft is no agreement."""

import pytest

from agreements.errors import UnreadableError
from agreements.reading.source import SourceFile, kind_of

PARAMETERS = b"# Lines that begin with # are comments.\n\nfamily: dca\nform: agreement\nparameters:\n  a: b\n"


@pytest.mark.parametrize("name", ["draft.yaml", "DRAFT.YML"])
@pytest.mark.parametrize("data", [PARAMETERS, PARAMETERS.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + PARAMETERS])
def test_a_parameter_file_is_refused_with_what_to_do(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableError, match="parameter file") as raised:
        kind_of(SourceFile.of(name, data))
    assert f"draft assemble {name}" in raised.value.hint


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("draft.txt", PARAMETERS),  # the name does not say YAML
        ("facts.yaml", b"title: Agreement on Transit\nparties: [USA, XYZ]\n"),  # no family, no parameters
    ],
)
def test_other_text_is_still_text(name: str, data: bytes) -> None:
    assert kind_of(SourceFile.of(name, data)) == "text"
