"""The families of agreements: what kind of instrument an agreement is, by its substance and not by its title."""

from dataclasses import dataclass

from agreements.errors import unknown


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its id (as in references and filters), its short and full name, and the dossier's code."""

    id: str
    short: str
    label: str
    code: str


FAMILIES: dict[str, Family] = {
    family.id: family
    for family in (
        Family("sofa", "SOFA", "Status of forces agreement", "SOFA"),
        Family("dca", "DCA", "Defense cooperation agreement", "DCA"),
        Family("sma", "SMA", "Special measures agreement (cost sharing)", "SMA"),
        Family("acsa", "ACSA", "Acquisition and cross-servicing agreement", "ACSA"),
        Family("facilities_access", "Facilities access", "Facilities access agreement", "FAA"),
        Family("transit", "Transit", "Transit and overflight arrangement", "TRANSIT"),
        Family("state_flights", "State flights", "State flights agreement", "STATEFLIGHTS"),
        # Neighbours (classified information, procurement, headquarters, arms control): no family claims them.
        Family("other", "Other", "Other security agreement", "OTHER"),
    )
}


def family(name: str) -> Family:
    """Return the family of that id or code, in any case; raises `NotFoundError` listing the known ids."""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    for candidate in FAMILIES.values():
        if wanted in (candidate.id, candidate.code.lower()):
            return candidate
    raise unknown("family", name, FAMILIES)
