"""An article that moved is one change, with what stands under it; words that changed in it are another."""

import pytest

from agreements import word
from agreements.library import answer, review
from agreements.ooxml.schema import name
from agreements.reviewing.decisions import DecisionError, items_of
from agreements.reviewing.words import summary
from tests.word import editing, samples

WHO = {"author": "U.S. side", "date": "2026-11-22"}
OLD, NEW = "They close no road at night.", "They close no main road at night."
MAIN = """
# Agreement on Areas

## Article I: Costs
1. Each State pays for the water that it uses in the areas.
2. It pays for fuel at cost.

## Article II: Roads
1. Both States repair the roads that lead to the areas.
2. They close no road at night.

## Article III: Talks
1. Both States consult each year on the use of the areas.
2. They meet in turn at home.

## Article IV: Ports
1. Vessels enter the ports of the host with notice of a day.
2. They pay no dues there.
"""
OURS = word.render(samples.visiting_forces().model_copy(update={"documents": (samples.document(MAIN),)}))


def _edited(*, move=True, change=False):
    """Our file with Article II put at the end, and a word more in it."""

    def edit(body):
        paragraphs = list(body.iter(name("p")))
        said = ["".join(t.text or "" for t in each.iter(name("t"))) for each in paragraphs]
        first = next(i for i, words in enumerate(said) if words.endswith("Roads"))
        last = next(each for each in paragraphs if "no dues" in "".join(each.itertext()))
        for each in paragraphs[first : first + 3][::-1] if move else ():
            last.addnext(each)
        for each in body.iter(name("t")):
            if change and each.text == OLD:
                each.text = NEW

    return editing.changed(OURS, edit)


MOVED, CHANGED = _edited(), _edited(change=True)


@pytest.fixture
def reviewed(tmp_path):
    def run(theirs, *, tracked=False):
        if tracked:
            options = word.RedlineOptions(author="Ana Partner", date="2026-11-20")
            theirs = word.redline(OURS, theirs, options).content
        (tmp_path / "ours.docx").write_bytes(OURS)
        (tmp_path / "theirs.docx").write_bytes(theirs)
        return review(tmp_path / "ours.docx", tmp_path / "theirs.docx")

    return run


def _clean(found, decisions, folder):
    (folder / "d.yaml").write_text(decisions, encoding="utf-8")
    answer(found, folder / "d.yaml", folder / "reply.docx", clean=folder / "clean.docx", **WHO)
    return editing.paragraphs((folder / "clean.docx").read_bytes())


def test_an_article_that_moved_is_one_change(reviewed, tmp_path):
    found = reviewed(MOVED)
    (clause,) = [each for each in found.clauses if not each.is_noise]
    assert (clause.names, clause.change, clause.along) == ("II -> IV", "moved", ["IV.1", "IV.2"])
    assert (found.untracked, len(list(items_of(found)))) == (1, 1)
    assert any("1 change was made in theirs.docx without tracking: IV." in line for line in summary(found))
    assert "moved with 2 more, no word of these changed: IV.1, IV.2" in clause.kinds
    assert _clean(found, "decisions:\n  - path: IV\n    do: reject\n", tmp_path) == editing.paragraphs(OURS)
    row = next(each for each in found.as_json()["clauses"] if each["path"] == "IV")
    assert (row["along"], len(row["untracked"])) == (["IV.1", "IV.2"], 1)


def test_a_tracked_move_is_one_change_and_goes_back_whole(reviewed, tmp_path):
    found = reviewed(MOVED, tracked=True)
    (clause,) = [each for each in found.clauses if not each.is_noise]
    assert (clause.names, clause.along, found.untracked) == ("II -> IV", ["IV.1", "IV.2"], 0)
    assert _clean(found, "decisions:\n  - path: IV\n    do: reject\n", tmp_path) == editing.paragraphs(OURS)


