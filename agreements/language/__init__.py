"""The language of treaties: sentences, who acts, what is owed or denied, figures, laws named.

Everything is pure and gives offsets into the characters that it was handed. Its modules are its door, by name; what
they know of words stands in `data/` (abbreviations, actors, modality, currencies). Rules elsewhere have no pattern of
their own for where a sentence ends, how a period is written or what a "not" reaches: they ask here.
"""

__all__ = [
    "actors",
    "dates",
    "lasting",
    "laws",
    "limited",
    "modality",
    "money",
    "named_parties",
    "negation",
    "non_binding",
    "numbers",
    "party_order",
    "periods",
    "sentences",
    "terms",
    "text_style",
    "treaties",
    "typesetting",
    "typography",
    "well_known",
]
