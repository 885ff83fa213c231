"""The negotiation of the guide up to their first answer, for tests of the screens about it."""

import shutil
from pathlib import Path

from agreements import library
from agreements.repository.places import seed

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "negotiation"
TALKS = "tessaria-sofa"
COUNTER = (
    "A certificate of the competent authorities of Arvenna that an act or omission occurred in the performance of "
    "official duty shall be sufficient evidence, unless the contrary is proved, for the purposes of paragraph 2(a) of "
    "this Article."
)


def negotiated(folder: Path) -> Path:
    """Make a repository in `folder` with the talks with Tessaria, the draft that was tabled and the answer to it."""
    repository = folder / "repository"
    seed(repository)
    shutil.copy(EXAMPLE / "answer-1.docx", folder / "answer-1.docx")
    report = library.assemble_file(EXAMPLE / "sofa-tessaria.yaml", repository=lambda: repository)
    library.write_draft(report.draft, folder / "draft.docx")
    facts = {"partner": "Tessaria", "family": "sofa", "title": "Status of forces agreement with Tessaria"}
    library.begin_negotiation(
        repository, TALKS, {**facts, "our_label": "ARVENNA", "their_label": "TESSARIA"}
    )  # fmt: skip
    library.set_negotiation(repository, TALKS, {"stage": "cleared-to-negotiate", "date": "2027-01-15"})
    on_certificates = {
        "preferred": {"phrase": "shall be conclusive for the purposes of paragraph 2(a)"},
        "fallbacks": [{"phrase": "shall be sufficient evidence, unless the contrary is proved,"}],
        "beyond": [{"phrase": "shall be given due weight"}],
    }
    library.record_position(repository, TALKS, "VII.4", on_certificates)
    on_notice = {
        "preferred": {"phrase": "Termination takes effect twelve (12) months after"},
        "fallbacks": [{"phrase": "Termination takes effect six (6) months after"}],
    }
    library.record_position(repository, TALKS, "XVII.4", on_notice)
    library.add_round(repository, TALKS, {"date": "2027-02-10", "place": "Port Elian"})
    library.keep_text(repository, TALKS, folder / "draft.docx", "us", {"date": "2027-02-10"})
    library.keep_text(repository, TALKS, folder / "answer-1.docx", "partner", {"date": "2027-03-22"})
    return repository
