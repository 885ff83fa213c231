"""The front of a text: what its first blocks are, by scored evidence, and which of them are its title.

The front ends with the first words that act: a recital, a head, a numbered point, a long paragraph. Each block of it
gets its role once, with the evidence for it: title, cover line (a series or registration number, a date, a stamp, a
letterhead, an address), furniture (a page number, the menu of a web page), recital. A title is a run of lines that
names an instrument; what it is confirmed by is counted: the recital below it names the same parties, the text calls
itself by the same noun, words that act follow at once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agreements.language import dates
from agreements.languages import fold, languages, phrases
from agreements.parsing.formulas import ends_agreed
from agreements.parsing.heads import head_of
from agreements.parsing.markers import number_marker
from agreements.parsing.phrases import any_of
from agreements.parsing.titles import is_part_head, part_of
from agreements.reading import Block, BlockRole, RoleFound

LONGEST_TITLE = 120
"""The words that a line of a title may have."""

_FRONT = 60  # blocks that a front may have
_LONG = 60  # words: a plain line that is longer is text
_SHORT_LINE = 25  # words: a line of a cover has no more
_NOUN_WITHIN = 14  # words of a title within which its noun stands
_SEEN = 8_000  # characters in which the text calls itself something
_PLAIN = ("paragraph", "heading")
_NEAR = 6  # blocks after the front in which a recital names the parties, or a note greets
_OPENING = 1500  # characters of them
_EASTERN_ENDS = ("：", "；", "，", "、")  # words of the East have no blanks to count
_SENTENCE = 12  # words: a line above the title that is longer and ends with a full stop is a sentence
_FEW = 3  # words of a place
_BARE = 2  # words of a line that is no more than the noun
_CONFIRMED, _SURE = 6, 10  # weight of what confirms a title: enough, and as much as there is


@dataclass(frozen=True, slots=True)
class Front:
    """What the first blocks of a text are, one role for each; `title` are the indexes of its title lines.

    `confirmed` says that words of the text confirm the title, so that what stands above it is no part of the text;
    `noted` that the text is a note, whose number, place and date are its own.
    """

    roles: tuple[RoleFound, ...] = ()
    title: range = range(0)
    confirmed: bool = False
    noted: bool = False


# ---------------------------------------------------------------------- evidence

_LINKS = frozenset(
    (
        *("a", "an", "and", "as", "at", "between", "among", "amongst", "by", "concerning", "for", "from", "in", "of"),
        *("on", "regarding", "relating", "respecting", "the", "to", "under", "with", "governing", "about"),
        *("und", "zwischen", "der", "die", "über", "entre", "et", "de", "du", "des", "la", "le", "les", "y", "e"),
        *("del", "los", "las", "sobre", "il", "lo", "tra", "fra", "van", "het", "en", "tussen", "inzake"),
    )
)
_JOINS = frozenset(("and", "et", "und", "y", "e", "en", "och", "og", "i", "a", "и"))
_OPENS_LINE = frozenset(
    (
        *("between", "among", "amongst", "and", "by", "concerning", "for", "from", "in", "of", "on", "regarding"),
        *("relating", "respecting", "to", "under", "with", "governing", "about", "entre", "et", "sur", "zwischen"),
        *("über", "und", "y", "sobre", "tussen", "inzake", "relative", "relatif", "betreffende"),
    )
)
_CEASES = any_of(  # words that no title has: it would be a sentence
    r"\b(?:shall|have|has|hereby|agrees|undertakes?|means|wish(?:es)? to|ha(?:n|nno) convenuto|sont convenus)\b",
    r"\b(?:ist (?:nach|gemäß) ihre[rms]|wird (?:nachstehend|hiermit) )\b",
)
_IS = any_of(r"\b(?:is|are|was|will|may|must)\b")
_OWN_NAME = any_of(r"\b(?:this|the present) (?:agreement|convention|treaty|protocol|memorandum|arrangement)\b")
_PARTICIPLE = any_of(
    r"\W*+(?:desiring|desirous|considering|recogni[sz]ing|recalling|whereas|having|wishing|noting|convinced|aware)\b",
    r"\W*+(?:bearing|mindful|determined|resolved|reaffirming|affirming|being|seeking|conscious|acting|pursuant)\b",
    r"\W*+(?:in view of|in order to|taking into|animated|inspired|believing|in consideration)\b",
)
_DOING = any_of(  # after the names of those who agree, on the same line
    r", (?:both |each )?(?:desiring|desirous|considering|recogni[sz]ing|recalling|having|wishing|noting)\b",
    r", (?:both |each )?(?:convinced|aware)\b",
    r", (?:mindful|determined|resolved|reaffirming|affirming|being|seeking|conscious|acting|pursuant|animated)\b",
)
_PARTY_OPENS = any_of(
    r"[“\"*(]*(?:the |his |her )?(?:governments? of|federal government|two governments|high contracting|parties)\b",
    r"[“\"*(]*(?:the )?(?:contracting|member) (?:parties|states)\b",
    r"[“\"*(]*(?:the |his |her )?(?:states (?:parties|members)|president of|majesty|royal highness|excellency)\b",
    r"[“\"*(]*(?:the )?(?:swiss federal council|undersigned|delegates|plenipotentiaries)\b",
    r"[“\"*(]*the (?:republic|kingdom|commonwealth|principality|sultanate|states? of|federal|federation|people)\b",
    r"[“\"*(]*the (?:united (?:states|kingdom|nations|arab)|grand duchy|hashemite|european|ministr(?:y|ies|er) )\b",
)
_LISTS_PARTIES = any_of(  # nothing but names: `Norway and the Kingdom of Denmark,`
    r"\W*+(?-i:[A-Z])[\w’'.-]*+(?:,? (?:(?-i:[A-Z])[\w’'.-]*+|of|the|and|for|on|behalf))*,"
)
_COURTESY = any_of(
    r"\b(?:presents? (?:its|his|her|their) compliments|i have the honou?r|has the honou?r to|dear (?:sir|mr|minister))",
    r"\b(?:your )?excellency\s?[,:]",
)
_PAGE = any_of(
    r"\W*+(?:page|p\.|pag\.|seite|página)?\s*+\d{1,4}(?:\s*+(?:of|/|de|von|van)\s*+\d{1,4})?\W*+",
    r"\W*+(?-i:[ivxl]{1,6})\W*+",
)
_MENU = any_of(
    r"\W*+(?:home|search|menu|next|previous|close|view|open|top|navigation|help|rss|e-?mail|pdf)\W*+",
    r"\W*+(?:(?:print|share)(?: this)?(?: page)?|download(?: pdf)?|skip to (?:main )?content|log ?in|sign in)\W*+",
    r"\W*+(?:register|site ?map|contact(?: us)?|about(?: us)?|back(?: to [\w\s]{1,30})?|cookies?(?: policy)?)\W*+",
    r"\W*+(?:table of )?contents\W*+",
    r"\W*+(?:privacy(?: policy)?|accessibility|français|español|deutsch|english|toggle|subscribe|newsletters?)\W*+",
)
_TRAIL = any_of(r"(?:you are here|breadcrumb)\b.*", r"[^|›»>/→]{2,40}(?:\s[|›»>→]\s[^|›»>→]{2,60}){1,8}")
_ADDRESS = any_of(
    *(r"https?://|\bwww\.", r"(?<![\w.-])[\w.-]++@[\w-]++\.\w"),
    *(r"\b(?:tel|telephone|phone|fax|telefax)\b[.:]? ?[+(\d]", r"\bP\.? ?O\.? box \d"),
    *(r"\b[A-Z]{2} \d{5}(?:-\d{4})?\W{0,3}$", r"\bwashington,? d\.? ?c\.?\W{0,3}(?:\d{5})?\W{0,3}$"),
    r"^\W{0,3}\d{1,5} [\w.\s]{2,40}\b(?:street|avenue|road|boulevard|drive|square)(?: [NSEW]\.?[NSEW]?\.?)?\W{0,3}$",
)
_SERIES = any_of(
    r"\btreat(?:y|ies)(?: and other international (?:acts|agreements))? series\b|\btreaty collection\b",
    r"^\W{0,3}(?:T\.?I\.?A\.?S|U\.?N\.?T\.?S|U\.?S\.?T|L\.?N\.?T\.?S)\b\.? ?(?:no\.? ?)?[\d(\[]",
    r"^\W{0,3}(?:A\.?T\.?S|C?\.?E\.?T\.?S|Cmn?d?|C\.?T\.?S|I\.?L\.?M)\b\.? ?(?:no\.? ?)?[\d(\[]",
    r"^\W{0,3}\d{1,4} (?:U\.?N\.?T\.?S|U\.?S\.?T|L\.?N\.?T\.?S|Stat|Bevans)\.? \d",
    r"^\W{0,3}(?:vol(?:ume)?|tome|band|no|nr|number|n[°º])\.? ?[\dIVX][\w\-–—/.]*+,?(?: [\w\-–—/.]{1,12}){0,3}$",
    r"\bregist(?:ration|ered)\b.{0,30}(?:\bno\b|number|\bby\b|\bon\b|secretariat|with)",
    r"\bdepositary (?:notification|:)",
    r"^\W{0,3}(?:tractatenblad|jaargang|bundesgesetzblatt|bgbl|journal officiel|official (?:journal|gazette))\b",
    r"^\W{0,3}(?:diario oficial|gaceta oficial|moniteur|dziennik ustaw|narodne novine|gazzetta ufficiale)\b",
    r"^\W{0,3}(?:monitorul oficial|boletín oficial|government gazette|federal register|congressional record)\b",
    r"^\W{0,3}[A-Z]{1,6}(?:/[A-Z\d.()-]{1,12}){1,6}\W{0,3}$",
    r"\btreaty doc(?:ument|\.)? ?(?:no\.? ?)?\d",
    r"\b\d{2,3}(?:st|nd|rd|th) congress\b|^\W{0,3}\d(?:st|nd|rd|th) session\W{0,3}$",
    r"^\W{0,3}presented to (?:the )?(?:parliament|both houses|senate|national assembly|congress|legislature)",
    r"^\W{0,3}by command of (?:her|his) majesty",
    r"^\W{0,3}(?:country|miscellaneous|european (?:union|communities))(?: series)? no\b",
    r"^\W{0,3}(?:document|doc|ref(?:erence)?|file|case)\.? ?(?:no|nr|id)?[.:]? ?[A-Z]{0,4}[\d/-]{3,20}[\w/-]{0,20}$",
)
_DATED = any_of(
    r"\W*+(?:signed|done|dated|concluded|opened for signature|adopted|proclaimed|approved by|authentic texts?)\b",
    r"\W*+(?:\d{1,2}[.)]? )?(?:enter(?:ed|s)? (?:in)?to force|came into force|in force|entry into force)\b",
    r"\W*+definitively entered\b",
    r"\W*+(?:applied provisionally|provisionally|date of|ratifi(?:ed|cation)|effected by|with related)\b",
    r"\W*+(?:notes? (?:of approval )?exchanged|exchange of (?:notes|instruments) (?:at|signed|dated|of))\b",
    r"\W*+(?:instruments? of ratification|senate advice|last (?:updated|modified|amended)|published|posted|printed)\b",
)
_STATUS = any_of(  # of a print, not of the text: whole lines
    r"\W*+(?:the|this) (?:\w+ )?(?:agreement|treaty|convention|protocol|arrangement|memorandum|exchange of notes)"
    r" (?:has not(?: yet)? entered|is not(?: yet)?|is|was|has|entered|came|ceased)\b(?: \S+){0,12}?"
    r" (?:in|into|of|provisionally)\b.{0,80}[.\])]",
    r"\W*+(?:agreement|treaty|convention|protocol|arrangement|memorandum of understanding|amendment|exchange of notes)"
    r" (?:signed|effected by|concluded|done|dated|adopted|exchanged)\b.{0,120};",
)
_STAMP = any_of(
    r"\W*+(?:certified(?: to be)?(?: an?)?(?: true)? cop(?:y|ies)(?: of.{0,60})?|(?:a )?true copy(?: of.{0,60})?)\W*+",
    r"\W*+(?:i|we|the undersigned)\b[^.]{0,60}\bcertif(?:y|ies) that (?:the|this) (?:foregoing|attached|above|following"
    r"|present|text)\b.{0,200}",
    r"\W*+(?:copie certifi.{0,60}|(?:un)?official (?:english )?(?:translation|text|copy|version))\W*+",
    r"\W*+(?:translation|traduction|traducción|übersetzung|vertaling|перевод)(?:\W++(?:translation|traduction))?\W*+",
    r"\W*+(?:courtesy translation|original|consolidated (?:text|version)|authentic text)\W*+",
    r"\W*+(?:english|french|german|spanish|dutch|russian|arabic) (?:text|version|translation|original)\W*+",
    r"\W*+original ?: ?\w{3,20}(?: (?:and|et) \w{3,20})?\W*+",
    r"\W*+(?:copy(?: no\.? ?\d{1,6})?|received(?: .{0,40})?|for official use(?: only)?|annotated|text|public)\W*+",
    r"\W*+(?:(?:final )?draft(?: text)?(?: of .{1,30})?|unclassified(?:[\s/].{0,40})?|restricted)\W*+",
    r"\W*+(?:price\b|[£$€]\s?\d).{0,30}",
    r"(?:from|sent|to|cc|bcc|subject|importance|attachments?) ?: .{1,160}",  # of an e-mail
    r"\W*+(?:released in (?:full|part)|ad referendum text|signature copy)\W*+",
)
_LETTERHEAD = any_of(
    r"\W*+(?:the )?(?:u\.? ?s\.? |united states )?(?:department|ministry|ministerie|ministère|embassy)\b",
    r"\W*+(?:the )?(?:foreign office|office of|bureau of|secretariat|superintendent)\b",
    r"\W*+(?:the )?(?:treaty|legal|treaties and legal) (?:department|division|branch|unit|directorate|office)\b",
    r"\W*+(?:the )?(?:u\.? ?s\.? )?government (?:printing|publishing) office\b",
    r"\W*+(?:the )?(?:parliament|congress|senate|house of|united nations|council of europe|archives?|library of)\b",
    r"\W*+(?:treaty (?:section|office|affairs)|(?:his|her) majesty's stationery|london ?:)",
)
_BETWEEN = any_of(
    r"\b(?:between|among|amongst|entre|zwischen|tussen|tra|fra|mellem|mellan|mellom|między|mezi|između)\b"
)
_SECOND = any_of(r" (?:and|et|und|y|e|en|og|och|a|i|at) \S", r"\b(?:parties|states|members|parteien)\b")
_TOPIC = any_of(
    r"\W*+(?:of|on|for|to|concerning|regarding|relating|respecting|with|about|in|by|against|amending)\b",
    r"\W*+(?:sobre|sur|über)\b",
)
_NAME = re.compile(r"\b[A-Z]\w{3,}")
_COMMON = frozenset(
    (
        *("agreement", "treaty", "convention", "protocol", "memorandum", "understanding", "between", "among", "signed"),
        *("government", "governments", "republic", "kingdom", "state", "states", "federal", "federation", "union"),
        *("concerning", "regarding", "relating", "this", "that", "with", "from", "have", "party", "parties", "notes"),
        *("contracting", "article", "chapter", "desiring", "considering", "recalling", "exchange"),
    )
)
_THIS = ("this", "present", "dieses", "diesem", "vorliegende", "présent", "presente", "presenta", "dit", "deze")
_NOTE_HEAD = any_of(r"\W*+(?:(?:nr|no|n[°º]|note|letter|brief|nota)\.? ?)?(?:no\.? ?)?(?:[ivx]{1,5}|\d{1,4})\W*+")
_UNDER = re.compile(
    r"(?:made |concluded )?(?:pursuant to|under|in accordance with|in implementation of) \S"
)  # below a title
_DAY_AND = re.compile(
    r"(?<![\w.])\d{1,2}(?: [A-Z][a-zé]{2,9}(?: \d{4})?)?(?:,? (?:and|et|y|und) | ?[-–] ?)$"
)  # `5 and 9 June`
_OF_NOTES = any_of(
    r"\bexchanges? of (?:\w+ )?(?:notes|letters)\b", r"\b(?:échange de (?:notes|lettres)|notenwechsel)\b"
)
_NOT_IN_TITLES = any_of(
    r"\b(?:treaty (?:series|section|office|affairs|doc|department|division|branch|unit|database))\b",
    r"\b(?:treaties and other|agreements? page|note by)\b",
)
_NOTE_MARK = re.compile(r"(?:\s?[*†‡]{1,4}|\s?[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\s?\[\d{1,2}\]|\s?\(\d\)|\s\d\)|(?<=[A-Za-z.])\d)$")
_MARK_WITHIN = re.compile(
    r"(?:(?<=[^\W\d_])(?:[*†‡]{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|\[\d{1,2}\])|(?:(?<=[a-z]{4})|(?<=[A-Z]{6}))\d{1,2})(?= )"
)
_REGISTERED = re.compile(r"^No\. ?\d{1,6}\. (?=[A-Z]{3})")  # `No. 20881. AGREEMENT BETWEEN`
_STOP = re.compile(r"(?<=\w\w\w\w)\W?\.$")  # no abbreviation


_AGAIN = RoleFound(BlockRole.COVER, ("title of a cover",), 0.6)


@cache
def _nouns() -> re.Pattern[str]:
    """Return a pattern of the nouns for agreements in all packs, as they are folded."""
    spaced = [noun for noun in phrases("instruments") if not _uncased(noun)]
    whole = [noun for noun in phrases("instruments") if _uncased(noun)]
    ending = "|".join(re.escape(noun) for noun in sorted(spaced, key=lambda noun: (-len(noun), noun)))
    anywhere = "|".join(re.escape(noun) for noun in sorted(whole, key=lambda noun: (-len(noun), noun)))
    return re.compile(rf"(?<!\w)(?:{ending})(?![^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹])|{anywhere}")  # a note's mark may follow


@cache
def _in_force() -> re.Pattern[str]:
    return re.compile(
        r"\W*+(?:" + "|".join(re.escape(words) for words in phrases("into_force")) + r"|wordt voorlopig)\b"
    )


def _uncased(noun: str) -> bool:
    return noun.upper() == noun


def role_of(block: Block) -> RoleFound:
    """Return what `block` is by its own words: cover line, furniture, recital, title or unknown."""
    text = block.text
    words = len(text.split())
    if words <= _SHORT_LINE and block.kind in _PLAIN and _STATUS.fullmatch(text):
        return RoleFound(BlockRole.COVER, ("dates",), 0.8)
    if _opens_text(block, words):
        return RoleFound(BlockRole.RECITAL, ("words of a recital",), 0.8)
    if words > _SHORT_LINE or not words:
        return RoleFound(BlockRole.TITLE, ("noun",), 0.5) if _named(block, words) else RoleFound(BlockRole.UNKNOWN)
    found = tuple(_evidence(block, words))
    if found:
        return RoleFound(found[0][0], tuple(name for _, name in found), min(1.0, 0.6 + 0.2 * len(found)))
    return RoleFound(BlockRole.TITLE, ("noun",), 0.5) if _named(block, words) else RoleFound(BlockRole.UNKNOWN)


def _evidence(block: Block, words: int) -> Iterator[tuple[BlockRole, str]]:
    """Yield what speaks for a line that belongs to the print and not to the text."""
    text = block.text
    if _PAGE.fullmatch(text):
        yield BlockRole.FURNITURE, "page number"
    if _MENU.fullmatch(text) or _TRAIL.fullmatch(text) or (block.kind == "list" and not block.number and words < 5):
        yield BlockRole.FURNITURE, "menu"
    if _ADDRESS.search(text):
        yield BlockRole.COVER, "address"
    if _SERIES.search(text):
        yield BlockRole.COVER, "series or registration"
    if _STAMP.fullmatch(text):
        yield BlockRole.COVER, "stamp"
    if (_DATED.match(text) or _in_force().match(fold(text))) and not _nouns().match(fold(text)):
        yield BlockRole.COVER, "dates"
    elif (found := dates.find(text)) and _is_all_date(text, found[0]):
        yield BlockRole.COVER, "date"
    if _LETTERHEAD.match(text) and not _nouns().search(fold(text)):
        yield BlockRole.COVER, "letterhead"


def _is_all_date(text: str, day: dates.Dated) -> bool:
    """Whether a line says a date and little more: `Lorn, 4 May 1961`."""
    before = _DAY_AND.sub("", text[: day.start]).rstrip()
    place = before.removesuffix(",")
    alone = day.end == len(text.rstrip(" .])")) and before.endswith(",")
    return day.end - day.start > len(text) / 2 or (alone and len(place.split()) <= _FEW and place[:1].isupper())


def _opens_text(block: Block, words: int) -> bool:
    """Whether words that act begin with `block`: a recital, the names of those who agree, a note's courtesy."""
    text = block.text
    if _STAMP.fullmatch(text):
        return False  # who certifies a copy acts outside it
    if block.kind not in _PLAIN or _PARTICIPLE.match(text) or _COURTESY.search(text[:400]):
        return True
    ends = text.rstrip(' *_”"')[-1:]
    leads = (ends in (":", ";") and words > 2) or ends in _EASTERN_ENDS
    if leads or _CEASES.search(text[:600]) or ends_agreed(text):
        return True
    named = "hereinafter" in text
    if ends == "," and (_DOING.search(text) or (named and not _set_apart(block))):
        return True  # whoever they are: ministries, forces
    if ends == "," and " and " in text and not block.caps and _LISTS_PARTIES.fullmatch(text.rstrip(' *_”"')):
        return True
    return _PARTY_OPENS.match(text) is not None and (ends == "," or words > _SHORT_LINE or named)


