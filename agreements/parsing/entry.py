"""Entry into force as the operative words state it: the formula, its condition, a date only where the text gives one.

The formulas are those of docs/practice.md, "Entry into force"; the words of each language stand in its pack (`entry`).
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from agreements.language.periods import PERIOD
from agreements.languages import Folded, calendar, folded, folded_pattern, languages
from agreements.model import EntryIntoForce, Formula
from agreements.parsing.evidence import Passage

if TYPE_CHECKING:
    from agreements.parsing.terms import Stated

# Tried in this order: a sentence on notifications also speaks of dates, one on ratification also of notifications.
_ORDER: tuple[tuple[str, Formula], ...] = (
    ("first_day", "5b"), ("ratification", "8"), ("reply_received", "3"), ("last_signature", "2"), ("days_after", "5a"),
    ("notification", "4"), ("reply", "3"), ("with_another", "7"), ("signature", "1"),
)  # fmt: skip
_DATE = "\ue000"  # stands for a date in a sentence
_NEAR = 120  # characters between an agreement and the words that it enters into force
_AFTER = 60  # and behind them, where the verb stands first
_FOR = 30  # and behind the verb, that it is said of one State
_BELONGS = 60  # characters before an agreement in which the words stand that it belongs to
_COMMA = re.compile(r"(?<=[,،、])")
_NO = re.compile(r"(?!)")
_MAKES = re.compile(  # notes that make an agreement: what follows is said of it
    r"constitut|(?:regarded|considered|treated|deemed)(?: as| to be)? (?:\w+ ){0,4}"
    r"(?:agreement|arrangement|understanding)"
    r"|\b(?:notes?|letters?|reply)\b[^.;]{0,60} (?:shall|will) (?:together )?(?:be|form|represent) (?:\w+ ){0,2}"
    r"(?:agreement|arrangement|understanding)"
)
_DAY_OF_REPLY = re.compile(
    r"\b(?:on|from|as of|as from|upon) (?:the )?(?:date|day)(?: of)? (?:the |your |his |her |its )?"
    r"(?:[\w’']+ ){0,3}(?:reply|response|note in reply|answer)\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"\b(?:receipt|receives?|received)\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had) (?:\w+ )?$")
_TOGETHER = re.compile(r"\s+(?:simultaneously|together) with (?:this|the present)\b")


@dataclass(frozen=True, slots=True)
class EntryRules:
    """The patterns of a language, compiled: what enters, which agreement, and those of `_ORDER` and beside it."""

    enters: re.Pattern[str]
    this: re.Pattern[str]
    by_name: dict[str, re.Pattern[str]]

    def search(self, name: str, words: str) -> re.Match[str] | None:
        """Return the first match of the pattern `name`, None also where the language has none."""
        return self.by_name.get(name, _NO).search(words)


def entry_into_force(stated: "list[Stated]") -> tuple[EntryIntoForce | None, list[Passage]]:
    """Return the formula of entry into force, with its condition, and the date where the text states it outright.

    The first sentence counts that says it of this agreement; of another, of amendments, or of what happens once it is
    in force, nothing is taken.
    """
    for each in stated:
        rules = rules_of(each.language)
        words = folded(each.words)
        if rules and rules.enters.search(words.text):
            named = rules.search("it", words.text) and rules.this.match(folded(each.before).text)
            if entry := _stated(words, each.language, rules, spoken_of=bool(named)):
                return entry, [Passage("entry_into_force", each.provision, entry.evidence)]
    return None, []


def with_reply(entry: EntryIntoForce | None, replied: str | None, reply: "list[Stated]") -> EntryIntoForce | None:
    """Return `entry` with the date of the note in reply, where the text names that day and nothing else counts.

    What counts the receipt of the reply, or depends on more, has no day by it. The note that proposes may leave open
    whose note it means (`on the date of the Ministry's Note`); the sentences of the `reply` may then say that it is it.
    """
    if entry is None or entry.date or not replied or _RECEIVED.search(entry.evidence) or entry.condition:
        return entry
    if entry.formula != "3" or not (_is_of_reply(entry) or _is_of_reply(entry_into_force(reply)[0])):
        return entry
    return entry.model_copy(update={"date": replied, "basis": "the text, and the date of the note in reply"})


def _is_of_reply(entry: EntryIntoForce | None) -> bool:
    """Whether what a text says is the day of a reply, and neither its receipt nor a day on which more depends."""
    if entry is None or entry.formula != "3" or entry.condition:
        return False
    return bool(_DAY_OF_REPLY.search(entry.evidence)) and not _RECEIVED.search(entry.evidence)


def is_provisional(words: str, code: str) -> bool:
    """Return whether a sentence in the language `code` speaks of the provisional application of this agreement."""
    rules, own = rules_of(code), folded(words).text
    return bool(rules and rules.search("provisional", own) and rules.this.search(own))


def _stated(whole: Folded, code: str, rules: EntryRules, *, spoken_of: bool) -> EntryIntoForce | None:
    """Return what a sentence says; `spoken_of` where its subject is this agreement, which the sentence before names."""
    words = _finally(whole, rules)
    enters = rules.enters.search(words.text)
    if not (spoken_of or rules.this.search(whole.text)) or not enters or _of_others(words.text, enters, rules):
        return None
    if rules.search("denied", words.text):
        return None
    if not spoken_of and not _is_its_own(words.text, enters, rules, code, cut=words is not whole):
        return None
    marked, dates = _with_dates(words, code)
    fixed = _fixed(marked, rules)
    named = (formula for name, formula in _ORDER if rules.search(name, marked))
    formula: Formula | None = "6" if fixed else next(named, None)
    if formula is None:
        return None
    if formula == "5b" and rules.search("ratification", marked) and not rules.search("notification", marked):
        formula = "8"  # the month is counted from the exchange, and from no note
    condition = _condition(words, enters, rules)
    if formula in ("1", "2", "3", "4") and not condition and (after := rules.search("after_signature", words.text)):
        condition = words.source[words.start(after.start()) : words.end(after.end())].strip()  # not on that day itself
    day = _dated(fixed, dates) if fixed and not condition else None
    back = _dated(rules.search("applies_from", marked), dates)
    return EntryIntoForce(
        date=day,
        formula=formula,
        condition=condition,
        applies_from=None if back == day else back,
        evidence=words.source,
        basis="the text",
    )


def _fixed(marked: str, rules: EntryRules) -> re.Match[str] | None:
    """Return the words that name the day, if the first that enters does so on it: not what follows on its parts."""
    enters, fixed = rules.enters.search(marked), rules.search("fixed", marked)
    return fixed if fixed and enters and fixed.start() <= enters.end() else None


def _dated(found: re.Match[str] | None, dates: list[str]) -> str | None:
    """Return the date that a match in a marked sentence ends on."""
    return dates[found.string[: found.end()].count(_DATE) - 1] if found else None


def _with_dates(words: Folded, code: str) -> tuple[str, list[str]]:
    """Return the folded words with a sign in place of each date, and the dates."""
    found = calendar.find(words.source, code)
    text, at = "", 0
    for dated in found:
        text, at = f"{text}{words.source[at : dated.start]}{_DATE}", dated.end
    return folded(text + words.source[at:]).text, [dated.iso for dated in found]


def _of_others(words: str, enters: re.Match[str], rules: EntryRules) -> bool:
    """Whether the words are on amendments, accessions, what enters into force with this, or what has long done so."""
    before = words[max(0, enters.start() - 30) : enters.start()]
    if rules.search("others", words) or rules.search("for_some", words[: enters.end() + _FOR]):
        return True
    return bool(_TOGETHER.match(words, enters.end()) or _PERFECT.search(before))


def _is_its_own(words: str, enters: re.Match[str], rules: EntryRules, code: str, *, cut: bool) -> bool:
    """Whether it is said of this agreement, and not as what happens before or after something else.

    `cut` says that the subject may have been cut off.
    """
    if _MAKES.search(words, 0, enters.end()):
        return True
    before = [m for m in rules.this.finditer(words, 0, enters.end()) if enters.start() - m.end() <= _NEAR]
    if before:
        opening = words[max(0, before[-1].start() - 40) : before[-1].start()]
        joined = words[before[-1].end() : enters.start()]
        if rules.search("ends", opening + joined) or rules.search("goes_over", joined):
            return False
        if not is_subject(words, before[-1], rules) and not rules.search("it", joined.lstrip(" ,")):
            return False
        subordinate = [*rules.by_name.get("subordinate", _NO).finditer(opening)]
        return not (subordinate and subordinate[-1].end() == len(opening.rstrip()) and len(joined) < 30)
    follows = rules.this.search(words, enters.start(), enters.end() + _AFTER) if code != "en" else None
    return cut or (follows is not None and is_subject(words, follows, rules))


def is_subject(words: str, this: re.Match[str], rules: EntryRules) -> bool:
    """Whether this agreement is what enters, and not what its annex, an amendment or a decision belongs to."""
    start, end = max(0, this.start() - _BELONGS), this.end() + _BELONGS
    found = rules.by_name.get("inside", _NO).finditer(words, start, end)
    around = (each for each in found if not this.start() < each.start() < each.end() <= this.end())
    return not any(each.start() < this.end() and each.end() >= this.start() for each in around)


def _finally(words: Folded, rules: EntryRules) -> Folded:
    """Return the clauses of a sentence without those on provisional application."""
    if not rules.search("provisional", words.text):
        return words
    resumes = rules.by_name.get("resumes", _NO)
    cuts = {0, len(words.source)} | {m.start() for m in _COMMA.finditer(words.source)}
    cuts |= {words.start(m.start()) for m in resumes.finditer(words.text)}
    edges = sorted(cuts)
    clauses = (words.source[a:b] for a, b in pairwise(edges))
    kept = "".join(clause for clause in clauses if not rules.search("provisional", folded(clause).text))
    return folded(kept)


def _condition(words: Folded, enters: re.Match[str], rules: EntryRules) -> str:
    """Return what the entry into force depends on, as printed: behind the verb, else before it up to the comma."""
    pattern = rules.by_name.get("condition", _NO)
    lasting = rules.by_name.get("lasting", _NO).search(words.text, enters.end())
    found = pattern.search(words.text, enters.end())
    if found and not (lasting and lasting.start() < found.start()):
        return words.source[words.start(found.start()) :].strip(" .;。")
    found = pattern.match(words.text)
    comma = words.source.find(",", words.start(found.end())) if found else -1
    if found and found.group() not in _OFFERS and 0 <= comma < words.start(enters.start()):
        return words.source[words.start(found.start()) : comma].strip()
    suffix = pattern.search(words.text, 0, enters.start()) if words.text.isascii() is False and not found else None
    unspaced = suffix is not None and " " not in words.text[: suffix.start()].strip()
    return words.source[: words.end(suffix.end())].strip() if suffix and unspaced else ""


_OFFERS = ("if", "si", "se", "wenn", "falls")  # an offer that is accepted is no condition of the entry into force


@cache
def rules_of(code: str) -> EntryRules | None:
    """Return the patterns of the language `code`; None where its pack has none."""
    table = languages()[code].entry if code in languages() else {}
    if not table:
        return None
    units = "|".join(table.get("units", ()))
    amounts = "|".join(sorted(map(re.escape, languages()[code].amounts()), key=len, reverse=True)) or r"\d"
    counted = rf"(?:\d{{1,3}}|(?:{amounts})(?:[\s-](?:{amounts}))?)(?: ?\([^)]{{1,30}}\))? ?(?:\w+ )?(?:{units})"
    gaps = {
        "{period}": folded_pattern(PERIOD).lower() if code == "en" else counted,
        "{date}": _DATE,
        "{enters}": rf"(?:{'|'.join(table['enters'])})",
    }
    by_name = {name: _joined(ways, gaps) for name, ways in table.items() if ways and name != "units"}
    return EntryRules(by_name["enters"], by_name["this"], by_name)


def _joined(ways: tuple[str, ...], gaps: dict[str, str]) -> re.Pattern[str]:
    pattern = "|".join(f"(?:{way})" for way in ways)
    for gap, words in gaps.items():
        pattern = pattern.replace(gap, words)
    return re.compile(folded_pattern(pattern))
