"""PDF by LibreOffice, where it is installed: the Word file of an agreement, printed.

The program gets a profile in a temporary folder, so that it neither disturbs a running one nor reads its settings.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from agreements.errors import AgreementsError

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 180  # seconds for one file; a treaty of 300 pages takes about ten


def converter() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def to_pdf(word_file: Path, output: Path) -> None:
    """Write the Word file `word_file` to `output` as PDF, replaced whole.

    Raises `AgreementsError` when LibreOffice is missing, fails or takes longer than three minutes.
    """
    from agreements.platform import save

    program = converter()
    if program is None:
        raise AgreementsError(
            "PDF needs LibreOffice, which is not installed here.",
            hint="Install it, or export to docx and print that from Word.",
        )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(word_file)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        except (subprocess.SubprocessError, OSError) as error:
            raise AgreementsError(f"LibreOffice could not write {output.name}: {error}.") from error
        made = folder / f"{word_file.stem}.pdf"
        if not made.is_file():
            raise AgreementsError(f"LibreOffice wrote nothing for {output.name}.", hint="Open the Word file with it.")
        save(output, made.read_bytes())
