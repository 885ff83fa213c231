"""The verbs that make the papers around a negotiation: memoranda, matrices, transmittals, cables."""
