# ruff: noqa: E501 - a provision of the text form is one line
"""Agreements between invented States, made for the tests of the Word files."""

from agreements.model import Agreement, Document, Party
from agreements.textform import parse_document

MAIN = """
# Agreement between the Government of the Republic of Valdoria and the Government of the Kingdom of Tamaris on the Status of Visiting Forces

## Preamble
The Government of the Republic of Valdoria and the Government of the Kingdom of Tamaris (hereinafter "the Parties"),
Recalling the long friendship between their peoples;
Desiring to settle the status of visiting forces; and
Convinced that clear rules serve both,
Have agreed as follows:

## Article I: Definitions
In this Agreement:
(a) "[visiting force](term:visiting force)" means personnel of one Party who are in the territory of the other with its consent;
(b) "installation" means an area listed in [Annex A](reference:annex-a) and includes:
  (i) its buildings; and
  (ii) its airspace, as [Article 2 of Annex A](reference:annex-a.2) provides.

## Article II: Entry and Exit
1. Members of a visiting force may enter and leave without visas, on showing:
  (a) an identity card; and
  (b) an individual or collective movement order,
  both of which are to be issued in the language of the sending Party & in English.
2. The rules of [paragraph 1 of this Article](reference:II.1) apply to dependents *mutatis mutandis*.
3. [Subparagraph (b) of paragraph 1](reference:II.1.b) does not apply to the crew of an aircraft in transit.

## Article III: Criminal Jurisdiction
The authorities of the receiving Party exercise jurisdiction under its law, subject to [paragraph 2 of Article II](reference:II.2) and [Article IV](reference:IV).

## Article IV: Claims
1. Each Party waives claims against the other for damage to property that its armed forces use.
2. Other claims follow [paragraph 1(a) of Article II](reference:II.1.a), [Articles I](reference:I) and III.
3. [emphatic words](emphasis) stand here, and [US: ten days](bracket:us).

## Article V: Final Provisions
This Agreement enters into force on signature. It remains in force until either Party gives one year's notice.
The Annex forms part of it.

## Testimonium
In witness whereof, the undersigned, duly authorized by their respective Governments, have signed this Agreement.
Done at Port Tamar, in duplicate, this first day of March 2026, in the English language.

## Signature
For the Government of the Republic of Valdoria:
For the Government of the Kingdom of Tamaris:
"""

ANNEX = """
# Annex A: Installations and Areas

## Article 1: Places
The installations are Fort Alder and Quay Nine.

## Article 2: Airspace
1. Flights follow the rules of the receiving Party.
2. The controller is told one hour before a flight.
"""

OFFER = """
# Offer note
No. 17/2026
The Embassy of the Republic of Valdoria presents its compliments to the Ministry of Foreign Affairs of the Kingdom of Tamaris and has the honor to propose the following:
1. Members of the visiting force may enter with a movement order.
2. With respect to claims:
  (a) each Party waives claims for its own property; and
  (b) other claims follow [paragraph 1](reference:1).
The Embassy avails itself of this opportunity to renew to the Ministry the assurances of its highest consideration.
Port Tamar, 1 March 2026
"""

REPLY = """
# Reply note
The Ministry of Foreign Affairs of the Kingdom of Tamaris presents its compliments to the Embassy of the Republic of Valdoria and has the honor to accept the proposal of its Note No. 17/2026.
Port Tamar, 2 March 2026
"""

PARTIES = (
    Party(name="Government of the Republic of Valdoria"),
    Party(name="Government of the Kingdom of Tamaris"),
)


def document(source: str) -> Document:
    return parse_document(source.strip() + "\n")


def visiting_forces() -> Agreement:
    """A signed agreement with an annex, references of every kind, lists to three levels and closing words."""
    main = document(MAIN)
    return Agreement(
        id="val-tam-2026",
        family="sofa",
        title=main.title or "",
        parties=PARTIES,
        form="agreement",
        marking="UNCLASSIFIED",
        standing="draft",
        documents=(main, document(ANNEX)),
    )


def exchange() -> Agreement:
    """An exchange of notes: the offer with numbered points, and the reply."""
    return Agreement(
        id="val-tam-notes",
        form="exchange-of-notes",
        parties=PARTIES,
        documents=(document(OFFER), document(REPLY)),
    )


def titled_notes() -> Agreement:
    """Notes under a heading of their own, a numbered point without words before its list, an article without any."""
    offer = document("# Offer note: Nr. I\n\nExcellency,\n1. {paragraph}\n  (a) first;\n  (b) second.\n")
    reply = document("# Reply note: Nr. II\n\nExcellency,\nI accept.\n")
    minutes = document("# Agreed minutes: Agreed Minutes to the Exchange\n\n## Article 1\n\n## Article 2\nWords.\n")
    return Agreement(id="titled-notes", form="exchange-of-notes", documents=(offer, reply, minutes))


def headed_preamble() -> Agreement:
    """A preamble under a heading, and an annex that is not numbered."""
    main = document(
        "# Agreement on Heads\n\n## Preamble: Recitals\nThe Parties,\nHave agreed:\n\n## Article 1\nWords.\n"
    )
    return Agreement(id="headed", documents=(main, document("# Annex: Areas\n\nFort Alder.\n")))


def odd_numbers() -> Agreement:
    """Numbers as imported texts have them: gaps, `5 bis`, lists that begin anew, parts and deep items."""
    source = """
# Convention on Odd Numbers

## {label="Title"} Part One: Beginnings

### Article 1: First
1. Words:
  (a) one;
    (i) deep;
      {item n="(A)"} deeper;
        {item n="(1)"} deepest of all;
2. Words.

### Article 1 bis: Put in later
Opening words.
(1) Bracketed.
(2) Bracketed too.

### Article 3
4. Begins at four.
5. Goes on.
7. Leaves a gap.

## Part Two: Ends

### Article 4: {braces} & more
Own words.
"""
    return Agreement(id="odd", documents=(document(source),))


def named_signers() -> Agreement:
    """Signature blocks with names and titles under them, for three parties."""
    source = """
# Agreement on Signing

## Article 1
Words.

## Testimonium
Done at Port Tamar on 1 March 2026.

## Signature
FOR VALDORIA:
Ada Alder
Minister of Defense
FOR TAMARIS:
Bo Birch
FOR CORVANE:
Cy Cedar
"""
    return Agreement(id="signed", documents=(document(source),))
