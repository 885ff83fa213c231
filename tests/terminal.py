"""What a command shows in a terminal: run in this process, because pages of the docs play dozens of commands."""

import contextlib
import io
import os
import re
import shlex
from pathlib import Path
from unittest.mock import patch

from agreements.commands import main


def shown(command: str, folder: Path) -> tuple[int, str]:
    """Return the exit status of `command` (the words after `agreements`), run in `folder`, and what 80 columns show.

    Its repository is `repository` in that folder; the folder itself is taken out of what is shown.
    """
    screen = io.StringIO()
    environment = {"AGREEMENTS_REPO": str(folder / "repository"), "COLUMNS": "80"}
    status = 0
    with (
        contextlib.chdir(folder),
        patch.dict(os.environ, environment),
        contextlib.redirect_stdout(screen),
        contextlib.redirect_stderr(screen),
    ):
        try:
            main(shlex.split(command.replace("\\\n", " ")))
        except SystemExit as ended:
            status = int(ended.code or 0)
    text = re.sub(rf"{re.escape(str(folder))}[\\/]", "", screen.getvalue())
    return status, "".join(f"{line.rstrip()}\n" for line in text.splitlines())
