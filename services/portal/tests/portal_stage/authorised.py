"""Authorisations to settle at the desk, and codes at the counter, as identity tells them."""

from typing import Any

from starlette.responses import Response

from portal_stage.accepted import accepted
from portal_stage.papers import papers
from portal_stage.samples import AGENCY

OFFICER = "/api/identity/officers/o-7"
AUTHORISED = {
    "id": "a-1",
    "agency": AGENCY,
    "decision_number": "12/QĐ-UBND",
    "procedures": ["1.001193"],
    "from_on": "2026-11-01",
    "until_on": "2027-10-31",
    "given_at": "2026-11-01T01:00:00Z",
    "withdrawn_at": None,
    "withdrawn_reason": None,
    "counts": True,
}
WITHDRAWN = {
    **AUTHORISED,
    "id": "a-2",
    "withdrawn_at": "2026-10-01T01:00:00Z",
    "withdrawn_reason": "Chuyển công tác",
    "counts": False,
}


def authorised() -> dict[str, Any]:
    """Answer about authorisations and codes."""
    return {
        **accepted(),
        **papers(),
        f"GET {OFFICER}/authorisations": {"items": [AUTHORISED, WITHDRAWN], "may_give": True},
        f"POST {OFFICER}/authorisations": AUTHORISED,
        f"POST {OFFICER}/authorisations/a-1/withdrawal": Response(status_code=204),
        "POST /api/identity/counter-codes": {
            "code_id": "cc-1",
            "expires_at": "2026-11-26T03:00:00Z",
            "ending": "678",
        },
        "POST /api/identity/counter-codes/cc-1/verification": {"statement": "confirmed"},
        "POST /api/identity/me/desk-statements": {"statement": "stated"},
    }
