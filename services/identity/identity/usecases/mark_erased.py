"""Mark who was erased where a restore of the databases does not reach, so that it is made again after one."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from identity.ports import ErasureMarks


async def mark_erased(marks: ErasureMarks, erased: Mapping[uuid.UUID, datetime]) -> int:
    """Mark every erased account that is not marked yet; return how many. Source: R-SEC-16; R-SEC-20."""
    known = await marks.known() if erased else {}
    fresh = {account: at for account, at in erased.items() if account not in known}
    for account, at in fresh.items():
        await marks.keep(account, at)
    return len(fresh)
