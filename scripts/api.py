"""Make `docs/api.md`: the verbs of the library and the types they speak in, from signatures and docstrings.

python scripts/api.py            # print it
python scripts/api.py --write    # write it; a test holds that it is current
"""

import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import agreements
from agreements import library

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"

_HEAD = """# The library, verb by verb

```python
from agreements import library

library.import_files("repository", ["texts/"])
for hit in library.search("repository", '"official duty" AND arbitrator').hits:
    print(hit.ref, hit.citation)
```

Every verb stands in `agreements.library`, typed; it takes strings where it takes paths, and loads what it needs when it
is called. Errors are of one family, `agreements.AgreementsError`, whose messages say what to do next. A result prints
as one short line, and as a table in a notebook. This page is made by `python scripts/api.py --write`.
"""


def page() -> str:
    """Return the page: the verbs by the module they stand in, then the types, each with its docstring."""
    parts = [_HEAD]
    for module in _modules():
        parts.append(f"## {module.partition('.library.')[2]}\n\n{_about(module)}\n")
        parts += [_verb(verb) for verb in _verbs(module)]
    parts.append("## Types\n\nWhat verbs take and return; a field is documented in its class.\n")
    parts += [_type(name) for name in sorted({*library._TYPES, *_public_types()})]
    return "\n".join(parts)


def _modules() -> list[str]:
    verbs = (getattr(library, name) for name in dir(library) if not name.startswith("_"))
    return sorted({verb.__module__ for verb in verbs if inspect.isfunction(verb)})


def _verbs(module: str) -> Iterator[str]:
    for name in dir(library):
        verb = getattr(library, name)
        if inspect.isfunction(verb) and verb.__module__ == module and not name.startswith("_"):
            yield name


def _about(module: str) -> str:
    return inspect.getdoc(importlib.import_module(module)) or ""


def _verb(name: str) -> str:
    verb = getattr(library, name)
    arguments = [_argument(parameter) for parameter in inspect.signature(verb).parameters.values()]
    given = ", ".join(_with_star(arguments))
    returns = _type_words(inspect.signature(verb).return_annotation)
    return f"### {name}\n\n```\n{name}({given}) -> {returns}\n```\n\n{inspect.getdoc(verb)}\n"


def _argument(parameter: inspect.Parameter) -> tuple[str, bool]:
    words = f"{parameter.name}: {_type_words(parameter.annotation)}"
    if parameter.default is not parameter.empty:
        words += " = ..." if callable(parameter.default) else f" = {parameter.default!r}"
    return ("**" if parameter.kind is parameter.VAR_KEYWORD else "") + words, parameter.kind is parameter.KEYWORD_ONLY


def _with_star(arguments: list[tuple[str, bool]]) -> Iterator[str]:
    starred = False
    for words, by_name in arguments:
        if by_name and not starred:
            starred = True
            yield "*"
        yield words


def _type_words(annotation: object) -> str:
    words = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    for long, short in (
        ("str | os.PathLike[str]", "StrPath"),
        ("collections.abc.", ""),
        ("pathlib.", ""),
        ("datetime.", ""),
        ("typing.", ""),
    ):
        words = words.replace(long, short)
    return words.replace("'", "")


def _public_types() -> list[str]:
    return [name for name in dir(agreements) if inspect.isclass(getattr(agreements, name))]


def _type(name: str) -> str:
    kind = getattr(library, name, None) or getattr(agreements, name)
    return f"### {name}\n\n`{kind.__module__}.{kind.__qualname__}`\n\n{inspect.getdoc(kind)}\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    else:
        print(page(), end="")
