"""A negotiation through the command line: kept, shown, exported, held, purged; and never found by a search."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest

from agreements import library, word
from agreements.library import parse_file
from agreements.negotiation.brackets import Labels
from agreements.negotiation.joint import plain, resolve
from agreements.resources import shipped
from tests.negotiation.conftest import OURS, THEIRS, agreement

L = Labels()
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def test_texts_are_kept_untouched_with_hash_base_and_counts(run, kept, texts, tmp_path) -> None:
    held = run("negotiation", "status", kept, as_json=True)
    first, second = held["texts"]
    assert (first["side"], second["side"], second["base"], second["round"]) == ("us", "partner", 1, 1)
    assert (second["words_deleted"], second["words_inserted"]) == (2, 4)
    for text, path in zip(held["texts"], texts, strict=True):
        kept_file = tmp_path / "repo" / "negotiations" / kept / "texts" / text["file"]
        assert kept_file.read_bytes() == path.read_bytes()
        assert text["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_status_is_one_screen_and_bears_the_highest_marking(run, kept) -> None:
    for number in range(12):
        run("negotiation", "step", kept, f"Step {number}: " + "ask the office again about the whole matter " * 6)
    _, out, _ = run("negotiation", "status", kept)
    lines = out.rstrip("\n").split("\n")
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert lines[0].strip() == "SENSITIVE BUT UNCLASSIFIED"
    assert "in negotiation since 2026-03-02" in out
    assert "1 held elsewhere" in out


def test_overdue_and_expired_are_said(run, kept) -> None:
    run("negotiation", "set", kept, "--expires", "2026-03-01")
    run("negotiation", "step", kept, "Send the text to L", "--due", "2020-01")
    _, out, _ = run("negotiation", "status", kept)
    assert "EXPIRED" in out
    assert "OVERDUE" in out
    run("negotiation", "step", kept, "--done", "1")
    assert "Send the text" not in run("negotiation", "status", kept)[1]


def test_a_person_is_told_that_positions_are_often_classified(run, kept) -> None:
    code, _, errors = run("negotiation", "position", kept, "III", "--preferred", "The force shall be exempt.")
    assert code in (0, None)
    assert "often classified" in " ".join(errors.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("position", "III", "--rationale", "(S) Their minister would take less."),
        ("set", "--marking", "SECRET//NOFORN"),
        ("round", "--date", "2026-05-01", "--note", "(S//NF) They will give way."),
        ("step", "(S) Ask the station."),
    ],
)
def test_classified_entries_are_refused_and_leave_no_trace(run, kept, tmp_path, arguments) -> None:
    verb, *rest = arguments
    code, out, errors = run("negotiation", verb, kept, *rest)
    assert code == 1
    assert "security officer" in errors
    everything = b"".join(p.read_bytes() for p in (tmp_path / "repo").rglob("*") if p.is_file())
    for words in ("minister", "NOFORN", "give way", "station"):
        assert words.encode() not in everything
        assert words not in out + errors


def test_the_history_of_a_clause_follows_its_words_and_how_they_stand(run, kept) -> None:
    code, out, _ = run("negotiation", "history", kept, "II.2")
    assert code in (0, None)
    assert "[-ninety-]{+thirty+} days" in " ".join(out.split())
    assert out.startswith("SENSITIVE BUT UNCLASSIFIED\n")
    assert "position on II.2: preferred" in out
    assert "position on II.2: beyond authority" in out
    rows = run("negotiation", "history", kept, "claims_government", as_json=True)["texts"]
    assert [row["paths"] for row in rows] == [["II"], ["II"]]
    assert [row["changed"] for row in rows] == [True, True]
    assert [row["since"] for row in rows] == [{"1": 29}, {"1": 28, "2": 3}]  # thirty, with interest
    assert "of its words 9 since text 1, 3 since text 2" in " ".join(out.split())


def test_since_when_each_word_stands_is_followed_through_texts(run, kept, tmp_path) -> None:
    """Words that are parted keep their age, words that come back count from their coming back."""
    own = "Claims of third parties shall be settled within thirty days, with interest."
    parted = "Claims of third parties shall be settled within thirty days.\n3. Interest shall be paid on them."
    for words in (parted, parted.replace("thirty", "ninety")):
        file = tmp_path / "next.docx"
        word.write(agreement(THEIRS.replace(own, words)), file)
        run("negotiation", "receive", kept, file)
    rows = run("negotiation", "history", kept, "II", as_json=True)["texts"]
    assert [sum(row["since"].values()) for row in rows] == [29, 31, 35, 35]
    assert rows[3]["since"]["1"] == 28
    assert rows[3]["since"]["4"] == 1
    assert rows[2]["since"]["2"] >= rows[3]["since"].get("2", 0)


def test_facts_that_were_given_wrongly_are_set_right(run, kept) -> None:
    run("negotiation", "set", kept, "--partner", "Estonia", "--family", "DCA", "--title", "")
    held = run("negotiation", "status", kept, as_json=True)
    assert (held["partner"], held["family"], held.get("title", "")) == ("EST", "dca", "")


def test_earlier_versions_are_kept(run, kept, tmp_path) -> None:
    history = tmp_path / "repo" / "negotiations" / kept / "history"
    before = len(list(history.iterdir()))
    run("negotiation", "set", kept, "--objective", "Another objective")
    assert len(list(history.iterdir())) == before + 1
    run("negotiation", "set", kept, "--objective", "Another objective")
    assert len(list(history.iterdir())) == before + 1, "nothing changed, nothing is kept"


def test_the_joint_text_is_read_back_from_word_and_closed(run, texts, tmp_path) -> None:
    ours, theirs = texts
    made = run("negotiation", "joint", ours, theirs, "--mark-agreed", "-o", tmp_path / "joint.docx", as_json=True)
    assert made["by_unit"] == {"II": 2, "III": 1}
    back = plain(parse_file(tmp_path / "joint.docx").agreement)
    for side, path in (("us", ours), ("partner", theirs)):
        assert resolve(back, side, L).documents == plain(parse_file(path).agreement).documents
    closing = ("--close", "II.2:1=sixty", "--close", "II.2:2=us", "--close", "III=partner")
    again = run("negotiation", "joint", tmp_path / "joint.docx", *closing, "-o", tmp_path / "next.docx", as_json=True)
    assert (again["open"], again["agreed_ad_referendum"]) == (0, ["I", "II", "III", "IV"])
    words = " ".join(p.text for p in parse_file(tmp_path / "next.docx").agreement.documents[0].walk())
    assert "settled within sixty days." in words
    assert "exempt from direct taxes" in words


def test_a_wrong_closing_is_told_and_writes_nothing(run, texts, tmp_path) -> None:
    run("negotiation", "joint", *texts, "-o", tmp_path / "joint.docx")
    code, _, errors = run(
        "negotiation",
        "joint",
        tmp_path / "joint.docx",
        "--close",
        "IX=us",
        "--close",
        "II.2=words",
        "-o",
        tmp_path / "x.docx",
    )
    assert code == 1
    assert "Nothing is open at IX; II.2 has 2 open places" in " ".join(errors.split())
    assert not (tmp_path / "x.docx").exists()


def test_a_side_is_closed_by_any_of_its_names_and_a_word_that_is_none_is_refused(run, texts, tmp_path) -> None:
    """`=theirs` once wrote the word "theirs" into the treaty and called the place agreed."""
    joint, closed, none = (tmp_path / f"{name}.docx" for name in ("joint", "closed", "none"))
    run("negotiation", "joint", *texts, "-o", joint)
    for name, side in (("ours", "us"), ("US", "us"), ("theirs", "partner"), ("PARTNER", "partner")):
        made = [run("negotiation", "joint", joint, "--close", f"II.2={each}", "-o", closed)[1] for each in (name, side)]
        assert made[0] == made[1]
    words = [each.text for each in parse_file(closed).agreement.documents[0].walk()]
    assert not any("theirs" in each or "PARTNER" in each for each in words if "settled within" in each)
    for wrong in ("both", "neither", ""):
        code, _, errors = run("negotiation", "joint", joint, "--close", f"III={wrong}", "-o", none)
        assert (code, none.exists()) == (1, False)
        assert "does not say whose words" in " ".join(errors.split())


def test_the_text_of_a_side_is_told_apart_from_the_joint_text(run, texts, tmp_path) -> None:
    run("negotiation", "joint", *texts, "-o", tmp_path / "joint.docx")
    closed = ("--close", "II.2=us", "--as", "us", "-o", tmp_path / "us.docx")
    shown = " ".join(run("negotiation", "joint", tmp_path / "joint.docx", *closed)[1].split())
    assert "1 open place: III 1." in shown
    assert "us.docx: the text that US wants, without brackets" in shown
    assert "[" not in "".join(each.text for each in parse_file(tmp_path / "us.docx").agreement.documents[0].walk())


def test_the_export_lists_every_file_with_its_hash(run, kept, tmp_path) -> None:
    target = tmp_path / "file.zip"
    made = run("negotiation", "export", kept, "-o", target, as_json=True)
    assert made["marking"] == "SENSITIVE BUT UNCLASSIFIED"
    with zipfile.ZipFile(target) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{kept}/index.csv").decode("utf-8-sig"))))
        for row in rows:
            assert hashlib.sha256(archive.read(f"{kept}/{row['file']}")).hexdigest() == row["sha256"]
        names = {name.removeprefix(f"{kept}/") for name in archive.namelist()}
        assert names == {row["file"] for row in rows} | {"README.txt", "index.csv"}
        assert archive.read(f"{kept}/README.txt").decode().startswith("SENSITIVE BUT UNCLASSIFIED")
    first = target.read_bytes()
    run("negotiation", "export", kept, "-o", target)
    assert target.read_bytes() == first, "the same file, the same bytes"


def test_a_text_that_is_not_the_one_kept_is_told(run, kept, tmp_path) -> None:
    (path,) = (tmp_path / "repo" / "negotiations" / kept / "texts").glob("01-*")
    path.write_bytes(b"another file")
    code, _, errors = run("negotiation", "export", kept, "-o", tmp_path / "file.zip")
    assert code == 1
    assert "is not the file that was kept" in " ".join(errors.split())


def test_nothing_is_purged_under_a_legal_hold(run, kept, tmp_path) -> None:
    run("negotiation", "hold", kept, "--reason", "Litigation over claims", "--by", "L")
    code, _, errors = run("negotiation", "purge", kept, "--reason", "spill", "--spill", "S-1", "--yes")
    assert code == 1
    assert "legal hold" in errors
    run("negotiation", "hold", kept, "--release")
    code, _, _ = run("negotiation", "purge", kept, "--reason", "spill", "--spill", "S-1", "--yes")
    assert code in (0, None)
    assert not (tmp_path / "repo" / "negotiations" / kept).exists()


def test_a_purge_leaves_hashes_only_and_the_text_is_refused_when_it_comes_again(run, kept, texts, tmp_path) -> None:
    run("negotiation", "purge", kept, "--reason", "spilled", "--spill", "S-1", "--yes")
    assert run("negotiation", "list", as_json=True) == []
    stones = [json.loads(p.read_text()) for p in (tmp_path / "repo" / "purged").glob("*.json")]
    digest = hashlib.sha256(texts[0].read_bytes()).hexdigest()
    assert [(s["reason"], digest in s["hashes"]) for s in stones] == [("spilled", True)]
    everything = b"".join(p.read_bytes() for p in (tmp_path / "repo").rglob("*") if p.is_file())
    assert b"Interest is not funded" not in everything
    code, _, errors = run("import", texts[0], "--family", "sofa")
    assert code == 1
    assert "purged as negotiation tamaris-sofa" in " ".join(errors.split())


def test_a_purged_file_comes_into_no_other_negotiation_by_any_way(run, kept, texts, tmp_path) -> None:
    run("negotiation", "purge", kept, "--reason", "spilled", "--spill", "S-1", "--yes")
    run("negotiation", "new", "other", "--partner", "Tamaris", "--family", "sofa")
    ours = texts[0]
    ways = [("table", ours), ("receive", ours), ("clear", "--draft", ours, "--ask", "L")]
    for verb, *words in ways:
        code, _, errors = run("negotiation", verb, "other", *words)
        assert code == 1, verb
        assert "This file was purged with" in " ".join(errors.split())
    (tmp_path / "draft.docx").write_bytes(word.render(parse_file(texts[1]).agreement))
    run("negotiation", "clear", "other", "--draft", tmp_path / "draft.docx", "--ask", "L")
    assert run("negotiation", "clear", "other", f"L={ours}")[0] == 1
    kept_files = [each for each in (tmp_path / "repo").rglob("*") if each.is_file()]
    assert kept_files
    assert not [each for each in kept_files if each.read_bytes() == ours.read_bytes()]


def test_a_purge_that_was_interrupted_is_finished_by_the_next_write(run, kept, tmp_path, monkeypatch) -> None:
    from agreements import platform

    def killed(folder: Path) -> None:
        if folder.exists():
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(platform, "remove_tree", killed)
        run("negotiation", "purge", kept, "--reason", "spilled", "--spill", "S-1", "--yes")
    root = tmp_path / "repo" / "negotiations"
    assert [p.name for p in root.iterdir()] == [f".purging-{kept}"]
    run("negotiation", "new", "another", "--partner", "Tamaris")
    assert [p.name for p in root.iterdir()] == ["another"]


def test_a_search_finds_nothing_of_a_negotiation(run, kept, texts) -> None:
    run("import", texts[0], "--id", "signed", "--family", "sofa")
    found = run("search", "interest funded Registry thirty days", "--drafts", as_json=True)
    assert {hit["agreement"] for hit in found["hits"]} <= {"signed"}
    assert "Interest is not funded" not in json.dumps(found)
    assert [row["id"] for row in run("list", as_json=True)] == ["signed"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("status", "nowhere"), "There is no negotiation named 'nowhere'"),
        (("new", "Wrong Id", "--partner", "Tamaris"), "is not an id"),
        (("set", "tamaris-sofa", "--approved", "March"), "is not a date"),
        (("set", "tamaris-sofa", "--approved", "2026-02-30"), "2026-02-30 is no day of the calendar"),
        (("round", "tamaris-sofa", "--date", "2026-06-31"), "2026-06-31 is no day of the calendar"),
        (("set", "tamaris-sofa", "--authority", "none"), "authority.kind"),
        (("new", "tamaris-sofa", "--partner", "Tamaris"), "already"),
        (("new", "con", "--partner", "Tamaris"), "cannot be the name of a folder"),
        (("set", "tamaris-sofa", "--family", "pact"), "no family named 'pact'"),
        (("new", "other", "--partner", "Tamaris", "--family", "pact"), "no family named 'pact'"),
        (("step", "tamaris-sofa", "--done", "9"), "no step 9"),
        (("receive", "tamaris-sofa", "nowhere.docx"), "no such file"),
        (("history", "tamaris-sofa", "XL"), "No text of tamaris-sofa has XL"),
        (("hold", "tamaris-sofa", "--release"), "under no legal hold"),
        (("brief", "tamaris-sofa", "-o", "brief.pdf"), "no name for a Word file"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run, kept, arguments, says) -> None:
    code, out, errors = run("negotiation", *arguments)
    assert code == 1
    assert says in " ".join(errors.split())
    assert "Traceback" not in out + errors


def test_a_day_that_stands_in_the_record_from_before_hinders_nothing(run, kept, tmp_path) -> None:
    """No day that the calendar lacks is taken any more; a record that has one is changed all the same."""
    file = tmp_path / "repo" / "negotiations" / kept / "negotiation.yaml"
    file.write_text(file.read_text("utf-8").replace("2026-04-15", "2026-04-31"), "utf-8")
    code, _, errors = run("negotiation", "set", kept, "--objective", "visits")
    assert code in (0, None), errors
    code, _, errors = run("negotiation", "receive", kept, tmp_path / "ours.docx", "--date", "2026-04-31")
    assert (code, "2026-04-31 is no day of the calendar" in errors) == (1, True)


def test_the_brief_holds_both_wordings_and_our_position(run, kept, tmp_path) -> None:
    made = run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx", "--date", "2026-04-16", as_json=True)
    assert made["marking"] == "SENSITIVE BUT UNCLASSIFIED"
    assert [(p["path"], "interest" in p["partner"]) for p in made["open"]] == [("II.2", True), ("III", False)]
    read = parse_file(tmp_path / "brief.docx")
    words = " ".join(p.text for d in read.agreement.documents for p in d.walk())
    for expected in ("Theirs: beyond authority", "within sixty days", "Interest is not funded.", "Port Tamar"):
        assert expected in words
    assert read.agreement.marking == "SENSITIVE BUT UNCLASSIFIED"


def test_what_a_text_is_kept_from_is_checked_before_it_is_kept(run, kept, tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET//NOFORN\n\nArticle 1\n\nThe force shall enter.\n", encoding="utf-8")
    code, _, errors = run("negotiation", "receive", kept, secret)
    assert code == 1
    assert "refused" in errors
    assert len(run("negotiation", "status", kept, as_json=True)["texts"]) == 2


@pytest.mark.skipif(not SOFFICE, reason="LibreOffice is not installed")
def test_the_brief_has_two_pages_however_much_is_open(run, tmp_path) -> None:
    words = " ".join(["The force shall be free to use the areas that the Parties agree on from time to time."] * 4)
    paragraphs = "".join(f"## Article {n}: Use of Areas\n1. {words}\n2. {words}\n" for n in range(1, 25))
    source = f"# Agreement between Valdoria and Tamaris\n\n{paragraphs}"
    ours, theirs = (tmp_path / name for name in ("ours.docx", "theirs.docx"))
    word.write(agreement(source), ours)
    word.write(agreement(source.replace("from time to time", "in writing")), theirs)
    run("negotiation", "new", "areas", "--partner", "Tamaris", "--objective", words[:300])
    run("negotiation", "table", "areas", ours)
    run("negotiation", "receive", "areas", theirs)
    for number in range(1, 9):
        given = ("--fallback", words, "--fallback", words, "--rationale", words[:200])
        run("negotiation", "position", "areas", f"{number}.1", *given)
        run("negotiation", "step", "areas", words[:120])
        run("negotiation", "approve", "areas", f"Office {number}", "--condition", words[:60])
    run("negotiation", "brief", "areas", "-o", tmp_path / "brief.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "brief.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert len(pypdfium2.PdfDocument(tmp_path / "brief.pdf")) <= 2


def test_the_doctor_names_what_is_damaged_in_a_negotiation(run, kept, tmp_path) -> None:
    def damaged() -> list[str]:
        found = run("doctor", as_json=True)["findings"]
        return [f["severity"] for f in found if f["code"] == "damaged-negotiation"]

    assert damaged() == []
    (path,) = (tmp_path / "repo" / "negotiations" / kept / "texts").glob("01-*.docx")
    path.write_bytes(b"another file")
    assert damaged() == ["error"]


def test_a_damaged_negotiation_hides_no_other(run, kept, tmp_path) -> None:
    run("negotiation", "new", "another", "--partner", "Tamaris")
    (tmp_path / "repo" / "negotiations" / kept / "negotiation.yaml").write_text("partner: [", encoding="utf-8")
    _, out, errors = run("negotiation", "list")
    assert "another" in out
    assert "negotiation.yaml" in errors.replace("\n", "")


def test_a_position_on_our_article_is_not_taken_for_one_on_their_new_article_of_that_number(
    run, kept, tmp_path
) -> None:
    theirs = tmp_path / "inserted.docx"  # it has another title too
    new = "## Article II: Respect for Law\nThe force shall respect the law.\n## Article III: Claims"
    moved = OURS.replace("Article IV", "Article V").replace("III: T", "IV: T").replace("## Article II: Claims", new)
    word.write(agreement(moved.replace("ninety", "thirty").replace("# Agreement", "# Arrangement")), theirs)
    run("negotiation", "receive", kept, theirs)
    run("negotiation", "position", kept, "II", "--rationale", "On claims alone.")
    open_points = library.sides_of(tmp_path / "repo", kept).points
    found = {point.partner: [p.key for p in point.positions] for point in open_points}
    assert open_points[0].path == "title"
    assert found["Respect for Law / The force shall respect the law."] == []
    assert found["Claims of third parties shall be settled within thirty days."] == ["II.2", "II"]
    texts = run("negotiation", "history", kept, "II.2", as_json=True)["texts"]
    assert [row["positions"][0]["status"] for row in texts] == [
        "preferred",
        "beyond authority",
        "not a recorded wording",
    ]


def test_positions_on_a_clause_of_our_templates_find_it_in_the_text_we_tabled(run, tmp_path) -> None:
    draft = tmp_path / "draft.docx"
    run("draft", "assemble", shipped("examples") / "drafts" / "sofa-agreement.yaml", "-o", draft)
    record = json.loads(draft.with_name("draft.provenance.json").read_text(encoding="utf-8"))
    clause = next(o for o in record["origins"] if o["clause"] == "claims")
    run("negotiation", "new", "talks", "--partner", "Tamaris", "--family", "sofa")
    run("negotiation", "table", "talks", draft)
    run("negotiation", "position", "talks", "claims", "--beyond", "phrase: shall settle", "--preferred", "Other words.")
    run("paper", "c175", "talks", "-o", tmp_path / "memo.docx")
    memo = docx.Document(str(tmp_path / "memo.docx"))
    rows = [[cell.text for cell in row.cells] for table in memo.tables for row in table.rows]
    departing = next(row for row in rows if row[0] == clause["path"].split(".")[0])
    assert departing[-1] == "beyond authority"


def test_the_brief_names_the_precedents_of_their_words_and_no_draft(run, kept, tmp_path) -> None:
    source = (
        "# Agreement between Germany and France on Visiting Forces\n\n## Article I\n\n### Claims\n\n1. Claims of third "
        "parties shall be settled within thirty days, with interest.\n\nDONE at Kestrel City, this 14th day of March, "
        "1999.\n"
    )
    (tmp_path / "signed.md").write_text(source, encoding="utf-8")
    run("import", tmp_path / "signed.md", "--id", "visiting-1999", "--family", "sofa")
    made = run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx", as_json=True)
    cited = {point["path"]: point["precedents"] for point in made["open"]}
    said = "Article I, paragraph 1 of Agreement between Germany and France on Visiting Forces (1999)"
    assert cited["II.2"] == [f"Says “thirty days”: {said}", f"Says “with interest”: {said}"]
    assert cited["III"] == ["Says “direct”: none found by the program"]
    run("negotiation", "position", kept, "II.2", "--precedent", "visiting-1999#I.1")
    made = run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx", as_json=True)
    assert made["open"][0]["precedents"][0].startswith("Precedent: Article I, paragraph 1")
    run("negotiation", "position", kept, "II.2", "--precedent", "nowhere-1999#I.1")
    made = run("negotiation", "brief", kept, "-o", tmp_path / "brief.docx", as_json=True)
    assert made["open"][0]["precedents"] == ["Precedent: nowhere-1999#I.1 (not held here)"]


def test_an_agreement_is_not_purged_while_its_negotiation_is_under_a_legal_hold(run, kept, texts) -> None:
    run("import", texts[0], "--id", "signed", "--family", "sofa")
    run("negotiation", "set", kept, "--agreement", "signed")
    run("negotiation", "hold", kept, "--reason", "Litigation over claims")
    purge = ("purge", "signed", "--reason", "old", "--authority", "item 3", "--yes")
    code, _, errors = run(*purge)
    assert code == 1
    assert "negotiation about signed is under a legal hold" in " ".join(errors.split())
    run("negotiation", "hold", kept, "--release")
    assert run(*purge)[0] in (0, None)
    assert run("negotiation", "purge", kept, "--reason", "old", "--yes")[0] == 1


def test_what_somebody_else_changed_meanwhile_is_not_written_over(run, tmp_path) -> None:
    run("negotiation", "new", "talks", "--partner", "NOR")
    seen = run("negotiation", "status", "talks", as_json=True)["fingerprint"]
    run("negotiation", "position", "talks", "official_tax", "--held-elsewhere", "Registry, file 1")
    run("negotiation", "set", "talks", "--title", "Visits")
    guarded = ("--expected", seen)
    for words in (
        ("set", "talks", "--title", "Other visits"),
        ("round", "talks", "--date", "2026-05-01"),
        ("approve", "talks", "L"),
        ("step", "talks", "Call the office"),
        ("position", "talks", "official_tax", "--held-elsewhere", "Registry, file 2"),
        ("signing", "talks", "--place", "Oslo"),
    ):
        status, _, said = run("negotiation", *words, *guarded)
        assert (status, "changed by somebody else" in said) == (1, True), words
    now = run("negotiation", "status", "talks", as_json=True)
    assert (now["title"], now.get("steps"), now["positions"][0]["held_elsewhere"]) == (
        "Visits",
        None,
        "Registry, file 1",
    )
    assert run("negotiation", "step", "talks", "Call the office", "--expected", now["fingerprint"])[0] == 0


def test_a_review_says_that_the_limits_of_the_authority_were_not_examined(run, kept) -> None:
    code, _, errors = run("review", "--negotiation", kept, "--no-precedents")
    assert code in (0, None)
    said = " ".join(errors.split())
    assert "Not examined: whether it keeps to the limits of the authority: no interest on claims." in said
