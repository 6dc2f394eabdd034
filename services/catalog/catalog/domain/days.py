"""Which local day it is in Việt Nam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(now: datetime) -> date:
    """Return the local date of an instant, zone Asia/Ho_Chi_Minh. Source: requirements §0.3.1."""
    return now.astimezone(ZONE).date()
