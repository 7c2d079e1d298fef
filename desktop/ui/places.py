"""The places that the side bar leads to, in their order."""

from enum import StrEnum


class Place(StrEnum):
    """One entry of the side bar; its value is what stands there."""

    TODAY = "Today"
    INCIDENTS = "Incidents"
    PEOPLE = "People"
    REPORTS = "Reports"
    LOG = "Log and keys"
    ORGANISATION = "Organisation"
    HELP = "Help"
