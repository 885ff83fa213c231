"""The import rules: idempotent, never two where one is certain, nothing of a person's overwritten."""

from collections.abc import Callable
from pathlib import Path

import pytest

from agreements.errors import RepositoryError
from agreements.findings import info
from agreements.model import Agreement, Citation, EntryIntoForce, Party, Signing
from agreements.repository import Repository

Make = Callable[..., Agreement]
FILE = b"the file as it was"


def edit(repository: Repository, agreement_id: str, old: str, new: str) -> Path:
    path = repository.folder(agreement_id) / "agreement.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def codes(findings: tuple[object, ...]) -> list[str]:
    return [getattr(f, "code", "") for f in findings]


def test_new_then_unchanged(repository: Repository, make: Make) -> None:
    assert repository.add(make(), source=FILE, name="v.txt").status == "new"
    before = repository.fingerprint()
    again = repository.add(make(), source=FILE, name="v.txt")
    assert (again.status, again.findings) == ("unchanged", ())
    assert repository.fingerprint() == before
    assert repository.history("valdoria-2019") == ()


def test_all_that_was_given_is_held(repository: Repository, make: Make) -> None:
    agreement = make()
    finding = info("furniture", "page 1", "A running head was dropped.")
    outcome = repository.add(agreement, source=FILE, name="v.txt", findings=[finding])
    held = repository.get("valdoria-2019")
    assert held == outcome.agreement
    assert held.documents == agreement.documents  # with the places of the provisions
    assert (repository.folder("valdoria-2019") / "source" / "v.txt").read_bytes() == FILE
    record = repository.reading("valdoria-2019")
    assert record is not None
    assert record.findings == (finding,)
    assert repository.holder(held.sources[0].sha256) == "valdoria-2019"


def test_places_can_be_left_out(repository: Repository, make: Make) -> None:
    repository.add(make(), source=FILE)
    quick = repository.get("valdoria-2019", places=False)
    assert all(p.provenance is None for d in quick.documents for p in d.walk())


def test_the_same_file_under_another_name_is_still_the_same(repository: Repository, make: Make) -> None:
    repository.add(make(), source=FILE)
    outcome = repository.add(make("copy-of-valdoria"), source=FILE)
    assert (outcome.status, outcome.id, codes(outcome.findings)) == ("unchanged", "valdoria-2019", ["held-as"])
    assert repository.ids() == ("valdoria-2019",)


def test_the_same_words_in_another_format_are_not_a_conflict(repository: Repository, make: Make) -> None:
    repository.add(make(), source=FILE, name="v.txt")
    outcome = repository.add(make(), source=b"PK other bytes", name="v.docx")
    assert (outcome.status, codes(outcome.findings)) == ("unchanged", ["same-text"])


def test_two_different_files_with_one_id_are_a_conflict_that_names_both(repository: Repository, make: Make) -> None:
    repository.add(make(), source=FILE, name="first.txt")
    before = repository.get("valdoria-2019")
    outcome = repository.add(make(words="Uniforms may not be worn."), source=b"other", name="second.txt")
    assert outcome.status == "conflict"
    assert "first.txt" in outcome.findings[0].message
    assert "second.txt" in outcome.findings[0].message
    assert repository.get("valdoria-2019") == before


def test_replaced_text_is_kept_in_the_history(repository: Repository, make: Make) -> None:
    repository.add(make(), source=FILE, name="v.txt")
    first = repository.get("valdoria-2019", places=False)
    for words in ("Second words.", "Third words."):
        assert repository.replace(make(words=words), source=words.encode(), name="v.txt").status == "replaced"
    earlier = [e.read() for e in repository.history("valdoria-2019")]
    assert [a.documents[0].provisions[0].children[0].text for a in earlier] == [
        "Second words.",
        "Members of the force may wear their uniforms on duty.",
    ]
    assert earlier[1] == first
    kept = repository.history("valdoria-2019")[1].folder / "source" / "v.txt"
    assert kept.read_bytes() == FILE


class TestHandEdits:
    def test_an_edit_stays_and_the_new_reading_is_beside_it(self, repository: Repository, make: Make) -> None:
        repository.add(make(), source=FILE)
        path = edit(repository, "valdoria-2019", "on duty", "off duty")
        assert repository.edited("valdoria-2019") == ("agreement.md",)
        outcome = repository.add(make(), source=FILE)
        assert (outcome.status, codes(outcome.findings)) == ("unchanged", ["hand-edited"])
        assert "off duty" in path.read_text(encoding="utf-8")
        assert "on duty" in path.with_name("agreement.new.md").read_text(encoding="utf-8")

    def test_even_replace_does_not_overwrite_an_edit(self, repository: Repository, make: Make) -> None:
        repository.add(make(), source=FILE)
        path = edit(repository, "valdoria-2019", "on duty", "off duty")
        outcome = repository.replace(make(words="Other words."), source=b"other")
        assert (outcome.status, codes(outcome.findings)) == ("conflict", ["hand-edited"])
        assert "off duty" in path.read_text(encoding="utf-8")
        assert "Other words." in path.with_name("agreement.new.md").read_text(encoding="utf-8")

    def test_an_edit_of_facts_that_the_text_does_not_contradict_needs_no_second_file(
        self, repository: Repository, make: Make
    ) -> None:
        repository.add(make(), source=FILE)
        path = edit(repository, "valdoria-2019", "family: sofa", "family: sofa\nstatus:\n  value: in-force")
        assert repository.add(make(), source=FILE).findings == ()
        assert not path.with_name("agreement.new.md").exists()
        assert repository.get("valdoria-2019").status.value == "in-force"


