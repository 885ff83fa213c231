"""Verbs over negotiations: begin one, keep its facts, rounds, texts, positions; where it stands; brief and export it.

Every verb names the repository's `folder` and the negotiation's id, and raises `RepositoryError` when there is no
repository, `NotFoundError` for an unknown negotiation, `RecordError` for a field that is wrong or a file that is
damaged, and `ClassifiedError` when an entry bears a classification marking. `expected` is the `fingerprint` that
`negotiation_status` gave: a change of what somebody else has changed since is refused with both texts
(`ChangedMeanwhileError`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agreements.platform import StrPath, as_path

_FOUND = 3  # things found against a text's leaving that are named when it is tabled

if TYPE_CHECKING:
    from agreements.findings import Finding
    from agreements.model import Agreement
    from agreements.negotiation.access import Access
    from agreements.negotiation.articles import StandingArticle
    from agreements.negotiation.brief import Brief, Precedents
    from agreements.negotiation.export import NegotiationExport
    from agreements.negotiation.file import (
        AgreedEntry,
        Approval,
        Hold,
        LanguageStep,
        NegotiatedText,
        Negotiation,
        Round,
        Step,
        TextOrigin,
    )
    from agreements.negotiation.history import ClauseHistory
    from agreements.negotiation.language_texts import LanguageStanding
    from agreements.negotiation.positions import Position, Positions
    from agreements.negotiation.purging import PurgedPaper
    from agreements.negotiation.sides import Sides
    from agreements.negotiation.status import NegotiationStatus
    from agreements.negotiation.store import Negotiations
    from agreements.negotiation.texts import KeptText
    from agreements.repository import Repository, Tombstone
    from agreements.search.phrases import PhrasePrecedent
    from agreements.search.results import Hit


def negotiations_in(folder: StrPath) -> "Negotiations":
    """Return the negotiations kept in the repository `folder`."""
    folder = as_path(folder)
    from agreements.negotiation.store import Negotiations
    from agreements.repository import open_repository

    return Negotiations(open_repository(folder))


def has_negotiations(repository: "Repository") -> bool:
    """Return whether anything of negotiations lies in a repository: where not, what reads them is not loaded."""
    try:
        return any((repository.root / "negotiations").iterdir())
    except FileNotFoundError:
        return False


# ---------------------------------------------------------------------- what is kept


def begin_negotiation(folder: StrPath, negotiation: str, facts: Mapping[str, Any]) -> "Negotiation":
    """Begin a negotiation with these `facts` (fields of `Negotiation`); its first stage is `concept`, today.

    A repository that is not there yet is made, as an import makes it.
    """
    folder = as_path(folder)
    from agreements.negotiation.keeping import begin_negotiation as begin
    from agreements.negotiation.store import Negotiations
    from agreements.repository import Repository

    return begin(Negotiations(Repository(folder)), negotiation, facts)


def set_negotiation(
    folder: StrPath, negotiation: str, facts: Mapping[str, Any], *, expected: str = ""
) -> "Negotiation":
    """Set `facts` of a negotiation: fields of `Negotiation`, and `authority` as a mapping of fields of its own.

    Fields that are not named stay; `stage` (with `date` and `note`) is added to those it went through.
    """
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.set_negotiation(negotiations_in(folder), negotiation, facts, expected=expected)


def add_round(folder: StrPath, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> "Round":
    """Note a round of talks (fields of `Round`; its number is the next one unless given, an earlier one is changed)."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.add_round(negotiations_in(folder), negotiation, facts, expected=expected)


def keep_text(
    folder: StrPath, negotiation: str, file: StrPath, side: "TextOrigin", facts: Mapping[str, Any]
) -> "KeptText":
    """Keep the file of a text that was tabled (`us`), received (`partner`), worked out together (`joint`) or a `draft`.

    A draft goes to offices of our own and not over the table. A text that was tabled is held against what offices
    cleared and against the authority as recorded; what is found is a warning, and the text is kept.

    `facts` are `date` (default: today), `round` (default: the last one), `base` (default: the text exchanged last),
    `marking` and `note`. The file stays untouched; the record of the clauses of a draft of ours is kept with it. A text
    that cannot be read is refused, because nobody could tell whether it is classified.
    """
    folder = as_path(folder)
    file = as_path(file)
    from agreements.negotiation import texts

    kept = texts.keep_text(negotiations_in(folder), negotiation, file, side, facts)
    if side != "us":
        return kept
    return replace(kept, findings=(*_not_cleared(folder, negotiation, file, kept.text.date), *kept.findings))


