"""A public class name stands for one thing in the whole package, so that a search for it finds that thing."""

import ast
import importlib.util
import re
from collections import defaultdict
from pathlib import Path

import agreements

_PACKAGE = Path(agreements.__file__).parent


def _defined(tree: ast.Module) -> list[str]:
    """Return the public classes and type aliases of a module: capitalised names, but for constants."""
    names = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return [name for name in names if name[0].isupper() and not (name.isupper() or "_" in name)]


def test_a_public_class_name_stands_for_one_thing() -> None:
    homes = defaultdict(list)
    for path in sorted(_PACKAGE.rglob("*.py")):
        for name in _defined(ast.parse(path.read_text(encoding="utf-8"))):
            homes[name].append(path.relative_to(_PACKAGE).as_posix())
    assert len(homes) > 300
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_the_glossary_has_a_line_for_each_class_and_is_current() -> None:
    spec = importlib.util.spec_from_file_location("glossary_page", _PACKAGE.parent / "scripts" / "glossary.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.page()
    assert module.PAGE.read_text(encoding="utf-8") == page, "python scripts/glossary.py --write makes it anew"
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(lines) > 300
    assert [line for line in lines if not re.fullmatch(r"\| `\w+` \| \S.*[.)`:] \|", line)] == []
