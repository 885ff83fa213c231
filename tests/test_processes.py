"""Work in other processes takes its modules from where the program has them, whatever lies in the user's folder."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "from agreements.commands import main\n\nif __name__ == '__main__':\n    main()\n"


def test_files_of_the_folder_that_the_user_stands_in_are_never_run(tmp_path: Path) -> None:
    """`agreements` is a likely name for a folder of agreements, and anything may lie in a folder that came by mail."""
    own, script = tmp_path / "own", tmp_path / "bin" / "agreements.py.txt"
    (own / "agreements").mkdir(parents=True)
    script.parent.mkdir()
    script.write_text(COMMAND, encoding="utf-8")
    for name in ("tomllib", "lxml", "agreements/__init__"):
        spy = f"import pathlib\n\npathlib.Path({str(own / 'was-run')!r}).touch()\nraise RuntimeError\n"
        (own / f"{name}.py").write_text(spy, encoding="utf-8")
    (own / "a.txt").write_text("AGREEMENT ON LANTERNS\n\nARTICLE I\n\nLanterns are free.\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), "--repo", "r", "import", "a.txt"],
        cwd=own, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**{k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert not (own / "was-run").exists()
    assert "Traceback" not in done.stderr
    assert "1 read: 1 new." in done.stdout + done.stderr
    assert done.returncode == 0