def _not_cleared(folder: Path, negotiation: str, file: Path, day: str) -> "Iterator[Finding]":
    """Yield a warning with what was found against a text of ours leaving, as of `day`: it is kept all the same."""
    from agreements.clearing import cleared
    from agreements.errors import AgreementsError
    from agreements.findings import warning

    fix = f"`agreements handover FILE --negotiation {negotiation}` lists it all, before a text leaves."
    try:
        found = cleared.check_clearance(negotiations_in(folder), negotiation, file, day=day).found
    except AgreementsError as problem:
        message = f"It was not held against what offices cleared: {problem}"
        yield warning("tabled-uncleared", file.name, message, "Only a Word file is held against it.")
        return
    if found:
        more = f"; and {len(found) - _FOUND} more" if len(found) > _FOUND else ""
        said = "; ".join(each.rstrip(".") for each in found[:_FOUND])
        yield warning(
            "tabled-uncleared", file.name, f"Kept as tabled, and found against its leaving: {said}{more}.", fix
        )


def read_text(folder: StrPath, negotiation: str, text: "NegotiatedText") -> "Agreement":
    """Return the agreement that a text of a negotiation holds; raises as `parse_file` when it is damaged."""
    folder = as_path(folder)
    from agreements.negotiation import texts

    return texts.read_text(negotiations_in(folder), negotiation, text)


def record_position(
    folder: StrPath, negotiation: str, key: str, facts: Mapping[str, Any], *, expected: str = ""
) -> "Position":
    """Record what is wanted on `key` (a topic, a path, else a clause id); fields not named stay as they are.

    `facts` are fields of `Position`. Whoever calls this says `NOTICE` of `marking` to the person first.
    """
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.record_position(negotiations_in(folder), negotiation, key, facts, expected=expected)


