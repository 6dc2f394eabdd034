"""Identifiers that sort by the moment they were made."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """Make a UUID version 7: milliseconds, then the fraction of the millisecond, then 62 random bits."""
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62
    return uuid.UUID(int=value | secrets.randbits(62))