def _named(block: Block, words: int) -> bool:
    """Whether a line names an instrument as a title does."""
    longest = LONGEST_TITLE if block.kind == "heading" else _LONG
    if words > longest or block.number or _NOT_IN_TITLES.search(block.text):
        return False
    if block.text.endswith(",") and not _set_apart(block):
        return False
    if block.text[0].islower() and block.text.split(" ", 1)[0] in _LINKS:
        return False
    if _OWN_NAME.search(block.text) or (
        block.text.endswith(".") and block.kind != "heading" and _IS.search(block.text)
    ):
        return False
    start = _noun_at(block.text)
    return start is not None and len(block.text[:start].split()) < _NOUN_WITHIN


def _noun_at(text: str) -> int | None:
    found = _nouns().search(fold(text[:400]))
    return found.start() if found else None


# ---------------------------------------------------------------------- the front as a whole


def front_of(blocks: Sequence[Block]) -> Front:
    """Return what the first of `blocks` are, and which of them are the title; none is where no line names one.

    Where several runs of lines name an instrument (a cover and the first page), the one that the text confirms most
    is the title, the later of two that are confirmed alike.
    """
    roles: list[RoleFound] = []
    runs: list[range] = []
    title, parted = "", False  # whether the head of the first note parts the front from it
    for i, block in enumerate(blocks[:_FRONT]):
        own = role_of(block)
        around = own.role in (BlockRole.COVER, BlockRole.FURNITURE)
        if block.number or head_of(block) or (number_marker(block) and not around):
            break
        if runs and _NOTE_HEAD.fullmatch(block.text) and _OF_NOTES.search(" ".join(blocks[k].text for k in runs[-1])):
            parted = True
            break
        if title and _goes_on(title, block, own):
            title += " " + block.text
            runs[-1] = range(runs[-1].start, i + 1)
        elif own.role is BlockRole.RECITAL or len(block.text.split()) > LONGEST_TITLE:
            break
        elif own.role is BlockRole.TITLE:
            runs.append(range(i, i + 1))
            title = block.text
        elif runs and _names_again(block, " ".join(blocks[k].text for k in runs[-1])):
            break
        else:
            title = ""
        roles.append(own)
    if not runs:
        return Front(tuple(roles))
    while len(roles) > runs[-1].stop and _leads_in(blocks, len(roles) - 1, roles[-1]):
        roles.pop()
    runs = _joined(blocks, roles, runs)
    scores = [_confirmed_by(blocks, roles, run) for run in runs]
    best = max(range(len(runs)), key=lambda each: (sum(scores[each].values()), each))
    points = sum(scores[best].values())
    for i in (i for i, found in enumerate(roles) if found.role is BlockRole.TITLE):
        roles[i] = _AGAIN if i < runs[best].start else RoleFound(BlockRole.UNKNOWN)
    for i in runs[best]:
        roles[i] = RoleFound(BlockRole.TITLE, tuple(scores[best]), min(1.0, points / _SURE))
    noted = not parted and any(_COURTESY.search(block.text[:400]) for block in blocks[len(roles) : len(roles) + _NEAR])
    return Front(tuple(roles), runs[best], points >= _CONFIRMED and "words that act" in scores[best], noted)


