"""In which order a review is read: reopened, untracked, outside recorded positions, the rest; and nothing left out."""

import json
from dataclasses import replace

import pytest

from agreements import word
from agreements.errors import AgreementsError, NotFoundError
from agreements.library import add_round, import_files, keep_text, review, write_memo
from agreements.negotiation.file import Negotiation
from agreements.negotiation.positions import Position, Positions, Wording
from agreements.negotiation.store import Negotiations
from agreements.repository import Repository
from agreements.reviewing.reading_order import ground_of, in_reading_order
from agreements.reviewing.review import HeldAgainst
from tests.commands.test_compare import run
from tests.reviewing.test_review import OURS, PARTNER, main, tracked, typed
from tests.word import editing, samples

CLAIMS = "Each Party waives claims against the other for damage to property that its armed forces use."
THEIRS = typed(
    tracked(
        ("Each Party waives claims", "Each Party forgoes claims"),
        ("an identity card", "a passport"),
        ("does not apply to the crew", "applies to the crew"),
    ),
    "one year's",
    "six months'",
)


@pytest.fixture
def desk(tmp_path):
    """A negotiation that keeps what we tabled and what came back; II.3 was agreed in the round before."""
    (tmp_path / "seed.md").write_text("# Agreement between Arland and Borduria\n\n## Article I\n\nWords.\n", "utf-8")
    folder = tmp_path / "desk"
    import_files(folder, [tmp_path / "seed.md"])
    kept = Negotiations(Repository(folder))
    kept.begin(Negotiation(id="tamaris", partner="Tamaris", family="sofa", title="Status of Forces"))
    kept.change_positions(
        "tamaris", lambda _: Positions(positions=(Position(path="IV.1", preferred=Wording(words=CLAIMS)),))
    )
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(THEIRS)
    keep_text(folder, "tamaris", tmp_path / "ours.docx", "us", {"date": "2026-03-01"})
    add_round(folder, "tamaris", {"date": "2026-03-05", "ad_referendum": ["II.3"]})
    keep_text(folder, "tamaris", tmp_path / "theirs.docx", "partner", {"date": "2026-03-20"})
    return folder


def grounds(found, order=()):
    return [(ground, [c.path for c in group]) for ground, group in in_reading_order(found.clauses, order)]


READ = [("reopened", ["II.3"]), ("untracked", ["V"]), ("outside", ["IV.1"]), ("rest", ["II.1.a"])]


def test_what_was_agreed_comes_first_and_nothing_is_left_out(desk):
    found = review(negotiation="tamaris", repository=desk, precedents=False)
    assert grounds(found) == READ
    assert grounds(found, ["rest", "outside"]) == [READ[3], READ[2], READ[0], READ[1]]
    assert {c["path"]: c["ground"] for c in found.as_json()["clauses"]} == {p[0]: ground for ground, p in READ}
    with pytest.raises(NotFoundError, match="grave"):
        grounds(found, ["grave"])