class TestFacts:
    """Facts that are held, and texts that may belong to them."""

    def held(self, make: Make) -> Agreement:
        return make(
            "val-sofa",
            text=False,
            title="Agreement regarding Status of Forces",
            citations=(Citation(text="TIAS 1"),),
            entry_into_force=EntryIntoForce(date="2019-09-01"),
        )

    def test_a_text_with_the_id_fills_them(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        outcome = repository.add(make("val-sofa"), source=FILE)
        assert (outcome.status, outcome.id) == ("filled", "val-sofa")
        held = repository.get("val-sofa")
        assert held.text_held
        assert [c.text for c in held.citations] == ["TIAS 1"]
        assert held.title == "Agreement on the Status of Visiting Forces"  # as printed
        assert held.short_title == "Agreement regarding Status of Forces"

    def test_a_text_that_is_certainly_theirs_fills_them_under_their_id(
        self, repository: Repository, make: Make
    ) -> None:
        repository.add(self.held(make))
        outcome = repository.add(make(), source=FILE)
        assert (outcome.status, outcome.id) == ("filled", "val-sofa")
        assert repository.ids() == ("val-sofa",)
        assert "val-sofa" in outcome.findings[0].message

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"parties": ("NOR", "VAL")}, "filled"),  # the order of the parties does not matter
            ({"signed": "2019-05"}, "new"),  # a month alone is not certain
            ({"signed": ""}, "new"),
            ({"parties": ("VAL", "FIN")}, "new"),
            ({"title": "Protocol to the Agreement on the Status of Visiting Forces"}, "new"),  # the same day
            ({"title": "Agreement on Camps and their Use"}, "new"),
            ({"standing": "draft"}, "new"),  # a draft never fills an agreement
        ],
    )
    def test_what_is_certain_and_what_is_not(
        self, repository: Repository, make: Make, changed: dict[str, object], expected: str
    ) -> None:
        repository.add(self.held(make))
        assert repository.add(make(**changed), source=FILE).status == expected

    def test_a_likely_match_is_asked_about_and_the_answer_is_an_import_with_that_id(
        self, repository: Repository, make: Make
    ) -> None:
        repository.add(self.held(make))
        asked = repository.add(make(signed=""), source=FILE)
        assert (asked.status, codes(asked.findings)) == ("new", ["may-fill"])
        assert "--id val-sofa" in asked.findings[0].fix
        answer = repository.add(make("val-sofa", signed=""), source=FILE)
        assert (answer.status, codes(answer.findings)) == ("filled", ["moved"])
        assert repository.ids() == ("val-sofa",)
        assert repository.add(make("val-sofa", signed=""), source=FILE).status == "unchanged"

    def test_two_that_fit_are_asked_about(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        repository.add(self.held(make).model_copy(update={"id": "val-sofa-2"}))
        outcome = repository.add(make(), source=FILE)
        assert (outcome.status, codes(outcome.findings)) == ("new", ["may-fill", "may-fill"])

    def test_a_contradicting_date_is_another_agreement(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        assert repository.add(make(signed="2009-05-03"), source=FILE).findings == ()

    def test_facts_that_differ_are_shown_and_both_kept(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        text = make("val-sofa", entry_into_force=EntryIntoForce(date="2019-10-01"))
        outcome = repository.add(text, source=FILE)
        assert codes(outcome.findings) == ["facts-differ"]
        assert "2019-10-01" in outcome.findings[0].message
        entry = repository.get("val-sofa").entry_into_force
        assert entry is not None
        assert entry.date == "2019-09-01"
        record = repository.reading("val-sofa")
        assert record is not None
        assert record.differing == {"entry_into_force": {"date": "2019-10-01"}}

    def test_what_the_text_adds_to_a_fact_is_taken(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        words = "on the first day of the second month"
        text = make("val-sofa", entry_into_force=EntryIntoForce(formula="5b", evidence=words))
        assert repository.add(text, source=FILE).findings == ()
        entry = repository.get("val-sofa").entry_into_force
        assert entry == EntryIntoForce(date="2019-09-01", formula="5b", evidence=words)

    def test_a_title_in_capitals_is_the_same_title(self, repository: Repository, make: Make) -> None:
        repository.add(self.held(make))
        repository.add(make("val-sofa", title="AGREEMENT REGARDING STATUS OF FORCES"), source=FILE)
        held = repository.get("val-sofa")
        assert (held.title, held.short_title) == ("Agreement regarding Status of Forces", "")
        assert held.documents[0].title == "AGREEMENT REGARDING STATUS OF FORCES"  # as printed

    def test_a_text_that_names_the_organisation_does_not_differ_from_its_members(
        self, repository: Repository, make: Make
    ) -> None:
        repository.add(self.held(make))
        assert repository.add(make("val-sofa", parties=("NATO",)), source=FILE).findings == ()

    def test_facts_once_more_are_unchanged_and_other_facts_a_conflict(self, repository: Repository, make: Make) -> None:
        facts = self.held(make)
        assert [repository.add(facts).status for _ in range(2)] == ["new", "unchanged"]
        other = facts.model_copy(update={"title": "Another title"})
        assert repository.add(other).status == "conflict"
        assert repository.replace(other).status == "replaced"

    def test_members_that_the_text_does_not_name_stay(self, repository: Repository, make: Make) -> None:
        members = tuple(Party(code=c, since="2004") for c in ("EST", "NOR", "VAL", "FIN"))
        repository.add(self.held(make).model_copy(update={"parties": members}))
        outcome = repository.add(make("val-sofa", parties=("VAL", "NOR", "FIN")), source=FILE)
        assert outcome.findings == ()
        assert repository.get("val-sofa").parties == members


class TestOriginals:
    def test_two_originals_are_one_agreement_with_two_files(self, repository: Repository, make: Make) -> None:
        ours, theirs = (
            "Agreement between Valdonia and Norway on Forces",
            "Agreement between Norway and Valdonia on Forces",
        )
        repository.add(make("ours", title=ours), source=b"our file", name="ours.docx")
        other = make("theirs", title=theirs, parties=("NOR", "VAL"))
        outcome = repository.add(other, source=b"their file", name="t.docx")
        assert (outcome.status, outcome.id, codes(outcome.findings)) == ("unchanged", "ours", ["other-original"])
        assert repository.ids() == ("ours",)
        assert sorted(p.name for p in (repository.folder("ours") / "source").iterdir()) == ["ours.docx", "t.docx"]
        assert repository.edited("ours") == ()
        again = repository.add(make("theirs", title=theirs), source=b"their file", name="t.docx")
        assert (again.status, again.id) == ("unchanged", "ours")

    def test_another_version_is_no_original(self, repository: Repository, make: Make) -> None:
        repository.add(make("ours"), source=b"1")
        other = make("draft-of-it", words="Here nearly everything else is said in quite other and many more words.")
        outcome = repository.add(other, source=b"2")
        assert (outcome.status, codes(outcome.findings)) == ("conflict", ["may-be-same"])
        assert repository.ids() == ("draft-of-it", "ours"), "neither is lost"

    def test_what_was_signed_beside_it_is_no_conflict(self, repository: Repository, make: Make) -> None:
        repository.add(make("ours"), source=b"1")
        outcome = repository.add(make("beside", title="Protocol on Bicycles", words="Quite other words."), source=b"2")
        assert (outcome.status, codes(outcome.findings)) == ("new", ["may-be-same"])

    def test_what_one_state_signs_with_others_on_one_day_is_no_version(
        self, repository: Repository, make: Make
    ) -> None:
        """With a party whose name has no code it may be one text misread, and a person is asked."""
        repository.add(make("with-estonia", parties=("USA", "EST")), source=b"1")
        for name, parties, asked in (
            ("latvia", ("USA", "LVA"), []),
            ("unread", ("USA", "Estnia"), ["may-be-same"] * 2),
        ):
            outcome = repository.add(make(f"with-{name}", parties=parties, words=f"Of {name}."), source=name.encode())
            assert (outcome.status, codes(outcome.findings)) == ("new", asked)


def test_a_batch_sees_what_it_added_itself(repository: Repository, make: Make) -> None:
    with repository.writing() as writer:
        statuses = [writer.add(make(f"v-{n}", f"Words {n}.", signed=""), source=b"%d" % n).status for n in (1, 2, 2)]
        assert writer.add(make("v-1", "Other.", signed=""), source=b"9").status == "conflict"
    assert statuses == ["new", "conflict", "unchanged"]
    assert repository.ids() == ("v-1", "v-2")


def test_a_file_name_that_is_no_text_is_said_and_kept_readable(repository: Repository, make: Make) -> None:
    outcome = repository.add(make(), source=FILE, name="v\udcff.txt")
    assert codes(outcome.findings) == ["file-name"]
    assert "\\xff" in outcome.findings[0].message
    assert (repository.folder(outcome.id) / "source" / "v_.txt").read_bytes() == FILE


def test_an_id_too_long_for_a_folder_is_refused(repository: Repository, make: Make) -> None:
    with pytest.raises(RepositoryError, match="characters"):
        repository.add(make("v" * 150), source=FILE)


def test_signing_of_the_text_in_other_words_does_not_differ(repository: Repository, make: Make) -> None:
    held = make("val-sofa", text=False, signings=(Signing(date="2019-05-03", place="Port Aster and Oslo"),))
    repository.add(held)
    assert repository.add(make("val-sofa"), source=FILE).findings == ()