def _leads_in(blocks: Sequence[Block], at: int, own: RoleFound) -> bool:
    """Whether a line before the first words of the text is one of them: `The Ministry of Defence of Lorn,` or `and`.

    So is one that goes on in small letters in the next.
    """
    text, goes_on = blocks[at].text, at + 1 < len(blocks) and blocks[at + 1].text[:1].islower()
    return own.evidence in ((), ("letterhead",)) and (text.endswith(",") or text.lower() in _JOINS or goes_on)


def _names_again(block: Block, title: str) -> bool:
    """Whether a line below a title says no more than the name of a party, as recitals that are set in lines begin."""
    named = _names(block.text)
    return bool(named) and named <= _names(title) and _PARTY_OPENS.match(block.text) is not None


def _goes_on(title: str, block: Block, own: RoleFound) -> bool:
    """Whether the title so far goes on with `block`."""
    text, words = block.text, len(block.text.split())
    open_ = _is_open(title)
    if own.role in (BlockRole.COVER, BlockRole.FURNITURE) and not (open_ and own.evidence == ("letterhead",)):
        return False  # a ministry may be a party
    if words > LONGEST_TITLE:
        return False
    if own.role is BlockRole.RECITAL:
        in_capitals = block.caps and title.isupper() and text[-1:] not in ",;:"
        under = text[0].islower() and text[-1:] not in ",;:" and _UNDER.match(text)
        opens = open_ or in_capitals or under
        return bool(block.kind in _PLAIN and not _CEASES.search(text) and opens and text[-1:] not in ";:")
    if own.role is BlockRole.TITLE and not open_ and _noun_at(text) == 0:
        return False  # a title again: that of the first page after that of the cover
    if not open_ and _PARTY_OPENS.match(text):
        return False
    first = text.lstrip("*_([ ").split(" ", 1)[0].lower()
    linked = open_ or text[0] in "([" or first in _OPENS_LINE or _opens_with_a_link(block)
    # what stands below the title of an annex is its own heading
    return linked or (_set_apart(block) and not part_of(f"Annex {title}"))


