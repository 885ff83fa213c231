"""Families from their folders: those that ship, and those of a department laid over them.

`family.yaml` declares parameters and forms. `outlines` names parts of outlines that several forms share;
`{outline: NAME}` puts one in its place. `common/parameters.yaml` declares the parameters that all families share,
`common/forms.yaml` the forms and outlines; those of a family hide the common ones of the same name.
A department's own folder (`$AGREEMENTS_TEMPLATES`) has the same layout as the shipped one and needs to hold only
what differs: its clause files hide those of the same family, clause and variant, its declarations are merged into
the shipped ones by name, and it may hold families of its own.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agreements.drafting import strictyaml
from agreements.drafting.declarations import FamilyTemplate
from agreements.errors import TemplateError, unknown
from agreements.resources import shipped

OWN_TEMPLATES = "AGREEMENTS_TEMPLATES"
# One template folder, several of which the first goes before the others, or (None) those in use.
Root = Path | tuple[Path, ...] | None
_MERGED = ("parameters", "terms", "outlines", "forms", "choices")


def template_folders() -> tuple[Path, ...]:
    """Return the template folders in use: the department's own where one is named, then the shipped one.

    Raises `TemplateError` when the folder named in `$AGREEMENTS_TEMPLATES` is not there.
    """
    own = os.environ.get(OWN_TEMPLATES, "")
    if not own:
        return (shipped("templates"),)
    folder = Path(own).expanduser()
    if not folder.is_dir():
        raise TemplateError(f"There is no template folder {own}.", hint=f"It is named in ${OWN_TEMPLATES}.")
    return (folder.resolve(), shipped("templates"))


def families(root: Root = None) -> tuple[str, ...]:
    """Return the ids of the families that can be drafted, in `root` or in all template folders in use."""
    return tuple(sorted({path.parent.name for folder in _roots(root) for path in folder.glob("*/family.yaml")}))


def family(name: str, root: Root = None) -> FamilyTemplate:
    """Return the family template of that id, from `root` or from all template folders in use.

    Raises `NotFoundError` listing the known ids, `TemplateError` when its files are wrong.
    """
    roots = _roots(root)
    if name not in families(root):
        raise unknown("family of drafts", name, families(root))
    return _load(name, roots, tuple(_stamps([root / part for root in roots for part in ("common", name)])))


def _stamps(folders: Iterable[Path]) -> Iterator[tuple[str, int]]:
    """Yield every declaration and clause file with its time of change: a family is loaded anew when one differs."""
    for folder in folders:
        waiting = [str(folder)]
        while waiting:
            with suppress(FileNotFoundError), os.scandir(waiting.pop()) as entries:
                for entry in sorted(entries, key=lambda e: e.name):
                    if entry.is_dir():
                        waiting.append(entry.path)
                    elif entry.name.endswith((".yaml", ".md")):
                        yield entry.path, entry.stat().st_mtime_ns


def _roots(root: Root) -> tuple[Path, ...]:
    if root is None:
        return template_folders()
    return (root,) if isinstance(root, Path) else root


@lru_cache(maxsize=64)
def _load(name: str, roots: tuple[Path, ...], _stamps: tuple[tuple[str, int], ...]) -> FamilyTemplate:
    own: Mapping[str, Any] = {}
    shared: Mapping[str, Any] = {}
    parameters: Mapping[str, Any] = {}
    terms: Mapping[str, Any] = {}
    for root in reversed(roots):  # the shipped first, what a department declares over it
        parameters = _over(_read(root / "common" / "parameters.yaml"), parameters, "parameters")
        terms = _over(_read(root / "common" / "terms.yaml"), terms, "terms")
        terms = _over(_read(root / name / "terms.yaml"), terms, "terms")
        shared = _over(_read(root / "common" / "forms.yaml"), shared)
        own = _over(_read(root / name / "family.yaml"), own)
    declared = dict(own)
    parameters = {**parameters, **declared.pop("parameters", {})}
    terms = {**terms, **declared.pop("terms", {})}
    forms, outlines = (_with_shared(declared.pop(key, {}), shared.get(key, {})) for key in ("forms", "outlines"))
    declared["forms"] = _forms(forms, outlines, parameters, name)
    folders = tuple(root / part for part in (name, "common") for root in roots)
    try:
        return FamilyTemplate(**declared, parameters=parameters, terms=terms, folders=folders)
    except (ValidationError, TypeError) as error:
        raise TemplateError(f"{name}/family.yaml: {_first(error)}.") from error


def _with_shared(own: Any, shared: Mapping[str, Any]) -> Any:
    """Return a family's own forms or outlines, then the common ones of other names."""
    return own | {name: shared[name] for name in shared if name not in own} if isinstance(own, dict) else own


def _over(own: Mapping[str, Any], shipped_one: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """Lay `own` over `shipped_one`: entries of the merged mappings by name, everything else whole."""
    out = dict(shipped_one)
    for key, value in own.items():
        below = out.get(key)
        merged = key in _MERGED or where in _MERGED[:-1]
        if merged and isinstance(value, dict) and isinstance(below, dict):
            out[key] = _over(value, below, key if key in _MERGED else "")
        else:
            out[key] = value
    return out


def _forms(forms: Any, outlines: Mapping[str, Any], parameters: Mapping[str, Any], name: str) -> Any:
    """Return the forms with shared outlines in place and their parameters completed from those of the family."""
    if not isinstance(forms, dict) or not all(isinstance(form, dict) for form in forms.values()):
        return forms
    out = {}
    for key, form in forms.items():
        changed = form.get("parameters", {})
        out[key] = form | {
            "outline": _expanded(form.get("outline", []), outlines, name),
            "parameters": {n: {**parameters.get(n, {}), **change} for n, change in changed.items()},
        }
    return out


def _expanded(entries: Any, outlines: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Return the entries of an outline with those of a shared outline in place of each `{outline: NAME}`."""
    out = []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or list(entry) != ["outline"]:
            out.append(entry)
        elif entry["outline"] in outlines:
            out += _expanded(outlines[entry["outline"]], {}, name)
        else:
            known = ", ".join(sorted(outlines)) or "none"
            raise TemplateError(
                f"{name}/family.yaml: there is no outline {entry['outline']!r}.", hint=f"Known: {known}."
            )
    return out


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        details = error.errors()[0]
        return f"{'.'.join(str(x) for x in details['loc'])}: {details['msg']}"
    return str(error)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        content = strictyaml.load_file(path)
    except ValueError as error:
        raise TemplateError(f"{path.parent.name}/{path.name}: {error}.") from error
    if not isinstance(content, dict):
        raise TemplateError(f"{path.parent.name}/{path.name}: it is not a mapping of names to values.")
    return content
