"""Negotiations: positions and how a text stands to them, rounds and texts, the joint text, papers, deadlines."""