def _opens_with_a_link(block: Block) -> bool:
    """Whether a line opens, in small letters, with what goes on with a title in its language."""
    text = block.text.lstrip("*_ ")
    return not text[:1].isupper() and _line_opens(block.language).match(fold(text)) is not None


@cache
def _line_opens(code: str) -> re.Pattern[str]:
    """Return the words by which a line goes on with a title in a language: before its parties or its subject."""
    pack = languages().get(code)
    whole = [*pack.between, *pack.topic, *(join for join in pack.joins if not join.endswith("-"))] if pack else []
    onto = [join[:-1] for join in pack.joins if join.endswith("-")] if pack else []
    ways = [rf"{re.escape(fold(word))}(?!\w)" for word in whole] + [re.escape(fold(word)) for word in onto]
    return re.compile("|".join(ways) or r"(?!)")


@cache
def _between_of_packs() -> re.Pattern[str]:
    """Return the words of all languages that open the parties of a title."""
    every = {fold(word) for pack in languages().values() for word in pack.between}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, every), key=len, reverse=True))})(?!\w)")


@cache
def _joins_of_packs() -> re.Pattern[str]:
    """Return the words of all languages that stand before the second party of a title."""
    every = {fold(join) for pack in languages().values() for join in pack.joins}
    ways = [re.escape(join[:-1]) if join.endswith("-") else rf"{re.escape(join)} " for join in sorted(every)]
    return re.compile(rf"\s(?:{'|'.join(ways)})\S")


