"""What is read in which languages: of a text in another one it is said that it is not read, never that it is silent."""

from collections.abc import Iterable
from typing import Literal

from agreements.languages.packs import languages

ReadMatter = Literal["parties", "entry", "term", "clauses"]
"""What is read of a text: its parties, its entry into force, how long it lasts and how it ends, its clauses."""


def reads(matter: ReadMatter, code: str) -> bool:
    """Return whether `matter` is read in the language `code`: in English all of it, else what its pack has words for.

    A text whose language nobody named counts as English.
    """
    if code in ("en", ""):
        return True
    pack = languages().get(code)
    if pack is None or matter == "clauses":  # whose rules are rules of English
        return False
    return bool({"parties": pack.states, "entry": pack.entry, "term": pack.lasting}[matter])


def not_read(matter: ReadMatter, codes: Iterable[str]) -> str:
    """Return `not read in Czech` where no text in the languages `codes` is read for `matter`; empty where one is.

    Empty too where there is no text at all. Originals in several languages say the same, so that one is enough.
    """
    own = tuple(dict.fromkeys(codes))
    if not own or any(reads(matter, code) for code in own):
        return ""
    return f"not read in {' or '.join(map(_name, own))}"


def _name(code: str) -> str:
    if code in languages():
        return languages()[code].name
    known = languages()["en"].tongues.get(code)
    return known[0].capitalize() if known else f"the language {code}"
