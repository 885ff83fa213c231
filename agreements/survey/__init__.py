"""Tables over everything that is held: which agreement has what, and where.

`absence` is what is said of a topic that is not seen, `coverage` is core topics by agreements, `accepted` which
agreement has which variant of a clause, `partners` everything held with one State or organisation.
"""

__all__ = ["absence", "accepted", "coverage", "partners"]
