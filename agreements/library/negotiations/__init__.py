"""The verbs of a negotiation: keep it, look at it, join two texts, brief the delegation, hand it over."""
