"""What processing answers about orders for many dossiers."""

from typing import Any

from portal_stage.samples import AGENCY, BULK, sample

PROCESSING = f"/api/processing/agencies/{AGENCY}"


def orders() -> dict[str, Any]:
    """Answer what was chosen, what was ordered, and what became of it."""
    return {
        f"GET {PROCESSING}/bulks": [{k: v for k, v in sample("bulk").items() if k != "items"}],
        f"GET {PROCESSING}/bulks/preview": {"items": [sample("chosen", proposal=sample("proposal"))]},
        f"GET {PROCESSING}/bulks/{BULK}": sample("bulk"),
        f"POST {PROCESSING}/bulks/*": sample("bulk"),
    }
