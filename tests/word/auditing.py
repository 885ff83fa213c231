"""What `openxml-audit` finds in a Word file, in a form that two files can be held against each other by."""

import re
import tempfile
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator

_PLACE = re.compile(r"\[\d+\]|\d+")


def audited(content: bytes) -> set[str]:
    """What is found, without the numbers of the places and values."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.docx"
        path.write_bytes(content)
        found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(path).errors
    return {_PLACE.sub("", str(error)) for error in found}
