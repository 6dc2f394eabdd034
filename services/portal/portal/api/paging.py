"""Where the page of a list begins that an address names."""

from portal.api.visit import Visit

LONGEST = 400


def cursor_of(visit: Visit) -> str:
    """Give the cursor of the address, nothing for the first page."""
    return visit.request.query_params.get("cursor", "")[:LONGEST]
