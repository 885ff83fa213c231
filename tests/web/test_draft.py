"""A draft in the workbench: every answer is kept, whatever comes after; the files are those of the command."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agreements import library
from agreements.drafting import interview_file
from agreements.drafting.interview import Interview
from tests.drafting.test_interview import ANSWERS
from tests.web.conftest import Asking, OpenWorkbench
from tests.web.negotiating import EXAMPLE
from tests.web.test_tables import words_in


@pytest.fixture(autouse=True)
def same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hidden marks of a draft are made from a key that is drawn once; here it is the same for all."""
    monkeypatch.setattr(interview_file.secrets, "token_hex", lambda count: "5" * 2 * count)


@pytest.fixture
def client(open_workbench: OpenWorkbench, own_repository: Path) -> Asking:
    """A client at a workbench whose repository the test may write to."""
    return open_workbench(own_repository)


def answered(client: Asking, name: str, family: str) -> Path:
    """Begin a draft and answer all of it, form by form; return its file."""
    assert client.post_form("/draft", {"name": name, "family": family}).headers["location"] == f"/draft/{name}"
    file = library.draft_file(client.workbench.desk.repository.root, name)
    while (interview := library.open_interview(file)).question():
        at = interview.question()
        assert at is not None
        fields = interview.fields(at.name)
        data: dict[str, Any] = {"question": at.name}
        if fields:
            data |= {field.field: ANSWERS.get(field.field, "") or field.default for field in fields}
        else:
            data["answer"] = wanted(at)
        answer = client.post_form(f"/draft/{name}", data)
        assert answer.status_code == 303, words_in(answer.text)
    return file


def wanted(question: Any) -> str:
    """Return what is answered to a question: nothing where that will do."""
    found = ANSWERS.get(question.field or question.name, "")
    if not found and question.required and not question.default and not question.given:
        found = question.choices[0].value if question.choices else question.example
    return str(found)


def by_command(file: Path, family: str) -> bytes:
    """Return what `draft new` writes for the same answers."""
    interview: Interview = interview_file.begin(family, file)
    while question := interview.question():
        assert interview.answer(question, wanted(question)) == ""
        interview_file.save(interview, file)
    return file.read_bytes()


@pytest.mark.parametrize("family", ["sofa", "acsa"])
def test_the_answers_are_those_that_the_command_writes(client: Asking, tmp_path: Path, family: str) -> None:
    file = answered(client, "tamaris", family)
    other = tmp_path / "own" / file.name
    other.parent.mkdir()
    assert file.read_bytes() == by_command(other, family)
    assert client.get("/draft/tamaris/parameters").content == file.read_bytes()
    page = client.get("/draft/tamaris")
    assert "Every question is answered." in page.text
    for whose in ("us", "partner"):
        sent = client.get("/draft/tamaris/word", params={"original": whose})
        target = tmp_path / f"{whose}.docx"
        report = library.assemble_file(
            file,
            target,
            original=whose,
            copies=library.CopyOptions(page_numbers=True),  # type: ignore[arg-type]
        )
        assert sent.content == report.files[0].read_bytes()
        assert sent.headers["content-disposition"].startswith("attachment")


def test_going_back_keeps_all_later_answers_and_the_change_is_shown(client: Asking) -> None:
    file = answered(client, "tamaris", "sofa")
    before = yaml.safe_load(file.read_text(encoding="utf-8"))
    page = client.get("/draft/tamaris", params={"at": "claims_model"}).text
    assert re.search(r'value="C1" checked', page)
    assert client.post_form("/draft/tamaris", {"question": "claims_model", "answer": "C3"}).status_code == 303
    after = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert after["parameters"] == before["parameters"] | {"claims_model": "C3"}
    assert {k: v for k, v in after.items() if k != "parameters"} == {
        k: v for k, v in before.items() if k != "parameters"
    }
    page = client.get("/draft/tamaris").text
    inserted = " ".join(re.findall(r"<ins>(.*?)</ins>", page, re.DOTALL))
    assert "gross negligence" in inserted
    assert "<del>" in page
    assert 0 < page.count("data-change") < page.count('class="line ') / 4
    client.post_form("/draft/tamaris", {"question": "claims_model", "answer": "C1"})
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["parameters"] == before["parameters"] | {
        "claims_model": "C1"
    }