@pytest.mark.parametrize(
    ("move", "words", "wanted"),
    [
        ("accept", "accept", CHANGED),
        ("accept", "reject", MOVED),
        ("reject", "accept", _edited(move=False, change=True)),
        ("reject", "reject", OURS),
    ],
)
def test_a_move_and_words_that_changed_in_it_are_decided_apart(reviewed, tmp_path, move, words, wanted):
    found = reviewed(CHANGED)
    shown = [(each.names, each.change) for each in found.clauses if not each.is_noise]
    assert shown == [("II -> IV", "moved"), ("II.2 -> IV.2", "changed")]
    assert found.untracked == 2
    decisions = f"decisions:\n  - path: IV\n    do: {move}\n  - path: IV.2\n    do: {words}\n"
    assert _clean(found, decisions, tmp_path) == editing.paragraphs(wanted)


@pytest.mark.parametrize("move", ["accept", "reject"])
def test_words_that_changed_in_a_move_are_countered_where_they_stand_then(reviewed, tmp_path, move):
    decisions = (
        f"decisions:\n  - path: IV\n    do: {move}\n  - path: IV.2\n    do: counter\n    text: No road closes.\n"
    )
    wanted = editing.paragraphs(MOVED if move == "accept" else OURS)
    made = _clean(reviewed(CHANGED), decisions, tmp_path)
    assert made == ["No road closes." if line == OLD else line for line in wanted]


def test_a_tracked_move_with_other_words_is_not_half_accepted(reviewed, tmp_path):
    """A paragraph that is deleted at one place and put in with other words at another cannot stay behind alone."""
    found = reviewed(CHANGED, tracked=True)
    assert [each.names for each in found.clauses if each.moved_with] == ["II.2 -> IV.2"]
    with pytest.raises(DecisionError, match="decide alike"):
        _clean(found, "decisions:\n  - path: IV\n    do: accept\n  - path: IV.2\n    do: reject\n", tmp_path)


TWICE = MAIN.replace("2. They close no road", "2. They close no road at night.\n3. They close no road")


@pytest.mark.parametrize(
    ("ours", "theirs", "said"), [(MAIN, TWICE, ("II.3", "added")), (TWICE, MAIN, ("II.3", "removed"))]
)
def test_a_paragraph_that_stands_twice_is_told_at_one_place(tmp_path, ours, theirs, said):
    for stem, source in (("ours", ours), ("theirs", theirs)):
        file = word.render(samples.visiting_forces().model_copy(update={"documents": (samples.document(source),)}))
        (tmp_path / f"{stem}.docx").write_bytes(file)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert [(c.path, c.change, [d.how for d in c.untracked]) for c in found.clauses] == [(*said, [said[1]])]


def test_each_of_two_paragraphs_with_the_same_words_has_its_own_place():
    agreement = samples.visiting_forces().model_copy(update={"documents": (samples.document(TWICE),)})
    lines = ["Roads", "They close no road at night.", "3. They close no road at night.", "Talks"]
    assert word.paths_of(agreement, lines) == ["II", "II.2", "II.3", "III"]
    once = samples.visiting_forces().model_copy(update={"documents": (samples.document(MAIN),)})
    assert word.paths_of(once, lines) == ["II", "II.2", "II.2", "III"]
    assert word.paths_of(agreement, [lines[0], "They wash.", lines[1]]) == ["II", "II", "II.2"]


def test_words_that_come_again_further_down_draw_no_paragraph_there():
    source = MAIN.replace("They pay no dues there.", OLD)
    agreement = samples.visiting_forces().model_copy(update={"documents": (samples.document(source),)})
    assert word.paths_of(agreement, ["Roads", OLD, OLD, "Talks"]) == ["II", "II.2", "II.2", "III"]


def test_articles_of_the_same_words_under_numbers_alone_keep_their_places():
    source = "# Agreement on Areas\n\n## Article I\n\nIt is left open.\n\n## Article II\n\nIt is left open.\n"
    agreement = samples.visiting_forces().model_copy(update={"documents": (samples.document(source),)})
    lines = ["ARTICLE I", "It is left open.", "ARTICLE II", "It is left open."]
    assert word.paths_of(agreement, lines) == ["I", "I", "II", "II"]