def test_without_a_record_only_what_nobody_tracked_comes_first(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(THEIRS)
    found = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    assert grounds(found) == [("untracked", ["V"]), ("rest", ["II.1.a", "II.3", "IV.1"])]


def test_a_position_that_is_agreed_holds_its_clause(desk):
    Negotiations(Repository(desk)).change_positions(
        "tamaris", lambda _: Positions(positions=(Position(path="II", status="agreed", partner="as it stands"),))
    )
    found = review(negotiation="tamaris", repository=desk, precedents=False)
    assert grounds(found)[0] == ("reopened", ["II.1.a", "II.3"])


def test_what_is_put_into_an_agreed_article_reopens_it(desk, tmp_path):
    """A paragraph that ours has not has no path in ours: that of the article it came into counts."""
    add_round(desk, "tamaris", {"date": "2026-03-06", "ad_referendum": ["IV"]})
    words = samples.MAIN.replace("## Article V", "4. Nothing is paid for the use of a road.\n\n## Article V", 1)
    assert words != samples.MAIN
    (tmp_path / "more.docx").write_bytes(word.redline(OURS, main(words), PARTNER).content)
    found = review(theirs=tmp_path / "more.docx", negotiation="tamaris", repository=desk, precedents=False)
    assert grounds(found) == [("reopened", ["IV.4"])]


def test_an_answer_that_is_not_kept_is_held_against_what_we_sent(desk, tmp_path):
    found = review(theirs=tmp_path / "theirs.docx", negotiation="tamaris", repository=desk, precedents=False)
    assert grounds(found) == READ
    with pytest.raises(AgreementsError, match="which we tabled ourselves"):
        review(theirs=tmp_path / "ours.docx", negotiation="tamaris", repository=desk, precedents=False)


def test_a_negotiation_without_an_answer_says_so(tmp_path, desk):
    kept = Negotiations(Repository(desk))
    kept.begin(Negotiation(id="new", partner="Tamaris"))
    with pytest.raises(AgreementsError, match="new has no text of theirs"):
        review(negotiation="new", repository=desk)
    keep_text(desk, "new", tmp_path / "theirs.docx", "partner", {"date": "2026-03-20"})
    with pytest.raises(AgreementsError, match="new has no text of ours"):
        review(negotiation="new", repository=desk)
    with pytest.raises(AgreementsError, match="Two files are needed"):
        review()


def test_files_that_are_named_the_wrong_way_round_are_noticed(tmp_path):
    (tmp_path / "ours.docx").write_bytes(OURS)
    (tmp_path / "theirs.docx").write_bytes(tracked(("an identity card", "a passport")))
    right = review(tmp_path / "ours.docx", tmp_path / "theirs.docx")
    wrong = review(tmp_path / "theirs.docx", tmp_path / "ours.docx")
    codes = [[f.code for f in found.findings if f.code == "may-be-swapped"] for found in (right, wrong)]
    assert codes == [[], ["may-be-swapped"]]
    assert "Ana Partner" in wrong.findings[0].message


def test_files_exchanged_are_noticed_by_the_record_and_by_when_they_were_saved(tmp_path, desk):
    wrong = review(
        tmp_path / "theirs.docx", tmp_path / "ours.docx", negotiation="tamaris", repository=desk, precedents=False
    )
    (told,) = [f.message for f in wrong.findings if f.code == "may-be-swapped"]
    assert "ours.docx is text 1, tabled" in told
    for file, day in (("sent", "2026-03-01"), ("back", "2026-03-20")):
        options = word.WordOptions(date=day, key="one")
        (tmp_path / f"{file}.docx").write_bytes(word.render(samples.visiting_forces(), options))
    right, wrong = (review(tmp_path / one, tmp_path / other) for one, other in (
        ("sent.docx", "back.docx"), ("back.docx", "sent.docx")
    ))  # fmt: skip
    codes = [[f.code for f in found.findings if f.code == "may-be-swapped"] for found in (right, wrong)]
    assert codes == [[], ["may-be-swapped"]]
    assert "back.docx was saved on 2026-03-20" in wrong.findings[0].message


@pytest.mark.parametrize(
    ("title", "recorded", "shown"),
    [
        ("No. 047", "Status of Forces", "Status of Forces"),
        ("Nr. I", "", "Exchange of notes with the Kingdom of Tamaris"),
        ("Agreement on Transit", "", "Agreement on Transit"),
    ],
)
def test_the_number_of_a_note_is_no_title_of_the_matter(reviewed_title, title, recorded, shown):
    assert reviewed_title(title, recorded) == shown


@pytest.fixture
def reviewed_title(tmp_path):
    """The title of a review of notes that bear `title`, under a record with the title `recorded`."""

    def run(title, recorded):
        note = samples.exchange()
        (tmp_path / "note.docx").write_bytes(word.render(note, indexes=[0]))
        found = review(tmp_path / "note.docx", tmp_path / "note.docx")
        ours = found.texts.ours
        named = ours.agreement.model_copy(update={"title": title})
        texts = replace(found.texts, ours=replace(ours, agreement=named), theirs=replace(ours, agreement=named))
        return replace(found, texts=texts, record=HeldAgainst(partner="the Kingdom of Tamaris", title=recorded)).title

    return run


def test_the_memo_is_in_that_order_and_prints_no_ground(desk, tmp_path):
    found = review(negotiation="tamaris", repository=desk, precedents=False)
    memo = write_memo(found, tmp_path / "memo.docx", day="2026-03-21")
    said = [line for line in editing.paragraphs(memo.read_bytes()) if line]
    assert said[said.index("Matter: " + found.title) - 1].casefold() == "review of the answer of tamaris"
    assert "Date: 21 March 2026" in said
    clauses = [line for line in said if line in ("II.1.a", "II.3", "IV.1", "V")]
    assert clauses == ["II.3", "V", "IV.1", "II.1.a"]
    assert not any("Reopened" in line or "recorded positions" in line for line in said)


def test_the_command_takes_both_texts_from_the_negotiation(desk):
    found = run("--repo", desk, "review", "--negotiation", "tamaris", "--no-precedents")
    assert found.returncode == 0, found.stderr
    heads = [line for line in found.stdout.splitlines() if line.endswith("(1)")]
    assert [line.split()[0] for line in heads] == ["Reopened:", "Changed", "Outside", "The"]
    set_by_office = run("--repo", desk, "review", "--negotiation", "tamaris", "--no-precedents", "--order", "rest")
    first = next(line for line in set_by_office.stdout.splitlines() if line.endswith("(1)"))
    assert first == "The rest (1)"
    told = json.loads(run("--repo", desk, "review", "--negotiation", "tamaris", "--no-precedents", "--json").stdout)
    assert [clause["ground"] for clause in told["clauses"]] == ["rest", "reopened", "outside", "untracked"]


@pytest.mark.parametrize(
    ("between", "partner"),
    [
        ("the United States of America and the Republic of Estonia", "Republic of Estonia"),
        ("the Kingdom of Norway and the Republic of Estonia", ""),  # neither is known to be the other side
    ],
)
def test_the_other_side_is_named_only_where_it_is_known(between, partner, tmp_path):
    for name, words in (("ours", "free"), ("theirs", "paid")):
        article = f"## Article I\n\n1. The use of the roads between the harbor and the agreed areas is {words}.\n"
        more = "2. The Parties keep the roads in repair, and each tells the other in good time of works on them.\n"
        text = f"# Agreement between {between} on Roads\n\n{article}\n{more}"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert review(tmp_path / "ours.md", tmp_path / "theirs.md").partner == partner


def test_in_a_file_that_tracks_nothing_no_ground_is_that_nobody_tracked(desk):
    """A PDF has no tracked changes: what stands outside a position would be lost among what nobody tracked."""
    found = review(negotiation="tamaris", repository=desk, precedents=False)
    clauses = {clause.path: clause for clause in found.clauses}
    assert ground_of(clauses["V"]) == "untracked"
    assert ground_of(clauses["V"], can_track=False) == "rest"
    assert ground_of(clauses["IV.1"], can_track=False) == "outside"


def test_what_changed_beside_the_words_of_a_clause_is_not_called_the_same(desk):
    found = review(negotiation="tamaris", repository=desk, precedents=False)
    clause = next(clause for clause in found.clauses if clause.path == "V")
    beside = replace(clause, change="same")
    assert (beside.said, replace(beside, untracked=[]).said) == ("changed", "same")
    assert replace(clause, change="moved-changed").said == "moved and changed"