def test_an_answer_that_does_not_fit_is_said_and_nothing_is_lost(client: Asking) -> None:
    file = answered(client, "tamaris", "sofa")
    before = file.read_bytes()
    answer = client.post_form("/draft/tamaris", {"question": "termination_notice", "answer": "{}"})
    assert answer.status_code == 400
    assert "12 months" in words_in(answer.text)
    assert 'value="{}"' in answer.text
    assert client.post_form("/draft/tamaris", {"question": "nothing", "answer": "x"}).status_code == 400
    assert file.read_bytes() == before
    assert "Every question is answered" not in client.get("/draft/tamaris?at=claims_model").text


def test_hostile_answers_are_shown_to_the_letter_and_marked_ones_are_not_kept(client: Asking) -> None:
    file = answered(client, "tamaris", "sofa")
    fields = ANSWERS | {"long": "Republic of <script>alert(1)</script> & Co"}
    assert client.post_form("/draft/tamaris", {"question": "receiving", **fields}).status_code == 303
    page = client.get("/draft/tamaris?at=receiving").text
    assert "<script>alert" not in page
    assert "Republic of &lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in page
    before = file.read_bytes()
    marked = client.post_form("/draft/tamaris", {"question": "activities", "answer": "(S//NF) exercises"})
    assert marked.status_code == 422
    assert file.read_bytes() == before


def test_a_draft_that_is_not_complete_says_what_lacks(client: Asking) -> None:
    client.post_form("/draft", {"name": "half", "family": "sofa"})
    assert "Choose the form first" in client.get("/draft/half").text
    client.post_form("/draft/half", {"question": "form", "answer": "agreement"})
    page = client.get("/draft/half").text
    assert "examples stand in the text" in page
    refused = client.get("/draft/half/word")
    assert (refused.status_code, "does not assemble yet" in refused.text) == (422, True)
    assert 'href="/draft/half"' in client.get("/draft").text


def test_names_of_drafts_are_no_paths_and_a_draft_is_not_begun_twice(client: Asking, own_repository: Path) -> None:
    for name in ("../x", "a/b", "", "x" * 99, ".hidden"):
        assert client.post_form("/draft", {"name": name, "family": "sofa"}).status_code == 400, name
    assert client.post_form("/draft", {"name": "one", "family": "nothing"}).status_code == 404
    assert client.post_form("/draft", {"name": "one", "family": "sofa"}).status_code == 303
    assert client.post_form("/draft", {"name": "one", "family": "acsa"}).status_code == 400
    assert client.get("/draft/two").status_code == 404
    assert [file.name for file in (own_repository / "drafts").iterdir()] == ["one.yaml"]
    typed = client.post_form("/draft", {"name": " Tamaris  SOFA ", "family": "sofa"})
    assert typed.headers["location"] == "/draft/tamaris-sofa"
    unchosen = client.post_form("/draft/tamaris-sofa", {"question": "form"})
    assert (unchosen.status_code, "Choose one of these." in unchosen.text) == (400, True)


def test_a_workbench_that_is_read_only_keeps_no_answer(open_workbench: OpenWorkbench, own_repository: Path) -> None:
    client = open_workbench(own_repository, read_only=True)
    assert client.post_form("/draft", {"name": "one", "family": "sofa"}).status_code == 403
    assert not (own_repository / "drafts").exists()


def test_a_draft_between_parties_of_one_name_says_so(client: Asking, own_repository: Path) -> None:
    file = own_repository / "drafts" / "same.yaml"
    file.parent.mkdir()
    words = (EXAMPLE / "sofa-tessaria.yaml").read_text(encoding="utf-8")
    words = words.replace("Tessaria", "Arvenna").replace("Kingdom", "Republic")
    words += "  sending_signer: {title: Minister}\n  receiving_signer: {title: Minister}\n"
    file.write_text(words, encoding="utf-8")
    assert "Two Parties are called Republic of Arvenna." in client.get("/draft/same").text
