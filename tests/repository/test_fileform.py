"""Agreements as files: lossless, and what a person types by hand stays what was typed."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.errors import RepositoryError
from agreements.model import Agreement, Citation, Document, EntryIntoForce, Party, Provision, Signing, Source, Status
from agreements.repository.fileform import print_agreement, read_agreement, read_facts

HOSTILE = st.one_of(
    st.sampled_from(["no", "NO", "~", "null", "2010-10-10", "08", "1e3", "---", "- x", "a: b", "#", "'", '"', "&a *a"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
WORDS = HOSTILE.map(lambda s: " ".join("".join(c if c.isprintable() else " " for c in s).split()))
DATES = st.sampled_from([None, "1951", "1951-06", "1951-06-19"])
PARTIES = st.builds(Party, code=HOSTILE, name=HOSTILE, since=DATES)
DOCUMENTS = st.builds(
    Document,
    role=st.sampled_from(["main", "annex", "offer-note"]),
    language=st.sampled_from(["en", "fr"]),
    number=st.sampled_from([None, "A", "A-2", "1", "con", "a/b"]),
    title=st.none() | WORDS,
    provisions=st.lists(st.builds(Provision, kind=st.just("text"), text=WORDS), max_size=2).map(tuple),
)
AGREEMENTS = st.builds(
    Agreement,
    id=st.just("x-1"),
    title=HOSTILE,
    parties=st.lists(PARTIES, max_size=3).map(tuple),
    signings=st.lists(st.builds(Signing, date=DATES, place=HOSTILE), max_size=2).map(tuple),
    entry_into_force=st.none() | st.builds(EntryIntoForce, date=DATES, evidence=HOSTILE),
    binding=st.sampled_from([None, True, False]),
    termination_notice_months=st.none() | st.integers(0, 99),
    termination_notice_days=st.none() | st.integers(0, 999),
    citations=st.lists(st.builds(Citation, text=HOSTILE.filter(bool)), max_size=2).map(tuple),
    notes=st.lists(HOSTILE, max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, file=HOSTILE), max_size=2).map(tuple),
    documents=st.lists(DOCUMENTS, max_size=4).map(tuple),
)


ALIASES = "\n".join(
    ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))],
)


def written(agreement: Agreement, folder: Path) -> Path:
    for name, text in print_agreement(agreement).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def by_hand(folder: Path, front: str, body: str = "") -> Path:
    (folder / "agreement.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
    return folder


@given(AGREEMENTS)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back(agreement: Agreement) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read_agreement(written(agreement, Path(folder))) == agreement


def test_only_what_says_something_is_written() -> None:
    text = print_agreement(Agreement(id="x", title="Agreement on Camps"))["agreement.md"]
    assert text == "---\nid: x\ntitle: Agreement on Camps\n---\n"


def test_quick_facts_agree_with_the_whole(tmp_path: Path) -> None:
    whole = Agreement(
        id="x",
        documents=(
            Document(provisions=(Provision(kind="text", text="words"),)),
            Document(role="annex", language="fr", provisions=(Provision(kind="text", text="mots"),)),
        ),
    )
    facts, languages = read_facts(written(whole, tmp_path))
    assert facts == whole.model_copy(update={"documents": ()})
    assert languages == ("en", "fr")


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("title: no", "title", "no"),  # YAML 1.1 makes this False
        ("title: 2010-10-10", "title", "2010-10-10"),  # and this a date
        ("title: 1_000", "title", "1_000"),
        ("title: 08", "title", "08"),
        ("title: ~", "title", "~"),
        ("title: on the status", "title", "on the status"),
        ("binding: no", "binding", False),
        ("termination_notice_months: 12", "termination_notice_months", 12),
        ("parties: [{code: NO}]", "parties", (Party(code="NO"),)),  # Norway's other code
        ("signings:\n- date: 1951-06-19\n  place:", "signings", (Signing(date="1951-06-19"),)),
        ("status: {value: in-force, as_of: 2025}", "status", Status(value="in-force", as_of="2025")),
        ("short_title:", "short_title", ""),  # an empty line means nothing, not the word None
    ],
)
def test_hand_edits_mean_what_was_typed(tmp_path: Path, line: str, field: str, value: Any) -> None:
    assert getattr(read_agreement(by_hand(tmp_path, f"id: x\n{line}")), field) == value


@pytest.mark.parametrize(
    ("front", "body", "said"),
    [
        ("id: x\ntitle: 'open", "", "line"),  # not YAML: the line is named
        ("id: x\ntitel: y", "", "titel is not a field; known: id"),
        ("id: x\nsignings:\n- date: 19 June 1951", "", "signings.0.date: '19 June 1951' is not a date"),
        ("just words", "", "not a list"),
        ("id: x", "# T\n\n#### Article 1", "line 6"),  # in the file, not in the text after the facts
        ("id: x\ndocuments: [annex-a.en.md]", "", "annex-a.en.md"),
        ("id: x\ndocuments: annex", "", "not a list of file names"),
        ("id: x\n? [a, b]\n: c", "", "front matter"),
        ("id: x\nnotes: " + "[" * 5000, "", "front matter"),
        (ALIASES, "", "more"),  # nine lines that stand for 387 million words
    ],
)
def test_damage_is_explained_with_file_and_place(tmp_path: Path, front: str, body: str, said: str) -> None:
    with pytest.raises(RepositoryError) as caught:
        read_agreement(by_hand(tmp_path, front, body))
    assert said in str(caught.value)
    assert "agreement.md" in str(caught.value)


def test_a_missing_or_unreadable_file_is_an_error_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="missing"):
        read_agreement(tmp_path)
    (tmp_path / "agreement.md").write_bytes(b"---\nid: \xff\n---\n")
    with pytest.raises(RepositoryError, match="cannot be read"):
        read_agreement(tmp_path)


def test_windows_line_ends_and_a_byte_order_mark_are_welcome(tmp_path: Path) -> None:
    (tmp_path / "agreement.md").write_bytes("\ufeff---\r\nid: x\r\n---\r\n# Title\r\n\r\nwords\r\n".encode())
    agreement = read_agreement(tmp_path)
    assert agreement.documents[0].provisions[0].text == "words"


def test_a_file_put_into_documents_by_hand_is_read(tmp_path: Path) -> None:
    by_hand(tmp_path, "id: x")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "annex-b.fr.md").write_text("---\nlanguage: fr\n---\n# Annex B\n", encoding="utf-8")
    assert [(d.role, d.number, d.language) for d in read_agreement(tmp_path).documents] == [("annex", "B", "fr")]


def test_file_names_are_legal_on_windows() -> None:
    documents = tuple(Document(role="annex", number=n) for n in ("a?b", "A", "a", "con"))
    names = list(print_agreement(Agreement(id="x", documents=(Document(), *documents))))
    assert len({n.lower() for n in names}) == len(names)
    assert not any(set('<>:"\\|?*') & set(n) for n in names)