def _set_apart(block: Block) -> bool:
    """Whether a line looks as titles do; notes of a publisher are in italics."""
    return block.kind == "heading" or block.centred or block.caps or block.bold


def _joined(blocks: Sequence[Block], roles: Sequence[RoleFound], runs: Sequence[range]) -> list[range]:
    """Return `runs` with what belongs to them: the line above a bare noun, and a short title above a full one."""
    out: list[range] = []
    for run in runs:
        above = run.start - 1
        if above >= 0 and is_part_head(blocks[above].text) and part_of(f"Annex {blocks[run.start].text}"):
            run = range(above, run.stop)  # noqa: PLW2901
            above -= 1
        if above >= 0 and len(blocks[run.start].text.split()) <= _BARE and roles[above].role is BlockRole.UNKNOWN:
            first, line = blocks[run.start], blocks[above]
            alike = line.caps == first.caps or line.kind == first.kind == "heading" or " " not in first.text
            if _set_apart(line) and alike:
                run = range(above, run.stop)  # noqa: PLW2901
        if out and out[-1].stop == run.start:
            short, full = (" ".join(blocks[i].text for i in each) for each in (out[-1], run))
            if not _BETWEEN.search(short) and _BETWEEN.search(full) and _english(short) and _english(full):
                if _set_apart(blocks[run.start - 1]) and not _set_apart(blocks[run.start]):
                    continue  # the first words of the text say once more what it is
                run = range(out.pop().start, run.stop)  # noqa: PLW2901
        out.append(run)
    return out


