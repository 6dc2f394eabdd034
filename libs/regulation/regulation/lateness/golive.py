"""The checklist before a regulation takes effect: infrastructure, internal processes and content per agency."""

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum


class Preparation(StrEnum):
    """What an agency prepares before go-live: hạ tầng, quy trình nội bộ, nội dung."""

    INFRASTRUCTURE = "infrastructure"
    INTERNAL_PROCESSES = "internal_processes"
    CONTENT = "content"


def open_items(done: Collection[Preparation]) -> tuple[Preparation, ...]:
    """Give what an agency still has to prepare, in the order of the checklist.

    Source: R-ORG-07; TN Đ.25.1
    """
    return tuple(item for item in Preparation if item not in done)


def not_ready(
    agencies: Mapping[str, Collection[Preparation]], effective_from: dt.date, on: dt.date
) -> dict[str, tuple[Preparation, ...]]:
    """Give the agencies that are not prepared on or after the day the regulation takes effect.

    Before that day nobody is late.
    Source: R-ORG-07; `regulation.effective_from`
    """
    if on < effective_from:
        return {}
    lists = {agency: open_items(done) for agency, done in agencies.items()}
    return {agency: missing for agency, missing in lists.items() if missing}
