"""Which instance settles a dossier, where an agency runs one of its own."""

from collections.abc import Mapping
from datetime import datetime

from regulation.codes.agency import AgencyCode

PROVINCE = ""
"""The instance that settles what no agency settles by itself."""


def settled_by(agency: str, accepted_at: datetime, apart: Mapping[str, datetime]) -> str:
    """Name the agency whose own instance settles a dossier of `agency`, or the province's instance.

    `apart` says from which instant of acceptance on an agency's instance settles what it and those below it are
    competent for. Every instance is told the same, so that each dossier has exactly one.

    Raises: UnreadableAgencyCodeError.

    Source: decision 0045
    """
    code = AgencyCode.parse(agency)
    own = (above for above, since in apart.items() if code.within(above) and accepted_at >= since)
    return max(own, key=len, default=PROVINCE)
