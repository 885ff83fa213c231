"""The wordings that agreements held here have on a topic, grouped by likeness, each as a variant to take or leave.

What is read are English texts of agreements that were concluded: no draft, no rejected text and no specimen. Parties,
places, dates, periods, sums and shares become parameters before texts are compared, so that one formula with two
partners is one wording. Nothing here weighs a wording: that is for a person, and each proposal says so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agreements.citation import cite
from agreements.classifying.variants import CODES, variants_in
from agreements.comparing.kinds import kinds, kinds_by_subject
from agreements.comparing.tokens import tokens
from agreements.comparing.words import differences, likeness, wordings
from agreements.display import shown_short
from agreements.drafting import FamilyTemplate
from agreements.drafting import families as drafted_families
from agreements.drafting import family as family_template
from agreements.drafting.parameters import form_entries
from agreements.drafting.proposals import ProposedVariant
from agreements.drafting.starting import Started, started
from agreements.errors import NotFoundError, QueryError, unknown
from agreements.lineage.ledger import Ledger, ledger_of
from agreements.reference import Reference, resolve
from agreements.registry import VARIANTS
from agreements.repository import Facts, Repository, select
from agreements.search.provisions import ClauseRow, clause_rows
from agreements.topics import fine_of, topics

_NEAR = 0.8  # of the words in order: below that, changes told one by one pair sentences that do not answer each other
_FEWEST_WORDS = 8
_NOT_OURS = "Not written by us: the words are those of {}, with parameters for names and figures."


@shown_short
@dataclass(frozen=True, slots=True)
class HarvestedText:
    """The place of a wording in one agreement: its reference, citation, day of signature and status.

    `differs` is what its words do otherwise than those proposed, `stated` what it has for each parameter, `later` which
    instruments changed the provision since.
    """

    ref: str
    citation: str
    agreement: str
    signed: str
    status: str
    differs: tuple[str, ...]
    stated: Mapping[str, str]
    later: tuple[str, ...]


@shown_short
@dataclass(frozen=True, slots=True)
class HarvestedWording:
    """One wording: the texts that have it, the words it is read by where its kind is known, and what is proposed.

    `code` is that of the variants (`C3`), empty where the words do not settle it. `nearest` is our own variant whose
    words are most alike, `alike` how much, from 0 to 1.
    """

    proposal: ProposedVariant
    texts: tuple[HarvestedText, ...]
    code: str
    words: str
    nearest: str
    alike: float

    def as_json(self) -> dict[str, Any]:
        """Return the wording for JSON."""
        return {
            "proposal": self.proposal.id,
            "code": self.code,
            "words": self.words,
            "nearest": self.nearest,
            "alike": round(self.alike, 3),
            "effect": self.proposal.front["effect"],
            "use": self.proposal.front["use"],
            "differs": dict(self.proposal.front["differs"]),
            "unfinished": self.proposal.front["unfinished"],
            "parameters": [*self.proposal.declares],
            "body": self.proposal.body,
            "texts": [
                {name: getattr(row, name) for name in row.__slots__ if name != "stated"} | {"stated": dict(row.stated)}
                for row in self.texts
            ],
        }


@shown_short
@dataclass(frozen=True, slots=True)
class Harvest:
    """What was gathered on a topic: the wordings, the most shared first, of the agreements that were read.

    `silent` are those of which no clause on the topic was found by the program, `unplaced` those with one, but of a
    family that has no templates or no clause on the topic; `other_languages` counts the clauses that are not in English
    and were not read, `left_out` the wordings beyond the number asked for.
    """

    topic: str
    wordings: tuple[HarvestedWording, ...]
    read: tuple[str, ...]
    silent: tuple[str, ...]
    unplaced: tuple[str, ...]
    other_languages: int
    left_out: int

    @property
    def proposals(self) -> tuple[ProposedVariant, ...]:
        """The proposals of all wordings."""
        return tuple(row.proposal for row in self.wordings)

    def as_json(self) -> dict[str, Any]:
        """Return the harvest for JSON."""
        return {
            "topic": self.topic,
            "wordings": [row.as_json() for row in self.wordings],
            "read": [*self.read],
            "not_found": [*self.silent],
            "not_placed": [*self.unplaced],
            "other_languages": self.other_languages,
            "left_out": self.left_out,
        }


def harvest(
    repository: Repository,
    topic: str,
    *,
    families: Sequence[str] = (),
    parties: Sequence[str] = (),
    clause: str = "",
    sending: str = "",
    limit: int = 12,
    tell: Callable[[str], None] | None = None,
) -> Harvest:
    """Return the wordings on `topic` (a topic, or a kind of variant) of the agreements in `repository`, as proposals.

    Of any of `families` with all of `parties`. A proposal is for the clause of its family that is on the topic, or for
    `clause`. `sending` is the party that takes the part of the sending State where the United States is none. Raises
    `NotFoundError` for what is unknown and where no clause of a family is on the topic, `RepositoryError`.
    """
    wanted = _topics_meant(topic)
    for name in families:
        family_template(name)  # refuses what cannot be drafted
    chosen = select(repository.list(), families=families, parties=parties, text_held=True, specimens=False)
    known = {facts.id: facts for facts in chosen if facts.standing == "agreement"}
    work = _Harvesting(repository, topic, wanted, ledger_of(repository), clause, sending)
    rows = list(_own_rows(repository, known, wanted, tell))
    english = [row for row in rows if row.language in ("en", "")]
    found = list(work.gathered(english, known))
    found.sort(key=lambda row: (-len(row.texts), row.proposal.id))
    silent = tuple(sorted(known.keys() - {row.agreement for row in rows}))
    shown = tuple(found[:limit])
    placed = {text.agreement for wording in found for text in wording.texts}
    unplaced = tuple(sorted({row.agreement for row in english} - placed))
    others = len(rows) - len(english)
    return Harvest(topic, shown, tuple(sorted(known)), silent, unplaced, others, len(found) - len(shown))


def _topics_meant(name: str) -> tuple[str, ...]:
    """Return the fine topics that `name` means: a topic, a core topic, a kind of variant, or how topics begin."""
    if name in topics():
        return (name, *(t for t in fine_of(name) if t != name))
    if name in VARIANTS:
        return tuple(VARIANTS[name].topics)
    if begun := tuple(t for t in topics() if t.startswith(f"{name}_")):
        return begun
    raise unknown("topic", name, [*topics(), *VARIANTS])


def _own_rows(
    repository: Repository, known: Mapping[str, Facts], wanted: Sequence[str], tell: Callable[[str], None] | None
) -> Iterator[ClauseRow]:
    """Yield the articles that are mainly on the topics, then the paragraphs that are, of other articles.

    Of an agreement that has neither, the paragraphs that are on them beside another topic.
    """
    taken: dict[str, set[str]] = {}
    for level, mainly in (("article", True), ("paragraph", True), ("paragraph", False)):
        settled = {text.partition("@")[0] for text in taken}
        rows = [
            r
            for r in clause_rows(repository, known, level=level, topics=wanted, tell=tell)
            if (r.topics[0] in wanted if mainly else r.agreement not in settled)
        ]
        for row in sorted(rows, key=lambda row: (row.agreement, len(row.path), row.ref)):
            above = taken.setdefault(f"{row.agreement}@{row.language}", set())
            inside = any(row.path == path or row.path.startswith(f"{path}.") for path in above)
            if not inside and len(row.text.split()) >= _FEWEST_WORDS:
                above.add(row.path)
                yield row


@dataclass(frozen=True, slots=True)
class _Member:
    """A clause of an agreement with parameters in place of names and figures, and its words without them."""

    row: ClauseRow
    facts: Facts
    started: Started
    plain: str

    @property
    def age(self) -> tuple[str, str]:
        """The day of signature, then the reference: what the newest of a wording is chosen by."""
        return (max(self.facts.signed, default=""), self.row.ref)


@dataclass(frozen=True, slots=True)
class _Harvesting:
    """One harvest: where clauses are read, the topics wanted, and the clause that they are proposed for."""

    repository: Repository
    topic: str
    wanted: tuple[str, ...]
    ledger: Ledger
    clause: str
    sending: str

    def gathered(self, rows: Sequence[ClauseRow], known: Mapping[str, Facts]) -> Iterator[HarvestedWording]:
        """Yield the wordings of the clauses `rows`, family by family."""
        by_family: dict[str, list[ClauseRow]] = {}
        for row in rows:
            by_family.setdefault(known[row.agreement].family, []).append(row)
        refused: list[str] = []
        for name in sorted(by_family):
            if name not in drafted_families():
                continue
            template = family_template(name)
            clause = self._clause_of(template)
            if not clause:
                refused.append(name)
                continue
            members = [self._member(row, known[row.agreement], clause) for row in by_family[name]]
            groups: dict[int, list[_Member]] = {}
            for member, number in zip(members, wordings([tokens(m.plain) for m in members]), strict=True):
                groups.setdefault(number, []).append(member)
            yield from (self._wording(group, template, clause) for group in groups.values())
        if refused and len(refused) == len(by_family):
            told = f"No clause of {', '.join(refused)} is on {self.topic}."
            raise NotFoundError(told, hint="Name one with --clause; `agreements templates list FAMILY` shows them.")

    def _clause_of(self, template: FamilyTemplate) -> str:
        """Return the clause of the family that the proposals are for; empty where none is on the topic."""
        store = template.clauses
        if self.clause:
            if not store.variants(self.clause):
                raise unknown(f"clause of {template.id}", self.clause, store.clause_ids())
            return self.clause
        outlined = dict.fromkeys(e.clause for form in template.forms for e in form_entries(template, form) if e.clause)
        heads = {
            clause: [store.get(clause, variant).front.topics for variant in store.variants(clause)]
            for clause in outlined
        }
        mainly = [c for c, every in heads.items() if any(t and t[0] in self.wanted for t in every)]
        also = [c for c, every in heads.items() if any(set(t) & set(self.wanted) for t in every)]
        return next(iter(mainly or also), "")

    def _member(self, row: ClauseRow, facts: Facts, clause: str) -> _Member:
        agreement = self.repository.get(row.agreement)
        named_place = Reference.parse(row.ref)
        place = resolve(agreement, named_place.path, named_place.language)
        named = f"{clause}_{_name(row)}"
        try:
            made = started(agreement, place, clause, sending=self.sending, named=named)
        except QueryError:  # the State named is no party of this one: its parties keep their names, and that is said
            made = started(agreement, place, clause, named=named)
        return _Member(row, facts, made, plain_words(made.body))

    def _wording(self, group: Sequence[_Member], template: FamilyTemplate, clause: str) -> HarvestedWording:
        """Return the wording of a group, in the words of its newest text."""
        ordered = sorted(group, key=lambda member: member.age, reverse=True)
        head = ordered[0]
        texts = tuple(self._text(head, member) for member in ordered)
        read = next(iter(variants_in(head.row.text, self.wanted)), None)
        code = read.code if read else ""
        nearest, alike, differs = _against_ours(head.plain, code, template, clause)
        own = {v: template.clauses.get(clause, v).front.code for v in template.clauses.variants(clause)}
        front = {
            "label": f"As in {head.row.agreement}" + (f" and {len(group) - 1} more" if len(group) > 1 else ""),
            "topics": [t for t in head.row.topics if t in topics()][:3],
            "code": "",
            "effect": _effect(code, own),
            "use": _use(texts),
            "differs": differs,
            "precedents": [text.ref for text in texts],
            "parameters": [row.parameter for row in head.started.replaced if row.parameter],
            "taken_from": _NOT_OURS.format(head.row.citation),
            "note": _note(texts),
            "unfinished": _to_do(head, texts),
        }
        declares = {row.parameter: dict(row.declaration) for row in head.started.replaced if row.parameter}
        front = {name: value for name, value in front.items() if value}
        front.setdefault("differs", {})
        proposal = ProposedVariant(template.id, clause, f"as_{_name(head.row)}", front, declares, head.started.body)
        return HarvestedWording(proposal, texts, code, read.words if read else "", nearest, alike)

    def _text(self, head: _Member, member: _Member) -> HarvestedText:
        row, facts = member.row, member.facts
        differs = () if member is head else kinds(differences(head.plain, member.plain)) or _otherwise(head, member)
        later = tuple(dict.fromkeys(change.words() for change in self.ledger.of(row.agreement, row.path)))
        return HarvestedText(
            ref=row.ref,
            citation=row.citation or cite(self.repository.get(row.agreement), row.path),
            agreement=row.agreement,
            signed=max(facts.signed, default=""),
            status=facts.said("status", facts.status),
            differs=differs,
            stated={r.parameter: r.words for r in member.started.replaced if r.parameter},
            later=later,
        )


def _name(row: ClauseRow) -> str:
    """Return the name of a proposal in the words of `row`: its agreement and path."""
    return re.sub(r"[^a-z0-9]+", "_", f"{row.agreement} {row.path}".lower()).strip("_")


def _otherwise(head: _Member, member: _Member) -> tuple[str, ...]:
    pieces = differences(head.plain, member.plain)
    gone, come = (sum(piece.words for piece in pieces if piece.kind == kind) for kind in ("deleted", "inserted"))
    return (f"{gone} of these words are not in it, {come} others are",) if gone or come else ()


def _effect(code: str, own: Mapping[str, str]) -> str:
    """Return what is known of the effect: the kind of variant, and that nobody weighed it."""
    if not code:
        return "Not weighed by anyone yet, and the words do not settle for the program which kind it is."
    same = [variant for variant, known in own.items() if known == code]
    ours = f", as our {', '.join(same)}" if same else ", which none of ours is" if any(own.values()) else ""
    meaning = f" ({CODES[code]})" if code in CODES else ""
    return f"Not weighed by anyone yet. It reads as {code}{meaning}{ours}."


def _use(texts: Sequence[HarvestedText]) -> str:
    said = [f"{t.agreement} ({', '.join(x for x in (t.signed or 'undated', t.status) if x)})" for t in texts]
    return f"Agreed in {'; '.join(said)}."


def _note(texts: Sequence[HarvestedText]) -> str:
    """Return the citations, what the texts have for each parameter, how they differ, and what changed them since."""
    out = [f"Words of {texts[0].citation}"]
    for position, parameter in enumerate(texts[0].stated):
        every = {t.agreement: [*t.stated.values()][position] for t in texts if len(t.stated) == len(texts[0].stated)}
        if len(set(every.values())) > 1:
            out.append(f"{parameter}: " + "; ".join(f"“{words}” in {name}" for name, words in every.items()))
    for text in texts[1:]:
        said = "; ".join(text.differs) if text.differs else "the same words"
        out.append(f"{text.citation}: {said}")
    out += [f"Since then, of {text.ref}: {'; '.join(text.later)}" for text in texts if text.later]
    return " ".join(f"{line.rstrip('.')}." for line in out)


def _to_do(head: _Member, texts: Sequence[HarvestedText]) -> str:
    out = ["Say what it does to either side (effect) and when to use it; read it against the agreements it comes from."]
    if head.started.references:
        out.append(f"Replace its references by ref(): {', '.join(head.started.references)}.")
    if head.started.names:
        out.append(f"It still names {', '.join(head.started.names)}.")
    if texts[0].later:
        out.append("The provision was changed since: take the words in force.")
    return " ".join(out)


# ---------------------------------------------------------------------- against our own clause


def _against_ours(plain: str, code: str, template: FamilyTemplate, clause: str) -> tuple[str, float, dict[str, str]]:
    """Return our variant whose words are nearest, how near from 0 to 1, and what the wording does otherwise.

    Single changes are told only where both share most of their words in order; else that they do not is what is told.
    """
    store = template.clauses
    own = {variant: plain_words(store.get(clause, variant).body) for variant in store.variants(clause)}
    if not own:
        return "", 0.0, {}
    words = tokens(plain)
    alike = {variant: likeness(tokens(text), words) for variant, text in own.items()}
    nearest = max(
        alike, key=lambda variant: (bool(code) and store.get(clause, variant).front.code == code, alike[variant])
    )
    known = store.get(clause, nearest).front.code
    differs: dict[str, str] = {}
    if code and known and code != known:
        differs["right"] = f"It reads as {code}, our {nearest} is {known}."
    if alike[nearest] >= _NEAR:
        for subject, said in kinds_by_subject(differences(own[nearest], plain)).items():
            differs[subject] = " ".join(
                x for x in (differs.get(subject, ""), f"Against our {nearest}: {'; '.join(said)}.") if x
            )
    elif not differs:
        shared = round(100 * alike[nearest])
        differs["form"] = f"Other words: of 100, {shared} stand in the same order in our nearest variant, {nearest}."
    return nearest, alike[nearest], differs


_STATEMENT = re.compile(r"\{%[^{}]*+%\}|\{!--[^{}]*+--\}|\{#[\w.]*+\}:?")
_EXPRESSION = re.compile(r"\{\{(?P<said>[^{}]*+)\}\}")
_NUMBERING = re.compile(r"^[ \t]*+(?:#{1,6}\.?|\(#\))[ \t]*+", re.MULTILINE)
_ASKED_TERM = re.compile(r'\bterm\("(?P<id>[\w.]++)"(?:, ?"(?P<words>[^"]*+)")?')
_SHOWN_AS = {"period": "[period]", "date": "[date]", "money": "[sum]", "percent": "[share]"}


def plain_words(body: str) -> str:
    """Return the body of a clause file as words: each State by its part, each figure by what it counts."""
    text = _NUMBERING.sub("", _STATEMENT.sub("", body))
    return " ".join(_EXPRESSION.sub(lambda found: _said(found["said"].strip()), text).split())


def _said(expression: str) -> str:
    if found := _ASKED_TERM.search(expression):
        return found["words"] or found["id"].replace("_", " ")
    if expression.startswith(("ref(", "refs(")):
        return "[reference]"
    head, _, shown = expression.partition("|")
    role, _, form = head.strip().partition(".")
    if role in ("sending", "receiving"):
        state = f"the {role} State"
        return {
            "adjective": f"{role} State", "the_possessive": f"{state}'s", "the_government": f"the Government of {state}"
        }.get(form, state)  # fmt: skip
    return _SHOWN_AS.get(shown.strip(), "[name]")
