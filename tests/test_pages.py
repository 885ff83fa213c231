"""Pages made from the code are current, and no module rests on a file that is not in the repository."""

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CITED = re.compile(r"[\w/.<>*-]+\.md\b")
# Files of a repository of agreements or of a template folder, not of this project.
_OF_USERS = re.compile(r"agreement(?:\.new)?\.md|documents/.*|.*[<*].*")


def test_the_reference_of_verbs_is_current() -> None:
    spec = importlib.util.spec_from_file_location("api_page", ROOT / "scripts" / "api.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.page()
    assert module.PAGE.read_text(encoding="utf-8") == page, "python scripts/api.py --write makes it anew"
    assert page.count("\n### ") > 80


def test_the_page_of_what_is_not_verified_is_current() -> None:
    spec = importlib.util.spec_from_file_location("not_verified_page", ROOT / "scripts" / "not_verified.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.page()
    assert module.PAGE.read_text(encoding="utf-8") == page, "python scripts/not_verified.py --write makes it anew"
    assert "done at Vienna" in page
    assert "`order-remit`" in page


def test_modules_cite_only_files_of_this_repository() -> None:
    cited = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in sorted((ROOT / "agreements").rglob("*.py"))
        for name in _CITED.findall(file.read_text(encoding="utf-8"))
    }
    missing = [
        (file, name)
        for file, name in sorted(cited)
        if not _OF_USERS.fullmatch(name) and not any((ROOT / base / name).is_file() for base in ("", "docs"))
    ]
    assert missing == []