def _english(title: str) -> bool:
    found = _nouns().search(fold(title[:400]))
    return found is not None and found.group() in languages()["en"].instruments


def _is_open(title: str) -> bool:
    """Whether a title cannot end here: after `between`, `and`, `of`, or before the second of two parties."""
    last = title.rstrip(" *_").rsplit(" ", 1)[-1].lower()
    if last in _LINKS or last[-1:] in ("-", "–"):
        return True
    between = _BETWEEN.search(title)
    if between is not None:
        return not _SECOND.search(title, between.end())
    words = fold(title)
    between = _between_of_packs().search(words)
    return between is not None and not _joins_of_packs().search(words, between.end())


def _confirmed_by(blocks: Sequence[Block], roles: Sequence[RoleFound], run: range) -> dict[str, int]:
    """Return what speaks for the title `run`, each with its weight."""
    title = " ".join(blocks[i].text for i in run)
    at = _noun_at(title) or 0
    noun = _nouns().search(fold(title[:400]))
    found = {"noun": 2 if not title[:at].strip(' *_“"(') else 1}
    if _BETWEEN.search(title) or (noun and _TOPIC.match(title, noun.end())):
        found["parties or subject"] = 2
    if any(_set_apart(blocks[i]) for i in run):
        found["set apart"] = 1
    below = [roles[i].role for i in range(run.stop, len(roles))]
    if all(role in (BlockRole.COVER, BlockRole.FURNITURE) for role in below):
        found["words that act"] = 3
    opening = " ".join(block.text for block in blocks[len(roles) : len(roles) + _NEAR])[:_OPENING]
    if _names(title) & _names(opening):
        found["names of the recital"] = 2
    if noun and _calls_itself(blocks[len(roles) :], noun.group()):
        found["name of itself"] = 1
    if len(title.split()) == 1 and not (_uncased(title.lower()) and noun and len(noun.group()) < len(title)):
        found["bare"] = -2  # words without blanks between them are many
    return found


