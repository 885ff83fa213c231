"""The gate on the way out: what is written for others to read is looked at for markings before it is put in place."""

from collections.abc import Iterator
from pathlib import Path

from agreements import platform
from agreements.marking import PlacedText, entries, refuse
from agreements.model import Agreement
from agreements.reading.word_parts import pieces_of_file

_WORD = (".docx", ".docm", ".dotx", ".dotm")


def save_checked(path: Path, content: bytes) -> None:
    """Put a finished file in place, a Word file only where no part of it bears a marking in use.

    Raises `ClassifiedError` that quotes nothing, and `AgreementsError` as `platform.save`.
    """
    if path.suffix.lower() in _WORD:
        refuse_word_file(path.name, content)
    platform.save(path, content)


def refuse_word_file(name: str, content: bytes) -> None:
    """Raise `ClassifiedError` where any part of the Word file `content` bears a marking in use; it quotes nothing."""
    refuse(pieces_of_file(name, content), what=name)


def refuse_agreement(agreement: Agreement) -> None:
    """Raise `ClassifiedError` where the facts or words of `agreement` bear a marking in use; it quotes nothing."""
    refuse(list(_of_agreement(agreement)), what=agreement.id)


def _of_agreement(agreement: Agreement) -> Iterator[PlacedText]:
    yield from entries(agreement.marking or "", "its marking", "marking")
    yield from entries(agreement.title, "its title")
    for document in agreement.documents:
        yield from entries(document.title or "", f"the title of its {document.role}")
        for number, provision in enumerate(document.walk(), 1):
            for words in (provision.heading or "", provision.text):
                if words:
                    yield PlacedText(words, f"its {document.role}, provision {number}")
