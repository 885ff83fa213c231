"""Variants are read from the words alone; what the words do not settle is left unsure."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from agreements import parsing, reading
from agreements.classifying.variants import CODES, variants_in
from agreements.model import Agreement
from agreements.reference import Reference, resolve
from agreements.registry import VARIANTS

LABELS = Path(__file__).with_name("variant_labels.csv")


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (
            "criminal_jurisdiction",
            "The State of origin waives its primary right, except where a case is of particular importance.",
            "J4",
        ),
        ("criminal_jurisdiction", "The host shall not grant immunity from criminal jurisdiction to anybody.", None),
        (
            "criminal_jurisdiction",
            "Personnel have a status equivalent to that of the administrative and technical staff of an embassy under "
            "the Vienna Convention.",
            "J2",
        ),
        (
            "criminal_jurisdiction",
            "At the request of Borduria, its ally shall ask the competent authorities to waive jurisdiction over him.",
            "J7",
        ),
        (
            "criminal_jurisdiction",
            "The primary right is the host's; it may request the authorities to waive the primary right to exercise "
            "jurisdiction.",
            None,  # a request within a division of rights is no reciprocity
        ),
        ("claims", "Claims arising from a flight shall be settled by consultation between the authorities.", "C4"),
        ("claims", "What a holder may claim in such goods shall be settled by negotiation.", None),
        ("claims", "Each Party shall bear the loss of or damage to its own property; each bears its own costs.", None),
        ("claims", "Each Party shall bear its own losses and damage that arise from an order.", "C5"),
        (
            "recall_window",
            "The waiver stands. The Minister may recall the waiver in writing within thirty (30) days of the notice.",
            "30 days",
        ),
        ("recall_window", "The waiver may be recalled by the Minister at any time.", None),
        (
            "claims",
            "The Parties waive all claims, other than contractual claims, for damage to property and injury or death.",
            "C1",
        ),
        ("claims", "The Parties waive claims for damage to aircraft.", None),  # neither full nor limited as in C3
        ("termination_notice", "Either Party may terminate it by giving 180 days' written notice.", "180 days"),
        ("termination_notice", "Either Party may denounce it by one year's notice.", "12 months"),
        ("termination_notice", "It may be amended upon ninety days' notice.", None),  # no notice of termination
        (
            "termination_notice",
            "It may be terminated by six months notice. A Party may also terminate it by giving one year's notice.",
            None,  # two answers: a person must look
        ),
        ("fees", "Aircraft shall be exempt from landing and parking fees.", "waived"),
        ("fees", "No exemption from landing fees is granted.", None),
        ("tax_method", "Nothing herein grants any exemption from taxes.", None),
        ("tax_method", "No exemption from taxes is granted to nationals.", None),
        ("tax_method", "The exemption from taxes does not apply to local purchases.", None),
        ("tax_method", "Members of U.S. forces are exempt from U.S. and local taxes.", "exempt"),
        ("fees", "U.S. aircraft shall not be subject to any landing fees.", "waived"),
        ("fees", "Aircraft shall not be exempt from landing fees.", None),
        ("driving_licences", "The host shall not accept as valid driving licences of U.S. States.", None),
        ("driving_licences", "The host shall accept as valid, for U.S. personnel, driving licences.", "accepted"),
        ("claims", "The Parties do not waive claims for damage, injury or death, other than contractual claims.", None),
        (
            "criminal_jurisdiction",
            "Neither State shall have exclusive jurisdiction of the sending State's courts.",
            None,
        ),
        ("termination_notice", "Notice of termination is deemed to have been received ten days after receipt.", None),
        (
            "termination_notice",
            "It may be terminated upon one hundred eighty days' notice by the U.S. Party.",
            "180 days",
        ),
        ("tax_method", "Relief is given at the point of sale.", "relief at the point of sale"),
        ("term", "This Agreement shall remain in force for an initial period of ten years.", "10 years"),
        ("term", "Records shall be kept for a period of five years.", None),  # not the agreement
        ("term", "It shall remain in force for five (5) years and thereafter until terminated.", "5 years"),
        (
            "term",
            "This Agreement shall remain in force up to and including 31 December 2006 unless it is terminated.",
            "until 31 December 2006",
        ),
    ],
)
def test_what_the_words_settle(kind: str, text: str, code: str | None) -> None:
    found = VARIANTS[kind].read(text)
    assert (found.code if found else None) == code
    if found:
        assert text[found.start : found.start + len(found.words)] == found.words


def test_only_the_topics_of_a_clause_are_read() -> None:
    text = "Either Party may terminate this Agreement by giving six months' notice."
    assert [v.code for v in variants_in(text, ["termination"])] == ["6 months"]
    assert variants_in(text, ["labor"]) == ()


def test_every_code_is_explained() -> None:
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    assert {r["code"] for r in rows if r["code"][:1] in ("J", "C")} <= CODES.keys()
    assert {r["kind"] for r in rows} <= VARIANTS.keys()


def _agreements(shared: Path, wanted: set[str]) -> dict[str, Agreement]:
    found = {}
    for file in (shared / "treaties" / "security").iterdir():
        if file.stem in wanted:
            found[file.stem] = parsing.parse(reading.read(file), id=file.stem).agreement
    with gzip.open(shared / "treaties" / "world" / "treaties-en.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] in wanted:
                found[row["id"]] = parsing.parse(reading.read_text(row["text"], name="x.md"), id=row["id"]).agreement
    return found


def test_precision_on_provisions_that_were_read_by_a_person(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines()))
    assert len({r["ref"] for r in rows}) >= 60
    held = _agreements(shared, {Reference.parse(r["ref"]).agreement for r in rows})
    right = wrong = unsure = silent = 0
    mistakes = []
    for row in rows:
        reference = Reference.parse(row["ref"])
        found = VARIANTS[row["kind"]].read(resolve(held[reference.agreement], reference.path).provision.words())
        if found is None:
            unsure += bool(row["code"])
            silent += not row["code"]
        elif found.code == row["code"]:
            right += 1
        else:
            wrong += 1
            mistakes.append(f"{row['ref']} {row['kind']}: {found.code}, not {row['code'] or 'anything'}")
    stated = sum(bool(r["code"]) for r in rows)
    with capsys.disabled():
        print(
            f"\n  variants: {len(rows)} readings of {len({r['ref'] for r in rows})} provisions; {right + wrong} codes "
            f"given, precision {right / (right + wrong):.3f}; {unsure} of {stated} left unsure "
            f"({unsure / stated:.0%}), {silent} rightly without a code"
        )
    assert not mistakes, mistakes
    assert right >= 0.85 * stated
