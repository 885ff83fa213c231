"""LibreOffice, where it is installed: a file in one form made into a file in another.

The program gets a profile in a temporary folder, so that it neither disturbs a running one nor reads its settings, and
a limit of time after which it is ended with all that it started.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from agreements.errors import AgreementsError
from agreements.platform import run_limited

_PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 180.0
"""Seconds for one file; a treaty of 300 pages takes about ten."""


def converter() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def converted(program: str, content: bytes, suffix: str, to: str, *, patience: float = PATIENCE) -> bytes:
    """Return `content`, a file of the kind that `suffix` says (`.doc`), as a file of the kind `to` (`docx`).

    Raises `AgreementsError` where the program at the path `program` fails, writes nothing, or takes longer.
    """
    with tempfile.TemporaryDirectory(prefix="office-") as scratch:
        folder = Path(scratch)
        source = folder / f"file{suffix}"
        source.write_bytes(content)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(source)]
        try:
            run_limited(command, patience)
        except subprocess.TimeoutExpired as error:
            raise AgreementsError(f"LibreOffice took longer than {patience:.0f} seconds and was ended.") from error
        except (subprocess.SubprocessError, OSError) as error:
            raise AgreementsError(f"LibreOffice failed: {error}.") from error
        made = folder / "out" / f"file.{to}"
        if not made.is_file():
            raise AgreementsError("LibreOffice wrote nothing.", hint="Open the file with it and look.")
        return made.read_bytes()
