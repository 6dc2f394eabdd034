"""By what two services know the same person again without telling each other a number: keyed marks."""

import hmac
from collections.abc import Mapping

_LONG = 16


def proof_marks(key: str, told: Mapping[str, str | None]) -> frozenset[str]:
    """Return 64 bits for each number, address or telephone, in the form it is kept in; nothing without a key.

    The same value under another name has another mark, so that no telephone passes for a number of papers.

    Source: Luật 91/2025; R-QNA-03; R-SEC-16
    """
    if not key:
        return frozenset()
    return frozenset(
        hmac.digest(key.encode(), f"{name}:{value}".encode(), "sha256").hex()[:_LONG]
        for name, value in told.items()
        if value
    )
