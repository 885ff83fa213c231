"""What agreements are to each other over time: names, references, effects, the text on a day.

The room is entered through its modules:

* `names`: which agreement of a repository a name means.
* `citations`: references to other agreements, led to those that are held.
* `ledger`: what later instruments did, who belonged to what when, what is not held.
* `consolidation`: an agreement as it stood on a day.
* `shown`: an agreement or a provision with its citation, changes and references.
* `incorporation`: what a text applies of another instrument.
* `graph`: what stands on what.
* `history`: what was signed, in force and ended when; relations and the status on a day.
"""

__all__ = ["citations", "consolidation", "graph", "history", "incorporation", "ledger", "names", "shown"]