def typed_position(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a person typed (`preferred`, `fallback`, `beyond` ...) as the facts that `record_position` takes.

    A wording is words to the letter, or after `phrase:` a phrase that the clause must hold.
    """
    from agreements.negotiation import positions

    return positions.typed_position(given)


def untyped_position(position: "Position") -> dict[str, Any]:
    """Return the wordings of `position` as a person types them: what `typed_position` reads back."""
    from agreements.negotiation import positions

    return positions.untyped_position(position)


def take_positions(folder: StrPath, negotiation: str, source: StrPath, *, expected: str = "") -> "Positions":
    """Take over all positions in the file `source` (the form of `positions.yaml`); those with the same key give way."""
    folder = as_path(folder)
    source = as_path(source)
    from agreements.negotiation import keeping

    return keeping.take_positions(negotiations_in(folder), negotiation, source, expected=expected)


def unplaced_positions(folder: StrPath, negotiation: str, positions: "Iterable[Position]") -> "tuple[Finding, ...]":
    """Return a finding for each of `positions` that is on a path or a clause which no text of `negotiation` has."""
    folder = as_path(folder)
    from agreements.negotiation import placing

    return placing.unplaced(negotiations_in(folder), negotiation, positions)


def keep_language_step(
    folder: StrPath,
    negotiation: str,
    language: str,
    state: str,
    facts: Mapping[str, Any],
    *,
    file: StrPath | None = None,
    expected: str = "",
) -> "LanguageStep":
    """Keep that the text in `language` was `sent` to be translated, `returned`, `compared` or `certified` (`state`).

    `language` is a code or an English name. `facts` are `by` (who did it), `date` (default: today), `text` (the number
    of the text that it is of; default: as before, else the last one), `other` (the number of the text of the record
    that is in the language), `due`, `note` and `marking`. `file` is the text in the language, kept untouched; a step
    that needs one takes the one returned last. Nothing is translated.
    """
    folder = as_path(folder)
    from agreements.negotiation import language_texts

    path = None if file is None else as_path(file)
    store = negotiations_in(folder)
    return language_texts.keep_language_step(store, negotiation, language, state, facts, file=path, expected=expected)


def language_standings(folder: StrPath, negotiation: str) -> "tuple[LanguageStanding, ...]":
    """Return how the texts of `negotiation` in other languages stand: what was done, and whether a certificate stands.

    A certificate is of two texts, by their hashes; whatever changed either of them since voids it, and is said.
    """
    folder = as_path(folder)
    from agreements.negotiation import language_texts

    store = negotiations_in(folder)
    return language_texts.language_standings(store, store.get(negotiation))


def record_approval(folder: StrPath, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> "Approval":
    """Record what an office said (fields of `Approval`); its earlier word stays, the last counts."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.record_approval(negotiations_in(folder), negotiation, facts, expected=expected)


def agree_articles(
    folder: StrPath, negotiation: str, paths: Sequence[str], facts: Mapping[str, Any], *, expected: str = ""
) -> "tuple[AgreedEntry, ...]":
    """Record that the provisions at `paths` of the last text are agreed, ad referendum or finally, open or reopened.

    `facts` are `state` (default: `ad-referendum`), `by`, `date` (default: today), `round` and `note`. Raises
    `NotFoundError` also for a path that the text has not.
    """
    folder = as_path(folder)
    from agreements.negotiation import articles

    return articles.agree_articles(negotiations_in(folder), negotiation, paths, facts, expected=expected)


def standing_articles(folder: StrPath, negotiation: str) -> "tuple[StandingArticle, ...]":
    """Return where each article of the last text exchanged stands: who agreed to it and when, or what is open in it."""
    folder = as_path(folder)
    from agreements.negotiation import articles

    return articles.standing_articles(negotiations_in(folder), negotiation)


def add_step(folder: StrPath, negotiation: str, facts: Mapping[str, Any], *, expected: str = "") -> "Step":
    """Note something to do next (`what`, `who`, `due`)."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.add_step(negotiations_in(folder), negotiation, facts, expected=expected)


def finish_step(folder: StrPath, negotiation: str, number: int, done: str = "", *, expected: str = "") -> "Step":
    """Note that the step `number` is done, on the day `done` (ISO; default: today)."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.finish_step(negotiations_in(folder), negotiation, number, done, expected=expected)


def negotiation_access(folder: StrPath, negotiation: str) -> "Access":
    """Return who may see `negotiation`: those whom it lists; everybody where it lists nobody."""
    folder = as_path(folder)
    return negotiations_in(folder).access(negotiation)


def set_access(folder: StrPath, negotiation: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> "Access":
    """Let the people named in `add` see `negotiation`, and those in `remove` no longer; capitals do not count.

    The rights of its folder are set with it: closed to all but its owner while one person may see it, else to all but
    its owner and group. Whoever can open the files by other means is kept out by these rights alone.
    """
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.set_access(negotiations_in(folder), negotiation, add, remove)


def hold_negotiation(folder: StrPath, negotiation: str, reason: str, *, by: str = "") -> "Hold":
    """Put a negotiation under a legal hold: nothing of it can be purged until the hold is released."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.hold_negotiation(negotiations_in(folder), negotiation, reason, by=by)


def negotiation_holds(folder: StrPath) -> "tuple[tuple[str, Hold], ...]":
    """Return the legal holds in force of the negotiations that this person may see, each with the id of its own."""
    folder = as_path(folder)
    from agreements.repository import open_repository

    if not has_negotiations(open_repository(folder)):
        return ()
    store = negotiations_in(folder)
    return tuple((own, hold) for own in store.ids() for hold in store.get(own).on_hold)


def release_hold(folder: StrPath, negotiation: str) -> "tuple[Hold, ...]":
    """Release all legal holds of a negotiation and return them; they stay in its file with the day of release."""
    folder = as_path(folder)
    from agreements.negotiation import keeping

    return keeping.release_hold(negotiations_in(folder), negotiation)


def purge_negotiation(
    folder: StrPath, negotiation: str, reason: str, *, authority: str = "", spill: str = ""
) -> "Tombstone":
    """Remove all that is kept of `negotiation` and leave a tombstone.

    `authority` names the disposition authority that lets it be destroyed, `spill` the reference of a spill; one of them
    is to be given (`RepositoryError`). Refused under a legal hold (`RecordError`).
    """
    folder = as_path(folder)
    return negotiations_in(folder).purge(negotiation, reason, authority=authority, spill=spill)


def purge_paper(
    folder: StrPath, negotiation: str, paper: str, reason: str, *, authority: str = "", spill: str = ""
) -> "PurgedPaper":
    """Remove one kept file of `negotiation`, by its name or the number of its text, and leave a tombstone.

    What was decided on its words goes with it; its entry in the record stays. Raises as `purge_negotiation`, and
    `NotFoundError` for a file that is not kept.
    """
    folder = as_path(folder)
    return negotiations_in(folder).purge_paper(negotiation, paper, reason, authority=authority, spill=spill)


# ---------------------------------------------------------------------- what is made of it


def negotiation_list(folder: StrPath) -> "tuple[tuple[Negotiation, ...], tuple[Finding, ...]]":
    """Return all negotiations of the repository, sorted by id, and a finding for each that is damaged."""
    folder = as_path(folder)
    from agreements.negotiation.store import negotiation_list

    return negotiation_list(negotiations_in(folder))


def negotiation_status(folder: StrPath, negotiation: str) -> "NegotiationStatus":
    """Return where `negotiation` stands; raises also as `parse_file`."""
    folder = as_path(folder)
    from agreements.negotiation import status

    return status.negotiation_status(negotiations_in(folder), negotiation)


def negotiation_fingerprint(folder: StrPath, negotiation: str) -> str:
    """Return a word for the facts and positions of `negotiation` as they stand: what a write takes as `expected`."""
    return negotiations_in(folder).fingerprint(negotiation)


def sides_of(folder: StrPath, negotiation: str) -> "Sides":
    """Return where the sides stand: in the joint text where that is the last one, else in the last text of each.

    Raises also as `parse_file`.
    """
    folder = as_path(folder)
    from agreements.negotiation import sides

    return sides.sides_of(negotiations_in(folder), negotiation)


def clause_history(folder: StrPath, negotiation: str, wanted: str) -> "ClauseHistory":
    """Return how the clause on the topic or at the path `wanted` moved through the texts of `negotiation`.

    A path is that of the latest text that has it; the clause is followed from there under whatever number it had.
    Raises `NotFoundError` when no text has it, `RecordError` when no text is kept.
    """
    folder = as_path(folder)
    from agreements.negotiation import history

    return history.clause_history(negotiations_in(folder), negotiation, wanted)


def make_brief(folder: StrPath, negotiation: str, *, day: str, tell: Callable[[str], None] | None = None) -> "Brief":
    """Return the brief of `negotiation` as of `day` (ISO).

    Precedents are those that the positions cite, else texts of the repository that say the words of the other side
    which ours has not, or where ours says nothing on the point, the nearest to theirs; drafts and specimens are none.
    Raises as `negotiation_status`.
    """
    folder = as_path(folder)
    from agreements.negotiation import brief

    return brief.make_brief(negotiations_in(folder), negotiation, precedents_of(folder, tell=tell), day=day)


def precedents_of(folder: StrPath, *, tell: Callable[[str], None] | None = None) -> "Precedents":
    """Return what briefs and papers ask of the repository; `tell` gets a line when the index is brought up to date."""
    folder = as_path(folder)
    from agreements.comparing import differences
    from agreements.comparing.phrases import phrases_of
    from agreements.library.find import cite, similar
    from agreements.negotiation.brief import Precedents
    from agreements.repository import open_repository
    from agreements.search.precedents import open_precedents

    def nearest(words: str) -> "Iterable[Hit]":
        return similar(folder, text=words, limit=8, tell=tell).hits if open_repository(folder).ids() else ()

    def of_change(
        us: str, partner: str, topics: Sequence[str]
    ) -> "Iterator[tuple[str, str, tuple[PhrasePrecedent, ...]]]":
        phrases = phrases_of(differences(us, partner, by_words=True))
        if phrases and open_repository(folder).ids():
            with open_precedents(open_repository(folder), tell=tell) as search:
                for each in phrases:
                    yield each.change, each.phrase.words, search.of_phrase(each.phrase, topics)

    return Precedents(lambda reference: cite(folder, reference, style="plain"), nearest, of_change)


def write_brief(brief: "Brief", output: StrPath) -> Path:
    """Write `brief` to the Word file `output`; raises `AgreementsError` when its name or the disk refuses."""
    output = as_path(output)
    from agreements.negotiation.brief import write_brief as write

    return write(brief, output)


def export_negotiation(folder: StrPath, negotiation: str, target: StrPath) -> "NegotiationExport":
    """Write all that is kept of `negotiation`, with its history, to the zip file `target`, for the record.

    `index.csv` in it lists every file with its hash, `README.txt` says what it is. Raises `AgreementsError` when the
    name does not end in `.zip` or the file cannot be written.
    """
    folder = as_path(folder)
    target = as_path(target)
    from agreements.negotiation.export import export_negotiation as write

    return write(negotiations_in(folder), negotiation, target)
