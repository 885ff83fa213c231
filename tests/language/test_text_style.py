"""What a style changes in a line, and what it leaves alone."""

import pytest

from agreements.language.text_style import TextStyle, style_changes

US = TextStyle()
UK = TextStyle(serial_comma=False, dates="day-first", spelling="uk", quotes="single", united_states="United States")


def _as(style: TextStyle, text: str) -> str:
    out, last = "", 0
    for change in style_changes(text, style):
        out, last = f"{out}{text[last : change.start]}{change.words}", change.end
    return out + text[last:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("signed at Merrow on 14 March 1999.", "signed at Merrow on March 14, 1999."),
        ("from 1 May to 30 June 2028", "from May 1 to June 30, 2028"),  # two days that share a year
        ("a programme of manoeuvres and refuelling", "a program of maneuvers and refueling"),
        ("the notes of 5 and 9 July 1987", "the notes of 5 and 9 July 1987"),  # one year for two days
        ("free of duties, taxes and charges", "free of duties, taxes, and charges"),
        ("U.S. personnel, dependents and U.S. contractors", "U.S. personnel, dependents, and U.S. contractors"),
        ("In time of war, forces and dependents may leave.", "In time of war, forces and dependents may leave."),
        ("the items, the type and marks of each", "the items, the type and marks of each"),  # the pair is one point
        ("the name, rank or grade, and signature", "the name, rank or grade, and signature"),
        ("shall grant, promptly and free of charge, visas", "shall grant, promptly and free of charge, visas"),
        ("persons, military and civilian, who belong to it", "persons, military and civilian, who belong to it"),
        ("with, or by, forces or the activities", "with, or by, forces or the activities"),  # `by,` ends an aside
        (
            "Where a force is present, forces and contractors may enter.",
            "Where a force is present, forces and contractors may enter.",
        ),
        (
            "If so, or while a force is there, crews and guests may enter.",
            "If so, or while a force is there, crews and guests may enter.",
        ),
        ("Vessels, aircraft and vehicles may enter.", "Vessels, aircraft, and vehicles may enter."),  # the subject
        ("as received, fair wear and tear excepted", "as received, fair wear and tear excepted"),
        ("Port Sable, one hangar and the apron", "Port Sable, one hangar and the apron"),  # describes a name
        ("the harbour and the Ministry of Defence", "the harbor and the Ministry of Defence"),  # a name keeps its own
        ("a laboratory, a centred beam, an honorary rank", "a laboratory, a centred beam, an honorary rank"),
        ("for United States forces in the United States", "for U.S. forces in the United States"),
        ("between Karuzhan and United States of America", "between Karuzhan and United States of America"),
        ("free of duty, tax and other charge", "free of duty, tax, and other charge"),
        ("fuel, water, heat and other utilities", "fuel, water, heat, and other utilities"),
        ("the visas, and other papers", "the visas, and other papers"),
        ("in March, June, September and December", "in March, June, September, and December"),
        ("Annex A, Annex B and Annex C", "Annex A, Annex B, and Annex C"),
        ("Articles VII, VIII and IX continue", "Articles VII, VIII, and IX continue"),
        (
            "wagons and containers, whoever owns or operates them",
            "wagons and containers, whoever owns or operates them",
        ),
        (
            "shall give help, secure the place and the supplies in transit, and tell it",
            "shall give help, secure the place and the supplies in transit, and tell it",
        ),
        ("called 'the Site' by the Party's staff", 'called "the Site" by the Party\'s staff'),
    ],
)
def test_in_the_style_of_the_department(before: str, after: str) -> None:
    assert _as(US, before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("signed on March 14, 1999", "signed on 14 March 1999"),
        ("fuel, oil, and lubricants", "fuel, oil and lubricants"),
        ("logistic support, supplies, and services", "logistic support, supplies, and services"),  # 10 U.S.C. 2350
        ("labor, defense and harbors", "labour, defence and harbours"),
        ("a license and a laboratory", "a license and a laboratory"),
        ("U.S. forces, under 10 U.S.C. 2342", "United States forces, under 10 U.S.C. 2342"),
        ("the \"Sides' 'open' list\"", "the 'Sides' \"open\" list'"),
        ('a line "that goes on', 'a line "that goes on'),
    ],
)
def test_in_the_style_of_many_partners(before: str, after: str) -> None:
    assert _as(UK, before) == after


def test_what_is_in_the_style_is_left_as_it_is() -> None:
    for style in (US, UK):
        once = _as(
            style, "On 3 May 2027 the forces, dependents and contractors of the United States used U.S. harbors."
        )
        assert _as(style, once) == once


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from May 1 to June 30, 2028", "from 1 May to 30 June 2028"),
        ("a program of maneuvers and refueling", "a programme of manoeuvres and refuelling"),
        ("a computer program", "a computer program"),
        ("Utilities are read from meters.", "Utilities are read from meters."),  # what measures is a meter there too
    ],
)
def test_what_the_british_style_writes(before: str, after: str) -> None:
    assert _as(UK, before) == after