def _names(text: str) -> frozenset[str]:
    """Return the words of a text that may be names: with a capital letter, none of those that titles share."""
    return frozenset(word.lower() for word in _NAME.findall(text)) - _COMMON


def _calls_itself(blocks: Sequence[Block], noun: str) -> bool:
    words = fold("\n".join(block.text for block in blocks[:_FRONT])[:_SEEN])
    return any(f"{this} {noun}" in words for this in _THIS)


def plain_title(title: str) -> str:
    """Return `title` without the number of its registration, marks of footnotes and the full stop at its end."""
    title = _REGISTERED.sub("", title)
    quoted = title[:1] in '“"' and title[-1:] in '”"' and not set(title[1:-1]) & set('“”"')
    within = _MARK_WITHIN.sub("", title[1:-1] if quoted else title)
    bare = _NOTE_MARK.sub("", within)
    bare = bare if bare.count("(") == bare.count(")") else within  # `(Part of Region 3)` ends with no mark
    return bare[:-1] if _STOP.search(bare) else bare


# ---------------------------------------------------------------------- what is left out


@dataclass(frozen=True, slots=True)
class Opened:
    """A text without what stands around its title; `left_out` are those blocks, `facts` those of them that say dates.

    The blocks that are left bear their roles.
    """

    blocks: list[Block]
    left_out: tuple[Block, ...] = ()
    facts: tuple[Block, ...] = ()


