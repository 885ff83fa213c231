"""Two language texts of one agreement held against each other: what one states and the other does not.

A verdict has three states. *Differs* names both places and both words. *Not found to differ* says what was compared and
how often. *Not examined* says what no program told, and why. That two texts say the same is never said: whether a
translation is right is for a person, who certifies it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from agreements.conformity.aligning import (
    LanguageText,
    LanguageUnit,
    UnitAlignment,
    UnitPair,
    align_units,
    length_ratio,
    style_of,
)
from agreements.conformity.documents import TextPair, called, language_called, text_pairs
from agreements.conformity.results import Conformity, ConformitySubject, LanguageDifference
from agreements.conformity.statements import (
    REFERENCES,
    Statement,
    begins_with_term,
    is_common,
    is_proven_name,
    name_roots,
    pairs_of_ordinals,
    reads_number_words,
    refers_by_words,
    roots,
    shared_names,
    stated,
    states_named,
    terms,
    tongues_named,
    unanswered_ordinals,
    unread_tongue,
)
from agreements.languages import authentic, languages, ordinals
from agreements.model import Document

_OF: dict[str, ConformitySubject] = {
    "date": "dates", "sum": "sums", "percentage": "percentages", "period": "periods", "number": "numbers",
    "article": "references", "part": "references", "letter": "references", "annex": "references",
}  # fmt: skip
_NUMERIC = ("sum", "percentage", "period", "number")
_EXCERPT = 90
_MARKER = re.compile(
    r"(?:^|[\s:;,.—–])\(?(?P<mark>[^\W\d_]|[ivx]{1,4})\)(?=\s)"
    r"|(?:^|[:;,.—–]\s?(?:\w{1,3} )?)\(?(?P<count>\d{1,2})\)(?=\s)"  # not the figure of `thirty (30) days`
)
_ROW = re.compile(r":(?:(?:[^.:;]|\.(?=\d))+;){2,}")  # a list in a sentence: three items or more between semicolons


def conformity(a: Sequence[Document], b: Sequence[Document], names: tuple[str, str], marking: str = "") -> Conformity:
    """Return what two language texts, each of one or more documents of one language, state otherwise."""
    found = Conformity(*names, a[0].language, b[0].language, marking=marking)
    pairs, alone = text_pairs(a, b)
    found.compared["documents"] = len(pairs)
    for document, is_first in alone:
        _tell_alone(found, document, is_first=is_first)
    for pair in pairs:
        _Texts(pair, found).compare()
    _unexamined(found)
    order: list[ConformitySubject] = ["documents", "order", "articles", "paragraphs", "numbering"]
    found.differs.sort(key=lambda each: order.index(each.subject) if each.subject in order else len(order))
    return found


def _tell_alone(found: Conformity, document: Document, *, is_first: bool) -> None:
    name = called(document)
    said = f"{name[0].upper()}{name[1:]} stands in the {language_called(document.language)} text alone."
    words = document.title or name
    sides = (name, "", words, "") if is_first else ("", name, "", words)
    found.differs.append(LanguageDifference("documents", *sides, said))


def _unexamined(found: Conformity) -> None:
    """Say what no comparison of this kind can tell, and what is not read in these languages."""
    add = found.not_examined.append
    add(("what the words mean", "nothing is translated; only what both texts must state alike was compared"))
    add(("whether a defined term is used at every place where the other text uses its own", "a use may be a pronoun"))
    add(
        (
            "units of measure and kinds of days beside the numbers",
            "of them periods alone are compared",
        )
    )
    add(("lists within a sentence whose items neither letters, numbers nor semicolons part", "their items are words"))
    add(("whether a row of references is a range or a list", "the first and the last number are compared"))
    add(("the form of a State in its name (kingdom, republic)", "a State is told by its name alone"))
    add(("names of signers, offices and places beside those of States and Parties", "they are written by other rules"))
    if len({_has_latin(text) for pair in found.pairs for _, text in pair if text}) > 1:
        add(
            (
                "names that are written in two scripts",
                "a name is told by its letters, and States by the names that are known",
            )
        )
    for code in dict.fromkeys((found.a_language, found.b_language)):
        pack = languages().get(code)
        if pack is None or not pack.months:
            add(
                (f"dates with the names of months in {language_called(code)}", "its words are not known to the program")
            )
        if not reads_number_words(code):
            what = f"numbers in words in {language_called(code)}, alone or beside their figures"
            add((what, "its words are not known to the program"))
        if not ordinals.reads_ordinals(code):
            add(
                (f"ordinal numbers in {language_called(code)} (the thirtieth day)", "they are not known to the program")
            )
        if code != "en" and (pack is None or not pack.states):
            add((f"names of States in {language_called(code)}", "they are not known to the program"))
        if code != "en" and (pack is None or not pack.cites or any("#" in x for x in pack.cites.get("article", ()))):
            add((f"references in {language_called(code)} by their words", "only their numbers were compared"))
        if code != "en" and (pack is None or not pack.money):
            add((f"currencies in {language_called(code)} by their names", "they are not known to the program"))


def _has_latin(text: str) -> bool:
    """Whether most letters of `text` are Latin."""
    letters = [c for c in text if c.isalpha()]
    return sum(c < "\u0250" for c in letters) * 2 >= len(letters)


UnitsOfBoth = tuple[Sequence[LanguageUnit], Sequence[LanguageUnit]]


class _Texts:
    """Two documents that answer each other, and the comparison that they are told to."""

    def __init__(self, texts: TextPair, found: Conformity) -> None:
        a, b = texts.a, texts.b
        self.a, self.b, self.found = a, b, found
        self.prefixes = texts.prefixes
        self.ratio = length_ratio(a.body, b.body)
        self.articles: dict[int, int] = {}
        self.words = (_all_words(a), _all_words(b))
        named = [states_named(text, c, doubtful=True) for text, c in zip(self.words, (a.code, b.code), strict=True)]
        self.states = tuple({n.code for n in each} for each in named)
        self.proven = tuple(
            {n.code for n in each if is_proven_name(text[n.start : n.end])}
            for text, each in zip(self.words, named, strict=True)
        )
        self.names = shared_names(_names_zone(a), _names_zone(b), *self.words)

    def compare(self) -> None:
        """Compare all of it."""
        self._title()
        self._preamble()
        aligned = align_units(self.a.body, self.b.body, self.ratio)
        self._structure(aligned, "articles")
        for pair in aligned.pairs:
            if pair.is_whole and pair.a[0].value and pair.b[0].value:
                self.articles[pair.a[0].value] = pair.b[0].value
        self._headings(aligned.pairs)
        for pair in aligned.pairs:
            self._side_by_side(pair)
            if pair is aligned.pairs[-1] and pair.is_whole and self._closings_part_otherwise():
                self._with_closing(pair)
            elif pair.is_whole:
                self._units(pair.a[0], pair.b[0])
            elif pair.a and pair.b:
                self._statements(pair.a, pair.b)
        self._closing()

    # ------------------------------------------------------------------ structure

    def _structure(self, aligned: UnitAlignment, subject: ConformitySubject) -> None:
        """Tell what was left out, merged, split, moved or numbered otherwise."""
        self.found.compared[subject] += sum(pair.is_whole for pair in aligned.pairs)
        self.found.compared["order"] += len(aligned.pairs)
        for pair in aligned.pairs:
            if pair.is_quiet:
                continue
            if not pair.b or not pair.a:
                self._alone(pair, subject)
            elif not pair.is_whole:
                here, there = (" and ".join(_label(u) for u in units) for units in (pair.a, pair.b))
                became = f"is two in {self._b}" if len(pair.b) > 1 else f"are one in {self._b}"
                self._tell(subject, (pair.a, pair.b), f"{here} of {self._a} {became}: {there}.")
        for pair in aligned.moved:
            here, there = _label(pair.a[0]), _label(pair.b[0])
            self._tell(
                "order", (pair.a, pair.b), f"What is {here} in {self._a} is {there} in {self._b}: the order differs."
            )
        moved = {id(pair) for pair in aligned.moved}
        otherwise = [
            pair for pair in aligned.pairs
            if pair.is_whole and id(pair) not in moved and pair.a[0].value and pair.b[0].value
            and pair.a[0].value != pair.b[0].value
        ]  # fmt: skip
        if otherwise and not aligned.moved:
            said = ", ".join(f"{_label(p.a[0])} is {_label(p.b[0])}" for p in otherwise)
            self._tell("numbering", (otherwise[0].a, otherwise[0].b), f"Numbered otherwise in {self._b}: {said}.")

    def _alone(self, pair: UnitPair, subject: ConformitySubject) -> None:
        unit = (pair.a or pair.b)[0]
        where, other = (self._a, self._b) if pair.a else (self._b, self._a)
        if unit.zone == "text" and len(unit.text) < 40:
            return  # a line that a reader kept: a title of a page, a number
        said = f"{_label(unit)} of {where} has nothing that answers to it in {other}."
        if pair.is_by_number:
            sign = "letter" if style_of((unit,)) == "letters" else "number"
            said = f"By its {sign}, {said[:-1]}; by what they say it could not be told which one is left out."
        self._tell(subject if unit.number or subject == "articles" else "paragraphs", (pair.a, pair.b), said)

    def _headings(self, pairs: Sequence[UnitPair]) -> None:
        whole = [pair for pair in pairs if pair.is_whole and pair.a[0].number and pair.b[0].number]
        have = [sum(bool(pair.a[0].heading) for pair in whole), sum(bool(pair.b[0].heading) for pair in whole)]
        self.found.compared["headings"] += len(whole)
        if not any(have):
            return
        if not all(have) and max(have) > 2:
            where, other = (self._a, self._b) if have[0] else (self._b, self._a)
            said = f"{max(have)} articles of {where} have headings, none of {other} was read with one."
            self._tell("headings", (whole[0].a, whole[0].b), said, (whole[0].a[0].heading, whole[0].b[0].heading))
            return
        for pair in whole:
            first, second = pair.a[0], pair.b[0]
            if bool(first.heading) != bool(second.heading):
                has, lacks = (self._a, self._b) if first.heading else (self._b, self._a)
                said = f"{_label(first)} has a heading in {has} and none in {lacks}."
                self._tell("headings", (pair.a, pair.b), said, (first.heading, second.heading))
            elif first.heading:
                self._hold(stated(first.heading, first.code), stated(second.heading, second.code), (pair.a, pair.b))

    # ------------------------------------------------------------------ units

    def _units(self, one: LanguageUnit, other: LanguageUnit) -> None:
        """Compare two units that answer each other: their parts where they have as many, else as a whole."""
        if not one.own or not other.own:
            self._items(one, other)
            self._statements((one,), (other,))
            return
        aligned = align_units(one.own, other.own, self.ratio)
        if aligned.trouble:
            self._not_examined(f"how {one.place} is divided", aligned.trouble)
            self._statements((one,), (other,))
            return
        is_list = one.provision.kind not in ("article", "section", "preamble") or style_of(one.own) == "letters"
        self._structure(aligned, "list items" if is_list else "paragraphs")
        if all(pair.is_whole or (pair.is_quiet and pair.a and pair.b) for pair in aligned.pairs):
            self._hold(
                stated(one.provision.text, one.code), stated(other.provision.text, other.code), ((one,), (other,))
            )
            self._ordinals(one.provision.text, other.provision.text, (one,), (other,))
            self._terms(one.provision.text, other.provision.text, (one,), (other,))
            for pair in aligned.pairs:
                if pair.is_whole:
                    self._units(pair.a[0], pair.b[0])
                else:
                    self._statements(pair.a, pair.b)
            return
        left = tuple(u for pair in aligned.pairs if pair.b or pair.is_quiet or pair.is_by_number for u in pair.a)
        right = tuple(u for pair in aligned.pairs if pair.a or pair.is_quiet or pair.is_by_number for u in pair.b)
        chapeaux = tuple(replace(u, own=(), text=u.provision.text) for u in (one, other))
        ours, theirs = (chapeaux[0], *left), (chapeaux[1], *right)
        self._statements(ours, theirs, told=sum(pair.is_by_number for pair in aligned.pairs))

    def _items(self, one: LanguageUnit, other: LanguageUnit) -> None:
        """Compare how many items of a list two units have, in brackets in the text or as parts of their own."""
        here, there = (_marks(unit) for unit in (one, other))
        self.found.compared["list items"] += max(here, there)
        if here != there and min(here, there) >= 2:
            said = f"{_label(one)} has {here} list items in {self._a} and {there} in {self._b}."
            self._tell("list items", ((one,), (other,)), said, (f"{here} items", f"{there} items"))

    def _statements(self, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], *, told: int = 0) -> None:
        """Compare what two rows of units state; `told` is how many of their units are told to be left out."""
        here, there = ("\n".join(u.text for u in units) for units in (a, b))
        self._hold(stated(here, self.a.code), stated(there, self.b.code), (a, b))
        self._ordinals(here, there, a, b)
        self._terms(here, there, a, b, told)
        self._called(here, there, a, b)

    def _hold(
        self,
        here: Sequence[Statement],
        there: Sequence[Statement],
        places: UnitsOfBoth,
    ) -> None:
        """Hold what two stretches state against each other, and tell what answers to nothing."""
        for each in (*here, *there):
            if each.disagrees:
                self._disagrees(each, places, here=each in here)
            elif each.is_unsure:
                self._not_examined(f"whether “{each.words}” says one number", "not all of its words were read")
        for each in here:
            self.found.compared[_OF[each.kind]] += not each.is_weak
        left, right = self._unanswered(here, there)
        for one in [each for each in left if not each.is_weak]:
            other = _nearest(one, right)
            if other is not None:
                right.remove(other)
            elif self._is_unread(one, self.b.code, right, _text_of(places[1])):
                continue
            self._differ(one, other, places)
            left.remove(one)
        for other in [each for each in right if not each.is_weak]:
            near = _nearest(other, left)
            if near is not None:
                left.remove(near)
            elif self._is_unread(other, self.a.code, left, _text_of(places[0])):
                continue
            self._differ(near, other, places)

    def _unanswered(
        self, here: Sequence[Statement], there: Sequence[Statement]
    ) -> tuple[list[Statement], list[Statement]]:
        """Return what is left on each side when all that answers each other is taken away, the surest first."""
        left, right = list(here), list(there)
        ways: tuple[Callable[[Statement, Statement], bool], ...] = (
            Statement.same,
            self._is_renumbered,
            Statement.answers,
        )
        for way in ways:
            for one in list(left):
                found = next((other for other in right if way(one, other)), None)
                if found is not None:
                    left.remove(one)
                    right.remove(found)
        # what is said twice in one text and once in the other is no difference
        again_here = [one for one in left if any(one.same(o) or one.answers(o) for o in there)]
        again_there = [other for other in right if any(other.same(o) or other.answers(o) for o in here)]
        return [x for x in left if x not in again_here], [x for x in right if x not in again_there]

    def _is_renumbered(self, one: Statement, other: Statement) -> bool:
        """Whether both name the article that is numbered otherwise in the second text."""
        is_article = one.kind == other.kind == "article"
        return is_article and any(self.articles.get(int(value)) in other.amounts for value in one.amounts)

    def _is_unread(self, one: Statement, code: str, right: list[Statement], words: str) -> bool:
        """Whether the other text may state it in words that are not read."""
        if one.is_in_words and not reads_number_words(code):
            return True
        if one.kind == "date":
            pack = languages().get(code)
            year = int(one.day[:4])
            unread = next((each for each in right if year in each.amounts), None)
            if unread:
                right.remove(unread)
                self._not_examined(f"the date {one.words}", "the other text has its year in a form that is not read")
            return pack is None or not pack.months or unread is not None
        return one.kind in REFERENCES and refers_by_words(words, code)

    def _disagrees(self, one: Statement, places: UnitsOfBoth, *, here: bool) -> None:
        where = self._a if here else self._b
        said = f"{where} says one number in words and another in figures: “{one.words}”."
        self._tell(_OF[one.kind], places, said, (one.words, "") if here else ("", one.words))

    def _differ(
        self,
        one: Statement | None,
        other: Statement | None,
        places: UnitsOfBoth,
    ) -> None:
        known = one or other
        assert known is not None  # one of them is told
        where = _places(places[0]) or _places(places[1])
        words = (one.words if one else "", other.words if other else "")
        if one and other:
            said = f"{where}: {self._a} says “{one.words}”, {self._b} “{other.words}”."
        elif one:
            said = f"{where}: {self._a} says “{one.words}”; nothing in {self._b} was found to answer to it."
        else:
            said = f"{where}: {self._b} says “{words[1]}”; nothing in {self._a} was found to answer to it."
        self._tell(_OF[known.kind], places, said, words)

    def _ordinals(self, here: str, there: str, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> None:
        """Compare the days, months and years that are counted off: `the thirtieth day`, `на тридцатый день`."""
        ours, theirs = ordinals.ordinals_in(here, self.a.code), ordinals.ordinals_in(there, self.b.code)
        self.found.compared["periods"] += len(ours)
        left, right = unanswered_ordinals(ours, theirs, stated(here, self.a.code), stated(there, self.b.code))
        for one, other in pairs_of_ordinals(left, right):
            said = f"{_places(a) or _places(b)}: {self._a} says “{one.words}”, {self._b} “{other.words}”."
            left.remove(one)
            right.remove(other)
            self._tell("periods", (a, b), said, (one.words, other.words))
        for each, name in (*((one, self._b) for one in left), *((other, self._a) for other in right)):
            why = f"no ordinal number was read in {name} to hold it against"
            self._not_examined(f"“{each.words}” ({_places(a) or _places(b)})", why)

    # ------------------------------------------------------------------ terms and names

    def _terms(
        self, here: str, there: str, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], told: int = 0
    ) -> None:
        """Compare how many terms stand in quotation marks at one place; `told` units are left out."""
        ours, theirs = terms(here), terms(there)
        self.found.compared["defined terms"] += min(len(ours), len(theirs))
        if abs(len(ours) - len(theirs)) <= told:
            return
        defines = begins_with_term(here), begins_with_term(there)
        if (
            not (ours and theirs)
            and defines[0] != defines[1]
            and all(_defines_often(unit) for unit in (self.a, self.b))
        ):
            words = (", ".join(f"“{term}”" for term in ours), ", ".join(f"“{term}”" for term in theirs))
            has, lacks = (self._a, self._b) if defines[0] else (self._b, self._a)
            said = f"{_places(a)}: {has} defines a term in quotation marks; {lacks} has none there."
            self._tell("defined terms", (a, b), said, words)
        else:
            why = f"{len(ours)} stand in quotation marks in {self._a}, {len(theirs)} in {self._b}"
            self._not_examined(f"which words of {_places(a)} are terms", why)

    def _called(self, here: str, there: str, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit]) -> None:
        """Tell a State or Party that one text names where the other names another, or that the other never names."""
        ours, theirs = (
            {n.code: text[n.start : n.end] for n in states_named(text, code)}
            for text, code in ((here, self.a.code), (there, self.b.code))
        )
        self.found.compared["names"] += len(ours.keys() & theirs.keys())
        only_a = self._proven(ours, theirs, 0, _places(a) or _places(b))
        only_b = self._proven(theirs, ours, 1, _places(a) or _places(b))
        if self._both_read_states():
            new_a, new_b = only_a - self.states[1], only_b - self.states[0]
            if (only_a and only_b) or new_a or new_b:
                words = tuple(
                    ", ".join(table[c] for c in sorted(codes)) for table, codes in ((ours, only_a), (theirs, only_b))
                )
                self._named(a, b, *words)
                return
        here_roots, there_roots = (name_roots(text) for text in (here, there))
        here_roots, there_roots = ({r: w for r, w in t.items() if not is_common(w)} for t in (here_roots, there_roots))
        gone = [r for r in here_roots if r in self.names and r not in roots(there)]
        strange = [r for r in there_roots if r not in self.names and r not in roots(self.words[0]) and not only_b]
        if gone and strange:
            self._named(a, b, ", ".join(here_roots[r] for r in gone), ", ".join(there_roots[r] for r in strange))
            return
        gone = [r for r in there_roots if r in self.names and r not in roots(here)]
        strange = [r for r in here_roots if r not in self.names and r not in roots(self.words[1]) and not only_a]
        if gone and strange:
            self._named(a, b, ", ".join(here_roots[r] for r in strange), ", ".join(there_roots[r] for r in gone))
            return
        one, other = ({r for r in found if r in self.names} for found in (here_roots, there_roots))
        missing = {r for r in one if r not in roots(there)}, {r for r in other if r not in roots(here)}
        if all(missing):
            words = (", ".join(here_roots[r] for r in missing[0]), ", ".join(there_roots[r] for r in missing[1]))
            self._named(a, b, *words)

    def _named(self, a: Sequence[LanguageUnit], b: Sequence[LanguageUnit], here: str, there: str) -> None:
        words = f"{self._a} names {here or 'no such State'}, {self._b} {there or 'no such State'}"
        self._tell("names", (a, b), f"{_places(a) or _places(b)}: {words}.", (here, there))

    def _proven(self, named: Mapping[str, str], others: Mapping[str, str], side: int, where: str) -> set[str]:
        """Return the States that one text names here alone, without words in capitals that nothing proves to be one."""
        proven = self.proven[0] | self.proven[1]
        alone = named.keys() - others.keys()
        for each in sorted(alone - proven):
            if not is_proven_name(named[each]):
                why = f"in {(self._a, self._b)[side]} it stands in capitals alone, and may be a common word"
                self._not_examined(f"whether “{named[each]}” ({where}) is the name of a State", why)
                alone.discard(each)
        return alone

    def _both_read_states(self) -> bool:
        return all(
            code == "en" or (code in languages() and bool(languages()[code].states))
            for code in (self.a.code, self.b.code)
        )

    # ------------------------------------------------------------------ title, preamble, closing

    def _title(self) -> None:
        if self.a.title and self.b.title:
            self._called(self.a.title, self.b.title, (), ())
            here, there = (stated(text.title, text.code) for text in (self.a, self.b))
            self._hold([x for x in here if x.kind == "date"], [x for x in there if x.kind == "date"], ((), ()))

    def _preamble(self) -> None:
        one, other = self.a.preamble, self.b.preamble
        if not one and not other:
            return
        self.found.compared["articles"] += 1
        if not one or not other:
            has, lacks = (self._a, self._b) if one else (self._b, self._a)
            self._tell("articles", (one, other), f"{has} has a preamble, in {lacks} none was read.")
            return
        self._side_by_side(UnitPair(one, other))
        self._units(one[0], other[0])

    def _closings_part_otherwise(self) -> bool:
        """Whether the closing of one text was read as part of its last article: a date stands there."""
        have = [sum(x.kind == "date" for x in stated(text.closing, text.code)) for text in (self.a, self.b)]
        return have[0] != have[1]

    def _with_closing(self, pair: UnitPair) -> None:
        """Compare the last article and the closing as one, where the texts part them at different places."""
        one, other = (
            replace(unit, own=(), text=f"{unit.text}\n{text.closing}")
            for unit, text in ((pair.a[0], self.a), (pair.b[0], self.b))
        )
        self.a, self.b = (replace(text, closing="") for text in (self.a, self.b))
        self._statements((one,), (other,))
        self._tongues(one.text, other.text, ((one,), (other,)))

    def _closing(self) -> None:
        here, there = self.a.closing, self.b.closing
        if not here or not there:
            if here or there:
                has, lacks = (self._a, self._b) if here else (self._b, self._a)
                words = (_short(here), _short(there))
                said = f"{has} has closing words, in {lacks} none were read."
                self._tell("paragraphs", ((), ()), said, words, places=(self.a.closing_place, self.b.closing_place))
            return
        self.found.pairs.append(((self.a.closing_place, here), (self.b.closing_place, there)))
        places = (self._place(self.a.closing_place, here, 0), self._place(self.b.closing_place, there, 1))
        self._hold(stated(here, self.a.code, weak=True), stated(there, self.b.code, weak=True), places)
        self._called(here, there, *places)
        self._tongues(here, there, places)

    def _place(self, place: str, text: str, side: int) -> tuple[LanguageUnit, ...]:
        from agreements.model import Provision

        code = (self.a, self.b)[side].code
        return (LanguageUnit(place or "closing", Provision(kind="testimonium"), code, (), text, "closing"),)

    def _tongues(self, here: str, there: str, places: UnitsOfBoth) -> None:
        """Compare the languages that each closing names, which it calls authentic, and which prevails."""
        codes = (self.a.code, self.b.code)
        if not all(code in languages() and languages()[code].tongues for code in codes):
            self.found.not_examined.append(("the languages clause", "names of languages are not known in both"))
            return
        ours, theirs = (tongues_named(text, code) for text, code in zip((here, there), codes, strict=True))
        self.found.compared["languages clause"] += len(ours | theirs)
        unread = [unread_tongue(text, code) for text, code in zip((here, there), codes, strict=True)]
        gone = [
            *((tongue, codes[1], self._b) for tongue in ours - theirs),
            *((tongue, codes[0], self._a) for tongue in theirs - ours),
        ]
        unknown = [(tongue, name) for tongue, code, name in gone if not languages()[code].tongues.get(tongue)]
        for tongue, name in unknown:
            why = f"the program has no word for it in the language of {name}: a language that was not read"
            self._not_examined(f"whether {name} names {language_called(tongue)} among its languages", why)
        for name, word in ((self._a, unread[0]), (self._b, unread[1])):
            if word:
                self._not_examined(f"“{word}” in the closing of {name}", "a language that was not read")
        known = {tongue for tongue, _ in unknown}
        if ours - known != theirs - known and not (any(unread) and (ours < theirs or theirs < ours)):
            words = (_language_names(ours), _language_names(theirs))
            said = f"The closing of {self._a} names {words[0]}, that of {self._b} {words[1]}."
            self._tell("languages clause", places, said, words)
        self._authentic(here, there, places)

    def _authentic(self, here: str, there: str, places: UnitsOfBoth) -> None:
        """Compare which texts each calls authentic and which one prevails, in its closing or elsewhere."""
        sides = tuple(zip((self.a, self.b), (here, there), strict=True))
        unknown = [text.code for text, _ in sides if not authentic.knows(text.code)]
        if unknown:
            why = f"its words are not known to the program in {language_called(unknown[0])}"
            self._not_examined("which texts are authentic and which prevails", why)
            return
        ours, theirs = (_said_of_texts(text, closing) for text, closing in sides)
        unread = [(name, each.unread[0]) for name, each in ((self._a, ours), (self._b, theirs)) if each.unread]
        if unread:
            why = f"of {unread[0][0]} it was not told of which text this is said: “{_end_of(unread[0][1:])}”"
            self._not_examined("which texts are authentic and which prevails", why)
            return
        if not ours.words and not theirs.words:
            self._not_examined(
                "which texts are authentic and which prevails", "no such words were found in either text"
            )
            return
        self.found.compared["languages clause"] += 1
        if ours.alike != theirs.alike or ours.ruling != theirs.ruling:
            said = f"{self._a} {_authenticity(ours)}; {self._b} {_authenticity(theirs)}."
            self._tell("languages clause", places, said, (_end_of(ours.words), _end_of(theirs.words)))

    # ------------------------------------------------------------------ telling

    def _not_examined(self, what: str, why: str) -> None:
        if (what, why) not in self.found.not_examined:
            self.found.not_examined.append((what, why))

    @property
    def _a(self) -> str:
        return self._text(self.found.a_language, "A")

    @property
    def _b(self) -> str:
        return self._text(self.found.b_language, "B")

    def _text(self, code: str, side: str) -> str:
        return f"text {side}" if self.found.a_language == self.found.b_language else f"the {language_called(code)} text"

    def _side_by_side(self, pair: UnitPair) -> None:
        left, right = (
            ("; ".join(_label(u) for u in units), "\n".join(f"{u.heading}\n{u.text}".strip() for u in units))
            for units in (pair.a, pair.b)
        )
        self.found.pairs.append((left, right))

    def _tell(
        self,
        subject: ConformitySubject,
        units: UnitsOfBoth,
        said: str,
        words: tuple[str, str] | None = None,
        places: tuple[str, str] | None = None,
    ) -> None:
        """Add a difference; its words and places are those of the `units` where none are given."""
        here, there = places or (_path(units[0]), _path(units[1]))
        one, other = words or (_short(_text_of(units[0])), _short(_text_of(units[1])))
        a_name, b_name = self.prefixes
        made = LanguageDifference(
            subject,
            f"{a_name}{here}".strip(),
            f"{b_name}{there}".strip(),
            one,
            other,
            f"{a_name}{said[0].upper()}{said[1:]}",
        )
        if made not in self.found.differs:
            self.found.differs.append(made)


def _said_of_texts(text: LanguageText, closing: str) -> authentic.AuthenticTexts:
    """Return what a text says of which texts are authentic: its closing, else a provision that names a language."""
    said = authentic.said_in(closing, text.code)
    if said.words:
        return said
    bodies = (authentic.said_in(unit.text, text.code, named_alone=True) for unit in text.body)
    return next((each for each in bodies if each.words), said)


def _authenticity(said: authentic.AuthenticTexts) -> str:
    """Return what a text says of which texts are authentic, as the end of a sentence."""
    named = f"the text in {_language_names(said.ruling)}"
    if said.alike and said.ruling:
        return f"calls the texts equally authentic and says that {named} prevails"
    if said.alike:
        return "calls the texts equally authentic, and names none that prevails"
    if said.alone:
        return f"names {named} alone as authentic"
    return (
        f"says that {named} prevails, and calls none authentic" if said.ruling else "says nothing of it that was found"
    )


def _language_names(codes: set[str] | frozenset[str]) -> str:
    return ", ".join(language_called(code) for code in sorted(codes)) or "no language"


def _nearest(one: Statement, others: Sequence[Statement]) -> Statement | None:
    """Return what may stand where `one` stands in the other text, and says another thing: of its kind first."""
    kinds = [x for x in others if x.kind == one.kind and (not x.is_weak or (x.unit and x.unit == one.unit))]
    group = _NUMERIC if one.kind in _NUMERIC else REFERENCES if one.kind in REFERENCES else ()
    near = kinds or [x for x in others if x.kind in group and not x.is_weak]
    return min(near, key=lambda x: abs(x.start - one.start), default=None)


def _label(unit: LanguageUnit) -> str:
    lettered = unit.provision.kind == "text" and bool(unit.number)
    kind = (
        "item"
        if lettered
        else {"text": "the words", "preamble": "the preamble"}.get(unit.provision.kind, unit.provision.kind)
    )
    name = f"{kind[0].upper()}{kind[1:]} {unit.number.strip(' .')}" if unit.number else kind
    return name if unit.provision.kind in ("article", "section", "preamble") else f"{name} ({unit.place})"


def _places(units: Sequence[LanguageUnit]) -> str:
    return ", ".join(dict.fromkeys(u.place for u in units[:1] if u.place)) or ("the title" if not units else "")


def _path(units: Sequence[LanguageUnit]) -> str:
    return ", ".join(dict.fromkeys(u.place for u in units if u.place))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 4].rsplit(' ', 1)[0]} ..."


def _end_of(sentences: Sequence[str]) -> str:
    """Return the end of sentences, where a closing says what its texts are."""
    line = " ".join(sentences)
    return line if len(line) <= 2 * _EXCERPT else f"... {line[4 - 2 * _EXCERPT :].partition(' ')[2]}"


def _marks(unit: LanguageUnit) -> int:
    """Return how many items the list of a unit has: its parts, else what is lettered or numbered in its words, else
    what stands between semicolons after a colon."""
    if unit.own:
        return len(unit.own)
    marked = sum(1 for _ in _MARKER.finditer(unit.text))
    return marked or sum(row.group().count(";") + 1 for row in _ROW.finditer(unit.text))


def _defines_often(text: LanguageText) -> bool:
    """Whether a text opens at least two of its provisions with a term in quotation marks."""
    every = [*text.body]
    found = 0
    while every:
        unit = every.pop()
        every += unit.own
        found += begins_with_term(unit.text)
    return found >= 2


def _all_words(text: LanguageText) -> str:
    units = (*text.preamble, *text.body)
    return "\n".join((text.title, *(f"{u.heading}\n{u.text}" for u in units), text.closing))


def _text_of(units: Sequence[LanguageUnit]) -> str:
    return "\n".join(unit.text or unit.heading for unit in units)


def _names_zone(text: LanguageText) -> str:
    """Return where Parties are named in full: the title, the opening and the closing."""
    opening = text.preamble[0].text if text.preamble else ""
    return "\n".join((text.title.title(), opening[:600], text.closing))
