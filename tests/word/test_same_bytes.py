"""The same draft has the same bytes, whatever else has been loaded into the process."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
if sys.argv[2] == "loaded":
    import openpyxl  # registers prefixes of its own for namespaces
from agreements import library
library.assemble_file(sys.argv[1], output=sys.argv[3])
"""


def test_a_package_that_registers_prefixes_changes_no_byte(tmp_path: Path) -> None:
    parameters = next(iter(sorted(Path("docs/examples/drafts").glob("*.yaml"))))
    made = []
    for state in ("bare", "loaded"):
        output = tmp_path / f"{state}.docx"
        subprocess.run([sys.executable, "-c", PROGRAM, str(parameters.resolve()), state, str(output)], check=True)
        made.append(output.read_bytes())
    assert made[0] == made[1]
