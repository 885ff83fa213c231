"""Tables over everything that is held: which agreement has what, and what is missing.

`coverage` is core topics by agreements, `accepted` which agreement has which variant of a clause, `partners` everything
held with one State or organisation.
"""

__all__ = ["accepted", "coverage", "partners"]
