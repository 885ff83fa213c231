"""Actors exchanged at random in drafts that are right, to see how many of these mistakes the checks find.

python -m tests.checks.exchanging --seed 7 --draws 200    each sentence as exchanged, with what is found at its place

Nothing here knows what the checks look for: a draft, one of its operative sentences and one of the actors in it are
drawn, and the actor becomes its opposite (`the United States` the partner, `receiving` `sending`). Many exchanges are
harmless (a right that either side may have, a place that is named twice); which are mistakes is for a reader to say.
"""

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agreements.checks import check
from agreements.checks.passages import operative_places
from agreements.findings import Finding
from agreements.language import named_parties
from agreements.language.sentences import sentences
from agreements.model import Agreement
from tests.checks.planting import DRAFTS, Order, bare_text, referring, with_words

_ROLES = {
    "sending": "receiving",
    "visiting": "receiving",
    "requesting": "supplying",
    "supplying": "receiving",
    "Requesting": "Supplying",
    "Supplying": "Receiving",
    "Receiving": "Supplying",
    "Visiting": "Receiving",
    "host": "visiting",
    "Host": "Visiting",
}
_ROLE = re.compile(rf"\b(?P<role>{'|'.join(_ROLES)}|receiving)(?= (?:State|Party|Side|Participant)\b)")
_ORDERS: tuple[Order, ...] = ("us", "partner")


@dataclass(frozen=True)
class Exchange:
    """An actor of a draft exchanged for its opposite: the words of one sentence before and after."""

    subject: str
    order: str
    path: str
    before: str
    after: str
    found: tuple[Finding, ...]


def exchanges(seed: int, draws: int) -> Iterator[Exchange]:
    """Yield `draws` exchanges drawn with `seed`, over all examples in both alternats, with what is newly found."""
    dice = random.Random(seed)
    names = [file.stem for file in sorted(DRAFTS.glob("*.yaml"))]
    drawn = 0
    while drawn < draws:
        subject, order = dice.choice(names), dice.choice(_ORDERS)
        text = bare_text(subject, order)
        choices = [
            (place, sentence)
            for place in operative_places(text)
            if place.document.language == "en"
            for sentence in sentences(place.provision.text)
        ]
        place, sentence = dice.choice(choices)
        every = [*opposites(text, sentence.words)]
        if not every:
            continue
        start, end, put = dice.choice(every)
        after = sentence.words[:start] + put + sentence.words[end:]
        words = place.provision.text
        planted = referring(with_words(text, place.provision, words[: sentence.start] + after + words[sentence.end :]))
        here = tuple(
            f
            for f in check(planted)
            if f not in _before(subject, order) and (f.where == place.path or f.where.startswith(place.path + "."))
        )
        drawn += 1
        yield Exchange(subject, order, place.path, sentence.words, after, here)


@cache
def _before(subject: str, order: Order) -> frozenset[Finding]:
    return frozenset(check(referring(bare_text(subject, order))))


def opposites(text: Agreement, words: str) -> Iterator[tuple[int, int, str]]:
    """Yield every actor of `words` by its characters, with its opposite in the draft `text`."""
    parties = named_parties.of(text)
    partner = next((party for party in parties if "united states" not in party.state.lower()), None)
    if partner is None or len(parties) != 2:
        return
    name = re.escape(partner.short)
    long = re.escape(partner.state)
    ours = {
        r"[Tt]he Government of the United States(?: of America)?": f"the Government of the {partner.state}",
        r"(?:[Tt]he )?(?:military |competent )*authorities of the United States": f"the authorities of {partner.short}",
        r"(?:[Tt]he )?Executive Agent of the United States": f"the Executive Agent of {partner.short}",
        r"(?:[Tt]he )?(?:armed )?forces of the United States|U\.S\. forces|the United States (?:A|a)rmed (?:F|f)orces":
            f"the armed forces of {partner.short}",
        r"[Tt]he U\.S\. Government": f"the Government of {partner.short}",
        r"(?<!of )[Tt]he United States(?! (?:of America|[A-Z]|armed))": partner.short,
        r"(?<=of )the United States(?! (?:of America|[A-Z]|armed))": partner.short,
    }  # fmt: skip
    theirs = {
        rf"[Tt]he Government of (?:the )?(?:{long}|{name})": "the Government of the United States of America",
        rf"(?:[Tt]he )?(?:\w+ )?authorities of (?:the )?(?:{long}|{name})": "the authorities of the United States",
        rf"(?:[Tt]he )?Executive Agent of {name}": "the Executive Agent of the United States",
        rf"(?:[Tt]he )?(?:armed )?forces of {name}": "U.S. forces",
        rf"(?<!Republic of )(?<!Kingdom of ){name}(?! [A-Z])": "the United States",
    }
    taken: set[int] = set()
    for pattern, put in (*ours.items(), *theirs.items()):
        for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", words):
            if taken.isdisjoint(range(*found.span())):
                taken.update(range(*found.span()))
                opens = found.group()[:3] in ("The", "U.S") and words[: found.start()].strip('"0123456789.() ') == ""
                yield found.start(), found.end(), put[:1].upper() + put[1:] if opens or found.start() == 0 else put
    for found in _ROLE.finditer(words):
        opposite = _ROLES.get(found["role"], "sending" if "sending" in _said(text) else "visiting")
        yield found.start(), found.end(), opposite


def _said(text: Agreement) -> str:
    return " ".join(place.provision.text for place in operative_places(text))


def main() -> None:
    """Print the exchanges, and how many of them anything is found at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--draws", type=int, default=200)
    asked = parser.parse_args()
    every = [*exchanges(asked.seed, asked.draws)]
    for number, each in enumerate(every, 1):
        print(f"{number:3d} {each.subject} {each.order} {each.path}")
        print(f"    - {each.before}")
        print(f"    + {each.after}")
        print(f"    = {', '.join(f'{f.code}' for f in each.found) or 'nothing'}")
    print(f"{sum(1 for each in every if each.found)} of {len(every)} exchanges have a finding at their place")


if __name__ == "__main__":
    main()
