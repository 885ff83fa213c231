"""What limits a rule: the exceptions in its own sentence, and sentences behind it that take something out again.

`... shall be exempt from taxes. This exemption does not apply to private vehicles.` Who reads the first sentence alone
takes the rule for wider than it is.
"""

import re

from agreements.language.negation import exclusions
from agreements.language.sentences import Sentence, around, sentences

_FAR = 3  # sentences behind the rule that are looked at
_NUMBER = r"(?:\(?[\dA-Za-z]{1,4}[.)] ?)*"
_RULE = (
    r"(?:exempti|privileg|facilit|immunit|provisi|reli|rul|waiver|right|freedom|concessi|paragraph|sentence|subparagraph"
    r"|licen[cs]|obligati|jurisdicti|principl|foregoing|above|preceding|clause|article)\w*"
)
_CONTRARY = (
    r"(?:However|Nevertheless|Nonetheless|Except|Save|Provided, however|By way of exception|As an exception"
    r"|Notwithstanding (?:the (?:foregoing|above|preceding)|this|that|paragraph))"
)
_SAID_BEFORE = (
    r"(?:(?:This|That|These|Those|It|They) (?:also )?"
    rf"|(?:This|That|These|Those|The|Such(?: an?)?)(?: (?:said|same|first|\d+))* {_RULE}[^.;]{{0,80}}?"
    r"|(?:Paragraph|Subparagraph)s?\b[^.;]{0,80}?)"
)
_BACK = re.compile(
    rf"{_NUMBER}(?:{_CONTRARY}\b"
    rf"|{_SAID_BEFORE}"
    r"(?<!\w)(?:(?:do|does|shall|will|may|is|are|can) not (?:be )?"
    r"(?:apply|applied|applicable|extend|cover|include|concern|affect|grant\w*|claimed|available|valid)"
    r"|shall (?:be limited|only apply|apply only)|(?:is|are) (?:limited|restricted|subject) to|cease\w* to apply)\b)",
    re.IGNORECASE,
)


def limits(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the words of `text` that limit what stands from `start` to `end`, in order; none where none was seen.

    They are exceptions in the same sentence that are not in those words themselves, and of the next three sentences
    those that take something out of what was said before them. What stands farther away is not looked for.
    """
    own = around(text, start, end)
    found = [e for clause in own.clauses() for e in exclusions(clause) if e.start >= end or e.end <= start]
    words = [text[e.start : e.end].strip(" ,.;") for e in found]
    following = [each for each in sentences(text) if each.start >= own.end][:_FAR]
    return (*words, *(_words(each) for each in following if _BACK.match(text, each.start, each.end)))


def _words(sentence: Sentence) -> str:
    return re.sub(rf"^{_NUMBER}", "", sentence.text[sentence.start : sentence.end]).strip()
