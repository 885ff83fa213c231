"""What a person asks for: a parameter file, read without judging its parameters yet."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.drafting import strictyaml
from agreements.drafting.loading import families
from agreements.errors import ParameterError
from agreements.marking import refuse, values

MARKINGS = ("UNCLASSIFIED", "SENSITIVE BUT UNCLASSIFIED", "CUI")
_WORDS = ("form", "template_version", "draft_date", "marking", "draft_number", "proposal_of", "draft_key")
_MAPPINGS = ("parameters", "variants", "rationale")
_KEYS = ("family", *_WORDS, *_MAPPINGS, "style")
SIDES = ("us", "partner", "joint")


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """A draft as asked for: values as typed, checked when the draft is assembled.

    `variants` overrides the variant of single clauses (`{claims: waiver-limited}`). `draft_number` and `proposal_of`
    (one of `SIDES`) are for the line that a draft bears on every page. `draft_key` is what the hidden marks of the
    Word file are made from: it stays the same from round to round, and stays with us. `rationale` says of single
    clauses why this draft has them so (`{claims: why}`); only working copies show it. `style` is the name of a style or
    a mapping (`agreements.drafting.style`).
    """

    family: str
    form: str = "agreement"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    marking: str = ""
    draft_date: str = ""
    template_version: str = ""
    variants: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    draft_number: str = ""
    proposal_of: str = "us"
    draft_key: str = ""
    rationale: Mapping[str, str] = field(default_factory=dict)
    style: str | Mapping[str, Any] = ""

    @property
    def key(self) -> str:
        """The key of the hidden marks: the `draft_key`, else a hash of all that is asked for.

        Without a `draft_key` the same file gives the same marks, and a changed one gives others.
        """
        if self.draft_key:
            return self.draft_key
        asked = (self.family, self.form, self.template_version, self.draft_date, self.marking)
        given = json.dumps([asked, self.parameters, self.variants], sort_keys=True, default=str)
        return hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()

    def refuse_marked(self, *, what: str = "the parameter file") -> None:
        """Raise `ClassifiedError` where anything that is given bears a marking in use; it quotes nothing."""
        given = {name: getattr(self, name) for name in (*_WORDS, *_MAPPINGS)}
        plain = {name: dict(value) if name in _MAPPINGS else value for name, value in given.items()}
        plain["style"] = self.style if isinstance(self.style, str) else dict(self.style)
        refuse(list(values(plain, "")), what=what, typed=True)


def load_parameters(path: Path) -> DraftRequest:
    """Return the request that the parameter file at `path` makes.

    Raises `ParameterError` when the file cannot be used at all; single problems are findings of `assemble`.
    """
    try:
        content = strictyaml.load_file(path)
    except OSError as error:
        reason = _why_unread(path, error)
        raise ParameterError(f"{path}: {reason}.", hint="Check the file's name.") from error
    except ValueError as error:
        raise ParameterError(
            f"{path}: {error}.", hint="`agreements draft params FAMILY` prints a file to fill in."
        ) from error
    return request_from(content, str(path))


def _why_unread(path: Path, error: OSError) -> str:
    """Return why a file cannot be read; the systems each have words of their own for the two usual reasons."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return "it is a folder" if path.is_dir() else str(error.strerror or error)


def request_from(content: Any, where: str) -> DraftRequest:
    """Return the request in the mapping `content`; `where` names its file.

    Raises `ParameterError`, and `ClassifiedError` when anything in it bears a marking in use.
    """
    if not isinstance(content, dict):
        raise ParameterError(
            f"{where}: it is not a mapping of names to values.", hint=f"It has the keys {', '.join(_KEYS)}."
        )
    refuse(list(values(content, "")), what="The parameter file", typed=True)
    known = ", ".join(families())
    if "family" not in content:
        raise ParameterError(f"{where}: it does not say the family.", hint=f"Write family: one of {known}.")
    if content["family"] not in families():
        raise ParameterError(f"{where}: there is no family {content['family']!r} to draft.", hint=f"Known: {known}.")
    for name in _MAPPINGS:
        if not isinstance(content.get(name) or {}, dict):
            raise ParameterError(f"{where}: {name} is not a mapping of names to values.")
    words = {k: v for k in _WORDS if isinstance(v := content.get(k, ""), str) and v}
    return DraftRequest(
        family=content["family"],
        parameters=content.get("parameters") or {},
        variants=content.get("variants") or {},
        rationale={clause: str(words) for clause, words in (content.get("rationale") or {}).items()},
        style=content.get("style") or "",
        unknown=tuple(str(k) for k in content if k not in _KEYS),
        **words,
    )
