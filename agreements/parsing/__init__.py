"""From blocks to an agreement: structure, facts, references; pure, without files."""

from agreements.parsing.evidence import Evidence
from agreements.parsing.numerals import spelled
from agreements.parsing.parse import Parsed, gate, parse

__all__ = ["Evidence", "Parsed", "gate", "parse", "spelled"]