def opened(blocks: Sequence[Block]) -> Opened:
    """Return `blocks` without cover lines and furniture around the title, which is told apart by its role."""
    blocks = _notes_below(blocks)
    front = front_of(blocks)
    kept = [*blocks]
    for i, found in enumerate(front.roles):
        kept[i].role = found
    if not front.title:
        return Opened(kept)
    gone = {i for i in range(len(front.roles)) if _leaves(blocks, front, i)}
    facts = tuple(blocks[i] for i in sorted(gone) if {"dates", "date"} & {*front.roles[i].evidence})
    rest = tuple(blocks[i] for i in sorted(gone) if blocks[i] not in facts)
    return Opened([block for i, block in enumerate(kept) if i not in gone], rest, facts)


def _notes_below(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return `blocks` with the footnotes of a title below the first words of the text, as they part its lines."""
    if not any(block.kind == "footnote" for block in blocks[:_FRONT]):
        return blocks
    plain = [block for block in blocks if block.kind != "footnote"]
    front = front_of(plain)
    if not front.title or len(front.roles) >= len(plain):
        return blocks
    first = next(i for i, block in enumerate(blocks) if block is plain[len(front.roles)])
    notes = [block for block in blocks[:first] if block.kind == "footnote"]
    above = [block for block in blocks[:first] if block.kind != "footnote"]
    return [*above, blocks[first], *notes, *blocks[first + 1 :]]


def _leaves(blocks: Sequence[Block], front: Front, i: int) -> bool:
    """Whether block `i` of the front is no part of the text."""
    found, block = front.roles[i], blocks[i]
    if i in front.title or not front.confirmed or block.language != blocks[front.title.start].language:
        return False
    known = found.role in (BlockRole.COVER, BlockRole.FURNITURE)
    if front.noted and i > front.title.start:
        return "dates" in found.evidence
    if front.noted:
        return known and not {"letterhead", "date"} & {*found.evidence} and not _NOTE_HEAD.fullmatch(block.text)
    if known or i > front.title.start:
        return known
    words = block.text.split()
    return len(words) <= _SHORT_LINE and (len(words) < _SENTENCE or not block.text.endswith("."))
