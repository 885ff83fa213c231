"""Make `docs/glossary.md`: each public class in a line, by room, in the words of its own docstring.

python scripts/glossary.py            # print it
python scripts/glossary.py --write    # write it; a test holds that it is current
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "agreements"
PAGE = ROOT / "docs" / "glossary.md"

_HEAD = """# What each name stands for

A public class name stands for one thing in the whole package, and a test holds it. The terms of the trade come first,
then every public class by the room (the folder) it lives in. This page is made by
`python scripts/glossary.py --write`; the lines of classes are the first words of their docstrings, so change those
to change a line.

## Terms of the trade

| term | meaning here |
|---|---|
| agreement | the instrument whatever it is called: treaty, exchange of notes, memorandum, protocol, arrangement |
| document | one text of an agreement: the main text, an annex, the offer or the reply note, minutes, a side letter |
| provision | any part of a document that can be cited: preamble, article, paragraph, point, testimonium, signature |
| preamble, recital | the part before the first article, and one of its whereas or considering clauses |
| testimonium | the closing words (IN WITNESS WHEREOF, DONE AT) before the signatures |
| alternat | the rule that each side's original names that side first, in title, preamble and signature |
| original | the signed text that one side keeps; two originals, or two languages, are one agreement |
| reference | a provision named by id and path, `nato-sofa-1951#VII.3` |
| citation | the formal name of a treaty for a footnote: TIAS, UST, UNTS, Stat. |
| precedent | a provision of a concluded agreement that a draft may follow; a draft or a rejected text is none |
| specimen | an agreement of invented States and words of our own, never a precedent |
| variant | one of several wordings of one clause, among which a draft chooses |
| position | what our side opens with, prefers, accepts and refuses on a clause |
| ad referendum | agreed at the table and still to be confirmed in the capital |
| redline | the second text as tracked changes in a copy of the first |
| marking | the words of security on a page or paragraph; a text marked classified is refused |
| finding | a problem or a notice in a user's document, returned and not raised ([all of them](findings.md)) |
| room | one folder of `agreements/`, entered through the names it declares |
"""


def page() -> str:
    """Return the page: the terms of the trade, then the public classes of each room in alphabetical order."""
    parts = [_HEAD]
    for room, (about, classes) in _rooms().items():
        rows = [f"| `{name}` | {words} |" for name, words in sorted(classes.items())]
        parts.append(f"## {room}\n\n{about}\n\n" + "\n".join(["| class | stands for |", "|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def _rooms() -> dict[str, tuple[str, dict[str, str]]]:
    rooms: dict[str, tuple[str, dict[str, str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py"), key=lambda p: (len(p.relative_to(PACKAGE).parts) > 1, p.as_posix())):
        inside = path.relative_to(PACKAGE).parts
        room = f"`{inside[0]}/`" if len(inside) > 1 else "`agreements`: what all rooms use"
        _, classes = rooms.setdefault(room, (_about(inside), {}))
        classes.update(_classes(ast.parse(path.read_text(encoding="utf-8"))))
    return {room: found for room, found in rooms.items() if found[1]}


def _about(inside: tuple[str, ...]) -> str:
    """Return the first sentence of the room's own docstring."""
    if len(inside) == 1:
        return "The model, errors, references and small modules at the top of the package."
    doc = ast.get_docstring(ast.parse((PACKAGE / inside[0] / "__init__.py").read_text(encoding="utf-8")))
    return _first(doc or "")


def _classes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, _first(ast.get_docstring(node) or "").replace("|", "\\|")


def _first(doc: str) -> str:
    """Return the first paragraph of a docstring as a line."""
    return " ".join(doc.split("\n\n", maxsplit=1)[0].split())


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        print(page(), end="")
