"""Who leads the handling of an incident where nobody says otherwise: the body that the profile names."""

from collections.abc import Iterable, Mapping
from typing import Final

LEADS: Final[Mapping[str, str]] = {
    "operator": "operator",
    "hired_operator": "operator",
    "dic": "dic",
    "ict_centre": "technical_unit",
    "vp_ubnd": "office",
    "provincial_police": "police",
    "agencies": "agency_it",
}
"""The answer about who leads, by the body of the profile."""


def lead_of(bodies: Iterable[str]) -> str:
    """Return who leads by the profile's `incident.lead`; the operator where no body is known here.

    Source: NB Đ.8.1; TN Đ.22.2.b; BD Đ.13.4; QT Đ.12.2; HN Đ.10.8; R-OPS-06
    """
    named = (LEADS.get(body.partition("@")[0]) for body in bodies)
    return next((lead for lead in named if lead), LEADS["operator"])
